"""The archive: what is kept and how, and who may write it."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from kept import blobs_of, looked_into

from minutesminer.errors import ArchiveError
from minutesminer.fetch.archive import APPLICATION_ID, MANIFEST, Archive, Crawl, SiteVisited, open_archive, read_blob
from minutesminer.fetch.fetched import from_archive
from minutesminer.models import Fetched, ListedMeeting

NOON = "2026-12-01T12:00:00+00:00"
ROOM = "make room or name another with --archive"
PAGE = "https://northmere.example/page"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def begun(archive: Archive, now: str = NOON, **scope: str) -> Crawl:
    return archive.begin(scope, now, "2026-11-30T12:00:00+00:00")


def answer(address: str = PAGE, outcome: str = "ok", fetched_at: str = NOON) -> Fetched:
    return Fetched(address=address, purpose="page", outcome=outcome, fetched_at=fetched_at)  # type: ignore[arg-type]


def files_of(folder: Path) -> dict[str, bytes | None]:
    """All that is below a folder: the bytes of its files, and None for each folder."""
    return {str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")}


def test_bytes_are_kept_by_their_sha256_each_once(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", write=True) as archive:
        crawl = begun(archive)
        for name, data in (("a", b"one"), ("b", b"one"), ("c", b"two"), ("d", b""), ("e", None)):
            archive.keep(crawl, answer(name), data)
        kept = [(each.address, each.sha256, each.size) for each in archive.latest()]
        held = [archive.holds(sha(data)) for data in (b"one", b"", b"three")]
        assert (archive.blobs(), archive.read(sha(b"two"))) == ({sha(b"one"), sha(b"two"), sha(b"")}, b"two")
    assert kept == [
        ("a", sha(b"one"), 3),
        ("b", sha(b"one"), 3),
        ("c", sha(b"two"), 3),
        ("d", sha(b""), 0),
        ("e", None, 0),
    ]
    assert held == [True, True, False]
    assert blobs_of(tmp_path / "archive") == {sha(data): sha(data) for data in (b"one", b"two", b"")}


@pytest.mark.parametrize("call", ["os.fsync", "os.replace", "tempfile.mkstemp"])
def test_a_full_disk_is_told_and_leaves_nothing_half(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "archive"
    with open_archive(folder, write=True) as archive:
        crawl = begun(archive)
        with monkeypatch.context() as patched:
            patched.setattr(call, full)
            with pytest.raises(ArchiveError) as raised:
                archive.keep(crawl, answer(), b"minutes")
        left = (archive.known(crawl, PAGE), blobs_of(folder), os.listdir(folder / "partial"))
        archive.keep(crawl, answer(), b"minutes")
    assert str(raised.value) == f"the archive {folder} cannot be written ({os.strerror(errno.ENOSPC)}); {ROOM}"
    assert left == (None, {}, [])
    assert (looked_into(folder).addresses, blobs_of(folder)) == ({PAGE}, {sha(b"minutes"): sha(b"minutes")})


def test_trouble_that_is_not_the_archives_is_not_told_as_such(tmp_path: Path) -> None:
    for error in (sqlite3.OperationalError("database or disk is full"), OSError(errno.ENOSPC, "full")):
        with pytest.raises(type(error)) as raised, open_archive(tmp_path / "archive", write=True):
            raise error
        assert raised.value is error


def test_a_second_writer_is_refused_and_a_reader_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, write=True) as archive:
        archive.keep(begun(archive), answer(), b"minutes")
        with pytest.raises(ArchiveError) as raised, open_archive(folder, write=True):
            pass
        with open_archive(folder) as reader:
            read = [each.address for each in reader.latest()]
    says = f"the archive {folder} is in use by another minutesminer; wait for its end, or name another with --archive"
    assert (str(raised.value), read) == (says, [PAGE])
    with open_archive(folder, write=True) as archive:
        assert [each.address for each in archive.latest()] == [PAGE]


def test_a_writer_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom minutesminer.fetch.archive import open_archive\n"
        "with open_archive(sys.argv[1], write=True):\n    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "archive")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        with pytest.raises(ArchiveError), open_archive(tmp_path / "archive", write=True):
            pass
        process.kill()
    with open_archive(tmp_path / "archive", write=True) as archive:
        assert (said, process.returncode, archive.latest()) == (b"open\n", -signal.SIGKILL, [])


def a_file(path: Path) -> None:
    path.write_text("minutes")


def a_folder_of_notes(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("minutes")


def a_manifest_of_others(path: Path) -> None:
    path.mkdir()
    with closing(sqlite3.connect(path / MANIFEST)) as db:
        db.execute("CREATE TABLE files (name)")


def others_with_their_journal(path: Path) -> None:
    path.mkdir()
    with closing(sqlite3.connect(path / MANIFEST)) as db:
        db.execute("PRAGMA journal_mode = PERSIST")
        db.execute("CREATE TABLE files (name)")


def blobs_without_their_manifest(path: Path) -> None:
    (path / "blobs" / "ab").mkdir(parents=True)
    (path / "blobs" / "ab" / "abc").write_text("minutes")


@pytest.mark.parametrize(
    "make",
    [
        a_file,
        a_folder_of_notes,
        a_manifest_of_others,
        others_with_their_journal,
        blobs_without_their_manifest,
    ],
)
def test_what_is_no_archive_is_refused_and_left(make: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    make(folder)
    before, said = files_of(tmp_path), []
    for write in (True, False):
        with pytest.raises(ArchiveError) as raised, open_archive(folder, write=write):
            pass
        said.append(str(raised.value))
    assert said == [
        f"{folder} holds something else than an archive; name a new folder with --archive",
        f"there is no archive in {folder}; make one with `minutesminer fetch`, or name another",
    ]
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("damage", [lambda data: data[:4096], lambda data: data[:100] + b"\xa5" * (len(data) - 100)])
def test_a_damaged_manifest_is_refused_and_left(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, write=True) as archive:
        archive.keep(begun(archive), answer(), b"minutes")
    (folder / MANIFEST).write_bytes(damage((folder / MANIFEST).read_bytes()))
    before, said = files_of(folder), []
    for write in (True, False):
        with pytest.raises(ArchiveError) as raised, open_archive(folder, write=write) as archive:
            archive.latest()
        said.append(str(raised.value))
    says = f"the archive {folder} cannot be used (database disk image is malformed); check its disk and its permissions"
    assert said == [f"{says}, or name another with --archive"] * 2
    assert files_of(folder) == before


def cut_short(path: Path, statements: list[str], to: Path) -> None:
    """A database and its journal as they are where the process that carries the statements out is killed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")  # so that pages are written before the end of the transaction
        db.execute("BEGIN")
        for statement in statements:
            db.execute(statement)
        for name in (path.name, f"{path.name}-journal"):
            (to / name).write_bytes((path.parent / name).read_bytes())
        db.execute("ROLLBACK")


@pytest.mark.parametrize("made", [[], ["partial"], ["partial", "blobs"], ["partial", "blobs", "lock"]])
@pytest.mark.parametrize("manifest", ["none", "empty", "half"])
def test_an_archive_whose_maker_was_killed_is_made(made: list[str], manifest: str, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in made:
        (folder / name).touch() if name == "lock" else (folder / name).mkdir()
    if manifest == "empty":
        (folder / MANIFEST).touch()
    if manifest == "half":
        many = [f"CREATE TABLE t{number} (a, b, c)" for number in range(50)]
        cut_short(tmp_path / MANIFEST, [f"PRAGMA application_id = {APPLICATION_ID}", *many], folder)
    with open_archive(folder, write=True) as archive:
        archive.keep(begun(archive), answer(), b"minutes")
    assert (looked_into(folder).addresses, sorted(looked_into(folder).rows)) == (
        {PAGE},
        ["crawls", "meetings", "requests", "sites"],
    )


def test_what_a_killed_writer_left_half_is_taken_back_also_by_a_reader(tmp_path: Path) -> None:
    folder, copy = tmp_path / "archive", tmp_path / "copy"
    with open_archive(folder, write=True) as archive:
        archive.keep(begun(archive), answer(), b"minutes")
    copy.mkdir()
    more = "INSERT INTO crawls (scope, started) VALUES (printf('%0500d', 1), 'x')"
    cut_short(folder / MANIFEST, ["DELETE FROM requests", *[more] * 500], copy)
    before = (copy / MANIFEST).stat().st_size
    with open_archive(copy) as reader:
        assert [each.address for each in reader.latest()] == [PAGE]
    assert (before > (folder / MANIFEST).stat().st_size, files_of(copy)) == (
        True,
        {MANIFEST: (folder / MANIFEST).read_bytes()},
    )


def test_a_spoilt_blob_is_noticed_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, write=True) as archive:
        crawl = begun(archive)
        archive.keep(crawl, answer(), b"minutes")
        blob = folder / "blobs" / sha(b"minutes")[:2] / sha(b"minutes")
        blob.write_bytes(b"Minutes")
        with pytest.raises(OSError, match="its bytes have changed since it was fetched; fetch it again") as raised:
            read_blob(folder, sha(b"minutes"))
        last = archive.last(PAGE)
        spoilt = (raised.value.filename, archive.holds(sha(b"minutes")), last and (last.address, last.sha256))
        archive.keep(crawl, answer(), b"minutes")
        assert (archive.read(sha(b"minutes")), archive.holds(sha(b"minutes"))) == (b"minutes", True)
        assert [each.sha256 for each in (archive.last(PAGE), archive.known(crawl, PAGE)) if each] == [
            sha(b"minutes")
        ] * 2
    assert spoilt == (str(blob), False, (PAGE, None))


def test_what_a_killed_writer_was_writing_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, write=True):
        (folder / "partial" / "tmpabc").write_bytes(b"min")
    with open_archive(folder):
        left = os.listdir(folder / "partial")
    with open_archive(folder, write=True):
        assert (left, os.listdir(folder / "partial")) == (["tmpabc"], [])


def test_eight_threads_lose_nothing(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", write=True) as archive:
        crawl = begun(archive)

        def keep(thread: int) -> None:
            for number in range(200):
                archive.keep(crawl, answer(f"{thread}/{number:03}"), b"%d" % (number * thread % 50))

        threads = [threading.Thread(target=keep, args=(thread,)) for thread in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kept = {each.address: each.sha256 for each in archive.latest()}
    assert kept == {
        f"{thread}/{number:03}": sha(b"%d" % (number * thread % 50)) for thread in range(8) for number in range(200)
    }
    assert looked_into(tmp_path / "archive").wrong == []


def test_unchanged_is_what_the_last_crawl_that_had_it_had(tmp_path: Path) -> None:
    told = []
    with open_archive(tmp_path / "archive", write=True) as archive:
        for outcome, data in [
            *(("ok", b"1"), ("ok", b"1"), ("ok", b"2"), ("ok", b"1"), ("timeout", None), ("ok", b"1")),
            *(("blocked", b"1"), ("not_published", b"1"), ("ok", b"1")),
        ]:
            crawl = begun(archive)
            fetched = answer(outcome=outcome)
            archive.keep(crawl, fetched, data)
            told.append(str(fetched.outcome))
            again = answer(outcome=outcome)
            archive.keep(crawl, again, data)
            assert again.outcome == fetched.outcome
            archive.finish(crawl, NOON)
    assert told == [
        *("ok", "unchanged", "ok", "ok", "timeout", "unchanged"),
        *("blocked", "not_published", "unchanged"),
    ]


def test_a_crawl_is_gone_on_with_for_a_day_and_by_its_own_scope(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", write=True) as archive:
        first = archive.begin({"b": 1, "a": "é"}, "2026-12-01T12:00:00+00:00", "2026-11-30T12:00:00+00:00")
        again = archive.begin({"a": "é", "b": 1}, "2026-12-02T12:00:00+00:00", "2026-12-01T12:00:00+00:00")
        other = archive.begin({"a": "é", "b": 2}, "2026-12-02T12:00:00+00:00", "2026-12-01T12:00:00+00:00")
        late = archive.begin({"a": "é", "b": 1}, "2026-12-02T12:00:01+00:00", "2026-12-01T12:00:01+00:00")
        latest = archive.begin({"a": "é", "b": 1}, "2026-12-02T13:00:00+00:00", "2026-12-01T13:00:00+00:00")
        archive.finish(latest, "2026-12-02T14:00:00+00:00")
        new = archive.begin({"a": "é", "b": 1}, "2026-12-02T15:00:00+00:00", "2026-12-01T15:00:00+00:00")
    scope = '{"a": "é", "b": 1}'
    assert [first, again, other, late, latest, new] == [
        Crawl(1, scope, "2026-12-01T12:00:00+00:00"),
        Crawl(1, scope, "2026-12-01T12:00:00+00:00", resumed=True),
        Crawl(2, '{"a": "é", "b": 2}', "2026-12-02T12:00:00+00:00"),
        Crawl(3, scope, "2026-12-02T12:00:01+00:00"),
        Crawl(3, scope, "2026-12-02T12:00:01+00:00", resumed=True),
        Crawl(4, scope, "2026-12-02T15:00:00+00:00"),
    ]


def test_requests_come_by_address_and_meetings_by_council_committee_and_date(tmp_path: Path) -> None:
    listed = [
        ("B-1", "B", None, None),
        ("B-2", "B", None, "2026-01-01"),
        ("B-3", "B", "Panel", None),
        ("B-5", "B", "Panel", "2026-02-01"),
        ("B-4", "B", "Panel", "2026-02-01"),
        ("A-9", "A", "Panel", "2026-03-01"),
    ]
    meetings = [
        ListedMeeting(id=id, council_id=council, committee=committee, date=date)
        for id, council, committee, date in listed
    ]
    with open_archive(tmp_path / "archive", write=True) as archive:
        archive.save_meetings(meetings)
        for outcome in ("ok", "timeout"):
            crawl = begun(archive)
            for address in ("b", "a", "c")[: 2 if outcome == "timeout" else 3]:
                archive.keep(crawl, answer(address, outcome), None)
            archive.finish(crawl, NOON)
        assert [meeting.id for meeting in archive.meetings()] == ["A-9", "B-4", "B-5", "B-3", "B-2", "B-1"]
        assert [meeting.id for meeting in archive.meetings("A")] == ["A-9"]
        assert [(each.address, each.outcome) for each in archive.latest()] == [
            ("a", "timeout"),
            ("b", "timeout"),
            ("c", "ok"),
        ]


def test_the_sites_of_an_archive_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteVisited("NMB", "Northmere", "moderngov", "https://n.example", "ok", None, "2026-12-01T12:00:00+00:00")
    with open_archive(tmp_path / "archive", write=True) as archive:
        archive.save_site(site)
    read: list[int] = []
    sites = Archive.sites
    monkeypatch.setattr(Archive, "sites", lambda self: read.append(1) or sites(self))
    known = from_archive(tmp_path / "archive", ["EMR"])
    assert (known.sites, known.names, len(read)) == ([], {"NMB": "Northmere"}, 1)
