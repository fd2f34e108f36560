"""`minutesminer run`: the main job."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutesminer import resources
from minutesminer.cli import EPILOG
from minutesminer.commands.options import Date, database_option, patterns_option, printable

if TYPE_CHECKING:
    from minutesminer.run import Summary

NOTHING_READ = 3
SOME_NOT_READ = 4

_NAMES = {
    "items": "agenda items",
    "metrics": "figures",
    "resolutions": "resolutions",
    "actions": "actions",
    "follow_ups": "follow-ups",
}


@click.command(epilog=EPILOG)
@click.argument("paths", nargs=-1)
@click.option("--council", help="The council, where a file does not state it.")
@click.option("--committee", help="The committee, where a file does not state it.")
@click.option("--date", type=Date(), help="The meeting's date (day first, or ISO), where a file does not state it.")
@patterns_option
@database_option
def run(
    paths: tuple[str, ...],
    council: str | None,
    committee: str | None,
    date: str | None,
    patterns: Path | None,
    db: Path,
) -> None:
    """Read the minutes in PATHS and store what they say.

    PATHS are files (text, HTML, PDF), folders, or - for standard input; without any, the
    demonstration minutes are read. A manifest.csv beside the files (columns: file, council,
    committee, date, url) says what the files do not. Reading the same files again changes nothing;
    a file that has changed replaces what was read from it before.
    """
    from minutesminer.models import Given
    from minutesminer.run import run as run_files

    given = Given(council=council, committee=committee, date=date)
    stdin = sys.stdin.buffer
    with _progress() as progress:
        summary = run_files(paths or [_demonstration()], db, given, patterns, progress=progress, stdin=stdin)
    _report(summary)
    if not summary.read:
        sys.exit(NOTHING_READ)
    if summary.not_read:
        sys.exit(SOME_NOT_READ)


def _demonstration() -> Path:
    """The packaged corpus, named from the current folder where it lies below it."""
    corpus = resources.folder("corpus")
    here = Path.cwd()
    return corpus.relative_to(here) if corpus.is_relative_to(here) else corpus


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal, a line a file otherwise; both on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total, source: click.echo(f"{done}/{total} {printable(source)}", err=True)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, source: bar.update(task, completed=done, total=total, description=printable(source))


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
        click.echo(f"Next: minutesminer serve --db {db}")
        click.echo(f"  or: minutesminer outstanding --db {db}")
