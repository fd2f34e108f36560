"""WARC files that are damaged, none at all, or made to harm: what can be read is, and the rest is told."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
from written_warc import MINUTES, SITE, Warc, found_in, read_all

from minutesminer.fetch import find, read, warc


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_body_that_is_damaged_or_cut_short_is_an_error_that_says_so(here):
    said = {"Content-Encoding": "gzip"}
    file = Warc(here / "a.warc").page("/a", gzip.compress(MINUTES)[:-20], headers=said)
    file.page("/b", gzip.compress(MINUTES)[:40] + b"\xff" * 40, headers=said)
    file.page("/c", gzip.compress(MINUTES) + b"more", headers=said)
    file.page("/d", MINUTES, warc={"WARC-Truncated": "length"}).save()
    reasons = []
    for source in find(["a.warc"]).sources:
        with pytest.raises(OSError, match="damaged in the archive|cut short when it was fetched") as caught:
            read(source, io.BytesIO())
        reasons.append((source.path, caught.value.strerror.split(":")[0]))
    assert reasons == [
        (f"{SITE}/a", "damaged in the archive"),
        (f"{SITE}/b", "damaged in the archive"),
        (f"{SITE}/c", "damaged in the archive"),
        (f"{SITE}/d", "was cut short when it was fetched; fetch it again"),
    ]


# A record is whole without the blank lines after it, and without the checksum of what it was packed in.
@pytest.mark.parametrize(("name", "at_the_end"), [("a.warc", []), ("a.warc.gz", ["damaged"])])
def test_a_file_cut_short_anywhere_gives_the_records_before_the_break(here, capfd, name, at_the_end):
    file = Warc(here / name).page("/a", MINUTES)
    first = len(file.file.getvalue()) + 1
    both = len(file.page("/b", MINUTES * 3).file.getvalue())
    came = []
    for keep in range(first, both):
        file.save(keep)
        paths, issues = found_in(name)
        came.append((paths, [code for code, _ in issues], read_all(name)))
    before = ([f"{SITE}/a"], ["damaged"], [MINUTES])
    whole = ([f"{SITE}/a", f"{SITE}/b"], at_the_end, [MINUTES, MINUTES * 3])
    assert came == [before] * came.count(before) + [whole] * came.count(whole)
    assert 4 <= came.count(whole) <= 12
    assert tuple(capfd.readouterr()) == ("", "")


def test_a_file_cut_short_says_what_to_do(here):
    size = len(Warc(here / "a.warc").page("/a").file.getvalue())
    Warc(here / "a.warc").page("/a").page("/b", MINUTES).save(-100)
    reason = f"the record at byte {size:,} has another length than it says"
    message = (
        f"the archive a.warc breaks off after record 1 ({reason}); what is before is read: fetch it again for the rest"
    )
    assert found_in("a.warc") == ([f"{SITE}/a"], [("damaged", message)])


NO_WARC = {
    "empty": b"",
    "blank": b"\r\n\r\n",
    "text": b"Minutes of the Panel\n" * 100,
    "a page": b"<html>" + b" " * 100_000,
    "nothing packed": gzip.compress(b""),
    "text packed": gzip.compress(b"Minutes of the Panel\n"),
    "an ARC file": b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 3\n1 0 x\nURL\n\n",
    "no length": b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
    "no end of headers": b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000,
    "no end of a header": gzip.compress(b"WARC/1.0\r\nA: " + b"b" * 2_000_000),
    "a length that is none": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: ten\r\n\r\nminutes",
    "zip": b"PK\x03\x04" + b"\0" * 100,
}


@pytest.mark.parametrize("name", NO_WARC)
def test_a_file_that_is_no_warc_is_told(here, capfd, name):
    (here / "a.warc.gz").write_bytes(NO_WARC[name])
    paths, issues = found_in("a.warc.gz")
    assert (paths, [code for code, _ in issues]) == ([], ["damaged"])
    assert issues[0][1].endswith("; fetch or save it again")
    assert tuple(capfd.readouterr()) == ("", "")


def test_a_file_that_may_not_be_read_is_told(here, monkeypatch):
    Warc(here / "a.warc").page("/a").save()

    def refuse(*named: object) -> object:
        raise PermissionError(13, "Permission denied", "a.warc")

    monkeypatch.setattr(warc, "open", refuse, raising=False)
    message = "the archive a.warc cannot be read as a WARC file (Permission denied); fetch or save it again"
    assert found_in("a.warc") == ([], [("damaged", message)])


def test_a_file_compressed_as_one_must_be_compressed_anew(here, capfd):
    plain = Warc(here / "a.warc").page("/a").page("/b").page("/c").file.getvalue()
    (here / "a.warc.gz").write_bytes(gzip.compress(plain))
    message = (
        "the archive a.warc.gz was compressed as one, not record by record; run `warcio recompress` on it "
        "and name what that writes"
    )
    assert found_in("a.warc.gz") == ([], [("unsupported", message)])
    assert tuple(capfd.readouterr()) == ("", "")


def lying(name: Path, length: int) -> None:
    """A file of three records, of which the second gives a length that is so much off."""
    parts = [Warc(name.with_suffix("")).page(f"/{each}", MINUTES.strip()).file.getvalue() for each in "abc"]
    said = parts[1].index(b"Content-Length: ", parts[1].index(b"WARC-Payload")) + 16
    end = parts[1].index(b"\r\n", said)
    parts[1] = parts[1][:said] + str(int(parts[1][said:end]) + length).encode() + parts[1][end:]
    name.write_bytes(b"".join(gzip.compress(part) for part in parts) if name.suffix == ".gz" else b"".join(parts))


@pytest.mark.parametrize("length", [-100, -1, 1, 100, 100_000])
def test_a_record_that_gives_another_length_costs_itself_only_where_it_was_packed_alone(here, capfd, length):
    lying(here / "a.warc.gz", length)
    message = "the archive a.warc.gz has damaged records, which are left out (1 of 3); fetch it again for them"
    # Blank lines that follow a record may count as its own.
    whole = length == 1
    assert found_in("a.warc.gz") == (
        [f"{SITE}/a", *[f"{SITE}/b"] * whole, f"{SITE}/c"],
        [("damaged", message)] * (not whole),
    )
    assert read_all("a.warc.gz")[-1] == MINUTES.strip()
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.mark.parametrize("length", [-100, -1, 100, 100_000])
def test_a_record_that_gives_another_length_ends_a_file_that_is_not_packed(here, capfd, length):
    lying(here / "a.warc", length)
    paths, issues = found_in("a.warc")
    assert (paths, [code for code, _ in issues]) == ([f"{SITE}/a"], ["damaged"])
    assert tuple(capfd.readouterr()) == ("", "")


def test_damage_inside_a_packed_record_ends_the_file_there(here, capfd):
    file = Warc(here / "a.warc.gz").page("/a")
    size = len(file.file.getvalue())
    noise = b"".join(zlib.crc32(bytes([n % 251, n % 241])).to_bytes(4, "big") for n in range(20_000))
    data = bytearray(file.page("/b", noise).page("/c").file.getvalue())
    data[size + 40_000 : size + 40_100] = b"\xff" * 100
    (here / "a.warc.gz").write_bytes(data)
    paths, issues = found_in("a.warc.gz")
    assert (paths, [code for code, _ in issues]) == ([f"{SITE}/a"], ["damaged"])
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.mark.parametrize("absent", [b"WARC-Target-URI", b"WARC-Type"])
def test_a_record_without_an_address_or_a_type_is_no_source(here, absent):
    data = Warc(here / "a.warc").page("/a").page("/b").file.getvalue()
    (here / "a.warc").write_bytes(data.replace(absent, b"X-Other", 1))
    expected = [f"{SITE}/b"] if absent == b"WARC-Target-URI" else []
    assert [source.path for source in find(["a.warc"]).sources] == expected


def test_a_file_that_was_replaced_since_it_was_listed_is_an_error_that_says_so(here):
    Warc(here / "a.warc").page("/a").page("/b").save()
    first, second = find(["a.warc"]).sources
    Warc(here / "a.warc").page("/b").save()
    with pytest.raises(OSError, match="another record at that place"):
        read(first, io.BytesIO())
    with pytest.raises(OSError, match="does not begin like one"):
        read(second, io.BytesIO())
