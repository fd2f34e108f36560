"""Full-text search over items and quotes."""

from __future__ import annotations

import re
import sqlite3

from sqlite_utils import Database

from minutesminer.errors import UsageError
from minutesminer.store.place_sql import page_sql, url_sql
from minutesminer.store.schema import SEARCH_TABLES
from minutesminer.store.tables import TABLES

CLASSES = {
    "item": "items",
    "metric": "metrics",
    "resolution": "resolutions",
    "action": "actions",
    "follow_up": "follow_ups",
}
"""What can be searched, and the table of each."""

CURRENT = "document_id IN (SELECT id FROM documents WHERE superseded_by IS NULL)"
_SNIPPET_WORDS = 24


def rebuild(db: Database) -> None:
    """Fill the search indexes anew from the documents in force, and gather SQLite's statistics.

    Done once after loading: keeping the indexes by triggers makes loading 4 to 10 times slower.
    """
    with db.atomic():
        for table in SEARCH_TABLES:
            columns = ", ".join(TABLES[table].full_text)
            db.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('delete-all')")
            db.execute(
                f"INSERT INTO {table}_fts(rowid, {columns}) SELECT rowid, {columns} FROM {table} "
                f"WHERE {CURRENT} ORDER BY rowid"
            )
            db.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('optimize')")
        for table in TABLES:
            # The runs are a few rows, and the one thing that differs after reading the same again.
            if table != "runs":
                db.execute(f"ANALYZE {table}")


def search(
    db: Database, query: str, classes: tuple[str, ...] = tuple(CLASSES), limit: int = 20
) -> list[dict[str, object]]:
    """What fits a query best, best first: at most `limit` rows of items and records.

    Each row has `class`, `id`, `council`, `committee`, `date`, `title`, `snippet` (the words found
    in square brackets), `url`, `page`, `item_id` and `document_id`. The query may use SQLite's full-text
    language (`"exact phrase"`, `AND`, `OR`, `NOT`, `prefix*`); what is not valid in it is looked
    for word by word. Raises UsageError for a query without a word.
    """
    if not re.search(r"\w", query):
        raise UsageError("there is no word to search for; give one or more, as in `minutesminer search absence`")
    sql = "\nUNION ALL\n".join(_class_sql(class_) for class_ in classes)
    sql += "\nORDER BY rank, date DESC, id LIMIT :limit"
    try:
        found = list(db.query(sql, {"query": query, "limit": limit}))
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        # Not valid in the full-text language (`children's`, `sub-committee`): every word as it is.
        quoted = " ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        found = list(db.query(sql, {"query": quoted, "limit": limit}))
    for row in found:
        del row["rank"]
        row["snippet"] = " ".join(str(row["snippet"]).split())
    return found


def _class_sql(class_: str) -> str:
    table = CLASSES[class_]
    item = "items.id" if table == "items" else f"{table}.item_id"
    page = "items.page" if table == "items" else page_sql(table)
    join = "" if table == "items" else f"JOIN items ON items.id = {table}.item_id"
    return f"""
SELECT * FROM (SELECT
  '{class_}' AS class, {table}.id AS id, councils.name AS council, committees.name AS committee,
  meetings.date AS date, items.title AS title,
  snippet({table}_fts, -1, '[', ']', ' … ', {_SNIPPET_WORDS}) AS snippet,
  {url_sql(page)} AS url, {page} AS page, {item} AS item_id, {table}.document_id AS document_id,
  bm25({table}_fts) AS rank
FROM {table}_fts
JOIN {table} ON {table}.rowid = {table}_fts.rowid
{join}
JOIN documents ON documents.id = {table}.document_id
JOIN meetings ON meetings.id = {table}.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE {table}_fts MATCH :query AND documents.superseded_by IS NULL
ORDER BY rank LIMIT :limit)"""
