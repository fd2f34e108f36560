"""Opening the database: ours or new, never anybody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from minutesminer.errors import DatabaseBusy, DiskFull, NotOurDatabase, UsageError
from minutesminer.store import schema

WAIT_SECONDS = 3.0
"""How long to wait for another process that holds the database locked."""

_HEADER_BYTES = 72


@contextmanager
def open_database(path: Path | str, *, write: bool = False) -> Iterator[Database]:
    """The database at `path`, with foreign keys enforced; closed when the block ends.

    With `write`, a file that is missing or empty becomes a new database; without, the file is
    opened read-only. Raises NotOurDatabase (and leaves the file alone), UsageError for a path that
    cannot be a database, DatabaseBusy for a lock that lasts longer than `WAIT_SECONDS` and DiskFull,
    also when these are met later in the block.
    """
    path = Path(path)
    version = _version_of(path)
    if version is None and not write:
        raise UsageError(
            f"there is no database {path}; make it with `minutesminer run --db {path}`, or name another with --db"
        )
    if version is None and not path.absolute().parent.is_dir():
        raise UsageError(f"the folder of the database {path} does not exist; create it or name another with --db")
    with _said_what_failed(path):
        # An older file has to be brought up to date before anything can read it.
        old = version is not None and version < len(schema.MIGRATIONS)
        mode = "rwc" if write else "rw" if old else "ro"
        address = f"file:{quote(str(path.absolute()))}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)
        try:
            db = Database(connection, strict=True)
            db.execute("PRAGMA foreign_keys = ON")
            if old and not write:
                _bring_up_to_date(db, path)
            elif version is None or old:
                schema.migrate(db)
            yield db
        finally:
            connection.close()


@contextmanager
def loading(db: Database) -> Iterator[None]:
    """While the block lasts, commits go to a write-ahead log.

    They need no wait for the disk (three times as many rows a second), and readers are never in the
    way. A file that others hold open, or a file system that cannot keep such a log, goes on as it is.
    """
    _switch_journal(db, "WAL")
    # Safe in this mode: losing power may cost the last documents, never the file.
    db.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        db.execute("PRAGMA synchronous = FULL")
        # One file again, that can be copied and served from a read-only folder.
        _switch_journal(db, "DELETE")


def _switch_journal(db: Database, mode: str) -> None:
    # Not worth waiting for: whoever is in the way now is waited for when there is something to write.
    db.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        db.execute(f"PRAGMA journal_mode = {mode}")
    db.execute(f"PRAGMA busy_timeout = {round(WAIT_SECONDS * 1000)}")


def _bring_up_to_date(db: Database, path: Path) -> None:
    """Bring a database to the present version that was opened only to be read."""
    try:
        schema.migrate(db)
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error) and "unable to open" not in str(error):
            raise
        raise UsageError(
            f"the database {path} was made by an older minutesminer and has to be brought up to date, but cannot be "
            "written; give the right to write to the file and its folder once, or copy it and name the copy with --db"
        ) from error


@contextmanager
def _said_what_failed(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        message = str(error)
        if "locked" in message:
            raise DatabaseBusy(
                f"the database {path} is in use by another program; close that, or wait for its run to end, "
                "and try again"
            ) from error
        if "full" in message:
            raise DiskFull(
                f"there is no room for the database {path} ({message}); free some, or name one on another disk "
                "with --db, and try again"
            ) from error
        if "unable to open" in message or "readonly" in message:
            raise UsageError(
                f"the database {path} cannot be opened ({message}); check the permissions of the file and "
                "its folder, or name another with --db"
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise NotOurDatabase(
                f"the database {path} is damaged ({error}); move it away and run `minutesminer run` again"
            ) from error
        raise


def _version_of(path: Path) -> int | None:
    """Version of our schema that a file holds, or None where there is no file or an empty one.

    The header is read as plain bytes (https://www.sqlite.org/fileformat.html, section 1.3: user
    version at 60, application id at 68), so that a foreign file is not even opened by SQLite.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"the database {path} cannot be read ({error.strerror}); name another with --db") from error
    if not header:
        return None
    if len(header) < _HEADER_BYTES or not header.startswith(b"SQLite format 3\0"):
        raise NotOurDatabase(f"{path} is not a SQLite database; name another file with --db")
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise NotOurDatabase(f"{path} is a database that minutesminer did not make; name another file with --db")
    version = int.from_bytes(header[60:64], "big")
    if version > len(schema.MIGRATIONS):
        raise NotOurDatabase(f"{path} was made by a newer minutesminer; upgrade this one, or name another with --db")
    return version
