"""What folders, zip files and WARC files have in common: places where files of minutes lie, beside others.

A module for a kind of file that holds others has `SUFFIXES`, by which its files are known, and
`members(path, issues)`, which lists what may be minutes and tells what is wrong among the `issues`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from minutesminer.models import Given, Issue, Outcome

MOST_BYTES = 100_000_000
"""Bytes of one member, unpacked; printed minutes have up to a fiftieth of it."""

# What lies beside minutes and is none.
_SKIPPED_SUFFIXES = (".json", ".py", ".csv", ".db", ".db-journal", ".db-wal", ".db-shm")
_SKIPPED_NAMES = ("readme", "licence", "license")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Source:
    """One file: its path as given, and what is known of it.

    A file in a zip file has the path of that before its own; a page from a WARC file has its address for a path.
    `opened` gives the bytes or raises OSError; where it is None, `path` is a file, or `-` for standard input.
    `fetched_at` is when the bytes were got from the web (ISO, UTC, seconds). `issue` is why it is not to be read:
    what a manifest has wrong, or, where `outcome` is set, what fetching it came to. `listed` are the meetings that a
    site lists: that the minutes of one are not published yet is no trouble.
    """

    path: str
    given: Given
    issue: Issue | None = None
    opened: Callable[[], bytes] | None = None
    fetched_at: str | None = None
    outcome: Outcome | None = None
    listed: bool = False


@dataclass(slots=True)
class Member:
    """A file inside another: what it is called, and how its bytes are had (raising OSError where they cannot be).

    `url` is its web address and `fetched_at` when it was got from there (ISO, UTC, seconds), where that is known.
    """

    path: str
    opened: Callable[[], bytes]
    url: str | None = None
    fetched_at: str | None = None


def as_text(path: str) -> str:
    """A path as it is stored and shown: a name that is not valid text keeps what of it is."""
    return os.fsencode(path).decode("utf-8", "replace")


def passed_over(name: str) -> bool:
    """Whether a file is none of the minutes, by its name: hidden, data, a program, a database, a read-me file."""
    lowered = name.lower()
    return (
        name.startswith(".")
        or lowered == "sources.md"
        or lowered.endswith(_SKIPPED_SUFFIXES)
        or lowered.startswith(_SKIPPED_NAMES)
    )


def issue_of(path: str, code: str, what: str) -> Issue:
    """What is wrong with a file that holds others."""
    return Issue("fetch", code, f"the archive {as_text(path)} {what}")


def too_many(path: str, held: str, most: int) -> Issue:
    """That a file holds more than `most` others, so that none is read."""
    return issue_of(path, "too_large", f"holds {held}, more than {most:,}; cut it in parts")


def damaged(where: str, error: object) -> OSError:
    """The error of a member whose bytes cannot be had."""
    return OSError(0, f"damaged in the archive: {error}", where)


def too_large(where: str) -> OSError:
    """The error of a member that has more than MOST_BYTES."""
    return OSError(0, f"unpacks to more than {MOST_BYTES:,} bytes", where)


def read_whole(file: _Readable, where: str) -> bytes:
    """All bytes of a member. Raises OSError, having read no more than that, where they are more than MOST_BYTES."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_large(where)
    return data
