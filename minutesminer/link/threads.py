"""The table `threads`: which requests and promises are the same, when each is due, and of whom.

It stands between what the minutes word and what a tracker shows: the records keep their wording, and here is what that
comes to by the other records, the attendance and the calendar of meetings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from minutesminer.link.calendar import Calendar
from minutesminer.link.due_dates import resolve
from minutesminer.link.evidence import Evidence
from minutesminer.link.repeats import first_askings
from minutesminer.link.wanted import Request
from minutesminer.link.who import Person, who_is
from minutesminer.store.filling import made_anew
from minutesminer.store.outstanding import requests_sql
from minutesminer.store.request_table import REQUEST_COLUMNS

_AWAY = ("apologies", "absent")
_MAY = 5  # the month in which a municipal year and its chairs begin


@dataclass(slots=True, frozen=True)
class Worded:
    """A record as the minutes word it, and where it stands in its item's text."""

    id: str
    meeting_id: str
    sentence: str
    who: str | None
    due: str | None
    due_date: str | None
    before: str


def read_worded(db: Database, council_id: str) -> dict[str, Worded]:
    """The actions and follow-ups of a council as their minutes word them, by their ids."""
    halves = [
        f"""SELECT {table}.id, {table}.meeting_id, {table}.sentence, {table}.{who}, {table}.due, {table}.due_date,
        substr(items.text, 1, {table}.start_char)
        FROM {table} JOIN items ON items.id = {table}.item_id JOIN meetings ON meetings.id = {table}.meeting_id
        JOIN committees ON committees.id = meetings.committee_id WHERE committees.council_id = ?"""
        for table, who in (("actions", "owner"), ("follow_ups", "requester"))
    ]
    rows = db.execute(" UNION ALL ".join(halves), [council_id, council_id])
    return {row[0]: Worded(*row) for row in rows}


def people_meant(db: Database, council_id: str, worded: Mapping[str, Worded]) -> dict[str, str | None]:
    """Who the owner or requester of each record of a council is, by the records' ids; None where that is not clear."""
    people = _people(db, council_id)
    return {id_: who_is(one.who, people.of(one.meeting_id), one.before) for id_, one in worded.items()}


def link_threads(
    db: Database,
    council_id: str,
    requests: Sequence[Request],
    evidence: Sequence[Evidence],
    calendar: Calendar,
    worded: Mapping[str, Worded],
    who: Mapping[str, str | None],
) -> int:
    """Enter the threads of one council's requests, whose evidence is known; returns how many requests repeat one.

    `worded` are the records by their ids, `who` is who the owner or requester of each is.
    """
    dates = dict(
        db.execute(
            "SELECT items.id, meetings.date FROM items JOIN meetings ON meetings.id = items.meeting_id "
            "JOIN committees ON committees.id = meetings.committee_id WHERE committees.council_id = ?",
            [council_id],
        ).fetchall()
    )
    heads = first_askings(requests, evidence, dates, {id_: one.sentence for id_, one in worded.items()})
    rows = []
    for request in requests:
        one = worded[request.id]
        due = resolve(one.due, one.due_date, request.date, request.committee_id, council_id, calendar)
        rows.append(
            (
                request.id,
                heads[request.id],
                due.date,
                due.source,
                due.reason if one.due else None,
                who[request.id],
            )
        )
    db.conn.executemany(
        "INSERT INTO threads (record_id, first_id, due_date, due_source, due_reason, who_is) VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    return sum(row[0] != row[1] for row in rows)


@dataclass(slots=True)
class _People:
    """Who was where, by meeting; `near` is a meeting of the same committee and year that names its chair."""

    there: Mapping[str, list[Person]]
    near: Mapping[str, str]
    everyone: list[Person]

    def of(self, meeting_id: str) -> list[Person]:
        """Those of a meeting, the chair of its year where it names none, and then all others of the council."""
        own = self.there.get(meeting_id, [])
        chairs = (
            []
            if any(map(_is_chair, own))
            else list(filter(_is_chair, self.there.get(self.near.get(meeting_id, ""), [])))
        )
        return [*own, *chairs, *self.everyone]


def _people(db: Database, council_id: str) -> _People:
    there: dict[str, list[Person]] = defaultdict(list)
    everyone: dict[tuple[str, str | None], Person] = {}
    meetings: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for meeting_id, committee_id, day, name, role, status in db.execute(
        """SELECT meetings.id, committees.id, meetings.date, attendance.name, attendance.role, attendance.status
        FROM meetings JOIN committees ON committees.id = meetings.committee_id
        LEFT JOIN attendance ON attendance.meeting_id = meetings.id
        WHERE committees.council_id = ? AND meetings.date IS NOT NULL
        ORDER BY meetings.date, meetings.id, attendance.name, attendance.role""",
        [council_id],
    ):
        meetings[committee_id][day, meeting_id] = None
        if name is not None:
            there[meeting_id].append(Person(name, role, status not in _AWAY))
            everyone[name, role] = Person(name, role, elsewhere=True)
    return _People(there, _near(meetings, there), list(everyone.values()))


def _near(meetings: Mapping[str, Iterable[tuple[str, str]]], there: Mapping[str, list[Person]]) -> dict[str, str]:
    """For each meeting the last one before it, or else the first after it, of the same year that names its chair."""
    near = {}
    for listed in meetings.values():
        naming: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for day, meeting_id in listed:
            if any(map(_is_chair, there.get(meeting_id, ()))):
                naming[_municipal_year(day)].append((day, meeting_id))
        for day, meeting_id in listed:
            same = [pair for pair in naming[_municipal_year(day)] if pair[1] != meeting_id]
            before = [pair for pair in same if pair[0] <= day]
            if same:
                near[meeting_id] = (before or same[:1])[-1][1]
    return near


def _is_chair(person: Person) -> bool:
    return person.there and (person.role or "").casefold() in ("chair", "chairman", "chairperson", "in the chair")


def _municipal_year(day: str) -> int:
    year, month = int(day[:4]), int(day[5:7])
    return year if month >= _MAY else year - 1


def link_requests(db: Database) -> None:
    """Fill `requests` anew from threads, evidence and places; the caller holds the transaction."""
    with made_anew(db, "requests"):
        columns = ", ".join(REQUEST_COLUMNS)
        db.execute(f"INSERT INTO requests ({columns}) {requests_sql(linked=True)} ORDER BY answered.id")
