"""Tables of a recorded vote: a column for each way to vote, with numbers or names under it.

`For (3)` over three names becomes `For (3): Cllr Marl, Cllr Wick, Cllr Dale`, and numbers become
`For: 7; Against: 3; Abstain: 1`, so that each way to vote stays with what was under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(
    r"(?:(?:votes?|voted|voting|members|councillors)\s+)?(?:for|in favour|against|abstain(?:ed|ing)?|abstentions?"
    r"|not voting|did not vote|absent)(?:\s+the\s+(?:motion|amendment))?(?:\s*[-–:]?\s*\(?\d{1,3}\)?)?\s*:?",
    re.I,
)
_TITLE = re.compile(r"(?:Councillors?|Cllrs?|Alderm[ae]n|Mrs?|Ms|Miss|Dr|Sir|Lord|Baroness|The)\b")
_NUMBER = re.compile(r"\d{1,3}|nil|none|[-–—]", re.I)


def are_votes(headings: Sequence[str]) -> bool:
    """Whether headings are ways to vote, two of them at least."""
    return len(headings) > 1 and all(_HEADING.fullmatch(heading) for heading in headings)


def vote_lines(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """The columns of a vote as lines of text: numbers in one line, names in a line for each way to vote."""
    names = [heading.rstrip(": ") for heading in headings]
    filled = [[cell for cell in column if cell] for column in columns]
    if all(len(column) < 2 and all(map(_NUMBER.fullmatch, column)) for column in filled):
        return ["; ".join(f"{name}: {column[0]}" for name, column in zip(names, filled, strict=True) if column)]
    return [f"{name}: {', '.join(_whole(column))}" for name, column in zip(names, filled, strict=True) if column]


def _whole(column: Sequence[str]) -> list[str]:
    """The names of a column; one that runs on over a second line is told by the title that it lacks."""
    titled = sum(1 for cell in column if _TITLE.match(cell))
    people: list[str] = []
    for cell in column:
        if people and titled > 1 and not _TITLE.match(cell):
            people[-1] = f"{people[-1]} {cell}"
        else:
            people.append(cell.rstrip(","))
    return people
