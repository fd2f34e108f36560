"""What was saved stays saved: two at once, one killed in the middle, a disk that is full."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minutesminer.errors import DatabaseBusy, TrackerError
from minutesminer.store import open_database, queries, tracker_file
from minutesminer.store.tracker import Change, Record, entries, save
from minutesminer.store.tracker_file import open_tracker

ACTION = "aaaaaaaaaaaa.1.a37-102"
# Saves one note after another and says the number of each once it is saved.
SAVER = """
import sys
from pathlib import Path
from minutesminer.store.tracker import Change, Record, save
path, who, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
record = Record("aaaaaaaaaaaa.1.a37-102", "action", what="provide the figures")
for number in range(times):
    print(save(path, record, Change(note=f"{who} {number} " + "words " * 300), who), flush=True)
"""
FEEDER = """
import resource, sys
from pathlib import Path
from minutesminer.errors import TrackerError
from minutesminer.store.tracker import Change, Record, save
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, resource.RLIM_INFINITY))
record = Record("aaaaaaaaaaaa.1.a37-102", "action", what="provide the figures")
for number in range(1000):
    try:
        save(Path(sys.argv[1]), record, Change(note=f"{number} " + "words " * 300), "ann")
    except TrackerError as error:
        print(number, error)
        break
"""


def saver(tracker: Path, who: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SAVER, str(tracker), who, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def sound(tracker: Path) -> list[str]:
    with closing(sqlite3.connect(tracker)) as connection:
        return [row[0] for row in connection.execute("PRAGMA integrity_check")]


def test_two_who_save_at_once_both_succeed(tracker: Path) -> None:
    running = [saver(tracker, who, 200) for who in ("ann", "bob")]
    numbers = [[int(line) for line in process.communicate(timeout=300)[0].split()] for process in running]
    with open_tracker(tracker) as said:
        rows = entries(said)
    by_officer = {who: [str(row["note"]).split()[1] for row in rows if row["who"] == who] for who in ("ann", "bob")}
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(numbers[0] + numbers[1]) == list(range(1, 401))
    assert by_officer == dict.fromkeys(("ann", "bob"), [str(number) for number in range(200)])
    assert sound(tracker) == ["ok"]


def test_a_kill_in_the_middle_loses_no_save_that_was_told(tracker: Path) -> None:
    chance = random.Random(20260131)
    told: list[int] = []
    for turn in range(30):
        process = saver(tracker, f"officer {turn}", 100_000)
        assert process.stdout is not None
        told.append(int(process.stdout.readline()))
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        process.wait(timeout=60)
        process.stdout.close()
        with open_tracker(tracker) as said:
            kept = [row["id"] for row in entries(said)]
        # One more may have been saved than could be told.
        assert (kept[: len(told)], len(kept) - len(told) in (0, 1), sound(tracker)) == (told, True, ["ok"])
        told = [int(str(number)) for number in kept]


def _half_saved(tracker: Path) -> Iterator[Path]:
    """A copy of the tracker and of its journal, as a kill in the middle of a save leaves them."""
    with closing(sqlite3.connect(tracker, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(200):
            connection.execute(
                "INSERT INTO entries (at, who, record_id, kind, note, class) "
                "VALUES ('', 'ann', ?, 'note', ?, 'action')",
                [ACTION, f"{number} " + "words " * 300],
            )
        yield tracker
        connection.execute("ROLLBACK")


def test_a_save_that_was_cut_short_is_undone_by_whoever_looks_next(
    minutes: Path, tracker: Path, record: Callable[[str], Record], tmp_path: Path
) -> None:
    for number in range(20):
        save(tracker, record(ACTION), Change(note=f"note {number}" + " words" * 300), "ann")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in _half_saved(tracker):
        for name in ("minutes.db", "tracker.db", "tracker.db-journal"):
            (elsewhere / name).write_bytes(path.with_name(name).read_bytes())
    with open_database(elsewhere / "minutes.db") as db:
        rows = queries.outstanding(db)
        journal = (elsewhere / "tracker.db-journal").exists()
    assert [str(row["note"])[:7] for row in rows if row["id"] == ACTION] == ["note 19"]
    assert (journal, sound(elsewhere / "tracker.db")) == (False, ["ok"])


def test_a_connection_that_is_open_undoes_it_too(
    minutes: Path, tracker: Path, record: Callable[[str], Record], tmp_path: Path
) -> None:
    save(tracker, record(ACTION), Change(note="note"), "ann")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("minutes.db", "tracker.db"):
        (elsewhere / name).write_bytes(minutes.with_name(name).read_bytes())
    with open_database(elsewhere / "minutes.db") as db:
        before = queries.outstanding(db)
        db.execute("PRAGMA query_only = 1")  # as the site's connections are
        for path in _half_saved(tracker):
            for name in ("tracker.db", "tracker.db-journal"):
                (elsewhere / name).write_bytes(path.with_name(name).read_bytes())
        assert queries.outstanding(db) == before
    assert (elsewhere / "tracker.db-journal").exists() is False


@pytest.mark.skipif(sys.platform != "linux", reason="files are limited otherwise elsewhere")
def test_a_full_disk_is_told_and_leaves_nothing_half(tracker: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FEEDER, str(tracker)], capture_output=True, text=True, check=True, timeout=120
    )
    number, _, message = done.stdout.partition(" ")
    with open_tracker(tracker) as said:
        notes = [str(row["note"]).split()[0] for row in entries(said)]
    assert ("nothing of this was saved: make room on the disk" in message, done.stderr) == (True, "")
    assert (notes, sound(tracker)) == ([str(n) for n in range(int(number))], ["ok"])


def test_a_full_file_is_told_and_the_next_save_works(
    tracker: Path, record: Callable[[str], Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    connect = sqlite3.connect

    def full(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(tracker_file.sqlite3, "connect", full)
        with pytest.raises(TrackerError, match="full.*nothing of this was saved"):
            save(tracker, record(ACTION), Change(note="words " * 800), "ann")
    assert save(tracker, record(ACTION), Change(note="words " * 800), "ann") == 2


def test_whoever_waits_too_long_is_told(
    tracker: Path, record: Callable[[str], Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    monkeypatch.setattr(tracker_file, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(tracker, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy, match="in use by another program"):
            save(tracker, record(ACTION), Change("open"), "ann")
        other.execute("ROLLBACK")
    assert save(tracker, record(ACTION), Change("open"), "ann") == 2


def test_a_commit_waits_for_the_disk(tracker: Path, record: Callable[[str], Record]) -> None:
    save(tracker, record(ACTION), Change("done"), "ann")
    with open_tracker(tracker, write=True) as said:
        settings = [said.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    assert (settings, sorted(os.listdir(tracker.parent))) == ([3, "delete"], ["minutes.db", "tracker.db"])
