"""A synthetic site of a council without a system: pages of links, and the documents behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, unquote, urlsplit

from .answer import Answer, page, pdf
from .business import Meeting, clock, long_day
from .printed import agenda_pdf, minutes_pdf, report_pdf


@dataclass(frozen=True, slots=True)
class Listed:
    """A link on a page: its words, its target (as written there), and what is there; without `body`, nothing is."""

    title: str
    target: str
    body: Answer | None = None


@dataclass
class Pages:
    """A site whose `lists` are pages by their path, each with headings and the links under them.

    Targets are relative to their page, with blanks as they come.
    """

    name: str = "Eastmoor District Council"
    lists: Mapping[str, Mapping[str, Sequence[Listed]]] = field(default_factory=dict)

    def __call__(self, path: str, root: str) -> Answer | None:
        place = unquote(urlsplit(path).path)
        if place in self.lists:
            return page(self._list(place))
        if f"{place}/" in self.lists:
            return Answer(b"", 301, headers={"Location": quote(f"{place}/")})
        return self.documents().get(place)

    def documents(self) -> dict[str, Answer]:
        """What the site serves besides its lists, by path with blanks as they come."""
        return {
            each.target if each.target.startswith("/") else place + each.target: each.body
            for place, headings in self.lists.items()
            for links in headings.values()
            for each in links
            if each.body
        }

    def _list(self, place: str) -> str:
        parts = []
        for heading, links in self.lists[place].items():
            items = "\n".join(f'<li><a href="{escape(each.target)}">{escape(each.title)}</a></li>' for each in links)
            parts.append(f"<h2>{escape(heading)}</h2>\n<ul>\n{items}\n</ul>")
        years = "".join(f'<li><a href="{each}">{each.strip("/").split("/")[-1]}</a></li>' for each in self.lists)
        return _whole(self.name, "Minutes of meetings", "\n".join(parts) + f"\n<nav><ul>{years}</ul></nav>")


def minutes_page(council: str, committee: str, meeting: Meeting) -> Answer:
    """The minutes of a meeting as a web page of their own."""
    parts = [
        f"<p>Minutes of the meeting of the {escape(committee)} held on {long_day(meeting.date)} "
        f"at {clock(meeting.time)} in the {escape(meeting.location)}</p>"
    ]
    for item in meeting.items:
        parts.append(f"<h2>{item.number}. {escape(item.title)}</h2>")
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in (*item.minutes, *item.decision)]
    return page(_whole(council, f"{committee} minutes", "\n".join(parts)))


def minutes_file(council: str, committee: str, meeting: Meeting) -> Answer:
    return pdf(minutes_pdf(council, committee, meeting))


def agenda_file(council: str, committee: str, meeting: Meeting) -> Answer:
    return pdf(agenda_pdf(council, committee, meeting))


def report_file(council: str, title: str) -> Answer:
    return pdf(report_pdf(council, title))


def _whole(council: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{escape(title)} | '
        f'{escape(council)}</title></head>\n<body>\n<header><a href="/">{escape(council)}</a></header>\n'
        f'<main id="content">\n<h1>{escape(title)}</h1>\n{body}\n</main>\n'
        f"<footer><p>© {escape(council)} 2026</p></footer>\n</body>\n</html>\n"
    )
