"""Web pages: which reader a page is for, and pages of any other site than ModernGov's and CMIS's."""

from __future__ import annotations

from minutesminer.parse.cmis import parse_cmis
from minutesminer.parse.html import blocks_of, text_of
from minutesminer.parse.moderngov import parse_moderngov
from minutesminer.parse.page import Element, cut_page
from minutesminer.parse.parts import Block, Parsed, refused
from minutesminer.parse.plain import parse_blocks, parse_text

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def parse_html(text: str, address: str | None = None) -> Parsed:
    """What a web page holds; `address` is where it was fetched, if known."""
    page = cut_page(text)
    if page is None:
        return refused("damaged", "the page cannot be read as HTML; save or fetch it again")
    if page.moderngov:
        parsed = parse_moderngov(page, address)
    elif page.cmis:
        parsed = parse_cmis(text, address)
    else:
        parsed = _other_page(page.content)
    parsed.header += "\n" + page.words
    parsed.prose += "\n" + page.words
    return parsed


def _other_page(content: Element) -> Parsed:
    """Any other site's page: read as text, and where that finds no items, by the page's own headings."""
    blocks = blocks_of(content)
    parsed = parse_text("\n\n".join(blocks))
    headings = {text_of(heading) for heading in content.iterdescendants(*_HEADINGS)}
    if parsed.outcome != "ok" or len(parsed.items) > 1 or len(headings) < 2:
        return parsed
    headed = parse_blocks([Block(block, bold=block in headings) for block in blocks])
    if len(headed.items) < 2:
        return parsed
    headed.prose = parsed.prose
    for meeting, read in zip(headed.meetings, parsed.meetings, strict=False):
        for fact in ("committee", "date", "time", "venue", "status"):  # where only the prose tells them
            setattr(meeting, fact, getattr(meeting, fact) or getattr(read, fact))
    return headed
