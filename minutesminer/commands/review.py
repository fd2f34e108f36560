"""`minutesminer review`: the records that a person should look at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from minutesminer.commands.options import Rows, database_option, listing

_FIELDS = (
    *("class", "id", "council", "committee", "date", "reason", "says", "sentence", "rule", "url", "page"),
    *("item_id", "document_id"),
)


def _by_reason(rows: Rows) -> list[str]:
    from minutesminer.mine.review import REASONS

    counts = Counter(str(row["reason"]) for row in rows)
    return [
        f"{count:>7,} {reason}" + (f". {REASONS[reason]}" if reason in REASONS else "")
        for reason, count in counts.most_common()
    ]


@click.command()
@click.option(
    "--class",
    "class_",
    type=click.Choice(["metric", "resolution", "action", "follow_up"]),
    help="Only one class of records.",
)
@click.option("--council", help="Only this council: its id, or part of its name.")
@click.option("--committee", help="Only committees with this in their name.")
@click.option("--reason", help="Only reasons with this in them.")
@database_option
@listing(_FIELDS, ("class", "council", "committee", "date", "reason", "says", "sentence"), _by_reason)
def review(class_: str | None, council: str | None, committee: str | None, reason: str | None, db: Path) -> Rows:
    """List the records that a person should look at, and why.

    The program is unsure of them: a figure without what it measures, a promise without a name. Below the
    table stands how many there are for each reason, and what to look for.
    """
    from minutesminer.store import open_database, queries

    with open_database(db) as database:
        return queries.to_review(database, class_=class_, council=council, committee=committee, reason=reason)
