"""Web pages: the document tree as blocks of text, and any page that is not ModernGov's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html  # type: ignore[import-untyped]

from minutesminer.models import Issue
from minutesminer.parse.parts import Parsed
from minutesminer.parse.plain import parse_text
from minutesminer.text import fold

Element = Any  # lxml's elements; the package carries no types

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
_UNREAD = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head iframe object select button svg nav footer input label",
    )
)
_HIDDEN = frozenset({"mgHide", "mgFileSize", "sr-only", "visually-hidden", "is-hidden"})
_LABEL_START = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s", re.I)
_LONG_CELL = 200  # characters: cells with more hold paragraphs, and the table only places them
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def parse_html(text: str, address: str | None = None) -> Parsed:
    """What a web page holds; `address` is where it was fetched, if known."""
    from minutesminer.parse.moderngov import parse_moderngov

    root = document_of(text)
    if root is None:
        issue = Issue("parse", "damaged", "the page cannot be read as HTML; save or fetch it again")
        return Parsed(outcome="damaged", issues=[issue])
    content = next(iter(root.xpath("//*[@id='modgov']")), None)
    if content is not None or root.xpath("//td[contains(@class,'mgItemNumberCell')]"):
        return parse_moderngov(root, content if content is not None else root, address)
    main = next(
        iter(
            root.xpath(
                "//main | //*[@role='main'] | //article | //*[@id='content' or @id='main' or @id='main-content']"
            )
        ),
        None,
    )
    parsed = parse_text("\n\n".join(blocks_of(main if main is not None else root)))
    words = page_words(root)
    parsed.header += "\n" + words
    parsed.prose += "\n" + words
    return parsed


def document_of(text: str) -> Element | None:
    """The root element of a page, or None where nothing can be read as HTML."""
    try:
        # A declared encoding inside a decoded page makes lxml refuse it.
        return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def page_words(root: Element) -> str:
    """Title, description, footer and addresses of a page: where a council names itself."""
    words = [
        fold(element.text_content())
        for element in root.xpath("//title | //body//header | //footer | //*[contains(@class,'footer')]")
    ]
    named = "@name='DC.title' or @name='DC.creator' or @name='DC.publisher' or @property='og:site_name'"
    words += root.xpath(f"//meta[{named}]/@content")
    words += root.xpath("//link[@rel='canonical']/@href | //a[starts-with(@href,'mailto:')]/@href")[:5]
    return "\n".join(word for word in words if word)


def classes(element: Element) -> set[str]:
    """The class names of an element."""
    return set((element.get("class") or "").split())


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
    if not isinstance(element.tag, str) or element.tag in _UNREAD or classes(element) & _HIDDEN:
        return
    tag = element.tag
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
        _walk(child, blocks, run)
        if child.tail:
            run.append(child.tail)


def _close(blocks: list[str], run: list[str]) -> None:
    text = fold("".join(run))
    run.clear()
    if text:
        blocks.append(text)


def _list(element: Element) -> Iterator[str]:
    start = element.get("start") or "1"
    number = int(start) if start.isdigit() else 1
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag != "li":
            yield from blocks_of(child)
            continue
        value = child.get("value") or ""
        number = int(value) if value.isdigit() else number
        label = "• " if element.tag == "ul" else f"{_numeral(number, element.get('type') or '1')}. "
        run: list[str] = []
        blocks: list[str] = []
        _inside(child, blocks, run)
        _close(blocks, run)
        number += 1
        for position, block in enumerate(blocks):
            own = position > 0 or block.startswith("•") or (element.tag == "ol" and _LABEL_START.match(block))
            yield block if own else label + block


def _numeral(number: int, style: str) -> str:
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
    for caption in table.xpath("./caption"):
        yield from blocks_of(caption)
    headings: list[str] = [
        text_of(cell) for cell in table.xpath("./thead//th | ./tr[1][not(td)]/th | ./tbody/tr[1][not(td)]/th")
    ]
    for row in table.xpath("./tr | ./tbody/tr | ./tfoot/tr | ./thead/tr[td]"):
        cells = [blocks_of(cell) for cell in row.xpath("./td | ./th")]
        if not row.xpath("./td") and headings:
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
