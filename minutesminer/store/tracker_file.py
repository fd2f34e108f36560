"""The file `tracker.db`: opening it, making it, and what is said where that cannot be done.

It keeps a rollback journal and no write-ahead log, so that the one file is all there is to copy or back up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from minutesminer.errors import DatabaseBusy, TrackerError
from minutesminer.store.tracker_tables import APPLICATION_ID, MIGRATIONS

NAME = "tracker.db"
WAIT_SECONDS = 30.0
"""How long to wait for others who are saving too."""


def tracker_path(minutes_db: Path | str) -> Path:
    """Where the tracker of a database of minutes is: `tracker.db` in its folder."""
    return Path(minutes_db).absolute().with_name(NAME)


def exists(path: Path) -> bool:
    """True where there is a tracker with something in it; an empty file is none yet."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


@contextmanager
def open_tracker(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """The tracker at `path`, closed when the block ends; rows are `sqlite3.Row`.

    With `write`, a missing one is made and the whole block is one transaction: it is on the disk when the block
    has ended, and nothing of it is where the block raises. Without, the file must exist. Raises TrackerError for a
    file that is not ours, a disk that is full, and whatever else keeps SQLite from it; DatabaseBusy where others
    hold it for longer than `WAIT_SECONDS`.
    """
    with _said(path):
        # Never read-only: whoever comes after a save that was killed has to put the file right.
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            # As FULL, and waits for the folder too when the journal is taken away.
            connection.execute("PRAGMA synchronous = EXTRA")
            _bring_up_to_date(connection, path)
            if write:
                with _transaction(connection):
                    yield connection
            else:
                connection.execute("PRAGMA query_only = 1")
                yield connection
        finally:
            connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            connection.execute("ROLLBACK")
        raise


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection, path)
    if version == len(MIGRATIONS):
        return
    with _transaction(connection):
        # Another process may have done it while this one waited.
        for number in range(_version(connection, path), len(MIGRATIONS)):
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of our schema in the file, 0 for an empty one; raises TrackerError for a foreign or newer one."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application == APPLICATION_ID:
        if version > len(MIGRATIONS):
            raise TrackerError(f"{path} was made by a newer minutesminer; upgrade this one")
        return version
    if application or version or connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise TrackerError(f"{path} is not a tracker that minutesminer made; move it away and try again")
    return 0


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        message = str(error)
        if "locked" in message:
            raise DatabaseBusy(f"{path} is in use by another program; wait for it to end, and try again") from error
        if "full" in message or "disk I/O" in message:
            raise TrackerError(
                f"{path} could not be written ({message}); nothing of this was saved: make room on the disk, "
                "and save it again"
            ) from error
        if "unable to open" in message or "readonly" in message:
            raise TrackerError(
                f"{path} cannot be opened for writing ({message}); check the permissions of the file and its folder"
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise TrackerError(f"{path} is damaged ({error}); put back a copy of it, or move it away") from error
        raise
