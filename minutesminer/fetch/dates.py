"""Dates as people type them: ISO, or day first."""

from __future__ import annotations

import datetime
import re

from minutesminer.errors import UsageError

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})")
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def iso_date(text: str) -> str:
    """`2018-12-17`, `17/12/2018`, `17.12.2018` or `17th December 2018` as `2018-12-17`.

    Raises UsageError for anything else; years have four digits.
    """
    typed = " ".join(text.split()).lower()
    for form in (_ISO, _DAY_FIRST, _WORDS):
        match = form.fullmatch(typed)
        if match is None:
            continue
        month = match["month"]
        try:
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            return datetime.date(int(match["year"]), number, int(match["day"])).isoformat()
        except ValueError:
            break
    raise UsageError(f"{text!r} is not a date; write 2018-12-17, 17/12/2018 or 17 December 2018")
