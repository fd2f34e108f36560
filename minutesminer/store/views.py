"""The views: records with council, committee and date beside them, and what is outstanding.

All of them leave out documents that a later one of the same source has superseded.
"""

from __future__ import annotations

from minutesminer.store.area_tables import AREA_VIEWS
from minutesminer.store.described import View
from minutesminer.store.outstanding import outstanding_view
from minutesminer.store.place_sql import PLACE_COLUMNS, joins, place_sql
from minutesminer.store.tables import RECORD_TABLES, TABLES
from minutesminer.store.trend_views import TREND_VIEWS


def _record_view(table: str) -> View:
    columns = ",\n".join(f"  {table}.{name} AS {name}" for name in TABLES[table].columns)
    also, joined, described = "", joins(table), dict(PLACE_COLUMNS)
    if table == "metrics":
        also = ",\n  measures.label AS measure_label,\n  measures.theme AS theme"
        joined = joined.replace("\nWHERE", "\nLEFT JOIN measures ON measures.id = metrics.measure_id\nWHERE")
        described |= {"measure_label": "Label of the catalogued measure.", "theme": "Theme of the catalogued measure."}
    return View(
        f"{TABLES[table].description} With council, committee and date beside each.",
        f"SELECT\n{columns},{place_sql(table)}{also}{joined}",
        described,
    )


_MEETING_PLACE = """councils.name AS council, committees.name AS committee, {date}
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year, meetings.url,
  councils.id AS council_id, committees.id AS committee_id"""
_MEETING_JOINS = """JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id"""
_MEETING_COLUMNS = {name: words for name, words in PLACE_COLUMNS.items() if name not in ("title", "page")} | {
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
    "outstanding": outstanding_view(),
    "completeness": _completeness(),
    **TREND_VIEWS,
    **AREA_VIEWS,
}
