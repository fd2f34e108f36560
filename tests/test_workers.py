"""Worker processes: order, limits of time and memory, crashes; what is stored is what one process stores."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.models import Document, Given
from minutesminer.run import run
from minutesminer.workers import Failure, Job, Limits, Result, Workers


def by_its_words(job: Job, nlp: object) -> Result:
    """A task that does what the file says: waits, crashes, eats memory, or is done."""
    words = job.data.decode().split()
    if words[0] == "wait":
        time.sleep(float(words[1]))
    elif words[0] == "crash":
        os._exit(3)
    elif words[0] == "eat":
        try:
            bytearray(10**10)
        except MemoryError:
            return Failure("parse", "too_big", "it takes more memory than one file may")
    return Document("0" * 12, job.path, "text/plain", len(job.data)), []


def job(words: str) -> Job:
    return Job(words.encode(), words, Given())


def outcomes(words: list[str], limits: Limits) -> list[tuple[str, str]]:
    with Workers[str](2, limits=limits, task=by_its_words) as workers:
        results = workers.results((word, job(word)) for word in words)
        return [(tag, result.code if isinstance(result, Failure) else "done") for tag, result in results if result]


def test_results_come_in_the_order_of_the_jobs() -> None:
    words = ["wait 0.3", "wait 0", "wait 0.1", "wait 0", *(f"wait 0.00{n}" for n in range(9))]
    assert outcomes(words, Limits(seconds=20)) == [(word, "done") for word in words]


def test_a_tag_without_a_job_passes_in_its_turn() -> None:
    with Workers[int](1, task=by_its_words) as workers:
        jobs = [(0, None), (1, job("wait 0")), (2, None), (3, job("wait 0")), (4, None)]
        assert [(tag, result is None) for tag, result in workers.results(iter(jobs))] == [
            (0, True),
            (1, False),
            (2, True),
            (3, False),
            (4, True),
        ]


def test_a_file_that_takes_too_long_or_crashes_the_reader_takes_nothing_else_down() -> None:
    words = ["wait 0", "wait 60", "wait 0.01", "crash", "wait 0.02", "crash again", "wait 0.03"]
    assert outcomes(words, Limits(seconds=1.5)) == [
        ("wait 0", "done"),
        ("wait 60", "too_slow"),
        ("wait 0.01", "done"),
        ("crash", "crashed"),
        ("wait 0.02", "done"),
        ("crash again", "crashed"),
        ("wait 0.03", "done"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")
def test_a_file_that_takes_too_much_memory_is_told() -> None:
    assert outcomes(["eat", "wait 0"], Limits(seconds=20, megabytes=500)) == [("eat", "too_big"), ("wait 0", "done")]


def test_broken_rules_are_told_before_any_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "bad.yaml").write_text("- id: x\n  nonsense: 1\n", encoding="utf-8")
    with pytest.raises(RuleError), Workers[str](1, patterns=tmp_path):
        pass


def test_workers_store_what_one_process_stores(tmp_path: Path) -> None:
    corpus = resources.folder("corpus") / "children"
    dumps = []
    for name, workers in (("here.db", 0), ("there.db", 2)):
        summary = run([corpus], tmp_path / name, workers=workers)
        assert summary.outcomes == {"ok": 7}
        with sqlite3.connect(tmp_path / name) as db:
            dumps.append([line for line in db.iterdump() if not line.startswith('INSERT INTO "runs"')])
        db.close()
    assert dumps[0] == dumps[1]
