"""From the names in a document to rows of councils, committees and meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minutesminer.models import Document, Meeting
from minutesminer.parse import councils
from minutesminer.parse.committees import committee_kind
from minutesminer.parse.facts import match_committee
from minutesminer.store import ids

Row = dict[str, object]


@dataclass(slots=True)
class Place:
    """The rows of one meeting of a document; `council` is None where no council is known."""

    council: Row | None
    committee: Row
    meeting: Row


KnownCommittees = Callable[[str], Sequence[str]]
"""The names of the committees already known of a council, by its id."""


def places_of(document: Document, known: KnownCommittees) -> list[Place]:
    """The places of the document's meetings, in their order; one unknown place if it names none.

    A committee whose name is a variant of a known one of its council (`&` for and, `Sub Committee`, a
    word in another order) is that committee.
    """
    places = []
    taken: set[str] = set()
    for meeting in document.meetings or [Meeting()]:
        place = _place(meeting, document.id, known)
        if meeting.date is None:
            # Undated meetings cannot be told apart by their names, so that each is its own.
            base, number = str(place.meeting["id"]), 1
            while place.meeting["id"] in taken:
                number += 1
                place.meeting["id"] = f"{base}-{number}"
        taken.add(str(place.meeting["id"]))
        places.append(place)
    return places


def _place(meeting: Meeting, document_id: str, known: KnownCommittees) -> Place:
    council = council_row(meeting.council)
    council_id = str(council["id"]) if council is not None else None
    committee = meeting.committee
    if committee and council_id is not None:
        committee = match_committee(committee, known(council_id))
    committee_slug = ids.slug(committee or "")
    committee_id = f"{council_id or 'unknown'}-{committee_slug or 'unknown'}"
    meeting_id = f"{committee_id}-{meeting.date or 'undated'}"
    if meeting.date is None or council_id is None or not committee_slug:
        # Two meetings are the same only where council, committee and date are known to be.
        meeting_id += f"-{document_id}"
    return Place(
        council,
        {
            "id": committee_id,
            "council_id": council_id,
            "name": committee if committee_slug else None,
            "kind": committee_kind(committee) if committee and committee_slug else None,
        },
        {
            "id": meeting_id,
            "committee_id": committee_id,
            "date": meeting.date,
            "time": meeting.time,
            "venue": meeting.venue,
            "status": meeting.status,
            "url": meeting.url,
        },
    )


def council_row(name: str | None) -> Row | None:
    """The row of a council of that name; None where there is no name."""
    if name is None or not ids.slug(name):
        return None
    entry = councils.by_name(name)
    if entry is None:
        fields: Row = {"id": ids.slug(name), "name": name}
        return {**fields, "gss_code": None, "nation": None, "type": None, "platform": None, "website": None}
    return {
        "id": entry.id,
        "name": entry.name,
        "gss_code": entry.gss_code or None,
        "nation": entry.nation or None,
        "type": entry.type or None,
        "platform": entry.platform or None,
        "website": entry.website or None,
    }
