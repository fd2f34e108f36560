"""Filling whole tables: their indexes are built afterwards, in a fraction of what keeping them row by row takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def indexes_built_after(db: Database, *tables: str) -> Iterator[None]:
    """While the block fills tables, they have no indexes but those of their keys; then each gets its own back.

    Where the block fails, the caller rolls back: this belongs in a transaction.
    """
    indexes = [index for table in tables for index in _indexes(db, table)]
    for name, _ in indexes:
        db.execute(f"DROP INDEX [{name}]")
    yield
    for _, statement in indexes:
        db.execute(statement)


@contextmanager
def made_anew(db: Database, table: str) -> Iterator[None]:
    """The block fills a table that nothing refers to, which is empty when it begins, and indexed when it has ended.

    The table is dropped and made again as it was: with foreign keys of its own, SQLite would delete its rows one by
    one. Where the block fails, the caller rolls back: this belongs in a transaction.
    """
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone()
    indexes = _indexes(db, table)
    db.execute(f"DROP TABLE [{table}]")
    db.execute(made)
    yield
    for _, statement in indexes:
        db.execute(statement)


def _indexes(db: Database, table: str) -> list[tuple[str, str]]:
    """Names and statements of the indexes of a table, without those of its keys."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name"
    )
    return list(db.execute(query, [table]).fetchall())
