"""By which way minutes come where others are closed, when a site is asked no further, and whose site it must be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from crawling import Crawled, crawled, patient, site_at
from stand_in import faults
from stand_in.faults import Fault
from stand_in.moderngov import ModernGov
from stand_in.server import StandIn
from stand_in.synthetic_councils import northfell, northmere

BY_SERVICE = {
    "2011": "ok by service",
    "2013": "ok by service",
    "2014": "cancelled",
    "2016": "ok by service",
    "2017": "scheduled",
    "2021": "ok by service",
    "2024": "not_published",
    "2031": "ok by service",
}


def visited(
    folder: Path, site: ModernGov, *flaws: Fault, id: str = "NMR", council: str = "Northmere"
) -> tuple[Crawled, list[str]]:
    """A crawl of the meetings since 2025, and the paths that it asked for."""
    with StandIn(site, faults=flaws) as stand_in:
        got = crawled(
            folder / "archive",
            site_at(stand_in, id=id, council=council, path=site.path),
            patient(stand_in, retries=0),
            since="2025-01-01",
        )
    return got, stand_in.paths


def count(paths: list[str], part: str) -> int:
    return sum(part in path for path in paths)


def test_minutes_come_by_the_pages_where_there_is_no_service(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere(service=False))
    assert got.sites == ["ok"]
    assert got.meetings == {
        "2011": "ok by page",
        "2012": "ok by page",
        "2013": "ok by page",
        "2014": "cancelled",
        "2015": "ok by attached",
        "2016": "ok by page",
        "2017": "scheduled",
        "2021": "ok by page",
        "2022": "ok by printed",
        "2023": "ok by page",
        "2024": "not_published",
        "2031": "ok by page",
    }


def test_minutes_come_by_the_service_where_the_pages_are_closed(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere(pages=False))
    pages_only = {"2012": "blocked", "2022": "blocked", "2023": "blocked"}
    assert (got.sites, got.meetings) == (["ok"], BY_SERVICE | pages_only | {"2015": "not_published"})
    assert (count(paths, "ieListDocuments"), count(paths, "/documents/")) == (3, 0)


def test_a_folder_with_another_name_than_the_usual_is_kept_to(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere("/localgov"))
    assert (got.sites, count(paths, "/localgov/"), len(paths)) == (["ok"], len(paths) - 1, len(got.requests))


def test_a_site_that_refuses_three_times_is_asked_for_that_kind_no_more(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere(), Fault(r"GetMeeting\?", faults.refuse(403)))
    assert (count(paths, "GetMeeting?"), got.sites) == (3, ["ok"])
    assert {outcome for outcome in got.meetings.values() if outcome.startswith("ok")} == {
        "ok by page",
        "ok by printed",
        "ok by attached",
    }


def test_refusals_with_answers_between_them_close_nothing(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere(), Fault(r"GetMeeting\?lMeetingId=20(?:24|15|22)$", faults.refuse(403)))
    assert count(paths, "GetMeeting?") == 10
    assert {key: got.meetings[key] for key in BY_SERVICE} == BY_SERVICE


def test_a_site_that_refuses_everything_is_asked_little_and_told_as_blocked(tmp_path: Path) -> None:
    got, paths = visited(tmp_path, northmere(), Fault("^/(?!robots)", faults.challenge()))
    assert (got.sites, got.meetings) == (["blocked"], {})
    assert paths == ["/robots.txt", "/mgWebService.asmx/GetCommittees", "/mgListCommittees.aspx?bcr=1"]


NO_MEETING = ("GetMeeting", "ieListMeetings", "ieListDocuments", "documents/")


@pytest.mark.parametrize("service", [True, False])
def test_a_site_that_names_another_council_is_asked_for_no_meeting(service: bool, tmp_path: Path) -> None:
    site = replace(northmere(service=service), name="Kent County Council")
    got, paths = visited(tmp_path, site, id="CAT", council="Canterbury")
    assert (got.sites, got.meetings) == (["wrong_council"], {})
    assert [count(paths, part) for part in NO_MEETING] == [0, 0, 0, 0]
    message = got.gathered.visits[0].message or ""
    assert message.partition(" is that of ")[2].partition(";")[0] == "Kent County Council, not of Canterbury"


def test_a_cmis_site_that_names_another_council_is_asked_for_no_meeting(tmp_path: Path) -> None:
    with StandIn(replace(northfell(), name="Kent County Council")) as stand_in:
        site = site_at(stand_in, "cmis", id="CAT", council="Canterbury")
        got = crawled(tmp_path / "archive", site, patient(stand_in))
    assert (got.sites, stand_in.paths) == (["wrong_council"], ["/robots.txt", "/northfell/Meetings.aspx"])


@pytest.mark.parametrize(("id", "council"), [("ADU", "Adur"), ("WOT", "Worthing")])
def test_a_site_of_two_councils_is_that_of_either(id: str, council: str, tmp_path: Path) -> None:
    site = replace(northmere(partner="Worthing Borough Council"), name="Adur District Council")
    got, _ = visited(tmp_path, site, id=id, council=council)
    assert (got.sites, {key: got.meetings[key] for key in BY_SERVICE}) == (["ok"], BY_SERVICE)


@pytest.mark.parametrize(
    ("name", "outcome"), [("Canterbury City Council", "ok"), ("Kent County Council", "wrong_council")]
)
def test_a_vendors_skin_is_known_by_the_council_at_its_foot(name: str, outcome: str, tmp_path: Path) -> None:
    site = replace(northmere(), name=name, titled="Modern Council")
    got, _ = visited(tmp_path, site, id="CAT", council="Canterbury")
    assert got.sites == [outcome]
