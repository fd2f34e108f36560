"""Dates and times as the pages say them: day first."""

from __future__ import annotations

from calendar import month_abbr, month_name
from datetime import date, datetime


def spoken_date(iso: str | None) -> str | None:
    """`2024-03-18` as `18 March 2024`; anything that is no ISO date as it stands."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso
    return f"{day.day} {month_name[day.month]} {day.year}"


def spoken_quarter(iso: str) -> str | None:
    """The quarter that begins on `2024-04-01` as `Apr–Jun 2024`; None for anything that is no ISO date."""
    try:
        first = date.fromisoformat(iso)
    except ValueError:
        return None
    return f"{month_abbr[first.month]}–{month_abbr[(first.month + 1) % 12 + 1]} {first.year}"


def spoken_time(iso: str) -> str:
    """`2024-03-18T09:05:00+00:00` as `18 March 2024, 09:05`, in this machine's time."""
    moment = datetime.fromisoformat(iso).astimezone()
    return f"{spoken_date(moment.date().isoformat())}, {moment:%H:%M}"
