"""The officers' words over the minutes, in the same view and columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from minutesminer.errors import TrackerError
from minutesminer.store import open_database, queries
from minutesminer.store.overlay import attach_tracker
from minutesminer.store.tracker import Change, Record, add, refuse, save

ACTION, FOLLOW_UP = "aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"
SHOWN = ("id", "status", "due_date", "who", "note", "tracked_by")
UNTOLD = [
    (ACTION, "open", None, "The Director", None, None),
    (FOLLOW_UP, "overdue", "2020-07-14", "The Chair", None, None),
]
RecordOf = Callable[[str], Record]


def shown(minutes: Path, **asked: object) -> list[tuple[object, ...]]:
    with open_database(minutes) as db:
        return [tuple(row[name] for name in SHOWN) for row in queries.outstanding(db, **asked)]  # type: ignore[arg-type]


def test_without_a_tracker_the_list_is_that_of_the_minutes(minutes: Path, tracker: Path) -> None:
    assert (shown(minutes), tracker.exists()) == (UNTOLD, False)


def test_an_empty_file_is_no_tracker_yet(minutes: Path, tracker: Path) -> None:
    tracker.touch()
    assert (shown(minutes), tracker.read_bytes()) == (UNTOLD, b"")


def test_what_was_said_takes_the_place_of_what_was_found(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("open", "asked again", "2020-02-01", "A. Reed"), "ann")
    assert shown(minutes) == [(ACTION, "overdue", "2020-02-01", "A. Reed", "asked again", "ann"), UNTOLD[1]]


@pytest.mark.parametrize(
    ("change", "status", "due_date"),
    [
        (Change(due_date="2099-01-01"), "open", "2099-01-01"),
        (Change(due_date=""), "open", None),
        (Change(due_date="2020-01-20"), "overdue", "2020-01-20"),
        (Change(note="wait"), "overdue", "2020-07-14"),
        (Change(status="open"), "overdue", "2020-07-14"),
        (Change(status="open", due_date="2099-01-01"), "open", "2099-01-01"),
        (Change(status="done", due_date="2020-01-20"), "done", "2020-01-20"),
    ],
)
def test_a_date_that_is_moved_decides_anew_what_is_overdue(
    minutes: Path, tracker: Path, record: RecordOf, change: Change, status: str, due_date: str | None
) -> None:
    save(tracker, record(FOLLOW_UP), change, "ann")
    assert [row[1:3] for row in shown(minutes, closed=True) if row[0] == FOLLOW_UP] == [(status, due_date)]


def test_done_and_dropped_leave_the_list_unless_asked_for(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    save(tracker, record(FOLLOW_UP), Change("dropped"), "ann")
    ids = {
        "listed": [row[0] for row in shown(minutes)],
        "all": [row[0] for row in shown(minutes, closed=True)],
        "done": [row[0] for row in shown(minutes, state="done")],
        "dropped": [row[0] for row in shown(minutes, state="dropped")],
        "open": [row[0] for row in shown(minutes, state="open")],
    }
    assert ids == {
        "listed": [],
        "all": [ACTION, FOLLOW_UP],
        "done": [ACTION],
        "dropped": [FOLLOW_UP],
        "open": [],
    }


def test_an_officer_who_says_open_has_seen_the_later_item(minutes: Path, tracker: Path, record: RecordOf) -> None:
    with open_database(minutes, write=True) as db:
        db.table("threads").insert({"record_id": ACTION, "first_id": ACTION})
        later = {"id": "later", "committee_id": next(db.table("committees").rows)["id"], "date": "2020-03-10"}
        db.table("meetings").insert(later)
        db.execute("UPDATE items SET meeting_id = 'later' WHERE id = 'aaaaaaaaaaaa.0'")
        db.table("evidence").insert({"record_id": ACTION, "item_id": "aaaaaaaaaaaa.0", "score": 0.9, "says": "answers"})
        db.conn.commit()
    before = shown(minutes)[0][1]
    save(tracker, record(ACTION), Change(note="read it"), "ann")
    noted = shown(minutes)[0][1]
    save(tracker, record(ACTION), Change("open"), "ann")
    assert (before, noted, shown(minutes)[0][1]) == ("answered?", "answered?", "open")


def test_wrong_ones_are_left_out_until_they_are_right(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change(verdict="wrong"), "ann")
    wrong = [row[0] for row in shown(minutes, closed=True)]
    save(tracker, record(ACTION), Change(verdict="right"), "ann")
    assert (wrong, [row[0] for row in shown(minutes)]) == ([FOLLOW_UP], [ACTION, FOLLOW_UP])


def test_those_added_by_hand_are_listed_by_their_council_and_committee(minutes: Path, tracker: Path) -> None:
    place = {"council_id": "northmere-borough-council", "council": "Northmere Borough Council", "committee": "Panel"}
    known = Record("", "action", date="2020-01-20", what="send the plan", **place)
    add(tracker, known, Change(due_date="2020-02-01", owner="A. Reed"), "ann")
    add(tracker, Record("", "follow_up", council="Elsewhere", date="2021-05-04", what="come back"), Change(), "bob")
    assert (shown(minutes, council="northmere-borough-council"), shown(minutes, council="elsewhere")) == (
        [*UNTOLD, ("hand-1", "overdue", "2020-02-01", "A. Reed", None, "ann")],
        [("hand-2", "open", None, None, None, "bob")],
    )


def test_the_view_has_the_columns_of_the_one_below_in_its_order(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("done", "sent"), "ann")
    add(tracker, Record("", "action", committee="Panel", date="2021-05-04", what="come back"), Change(), "bob")
    with closing(sqlite3.connect(minutes)) as connection:
        connection.execute("ALTER TABLE councils ADD COLUMN motto TEXT")
        sql = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'outstanding'").fetchone()[0]
        connection.execute("DROP VIEW outstanding")
        connection.execute(sql.replace("NULL AS note", "'added later' AS motto, NULL AS note"))
    with closing(sqlite3.connect(minutes)) as connection:
        attached = [attach_tracker(connection, tracker), attach_tracker(connection, tracker)]
        below = connection.execute("SELECT * FROM main.outstanding ORDER BY id")
        names = [column[0] for column in below.description]
        untold = below.fetchall()
        over = connection.execute("SELECT * FROM outstanding ORDER BY id")
        again = [column[0] for column in over.description]
        mottos = [dict(zip(again, row, strict=True))["motto"] for row in over]
    assert (attached, again, len(untold), mottos) == ([True, True], names, 2, ["added later", "added later", None])


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO tracker.refusals (at, path, reason) VALUES ('', '', '')",
        "UPDATE tracker.entries SET note = ''",
        "DELETE FROM tracker.entries",
        "DROP TABLE tracker.entries",
        "DROP TRIGGER tracker.entries_no_delete",
        "CREATE TABLE tracker.theirs (id)",
        "ALTER TABLE tracker.entries ADD COLUMN theirs",
        "PRAGMA tracker.user_version = 9",
        "PRAGMA tracker.journal_mode = WAL",
        "SELECT * FROM tracker.refusals",
        "SELECT count(*) FROM tracker.refusals",
    ],
)
def test_nothing_on_the_connection_writes_to_the_tracker_or_reads_who_was_refused(
    minutes: Path, tracker: Path, record: RecordOf, sql: str
) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    refuse(tracker, "/-/sign-in", "wrong name or password", "ann")
    before = tracker.read_bytes()
    with closing(sqlite3.connect(minutes)) as connection:
        attach_tracker(connection, tracker)
        with pytest.raises(sqlite3.DatabaseError, match="not authorized|prohibited"):
            connection.execute(sql)
        assert connection.execute("SELECT count(*) FROM tracker.entries").fetchone() == (1,)
    assert tracker.read_bytes() == before


def test_the_minutes_may_still_be_written_on_it(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    with open_database(minutes, write=True) as db:
        attach_tracker(db.conn)
        with db.atomic():
            db.execute("UPDATE items SET title = 'Another'")
        titles = {row["title"] for row in db.query("SELECT title FROM outstanding")}
    assert titles == {"Another"}


def test_a_file_that_is_no_tracker_is_told(minutes: Path, tracker: Path) -> None:
    tracker.write_text("Notes of ours\n" * 40)
    with pytest.raises(TrackerError, match=r"tracker\.db"):
        shown(minutes)
    assert tracker.read_text() == "Notes of ours\n" * 40


def test_a_database_in_memory_has_no_tracker() -> None:
    db = Database(memory=True)
    assert attach_tracker(db.conn) is False
    db.close()


def test_a_row_that_stands_for_several_records_says_what_was_said_last_of_any(
    minutes: Path, tracker: Path, record: RecordOf
) -> None:
    with open_database(minutes, write=True) as db:
        db.table("threads").insert_all(
            [{"record_id": ACTION, "first_id": ACTION}, {"record_id": FOLLOW_UP, "first_id": ACTION}], replace=True
        )
    save(tracker, record(ACTION), Change("open", "first"), "ann")
    save(tracker, record(FOLLOW_UP), Change("done", "then"), "bob")
    said = shown(minutes, closed=True)
    save(tracker, record(FOLLOW_UP), Change(verdict="wrong"), "cat")
    wrong = shown(minutes, closed=True)
    assert [row[:2] + row[4:] for row in said] == [(ACTION, "done", "then", "bob")]
    assert [row[:2] + row[4:] for row in wrong] == [(ACTION, "open", "first", "ann")]
