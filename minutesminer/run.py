"""The main job: files in, a database out, one file at a time."""

from __future__ import annotations

import datetime
import hashlib
import io
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, Literal

from sqlite_utils import Database

import minutesminer.mine as mine
from minutesminer import fetch, resources, store
from minutesminer.errors import TrackerError
from minutesminer.fetch.containers import as_text
from minutesminer.fetch.fetched import FromArchive
from minutesminer.link import link
from minutesminer.mine.engine.rules import rules_sha256
from minutesminer.models import Document, Given, Issue, ItemRecords, Outcome
from minutesminer.store.fetched import earlier_documents, supersede
from minutesminer.store.reconcile import reconcile
from minutesminer.store.tables import RECORD_TABLES
from minutesminer.version import __version__
from minutesminer.workers import Failure, Job, Limits, Result, Workers, results_here

Progress = Callable[[int, int, str], None]
"""Called with the number of files done, of all files, and the file just done."""

_TO_COME = ("not_published", "cancelled")
"""What is no trouble of a meeting that a council's site lists."""

_ONLY_TOLD = ("answers_without_page",)
"""What is as it should be, and told: every web archive holds addresses that gave 404."""

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
    paths: Sequence[str | Path] | fetch.Found,
    db_path: Path | str,
    given: Given | None = None,
    patterns: Path | str | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    workers: int = 0,
    limits: Limits | None = None,
    ocr: bool = False,
) -> Summary:
    """Read, parse, mine and store every file under `paths`, then link what belongs together.

    In the place of paths, of whose files `given` is said, may stand what `fetch.find` or `fetch.find_fetched` found.
    With `workers`, so many processes parse and mine, and each file is held to `limits` of time and memory; what is
    stored is the same. Without, this process does it all, and a file that never ends is waited for.
    `ocr` has scanned pages of PDFs read by text recognition, where that is installed.
    A file that cannot be read becomes an entry of `not_read` and rows of `documents` and `issues`;
    the others go on. Raises UsageError for paths that are not there, RuleError for broken rules,
    NotOurDatabase and DatabaseBusy for the database, each before anything is changed or with
    every document stored whole or not at all.
    """
    found = paths if isinstance(paths, fetch.Found) else fetch.find(paths, given)
    begun = time.perf_counter()
    rule_folder = Path(patterns) if patterns is not None else resources.folder("patterns")
    rules = rules_sha256(rule_folder)
    summary = Summary(str(db_path), files=len(found.sources))
    outcomes: Counter[str] = Counter()
    with ExitStack() as stack:
        if workers:
            count = min(workers, max(len(found.sources), 1))  # each reads all rules before it begins
            pool: Workers[_Task] = stack.enter_context(Workers(count, patterns, limits or Limits()))
            results = pool.results
        else:
            results = partial(results_here, nlp=mine.load(patterns))
        db = stack.enter_context(store.open_database(db_path, write=True))
        stack.enter_context(store.loading(db))
        run_id = _start(db, rules)
        for manifest, issues in found.manifests.items():
            store.save_source_issues(db, manifest, issues)
            summary.issues += [issue.message for issue in issues]
        for folder, issues in found.folders.items():
            store.save_source_issues(db, folder, issues)
            summary.issues += [issue.message for issue in issues if issue.code in _ONLY_TOLD]
            refused = [issue for issue in issues if issue.code not in _ONLY_TOLD]
            summary.not_read += [NotRead(folder, issue.code, issue.message) for issue in refused]
            outcomes.update(issue.code for issue in refused)
        seen: dict[str, tuple[str, str]] = {}
        earlier: dict[str, list[str]] = {}
        for known in found.fetched:
            earlier |= earlier_documents(db, known.meetings)
        jobs = _jobs(found.sources, stdin or io.BytesIO(), ocr)
        for done, (task, result) in enumerate(results(jobs), start=1):
            outcomes[_stored(db, rules, task, result, summary, seen, earlier)] += 1
            if progress is not None:
                progress(done, len(found.sources), task.path)
        for known in found.fetched:
            summary.not_read += save_fetched(db, known)
        try:
            link(db, rule_folder)
        finally:
            # What is stored can be searched, whatever became of linking it.
            store.rebuild(db)
        summary.outcomes = dict(sorted(outcomes.items()))
        summary.seconds = time.perf_counter() - begun
        _finish(db, run_id, summary)
    summary.issues += _carry_over(db_path)
    return summary


def _carry_over(db_path: Path | str) -> list[str]:
    """Let what officers said follow the records, whose ids may be others now; what there is to say of it."""
    try:
        done = reconcile(db_path)
    except TrackerError as error:
        return [str(error)]
    said = []
    if done.carried:
        said.append(f"what officers said of {len(done.carried):,} records was carried over to them as they are now")
    if done.orphaned:
        said.append(
            f"{len(done.orphaned):,} records that officers spoke of are in the minutes no more; "
            "`minutesminer track --orphans` lists them"
        )
    return said


@dataclass(slots=True)
class _Task:
    """A file on its way: its document as far as that is known without reading it, or why it has none."""

    path: str
    id: str = ""
    size: int = 0
    copy: bool = False
    issue: Issue | None = None
    outcome: Outcome = "bad_manifest"
    fetched_at: str | None = None
    listed: bool = False


def _jobs(sources: Sequence[fetch.Source], stdin: BinaryIO, ocr: bool) -> Iterator[tuple[_Task, Job | None]]:
    """Each source with the job of reading it; without one where its bytes cannot be had, are known, or are refused."""
    sent: set[str] = set()
    for source in sources:
        path = as_text(source.path)
        if source.outcome is not None:
            yield (
                _Task(path, store.address_id(path), 0, False, source.issue, source.outcome, source.fetched_at),
                None,
            )
            continue
        try:
            data = fetch.read(source, stdin)
        except OSError as error:
            yield (
                _Task(path, issue=Issue("fetch", "unreadable", f"{path} cannot be read ({error.strerror}); check it")),
                None,
            )
            continue
        task = _Task(path, _id_of(data), len(data), issue=source.issue, fetched_at=source.fetched_at)
        task.listed = source.listed
        if source.issue is None and task.id in sent:
            task.copy = True
        wanted = source.issue is None and not task.copy
        if wanted:
            sent.add(task.id)
        yield task, Job(data, path, source.given, ocr) if wanted else None


def _stored(
    db: Database,
    rules: str,
    task: _Task,
    result: Result | None,
    summary: Summary,
    seen: dict[str, tuple[str, str]],
    earlier: Mapping[str, Sequence[str]],
) -> str:
    """Store what became of one file; its outcome.

    `seen` has path and outcome by document, `earlier` the documents whose place a document takes.
    """
    if not task.id and task.issue is not None:
        store.save_source_issues(db, task.path, [task.issue])
        summary.not_read.append(NotRead(task.path, "unreadable", task.issue.message))
        return "unreadable"
    if task.copy:
        return _copy(db, task.path, *seen[task.id], summary)
    records: list[ItemRecords] = []
    if task.issue is not None:
        document = _unread(task, task.outcome, task.issue)
    elif result is None or isinstance(result, Failure):
        document = _failed(task, result or Failure("parse", "internal", "there is no result"))
    else:
        document, records = result
        document.fetched_at = task.fetched_at
    if task.issue is None:
        seen[task.id] = (task.path, document.outcome)
    try:
        saved = store.save(db, document, records, rules)
        if document.outcome == "ok" and supersede(db, earlier.get(document.id, ()), document.id):
            # What one document in force says of a meeting for all (venue, attendance), this one says now.
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
        document = _unread(task, "failed", _own_fault(task.path, "store", f"{type(error).__name__}: {error}"))
        seen[document.id] = (task.path, document.outcome)
        saved = store.save(db, document, [], rules)
    summary.issues += [issue.message for issue in saved.issues]
    for name, count in saved.counts.items():
        summary.counts[name] += count
    if document.outcome == "ok":
        summary.issues += [issue.message for issue in document.issues]
    elif not (task.listed and document.outcome in _TO_COME):
        message = document.issues[0].message if document.issues else f"{task.path}: {document.outcome}"
        summary.not_read.append(NotRead(task.path, document.outcome, message))
    return document.outcome


def save_fetched(db: Database, known: FromArchive) -> list[NotRead]:
    """Store what an archive knows besides bytes; the sites that list no meetings, and why."""
    troubles = {
        site.root: None
        if site.outcome == "ok"
        else Issue("fetch", site.outcome, f"{site.council} ({site.root}): {site.message or site.outcome}")
        for site in known.sites
    }
    store.save_fetched(db, known.names, known.meetings, known.requests, troubles)
    return [NotRead(root, issue.code, issue.message) for root, issue in troubles.items() if issue is not None]


def _copy(db: Database, path: str, first: str, outcome: str, summary: Summary) -> str:
    """A file with the bytes of one that this run has seen: it is told, and stored once."""
    message = f"{path} is the same, byte for byte, as {first}; leave one of them out"
    if outcome == "ok":
        summary.issues.append(message)
    else:
        summary.not_read.append(NotRead(path, outcome, message))
    store.save_source_issues(db, path, [Issue("fetch", "copy", message)])
    return outcome


def _failed(task: _Task, failure: Failure) -> Document:
    """The document of a file that the program, or its worker, did not get through."""
    if failure.code == "internal":
        return _unread(task, "failed", _own_fault(task.path, failure.stage, failure.what))
    message = f"{task.path}: {failure.what}; it was left out: cut it in parts, or look whether it is damaged"
    return _unread(task, "failed", Issue(failure.stage, failure.code, message))


def _own_fault(path: str, stage: Literal["parse", "mine", "store"], what: str) -> Issue:
    message = f"{path}: minutesminer itself failed to {stage} it ({what}); please report this file"
    return Issue(stage, "internal", message)


def _unread(task: _Task, outcome: Outcome, issue: Issue) -> Document:
    return Document(
        task.id, task.path, _UNKNOWN_TYPE, task.size, outcome=outcome, fetched_at=task.fetched_at, issues=[issue]
    )


def _id_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


def _start(db: Database, rules: str) -> str:
    last = db.execute("SELECT max(id) FROM runs").fetchone()[0]
    run_id = f"run-{int(last.removeprefix('run-')) + 1 if last else 1:05d}"
    with db.atomic():
        db.execute(
            "INSERT INTO runs (id, started, version, patterns_sha256, spacy_version) VALUES (?, ?, ?, ?, ?)",
            [run_id, _now(), __version__, rules, metadata.version("spacy")],  # importing it takes a second
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
