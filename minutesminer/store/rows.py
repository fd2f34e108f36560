"""From records to rows, and rows into tables so that unchanged rows stay untouched."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar

from sqlite_utils import Database

from minutesminer.models import Action, FollowUp, Issue, Item, ItemRecords, Metric, Record
from minutesminer.store import ids
from minutesminer.store.tables import RECORD_TABLES, TABLES

Row = dict[str, object]
AnyRecord = TypeVar("AnyRecord", bound=Record)

_QUOTED = 80  # characters of a quote in a message

# Columns that a later stage fills, and saving a document therefore leaves as they are.
_FILLED_LATER = {("metrics", "measure_id")}


@dataclass(slots=True)
class RecordRows:
    """Rows of a document's records by table, and an issue for each record that was left out."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in RECORD_TABLES})
    issues: list[Issue] = field(default_factory=list)


def add_records(to: RecordRows, item: Item, records: ItemRecords, keys: Row) -> None:
    """Add the rows of one item's records. `keys` holds `item_id`, `document_id` and `meeting_id`."""
    item_id = str(keys["item_id"])
    resolutions = _sound(to, item, records.resolutions, item_id)
    resolution_ids: dict[int, str] = {}
    spans = [(record.start_char, record.end_char, record.decision) for _, record in resolutions]
    for (place, record), record_id in zip(resolutions, ids.record_ids(item_id, "r", spans), strict=True):
        resolution_ids[place] = record_id
        to.rows["resolutions"].append({"id": record_id, **keys, **_fields(record)})
    metrics = _sound(to, item, records.metrics, item_id)
    spans = [(record.start_char, record.end_char, f"{record.kind}-{record.role}") for _, record in metrics]
    for (_, metric), record_id in zip(metrics, ids.record_ids(item_id, "m", spans), strict=True):
        to.rows["metrics"].append({"id": record_id, **keys, **_fields(metric)})
    requests: tuple[tuple[str, str, Sequence[Action | FollowUp]], ...] = (
        ("actions", "a", records.actions),
        ("follow_ups", "f", records.follow_ups),
    )
    for table, letter, listed in requests:
        sound = _sound(to, item, listed, item_id)
        spans = [(record.start_char, record.end_char, record.rule) for _, record in sound]
        for (_, request), record_id in zip(sound, ids.record_ids(item_id, letter, spans), strict=True):
            row = _fields(request)
            index = request.resolution
            row["resolution_id"] = None if index is None else resolution_ids.get(index)
            to.rows[table].append({"id": record_id, **keys, **row})


def _sound(to: RecordRows, item: Item, records: Sequence[AnyRecord], item_id: str) -> list[tuple[int, AnyRecord]]:
    """The records that may be stored, with their index; the others become issues."""
    sound = []
    for index, record in enumerate(records):
        start, end = record.start_char, record.end_char
        if not (0 <= start < end <= len(item.text)) or item.text[start:end] != record.quote:
            code, trouble = (
                "quote_mismatch",
                f"its quote {_shortened(record.quote)!r} is not at {start}-{end} of the text",
            )
        elif not _finite(record):
            code, trouble = "bad_value", f"the value of {_shortened(record.quote)!r} is not a number"
        else:
            sound.append((index, record))
            continue
        message = f"a record of item {item_id} was left out: {trouble}; correct the rule {record.rule!r}"
        to.issues.append(Issue("store", code, message))
    return sound


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"


def _fields(record: Record) -> Row:
    # dataclasses.asdict copies every value deeply, which costs more than storing it.
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _finite(record: Record) -> bool:
    if not isinstance(record, Metric):
        return True
    numbers = (record.value, record.value_max, record.base)
    return all(number is None or math.isfinite(number) for number in numbers)


def upsert(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Insert rows or bring those of the same key up to date; equal rows are not written at all.

    Rows keep their place in the table, so that saving the same input again changes no byte of it.
    """
    spec = TABLES[table]
    columns = list(spec.columns)
    free = [c for c in columns if c not in spec.key and (table, c) not in _FILLED_LATER]
    names = ", ".join(f'"{column}"' for column in columns)
    slots = ", ".join(f":{column}" for column in columns)
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in free)
    differs = " OR ".join(f'"{table}"."{column}" IS NOT excluded."{column}"' for column in free)
    db.conn.executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({slots}) '
        f"ON CONFLICT ({', '.join(spec.key)}) DO UPDATE SET {changes} WHERE {differs}",
        list(rows),
    )


def delete_vanished(db: Database, table: str, document_id: str, kept: Iterable[Row]) -> None:
    """Delete the document's rows of a table whose ids are not among the rows `kept`."""
    keep = {row["id"] for row in kept}
    stored = db.execute(f'SELECT id FROM "{table}" WHERE document_id = ?', [document_id]).fetchall()
    gone = [row for row in stored if row[0] not in keep]
    db.conn.executemany(f'DELETE FROM "{table}" WHERE id = ?', gone)
    if table in ("actions", "follow_ups"):
        db.conn.executemany("DELETE FROM evidence WHERE record_id = ?", gone)
        db.conn.executemany("DELETE FROM threads WHERE record_id = ?", gone)
