"""Seasons, school terms, recesses and years: the day that their wordings mean, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from minutesminer.link.due_periods import opening_day, period_day, season_bounds

HELD = date(2024, 1, 16)

DAYS = """
2024-01-16 | at year end | 2024-03-31
2024-01-16 | by the end of the municipal year | 2024-04-30
2024-06-11 | by the end of the civic year | 2025-04-30
2024-01-16 | in the 2024/25 municipal year | 2025-04-30
2024-01-16 | by the end of the 2024/25 municipal year | 2025-04-30
2024-01-16 | by the end of the academic year 2024/25 | 2025-07-31
2024-01-16 | in the new municipal year | 2024-06-30
2024-01-16 | in the next municipal year | 2025-04-30
2024-01-16 | before the new municipal year | 2024-04-30
2024-01-16 | by the end of the academic year | 2024-07-31
2024-09-17 | by the end of the school year | 2025-07-31
2024-06-11 | in the new school year | 2024-09-30
2024-01-16 | early in the new financial year | 2024-06-30
2024-01-16 | in the new financial year | 2024-04-30
2024-01-16 | by the start of the new financial year | 2024-03-31
2024-01-16 | in the next financial year | 2025-03-31
2024-01-16 | later in the year | 2024-12-31
2024-01-16 | at some point next year | 2025-12-31
2024-01-16 | in the autumn | 2024-11-30
2024-01-16 | by the autumn | 2024-09-30
2024-01-16 | before the autumn | 2024-08-31
2024-01-16 | by the spring | 2024-03-31
2024-04-23 | by the spring | 2025-03-31
2024-04-23 | in the spring | 2024-05-31
2024-01-16 | in late spring 2025 | 2025-05-31
2024-01-16 | by the end of the summer | 2024-08-31
2024-01-16 | after the summer | 2024-09-30
2024-01-16 | over the winter | 2024-02-29
2024-06-11 | over the winter | 2025-02-28
2024-01-16 | by the end of the autumn term | 2024-12-31
2024-01-16 | by the end of term | 2024-04-15
2024-01-16 | by the end of the summer term | 2024-07-31
2024-06-11 | at the start of the autumn term | 2024-09-01
2024-01-16 | by half term | 2024-02-29
2024-01-16 | before the summer recess | 2024-07-31
2024-01-16 | after the summer recess | 2024-09-30
2024-06-11 | before the recess | 2024-07-31
2024-11-19 | before the Christmas recess | 2024-12-24
2024-11-19 | after Christmas | 2025-01-31
2024-01-16 | in mid-autumn | 2024-10-31
2024-01-16 | in early autumn | 2024-09-30
2024-01-16 | next winter | 2025-02-28
2024-01-16 | by winter 2025/26 | 2025-12-31
2024-01-16 | in spring/summer 2025 | 2025-08-31
2024-09-17 | before the autumn term | 2025-08-31
2024-09-17 | by the end of the spring term | 2025-04-15
2024-01-16 | next term | 2024-07-31
2024-01-16 | by the start of term | 2024-04-16
2024-09-17 | after half-term | 2024-10-31
2024-06-11 | over the summer holidays | 2024-08-31
2024-09-17 | before the recess | 2024-12-24
2024-11-19 | after the recess | 2025-01-31
2024-04-30 | during the municipal year | 2024-04-30
2024-05-01 | this municipal year | 2025-04-30
2024-01-16 | by the financial year-end | 2024-03-31
2024-01-16 | in the next academic year | 2025-07-31
2024-01-16 | early in the new calendar year | 2025-03-31
"""

NO_DAY = """in the long term
before the autumn budget
the winter plan
after Easter
before the Easter recess
by the bank holiday
in-year
at the mid-year point
in the yearbook
every now and then
summertime
springboard
determine""".splitlines()


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("held", "wording", "expected"), rows(DAYS))
def test_a_period_means_a_day(held: str, wording: str, expected: str) -> None:
    found = period_day(wording.lower(), date.fromisoformat(held))
    assert found is not None
    assert found[0].isoformat() == expected


@pytest.mark.parametrize("wording", NO_DAY)
def test_other_words_are_no_period(wording: str) -> None:
    assert period_day(wording.lower(), HELD) is None


def test_the_convention_is_named() -> None:
    wordings = ("before the summer recess", "by the end of term", "in the spring", "this year")
    assert [period_day(wording, HELD) for wording in wordings] == [
        (date(2024, 7, 31), "by the convention for a recess"),
        (date(2024, 4, 15), "by the convention for a term"),
        (date(2024, 5, 31), "by the convention for a season"),
        (date(2024, 12, 31), "by the convention for a year"),
    ]


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("in the new financial year", date(2024, 4, 1)),
        ("of the civic year", date(2024, 5, 1)),
        ("in the new year", date(2025, 1, 1)),
        ("in 2026", date(2026, 1, 1)),
        ("after the summer break", date(2024, 9, 1)),
        ("after christmas", date(2025, 1, 1)),
        ("after easter", date(2024, 4, 2)),  # the Tuesday after Easter Monday
        ("after the pilot", None),
        ("in 2026/27", None),
    ],
)
def test_the_day_from_which_a_period_counts(wording: str, expected: date | None) -> None:
    assert opening_day(wording, HELD) == expected


def test_a_season_is_of_three_months_and_the_first_that_is_not_over() -> None:
    wordings = ("in the winter", "spring 2025", "autumn", "the springboard")
    assert [season_bounds(wording, HELD) for wording in wordings] == [
        (date(2023, 12, 1), date(2024, 2, 29)),
        (date(2025, 3, 1), date(2025, 5, 31)),
        (date(2024, 9, 1), date(2024, 11, 30)),
        None,
    ]
