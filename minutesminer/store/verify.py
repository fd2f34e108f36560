"""Checking a whole database: quotes, references, the file itself, the search indexes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from sqlite_utils import Database

from minutesminer.store.schema import SEARCH_TABLES
from minutesminer.store.search import CURRENT
from minutesminer.store.tables import RECORD_TABLES

_EXAMPLES = 5
_AGAIN = "run `minutesminer run` again to build the index anew"


@dataclass(slots=True)
class Check:
    """One check: how many rows it looked at, and what it found wrong (at most a few, in words)."""

    name: str
    looked_at: int
    wrong: int = 0
    examples: list[str] = field(default_factory=list)


def verify(db: Database) -> list[Check]:
    """Check that every quote is at its offsets, every reference leads somewhere, and the file is sound.

    SQLite checks its search indexes by a statement that writes nothing but is refused where the
    database is not open for writing: there, their rows are counted only, and the check says so.
    """
    return [
        *(_quotes(db, table) for table in RECORD_TABLES),
        _pages(db),
        _foreign_keys(db),
        _evidence(db),
        _integrity(db),
        *(_search_index(db, table) for table in SEARCH_TABLES),
    ]


def _quotes(db: Database, table: str) -> Check:
    # substr counts characters as Python does, from 1.
    wrong = [
        row["id"]
        for row in db.query(
            f"SELECT {table}.id AS id FROM {table} JOIN items ON items.id = {table}.item_id "
            f"WHERE substr(items.text, start_char + 1, end_char - start_char) <> quote "
            f"OR start_char < 0 OR end_char <= start_char OR items.document_id <> {table}.document_id"
        )
    ]
    examples = [f"{record_id}: the quote is not at its offsets" for record_id in wrong[:_EXAMPLES]]
    return Check(f"quotes of {table} at their offsets", db.table(table).count, len(wrong), examples)


def _pages(db: Database) -> Check:
    # From the first character on, and each inside of the text: else a record would have no page, or a wrong one.
    rows = list(
        db.query(
            "SELECT items.id AS id FROM item_pages JOIN items ON items.id = item_pages.item_id GROUP BY items.id "
            "HAVING min(start_char) <> 0 OR max(start_char) >= length(text) OR items.page IS NULL"
        )
    )
    examples = [f"the pages of {row['id']} do not fit its text" for row in rows[:_EXAMPLES]]
    return Check("pages of items in their text", db.table("item_pages").count, len(rows), examples)


def _foreign_keys(db: Database) -> Check:
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    references = sum(len(table.foreign_keys) for table in db.tables)
    examples = [f"a row of {row[0]} refers to a row of {row[2]} that is not there" for row in rows]
    return Check("foreign keys", references, len(rows), examples[:_EXAMPLES])


def _evidence(db: Database) -> Check:
    # A record of evidence stands in one of two tables, which no foreign key can say.
    rows = list(
        db.query(
            "SELECT record_id FROM evidence WHERE record_id NOT IN (SELECT id FROM actions) "
            "AND record_id NOT IN (SELECT id FROM follow_ups)"
        )
    )
    examples = [f"evidence for {row['record_id']}, which is not there" for row in rows[:_EXAMPLES]]
    return Check("records of evidence", db.table("evidence").count, len(rows), examples)


def _integrity(db: Database) -> Check:
    found = [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()]
    wrong = [message for message in found if message != "ok"]
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    return Check("pages of the file", pages, len(wrong), wrong[:_EXAMPLES])


def _search_index(db: Database, table: str) -> Check:
    check = Check(f"search index of {table}", db.table(table).count)
    stored = f"SELECT rowid FROM {table} WHERE {CURRENT}"
    indexed = f"SELECT id FROM {table}_fts_docsize"
    missing = db.execute(f"SELECT count(*) FROM ({stored} EXCEPT {indexed})").fetchone()[0]
    spare = db.execute(f"SELECT count(*) FROM ({indexed} EXCEPT {stored})").fetchone()[0]
    differing = missing + spare
    if differing:
        check.wrong = differing
        check.examples.append(f"{differing} rows differ; {_AGAIN}")
        return check
    superseded = db.execute(f"SELECT 1 FROM {table} WHERE NOT ({CURRENT}) LIMIT 1").fetchone()
    try:
        # Compared with the table only where all of it is indexed; else the index is checked by itself.
        rank = 0 if superseded else 1
        db.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', {rank})")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
        if "readonly" in str(error):
            check.examples.append("the file may not be written to: its rows were counted, its words not compared")
            return check
        check.wrong = 1
        check.examples.append(f"{error}; {_AGAIN}")
    finally:
        db.rollback()
    return check
