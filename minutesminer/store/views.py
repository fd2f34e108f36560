"""The views: records with council, committee and date beside them, and what is outstanding.

All of them leave out documents that a later one of the same source has superseded.
"""

from __future__ import annotations

from minutesminer.store.area_tables import AREA_VIEWS
from minutesminer.store.described import View
from minutesminer.store.tables import RECORD_TABLES, TABLES
from minutesminer.store.trend_views import TREND_VIEWS

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
    """FROM and WHERE of a record table with its item, document, meeting, committee and council.

    The plus keeps SQLite from going through all documents by the index on `superseded_by`, which few of them have.
    """
    return f"""
FROM {table}
JOIN items ON items.id = {table}.item_id
JOIN documents ON documents.id = {table}.document_id
JOIN meetings ON meetings.id = {table}.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL"""


def _record_view(table: str) -> View:
    columns = ",\n".join(f"  {table}.{name} AS {name}" for name in TABLES[table].columns)
    also, joins, described = "", _joins(table), dict(_PLACE_COLUMNS)
    if table == "metrics":
        also = ",\n  measures.label AS measure_label,\n  measures.theme AS theme"
        joins = joins.replace("\nWHERE", "\nLEFT JOIN measures ON measures.id = metrics.measure_id\nWHERE")
        described |= {"measure_label": "Label of the catalogued measure.", "theme": "Theme of the catalogued measure."}
    return View(
        f"{TABLES[table].description} With council, committee and date beside each.",
        f"SELECT\n{columns},{_PLACE_SQL}{also}{joins}",
        described,
    )


_MEETING_PLACE = """councils.name AS council, committees.name AS committee, {date}
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year, meetings.url,
  councils.id AS council_id, committees.id AS committee_id"""
_MEETING_JOINS = """JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id"""
_MEETING_COLUMNS = {name: words for name, words in _PLACE_COLUMNS.items() if name != "title"} | {
    "url": "Page of the meeting."
}


def _meetings_view() -> View:
    sql = f"""
SELECT
  meetings.id, meetings.date, meetings.time, meetings.venue, meetings.status,
  {_MEETING_PLACE.format(date="")},
  (SELECT count(*) FROM items JOIN documents ON documents.id = items.document_id AND +documents.superseded_by IS NULL
    WHERE items.meeting_id = meetings.id) AS items
FROM meetings
{_MEETING_JOINS}"""
    columns = {**_MEETING_COLUMNS, "items": "How many agenda items were read of it."}
    return View(f"{TABLES['meetings'].description} With council and committee beside each.", sql.strip(), columns)


def _attendance_view() -> View:
    sql = f"""
SELECT
  attendance.name, attendance.role, attendance.status,
  {_MEETING_PLACE.format(date="meetings.date,")},
  attendance.meeting_id, attendance.document_id
FROM attendance
JOIN meetings ON meetings.id = attendance.meeting_id
{_MEETING_JOINS}"""
    description = f"{TABLES['attendance'].description} With council, committee and date beside each."
    return View(description, sql.strip(), dict(_MEETING_COLUMNS))


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


# The plus keeps SQLite from going through those of all councils by the index on `strength`.
_UNDERTAKEN = "\n  AND +actions.strength = 'undertaken'"


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


def _outstanding() -> View:
    halves = "\nUNION ALL\n".join(
        (
            _outstanding_half("actions", "action", "owner", "task", _UNDERTAKEN),
            _outstanding_half("follow_ups", "follow_up", "requester", "request"),
        )
    )
    # The best later item comes from one indexed look-up a row: highest score, then the first id, so that the choice is
    # the same on every machine. It is joined, so that it is looked up once for all columns that tell of it. What came
    # before the last asking did not satisfy who asks.
    best = """(
  SELECT evidence.rowid FROM threads AS same
  JOIN evidence ON evidence.record_id = same.record_id AND evidence.says = 'answers'
  JOIN items ON items.id = evidence.item_id
  JOIN documents ON documents.id = items.document_id
  JOIN meetings ON meetings.id = items.meeting_id
  WHERE same.first_id = asked.id AND documents.superseded_by IS NULL AND meetings.date > asked.last_asked
  ORDER BY evidence.score DESC, evidence.item_id LIMIT 1
)"""
    sql = f"""
WITH record AS ({halves}
),
asked AS (
  SELECT record.*, threads.due_date AS due_day, threads.due_source, threads.who_is,
    max((SELECT count(*) FROM threads AS same WHERE same.first_id = record.id), 1) AS times_asked,
    coalesce((
      SELECT max(meetings.date) FROM threads AS same JOIN meetings ON meetings.id = coalesce(
        (SELECT meeting_id FROM actions WHERE actions.id = same.record_id),
        (SELECT meeting_id FROM follow_ups WHERE follow_ups.id = same.record_id)
      ) WHERE same.first_id = record.id
    ), record.date) AS last_asked
  FROM record LEFT JOIN threads ON threads.record_id = record.id
  WHERE threads.first_id IS NULL OR threads.first_id = record.id
),
answered AS (
  SELECT asked.*, best.item_id AS evidence_item_id FROM asked LEFT JOIN evidence AS best ON best.rowid = {best}
)
SELECT
  answered.id, answered.class, answered.council, answered.committee, answered.date, answered.year,
  answered.who, answered.who_is, answered.what, answered.due,
  coalesce(answered.due_day, answered.due_date) AS due_date, answered.due_source, answered.age_days,
  (
    SELECT count(*) FROM calendar
    WHERE calendar.committee_key = answered.committee_id AND calendar.date > answered.date
    AND calendar.date <= date('now')
  ) AS meetings_passed,
  answered.times_asked, answered.last_asked,
  {state_sql("coalesce(answered.due_day, answered.due_date)", "answered.evidence_item_id")} AS status,
  CASE WHEN answered.evidence_item_id IS NOT NULL THEN
    coalesce(later.title, 'untitled item') || coalesce(' (' || later_meeting.date || ')', '')
    || ', score ' || printf('%.2f', found.score)
  END AS evidence,
  answered.evidence_item_id, found.reason AS evidence_reason,
  answered.title, answered.quote, answered.sentence, answered.url, answered.review,
  answered.item_id, answered.document_id, answered.meeting_id, answered.committee_id, answered.council_id,
  NULL AS note, NULL AS tracked_by, NULL AS tracked_at
FROM answered
LEFT JOIN evidence AS found ON found.rowid = (
  SELECT evidence.rowid FROM threads AS same JOIN evidence ON evidence.record_id = same.record_id
  WHERE same.first_id = answered.id AND evidence.item_id = answered.evidence_item_id
  ORDER BY evidence.score DESC, evidence.record_id LIMIT 1
)
LEFT JOIN items AS later ON later.id = answered.evidence_item_id
LEFT JOIN meetings AS later_meeting ON later_meeting.id = later.meeting_id"""
    return View(
        "Actions undertaken and follow-ups requested, each once: who, what, when due, how old, and later evidence.",
        sql.strip(),
        {
            **_PLACE_COLUMNS,
            "id": "The action or follow-up.",
            "class": "`action` or `follow_up`.",
            "who": "Owner of the action, or requester of the follow-up, as worded.",
            "who_is": "The person or post that this means, where the documents allow it.",
            "what": "Task or request.",
            "due": "When, as worded in the minutes.",
            "due_date": "When, as an ISO date: by its wording, or the meeting that this means.",
            "due_source": "`wording`, `next_meeting`, `named_meeting` or `month_meeting`.",
            "meetings_passed": "Meetings of the committee since, as far as they are known.",
            "times_asked": "How often the same was asked for or promised, in one meeting or several.",
            "last_asked": "Date of the meeting at which it was last asked for (ISO).",
            "age_days": "Days from the meeting to today; empty where the meeting has no date.",
            "status": "`answered?` where an item later than the last asking may answer it, `overdue` past its date, "
            f"`due` in the {DUE_SOON} days before it, else `open`; or what an officer set it to: `done`, `dropped`.",
            "evidence": "The later item that fits best: title, date and score.",
            "evidence_item_id": "Id of that item.",
            "evidence_reason": "Why it is thought to fit.",
            "quote": "The words that carry the record.",
            "sentence": "The sentence around the quote.",
            "review": "Why a person should look at the record.",
            "item_id": "The agenda item.",
            "document_id": "The document.",
            "meeting_id": "The meeting.",
            "note": "The officer's note, from `tracker.db`.",
            "tracked_by": "The officer who spoke of it last.",
            "tracked_at": "When (ISO, UTC).",
        },
    )


_NO_FAILURE = "('ok', 'not_published', 'no_minutes', 'empty', 'cancelled', 'scheduled')"


def _completeness() -> View:
    records = "\n    OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE document_id = listed_meetings.document_id)" for table in RECORD_TABLES
    )
    sql = f"""
WITH listed AS (
  SELECT
    listed_meetings.*,
    listed_meetings.outcome = 'ok' AS has_minutes,
    documents.outcome = 'ok' AS is_parsed,
    {records} AS has_records,
    listed_meetings.outcome NOT IN {_NO_FAILURE} AS has_failed
  FROM listed_meetings
  LEFT JOIN documents ON documents.id = listed_meetings.document_id
)
SELECT
  councils.id AS council_id,
  councils.name AS council,
  listed.committee AS committee,
  count(listed.id) - count(CASE WHEN listed.outcome = 'scheduled' THEN 1 END) AS listed,
  CAST(total(listed.has_minutes) AS INTEGER) AS with_minutes,
  CAST(total(listed.has_minutes AND listed.is_parsed) AS INTEGER) AS parsed,
  CAST(total(listed.has_minutes AND listed.is_parsed AND listed.has_records) AS INTEGER) AS with_records,
  CAST(total(listed.outcome IN ('not_published', 'no_minutes', 'empty')) AS INTEGER) AS not_published,
  CAST(total(listed.outcome = 'cancelled') AS INTEGER) AS cancelled,
  CAST(total(coalesce(listed.has_failed, listed.id IS NOT NULL)) AS INTEGER) AS failed,
  CAST(total(listed.outcome = 'scheduled') AS INTEGER) AS scheduled,
  min(listed.date) AS first_date,
  max(CASE WHEN listed.outcome <> 'scheduled' THEN listed.date END) AS last_date,
  max(listed.asked_at) AS last_asked,
  CASE WHEN count(listed.id) = 0 THEN (
    SELECT fetches.outcome FROM fetches
    WHERE fetches.council_id = councils.id AND fetches.purpose IN ('front', 'committees', 'meetings', 'page')
    ORDER BY fetches.outcome IN ('ok', 'unchanged', 'gone'), fetches.fetched_at DESC, fetches.id LIMIT 1
  ) ELSE (
    SELECT group_concat(words, ', ') FROM (
      SELECT count(*) || ' ' || coalesce(one.outcome, 'not asked for') AS words FROM listed_meetings AS one
      WHERE one.council_id = councils.id AND one.committee IS listed.committee
      AND coalesce(one.outcome, '') NOT IN {_NO_FAILURE}
      GROUP BY one.outcome ORDER BY one.outcome
    )
  ) END AS failures
FROM councils
LEFT JOIN listed ON listed.council_id = councils.id
WHERE listed.id IS NOT NULL OR EXISTS (SELECT 1 FROM fetches WHERE fetches.council_id = councils.id)
GROUP BY councils.id, listed.committee"""
    return View(
        "How complete the minutes are, by council and committee: meetings listed, had, read, and with records.",
        sql.strip(),
        {
            "council_id": "Id of the council.",
            "council": "Name of the council.",
            "committee": "The committee as the site lists it; empty where it lists documents only, or nothing.",
            "listed": "Meetings that the site lists, those still to come left out.",
            "with_minutes": "Of those, the ones whose minutes were had.",
            "parsed": "Of those, the ones whose minutes were read into items.",
            "with_records": "Of those, the ones that gave at least one figure, resolution, action or follow-up.",
            "not_published": "Meetings whose minutes the site does not give (yet).",
            "cancelled": "Meetings that did not take place.",
            "failed": "Meetings whose minutes could not be had.",
            "scheduled": "Meetings still to come.",
            "first_date": "Date of the first meeting listed (ISO).",
            "last_date": "Date of the last meeting held (ISO).",
            "last_asked": "When minutes were last asked for (ISO, UTC).",
            "failures": "Why they could not be had, with counts; of a site that lists no meeting, why not.",
        },
    )


VIEWS: dict[str, View] = {
    **{f"{table}_view": _record_view(table) for table in RECORD_TABLES},
    "meetings_view": _meetings_view(),
    "attendance_view": _attendance_view(),
    "outstanding": _outstanding(),
    "completeness": _completeness(),
    **TREND_VIEWS,
    **AREA_VIEWS,
}
