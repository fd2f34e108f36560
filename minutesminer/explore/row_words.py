"""What lists, calendars, sheets and reports alike say of a row of the view `outstanding`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

Row = Mapping[str, Any]

KINDS = {"action": "Promised", "follow_up": "Asked for"}
"""What the classes of records are called."""

_LONGEST_ADDRESS = 2000  # characters: what spreadsheets and mail programs still open
# Neither XML (https://www.w3.org/TR/xml/#charsets) nor a calendar may hold these.
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: object) -> str:
    """A value as text without control characters; lines stay lines, and None is empty."""
    return "" if value is None else _CONTROLS.sub(" ", str(value).replace("\r\n", "\n")).strip()


def person(row: Row) -> str:
    """Of or by whom: the person or post that is meant, or the wording where that says more; empty where nobody is."""
    worded, meant = printable(row["who"]), printable(row["who_is"])
    return worded if meant.casefold() in worded.casefold() else meant  # `Councillor Hassan`, who is `Hassan`


def what(row: Row) -> str:
    """The task or the request in its own words, or else the sentence."""
    return printable(row["what"] or row["sentence"]) or "no words"


def iso_day(text: str | None) -> date | None:
    """The day of an ISO date; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def web_address(text: str | None) -> str | None:
    """`text` where it is an address of the web, http or https, that can be a link; else None."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    if text is None or parts.scheme not in ("http", "https") or not parts.netloc or len(text) > _LONGEST_ADDRESS:
        return None
    return None if any(c.isspace() or not c.isprintable() for c in text) else text
