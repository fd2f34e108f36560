"""How fast series and pages answer on ten million figures: `python -m minutesminer.evaluate.bench_explore`.

`make scale-explore` makes the invented database (`many_figures`) and asks it: the trend of one measure and two
councils since a year, which is to take less than 20 ms, and what else reads the series. Then pages of the website are
asked for in this process (`pages.txt`, or those of `--pages FILE`), each of which is to take less than half a second.
All times are of requests repeated until what they read is in memory: median and most.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import click
from sqlite_utils import Database

from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.many_figures import Size, invent
from minutesminer.explore import datasette_app
from minutesminer.explore.trends import trend
from minutesminer.store import open_database

TREND_MS = 20.0
PAGE_MS = 500.0
REPEATED = 20
PAGE_REPEATED = 5
PAGES = Path(__file__).with_name("pages.txt")
"""Addresses, one a line; `{council}` and the like stand for a place of the database (`PLACE`)."""

PLACE = """
SELECT councils.id AS council_id, councils.name AS council, committees.id AS committee_id, committees.name AS committee,
  meetings.id AS meeting_id, items.id AS item_id, (
    SELECT measure_id FROM series WHERE council_id = councils.id AND measure_id IS NOT NULL
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
  ) AS measure_id
FROM councils
JOIN committees ON committees.council_id = councils.id
JOIN meetings ON meetings.committee_id = committees.id
JOIN items ON items.meeting_id = meetings.id
WHERE councils.id = (SELECT id FROM councils ORDER BY id LIMIT 1 OFFSET (SELECT count(*) / 4 FROM councils))
ORDER BY meetings.date DESC, items.id LIMIT 1
"""


class Timing(NamedTuple):
    """Of one request asked again and again: milliseconds of the first, the median and the most of the others.

    `cpu` is what each takes of the processor on average, which other programs on the machine change little.
    """

    name: str
    first: float
    median: float
    most: float
    cpu: float
    answer: str


def make(path: Path, size: Size) -> None:
    """Make a database of that size. Raises UsageError where `path` cannot be one."""
    with open_database(path, write=True) as db:
        invent(db, size)


def time_queries(db: Database) -> list[Timing]:
    """Time what reads series; the first is the trend query that is to take less than `TREND_MS`."""
    measures = [
        row[0]
        for row in db.execute(
            "SELECT measure_id FROM series WHERE measure_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
    ]
    councils = ",".join(row[0] for row in db.execute("SELECT id FROM councils ORDER BY id LIMIT 2"))
    commonest, middle = measures[0], measures[len(measures) // 2]
    newest = "ORDER BY date DESC LIMIT 100"
    return [
        _timed(
            f"trend of {name} and two councils since 2015",
            lambda id_=id_: trend(db, id_, councils=councils, since="2015"),  # type: ignore[misc]
        )
        for name, id_ in (("a measure", middle), ("the commonest measure", commonest))
    ] + [
        _timed(name, lambda query=query, values=values: db.execute(query, values).fetchall())  # type: ignore[misc]
        for name, query, values in (
            ("a measure over all councils by period", "SELECT * FROM measure_by_period WHERE measure_id = ?", [middle]),
            ("the commonest measure by period", "SELECT * FROM measure_by_period WHERE measure_id = ?", [commonest]),
            (
                "the commonest measure by year of meeting, all councils",
                "SELECT substr(date, 1, 4), avg(value), count(*) FROM series "
                "WHERE measure_id = ? AND role = 'actual' GROUP BY 1",
                [commonest],
            ),
            ("the newest figures", f"SELECT * FROM trends {newest}", []),
            ("the newest figures of a theme", f"SELECT * FROM trends WHERE theme = 'housing' {newest}", []),
            ("the newest missed targets", f"SELECT * FROM missed_targets {newest}", []),
            ("targets missed by most", "SELECT * FROM missed_targets ORDER BY shortfall DESC LIMIT 100", []),
            (
                "figures by council",
                "SELECT council_id, sum(figures) FROM figure_counts WHERE council_id <> '' GROUP BY council_id",
                [],
            ),
        )
    ]


def time_pages(path: Path, addresses: Sequence[str]) -> list[Timing]:
    """Time pages of the website over a database, asked in this process."""
    with open_database(path) as db:
        place = {name: quote(str(value), safe="") for name, value in next(db.query(PLACE), {}).items()}
    site = datasette_app(path)

    async def ask(address: str) -> Timing:
        async def answer() -> str:
            response = await site.client.get(address.format(**place))
            return f"{response.status_code}, {len(response.content) / 1000:,.0f} kB"

        return await _timed_page(address, answer)

    async def all_of_them() -> list[Timing]:
        return [await ask(address) for address in addresses]

    try:
        return asyncio.run(all_of_them())
    finally:
        for served in site.databases.values():
            served.close()
        site.executor.shutdown()


def _timed(name: str, work: Callable[[], Sequence[object]]) -> Timing:
    clock = _Clock()
    for _ in range(REPEATED + 1):
        rows = work()
        clock.stop()
    return clock.timing(name, f"{len(rows):,} rows")


async def _timed_page(name: str, work: Callable[[], Awaitable[str]]) -> Timing:
    clock = _Clock()
    for _ in range(PAGE_REPEATED + 1):
        answer = await work()
        clock.stop()
    return clock.timing(name, answer)


class _Clock:
    """Times one request after the other, each from the end of the one before."""

    def __init__(self) -> None:
        self._wall: list[float] = []
        self._cpu: list[float] = []
        self._begin()

    def _begin(self) -> None:
        self._started = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """A request has ended, and the next begins."""
        wall, cpu = self._started
        self._wall.append((time.perf_counter() - wall) * 1000)
        self._cpu.append((time.process_time() - cpu) * 1000)
        self._begin()

    def timing(self, name: str, answer: str) -> Timing:
        """What they took."""
        first, *others = self._wall
        return Timing(name, first, statistics.median(others), max(others), statistics.mean(self._cpu[1:]), answer)


@click.command()
@click.option("--figures", default=Size().figures, show_default=True, help="Figures of all councils.")
@click.option("--councils", default=Size().councils, show_default=True, help="Councils.")
@click.option("--committees", default=Size().committees, show_default=True, help="Committees of each.")
@click.option("--years", default=Size().years, show_default=True, help="Years that meetings go back.")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The database; where there is none it is made (ten million figures: ten minutes, 13 GB).",
)
@click.option(
    "--pages",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=PAGES,
    help="The addresses of the pages to time, one a line.",
)
@click.option("--limit/--no-limit", default=True, help="End with 1 where the trend query or a page takes too long.")
def main(figures: int, councils: int, committees: int, years: int, db: Path, pages: Path, limit: bool) -> None:
    """Time series and pages on an invented database."""
    try:
        if not db.exists():
            start = time.perf_counter()
            make(db, Size(figures, councils, committees, years))
            click.echo(f"made {db} in {time.perf_counter() - start:,.0f} seconds, {db.stat().st_size / 1e9:,.1f} GB")
        with open_database(db) as opened:
            (count,) = opened.execute("SELECT count(*) FROM metrics").fetchone()
            click.echo(f"{count:,} figures")
            queries = time_queries(opened)
        lines = pages.read_text(encoding="utf-8").split("\n")
        found = time_pages(db, [line.strip() for line in lines if line.strip()])
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    click.echo("  first   median     most      cpu   milliseconds")
    for timing in (*queries, *found):
        times = "  ".join(f"{one:7,.1f}" for one in (timing.first, timing.median, timing.most, timing.cpu))
        click.echo(f"{times}   {timing.name} ({timing.answer})")
    slow = [one for one in queries[:1] if one.median > TREND_MS]
    slow += [one for one in found if one.median > PAGE_MS or not one.answer.startswith("200")]
    if slow and limit:
        raise click.ClickException(f"too slow, or no page: {', '.join(one.name for one in slow)}")


if __name__ == "__main__":
    main()
