"""Checking an archive: are the bytes still those that were fetched?"""

from __future__ import annotations

from pathlib import Path

from minutesminer.fetch.archive import open_archive


def check_archive(folder: Path | str) -> tuple[int, list[str]]:
    """How many answers an archive keeps, and what is wrong with them, in words: bytes that are lost or have changed.

    Raises ArchiveError for a folder that is no archive.
    """
    with open_archive(folder) as archive:
        kept = archive.kept()
        wrong = []
        for sha256, address in kept.items():
            try:
                archive.read(sha256)
            except OSError as error:
                wrong.append(f"{address}: {error.strerror}; fetch it again")
        return len(kept), wrong
