"""`minutesminer export`: files of open standards, for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from minutesminer.commands.options import FirstDay, LastDay, database_option
from minutesminer.commands.output import STDOUT, whole_file, whole_folder
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from minutesminer.export.selection import Selection

Counts = dict[str, int]


def _csv(selection: Selection, folder: Path) -> Counts:
    from minutesminer.export.tidy_csv import write_csv

    return write_csv(selection, folder)


def _parquet(selection: Selection, folder: Path) -> Counts:
    from minutesminer.export.parquet import write_parquet

    return write_parquet(selection, folder)


def _ees(selection: Selection, folder: Path) -> Counts:
    from minutesminer.export.ees import write_ees

    return write_ees(selection, folder)


def _popolo(selection: Selection, file: BinaryIO) -> Counts:
    from minutesminer.export.popolo import write_popolo

    return write_popolo(selection, file)


def _annotations(selection: Selection, file: BinaryIO) -> Counts:
    from minutesminer.export.annotations import write_annotations

    return write_annotations(selection, file)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A format that is a folder: its name unless told, and what fills it and counts what it has written."""

    out: str
    write: Callable[[Selection, Path], Counts]


@dataclass(frozen=True, slots=True)
class _File:
    """A format that is one file, likewise."""

    out: str
    write: Callable[[Selection, BinaryIO], Counts]


_FORMATS: Mapping[str, _Folder | _File] = {
    "csv": _Folder("minutes-csv", _csv),
    "parquet": _Folder("minutes-parquet", _parquet),
    "ees": _Folder("minutes-ees", _ees),
    "popolo": _File("minutes-popolo.json", _popolo),
    "annotations": _File("minutes-annotations.jsonld", _annotations),
}


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(_FORMATS)))
@click.option("--council", help="Only this council: its id, or part of its name; or several ids with commas.")
@click.option("--committee", help="Only committees with this in their name.")
@click.option("--since", type=FirstDay(), metavar="WHEN", help="Only meetings from this year, month or date on.")
@click.option("--until", type=LastDay(), metavar="WHEN", help="Only meetings up to this year, month or date.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The folder or file to write; - is standard output.  [default: minutes-FORMAT]",
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
    ees          a folder: figures as data files of Explore Education Statistics
    popolo       a file: councils, committees, meetings and motions as Popolo JSON
    annotations  a file: every record as a W3C Web Annotation on the text of its item

    Only whole meetings are exported, as documents in force tell of them. The same database gives the same bytes.
    docs/exports.md tells what each format holds.
    """
    from minutesminer.export.selection import select
    from minutesminer.store import open_database

    chosen = _FORMATS[format_]
    target = out or Path(chosen.out)
    if isinstance(chosen, _Folder) and target == STDOUT:
        raise UsageError(f"{format_} is a folder of files; name one with --out")
    with open_database(db) as database:
        selection = select(database, council=council, committee=committee, since=since, until=until)
        if isinstance(chosen, _Folder):
            with whole_folder(target, over=force) as folder:
                counts = chosen.write(selection, folder)
        else:
            with whole_file(target) as file:
                counts = chosen.write(selection, file)
    for name, count in counts.items():
        click.echo(f"{count:>9,} {name.replace('_', ' ')}", err=True)
    if target != STDOUT:
        click.echo(f"Written: {target}", err=True)
