"""Zip files as folders of minutes: their members are read one by one, and never unpacked to disk.

A member's size is what the archive says of it, which a hostile one gets wrong: no more is unpacked than the limit.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial

from minutesminer.fetch.containers import Member, damaged, issue_of, passed_over, read_whole, too_many
from minutesminer.models import Issue

SUFFIXES = (".zip",)
MOST_MEMBERS = 20_000


def members(path: str, issues: list[Issue]) -> Iterator[Member]:
    """The files in a zip file that may be minutes, in its order. What is wrong with it is added to `issues`.

    They are called by the path of the zip file and their own name in it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        issues.append(issue_of(path, "damaged", f"cannot be read ({error}); fetch or save it again"))
        return
    if len(entries) > MOST_MEMBERS:
        issues.append(too_many(path, f"{len(entries):,} files", MOST_MEMBERS))
        return
    for entry in entries:
        name = entry.filename
        if not (entry.is_dir() or passed_over(name.rsplit("/", 1)[-1]) or "__MACOSX/" in name):
            yield Member(f"{path}/{name}", partial(read_member, path, name))


@lru_cache(maxsize=1)
def _opened(path: str, changed: int) -> zipfile.ZipFile:
    """The archive, kept open while its members are read one after the other: its list of them is long to read."""
    return zipfile.ZipFile(path)


def read_member(path: str, name: str) -> bytes:
    """The bytes of one file of a zip file. Raises OSError, with the reason, where they cannot be had."""
    where = os.path.join(path, name)
    try:
        with _opened(path, os.stat(path).st_mtime_ns).open(name) as file:
            return read_whole(file, where)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise damaged(where, error) from error
    except (RuntimeError, NotImplementedError) as error:
        # zipfile's own words for a password and for a method of packing that it does not know
        raise OSError(0, f"locked or packed in an unknown way: {error}", where) from error
