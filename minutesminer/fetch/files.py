"""Files, folders and standard input as sources of minutes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from minutesminer.errors import UsageError
from minutesminer.fetch import warc, zip_files
from minutesminer.fetch.archive import is_archive_folder
from minutesminer.fetch.containers import Member, Source, as_text, issue_of, passed_over
from minutesminer.fetch.fetched import FromArchive, from_archive, sources_of
from minutesminer.fetch.manifest import NAME, Manifest, read_manifest
from minutesminer.models import Given, Issue

STDIN = "-"

_CONTAINERS = (zip_files, warc)


@dataclass(slots=True)
class Found:
    """All sources, and the issues of each manifest and each folder (none, where all is well).

    `fetched` is what the archives among the folders know besides.
    """

    sources: list[Source] = field(default_factory=list)
    manifests: dict[str, list[Issue]] = field(default_factory=dict)
    folders: dict[str, list[Issue]] = field(default_factory=dict)
    fetched: list[FromArchive] = field(default_factory=list)


def find(paths: Sequence[str | Path], given: Given | None = None) -> Found:
    """The files named by `paths`: files as they are, folders with all below them in order of name, `-`.

    What a `manifest.csv` says comes first and `given` fills the rest. A zip file and a WARC file count as
    folders. In folders, hidden files, data files (JSON, CSV), programs, databases and read-me files are passed over;
    a folder without a file to read, and one that may not be looked into, is told among the issues of `folders`. An
    archive that `fetch` made gives what was fetched.
    Raises UsageError for a path that is not there and a manifest that is no table.
    """
    given = given or Given()
    found = Found()
    seen: set[str] = set()
    manifests: dict[Path, Manifest] = {}
    for path in paths:
        if str(path) == STDIN:
            listed = [STDIN]
        elif is_archive_folder(path):
            _with_archive(found, from_archive(path), None)
            continue
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
                inside = None if name == STDIN else _lister(name)
                found.sources.extend([source] if inside is None else _unpacked(source, inside, found))
    return found


def find_fetched(folder: Path | str, wanted: Collection[str], councils: Collection[str]) -> Found:
    """The answers in an archive for the meetings of those ids (`ISL-4967`), of `councils` by their codes.

    Raises ArchiveError for a folder that is no archive.
    """
    return _with_archive(Found(), from_archive(folder, councils), wanted)


def _with_archive(found: Found, known: FromArchive, wanted: Collection[str] | None) -> Found:
    found.sources += sources_of(known, wanted)
    found.fetched.append(known)
    return found


def read(source: Source, stdin: BinaryIO) -> bytes:
    """The bytes of a source. Raises OSError where they cannot be had."""
    if source.opened is not None:
        return source.opened()
    return stdin.read() if source.path == STDIN else Path(source.path).read_bytes()


def _walk(folder: Path, manifests: dict[Path, Manifest], found: Found) -> Iterator[str]:
    root = as_text(str(folder))
    issues = found.folders.setdefault(root, [])
    refused: list[OSError] = []
    seen = False
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [name for name in folders if is_archive_folder(os.path.join(here, name))]:
            folders.remove(name)
            inner = as_text(os.path.join(here, name))
            issues.append(
                Issue("fetch", "archive", f"{inner} holds fetched pages and was passed over; name it by itself")
            )
        manifest = _read_once(Path(here), manifests)
        if manifest is not None:
            found.manifests[as_text(str(manifest.path))] = manifest.issues
        for name in sorted(files):
            if not passed_over(name):
                seen = True
                yield os.path.join(here, name)
    for error in refused:
        named = as_text(os.fspath(error.filename))
        issues.append(Issue("fetch", "unreadable", f"the folder {named} cannot be read ({error.strerror}); check it"))
    if not seen and not refused:
        message = f"the folder {root} holds no file to read; name one with text, HTML or PDF files"
        issues.append(Issue("fetch", "no_files", message))


_Lister = Callable[[str, list[Issue]], Iterator[Member]]
"""Gives the files inside the one of that path, and adds what is wrong with it to the issues."""


def _lister(name: str) -> _Lister | None:
    """What lists the files inside a file that holds others, by its name; None for any other file."""
    return next((kind.members for kind in _CONTAINERS if name.lower().endswith(kind.SUFFIXES)), None)


def _unpacked(container: Source, inside: _Lister, found: Found) -> Iterator[Source]:
    """The files inside a file, as sources that know what is known of it."""
    issues = found.folders.setdefault(as_text(container.path), [])
    seen = False
    for member in inside(container.path, issues):
        seen = True
        given = replace(container.given, url=container.given.url or member.url)
        yield Source(member.path, given, container.issue, member.opened, member.fetched_at)
    if not seen and not issues:
        what = "holds no file to read; name one with text, HTML or PDF files"
        issues.append(issue_of(container.path, "no_files", what))


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
