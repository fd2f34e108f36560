"""Web pages: the document tree as blocks of text, and any page that is not ModernGov's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from minutesminer.models import Issue
from minutesminer.parse.page import UNREAD, cut_page
from minutesminer.parse.parts import Parsed
from minutesminer.parse.plain import parse_text
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
_LABEL_START = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s", re.I)
_LONG_CELL = 200  # characters: cells with more hold paragraphs, and the table only places them
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def parse_html(text: str, address: str | None = None) -> Parsed:
    """What a web page holds; `address` is where it was fetched, if known."""
    from minutesminer.parse.cmis import parse_cmis
    from minutesminer.parse.moderngov import parse_moderngov

    page = cut_page(text)
    if page is None:
        issue = Issue("parse", "damaged", "the page cannot be read as HTML; save or fetch it again")
        return Parsed(outcome="damaged", issues=[issue])
    content = document_of(page.markup)
    if page.moderngov:
        parsed = parse_moderngov(content, page, address)
    elif page.cmis:
        parsed = parse_cmis(content, address)
    else:
        parsed = parse_text("\n\n".join(blocks_of(content)))
    parsed.header += "\n" + page.words
    parsed.prose += "\n" + page.words
    return parsed


def document_of(markup: str) -> Tag:
    """The tree of a page's content part."""
    # Class names are kept as the one string they are: `with_class` looks for a part of a name.
    return BeautifulSoup(markup, "lxml", multi_valued_attributes=None)


def children(element: Tag) -> Iterator[Tag]:
    """The elements that stand directly in an element."""
    return (child for child in element.contents if isinstance(child, Tag))


def attribute(element: Tag, name: str) -> str:
    """The value of an attribute, empty where the element has none."""
    value = element.get(name)
    return value if isinstance(value, str) else " ".join(value or ())


def with_class(element: Tag, name: str) -> list[Tag]:
    """The elements inside an element of whose class names one holds `name`, in reading order."""
    return [
        inner for inner in element.descendants if isinstance(inner, Tag) and name in (inner.attrs.get("class") or "")
    ]


def classes(element: Tag) -> set[str]:
    """The class names of an element."""
    return set(attribute(element, "class").split())


def text_of(element: Tag) -> str:
    """The text of an element in one line, without hidden parts and file sizes."""
    return fold(" ".join(blocks_of(element)))


def blocks_of(element: Tag) -> list[str]:
    """The blocks of text of an element and what is in it, in reading order.

    Inline runs are joined as they stand; only block elements and `br` break. Items of lists get their
    bullet or number back, rows of tables are read one by one.
    """
    blocks: list[str] = []
    run: list[str] = []
    _walk(element, blocks, run)
    _close(blocks, run)
    return blocks


def _walk(element: Tag, blocks: list[str], run: list[str]) -> None:
    tag = element.name
    if tag in UNREAD or classes(element) & _HIDDEN:
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


def _inside(element: Tag, blocks: list[str], run: list[str]) -> None:
    for child in element.contents:
        if isinstance(child, Tag):
            _walk(child, blocks, run)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            run.append(child)  # comments, declarations and the like are preformatted strings


def _close(blocks: list[str], run: list[str]) -> None:
    text = fold("".join(run))
    run.clear()
    if text:
        blocks.append(text)


def _list(element: Tag) -> Iterator[str]:
    start = attribute(element, "start")
    number = int(start) if start.isdigit() else 1
    for child in children(element):
        if child.name != "li":
            yield from blocks_of(child)
            continue
        value = attribute(child, "value")
        number = int(value) if value.isdigit() else number
        label = "• " if element.name == "ul" else f"{numeral(number, attribute(element, 'type') or '1')}. "
        run: list[str] = []
        blocks: list[str] = []
        _inside(child, blocks, run)
        _close(blocks, run)
        number += 1
        for position, block in enumerate(blocks):
            own = position > 0 or block.startswith("•") or (element.name == "ol" and _LABEL_START.match(block))
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


def _table(table: Tag) -> Iterator[str]:
    """A table's rows. Under a header row, `Title: Motion 1; Result: Carried`; else cells joined by commas."""
    for child in children(table):
        if child.name == "caption":
            yield from blocks_of(child)
    headings = [text_of(cell) for cell in _heading_cells(table)]
    for row in _rows(table):
        cells = [blocks_of(cell) for cell in children(row) if cell.name in ("td", "th")]
        if headings and not _has_data(row):
            continue
        if any(len(cell) > 1 or sum(map(len, cell)) > _LONG_CELL for cell in cells):
            yield from (block for cell in cells for block in cell)
            continue
        texts = [" ".join(cell) for cell in cells]
        if headings and len(texts) == len(headings):
            line = "; ".join(
                f"{name}: {text}" if name else text for name, text in zip(headings, texts, strict=True) if text
            )
        else:
            line = ", ".join(text for text in texts if text)
        if line:
            yield line


def _heading_cells(table: Tag) -> Iterator[Tag]:
    """The cells of the table's head, or of a first row that is all headings."""
    first = True  # of the rows that stand in the table itself
    for part in children(table):
        if part.name == "thead":
            yield from part.find_all("th")
        elif part.name == "tbody":
            yield from _headings_of(next((row for row in children(part) if row.name == "tr"), None))
        elif part.name == "tr" and first:
            yield from _headings_of(part)
            first = False


def _headings_of(row: Tag | None) -> Iterator[Tag]:
    if row is not None and not _has_data(row):
        yield from (cell for cell in children(row) if cell.name == "th")


def _rows(table: Tag) -> Iterator[Tag]:
    for part in children(table):
        if part.name == "tr":
            yield part
        elif part.name in ("tbody", "tfoot", "thead"):
            # A head may hold rows of data where a page marks all of its table as head.
            yield from (row for row in children(part) if row.name == "tr" and (part.name != "thead" or _has_data(row)))


def _has_data(row: Tag) -> bool:
    return any(cell.name == "td" for cell in children(row))
