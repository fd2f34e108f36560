"""Cutting an item's text at its marks, and what a record says in a few words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutesminer.explore.dates import spoken_date
from minutesminer.explore.figure_words import number
from minutesminer.explore.item_page import Mark, Segment, cut, read_item


def mark(id_: str, start: int, end: int) -> Mark:
    return Mark(id_, "metrics", start, end, "count: 1", "made-up", None)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=6))
def test_segments_are_the_text_and_each_knows_just_the_marks_over_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark(str(number_), start, end) for number_, (start, end) in enumerate(spans)]
    segments = cut(text, marks)
    fitting = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    by_character = [segment.marks for segment in segments for _ in segment.text]
    expected = [tuple(m for m in fitting if m.start <= at < m.end) for at in range(len(text))]
    assert "".join(segment.text for segment in segments) == text
    assert by_character == expected
    assert sorted(id_ for segment in segments for id_ in segment.begins) == sorted(m.id for m in fitting)


def test_a_mark_within_a_mark_and_one_that_does_not_fit() -> None:
    outer, inner, outside = mark("outer", 0, 9), mark("inner", 4, 5), mark("outside", 8, 99)
    assert cut("rose by 3%.", [outer, inner, outside]) == [
        Segment("rose", (outer,), ("outer",)),
        Segment(" ", (outer, inner), ("inner",)),
        Segment("by 3", (outer,)),
        Segment("%.", ()),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1250000.0, "1,250,000"),
        (95.5, "95.5"),
        (0.0, "0"),
        (-3.0, "-3"),
        (0.815, "0.815"),
        (1e15, "1,000,000,000,000,000"),
    ],
)
def test_figures_are_written_as_people_write_them(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [("2024-03-08", "8 March 2024"), ("soon", "soon"), (None, None), (date.min.isoformat(), "1 January 1")],
)
def test_dates_are_spoken_day_first(iso: str | None, said: str | None) -> None:
    assert spoken_date(iso) == said


def test_an_item_that_is_not_there_has_no_page(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        assert read_item(connection, "none.0") is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("value_max = 16, comparator = '~'", "actual percentage: about 14 to 16%, vacancy rate in the service"),
        ("kind = 'count', base = 17, unit = null", "actual count: 14 of 17, vacancy rate in the service"),
        ("measure = null, value = 0.5", "actual percentage: 0.5%"),
    ],
)
def test_what_a_figure_says_has_its_range_base_and_comparator(database: Path, changes: str, says: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        # Never committed: the database is shared by the tests.
        connection.execute(f"update metrics set {changes} where id = 'aaaaaaaaaaaa.0.m36-39'")
        page = read_item(connection, "aaaaaaaaaaaa.0")
        assert page is not None
        assert [m.says for m in page.marks if m.id == "aaaaaaaaaaaa.0.m36-39"] == [says]


@pytest.mark.parametrize(
    ("table", "changes", "says"),
    [
        (
            "resolutions",
            "number = '2', restates = '1', outcome = 'lost'",
            "request (limb 2), says 1 again, lost",
        ),
        ("actions", "owner = null, task = null, due = null, due_date = null", "undertaken: nobody named"),
        ("follow_ups", "requester = null, request = null, due = null", "nobody named asks, due 2024-03-18"),
    ],
)
def test_what_other_records_say_leaves_out_what_is_not_stated(
    database: Path, table: str, changes: str, says: str
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(f"update {table} set {changes} where item_id = 'aaaaaaaaaaaa.0'")
        page = read_item(connection, "aaaaaaaaaaaa.0")
        assert page is not None
        assert [m.says for m in page.marks if m.table == table] == [says]
