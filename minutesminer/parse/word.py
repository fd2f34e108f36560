"""Word documents (`.docx`): paragraphs with the numbers Word would print, and tables row by row.

Word keeps the numbers of headings and limbs apart from their text, as references into a table of list levels. They
are counted here as Word counts them, because minutes cite them, and because the items are found by them.

Word has no pages until it prints. But it notes where they turned when it last did, and how many there were: where the
notes make as many, they are the pages of the blocks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from minutesminer.models import Issue
from minutesminer.parse.action_heading import ACTION_HEADING
from minutesminer.parse.html import numeral
from minutesminer.parse.parts import Block, Parsed, refused
from minutesminer.parse.plain import is_agenda, parse_blocks
from minutesminer.parse.row_labels import is_label
from minutesminer.parse.tables import rows_as_lines
from minutesminer.text import BULLET, clean_blocks, fold

_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a drawing's text once more
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), _FALLBACK}
_WRAPPERS = (qn("w:sdt"), qn("w:customXml"))
_PROPERTIES = {qn("w:customXmlPr"), qn("w:sdtPr")}
_LEAST_NUMBERED = 2  # rows
_TURN = "\f"  # where a page turned, among the words of a paragraph
_PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d+)</")
_STATED = "docProps/app.xml"
_LONG_CELL = 300  # characters: cells with more hold paragraphs, and the table only places them
_MOST_BYTES = 200_000_000  # of one file unpacked


@dataclass(slots=True)
class _Level:
    """One level of a numbered list: `%1.%2` is `text`, `decimal` the `style`."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class _Numbers:
    """The lists of a document and how far each has been counted, by the list and by level; the page that is reached."""

    levels: dict[str, dict[int, _Level]]
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    page: int = 0

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of list `number` at `depth`: `2.1`, `(a)`, a bullet, or nothing."""
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.style == "none":
            return ""
        if level.style == "bullet":
            return BULLET.strip()
        counts = self.counted.setdefault(number, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        label = level.text
        for at, each in levels.items():
            if f"%{at + 1}" in label:
                label = label.replace(f"%{at + 1}", numeral(counts.get(at, each.start), _STYLES.get(each.style, "1")))
        return label


def parse_word(data: bytes) -> Parsed:
    """What a Word document holds. One that cannot be read is a `Parsed` with that outcome."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(member.file_size for member in package.infolist())
            pages = _stated_pages(package) if size <= _MOST_BYTES else None
        if size > _MOST_BYTES:
            return refused("unsupported", f"the file unpacks to {size:,} bytes, more than is read; cut it in parts")
        document = docx.Document(io.BytesIO(data))
        _unwrap(document.element.body)
        blocks = [block for block in _blocks(document, pages) if block.text]
        running = "\n".join(_running(document))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - on broken packages python-docx lets errors of any kind through
        return refused("damaged", f"the Word file cannot be read ({type(error).__name__}: {error}); save it again")
    parsed = parse_blocks(blocks)
    parsed.header += "\n" + running
    parsed.prose = "\n".join([*(block.text for block in blocks), running])
    if not parsed.items or is_agenda(parsed.items):
        parsed.items, parsed.outcome = [], "no_minutes"
        message = "no minutes were found in the Word file; it may be an agenda or a report: give the minutes"
        parsed.issues.append(Issue("parse", "no_minutes", message))
    return parsed


def _unwrap(body: Any) -> None:
    """Puts what stands in content controls and custom marks where they stand: python-docx passes over them."""
    for wrapper in list(body.iter(*_WRAPPERS)):
        parent = wrapper.getparent()
        inner = wrapper.find(qn("w:sdtContent")) if wrapper.tag == qn("w:sdt") else wrapper
        if parent is not None:
            for part in list(inner) if inner is not None else []:
                if part.tag not in _PROPERTIES:
                    wrapper.addprevious(part)
            parent.remove(wrapper)


def _stated_pages(package: zipfile.ZipFile) -> int | None:
    """How many pages the file says that it had when it was last printed or shown."""
    found = _PAGES.search(package.read(_STATED)) if _STATED in package.namelist() else None
    return int(found[1]) if found else None


def _blocks(document: WordDocument, pages: int | None) -> list[Block]:
    """The blocks of a document; they know their pages where those that were noted are as many as stated."""
    numbers = _numbers(document)
    blocks: list[Block] = []
    for part in document.iter_inner_content():
        blocks.extend(_paragraph(part, numbers) if isinstance(part, Paragraph) else _table(part, numbers))
    if not numbers.page or numbers.page + 1 != pages:
        for block in blocks:
            block.leaves = ()
    return blocks


def _paragraph(paragraph: Paragraph, numbers: _Numbers, in_cell: bool = False) -> Iterator[Block]:
    """A paragraph's lines under its number; a number in a cell of its own stands alone."""
    lines = []
    for line in _turning(paragraph._p).split("\n"):
        parts = line.split(_TURN)
        leaves = [(page, words) for page, words in enumerate(parts, start=numbers.page) if words.strip()]
        numbers.page += len(parts) - 1
        if leaves:
            lines.append(("".join(parts), leaves))
    number, depth = _list_of(paragraph) if lines or in_cell else (None, 0)
    label = numbers.label(number, depth) if number else ""
    if not lines:
        if label and label != BULLET.strip():
            yield Block(label, leaves=[(numbers.page, label)])
        return
    bold = _is_bold(paragraph)
    for position, (line, leaves) in enumerate(lines):
        text = f"{label} {line}" if label and not position else line
        yield Block(clean_blocks([text]).replace("\n", " "), bold, leaves=leaves)


def _table(table: Table, numbers: _Numbers) -> Iterator[Block]:
    """A table's rows as lines; a table of paragraphs, which only places them, cell by cell."""
    if _only_places(table):
        yield from _placed(table, numbers)
        return
    cells: list[list[str]] = []
    bold: list[bool] = []
    pages: list[int] = []
    for row in table.rows:
        places = _cells(row)
        turning = [_turns(cell) for cell in places]
        pages.append(numbers.page + any(opens for opens, _ in turning))
        numbers.page += max((turns for _, turns in turning), default=0)
        cells.append([fold(" ".join(_text(each._p) for each in cell.paragraphs)) for cell in places])
        bold.append(all(_is_bold(each) for cell in places for each in cell.paragraphs if each.text.strip()))
    width = max(map(len, cells), default=0)
    headed = len(cells) > 1 and bold[0] and not all(bold[1:]) and len(cells[0]) == width and all(cells[0][1:])
    for at, row in enumerate(cells[1:] if headed else cells, start=int(headed)):
        for line in rows_as_lines([row], cells[0] if headed and len(row) == width else []):
            yield Block(line, leaves=[(pages[at], line)])


def _turns(cell: Any) -> tuple[bool, int]:
    """Whether a cell opens a page, and how often the page turns in it. Of a row, one cell may say so or each."""
    words = "\n".join(_turning(each._p) for each in cell.paragraphs)
    return words.lstrip(" \t\n").startswith(_TURN), words.count(_TURN)


def _only_places(table: Table) -> bool:
    """Whether a table holds paragraphs: long cells, tables in cells, or numbers beside more than a line."""
    rows = [_cells(row) for row in table.rows]
    texts = [[fold(" ".join(_text(each._p) for each in cell.paragraphs)) for cell in row] for row in rows]
    if any(cell.tables for row in rows for cell in row) or any(len(text) > _LONG_CELL for row in texts for text in row):
        return True
    if len(rows) < _LEAST_NUMBERED or any(len(row) < 2 for row in rows):
        return False
    numbered = sum(_is_numbered(row[0]) for row in rows)
    several = sum(sum(bool(each.text.strip()) for each in row[1].paragraphs) > 1 for row in rows)
    return numbered >= _LEAST_NUMBERED and 2 * numbered >= len(rows) and 2 * several >= len(rows)


def _is_numbered(cell: Any) -> bool:
    """Whether a cell holds a number alone, as typed or as Word would print it."""
    text = fold(cell.text)
    return is_label(text) or (not text and any(_list_of(each)[0] for each in cell.paragraphs))


def _cells(row: Any) -> list[Any]:
    """The cells of a row; one that reaches over several columns is the same object in each, and is taken once."""
    return [cell for at, cell in enumerate(row.cells) if at == 0 or cell._tc is not row.cells[at - 1]._tc]


def _placed(table: Table, numbers: _Numbers) -> Iterator[Block]:
    """What stands in the cells of a table. A number in its cell goes before what it numbers."""
    seen: set[Any] = set()  # a cell that reaches down over rows is the same in each
    headings = [fold(cell.text) for cell in _cells(table.rows[0])] if table.rows else []
    actions = len(headings) - 1 if len(headings) > 1 and ACTION_HEADING.fullmatch(headings[-1]) else None
    for row in table.rows:
        label = ""
        turning = {cell._tc: _turns(cell) for cell in _cells(row)}
        begins = reached = numbers.page + any(opens for opens, _ in turning.values())
        for at, cell in enumerate(_cells(row)):
            if cell._tc in seen:
                continue
            seen.add(cell._tc)
            numbers.page = begins - turning[cell._tc][0]  # a cell stands beside the one before it
            blocks = list(_in_cell(cell, numbers))
            reached = max(reached, numbers.page)
            if len(blocks) == 1 and is_label(blocks[0].text):
                label = blocks[0].text
                continue
            for block in blocks:
                lead = f"{label} " if label else "Action: " if at == actions and row is not table.rows[0] else ""
                leaves = [
                    (page, words if later else f"{lead}{words}") for later, (page, words) in enumerate(block.leaves)
                ]
                yield Block(f"{lead}{block.text}", block.bold, leaves=leaves)
                label = ""
        if label:
            yield Block(label, leaves=[(begins, label)])
        numbers.page = reached


def _in_cell(cell: Any, numbers: _Numbers) -> Iterator[Block]:
    for part in cell.iter_inner_content():
        yield from _paragraph(part, numbers, in_cell=True) if isinstance(part, Paragraph) else _table(part, numbers)


def _running(document: WordDocument) -> Iterator[str]:
    """The words of headers, footers and properties, where a council often names itself."""
    yield fold(document.core_properties.title or "")
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            yield from (fold(_text(paragraph._p)) for paragraph in part.paragraphs)


def _text(element: Any) -> str:
    """The text of a paragraph as it stands after all tracked changes; breaks are newlines."""
    return _turning(element).replace(_TURN, "")


def _turning(element: Any) -> str:
    """The same, with a mark where a page turned when Word last printed or showed the document."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            pieces.append("\t" if child.tag == qn("w:tab") else "-")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif child.tag == qn("w:lastRenderedPageBreak"):
            pieces.append(_TURN)
        elif child.tag == qn("w:p"):  # of a text box that is anchored in the paragraph
            pieces.append(f"\n{_turning(child)}\n")
        elif child.tag not in (qn("w:pPr"), qn("w:rPr")):
            pieces.append(_turning(child))
    return "".join(pieces)


def _is_bold(paragraph: Paragraph) -> bool:
    """Whether all of a paragraph is bold, by its runs or its style; headings always are."""
    style = paragraph.style
    name = (style.name or "") if style is not None else ""
    if name.startswith(("Heading", "Title")):
        return True
    by_style = bool(style is not None and style.font.bold)
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold if run.bold is not None else by_style for run in runs)


def _list_of(paragraph: Paragraph) -> tuple[str | None, int]:
    """The list that numbers a paragraph and its level there, by itself or by the style it is based on."""
    found = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    style = paragraph.style
    number, depth = _number_and_depth(found)
    while number is None and style is not None:
        properties = style.element.find(qn("w:pPr"))
        number, by_style = _number_and_depth(properties.find(qn("w:numPr")) if properties is not None else None)
        depth = depth if depth is not None else by_style
        style = style.base_style
    return (None, 0) if number in (None, "0") else (number, depth or 0)


def _number_and_depth(properties: Any | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    return (
        number.get(qn("w:val")) if number is not None else None,
        int(depth.get(qn("w:val"))) if depth is not None else None,
    )


def _numbers(document: WordDocument) -> _Numbers:
    """The list levels of a document by list number. Lists that share a definition count on together."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return _Numbers({})  # a document without lists
    shared = {each.get(qn("w:abstractNumId")): _levels(each) for each in root.findall(qn("w:abstractNum"))}
    levels: dict[str, dict[int, _Level]] = {}
    counted: dict[str, dict[int, int]] = {}
    by_definition: dict[str, dict[int, int]] = {}
    for number in root.findall(qn("w:num")):
        name, definition = number.get(qn("w:numId")), number.find(qn("w:abstractNumId")).get(qn("w:val"))
        own = dict(shared.get(definition, {}))
        overrides = number.findall(qn("w:lvlOverride"))
        for override in overrides:
            depth, start = int(override.get(qn("w:ilvl"))), override.find(qn("w:startOverride"))
            if start is not None and depth in own:
                own[depth] = _Level(int(start.get(qn("w:val"))), own[depth].style, own[depth].text)
            own.update({at: each for at, each in _levels(override).items() if at == depth})
        levels[name] = own
        counted[name] = {} if overrides else by_definition.setdefault(definition, {})
    return _Numbers(levels, counted)


def _levels(definition: Any) -> dict[int, _Level]:
    levels = {}
    for level in definition.findall(qn("w:lvl")):
        values = {
            name: found.get(qn("w:val"))
            for name in ("start", "numFmt", "lvlText")
            if (found := level.find(qn(f"w:{name}"))) is not None
        }
        levels[int(level.get(qn("w:ilvl")))] = _Level(
            int(values.get("start") or 1), values.get("numFmt") or "decimal", values.get("lvlText") or ""
        )
    return levels
