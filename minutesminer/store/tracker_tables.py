"""The tables of `tracker.db`: what officers say of actions and follow-ups, and the writes that were refused.

Entries are only ever added. What holds now of a record is the view `current`.
"""

from __future__ import annotations

from minutesminer.store.described import Column, Table, View

APPLICATION_ID = 0x6D696E74
"""Bytes 68 to 71 of a tracker's file: `mint`."""

STATUSES = ("open", "done", "dropped")
"""What an officer may set the status of a record to."""

KINDS = ("status", "note", "due", "owner", "wrong", "right", "added", "carried")
"""What an entry is mainly about."""

CLASSES = ("action", "follow_up")

SNAPSHOT = (
    *("class", "council_id", "council", "committee_id", "committee", "date", "title"),
    *("what", "quote", "sentence", "rule"),
)
"""Columns of an entry that say which record it is about, in words that outlive the record's id."""


def _text(description: str, *, required: bool = False) -> Column:
    return Column("TEXT", description, required=required)


ENTRIES = Table(
    "What officers said of actions and follow-ups, one row each time; no row is ever changed or deleted.",
    {
        "id": Column("INTEGER", "Number of the entry, in the order of saving.", required=True),
        "at": _text("When it was saved (ISO, UTC).", required=True),
        "who": _text("Who said it; `minutesminer` where a record was carried over.", required=True),
        "record_id": _text("The action or follow-up; `hand-1`, `hand-2` ... for those added by hand.", required=True),
        "kind": _text(
            "`status`, `note`, `due`, `owner`, `wrong` (no such action or follow-up), `right` (confirmed), `added` "
            "(by hand) or `carried` (the record has a new id). Where one save said several things, the first of them.",
            required=True,
        ),
        "status": _text("`open`, `done` or `dropped`; empty where nothing was said of it."),
        "note": _text("A note; empty text takes the note before it away."),
        "due_date": _text("When it is due (ISO); empty text says that there is no date."),
        "owner": _text("Who sees to it; empty text says that nobody does."),
        "carried_to": _text("The id that the record has now, of an entry `carried`."),
        "class": _text("`action` or `follow_up`.", required=True),
        "council_id": _text("Id of the council in the minutes' database, where it has one."),
        "council": _text("Name of the council."),
        "committee_id": _text("Id of the committee in the minutes' database, where it has one."),
        "committee": _text("Name of the committee."),
        "date": _text("Date of the meeting (ISO)."),
        "title": _text("Title of the agenda item."),
        "what": _text("Task or request."),
        "quote": _text("The words that carry the record."),
        "sentence": _text("The sentence around the quote."),
        "rule": _text("The rule that found the record."),
    },
)

REFUSALS = Table(
    "Writes through the site that were refused. Officers' passwords are never in it.",
    {
        "id": Column("INTEGER", "Number of the refusal.", required=True),
        "at": _text("When (ISO, UTC).", required=True),
        "path": _text("The page that was written to.", required=True),
        "reason": _text("Why it was refused.", required=True),
        "name": _text("The account that was tried, where there is one of that name."),
    },
)

_CURRENT_SQL = f"""
WITH place AS (
  SELECT record_id AS origin, carried_to AS record_id, max(id) AS id FROM entries WHERE kind = 'carried'
  GROUP BY record_id
),
said AS (
  SELECT entries.id, coalesce(place.record_id, entries.record_id) AS record_id,
    kind, status, note, due_date, owner
  FROM entries LEFT JOIN place ON place.origin = entries.record_id WHERE kind <> 'carried'
),
last AS (
  SELECT record_id, max(id) AS id, count(*) AS entries,
    max(CASE WHEN status IS NOT NULL THEN id END) AS status_id,
    max(CASE WHEN note IS NOT NULL THEN id END) AS note_id,
    max(CASE WHEN due_date IS NOT NULL THEN id END) AS due_id,
    max(CASE WHEN owner IS NOT NULL THEN id END) AS owner_id,
    max(CASE WHEN kind IN ('wrong', 'right') THEN id END) AS verdict_id
  FROM said GROUP BY record_id
)
SELECT last.record_id, status.status, note.note, due.due_date, owner.owner,
  coalesce(verdict.kind = 'wrong', 0) AS wrong, coalesce(verdict.kind = 'right', 0) AS confirmed,
  latest.who, latest.at, last.id AS last_entry, last.entries, {", ".join(f"latest.{column}" for column in SNAPSHOT)}
FROM last JOIN entries AS latest ON latest.id = last.id
LEFT JOIN entries AS status ON status.id = last.status_id
LEFT JOIN entries AS note ON note.id = last.note_id
LEFT JOIN entries AS due ON due.id = last.due_id
LEFT JOIN entries AS owner ON owner.id = last.owner_id
LEFT JOIN entries AS verdict ON verdict.id = last.verdict_id"""

CURRENT = View(
    "What holds now of each record that something was said of: for each column what was said last.",
    _CURRENT_SQL.strip(),
    {
        "record_id": "The record, by the id that it has now.",
        "status": "`open`, `done` or `dropped`; empty where nobody said.",
        "note": "The last note.",
        "due_date": "When it is due (ISO); empty text where somebody said that there is no date.",
        "owner": "Who sees to it; empty text where somebody said that nobody does.",
        "wrong": "1 where it was last marked wrong, else 0.",
        "confirmed": "1 where it was last marked right, else 0.",
        "who": "Who spoke last.",
        "at": "When (ISO, UTC).",
        "last_entry": "The number of the last entry.",
        "entries": "How many entries there are.",
        **{column: ENTRIES.columns[column].description for column in SNAPSHOT},
    },
)

TRACKER_TABLES: dict[str, Table] = {"entries": ENTRIES, "refusals": REFUSALS}
TRACKER_VIEWS: dict[str, View] = {"current": CURRENT}

_CHECKS = {
    "kind": f"kind IN ({', '.join(map(repr, KINDS))})",
    "status": f"status IN ({', '.join(map(repr, STATUSES))})",
    "class": f"class IN ({', '.join(map(repr, CLASSES))})",
    "carried_to": "(carried_to IS NULL) = (kind <> 'carried')",
}


def _create_table(name: str, table: Table) -> str:
    lines = []
    for column, spec in table.columns.items():
        key = " PRIMARY KEY" if column == "id" else ""
        required = " NOT NULL" if spec.required and not key else ""
        check = f" CHECK ({_CHECKS[column]})" if column in _CHECKS else ""
        lines.append(f'  "{column}" {spec.type}{key}{required}{check}')
    return f"CREATE TABLE {name} (\n" + ",\n".join(lines) + "\n) STRICT"


def _refuse(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
    )


FIRST_VERSION: tuple[str, ...] = (
    *(_create_table(name, table) for name, table in TRACKER_TABLES.items()),
    *(_refuse(table, verb) for table in TRACKER_TABLES for verb in ("UPDATE", "DELETE")),
    "CREATE INDEX entries_record_id ON entries (record_id)",
    f"CREATE VIEW current AS {CURRENT.sql}",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (FIRST_VERSION,)
"""Statements from one version of the schema to the next; `PRAGMA user_version` counts those taken."""
