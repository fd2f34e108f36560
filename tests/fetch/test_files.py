"""Finding files: order, what is passed over, and what a manifest says of them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from minutesminer import fetch, mine
from minutesminer.errors import UsageError
from minutesminer.fetch import Found, Source, containers, find, iso_date, read, zip_files
from minutesminer.models import Given, Issue
from minutesminer.run import run
from minutesminer.store import open_database


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with `minutes/` in it."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "minutes"
    made.mkdir()
    return made


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Minutes of the Panel\n", encoding="utf-8")


def test_folder_is_walked_in_order_of_name(folder):
    write(folder, "b.txt", "a.pdf", "2019/z.html", "2018/y.txt", "C.TXT")
    assert [source.path for source in find(["minutes/"]).sources] == [
        "minutes/C.TXT",
        "minutes/a.pdf",
        "minutes/b.txt",
        "minutes/2018/y.txt",
        "minutes/2019/z.html",
    ]


def test_what_is_no_minutes_is_passed_over(folder):
    write(
        folder,
        ".hidden.txt",
        ".git/a.txt",
        "gold/a.json",
        "SOURCES.md",
        "README.txt",
        "make.py",
        "x.csv",
        "m.db",
    )
    write(folder, "a.txt", "notes.md")
    assert [source.path for source in find([folder.name]).sources] == ["minutes/a.txt", "minutes/notes.md"]


def test_file_named_twice_is_read_once_and_any_file_may_be_named(folder):
    write(folder, "a.txt", "b.json")
    named = ["minutes/b.json", "./minutes/a.txt", "minutes", "-", "-"]
    assert [source.path for source in find(named).sources] == ["minutes/b.json", "minutes/a.txt", "-"]


def test_bytes_come_from_file_and_standard_input(folder):
    (folder / "a.txt").write_bytes(b"one")
    sources = find(["minutes/a.txt", "-"]).sources
    assert [read(source, io.BytesIO(b"two")) for source in sources] == [b"one", b"two"]


@pytest.mark.parametrize("named", ["nowhere", "nowhere/a.txt"])
def test_path_that_is_not_there_is_refused_by_name(folder, named):
    with pytest.raises(UsageError, match=named):
        find([named])


def test_folder_without_a_file_to_read_is_an_issue(folder):
    write(folder, "README.md")
    write(folder.parent / "full", "a.txt")
    found = find(["minutes", "full"])
    message = "the folder minutes holds no file to read; name one with text, HTML or PDF files"
    assert found.folders == {"minutes": [Issue("fetch", "no_files", message)], "full": []}
    assert [source.path for source in found.sources] == ["full/a.txt"]


def test_folder_that_may_not_be_looked_into_is_an_issue(folder, monkeypatch):
    write(folder, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find(["minutes"])
    message = "the folder minutes/locked cannot be read (Permission denied); check it"
    assert found.folders == {"minutes": [Issue("fetch", "unreadable", message)]}
    assert [source.path for source in found.sources] == ["minutes/a.txt"]


def test_manifest_fills_first_and_options_fill_the_rest(folder):
    write(folder, "a.txt", "sub/b.txt", "c.txt")
    (folder / "manifest.csv").write_text(
        "\ufeffFile,council,committee,date,url\n"
        "a.txt,Northmere,Panel,17/12/2018,https://democracy.northmere.example/a\n"
        "sub/b.txt,, Board ,2019-01-08,\n"
        ",,,,\n",
        encoding="utf-8",
    )
    found = find(["minutes"], Given(council="Islington", date="2000-01-01"))
    assert {source.path: source.given for source in found.sources} == {
        "minutes/a.txt": Given("Northmere", "Panel", "2018-12-17", "https://democracy.northmere.example/a"),
        "minutes/c.txt": Given("Islington", None, "2000-01-01", None),
        "minutes/sub/b.txt": Given("Islington", "Board", "2019-01-08", None),
    }
    assert found.manifests == {"minutes/manifest.csv": []}


def test_manifest_beside_a_file_named_alone_counts(folder):
    write(folder, "a.txt", "b.txt")
    (folder / "manifest.csv").write_text("file,council\na.txt,Northmere\nlost.txt,Northmere\n")
    found = find(["minutes/a.txt"])
    assert [source.given for source in found.sources] == [Given(council="Northmere")]
    assert found.manifests == {}


def test_nearest_manifest_wins(folder):
    write(folder, "sub/a.txt")
    (folder / "manifest.csv").write_text("file,council\nsub/a.txt,Outer\n")
    (folder / "sub" / "manifest.csv").write_text("file,council\na.txt,Inner\n")
    assert [source.given.council for source in find(["minutes"]).sources] == ["Inner"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.txt,,,31/02/2020,", "31/02/2020"),
        ("a.txt,,,12/17/2018,", "12/17/2018"),
        ("a.txt,,,soon,", "soon"),
        ("a.txt,,,,javascript:alert(1)", "web address"),
        ("a.txt,Northmere,,,\na.txt,Southmere,,,", "named twice"),
    ],
)
def test_row_that_cannot_be_used_spoils_its_own_file_only(folder, row, words):
    write(folder, "a.txt", "b.txt")
    (folder / "manifest.csv").write_text(f"file,council,committee,date,url\n{row}\nb.txt,Northmere,,,\n")
    found = find(["minutes"])
    troubles = [(source.path, source.issue and source.issue.code) for source in found.sources]
    assert troubles == [("minutes/a.txt", "bad_manifest"), ("minutes/b.txt", None)]
    assert words in found.sources[0].issue.message
    assert found.manifests == {"minutes/manifest.csv": []}


def test_rows_without_a_file_and_columns_not_known_are_told(folder):
    write(folder, "a.txt")
    (folder / "manifest.csv").write_text("file,comittee\nlost.txt,Panel\n,Panel\na.txt,Panel\n")
    found = find(["minutes"])
    assert [issue.message for issue in found.manifests["minutes/manifest.csv"]] == [
        "minutes/manifest.csv has columns that are not used (comittee); known are: file, council, committee, date, url",
        "minutes/manifest.csv, line 2: there is no file 'lost.txt'; correct its name",
        "minutes/manifest.csv, line 3: no file is named; fill its first column",
    ]
    assert [source.issue for source in found.sources] == [None]


@pytest.mark.parametrize("text", ["", "council,date\nNorthmere,2020-01-01\n", "file;council\na.txt;Northmere\n"])
def test_manifest_that_is_no_table_is_refused(folder, text):
    write(folder, "a.txt")
    (folder / "manifest.csv").write_text(text)
    with pytest.raises(UsageError, match="no column `file`"):
        find(["minutes"])


def test_manifest_saved_by_a_spreadsheet_on_windows(folder):
    write(folder, "a.txt")
    (folder / "manifest.csv").write_bytes("file,committee\r\na.txt,Children’s Panel\r\n".encode("cp1252"))
    assert [source.given.committee for source in find(["minutes"]).sources] == ["Children’s Panel"]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are always text")
def test_name_that_is_not_text_is_found(folder):
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("Minutes")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert [os.fsencode(source.path) for source in find(["minutes"]).sources] == [b"minutes/caf\xe9.txt"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2018-12-17", "2018-12-17"),
        ("17/12/2018", "2018-12-17"),
        ("3.4.2018", "2018-04-03"),
        ("17-12-2018", "2018-12-17"),
        ("17th December 2018", "2018-12-17"),
        ("  1 Sept 2018 ", "2018-09-01"),
    ],
)
def test_dates_are_day_first(typed, expected):
    assert iso_date(typed) == expected


@pytest.mark.parametrize(
    "typed", ["", "12/17/2018", "29/02/2019", "17/12/18", "December 2018", "2018-13-01", "1 Foo 2018"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(UsageError, match="is not a date"):
        iso_date(typed)


def zipped(path: Path, **files: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", "")
        for name, text in files.items():
            archive.writestr(name, text)


def test_files_in_a_zip_file_are_read_like_those_of_a_folder(folder):
    zipped(folder / "all.zip", **{"b.txt": "Bee", "2020/a.txt": "Ay", "x.csv": "no", "__MACOSX/._b.txt": "no"})
    (folder / "manifest.csv").write_text("file,council\nall.zip,Worn\n", encoding="utf-8")
    found = find(["minutes"])
    assert [(source.path, source.given.council, read(source, io.BytesIO())) for source in found.sources] == [
        ("minutes/all.zip/b.txt", "Worn", b"Bee"),
        ("minutes/all.zip/2020/a.txt", "Worn", b"Ay"),
    ]
    assert found.folders == {"minutes": [], "minutes/all.zip": []}


def test_a_zip_file_without_minutes_or_that_is_none_is_told(folder):
    zipped(folder / "data.zip", **{"x.csv": "no"})
    write(folder, "torn.zip")
    found = find(["minutes"])
    assert found.sources == []
    assert [(name, [issue.code for issue in issues]) for name, issues in found.folders.items()] == [
        ("minutes", []),
        ("minutes/data.zip", ["no_files"]),
        ("minutes/torn.zip", ["damaged"]),
    ]


def test_a_zip_bomb_is_not_unpacked(folder, monkeypatch):
    monkeypatch.setattr(containers, "MOST_BYTES", 1000)
    zipped(folder / "bomb.zip", **{"a.txt": "0" * 1001, "b.txt": "0" * 1000})
    huge, fits = find(["minutes"]).sources
    with pytest.raises(OSError, match="unpacks to more than 1,000 bytes"):
        read(huge, io.BytesIO())
    assert len(read(fits, io.BytesIO())) == 1000


def test_an_archive_of_too_many_files_is_refused(folder, monkeypatch):
    monkeypatch.setattr(zip_files, "MOST_MEMBERS", 2)
    zipped(folder / "many.zip", **{f"{n}.txt": "x" for n in range(2)})
    found = find(["minutes/many.zip"])
    assert (found.sources, [issue.code for issue in found.folders["minutes/many.zip"]]) == ([], ["too_large"])


def test_a_damaged_member_of_an_archive_is_an_error_that_says_so(folder):
    zipped(folder / "a.zip", **{"a.txt": "minutes " * 400})
    data = bytearray((folder / "a.zip").read_bytes())
    at = data.index(b"a.txt", 60)
    data[at + 5 : at + 25] = b"\xff" * 20
    (folder / "a.zip").write_bytes(data)
    (source,) = find(["minutes/a.zip"]).sources
    with pytest.raises(OSError, match="damaged in the archive"):
        read(source, io.BytesIO())


def test_an_archive_that_is_replaced_between_two_reads_is_read_anew(folder):
    zipped(folder / "a.zip", **{"a.txt": "old"})
    (source,) = find(["minutes/a.zip"]).sources
    assert read(source, io.BytesIO()) == b"old"
    zipped(folder / "a.zip", **{"a.txt": "newer"})
    os.utime(folder / "a.zip", ns=(1, 1))
    assert read(source, io.BytesIO()) == b"newer"


def test_a_source_that_fetching_gave_up_is_stored_with_its_outcome_and_time(folder, monkeypatch):
    monkeypatch.setattr(mine, "load", lambda patterns: None)
    address, fetched = "https://northmere.example/a", "2026-12-01T09:30:00+00:00"
    issue = Issue("fetch", "blocked", f"{address}: the site refuses programs; save its pages by hand")
    source = Source(address, Given(), issue, lambda: b"Just a moment", fetched, "blocked")
    monkeypatch.setattr(fetch, "find", lambda paths, given: Found([source]))
    run([], "m.db")
    with open_database("m.db") as db:
        stored = db.execute("SELECT source, outcome, fetched_at FROM documents").fetchall()
        issues = db.execute("SELECT source, code, message FROM issues").fetchall()
    assert stored == [(address, "blocked", fetched)]
    assert issues == [(address, "blocked", issue.message)]
