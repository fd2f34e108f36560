"""Crawls that come after others: only the lists, and what is new, may have changed or failed, are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import pytest
from kept import blobs_of, looked_into
from stand_in.business import Meeting
from visits import CALENDAR, Council, at_eastmoor, at_northfell, at_northmere, lists, meetings, outcomes, three

from minutesminer.fetch.archive import MANIFEST
from minutesminer.fetch.crawl import Visited
from minutesminer.models import ListedMeeting


def meeting(visited: Visited, key: str) -> ListedMeeting:
    (found,) = (each for each in visited.meetings if each.id.endswith(f"-{key}"))
    return found


def as_service(one: Meeting) -> Meeting:
    return replace(one, how="service", status="Confirmed")


def reworded(one: Meeting) -> Meeting:
    """A meeting with one more sentence in its minutes."""
    first, *others = one.items
    return replace(one, items=[replace(first, minutes=[*first.minutes, "The minutes were amended."]), *others])


def test_where_nothing_has_changed_only_lists_and_recent_meetings_are_asked_for(tmp_path: Path) -> None:
    with three(tmp_path) as councils:
        first = [council.crawl() for council in councils]
        blobs = [blobs_of(council.folder) for council in councils]
        second = [council.crawl() for council in councils]
        asked = [council.asked for council in councils]
        assert [outcomes(visit) for visit in second] == [outcomes(visit) for visit in first]
        assert [(visit.asked, visit.fresh) for visit in second] == [(2, 0), (4, 0), (1, 0)]
        assert [blobs_of(council.folder) for council in councils] == blobs
        documents = [
            path for path in councils[1].stand_in.paths[: -len(asked[1])] if path.startswith("/northfell/Document.ashx")
        ]
    northmere, northfell, eastmoor = asked
    assert northmere == [*lists(), *meetings(2024, 2016)]
    months = ["2027-03", "2027-02", "2027-01", "2026-12", "2026-11", "2026-10", "2026-09"]
    pages = [(15005, 14), (15004, 12), (15003, 14), (15001, 12)]
    page = "/northfell/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/{}/Committee/{}/SelectedTab/Documents"
    assert [path for path in northfell if not path.startswith("/northfell/Document.ashx")] == [
        "/robots.txt",
        "/northfell/Meetings.aspx",
        "/northfell/Meetings.aspx?ctl=MeetingCalendarListView&mid=397",
        *(f"{CALENDAR}/{month}-01/Default.aspx" for month in months),
        *(f"{page.format(*each)}/Default.aspx" for each in pages),
    ]
    assert [path for path in northfell if path.startswith("/northfell/Document.ashx")] == documents
    assert eastmoor == [
        "/robots.txt",
        "/minutes/",
        "/minutes/2025/",
        "/minutes/panel-2026-09-08.html",
    ]


def test_what_is_asked_for_again_and_has_not_changed_is_told_so(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        council.crawl()
        council.crawl()
    rows = [row for row in looked_into(council.folder).rows["requests"] if row["crawl"] == 2]
    assert {row["address"].removeprefix(council.stand_in.root): row["outcome"] for row in rows} == {
        "/robots.txt": "gone",
        **dict.fromkeys(lists()[1:], "unchanged"),
        **{meetings(2024)[0]: "not_published", meetings(2016)[0]: "unchanged"},
    }


def test_minutes_published_since_are_had(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        before = council.crawl()
        council.change(2024, as_service)
        after = council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016)]
        third = council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016)]
    assert outcomes(after) == outcomes(before) | {"2024": "ok by service"}
    assert [(visit.asked, visit.fresh) for visit in (after, third)] == [(2, 1), (2, 0)]


def test_minutes_are_asked_for_again_for_ninety_days_after_the_meeting(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        before = council.crawl()
        for number in (2013, 2016):
            council.change(number, reworded)
        on_the_last_day = council.crawl(today="2027-01-11")
        assert council.asked == [*lists(until="11/01/2028"), *meetings(2024, 2016)]
        for number in (2013, 2016):
            council.change(number, reworded)
        a_day_later = council.crawl(today="2027-01-12")
        assert council.asked == [*lists(until="12/01/2028"), *meetings(2024)]
    visits = (before, on_the_last_day, a_day_later)
    assert [(visit.asked, visit.fresh) for visit in visits] == [(11, 10), (2, 1), (1, 0)]
    first, second, third = ({key: meeting(visit, key).sha256 for key in ("2013", "2016")} for visit in visits)
    assert (first["2013"], first["2016"] != second["2016"], second) == (second["2013"], True, third)


def test_the_window_is_as_the_user_says(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        council.crawl()
        council.crawl(window=0)
        assert council.asked == lists()
        council.crawl(window=174)
        assert council.asked == [*lists(), *meetings(2024, 2016, 2015), "/mgConvert2PDF.aspx?ID=902015"]
        council.crawl(window=175)
        assert council.asked == [
            *(*lists(), *meetings(2024, 2016, 2015), "/mgConvert2PDF.aspx?ID=902015"),
            *(*meetings(2023), "/ieListDocuments.aspx?CId=202&MId=2023&Ver=4"),
        ]


def test_a_meeting_that_failed_is_asked_for_again_whenever_it_was(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        council.fail("2011")
        before = council.crawl()
        council.fail("")
        after = council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016, 2011)]
        council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016)]
    assert (outcomes(before)["2011"], outcomes(after)["2011"], after.fresh) == ("server_error", "ok by service", 1)


def ask_set_back(council: Council, key: str, asked_at: str) -> None:
    with closing(sqlite3.connect(council.folder / MANIFEST)) as db, db:
        db.execute("UPDATE meetings SET asked_at = ? WHERE id = ?", [asked_at, f"NMB-{key}"])


def test_minutes_long_awaited_are_asked_for_again_once_a_window(tmp_path: Path) -> None:
    today, until = "2027-03-15", "14/03/2028"
    with at_northmere(tmp_path / "archive") as council:
        council.crawl(today)
        asked = {}
        for asked_at in ("2027-03-15T12:01:00+00:00", "2026-12-15T00:00:00+00:00", "2026-12-14T23:59:59+00:00"):
            ask_set_back(council, "2024", asked_at)
            council.crawl(today)
            asked[asked_at[:10]] = council.asked
    scheduled = meetings(2017)  # held by now, and awaited
    assert asked == {
        "2027-03-15": [*lists(until=until), *scheduled],
        "2026-12-15": [*lists(until=until), *scheduled],
        "2026-12-14": [*lists(until=until), *scheduled, *meetings(2024)],
    }


@pytest.mark.parametrize("status", [403, 404, 500])
def test_minutes_once_had_are_not_given_up_for_a_failure(status: int, tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        before = council.crawl()
        council.fail("2016", status)
        failing = council.crawl()
        council.fail("")
        after = council.crawl()
    had, kept, again = (meeting(visit, "2016") for visit in (before, failing, after))
    assert (had.outcome, had.message, failing.asked, failing.fresh) == ("ok", None, 2, 0)
    assert replace(kept, message=None) == had
    assert kept.message is not None
    said = kept.message.split(": ")
    assert (said[0], kept.message.rpartition("; ")[2]) == (
        "asked again at 2026-12-01T12:02:00+00:00",
        "the minutes had before are kept",
    )
    assert (replace(again, asked_at=had.asked_at), again.asked_at) == (had, "2026-12-01T12:03:00+00:00")


def test_a_meeting_that_was_called_off_is_told_so_and_one_that_takes_place_after_all_is_had(tmp_path: Path) -> None:
    def off(one: Meeting) -> Meeting:
        return replace(one, status="Cancelled", how="not_published")

    with at_northmere(tmp_path / "archive") as council:
        before = council.crawl()
        for number in (2024, 2017):
            council.change(number, off)
        council.hold(2014)
        after = council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016, 2014)]
        third = council.crawl()
        assert council.asked == [*lists(), *meetings(2024, 2016)]
    changed = {"2024": "cancelled", "2017": "cancelled"}
    assert {key: outcomes(before)[key] for key in ("2024", "2017", "2014")} == {
        "2024": "not_published",
        "2017": "scheduled",
        "2014": "cancelled",
    }
    assert outcomes(after) == outcomes(third) == outcomes(before) | changed | {"2014": "ok by service"}


def test_a_meeting_to_come_is_asked_for_once_its_day_is_there(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        seen = {}
        for today in ("2026-12-01", "2027-01-18", "2027-01-19"):
            visit = council.crawl(today)
            seen[today] = (outcomes(visit)["2017"], meetings(2017)[0] in council.asked)
        council.hold(2017)
        visit = council.crawl("2027-02-01")
    assert seen == {
        "2026-12-01": ("scheduled", False),
        "2027-01-18": ("scheduled", False),
        "2027-01-19": ("not_published", True),
    }
    assert (outcomes(visit)["2017"], meeting(visit, "2017").message) == ("ok by service", None)


@pytest.mark.parametrize("at", [at_northmere, at_northfell, at_eastmoor])
def test_bytes_lost_or_spoilt_on_the_disk_are_asked_for_again(
    at: Callable[[Path], AbstractContextManager[Council]], tmp_path: Path
) -> None:
    with at(tmp_path / "archive") as council:
        before = council.crawl()
        whole = blobs_of(council.folder)
        for place, path in enumerate(sorted((council.folder / "blobs").glob("*/*"))):
            path.unlink() if place % 2 else path.write_bytes(path.read_bytes()[::-1])
        after = council.crawl()
    assert outcomes(after) == outcomes(before)
    assert (blobs_of(council.folder), looked_into(council.folder).wrong) == (whole, [])
