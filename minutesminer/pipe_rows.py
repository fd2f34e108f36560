"""Tables drawn with pipes in plain text, whose rows become lines that name their columns.

`| Adults | 58.2 | 60.9 |` under `| Service | Budget £m | Forecast £m |` becomes
`Service: Adults; Budget £m: 58.2; Forecast £m: 60.9`, as rows of HTML and PDF tables do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_RULE = re.compile(r"\s*\|[\s|:\-]*-[\s|:\-]*$")
_FIGURE = re.compile(r"[(+\-–−]?\s*£?\d[\d,.]*\s*(?:%|k|m|bn)?\)?$")
_LONGEST_HEADING = 60  # characters
_LONGEST_CELL = 120  # characters: longer cells hold paragraphs, and the table only places them


def name_columns(text: str) -> str:
    """The text with the rows of its tables of figures rewritten; tables without figures are left as they are."""
    if "|" not in text:
        return text
    lines = text.split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        rows = _rows_under(lines, at)
        if rows is None:
            out.append(lines[at])
            at += 1
            continue
        heading = _cells(lines[at])
        out.extend(named_cells(heading, row) for row in rows)
        at += 2 + len(rows)
    return "\n".join(out)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rows_under(lines: list[str], at: int) -> list[list[str]] | None:
    """The rows of the table of figures whose heading is line `at`; None where none starts there."""
    if at + 2 >= len(lines) or lines[at].count("|") < 2 or not _RULE.match(lines[at + 1]):
        return None
    heading = _cells(lines[at])
    if not all(heading) or len(heading) < 2 or max(len(cell) for cell in heading) > _LONGEST_HEADING:
        return None
    rows: list[list[str]] = []
    for line in lines[at + 2 :]:
        cells = _cells(line)
        if "|" not in line or len(cells) != len(heading) or max(len(cell) for cell in cells) > _LONGEST_CELL:
            break
        rows.append(cells)
    figures = sum(not _FIGURE.match(row[0]) and any(_FIGURE.match(cell) for cell in row[1:]) for row in rows)
    return rows if rows and 2 * figures >= len(rows) else None


def named_cells(headings: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table as a line: each cell that is filled under its heading, one a heading."""
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(headings, cells, strict=True) if cell)
