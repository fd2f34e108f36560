"""What officers say of actions and follow-ups: saved in `tracker.db`, apart from what runs make.

An entry keeps a snapshot of the record it is about. Ids of records change with the text and the rules; by the
snapshot a record is found again (`reconcile`).
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Literal

from minutesminer.errors import UsageError
from minutesminer.store.tracker_file import open_tracker
from minutesminer.store.tracker_tables import CLASSES, SNAPSHOT, STATUSES

HAND = "hand-"
"""How ids of records that were added by hand begin."""

MOST_CHARACTERS = 5000
"""What a note, or what is to be done, may be long."""

_MOST_OF_A_NAME = 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SOURCES = {"action": ("actions_view", "task"), "follow_up": ("follow_ups_view", "request")}
_PLACED = """
  SELECT entries.*, coalesce(place.record_id, entries.record_id) AS place FROM entries LEFT JOIN (
    SELECT record_id AS origin, carried_to AS record_id, max(id) AS last FROM entries WHERE kind = 'carried'
    GROUP BY record_id
  ) AS place ON place.origin = entries.record_id"""


@dataclass(frozen=True, slots=True)
class Record:
    """An action or follow-up as it was when somebody spoke of it; the fields after `id` are `SNAPSHOT`'s."""

    id: str
    class_: str
    council_id: str | None = None
    council: str | None = None
    committee_id: str | None = None
    committee: str | None = None
    date: str | None = None
    title: str | None = None
    what: str | None = None
    quote: str | None = None
    sentence: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an officer says of a record. None says nothing; empty text takes away what was said before."""

    status: str | None = None
    note: str | None = None
    due_date: str | None = None
    owner: str | None = None
    verdict: Literal["wrong", "right"] | None = None


@dataclass(frozen=True, slots=True)
class Current:
    """What holds now of a record, of all that was said."""

    status: str | None = None
    note: str | None = None
    due_date: str | None = None
    owner: str | None = None
    wrong: bool = False
    confirmed: bool = False
    who: str | None = None
    at: str | None = None


def find_record(minutes: sqlite3.Connection, record_id: str) -> Record | None:
    """The action or follow-up of that id in a database of minutes, superseded documents left out."""
    for class_, (view, what) in _SOURCES.items():
        columns = ", ".join(what if column == "what" else column for column in SNAPSHOT[1:])
        row = minutes.execute(f"SELECT {columns} FROM {view} WHERE id = ?", [record_id]).fetchone()
        if row is not None:
            return Record(record_id, class_, *row)
    return None


def all_records(minutes: sqlite3.Connection) -> dict[str, Record]:
    """Every action and follow-up of a database of minutes, by id, superseded documents left out."""
    found = {}
    for class_, (view, what) in _SOURCES.items():
        columns = ", ".join(what if column == "what" else column for column in SNAPSHOT[1:])
        for record_id, *snapshot in minutes.execute(f"SELECT id, {columns} FROM {view} ORDER BY id"):
            found[record_id] = Record(record_id, class_, *snapshot)
    return found


def known_record(tracker: sqlite3.Connection, record_id: str) -> Record | None:
    """The record as the last entry about it has it: one that was added by hand, or that is gone from the minutes."""
    columns = ", ".join(SNAPSHOT)
    row = tracker.execute(
        f"SELECT {columns} FROM ({_PLACED}) WHERE place = ? ORDER BY id DESC LIMIT 1", [record_id]
    ).fetchone()
    return None if row is None else Record(record_id, *row)


def save(path: Path, record: Record, change: Change, who: str) -> int | None:
    """Save what `who` says of a record; the number of the entry, or None where all of it was said before.

    Raises UsageError for what cannot be meant, TrackerError and DatabaseBusy as `open_tracker` does.
    """
    change, who = checked(change), _name(who)
    with open_tracker(path, write=True) as tracker:
        news = _news(change, current_of(tracker, record.id))
        if news is None:
            return None
        return _insert(tracker, record, news, who, _kind(news))


def add(path: Path, record: Record, change: Change, who: str) -> str:
    """Save an action or follow-up that the minutes do not say; its id, `hand-1`, `hand-2` ...

    `record.id` is left out of account, and it is open unless something else is said. Raises as `save`.
    """
    change, who = checked(replace(change, status=change.status or "open")), _name(who)
    what = _cleaned(record.what or "", "what is to be done", MOST_CHARACTERS)
    if not what:
        raise UsageError("say what is to be done")
    if record.class_ not in CLASSES:
        raise UsageError(f"{record.class_!r} is no class; it is {' or '.join(CLASSES)}")
    with open_tracker(path, write=True) as tracker:
        number = tracker.execute("SELECT count(*) FROM entries WHERE kind = 'added'").fetchone()[0] + 1
        _, class_, council_id, council, committee_id, committee, date, title, *_ = astuple(record)
        council, committee, title = (
            None if text is None else _cleaned(text, "a name", _MOST_OF_A_NAME) or None
            for text in (council, committee, title)
        )
        own = Record(f"{HAND}{number}", class_, council_id, council, committee_id, committee, date, title, what)
        _insert(tracker, own, change, who, "added")
        return own.id


def carry(tracker: sqlite3.Connection, origin: str, record: Record) -> None:
    """Note that what was said of `origin` is said of `record` now; part of the transaction that is open."""
    _insert(tracker, record, Change(), "minutesminer", "carried", origin)


def current_of(tracker: sqlite3.Connection, record_id: str) -> Current:
    """What holds now of a record."""
    row = tracker.execute(
        "SELECT status, note, due_date, owner, wrong, confirmed, who, at FROM current WHERE record_id = ?", [record_id]
    ).fetchone()
    if row is None:
        return Current()
    status, note, due_date, owner, wrong, confirmed, who, at = row
    return Current(status, note, due_date, owner, bool(wrong), bool(confirmed), who, at)


def place_of(tracker: sqlite3.Connection, record_id: str) -> str:
    """The id that a record has now, of an id that it had."""
    row = tracker.execute(
        "SELECT carried_to FROM entries WHERE record_id = ? AND kind = 'carried' ORDER BY id DESC LIMIT 1", [record_id]
    ).fetchone()
    return record_id if row is None else str(row[0])


def entries(tracker: sqlite3.Connection, record_id: str | None = None) -> list[dict[str, object]]:
    """Every entry, or those about one record under all the ids it has had, in the order of saving."""
    where, values = ("", []) if record_id is None else ("WHERE place = ?", [place_of(tracker, record_id)])
    rows = tracker.execute(f"SELECT * FROM ({_PLACED}) {where} ORDER BY id", values)
    return [{column: row[column] for column in row.keys() if column != "place"} for row in rows]  # noqa: SIM118


def refuse(path: Path, page: str, reason: str, name: str | None) -> None:
    """Note a write through the site that was refused; `name` is the account that was tried, where there is one."""
    with open_tracker(path, write=True) as tracker:
        tracker.execute(
            "INSERT INTO refusals (at, path, reason, name) VALUES (?, ?, ?, ?)",
            [_now(), _one_line(page)[:_MOST_OF_A_NAME], reason, name],
        )


def checked(change: Change) -> Change:
    """A change with its texts cleaned; raises UsageError where it says nothing, or what cannot be meant."""
    if change == Change():
        raise UsageError("nothing is said: give a status, a note, a date, an owner, or that it is wrong or right")
    if change.status is not None and change.status not in STATUSES:
        raise UsageError(f"{change.status!r} is no status; it is {', '.join(STATUSES)}")
    if change.due_date:
        try:
            whole = datetime.date.fromisoformat(change.due_date).isoformat() == change.due_date
        except ValueError:
            whole = False
        if not whole:
            raise UsageError(f"{change.due_date!r} is not a date; write it as 2026-03-31")
    note = None if change.note is None else _cleaned(change.note, "a note", MOST_CHARACTERS)
    owner = None if change.owner is None else _one_line(_cleaned(change.owner, "an owner", _MOST_OF_A_NAME))
    return Change(change.status, note, change.due_date, owner, change.verdict)


def _name(who: str) -> str:
    name = _one_line(_cleaned(who, "a name", _MOST_OF_A_NAME))
    if not name:
        raise UsageError("say who says so")
    return name


def _cleaned(text: str, what: str, most: int) -> str:
    """`text` without characters that steer a terminal, and with the line ends of this system's files."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    clean = _CONTROLS.sub("", lines).strip()
    if len(clean) > most:
        raise UsageError(f"{what} has at most {most} characters; this has {len(clean)}")
    return clean


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _news(change: Change, current: Current) -> Change | None:
    """What of a change does not hold already; None where all of it does."""
    verdict = None if {"wrong": current.wrong, "right": current.confirmed}.get(change.verdict or "") else change.verdict
    news = Change(
        _unless_same(change.status, current.status),
        _unless_same(change.note, current.note),
        _unless_same(change.due_date, current.due_date),
        _unless_same(change.owner, current.owner),
        verdict,
    )
    return None if news == Change() else news


def _unless_same(said: str | None, holds: str | None) -> str | None:
    return None if said == holds else said


def _kind(change: Change) -> str:
    if change.verdict is not None:
        return change.verdict
    told = (("status", change.status), ("due", change.due_date), ("owner", change.owner), ("note", change.note))
    return next(kind for kind, value in told if value is not None)


def _insert(
    tracker: sqlite3.Connection, record: Record, change: Change, who: str, kind: str, origin: str | None = None
) -> int:
    record_id, *snapshot = astuple(record)
    columns = ("at", "who", "record_id", "kind", "status", "note", "due_date", "owner", "carried_to", *SNAPSHOT)
    said = (change.status, change.note, change.due_date, change.owner)
    values = (_now(), who, origin or record_id, kind, *said, record_id if origin else None, *snapshot)
    marks = ", ".join("?" * len(columns))
    number = tracker.execute(f"INSERT INTO entries ({', '.join(columns)}) VALUES ({marks})", values).lastrowid
    return int(number or 0)


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
