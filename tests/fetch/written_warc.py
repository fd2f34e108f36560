"""WARC files of the tests, written record by record, and what is found in them. All are synthetic."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minutesminer.fetch import find, read

SITE = "https://democracy.northmere.example"
DATE = "2026-12-01T09:30:00Z"
FETCHED = "2026-12-01T09:30:00+00:00"
MINUTES = b"""Agenda item
Performance report
Meeting of Children's Panel, Tuesday, 14th January, 2020 6.30 p.m. (Item 4.)
Minutes:
Attendance rose to 95% in Quarter 2 and the Panel welcomed the figures that it had been given.
"""


class Warc:
    """A WARC file being written. Addresses are below SITE, unless they are whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=path.suffix == ".gz")

    def add(self, kind: str, address: str, data: bytes, **said: object) -> Warc:
        """A record: of an answer, with its `status` and `headers`, or of anything else."""
        head = None
        if kind in ("response", "revisit"):
            headers = {"Content-Type": said.get("type", "text/html"), **said.get("headers", {})}
            head = StatusAndHeaders(said.get("status", "200 OK"), list(headers.items()), protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            address if ":" in address else SITE + address,
            kind,
            payload=io.BytesIO(data),
            length=len(data),
            http_headers=head,
            warc_content_type=said.get("type", "") if head is None else "",
            warc_headers_dict={"WARC-Date": DATE, **said.get("warc", {})},
        )
        self.writer.write_record(record)
        return self

    def page(self, address: str, data: bytes = b"<p>page", **said: object) -> Warc:
        return self.add("response", address, data, **said)

    def save(self, keep: int | None = None) -> Warc:
        self.path.write_bytes(self.file.getvalue()[:keep])
        return self


def found_in(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The addresses found in a file, and the issues of it."""
    found = find([name])
    return (
        [source.path for source in found.sources],
        [(issue.code, issue.message) for issue in found.folders[name]],
    )


def read_all(name: str) -> list[bytes]:
    return [read(source, io.BytesIO()) for source in find([name]).sources]
