"""When what was asked or promised is due: wordings with the day of the meeting, and the day that they mean.

The expected days were counted by hand on the calendars of 2023 to 2026.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer.link.calendar import Calendar, Committee, build_calendar
from minutesminer.link.due_dates import Due, resolve
from minutesminer.mine.promises.due import due_date

HELD = "2024-01-16"  # a Tuesday, when the Health Scrutiny Committee met
HEALTH, HOUSING = "WES-health-scrutiny-committee", "WES-housing-panel"
CALENDAR = build_calendar(
    [
        Committee(
            HEALTH,
            "WES",
            "Health Scrutiny Committee",
            "2023-11-14 2024-01-16 2024-03-12 2024-04-23 2024-06-11 2024-09-17 2024-11-19 2025-01-14".split(),
        ),
        Committee(HOUSING, "WES", "Housing Panel", ["2024-01-16", "2024-02-13"]),
        Committee("WES-cabinet", "WES", "Cabinet", ["2024-01-10", "2024-02-07", "2024-03-06", "2024-06-05"]),
        Committee("WES-council", "WES", "Council", ["2024-01-24", "2024-02-28", "2024-05-22", "2024-07-17"]),
        Committee("WES-osmb", "WES", "Overview and Scrutiny Management Board", ["2024-02-20", "2024-06-26"]),
        Committee("WES-wellbeing", "WES", "Health and Wellbeing Board", ["2024-01-30", "2024-04-09"]),
        Committee("WES-planning", "WES", "Planning Committee", ["2024-01-17", "2024-01-31", "2024-02-14"]),
        Committee("EAS-cabinet", "EAS", "Cabinet", ["2024-01-17"]),
        Committee("EAS-audit", "EAS", "Audit Committee", ["2024-01-18"]),
    ]
)
EMPTY = build_calendar([])

DAYS = """
2024-01-16 | by 12th February | 2024-02-12
2024-01-16 | by 5 January | 2025-01-05
2023-12-12 | by 5 January | 2024-01-05
2023-12-12 | by 20 December | 2023-12-20
2023-12-12 | by 10 December | 2024-12-10
2023-12-12 | by 29 February | 2024-02-29
2024-01-16 | by 29 February 2028 | 2028-02-29
2024-01-16 | by 3/6/24 | 2024-06-03
2024-01-16 | by 03.06.2024 | 2024-06-03
2024-01-16 | by 10/12 | 2024-12-10
2024-01-16 | by 2024-03-05 | 2024-03-05
2024-01-16 | by 5 March 25 | 2025-03-05
2024-01-16 | by March ’25 | 2025-03-31
2024-01-16 | on 12 December 2023 | 2023-12-12
2024-01-16 | by the 31st | 2024-01-31
2024-01-31 | by the 30th | 2024-03-30
2024-01-16 | by end Jan | 2024-01-31
2024-01-16 | in March or April | 2024-04-30
2024-01-16 | between March and May | 2024-05-31
2024-01-16 | late February/early March | 2024-03-31
2024-01-16 | in May or June | 2024-06-30
2024-01-16 | before March | 2024-02-29
2025-01-14 | before March | 2025-02-28
2024-01-16 | by the start of April | 2024-04-01
2024-01-16 | by the second week of February | 2024-02-14
2024-01-16 | in six months | 2024-07-16
2024-01-31 | in one month | 2024-02-29
2023-01-31 | in one month | 2023-02-28
2024-08-31 | in six months | 2025-02-28
2024-01-16 | 12 months | 2025-01-16
2024-01-16 | six months’ time | 2024-07-16
2024-01-16 | within a fortnight | 2024-01-30
2024-01-16 | within 28 days | 2024-02-13
2024-01-16 | within 28 days of the meeting | 2024-02-13
2024-01-16 | in about six weeks | 2024-02-27
2024-01-16 | in a month or two | 2024-03-16
2024-01-16 | in 6-8 weeks | 2024-03-12
2024-01-16 | in 10 working days | 2024-01-30
2024-01-19 | within five working days | 2024-01-26
2024-01-16 | by close of play Friday | 2024-01-19
2024-01-16 | by Fri | 2024-01-19
2024-01-16 | by Friday week | 2024-01-26
2024-01-16 | by next Friday | 2024-01-26
2024-01-16 | on Tuesday | 2024-01-23
2024-01-16 | w/c 3 June | 2024-06-07
2024-01-16 | w/c 03/06/24 | 2024-06-07
2024-01-16 | by the end of the week | 2024-01-19
2024-01-16 | next week | 2024-01-26
2024-01-16 | next month | 2024-02-29
2024-01-31 | next month | 2024-02-29
2024-01-16 | by the end of next month | 2024-02-29
2023-12-12 | by the end of next month | 2024-01-31
2024-01-16 | month end | 2024-01-31
2024-01-16 | by the end of the quarter | 2024-03-31
2024-01-16 | by the end of next quarter | 2024-06-30
2024-01-16 | Q3 | 2024-12-31
2024-04-23 | Q4 | 2025-03-31
2024-01-16 | in Q2 of 2024/25 | 2024-09-30
2024-01-16 | Q1 2025 | 2025-06-30
2024-01-16 | in the first quarter of 2025 | 2025-03-31
2024-01-16 | by the end of the financial year | 2024-03-31
2024-04-23 | by the end of the financial year | 2025-03-31
2024-01-16 | by the end of 24/25 | 2025-03-31
2024-01-16 | in 2026/27 | 2027-03-31
2024-01-16 | during 2025 | 2025-12-31
2024-01-16 | by the end of the calendar year | 2024-12-31
2024-01-16 | in the new year | 2025-01-31
2023-12-12 | early next year | 2024-03-31
2024-01-16 | by Christmas | 2024-12-24
2024-01-16 | by Christmas 2025 | 2025-12-24
2024-01-16 | by Easter | 2024-03-29
2024-04-23 | by Easter | 2025-04-18
2024-01-16 | by Easter 2025 | 2025-04-18
2024-01-16 | by Easter Monday | 2024-04-01
2024-03-30 | on Easter Monday | 2024-04-01
2024-01-16 | by Good Friday | 2024-03-29
2024-01-16 | at year end | 2024-03-31
2024-01-16 | by the end of the municipal year | 2024-04-30
2024-01-16 | in the new municipal year | 2024-06-30
2024-01-16 | by the end of the academic year | 2024-07-31
2024-01-16 | in the autumn | 2024-11-30
2024-01-16 | by the spring | 2024-03-31
2024-01-16 | by the end of the autumn term | 2024-12-31
2024-01-16 | before the summer recess | 2024-07-31
2024-01-16 | after the summer recess | 2024-09-30
2024-01-16 | prior to the meeting on 9 February | 2024-02-09
2024-01-16 | to the meeting on 12 May | 2024-05-12
2024-01-16 | after the March meeting | 2024-03-31
2024-01-16 | at the meeting to be held on 12 May | 2024-05-12
2024-01-16 | at the May meeting | 2024-05-31
2024-01-16 | at the meeting in March 2026 | 2026-03-31
"""

MEETINGS = """
2024-01-16 | at the next meeting | 2024-03-12 | next_meeting
2024-01-16 | next meeting | 2024-03-12 | next_meeting
2024-01-17 | before the next meeting | 2024-03-12 | next_meeting
2024-01-16 | by the next meeting | 2024-03-12 | next_meeting
2024-01-16 | in time for the next meeting | 2024-03-12 | next_meeting
2024-01-16 | with the papers for the next meeting | 2024-03-12 | next_meeting
2024-01-16 | until the next meeting | 2024-03-12 | next_meeting
2024-01-16 | to the next meeting of the Committee | 2024-03-12 | next_meeting
2024-01-16 | at the Committee’s next meeting | 2024-03-12 | next_meeting
2024-01-16 | at the next Committee | 2024-03-12 | next_meeting
2024-01-16 | at the next scrutiny meeting | 2024-03-12 | next_meeting
2024-01-16 | at the forthcoming meeting | 2024-03-12 | next_meeting
2024-01-16 | at the following meeting | 2024-03-12 | next_meeting
2024-01-16 | at the meeting after next | 2024-04-23 | next_meeting
2024-01-16 | at the next but one meeting | 2024-04-23 | next_meeting
2024-01-16 | in two meetings’ time | 2024-04-23 | next_meeting
2024-01-16 | in three meetings’ time | 2024-06-11 | next_meeting
2024-01-16 | over the next two meetings | 2024-04-23 | next_meeting
2024-01-16 | two weeks before the next meeting | 2024-02-27 | next_meeting
2024-01-16 | five working days before the next meeting | 2024-03-05 | next_meeting
2024-01-16 | at the first meeting of the new municipal year | 2024-06-11 | next_meeting
2024-01-16 | to the first meeting after the summer recess | 2024-09-17 | next_meeting
2024-01-16 | at the meeting after Easter | 2024-04-23 | next_meeting
2024-01-16 | at the next quarterly meeting | 2024-03-12 | next_meeting
2024-01-16 | at the first meeting in 2025 | 2025-01-14 | next_meeting
2024-01-16 | at the first meeting in the new financial year | 2024-04-23 | next_meeting
2024-01-16 | at their March meeting | 2024-03-12 | month_meeting
2024-01-16 | at the March meeting | 2024-03-12 | month_meeting
2024-01-16 | at the meeting in March | 2024-03-12 | month_meeting
2024-01-16 | until the March meeting | 2024-03-12 | month_meeting
2024-01-16 | at the January meeting | 2025-01-14 | month_meeting
2024-01-10 | at the January meeting | 2024-01-16 | month_meeting
2024-01-16 | at the next meeting, in April | 2024-04-23 | month_meeting
2024-01-16 | a week before the April meeting | 2024-04-16 | month_meeting
2024-02-16 | at next month’s meeting | 2024-03-12 | month_meeting
2024-01-16 | to full Council in July | 2024-07-17 | month_meeting
2024-01-16 | at the June Overview and Scrutiny Management Board | 2024-06-26 | month_meeting
2024-01-16 | at the Cabinet meeting in March | 2024-03-06 | month_meeting
2024-01-16 | to the Health and Wellbeing Board’s April meeting | 2024-04-09 | month_meeting
2024-01-16 | to the autumn meeting | 2024-09-17 | month_meeting
2024-01-16 | at the January Planning Committee | 2024-01-17 | month_meeting
2024-01-16 | at the next Cabinet | 2024-02-07 | named_meeting
2024-01-16 | to the next meeting of Cabinet | 2024-02-07 | named_meeting
2024-01-16 | at the next Cabinet meeting | 2024-02-07 | named_meeting
2024-01-16 | to the next meeting of the Full Council | 2024-01-24 | named_meeting
2024-01-16 | to the next meeting of the Housing Panel | 2024-02-13 | named_meeting
2024-01-16 | to the next meeting of the Panel | 2024-02-13 | named_meeting
2024-01-16 | at the next Health & Wellbeing Board | 2024-01-30 | named_meeting
2024-01-16 | at the annual meeting | 2024-05-22 | named_meeting
2024-01-16 | at the annual council | 2024-05-22 | named_meeting
"""

NO_DAY = """in due course
as soon as possible
ongoing
shortly
going forward
asap
to be confirmed
none
from April 2025
from the next meeting
from the next meeting onwards
from the autumn
until March 2026
until the autumn
not before March
not until the autumn
no earlier than March
not by Friday
last Friday
every six months
each autumn
at each meeting
at every meeting of the Panel
at future meetings
quarterly
at a future meeting
at a future meeting of the Panel
at a later meeting
at a forthcoming meeting
at a special meeting
at the next appropriate meeting
after the meeting
outside the meeting
following the meeting
after the next meeting
after Easter
at one of the next meetings
at the last meeting
at the mid-year point
prior to the meeting
at the meeting
after the meeting with police
at the next call over meeting
at the next Audit Committee
at the next Board
before Council met
before it went to Cabinet
once the owners had seen it
six months after implementation
within six months of implementation
in the coming weeks
in the next few months
as the work may allow
by bank holiday Monday
by 31 February 2024
by 29 February 2023
before the elections
in the long term
with the next report
yn y cyfarfod nesaf
ym mis Gorffennaf
erbyn diwedd mis Mawrth
cyn gynted â phosibl""".splitlines()


def rows(table: str, length: int) -> list[tuple[str, ...]]:
    found = [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]
    assert [row for row in found if len(row) != length] == []
    return found


def when(wording: str | None, held: str = HELD, calendar: Calendar = CALENDAR, committee: str | None = HEALTH) -> Due:
    return resolve(wording, due_date(wording, held), held, committee, "WES", calendar)


@pytest.mark.parametrize(("held", "wording", "expected"), rows(DAYS, 3))
def test_wording_that_means_a_day_of_its_own(held: str, wording: str, expected: str) -> None:
    found = when(wording, held)
    assert (found.date, found.source) == (expected, "wording")


@pytest.mark.parametrize(("held", "wording", "expected", "source"), rows(MEETINGS, 4))
def test_wording_that_means_a_meeting(held: str, wording: str, expected: str, source: str) -> None:
    found = when(wording, held)
    assert (found.date, found.source) == (expected, source)


@pytest.mark.parametrize("wording", NO_DAY)
def test_wording_that_means_no_day(wording: str) -> None:
    found = when(wording)
    assert (found.date, found.source, found.reason != "") == (None, None, True)


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("at the next meeting", Due(None, None, "the next meeting of Housing Panel after 2024-02-13 is not known")),
        ("at their March meeting", Due("2024-03-31", "wording", "no meeting of Housing Panel in 2024-03 is known: "
         "the day that the wording gives by itself")),
        ("to the next Audit Committee", Due(None, None, "no one committee of the council is known by the words "
         "'audit committee'")),
        ("to the next meeting of the Panel", Due(None, None, "the next meeting of Housing Panel after 2024-02-13 "
         "is not known")),
        ("a month before the next Cabinet", Due(None, None, "a month before the next meeting of Cabinet after "
         "2024-02-13 is before this meeting")),
        ("at the next Cabinet", Due("2024-03-06", "named_meeting", "the next meeting of Cabinet after 2024-02-13")),
        ("in six months", Due("2024-08-13", "wording", "the day that the wording gives")),
        ("by the autumn", Due("2024-09-30", "wording", "by the convention for a season")),
        ("after the meeting", Due(None, None, "it names this meeting and no later day")),
        ("at a later meeting", Due(None, None, "no particular meeting is meant")),
        ("each meeting", Due(None, None, "what comes again and again has no one day")),
        ("from May", Due(None, None, "only a start is stated")),
        ("until May", Due(None, None, "only an end is stated")),
        ("not before May", Due(None, None, "what is put off has no day")),
        ("shortly", Due(None, None, "the wording names no day")),
        (None, Due(None, None, "no time is stated")),
    ],
)  # fmt: skip
def test_the_reason_says_what_gave_the_day_or_what_is_missing(wording: str | None, expected: Due) -> None:
    assert when(wording, "2024-02-13", committee=HOUSING) == expected


def test_a_meeting_still_to_come_in_the_same_month_goes_before_next_years() -> None:
    assert when("at the January Cabinet", "2024-01-09") == Due(
        "2024-01-10", "month_meeting", "the meeting of Cabinet in 2024-01"
    )


def test_a_committee_that_is_not_known_has_no_next_meeting_but_keeps_the_days_of_wordings() -> None:
    wordings = ("at the next meeting", "at their March meeting", "by 5 March", "at the annual meeting")
    found = [when(wording, calendar=EMPTY, committee=None) for wording in wordings]
    assert [(one.date, one.source) for one in found] == [
        (None, None),
        ("2024-03-31", "wording"),
        ("2024-03-05", "wording"),
        (None, None),
    ]


def test_the_municipal_year_begins_in_may_until_its_annual_meeting_is_known() -> None:
    calendar = build_calendar([Committee(HEALTH, "WES", "Health Scrutiny Committee", ["2024-04-30", "2024-05-14"])])
    found = when("at the first meeting of the municipal year", calendar=calendar)
    assert (found.date, found.reason) == (
        "2024-05-14",
        "the first meeting of Health Scrutiny Committee from 2024-05-01",
    )


def test_a_day_kept_by_mining_stays_where_the_wording_is_not_understood() -> None:
    assert resolve("erbyn 31 Mawrth", "2024-03-31", HELD, HEALTH, "WES", CALENDAR).date == "2024-03-31"


WORDINGS = sorted({row[1] for row in (*rows(DAYS, 3), *rows(MEETINGS, 4))} | set(NO_DAY))
NAMES_A_YEAR = re.compile(r"\d{4}|/\d\d?/\d\d|\d\d/\d\d$|[’ ]\d\d$")
days_of_meetings = st.dates(date(2023, 1, 1), date(2030, 12, 31))


def dated(days: set[date]) -> Calendar:
    meetings = [day.isoformat() for day in days]
    return build_calendar(
        [
            Committee(HEALTH, "WES", "Health Scrutiny Committee", meetings),
            Committee("WES-cabinet", "WES", "Cabinet", meetings),
            Committee("WES-council", "WES", "Council", meetings),
        ]
    )


@settings(max_examples=60, deadline=None)
@given(held=days_of_meetings, days=st.sets(days_of_meetings, max_size=12))
def test_a_day_is_not_before_the_meeting_unless_the_wording_names_a_year(held: date, days: set[date]) -> None:
    calendar = dated(days)
    found = {
        wording: when(wording, held.isoformat(), calendar).date
        for wording in WORDINGS
        if not NAMES_A_YEAR.search(wording)
    }
    assert {wording: day for wording, day in found.items() if day is not None and day < held.isoformat()} == {}


@settings(max_examples=60, deadline=None)
@given(held=days_of_meetings, days=st.sets(days_of_meetings, max_size=12), later=st.integers(1, 400))
def test_a_meeting_added_behind_the_next_one_does_not_change_the_next(held: date, days: set[date], later: int) -> None:
    following = min((day for day in days if day > held), default=None)
    days = days if following is not None else {*days, held + timedelta(days=1)}
    known = following or held + timedelta(days=1)
    more = dated({*days, known + timedelta(days=later)})
    wordings = ("at the next meeting", "at the next Cabinet", "before the next meeting of the Council")
    assert [when(wording, held.isoformat(), more).date for wording in wordings] == [known.isoformat()] * len(wordings)


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.sampled_from(sorted({word for line in WORDINGS for word in line.split()})), max_size=8))
def test_any_words_give_a_day_with_its_source_or_neither(words: list[str]) -> None:
    found = when(" ".join(words))
    assert (found.date is None, found.reason != "") == (found.source is None, True)
