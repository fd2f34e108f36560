"""Saving a document with its records: one transaction, the same rows for the same input.

A document is known by its bytes, a file by its source. Saving a document again replaces its
records. A source whose bytes have changed gives a second document, which supersedes the first:
the first keeps its rows, and views and searches leave them out. What cannot be read never takes
away what was read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from minutesminer.models import Document, Issue, ItemRecords
from minutesminer.store import ids
from minutesminer.store.places import Place, places_of
from minutesminer.store.rows import RecordRows, Row, add_records, delete_vanished, upsert
from minutesminer.store.tables import RECORD_TABLES

STDIN = "-"
"""The source of what came by standard input: never the same file twice."""


@dataclass(slots=True)
class Saved:
    """What saving a document did: rows by table, and an issue for each record left out."""

    counts: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def save(db: Database, document: Document, records: Sequence[ItemRecords], rules_sha256: str) -> Saved:
    """Store a document and what was mined from it, in one transaction.

    `records` is parallel to `document.items`. A record whose quote is not at its offsets is left
    out and becomes a row of `issues`. A document of another outcome than `ok` has no records: it
    gets its row and its issues, and leaves alone what was stored of its source before. Raises ValueError
    for items that cannot be told apart or have no meeting, and what sqlite3 raises; nothing is stored then.
    """
    if len(records) != len(document.items):
        raise ValueError(f"{len(records)} lists of records for {len(document.items)} items")
    if len({item.position for item in document.items}) < len(document.items):
        raise ValueError("two items have the same position")
    if any(not 0 <= item.meeting < max(len(document.meetings), 1) for item in document.items):
        raise ValueError("an item stands in a meeting that the document does not have")
    with db.atomic():
        if document.outcome != "ok":
            return _save_unread(db, document)
        return _save_read(db, document, records, rules_sha256)


def save_source_issues(db: Database, source: str, issues: Sequence[Issue]) -> None:
    """Replace the issues of a source of which no document could be made (a manifest, a lost file)."""
    with db.atomic():
        rows = _issue_rows(source, None, source, issues)
        keep = {row["id"] for row in rows}
        query = "SELECT id FROM issues WHERE source = ? AND document_id IS NULL"
        stored = db.execute(query, [source]).fetchall()
        db.conn.executemany("DELETE FROM issues WHERE id = ?", [row for row in stored if row[0] not in keep])
        upsert(db, "issues", rows)


def _committees_of(db: Database, council: str) -> list[str]:
    query = "SELECT name FROM committees WHERE council_id = ? AND name IS NOT NULL ORDER BY id"
    return [name for (name,) in db.execute(query, [council])]


def _save_read(db: Database, document: Document, records: Sequence[ItemRecords], rules_sha256: str) -> Saved:
    places = places_of(document, lambda council: _committees_of(db, council))
    before = _meetings_of(db, document.id)
    upsert(db, "councils", [place.council for place in places if place.council is not None])
    _save_document_row(db, document, _one_council(places), None, rules_sha256)
    if document.source != STDIN:
        db.execute(
            "UPDATE documents SET superseded_by = :id WHERE source = :source AND id <> :id AND superseded_by IS NULL",
            {"id": document.id, "source": document.source},
        )
    for place in places:
        _save_committee_and_meeting(db, place, document.id)
    item_rows, mined = _rows(document, records, places)
    upsert(db, "items", item_rows)
    link_rows = _link_rows(document)
    upsert(db, "links", link_rows)
    _save_pages(db, document)
    # Resolutions come before what refers to them, and leave after it.
    for table in ("resolutions", "metrics", "actions", "follow_ups"):
        upsert(db, table, mined.rows[table])
    for table in ("metrics", "actions", "follow_ups", "resolutions"):
        delete_vanished(db, table, document.id, mined.rows[table])
    delete_vanished(db, "links", document.id, link_rows)
    delete_vanished(db, "items", document.id, item_rows)
    _save_attendance(db, document, places)
    _save_issues(db, document, [*document.issues, *mined.issues])
    _prune(db, before - {str(place.meeting["id"]) for place in places})
    counts = {"items": len(item_rows), **{table: len(mined.rows[table]) for table in RECORD_TABLES}}
    return Saved(counts, mined.issues)


def _save_unread(db: Database, document: Document) -> Saved:
    stored = db.execute("SELECT outcome FROM documents WHERE id = ?", [document.id]).fetchone()
    if stored is None or stored[0] != "ok":
        error = document.issues[0].message if document.issues else None
        _save_document_row(db, document, None, error, None)
        if document.source != STDIN:
            db.execute(
                "UPDATE documents SET superseded_by = :id "
                "WHERE source = :source AND id <> :id AND outcome <> 'ok' AND superseded_by IS NULL",
                {"id": document.id, "source": document.source},
            )
    _save_issues(db, document, document.issues)
    return Saved()


def _save_document_row(
    db: Database, document: Document, council_id: object, error: str | None, rules_sha256: str | None
) -> None:
    row: Row = {
        "id": document.id,
        "source": document.source,
        "media_type": document.media_type,
        "fetched_at": document.fetched_at,
        "size": document.size,
        "council_id": council_id,
        "outcome": document.outcome,
        "error": error,
        "rules_sha256": rules_sha256,
        "superseded_by": None,
    }
    upsert(db, "documents", [row])


def _rows(document: Document, records: Sequence[ItemRecords], places: Sequence[Place]) -> tuple[list[Row], RecordRows]:
    item_rows: list[Row] = []
    mined = RecordRows()
    for item, found in zip(document.items, records, strict=True):
        meeting_id = places[item.meeting].meeting["id"]
        item_id = f"{document.id}.{item.position}"
        item_rows.append(
            {
                "id": item_id,
                "document_id": document.id,
                "meeting_id": meeting_id,
                "position": item.position,
                "number": item.number,
                "title": item.title,
                "url": item.url,
                "text": item.text,
                "procedural": item.procedural,
                "page": item.page,
            }
        )
        keys: Row = {"item_id": item_id, "document_id": document.id, "meeting_id": meeting_id}
        add_records(mined, item, found, keys)
    return item_rows, mined


def _link_rows(document: Document) -> list[Row]:
    return [
        {
            "id": f"{document.id}.{item.position}.l{position}",
            "item_id": f"{document.id}.{item.position}",
            "document_id": document.id,
            "title": link.title,
            "url": link.url,
        }
        for item in document.items
        for position, link in enumerate(item.links)
    ]


def _save_pages(db: Database, document: Document) -> None:
    rows: dict[tuple[str, int], Row] = {}
    for item in document.items:
        item_id = f"{document.id}.{item.position}"
        for each in item.pages:
            rows[item_id, each.start] = {"item_id": item_id, "start_char": each.start, "page": each.page}
    query = "SELECT item_id, start_char FROM item_pages WHERE item_id IN (SELECT id FROM items WHERE document_id = ?)"
    gone = [key for key in db.execute(query, [document.id]).fetchall() if key not in rows]
    db.conn.executemany("DELETE FROM item_pages WHERE item_id = ? AND start_char = ?", gone)
    upsert(db, "item_pages", rows.values())


def _save_committee_and_meeting(db: Database, place: Place, document_id: str) -> None:
    # The first document to name a committee decides how its name is printed.
    db.execute(
        "INSERT INTO committees (id, council_id, name, kind) VALUES (:id, :council_id, :name, :kind) "
        "ON CONFLICT (id) DO NOTHING",
        place.committee,
    )
    shared = db.execute(
        "SELECT 1 FROM items JOIN documents ON documents.id = items.document_id "
        "WHERE items.meeting_id = ? AND documents.id <> ? AND documents.superseded_by IS NULL LIMIT 1",
        [place.meeting["id"], document_id],
    ).fetchone()
    meeting = dict(place.meeting)
    if shared is not None:
        stored = db.execute(
            "SELECT time, venue, status, url FROM meetings WHERE id = ?", [meeting["id"]]
        ).fetchone() or (None, None, None, None)
        for column, value in zip(("time", "venue", "status", "url"), stored, strict=True):
            meeting[column] = value if value is not None else meeting[column]
    upsert(db, "meetings", [meeting])


def _save_attendance(db: Database, document: Document, places: Sequence[Place]) -> None:
    rows: dict[tuple[object, str, str], Row] = {}
    for meeting, place in zip(document.meetings, places, strict=False):
        for person in meeting.attendance:
            key = (place.meeting["id"], person.name, person.status)
            rows.setdefault(
                key,
                {
                    "meeting_id": key[0],
                    "name": person.name,
                    "role": person.role,
                    "status": person.status,
                    "document_id": document.id,
                },
            )
    stored = db.execute(
        "SELECT meeting_id, name, status FROM attendance WHERE document_id = ?", [document.id]
    ).fetchall()
    db.conn.executemany(
        "DELETE FROM attendance WHERE meeting_id = ? AND name = ? AND status = ?",
        [key for key in stored if key not in rows],
    )
    # What another document in force says of the same person stays as it is.
    db.conn.executemany(
        "INSERT INTO attendance (meeting_id, name, role, status, document_id) "
        "VALUES (:meeting_id, :name, :role, :status, :document_id) "
        "ON CONFLICT (meeting_id, name, status) DO UPDATE "
        "SET role = excluded.role, document_id = excluded.document_id "
        "WHERE (attendance.role IS NOT excluded.role OR attendance.document_id <> excluded.document_id) "
        "AND (attendance.document_id = excluded.document_id OR attendance.document_id IN "
        "(SELECT id FROM documents WHERE superseded_by IS NOT NULL))",
        list(rows.values()),
    )


def _save_issues(db: Database, document: Document, issues: Sequence[Issue]) -> None:
    rows = _issue_rows(document.id, document.id, document.source, issues)
    upsert(db, "issues", rows)
    delete_vanished(db, "issues", document.id, rows)
    db.execute("DELETE FROM issues WHERE source = ? AND document_id IS NULL", [document.source])


def _issue_rows(owner: str, document_id: str | None, source: str, issues: Sequence[Issue]) -> list[Row]:
    return [
        {
            "id": ids.issue_id(owner, issue.stage, issue.code, issue.message),
            "document_id": document_id,
            "source": source,
            "stage": issue.stage,
            "code": issue.code,
            "message": issue.message,
        }
        for issue in issues
    ]


def _one_council(places: Sequence[Place]) -> object:
    councils = {place.council["id"] for place in places if place.council is not None}
    return councils.pop() if len(councils) == 1 else None


def _meetings_of(db: Database, document_id: str) -> set[str]:
    query = (
        "SELECT meeting_id FROM items WHERE document_id = :id "
        "UNION SELECT meeting_id FROM attendance WHERE document_id = :id"
    )
    return {row[0] for row in db.execute(query, {"id": document_id}).fetchall()}


def _prune(db: Database, meeting_ids: set[str]) -> None:
    """Delete meetings that nothing stands in any more, and the committees and councils they leave empty."""
    for meeting_id in sorted(meeting_ids):
        row = db.execute(
            "SELECT committees.id, committees.council_id FROM meetings "
            "JOIN committees ON committees.id = meetings.committee_id WHERE meetings.id = ? "
            "AND NOT EXISTS (SELECT 1 FROM items WHERE meeting_id = meetings.id) "
            "AND NOT EXISTS (SELECT 1 FROM attendance WHERE meeting_id = meetings.id)",
            [meeting_id],
        ).fetchone()
        if row is None:
            continue
        db.execute("DELETE FROM meetings WHERE id = ?", [meeting_id])
        db.execute(
            "DELETE FROM committees WHERE id = ? "
            "AND NOT EXISTS (SELECT 1 FROM meetings WHERE committee_id = committees.id)",
            [row[0]],
        )
        db.execute(
            "DELETE FROM councils WHERE id = ? "
            "AND NOT EXISTS (SELECT 1 FROM committees WHERE council_id = councils.id) "
            "AND NOT EXISTS (SELECT 1 FROM documents WHERE council_id = councils.id) "
            "AND NOT EXISTS (SELECT 1 FROM listed_meetings WHERE council_id = councils.id) "
            "AND NOT EXISTS (SELECT 1 FROM fetches WHERE council_id = councils.id)",
            [row[1]],
        )
