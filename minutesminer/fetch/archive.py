"""The archive: the bytes that sites gave, by sha256, and a manifest of every request.

A folder with `manifest.db` (SQLite), `blobs/` (one file for each different answer, named by its sha256) and
`partial/` (files being written). A blob is written whole before the row that names it, and a row is one transaction:
a process killed at any moment loses the request under way, and nothing else.

A crawl that was cut short is gone on with: what it has asked for already is answered from the archive.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from minutesminer.errors import ArchiveError
from minutesminer.models import Fetched, ListedMeeting, Outcome

MANIFEST = "manifest.db"
APPLICATION_ID = 0x6D696E61
"""Bytes 68 to 71 of a manifest: `mina`."""

if TYPE_CHECKING:
    from sqlite_utils import Database

_TEXT_AND_NUMBERS = {"status": int, "size": int, "attempts": int}
_REQUESTS = tuple(one.name for one in fields(Fetched))
_MEETINGS = tuple(one.name for one in fields(ListedMeeting))


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl: `scope` says what was asked for, `started` is ISO (UTC); `resumed` where it was cut short before."""

    id: int
    scope: str
    started: str
    resumed: bool = False


@dataclass(slots=True)
class SiteVisited:
    """The last visit to a council's site: `outcome` is `ok` where it lists meetings, else why it does not."""

    council_id: str
    council: str
    platform: str
    root: str
    outcome: Outcome
    message: str | None
    visited_at: str


_SITES = tuple(one.name for one in fields(SiteVisited))


def is_archive_folder(path: Path | str) -> bool:
    """Whether a folder is an archive of fetched pages."""
    try:
        with open(Path(path) / MANIFEST, "rb") as file:
            return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")
    except OSError:
        return False


@contextmanager
def open_archive(folder: Path | str, *, write: bool = False) -> Iterator[Archive]:
    """The archive in `folder`; with `write`, it is made where there is none, and kept from other writers meanwhile.

    Raises ArchiveError for a folder that is none (and leaves it alone), one in use, and a disk that is full.
    """
    folder = Path(folder)
    with ExitStack() as stack:
        with _said(folder):
            if not is_archive_folder(folder):
                _check_is_free(folder, write)
            if write:
                stack.callback(os.close, _locked(folder))
            archive = Archive(folder, stack.enter_context(closing(_connected(folder / MANIFEST, write))))
            if write:
                archive.make_ready()
        yield archive


class Archive:
    """An open archive. Its methods may be called from several threads, and raise ArchiveError."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        from sqlite_utils import Database  # half of the time that the command line takes to begin

        self.folder = folder
        self._lock = threading.RLock()
        self._db = Database(connection, strict=True)

    def make_ready(self) -> None:
        """Make the tables that are missing, and clear away what a killed process was writing."""
        _make_tables(self._db)
        for left in (self.folder / "partial").iterdir():
            left.unlink()

    def begin(self, scope: dict[str, Any], now: str, oldest: str) -> Crawl:
        """Begin a crawl at the time `now`, or go on with one of the same scope that was cut short.

        One begun before `oldest` is left as it is, and a new one begun. Times are ISO (UTC).
        """
        text = json.dumps(scope, sort_keys=True, ensure_ascii=False)
        with self._use(), self._db.atomic():
            row = self._db.execute(
                "SELECT id, started FROM crawls WHERE scope = ? AND finished IS NULL AND started >= ? "
                "ORDER BY id DESC LIMIT 1",
                [text, oldest],
            ).fetchone()
            if row is not None:
                return Crawl(row[0], text, row[1], resumed=True)
            cursor = self._db.execute("INSERT INTO crawls (scope, started) VALUES (?, ?)", [text, now])
            return Crawl(int(cursor.lastrowid or 0), text, now)

    def finish(self, crawl: Crawl, now: str) -> None:
        """Note that a crawl has ended, so that the next of its scope asks anew."""
        with self._use(), self._db.atomic():
            self._db.execute("UPDATE crawls SET finished = ? WHERE id = ?", [now, crawl.id])

    def keep(self, crawl: Crawl, fetched: Fetched, data: bytes | None) -> None:
        """Keep an answer: its bytes, and then its row, with the sha256 and the size of the bytes filled in.

        One that is `ok` with the bytes that an earlier crawl had becomes `unchanged`.
        """
        if data is not None:
            fetched.sha256, fetched.size = self._written(data), len(data)
            before = self._request(
                "address = ? AND crawl < ? AND outcome IN ('ok', 'unchanged')", [fetched.address, crawl.id]
            )
            if fetched.outcome == "ok" and before is not None and before.sha256 == fetched.sha256:
                fetched.outcome = "unchanged"
        row = {name: getattr(fetched, name) for name in _REQUESTS}
        row["headers"] = json.dumps(fetched.headers, sort_keys=True, ensure_ascii=False)
        with self._use(), self._db.atomic():
            _write(self._db, "requests", {"crawl": crawl.id, **row}, ("crawl", "address"))

    def known(self, crawl: Crawl, address: str) -> Fetched | None:
        """What this crawl got at an address already."""
        return self._request("crawl = ? AND address = ?", [crawl.id, address])

    def last(self, address: str, *outcomes: str) -> Fetched | None:
        """The last request to an address, of those that ended with one of `outcomes` where any are named.

        Its sha256 is None where its bytes are lost or spoilt.
        """
        slots = f" AND outcome IN ({', '.join('?' * len(outcomes))})" if outcomes else ""
        request = self._request(f"address = ?{slots}", [address, *outcomes])
        if request is not None and not self.holds(request.sha256):
            request.sha256 = None
        return request

    def latest(self) -> list[Fetched]:
        """The last request to each address, in the order of the addresses."""
        query = (
            f"SELECT {', '.join(_REQUESTS)} FROM requests AS one WHERE NOT EXISTS "
            "(SELECT 1 FROM requests AS later WHERE later.address = one.address AND later.id > one.id) ORDER BY address"
        )
        with self._use():
            return [_fetched(row) for row in self._db.execute(query)]

    def read(self, sha256: str) -> bytes:
        """The bytes of that sha256. Raises OSError where they cannot be had, or are not those."""
        return read_blob(self.folder, sha256)

    def kept(self) -> dict[str, str]:
        """An address of each sha256 that a request gave, by the sha256."""
        query = "SELECT sha256, min(address) FROM requests WHERE sha256 IS NOT NULL GROUP BY sha256 ORDER BY sha256"
        with self._use():
            return dict(self._db.execute(query).fetchall())

    def blobs(self) -> set[str]:
        """The sha256 of all that is kept."""
        return {path.name for path in (self.folder / "blobs").glob("??/*")}

    def holds(self, sha256: str | None) -> bool:
        """Whether there are bytes of that sha256, and they are those."""
        if sha256 is None:
            return False
        try:
            self.read(sha256)
        except OSError:
            return False
        return True

    def save_site(self, site: SiteVisited) -> None:
        """Enter what became of the last visit to a council's site."""
        with self._use(), self._db.atomic():
            _write(self._db, "sites", {name: getattr(site, name) for name in _SITES}, ("council_id",))

    def sites(self) -> list[SiteVisited]:
        """The last visits, by council."""
        with self._use():
            rows = self._db.execute(f"SELECT {', '.join(_SITES)} FROM sites ORDER BY council_id").fetchall()
        return [SiteVisited(*row) for row in rows]

    def save_meetings(self, meetings: Iterable[ListedMeeting]) -> None:
        """Enter meetings, or bring them up to date."""
        with self._use(), self._db.atomic():
            for meeting in meetings:
                _write(self._db, "meetings", {name: getattr(meeting, name) for name in _MEETINGS}, ("id",))

    def meetings(self, council_id: str | None = None) -> list[ListedMeeting]:
        """The meetings listed, by council, committee and date."""
        where = "" if council_id is None else " WHERE council_id = ?"
        query = (
            f"SELECT {', '.join(_MEETINGS)} FROM meetings{where} "
            "ORDER BY council_id, committee IS NULL, committee, date IS NULL, date, id"
        )
        with self._use():
            rows = self._db.execute(query, [] if council_id is None else [council_id]).fetchall()
        return [ListedMeeting(**{name: value for name, value in zip(_MEETINGS, row, strict=True)}) for row in rows]

    def _request(self, where: str, values: list[object]) -> Fetched | None:
        query = f"SELECT {', '.join(_REQUESTS)} FROM requests WHERE {where} ORDER BY id DESC LIMIT 1"
        with self._use():
            row = self._db.execute(query, values).fetchone()
        return None if row is None else _fetched(row)

    def _written(self, data: bytes) -> str:
        """Write bytes, whole or not at all; their sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.holds(sha256):
            return sha256
        path = _blob(self.folder, sha256)
        with _said(self.folder):
            path.parent.mkdir(exist_ok=True)
            number, name = tempfile.mkstemp(dir=self.folder / "partial")
            try:
                with os.fdopen(number, "wb") as file:
                    os.fchmod(number, 0o644)  # an archive may be shared: mkstemp thinks of its maker only
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(name, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)
                raise
        return sha256

    @contextmanager
    def _use(self) -> Iterator[None]:
        """The manifest, for one thread at a time."""
        with _said(self.folder), self._lock:
            yield


def read_blob(folder: Path | str, sha256: str) -> bytes:
    """The bytes of that sha256 in an archive. Raises OSError where they cannot be had, or are not those."""
    path = _blob(Path(folder), sha256)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OSError(0, "its bytes have changed since it was fetched; fetch it again", str(path))
    return data


def _blob(folder: Path, sha256: str) -> Path:
    return folder / "blobs" / sha256[:2] / sha256


def _make_tables(db: Database) -> None:
    with db.atomic():
        db.create_table(
            "crawls",
            {"id": int, "scope": str, "started": str, "finished": str},
            pk="id",
            not_null=["scope", "started"],
            strict=True,
            if_not_exists=True,
        )
        db.create_table(
            "requests",
            {"id": int, "crawl": int, **{name: _TEXT_AND_NUMBERS.get(name, str) for name in _REQUESTS}},
            pk="id",
            not_null=["crawl", "address", "purpose", "outcome", "fetched_at"],
            foreign_keys=[("crawl", "crawls", "id")],
            strict=True,
            if_not_exists=True,
        )
        db.table("requests").create_index(["crawl", "address"], unique=True, if_not_exists=True)
        db.table("requests").create_index(["address", "sha256"], if_not_exists=True)
        db.create_table(
            "meetings",
            {name: str for name in _MEETINGS},
            pk="id",
            not_null=["council_id"],
            strict=True,
            if_not_exists=True,
        )
        db.table("meetings").create_index(["council_id"], if_not_exists=True)
        db.create_table(
            "sites",
            {name: str for name in _SITES},
            pk="council_id",
            not_null=["council", "platform", "root", "outcome", "visited_at"],
            strict=True,
            if_not_exists=True,
        )
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _write(db: Database, table: str, row: dict[str, object], key: tuple[str, ...]) -> None:
    names = ", ".join(row)
    slots = ", ".join(f":{name}" for name in row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name not in key)
    db.execute(
        f"INSERT INTO {table} ({names}) VALUES ({slots}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}", row
    )


def _fetched(row: tuple[Any, ...]) -> Fetched:
    values = dict(zip(_REQUESTS, row, strict=True))
    values["headers"] = json.loads(values["headers"])
    return Fetched(**values)


def _only_begun(folder: Path) -> bool:
    """Whether a folder holds no more than the beginnings of an archive: its maker was killed at once."""
    manifest, journal = folder / MANIFEST, folder / f"{MANIFEST}-journal"
    made = {"lock", "partial", "blobs"}
    if not manifest.exists() or not manifest.stat().st_size or _begins_a_file(journal):
        made |= {manifest.name, journal.name}
    return {path.name for path in folder.iterdir()} <= made and not any((folder / "blobs").glob("??/*"))


def _begins_a_file(journal: Path) -> bool:
    """Whether a journal is that of a file's first transaction: https://www.sqlite.org/fileformat.html, section 3."""
    header = journal.read_bytes()[:20] if journal.exists() else b""
    return header.startswith(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7") and header[16:] == bytes(4)


def _check_is_free(folder: Path, write: bool) -> None:
    """Raises ArchiveError where there is no archive, and none may be made."""
    if not write:
        raise ArchiveError(f"there is no archive in {folder}; make one with `minutesminer fetch`, or name another")
    if folder.exists() and not (folder.is_dir() and _only_begun(folder)):
        raise ArchiveError(f"{folder} holds something else than an archive; name a new folder with --archive")


def _connected(path: Path, write: bool) -> sqlite3.Connection:
    # Also to be read it is opened for writing, if that is allowed: what a killed writer left half is taken back so.
    mode = "rwc" if write else "rw"
    name = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(name, uri=True, timeout=10.0, check_same_thread=False)
    if not write:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _locked(folder: Path) -> int:
    for each in (folder, folder / "partial", folder / "blobs"):
        each.mkdir(parents=True, exist_ok=True)
    number = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(number)
        raise ArchiveError(
            f"the archive {folder} is in use by another minutesminer; wait for its end, or name another with --archive"
        ) from error
    return number


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"the archive {folder} cannot be used ({error}); check its disk and its permissions, or name another "
            "with --archive"
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"the archive {folder} cannot be written ({error.strerror}); make room or name another with --archive"
        ) from error
