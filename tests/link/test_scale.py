"""Linking many councils: the same every time, in memory that the largest bounds, about as fast as reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutesminer.evaluate.bench_link import main, make, measure
from minutesminer.evaluate.many_councils import Size
from minutesminer.link import link
from minutesminer.link.words import stems
from minutesminer.store import open_database

SIZE = Size(councils=2, items=2400, requests=240)
MOST_STEMMINGS = 15
"""Time that linking may take, by that of stemming the same texts; it was 3.4 when this was written."""


def rows(path: Path) -> list[list[tuple[Any, ...]]]:
    with open_database(path) as db:
        return [db.execute(f"SELECT * FROM {table}").fetchall() for table in ("evidence", "threads", "calendar")]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented database of two councils, not linked yet."""
    path = tmp_path_factory.mktemp("scale") / "invented.db"
    make(path, SIZE)
    return path


def linked(path: Path) -> list[list[tuple[Any, ...]]]:
    with open_database(path, write=True) as db:
        link(db)
    return rows(path)


def test_the_same_seed_and_the_same_rows_give_the_same_links(invented: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    make(other, SIZE)
    first = linked(invented)
    assert linked(invented) == first
    assert linked(other) == first
    evidence, threads, calendar = first
    assert (len(threads), len(calendar)) == (240, 300)
    assert len(threads) / 4 < len({row[0] for row in evidence}) < len(threads)


def test_memory_does_not_grow_with_the_number_of_councils(tmp_path: Path) -> None:
    took = []
    for councils in (5, 20):
        path = tmp_path / f"{councils}.db"
        make(path, Size(councils, 500 * councils, 20 * councils))
        took.append(measure(path))
    assert [one.threads for one in took] == [100, 400]
    assert took[1].megabytes < 1.15 * took[0].megabytes


def test_linking_takes_no_more_than_some_readings_of_the_texts(invented: Path, tmp_path: Path) -> None:
    with open_database(invented, write=True) as db:
        texts = [text for (text,) in db.execute("SELECT text FROM items")]
        reading = min(cpu(lambda: [stems(text) for text in texts]) for _ in range(3))
        linking = min(cpu(lambda: link(db, tmp_path)) for _ in range(2))  # without a catalogue of measures to read
    assert linking / reading < MOST_STEMMINGS


def cpu(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def test_the_command_says_what_was_linked(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    command = ["--councils", "2", "--items", "80", "--requests", "10", "--db", str(path)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "10 requests linked against 80 items of 2 councils"
    assert [line.split()[0] for line in lines[1:]] == ["time", "memory", "rows", "rate"]
    assert len(rows(path)[1]) == 10
