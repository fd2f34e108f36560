"""The period a figure is for: which wording belongs to it, and the dates it stands for.

Financial years and their quarters run from 1 April to 31 March, as those of UK councils do.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.roles import Part
from minutesminer.models import Meeting

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
_EARLIER = frozenset({"previous", "prior", "preceding", "before", "earlier", "ago"})
_LEADS = frozenset({"in", "during", "for", "of", "on", "by", "from", "throughout", "as", "at", "between"})


@dataclass(frozen=True, slots=True)
class Period:
    """A period as worded, with ISO dates of its first and last day where they can be told."""

    text: str
    start: str | None = None
    end: str | None = None


class PeriodReader:
    """Gives figures the period their sentence states for them."""

    def __init__(self, rules: RuleSet) -> None:
        self._break = rules.flag("clause_break")

    def read(
        self, reading: Reading, figures: Sequence[Figure], parts: Sequence[Part], meeting: Meeting | None
    ) -> list[Period | None]:
        """The period of every figure, or None where its sentence states none."""
        words = reading.words
        found = reading.of("qualifier", "period")
        matches = [
            m
            for m in found
            if not any(
                o is not m and o.start <= m.start and m.end <= o.end and (o.end - o.start) > (m.end - m.start)
                for o in found
            )
        ]
        known = date.fromisoformat(meeting.date) if meeting is not None and meeting.date else None
        periods: list[Period | None] = []
        for k in range(len(figures)):
            match = self._match(words, figures, k, parts[k].role, matches)
            periods.append(self._period(words, match, known) if match is not None else None)
        return periods

    def _match(
        self, words: Words, figures: Sequence[Figure], k: int, role: str, matches: Sequence[Match]
    ) -> Match | None:
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        best: tuple[int, Match] | None = None
        lead: Match | None = None
        for match in matches:
            if match.end <= low or match.start >= high or (match.start < figure.end and figure.start < match.end):
                continue
            ahead = any(f.start - match.end in {0, 1} for f in figures[k + 1 : k + 2])
            if ahead and match.start > figure.end and words.text[match.start - 1] in {",", ";", "(", "and"}:
                continue  # `45%, last year 42.8%`: the period of the figure behind it
            if role in {"actual", "forecast", "target"} and _EARLIER & set(words.lower[match.start : match.end]):
                continue  # `(one more than the previous quarter)` is of what it compares with
            if words.lower[match.start] == "annual":
                if role == "target" and 0 <= figure.start - match.end <= 3:
                    return match
                continue
            if match.start >= figure.end:
                between = range(figure.end, match.start)
                if any(words.text[j] in {";", "."} for j in between) or any(f.start in between for f in figures):
                    continue
                if "(" in words.text[figure.end : match.start] and ")" not in words.text[figure.end : match.start]:
                    continue
                distance = match.start - figure.end + 4 * sum(bool(words.bits[j] & self._break) for j in between)
            else:
                between = range(match.end, figure.start)
                if any(words.text[j] in {";", "."} for j in between):
                    continue
                others = sum(1 for f in figures if f.start in between)
                if match.start - low <= 3:
                    lead = match
                distance = 2 + len(between) + 12 * others + 4 * sum(bool(words.bits[j] & self._break) for j in between)
            if best is None or distance < best[0]:
                best = (distance, match)
        reach = {"target": 6, "benchmark": 6, "previous": 12, "change": 1}.get(role, 22)
        if figure.kind == "timescale":
            subject = figure.start and words.lower[figure.start - 1] in {
                "was",
                "were",
                "is",
                "to",
                "at",
                "averaged",
                "took",
                "of",
            }
            if not subject:
                return best[1] if best is not None and best[0] <= 1 else None
        if best is not None and best[0] <= reach:
            return best[1]
        return lead if role in {"actual", "forecast"} else None

    def _period(self, words: Words, match: Match, meeting: date | None) -> Period:
        start = match.start
        while start + 1 < match.end and words.lower[start] in _LEADS:
            start += 1
        text = words.slice(start, match.end).rstrip(" (,")
        span = resolve(text, meeting)
        return Period(text, *(day.isoformat() for day in span)) if span else Period(text)


def resolve(text: str, meeting: date | None) -> tuple[date, date] | None:
    """First and last day of a worded period; what the wording leaves open is read against the meeting's date.

    None where it cannot be told: `the quarter`, or a month without a year and no meeting date.
    """
    lower = text.lower()
    words = re.findall(r"[a-z0-9]+", lower)
    since = words[:1] == ["since"]
    if any(word in _MONTHS for word in words):
        span = _months(lower, words, meeting)
    else:
        span = _quarter(lower, words, meeting) or _financial(lower) or _year(lower) or _back(words, meeting)
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
    return financial_year(_century(match[1])) if match else None


def _quarter(lower: str, words: list[str], meeting: date | None) -> tuple[date, date] | None:
    number = None
    for k, word in enumerate(words):
        if word.lstrip("f") in {"q1", "q2", "q3", "q4"}:
            number = int(word[-1])
        elif word == "quarter":
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
    if "end of" in joined and "financial year" in joined:
        return (date(year + 1, 3, 31),) * 2
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
