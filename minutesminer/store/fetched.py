"""Saving what fetching knows: the meetings that sites list, and what came of each address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from minutesminer.models import Fetched, Issue, ListedMeeting
from minutesminer.store.places import Row, council_row
from minutesminer.store.rows import upsert
from minutesminer.store.save import save_source_issues


def save_fetched(
    db: Database,
    councils: Mapping[str, str],
    meetings: Sequence[ListedMeeting],
    requests: Sequence[Fetched],
    troubles: Mapping[str, Issue | None],
) -> None:
    """Enter what an archive knows, in one transaction; the documents read from it must be stored before.

    `councils` are names by the codes that `meetings` and `requests` use. `troubles` are the addresses of the sites,
    with the reason why one lists no meetings, or None. Rows of other archives stay. A meeting whose answer is not
    read yet keeps the document read before.
    """
    with db.atomic():
        rows = {code: row for code, name in councils.items() if (row := council_row(name)) is not None}
        upsert(db, "councils", list(rows.values()))
        ids = {code: row["id"] for code, row in rows.items()}
        documents = {row[0] for row in db.execute("SELECT id FROM documents")}
        before = dict(db.execute("SELECT id, document_id FROM listed_meetings").fetchall())
        listed = [_meeting_row(meeting, ids, documents, before.get(meeting.id)) for meeting in meetings]
        upsert(db, "listed_meetings", listed)
        upsert(db, "fetches", [_fetch_row(request, ids, documents) for request in requests])
    for source, issue in troubles.items():
        save_source_issues(db, source, [] if issue is None else [issue])


def earlier_documents(db: Database, meetings: Sequence[ListedMeeting]) -> dict[str, list[str]]:
    """By the documents that `meetings` have their minutes from now, those that stood for the same meetings before."""
    now = {meeting.id: meeting.sha256[:12] for meeting in meetings if meeting.outcome == "ok" and meeting.sha256}
    places: dict[str, set[str]] = {}
    for meeting_id, before in db.execute("SELECT id, document_id FROM listed_meetings WHERE document_id IS NOT NULL"):
        places.setdefault(before, set()).add(now.get(meeting_id, before))
    earlier: dict[str, list[str]] = {}
    for before, documents in sorted(places.items()):
        if len(documents) == 1 and before not in documents:
            earlier.setdefault(documents.pop(), []).append(before)
    return earlier


def supersede(db: Database, earlier: Sequence[str], document_id: str) -> bool:
    """Let a document take the place of earlier ones that another address gave; whether any of them was in force."""
    with db.atomic():
        changed = [
            db.execute(
                "UPDATE documents SET superseded_by = ? WHERE id = ? AND superseded_by IS NULL", [document_id, each]
            ).rowcount
            for each in earlier
        ]
    return any(changed)


def address_id(address: str) -> str:
    """The id of an address, and of a document that could not be had from it."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:12]


def _meeting_row(meeting: ListedMeeting, ids: Mapping[str, object], documents: set[str], before: str | None) -> Row:
    read = _document_of(meeting.address, meeting.sha256, documents) or before
    return {
        "id": meeting.id,
        "council_id": ids[meeting.council_id],
        "committee": meeting.committee,
        "date": meeting.date,
        "time": meeting.time,
        "status": meeting.status,
        "url": meeting.url,
        "outcome": meeting.outcome,
        "how": meeting.how,
        "document_id": read,
        "asked_at": meeting.asked_at,
        "message": meeting.message,
    }


def _fetch_row(request: Fetched, ids: Mapping[str, object], documents: set[str]) -> Row:
    return {
        "id": address_id(request.address),
        "council_id": ids.get(request.council_id or ""),
        "address": request.address,
        "final_address": request.final_address,
        "purpose": request.purpose,
        "outcome": request.outcome,
        "fetched_at": request.fetched_at,
        "status": request.status,
        "media_type": request.media_type,
        "size": request.size,
        "sha256": request.sha256,
        "document_id": _document_of(request.address, request.sha256, documents),
        "message": request.message,
    }


def _document_of(address: str | None, sha256: str | None, documents: set[str]) -> str | None:
    """The stored document of those bytes, or of the address where it gave none to read."""
    candidates = (sha256[:12] if sha256 else None, address_id(address) if address else None)
    return next((each for each in candidates if each in documents), None)
