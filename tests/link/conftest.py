"""A database of two councils with a few meetings, made by hand through the store's own schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from minutesminer.store.database import open_database


class Minutes:
    """Adds items and records to a database; every item is a document of its own."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def item(self, committee: str, day: str | None, title: str, text: str, **columns: Any) -> str:
        """One item of `committee` (`COUNCIL-name`) on `day`; returns its id."""
        number = self.db.execute("select count(*) from documents").fetchone()[0]
        document, council, meeting = f"d{number}", committee.split("-")[0], f"{committee}-{day}"
        superseded = columns.pop("superseded_by", None)
        self.db.table("councils").insert({"id": council, "name": council}, ignore=True)
        self.db.table("committees").insert({"id": committee, "council_id": council, "name": committee}, ignore=True)
        self.db.table("meetings").insert({"id": meeting, "committee_id": committee, "date": day}, ignore=True)
        self.db.table("documents").insert(
            {
                "id": document,
                "source": f"{document}.txt",
                "media_type": "text/plain",
                "size": 1,
                "outcome": "ok",
                "superseded_by": superseded,
            }
        )
        item = f"{document}.0"
        self.db.table("items").insert(
            {
                "id": item,
                "document_id": document,
                "meeting_id": meeting,
                "position": 0,
                "title": title,
                "text": text,
                **columns,
            }
        )
        return item

    def record(self, table: str, item: str, quote: str, **columns: Any) -> str:
        """One record of `item`; returns its id."""
        document, meeting, text = self.db.execute(
            "select document_id, meeting_id, text from items where id = ?", [item]
        ).fetchone()
        start = text.index(quote)
        id_ = f"{item}.{table[0]}{start}-{start + len(quote)}"
        self.db.table(table).insert(
            {
                "id": id_,
                "item_id": item,
                "document_id": document,
                "meeting_id": meeting,
                "quote": quote,
                "sentence": text,
                "start_char": start,
                "end_char": start + len(quote),
                "rule": "test",
                **columns,
            }
        )
        return id_


@pytest.fixture
def minutes(tmp_path: Path) -> Iterator[Minutes]:
    """An empty database of the store's schema, open for writing."""
    with open_database(tmp_path / "minutes.db", write=True) as db:
        yield Minutes(db)
