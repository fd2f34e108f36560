"""What officers say: one row each time, never changed, never lost from the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from minutesminer.errors import TrackerError, UsageError
from minutesminer.store.tracker import Change, Current, Record, add, current_of, entries, refuse, save
from minutesminer.store.tracker_file import open_tracker, tracker_path
from minutesminer.store.tracker_tables import APPLICATION_ID, ENTRIES, MIGRATIONS

ACTION, FOLLOW_UP = "aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"
RecordOf = Callable[[str], Record]


def now(tracker: Path, record_id: str) -> Current:
    with open_tracker(tracker) as said:
        return current_of(said, record_id)


def history(tracker: Path, record_id: str | None = None) -> list[tuple[object, ...]]:
    with open_tracker(tracker) as said:
        return [
            tuple(row[column] for column in ("id", "who", "record_id", "kind", "status", "note", "due_date", "owner"))
            for row in entries(said, record_id)
        ]


def test_one_save_is_one_row_with_a_snapshot_of_the_record(tracker: Path, record: RecordOf) -> None:
    change = Change("done", "sent on 3 May", "2026-03-31", "A. Reed")
    assert save(tracker, record(ACTION), change, "ann") == 1
    with open_tracker(tracker) as said:
        (row,) = entries(said)
    at = row.pop("at")
    assert row == {
        "id": 1,
        "who": "ann",
        "record_id": ACTION,
        "kind": "status",
        "status": "done",
        "note": "sent on 3 May",
        "due_date": "2026-03-31",
        "owner": "A. Reed",
        "carried_to": None,
        "class": "action",
        "council_id": "northmere-borough-council",
        "council": "Northmere Borough Council",
        "committee_id": "northmere-borough-council-childrens-services-and-schools-panel",
        "committee": "Children’s Services & Schools Panel",
        "date": "2020-01-14",
        "title": "Performance report",
        "what": "provide the café’s figures",
        "quote": "The Director undertook to provide the café’s figures to the Panel",
        "sentence": "The Director undertook to provide the café’s figures to the Panel.",
        "rule": "actions.undertook",
    }
    assert str(at).endswith("+00:00")


def test_of_each_thing_the_last_word_holds_and_the_rest_is_history(tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change(note="asked the Director", owner="A. Reed"), "ann")
    save(tracker, record(ACTION), Change(status="done"), "bob")
    save(tracker, record(ACTION), Change(verdict="wrong"), "cat")
    save(tracker, record(ACTION), Change(status="open", verdict="right", owner=""), "dee")
    held = now(tracker, ACTION)
    assert (held.status, held.note, held.due_date, held.owner, held.wrong, held.confirmed, held.who) == (
        *("open", "asked the Director", None, "", False, True, "dee"),
    )
    assert history(tracker, ACTION) == [
        (1, "ann", ACTION, "owner", None, "asked the Director", None, "A. Reed"),
        (2, "bob", ACTION, "status", "done", None, None, None),
        (3, "cat", ACTION, "wrong", None, None, None, None),
        (4, "dee", ACTION, "right", "open", None, None, ""),
    ]
    assert history(tracker, FOLLOW_UP) == []


def test_saying_again_what_holds_adds_no_row(tracker: Path, record: RecordOf) -> None:
    said = [
        save(tracker, record(ACTION), Change("done", "sent"), "ann"),
        save(tracker, record(ACTION), Change("done", "sent "), "bob"),
        save(tracker, record(ACTION), Change("done", "sent twice"), "bob"),
    ]
    assert (said, history(tracker)[1:]) == (
        [1, None, 2],
        [(2, "bob", ACTION, "note", None, "sent twice", None, None)],
    )


def test_ids_of_those_added_by_hand_count(tracker: Path) -> None:
    record = Record(
        "", "follow_up", council="Otherton", committee="Homes Panel", date="2026-01-15", what=" Come\nback "
    )
    first = add(tracker, record, Change(due_date="2026-06-30", owner="The Chair"), "ann")
    second = add(tracker, record, Change(status="done"), "ann")
    assert (first, second) == ("hand-1", "hand-2")
    assert history(tracker) == [
        (1, "ann", "hand-1", "added", "open", None, "2026-06-30", "The Chair"),
        (2, "ann", "hand-2", "added", "done", None, None, None),
    ]


@pytest.mark.parametrize(
    ("change", "who", "says"),
    [
        (Change(), "ann", "nothing is said"),
        (Change(status="finished"), "ann", "'finished' is no status; it is open, done, dropped"),
        (Change(due_date="31/3/2026"), "ann", "'31/3/2026' is not a date"),
        (Change(due_date="20260331"), "ann", "is not a date"),
        (Change(note="x" * 5001), "ann", "a note has at most 5000 characters; this has 5001"),
        (Change(owner="x" * 201), "ann", "an owner has at most 200 characters"),
        (Change(status="done"), " \n", "say who says so"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_makes_no_file(
    tracker: Path, record: RecordOf, change: Change, who: str, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        save(tracker, record(ACTION), change, who)
    assert tracker.exists() is False


def test_what_is_added_by_hand_says_something_of_a_class(tracker: Path) -> None:
    for record in (Record("", "action", what=" "), Record("", "metric", what="95%")):
        with pytest.raises(UsageError):
            add(tracker, record, Change(), "ann")
    assert tracker.exists() is False


def test_characters_that_steer_a_terminal_are_left_out(tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change(note="one\r\ntwo\x1b[31m\x00\ud800", owner="A.\nReed\x07"), "an\x1bn")
    assert history(tracker) == [(1, "ann", ACTION, "owner", None, "one\ntwo[31m?", None, "A. Reed")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET note = 'other'",
        "DELETE FROM entries",
        "REPLACE INTO entries SELECT * FROM entries",
        "UPDATE refusals SET name = NULL",
        "DELETE FROM refusals",
    ],
)
def test_rows_are_only_ever_added(tracker: Path, record: RecordOf, sql: str) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    refuse(tracker, "/-/track/x", "nobody is signed in", None)
    before = tracker.read_bytes()
    with closing(sqlite3.connect(tracker)) as connection:
        connection.execute("PRAGMA recursive_triggers = 1")  # or replacing would delete unseen
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute(sql)
    assert tracker.read_bytes() == before


def test_reading_cannot_write(tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    with pytest.raises(TrackerError, match="cannot be opened for writing"), open_tracker(tracker) as said:
        said.execute("INSERT INTO refusals (at, path, reason) VALUES ('', '', '')")
    assert history(tracker) == [(1, "ann", ACTION, "status", "done", None, None, None)]


def test_file_is_marked_as_a_tracker_of_its_own_kind(minutes: Path, tracker: Path, record: RecordOf) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    header = tracker.read_bytes()[:72]
    with closing(sqlite3.connect(tracker)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(entries)")]
    assert (
        tracker_path(minutes),
        int.from_bytes(header[68:72], "big"),
        int.from_bytes(header[60:64], "big"),
        columns,
    ) == (tracker, APPLICATION_ID, len(MIGRATIONS), list(ENTRIES.columns))


@pytest.mark.parametrize("kind", ["minutes", "foreign", "newer", "text", "folder"])
def test_file_that_is_no_tracker_is_told_and_left_alone(
    minutes: Path, tracker: Path, record: RecordOf, kind: str
) -> None:
    one = record(ACTION)
    if kind == "minutes":
        tracker.write_bytes(minutes.read_bytes())
    elif kind == "text":
        tracker.write_text("Notes of ours\n" * 40)
    elif kind == "folder":
        tracker.mkdir()
    else:
        with closing(sqlite3.connect(tracker)) as connection:
            connection.executescript(
                "CREATE TABLE theirs (id)"
                if kind == "foreign"
                else f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 99"
            )
    before = None if kind == "folder" else tracker.read_bytes()
    with pytest.raises(TrackerError, match=r"tracker\.db"):
        save(tracker, one, Change("done"), "ann")
    assert (None if kind == "folder" else tracker.read_bytes()) == before


def test_folder_that_cannot_be_written_is_told(tmp_path: Path, record: RecordOf) -> None:
    with pytest.raises(TrackerError, match="permissions of the file and its folder"):
        save(tmp_path / "none" / "tracker.db", record(ACTION), Change("done"), "ann")
    assert (tmp_path / "none").exists() is False
