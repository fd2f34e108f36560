"""Days of seasons, school terms, recesses and years of different kinds, as wordings of time name them.

Conventions, the first such day that is not before the meeting:

- seasons are of three whole months, spring from 1 March (Met Office); `in the autumn` means its last day, `by the
  autumn` and `in early autumn` the last day of its first month, `in mid-autumn` of its second; `before the autumn` is
  31 August, `after the summer` 30 September; the winter of 2025 ends in February 2026;
- the autumn term is over by 31 December, the spring term by 15 April, the summer term by 31 July, with half-term
  holidays by the end of October, February and May; terms begin on 1 September, 1 January and 16 April. A school year
  begins after July (Education Act 1996, section 579): it is over by 31 July, and begins on 1 September;
- councils rest in August: `before the summer recess` is 31 July, `during` it 31 August, `after` it 30 September;
  `before recess` from August on is 24 December; `after Christmas` is 31 January, as `in the new year` is;
- the financial year is from 1 April to 31 March, and so is the one of `year end`; the municipal year is from May to
  30 April, its committees being appointed in May, so that `in the new municipal year` is 30 June. `In the new` year
  of another kind means the end of its first month, `early in` it of its third, `by` or `before` it the last day of
  the old year, `in the next` year its own last day;
- `this year` and `later in the year` mean 31 December, `next year` that of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from minutesminer.mine.promises.days import good_friday, month_end

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_SEASON = re.compile(
    r"\b(?P<name>spring|summer|autumn|winter)\b(?:,? (?:of )?(?P<year>20\d\d)(?:[/-]\d\d)?)?"
    r"(?=\W*$|,| or | (?:meetings?|months?|period|season|session|cycle)\b)"
)
_TERM = re.compile(r"\b(?:(?P<name>autumn|spring|summer) )?(?P<half>half[ -])?term(?:time)?\b(?: (?P<year>20\d\d))?")
_TERM_ENDS = {"autumn": (12, 31), "spring": (4, 15), "summer": (7, 31)}
_TERM_STARTS = {"autumn": (9, 1), "spring": (1, 1), "summer": (4, 16)}
_HALF_TERMS = {"autumn": 10, "spring": 2, "summer": 5}
_REST = re.compile(
    r"\b(?:(?P<name>summer|christmas|easter|winter) )?(?<!bank )(?:recess|break|holidays?)\b"
    r"|\b(?P<alone>christmas|easter)\b"
)
_YEAR = re.compile(
    r"\b(?:(?P<which>new|next|coming|following) )?"
    r"(?P<kind>financial|municipal|civic|council|academic|school|calendar) year\b"
)
_YEAR_STARTS = {"financial": (4, 1), "municipal": (5, 1), "school": (9, 1), "calendar": (1, 1)}
_YEAR_ENDS = {"financial": (3, 31), "municipal": (4, 30), "school": (7, 31), "calendar": (12, 31)}
_KINDS = {"civic": "municipal", "council": "municipal", "academic": "school"}
_BY_START = r"\b(?:by|before) (?:the )?(?:(?:start|beginning) of )?(?:the )?"


def period_day(text: str, held: date) -> tuple[date, str] | None:
    """The day that a wording in small letters means at a meeting on `held`, and by what convention; None if none."""
    for kind, read in (
        ("recess", _of_recess),
        ("term", _of_term),
        ("season", _of_season),
        ("year", _of_year),
    ):
        day = read(text, held)
        if day is not None:
            return day, f"by the convention for a {kind}"
    return None


def opening_day(text: str, held: date) -> date | None:
    """The day on which the year named in `text` begins, or a recess is over; None where it names neither."""
    stated = re.search(r"\bin (20\d\d)\b(?![/-])", text)
    if stated is not None:
        return date(int(stated[1]), 1, 1)
    rest = _REST.search(text)
    if rest is not None and "easter" in rest[0]:
        return _first(held, (good_friday(year) + timedelta(days=4) for year in (held.year, held.year + 1)))
    if rest is not None:
        return _next_day(held, *((9, 1) if rest["name"] == "summer" else (1, 1)))
    year = _YEAR.search(text)
    if year is not None:
        return _next_day(held, *_YEAR_STARTS[_KINDS.get(year["kind"], year["kind"])])
    return _next_day(held, 1, 1) if "new year" in text else None


def season_bounds(text: str, held: date) -> tuple[date, date] | None:
    """The first and last day of the season in `text`, of the first that is not over at the meeting."""
    season = _SEASON.search(text)
    if season is None:
        return None
    for start in _season_starts(season, held):
        if month_end(start, 2) >= held:
            return start, month_end(start, 2)
    return None


def _season_starts(season: re.Match[str], held: date) -> list[date]:
    years = [int(season["year"])] if season["year"] else [held.year - 1, held.year, held.year + 1]
    return [date(year, _SEASONS[season["name"]], 1) for year in years]


def _of_season(text: str, held: date) -> date | None:
    season = _SEASON.search(text)
    if season is None:
        return None
    before = text[: season.start()]
    starts = _season_starts(season, held)
    if re.search(r"\bnext $", before):
        starts = [start for start in starts if start > held]
    part = re.search(
        r"\b(end of|late|mid|early|start of|beginning of|before|by|after)[ -](?:the |this |next )*$", before
    )
    word = part[1] if part is not None else ""
    if word == "before":
        days = [start - timedelta(days=1) for start in starts]
    else:
        months = {"mid": 1, "early": 0, "start of": 0, "beginning of": 0, "by": 0, "after": 3}.get(word, 2)
        days = [month_end(start, months) for start in starts]
    return days[0] if season["year"] else _first(held, days)


def _of_term(text: str, held: date) -> date | None:
    term = _TERM.search(text)
    if term is None or re.search(r"\b(?:long|medium|short)[ -]?$", text[: term.start()]):
        return None
    names = [term["name"]] if term["name"] else list(_TERM_ENDS)
    years = [int(term["year"])] if term["year"] else [held.year, held.year + 1]
    if term["half"]:
        return _first(held, (month_end(date(year, _HALF_TERMS[name], 1)) for year in years for name in names))
    before = text[: term.start()]
    if re.search(r"\b(?:start|beginning) of (?:the |next |new )*$", before):
        return _first(held + timedelta(days=1), (date(y, *_TERM_STARTS[name]) for y in years for name in names))
    if term["name"] and re.search(r"\bbefore (?:the |next )*$", before):
        starts = (date(year, *_TERM_STARTS[term["name"]]) for year in years)
        return _first(held, (start - timedelta(days=1) for start in starts))
    ends = sorted(date(year, *_TERM_ENDS[name]) for year in years for name in names)
    still = [end for end in ends if end >= held]
    later = not term["name"] and re.search(r"\b(?:next|new) $", before) is not None
    return still[later] if len(still) > later else None


def _of_recess(text: str, held: date) -> date | None:
    rest = _REST.search(text)
    if rest is None or "easter" in rest[0]:
        return None
    after = re.search(r"\b(?:after|following) (?:the )?$", text[: rest.start()]) is not None
    summer = rest["name"] == "summer" or (
        not rest["name"] and not rest["alone"] and (held.month < 8 or held.month == 8 and after)
    )
    if after:
        return _next_day(held, *((9, 30) if summer else (1, 31)))
    if not summer:
        return _next_day(held, 12, 24)
    during = re.search(r"\b(?:during|over|in) (?:the )?$", text[: rest.start()]) is not None
    return _next_day(held, *((8, 31) if during else (7, 31)))


def _of_year(text: str, held: date) -> date | None:
    year = _YEAR.search(text)
    if year is None:
        if re.search(r"\byear[ -]end\b", text):
            return _next_day(held, 3, 31)
        if re.search(r"\bnext year\b", text):
            return date(held.year + 1, 12, 31)
        return date(held.year, 12, 31) if re.search(r"\b(?:this|in the|of the) (?:calendar )?year\b", text) else None
    kind = _KINDS.get(year["kind"], year["kind"])
    stated = re.search(r"\b(20\d\d)[/–-](?:20)?\d\d\b", text)
    if stated is not None:
        return date(int(stated[1]) + (kind != "calendar"), *_YEAR_ENDS[kind])
    end = _next_day(held, *_YEAR_ENDS[kind])
    starts = _next_day(held + timedelta(days=1), *_YEAR_STARTS[kind])
    which, before = year["which"] or "", text[: year.start()]
    if which in {"next", "coming", "following"} and not re.search(r"\b(?:early|start|beginning)\b", before):
        return _next_day(starts, *_YEAR_ENDS[kind])
    if re.search(_BY_START + r"$", before) and which in {"new", "next"}:
        return starts - timedelta(days=1)
    if re.search(r"\b(?:start|beginning) of (?:the )?$", before) or which == "new":
        early = re.search(r"\bearly\b", before) is not None
        return month_end(starts, 2 if early else 1 if kind == "municipal" else 0)
    if re.search(r"\bearly\b", before):
        return month_end(starts, 2)
    return end


def _next_day(held: date, month: int, day: int) -> date:
    """The first such day that is not before `held`."""
    this_year = date(held.year, month, day)
    return this_year if this_year >= held else date(held.year + 1, month, day)


def _first(held: date, days: Iterable[date]) -> date | None:
    return min((day for day in days if day >= held), default=None)
