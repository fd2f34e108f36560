"""The list of what is outstanding as a spreadsheet, as officers keep it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from minutesminer.errors import UsageError
from minutesminer.explore.quarters import quarter_of
from minutesminer.explore.row_words import KINDS, Row, iso_day, person, printable, web_address, what
from minutesminer.store.queries import STATES

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_CELL = 32_767  # characters, https://support.microsoft.com/office/excel-specifications-and-limits
_SAID_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: its heading, its width in characters, and its value in a row."""

    heading: str
    width: int
    value: Callable[[Row], str | int | date | None]


_COLUMNS = (
    _Column("Reference", 16, lambda row: row["id"]),
    _Column("Council", 22, lambda row: row["council"]),
    _Column("Committee", 26, lambda row: row["committee"]),
    _Column("Meeting", 12, lambda row: iso_day(row["date"])),
    _Column("Item", 28, lambda row: row["title"]),
    _Column("Kind", 11, lambda row: KINDS[row["class"]]),
    _Column("What", 46, what),
    _Column("Of or by whom", 28, person),
    _Column("Due", 12, lambda row: iso_day(row["due_date"])),
    _Column("Due, as worded", 20, lambda row: row["due"]),
    _Column("Age in days", 9, lambda row: row["age_days"]),
    _Column("Meetings passed", 10, lambda row: row["meetings_passed"]),
    _Column("Times asked", 9, lambda row: row["times_asked"]),
    _Column("State", 11, lambda row: row["status"]),
    _Column("Update", 34, lambda row: row["note"]),
    _Column("May be answered by", 34, lambda row: row["evidence"]),
    _Column("Sentence in the minutes", 60, lambda row: row["sentence"]),
    _Column("Link", 30, lambda row: row["url"]),
    _Column("Page", 7, lambda row: row["page"]),
)


def due_sheet(rows: Sequence[Row]) -> tuple[bytes, str]:
    """A workbook (Office Open XML) with a sheet of the rows and one that counts them, and in words how many they are.

    Text from minutes is text in every cell, whatever it begins with; only addresses of the web are links. Raises
    UsageError where the `office` extra is missing.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise UsageError(
            "spreadsheets need openpyxl, which is not installed: pip install 'minutesminer[office]'"
        ) from error
    book = Workbook()
    book.properties.creator = "minutesminer"
    book.properties.title = "Outstanding actions and requests"
    sheet = book.active
    sheet.title = "Outstanding"
    _head(sheet, [column.heading for column in _COLUMNS], [column.width for column in _COLUMNS])
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(_COLUMNS, 1):
            cell = sheet.cell(number, place)
            _fill(cell, column.value(row))
            if column.heading == "Link" and (address := web_address(row["url"])) is not None:
                cell.hyperlink = address
                cell.style = "Hyperlink"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "B2"
    counts = book.create_sheet("Counts")
    table = count_by_quarter(rows)
    _head(counts, table[0], [24, *(11 for _ in table[0][1:])])
    for number, counted in enumerate(table[1:], 2):
        for place, value in enumerate(counted, 1):
            _fill(counts.cell(number, place), value)
    counts.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), f"{len(rows)} row{'' if len(rows) == 1 else 's'}"


def count_by_quarter(rows: Sequence[Row]) -> list[list[Any]]:
    """A table of how many rows there are in each state by the quarter of the meeting, with headings and totals."""
    counts = Counter((_quarter_name(row), row["status"]) for row in rows)
    names = sorted({name for name, _ in counts})
    table: list[list[Any]] = [["Quarter of the meeting", *STATES, "all"]]
    for name in names:
        numbers = [counts[name, state] for state in STATES]
        table.append([name, *numbers, sum(numbers)])
    totals = [sum(counts[name, state] for name in names) for state in STATES]
    return [*table, ["all", *totals, sum(totals)]]


def _quarter_name(row: Row) -> str:
    day = iso_day(row["date"])
    if day is None:
        return "date not known"
    quarter = quarter_of(day)
    return f"{quarter} ({quarter.months})"


def _head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, heading in enumerate(headings, 1):
        cell = sheet.cell(1, place, heading)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3A4D")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = widths[place - 1]
    sheet.row_dimensions[1].height = 32
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(cell: Cell, value: str | int | date | None) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        text = printable(value)[:_LONGEST_CELL]
        if not text:
            return
        cell.value = text
        # Text is never read as a formula, neither now nor when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_SAID_AS_FORMULA)
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
