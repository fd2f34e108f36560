"""HTML as Word exports it: classes of its styles, blank paragraphs, and lines that end in mid-sentence."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from html import escape

_WIDTH = 67
_BULLET = '<span style="font-family:Symbol"><span style="">·<span style="font:7.0pt &quot;Times New Roman&quot;">'


def numeric(text: str) -> str:
    """Text for HTML with numeric entities where ModernGov writes them."""
    return escape(text, quote=False).replace('"', "&quot;").replace("'", "&#39;").replace("/", "&#47;")


def word_html(paragraphs: Iterable[str]) -> str:
    """The paragraphs in a `div.WordSection1`, with one of `&nbsp;` between them; `- ` makes one a bullet."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append('<p class="MsoNormal">&nbsp;</p>')
        lines.append(_wrapped(_paragraph(paragraph)))
    return '<div class="WordSection1">\n' + "\n".join(lines) + "\n</div>\n"


def _paragraph(text: str) -> str:
    body = escape(text.removeprefix("- "), quote=False).replace("’", "&rsquo;").replace("–", "&ndash;")
    body = re.sub(r"\b(RESOLVED|AGREED)\b", r"<b>\1</b>", body)
    if text.startswith("- "):
        spaces = "&nbsp;" * 7
        return (
            '<p class="MsoListParagraphCxSpFirst" style="text-indent:-18.0pt">'
            f"{_BULLET}{spaces}</span></span></span>{body}</p>"
        )
    return f'<p class="MsoNormal"><span style="">{body}</span></p>'


def _wrapped(markup: str) -> str:
    return textwrap.fill(markup, _WIDTH, break_long_words=False, break_on_hyphens=False)
