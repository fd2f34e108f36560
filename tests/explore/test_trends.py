"""The series of a measure, as a library gives it: which figures, in what order, and which of them say it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trend_database as story
from sqlite_utils import Database

from minutesminer.errors import UsageError
from minutesminer.explore.measure_choice import choose, wordings_with
from minutesminer.explore.trends import PeriodValue, Point, by_period, distinct, trend
from minutesminer.store import open_database

FIRST, TARGET = "d0.0.m23-26", "d0.0.m59-62"
SECOND, BEFORE, AGAIN = "d1.0.m23-26", "d1.0.m51-54", "d2.0.m19-22"
SOUTH, NATIONAL, SOUTH_NOW = "d3.0.m22-25", "d3.0.m51-54", "d4.0.m22-25"
NORTHMERE = [FIRST, TARGET, BEFORE, SECOND, AGAIN]
SOUTHMERE = [SOUTH, NATIONAL, SOUTH_NOW]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trends")
    story.build(folder / "m.db", story.patterns(folder))
    return folder / "m.db"


@pytest.fixture
def db(built: Path) -> Iterator[Database]:
    with open_database(built) as opened:
        yield opened


def ids(points: list[Point]) -> list[str]:
    return [point.metric_id for point in points]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, NORTHMERE + SOUTHMERE),
        ({"councils": "NOR"}, NORTHMERE),
        ({"councils": "sou,nor"}, NORTHMERE + SOUTHMERE),
        ({"councils": "southmere, county"}, SOUTHMERE),
        ({"councils": "mere"}, NORTHMERE + SOUTHMERE),
        ({"committee": "environment"}, [AGAIN]),
        ({"since": "2024"}, [BEFORE, SECOND, AGAIN, SOUTH_NOW]),
        ({"since": "July 2024"}, [AGAIN, SOUTH_NOW]),
        ({"since": "2024-06-11", "until": "2024-07"}, [AGAIN]),
        ({"until": "2023"}, [FIRST, TARGET, SOUTH, NATIONAL]),
        ({"since": "2023/24", "until": "2023/24"}, [FIRST, TARGET, SOUTH, NATIONAL]),
        ({"roles": ["target", "benchmark"]}, [TARGET, NATIONAL]),
        ({"since": "2030"}, []),
    ],
)
def test_a_series_is_by_council_and_in_order_of_what_the_figures_are_for(
    db: Database, asked: dict[str, str], expected: list[str]
) -> None:
    assert ids(trend(db, "recycling-rate", **asked)) == expected


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"councils": "NOR,XYZ"}, "no council 'XYZ'.*NOR, SOU"),
        ({"councils": " , "}, "no council is named"),
        ({"since": "lately"}, "'lately' is not a date; write 2018, 2018-12"),
        ({"until": "2024-13"}, "'2024-13' is not a date; write 2018, 2018-12"),
    ],
)
def test_what_cannot_be_meant_is_refused(db: Database, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        trend(db, "recycling-rate", **asked)


def test_a_point_has_where_and_when_it_was_said(db: Database) -> None:
    (point,) = trend(db, "recycling-rate", committee="environment")
    assert point == Point(
        metric_id=AGAIN,
        measure_id="recycling-rate",
        measure="Household waste recycled",
        council_id="NOR",
        council="Northmere Borough Council",
        committee_id="NOR-panel",
        committee="Environment Panel",
        meeting_id="NOR-panel-2024-07-01",
        date="2024-07-01",
        kind="percentage",
        role="actual",
        value=43.0,
        value_max=None,
        unit="%",
        comparator="=",
        direction=None,
        period="2023/24",
        period_start="2023-04-01",
        period_end="2024-03-31",
        period_label="2023-24",
        period_type="financial_year",
        wording="recycling rate",
        sentence="Recycling stood at 43% in 2023/24.",
        quote="43%",
        url="https://NOR-panel-2024-07-01.example",
        page=None,
        item_id="d2.0",
        figure="43%",
        repeats=None,
    )
    assert point.day == "2024-03-31"


def test_a_figure_that_was_said_before_is_marked_and_can_be_left_out(db: Database) -> None:
    points = trend(db, "recycling-rate")
    assert {point.metric_id: point.repeats for point in points if point.repeats} == {BEFORE: FIRST, AGAIN: SECOND}
    assert ids(distinct(points)) == [FIRST, TARGET, SECOND, *SOUTHMERE]


def test_periods_stand_side_by_side_as_in_the_view(db: Database) -> None:
    rows = by_period(trend(db, "recycling-rate"))
    assert rows[0] == PeriodValue(
        measure_id="recycling-rate",
        measure="Household waste recycled",
        period_label="2022-23",
        period_type="financial_year",
        council_id="NOR",
        council="Northmere Borough Council",
        value=40.0,
        unit="%",
        figure="40%",
        statements=1,
        date="2023-06-10",
        committee="Scrutiny Committee",
        sentence="The recycling rate was 40% in 2022/23, against a target of 50%.",
        url="https://NOR-scrutiny-2023-06-10.example",
        page=None,
        metric_id=FIRST,
    )
    columns = "period_label, period_type, council_id, value, statements, metric_id"
    view = db.execute(
        f"select {columns} from measure_by_period where measure_id = 'recycling-rate' order by period_label, council"
    ).fetchall()
    assert [tuple(getattr(row, name) for name in columns.split(", ")) for row in rows] == view
    assert [row[0:3] + row[4:] for row in view] == [
        ("2022-23", "financial_year", "NOR", 1, FIRST),
        ("2022-23", "financial_year", "SOU", 1, SOUTH),
        ("2023-24", "financial_year", "NOR", 2, AGAIN),
        ("2024", "meeting_year", "SOU", 1, SOUTH_NOW),
    ]


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("recycling-rate", "recycling-rate"),
        ("household waste recycled", "recycling-rate"),
        ("The Recycling Rates", "recycling-rate"),
        ("waste at home", "recycling-rate"),
        ("time to repair", "repair-time"),
    ],
)
def test_words_name_a_measure_by_its_id_its_label_or_part_of_a_name(db: Database, words: str, measure: str) -> None:
    assert choose(db, words).measure_id == measure


def test_words_of_several_measures_are_answered_with_these(db: Database) -> None:
    with pytest.raises(UsageError) as refused:
        choose(db, "recycling")
    assert str(refused.value) == (
        "several measures have the words 'recycling'; name one of them:\n"
        "  recycling-rate: Household waste recycled (8 figures)\n"
        "  recycling-centres: Recycling centres open (1 figure)"
    )


def test_words_of_no_measure_find_the_figures_worded_so(db: Database) -> None:
    chosen = choose(db, "garage vacant")
    assert (chosen.measure_id, chosen.wordings) == (None, ("garages that stood vacant", "vacant garages"))
    assert [point.figure for point in trend(db, wordings=chosen.wordings)] == ["12 garages", "9%"]
    assert wordings_with(db, "recycling") == []
    assert choose(db, "vacant", wording=True).wordings == chosen.wordings


def test_words_of_nothing_are_answered_with_the_nearest_measures(db: Database) -> None:
    with pytest.raises(UsageError, match="has the words 'household waist'.*nearest(?s:.*)recycling-rate: Household"):
        choose(db, "household waist")
    with pytest.raises(UsageError, match="has the words 'xyzzy'$"):
        choose(db, "xyzzy")


def test_a_database_without_figures_or_series_says_what_to_do(tmp_path: Path) -> None:
    story.build(tmp_path / "m.db", story.patterns(tmp_path))
    with open_database(tmp_path / "m.db", write=True) as opened:
        opened.execute("delete from series")
        with pytest.raises(UsageError, match="not laid out as series yet; run"):
            choose(opened, "recycling rate")
        opened.execute("delete from metrics")
        with pytest.raises(UsageError, match="no figures in the database; read minutes"):
            choose(opened, "recycling rate")
