"""What is kept on the disk: all of an archive and of a database but the times, and whether an archive is sound."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutesminer.fetch.archive import MANIFEST, is_archive_folder
from minutesminer.store.tables import TABLES

_OF_THE_TIME = {
    "requests": {"id", "fetched_at", "attempts"},
    "meetings": {"asked_at"},
    "sites": {"visited_at"},
    "crawls": {"started"},
}
_TIMES = {"fetched_at", "asked_at"}

Row = dict[str, Any]


@dataclass(slots=True)
class Manifest:
    """The rows of a manifest by table, and what is wrong with the archive that it belongs to."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> set[str]:
        """The addresses whose requests are committed."""
        return {row["address"] for row in self.rows.get("requests", [])}

    @property
    def finished(self) -> list[bool]:
        """Of each crawl, whether it is."""
        return [row["finished"] is not None for row in self.rows.get("crawls", [])]


def blobs_of(folder: Path) -> dict[str, str]:
    """The sha256 of each blob's bytes, by the blob's name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "blobs").glob("*/*")}


def looked_into(folder: Path) -> Manifest:
    """What an archive holds, whatever became of its writer. The archive itself is not touched.

    A transaction that was under way is taken back in a copy, so that the program has to do so itself.
    """
    manifest = Manifest()
    blobs = blobs_of(folder)
    manifest.wrong += [f"the blob {name} has other bytes" for name, sha256 in blobs.items() if name != sha256]
    if not is_archive_folder(folder):
        return manifest
    with tempfile.TemporaryDirectory() as copy:
        for path in folder.glob(f"{MANIFEST}*"):
            shutil.copy(path, copy)
        with closing(sqlite3.connect(Path(copy) / MANIFEST)) as db:
            db.row_factory = sqlite3.Row
            said = db.execute("PRAGMA integrity_check").fetchone()[0]
            manifest.wrong += [] if said == "ok" else [said]
            tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            manifest.rows = {table: [dict(row) for row in db.execute(f"SELECT * FROM {table}")] for table in tables}
    named = {row["sha256"] for row in manifest.rows.get("requests", [])} - {None}
    manifest.wrong += [f"the blob {sha256} is missing" for sha256 in sorted(named - blobs.keys())]
    return manifest


def archive_state(folder: Path) -> dict[str, Any]:
    """Files and rows of an archive that nobody writes to, without what depends on the time."""
    manifest = looked_into(folder)
    rows = {table: sorted((_timeless(table, row) for row in rows), key=repr) for table, rows in manifest.rows.items()}
    named = {row["sha256"] for row in manifest.rows["requests"]} - {None}
    return {
        "wrong": manifest.wrong,
        "files": sorted(path.name for path in folder.iterdir()),
        "partial": sorted(path.name for path in (folder / "partial").iterdir()),
        "blobs": blobs_of(folder),
        "blobs that no row names": sorted(blobs_of(folder).keys() - named),
        **rows,
    }


def database_state(path: Path) -> dict[str, list[Row]]:
    """The rows of a database by table, without times and without the runs."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {
            table: sorted(
                (
                    {name: value for name, value in dict(row).items() if name not in _TIMES}
                    for row in db.execute(f"SELECT * FROM {table}")
                ),
                key=repr,
            )
            for table in TABLES
            if table != "runs"
        }


def _timeless(table: str, row: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in _OF_THE_TIME.get(table, ())}
    if table == "requests":
        headers = json.loads(row["headers"])
        kept["headers"] = {name: value for name, value in headers.items() if name != "date"}
    if table == "crawls":
        kept["finished"] = row["finished"] is not None
    return kept
