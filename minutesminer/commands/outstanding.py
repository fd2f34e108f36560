"""`minutesminer outstanding`: what was promised or asked for and is not known to be done, as officers list it."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from minutesminer.commands.options import Date, Export, FirstDay, LastDay, Rows, database_option, listing

_FIELDS = (
    *("id", "class", "council", "committee", "date", "who", "what", "due", "due_date", "age_days", "status"),
    *("evidence", "sentence", "url", "page", "item_id", "document_id", "meeting_id"),
    *("note", "tracked_by", "tracked_at"),
    *("who_is", "due_source", "meetings_passed", "times_asked", "last_asked", "title", "council_id", "committee_id"),
    *("evidence_item_id", "evidence_reason"),
)
_SHOWN = (
    *("council", "committee", "date", "age_days", "meetings_passed", "times_asked", "status"),
    *("who", "what", "due", "due_date", "evidence"),
)
_STATES = ("open", "due", "overdue", "answered?", "done", "dropped")


def _calendar(rows: Rows) -> tuple[bytes, str]:
    from minutesminer.explore.due_calendar import due_calendar

    return due_calendar(rows, datetime.now(timezone.utc))


def _sheet(rows: Rows) -> tuple[bytes, str]:
    from minutesminer.explore.due_sheet import due_sheet

    return due_sheet(rows)


_EXPORTS = (
    Export("ics", "Write the due dates to a calendar file; - is standard output.", _calendar),
    Export("xlsx", "Write a spreadsheet; - is standard output.", _sheet),
)


@click.command()
@click.option("--council", help="Only this council: its id, or part of its name; or several ids with commas.")
@click.option("--committee", help="Only committees with this in their name.")
@click.option("--class", "class_", type=click.Choice(["action", "follow_up"]), help="Only actions or follow-ups.")
@click.option(
    "--state", type=click.Choice(_STATES), multiple=True, help="Only this status; may be given several times."
)
@click.option("--owner", metavar="WORDS", help="Only with these words in who asked or promised.")
@click.option("--words", help="Only with all of these words in what, the sentence or the title of the item.")
@click.option("--since", type=FirstDay(), metavar="WHEN", help="Only meetings from this year, month or date on.")
@click.option("--until", type=LastDay(), metavar="WHEN", help="Only meetings up to this year, month or date.")
@click.option("--due-before", type=Date(), help="Only what is due before this date.")
@click.option("--all", "closed", is_flag=True, help="Those that are done or dropped too.")
@database_option
@listing(_FIELDS, _SHOWN, exports=_EXPORTS)
def outstanding(state: tuple[str, ...], db: Path, **asked: Any) -> Rows:
    """List actions undertaken and follow-ups requested, oldest first.

    The status is `answered?` where a later item may answer it (a hint, to be read), `overdue` where its date has
    passed, `due` in the two weeks before it, and else `open`; or what an officer has said (`minutesminer track`). Those
    that are done or dropped are listed only with --all, or --state done.
    """
    from minutesminer.store import open_database, queries

    with open_database(db) as database:
        return queries.outstanding(database, state=state, **asked)
