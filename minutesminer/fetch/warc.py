"""WARC files, as `wget --warc-file` and web archives write them: addresses, and what was got from them.

Each record is read by its place in the file when it is wanted: none is kept in memory, and none unpacked to disk.
The format is ISO 28500 (https://iipc.github.io/warc-specifications/). Lengths are what a file says of its records,
which a hostile one gets wrong: no more is unpacked at once than the limits.
"""

from __future__ import annotations

import datetime
import gzip
import io
import logging
import re
import string
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import quote

from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecordLoader  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser  # type: ignore[import-untyped]

from minutesminer.fetch import containers
from minutesminer.fetch.answers import readable
from minutesminer.fetch.containers import Member, damaged, issue_of, read_whole, too_large, too_many
from minutesminer.models import Issue

SUFFIXES = (".warc", ".warc.gz")
MOST_RECORDS = 200_000
MOST_HEADERS = 1_000_000
"""Bytes of the headers of one record, and of the answer in it."""

_WEB = ("http://", "https://")
_BLOCK = 65_536
_BARE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|%PDF|PK")
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")

# warcio warns of addresses with blanks, which it mends; that is of no use to whoever reads minutes.
logging.getLogger("warcio.recordloader").addHandler(logging.NullHandler())


def members(path: str, issues: list[Issue]) -> Iterator[Member]:
    """The pages and documents in a WARC file that may be minutes, called by their addresses, in the file's order.

    They are the answers with status 200 and the resources of a media type that is read, but for `robots.txt`. Where
    an address was captured several times, the last capture with status 200 in the file is the one that counts, and
    it stands at its place; the earlier ones are left. Records that only say that nothing has changed (`revisit`)
    leave what was captured before. Other answers are counted in one issue. What else is wrong with the file is added
    to `issues`; the records before a break are given.
    """
    found: dict[str, Member] = {}
    statuses: Counter[str] = Counter()
    number = broken = 0
    try:
        with open(path, "rb") as file:
            for number, record in enumerate(_records(file), start=1):
                if number > MOST_RECORDS:
                    issues.append(too_many(path, f"over {MOST_RECORDS:,} records", MOST_RECORDS))
                    return
                if not record.whole:
                    broken += 1
                elif record.status != "200":
                    statuses.update([record.status] if record.status else [])
                elif readable(record.media_type):
                    found.pop(record.address, None)
                    found[record.address] = _member(path, record)
        if not number:
            issues.append(issue_of(path, "damaged", "holds no record; fetch or save it again"))
    except _PackedAsOne:
        what = "was compressed as one, not record by record; run `warcio recompress` on it and name what that writes"
        issues.append(issue_of(path, "unsupported", what))
        return
    except (ArchiveLoadFailed, zlib.error, OSError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        if number:
            what = f"breaks off after record {number:,} ({reason}); what is before is read: fetch it again for the rest"
        else:
            what = f"cannot be read as a WARC file ({reason}); fetch or save it again"
        issues.append(issue_of(path, "damaged", what))
    if broken:
        what = f"has damaged records, which are left out ({broken:,} of {number:,}); fetch it again for them"
        issues.append(issue_of(path, "damaged", what))
    if statuses:
        counts = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
        what = f"holds answers without a page, by status ({counts}); fetch again what should have minutes"
        issues.append(issue_of(path, "answers_without_page", what))
    yield from found.values()


def read_record(path: str, offset: int, address: str) -> bytes:
    """The page or document in the record at `offset` (bytes), as it was before it was packed for its way.

    Raises OSError, with the reason, where it cannot be had, and where the record is none of that address (any more).
    """
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            reader = _Reader(file)
            record = _parsed(reader, reader.readline())
            if _address(record) != address:
                raise damaged(address, "it has another record at that place now; read it anew")
            http = _http(record)
            if record.rec_headers.get_header("WARC-Truncated"):
                raise OSError(0, "was cut short when it was fetched; fetch it again", address)
            if record.raw_stream.limit > containers.MOST_BYTES:
                raise too_large(address)
            data = record.raw_stream.read()
            if record.raw_stream.limit:
                raise damaged(address, "it ends too early")
            return _unpacked(data, http, address)
    except (ArchiveLoadFailed, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise damaged(address, error) from error


class _PackedAsOne(Exception):
    """A compressed file in which records cannot be told apart without unpacking all before them."""


@dataclass(slots=True)
class _Record:
    """What is known of a record without its body. `status` is None where it is no page's or document's."""

    offset: int
    address: str
    status: str | None
    media_type: str
    fetched_at: str | None
    whole: bool = False


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """A WARC file, unpacked member by member. `lines` counts the bytes read as lines, which are those of headers."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.lines = 0

    def readline(self, length: int | None = None) -> bytes:
        """As of any file, but for headers without an end: raises ArchiveLoadFailed."""
        line: bytes = super().readline(min(length or MOST_HEADERS, MOST_HEADERS))
        self.lines += len(line)
        if self.lines > MOST_HEADERS:
            raise ArchiveLoadFailed(f"a record has headers of more than {MOST_HEADERS:,} bytes")
        return line

    def _decompress(self, data: bytes) -> bytes:
        # warcio prints what is damaged and goes on as at the end of the file.
        if self.decompressor and self.num_block_read:
            return bytes(self.decompressor.decompress(data))
        return bytes(super()._decompress(data))


def _records(file: BinaryIO) -> Iterator[_Record]:
    """The records of a WARC file. A damaged one that was packed by itself is not `whole`, and others follow.

    Raises ArchiveLoadFailed or zlib.error where no more can be read, and _PackedAsOne.
    """
    reader = _Reader(file)
    offset = 0
    line = reader.readline()
    while line:
        parsed = _parsed(reader, line)
        record = _described(parsed, offset)
        while parsed.raw_stream.read(_BLOCK):
            pass
        record.whole = not parsed.raw_stream.limit and not reader.readline().strip()
        following = _after_blanks(reader) if record.whole else b""
        if following and reader.decompressor:
            raise _PackedAsOne
        while reader.decompressor and reader.read(_BLOCK):
            pass
        end = file.tell() - reader.rem_length() - len(following)
        if reader.read_next_member():
            following = reader.readline()
        elif not record.whole:
            raise ArchiveLoadFailed(f"the record at byte {offset:,} has another length than it says")
        yield record
        offset, line = end, following
        reader.lines = 0
    if offset and reader.decompressor and not reader.decompressor.eof:
        raise ArchiveLoadFailed("it ends inside a record")


def _parsed(reader: _Reader, line: bytes) -> Any:
    """The record that begins with this line, its body still to be read."""
    try:
        record = ArcWarcRecordLoader().parse_record_stream(reader, line, "warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError) as error:
        raise ArchiveLoadFailed("what should be a record does not begin like one") from error
    length = record.rec_headers.get_header("Content-Length") or ""
    if record.rec_type is None or not length.isdecimal():
        raise ArchiveLoadFailed("a record does not say what it is and how long")
    return record


def _after_blanks(reader: _Reader) -> bytes:
    """The next line with something in it; b"" at the end."""
    while line := reader.readline():
        if line.strip():
            return line
    return b""


def _described(record: Any, offset: int) -> _Record:
    address = _address(record)
    status, media_type = None, ""
    if address.lower().startswith((*_WEB, "ftp://")) and not address.split("?")[0].endswith("/robots.txt"):
        if record.rec_type == "response":
            http = _http(record)
            said = str(http.get_statuscode()) if http else ""
            status, media_type = said if said.isdecimal() else "none", _header(http, "content-type")
        elif record.rec_type == "resource":
            status, media_type = "200", record.content_type or ""
    media_type = media_type.partition(";")[0].strip().lower()
    return _Record(offset, address, status, media_type, _time(record.rec_headers.get_header("WARC-Date")))


def _member(path: str, record: _Record) -> Member:
    opened = partial(read_record, path, record.offset, record.address)
    url = record.address if record.address.lower().startswith(_WEB) else None
    return Member(record.address, opened, url, record.fetched_at)


def _address(record: Any) -> str:
    """The address that was asked, with what may not stand in one escaped."""
    return quote(record.rec_headers.get_header("WARC-Target-URI") or "", safe=string.punctuation)


def _http(record: Any) -> StatusAndHeaders | None:
    """The head of an answer; None where the record is none or has none. The record's stream stands after it then."""
    if record.rec_type != "response":
        return None
    try:
        return StatusAndHeadersParser([], verify=False).parse(record.raw_stream)
    except EOFError:
        return None


def _header(http: StatusAndHeaders | None, name: str) -> str:
    return (http.get_header(name) or "") if http else ""


def _time(said: str | None) -> str | None:
    """A record's date as ISO in seconds; None where there is none, or no such moment."""
    match = _DATE.fullmatch(said.strip()) if said else None
    with suppress(ValueError):
        return datetime.datetime.fromisoformat(f"{match[1]}+00:00").isoformat() if match else None
    return None


def _unpacked(data: bytes, http: StatusAndHeaders | None, address: str) -> bytes:
    """The body of an answer without the codings that its headers name. Many archives undo them and leave the headers:
    what is not packed stays as it is. Raises OSError, and EOFError and zlib.error where it is damaged.
    """
    transfer = _header(http, "transfer-encoding").lower()
    if "chunked" in transfer:
        data = ChunkedDataReader(io.BytesIO(data)).read()
    codings = f"{_header(http, 'content-encoding')},{transfer}".lower().replace(" ", "").split(",")
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip"):
            if data.startswith(b"\x1f\x8b"):
                data = read_whole(gzip.GzipFile(fileobj=io.BytesIO(data)), address)
        elif coding == "deflate":
            data = read_whole(io.BytesIO(_inflated(data)), address)
        elif coding not in ("", "identity", "chunked") and not _BARE.match(data):
            raise OSError(0, f"packed in an unknown way: {coding}", address)
    return data


def _inflated(data: bytes) -> bytes:
    # Servers send it with and without the frame of zlib (RFC 9110, 8.4.1.2).
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(bits)
        with suppress(zlib.error):
            unpacked = unpacker.decompress(data, containers.MOST_BYTES + 1)
            if unpacker.eof or len(unpacked) > containers.MOST_BYTES:
                return unpacked
    return data
