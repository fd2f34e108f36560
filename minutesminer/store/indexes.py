"""Indexes left out while a table is filled: building them afterwards takes a fraction of keeping them row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def indexes_built_after(db: Database, *tables: str) -> Iterator[None]:
    """While the block fills tables, they have no indexes but those of their keys; then each gets its own back.

    Where the block fails, the caller rolls back: this belongs in a transaction.
    """
    marks = ", ".join("?" * len(tables))
    indexes = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({marks}) AND sql IS NOT NULL "
        "ORDER BY name",
        tables,
    ).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX [{name}]")
    yield
    for _, statement in indexes:
        db.execute(statement)
