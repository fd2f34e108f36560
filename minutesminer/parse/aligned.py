"""Tables that no rules are drawn round: lines whose words stand in columns under headings.

Notes for a newcomer. Figures alone in a cell are the mark: prose, lists of names, addresses and hanging numbers have
none at one place of several lines. So only lines that look like cells with figures are measured. What stands at the
height of such figures is a row; rows whose cells keep to the same columns are a table, if headings stand over them. It
takes the place of its lines as `Indicator: Care leavers in EET; Target: 60%; Actual: 55%`. Columns of a vote need no
figures: their headings tell them. Whatever does not fit in every part is left as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from minutesminer.parse.furniture import Line, at_edge
from minutesminer.parse.grid import FAR, Cell, CellsOf, Grid
from minutesminer.parse.votes import are_votes, vote_lines
from minutesminer.text import ends_sentence

_FIGURE = re.compile(
    r"[(+<>~±–−-]?\s*£?\d[\d,]*(?:\.\d+)?\s*(?:%|pp|[pkm]|bn|million|days|weeks|months|hours)?\)?(?:\s*/\s*\d+)?"
    r"|n/?a|nil|tbc|[–—-]|[X✓✔√]",
    re.I,
)
_TOKEN = r"(?:[(+–−-]?£?\d[\d,]*(?:\.\d+)?(?:%|pp|[pkm]|bn)?\)?(?:/\d+)?|n/a|[X✓✔√])"
_TWO_TOKENS = re.compile(rf"(?<!\S){_TOKEN}(?!\S).*?(?<!\S){_TOKEN}(?!\S)")
_TOKEN_AT_END = re.compile(rf"(?<!\S){_TOKEN}$")
_MARK = re.compile(r"[0-9✓✔√–—-]|n/?a|nil|tbc|X$", re.I)  # what any figure holds: most lines hold none
_VOTES = re.compile(r"(?:for|in favour|against|abstain|abstentions|votes?)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?")
_PAGES = re.compile(r"pages?(?: (?:no|nos|numbers?)\.?)?", re.I)
_MOST_LINES = 400  # a page: more are no page of minutes, and each row is looked for among all of them
_LONGEST_ROW = 150  # characters
_LONGEST_LABELLED = 80  # characters of a line with one figure at its end
_LONGEST_FIGURE = 14
_LONGEST_HEADING = 60
_LONGEST_NAME = 45
_MOST_HEADING_LINES = 4
_NEXT = 1.3  # heights of a line between the middles of two lines of one cell or heading
_LEAST_ROWS = 2
_NEIGHBOURS = 5  # lines that may stand between two with figures: of cells printed one after the other
_SPREAD = 1.08  # times the usual room of a character: a line with more has gaps in it
_WIDEST = 0.5  # heights of a line: the room of a character in wide fonts
_VOTE_GAP = 2.2  # heights of a line between the rows of names under a vote's headings
_VOTE_OFFSET = 12.0  # points between a name's place and its heading's

Bounds = tuple[float, float]


@dataclass(slots=True)
class _Table:
    """Rows from the top, the columns' left and right bounds, and the headings over them."""

    rows: list[list[Cell]]
    columns: list[Bounds]
    headings: list[list[Cell]] = field(default_factory=list)
    under: list[list[Cell]] = field(default_factory=list)


def with_aligned_rows(lines: Sequence[Line], cells_of: CellsOf) -> list[Line]:
    """The lines of a page, those of tables without rules read row by row. `cells_of` cuts a line at wide gaps."""
    if len(lines) > _MOST_LINES:
        return list(lines)
    figures = _neighbours(at for at in _spread(lines) if _may_hold_figures(lines[at]))
    votes = [at for at, line in enumerate(lines) if len(line.text) < _LONGEST_LABELLED and _VOTES.match(line.text)]
    if len(figures) < _LEAST_ROWS and not votes:
        return list(lines)
    grid = Grid(lines, cells_of)
    made: dict[int, list[str]] = {}
    gone: set[int] = set()
    found = [_vote(grid, at) for at in votes]
    tables = [table for table in _groups(_figure_rows(grid, figures)) if not _is_furniture(table, lines)]
    alone = {line for table in tables for line in _lines_of_figures(table)}
    found += [_indicators(grid, table) for table in tables]
    for each in found:
        if each is None or gone & each[0]:
            continue
        used, texts = each
        whole = used == set(range(min(used), max(used) + 1))
        if whole and not _characters(lines[at].text for at in used) - _characters(texts):
            made[min(used)] = texts
            gone |= used
    read: list[Line] = []
    for at, line in enumerate(lines):
        if at in made:
            texts = made[at]
        elif at in gone:
            continue
        elif at in alone:
            texts = [line.text]
        else:
            read.append(line)
            continue
        read += [replace(line, text=text, bold=False, opening=len(text.split(" ", 1)[0]), row=True) for text in texts]
    return read


def _characters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


def _is_furniture(table: _Table, lines: Sequence[Line]) -> bool:
    """Whether rows all stand at an edge of the page, as two footers with numbers do."""
    return all(at_edge(lines[cell.line]) for row in table.rows for cell in row)


def _lines_of_figures(table: _Table) -> list[int]:
    """The lines that are whole rows of a table; they stand alone even where no headings are found."""
    lines = [{cell.line for cell in row} for row in table.rows]
    enough = len(lines) >= _LEAST_ROWS and len(lines) + len(table.columns) > _LEAST_ROWS + 2
    return [line for row in lines for line in row if len(row) == 1] if enough else []


def _may_hold_figures(line: Line) -> bool:
    text = line.text
    if line.row or len(text) > _LONGEST_ROW or text[-1] in ".;:" or not _MARK.search(text):
        return False
    if _FIGURE.fullmatch(text):
        return True
    return _TWO_TOKENS.search(text) is not None or (
        len(text) <= _LONGEST_LABELLED and _TOKEN_AT_END.search(text) is not None
    )


def _neighbours(found: Iterable[int]) -> list[int]:
    """The positions among `found` that are near another, as the rows of a table are."""
    at = list(found)
    return [
        each
        for n, each in enumerate(at)
        if any(abs(other - each) <= _NEIGHBOURS for other in (*at[max(n - 1, 0) : n], *at[n + 1 : n + 2]))
    ]


def _spread(lines: Sequence[Line]) -> list[int]:
    """The lines with gaps in them, told by how much room their characters take; short ones may be a figure alone."""
    rooms = [(line.right - line.left) / len(line.text) for line in lines]
    usual = _SPREAD * sorted(rooms)[len(rooms) // 2] if rooms else 0.0
    return [
        at
        for at, (room, line) in enumerate(zip(rooms, lines, strict=True))
        if room > min(usual, _WIDEST * (line.top - line.bottom)) or len(line.text) <= _LONGEST_FIGURE
    ]


def _figure_rows(grid: Grid, candidates: Iterable[int]) -> list[list[Cell]]:
    """What stands at the heights of figures that have a cell of their own, from the top of the page."""
    rows: list[list[Cell]] = []
    for at in candidates:
        for cell in grid.cells(at):
            known = any(abs(cell.middle - row[0].middle) < (cell.top - cell.bottom) / 2 for row in rows)
            if known or not _FIGURE.fullmatch(cell.text):
                continue
            row = grid.level_with(cell.middle, cell.top - cell.bottom)
            if len(row) > 1 and any(_FIGURE.fullmatch(each.text) for each in row[1:]):
                rows.append(row)
    return sorted(rows, key=lambda row: -row[0].middle)


def _groups(rows: Iterable[list[Cell]]) -> list[_Table]:
    """The rows that stand close under each other in the same columns."""
    tables: list[_Table] = []
    for row in rows:
        if tables:
            table = tables[-1]
            last = table.rows[-1][0]
            columns = _merged([*table.columns, *((cell.left, cell.right) for cell in row)])
            near = last.middle - row[0].middle <= FAR * (last.top - last.bottom)
            whole = len(columns) >= max(len(table.columns), len(row))
            if near and whole and all(_fits(each, columns) for each in [*table.rows, row]):
                table.rows.append(row)
                table.columns = columns
                continue
        tables.append(_Table([row], _merged((cell.left, cell.right) for cell in row)))
    return tables


def _merged(bounds: Iterable[Bounds]) -> list[Bounds]:
    """Bounds put together where they overlap, from the left."""
    columns: list[Bounds] = []
    for left, right in sorted(bounds):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _fits(row: Sequence[Cell], columns: Sequence[Bounds]) -> bool:
    """Whether each cell stands in a column of its own."""
    places = [_column_of(cell, columns) for cell in row]
    return None not in places and len(set(places)) == len(places)


def _column_of(cell: Cell, columns: Sequence[Bounds]) -> int | None:
    """The one column that a cell stands over; None where it stands over two, or over none."""
    over = [at for at, (left, right) in enumerate(columns) if cell.left < right and left < cell.right]
    return over[0] if len(over) == 1 else None


def _indicators(grid: Grid, table: _Table) -> tuple[set[int], list[str]] | None:
    """The lines that a table takes up and the lines of text that it becomes; None where it is no table."""
    rows = table.rows
    if not any(_FIGURE.fullmatch(cell.text) and not _YEAR.fullmatch(cell.text) for cell in rows[0][1:]):
        table.headings, table.rows = [rows[0]], rows[1:]  # years head the columns of figures under them
    if len(table.rows) < _LEAST_ROWS or not _with_headings(grid, table):
        return None
    names = _by_column(sorted((c for row in table.headings for c in row), key=_reading), table.columns)
    if not all(names[1:]) or any(map(_PAGES.fullmatch, names)) or not _with_wrapped(grid, table):
        return None
    cells = [cell for row in [*table.headings, *table.rows, *table.under] for cell in row]
    texts: list[str] = []
    for row in [*table.rows, *table.under]:
        row.sort(key=_reading)
    for row in sorted([*table.rows, *table.under], key=lambda row: -max(cell.middle for cell in row)):
        filled = _by_column(row, table.columns)
        if row in table.under:
            texts.append(filled[0])
        else:
            named = zip(names, filled, strict=True)
            texts.append("; ".join(f"{name}: {text}" if name else text for name, text in named if text))
    return {cell.line for cell in cells}, texts


def _reading(cell: Cell) -> tuple[float, float]:
    return -cell.middle, cell.left


def _by_column(cells: Sequence[Cell], columns: Sequence[Bounds]) -> list[str]:
    """The words in each column."""
    held: list[list[str]] = [[] for _ in columns]
    for cell in cells:
        place = _column_of(cell, columns)
        if place is not None:
            held[place].append(cell.text)
    return [" ".join(texts) for texts in held]


def _with_headings(grid: Grid, table: _Table) -> bool:
    """Adds the headings over a table's columns, of which they may be several lines; False where there are none."""
    while len(table.headings) < _MOST_HEADING_LINES:
        lowest = table.headings[0] if table.headings else table.rows[0]
        height = lowest[0].top - lowest[0].bottom
        row = grid.next_above(lowest[0].middle, height)
        first = not table.headings
        near = bool(row) and (first or row[0].middle - lowest[0].middle <= _NEXT * height)
        if not near or (first and len(row) < len(table.columns) - 1) or any(map(_no_heading, row)):
            break
        columns = _widened(table.columns, row) if first else _merged(table.columns)
        if len(columns) != len(table.columns) or not _fits(row, columns):
            break
        if not first and len(row) == 1 and _column_of(row[0], columns) == 0:
            break  # a paragraph's or a caption's last line, which starts where the table does
        table.headings.insert(0, row)
        table.columns = columns
    return bool(table.headings)


def _widened(columns: Sequence[Bounds], row: Sequence[Cell]) -> list[Bounds]:
    """The columns with the headings that stand over them: in their order, also where edges are not in line."""
    bare = len(columns) - len(row)  # the first column often has no heading
    over = [*columns[:bare], *((cell.left, cell.right) for cell in row)]
    return _merged(
        (min(left, heading[0]), max(right, heading[1]))
        for (left, right), heading in zip(columns, over[: len(columns)], strict=True)
    )


def _no_heading(cell: Cell) -> bool:
    return (
        len(cell.text) > _LONGEST_HEADING
        or cell.text[-1] in ".;:!?"
        or (_FIGURE.fullmatch(cell.text) is not None and not _YEAR.fullmatch(cell.text))
    )


def _with_wrapped(grid: Grid, table: _Table) -> bool:
    """Adds what stands between and right under the rows to the nearest; False where something fits no column.

    A label midway between two rows that opens with a capital stands alone: it heads the rows under it.
    """
    height = table.rows[0][0].top - table.rows[0][0].bottom
    known = {(cell.line, cell.left) for row in [*table.headings, *table.rows] for cell in row}
    lowest = table.rows[-1][0].middle
    top = table.headings[-1][0].middle
    loose: list[list[Cell]] = []
    for cell in sorted(grid.between(lowest - _NEXT * height, top), key=_reading):
        if (cell.line, cell.left) in known:
            continue
        below = cell.middle < lowest - height / 2
        if below and not (cell.text[0].islower() and _column_of(cell, table.columns) == 0):
            continue
        if _column_of(cell, table.columns) is None:
            return False
        loose.append([cell])
    rows = [row[0].middle for row in table.rows]
    for [cell] in loose:
        gaps = sorted((abs(cell.middle - middle), at) for at, middle in enumerate(rows))
        lone = len(gaps) < 2 or gaps[1][0] - gaps[0][0] < 0.3 * height or gaps[0][0] > _NEXT * height
        if lone and not cell.text[0].islower() and _column_of(cell, table.columns) == 0 and gaps[0][0] > height:
            table.under.append([cell])
        else:
            table.rows[gaps[0][1]].append(cell)
    return True


def _vote(grid: Grid, at: int) -> tuple[set[int], list[str]] | None:
    """The lines that a vote in columns takes up and the lines of text that it becomes; None where it is none."""
    first = grid.cells(at)[0]
    height = first.top - first.bottom
    headings = grid.level_with(first.middle, height)
    if not are_votes([cell.text for cell in headings]):
        return None
    used = {cell.line for cell in headings}
    columns: list[list[str]] = [[] for _ in headings]
    middle = first.middle
    while row := grid.next_below(middle, height):
        places = [_heading_over(cell, headings) for cell in row]
        if middle - row[0].middle > _VOTE_GAP * height or None in places or len(set(places)) < len(places):
            break
        if any(len(cell.text) > _LONGEST_NAME or ends_sentence(cell.text) for cell in row):
            break
        for cell, place in zip(row, places, strict=True):
            columns[place or 0].append(cell.text)
            used.add(cell.line)
        middle = row[0].middle
        if all(_FIGURE.fullmatch(cell.text) for cell in row):
            break
    return (used, vote_lines([cell.text for cell in headings], columns)) if any(columns) else None


def _heading_over(cell: Cell, headings: Sequence[Cell]) -> int | None:
    """The heading that a cell starts under, or stands under the middle of."""
    offsets = [
        (min(abs(cell.left - each.left), abs(cell.left + cell.right - each.left - each.right) / 2), at)
        for at, each in enumerate(headings)
    ]
    distance, place = min(offsets)
    return place if distance <= _VOTE_OFFSET else None
