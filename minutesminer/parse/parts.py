"""What the readers of one format hand to the rest of the parse stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from minutesminer.models import Issue, Item, Meeting, Outcome

Leaf = tuple[int, str]
"""A page, counted from 0, and the words of a block that stand on it."""


@dataclass(slots=True)
class Block:
    """One block of flat text in reading order; `bold` and `page`, counted from 0, are known for PDFs only.

    `leaves` are the pages that it goes over, where they are known and `page` does not say it all.
    """

    text: str
    bold: bool = False
    page: int | None = None
    leaves: Sequence[Leaf] = ()


@dataclass(slots=True)
class Parsed:
    """What a reader found in a document. `prose` is all its text, for recognising the council."""

    meetings: list[Meeting] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    outcome: Outcome = "ok"
    header: str = ""
    prose: str = ""


def refused(outcome: Outcome, message: str) -> Parsed:
    """What a reader gives of a document without minutes: its outcome, and an issue of that name that says why."""
    return Parsed(outcome=outcome, issues=[Issue("parse", outcome, message)])
