"""Quarters of the municipal year, which begins in May with a council's annual meeting."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date
from typing import NamedTuple

_FIRST_MONTH = 5


class Quarter(NamedTuple):
    """A quarter by the year in which its municipal year begins and its number, 1 to 4: May to July is the first."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02d} Q{self.number}"

    @property
    def months(self) -> str:
        """Its months with the year in which it ends: `Nov–Jan 2025`."""
        first = (_FIRST_MONTH - 1 + 3 * (self.number - 1)) % 12 + 1
        last = (first + 1) % 12 + 1
        return f"{month_abbr[first]}–{month_abbr[last]} {self.year + (self.number > 2)}"


def quarter_of(day: date) -> Quarter:
    """The quarter of the municipal year that a day is in."""
    since = (day.month - _FIRST_MONTH) % 12
    return Quarter(day.year - (day.month < _FIRST_MONTH), since // 3 + 1)


def quarters_between(first: Quarter, last: Quarter) -> list[Quarter]:
    """All quarters from `first` to `last`, both included."""
    numbers = range(first.year * 4 + first.number - 1, last.year * 4 + last.number)
    return [Quarter(number // 4, number % 4 + 1) for number in numbers]
