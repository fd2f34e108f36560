"""Zip files as folders of minutes: their members are read one by one, and never unpacked to disk.

A member's size is what the archive says of it, which a hostile one gets wrong: no more is unpacked than the limit.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from minutesminer.models import Issue

SUFFIX = ".zip"
MOST_MEMBERS = 20_000
MOST_BYTES = 100_000_000
"""Bytes of one member, unpacked; printed minutes have up to a fiftieth of it."""


def is_archive(path: str) -> bool:
    """Whether a file is to be opened as an archive, by its name."""
    return path.lower().endswith(SUFFIX)


def members(path: str, issues: list[Issue]) -> Iterator[str]:
    """The names of the files in a zip file, in its order. What is wrong with the archive is added to `issues`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        issues.append(Issue("fetch", "damaged", f"the archive {path} cannot be read ({error}); fetch or save it again"))
        return
    if len(entries) > MOST_MEMBERS:
        message = f"the archive {path} holds {len(entries):,} files, more than {MOST_MEMBERS:,}; cut it in parts"
        issues.append(Issue("fetch", "too_large", message))
        return
    yield from (entry.filename for entry in entries if not entry.is_dir())


@lru_cache(maxsize=1)
def _opened(path: str, changed: int) -> zipfile.ZipFile:
    """The archive, kept open while its members are read one after the other: its list of them is long to read."""
    return zipfile.ZipFile(path)


def read_member(path: str, name: str) -> bytes:
    """The bytes of one file of a zip file. Raises OSError, with the reason, where they cannot be had."""
    try:
        with _opened(path, os.stat(path).st_mtime_ns).open(name) as file:
            data = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise OSError(0, f"damaged in the archive: {error}", os.path.join(path, name)) from error
    except (RuntimeError, NotImplementedError) as error:
        # zipfile's own words for a password and for a method of packing that it does not know
        raise OSError(0, f"locked or packed in an unknown way: {error}", os.path.join(path, name)) from error
    if len(data) > MOST_BYTES:
        raise OSError(0, f"unpacks to more than {MOST_BYTES:,} bytes", os.path.join(path, name))
    return data
