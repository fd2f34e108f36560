"""The commands that list rows: `search`, `status`, `councils`."""

from __future__ import annotations

from pathlib import Path

import click

from minutesminer.commands.options import Rows, database_option, listing

_SEARCH = (
    *("class", "id", "council", "committee", "date", "title", "snippet", "url", "page", "item_id", "document_id"),
)
_COUNCILS = (
    *("id", "name", "common_name", "gss_code", "nation", "type", "platform", "website", "root", "quirks"),
    "last_worked",
)
_COUNTS = ("listed", "with_minutes", "parsed", "with_records", "not_published", "cancelled", "failed", "scheduled")
_STATUS = ("council_id", "council", "committee", *_COUNTS, "first_date", "last_date", "last_asked", "failures")


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--class",
    "class_",
    type=click.Choice(["item", "metric", "resolution", "action", "follow_up"]),
    help="Only items, or only one class of records.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most this many.")
@database_option
@listing(_SEARCH, ("class", "council", "committee", "date", "title", "snippet", "url"))
def search(query: tuple[str, ...], class_: str | None, limit: int, db: Path) -> Rows:
    """Search agenda items and the quotes and sentences of records for QUERY.

    All words must be there, in any of their forms. QUERY may use "exact phrases", OR, NOT and
    begin* as in SQLite's full-text search.
    """
    from minutesminer.store import open_database, queries
    from minutesminer.store.search import CLASSES
    from minutesminer.store.search import search as search_database

    with open_database(db) as database:
        if queries.last_run_was_cut_short(database):
            click.echo("The last run has not ended: results may be wrong until `minutesminer run` ends.", err=True)
        return search_database(database, " ".join(query), (class_,) if class_ else tuple(CLASSES), limit)


@click.command()
@click.option("--council", help="Only this council: its id, or part of its name.")
@click.option("--committee", help="Only committees with this in their name.")
@database_option
@listing(_STATUS, ("council", "committee", *_COUNTS, "failures"))
def status(council: str | None, committee: str | None, db: Path) -> Rows:
    """List how complete the fetched minutes are: meetings listed, with minutes, parsed, with at least one record.

    A meeting is listed by the council's site; one without minutes is not published yet, was cancelled, or failed,
    and `failures` says why. What is still to come is scheduled.
    """
    from minutesminer.store import open_database, queries

    with open_database(db) as database:
        return queries.status(database, council=council, committee=committee)


@click.command()
@click.argument("words", nargs=-1)
@listing(_COUNCILS, ("id", "name", "gss_code", "nation", "platform", "root", "quirks", "last_worked"))
def councils(words: tuple[str, ...]) -> Rows:
    """List the councils of the register, or those that have all WORDS in their row."""
    from minutesminer.parse.councils import register

    rows: Rows = [{field: getattr(entry, field) or None for field in _COUNCILS} for entry in register()]
    for row in rows:
        row["quirks"] = "; ".join(row["quirks"] or ()) or None
    wanted = [word.casefold() for word in words]
    return [row for row in rows if all(word in " ".join(str(v) for v in row.values()).casefold() for word in wanted)]
