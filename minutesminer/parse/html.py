"""The tree of a web page as blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree  # type: ignore[import-untyped]

from minutesminer.parse.page import UNREAD, Element, tree_of
from minutesminer.pipe_rows import named_cells
from minutesminer.text import fold

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
_HIDDEN = frozenset({"mgHide", "mgFileSize", "sr-only", "visually-hidden", "is-hidden"})
_WITH_CLASS = lxml.etree.XPath(".//*[contains(@class, $name)]")
_LABEL_START = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s", re.I)
_LONG_CELL = 200  # characters: cells with more hold paragraphs, and the table only places them
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def document_of(markup: str) -> Element:
    """The tree of a piece of HTML, however broken."""
    return tree_of(f"<div>{markup}</div>")


def children(element: Element) -> Iterator[Element]:
    """The elements that stand directly in an element; comments and the like are none."""
    return element.iterchildren("*")  # type: ignore[no-any-return]


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, empty where the element has none."""
    return element.get(name) or ""


def with_class(element: Element, name: str) -> list[Element]:
    """The elements inside an element of whose class names one holds `name`, in reading order."""
    return _WITH_CLASS(element, name=name)  # type: ignore[no-any-return]


def classes(element: Element) -> set[str]:
    """The class names of an element."""
    return set(attribute(element, "class").split())


def text_of(element: Element) -> str:
    """The text of an element in one line, without hidden parts and file sizes."""
    return fold(" ".join(blocks_of(element)))


def blocks_of(element: Element) -> list[str]:
    """The blocks of text of an element and what is in it, in reading order.

    Inline runs are joined as they stand; only block elements and `br` break. Items of lists get their
    bullet or number back, rows of tables are read one by one.
    """
    blocks: list[str] = []
    run: list[str] = []
    _walk(element, blocks, run)
    _close(blocks, run)
    return blocks


def _walk(element: Element, blocks: list[str], run: list[str]) -> None:
    tag = element.tag
    named = element.get("class")
    if tag in UNREAD or (named and not _HIDDEN.isdisjoint(named.split())):
        return
    if tag == "br":
        _close(blocks, run)
    elif tag == "table":
        _close(blocks, run)
        blocks.extend(_table(element))
    elif tag in ("ol", "ul"):
        _close(blocks, run)
        blocks.extend(_list(element))
    else:
        if tag in _BLOCKS:
            _close(blocks, run)
        _inside(element, blocks, run)
        if tag in _BLOCKS:
            _close(blocks, run)


def _inside(element: Element, blocks: list[str], run: list[str]) -> None:
    if element.text:
        run.append(element.text)
    for child in element:
        if isinstance(child.tag, str):  # comments and the like have a function there
            _walk(child, blocks, run)
        if child.tail:
            run.append(child.tail)


def _close(blocks: list[str], run: list[str]) -> None:
    text = fold("".join(run))
    run.clear()
    if text:
        blocks.append(text)


def _list(element: Element) -> Iterator[str]:
    start = attribute(element, "start")
    number = int(start) if start.isdigit() else 1
    for child in children(element):
        if child.tag != "li":
            yield from blocks_of(child)
            continue
        value = attribute(child, "value")
        number = int(value) if value.isdigit() else number
        label = "• " if element.tag == "ul" else f"{numeral(number, attribute(element, 'type') or '1')}. "
        run: list[str] = []
        blocks: list[str] = []
        _inside(child, blocks, run)
        _close(blocks, run)
        number += 1
        for position, block in enumerate(blocks):
            own = position > 0 or block.startswith("•") or (element.tag == "ol" and _LABEL_START.match(block))
            yield block if own else label + block


def numeral(number: int, style: str) -> str:
    """A number of a list as it is printed: `style` is that of HTML's `ol` (`1`, `a`, `A`, `i`, `I`)."""
    if style in "aA":
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if style == "a" else letter.upper()
    if style in "iI":
        roman, left = "", number
        for value, letters in _ROMAN:
            while left >= value:
                roman, left = roman + letters, left - value
        return roman if style == "i" else roman.upper()
    return str(number)


def _table(table: Element) -> Iterator[str]:
    """A table's rows. Under a header row, `Title: Motion 1; Result: Carried`; else cells joined by commas."""
    for child in children(table):
        if child.tag == "caption":
            yield from blocks_of(child)
    headings = [text_of(cell) for cell in _heading_cells(table)]
    for row in _rows(table):
        cells = [blocks_of(cell) for cell in children(row) if cell.tag in ("td", "th")]
        if headings and not _has_data(row):
            continue
        if any(len(cell) > 1 or sum(map(len, cell)) > _LONG_CELL for cell in cells):
            yield from (block for cell in cells for block in cell)
            continue
        texts = [" ".join(cell) for cell in cells]
        if headings and len(texts) == len(headings):
            line = named_cells(headings, texts)
        else:
            line = ", ".join(text for text in texts if text)
        if line:
            yield line


def _heading_cells(table: Element) -> Iterator[Element]:
    """The cells of the table's head, or of a first row that is all headings."""
    first = True  # of the rows that stand in the table itself
    for part in children(table):
        if part.tag == "thead":
            yield from part.iterdescendants("th")
        elif part.tag == "tbody":
            yield from _headings_of(next(part.iterchildren("tr"), None))
        elif part.tag == "tr" and first:
            yield from _headings_of(part)
            first = False


def _headings_of(row: Element | None) -> Iterator[Element]:
    if row is not None and not _has_data(row):
        yield from row.iterchildren("th")


def _rows(table: Element) -> Iterator[Element]:
    for part in children(table):
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "tfoot", "thead"):
            # A head may hold rows of data where a page marks all of its table as head.
            yield from (row for row in part.iterchildren("tr") if part.tag != "thead" or _has_data(row))


def _has_data(row: Element) -> bool:
    return next(row.iterchildren("td"), None) is not None
