"""`minutesminer run`: the main job."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer import resources
from minutesminer.cli import EPILOG
from minutesminer.commands.fetching import STOPPED, Asked, exit_code, fetching_options, gather
from minutesminer.commands.options import Date, database_option, patterns_option, printable
from minutesminer.commands.progress import steps
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from minutesminer.fetch import Found
    from minutesminer.fetch.crawl import Gathered
    from minutesminer.run import Summary

NOTHING_READ = 3
SOME_NOT_READ = 4

_MOST_WORKERS = 4  # more only wait for the one process that writes

_NAMES = {
    "items": "agenda items",
    "metrics": "figures",
    "resolutions": "resolutions",
    "actions": "actions",
    "follow_ups": "follow-ups",
}


@click.command(epilog=EPILOG)
@click.argument("paths", nargs=-1)
@click.option("--council", help="The council, where a file does not state it; without PATHS, the council to fetch.")
@click.option("--committee", help="The committee, where a file does not state it; without PATHS, words of its name.")
@click.option("--date", type=Date(), help="The meeting's date (day first, or ISO), where a file does not state it.")
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=lambda: min(os.cpu_count() or 1, _MOST_WORKERS),
    show_default="one a processor, at most four",
    envvar="MINUTESMINER_WORKERS",
    help="Processes that read side by side; with 0, this one reads, without limits.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=120.0,
    show_default=True,
    help="What one file may take of time.",
)
@click.option(
    "--megabytes",
    type=click.IntRange(100),
    default=1500,
    show_default=True,
    help="What one file may take of memory (on Linux).",
)
@click.option(
    "--ocr",
    is_flag=True,
    help="Read scanned pages by text recognition (takes seconds a page; needs Tesseract and minutesminer[ocr]).",
)
@fetching_options
@patterns_option
@database_option
def run(
    paths: tuple[str, ...],
    council: str | None,
    committee: str | None,
    date: str | None,
    workers: int,
    seconds: float,
    megabytes: int,
    ocr: bool,
    patterns: Path | None,
    db: Path,
    sites: Path | None,
    **fetching: Any,
) -> None:
    """Read the minutes in PATHS and store what they say.

    PATHS are files (text, HTML, PDF, Word, XML of a council's web service), folders and zip files of
    them, or - for standard input; without any, the demonstration minutes are read. A manifest.csv
    beside the files (columns: file, council, committee, date, url) says what the files do not. Reading
    the same files again changes nothing; a file that has changed replaces what was read from it before.
    An archive that `fetch` made is read without the network.

    With --council and without PATHS, the minutes of that council (or of several, by their codes with commas between
    them) are fetched first, as `minutesminer fetch` does, and then read.
    """
    from minutesminer import fetch
    from minutesminer.models import Given
    from minutesminer.run import run as read_all
    from minutesminer.workers import Limits

    def read(found: fetch.Found) -> Summary:
        try:
            with steps() as step:
                return read_all(
                    found,
                    db,
                    patterns=patterns,
                    progress=lambda done, total, source: step("", done, total, source),
                    stdin=sys.stdin.buffer,
                    workers=workers,
                    limits=Limits(seconds, megabytes),
                    ocr=ocr,
                )
        except KeyboardInterrupt:
            click.echo(f"Stopped. What was read is in {db}; the same command reads the rest.", err=True)
            sys.exit(STOPPED)

    given = Given(council=council, committee=committee, date=date)
    if council and not paths and not date:
        asked = Asked((committee,) if committee else (), False, **fetching)
        sys.exit(_fetched_and_read(council, asked, sites, read))
    if fetching["since"] or fetching["until"] or sites:
        raise UsageError("--since, --until and --sites go with --council and without files, to fetch minutes")
    summary = read(fetch.find(paths or [_demonstration()], given))
    _report(summary)
    sys.exit(_exit_code(summary))


def _fetched_and_read(council: str, asked: Asked, table: Path | None, read: Callable[[Found], Summary]) -> int:
    """Fetch the minutes of councils and read them; the code that the command ends with."""
    from minutesminer import fetch
    from minutesminer.fetch.sites import sites_of

    names = [name.strip() for name in council.split(",")]
    # A name may have commas in it: `Armagh City, Banbridge and Craigavon`.
    sites = sites_of(names if all(len(name) == 3 for name in names) else [council], table=table)
    summaries: list[Summary] = []

    def take_in(gathered: Gathered) -> None:
        wanted = {meeting.id for visit in gathered.visits for meeting in visit.meetings}
        summary = read(fetch.find_fetched(asked.archive, wanted, [site.council_id for site in sites]))
        _report(summary)
        summaries.append(summary)

    gathered = gather(asked, sites, take_in)
    return exit_code(gathered) or _exit_code(summaries[0])


def _exit_code(summary: Summary) -> int:
    if not summary.read:
        return NOTHING_READ
    return SOME_NOT_READ if summary.not_read else 0


def _demonstration() -> Path:
    """The packaged corpus, named from the current folder where it lies below it."""
    corpus = resources.folder("corpus")
    here = Path.cwd()
    return corpus.relative_to(here) if corpus.is_relative_to(here) else corpus


def _report(summary: Summary) -> None:
    files = f"{summary.files} file{'' if summary.files == 1 else 's'}"
    click.echo(f"{files} looked at in {summary.seconds:.1f} s: {summary.database}")
    for outcome, count in summary.outcomes.items():
        click.echo(f"  {count:>7,} {outcome}")
    click.echo("Found:")
    for name, count in summary.counts.items():
        click.echo(f"  {count:>7,} {_NAMES[name]}")
    if summary.not_read:
        click.echo("Not read:")
        for file in summary.not_read:
            named = "" if file.source in file.message else f"{file.source}: "
            click.echo(f"  {file.outcome}: {printable(named + file.message)}")
    if summary.issues:
        click.echo("To look at:")
        for message in summary.issues:
            click.echo(f"  {printable(message)}")
    if summary.read:
        db = shlex.quote(summary.database)
        doubtful = _to_review(summary.database)
        if doubtful:
            rows = "1 row wants" if doubtful == 1 else f"{doubtful:,} rows want"
            click.echo(f"{rows} a look: minutesminer review --db {db}")
        click.echo(f"Next: minutesminer serve --db {db}")
        click.echo(f"  or: minutesminer outstanding --db {db}")


def _to_review(database: str) -> int:
    """How many rows of the database a person should look at."""
    from minutesminer.store import open_database, queries

    with open_database(database) as db:
        return queries.count_to_review(db)
