"""A figure as the constructions see it: in its clause, with the words before and behind it and the labels so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.clauses import Clause
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.roles import Part

COMPARING_ROLES = frozenset({"target", "benchmark", "previous", "change"})
"""Roles of figures that measure what the figure they are compared with does."""


class Label(NamedTuple):
    """The measure of a figure, and the thing it counts or is a share of, for those that point back to it."""

    text: str
    thing: str


@dataclass(slots=True)
class View:
    """Figure `k` in `clause`. `labels` are those of the figures before it; `taken` the words of periods.

    `near` are the figures of the same sentence. `before` are the words of the clause in front of the figure, `noun`
    those of the counted noun next to it (points of a scale count nothing), `after` the words of the clause behind
    both. `opening` is the label before the dash or colon of the line.
    """

    words: Words
    figures: Sequence[Figure]
    parts: Sequence[Part]
    k: int
    clause: Clause
    taken: set[int]
    labels: Sequence[Label | None]
    near: Sequence[Figure]
    opening: str | None = None
    figure: Figure = field(init=False)
    role: str = field(init=False)
    previous_word: str = field(init=False)  # the word in front of the figure, in lower case, "" at the clause's head
    before: list[int] = field(init=False)
    noun: list[int] = field(init=False)
    after: list[int] = field(init=False)
    heads: bool | None = field(default=None, init=False)  # whether it heads its clause, once that was asked

    def __post_init__(self) -> None:
        figure = self.figure = self.figures[self.k]
        noun = figure.noun
        behind = noun[1] if noun is not None and noun[0] >= figure.after else figure.after
        behind = max(behind, figure.end)
        self.noun = list(range(*noun)) if noun is not None and not (figure.unit or "").endswith("points") else []
        self.role = self.parts[self.k].role
        self.before = [j for j in self.clause.at if j < figure.start]
        self.previous_word = self.words.lower[self.before[-1]] if self.before else ""
        self.after = [j for j in self.clause.at if j >= behind]

    @property
    def verb_follows(self) -> bool:
        """Whether the clause's verb comes behind the figure."""
        group = self.clause.group
        return bool(group) and group[0] >= self.figure.end

    def previous_of(self, j: int) -> str:
        """The word in front of word `j` of the text, in lower case."""
        return self.words.lower[j - 1] if j else ""

    def lower(self, places: Sequence[int]) -> list[str]:
        lower = self.words.lower
        return [lower[j] for j in places]
