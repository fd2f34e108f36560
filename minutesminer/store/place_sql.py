"""Council, committee and date beside a record: the columns, and the joins that bring them."""

from __future__ import annotations

PLACE_COLUMNS = {
    "council": "Name of the council.",
    "committee": "Name of the committee.",
    "date": "Date of the meeting (ISO).",
    "year": "Year of the meeting.",
    "title": "Title of the agenda item.",
    "url": "Page of the item, or else of the meeting.",
    "council_id": "Id of the council.",
    "committee_id": "Id of the committee.",
}

PLACE_SQL = """
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id"""


def joins(table: str) -> str:
    """FROM and WHERE of a record table with its item, meeting, committee and council, in documents in force.

    Superseded documents are few: they are listed once from their index (`> ''` has SQLite use it), and not looked up
    for each row. The item is joined last and loosely, so that SQLite may begin with the newest meetings, or with those
    of one council.
    """
    return f"""
FROM {table}
JOIN meetings ON meetings.id = {table}.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
LEFT JOIN items ON items.id = {table}.item_id
WHERE {table}.document_id NOT IN (SELECT id FROM documents WHERE superseded_by > '')"""
