"""Cells of the CSV files that this program writes: harmless in a spreadsheet, and still data.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line's end for a formula, whoever wrote it
(https://owasp.org/www-community/attacks/CSV_Injection). Text that begins so is written with an apostrophe before it,
which `plain_cell` takes away again; numbers stay numbers, and a sign alone (`=` of a comparator) is no formula. Text is
quoted and numbers are not: a program that splits lines at semicolons or tabs finds no second cell inside a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

# Blanks before the sign are what some programs trim; the wide signs are what East Asian editions read as the plain
# ones. An apostrophe before them counts too, so that taking one away again is always right.
_FIRST = frozenset("'=+-@\uff1d\uff0b\uff0d\uff20")
_LIKE_A_FORMULA = re.compile(r"(?s:[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20].)|'*[\t\r\n]")
# What ends a file or steers a terminal, and what UTF-8 cannot say. Tabs and line ends are text.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """`text` with U+FFFD for each control character, lone surrogate and noncharacter: the same length, valid UTF-8."""
    return text if text.isprintable() else _UNWRITABLE.sub("\ufffd", text)


def harmless_cell(value: object) -> object:
    """The value as it may stand in a CSV file: text that a spreadsheet would take for a formula behind an apostrophe.

    Numbers and None stay as they are, and so does text that only looks like a number to a reader (`5%`). Characters
    that no file should hold become U+FFFD.
    """
    if not isinstance(value, str):
        return value
    text = value if value.isprintable() else writable(value)
    first = text[:1]  # looked at first, since few cells begin so
    if first in _FIRST or first.isspace():
        return f"'{text}" if _LIKE_A_FORMULA.match(text) else text
    return text


def plain_cell(text: str) -> str:
    """The text that `harmless_cell` was given, but for characters that no file should hold."""
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text


class _Nothing(int):
    """What `csv` writes as an empty cell without quotes: a number without digits."""

    def __str__(self) -> str:
        return ""

    __repr__ = __str__


_NOTHING = _Nothing()


def csv_cells(values: Iterable[object]) -> list[Any]:
    """The values as `csv_writer` takes them: harmless, None as an empty cell."""
    return [_NOTHING if value is None else harmless_cell(value) for value in values]


def csv_writer(file: TextIO, fields: Sequence[str]) -> Any:
    """A `csv.writer` for `csv_cells`, with the headings written: text in quotes, numbers bare, lines ended by LF."""
    csv.writer(file, lineterminator="\n").writerow(fields)
    return csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
