"""`minutesminer track`: what officers say of actions and follow-ups, kept when the database is made anew."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer.commands.options import Rows, database_option, listing, printable
from minutesminer.errors import UsageError
from minutesminer.fetch.dates import iso_date

if TYPE_CHECKING:
    from minutesminer.store.tracker import Change, Record

_ENTRIES = (
    *("id", "at", "who", "record_id", "kind", "status", "note", "due_date", "owner", "carried_to", "class"),
    *("council_id", "council", "committee_id", "committee", "date", "title", "what", "quote", "sentence", "rule"),
)
_SHOWN = ("id", "at", "who", "record_id", "kind", "status", "note", "due_date", "owner", "what")
_NONE = "none"  # what takes a date or an owner away


@click.command()
@click.argument("record_id", metavar="[ID]", required=False)
@click.option("--status", type=click.Choice(["open", "done", "dropped"]), help="Set the status.")
@click.option("--note", help="Add a note, which takes the place of the one before.")
@click.option("--due", help="Set the date it is due (day first, or ISO), or none.")
@click.option("--owner", help="Set who sees to it, or none.")
@click.option("--wrong", "verdict", flag_value="wrong", help="There is no such action or follow-up in the minutes.")
@click.option("--right", "verdict", flag_value="right", help="It is one, as found.")
@click.option("--who", help="Your name.  [default: the login name]")
@click.option("--add", is_flag=True, help="Add one that was not found, with --what and what you know of it.")
@click.option("--council", help="--add: the council, by its id or name.")
@click.option("--committee", help="--add: the committee, by its id or name.")
@click.option("--date", help="--add: the date of the meeting (day first, or ISO).")
@click.option("--what", help="--add: what is to be done.")
@click.option("--class", "class_", type=click.Choice(["action", "follow_up"]), help="--add: which.  [default: action]")
@click.option("--history", is_flag=True, help="List what was said of ID, under all the ids it has had.")
@click.option("--list", "list_", is_flag=True, help="List everything that was said.")
@click.option("--orphans", is_flag=True, help="Carry over what was said, and list what finds no record.")
@click.option(
    "--export-gold", type=click.Path(file_okay=False, path_type=Path), help="Write corrections to this folder."
)
@database_option
@listing(_ENTRIES, _SHOWN)
def track(record_id: str | None, db: Path, **options: Any) -> Rows | None:
    """Say what became of the action or follow-up ID: its status, a note, a date, who sees to it.

    IDs are in `minutesminer outstanding --json` and on the pages of `minutesminer serve`. Everything is kept in
    tracker.db beside the database, which may be made anew as often as you like. Nothing said before is lost: it is
    the history.

    --export-gold writes gold files of the documents that were corrected (--wrong, --right, --add), for
    `minutesminer evaluate`.
    """
    modes = [name for name in ("add", "history", "list_", "orphans", "export_gold") if options[name]]
    if len(modes) > 1:
        raise click.UsageError("--add, --history, --list, --orphans and --export-gold exclude each other")
    mode = modes[0] if modes else "save"
    _check_options(mode, record_id, options)
    if mode in ("list_", "history"):
        return _entries(db, record_id)
    if mode == "orphans":
        return _orphans(db)
    if mode == "export_gold":
        _export(db, options["export_gold"])
    elif mode == "add":
        _add(db, options)
    else:
        _save(db, record_id or "", options)
    return None


def _check_options(mode: str, record_id: str | None, options: dict[str, Any]) -> None:
    """Raise click.UsageError for an option that says nothing in this mode."""
    spare = {"council", "committee", "date", "what", "class_"} if mode != "add" else {"verdict"}
    if mode not in ("add", "save"):
        spare |= {"status", "note", "due", "owner", "verdict", "who"}
    given = sorted(name.rstrip("_") for name in spare if options[name] is not None)
    if given:
        raise click.UsageError(f"--{given[0].replace('verdict', 'wrong')} says nothing here; see --help")
    if mode in ("save", "history") and not record_id:
        raise click.UsageError("Missing argument 'ID': an id from `minutesminer outstanding --json`")
    if mode in ("add", "orphans", "export_gold") and record_id:
        raise click.UsageError("no ID goes with --add, --orphans and --export-gold")


def _said(options: dict[str, Any]) -> Change:
    from minutesminer.store.tracker import Change

    due, owner = options["due"], options["owner"]
    due_date = None if due is None else "" if due.strip().lower() in ("", _NONE) else iso_date(due)
    owner = None if owner is None else "" if owner.strip().lower() == _NONE else owner
    return Change(options["status"], options["note"], due_date, owner, options["verdict"])


def _who(options: dict[str, Any]) -> str:
    if options["who"]:
        return str(options["who"])
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("this system does not say who you are; give --who") from error


def _record(db: Path, record_id: str) -> Record:
    """The record in the minutes, or as the tracker has it. Raises UsageError where neither knows it."""
    from minutesminer.store import open_database
    from minutesminer.store.tracker import find_record, known_record
    from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

    with open_database(db) as database:
        record = find_record(database.conn, record_id)
    path = tracker_path(db)
    if record is None and exists(path):
        with open_tracker(path) as tracker:
            record = known_record(tracker, record_id)
    if record is None:
        raise UsageError(
            f"there is no action or follow-up {record_id!r} in {db}; ids are in `minutesminer outstanding --json`"
        )
    return record


def _save(db: Path, record_id: str, options: dict[str, Any]) -> None:
    from minutesminer.store.tracker import checked, save
    from minutesminer.store.tracker_file import tracker_path

    change = checked(_said(options))
    record = _record(db, record_id)
    number = save(tracker_path(db), record, change, _who(options))
    if number is None:
        click.echo(f"{record.id}: nothing changed; all of this was said before")
        return
    click.echo(f"{record.id}: {_in_words(change)} (entry {number})")
    click.echo(f"  {printable(record.what or record.quote)}")


def _in_words(change: Change) -> str:
    said = [
        change.status and f"status {change.status}",
        None if change.due_date is None else f"due {change.due_date}" if change.due_date else "no due date",
        None if change.owner is None else f"owner {change.owner}" if change.owner else "no owner",
        None if change.note is None else f"note “{change.note}”" if change.note else "no note",
        change.verdict and f"marked {change.verdict}",
    ]
    return printable(", ".join(words for words in said if words))


def _add(db: Path, options: dict[str, Any]) -> None:
    from minutesminer.store import open_database
    from minutesminer.store.named import find_named
    from minutesminer.store.tracker import Record, add
    from minutesminer.store.tracker_file import tracker_path

    date = None if options["date"] is None else iso_date(options["date"])
    missing = [name for name in ("council", "committee", "date", "what") if not options[name]]
    if missing:
        raise click.UsageError(f"--add needs --{missing[0]}")
    with open_database(db) as database:
        named = find_named(database.conn, options["council"], options["committee"])
    record = Record(
        "",
        options["class_"] or "action",
        council_id=named.council_id,
        council=named.council,
        committee_id=named.committee_id,
        committee=named.committee,
        date=date,
        what=options["what"],
    )
    record_id = add(tracker_path(db), record, _said(options), _who(options))
    click.echo(f"{record_id}: added for {printable(named.committee)}, {printable(named.council)}, {date}")


def _entries(db: Path, record_id: str | None) -> Rows:
    from minutesminer.store.tracker import entries
    from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

    path = tracker_path(db)
    if not exists(path):
        return []
    with open_tracker(path) as tracker:
        return entries(tracker, record_id)


def _orphans(db: Path) -> Rows:
    from minutesminer.store.reconcile import reconcile
    from minutesminer.store.tracker import entries
    from minutesminer.store.tracker_file import open_tracker, tracker_path

    done = reconcile(db)
    for carried in done.carried:
        click.echo(f"carried over: {carried.before} is {carried.now} now (likeness {carried.score:.2f})", err=True)
    if not done.orphaned:
        return []
    with open_tracker(tracker_path(db)) as tracker:
        return [entry for record in done.orphaned for entry in entries(tracker, record.id)]


def _export(db: Path, folder: Path) -> None:
    from minutesminer.evaluate.corrections import LIST, export_gold
    from minutesminer.store.tracker_file import tracker_path

    done = export_gold(db, tracker_path(db), folder)
    click.echo(f"{len(done.corrections)} corrections in {len(done.files)} gold files; {folder / LIST} lists them")
    for correction in done.left_out:
        click.echo(
            f"left out: {correction.record_id} ({correction.correction}): {printable(correction.quote)}", err=True
        )
    if done.files:
        click.echo(f"Next: minutesminer evaluate {folder} --db {db}")
