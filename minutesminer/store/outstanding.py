"""What was promised and asked for, each once: as the link stage lays it out in `requests`, and as the view shows it.

Which records are the same, and what later items say, costs many look-ups a record. So the link stage enters all of it
in the table `requests`, and the view `outstanding` has only to add what depends on today. Records that were not linked
yet are worked out by the same SQL when the view is read.
"""

from __future__ import annotations

from minutesminer.store.described import View
from minutesminer.store.place_sql import PLACE_COLUMNS, joins, place_sql
from minutesminer.store.request_table import REQUEST_COLUMNS

DUE_SOON = 14
"""Days before its date from which a record is `due`."""


def state_sql(due_date: str, evidence: str) -> str:
    """The status of what nobody has spoken about, from the SQL of its due date and of the item that may answer it."""
    return f"""CASE
    WHEN {evidence} IS NOT NULL THEN 'answered?'
    WHEN {due_date} < date('now') THEN 'overdue'
    WHEN {due_date} <= date('now', '+{DUE_SOON} days') THEN 'due'
    ELSE 'open'
  END"""


def _half(table: str, class_: str, who: str, what: str, also: str) -> str:
    return f"""
SELECT
  {table}.id AS id,
  '{class_}' AS class,{place_sql(table)},
  {table}.{who} AS who,
  {table}.{what} AS what,
  {table}.due AS due,
  {table}.due_date AS due_date,
  {table}.quote AS quote,
  {table}.sentence AS sentence,
  {table}.item_id AS item_id,
  {table}.document_id AS document_id,
  {table}.meeting_id AS meeting_id,
  {table}.review AS review{joins(table)}{also}"""


# The plus keeps SQLite from going through those of all councils by the index on `strength`.
_UNDERTAKEN = "\n  AND +actions.strength = 'undertaken'"
# The counts, which are asked first and once, spare a look at each record where all are linked.
_NOT_LINKED = """
  AND (SELECT count(*) FROM requests) <
    (SELECT count(*) FROM actions WHERE strength = 'undertaken') + (SELECT count(*) FROM follow_ups)
  AND NOT EXISTS (SELECT 1 FROM requests WHERE requests.id = {table}.id)"""


def requests_sql(*, linked: bool) -> str:
    """SELECT of the columns of `requests`: of all records, or else of those that the table does not have yet.

    The best later item comes from one indexed look-up a record: the highest score, then the first ids, so that the
    choice is the same on every machine. What came before the last asking did not satisfy who asks.
    """
    also = "" if linked else _NOT_LINKED
    halves = "\nUNION ALL\n".join(
        (
            _half("actions", "action", "owner", "task", _UNDERTAKEN + also.format(table="actions")),
            _half("follow_ups", "follow_up", "requester", "request", also.format(table="follow_ups")),
        )
    )
    computed = {
        "meetings_after": """(
    SELECT count(*) FROM calendar
    WHERE calendar.committee_key = answered.committee_id AND calendar.date > answered.date
  )""",
        "due_date": "coalesce(answered.due_day, answered.due_date)",
        "evidence": """CASE WHEN answered.evidence_item_id IS NOT NULL THEN
    coalesce(later.title, 'untitled item') || coalesce(' (' || later_meeting.date || ')', '')
    || ', score ' || printf('%.2f', answered.score)
  END""",
    }
    columns = ",\n  ".join(f"{computed.get(name, f'answered.{name}')} AS {name}" for name in REQUEST_COLUMNS)
    return f"""
WITH record AS ({halves}
),
asked AS (
  SELECT record.*, coalesce(threads.first_id, record.id) AS first_id, threads.due_date AS due_day, threads.due_source,
    threads.who_is,
    max((SELECT count(*) FROM threads AS same WHERE same.first_id = record.id), 1) AS times_asked,
    coalesce((
      SELECT max(meetings.date) FROM threads AS same JOIN meetings ON meetings.id = coalesce(
        (SELECT meeting_id FROM actions WHERE actions.id = same.record_id),
        (SELECT meeting_id FROM follow_ups WHERE follow_ups.id = same.record_id)
      ) WHERE same.first_id = record.id
    ), record.date) AS last_asked
  FROM record LEFT JOIN threads ON threads.record_id = record.id
),
answered AS (
  SELECT asked.*, best.item_id AS evidence_item_id, best.score, best.reason AS evidence_reason
  FROM asked LEFT JOIN evidence AS best ON best.rowid = (
    SELECT evidence.rowid FROM threads AS same
    JOIN evidence ON evidence.record_id = same.record_id AND evidence.says = 'answers'
    JOIN items ON items.id = evidence.item_id
    JOIN documents ON documents.id = items.document_id
    JOIN meetings ON meetings.id = items.meeting_id
    WHERE same.first_id = asked.id AND documents.superseded_by IS NULL AND meetings.date > asked.last_asked
    ORDER BY evidence.score DESC, evidence.item_id, evidence.record_id LIMIT 1
  )
)
SELECT
  {columns}
FROM answered
LEFT JOIN items AS later ON later.id = answered.evidence_item_id
LEFT JOIN meetings AS later_meeting ON later_meeting.id = later.meeting_id"""


# The columns of `outstanding` in their order; those that are not of `requests` by the SQL that they come from.
_TODAY = {
    "age_days": "CAST(julianday(date('now')) - julianday(request.date) AS INTEGER)",
    "meetings_passed": "max(request.meetings_after - coalesce(to_come.meetings, 0), 0)",
    "status": state_sql("request.due_date", "request.evidence_item_id"),
    **dict.fromkeys(("note", "tracked_by", "tracked_at"), "NULL"),
}
_COLUMNS = (
    "id class council committee date year who who_is what due due_date due_source age_days meetings_passed times_asked "
    "last_asked status evidence evidence_item_id evidence_reason title quote sentence url page review item_id "
    "document_id meeting_id committee_id council_id note tracked_by tracked_at"
).split()


def outstanding_view() -> View:
    """The view `outstanding`; a record that repeats another is in the row of the first."""
    columns = ",\n  ".join(f"{_TODAY.get(name, f'request.{name}')} AS {name}" for name in _COLUMNS)
    first = "request.first_id = request.id"
    joined = "LEFT JOIN to_come ON to_come.committee_id = request.committee_id"
    sql = f"""
WITH to_come AS MATERIALIZED (
  SELECT committee_key AS committee_id, count(*) AS meetings FROM calendar WHERE date > date('now') GROUP BY 1
)
SELECT
  {columns}
FROM requests AS request {joined}
WHERE {first} AND request.document_id NOT IN (SELECT id FROM documents WHERE superseded_by > '')
UNION ALL
SELECT
  {columns}
FROM ({requests_sql(linked=False)}
) AS request {joined}
WHERE {first}"""
    return View(
        "Actions undertaken and follow-ups requested, each once: who, what, when due, how old, and later evidence.",
        sql.strip(),
        {
            **PLACE_COLUMNS,
            **{name: column.description for name, column in REQUEST_COLUMNS.items() if name in _COLUMNS},
            "meetings_passed": "Meetings of the committee since, as far as they are known.",
            "age_days": "Days from the meeting to today; empty where the meeting has no date.",
            "status": "`answered?` where an item later than the last asking may answer it, `overdue` past its date, "
            f"`due` in the {DUE_SOON} days before it, else `open`; or what an officer set it to: `done`, `dropped`.",
            "note": "The officer's note, from `tracker.db`.",
            "tracked_by": "The officer who spoke of it last.",
            "tracked_at": "When (ISO, UTC).",
        },
    )
