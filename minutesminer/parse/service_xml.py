"""The XML of ModernGov's web service: its tree, and its texts, which are escaped twice at some councils."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from minutesminer.parse.page import page_text
from minutesminer.text import fold

_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MOST_UNESCAPING = 3


def service_tree(data: bytes) -> Any:
    """The root of an answer. Raises ValueError, with the reason, for what is no XML.

    An answer in another encoding than the one it declares is read as what it is.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return lxml.etree.fromstring(data, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        try:
            text = _DECLARATION.sub("", page_text(data))
            return lxml.etree.fromstring(text.encode(), parser)
        except (lxml.etree.XMLSyntaxError, ValueError):
            raise ValueError(str(error)) from error


def name_of(element: Any) -> str:
    """An element's name in small letters, without its namespace."""
    return str(lxml.etree.QName(element).localname).lower()


def children_of(element: Any | None) -> Iterator[Any]:
    """The elements in an element; none of None."""
    return iter(()) if element is None else element.iterchildren("{*}*")


def child_of(element: Any, name: str) -> Any | None:
    """The first element of a name directly in an element: the same names occur deeper down for other things."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def text_in(element: Any, name: str) -> str:
    """The plain text of the element of a name directly in an element; empty where there is none."""
    child = child_of(element, name)
    return plain_text(child) if child is not None else ""


def plain_text(element: Any) -> str:
    """The text of an element in one line, without the tags that it holds in escaped form."""
    return fold(_TAG.sub(" ", unescaped(element.text or "")))


def unescaped(text: str) -> str:
    """Text that was escaped once or more (`Chair&amp;#39;s`), in one line."""
    for _ in range(_MOST_UNESCAPING):
        again = html.unescape(text)
        if again == text:
            break
        text = again
    return fold(text)
