"""Crawls of recorded answers: what Manchester's, Birmingham's and Kingston's sites really sent (../shared/fixtures)."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_in.answer import Answer, Site
from stand_in.recorded import birmingham, fixtures, kingston, manchester
from stand_in.server import StandIn

from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.archive import open_archive
from minutesminer.fetch.client import Manners
from minutesminer.fetch.crawl import Visited, crawl
from minutesminer.fetch.platforms import moderngov_pages, moderngov_service
from minutesminer.fetch.sites import Site as CouncilSite
from minutesminer.fetch.visit import Scope

FIXTURES = fixtures()
pytestmark = pytest.mark.skipif(FIXTURES is None, reason="the recorded pages of ../shared are not here")

_SCOPE = Scope(since="2026-01-01", until="2026-07-31", today="2026-07-31", every=True)
_QUICK = Manners("tests@example.org", delay=0.0, retries=0, allow_hosts=frozenset({"127.0.0.1"}))


def _folder() -> Path:
    assert FIXTURES is not None
    return FIXTURES


def _visited(tmp_path: Path, site: Site, code: str, platform: str, path: str = "") -> tuple[Visited, list[str]]:
    with StandIn(site) as stand_in, open_archive(tmp_path / "archive", write=True) as archive:
        root = stand_in.root + path
        council = CouncilSite(code, code, platform, root, hosts=OwnHosts.of((root,)))
        gathered = crawl(archive, [council], _SCOPE, _QUICK)
        return gathered.visits[0], stand_in.paths


def test_the_service_of_manchester_gives_the_meeting_held_and_the_one_called_off(tmp_path: Path) -> None:
    visited, asked = _visited(tmp_path, manchester(_folder()), "MAN", "moderngov")
    assert [
        (one.id, one.committee, one.date, one.time, one.status, one.outcome, one.how) for one in visited.meetings
    ] == [
        ("MAN-4966", "Audit Committee", "2026-01-13", "10:00", "cancelled", "cancelled", None),
        ("MAN-4967", "Audit Committee", "2026-02-10", "10:00", "confirmed", "ok", "service"),
    ]
    assert [path for path in asked if "GetMeeting?" in path] == ["/mgWebService.asmx/GetMeeting?lMeetingId=4967"]


def test_the_calendar_of_birmingham_is_walked_and_its_minutes_are_taken(tmp_path: Path) -> None:
    calendar = birmingham(_folder())
    with_minutes = (_folder() / "lgsf" / "cmis_detail_with_minutes.html").read_bytes()

    def site(path: str, root: str) -> Answer | None:
        return Answer(with_minutes) if "/Meeting/15099/" in path else calendar(path, root)

    visited, asked = _visited(tmp_path, site, "BIR", "cmis", "/birmingham")
    # The one page recorded of a meeting answers for three of them, and names its committee.
    assert [(one.id, one.committee, one.date, one.time, one.outcome, one.how) for one in visited.meetings] == [
        ("BIR-15028", "Licensing Sub-Committee A", "2026-06-08", "10:00", "not_published", None),
        ("BIR-15029", "Licensing Sub-Committee A", "2026-06-09", "10:00", "not_published", None),
        ("BIR-15030", "Licensing Sub-Committee A", "2026-06-09", "12:00", "not_published", None),
        ("BIR-15099", "Planning Committee", "2026-06-30", "14:00", "ok", "printed"),
    ]
    assert [path for path in asked if "Document.ashx" in path] == ["/Birmingham/Document.ashx?id=abc123"]


def test_the_page_of_a_meeting_of_kingston_holds_minutes_and_leads_to_the_printed_ones() -> None:
    page = (_folder() / "kingston" / "kingston__2026-01-15_neighbourhood_committee.html").read_bytes()
    printed = moderngov_pages.printed_minutes(page, "https://moderngov.kingston.gov.uk/ieListDocuments.aspx")
    assert moderngov_pages.judge_meeting(page, "https://moderngov.kingston.gov.uk/ieListDocuments.aspx") == ("ok", None)
    assert printed is not None
    assert printed.url.startswith("https://moderngov.kingston.gov.uk/documents/g10230/Printed%20minutes%20")


def test_the_site_of_kingston_without_lists_is_told_as_gone(tmp_path: Path) -> None:
    visited, _ = _visited(tmp_path, kingston(_folder()), "KTT", "moderngov")
    assert (visited.outcome, visited.meetings) == ("gone", [])


@pytest.mark.parametrize(
    ("file", "outcome"),
    [
        ("denbighshire.gov.uk.CouncillorsByWard.xml", "unrecognised"),
        ("leeds.gov.uk.CouncillorsByWard.xml", "unrecognised"),
        ("online.eastherts.gov.uk.CouncillorsByWard.xml", "unrecognised"),
    ],
)
def test_what_is_no_list_of_committees_is_told_apart_from_an_empty_one(file: str, outcome: str) -> None:
    data = (_folder() / "councillordata" / file).read_bytes()
    assert moderngov_service.judge_committees(data, "https://x.gov.uk/")[0] == outcome


def test_a_list_of_committees_without_any_is_empty() -> None:
    empty = b'<?xml version="1.0" encoding="utf-8"?><committees></committees>'
    assert moderngov_service.judge_committees(empty, "https://x.gov.uk/")[0] == "empty"
