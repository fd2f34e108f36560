"""CMIS pages: a meeting's facts and the documents listed with it. The minutes themselves are PDFs behind the links.

The class names of a fact lie (status and venue share one), so that a fact is known by the words of its label. These
pages are small, and BeautifulSoup's selectors say best what is looked for in them.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from minutesminer.models import Issue, Link, Meeting, Outcome
from minutesminer.parse.facts import CALLED_OFF, find_date, find_time
from minutesminer.parse.page import whole_address
from minutesminer.parse.parts import Parsed
from minutesminer.text import fold

_MINUTES = re.compile(r"\bminutes\b", re.I)
_OTHERS = re.compile(r"\b(?:previous|last|matters arising|extract)\b|\bminutes of the meeting held\b", re.I)


def parse_cmis(text: str, address: str | None = None) -> Parsed:
    """What a CMIS page holds: never minutes, but where they are. `address` is where the page was fetched."""
    page = BeautifulSoup(text, "lxml")
    meeting, links = meeting_of(page), links_of(page, address)
    minutes = [link for link in links if is_minutes(link.title)]
    outcome: Outcome = "no_minutes"
    message = "this page holds no minutes; fetch a meeting's own page"
    if minutes:
        named = "; ".join(f"{link.title} ({link.url})" for link in minutes)
        message = f"the page lists documents, and the minutes are behind its links; fetch or save {named}"
    elif CALLED_OFF.search(meeting.status or ""):
        outcome, message = "cancelled", f"the meeting did not take place ({meeting.status})"
    elif meeting.date:
        outcome, message = "not_published", "the page of the meeting lists no minutes; fetch it again later"
    return Parsed(meetings=[meeting], outcome=outcome, issues=[Issue("parse", outcome, message)])


def meeting_of(page: Tag) -> Meeting:
    """The facts of a meeting's page: committee, date, time, venue and status as far as it labels them."""
    facts = _facts(page)
    when = facts.get("date/time") or facts.get("date") or ""
    return Meeting(
        committee=facts.get("committee"),
        date=find_date(when),
        time=find_time(re.sub(r"^.*\b\d{4}\b", "", when)),
        venue=facts.get("venue"),
        status=facts["status"].lower() if "status" in facts else None,
    )


def links_of(page: Tag, address: str | None = None) -> list[Link]:
    """The documents that a page lists, in its order, with whole addresses where that of the page is known."""
    return [
        Link(title=fold(anchor.get_text()), url=whole_address(str(anchor["href"]), address))
        for anchor in page.select("a.TitleLink[href]")
    ]


def is_minutes(title: str) -> bool:
    """Whether a listed document is the meeting's own minutes, and not those of the one before on its agenda."""
    return _MINUTES.search(title) is not None and _OTHERS.search(title) is None


def _facts(page: Tag) -> dict[str, str]:
    facts: dict[str, str] = {}
    for label in page.select(".DNNLabel"):
        name = fold(label.get_text()).rstrip(":").lower()
        value = label.find_next_sibling()
        if isinstance(value, Tag) and "Value" in value.get_attribute_list("class"):
            said = fold(value.get_text(" "))
            if name and said:
                facts.setdefault(name, said)
    return facts
