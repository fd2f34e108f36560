"""ModernGov's pages that lead to minutes: the committees, a committee's meetings, a meeting's documents."""

from __future__ import annotations

import re
from functools import lru_cache

from minutesminer.fetch.platforms.moderngov_service import Row
from minutesminer.models import Item, Link, Outcome
from minutesminer.parse.facts import CALLED_OFF, find_date, find_time
from minutesminer.parse.page import Element, cut_page, page_text, whole_address, words_in
from minutesminer.parse.parts import Parsed
from minutesminer.parse.sniff import kind_of
from minutesminer.parse.web import parse_html

_COMMITTEE = re.compile(r"(?:mgCommitteeDetails|ieListMeetings)\.aspx\?(?:[^#]*&)?(?:ID|CId|CommitteeId)=(\d+)", re.I)
_MEETING = re.compile(r"ieListDocuments\.aspx\?(?:[^#]*&)?(?:MId|MeetingId)=(\d+)", re.I)
_PRINTED = re.compile(r"\bprinted (?:draft )?minutes\b", re.I)
_NEIGHBOUR = re.compile(r"ieListMeetings\.aspx\?(?:[^#]*&)?Act=(earlier|later)\b", re.I)
_NO_NAME = re.compile(
    r"^more information about|^(?:more|details|committee details|meetings?|browse meetings|view)\b.{0,20}$", re.I
)


def judge_committees(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """Whether a page lists committees."""
    return _judged(data, bool(committees(data)), "the page lists no committees")


def judge_meetings(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """Whether a page lists meetings; one of a committee without meetings is an answer."""
    page = cut_page(page_text(data)) if kind_of(data) == "html" else None
    return _judged(data, page is not None and page.moderngov, "the page is none of ModernGov's")


def judge_meeting(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """Whether a page holds a meeting's minutes, and if not, why."""
    if kind_of(data) != "html":
        return "unrecognised", "what came is not a web page"
    if _read(data, address).outcome == "ok":
        return "ok", None
    page = cut_page(page_text(data))
    if page is None or not page.moderngov:
        return "unrecognised", "the page is none of ModernGov's"
    if CALLED_OFF.search(" ".join(page.titles)):
        return "cancelled", "the meeting did not take place"
    return "not_published", "the page of the meeting holds no minutes; fetch it again later"


def is_cut(data: bytes, address: str) -> bool:
    """Whether a meeting's page leaves out the end of a long item, which stands on a page of its own."""
    return any(issue.code == "cut_item" for issue in _read(data, address).issues)


def committees(data: bytes) -> list[tuple[str, str]]:
    """Keys and titles of the committees that a page links to, each once."""
    found: dict[str, str] = {}
    for anchor, target in _links(data):
        match, title = _COMMITTEE.search(target), words_in(anchor)
        if match and title and not _NO_NAME.match(title):
            found.setdefault(match[1], title)
    return list(found.items())


def meetings(data: bytes) -> list[Row]:
    """The meetings that a committee's page links to, each once, in its order."""
    found: dict[str, Row] = {}
    for anchor, target in _links(data):
        match = _MEETING.search(target)
        said = words_in(anchor)
        date = find_date(said)
        if match is None or date is None:
            continue
        around = words_in(anchor.getparent())
        off = CALLED_OFF.search(around)
        time = find_time(re.sub(r"^.*?\b\d{4}\b", "", said))
        found.setdefault(match[1], Row(match[1], date, time, "cancelled" if off else None))
    return list(found.values())


def neighbours(data: bytes, address: str) -> dict[str, str]:
    """The addresses of the pages with `earlier` and `later` meetings, as far as a page of meetings leads to them."""
    found: dict[str, str] = {}
    for _, target in _links(data):
        match = _NEIGHBOUR.search(target)
        if match:
            found.setdefault(match[1].lower(), whole_address(target, address))
    return found


def printed_minutes(data: bytes, address: str) -> Link | None:
    """The printed minutes that a meeting's page links to."""
    for anchor, target in _links(data):
        if _PRINTED.search(f"{words_in(anchor)} {anchor.get('title', '')} {target}"):
            return Link(words_in(anchor), whole_address(target, address))
    return None


def items(data: bytes, address: str) -> list[Item]:
    """The agenda items of a meeting's page, whether or not it holds minutes."""
    return _read(data, address).items


# A page is judged as it comes, and looked into right after; other councils' come in between.
@lru_cache(maxsize=8)
def _read(data: bytes, address: str) -> Parsed:
    return parse_html(page_text(data), address)


def _links(data: bytes) -> list[tuple[Element, str]]:
    page = cut_page(page_text(data)) if kind_of(data) == "html" else None
    return (
        []
        if page is None
        else [(anchor, anchor.get("href")) for anchor in page.content.iter("a") if anchor.get("href")]
    )


def _judged(data: bytes, right: bool, otherwise: str) -> tuple[Outcome, str | None]:
    if kind_of(data) != "html":
        return "unrecognised", "what came is not a web page"
    return ("ok", None) if right else ("unrecognised", otherwise)
