"""Minutes made anew: what was said goes with the record, or is told to have none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minutesminer.models import Action, Document, ItemRecords
from minutesminer.store import open_database, queries, save
from minutesminer.store.reconcile import Carried, likeness, reconcile
from minutesminer.store.tracker import Change, Record, entries, find_record
from minutesminer.store.tracker import save as say
from minutesminer.store.tracker_file import open_tracker

LINES = (
    "The Director undertook to provide the café’s figures to the Panel.",
    "The Head of Housing would write to all members about the repairs backlog in Elm Street.",
    "Officers were to bring a report on school exclusions to the March meeting.",
)
Make = Callable[..., Document]


def mined(text: str) -> list[ItemRecords]:
    """Each line of the text an action, as its whole sentence without the full stop."""
    actions, start = [], 0
    for line in text.split("\n"):
        end = start + len(line.rstrip("."))
        if line:
            actions.append(
                Action(quote=line.rstrip("."), sentence=line, start_char=start, end_char=end, rule="made-up")
            )
        start += len(line) + 1
    return [ItemRecords(), ItemRecords(actions=actions)]


def build(path: Path, document: Make, text: str, id_: str = "aaaaaaaaaaaa", **facts: str) -> list[str]:
    """The ids of the actions of a document of that text, stored at `path`."""
    with open_database(path, write=True) as db:
        save(db, document(id_, text=text, **facts), mined(text), "rules")
        return [str(row[0]) for row in db.execute("SELECT id FROM actions_view ORDER BY item_id, start_char")]


def speak(path: Path, record_id: str, note: str) -> None:
    with open_database(path) as db:
        record = find_record(db.conn, record_id)
    assert record is not None
    say(path.with_name("tracker.db"), record, Change(status="done", note=note), "ann")


def notes(path: Path) -> dict[str, object]:
    with open_database(path) as db:
        return {str(row["id"]): row["note"] for row in queries.outstanding(db, closed=True) if row["note"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "minutes.db"


def test_without_a_tracker_there_is_nothing_to_do(path: Path, document: Make) -> None:
    build(path, document, "\n".join(LINES))
    done = reconcile(path)
    assert (done.carried, done.orphaned, sorted(p.name for p in path.parent.iterdir())) == ([], [], ["minutes.db"])


def test_minutes_made_anew_from_the_same_files_lose_nothing(path: Path, document: Make) -> None:
    ids = build(path, document, "\n".join(LINES))
    speak(path, ids[0], "sent")
    path.unlink()
    build(path, document, "\n".join(LINES))
    done = reconcile(path)
    assert (done.carried, done.orphaned, notes(path)) == ([], [], {ids[0]: "sent"})


def test_what_was_said_goes_with_text_that_has_moved_and_changed(path: Path, document: Make) -> None:
    ids = build(path, document, "\n".join(LINES))
    for number, record_id in enumerate(ids):
        speak(path, record_id, f"note {number}")
    path.unlink()
    changed = (
        "Apologies were received.",
        LINES[2].replace("were to bring", "will bring").replace("March", "next March"),
        LINES[0].replace("café’s", "cafe's").upper(),
        LINES[1].replace("backlog", "back-log"),
    )
    new = build(path, document, "\n".join(changed), "bbbbbbbbbbbb")
    done = reconcile(path)
    assert {one.before: one.now for one in done.carried} == {ids[0]: new[2], ids[1]: new[3], ids[2]: new[1]}
    assert (done.orphaned, notes(path)) == ([], {new[2]: "note 0", new[3]: "note 1", new[1]: "note 2"})
    assert reconcile(path).carried == []
    with open_tracker(path.with_name("tracker.db")) as said:
        history = [(row["kind"], row["who"], row["record_id"], row["carried_to"]) for row in entries(said, new[2])]
    assert history == [("status", "ann", ids[0], None), ("carried", "minutesminer", ids[0], new[2])]


def test_a_later_version_of_the_document_carries_on(path: Path, document: Make) -> None:
    ids = build(path, document, "\n".join(LINES))
    speak(path, ids[0], "sent")
    new = build(path, document, "\n".join(("Corrected minutes.", *LINES)), "bbbbbbbbbbbb")
    done = reconcile(path)
    assert (done.carried, notes(path)) == ([Carried(ids[0], new[1], 1.0)], {new[1]: "sent"})


def test_text_that_is_changed_beyond_recognition_leaves_an_orphan(path: Path, document: Make) -> None:
    ids = build(path, document, "\n".join(LINES))
    speak(path, ids[0], "sent")
    path.unlink()
    build(path, document, "\n".join(("The Treasurer was asked for a list of all contracts above £5,000.", *LINES[1:])))
    done = reconcile(path)
    assert (done.carried, [record.id for record in done.orphaned], notes(path)) == ([], [ids[0]], {})
    assert [record.sentence for record in done.orphaned] == [LINES[0]]
    # Nothing is dropped: the next minutes that have it again have the note again.
    path.unlink()
    build(path, document, "\n".join(LINES))
    again = reconcile(path)
    assert (again.carried, again.orphaned, notes(path)) == ([], [], {ids[0]: "sent"})


def test_two_records_never_have_one_successor(path: Path, document: Make) -> None:
    twice = f"{LINES[0]}\n{LINES[0].replace('provide', 'then provide')}"
    ids = build(path, document, twice)
    speak(path, ids[0], "first")
    speak(path, ids[1], "second")
    path.unlink()
    new = build(path, document, LINES[0], "bbbbbbbbbbbb")
    done = reconcile(path)
    assert ([(one.before, one.now) for one in done.carried], [record.id for record in done.orphaned]) == (
        [(ids[0], new[0])],
        [ids[1]],
    )
    assert notes(path) == {new[0]: "first"}


def test_the_same_words_twice_keep_their_order(path: Path, document: Make) -> None:
    ids = build(path, document, f"{LINES[0]}\n{LINES[1]}\n{LINES[0]}")
    speak(path, ids[0], "first")
    speak(path, ids[2], "third")
    path.unlink()
    new = build(path, document, f"{LINES[0]}\nMore was said.\n{LINES[1]}\n{LINES[0]}", "bbbbbbbbbbbb")
    reconcile(path)
    assert notes(path) == {new[0]: "first", new[3]: "third"}


def test_a_record_that_an_officer_has_spoken_of_is_nobody_elses_successor(path: Path, document: Make) -> None:
    ids = build(path, document, LINES[0])
    speak(path, ids[0], "of the first")
    path.unlink()
    new = build(path, document, LINES[0].replace("provide", "give"), "bbbbbbbbbbbb")
    speak(path, new[0], "of the second")
    done = reconcile(path)
    assert (done.carried, [record.id for record in done.orphaned]) == ([], [ids[0]])
    assert notes(path) == {new[0]: "of the second"}


def test_another_meeting_that_says_the_same_is_not_meant(path: Path, document: Make) -> None:
    ids = build(path, document, f"{LINES[0]}\n{LINES[1]}")
    speak(path, ids[0], "sent")
    path.unlink()
    build(path, document, LINES[1])
    build(path, document, LINES[0], "bbbbbbbbbbbb", source="minutes/june.txt", date="2020-06-09")
    done = reconcile(path)
    assert (done.carried, [record.id for record in done.orphaned]) == ([], [ids[0]])


def test_a_meeting_whose_date_was_put_right_is_found(path: Path, document: Make) -> None:
    ids = build(path, document, f"{LINES[0]}\n{LINES[1]}")
    speak(path, ids[0], "sent")
    path.unlink()
    new = build(path, document, f"{LINES[0]}\n{LINES[1]}", "bbbbbbbbbbbb", date="2020-01-15")
    done = reconcile(path)
    assert (done.carried, notes(path)) == ([Carried(ids[0], new[0], 1.0)], {new[0]: "sent"})


def test_another_council_is_never_meant(path: Path, document: Make) -> None:
    ids = build(path, document, LINES[0])
    speak(path, ids[0], "sent")
    path.unlink()
    build(path, document, LINES[0], "bbbbbbbbbbbb", council="Otherton Council")
    assert [record.id for record in reconcile(path).orphaned] == ids


def test_words_that_come_back_get_back_what_was_said(path: Path, document: Make) -> None:
    ids = build(path, document, LINES[0])
    speak(path, ids[0], "sent")
    path.unlink()
    changed = build(path, document, LINES[0].replace("provide", "give"), "bbbbbbbbbbbb")
    reconcile(path)
    speak(path, changed[0], "and sent again")
    path.unlink()
    build(path, document, LINES[0])
    done = reconcile(path)
    assert [(one.before, one.now) for one in done.carried] == [(changed[0], ids[0]), (changed[0], ids[0])]
    assert (notes(path), done.orphaned) == ({ids[0]: "and sent again"}, [])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("The Director would send it.", "THE DIRECTOR, would send it", True),
        (
            "The Director undertook to provide the figures.",
            "The Director undertook to provide the café’s figures.",
            True,
        ),
        (
            "The Director undertook to provide the figures.",
            "The Chair asked for a list of repairs in Elm Street.",
            False,
        ),
    ],
)
def test_likeness_sees_through_case_and_small_changes(one: str, other: str, alike: bool) -> None:
    pair = [Record("x", "action", quote=text, sentence=text) for text in (one, other)]
    assert (likeness(*pair) >= 0.75) == alike
    assert likeness(Record("x", "action"), pair[0]) == 0.0
