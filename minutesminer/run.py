"""The main job: files in, a database out, one file at a time."""

from __future__ import annotations

import datetime
import hashlib
import io
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from sqlite_utils import Database

from minutesminer import __version__, fetch, mine, resources, store
from minutesminer.fetch.files import as_text
from minutesminer.link import link
from minutesminer.mine.engine.rules import rules_sha256
from minutesminer.models import Document, Given, Issue, ItemRecords, Outcome
from minutesminer.parse import parse
from minutesminer.store.tables import RECORD_TABLES

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int, str], None]
"""Called with the number of files done, of all files, and the file just done."""

_LOG = logging.getLogger(__name__)
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(slots=True)
class NotRead:
    """A file that gave no minutes, or a folder that gave no file: why, and what to do."""

    source: str
    outcome: str
    message: str


@dataclass(slots=True)
class Summary:
    """What a run did: rows by table, files by outcome, what was not read, and other troubles."""

    database: str
    files: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("items", *RECORD_TABLES), 0))
    outcomes: dict[str, int] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Files that minutes were read from."""
        return self.outcomes.get("ok", 0)


def run(
    paths: Sequence[str | Path],
    db_path: Path | str,
    given: Given | None = None,
    patterns: Path | str | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Summary:
    """Read, parse, mine and store every file under `paths`, then link what belongs together.

    A file that cannot be read becomes an entry of `not_read` and rows of `documents` and `issues`;
    the others go on. Raises UsageError for paths that are not there, RuleError for broken rules,
    NotOurDatabase and DatabaseBusy for the database, each before anything is changed or with
    every document stored whole or not at all.
    """
    begun = time.perf_counter()
    found = fetch.find(paths, given)
    nlp = mine.load(patterns)
    rule_folder = Path(patterns) if patterns is not None else resources.folder("patterns")
    rules = rules_sha256(rule_folder)
    summary = Summary(str(db_path), files=len(found.sources))
    outcomes: Counter[str] = Counter()
    with store.open_database(db_path, write=True) as db, store.loading(db):
        run_id = _start(db, rules)
        for manifest, issues in found.manifests.items():
            store.save_source_issues(db, manifest, issues)
            summary.issues += [issue.message for issue in issues]
        for folder, issues in found.folders.items():
            store.save_source_issues(db, folder, issues)
            summary.not_read += [NotRead(folder, issue.code, issue.message) for issue in issues]
            outcomes.update(issue.code for issue in issues)
        seen: dict[str, tuple[str, str]] = {}
        for done, source in enumerate(found.sources, start=1):
            outcomes[_one(db, nlp, rules, source, stdin or io.BytesIO(), summary, seen)] += 1
            if progress is not None:
                progress(done, len(found.sources), as_text(source.path))
        try:
            link(db, rule_folder)
        finally:
            # What is stored can be searched, whatever became of linking it.
            store.rebuild(db)
        summary.outcomes = dict(sorted(outcomes.items()))
        summary.seconds = time.perf_counter() - begun
        _finish(db, run_id, summary)
    return summary


def _one(
    db: Database,
    nlp: Language,
    rules: str,
    source: fetch.Source,
    stdin: BinaryIO,
    summary: Summary,
    seen: dict[str, tuple[str, str]],
) -> str:
    """Take one file through all stages; its outcome. `seen` has path and outcome by document."""
    path = as_text(source.path)
    try:
        data = fetch.read(source, stdin)
    except OSError as error:
        issue = Issue("fetch", "unreadable", f"{path} cannot be read ({error.strerror}); check it")
        store.save_source_issues(db, path, [issue])
        summary.not_read.append(NotRead(path, "unreadable", issue.message))
        return "unreadable"
    if source.issue is not None:
        document = _unread(data, path, "bad_manifest", source.issue)
        records: list[ItemRecords] = []
    else:
        digest = _id_of(data)
        if digest in seen:
            return _copy(db, path, *seen[digest], summary)
        document, records = _parse_and_mine(nlp, data, source, path)
        seen[digest] = (path, document.outcome)
    try:
        saved = store.save(db, document, records, rules)
    except sqlite3.OperationalError:
        raise
    except (
        sqlite3.IntegrityError,
        sqlite3.InterfaceError,
        sqlite3.ProgrammingError,
        ValueError,
        OverflowError,
    ) as error:
        # What mining made does not fit its columns: nothing of this file was stored, the others go on.
        document = _failed(data, path, "store", error)
        seen[document.id] = (path, document.outcome)
        saved = store.save(db, document, [], rules)
    summary.issues += [issue.message for issue in saved.issues]
    for name, count in saved.counts.items():
        summary.counts[name] += count
    if document.outcome == "ok":
        summary.issues += [issue.message for issue in document.issues]
    else:
        message = document.issues[0].message if document.issues else f"{path}: {document.outcome}"
        summary.not_read.append(NotRead(path, document.outcome, message))
    return document.outcome


def _copy(db: Database, path: str, first: str, outcome: str, summary: Summary) -> str:
    """A file with the bytes of one that this run has seen: it is told, and stored once."""
    message = f"{path} is the same, byte for byte, as {first}; leave one of them out"
    if outcome == "ok":
        summary.issues.append(message)
    else:
        summary.not_read.append(NotRead(path, outcome, message))
    store.save_source_issues(db, path, [Issue("fetch", "copy", message)])
    return outcome


def _parse_and_mine(nlp: Language, data: bytes, source: fetch.Source, path: str) -> tuple[Document, list[ItemRecords]]:
    stage: Literal["parse", "mine"] = "parse"
    try:
        document = parse(data, path, source.given)
        stage = "mine"
        return document, mine.mine_document(nlp, document)
    except Exception as error:  # noqa: BLE001
        # One file that the program fails on must not lose the other thousand: whatever it was is
        # kept as an issue with its name, and the run's exit code tells of it.
        _LOG.debug("%s: failed to %s", path, stage, exc_info=True)
        return _failed(data, path, stage, error), []


def _failed(data: bytes, path: str, stage: Literal["parse", "mine", "store"], error: Exception) -> Document:
    what = f"{type(error).__name__}: {error}"
    message = f"{path}: minutesminer itself failed to {stage} it ({what}); please report this file"
    return _unread(data, path, "failed", Issue(stage, "internal", message))


def _unread(data: bytes, path: str, outcome: Outcome, issue: Issue) -> Document:
    return Document(_id_of(data), path, _UNKNOWN_TYPE, len(data), outcome=outcome, issues=[issue])


def _id_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


def _start(db: Database, rules: str) -> str:
    import spacy

    last = db.execute("SELECT max(id) FROM runs").fetchone()[0]
    run_id = f"run-{int(last.removeprefix('run-')) + 1 if last else 1:05d}"
    with db.atomic():
        db.execute(
            "INSERT INTO runs (id, started, version, patterns_sha256, spacy_version) VALUES (?, ?, ?, ?, ?)",
            [run_id, _now(), __version__, rules, spacy.__version__],
        )
    return run_id


def _finish(db: Database, run_id: str, summary: Summary) -> None:
    values = {
        "finished": _now(),
        "files": summary.files,
        "documents": summary.read,
        "not_read": len(summary.not_read),
        **summary.counts,
        "seconds": round(summary.seconds, 3),
    }
    changes = ", ".join(f"{column} = :{column}" for column in values)
    with db.atomic():
        db.execute(f"UPDATE runs SET {changes} WHERE id = :id", {**values, "id": run_id})
