"""Printed minutes: the text layer of a PDF as blocks.

Notes for a newcomer. `lines` gives the lines of each page with their places, those of tables without rules row by row
(`aligned`); `columns` ties a column of actions to what it stands beside; `tables` reads the ruled tables; `furniture`
drops the lines at the edges that come again page after page, so that a sentence they split is whole again; and
`paragraphs` puts the lines together to blocks. The items are found in those as in any flat text.
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from minutesminer.models import Issue
from minutesminer.parse.columns import column_of, with_asides
from minutesminer.parse.furniture import Line, without_furniture
from minutesminer.parse.lines import page_lines
from minutesminer.parse.paragraphs import blocks_of
from minutesminer.parse.parts import Parsed, refused
from minutesminer.parse.plain import is_agenda, parse_blocks
from minutesminer.parse.tables import is_ruled, with_tables

_LEAST_TEXT = 12  # characters a page: scans carry a stamp or nothing


def parse_pdf(data: bytes) -> Parsed:
    """What a PDF holds. A locked, damaged or scanned one is a `Parsed` with that outcome."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _unreadable(error)
    try:
        pages = len(document)
        lines: list[Line] = []
        column: float | None = None  # where a column of actions stands, from the page that heads it
        ruled: list[int] = []
        pictured: list[int] = []
        for number in range(pages):
            page = document[number]
            has_rules = is_ruled(page)
            found = page_lines(page, number, aligned=not has_rules)
            column = column_of(page, found) or column
            lines.extend(with_asides(page, found, column) if column else found)
            if sum(len(line.text) for line in found) < _LEAST_TEXT and _has_picture(page):
                pictured.append(number + 1)
            if has_rules:
                ruled.append(number)
            page.close()
    except pypdfium2.PdfiumError as error:
        return _unreadable(error)
    finally:
        document.close()
    if pages == 0:
        return refused("damaged", "the PDF has no pages; fetch or save it again")
    if sum(len(line.text) for line in lines) < _LEAST_TEXT * pages:
        return refused("no_text", "the PDF holds pictures of pages and no text; run it through text recognition first")
    lines, issues = with_tables(data, lines, ruled) if ruled else (lines, [])
    parsed = _parsed(lines)
    parsed.issues.extend(issues)
    if pictured and parsed.outcome == "ok":
        named = ", ".join(map(str, pictured))
        message = f"no text on these of the {pages} pages: {named}; if they are scans, run text recognition first"
        parsed.issues.append(Issue("parse", "pages_without_text", message))
    return parsed


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _parsed(lines: Sequence[Line]) -> Parsed:
    kept = without_furniture(lines)
    blocks = [block for block in blocks_of(kept) if block.text]
    parsed = parse_blocks(blocks)
    printed = {line.text for line in kept}
    running = dict.fromkeys(line.text for line in lines if line.text not in printed)
    parsed.prose = "\n".join([*(block.text for block in blocks), *running])
    parsed.header += "\n" + "\n".join(line.text for line in lines if line.page == 0)[:600]
    if not parsed.items or is_agenda(parsed.items):
        parsed.items = []
        parsed.outcome = "no_minutes"
        message = "no minutes were found in the PDF; it may be an agenda or a report: give the printed minutes"
        parsed.issues.append(Issue("parse", "no_minutes", message))
    return parsed


def _unreadable(error: pypdfium2.PdfiumError) -> Parsed:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return refused("encrypted", "the PDF asks for a password; save an unlocked copy")
    return refused("damaged", f"the PDF cannot be read ({error}); fetch or save it again")
