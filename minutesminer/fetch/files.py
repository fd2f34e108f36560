"""Files, folders and standard input as sources of minutes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from minutesminer.errors import UsageError
from minutesminer.fetch.archives import is_archive, members, read_member
from minutesminer.fetch.manifest import NAME, Manifest, read_manifest
from minutesminer.models import Given, Issue

STDIN = "-"

# What lies beside minutes in a folder and is none.
_SKIPPED_SUFFIXES = (".json", ".py", ".csv", ".db", ".db-journal", ".db-wal", ".db-shm")
_SKIPPED_NAMES = ("readme", "licence", "license")


@dataclass(slots=True)
class Source:
    """One file: its path as given, and what is known of it. `issue` is what a manifest has wrong.

    A file in an archive has the archive's path before its own; `member` is its name there.
    """

    path: str
    given: Given
    issue: Issue | None = None
    member: str | None = None


@dataclass(slots=True)
class Found:
    """All sources, and the issues of each manifest and each folder (none, where all is well)."""

    sources: list[Source] = field(default_factory=list)
    manifests: dict[str, list[Issue]] = field(default_factory=dict)
    folders: dict[str, list[Issue]] = field(default_factory=dict)


def find(paths: Sequence[str | Path], given: Given | None = None) -> Found:
    """The files named by `paths`: files as they are, folders with all below them in order of name, `-`.

    What a `manifest.csv` says comes first and `given` fills the rest. A zip file counts as a folder. In folders,
    hidden files, data files (JSON, CSV), programs, databases and read-me files are passed over; a folder without
    a file to read, and one that may not be looked into, is told among the issues of `folders`. Raises UsageError
    for a path that is not there and a manifest that is no table.
    """
    given = given or Given()
    found = Found()
    seen: set[str] = set()
    manifests: dict[Path, Manifest] = {}
    for path in paths:
        if str(path) == STDIN:
            listed = [STDIN]
        elif os.path.isdir(path):
            listed = list(_walk(Path(os.path.normpath(path)), manifests, found))
        elif os.path.exists(path):
            listed = [os.path.normpath(path)]
            _read_once(Path(listed[0]).parent, manifests)
        else:
            raise UsageError(f"there is no file or folder {path}; check its name")
        for name in listed:
            key = name if name == STDIN else os.path.abspath(name)
            if key not in seen:
                seen.add(key)
                source = _source(name, key, manifests, given)
                found.sources.extend(_unpacked(source, found) if is_archive(name) else [source])
    return found


def read(source: Source, stdin: BinaryIO) -> bytes:
    """The bytes of a source. Raises OSError where they cannot be had."""
    if source.member is not None:
        return read_member(source.path.removesuffix(f"/{source.member}"), source.member)
    return stdin.read() if source.path == STDIN else Path(source.path).read_bytes()


def as_text(path: str) -> str:
    """A path as it is stored and shown: a name that is not valid text keeps what of it is."""
    return os.fsencode(path).decode("utf-8", "replace")


def _walk(folder: Path, manifests: dict[Path, Manifest], found: Found) -> Iterator[str]:
    root = as_text(str(folder))
    issues = found.folders.setdefault(root, [])
    refused: list[OSError] = []
    seen = False
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        manifest = _read_once(Path(here), manifests)
        if manifest is not None:
            found.manifests[as_text(str(manifest.path))] = manifest.issues
        for name in sorted(files):
            if not _passed_over(name):
                seen = True
                yield os.path.join(here, name)
    for error in refused:
        named = as_text(os.fspath(error.filename))
        issues.append(Issue("fetch", "unreadable", f"the folder {named} cannot be read ({error.strerror}); check it"))
    if not seen and not refused:
        message = f"the folder {root} holds no file to read; name one with text, HTML or PDF files"
        issues.append(Issue("fetch", "no_files", message))


def _unpacked(archive: Source, found: Found) -> Iterator[Source]:
    """The files of a zip file, as sources that know what is known of it."""
    issues = found.folders.setdefault(as_text(archive.path), [])
    seen = False
    for name in members(archive.path, issues):
        if not _passed_over(name.rsplit("/", 1)[-1]) and "__MACOSX/" not in name:
            seen = True
            yield Source(f"{archive.path}/{name}", replace(archive.given), archive.issue, name)
    if not seen and not issues:
        message = f"the archive {as_text(archive.path)} holds no file to read; name one with text, HTML or PDF files"
        issues.append(Issue("fetch", "no_files", message))


def _passed_over(name: str) -> bool:
    lowered = name.lower()
    return (
        name.startswith(".")
        or lowered == "sources.md"
        or lowered.endswith(_SKIPPED_SUFFIXES)
        or lowered.startswith(_SKIPPED_NAMES)
    )


def _read_once(folder: Path, manifests: dict[Path, Manifest]) -> Manifest | None:
    key = folder.absolute()
    if key not in manifests and (folder / NAME).is_file():
        manifests[key] = read_manifest(folder / NAME)
    return manifests.get(key)


def _source(name: str, key: str, manifests: dict[Path, Manifest], given: Given) -> Source:
    # The manifest nearest to the file knows it best.
    for folder in Path(key).parents:
        entry = manifests[folder].entries.get(key) if folder in manifests else None
        if entry is not None:
            said = entry.given
            return Source(
                name,
                replace(
                    given,
                    council=said.council or given.council,
                    committee=said.committee or given.committee,
                    date=said.date or given.date,
                    url=said.url or given.url,
                ),
                entry.issue,
            )
    return Source(name, replace(given))
