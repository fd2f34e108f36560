"""Datasette's CSV made harmless on its way out: no cell is one that a spreadsheet would take for a formula.

Datasette streams CSV of any length, and has no hook for its cells, so that the stream itself is read and written anew,
a few records at a time. (Python's `csv` would refuse cells of more than 128 KiB, which the text of an item may have.)
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import Any

from minutesminer.csv_cells import harmless_cell
from minutesminer.explore.site import Asgi, Receive, Scope, Send

# What is a number to every reader stays as it is, sign and all.
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# A cell in quotes or without, and what ends it.
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^,"\r\n]*))(,|\r?\n|\Z)')
_NEEDS_QUOTES = re.compile(r'[,"\r\n]')


def harmless_csv(app: Asgi) -> Asgi:
    """`app`, with the cells of its CSV made harmless."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(".csv"):
            await app(scope, receive, send)
            return
        rewritten: Rewriter | None = None

        async def send_harmless(message: Any) -> None:
            nonlocal rewritten
            if message["type"] == "http.response.start" and _is_plain(message):
                rewritten = Rewriter()
                kept = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
                message = {**message, "headers": kept}
            elif message["type"] == "http.response.body" and rewritten is not None:
                body = rewritten.feed(message.get("body", b""), last=not message.get("more_body", False))
                message = {**message, "body": body}
            await send(message)

        await app(scope, receive, send_harmless)

    return answer


def _is_plain(message: Any) -> bool:
    """True where the answer is CSV, and not a page that says what went wrong."""
    headers = {name.lower(): value for name, value in message.get("headers", [])}
    kind = bytes(headers.get(b"content-type", b""))
    return bool(message["status"] == 200) and kind.startswith((b"text/plain", b"text/csv"))


class Rewriter:
    """CSV fed in pieces of any length; each gives the records that are complete by then, with harmless cells."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._rest: list[str] = []
        self._quoted = False  # whether the text so far ends within quotes: doubled ones even out

    def feed(self, data: bytes, last: bool = False) -> bytes:
        """The records that end in `data`; all that is left where it is the `last` piece."""
        text = self._decode(data, last)
        end = len(text) if last else self._end_of_records(text)
        if not end and not last:
            self._rest.append(text)
            return b""
        complete = "".join([*self._rest, text[:end]])
        self._rest = [text[end:]]
        return _harmless(complete).encode("utf-8", "replace")

    def _end_of_records(self, text: str) -> int:
        """One past the last line end outside quotes, 0 where there is none."""
        end = 0
        for at in re.finditer(r'["\n]', text):
            if at[0] == '"':
                self._quoted = not self._quoted
            elif not self._quoted:
                end = at.end()
        return end


def _harmless(text: str) -> str:
    written, at = [], 0
    while at < len(text):
        found = _CELL.match(text, at)
        if found is None:  # no CSV: Datasette ends a stream that it cannot go on with in the words of the error
            written.append(str(harmless_cell(text[at:])))
            break
        quoted, plain, end = found.groups()
        written.append(_cell(plain if quoted is None else quoted.replace('""', '"'), quoted is not None) + end)
        at = found.end()
    return "".join(written)


def _cell(value: str, quoted: bool) -> str:
    safe = value if _NUMBER.fullmatch(value) else str(harmless_cell(value))
    return '"' + safe.replace('"', '""') + '"' if quoted or _NEEDS_QUOTES.search(safe) else safe
