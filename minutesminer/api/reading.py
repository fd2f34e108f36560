"""Files of minutes as documents."""

from __future__ import annotations

import datetime
import io
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from minutesminer import fetch
from minutesminer.errors import ReadWarning, UsageError
from minutesminer.fetch.containers import Source, as_text
from minutesminer.models import Document, Given, Issue, Outcome
from minutesminer.parse import parse
from minutesminer.store import address_id

Date = str | datetime.date
"""A date as people type it (day first, or ISO), or one of Python's."""


def read(
    path: str | Path | bytes,
    *,
    council: str | None = None,
    committee: str | None = None,
    date: Date | None = None,
    url: str | None = None,
    ocr: bool = False,
) -> Document:
    """The document that one file of minutes holds: its meetings, and its agenda items with clean text.

    `path` is a file of text, a web page, a PDF, a Word document, the XML of a council's web service, or the bytes of
    one. What a `manifest.csv` beside the file says of it counts; `council`, `committee`, `date` and `url` say what
    neither does. With `ocr`, scanned pages are read by text recognition.

    A file without minutes gives a document too: `outcome` says what it is (`no_text`, `encrypted`, `cancelled` ...),
    and its issue what to do. Raises UsageError for a path that is not there or cannot be opened, for a folder, a zip
    or WARC file (see `read_all`), and for a date that is none.

    >>> import minutesminer
    >>> document = minutesminer.read("corpus/children/calderwick_education_scrutiny_2026-01-22.txt")
    >>> document.outcome, document.meetings[0].committee, document.meetings[0].date
    ('ok', 'Education Scrutiny Committee', '2026-01-22')
    >>> [(item.number, item.title) for item in document.items][:2]
    [('31', 'Apologies for Absence'), ('32', 'Declarations of Interest')]
    """
    given = given_of(council, committee, date, url)
    if isinstance(path, bytes):
        return parse(path, fetch.files.STDIN, given, ocr=ocr)
    found = fetch.find([_named(path)], given)
    if os.path.isdir(path) or found.folders:
        raise UsageError(f"{path} holds several files; read them with minutesminer.read_all")
    document = _document(found.sources[0], ocr)
    if document.outcome == "failed":
        raise UsageError(document.issues[0].message)
    return document


def read_all(
    *paths: str | Path,
    council: str | None = None,
    committee: str | None = None,
    date: Date | None = None,
    url: str | None = None,
    ocr: bool = False,
) -> Iterator[Document]:
    """The documents of files, folders, zip and WARC files and archives that `minutesminer fetch` made, one by one.

    They come in the order in which `minutesminer run` reads them; of files that are the same byte for byte, the first
    counts. The other arguments, and what a document's `outcome` says, are as in `read`. A folder or container of
    which something cannot be read gives a `ReadWarning`. Raises UsageError, before the first document, for a
    path that is not there and for paths without any file to read.

    >>> import minutesminer
    >>> documents = [d for d in minutesminer.read_all("corpus/children") if d.outcome == "ok"]
    >>> len(documents), sorted({d.meetings[0].date[:4] for d in documents})
    (7, ['2023', '2024', '2025', '2026'])
    """
    found = fetch.find([_named(path) for path in paths], given_of(council, committee, date, url))
    told = [*found.folders.values(), *found.manifests.values()]
    messages = [issue.message for issues in told for issue in issues]
    if not found.sources:
        raise UsageError(messages[0] if messages else "no file is named; name a file or a folder of minutes")
    for message in messages:
        warnings.warn(message, ReadWarning, stacklevel=2)
    return _documents(found.sources, ocr)


def given_of(council: str | None, committee: str | None, date: Date | None, url: str | None) -> Given:
    """What the caller says of a document. Raises UsageError for a date that is none."""
    return Given(council=council, committee=committee, date=iso_day(date), url=url)


def iso_day(date: Date | None) -> str | None:
    """A day in ISO form. Raises UsageError for a text that is no date."""
    typed = date.isoformat()[:10] if isinstance(date, datetime.date) else date
    return None if typed is None else fetch.iso_date(typed)


def _named(path: str | Path) -> str | Path:
    if str(path) == fetch.files.STDIN:
        raise UsageError("standard input is not read from Python; give the bytes: read(sys.stdin.buffer.read())")
    return path


def _documents(sources: list[Source], ocr: bool) -> Iterator[Document]:
    seen: set[str] = set()
    for source in sources:
        document = _document(source, ocr)
        if document.id not in seen:
            seen.add(document.id)
            yield document


def _document(source: Source, ocr: bool) -> Document:
    """What a source holds, or the document that says why it holds none."""
    path = as_text(source.path)
    if source.outcome is not None:
        return _unread(path, source.outcome, source.issue, source.fetched_at)
    if source.issue is not None:
        return _unread(path, "bad_manifest", source.issue)
    try:
        data = fetch.read(source, io.BytesIO())
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); check it"
        return _unread(path, "failed", Issue("fetch", "unreadable", message))
    document = parse(data, path, source.given, ocr=ocr)
    document.fetched_at = source.fetched_at
    return document


def _unread(path: str, outcome: Outcome, issue: Issue | None, fetched_at: str | None = None) -> Document:
    issues = [] if issue is None else [issue]
    return Document(
        address_id(path), path, "application/octet-stream", 0, outcome, fetched_at=fetched_at, issues=issues
    )
