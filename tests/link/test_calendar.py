"""The calendar of a database: meetings read united with those listed, by committee, and committees by words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutesminer.link.calendar import Calendar, Committee, build_calendar, read_calendar

COUNCIL = build_calendar(
    [
        Committee("W-council", "W", "Council", ["2024-02-01"]),
        Committee("W-extra", "W", "Extraordinary Council"),
        Committee("W-cabinet", "W", "Cabinet"),
        Committee("W-leader", "W", "Cabinet Member for Housing Decisions"),
        Committee("W-health", "W", "Health and Wellbeing Scrutiny Committee"),
        Committee("W-children", "W", "Children’s Services Scrutiny Sub-Committee"),
        Committee("W-place", "W", "Place Scrutiny Committee"),
        Committee("W-board-2", "W", "Scrutiny Board (2)"),
        Committee("W-board-3", "W", "Scrutiny Board (3)"),
        Committee("E-executive", "E", "Executive Board"),
        Committee("E-full", "E", "Meeting of the Full Council"),
        Committee("E-audit", "E", "Audit Committee"),
        Committee("unknown-audit", None, "Audit and Risk Panel", ["2024-03-01"]),
    ]
)


def listed(minutes: Any, committee: str | None, day: str | None, outcome: str | None, **columns: Any) -> None:
    number = minutes.db.execute("select count(*) from listed_meetings").fetchone()[0]
    minutes.db.table("councils").insert({"id": "W", "name": "W"}, ignore=True)
    row = {"id": f"W-{number}", "council_id": "W", "committee": committee, "date": day, "outcome": outcome}
    minutes.db.table("listed_meetings").insert({**row, **columns})


def meetings(calendar: Calendar) -> dict[str, tuple[str, ...]]:
    return {key: one.dates for key, one in sorted(calendar.committees.items())}


def test_meetings_read_and_listed_are_one_calendar(minutes: Any) -> None:
    minutes.item("W-audit-committee", "2024-03-12", "One", "Text.")
    minutes.item("W-audit-committee", "2024-01-16", "Two", "Text.")
    minutes.item("W-audit-committee", None, "Undated", "Text.")
    minutes.db.execute("update committees set name = 'Audit Committee'")
    outcomes = ("ok", "scheduled", "not_published", "no_minutes", "timeout", None)
    for month, outcome in enumerate(outcomes, start=3):
        listed(minutes, "Audit  committee", f"2024-{month:02}-12", outcome)
    assert meetings(read_calendar(minutes.db)) == {
        "W-audit-committee": (
            "2024-01-16",
            "2024-03-12",
            "2024-04-12",
            "2024-05-12",
            "2024-06-12",
            "2024-07-12",
            "2024-08-12",
        )
    }


def test_what_was_called_off_has_no_day(minutes: Any) -> None:
    for day, status in (("2024-01-16", None), ("2024-02-16", "Cancelled"), ("2024-03-16", "draft")):
        minutes.item("W-audit", day, "Item", "Text.")
        minutes.db.execute("update meetings set status = ? where date = ?", [status, day])
    listed(minutes, "Audit", "2024-04-16", "cancelled")
    listed(minutes, "Audit", "2024-05-16", "scheduled", status="postponed")
    listed(minutes, "Audit", "2024-06-16", "scheduled", status="confirmed")
    listed(minutes, "Audit", None, "scheduled")
    listed(minutes, None, "2024-07-16", "ok")
    minutes.db.execute("update committees set name = 'Audit'")
    assert meetings(read_calendar(minutes.db)) == {"W-audit": ("2024-01-16", "2024-03-16", "2024-06-16")}


def test_a_committee_that_is_only_listed_can_be_found(minutes: Any) -> None:
    minutes.item("W-audit", "2024-01-16", "Item", "Text.")
    listed(minutes, "Health & Wellbeing Board", "2024-02-06", "not_published")
    listed(minutes, "Health and Wellbeing Board", "2024-04-09", "scheduled")
    calendar = read_calendar(minutes.db)
    key = calendar.find_committee("W", "health and wellbeing board")
    assert (key, calendar.dates(key)) == ("W-health-and-wellbeing-board", ("2024-02-06", "2024-04-09"))


def test_an_empty_database_has_an_empty_calendar(minutes: Any) -> None:
    assert read_calendar(minutes.db) == Calendar({}, {})


@pytest.mark.parametrize(
    ("council", "words", "key"),
    [
        ("W", "full council", "W-council"),
        ("W", "the Council", "W-council"),
        ("W", "County Council", "W-council"),
        ("W", "Cabinet", "W-cabinet"),
        ("W", "the Executive", "W-cabinet"),
        ("W", "Health Scrutiny Committee", "W-health"),
        ("W", "health & wellbeing scrutiny committee", "W-health"),
        ("W", "Children's Scrutiny Sub Committee", "W-children"),
        ("W", "Scrutiny Board 3", "W-board-3"),
        ("W", "extraordinary council", "W-extra"),
        ("E", "full Council", "E-full"),
        ("E", "Executive", "E-executive"),
        ("E", "Cabinet", "E-executive"),
        ("E", "the Audit Committee", "E-audit"),
        ("W", "Scrutiny Committee", None),
        ("W", "Scrutiny Board", None),
        ("W", "Audit Committee", None),
        ("W", "police", None),
        ("W", "", None),
        ("N", "Council", None),
        (None, "Audit and Risk Panel", None),
    ],
)
def test_words_mean_one_committee_of_the_same_council_or_none(council: str | None, words: str, key: str | None) -> None:
    assert COUNCIL.find_committee(council, words) == key


def test_the_days_of_a_committee() -> None:
    days = ["2024-03-12", "2024-03-26", "2024-01-16", "2024-03-12", "2024-06-11"]
    calendar = build_calendar([Committee("a", "W", "A", tuple(days))])
    assert [
        calendar.dates("a"),
        calendar.next_meeting("a", "2024-01-15"),
        calendar.next_meeting("a", "2024-01-16"),
        calendar.next_meeting("a", "2024-01-16", 2),
        calendar.next_meeting("a", "2024-06-11"),
        calendar.meeting_in_month("a", "2024-03", "2024-01-16"),
        calendar.meeting_in_month("a", "2024-03", "2024-03-12"),
        calendar.meeting_in_month("a", "2024-03", "2024-03-26"),
        calendar.meeting_in_month("a", "2024-05", "2024-01-16"),
        calendar.meetings_between("a", "2024-01-16", "2024-03-26"),
        calendar.meetings_between("a", "2024-03-26", "2024-01-16"),
    ] == [
        ("2024-01-16", "2024-03-12", "2024-03-26", "2024-06-11"),
        "2024-01-16",
        "2024-03-12",
        "2024-03-26",
        None,
        "2024-03-12",
        "2024-03-26",
        None,
        None,
        2,
        0,
    ]


def test_a_committee_that_is_not_known_has_no_days() -> None:
    assert [
        COUNCIL.dates("nobody"),
        COUNCIL.dates(None),
        COUNCIL.next_meeting(None, "2024-01-01"),
        COUNCIL.meetings_between("nobody", "2024-01-01", "2025-01-01"),
        COUNCIL.dates("unknown-audit"),
    ] == [(), (), None, 0, ("2024-03-01",)]


@given(
    days=st.sets(st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(date.isoformat), max_size=30),
    after=st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(date.isoformat),
    until=st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(date.isoformat),
)
def test_lookups_agree_with_looking_at_every_day(days: set[str], after: str, until: str) -> None:
    calendar = build_calendar([Committee("a", "W", "A", tuple(days))])
    later = sorted(day for day in days if day > after)
    assert (
        calendar.next_meeting("a", after),
        calendar.meeting_in_month("a", until[:7], after),
        calendar.meetings_between("a", after, until),
    ) == (
        next(iter(later), None),
        next((day for day in later if day[:7] == until[:7]), None),
        len([day for day in later if day <= until]),
    )
