"""The officers' words over the minutes: a connection on the database of minutes sees them in its view `outstanding`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from minutesminer.store.outstanding import state_sql
from minutesminer.store.tracker import HAND
from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

CLOSED = ("done", "dropped")
"""The values of `status` that take a record off the lists."""

_WRITES = frozenset(
    getattr(sqlite3, f"SQLITE_{name}")
    for name in (
        *("INSERT", "UPDATE", "DELETE", "CREATE_INDEX", "CREATE_TABLE", "CREATE_TRIGGER", "CREATE_VIEW"),
        *("CREATE_VTABLE", "DROP_INDEX", "DROP_TABLE", "DROP_TRIGGER", "DROP_VIEW", "DROP_VTABLE"),
        *("ALTER_TABLE", "ANALYZE", "REINDEX"),
    )
)


def _said(column: str, otherwise: str) -> str:
    """What was said in a column of `current`, where empty text takes away; else what the minutes say."""
    return f"CASE WHEN said.{column} IS NULL THEN {otherwise} ELSE nullif(said.{column}, '') END"


# An officer who says that a record is open has seen the later item: it is no answer.
_STATUS = f"""CASE
    WHEN said.status IN {CLOSED} THEN said.status
    WHEN said.status IS NULL AND said.due_date IS NULL THEN found.status
    ELSE {
    state_sql(
        "(" + _said("due_date", "found.due_date") + ")", "iif(said.status = 'open', NULL, found.evidence_item_id)"
    )
}
  END"""

# By column of `outstanding`: how it is for a record that something was said of.
_OVER = {
    "status": _STATUS,
    "due_date": _said("due_date", "found.due_date"),
    "who": _said("owner", "found.who"),
    "who_is": "iif(said.owner IS NULL, found.who_is, NULL)",
    "note": "nullif(said.note, '')",
    "tracked_by": "said.who",
    "tracked_at": "said.at",
}

_SINCE = "CAST(julianday(date('now')) - julianday(said.date) AS INTEGER)"
_PLAIN = ("class", "council", "committee", "date", "title", "what", "council_id", "committee_id")
# By column of `outstanding`: how it is for a record that was added by hand; the other columns are empty.
_BY_HAND = {
    **{column: f"said.{column}" for column in _PLAIN},
    "id": "said.record_id",
    "year": "CAST(substr(said.date, 1, 4) AS INTEGER)",
    "who": "nullif(said.owner, '')",
    "due_date": "nullif(said.due_date, '')",
    "age_days": _SINCE,
    "status": f"""CASE
    WHEN said.status IN {CLOSED} THEN said.status
    ELSE {state_sql("nullif(said.due_date, '')", "NULL")}
  END""",
    "sentence": "said.what",
    "note": "nullif(said.note, '')",
    "tracked_by": "said.who",
    "tracked_at": "said.at",
}


# A row stands for all records that ask for the same thing: what was said last of any of them is said of it. That one of
# the others was found wrongly says nothing of the row. The cast lets SQLite make an index to join by.
_SAID_OF_ROWS = """
  SELECT CAST(coalesce(threads.first_id, current.record_id) AS TEXT) AS row_id, max(last_entry) AS last, current.*
  FROM tracker.current LEFT JOIN main.threads ON threads.record_id = current.record_id
  WHERE NOT current.wrong OR coalesce(threads.first_id, current.record_id) = current.record_id
  GROUP BY row_id"""


def attach_tracker(connection: sqlite3.Connection, path: Path | None = None) -> bool:
    """Have a connection on a database of minutes say in `outstanding` what officers said; True where it now does.

    The tracker at `path`, or else in the database's folder, is attached as `tracker`, and a temporary view takes the
    place of the view `outstanding`: with the same columns, records marked wrong left out, and those that were added
    by hand. `main.outstanding` stays as it is. Nothing on the connection can write to the tracker, or read who was
    refused. Without a tracker nothing happens. Raises TrackerError for a file that is not a tracker.
    """
    files = {name: file for _, name, file in connection.execute("PRAGMA database_list")}
    if "tracker" in files:
        return True
    if path is None and not files["main"]:
        return False
    path = path or tracker_path(files["main"])
    if not exists(path):
        return False
    with open_tracker(path):
        pass  # ours, of this version, and put right after a save that was killed
    connection.execute("ATTACH DATABASE ? AS tracker", [str(path.absolute())])
    columns = [row[1] for row in connection.execute("PRAGMA main.table_info(outstanding)")]
    over = ",\n  ".join(f"{_OVER.get(column, f'found.{column}')} AS {column}" for column in columns)
    by_hand = ",\n  ".join(f"{_BY_HAND.get(column, 'NULL')} AS {column}" for column in columns)
    connection.execute(
        f"""CREATE TEMP VIEW outstanding AS
WITH spoken AS MATERIALIZED ({_SAID_OF_ROWS})
SELECT
  {over}
FROM main.outstanding AS found LEFT JOIN spoken AS said ON said.row_id = found.id
WHERE said.wrong IS NOT 1
UNION ALL
SELECT
  {by_hand}
FROM spoken AS said WHERE said.record_id GLOB '{HAND}*' AND NOT said.wrong"""
    )
    connection.set_authorizer(_may)
    return True


def _may(action: int, first: str | None, second: str | None, schema: str | None, trigger: str | None) -> int:
    """Whether a statement may do this: an authorizer of SQLite, https://www.sqlite.org/c3ref/set_authorizer.html."""
    schema = first if action == sqlite3.SQLITE_ALTER_TABLE else schema
    if schema == "tracker" and (
        action in _WRITES
        or (action == sqlite3.SQLITE_READ and first == "refusals")
        or (action == sqlite3.SQLITE_PRAGMA and second is not None and first not in _ASKING)
    ):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


_ASKING = frozenset({"table_info", "table_xinfo", "index_info", "index_list", "index_xinfo", "foreign_key_list"})
"""Pragmas that take an argument and only answer."""
