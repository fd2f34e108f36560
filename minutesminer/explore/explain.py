"""An item's text with every record marked where it stands, for a terminal and as a one-file page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from minutesminer.models import ItemRecords, Record

# Class, its name for a reader, its colour on a terminal, and on the page (dark text on these is over 7:1).
_CLASSES = (
    ("metrics", "figure", "cyan", "#bfe3ff"),
    ("resolutions", "resolution", "green", "#c9efc4"),
    ("actions", "action", "yellow", "#ffe7a8"),
    ("follow_ups", "follow-up", "magenta", "#f3cdf2"),
)
_PLACE = {"quote", "sentence", "start_char", "end_char", "rule"}

# A bracket of the text, whole where rich would take it for a tag.
_BRACKET = re.compile(r"(\\*)(\[(?:[a-z#/@][^\[]*?\])?)")

_STYLE = (
    """
body { font: 1rem/1.6 system-ui, sans-serif; color: #1a1a1a; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: .2em; padding: .05em .1em; }
mark a { color: inherit; text-decoration: none; }
mark a:focus, mark a:hover { outline: 2px solid #333; }
.both { box-shadow: inset 0 -.25em 0 #777; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
tr:target { outline: 3px solid #333; }
code { font-size: .9em; }
"""
    + "".join(f".{class_} {{ background: {colour}; }}\n" for class_, _, _, colour in _CLASSES)
).strip()


@dataclasses.dataclass(slots=True)
class _Mark:
    """A record with its class, its number on the page and the class's colours."""

    number: int
    class_: str
    name: str
    colour: str
    record: Record


def as_text(text: str, records: ItemRecords) -> str:
    """Rich markup: the text with coloured spans, and below it two lines for each record.

    Square brackets and backslashes of the text come out as they stand when `rich` prints it.
    """
    marks = _marks(records)
    parts = [_markup(piece, _style(covering)) for piece, covering in _pieces(text, marks)]
    parts.append(_markup("\n"))
    for mark in marks:
        slots = "  ".join(f"{name}={value}" for name, value in _slots(mark.record))
        parts.append("\n" + _markup(mark.name, f"bold {mark.colour}"))
        parts.append(_markup(" " + mark.record.quote.replace("\n", " ") + " "))
        parts.append(_markup(f"by {mark.record.rule}", "dim"))
        parts.append("\n" + _markup(f"    {slots}"))
    if not marks:
        parts.append("\nNothing was found in this text.")
    return "".join(parts)


def as_html(text: str, records: ItemRecords, title: str = "What was found") -> str:
    """A page of its own, without scripts or anything from elsewhere: the marked text and a table of records.

    All text is escaped. Each mark names rule and slots when pointed at, and leads to its row of the table.
    """
    marks = _marks(records)
    body = "".join(_html_piece(piece, covering) for piece, covering in _pieces(text, marks))
    rows = "".join(_html_row(mark) for mark in marks)
    table = (
        '<div class="table"><table><thead><tr><th scope="col">Class</th><th scope="col">Quote</th>'
        '<th scope="col">What it says</th><th scope="col">Rule</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    key = " ".join(f'<mark class="{class_}">{name}</mark>' for class_, name, _, _ in _CLASSES)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style></head>\n"
        f'<body><h1>{escape(title)}</h1>\n<p>{key}</p>\n<div class="text">{body}</div>\n'
        f"<h2>Records</h2>\n{table if marks else '<p>Nothing was found in this text.</p>'}\n</body></html>\n"
    )


def _marks(records: ItemRecords) -> list[_Mark]:
    found = [
        (record.start_char, record.end_char, order, record)
        for order, (class_, *_) in enumerate(_CLASSES)
        for record in getattr(records, class_)
    ]
    found.sort(key=lambda entry: entry[:3])
    return [
        _Mark(number, _CLASSES[order][0], _CLASSES[order][1], _CLASSES[order][2], record)
        for number, (_, _, order, record) in enumerate(found, start=1)
    ]


def _pieces(text: str, marks: list[_Mark]) -> Iterator[tuple[str, list[_Mark]]]:
    """The text cut wherever a mark begins or ends, each piece with the marks that cover it."""
    ends = {end for mark in marks for end in (mark.record.start_char, mark.record.end_char)}
    cuts = sorted(end for end in ends | {0, len(text)} if 0 <= end <= len(text))
    for index, start in enumerate(cuts[:-1]):
        end = cuts[index + 1]
        covering = [mark for mark in marks if mark.record.start_char <= start and end <= mark.record.end_char]
        yield text[start:end], covering


def _markup(piece: str, style: str = "") -> str:
    """Text as rich markup, always between tags.

    Rich reads backslashes in three ways (rich/markup.py): before a tag of the text each pair is one and the
    odd one makes the tag text; before any other bracket one is dropped; before our own tag pairs are halved.
    """
    escaped = _BRACKET.sub(_escape_bracket, piece)
    last = len(piece) - len(piece.rstrip("\\"))
    return f"[{style or 'none'}]{escaped}{chr(92) * last}[/]"


def _escape_bracket(match: re.Match[str]) -> str:
    slashes, bracket = match.groups()
    return slashes * (2 if len(bracket) > 1 else 1) + "\\" + bracket


def _style(covering: list[_Mark]) -> str:
    """The innermost mark's colour; underlined where several overlap."""
    if not covering:
        return ""
    inner = _innermost(covering)
    return f"bold {inner.colour}" + (" underline" if len(covering) > 1 else "")


def _innermost(covering: list[_Mark]) -> _Mark:
    return min(covering, key=lambda mark: mark.record.end_char - mark.record.start_char)


def _html_piece(piece: str, covering: list[_Mark]) -> str:
    if not covering:
        return escape(piece)
    inner = _innermost(covering)
    said = "\n".join(_summary(mark) for mark in covering)
    classes = inner.class_ + (" both" if len(covering) > 1 else "")
    return f'<mark class="{classes}" title="{escape(said)}"><a href="#record-{inner.number}">{escape(piece)}</a></mark>'


def _html_row(mark: _Mark) -> str:
    slots = "<br>".join(f"<b>{escape(name)}</b> {escape(str(value))}" for name, value in _slots(mark.record))
    return (
        f'<tr id="record-{mark.number}"><td><mark class="{mark.class_}">{mark.name}</mark></td>'
        f"<td>{escape(mark.record.quote)}</td><td>{slots}</td>"
        f"<td><code>{escape(mark.record.rule)}</code></td></tr>"
    )


def _summary(mark: _Mark) -> str:
    slots = ", ".join(f"{name} {value}" for name, value in _slots(mark.record))
    return f"{mark.name} by {mark.record.rule}: {slots}"


def _slots(record: Record) -> list[tuple[str, Any]]:
    """The slots that are stated, in the order of the record's class."""
    names = [field.name for field in dataclasses.fields(record) if field.name not in _PLACE]
    stated = [(name, getattr(record, name)) for name in names]
    return [(name, _plain(value)) for name, value in stated if value is not None]


def _plain(value: Any) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
