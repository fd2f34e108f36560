"""Whom a site's certificate must be from: somebody whom the system trusts, for this very name, today."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from crawling import asked, crawled, hasty, patient, site_at
from stand_in.answer import Answer, page
from stand_in.server import StandIn
from stand_in.synthetic_councils import CHILDREN, northmere

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)


def words(path: str, root: str) -> Answer:
    return page("<!DOCTYPE html><html><p>The Committee noted the report.</p></html>")


def certified(authority: trustme.CA, name: str = "127.0.0.1", until: datetime.datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    since = {"not_before": until - datetime.timedelta(days=365)} if until else {}
    authority.issue_cert(name, not_after=until, **since).configure_cert(context)
    return context


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trust(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the system trust the authority."""

    def trusted() -> None:
        file = tmp_path / "trusted.pem"
        authority.cert_pem.write_to_path(file)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))

    return trusted


def test_a_site_whose_authority_the_system_trusts_is_asked(
    authority: trustme.CA, trust: Callable[[], None], tmp_path: Path
) -> None:
    trust()
    with StandIn(northmere(), tls=certified(authority)) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in), committees=(CHILDREN,))
    assert (stand_in.root[:8], got.sites, got.meetings["2011"]) == ("https://", ["ok"], "ok by service")


def test_a_site_whose_authority_nobody_knows_is_not_asked_and_not_tried_again(
    authority: trustme.CA, tmp_path: Path
) -> None:
    with StandIn(northmere(), tls=certified(authority)) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in))
    robots = got.request("/robots.txt")
    assert (got.sites, got.meetings, stand_in.paths) == (["unreachable"], {}, [])
    assert (robots.outcome, robots.attempts) == ("unreachable", 1)
    assert (robots.message or "").startswith("the site's certificate cannot be verified (unable to get local issuer")


@pytest.mark.parametrize(
    ("name", "until", "said"),
    [
        ("127.0.0.1", LONG_AGO, "certificate has expired"),
        ("127.0.0.2", None, "IP address mismatch, certificate is not valid for '127.0.0.1'."),
        ("democracy.northmere.test", None, "IP address mismatch, certificate is not valid for '127.0.0.1'."),
    ],
)
def test_a_certificate_that_is_old_or_anothers_is_refused(
    name: str, until: datetime.datetime | None, said: str, authority: trustme.CA, trust: Callable[[], None]
) -> None:
    trust()
    with StandIn(words, tls=certified(authority, name, until)) as stand_in:
        fetched, data = asked(f"{stand_in.root}/x", patient(stand_in))
    assert (fetched.outcome, data, stand_in.paths) == ("unreachable", None, [])
    assert fetched.message == (
        "robots.txt could not be read, so that nothing else was asked: "
        f"the site's certificate cannot be verified ({said}); save its pages by hand"
    )


def test_a_site_that_speaks_no_tls_where_it_should_is_unreachable() -> None:
    with StandIn(words) as stand_in:
        fetched, data = asked(f"https://{stand_in.authority}/x", hasty(stand_in))
    assert (fetched.outcome, data, stand_in.paths) == ("unreachable", None, [])


def test_a_handshake_that_never_ends_is_given_up_in_time() -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        fetched, data = asked(f"https://{address}/x", hasty(allow_hosts=frozenset({address})))
    assert (fetched.outcome, data, time.monotonic() - began < 4) == ("timeout", None, True)


def test_a_handshake_whose_bytes_drip_is_given_up_in_time() -> None:
    over = threading.Event()

    def drip() -> None:
        for _ in range(2):
            connection, _ = dripping.accept()
            with connection, contextlib.suppress(OSError):  # the client leaves
                connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of a handshake that says to be long
                while not over.wait(0.05):
                    connection.sendall(b"\x02")

    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as dripping:
        address = f"127.0.0.1:{dripping.getsockname()[1]}"
        dripper = threading.Thread(target=drip)
        dripper.start()
        began = time.monotonic()
        fetched, data = asked(f"https://{address}/x", hasty(allow_hosts=frozenset({address})))
        took = time.monotonic() - began
        over.set()
        dripper.join(5)
    assert (fetched.outcome, data, took < 4) == ("timeout", None, True)
