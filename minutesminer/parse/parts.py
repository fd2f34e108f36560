"""What the readers of one format hand to the rest of the parse stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutesminer.models import Issue, Item, Meeting, Outcome


@dataclass(slots=True)
class Block:
    """One block of flat text in reading order; `page` counts from 0, `bold` is known for PDFs only."""

    text: str
    bold: bool = False
    page: int = 0


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
