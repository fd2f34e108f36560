"""Whole crawls: which meetings are wanted, what becomes of each, and where its minutes were."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_in.synthetic_councils import CHILDREN, HEALTH, PANEL, PLANNERS
from visits import CALENDAR, at_northfell, at_northmere, lists, outcomes, three

CHILDRENS = {
    "2011": "ok by service",
    "2012": "ok by page",
    "2013": "ok by service",
    "2014": "cancelled",
    "2015": "ok by attached",
    "2016": "ok by service",
    "2017": "scheduled",
}
HEALTHS = {"2021": "ok by service", "2022": "ok by printed", "2023": "ok by page", "2024": "not_published"}
PANELS = {"1901": "ok by service", "1902": "ok by printed"}
PLANNERSS = {"2031": "ok by service"}


def test_three_councils_are_crawled_whole(tmp_path: Path) -> None:
    with three(tmp_path) as councils:
        visits = [council.crawl() for council in councils]
    assert [(str(visit.outcome), visit.message, visit.asked, visit.fresh) for visit in visits] == [
        ("ok", None, 11, 10),
        ("ok", None, 4, 3),
        (
            "ok",
            "links to minutes that lead to other hosts: 1; name those with --own-host to follow them",
            4,
            4,
        ),
    ]
    assert [visit.committees for visit in visits] == [
        [CHILDREN, HEALTH, PANEL],
        ["Children's Scrutiny Panel", "Health and Wellbeing Scrutiny Panel"],
        [],
    ]
    assert [outcomes(visit) for visit in visits] == [
        {**CHILDRENS, **HEALTHS, **PANELS},
        {
            "15001": "ok by printed",
            "15003": "ok by printed",
            "15004": "ok by printed",
            "15005": "not_published",
        },
        {date: "ok by listed" for date in ("2025-11-11", "2026-06-09", "2026-07-02", "2026-09-08")},
    ]
    assert [council.asked.count("/robots.txt") for council in councils] == [1, 1, 1]
    assert [sorted(council.asked) for council in councils] == [sorted(set(council.asked)) for council in councils]


@pytest.mark.parametrize(
    ("words", "every", "committees", "expected"),
    [
        ((), False, [CHILDREN, HEALTH, PANEL], {**CHILDRENS, **HEALTHS, **PANELS}),
        ((), True, [CHILDREN, HEALTH, PLANNERS, PANEL], {**CHILDRENS, **HEALTHS, **PLANNERSS, **PANELS}),
        (("children",), False, [CHILDREN, PANEL], {**CHILDRENS, **PANELS}),
        (("child scrut comm",), False, [CHILDREN], CHILDRENS),
        (("HEALTH care",), False, [HEALTH], HEALTHS),
        (("health & care",), False, [HEALTH], HEALTHS),
        (("planning", "young people"), False, [PLANNERS, PANEL], {**PLANNERSS, **PANELS}),
    ],
)
def test_committees_are_meant_by_the_beginnings_of_words(
    words: tuple[str, ...], every: bool, committees: list[str], expected: dict[str, str], tmp_path: Path
) -> None:
    with at_northmere(tmp_path / "archive") as council:
        visit = council.crawl(committees=words, every=every)
    assert (visit.committees, outcomes(visit)) == (committees, expected)


def test_a_committee_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        visit = council.crawl(committees=("quarries", "people young"))
        assert (visit.committees, outcomes(visit)) == ([PANEL], PANELS)
        visit = council.crawl(committees=("quarry scrutiny",))
        asked = council.asked
    assert (str(visit.outcome), visit.meetings, asked) == ("empty", [], lists(committees=[]))
    assert visit.message is not None
    said, _, near = visit.message.partition("; nearest are: ")
    assert (said, sorted(near.split("; "))) == (
        "the site lists no committee called 'quarry scrutiny'",
        sorted([CHILDREN, HEALTH, PANEL, PLANNERS]),
    )


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-02-03", "2026-06-09", {"2014": "cancelled", "2022": "ok by printed", "2023": "ok by page"}),
        ("2026-02-04", "2026-06-08", {"2014": "cancelled"}),
        ("2026-10-14", None, {"2017": "scheduled", "2024": "not_published"}),
        ("2024-02-06", "2024-04-15", {"1901": "ok by service"}),
        ("2022-01-01", "2022-12-31", {}),
    ],
)
def test_meetings_count_from_the_first_day_to_the_last(
    since: str, until: str | None, expected: dict[str, str], tmp_path: Path
) -> None:
    with at_northmere(tmp_path / "archive") as council:
        visit = council.crawl(since=since, until=until)
    assert (str(visit.outcome), outcomes(visit)) == ("ok", expected)


@pytest.mark.parametrize("until", ["2026-07-14", "2026-10-12"])
def test_minutes_attached_to_a_meeting_after_the_last_day_are_found(until: str, tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        visit = council.crawl(since="2026-07-01", until=until, committees=("children",))
        asked = [path for path in council.asked if "GetMeeting?" in path]
    assert outcomes(visit) == {"2015": "ok by attached"}
    assert [path.rpartition("=")[2] for path in asked] == ["2015", "2016"]


def test_a_meeting_after_the_last_day_is_looked_at_only_where_minutes_are_missing(tmp_path: Path) -> None:
    with at_northmere(tmp_path / "archive") as council:
        visit = council.crawl(since="2026-01-01", until="2026-02-28", committees=("children",))
        asked = [path for path in council.asked if "GetMeeting?" in path]
    assert (outcomes(visit), [path.rpartition("=")[2] for path in asked]) == ({"2013": "ok by service"}, ["2013"])


def test_a_calendar_is_walked_from_the_first_month_to_the_last(tmp_path: Path) -> None:
    with at_northfell(tmp_path / "archive") as council:
        visit = council.crawl(since="2026-10-06", until="2026-11-17")
        months = [path for path in council.asked if path.startswith(CALENDAR)]
    assert outcomes(visit) == {"15001": "ok by printed", "15003": "ok by printed", "15004": "ok by printed"}
    assert sorted(months) == [f"{CALENDAR}/2026-{month}-01/Default.aspx" for month in (10, 11)]
