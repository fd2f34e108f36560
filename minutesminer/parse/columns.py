"""A column of actions at the right of printed minutes, tied to the paragraphs that it stands beside.

Partnership boards print who is to do what in a narrow column of its own. pdfium gives its cells somewhere after the
paragraph, or glued to the end of a line. Here each cell is cut out and hung on the line it stands beside; it is read
as `Action: ...` after the paragraph of that line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2

from minutesminer.parse.action_heading import ACTION_HEADING
from minutesminer.parse.furniture import Line
from minutesminer.text import fold

_HEADED = re.compile(
    r"(?:(?:no|ref|item|agenda|minutes?|discussion|subject|topic|notes?|decisions?|summary|key points?)\b[./ &]*){1,5}"
    r"(?P<heading>actions?(?:\s+(?:by|for|required|points?|owner|lead))?)$",
    re.I,
)
_INITIALS = re.compile(r"(?:[A-Z]{2,4}|All|ALL)(?:\s*[/,&+]\s*(?:[A-Z]{2,4}|All|ALL))*")
_RIGHT = 0.6  # share of the page's width: the column starts further right
_FEW = 3  # initials at one place that make a column without a heading
_NEAR = 4.0  # points
_INSET = 2.0  # points within a line's height, so that the lines above and below are not touched
_MOST_CROSSING = 0.1  # share of a page's lines that may run into the column; more, and there is none


def column_of(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> float | None:
    """Where a column of actions starts on a page, in points from its left edge; None where it opens none."""
    width = page.get_width()
    for line in lines:
        if line.left > _RIGHT * width and ACTION_HEADING.fullmatch(line.text):
            return line.left
        headed = _HEADED.match(line.text)
        if headed and line.right > _RIGHT * width:
            place = _place_of(page, line, headed["heading"])
            if place is not None and place > _RIGHT * width:
                return place
    places: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.left > _RIGHT * width and _INITIALS.fullmatch(line.text):
            places[round(line.left / _NEAR)] += 1
    best = max(places, key=lambda place: places[place], default=0)
    return best * _NEAR - _NEAR / 2 if places.get(best, 0) >= _FEW else None


def with_asides(page: pypdfium2.PdfPage, lines: Sequence[Line], column: float) -> list[Line]:
    """The lines of a page without those of the column, whose cells hang as `aside` on the lines beside them."""
    edge = column - _NEAR
    body: list[Line] = []
    side: list[Line] = []
    crossing = 0
    for line in lines:
        if not line.right or line.row:
            body.append(line)
        elif line.left >= edge:
            side.append(line)
        elif line.right > column + _NEAR:
            halves = _halves(page, line, edge)
            crossing += halves is None
            body.append(halves[0] if halves else line)
            side += [halves[1]] if halves else []
        else:
            body.append(line)
    if not side or not body or crossing > _MOST_CROSSING * len(lines) + 1:
        return list(lines)
    side = [line for line in side if not ACTION_HEADING.fullmatch(line.text)]
    for cell in _cells(sorted(side, key=lambda line: -line.top)):
        beside = _beside(body, cell[0])
        text = " ".join(line.text for line in cell)
        at = body.index(beside)
        body[at] = replace(beside, aside=f"{beside.aside}; {text}" if beside.aside else text)
    return body


def _cells(side: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of the column, from the top, in groups that stand close together."""
    cell: list[Line] = []
    for line in side:
        if cell and cell[-1].bottom - line.top > 0.6 * (line.top - line.bottom):
            yield cell
            cell = []
        cell.append(line)
    if cell:
        yield cell


def _beside(body: Sequence[Line], cell: Line) -> Line:
    """The line at a cell's height, else the nearest one above it, else the first of the page."""
    placed = [line for line in body if line.right]
    level = [line for line in placed if line.bottom < cell.top - 1 and line.top > cell.bottom + 1]
    if level:
        return min(level, key=lambda line: abs(line.top - cell.top))
    above = [line for line in placed if line.bottom >= cell.top - 1]
    return min(above, key=lambda line: line.bottom) if above else body[0]


def _halves(page: pypdfium2.PdfPage, line: Line, edge: float) -> tuple[Line, Line] | None:
    """A line cut where the column starts; None where a word stands over the edge."""
    text_page = page.get_textpage()
    bounds = {"bottom": line.bottom + _INSET, "top": line.top - _INSET}
    left = fold(text_page.get_text_bounded(left=line.left - 2, right=edge, **bounds))
    right = fold(text_page.get_text_bounded(left=edge, right=page.get_width(), **bounds))
    text_page.close()
    if not left or not right or f"{left}{right}".replace(" ", "") != line.text.replace(" ", ""):
        return None
    return replace(line, text=left, right=edge), replace(line, text=right, left=edge)


def _place_of(page: pypdfium2.PdfPage, line: Line, words: str) -> float | None:
    """The left edge of `words` at the end of a line."""
    text_page = page.get_textpage()
    found: float | None = None
    searcher = text_page.search(words, match_case=True)
    while (place := searcher.get_next()) is not None:
        left, bottom, _, top = text_page.get_charbox(place[0])
        if line.bottom - 1 <= bottom and top <= line.top + 1:
            found = left
    searcher.close()
    text_page.close()
    return found
