"""Dates as people type them: ISO, or day first."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

from minutesminer.errors import UsageError

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})")
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})")
_YEAR = re.compile(r"(?P<year>\d{4})")
_FINANCIAL_YEAR = re.compile(r"(?P<year>\d{4})/(?:\d{2})?(?P<last>\d{2})")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})")
_WORDED_MONTH = re.compile(r"(?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})")
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


def days_meant(text: str) -> tuple[str, str]:
    """The first and the last day of `2015`, `2015-06`, `June 2015`, the financial year `2015/16`, or of one date.

    Days are ISO. Raises UsageError for anything else.
    """
    try:
        return _days_meant(text)
    except (UsageError, ValueError) as error:
        example = "2018, 2018-12, December 2018, 2018/19 or 2018-12-17"
        raise UsageError(f"{text!r} is not a date; write {example}") from error


def _days_meant(text: str) -> tuple[str, str]:
    typed = " ".join(text.split()).lower()
    if year := _YEAR.fullmatch(typed):
        return f"{year['year']}-01-01", f"{year['year']}-12-31"
    financial = _FINANCIAL_YEAR.fullmatch(typed)
    if financial and (int(financial["year"]) + 1) % 100 == int(financial["last"]):
        return f"{financial['year']}-04-01", f"{int(financial['year']) + 1:04}-03-31"
    if month := _ISO_MONTH.fullmatch(typed) or _WORDED_MONTH.fullmatch(typed):
        first = datetime.date.fromisoformat(iso_date(f"1 {month['month']} {month['year']}"))
        return first.isoformat(), first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
    day = iso_date(text)
    return day, day
