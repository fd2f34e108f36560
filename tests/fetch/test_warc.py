"""WARC files as sources: which records count, what they give, and what is told of the rest."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
from written_warc import FETCHED, MINUTES, SITE, Warc, found_in, read_all

from minutesminer import mine
from minutesminer.fetch import containers, find, read, warc
from minutesminer.models import Given, ItemRecords
from minutesminer.run import run
from minutesminer.store import open_database


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["site.warc", "site.warc.gz", "SITE.WARC.GZ"])
def test_answers_and_resources_are_sources_in_the_order_of_the_file(here, name):
    file = Warc(here / name)
    file.writer.gzip = name.lower().endswith("gz")
    file.add("warcinfo", "urn:info", b"software: wget\r\n")
    file.page("/b", b"<p>Bee").add("request", "/b", b"GET /b HTTP/1.1\r\n\r\n", type="application/http")
    file.page("/c.pdf", b"%PDF-1.7", type="Application/PDF; x=y").add("resource", "/a.txt", b"Ay", type="text/plain")
    file.page("/odd", b"", type="").add("resource", "/any", b"Any", type="binary/octet-stream").save()
    found = find([name])
    assert [(each.path, each.given, each.fetched_at, read(each, io.BytesIO())) for each in found.sources] == [
        (f"{SITE}/b", Given(url=f"{SITE}/b"), FETCHED, b"<p>Bee"),
        (f"{SITE}/c.pdf", Given(url=f"{SITE}/c.pdf"), FETCHED, b"%PDF-1.7"),
        (f"{SITE}/a.txt", Given(url=f"{SITE}/a.txt"), FETCHED, b"Ay"),
        (f"{SITE}/odd", Given(url=f"{SITE}/odd"), FETCHED, b""),
        (f"{SITE}/any", Given(url=f"{SITE}/any"), FETCHED, b"Any"),
    ]
    assert found.folders == {name: []}


def test_what_is_no_page_or_document_is_left(here):
    file = Warc(here / "a.warc.gz").page("/robots.txt", b"User-agent: *", type="text/plain")
    file.page("/robots.txt", b"none", status="404 Not Found")
    for media_type in (
        "image/png",
        "text/css",
        "application/javascript",
        "font/woff2",
        "application/json",
        "video/mp4",
    ):
        file.page("/x", type=media_type)
    file.add("resource", "metadata://gnu.org/software/wget/warc/wget.log", b"log", type="text/plain")
    file.add("resource", "dns:northmere.example", b"A", type="text/dns").add("metadata", "/b", b"via: x")
    file.save()
    message = "the archive a.warc.gz holds no file to read; name one with text, HTML or PDF files"
    assert found_in("a.warc.gz") == ([], [("no_files", message)])


def test_answers_with_another_status_are_counted_in_one_issue(here):
    file = Warc(here / "a.warc.gz").page("/b")
    for status in ("404 Not Found", "301 Moved", "404 Not Found", "206 Partial Content", "what", ""):
        file.page("/lost", status=status)
    file.save()
    message = (
        "the archive a.warc.gz holds answers without a page, by status (206: 1, 301: 1, 404: 2, none: 2); "
        "fetch again what should have minutes"
    )
    assert found_in("a.warc.gz") == ([f"{SITE}/b"], [("answers_without_page", message)])


def test_the_last_capture_of_an_address_with_status_200_counts(here):
    file = Warc(here / "a.warc.gz").page("/a", b"old").page("/b", b"Bee")
    file.page("/a", b"new", warc={"WARC-Date": "2026-12-02T00:00:00Z"}).page("/a", b"busy", status="503 Busy").save()
    sources = find(["a.warc.gz"]).sources
    assert [(each.path, each.fetched_at, read(each, io.BytesIO())) for each in sources] == [
        (f"{SITE}/b", FETCHED, b"Bee"),
        (f"{SITE}/a", "2026-12-02T00:00:00+00:00", b"new"),
    ]


def test_a_revisit_leaves_what_was_captured_before(here):
    Warc(here / "a.warc.gz").page("/a", b"once").add("revisit", "/a", b"").add("revisit", "/b", b"").save()
    assert (found_in("a.warc.gz"), read_all("a.warc.gz")) == (([f"{SITE}/a"], []), [b"once"])


def chunked(data: bytes, size: int) -> bytes:
    cut = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in cut) + b"0\r\n\r\n"


RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
BOTH = {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
BODIES = {
    "chunked": ({"Transfer-Encoding": "Chunked"}, chunked(MINUTES, 100)),
    "chunked and packed": (BOTH, chunked(gzip.compress(MINUTES), 7)),
    "packed for the way": ({"Transfer-Encoding": "gzip, chunked"}, chunked(gzip.compress(MINUTES), 50)),
    "packed": ({"Content-Encoding": "X-GZip"}, gzip.compress(MINUTES)),
    "packed in two": ({"Content-Encoding": "gzip"}, gzip.compress(MINUTES[:90]) + gzip.compress(MINUTES[90:])),
    "deflated": ({"Content-Encoding": "deflate"}, zlib.compress(MINUTES)),
    "deflated without a frame": ({"Content-Encoding": "deflate"}, RAW.compress(MINUTES) + RAW.flush()),
    "not packed at all": (BOTH, MINUTES),
    "not deflated at all": ({"Content-Encoding": "deflate"}, MINUTES),
    "packed in no way": ({"Content-Encoding": "identity"}, MINUTES),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_codings_of_an_answer_are_undone(here, name):
    headers, body = BODIES[name]
    Warc(here / "a.warc.gz").page("/a", body, headers=headers).save()
    assert read_all("a.warc.gz") == [MINUTES]


def test_a_coding_that_is_not_known_is_an_error_unless_it_was_undone(here):
    said = {"Content-Encoding": "br"}
    Warc(here / "a.warc").page("/a", b"\x1b\x02", headers=said).page("/b", b" <p>Bee", headers=said).save()
    packed, bare = find(["a.warc"]).sources
    with pytest.raises(OSError, match="packed in an unknown way: br"):
        read(packed, io.BytesIO())
    assert read(bare, io.BytesIO()) == b" <p>Bee"


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ({}, bytes),
        ({"Transfer-Encoding": "chunked"}, lambda data: chunked(data, 3000)),
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
    ],
)
def test_no_more_is_unpacked_than_the_limit(here, monkeypatch, headers, pack):
    monkeypatch.setattr(containers, "MOST_BYTES", 2000)
    file = Warc(here / "a.warc.gz").page("/huge", pack(b"0" * 2001), headers=headers)
    file.page("/fits", pack(b"0" * 1900), headers=headers).save()
    huge, fits = find(["a.warc.gz"]).sources
    with pytest.raises(OSError, match="unpacks to more than 2,000 bytes"):
        read(huge, io.BytesIO())
    assert read(fits, io.BytesIO()) == b"0" * 1900


def test_a_file_of_too_many_records_is_refused(here, monkeypatch):
    monkeypatch.setattr(warc, "MOST_RECORDS", 2)
    Warc(here / "two.warc").page("/a").page("/b").save()
    Warc(here / "three.warc").page("/a").page("/b").page("/c").save()
    message = "the archive three.warc holds over 2 records, more than 2; cut it in parts"
    assert found_in("two.warc") == ([f"{SITE}/a", f"{SITE}/b"], [])
    assert found_in("three.warc") == ([], [("too_large", message)])


def test_odd_addresses_are_escaped_and_not_told_of(here, capfd):
    file = Warc(here / "a.warc.gz").page("/a b.pdf", type="application/pdf").page("/caf\u00e9%20\x1b[1m?x=[1]&y=~#z")
    file.page("<https://wget.example/a>").add("response", "ftp://files.example/a.txt", b"x", type="text/plain").save()
    assert [(source.path, source.given.url) for source in find(["a.warc.gz"]).sources] == [
        (f"{SITE}/a%20b.pdf", f"{SITE}/a%20b.pdf"),
        (f"{SITE}/caf%C3%A9%20%1B[1m?x=[1]&y=~#z", f"{SITE}/caf%C3%A9%20%1B[1m?x=[1]&y=~#z"),
        ("https://wget.example/a", "https://wget.example/a"),
        ("ftp://files.example/a.txt", None),
    ]
    assert read_all("a.warc.gz") == [b"<p>page", b"<p>page", b"<p>page", b"x"]
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-12-01T09:30:00Z", FETCHED),
        ("2026-12-01T09:30:00.123456789Z", FETCHED),
        ("2026-13-01T09:30:00Z", None),
        ("20261201093000", None),
        ("2026", None),
        ("", None),
    ],
)
def test_the_date_of_a_record_is_when_its_bytes_were_fetched(here, said, expected):
    Warc(here / "a.warc").page("/a", warc={"WARC-Date": said}).save()
    assert [source.fetched_at for source in find(["a.warc"]).sources] == [expected]


def test_a_record_without_a_date_has_none(here):
    data = Warc(here / "a.warc").page("/a").file.getvalue()
    (here / "a.warc").write_bytes(data.replace(b"WARC-Date", b"X-Date"))
    assert [source.fetched_at for source in find(["a.warc"]).sources] == [None]


def test_what_is_given_of_the_file_is_given_of_all_in_it(here):
    Warc(here / "a.warc.gz").page("/a").page("/b").save()
    Warc(here / "b.warc").page("/c").save()
    (here / "manifest.csv").write_text(
        f"file,council,committee,date,url\na.warc.gz,Northmere,Panel,17/12/2018,\nb.warc,,,,{SITE}/all\n"
    )
    assert [source.given for source in find(["."], Given(council="Islington")).sources] == [
        Given("Northmere", "Panel", "2018-12-17", f"{SITE}/a"),
        Given("Northmere", "Panel", "2018-12-17", f"{SITE}/b"),
        Given("Islington", None, None, f"{SITE}/all"),
    ]


def test_pages_of_a_warc_file_become_documents_with_their_address_and_time(here, monkeypatch):
    monkeypatch.setattr(mine, "load", lambda patterns: None)
    monkeypatch.setattr(mine, "mine_document", lambda nlp, document: [ItemRecords() for _ in document.items])
    file = Warc(here / "site.warc.gz").page("/minutes", MINUTES, type="text/plain")
    file.page("/picture", b"\x89PNG\r\n\x1a\n", type="application/octet-stream")
    file.page("/bad", b"\x1b", headers={"Content-Encoding": "br"}).page("/lost", status="404 Not Found").save()
    summary = run(["site.warc.gz"], "m.db")
    with open_database("m.db") as db:
        documents = db.execute("SELECT source, outcome, fetched_at FROM documents ORDER BY source").fetchall()
        items = db.execute("SELECT title, url FROM items").fetchall()
        issues = db.execute("SELECT source, code FROM issues ORDER BY source").fetchall()
    assert documents == [
        (f"{SITE}/minutes", "ok", FETCHED),
        (f"{SITE}/picture", "unsupported", FETCHED),
    ]
    assert items == [("Performance report", f"{SITE}/minutes")]
    assert issues == [
        (f"{SITE}/bad", "unreadable"),
        (f"{SITE}/picture", "unsupported"),
        ("site.warc.gz", "answers_without_page"),
    ]
    assert summary.outcomes == {"ok": 1, "unreadable": 1, "unsupported": 1}
    assert ["404" in message for message in summary.issues] == [True]
