"""What goes wrong with one answer of a site: it has its own outcome, costs little time, and harms no other meeting."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawling import Crawled, crawled, hasty, patient, site_at
from stand_in import faults
from stand_in.answer import Answer
from stand_in.faults import Act, Fault
from stand_in.server import StandIn
from stand_in.synthetic_councils import CHILDREN, HEALTH, eastmoor, northfell, northmere

from minutesminer.parse import parse

SERVICE, PAGE = "GetMeeting?lMeetingId=2011", "ieListDocuments.aspx?CId=201&MId=2011"
UNDISTURBED = {
    "2011": "ok by service",
    "2012": "ok by page",
    "2013": "ok by service",
    "2014": "cancelled",
    "2015": "ok by attached",
    "2016": "ok by service",
    "2017": "scheduled",
}
HEALTHY = {"2021": "ok by service", "2022": "ok by printed", "2023": "ok by page", "2024": "not_published"}
OTHERS = {"2031": "ok by service", "1901": "ok by service", "1902": "ok by printed"}
NORTHFELL = {
    "15006": "scheduled",
    "15004": "ok by printed",
    "15005": "not_published",
    "15001": "ok by printed",
    "15002": "ok by printed",
    "15003": "ok by printed",
}
EASTMOOR = dict.fromkeys(("2026-09-08", "2026-06-09", "2026-07-02", "2025-11-11"), "ok by listed")
SECONDS = 8.0
"""The longest that any of these crawls may take: two tries of 0.5 s for an answer, and several times as much again."""

AT_ONCE: dict[str, tuple[Act, tuple[str, int | None, int], str]] = {
    "dropped before any byte": (faults.drop(), ("unreachable", None, 4), "unreachable"),
    "dropped in mid-body": (faults.cut_body(), ("unreachable", None, 4), "unreachable"),
    "dropped between chunks": (faults.cut_chunked(), ("unreachable", None, 4), "unreachable"),
    "endless": (faults.endless_body(), ("too_large", 200, 1), "too_large"),
    "a film": (faults.endless_body("video/mp4"), ("unrecognised", 200, 1), "unrecognised"),
    "huge headers": (faults.huge_headers(), ("unreachable", None, 4), "unreachable"),
    "garbage": (faults.garbage(), ("unreachable", None, 4), "unreachable"),
    "500": (faults.refuse(500), ("server_error", 500, 4), "server_error"),
    "503": (faults.refuse(503), ("server_error", 503, 4), "server_error"),
    "401": (faults.refuse(401), ("blocked", 401, 1), "blocked"),
    "403": (faults.challenge(), ("blocked", 403, 1), "blocked"),
    "a challenge with 200": (faults.challenge_with_200(), ("blocked", 200, 1), "blocked"),
    "404": (faults.refuse(404), ("gone", 404, 1), "gone"),
    "410": (faults.refuse(410), ("gone", 410, 1), "gone"),
    "400": (faults.refuse(400), ("unrecognised", 400, 1), "unrecognised"),
    "SharePoint's error": (faults.sharepoint_error(), ("unrecognised", 200, 1), "unrecognised"),
    "a script that leads on": (faults.script_redirect(), ("unrecognised", 200, 1), "unrecognised"),
    # Nothing at all is no answer, so that the papers of the next meeting are looked into.
    "nothing": (faults.empty(), ("empty", 200, 1), "ok by attached"),
    "a gzip bomb": (faults.gzip_bomb(), ("too_large", 200, 1), "too_large"),
    "too often": (faults.refuse(429), ("blocked", 429, 4), "blocked"),
    "a wait in no known form": (faults.refuse(503, "²"), ("server_error", 503, 4), "server_error"),
    "a wait until no time": (
        faults.refuse(503, f"Mon, 01 Jan {'9' * 30} 00:00:00 GMT"),
        ("server_error", 503, 4),
        "server_error",
    ),
}
FOR_EVER: dict[str, Act] = {
    "silent before the headers": faults.stall(),
    "silent in mid-body": faults.stall_in_body(),
    "headers drip": faults.drip_headers(),
    "the body drips": faults.drip_body(),
}


def children(folder: Path, *disturbing: Fault, quick: bool = False) -> tuple[Crawled, StandIn]:
    """A crawl of one committee, which takes less time than one of all."""
    with StandIn(northmere(), faults=disturbing) as stand_in:
        manners = (hasty if quick else patient)(stand_in, most_bytes=2_000_000)
        return crawled(folder / "archive", site_at(stand_in), manners, committees=(CHILDREN,)), stand_in


def test_nothing_goes_wrong_where_nothing_is_wrong(tmp_path: Path) -> None:
    with StandIn(northmere()) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in))
    assert (got.meetings, got.sites) == (UNDISTURBED | HEALTHY | OTHERS, ["ok"])


@pytest.mark.parametrize("fault", AT_ONCE)
def test_a_meeting_whose_answers_are_wrong_has_its_outcome_and_no_other_has(fault: str, tmp_path: Path) -> None:
    act, told, meeting = AT_ONCE[fault]
    got, _ = children(tmp_path, Fault(r"[=]2011\b", act))
    assert (got.told(SERVICE), got.told(PAGE)) == (told, told)
    assert (got.meetings, got.sites, got.seconds < SECONDS) == (UNDISTURBED | {"2011": meeting}, ["ok"], True)


@pytest.mark.parametrize("fault", FOR_EVER)
def test_an_answer_that_never_ends_is_given_up_in_time_and_the_page_asked_instead(fault: str, tmp_path: Path) -> None:
    got, stand_in = children(tmp_path, Fault(r"GetMeeting\?lMeetingId=2011", FOR_EVER[fault]), quick=True)
    assert (got.told(SERVICE), got.told(PAGE)) == (("timeout", None, 2), ("ok", 200, 1))
    assert (got.meetings, got.sites) == (UNDISTURBED | {"2011": "ok by page"}, ["ok"])
    assert (got.seconds < SECONDS, stand_in.most_at_once) == (True, 1)


def test_a_meeting_none_of_whose_answers_ends_is_a_timeout(tmp_path: Path) -> None:
    got, _ = children(tmp_path, Fault(r"[=]2011\b", faults.stall()), quick=True)
    assert (got.told(SERVICE), got.told(PAGE)) == (("timeout", None, 2),) * 2
    assert (got.meetings, got.seconds < SECONDS) == (UNDISTURBED | {"2011": "timeout"}, True)


@pytest.mark.parametrize("act", [faults.refuse(500), faults.drop(), faults.cut_body(), faults.refuse(429, 0)])
def test_a_site_that_fails_once_is_asked_again_and_then_has_the_minutes(act: Act, tmp_path: Path) -> None:
    got, _ = children(tmp_path, Fault(r"[=]2011\b", act, times=1))
    assert (got.told(SERVICE), got.meetings) == (("ok", 200, 2), UNDISTURBED)


def test_an_answer_cut_without_a_length_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    got, _ = children(tmp_path, Fault(r"[=]2011\b", faults.cut_unsized()))
    assert (got.told(SERVICE), got.told(PAGE)) == (("unrecognised", 200, 1), ("damaged", 200, 4))
    # Half of the page is enough to lead to the printed minutes.
    assert got.meetings == UNDISTURBED | {"2011": "ok by printed"}


def test_a_page_cut_without_a_length_is_damaged_where_nothing_else_has_the_minutes(tmp_path: Path) -> None:
    gone = [Fault(r"/g2011/|GetMeeting\?lMeetingId=2011|ID=902011", faults.refuse(404))]
    got, _ = children(tmp_path, Fault(r"MId=2011\b", faults.cut_unsized(), times=2), *gone)
    assert (got.told(PAGE), got.meetings) == (("ok", 200, 3), UNDISTURBED | {"2011": "ok by page"})


def test_lists_that_the_service_does_not_give_are_read_from_the_pages(tmp_path: Path) -> None:
    for place, act in {"GetCommittees": faults.refuse(500), "GetMeetings": faults.sharepoint_error()}.items():
        with StandIn(northmere(), faults=[Fault(f"{place}\\b", act)]) as stand_in:
            got = crawled(tmp_path / place, site_at(stand_in), patient(stand_in), committees=(CHILDREN, HEALTH))
        assert (got.meetings, got.sites) == (UNDISTURBED | HEALTHY, ["ok"])


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (faults.refuse(500), "server_error"),
        (faults.challenge(), "blocked"),
        (faults.empty(), "empty"),
        (faults.garbage(), "unreachable"),
        (faults.sharepoint_error(), "unrecognised"),
        (faults.redirect_loop(), "off_site"),
    ],
)
def test_a_site_that_lists_nothing_has_the_outcome_of_its_answers(act: Act, outcome: str, tmp_path: Path) -> None:
    with StandIn(northmere(), faults=[Fault(r"GetCommittees|mgListCommittees", act)]) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in))
    assert (got.meetings, got.sites, got.seconds < SECONDS) == ({}, [outcome], True)


def test_a_committee_without_a_list_costs_the_others_nothing(tmp_path: Path) -> None:
    with StandIn(northmere(), faults=[Fault(r"(?:lCommitteeId|CId)=202\b", faults.refuse(503))]) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in), patient(stand_in))
    assert got.meetings == UNDISTURBED | OTHERS
    assert (got.gathered.visits[0].outcome, got.gathered.visits[0].message) == (
        "server_error",
        "not all meetings could be listed of Health & Care Overview and Scrutiny Committee "
        f"({stand_in.root}/ieListMeetings.aspx?CId=202&Year=0: the site failed to answer (503); try again later)",
    )


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (faults.cut_body(), ("unreachable", None, 4)),
        (faults.cut_unsized(), ("damaged", 200, 1)),
        (faults.refuse(404), ("gone", 404, 1)),
        (faults.challenge(), ("blocked", 403, 1)),
        (faults.sharepoint_error(), ("unrecognised", 200, 1)),
        (faults.endless_body("video/mp4"), ("unrecognised", 200, 1)),
        (faults.gzip_bomb(), ("too_large", 200, 1)),
    ],
)
def test_printed_minutes_that_are_none_leave_the_others_alone(
    act: Act, told: tuple[str, int | None, int], tmp_path: Path
) -> None:
    with StandIn(northmere(), faults=[Fault(r"/documents/g2022/", act)]) as stand_in:
        manners = patient(stand_in, most_bytes=2_000_000)
        got = crawled(tmp_path / "archive", site_at(stand_in), manners, committees=(HEALTH,))
    assert (got.told("/documents/g2022/"), got.meetings) == (told, HEALTHY | {"2022": told[0]})


@pytest.mark.parametrize(
    ("place", "act", "meeting", "site"),
    [
        (r"Meeting/15001/", faults.refuse(500), {"15001": "server_error"}, "ok"),
        (r"Meeting/15001/", faults.empty(), {"15001": "empty"}, "ok"),
        (r"Meeting/15001/", faults.sharepoint_error(), {"15001": "unrecognised"}, "ok"),
        (r"Date/2026-11-01/", faults.refuse(503), {"15004": "", "15005": ""}, "server_error"),
        (r"Date/2026-11-01/", faults.cut_unsized(), {"15004": "", "15005": ""}, "damaged"),
    ],
)
def test_a_fault_of_a_cmis_site_is_of_its_meeting_or_its_month(
    place: str, act: Act, meeting: dict[str, str], site: str, tmp_path: Path
) -> None:
    with StandIn(northfell(), faults=[Fault(place, act)]) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in, "cmis"), patient(stand_in), since="2026-10-01")
    expected = {key: outcome for key, outcome in (NORTHFELL | meeting).items() if outcome}
    assert (got.meetings, got.sites) == (expected, [site])


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (faults.drop(), "unreachable"),
        (faults.cut_unsized(), "damaged"),
        (faults.refuse(403), "blocked"),
        (faults.script_redirect(), "unrecognised"),
    ],
)
def test_a_fault_of_a_page_of_links_is_of_its_document(act: Act, outcome: str, tmp_path: Path) -> None:
    with StandIn(eastmoor(), faults=[Fault(r"Board_Minutes", act)]) as stand_in:
        got = crawled(tmp_path / "archive", site_at(stand_in, "custom"), patient(stand_in))
    assert (got.meetings, got.sites) == (EASTMOOR | {"2026-07-02": outcome}, ["ok"])


def _in_windows_1252(pattern: str) -> Fault:
    """The site's answer in another charset than it says."""

    def act(wire: faults.Wire) -> Answer:
        usual = wire.usual()
        return Answer(usual.body.decode("utf-8").encode("cp1252", "xmlcharrefreplace"), 200, usual.media_type)

    return Fault(pattern, act)


def _texts(got: Crawled, part: str) -> list[str]:
    return [item.text for item in parse(got.bytes_of(part), part).items]


@pytest.mark.parametrize(
    ("part", "said"), [("lMeetingId=2016", "at a cost of £65,000"), ("MId=2012", "at a cost of £1.3 million")]
)
def test_words_come_out_right_whatever_charset_is_said(part: str, said: str, tmp_path: Path) -> None:
    texts = []
    for number, disturbing in enumerate([[], [_in_windows_1252(part)]]):
        with StandIn(northmere(), faults=disturbing) as stand_in:
            got = crawled(
                tmp_path / str(number), site_at(stand_in), patient(stand_in), since="2025-09-01", committees=(CHILDREN,)
            )
        texts.append(_texts(got, part))
    assert (texts[1], said in "\n".join(texts[0])) == (texts[0], True)
