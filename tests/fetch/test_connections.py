"""How a host is connected to: by an address that was judged, and by no other."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import httpcore
import pytest
from crawling import asked, hasty, patient
from stand_in.answer import Answer, page
from stand_in.server import StandIn

PUBLIC, OTHER = "8.8.8.8", "8.8.4.4"
PRIVATE = ".".join(("10", "0", "0", "1"))
NAME = "democracy.northmere.test"


def words(path: str, root: str) -> Answer:
    return page("<!DOCTYPE html><html><p>The Committee noted the report.</p></html>")


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[object]]:
    """Gives the answers of the name server, one look-up after the other (the last for ever); returns those asked."""

    def answering(*answers: Any) -> list[object]:
        looked_up: list[object] = []

        def found(host: str, port: int, *rest: Any, **more: Any) -> list[tuple[Any, ...]]:
            if host == "127.0.0.1":  # the socket's own way of reading an address
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
            answer = answers[min(len(looked_up), len(answers) - 1)]
            looked_up.append(host)
            if isinstance(answer, Exception):
                raise answer
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answer]

        monkeypatch.setattr(socket, "getaddrinfo", found)
        return looked_up

    return answering


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to; a public one does not answer."""
    tried: list[str] = []
    real = httpcore.SyncBackend.connect_tcp

    def connect(self: httpcore.SyncBackend, host: str, *rest: Any) -> httpcore.NetworkStream:
        tried.append(host)
        if host in (PUBLIC, OTHER):
            raise httpcore.ConnectTimeout("timed out")
        return real(self, host, *rest)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return tried


def at(stand_in: StandIn, name: str = NAME) -> str:
    return f"http://{name}:{stand_in.authority.rpartition(':')[2]}/x"


def test_a_name_that_leads_to_a_public_address_and_then_within_is_connected_to_where_it_was_judged(
    resolver: Callable[..., list[object]], connected: list[str]
) -> None:
    looked_up = resolver([PUBLIC], ["127.0.0.1"])
    with StandIn(words) as stand_in:
        fetched, _ = asked(at(stand_in), patient(stand_in, retries=0))
    assert (fetched.outcome, connected, looked_up, stand_in.paths) == ("timeout", [PUBLIC], [NAME], [])


def test_a_name_that_leads_within_at_the_second_try_is_not_asked_then(
    resolver: Callable[..., list[object]], connected: list[str]
) -> None:
    looked_up = resolver([PUBLIC], ["127.0.0.1"])
    with StandIn(words) as stand_in:
        fetched, _ = asked(at(stand_in), patient(stand_in))
    assert (fetched.outcome, connected, looked_up, stand_in.paths) == ("off_site", [PUBLIC], [NAME] * 2, [])
    assert (fetched.message or "").endswith(
        f"the host {NAME} has a private address, and is not asked; --allow-host lets it be"
    )


@pytest.mark.parametrize(
    "addresses", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, PRIVATE], [PUBLIC, "::1"], ["169.254.169.254"]]
)
def test_a_name_with_a_private_address_among_its_own_is_refused(
    addresses: list[str], resolver: Callable[..., list[object]], connected: list[str]
) -> None:
    resolver(addresses)
    with StandIn(words) as stand_in:
        fetched, _ = asked(at(stand_in), patient(stand_in))
    assert (fetched.outcome, connected, stand_in.paths) == ("off_site", [], [])


def test_a_name_that_was_allowed_may_lead_within(resolver: Callable[..., list[object]], connected: list[str]) -> None:
    resolver(["127.0.0.1"])
    with StandIn(words) as stand_in:
        port = stand_in.authority.rpartition(":")[2]
        outcomes = [
            asked(at(stand_in), patient(allow_hosts=frozenset({allowed})))[0].outcome
            for allowed in (NAME, f"{NAME}:{port}", f"{NAME}:1", f"x.{NAME}", "127.0.0.1")
        ]
    assert outcomes == ["ok", "ok", "off_site", "off_site", "off_site"]


def test_a_host_is_reached_by_any_of_its_addresses(resolver: Callable[..., list[object]], connected: list[str]) -> None:
    resolver([PUBLIC, OTHER, OTHER, "127.0.0.1"])
    with StandIn(words) as stand_in:
        fetched, _ = asked(at(stand_in), patient(allow_hosts=frozenset({NAME})))
    assert (fetched.outcome, fetched.attempts, stand_in.paths) == ("ok", 1, ["/robots.txt", "/x"])
    assert connected[:3] == [PUBLIC, OTHER, "127.0.0.1"]


@pytest.mark.parametrize(
    ("error", "attempts", "message"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            1,
            f"there is no host {NAME} ([Errno {socket.EAI_NONAME}] Name or service not known); look up where the "
            "council's site is now, and name it with --root",
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
            4,
            f"no connection to the site (the host {NAME} cannot be looked up: [Errno {socket.EAI_AGAIN}] Temporary "
            "failure in name resolution); try again later",
        ),
        (
            UnicodeError("label too long"),
            1,
            f"there is no host {NAME} (label too long); look up where the council's site is now, and name it with "
            "--root",
        ),
    ],
)
def test_a_host_that_is_not_found_is_told_from_a_name_server_that_is_not(
    error: Exception, attempts: int, message: str, resolver: Callable[..., list[object]]
) -> None:
    looked_up = resolver(error)
    fetched, _ = asked(f"http://{NAME}/x", patient(delay=0.0, allow_hosts=frozenset({NAME})))
    assert (fetched.outcome, fetched.message, len(looked_up)) == (
        "unreachable",
        f"robots.txt could not be read, so that nothing else was asked: {message}",
        attempts,
    )


def test_a_port_that_nobody_listens_at_is_tried_again_and_then_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        fetched, data = asked(f"http://{address}/x", hasty(allow_hosts=frozenset({address})))
    assert (fetched.outcome, data) == ("unreachable", None)
