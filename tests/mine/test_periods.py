"""Periods as worded, and the dates they stand for (financial years run from April to March)."""

from __future__ import annotations

from datetime import date

import pytest

from minutesminer.mine.figures.period_dates import resolve

MEETING = date(2024, 11, 12)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016/17", date(2016, 4, 1), date(2017, 3, 31)),
        ("2017-18", date(2017, 4, 1), date(2018, 3, 31)),
        ("Quarter 2 of 2016/17", date(2016, 7, 1), date(2016, 9, 30)),
        ("Q4 2023/24", date(2024, 1, 1), date(2024, 3, 31)),
        ("the first quarter", date(2024, 4, 1), date(2024, 6, 30)),
        ("Q4", date(2024, 1, 1), date(2024, 3, 31)),
        ("Quarter 2 last year", date(2023, 7, 1), date(2023, 9, 30)),
        ("December 2013", date(2013, 12, 1), date(2013, 12, 31)),
        ("December", date(2023, 12, 1), date(2023, 12, 31)),
        ("April to June 2016", date(2016, 4, 1), date(2016, 6, 30)),
        ("November 2023 to February 2024", date(2023, 11, 1), date(2024, 2, 29)),
        ("October to March 2024", date(2023, 10, 1), date(2024, 3, 31)),
        ("1 April and 30 June 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("February 26 to July 16 2026", date(2026, 2, 26), date(2026, 7, 16)),
        ("July 11th, 2024", date(2024, 7, 11), date(2024, 7, 11)),
        ("as at 31 March 2024", date(2024, 3, 31), date(2024, 3, 31)),
        ("the end of September", date(2024, 9, 30), date(2024, 9, 30)),
        ("since July 2023", date(2023, 7, 1), MEETING),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("last year", date(2023, 4, 1), date(2024, 3, 31)),
        ("academic year 2022/23", date(2022, 9, 1), date(2023, 8, 31)),
        ("Chwarter 2", date(2024, 7, 1), date(2024, 9, 30)),
        ("FQ2", date(2024, 7, 1), date(2024, 9, 30)),
        ("year to date", date(2024, 4, 1), MEETING),
        ("the year to May 2023", date(2022, 6, 1), date(2023, 5, 31)),
        ("the nine months to December 2025", date(2025, 4, 1), date(2025, 12, 31)),
        ("the last 12 months", date(2023, 11, 12), MEETING),
        ("the past two weeks", date(2024, 10, 29), MEETING),
        ("the first six months of 2016/17", date(2016, 4, 1), date(2016, 9, 30)),
        ("month 6", date(2024, 4, 1), date(2024, 9, 30)),
        ("Period 9", date(2023, 4, 1), date(2023, 12, 31)),
        ("last month", date(2024, 10, 1), date(2024, 10, 31)),
        ("the previous quarter", date(2024, 7, 1), date(2024, 9, 30)),
        ("the year end", date(2025, 3, 31), date(2025, 3, 31)),
        ("by the end of December", date(2023, 12, 31), date(2023, 12, 31)),
    ],
)
def test_a_worded_period_has_dates(text, start, end):
    assert resolve(text, MEETING) == (start, end)


@pytest.mark.parametrize(
    "text", ["the quarter", "annual", "31 June 2023", "the autumn term", "from October", "before Christmas"]
)
def test_what_cannot_be_told_has_none(text):
    assert resolve(text, MEETING) is None


@pytest.mark.parametrize("text", ["September", "the first quarter", "last year"])
def test_what_needs_the_meeting_has_none_without_it(text):
    assert resolve(text, None) is None


def test_the_period_of_a_figure_stands_in_its_own_sentence(mined):
    found = mined("In Quarter 1 it was 40.9 weeks. It then fell to 34 weeks.").metrics
    assert [(m.quote, m.period) for m in found] == [("40.9 weeks", "Quarter 1"), ("34 weeks", None)]
