"""The words of a page by their height, cut into cells where a line has wide gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minutesminer.parse.furniture import Line

FAR = 3.5  # heights of a line: rows further apart belong to different tables


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together in a line, that line's position on the page, and their place in points."""

    text: str
    line: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """The height above the page's lower edge at which the words stand."""
        return (self.bottom + self.top) / 2


CellsOf = Callable[[int], list[Cell]]


class Grid:
    """The cells of a page by their height; lines are cut only when they are asked for."""

    def __init__(self, lines: Sequence[Line], cells_of: CellsOf) -> None:
        self._lines = lines
        self._cells_of = cells_of
        self._cells: dict[int, list[Cell]] = {}
        self._middles = [(line.bottom + line.top) / 2 for line in lines]

    def cells(self, at: int) -> list[Cell]:
        if at not in self._cells:
            self._cells[at] = self._cells_of(at)
        return self._cells[at]

    def level_with(self, middle: float, height: float) -> list[Cell]:
        """All cells at a height, from the left."""
        return self.between(middle - height / 2, middle + height / 2)

    def between(self, low: float, high: float) -> list[Cell]:
        """All cells whose middles stand between two heights, from the left."""
        found = [
            cell
            for at, middle in enumerate(self._middles)
            if low < middle < high and not self._lines[at].row
            for cell in self.cells(at)
        ]
        return sorted(found, key=lambda cell: cell.left)

    def next_above(self, middle: float, height: float) -> list[Cell]:
        """The row next above a height, if it stands close."""
        above = [other for other in self._middles if height / 2 < other - middle <= FAR * height]
        return self.level_with(min(above), height) if above else []

    def next_below(self, middle: float, height: float) -> list[Cell]:
        below = [other for other in self._middles if height / 2 < middle - other <= FAR * height]
        return self.level_with(max(below), height) if below else []
