"""How fast linking is, and what memory it takes: `python -m minutesminer.evaluate.bench_link`, or `make bench`.

An invented database (`many_councils`) is made and then linked by a fresh process, so that making it counts neither in
time nor in memory. `--councils 300 --items 1000000 --requests 100000` is the size that is to be linked within ten
minutes and 2 GB on two cores.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import click

from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.growth import resident
from minutesminer.evaluate.many_councils import Size, invent
from minutesminer.link import link
from minutesminer.store import loading, open_database


class Linking(NamedTuple):
    """What linking one database took: seconds of wall and of CPU, megabytes at most; and the rows it made."""

    wall: float
    cpu: float
    megabytes: float
    evidence: int
    threads: int


def make(path: Path, size: Size) -> None:
    """Make a database of that size. Raises UsageError where `path` cannot be one."""
    with open_database(path, write=True) as db:
        invent(db, size)


def measure(path: Path) -> Linking:
    """Link a database in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, path).result()


def _measure(path: Path) -> Linking:
    with open_database(path, write=True) as db, loading(db):
        wall, cpu = time.perf_counter(), time.process_time()
        link(db)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        evidence, threads = (
            int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("evidence", "threads")
        )
    return Linking(wall, cpu, _peak(), evidence, threads)


def _peak() -> float:
    """The most memory this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What a process is said to have used begins with the memory of the one that started it; this does not.
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    return resident()


@click.command()
@click.option("--councils", default=3, show_default=True, help="Councils.")
@click.option("--items", default=10_000, show_default=True, help="Items of all councils.")
@click.option("--requests", default=1_000, show_default=True, help="Actions and follow-ups of all councils.")
@click.option("--db", type=click.Path(path_type=Path), help="Keep the database here; one that is there is linked anew.")
def main(councils: int, items: int, requests: int, db: Path | None) -> None:
    """Time the linking of an invented database, and see what memory it takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = db or Path(folder) / "invented.db"
        try:
            if not path.exists():
                make(path, Size(councils, items, requests))
            took = measure(path)
            with open_database(path) as made:
                councils, items, requests = (
                    int(made.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in _COUNTED
                )
        except MinutesMinerError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{requests:,} requests linked against {items:,} items of {councils:,} councils")
    click.echo(f"time      {took.wall:12,.1f} seconds, {took.cpu:,.1f} of CPU")
    click.echo(f"memory    {took.megabytes:12,.0f} MB resident at most")
    click.echo(f"rows      {took.evidence:12,} of evidence, {took.threads:,} of threads")
    click.echo(f"rate      {items / took.wall:12,.0f} items and {requests / took.wall:,.0f} requests per second")


_COUNTED = ("councils", "items", "(SELECT id FROM actions UNION ALL SELECT id FROM follow_ups)")

if __name__ == "__main__":
    main()
