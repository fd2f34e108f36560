"""Documents that hold minutes: what came for one, and which of a later meeting's are an earlier one's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutesminer.models import Item, Link, ListedMeeting, Outcome
from minutesminer.parse.facts import find_date
from minutesminer.parse.sniff import Kind, kind_of

_READ: frozenset[Kind] = frozenset({"pdf", "docx", "html", "xml", "text"})
_MINUTES = re.compile(r"\bminutes?\b|\bcofnodion\b", re.I)
_NOT_MINUTES = re.compile(r"\bappendi|\bmatters arising\b|\baction (?:log|tracker|sheet)\b|\bagenda\b", re.I)


def judge_document(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """Whether what came for a document can be one: a page in the place of a PDF is none."""
    kind = kind_of(data)
    if kind == "html" and re.search(r"\.pdf\b|Document\.ashx|mgConvert2PDF", address, re.I):
        return "unrecognised", "a web page came instead of the document"
    if kind == "pdf" and b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        return "damaged", "the document came without its end; it is asked for again the next time"
    return ("ok", None) if kind in _READ else ("unsupported", f"documents of this kind ({kind}) are not read")


def is_minutes(title: str) -> bool:
    """Whether a document is called minutes, and nothing that only goes with them."""
    return _MINUTES.search(title) is not None and _NOT_MINUTES.search(title) is None


@dataclass(frozen=True, slots=True)
class LaterLink:
    """A document that a later meeting of the same committee lists.

    It `approves` where it goes with the item that approves earlier minutes; `nearest` is the very next meeting.
    """

    link: Link
    approves: bool
    nearest: bool


def later_links(items: Iterable[Item], *, nearest: bool) -> list[LaterLink]:
    """The documents listed with the items of a later meeting."""
    return [LaterLink(link, item.procedural == "previous_minutes", nearest) for item in items for link in item.links]


def attached_minutes(meeting: ListedMeeting, later: Sequence[LaterLink]) -> Link | None:
    """The document among those of later meetings that holds a meeting's minutes.

    It is called minutes and has the meeting's date, or has none and goes with the item by which the next meeting
    approves the minutes of the last.
    """
    called = [each for each in later if is_minutes(each.link.title)]
    dated = (each.link for each in called if find_date(each.link.title) == meeting.date)
    undated = (each.link for each in called if each.approves and each.nearest and find_date(each.link.title) is None)
    return next(dated, None) or next(undated, None)
