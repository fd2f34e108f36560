"""The cut of a web page to its content part, and what is read off the rest of it."""

from __future__ import annotations

import lxml.html
import pytest

from minutesminer.parse import parse
from minutesminer.parse.html import blocks_of, document_of
from minutesminer.parse.page import Page, cut_page, page_text

PAGE = """<?xml version="1.0" encoding="iso-8859-1"?><html><head><title>Audit  Panel - Westmere</title>
<meta name="DC.title" content="Audit Panel - 4 June 2024"><meta name="DC.date" content="2024-06-04">
<script>var a = "<p>no</p>";</script></head>
<body><nav>Menu</nav>{}<footer>Westmere Borough Council</footer></body></html>"""


def markup_of(page: Page) -> str:
    markup: str = lxml.html.tostring(page.content, encoding="unicode")
    return markup


def test_a_moderngov_page_is_cut_to_its_content_and_its_own_facts_are_kept() -> None:
    content = '<div id="modgov"><script>x()</script><p>Noted.<button>Share</button></p></div><p>Other</p>'
    page = cut_page(PAGE.format(content))
    assert page
    assert markup_of(page) == '<div id="modgov"><p>Noted.</p></div>'
    assert page == Page(
        content=page.content,
        moderngov=True,
        titles=["Audit Panel - 4 June 2024", "Audit Panel - Westmere"],
        dates="2024-06-04",
        words="Audit Panel - Westmere\nWestmere Borough Council\nAudit Panel - 4 June 2024",
    )


def test_another_page_is_cut_to_its_main_part_or_left_whole() -> None:
    cut = cut_page(PAGE.format("<main><p>Noted.</p></main><p>Other</p>"))
    whole = cut_page(PAGE.format("<p>Noted.</p>"))
    assert cut
    assert (markup_of(cut), cut.moderngov) == ("<main><p>Noted.</p></main>", False)
    assert whole
    assert blocks_of(whole.content) == ["Noted."]


def test_what_holds_no_element_is_no_page() -> None:
    assert cut_page("<!-- only a comment -->") is None


def test_comments_and_declarations_are_no_text() -> None:
    markup = "<div>The panel<!-- who? --> noted <![CDATA[ that ]]>it<?php echo 1 ?>.</div>"
    assert blocks_of(document_of(markup)) == ["The panel noted it."]


def test_two_items_that_read_the_same_are_both_kept() -> None:
    row = (
        '<tr><td class="mgItemNumberCell"><p>1.</p></td><td><p class="mgAiTitleTxt">Report</p>'
        '<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>It was noted.</p></div></td></tr>'
    )
    document = parse(f'<html><body><div id="modgov"><table>{row}{row}</table></div></body></html>'.encode(), "a.html")
    assert [(item.position, item.title, item.text) for item in document.items] == [
        (0, "Report", "Minutes:\nIt was noted."),
        (1, "Report", "Minutes:\nIt was noted."),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Café</p>".encode(), "<p>Café</p>"),
        ("<p>Café</p>".encode("utf-8-sig"), "<p>Café</p>"),
        ("<p>Café</p>".encode("utf-16"), "<p>Café</p>"),
        ("<p>Café \u2018so\u2019</p>".encode("cp1252"), "<p>Café \u2018so\u2019</p>"),
        ("<p>Café </p>".encode() + "\u2018so\u2019".encode("cp1252"), "<p>Café </p>\u2018so\u2019"),
        (
            '<meta charset="iso-8859-15"><p>5 \u20ac caf\u00e9</p>'.encode("iso-8859-15"),
            '<meta charset="iso-8859-15"><p>5 \u20ac caf\u00e9</p>',
        ),
    ],
    ids=["utf-8", "with a mark", "utf-16", "windows", "windows quotes in utf-8", "as declared"],
)
def test_a_page_is_decoded_as_it_was_written(data: bytes, text: str) -> None:
    assert page_text(data) == text
