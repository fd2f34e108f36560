"""A web page cut to the part that holds its content, before anything of it is read.

The cut is made with lxml, the only place of the project that uses it directly: much of a page is menus,
scripts and footers, and lxml throws them away in an eighth of the time that BeautifulSoup, a tree of Python
objects, takes to read them. What is left is read with BeautifulSoup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import lxml.html  # type: ignore[import-untyped]

from minutesminer.text import fold

UNREAD = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head iframe object select button svg nav footer input label",
    )
)
_MAIN = "//main | //*[@role='main'] | //article | //*[@id='content' or @id='main' or @id='main-content']"
_CMIS = "//*[contains(@class,'CMIS') or contains(@class,'CmisDocumentList') or contains(@class,'DNNLabel')]"
_NAMED = "@name='DC.title' or @name='DC.creator' or @name='DC.publisher' or @property='og:site_name'"


@dataclass(slots=True)
class Page:
    """A page's content part as `markup`, and what was read off the rest before it was cut away.

    `moderngov` and `cmis` tell the pages of those two; `titles` are the page's own, of its metadata first; `dates` is
    the date in its metadata as printed there; `words` are its title, header, footer and addresses, where
    a council names itself.
    """

    markup: str
    moderngov: bool = False
    cmis: bool = False
    titles: list[str] = field(default_factory=list)
    dates: str = ""
    words: str = ""


def cut_page(text: str) -> Page | None:
    """The content part of a page (all of it where none is marked), or None where it is no HTML at all."""
    try:
        # A declared encoding inside a decoded page makes lxml refuse it.
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    content = next(iter(root.xpath("//*[@id='modgov']")), None)
    moderngov = content is not None or bool(root.xpath("//td[contains(@class,'mgItemNumberCell')]"))
    if content is None and not moderngov:
        content = next(iter(root.xpath(_MAIN)), None)
    page = Page(
        markup="",
        moderngov=moderngov,
        cmis=not moderngov and bool(root.xpath(_CMIS)),
        titles=[*root.xpath("//meta[@name='DC.title']/@content"), *map(_words_of, root.xpath("//title"))],
        dates=" ".join(root.xpath("//meta[@name='DC.date']/@content")),
        words=_page_words(root),
    )
    content = root if content is None else content
    unread = UNREAD - {content.tag} - ({"label"} if page.cmis else set())  # there, labels name the facts
    lxml.etree.strip_elements(content, *unread, with_tail=False)
    page.markup = lxml.html.tostring(content, encoding="unicode", with_tail=False)
    return page


def _page_words(root: Any) -> str:
    words = [
        _words_of(element)
        for element in root.xpath("//title | //body//header | //footer | //*[contains(@class,'footer')]")
    ]
    words += root.xpath(f"//meta[{_NAMED}]/@content")
    words += root.xpath("//link[@rel='canonical']/@href | //a[starts-with(@href,'mailto:')]/@href")[:5]
    return "\n".join(word for word in words if word)


def _words_of(element: Any) -> str:
    return fold(element.text_content())
