"""Ruled tables of printed pages: found cheaply by their rules, read with pdfplumber, put in as lines of text.

pdfium's own text loses which cell stands under which heading. pdfplumber keeps it, but takes fifty times
as long: so it is given only the pages on which pdfium's drawn lines cross in a grid. A row becomes one line,
`Indicator: Care leavers in EET; Target: 60%`, where the table stood. A table that holds paragraphs, one
that is only drawn round the pages' running header, and one whose words pdfplumber does not find all are left as
pdfium reads them.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from minutesminer.models import Issue
from minutesminer.parse.furniture import Line, running_lines
from minutesminer.parse.row_labels import labelled
from minutesminer.parse.votes import are_votes, vote_lines
from minutesminer.pipe_rows import named_cells
from minutesminer.text import fold, starts_block

_MOST_PATHS = 3000  # drawn objects a page: more make a map or a chart, not a table
_DEEPEST_FORM = 15  # forms may hold forms
_LEAST_CROSSINGS = 9  # of two rows in two columns
_STRAIGHT = 1.0  # points a rule may lean
_NEAR = 3.0  # points between rules that count as one, and between the ends of rules that meet
_SHORTEST_RULE = 6.0  # points
_LONG_CELL = 300  # characters: cells with more hold paragraphs, and the table only places them
_LONG_HEADING = 60  # characters
_LEAST_FOUND = 0.97  # share of the letters and digits in the table's place that the rows must hold

_Point = tuple[float, float]
_Cells = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Before:
    """The table before the one that is read: its headings, the page it ended on, its columns' left edges."""

    headings: list[str]
    page: int
    columns: list[int]


def is_ruled(page: pypdfium2.PdfPage) -> bool:
    """True where the lines drawn on a page cross often enough for a table."""
    left, bottom, _, _ = page.get_mediabox()
    if left or bottom:
        return False  # there pdfium and pdfplumber count places differently
    across: set[tuple[int, int, int]] = set()
    down: set[tuple[int, int, int]] = set()
    for seen, path in enumerate(_paths(page)):
        if seen >= _MOST_PATHS:
            return False
        for (x, y), (other_x, other_y) in _rule(path) or _edges(path):
            if abs(y - other_y) <= _STRAIGHT and abs(x - other_x) >= _SHORTEST_RULE:
                across.add((_step(y), _step(min(x, other_x)), _step(max(x, other_x))))
            elif abs(x - other_x) <= _STRAIGHT and abs(y - other_y) >= _SHORTEST_RULE:
                down.add((_step(x), _step(min(y, other_y)), _step(max(y, other_y))))
    if len({y for y, _, _ in across}) < 3 or len({x for x, _, _ in down}) < 3 or len(across) * len(down) > 10**6:
        return False
    crossings = {
        (x, y)
        for y, left, right in across
        for x, low, high in down
        if left - 1 <= x <= right + 1 and low - 1 <= y <= high + 1
    }
    return len(crossings) >= _LEAST_CROSSINGS


def with_tables(data: bytes, lines: Sequence[Line], ruled: Sequence[int]) -> tuple[list[Line], list[Issue]]:
    """The lines of a PDF with the tables on its `ruled` pages read row by row, and what could not be read."""
    import pdfplumber  # only few documents hold tables, and it takes a third of a second to load

    found: list[Line] = list(lines)
    issues: list[Issue] = []
    before: _Before | None = None
    repeated = running_lines(lines)
    running = {id(line) for at, line in enumerate(lines) if at in repeated}
    for number in ruled:
        try:
            with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as document:
                page = document.pages[0]
                for table in page.find_tables():
                    found, before = _placed(found, page, number, table, before, running)
        except Exception as error:  # noqa: BLE001 - pdfminer raises errors of any kind on odd files; the text stands
            message = f"the table on page {number + 1} could not be read row by row ({type(error).__name__})"
            issues.append(Issue("parse", "table_unread", f"{message}; its text was read line by line"))
    return found, issues


def rows_as_lines(cells: _Cells, headings: list[str]) -> list[str]:
    """Each row of a table as a line: under headings `Target: 60%; Actual: 55%`, else two columns as `For: 7`."""
    lines = []
    for row in cells:
        filled = [cell for cell in row if cell]
        if headings and len(filled) > 1:
            lines.append(named_cells(headings, row))
        elif not headings and len(labelled(filled)) < len(filled):
            lines.append(", ".join(labelled(filled)))
        elif len(row) == 2 and len(filled) == 2 and not headings:
            lines.append(f"{row[0].rstrip(':')}: {row[1]}")
        elif filled:
            lines.append(", ".join(filled))
    return lines


def _step(place: float) -> int:
    return round(place / _NEAR)


def _paths(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """The drawn objects of a page, those inside forms too.

    pypdfium2 wraps each object of a page in one of its own, which takes longer than all that is done here.
    """
    return _paths_in(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _DEEPEST_FORM)


def _paths_in(
    container: object, count: Callable[..., int], get: Callable[..., Any], depth: int
) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    for at in range(count(container)):
        found = get(container, at)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield found
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            yield from _paths_in(found, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1)


def _rule(path: pdfium.FPDF_PAGEOBJECT) -> list[tuple[_Point, _Point]]:
    """The one rule that a thin drawn object is, told by its bounds alone; none for what is wide and high."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    if top.value - bottom.value < _NEAR:
        return [((left.value, bottom.value), (right.value, bottom.value))]
    if right.value - left.value < _NEAR:
        return [((left.value, bottom.value), (left.value, top.value))]
    return []


def _edges(path: pdfium.FPDF_PAGEOBJECT) -> Iterator[tuple[_Point, _Point]]:
    """The straight edges of a drawn object, in the page's own points."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    start: _Point | None = None
    last: _Point | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        last = point
        if start is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield last, start


def _placed(
    lines: list[Line], page: Any, number: int, table: Any, before: _Before | None, running: set[int]
) -> tuple[list[Line], _Before | None]:
    """The lines with those in the table's place replaced by its rows, and the table for the next one to go on with."""
    left, top, right, bottom = table.bbox
    inside = [
        at
        for at, line in enumerate(lines)
        if line.page == number
        and line.right > 0
        and left - _NEAR <= (line.left + line.right) / 2 <= right + _NEAR
        and page.height - bottom - _NEAR <= (line.top + line.bottom) / 2 <= page.height - top + _NEAR
    ]
    extracted = table.extract(x_tolerance_ratio=0.15)
    printed = [[_tidy(cell) for cell in row] for row in extracted]
    voted = _votes(extracted)
    if not inside or not (voted or _is_data(printed)) or all(id(lines[at]) in running for at in inside):
        return lines, None
    if not _all_found([lines[at].text for at in inside], printed):
        return lines, None
    cells = _with_spans(table, printed)
    captions, cells = _captions(cells)
    bold = [_is_bold(page, table.rows[at]) for at in range(len(captions), len(captions) + len(cells))]
    columns = [_step(column.bbox[0]) for column in table.columns]
    opens_page = not any(
        line.page == number and line.bottom > page.height - top and id(line) not in running for line in lines
    )
    goes_on = before is not None and opens_page and (before.page, before.columns) == (number - 1, columns)
    headings, cells = _headings(cells, bold, before.headings if before and goes_on else [])
    first = lines[inside[0]]
    made = [
        Line(
            text=text,
            page=number,
            left=left,
            right=right,
            top=page.height - top,
            bottom=page.height - bottom,
            bold=False,
            height=first.height,
            opening=len(text.split(" ", 1)[0]),
            row=True,
        )
        for text in voted or [*captions, *rows_as_lines(cells, headings)]
    ]
    gone = set(inside)
    kept = [line for at, line in enumerate(lines) if at not in gone or at == inside[0]]
    return [each for line in kept for each in (made if line is first else [line])], _Before(headings, number, columns)


def _votes(printed: Sequence[Sequence[str | None]]) -> list[str]:
    """The lines of a table of a vote, a column for each way to vote; none for another table."""
    headings = [fold(cell or "") for cell in printed[0]] if printed else []
    if not are_votes(headings):
        return []
    columns = [
        [fold(line) for cell in column for line in (cell or "").split("\n")]
        for column in zip(*printed[1:], strict=True)
    ]
    return vote_lines(headings, columns)


def _tidy(cell: str | None) -> str:
    """A cell's text in one line; a bullet or label inside it is kept as a break, as it tells of paragraphs."""
    pieces = [fold(piece) for piece in (cell or "").split("\n")]
    text = ""
    for piece in pieces:
        text += ("\n" if starts_block(piece) else " ") + piece if text else piece
    return text


def _is_data(cells: _Cells) -> bool:
    """True for a table of at least two rows and columns whose cells hold words and figures, not paragraphs."""
    filled = [cell for row in cells for cell in row if cell]
    if len(cells) < 2 or min(map(len, cells)) < 2 or len(set(map(len, cells))) > 1:
        return False
    used = sum(1 for column in zip(*cells, strict=True) if any(column))
    return used > 1 and not any(len(cell) > _LONG_CELL or "\n" in cell for cell in filled)


def _all_found(texts: Sequence[str], cells: _Cells) -> bool:
    """True where the cells hold the letters and digits of the lines that they would replace."""
    expected, held = _characters(texts), _characters([cell for row in cells for cell in row])
    least = _LEAST_FOUND * max(expected.total(), held.total())
    return (expected & held).total() >= least


def _characters(texts: Sequence[str]) -> Counter[str]:
    return Counter(char for text in texts for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _with_spans(table: Any, cells: _Cells) -> _Cells:
    """The cells with the text of one that reaches down over several rows repeated in each."""
    filled = [list(row) for row in cells]
    for at in range(1, len(filled)):
        for column, box in enumerate(table.rows[at].cells):
            above = [row.cells[column] for row in table.rows[:at]]
            over = next((each for each in reversed(above) if each is not None), None)
            if box is None and over is not None and over[3] >= table.rows[at].bbox[3] - _NEAR:
                filled[at][column] = filled[at - 1][column]
    return filled


def _captions(cells: _Cells) -> tuple[list[str], _Cells]:
    """The rows that open a table with one cell over all columns, and the other rows."""
    captions: list[str] = []
    while len(cells) > 2 and sum(map(bool, cells[0])) == 1 and cells[0][0]:
        captions.append(cells[0][0])
        cells = cells[1:]
    return captions, cells


def _headings(cells: _Cells, bold: Sequence[bool], before: list[str]) -> tuple[list[str], _Cells]:
    """The headings of a table and the rows under them; no headings where the first row is data.

    A first row is taken for headings where it alone is bold, or where it has no figures and columns of
    figures stand under it. `before` are those of a table that this one goes on with, over a page's end.
    """
    row = cells[0]
    named = all(row[1:]) and len(set(row)) == len(row) and all(len(cell) <= _LONG_HEADING for cell in row)
    figures = any(char.isdigit() for cell in row for char in cell)
    alone = bold[0] and not all(bold[1:])
    columns = list(zip(*cells[1:], strict=True))[1:]
    over_figures = any(2 * sum(_is_figure(cell) for cell in column) > len(column) for column in columns)
    if named and len(cells) > 1 and (alone or row == before or (len(row) > 2 and not figures and over_figures)):
        return row, cells[1:]
    return before, cells


def _is_figure(cell: str) -> bool:
    return any(char.isdigit() for char in cell)


def _is_bold(page: Any, row: Any) -> bool:
    fonts = [char["fontname"].lower() for char in page.crop(row.bbox, strict=False).chars if char["text"].strip()]
    return bool(fonts) and all("bold" in font or "black" in font or "heavy" in font for font in fonts)
