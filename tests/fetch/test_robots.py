"""What robots.txt asks of us, and what is done where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawling import Notes, asked, crawled, hasty, patient, site_at
from stand_in import faults
from stand_in.answer import Answer, Site, page
from stand_in.faults import Act, Fault
from stand_in.server import StandIn
from stand_in.synthetic_councils import CHILDREN, eastmoor, northfell, northmere

from minutesminer.fetch.robots import ROBOTS_BYTES, Robots, robots_of
from minutesminer.models import Fetched, Outcome

ALL = "User-agent: *\nDisallow: /\n"
NONE = "User-agent: *\nDisallow:\n"
SERVED = {
    "2011": "ok by service",
    "2012": "ok by page",
    "2013": "ok by service",
    "2014": "cancelled",
    "2015": "ok by attached",
    "2016": "ok by service",
    "2017": "scheduled",
}
ON_PAGES = SERVED | {"2011": "ok by page", "2013": "ok by page", "2016": "ok by page"}


def words(path: str, root: str) -> Answer:
    return page("<!DOCTYPE html><html><p>The Committee noted the report.</p></html>")


def rules(text: str | bytes) -> Robots:
    fetched = Fetched(address="x", purpose="robots", outcome="ok", fetched_at="2026-12-01T12:00:00+00:00")
    return robots_of(fetched, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("site", "platform"), [(northmere(), "moderngov"), (northfell(), "cmis"), (eastmoor(), "custom")]
)
def test_a_site_that_forbids_everything_is_asked_for_nothing(site: Site, platform: str, tmp_path: Path) -> None:
    with StandIn(site, ALL) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in, platform), patient(stand_in))
    assert (got.sites, got.meetings, stand_in.paths) == (["disallowed"], {}, ["/robots.txt"])


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (NONE, SERVED),
        ("User-agent: *\nDisallow: /mgWebService.asmx\n", ON_PAGES),
        ("User-agent: *\nDisallow: /mgwebservice.asmx\n", SERVED),  # paths are told apart by their case
        ("User-agent: minutesminer\nDisallow: /*GetMeeting?\n", ON_PAGES),
        ("User-agent: minutesminer\nDisallow:\n\nUser-agent: *\nDisallow: /\n", SERVED),
        ("User-agent: MINUTESMINER\nDisallow: /mgWebService.asmx\n", ON_PAGES),
        ("User-agent: googlebot\nDisallow: /\n", SERVED),
        ("User-agent: *\nDisallow: /\nAllow: /mg\nAllow: /ie\n", SERVED | {"2012": "ok by page"}),
        ("\ufeffUser-agent: *\nDisallow: /mgWebService.asmx\n", ON_PAGES),
    ],
)
def test_only_what_is_forbidden_is_left_alone(robots: str, expected: dict[str, str], tmp_path: Path) -> None:
    with StandIn(northmere(), robots) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in), committees=(CHILDREN,))
    assert (got.sites, got.meetings, stand_in.paths[0]) == (["ok"], expected, "/robots.txt")
    forbidden = "GetMeeting?" if "GetMeeting?" in robots else "/mgWebService.asmx"
    asked_anyway = [path for path in stand_in.paths if forbidden in path]
    assert (asked_anyway == []) == (expected == ON_PAGES)


def test_what_is_forbidden_is_asked_for_no_more_after_three_times(tmp_path: Path) -> None:
    with StandIn(northmere(), "User-agent: *\nDisallow: /*GetMeeting?\n") as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in), committees=(CHILDREN,))
    refused = [each for address, each in got.requests.items() if "GetMeeting?" in address]
    assert [(each.outcome, each.attempts) for each in refused] == [("disallowed", 0)] * 3
    assert refused[0].message == "the site's robots.txt asks programs to stay away; save its pages by hand"


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (faults.refuse(500), "server_error"),
        (faults.refuse(503), "server_error"),
        (faults.refuse(429), "blocked"),
        (faults.drop(), "unreachable"),
        (faults.garbage(), "unreachable"),
        (faults.stall(), "timeout"),
        (faults.drip_body(), "timeout"),
        (faults.cut_body(), "unreachable"),
    ],
)
def test_a_site_whose_rules_cannot_be_had_is_asked_for_nothing(act: Act, outcome: str) -> None:
    with StandIn(words, NONE, [Fault("^/robots", act)]) as stand_in:
        fetched, data = asked(f"{stand_in.root}/x", hasty(stand_in))
    assert (fetched.outcome, fetched.attempts, data, set(stand_in.paths)) == (outcome, 0, None, {"/robots.txt"})
    assert (fetched.message or "").startswith("robots.txt could not be read, so that nothing else was asked: ") is True


@pytest.mark.parametrize(
    "robots",
    [
        None,
        "",
        Answer(b"", 410),
        Answer(b"Forbidden", 403),
        Answer(b"Unauthorised", 401),
        Answer(b"Odd", 400),
        words("", ""),
        Answer(b"\xff\xfe\x00\x01" * 100, 200, "text/plain"),
        Answer(b"{}", 200, "application/json"),
        faults.challenge_answer(),
    ],
)
def test_a_site_without_rules_may_be_asked(robots: str | Answer | None) -> None:
    with StandIn(words, robots) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/x", patient(stand_in))
    assert (fetched.outcome, stand_in.paths) == ("ok", ["/robots.txt", "/x"])


@pytest.mark.parametrize("media_type", ["text/x-robots", "application/json", "text/markdown", "image/png"])
def test_rules_count_whatever_they_are_called(media_type: str) -> None:
    with StandIn(words, Answer(ALL.encode(), 200, media_type)) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/x", patient(stand_in))
    assert (fetched.outcome, stand_in.paths) == ("disallowed", ["/robots.txt"])


def test_rules_that_lead_to_another_host_are_not_asked_for_there() -> None:
    with (
        StandIn(words, ALL) as other,
        StandIn(words, Answer(b"", 302, headers={"Location": f"{other.root}/robots.txt"})) as stand_in,
    ):
        notes = Notes()
        fetched, _ = asked(f"{stand_in.root}/x", patient(stand_in, other), notes=notes)
        own, _ = asked(f"{stand_in.root}/x", patient(stand_in, other), known=[other.root])
    robots = notes.kept[f"{stand_in.root}/robots.txt"]
    assert (fetched.outcome, own.outcome, other.paths) == ("ok", "ok", [])
    assert (robots.outcome, robots.message) == (
        "off_site",
        f"robots.txt is said to be at {other.root}/robots.txt, which is another host",
    )


@pytest.mark.parametrize(("hops", "outcome"), [(1, "disallowed"), (5, "disallowed"), (6, "ok")])
def test_rules_are_followed_to_the_fifth_redirect_on_the_host(hops: int, outcome: Outcome) -> None:
    def site(path: str, root: str) -> Answer:
        number = int(path.rpartition("/")[2]) if path.startswith("/rules/") else 0
        if path.startswith("/rules/") and number >= hops:
            return Answer(ALL.encode(), 200, "text/plain")
        return Answer(b"", 301, headers={"Location": f"/rules/{number + 1}"}) if number else words(path, root)

    with StandIn(site, Answer(b"", 301, headers={"Location": "/rules/1"})) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/x", patient(stand_in))
    assert fetched.outcome == outcome


def test_of_rules_that_are_too_long_the_first_count_and_no_line_that_was_cut() -> None:
    start = "User-agent: *\nDisallow: /private\n"
    filler = "#".ljust(ROBOTS_BYTES - len(start) - len("\nDisallow: /"), "a")
    text = f"{start}{filler}\nDisallow: /papers\nDisallow: /x\n".ljust(1_000_000, "#")
    with StandIn(words, text) as stand_in:
        outcomes = [asked(f"{stand_in.root}{path}", patient(stand_in))[0].outcome for path in ("/x", "/private")]
    assert text[:ROBOTS_BYTES].endswith("\nDisallow: /") is True
    assert outcomes == ["ok", "disallowed"]


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 3\n", 3.0),
        ("User-agent: *\nCrawl-delay: 0.25\n", 0.25),
        ("User-agent: *\nCrawl-delay: 86400\n", 60.0),
        ("User-agent: *\nCrawl-delay: -5\n", 0.0),
        ("User-agent: *\nCrawl-delay: soon\n", 0.0),
        ("User-agent: *\nCrawl-delay: nan\n", 0.0),
        ("User-agent: *\nCrawl-delay: inf\n", 0.0),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: minutesminer\nCrawl-delay: 2\n", 2.0),
        ("User-agent: bingbot\nCrawl-delay: 9\n", 0.0),
        ("User-agent: *\nRequest-rate: 1/10\n", 10.0),
        ("User-agent: *\nRequest-rate: 2/1m\nCrawl-delay: 5\n", 30.0),
        ("User-agent: *\nRequest-rate: 0/10\n", 0.0),
        ("", 0.0),
    ],
)
def test_the_delay_is_the_longest_that_is_asked_for_within_reason(text: str, delay: float) -> None:
    assert rules(text).delay == delay


OUTCOMES: list[tuple[Outcome, int | None, bool]] = [
    ("gone", 404, True),
    ("blocked", 403, True),
    ("blocked", 200, True),
    ("empty", 200, True),
    ("unrecognised", 400, True),
    ("off_site", 302, True),
    ("blocked", 429, False),
    ("off_site", None, False),
    ("timeout", None, False),
    ("unreachable", None, False),
    ("server_error", 503, False),
    ("failed", None, False),
]


def test_a_failure_forbids_and_an_absence_does_not() -> None:
    found = []
    for outcome, status, _ in OUTCOMES:
        fetched = Fetched(address="x", purpose="robots", outcome=outcome, status=status, fetched_at="")
        found.append((outcome, status, robots_of(fetched, None).refusal("http://x/y") is None))
    assert found == OUTCOMES
