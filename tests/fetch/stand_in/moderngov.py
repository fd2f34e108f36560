"""A synthetic ModernGov site: its web service, its pages, and its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from . import moderngov_pages, moderngov_service
from .answer import Answer, page, pdf, text, xml
from .business import Attendee, Committee, Item, Meeting, short_day
from .faults import challenge_answer
from .printed import agenda_pdf, minutes_pdf, report_pdf

__all__ = ["Attendee", "Committee", "Item", "Meeting", "ModernGov"]

_ATTACHED_FROM = 900_000  # the attachment of a meeting's minutes has the meeting's number after this


@dataclass
class ModernGov:
    """The site of a council (with a `partner`: of two) whose directory is `path`.

    Without `service` the web service is not there; without `pages` all else is refused with a challenge, as a
    browser's check is. `titled` is the name in the titles of pages, where it is not the council's own: a skin of
    the vendor's may leave `Modern Council` there, and the council is then named at the foot only.
    """

    name: str = "Northmere Borough Council"
    committees: Sequence[Committee] = field(default_factory=list)
    path: str = ""
    service: bool = True
    pages: bool = True
    partner: str | None = None
    titled: str | None = None

    def __call__(self, path: str, root: str) -> Answer | None:
        parts = urlsplit(path)
        place = unquote(parts.path)
        if not place.startswith(f"{self.path}/"):
            return None
        place = place.removeprefix(f"{self.path}/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if place.lower().startswith("mgwebservice.asmx"):
            return self._service(place, query, root) if self.service else None
        if not self.pages:
            return challenge_answer()
        return self._document(place, query) or self._page(place, query)

    @property
    def names(self) -> str:
        return f"{self.name} and {self.partner}" if self.partner else self.name

    def committee(self, number: str | int) -> Committee | None:
        return next((each for each in self.committees if str(each.id) == str(number)), None)

    def meeting(self, number: str | int) -> tuple[Committee, Meeting] | None:
        """A meeting by its number, with its committee."""
        found = ((each, meeting) for each in self.committees for meeting in each.meetings)
        return next((pair for pair in found if str(pair[1].id) == str(number)), None)

    def papers(self, committee: Committee, meeting: Meeting, item: Item) -> list[tuple[str, str]]:
        """The documents of an item, with the minutes of the meeting before among those of the item `Minutes`."""
        papers = list(item.documents)
        before = self._before(committee, meeting) if item.title == "Minutes" else None
        if before:
            title = f"Minutes {plain_name(committee.title)} {short_day(before.date)}"
            papers.append((title, f"documents/s{_ATTACHED_FROM + before.id}/{title}.pdf"))
        return papers

    def _before(self, committee: Committee, meeting: Meeting) -> Meeting | None:
        """The last meeting before, if its minutes are written."""
        held = [each for each in committee.meetings if each.status != "Cancelled" and each.date < meeting.date]
        before = max(held, key=lambda each: each.date, default=None)
        return before if before and before.how != "not_published" else None

    def _service(self, place: str, query: Mapping[str, str], root: str) -> Answer:
        try:
            return xml(moderngov_service.answer(self, place.partition("/")[2], query, root + self.path))
        except moderngov_service.NotAnswered as error:
            return text(f"{error}\r\n", 500)

    def _page(self, place: str, query: Mapping[str, str]) -> Answer | None:
        body = moderngov_pages.answer(self, place, query)
        return None if body is None else page(body)

    def _document(self, place: str, query: Mapping[str, str]) -> Answer | None:
        whole = re.match(r"documents/g(\d+)/", place)
        if whole:
            return self._whole(whole[1], query.get("T"))
        single = re.match(r"documents/s(\d+)/", place)
        number = single[1] if single else query.get("ID") if place.lower() == "mgconvert2pdf.aspx" else None
        return self._attachment(int(number)) if number and number.isdigit() else None

    def _whole(self, number: str, kind: str | None) -> Answer | None:
        """The agenda (`T=0`) or the printed minutes (`T=1`) of a meeting; without `T` there is nothing."""
        found = self.meeting(number)
        if found is None:
            return None
        committee, meeting = found
        if kind == "1" and meeting.minuted:
            return pdf(minutes_pdf(self.name, committee.title, meeting))
        if kind == "0" and meeting.published:
            return pdf(agenda_pdf(self.name, committee.title, meeting))
        return None

    def _attachment(self, number: int) -> Answer | None:
        if number > _ATTACHED_FROM:
            found = self.meeting(number - _ATTACHED_FROM)
            written = found and found[1].how != "not_published"
            return pdf(minutes_pdf(self.name, found[0].title, found[1])) if found and written else None
        for title, address in self._all_papers():
            if address.startswith(f"documents/s{number}/"):
                return pdf(report_pdf(self.name, title))
        return None

    def _all_papers(self) -> Iterator[tuple[str, str]]:
        for committee in self.committees:
            for meeting in committee.meetings:
                for item in meeting.items:
                    yield from () if item.restricted else item.documents


def plain_name(name: str) -> str:
    """A name as ModernGov puts it into the names of files: without its signs, the blanks round them kept."""
    return re.sub(r"[^\w -]", "", name)
