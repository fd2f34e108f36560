"""What is exported: whole meetings, chosen by council, committee and date, as documents in force tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from minutesminer.csv_cells import writable
from minutesminer.errors import UsageError
from minutesminer.store import queries

Row = tuple[Any, ...]

_BATCH = 2_000  # rows fetched at a time


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of an open database, restricted to the meetings chosen.

    `everything` is True where nothing restricts them. The temporary tables `chosen_meetings`, `chosen_committees`,
    `chosen_councils`, `chosen_documents` and `chosen_measures` of the connection hold the ids. Text is read so that
    it can be written: see `cells.writable`.
    """

    db: Database
    everything: bool

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query with its values, a batch at a time."""
        cursor = self.db.conn.cursor()
        cursor.execute(sql, values)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch

    def chosen_meeting(self, column: str) -> str:
        """An SQL condition on what documents in force say: the `column` holds the id of a chosen meeting.

        It asks nothing where nothing restricts the export, so that no row is looked up in vain.
        """
        return "1" if self.everything else f"{column} IN (SELECT id FROM chosen_meetings)"


def select(
    db: Database,
    *,
    council: str | None = None,
    committee: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Selection:
    """Choose the meetings of an open database; `council` and `committee` as in `queries.outstanding`, ISO dates.

    Meetings of which only superseded documents tell are left out, and those without a date where dates are asked for.
    Raises UsageError where that leaves no meeting, and as `queries.outstanding`.
    """
    db.conn.text_factory = _text
    everything = council is None and committee is None and since is None and until is None
    values = {"since": since, "until": until}
    conditions = ["1"]
    conditions += ["date >= :since"] if since is not None else []
    conditions += ["date <= :until"] if until is not None else []
    for name in ("meetings", "committees", "councils", "documents", "measures"):
        db.execute(f"DROP TABLE IF EXISTS temp.chosen_{name}")
        db.execute(f"CREATE TEMP TABLE chosen_{name} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    if council is not None or committee is not None:
        ids = queries.committee_ids(db, council=council, committee=committee)
        db.conn.executemany("INSERT INTO chosen_committees VALUES (?)", [(id_,) for id_ in ids])
        conditions.append("committee_id IN (SELECT id FROM chosen_committees)")
    db.execute(
        f"""INSERT INTO chosen_meetings SELECT id FROM meetings WHERE {" AND ".join(conditions)} AND (
          EXISTS (SELECT 1 FROM items JOIN documents ON documents.id = items.document_id
            WHERE items.meeting_id = meetings.id AND superseded_by IS NULL)
          OR EXISTS (SELECT 1 FROM attendance JOIN documents ON documents.id = attendance.document_id
            WHERE attendance.meeting_id = meetings.id AND superseded_by IS NULL)
        )""",
        values,
    )
    if not everything and db.execute("SELECT count(*) FROM chosen_meetings").fetchone()[0] == 0:
        raise UsageError("no meeting fits; `minutesminer status` and `minutesminer outstanding` list what there is")
    _choose_what_meetings_need(db, everything)
    return Selection(db, everything)


def _choose_what_meetings_need(db: Database, everything: bool) -> None:
    """Fill the tables of committees, councils and documents: what the meetings refer to, or all there is."""
    needed = {
        "measures": "SELECT id FROM measures",
        "committees": "SELECT DISTINCT committee_id FROM meetings WHERE id IN (SELECT id FROM chosen_meetings)",
        "councils": "SELECT DISTINCT council_id FROM committees WHERE id IN (SELECT id FROM chosen_committees) "
        "AND council_id IS NOT NULL",
        "documents": "SELECT id FROM documents WHERE superseded_by IS NULL AND ("
        "id IN (SELECT document_id FROM items WHERE meeting_id IN (SELECT id FROM chosen_meetings)) OR "
        "id IN (SELECT document_id FROM attendance WHERE meeting_id IN (SELECT id FROM chosen_meetings)))",
    }
    for name, query in needed.items():
        db.execute(f"DELETE FROM chosen_{name}")
        if everything:
            current = " WHERE superseded_by IS NULL" if name == "documents" else ""
            query = f"SELECT id FROM {name}{current}"
        db.execute(f"INSERT INTO chosen_{name} {query}")


def _text(stored: bytes) -> str:
    return writable(str(stored, "utf-8", "replace"))
