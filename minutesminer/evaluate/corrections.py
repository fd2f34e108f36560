"""Gold from what officers said: their corrections in the format of annotation, so that scores can be had of them.

A gold file holds everything that was found in a document. What an officer confirmed, corrected or added counts; what
nobody looked at is `optional` and counts neither way; what an officer marked wrong is left out, and so is spurious
where it is found again. `corrections.csv` beside the files says which are corrections.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from minutesminer.csv_cells import csv_cells, csv_writer
from minutesminer.errors import UsageError
from minutesminer.evaluate.gold import CLASSES, SLOTS, RecordClass
from minutesminer.evaluate.predictions import base_name
from minutesminer.store import open_database
from minutesminer.store.tracker import HAND
from minutesminer.store.tracker_file import exists, open_tracker

LIST = "corrections.csv"

_CLASS: dict[str, RecordClass] = {"action": "actions", "follow_up": "follow_ups"}
_PERSON = {"action": "owner", "follow_up": "requester"}
_TASK = {"action": "task", "follow_up": "request"}
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|(?=\n|$))")
_DOCUMENT = """
SELECT documents.source, councils.name AS council, committees.name AS committee, meetings.date AS date
FROM items JOIN documents ON documents.id = items.document_id
JOIN meetings ON meetings.id = items.meeting_id JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE items.document_id = ? ORDER BY items.position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: `document` is the base name, empty where no document of the meeting has the words."""

    document: str
    class_: str
    record_id: str
    correction: str
    who: str
    at: str
    note: str
    quote: str


@dataclass(slots=True)
class Exported:
    """The gold files that were written, the corrections in them, and those that found no document."""

    files: list[Path] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    left_out: list[Correction] = field(default_factory=list)


def export_gold(minutes_db: Path | str, tracker: Path, folder: Path) -> Exported:
    """Write a gold file into `folder` for each document that officers corrected, and the list of corrections.

    Raises UsageError where the folder cannot be written, and what `open_database` and `open_tracker` raise.
    """
    done = Exported()
    if not exists(tracker):
        raise UsageError(f"there is no {tracker}: nobody has said anything yet")
    with open_tracker(tracker) as said, open_database(minutes_db) as db:
        db.conn.row_factory = sqlite3.Row
        rows = said.execute("SELECT * FROM current ORDER BY record_id").fetchall()
        told: dict[str, dict[str, sqlite3.Row]] = defaultdict(dict)
        added: dict[str, list[tuple[RecordClass, dict[str, Any]]]] = defaultdict(list)
        for row in rows:
            if row["record_id"].startswith(HAND):
                _take_in(db.conn, row, added, done)
                continue
            place, correction = _document_of(db.conn, row), _correction_of(row)
            if place is not None and correction is not None:
                told[place][row["record_id"]] = row
                done.corrections.append(_correction(base_name(_source(db.conn, place)), row, correction))
        gold = {
            document: _gold(db.conn, document, told[document], added[document]) for document in sorted({*told, *added})
        }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in gold.values():
            path = folder / f"{Path(document['document']).stem}.json"
            path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            done.files.append(path)
        _write_list(folder / LIST, [*done.corrections, *done.left_out])
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}); name another folder") from error
    return done


def _correction_of(row: sqlite3.Row) -> str | None:
    """What an officer corrected of a record in the minutes; None where nothing."""
    if row["wrong"]:
        return "left out"
    if row["class"] == "action" and _stated(row["owner"], row["sentence"]):
        return "owner"
    return "confirmed" if row["confirmed"] else None


def _stated(words: str | None, text: str | None) -> bool:
    """True where the minutes say the words: only then they can be what annotation has."""
    return bool(words and text and re.search(rf"\b{re.escape(words)}\b", text))


def _correction(document: str, row: sqlite3.Row, correction: str) -> Correction:
    who, at, note = (row[column] or "" for column in ("who", "at", "note"))
    quote = row["quote"] or row["what"] or ""
    return Correction(document, row["class"], row["record_id"], correction, who, at, note, quote)


def _document_of(minutes: sqlite3.Connection, row: sqlite3.Row) -> str | None:
    table = _CLASS[row["class"]]
    found = minutes.execute(f"SELECT document_id FROM {table}_view WHERE id = ?", [row["record_id"]]).fetchone()
    return None if found is None else str(found["document_id"])


def _source(minutes: sqlite3.Connection, document: str) -> str:
    return str(minutes.execute("SELECT source FROM documents WHERE id = ?", [document]).fetchone()["source"])


def _gold(
    minutes: sqlite3.Connection,
    document: str,
    told: dict[str, sqlite3.Row],
    added: list[tuple[RecordClass, dict[str, Any]]],
) -> dict[str, Any]:
    facts = minutes.execute(_DOCUMENT, [document]).fetchone()
    items = minutes.execute("SELECT number, title FROM items WHERE document_id = ? ORDER BY position", [document])
    gold: dict[str, Any] = {
        "document": base_name(facts["source"]),
        **{key: facts[key] for key in ("council", "committee", "date")},
        "items": [{"number": number, "title": title} for number, title in items],
    }
    for class_ in CLASSES:
        rows = minutes.execute(
            f"SELECT {class_}.*, items.position FROM {class_} JOIN items ON items.id = {class_}.item_id "
            f"WHERE {class_}.document_id = ? ORDER BY items.position, start_char, end_char, {class_}.id",
            [document],
        )
        records = [_record(class_, row, told.get(row["id"])) for row in rows]
        gold[class_] = [record for record in records if record is not None]
        gold[class_] += [record for its_class, record in added if its_class == class_]
    return gold


def _record(class_: RecordClass, row: sqlite3.Row, said: sqlite3.Row | None) -> dict[str, Any] | None:
    correction = None if said is None else _correction_of(said)
    if correction == "left out":
        return None
    record: dict[str, Any] = {"quote": row["quote"], **{slot: row[slot] for slot in SLOTS[class_]}}
    record["sentence"] = row["sentence"]
    if said is None or correction is None:
        record["optional"] = True
    elif correction == "owner":
        record["owner"] = said["owner"]
    return record


def _take_in(
    minutes: sqlite3.Connection,
    row: sqlite3.Row,
    added: dict[str, list[tuple[RecordClass, dict[str, Any]]]],
    done: Exported,
) -> None:
    """A record added by hand, put in the document of its meeting whose text has its words."""
    if row["wrong"]:
        return
    words = re.compile(r"\s+".join(map(re.escape, row["what"].split())), re.IGNORECASE)
    items = minutes.execute(
        "SELECT items.document_id, items.text FROM items JOIN documents ON documents.id = items.document_id "
        "JOIN meetings ON meetings.id = items.meeting_id JOIN committees ON committees.id = meetings.committee_id "
        "WHERE documents.superseded_by IS NULL AND committees.id IS ? AND meetings.date IS ? "
        "ORDER BY items.document_id, items.position",
        [row["committee_id"], row["date"]],
    )
    for document, text in items:
        match = words.search(text)
        if match is None:
            continue
        around = (one for one in _SENTENCE.finditer(text) if one.end() >= match.end())
        sentence = next((one[0].strip() for one in around if one.start() <= match.start()), match[0])
        class_ = _CLASS[row["class"]]
        slots: dict[str, Any] = dict.fromkeys(SLOTS[class_])
        slots[_TASK[row["class"]]] = match[0]
        if _stated(row["owner"], sentence):
            slots[_PERSON[row["class"]]] = row["owner"]
        if class_ == "actions":
            slots["strength"] = "undertaken"
        added[document].append((class_, {"quote": match[0], **slots, "sentence": sentence}))
        done.corrections.append(_correction(base_name(_source(minutes, document)), row, "added"))
        return
    done.left_out.append(_correction("", row, "added, in words that no document of the meeting has"))


def _write_list(path: Path, corrections: list[Correction]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file, [each.name.rstrip("_") for each in fields(Correction)])
        writer.writerows(csv_cells(asdict(correction).values()) for correction in corrections)
