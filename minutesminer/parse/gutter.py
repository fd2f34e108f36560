"""Pages of prose in two columns, read column by column.

Most such pages come in their order. Where a page was printed line by line, both columns' lines at one height come as
one line, or in turns: then they are cut at the gutter and the left column is put before the right, between the lines
that go over both. Both columns must be filled as prose fills them; labels with values beside them are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from minutesminer.parse.furniture import Line

_LEAST = 5  # lines in each column
_MOST = 400  # lines a page: more are no page of prose, and each is looked for beside all others
_FILLED = 0.7  # share of its column's width that a line of prose fills
_SHORTEST = 25  # characters of such a line: labels and names are shorter
_MOST_FILLED = 0.6  # share of a column's lines that do
_NEXT = 0.6  # heights of a line: how far below the line before it a column's next line starts
_CROSSED = 0.5  # characters in the gutter for each line that goes over it: more, and there is no gutter

Side = Literal["left", "right", "both"]


@dataclass(slots=True)
class Printed:
    """A line and the first and last of its characters on the page."""

    line: Line
    first: int
    last: int


def in_columns(
    printed: Sequence[Printed], in_gutter: Callable[[float], int], halves: Callable[[Printed, float], list[Printed]]
) -> list[Printed]:
    """The lines of a page in the order of its columns.

    `in_gutter` counts the characters at a distance from the left edge; `halves` cuts a line there, where it has a gap.
    """
    placed = [each.line for each in printed if each.line.right and not each.line.row]
    if not _LEAST <= len(placed) <= _MOST:
        return list(printed)
    middle = (min(line.left for line in placed) + max(line.right for line in placed)) / 2
    over = sum(1 for line in placed if line.left < middle < line.right)
    if over >= _LEAST and in_gutter(middle) > _CROSSED * over:
        return list(printed)
    cut = [half for each in printed for half in _cut(each, middle, halves)]
    switches = sum(before != after for before, after in pairwise(_side(each.line, middle) for each in cut))
    if switches < _LEAST:
        return list(printed)
    sides = _sides([each.line for each in cut], middle)
    for side in ("left", "right"):
        if not _is_prose([each.line for each, own in zip(cut, sides, strict=True) if own == side]):
            return list(printed)
    return list(_ordered(cut, sides))


def _cut(each: Printed, middle: float, halves: Callable[[Printed, float], list[Printed]]) -> list[Printed]:
    return [each] if _side(each.line, middle) != "both" or each.line.row else halves(each, middle)


def _side(line: Line, middle: float) -> Side:
    if line.row or not line.right or line.left < middle < line.right:
        return "both"
    return "left" if line.right <= middle else "right"


def _sides(lines: Sequence[Line], middle: float) -> list[Side]:
    """The column of each line; short lines with nothing beside them are of none, unless they go on with a column."""
    by_side: dict[Side, list[Line]] = {"left": [], "right": [], "both": []}
    for line in lines:
        by_side[_side(line, middle)].append(line)
    sides: list[Side] = []
    last: dict[Side, Line] = {}
    for line in lines:
        side = _side(line, middle)
        if side != "both":
            beside = by_side["right" if side == "left" else "left"]
            level = any(line.bottom < other.top and other.bottom < line.top for other in beside)
            height = line.top - line.bottom
            goes_on = side in last and -height < last[side].bottom - line.top < _NEXT * height
            if level or goes_on:
                last[side] = line
            else:
                side = "both"
        sides.append(side)
    return sides


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether the lines of a column are prose: enough of them, and most as wide as the column."""
    if len(column) < _LEAST:
        return False
    left, right = min(line.left for line in column), max(line.right for line in column)
    full = [line for line in column if line.right - line.left >= _FILLED * (right - left)]
    return len(full) >= _MOST_FILLED * len(column) and all(len(line.text) >= _SHORTEST for line in full)


def _ordered(printed: Sequence[Printed], sides: Sequence[Side]) -> Iterator[Printed]:
    """The left column's lines, then the right one's, between each two lines that are of neither."""
    held: dict[Side, list[Printed]] = {"left": [], "right": []}
    for each, side in zip(printed, sides, strict=True):
        if side == "both":
            yield from (*held["left"], *held["right"], each)
            held = {"left": [], "right": []}
        else:
            held[side].append(each)
    yield from (*held["left"], *held["right"])
