"""Where a site may lead us: within its own hosts, a few times, and nowhere else."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from crawling import Notes, asked, crawled, patient, site_at
from stand_in import faults
from stand_in.answer import Answer, page
from stand_in.faults import Fault
from stand_in.server import StandIn
from stand_in.synthetic_councils import CHILDREN, northmere

MOVED = "/moved?x=1"
PRIVATE = ".".join(("10", "0", "0", "1"))


def words(path: str, root: str) -> Answer:
    return page(f"<!DOCTYPE html><html><p>{path}</p></html>")


def leading(to: str, status: int = 302) -> StandIn:
    """A site whose page `/a` leads elsewhere."""
    return StandIn(words, faults=[Fault(r"^/a$", faults.redirect(to, status))])


@pytest.fixture
def nowhere_but_here(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every name leads to this machine; the list is of those looked up."""
    looked_up: list[object] = []

    def here(host: str, port: int, *rest: Any, **more: Any) -> list[tuple[Any, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", here)
    return looked_up


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["{root}/moved?x=1", "/moved?x=1#part", " moved?x=1 ", "http:///moved?x=1"])
def test_a_redirect_within_the_site_is_followed(status: int, to: str) -> None:
    with leading(to, status) as stand_in:
        fetched, data = asked(f"{stand_in.root}/a", patient(stand_in))
    assert (fetched.outcome, fetched.final_address, fetched.attempts) == ("ok", stand_in.root + MOVED, 2)
    assert (stand_in.paths, data) == (["/robots.txt", "/a", MOVED], words(MOVED, "").body)


def test_redirects_that_never_end_are_left_after_a_few() -> None:
    notes = Notes()
    flaws = [Fault("^/round", faults.redirect_loop()), Fault("^/on", faults.redirect_for_ever())]
    with StandIn(words, faults=flaws) as stand_in:
        outcomes = [
            asked(f"{stand_in.root}{path}", patient(stand_in), notes=notes)[0].outcome for path in ("/round", "/on")
        ]
    assert outcomes == ["off_site", "off_site"]
    assert [path for path in stand_in.paths if path != "/robots.txt"] == [
        "/round",
        "/on",
        *(f"/on?again={number}" for number in range(1, 6)),
    ]


def test_a_redirect_within_the_site_is_no_trouble_of_a_crawl(tmp_path: Path) -> None:
    flaws = [
        Fault(
            r"GetMeeting\?lMeetingId=2011$", faults.redirect("{root}/mgWebService.asmx/GetMeeting?lMeetingId=2011&x=1")
        )
    ]
    with StandIn(northmere(), faults=flaws) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in), committees=(CHILDREN,))
    request = got.request("GetMeeting?lMeetingId=2011")
    assert (request.outcome, request.attempts, got.meetings["2011"]) == ("ok", 2, "ok by service")
    assert request.final_address == f"{request.address}&x=1"


def test_another_host_is_not_asked_for_anything(tmp_path: Path) -> None:
    with StandIn(words) as other:
        flaws = [Fault(r"[=]2011\b", faults.redirect(f"{other.root}/x"))]
        with StandIn(northmere(), faults=flaws) as stand_in:
            manners = patient(stand_in, other)
            got = crawled(tmp_path / "archive", site_at(stand_in), manners, committees=(CHILDREN,))
    request = got.request("GetMeeting?lMeetingId=2011")
    assert (request.outcome, request.message) == (
        "off_site",
        f"the site leads elsewhere: {other.root}/x is not on a host of the council; it was not asked",
    )
    assert (got.meetings["2011"], other.paths) == ("off_site", [])


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.2",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "LOCALHOST",
    ],
)
def test_other_spellings_of_a_host_are_other_hosts(host: str, nowhere_but_here: list[object]) -> None:
    with leading(f"http://{host}:PORT/x") as stand_in:
        port = stand_in.authority.rpartition(":")[2]
        stand_in.faults[0].act = faults.redirect(f"http://{host}:{port}/x")
        fetched, data = asked(f"{stand_in.root}/a", patient(stand_in))
    # The dot at the end of a name is none of the name, so that this one is the host itself; it is not allowed by it.
    assert (fetched.outcome, data, stand_in.paths) == ("off_site", None, ["/robots.txt", "/a"])


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.2", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001"],
)
def test_a_private_host_is_not_asked_even_where_the_council_is_said_to_own_it(
    host: str, nowhere_but_here: list[object]
) -> None:
    with StandIn(words) as stand_in:
        port = stand_in.authority.rpartition(":")[2]
        fetched, data = asked(f"http://{host}:{port}/x", patient(stand_in))
    assert (fetched.outcome, data, stand_in.paths) == ("off_site", None, [])
    assert len(nowhere_but_here) == 1  # for its robots.txt; that it has a private address is known then


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        f"http://{PRIVATE}/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://ftp.northmere.example/minutes.pdf",
        "javascript:alert(1)",
        "data:text/html,<p>minutes</p>",
        "gopher://127.0.0.1:70/x",
        "http://",
        "http://[bad",
        "http://127.0.0.1:99999/",
        "//other.example/x",
    ],
)
def test_addresses_of_no_council_are_not_asked(to: str, nowhere_but_here: list[object]) -> None:
    with leading(to) as stand_in:
        fetched, data = asked(f"{stand_in.root}/a", patient(stand_in))
        looked_up = [host for host in nowhere_but_here if host != "127.0.0.1"]
    assert (fetched.outcome, data, looked_up) == ("off_site", None, [])
    assert stand_in.paths == ["/robots.txt", "/a"]


def test_an_address_with_a_password_is_not_asked() -> None:
    with leading("http://somebody:secret@{root}/x".replace("{root}", "HOST")) as stand_in:
        stand_in.faults[0].act = faults.redirect(f"http://somebody:secret@{stand_in.authority}/x")
        fetched, data = asked(f"{stand_in.root}/a", patient(stand_in))
    assert (fetched.outcome, data, stand_in.paths) == ("off_site", None, ["/robots.txt", "/a"])


@pytest.mark.parametrize("to", ["/" + "a" * 70_000, "/\x7f"])
def test_an_address_that_cannot_be_asked_ends_the_request_and_no_more(to: str) -> None:
    with leading(to) as stand_in:
        fetched, data = asked(f"{stand_in.root}/a", patient(stand_in))
    assert (fetched.outcome, data, len(fetched.message or "") < 300) == ("unrecognised", None, True)
    assert stand_in.paths == ["/robots.txt", "/a"]


def test_an_address_that_the_user_mistyped_is_said_to_be_none() -> None:
    with StandIn(words) as stand_in:
        fetched, data = asked(f"{stand_in.root}/\x7f", patient(stand_in))
    assert (fetched.outcome, data, stand_in.paths) == ("unrecognised", None, ["/robots.txt"])


def test_nothing_of_one_host_is_told_to_another() -> None:
    def cookies(wire: faults.Wire) -> Answer:
        headers = {"Set-Cookie": "ASP.NET_SessionId=secret; Path=/", "Location": f"{other.root}/x"}
        return Answer(b"", 302, headers=headers)

    with StandIn(words) as other, StandIn(words, faults=[Fault("^/a$", cookies)]) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/a", patient(stand_in, other), known=[other.root])
        again, _ = asked(f"{stand_in.root}/b", patient(stand_in, other), known=[other.root])
    assert (fetched.outcome, again.outcome, other.paths) == ("ok", "ok", ["/robots.txt", "/x"])
    sent = [set(request.headers) for request in (*stand_in.log, *other.log)]
    assert sent == [{"host", "connection", "user-agent", "accept", "accept-language", "accept-encoding", "from"}] * len(
        sent
    )
