"""A figure found in a text, before its slots are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Figure:
    """A figure: half-open word range `start` to `end` with its unit and words of quantity.

    `number` is the index of the word that has its value. A figure equals itself alone.
    """

    start: int
    end: int
    number: int
    kind: str
    value: float
    rule: str
    value_max: float | None = None
    unit: str | None = None
    base: float | None = None
    comparator: str = "="
    role: str | None = None  # where the shape itself says it
    after: int = 0  # first word after the figure's number and unit, where its noun may go on
    sentence: int = 0
    whole: bool = False  # only the whole that a count before it is out of
    noun: tuple[int, int] | None = None  # the counted noun phrase next to it
