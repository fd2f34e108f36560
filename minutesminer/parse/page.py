"""A web page cut to the part that holds its content, before anything of it is read.

Much of a page is menus, scripts and footers. Pages with minutes are read with lxml: a tree of Python objects, as
BeautifulSoup makes it, takes longer to build than all the rest of reading takes. What encoding a page is in,
BeautifulSoup knows best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, urljoin

import lxml.html  # type: ignore[import-untyped]
from bs4.dammit import EncodingDetector, UnicodeDammit

from minutesminer.text import fold

Element: TypeAlias = Any
"""An element of lxml's tree, whose types lxml does not tell."""

UNREAD = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head iframe object select button svg nav footer input label",
    )
)
_MAIN = "//main | //*[@role='main'] | //article | //*[@id='content' or @id='main' or @id='main-content']"
_MOST_BESIDE = 1.5  # times the text of an article that all articles may hold
_IN_HEADINGS = (
    ".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]//*[self::button or self::label]"
)
_CMIS = "//*[contains(@class,'CMIS') or contains(@class,'CmisDocumentList') or contains(@class,'DNNLabel')]"
_NAMED = "@name='DC.title' or @name='DC.creator' or @name='DC.publisher' or @property='og:site_name'"


@dataclass(slots=True)
class Page:
    """A page's `content` part, and what was read off the rest before it was cut away.

    `moderngov` and `cmis` tell the pages of those two; `titles` are the page's own, of its metadata first; `dates` is
    the date in its metadata as printed there; `words` are its title, header, footer and addresses, where
    a council names itself.
    """

    content: Element
    moderngov: bool = False
    cmis: bool = False
    titles: list[str] = field(default_factory=list)
    dates: str = ""
    words: str = ""


def tree_of(text: str) -> Element:
    """The root of a page's tree. Raises ParserError, XMLSyntaxError or ValueError where it holds no element."""
    # Without the classes of `lxml.html`: to look one up takes as long as the rest of reading an element.
    return lxml.html.document_fromstring(text, parser=lxml.etree.HTMLParser())


def words_in(element: Element) -> str:
    """All text of an element in one line, what is hidden too, but no comments."""
    return fold(element.xpath("string()"))


def page_text(data: bytes) -> str:
    """The bytes of a page as text: UTF-8, with Windows' own quotes where Word left them among it, or as it declares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        whole = UnicodeDammit.detwingle(data)
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
        found = UnicodeDammit(data, [declared] if declared else ["cp1252"], is_html=True).unicode_markup
        return found if found is not None else data.decode("cp1252", "replace")


def cut_page(text: str) -> Page | None:
    """The content part of a page (all of it where none is marked), or None where it is no HTML at all."""
    try:
        # A declared encoding inside a decoded page makes lxml refuse it.
        root = tree_of(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    content = next(iter(root.xpath("//*[@id='modgov']")), None)
    moderngov = content is not None or bool(root.xpath("//td[contains(@class,'mgItemNumberCell')]"))
    if content is None and not moderngov:
        content = _main_part(root)
    part = root if content is None else content
    page = Page(
        content=part,
        moderngov=moderngov,
        cmis=not moderngov and bool(root.xpath(_CMIS)),
        titles=[*root.xpath("//meta[@name='DC.title']/@content"), *map(words_in, root.xpath("//title"))],
        dates=" ".join(root.xpath("//meta[@name='DC.date']/@content")),
        words=_page_words(root),
    )
    for control in part.xpath(_IN_HEADINGS):  # a heading that opens and closes what is under it
        control.tag = "span"
    unread = UNREAD - {part.tag} - ({"label"} if page.cmis else set())  # there, labels name the facts
    lxml.etree.strip_elements(part, *unread, with_tail=False)
    part.tail = None  # what follows the content part is no part of it
    return page


def _main_part(root: Element) -> Element | None:
    """The first part marked as the main one that holds most of what is in any; None where articles share the text."""
    parts = root.xpath(_MAIN)
    sizes = [len(words_in(part)) for part in parts]
    found = next((part for part, size in zip(parts, sizes, strict=True) if 2 * size > max(sizes)), None)
    if found is not None and found.tag == "article" and sum(sizes) > _MOST_BESIDE * len(words_in(found)):
        return None
    return found


def _page_words(root: Element) -> str:
    words = [
        words_in(element)
        for element in root.xpath("//title | //body//header | //footer | //*[contains(@class,'footer')]")
    ]
    words += root.xpath(f"//meta[{_NAMED}]/@content")
    words += root.xpath("//link[@rel='canonical']/@href | //a[starts-with(@href,'mailto:')]/@href")[:5]
    return "\n".join(word for word in words if word)


def whole_address(target: str, page: str | None) -> str:
    """A link's target as an address: whole where that of the `page` is known, its blanks and odd characters escaped."""
    bare = quote(re.sub(r"[\x00-\x1f]+", "", target.strip()), safe="%/:=&?~#+!$,;'@()*[]")
    try:
        return urljoin(page, bare) if page else bare
    except ValueError:
        return bare  # brackets that are no address of a host
