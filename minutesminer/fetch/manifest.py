"""`manifest.csv` beside the files: what a saved file does not say of itself.

Columns: `file` (name relative to the manifest), `council`, `committee`, `date`, `url`; all but the
first may be missing or blank.
"""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from minutesminer.errors import UsageError
from minutesminer.fetch.dates import iso_date
from minutesminer.models import Given, Issue

NAME = "manifest.csv"
_COLUMNS = ("file", "council", "committee", "date", "url")


@dataclass(slots=True)
class Entry:
    """What a manifest says of one file; `issue` is set where that cannot be used."""

    given: Given
    issue: Issue | None = None


@dataclass(slots=True)
class Manifest:
    """A manifest read: entries by the file's absolute path, and what is wrong with it as a whole."""

    path: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest. Raises UsageError for one that is not a table with a `file` column.

    A row that cannot be used spoils its own file only: it becomes that entry's issue. A row that
    names no file, or one that is not there, becomes an issue of the manifest.
    """
    manifest = Manifest(path)
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        names = [name.strip().lower() for name in rows.fieldnames or []]
        rows.fieldnames = names
        if "file" not in names:
            raise UsageError(f"{path} has no column `file`; its first line must be: {','.join(_COLUMNS)}")
        listed = list(rows)
    except csv.Error as error:
        raise UsageError(f"{path} cannot be read as a table ({error}); save it as CSV with commas") from error
    unknown = [name for name in names if name and name not in _COLUMNS]
    if unknown:
        known = ", ".join(_COLUMNS)
        manifest.issues.append(
            _issue(f"{path} has columns that are not used ({', '.join(unknown)}); known are: {known}")
        )
    for number, row in enumerate(listed, start=2):
        cells = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
        cells = {name: value for name, value in cells.items() if value}
        if not cells:
            continue
        line = f"{path}, line {number}"
        name = cells.get("file")
        if name is None:
            manifest.issues.append(_issue(f"{line}: no file is named; fill its first column"))
            continue
        where = os.path.normpath(path.parent.absolute() / name)
        if not os.path.isfile(where):
            manifest.issues.append(_issue(f"{line}: there is no file {name!r}; correct its name"))
            continue
        entry = _entry(line, cells)
        if where in manifest.entries:
            entry.issue = _issue(f"{line}: {name!r} is named twice; leave one of the lines out")
        manifest.entries[where] = entry
    return manifest


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheet programs on Windows still save CSV in this encoding.
        return data.decode("cp1252", "replace")


def _entry(line: str, cells: dict[str, str]) -> Entry:
    url = cells.get("url")
    given = Given(council=cells.get("council"), committee=cells.get("committee"), url=url)
    if url is not None and not url.lower().startswith(("http://", "https://")):
        return Entry(given, _issue(f"{line}: {url!r} is not a web address; start it with https://"))
    try:
        given.date = iso_date(cells["date"]) if "date" in cells else None
    except UsageError as error:
        return Entry(given, _issue(f"{line}: {error}"))
    return Entry(given)


def _issue(message: str) -> Issue:
    return Issue("fetch", "bad_manifest", message)
