"""Popolo, the data model of Open Civic Data: councils, committees, meetings, motions and votes.

Objects follow the JSON schemas of https://www.popoloproject.com/specs/; properties that these do not know begin with
`+`, as Popolo advises (https://www.popoloproject.com/appendices/json-patterns.html). Ids of organizations, events and
votes have the form that Open Civic Data gives them (`ocd-event/` and a UUID: `OCDIDField` of
https://github.com/opencivicdata/python-opencivicdata) and are the same for the same database id on any machine.
Open Civic Data has no division for a UK council (https://github.com/opencivicdata/ocd-division-ids), so none is named.

People stand in minutes by a printed name only. Nobody is given an identity: they appear inside the meeting they
attended and the motion they moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from minutesminer.explore.row_words import iso_day, web_address
from minutesminer.export.json_text import without_none, write_arrays
from minutesminer.export.selection import Selection

Json = dict[str, Any]

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:minutesminer")
_ATTENDING = ("present", "substitute", "in attendance")
_RESULTS = {"carried": "pass", "lost": "fail"}


def ocd_id(kind: str, id_: str) -> str:
    """The Open Civic Data id of a database id: `ocd-event/...` for `kind` `event`."""
    return f"ocd-{kind}/{uuid5(_NAMESPACE, f'{kind}:{id_}')}"


def write_popolo(selection: Selection, file: BinaryIO) -> dict[str, int]:
    """Write organizations, events, motions and vote events as one JSON object of arrays.

    A motion is a limb of a resolution that does not restate another; it has a vote event where votes were counted.
    Returns the number of objects by array.
    """
    return write_arrays(
        file,
        {
            "organizations": _organizations(selection),
            "events": _events(selection),
            "motions": _motions(selection),
            "vote_events": _vote_events(selection),
        },
    )


def _identifiers(id_: str, gss_code: str | None = None) -> list[Json]:
    ours = {"scheme": "minutesminer", "identifier": id_}
    return [ours, *([{"scheme": "gss", "identifier": gss_code}] if gss_code else [])]


def _links(note: str, *addresses: str | None) -> list[Json]:
    """The first that is an address of the web, as a list of Popolo's links."""
    return [{"url": address, "note": note} for address in addresses if web_address(address) is not None][:1]


def _organizations(selection: Selection) -> Iterator[Json]:
    councils = (
        "SELECT id, name, gss_code, website FROM councils WHERE id IN (SELECT id FROM chosen_councils) ORDER BY id"
    )
    for id_, name, gss_code, website in selection.rows(councils):
        yield without_none(
            {
                "id": ocd_id("organization", id_),
                "name": name,
                "classification": "council",
                "identifiers": _identifiers(id_, gss_code),
                "links": _links("Website", website),
            }
        )
    committees = (
        "SELECT id, name, kind, council_id FROM committees WHERE id IN (SELECT id FROM chosen_committees) ORDER BY id"
    )
    for id_, name, kind, council_id in selection.rows(committees):
        yield without_none(
            {
                "id": _committee_id(id_),
                "name": name,
                "classification": "committee",
                "identifiers": _identifiers(id_),
                "parent_id": ocd_id("organization", council_id) if council_id is not None else None,
                "+kind": kind,
            }
        )


def _committee_id(id_: str) -> str:
    return ocd_id("organization", f"committee:{id_}")


def _events(selection: Selection) -> Iterator[Json]:
    query = """
SELECT meetings.id, committees.name, meetings.date, meetings.time, venue, status, url, committee_id
FROM meetings JOIN committees ON committees.id = committee_id
WHERE meetings.id IN (SELECT id FROM chosen_meetings) ORDER BY meetings.id"""
    for id_, name, day, time, venue, status, url, committee_id in selection.rows(query):
        yield without_none(
            {
                "id": ocd_id("event", id_),
                "name": name,
                "classification": "meeting",
                "organization_id": _committee_id(committee_id),
                "start_date": start_of(day, time),
                "location": venue,
                "status": "cancelled" if status and status.casefold().startswith("cancel") else status,
                "identifiers": _identifiers(id_),
                "attendees": list(_attendees(selection, id_)),
                "sources": _links("Page of the meeting", url),
            }
        )


def _attendees(selection: Selection, meeting_id: str) -> Iterator[Json]:
    query = f"""
SELECT name, role, status FROM attendance
JOIN documents ON documents.id = attendance.document_id AND documents.superseded_by IS NULL
WHERE meeting_id = ? AND status IN {_ATTENDING} ORDER BY attendance.rowid"""
    for name, role, status in selection.rows(query, [meeting_id]):
        yield without_none({"name": name, "+role": role, "+status": status})


def start_of(day: str | None, time: str | None) -> str | None:
    """When a meeting starts: its day, or the moment in UTC where the time is known too.

    Minutes give the time of the clock. Clocks are an hour ahead of UTC from the last Sunday of March to the last of
    October (https://www.gov.uk/when-do-the-clocks-change).
    """
    date_ = iso_day(day)
    hour, _, minute = (time or "").partition(":")
    if date_ is None or not (len(hour) == len(minute) == 2 and (hour + minute).isdecimal()):
        return day if date_ is not None else None
    ahead = _last_sunday(date_.year, 3) <= date_ < _last_sunday(date_.year, 10)
    minutes = int(hour) * 60 + int(minute) - 60 * ahead
    return f"{date_ + timedelta(minutes // 1440)}T{minutes // 60 % 24:02}:{minutes % 60:02}:00Z"


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta((last.weekday() + 1) % 7)


_MOTIONS = """
SELECT record.id, record.quote, record.sentence, record.decision, record.number, record.mover, record.seconder,
  record.votes_for, record.votes_against, record.abstentions, record.outcome, record.review,
  record.date, record.committee_id, record.meeting_id, record.title, record.url, documents.source
FROM resolutions_view AS record JOIN documents ON documents.id = record.document_id
WHERE record.restates IS NULL AND {chosen}{also} ORDER BY record.id"""


def _motions(selection: Selection) -> Iterator[Json]:
    chosen = selection.chosen_meeting("record.meeting_id")
    for row in selection.rows(_MOTIONS.format(chosen=chosen, also="")):
        id_, quote, sentence, decision, number, mover, seconder, *_, outcome, review = row[:12]
        day, committee_id, meeting_id, title, url, source = row[12:]
        yield without_none(
            {
                "id": id_,
                "organization_id": _committee_id(committee_id),
                "legislative_session_id": ocd_id("event", meeting_id),
                "creator": {"name": mover} if mover else None,
                "text": quote,
                "classification": decision,
                "date": day if iso_day(day) is not None else None,
                "result": _RESULTS.get(outcome),
                "sources": _links(title or "Page of the item", url, source),
                "+seconder": {"name": seconder} if seconder else None,
                "+number": number,
                "+sentence": sentence,
                "+review": review,
            }
        )


def _vote_events(selection: Selection) -> Iterator[Json]:
    counted = " AND coalesce(record.votes_for, record.votes_against, record.abstentions) IS NOT NULL"
    chosen = selection.chosen_meeting("record.meeting_id")
    for row in selection.rows(_MOTIONS.format(chosen=chosen, also=counted)):
        id_, *_, day, committee_id, meeting_id, title, url, source = row
        counts = (("yes", row[7]), ("no", row[8]), ("abstain", row[9]))
        yield without_none(
            {
                "id": ocd_id("vote", id_),
                "organization_id": _committee_id(committee_id),
                "legislative_session_id": ocd_id("event", meeting_id),
                "motion_id": id_,
                "start_date": day if iso_day(day) is not None else None,
                "result": _RESULTS.get(row[10]),
                "counts": [{"option": option, "value": value} for option, value in counts if value is not None],
                "sources": _links(title or "Page of the item", url, source),
            }
        )
