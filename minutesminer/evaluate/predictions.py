"""What mining found, in the shape that scoring takes: from a run in memory, or from a database."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from minutesminer.evaluate.gold import CLASSES
from minutesminer.models import Action, Document, FollowUp, ItemRecords, Metric, Record, Resolution
from minutesminer.store import open_database

_TYPES: dict[str, type[Record]] = {
    "metrics": Metric,
    "resolutions": Resolution,
    "actions": Action,
    "follow_ups": FollowUp,
}


@dataclass(slots=True)
class PredictedDocument:
    """One mined document: its base name, and each item's text with the records found in it."""

    name: str
    items: list[tuple[str, ItemRecords]]


def base_name(source: str) -> str:
    """The file name at the end of a path or an address."""
    path = unquote(urlsplit(source).path) if "://" in source else source
    return PurePosixPath(path.replace("\\", "/")).name


def predictions_from_mining(document: Document, records: Sequence[ItemRecords]) -> PredictedDocument:
    """Pair a parsed document with what mining gave for each of its items, in the items' order.

    Raises ValueError where there is not one ItemRecords for each item.
    """
    if len(document.items) != len(records):
        counts = f"{len(document.items)} items but {len(records)} lists of records"
        raise ValueError(f"{document.source}: {counts}")
    items = [(item.text, records[i]) for i, item in enumerate(document.items)]
    return PredictedDocument(base_name(document.source), items)


def predictions_from_db(db_path: Path | str) -> dict[str, PredictedDocument]:
    """All documents of a database by base name; superseded versions of a document are left out.

    Raises what `open_database` raises: UsageError where the file is missing, NotOurDatabase where it is
    not a database of this program, DatabaseBusy where it is locked.
    """
    with open_database(db_path) as db:
        db.conn.row_factory = sqlite3.Row
        return _read_documents(db.conn)


def records_by_item(connection: sqlite3.Connection) -> dict[str, ItemRecords]:
    """The stored records of every item that has any, by its id, each class in the order of the text.

    `connection` has `sqlite3.Row` as its row factory.
    """
    found: dict[str, ItemRecords] = {}
    for class_ in CLASSES:
        for row in connection.execute(f"select * from {class_} order by item_id, start_char, end_char, id"):
            records = found.setdefault(row["item_id"], ItemRecords())
            getattr(records, class_).append(_record(class_, dict(row)))
    return found


def _read_documents(connection: sqlite3.Connection) -> dict[str, PredictedDocument]:
    columns = {row["name"] for row in connection.execute("pragma table_info(documents)")}
    current = "where superseded_by is null" if "superseded_by" in columns else ""
    documents: dict[str, PredictedDocument] = {}
    names = {
        row["id"]: base_name(row["source"])
        for row in connection.execute(f"select id, source from documents {current} order by source, id")
    }
    for name in names.values():
        documents[name] = PredictedDocument(name, [])
    records = records_by_item(connection)
    for row in connection.execute("select id, document_id, text from items order by document_id, position"):
        if row["document_id"] in names:
            item = (row["text"], records.get(row["id"], ItemRecords()))
            documents[names[row["document_id"]]].items.append(item)
    return documents


def _record(class_: str, row: dict[str, Any]) -> Record:
    type_ = _TYPES[class_]
    names = {field.name for field in dataclasses.fields(type_)} & set(row)
    return type_(**{name: row[name] for name in names})
