"""The tree of a web page as blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree  # type: ignore[import-untyped]

from minutesminer.parse.page import UNREAD, Element, tree_of
from minutesminer.parse.row_labels import labelled
from minutesminer.pipe_rows import named_cells
from minutesminer.text import fold

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
_HIDDEN = frozenset({"mgHide", "mgFileSize", "sr-only", "visually-hidden", "is-hidden"})
_WITH_CLASS = lxml.etree.XPath(".//*[contains(@class, $name)]")
_LABEL_START = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s", re.I)
_FOOTNOTE = re.compile(r"\W*\d{1,2}\W*$")  # raised, behind a figure or a stop: it is no part of either
_BEFORE_FOOTNOTE = re.compile(r"[\d%.,;:)”’]$")
_PARTS = frozenset({"colgroup", "col", "thead", "tbody", "tfoot", "tr"})
_CELLS = frozenset({"td", "th"})
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
    if tag == "sup" and _is_footnote(element, run):
        return
    if tag == "br":
        _close(blocks, run)
    elif tag == "pre":
        _close(blocks, run)
        blocks.extend(part.strip("\n") for part in re.split(r"\n\s*\n", element.xpath("string()")) if part.strip())
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


def _is_footnote(element: Element, run: list[str]) -> bool:
    return bool(_FOOTNOTE.match(element.xpath("string()")) and _BEFORE_FOOTNOTE.search("".join(run)))


def _close(blocks: list[str], run: list[str]) -> None:
    text = fold("".join(run))
    run.clear()
    if text:
        blocks.append(text)


def _list(element: Element) -> Iterator[str]:
    start = attribute(element, "start")
    number = int(start) if start.isdigit() else 1
    if element.text and element.text.strip():
        yield fold(element.text)
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
    """A table's rows. Under a header row, `Title: Motion 1; Result: Carried`; else cells joined by commas.

    Headings that stand over other columns than those of the first row are a line of their own.
    """
    yield from _loose_in(table, _PARTS)
    above = _heading_rows(table)
    headings = [text_of(cell) for row in above for cell in row.iterchildren("th")]
    if not above:  # of a head without a row
        headings = [text_of(cell) for part in table.iterchildren("thead") for cell in part.iterchildren("th")]
    for row in _rows(table):
        if any(row is each for each in above):
            continue
        cells = [blocks_of(cell) for cell in children(row) if cell.tag in ("td", "th")]
        texts = [" ".join(cell) for cell in cells]
        long = any(len(cell) > 1 or sum(map(len, cell)) > _LONG_CELL for cell in cells)
        named = bool(headings) and len(texts) == len(headings) and not long and _has_data(row)
        if above and not named:
            yield from (line for each in above if (line := ", ".join(filter(None, map(text_of, children(each))))))
        above = []
        yield from _loose_in(row, _CELLS)
        if long:
            filled = [cell for cell in cells if cell]
            if len(filled) == 2 and len(filled[0]) == 1:
                filled = [labelled([filled[0][0], filled[1][0]]), filled[1][1:]]
            yield from (block for cell in filled for block in cell)
        elif line := named_cells(headings, texts) if named else ", ".join(labelled([each for each in texts if each])):
            yield line


def _loose_in(element: Element, parts: frozenset[str]) -> Iterator[str]:
    """What stands in a table or its row and outside of all cells, where the page's marks are broken."""
    if element.text and element.text.strip():
        yield fold(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in parts:
            yield from blocks_of(child)
        if child.tail and child.tail.strip():
            yield fold(child.tail)


def _heading_rows(table: Element) -> list[Element]:
    """The rows of the table's head, or its first row if that is all headings; those with data are none."""
    rows = [row for part in table.iterchildren("thead") for row in part.iterchildren("tr")]
    if not rows:
        rows = [row for row in _rows(table)][:1]
    return [row for row in rows if not _has_data(row) and next(row.iterchildren("th"), None) is not None]


def _rows(table: Element) -> Iterator[Element]:
    for part in children(table):
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "tfoot", "thead"):
            yield from part.iterchildren("tr")


def _has_data(row: Element) -> bool:
    return next(row.iterchildren("td"), None) is not None
