"""The stand-in's server: what it logs and counts, and that what goes wrong on the wire is what was asked for."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
import socket
import ssl
import threading
import time
from urllib.parse import urlsplit

import pytest
import trustme
from stand_in import faults
from stand_in.answer import Answer, page
from stand_in.asking import Got
from stand_in.faults import Act, Fault
from stand_in.server import StandIn

from minutesminer.parse import parse

WORDS = "The Committee noted the report. " * 40


def words(path: str, root: str) -> Answer | None:
    return page(f"<!DOCTYPE html><p>{WORDS}</p>") if path != "/nowhere" else None


def raw(stand_in: StandIn, path: str = "/", seconds: float = 0.3) -> tuple[bytes, bool]:
    """All bytes that come in the time, and whether the connection was then closed."""
    port = int(stand_in.authority.rsplit(":", 1)[1])
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {stand_in.authority}\r\nConnection: close\r\n\r\n".encode())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = connection.recv(65536)
            except TimeoutError:
                return got, False
            except ConnectionResetError:
                return got, True
            if not data:
                return got, True
            got += data
    return got, False


def at_fault(act: Act, path: str = "/", seconds: float = 0.3) -> tuple[bytes, bool]:
    with StandIn(words, faults=[Fault("^/", act)]) as stand_in:
        return raw(stand_in, path, seconds)


def test_log_tells_paths_headers_and_times_in_order() -> None:
    with StandIn(words, slow=0.05) as stand_in:
        statuses = [Got(stand_in.root + path).status for path in ("/a?b=c%20d", "/nowhere", "/robots.txt")]
    assert statuses == [200, 404, 404]
    assert stand_in.paths == ["/a?b=c%20d", "/nowhere", "/robots.txt"]
    assert [asked.headers["host"] for asked in stand_in.log] == [stand_in.authority] * 3
    assert all(0.05 <= asked.ended - asked.started < 2 for asked in stand_in.log)
    assert [asked.started for asked in stand_in.log] == sorted(asked.started for asked in stand_in.log)


def test_most_at_once_counts_requests_in_progress() -> None:
    with StandIn(words, slow=0.2) as stand_in:
        threads = [threading.Thread(target=Got, args=(stand_in.root + "/",)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        together = stand_in.most_at_once
    with StandIn(words) as stand_in:
        for _ in range(20):
            Got(stand_in.root + "/")
    assert (together, stand_in.most_at_once) == (3, 1)


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (None, (404, "text/plain; charset=utf-8", b"Not found.")),
        ("User-agent: *\nDisallow: /x\n", (200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /x\n")),
        (b"\xff\xfe", (200, "text/plain", b"\xff\xfe")),
        (Answer(b"", 503), (503, "text/html; charset=utf-8", b"")),
    ],
)
def test_robots_are_as_given(robots: str | bytes | Answer | None, expected: tuple[int, str, bytes]) -> None:
    with StandIn(words, robots) as stand_in:
        got = Got(stand_in.root + "/robots.txt")
    assert (got.status, got.headers["Content-Type"], got.body) == expected


def test_a_connection_serves_several_requests_and_head_has_no_body() -> None:
    with StandIn(words) as stand_in:
        connection = http.client.HTTPConnection(stand_in.authority, timeout=5)
        with contextlib.closing(connection):
            lengths = []
            for method in ("GET", "HEAD", "GET"):
                connection.request(method, "/")
                lengths.append(len(connection.getresponse().read()))
            whole = len(words("/", "").body)  # type: ignore[union-attr]
    assert (lengths, [asked.method for asked in stand_in.log]) == ([whole, 0, whole], ["GET", "HEAD", "GET"])


def test_an_open_connection_does_not_hold_up_the_end() -> None:
    with socket.socket() as idle, StandIn(words) as stand_in:
        idle.connect(("127.0.0.1", int(stand_in.authority.rsplit(":", 1)[1])))
        began = time.monotonic()
    assert time.monotonic() - began < 1


def test_other_addresses_than_loopback_are_refused() -> None:
    with pytest.raises(ValueError, match="not a loopback address"):
        StandIn(words, host=".".join(["192", "0", "2", "1"]))


def test_an_error_of_the_site_is_raised_at_the_end() -> None:
    def broken(path: str, root: str) -> Answer:
        raise LookupError(path)

    with pytest.raises(LookupError, match="/x"), StandIn(broken) as stand_in:  # noqa: PT012 -- raised by the end
        assert Got(stand_in.root + "/x").status == 500


def test_tls_is_spoken_with_the_certificate_given() -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    with StandIn(words, tls=server) as stand_in:
        statuses = []
        for context in (client, ssl.create_default_context()):
            connection = http.client.HTTPSConnection(stand_in.authority, timeout=5, context=context)
            with contextlib.closing(connection):
                try:
                    connection.request("GET", "/")
                    with connection.getresponse() as response:
                        statuses.append(response.status)
                except ssl.SSLCertVerificationError:
                    statuses.append(0)
    assert (stand_in.root[:8], statuses, stand_in.paths) == ("https://", [200, 0], ["/"])


def test_a_fault_is_of_its_paths_and_ends_after_its_times() -> None:
    flaws = [Fault(r"\?x=1$", faults.refuse(503), times=2), Fault(r"^/gone", faults.refuse(410))]
    with StandIn(words, faults=flaws) as stand_in:
        statuses = [Got(stand_in.root + path).status for path in ["/?x=1"] * 3 + ["/", "/gone", "/gone"]]
    assert statuses == [503, 503, 200, 200, 410, 410]


def test_connections_break_where_they_should() -> None:
    whole = words("/", "").body  # type: ignore[union-attr]
    half = whole[: len(whole) // 2]
    assert at_fault(faults.drop()) == (b"", True)
    got, closed = at_fault(faults.cut_body())
    assert (got.endswith(b"\r\n\r\n" + half), b"Content-Length: %d\r\n" % len(whole) in got, closed) == (True,) * 3
    got, closed = at_fault(faults.cut_chunked())
    assert (got.endswith(b"\r\n\r\n%x\r\n%b\r\n" % (len(half), half)), b"chunked" in got, closed) == (True,) * 3
    got, closed = at_fault(faults.cut_unsized())
    assert (got.endswith(b"\r\n\r\n" + half), b"Content-Length" in got, closed) == (True, False, True)


@pytest.mark.parametrize(
    ("act", "starts", "least"),
    [
        (faults.stall(), b"", 0),
        (faults.stall_in_body(), b"HTTP/1.1 200 OK\r\n", 700),
        (faults.drip_headers(), b"HTTP/1.1 200 OK\r\nX-Drip: aaa", 32),
        (faults.drip_body(), b"HTTP/1.1 200 OK\r\n", 60),
        (faults.endless_body(), b"HTTP/1.1 200 OK\r\n", 1_000_000),
        (faults.endless_body("video/mp4", b"\0\0\0\x18ftypmp42"), b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4", 10**6),
    ],
)
def test_what_never_ends_goes_on_and_ends_with_the_server(act: Act, starts: bytes, least: int) -> None:
    with StandIn(words, faults=[Fault("^/", act)]) as stand_in:
        got, closed = raw(stand_in)
        waiting = threading.Thread(target=raw, args=(stand_in, "/", 20))
        waiting.start()
        time.sleep(0.05)
        began = time.monotonic()
    waiting.join(5)
    assert (got.startswith(starts), len(got) >= least, closed) == (True, True, False)
    assert not waiting.is_alive()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("act", [faults.stall(0.1), faults.stall_in_body(0.1)])
def test_a_stall_of_some_seconds_ends_in_the_whole_answer(act: Act) -> None:
    got, closed = at_fault(act, seconds=2)
    assert (got.endswith(b"</p>"), closed) == (True, True)


def test_a_client_that_leaves_a_stall_is_no_longer_counted() -> None:
    with StandIn(words, faults=[Fault("^/", faults.stall())]) as stand_in:
        for _ in range(2):
            raw(stand_in, seconds=0.1)
            time.sleep(0.05)
    assert (stand_in.most_at_once, len(stand_in.log)) == (1, 2)


def test_headers_and_bytes_that_no_client_takes() -> None:
    got, closed = at_fault(faults.huge_headers(), seconds=2)
    assert (len(got) > 1_000_000, got.count(b"\r\n"), closed) == (True, 304, True)
    got, closed = at_fault(faults.garbage())
    assert (got.startswith(b"\x80\x81"), b"HTTP" in got, closed) == (True, False, True)


def answered(act: Act, path: str = "/x?y=1") -> Got:
    with StandIn(words, faults=[Fault("^/", act)]) as stand_in:
        return Got(stand_in.root + path)


def test_refusals_tell_when_to_come_again() -> None:
    date = faults.http_date(120)
    got = [answered(faults.refuse(429, wait)) for wait in (None, 3, date)]
    assert [(each.status, each.headers["Retry-After"]) for each in got] == [(429, None), (429, "3"), (429, date)]
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", date)


def test_redirects_lead_where_they_say() -> None:
    moved = [answered(faults.redirect("{root}/y", status)) for status in (301, 302, 303, 307, 308)]
    assert [(each.status, urlsplit(each.headers["Location"]).path) for each in moved] == [
        (status, "/y") for status in (301, 302, 303, 307, 308)
    ]
    assert answered(faults.redirect_loop()).headers["Location"] == "/x?y=1"
    with StandIn(words, faults=[Fault("^/", faults.redirect_for_ever())]) as stand_in:
        path, paths = "/x?y=1", []
        for _ in range(3):
            path = Got(stand_in.root + path).headers["Location"]
            paths.append(path)
    assert paths == ["/x?y=1&again=1", "/x?y=1&again=2", "/x?y=1&again=3"]


def test_challenges_are_known_by_header_and_stub() -> None:
    got = answered(faults.challenge())
    assert (got.status, got.headers["cf-mitigated"], got.headers["Server"]) == (403, "challenge", "cloudflare")
    assert "<title>Just a moment...</title>" in got.text
    stub = answered(faults.challenge_with_200())
    assert (stub.status, len(stub.body), "_Incapsula_Resource" in stub.text) == (200, 212, True)


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (faults.sharepoint_error(), "no_minutes"),
        (faults.script_redirect(), "no_minutes"),
        (faults.empty(), "empty"),
        (faults.challenge_with_200(), "no_minutes"),
    ],
)
def test_pages_that_are_none_of_the_councils_hold_no_minutes(act: Act, outcome: str) -> None:
    got = answered(act)
    assert (got.status, parse(got.body, "x").outcome) == (200, outcome)


def test_a_gzip_bomb_is_small_on_the_wire() -> None:
    got = answered(faults.gzip_bomb(8))
    assert (got.headers["Content-Encoding"], len(got.body) < 20_000) == ("gzip", True)
    assert gzip.decompress(got.body) == bytes(8 << 20)


@pytest.mark.parametrize("kind", ["html", "xml"])
def test_a_wrong_charset_is_declared_twice(kind: str) -> None:
    got = answered(faults.wrong_charset(kind))
    assert (got.headers.get_content_charset(), b"utf-8" in got.body) == ("utf-8", True)
    with pytest.raises(UnicodeDecodeError):
        got.body.decode()
    assert "£2.4m and the Director’s “thanks”" in got.body.decode("cp1252")
