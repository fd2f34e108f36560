"""How sites are asked, as they see it: one request at a time, slowly, under our own name, and not after a stop."""

from __future__ import annotations

import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from crawling import CONTACT, Notes, asked, crawled, patient, site_at
from stand_in import faults
from stand_in.answer import Answer, page
from stand_in.faults import Act, Fault
from stand_in.server import StandIn
from stand_in.synthetic_councils import CHILDREN, northmere

from minutesminer import __version__
from minutesminer.errors import Stopped
from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.archive import Archive, open_archive
from minutesminer.fetch.client import Client, Manners

SOON = 1.0
"""Seconds within which a crawl that is to stop has stopped."""


def words(path: str, root: str) -> Answer:
    return page("<!DOCTYPE html><html><p>The Committee noted the report.</p></html>")


def gaps(stand_in: StandIn) -> list[float]:
    """Seconds between the end of a request and the start of the next."""
    return [later.started - earlier.ended for earlier, later in pairwise(stand_in.log)]


def all_asked(stand_in: StandIn, manners: Manners, paths: list[str]) -> list[str]:
    """The outcomes of requests one after the other by one client."""
    with Client(manners) as client:
        hosts = OwnHosts.of([stand_in.root])
        return [str(client.get(stand_in.root + path, hosts, Notes(), "page")[0].outcome) for path in paths]


def test_a_host_of_several_councils_is_asked_one_thing_at_a_time(tmp_path: Path) -> None:
    with StandIn(northmere(), slow=0.01) as stand_in:
        sites = [site_at(stand_in, id=code, council="Northmere") for code in ("NMA", "NMB", "NMC")]
        got = crawled(tmp_path / "archive", sites, patient(stand_in), committees=(CHILDREN,))
    assert (got.sites, stand_in.most_at_once) == (["ok"] * 3, 1)
    assert stand_in.paths.count("/robots.txt") == 1
    assert (stand_in.paths[0], len(set(stand_in.paths)) == len(stand_in.paths)) == ("/robots.txt", True)


def test_several_hosts_are_asked_side_by_side_each_one_thing_at_a_time(tmp_path: Path) -> None:
    with (
        StandIn(northmere(), slow=0.05) as one,
        StandIn(northmere(), slow=0.05) as two,
        StandIn(northmere(), slow=0.05) as three,
    ):
        crawled(tmp_path / "alone", site_at(one), patient(one), committees=(CHILDREN,))
        asked_alone = len(one.log)
        hosts = [site_at(each, id=code) for each, code in ((one, "NMA"), (two, "NMB"), (three, "NMC"))]
        together = crawled(tmp_path / "together", hosts, patient(one, two, three), committees=(CHILDREN,))
    assert [len(one.log), len(two.log), len(three.log)] == [2 * asked_alone, asked_alone, asked_alone]
    assert [each.most_at_once for each in (one, two, three)] == [1, 1, 1]
    assert [each.paths[0] for each in (one, two, three)] == ["/robots.txt"] * 3
    assert together.sites == ["ok"] * 3
    spans = [(each.log[-asked_alone].started, each.log[-1].ended) for each in (one, two, three)]
    assert max(start for start, _ in spans) < min(end for _, end in spans)


@pytest.mark.parametrize(
    ("delay", "robots", "least"),
    [
        (0.15, None, 0.15),
        (0.0, "User-agent: *\nCrawl-delay: 0.2\n", 0.2),
        (0.2, "User-agent: *\nCrawl-delay: 0.1\n", 0.2),
        (0.0, "User-agent: minutesminer\nRequest-rate: 10/1\n", 0.1),
    ],
)
def test_the_delay_lies_between_the_end_of_a_request_and_the_next(
    delay: float, robots: str | None, least: float
) -> None:
    with StandIn(words, robots, slow=0.05) as stand_in:
        outcomes = all_asked(stand_in, patient(stand_in, delay=delay), ["/a", "/b", "/c"])
    between = gaps(stand_in)
    # The delay of robots.txt is known after it was read, so that it lies between what follows.
    assert (outcomes, len(between), min(between[1:]) >= least, between[0] >= delay) == (["ok"] * 3, 3, True, True)
    assert (max(between) < least + 0.5) is True


def test_the_delay_lies_also_between_redirects_and_between_tries() -> None:
    flaws = [Fault("^/a", faults.redirect("/b"), times=1), Fault("^/b", faults.refuse(500), times=2)]
    with StandIn(words, faults=flaws) as stand_in:
        outcomes = all_asked(stand_in, patient(stand_in, delay=0.2), ["/a"])
    assert (outcomes, stand_in.paths) == (["ok"], ["/robots.txt", "/a", "/b", "/b", "/b"])
    assert (min(gaps(stand_in)) >= 0.2) is True


def test_only_a_host_that_was_allowed_may_be_asked_faster_than_twice_a_second() -> None:
    with Client(patient(delay=0.0, allow_hosts=frozenset({"allowed.test", "127.0.0.1:81", "[::1]:81"}))) as client:
        delays = {
            address: client._delay(address)
            for address in (
                "https://allowed.test/x",
                "http://127.0.0.1:81/x",
                "http://[::1]:81/x",
                "http://127.0.0.1/x",
                "https://democracy.northmere.gov.uk/x",
            )
        }
    assert list(delays.values()) == [0.0, 0.0, 0.0, 0.5, 0.5]
    with Client(Manners(CONTACT)) as client:
        assert client._delay("https://democracy.northmere.gov.uk/x") == 1.0


def test_a_site_sees_who_asks_and_where_to_write_to() -> None:
    with StandIn(words) as stand_in:
        all_asked(stand_in, patient(stand_in), ["/a", "/b"])
        all_asked(
            stand_in,
            Manners("https://northmere.example/who", delay=0.0, allow_hosts=frozenset({stand_in.authority})),
            ["/c"],
        )
    named = f"minutesminer/{__version__} (reads published council minutes; contact: "
    mail = {"user-agent": f"{named}tests@example.org)", "from": CONTACT}
    site = {"user-agent": f"{named}https://northmere.example/who)", "from": None}
    seen = [{"user-agent": each.headers["user-agent"], "from": each.headers.get("from")} for each in stand_in.log]
    assert seen == [mail] * 3 + [site] * 2
    assert [(each.method, each.headers.get("referer"), each.headers.get("cookie")) for each in stand_in.log] == [
        ("GET", None, None)
    ] * 5


def test_tries_lie_the_back_off_apart_which_doubles() -> None:
    with StandIn(words, faults=[Fault("^/a", faults.refuse(503))]) as stand_in:
        outcomes = all_asked(stand_in, patient(stand_in, backoff=0.1), ["/a"])
    first, *waits = gaps(stand_in)
    assert (outcomes, [wait >= 0.1 * 2**at for at, wait in enumerate(waits)]) == (["server_error"], [True] * 3)
    assert (first < 0.1, sum(waits) < 0.7 * 1.25 + 0.5) == (True, True)


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [(1, 1.0, 1.6), (0, 0.1, 0.6), ("-5", 0.1, 0.6), ("soon", 0.1, 0.6), (faults.http_date(-9), 0.1, 0.6)],
)
def test_a_site_that_says_when_to_come_again_is_not_asked_before(after: int | str, least: float, most: float) -> None:
    with StandIn(words, faults=[Fault("^/a", faults.refuse(429, after), times=1)]) as stand_in:
        outcomes = all_asked(stand_in, patient(stand_in, backoff=0.1), ["/a"])
    assert (outcomes, least <= gaps(stand_in)[1] < most) == (["ok"], True)


def test_a_site_that_says_a_time_to_come_again_is_not_asked_before() -> None:
    until: list[float] = []

    def later(wire: faults.Wire) -> Answer:
        until.append(int(time.time() + 2))
        return Answer(b"", 503, headers={"Retry-After": faults.http_date(2)})

    with StandIn(words, faults=[Fault("^/a", later, times=1)]) as stand_in:
        outcomes = all_asked(stand_in, patient(stand_in), ["/a"])
        came = time.time()
    assert (outcomes, came >= until[0], came < until[0] + 1) == (["ok"], True, True)


def test_a_site_that_asks_to_wait_too_long_is_not_asked_again() -> None:
    with StandIn(words, faults=[Fault("^/a", faults.refuse(503, 121))]) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/a", patient(stand_in))
    assert (fetched.outcome, fetched.attempts, fetched.message) == (
        "server_error",
        1,
        "the site failed to answer (503); try again later (it asks to wait 121 s)",
    )


@pytest.mark.parametrize("until", [121, faults.http_date(86_400)])
def test_a_site_that_asks_for_a_long_rest_is_left_alone_for_the_crawl(until: int | str, tmp_path: Path) -> None:
    # The latest meeting is asked for first, and its answer asks for the rest.
    with StandIn(northmere(), faults=[Fault("lMeetingId=2016", faults.refuse(429, until), times=1)]) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in), committees=("children services",))
        asked_last = stand_in.paths[-1]
    assert asked_last == "/mgWebService.asmx/GetMeeting?lMeetingId=2016"
    assert set(got.meetings.values()) == {"blocked", "cancelled", "scheduled"}


STALLS: dict[str, Act] = {
    "silence": faults.stall(),
    "silence in mid-body": faults.stall_in_body(),
    "headers that drip": faults.drip_headers(),
    "a body that drips": faults.drip_body(),
    "a body without end": faults.endless_body(),
    "a wait that was asked for": faults.refuse(429, 60),
    "the back-off": faults.refuse(503),
}


class Stop(threading.Event):
    """A user's wish to stop; `at` is when it was made."""

    at = 0.0

    def during(self, stand_in: StandIn, part: str) -> None:
        """Stop shortly after a path with `part` in it was asked for."""
        while not any(part in path for path in stand_in.paths):
            time.sleep(0.01)
        time.sleep(0.1)
        self.at = time.monotonic()
        self.set()


def sound(archive: Archive) -> list[str]:
    """The requests whose bytes cannot be read."""
    return [
        fetched.address for fetched in archive.latest() if fetched.sha256 and not archive.read(fetched.sha256).strip()
    ]


@pytest.mark.parametrize("wait", [*STALLS, "the delay"])
def test_a_stop_ends_a_crawl_soon_whatever_it_waits_for(wait: str, tmp_path: Path) -> None:
    disturbing = [Fault(r"GetMeeting\?", STALLS[wait])] if wait in STALLS else []
    slowly = {"delay": 30.0} if wait == "the delay" else {"backoff": 30.0}
    stop = Stop()
    folder = tmp_path / "archive"
    with StandIn(northmere(), faults=disturbing) as stand_in:
        manners = patient(stand_in, most_bytes=10**12, **slowly)
        user = threading.Thread(target=stop.during, args=(stand_in, "GetMeeting?" if disturbing else "/"))
        user.start()
        got = crawled(folder, site_at(stand_in), manners, committees=(CHILDREN,), stop=stop)
        took = time.monotonic() - stop.at
        user.join()
    assert (got.gathered.stopped, got.gathered.visits, took < SOON) == (True, [], True)
    assert [address for address in got.requests if "GetMeeting?" in address] == []
    with open_archive(folder) as archive:
        assert (sound(archive), [each.outcome for each in archive.meetings() if each.asked_at]) == ([], [])
    with StandIn(northmere(), port=int(stand_in.authority.rpartition(":")[2])) as again:
        more = crawled(folder, site_at(again), patient(again), committees=(CHILDREN,))
    assert (more.gathered.crawl.resumed, more.sites, more.meetings["2011"]) == (True, ["ok"], "ok by service")
    assert set(again.paths) & set(stand_in.paths) == {path for path in again.paths if path in stand_in.paths[-1:]}


def test_nothing_is_asked_after_a_stop() -> None:
    stop = threading.Event()
    stop.set()
    notes = Notes()
    with StandIn(words) as stand_in, pytest.raises(Stopped, match="stopped"):
        asked(f"{stand_in.root}/a", patient(stand_in), stop=stop, notes=notes)
    assert (stand_in.paths, notes.kept) == ([], {})
