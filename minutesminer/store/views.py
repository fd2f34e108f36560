"""The views: records with council, committee and date beside them, and what is outstanding.

All of them leave out documents that a later one of the same source has superseded.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.store.tables import RECORD_TABLES, TABLES


@dataclass(frozen=True, slots=True)
class View:
    """One view: what it shows, its query, and the descriptions of columns that no table has."""

    description: str
    sql: str
    columns: dict[str, str]


_PLACE_COLUMNS = {
    "council": "Name of the council.",
    "committee": "Name of the committee.",
    "date": "Date of the meeting (ISO).",
    "year": "Year of the meeting.",
    "title": "Title of the agenda item.",
    "url": "Page of the item, or else of the meeting.",
    "council_id": "Id of the council.",
    "committee_id": "Id of the committee.",
}

_PLACE_SQL = """
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id"""


def _joins(table: str) -> str:
    """FROM and WHERE of a record table with its item, document, meeting, committee and council."""
    return f"""
FROM {table}
JOIN items ON items.id = {table}.item_id
JOIN documents ON documents.id = {table}.document_id
JOIN meetings ON meetings.id = {table}.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE documents.superseded_by IS NULL"""


def _record_view(table: str) -> View:
    columns = ",\n".join(f"  {table}.{name} AS {name}" for name in TABLES[table].columns)
    return View(
        f"{TABLES[table].description} With council, committee and date beside each.",
        f"SELECT\n{columns},{_PLACE_SQL}{_joins(table)}",
        dict(_PLACE_COLUMNS),
    )


def _outstanding_half(table: str, class_: str, who: str, what: str, also: str = "") -> str:
    return f"""
SELECT
  {table}.id AS id,
  '{class_}' AS class,{_PLACE_SQL},
  {table}.{who} AS who,
  {table}.{what} AS what,
  {table}.due AS due,
  {table}.due_date AS due_date,
  CAST(julianday(date('now')) - julianday(meetings.date) AS INTEGER) AS age_days,
  {table}.quote AS quote,
  {table}.sentence AS sentence,
  {table}.item_id AS item_id,
  {table}.document_id AS document_id,
  {table}.meeting_id AS meeting_id,
  {table}.review AS review{_joins(table)}{also}"""


_UNDERTAKEN = "\n  AND actions.strength = 'undertaken'"


def _outstanding() -> View:
    halves = "\nUNION ALL\n".join(
        (
            _outstanding_half("actions", "action", "owner", "task", _UNDERTAKEN),
            _outstanding_half("follow_ups", "follow_up", "requester", "request"),
        )
    )
    # The best later item comes from one indexed look-up a row: highest score, then the later id,
    # so that the choice is the same on every machine.
    best = """(
  SELECT evidence.item_id FROM evidence
  JOIN items ON items.id = evidence.item_id
  JOIN documents ON documents.id = items.document_id
  WHERE evidence.record_id = record.id AND documents.superseded_by IS NULL
  ORDER BY evidence.score DESC, evidence.item_id LIMIT 1
)"""
    sql = f"""
WITH record AS ({halves}
),
answered AS (SELECT record.*, {best} AS evidence_item_id FROM record)
SELECT
  answered.id, answered.class, answered.council, answered.committee, answered.date, answered.year,
  answered.who, answered.what, answered.due, answered.due_date, answered.age_days,
  CASE
    WHEN answered.evidence_item_id IS NOT NULL THEN 'answered?'
    WHEN answered.due_date < date('now') THEN 'overdue'
    ELSE 'open'
  END AS status,
  CASE WHEN answered.evidence_item_id IS NOT NULL THEN
    coalesce(later.title, 'untitled item') || coalesce(' (' || later_meeting.date || ')', '')
    || ', score ' || printf('%.2f', found.score)
  END AS evidence,
  answered.evidence_item_id, found.reason AS evidence_reason,
  answered.title, answered.quote, answered.sentence, answered.url, answered.review,
  answered.item_id, answered.document_id, answered.meeting_id, answered.committee_id, answered.council_id
FROM answered
LEFT JOIN evidence AS found ON found.record_id = answered.id AND found.item_id = answered.evidence_item_id
LEFT JOIN items AS later ON later.id = answered.evidence_item_id
LEFT JOIN meetings AS later_meeting ON later_meeting.id = later.meeting_id"""
    return View(
        "Actions undertaken and follow-ups requested: who, what, when due, how old, and later evidence.",
        sql.strip(),
        {
            **_PLACE_COLUMNS,
            "id": "The action or follow-up.",
            "class": "`action` or `follow_up`.",
            "who": "Owner of the action, or requester of the follow-up.",
            "what": "Task or request.",
            "due": "When, as worded in the minutes.",
            "due_date": "When, as an ISO date.",
            "age_days": "Days from the meeting to today; empty where the meeting has no date.",
            "status": "`answered?` where a later item may answer it, `overdue` past its date, else `open`.",
            "evidence": "The later item that fits best: title, date and score.",
            "evidence_item_id": "Id of that item.",
            "evidence_reason": "Why it is thought to fit.",
            "quote": "The words that carry the record.",
            "sentence": "The sentence around the quote.",
            "review": "Why a person should look at the record.",
            "item_id": "The agenda item.",
            "document_id": "The document.",
            "meeting_id": "The meeting.",
        },
    )


VIEWS: dict[str, View] = {
    **{f"{table}_view": _record_view(table) for table in RECORD_TABLES},
    "outstanding": _outstanding(),
}
