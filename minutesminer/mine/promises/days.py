"""Days counted on a calendar: ends of weeks, months and quarters, working days, Easter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def real_day(year: int, month: int, day: int) -> date | None:
    """The day of that year, month and number; None where there is none (30 February)."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def friday(day: date) -> date:
    """The Friday of the week of `day`; of a Saturday and a Sunday the Friday after."""
    return day + timedelta(days=(4 - day.weekday()) % 7)


def months_on(day: date, months: int) -> date:
    """The same day of the month `months` later (before, if negative); the last day of a shorter month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month that is `months` after that of `day`."""
    first = months_on(day.replace(day=1), months)
    return first.replace(day=monthrange(first.year, first.month)[1])


def quarter_end(day: date) -> date:
    """The last day of the quarter of `day`: of March, June, September or December."""
    return month_end(day, -day.month % 3)


def working_days(day: date, count: int) -> date:
    """The day `count` working days after `day` (before it, if negative); bank holidays are counted."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left > 0:
        day += step
        left -= day.weekday() < 5
    return day


def good_friday(year: int) -> date:
    """Two days before Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1) - timedelta(days=2)
