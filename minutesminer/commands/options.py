"""Options and ways of printing that several commands share."""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from minutesminer import resources
from minutesminer.commands.output import STDOUT, write_file
from minutesminer.csv_cells import csv_cells, csv_writer
from minutesminer.fetch.dates import days_meant, iso_date

Function = TypeVar("Function", bound=Callable[..., Any])
Rows = list[dict[str, Any]]
Columns = Sequence[str] | Callable[[Rows], Sequence[str]]
"""Columns of rows; or what tells them, for a command whose options change what a row is."""

# Characters that steer a terminal: text from a document must not.
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_WIDE = 180


def database_option(function: Function) -> Function:
    """`--db PATH`, given to the command as `db`."""
    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        default=resources.default_database,
        show_default="db/minutes.db in a checkout, else minutes.db",
        help="The database.",
    )(function)


def patterns_option(function: Function) -> Function:
    """`--patterns DIR`, given to the command as `patterns`."""
    return click.option(
        "--patterns",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Another folder of rules than the packaged one.",
    )(function)


class Date(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A date as people type it, given to the command in ISO form."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the date."""
        return iso_date(value)


class FirstDay(Date):
    """The first day of a year, a month or a date as people type them, given to the command in ISO form."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the date."""
        return days_meant(value)[0]


class LastDay(Date):
    """The last day likewise."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the date."""
        return days_meant(value)[1]


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of file that rows can be written to: `--NAME FILE`. `made` gives its bytes and what to say of them."""

    name: str
    help: str
    made: Callable[[Rows], tuple[bytes, str]]


def listing(
    fields: Columns,
    shown: Columns,
    footer: Callable[[Rows], list[str]] | None = None,
    exports: Sequence[Export] = (),
) -> Callable[[Function], Callable[..., None]]:
    """Print the rows a command returns: `--json`, `--csv` with all `fields`, or a table of those `shown`.

    `footer` gives lines to say of the rows below the table, on standard error. With `exports` they can be written to
    files of other kinds. A command that returns None has said all there is to say.
    """

    def decorate(function: Function) -> Callable[..., None]:
        @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
        @click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
        @functools.wraps(function)
        def command(*args: Any, as_json: bool, as_csv: bool, **options: Any) -> None:
            files = {export: options.pop(export.name) for export in exports}
            asked = [export for export in exports if files[export] is not None]
            if as_json + as_csv + len(asked) > 1:
                *names, last = ("--json", "--csv", *(f"--{export.name}" for export in exports))
                raise click.UsageError(f"{', '.join(names)} and {last} exclude each other")
            rows: Rows | None = function(*args, **options)
            if rows is None:
                return
            if asked:
                content, said = asked[0].made(rows)
                write_file(files[asked[0]], content)
                click.echo(f"{said} in {files[asked[0]]}" if files[asked[0]] != STDOUT else said, err=True)
            elif as_json:
                click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            elif as_csv:
                click.echo(as_csv_text(rows, _columns(fields, rows)), nl=False)
            else:
                print_table(rows, _columns(shown, rows))
                for line in footer(rows) if footer is not None else []:
                    click.echo(line, err=True)

        for export in reversed(exports):
            file = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
            click.option(f"--{export.name}", type=file, metavar="FILE", help=export.help)(command)
        return command

    return decorate


def _columns(columns: Columns, rows: Rows) -> Sequence[str]:
    return columns(rows) if callable(columns) else columns


def as_csv_text(rows: Rows, fields: Sequence[str]) -> str:
    """The rows as CSV with a line of headings; None is an empty cell, and no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv_writer(out, fields)
    writer.writerows(csv_cells(row.get(field) for field in fields) for row in rows)
    return out.getvalue()


def print_table(rows: Rows, shown: Sequence[str]) -> None:
    """Print a table as wide as the terminal, or wide enough for a file, and the number of its rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    if rows:
        table = Table(header_style="bold")
        for name in shown:
            table.add_column(Text(name.replace("_", " ")), overflow="fold")
        for row in rows:
            table.add_row(*(Text(printable(row[name])) for name in shown))
        console.print(table)
    click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)


def printable(value: object) -> str:
    """A value in one line without what would steer the terminal; None is empty."""
    return "" if value is None else CONTROLS.sub("", " ".join(str(value).split()))
