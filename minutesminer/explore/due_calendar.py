"""Due dates as a calendar (RFC 5545), for the programs that officers plan with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from minutesminer.errors import UsageError
from minutesminer.explore.dates import spoken_date
from minutesminer.explore.row_words import KINDS, Row, iso_day, person, printable, web_address, what
from minutesminer.version import __version__

if TYPE_CHECKING:
    from icalendar import Event


def due_calendar(rows: Sequence[Row], made: datetime) -> tuple[bytes, str]:
    """A calendar with an all-day event for each row that has a due date, and in words how many those are.

    An event has the same UID whenever it is written, by which calendar programs replace it. `made` is the moment of
    writing, in UTC. Raises UsageError where the `office` extra is missing, and where no row has a due date: a calendar
    has at least one entry (RFC 5545, section 3.6).
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise UsageError(
            "calendars need icalendar, which is not installed: pip install 'minutesminer[office]'"
        ) from error
    dated = [(row, day) for row in rows if (day := iso_day(row["due_date"])) is not None]
    if not dated:
        raise UsageError(
            "nothing in this list has a due date, so there is no calendar to write; list more, or other rows"
        )
    calendar = Calendar()
    calendar.add("prodid", f"-//minutesminer//minutesminer {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Due to scrutiny committees")
    for row, day in dated:
        calendar.add_component(_event(row, day, made))
    without = len(rows) - len(dated)
    said = f"{len(dated)} due date{'' if len(dated) == 1 else 's'}"
    return calendar.to_ical(), f"{said} ({without} of the {len(rows)} rows have none)" if without else said


def _event(row: Row, day: date, made: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row['id']}@minutesminer")
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add(
        "categories", [printable(words) for words in (row["committee"], KINDS[row["class"]], row["status"]) if words]
    )
    address = web_address(row["url"])
    if address is not None:
        event.add("url", address)
    return event


def _summary(row: Row) -> str:
    who = person(row)
    return " ".join(f"Due: {what(row)}{f' ({who})' if who else ''}".split())


def _description(row: Row) -> str:
    """The sentence, then a line each for what is known."""
    where = ", ".join(filter(None, (printable(row["committee"]), printable(row["council"]))))
    lines = {
        "": printable(row["sentence"]),
        KINDS[row["class"]]: ", ".join(filter(None, (person(row), where, spoken_date(row["date"])))),
        "Due, as worded": printable(row["due"]),
        "State": row["status"],
        "Note": printable(row["note"]),
        "May be answered by": printable(row["evidence"]),
        "Minutes": web_address(row["url"]),
        "Page": row["page"],
        "Reference": row["id"],
    }
    return "\n".join(f"{name}: {said}" if name else said for name, said in lines.items() if said)
