"""The program killed at any moment, or stopped, and started again ends with what it would have had undisturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kept import looked_into
from lives import Life, Run, World, three_councils

from minutesminer.fetch.archive import is_archive_folder
from minutesminer.store.database import open_database
from minutesminer.store.schema import MIGRATIONS
from minutesminer.store.verify import verify

SEEDS = (20261201, 20261202)
SLOW = 0.02  # seconds that an answer takes while the program is disturbed

Look = Callable[[Life, Run], object]
"""What is waited for: that this is no longer what it was when the program started."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with three_councils(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture(scope="module")
def undisturbed(world: World) -> dict[str, Any]:
    """What is kept in the end where nothing disturbs: each address is asked for once."""
    life = Life(world, "undisturbed")
    run = life.to_the_end()
    assert (run.process.returncode, max(Counter(life.asked).values())) == (0, 1), run.said
    return life.state()


def archive_files(life: Life, run: Run) -> object:
    return os.listdir(life.archive) if life.archive.exists() else None


def database_files(life: Life, run: Run) -> object:
    return os.listdir(life.folder)


def requests(life: Life, run: Run) -> object:
    return len(life.asked)


def so_many_mined(least: int, life: Life, run: Run) -> object:
    return run.mined >= least


def moments(seed: int, stop: signal.Signals) -> list[tuple[Look, float, signal.Signals]]:
    """Twenty-five moments in their order: what is waited for, and the seconds after it until the program is killed.

    Before the last ones of the crawl it is stopped once.
    """
    chance = random.Random(seed)
    kills: list[tuple[Look, float]] = [
        *((archive_files, span) for span in (0.0, 0.0, 0.002)),
        *((requests, 3 * SLOW) for _ in range(19)),
        (database_files, 0.0),
        *((partial(so_many_mined, least), 0.1) for least in sorted(chance.sample(range(1, 9), 2))),
    ]
    all_moments = [(look, chance.uniform(0, span), signal.SIGKILL) for look, span in kills]
    all_moments.insert(8, (requests, SLOW, stop))
    return all_moments


def phase(life: Life, requests: int, in_all: int) -> str:
    """How far the program has come, by what is on the disk."""
    if not is_archive_folder(life.archive):
        return "making the archive"
    if requests < in_all:
        return "crawl" if life.asked else "no request yet"
    header = life.db.read_bytes()[:100] if life.db.exists() else b""
    made = int.from_bytes(header[60:64], "big") == len(MIGRATIONS) and not Path(f"{life.db}-journal").exists()
    return "mining" if made else "making the database"


@dataclass
class Seen:
    """What was seen of a life: how far each run came that was killed, what the one that was stopped ended with and
    said, what the last said first, and all that should not be."""

    life: Life
    phases: list[str] = field(default_factory=list)
    stopped: tuple[int, list[str]] = (0, [])
    last: str = ""
    trouble: list[object] = field(default_factory=list)


def lived(world: World, seed: int, stop: signal.Signals, in_all: int) -> Seen:
    """A life whose runs are killed, and the last of which comes to its end."""
    life = Life(world, f"killed-{seed}")
    seen = Seen(life)
    committed: set[str] = set()
    for look, seconds, number in moments(seed, stop):
        asked = Counter(life.asked)
        with life.running() as run:
            before = look(life, run)
            run.wait_until(lambda look=look, run=run, before=before: look(life, run) != before)
            time.sleep(seconds)
            code = run.end_by(number)
        manifest = looked_into(life.archive)
        seen.trouble += manifest.wrong
        seen.trouble += [f"{address} again" for address in committed & (Counter(life.asked) - asked).keys()]
        seen.trouble += [f"{address} lost" for address in committed - manifest.addresses]
        committed = manifest.addresses
        if number == signal.SIGKILL:
            seen.phases.append(phase(life, len(committed), in_all))
            seen.trouble += [] if code == -signal.SIGKILL else [f"ended by itself with {code}: {run.said}"]
        else:
            seen.stopped = (code, run.out.read_text().splitlines()[-2:])
    asked = Counter(life.asked)
    run = life.to_the_end()
    seen.trouble += [] if run.process.returncode == 0 else [f"ended with {run.process.returncode}: {run.said}"]
    seen.trouble += [f"{address} again" for address in committed & (Counter(life.asked) - asked).keys()]
    seen.last = run.out.read_text().partition("\n")[0]
    return seen


@pytest.fixture(scope="module")
def lives(world: World, undisturbed: dict[str, Any]) -> list[Seen]:
    """Two lives side by side, of twenty-five kills each; one is stopped by Ctrl-C besides, and one by the system."""
    world.take(SLOW)
    in_all = len(undisturbed["archive"]["requests"])
    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(lived, world, SEEDS[0], signal.SIGINT, in_all),
            pool.submit(lived, world, SEEDS[1], signal.SIGTERM, in_all),
        ]
    return [each.result() for each in both]


def test_killed_fifty_times_it_ends_with_what_it_had_undisturbed(
    lives: list[Seen], undisturbed: dict[str, Any]
) -> None:
    assert [(each.trouble, each.last) for each in lives] == [([], "Gone on with a crawl that was cut short.")] * 2, (
        f"seeds {SEEDS}"
    )
    for each in lives:
        assert each.life.state() == undisturbed
        assert looked_into(each.life.archive).finished == [True]
        with open_database(each.life.db, write=True) as db:
            assert [(check.name, check.examples) for check in verify(db) if check.wrong] == []


def test_the_fifty_kills_fell_into_all_its_work(lives: list[Seen]) -> None:
    phases = Counter(name for each in lives for name in each.phases)
    least = {"making the archive": 1, "crawl": 30, "making the database": 1, "mining": 4}
    assert {name: min(phases[name], number) for name, number in least.items()} == least, phases
    assert phases.total() == 50


def test_stopped_in_mid_crawl_it_says_how_to_go_on(lives: list[Seen]) -> None:
    says = "Stopped. What was fetched is kept; the same command goes on where it stopped."
    assert [each.stopped for each in lives] == [
        (130, [says, f"Archive: {lives[0].life.archive}"]),
        (-signal.SIGTERM, []),
    ]
