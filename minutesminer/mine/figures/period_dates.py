"""The first and last day of a worded period.

Financial years and their quarters run from 1 April to 31 March, as those of UK councils do; academic years from
1 September to 31 August.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from minutesminer.mine.engine.numbers import phrase_value

_MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if name} | {
    name.lower(): k for k, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_QUARTERS = {
    word: number
    for number, words in {
        1: "1 one first 1st",
        2: "2 two second 2nd",
        3: "3 three third 3rd",
        4: "4 four fourth final 4th",
    }.items()
    for word in words.split()
}
_FINANCIAL = re.compile(r"\b(\d{4}|\d{2})\s?[/\\–-]\s?(\d{4}|\d{2}|\d)\b")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?([A-Za-z]+)")
_DAY_LAST = re.compile(r"\b([A-Za-z]+)\s(\d{1,2})(?:st|nd|rd|th)?\b")


def resolve(text: str, meeting: date | None) -> tuple[date, date] | None:
    """First and last day of a worded period; what the wording leaves open is read against the meeting's date.

    None where it cannot be told: `the quarter`, or a month without a year and no meeting date.
    """
    lower = text.lower()
    words = re.findall(r"[a-z0-9]+", lower)
    since = words[:1] == ["since"]
    if words[:1] in (["from"], ["before"], ["until"]):
        return None  # open at one end
    if any(word in _MONTHS for word in words):
        span = _up_to(words, _months(lower, words, meeting)) or _months(lower, words, meeting)
    else:
        span = (
            _quarter(lower, words, meeting)
            or _part_of_year(lower, words, meeting)
            or _financial(lower)
            or _year(lower)
            or _counted_back(words, meeting)
            or _back(words, meeting)
        )
    if span is None:
        return None
    if since:
        return (span[0], meeting) if meeting is not None and meeting >= span[0] else None
    return span


def financial_year(start: int) -> tuple[date, date]:
    """1 April `start` to 31 March of the year after."""
    return date(start, 4, 1), date(start + 1, 3, 31)


def _century(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _financial(lower: str) -> tuple[date, date] | None:
    match = _FINANCIAL.search(lower)
    if match is None:
        return None
    year = _century(match[1])
    if "academic" in lower or "school year" in lower or "session" in lower:
        return date(year, 9, 1), date(year + 1, 8, 31)
    return financial_year(year)


def _up_to(words: list[str], last: tuple[date, date] | None) -> tuple[date, date] | None:
    """`the year to May 2023`, `the nine months to December 2025`: so many months, the last of them named."""
    if last is None or not {"to", "ending", "ended"} & set(words) or words[:1] != ["the"]:
        return None
    months = 12 if words[1:2] == ["year"] else 3 if words[1:2] == ["quarter"] else None
    if words[2:3] in (["months"], ["month"]):
        value = phrase_value([words[1]])
        months = int(value) if value else None
    if months is None:
        return None
    return _months_before(date(last[1].year, last[1].month, 1), months - 1), last[1]


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def _part_of_year(lower: str, words: list[str], meeting: date | None) -> tuple[date, date] | None:
    """`the first six months of 2016/17`, `month 9`, `Period 6 2023/24`: months counted from April."""
    match = _FINANCIAL.search(lower)
    number = None
    if words[:2] == ["the", "first"] and words[3:4] in (["months"], ["month"]) and {"year", "of"} & set(words[4:]):
        number = phrase_value([words[2]])
    elif len(words) > 1 and words[0] in {"month", "period"} and words[1].isdigit():
        number = float(words[1])
    if not number or number > 12:
        return None
    if match is not None:
        year = _century(match[1])
    elif meeting is None:
        return None
    else:
        year = meeting.year if meeting.month >= 4 else meeting.year - 1
        if _months_before(date(year, 4, 1), 1 - int(number)) > meeting:
            year -= 1  # month 9 spoken of in May is last year's
    first = date(year, 4, 1)
    return first, _months_before(first, -int(number)) - timedelta(days=1)


def _counted_back(words: list[str], meeting: date | None) -> tuple[date, date] | None:
    """`the last 12 months`, `the past two years`: counted back from the meeting."""
    if meeting is None or len(words) < 4 or words[0] != "the" or words[1] not in {"last", "past", "previous"}:
        return None
    value = phrase_value([words[2]])
    unit = words[3].rstrip("s")
    if not value or unit not in {"month", "year", "week", "day"}:
        return None
    if unit in {"month", "year"}:
        return _months_before(meeting, int(value) * (12 if unit == "year" else 1)), meeting
    return meeting - timedelta(days=int(value) * (7 if unit == "week" else 1)), meeting


def _quarter(lower: str, words: list[str], meeting: date | None) -> tuple[date, date] | None:
    number = None
    for k, word in enumerate(words):
        if word.lstrip("f") in {"q1", "q2", "q3", "q4"}:
            number = int(word[-1])
        elif word in {"quarter", "chwarter"}:
            around = words[k + 1 : k + 2] + words[max(k - 1, 0) : k]
            number = next((_QUARTERS[w] for w in around if w in _QUARTERS), None)
    if number is None:
        return None
    match = _FINANCIAL.search(lower)
    if match:
        year = _century(match[1])
    elif meeting is not None:
        year = meeting.year if meeting.month >= 4 else meeting.year - 1
        if _quarter_span(year, number)[0] > meeting:
            year -= 1
        if "last" in words and "year" in words:
            year -= 1
    else:
        return None
    return _quarter_span(year, number)


def _quarter_span(year: int, number: int) -> tuple[date, date]:
    month = 4 + 3 * (number - 1)
    first = date(year + (month > 12), (month - 1) % 12 + 1, 1)
    last_month = first.month + 2
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _months(lower: str, words: list[str], meeting: date | None) -> tuple[date, date] | None:
    months = [_MONTHS[w] for w in words if w in _MONTHS]
    if not months:
        return None
    years = [int(y) for y in _YEAR.findall(lower)]
    if years:
        last_year = years[-1]
    elif meeting is not None:
        last_year = meeting.year if date(meeting.year, months[-1], 1) <= meeting else meeting.year - 1
    else:
        return None
    first_year = years[0] if len(years) > 1 else last_year - (months[0] > months[-1])
    last = date(last_year, months[-1], calendar.monthrange(last_year, months[-1])[1])
    days = _days(lower)
    if len(days) == len(months) == 2:
        try:
            return date(first_year, days[0][1], days[0][0]), date(last_year, days[1][1], days[1][0])
        except ValueError:  # 31 June
            return None
    if len(days) == len(months) == 1:
        number = days[0][0]
        if not 1 <= number <= last.day:
            return None
        exact = date(last_year, months[0], number)
        return exact, exact
    if "end" in words:
        return last, last
    first = date(first_year, months[0], 1)
    return (first, first) if {"start", "beginning"} & set(words) else (first, last)


def _days(lower: str) -> list[tuple[int, int]]:
    """The (day, month) pairs named, whether the day or the month comes first."""
    first = [(int(number), _MONTHS[name]) for number, name in _DAY.findall(lower) if name in _MONTHS]
    return first or [(int(number), _MONTHS[name]) for name, number in _DAY_LAST.findall(lower) if name in _MONTHS]


def _year(lower: str) -> tuple[date, date] | None:
    match = _YEAR.search(lower)
    return (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)) if match else None


def _back(words: list[str], meeting: date | None) -> tuple[date, date] | None:
    if meeting is None:
        return None
    year = meeting.year if meeting.month >= 4 else meeting.year - 1
    joined = " ".join(words)
    if joined in {"the year end", "year end"} or "end of" in joined and "financial year" in joined:
        return (date(year + 1, 3, 31),) * 2
    if joined in {"last month", "the previous month", "the last month"}:
        first = _months_before(meeting.replace(day=1), 1)
        return first, meeting.replace(day=1) - timedelta(days=1)
    if joined in {"last quarter", "the last quarter", "the previous quarter"}:
        number = (meeting.month - 4) % 12 // 3 + 1
        return _quarter_span(year, number - 1) if number > 1 else _quarter_span(year - 1, 4)
    if joined in {
        "last year",
        "the previous year",
        "the last financial year",
        "last financial year",
        "the previous financial year",
    }:
        return financial_year(year - 1)
    if "year to date" in joined:
        return date(year, 4, 1), meeting
    if joined in {
        "this year",
        "this financial year",
        "the current year",
        "the current financial year",
        "the financial year",
    }:
        return financial_year(year)
    return None
