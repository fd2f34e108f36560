"""`minutesminer export`: files of open standards, for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutesminer.commands.options import Date, database_option
from minutesminer.commands.output import whole_folder

if TYPE_CHECKING:
    from minutesminer.export.selection import Selection


def _csv(selection: Selection, folder: Path) -> dict[str, int]:
    from minutesminer.export.tidy_csv import write_csv

    return write_csv(selection, folder)


def _parquet(selection: Selection, folder: Path) -> dict[str, int]:
    from minutesminer.export.parquet import write_parquet

    return write_parquet(selection, folder)


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: where it is written unless told, and what writes it and counts what it has written."""

    out: str
    write: Callable[[Selection, Path], dict[str, int]]


_FORMATS = {
    "csv": _Format("minutes-csv", _csv),
    "parquet": _Format("minutes-parquet", _parquet),
}


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(_FORMATS)))
@click.option("--council", help="Only this council: its id, or part of its name; or several ids with commas.")
@click.option("--committee", help="Only committees with this in their name.")
@click.option("--since", type=Date(), help="Only meetings on or after this date (day first, or ISO).")
@click.option("--until", type=Date(), help="Only meetings on or before this date.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="Where to write.  [default: minutes-FORMAT]"
)
@click.option("--force", is_flag=True, help="Replace files of the same names in a folder that holds some.")
@database_option
def export(
    format_: str,
    council: str | None,
    committee: str | None,
    since: str | None,
    until: str | None,
    out: Path | None,
    force: bool,
    db: Path,
) -> None:
    """Write what was found to files of an open standard.

    \b
    csv          a folder: tidy CSV of every table, with a Frictionless datapackage.json
    parquet      a folder: the same tables with their types (extra parquet)

    Only whole meetings are exported, as documents in force tell of them. The same database gives the same bytes.
    docs/exports.md tells what each format holds.
    """
    from minutesminer.export.selection import select
    from minutesminer.store import open_database

    chosen = _FORMATS[format_]
    target = out or Path(chosen.out)
    with open_database(db) as database:
        selection = select(database, council=council, committee=committee, since=since, until=until)
        with whole_folder(target, over=force) as folder:
            counts = chosen.write(selection, folder)
    for name, rows in counts.items():
        click.echo(f"{rows:>9,} {name.replace('_', ' ')}", err=True)
    click.echo(f"Written: {target}", err=True)
