"""Synthetic business of a council: its committees, their meetings, and the items of those."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

How = Literal["service", "page_only", "printed_only", "attached_to_next", "not_published"]
"""Where a meeting's minutes are: in the web service, only on the meeting's page, only in its printed minutes, only
among the papers of the committee's next meeting, or nowhere."""


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    role: str = "Committee Member"
    attendance: str = "Present"
    party: str = "Independent"
    ward: str = "Northmere Central"


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item. `background`, `minutes` and `decision` are paragraphs of plain text.

    `documents` are titles and addresses relative to the site (`documents/s4021/Name.pdf`); a number of `""`
    makes a heading between items.
    """

    number: str
    title: str
    background: Sequence[str] = ()
    minutes: Sequence[str] = ()
    decision: Sequence[str] = ()
    documents: Sequence[tuple[str, str]] = ()
    restricted: bool = False
    actions_comment: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on a `date` (ISO) at a `time` (`18:00`); `published` says whether its agenda is."""

    id: int
    date: str
    time: str = "18:00"
    status: str = "Confirmed"
    items: Sequence[Item] = ()
    published: bool = True
    how: How = "service"
    attendees: Sequence[Attendee] = ()
    location: str = "Council Chamber, Town Hall, Northmere"

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.date)

    @property
    def minuted(self) -> bool:
        """Whether the council says that the minutes are published."""
        return self.how in ("service", "page_only", "printed_only") and self.status != "Cancelled"


@dataclass(frozen=True, slots=True)
class Committee:
    id: int
    title: str
    category: str = "Overview and Scrutiny"
    expired: bool = False
    deleted: bool = False
    meetings: Sequence[Meeting] = field(default_factory=list)


def clock(time: str) -> str:
    """`18:00` as `6.00 pm`."""
    hour, minute = time.split(":")
    return f"{(int(hour) - 1) % 12 + 1}.{minute} {'pm' if int(hour) >= 12 else 'am'}"


def slashed(date: str) -> str:
    """`2026-07-14` as `14/07/2026`."""
    return "/".join(reversed(date.split("-")))


def short_day(date: str) -> str:
    """`2026-07-14` as `14 Jul 2026`."""
    day = datetime.date.fromisoformat(date)
    return f"{day.day} {day:%b %Y}"


def long_day(date: str) -> str:
    """`2026-07-14` as `Tuesday 14 July 2026`."""
    day = datetime.date.fromisoformat(date)
    return f"{day:%A} {day.day} {day:%B %Y}"
