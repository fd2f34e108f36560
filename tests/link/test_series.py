"""Figures laid out as series: one row each, counted, against their targets, and gone with what they came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.explore.trends import by_period, trend
from minutesminer.link import link
from minutesminer.store import open_database
from minutesminer.store.schema import MIGRATIONS

RECYCLED = "the household waste recycling rate"
REPEAT = "repeat referrals"
MEASURES = """
- {id: recycling-rate, label: Household waste recycled, unit: '%', polarity: higher, names: [waste recycling rate]}
- {id: repeat-referrals, label: Repeat referrals, unit: '%', polarity: lower, names: [repeat referrals]}
"""


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of two measures, which is read at once."""
    folder = tmp_path_factory.mktemp("patterns")
    (folder / "measures").mkdir()
    (folder / "measures" / "place.yaml").write_text(MEASURES, encoding="utf-8")
    return folder


def percentage(minutes, item: str, quote: str, role: str = "actual", measure: str | None = RECYCLED, **columns) -> str:
    value = float(quote.split()[-1].rstrip("%"))
    said = {"kind": "percentage", "unit": "%", "comparator": "=", "value": value, "role": role, "measure": measure}
    return minutes.record("metrics", item, quote, **{**said, **columns})


def rows(minutes, query: str) -> list[tuple]:
    return minutes.db.execute(query).fetchall()


def test_each_figure_of_a_document_in_force_is_a_point_with_its_place_and_date(minutes, patterns) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", "It was 40% and 12% last year")
    undated = minutes.item("BBB-panel", None, "Figures", "It was 30%")
    newer = minutes.item("AAA-scrutiny", "2024-02-10", "Figures", "It was 41%")
    older = minutes.item("AAA-scrutiny", "2024-02-10", "Figures", "It was 14%", superseded_by=newer.split(".")[0])
    percentage(minutes, item, "40%", period="2022/23", period_start="2022-04-01", period_end="2023-03-31")
    percentage(minutes, item, "12%", "previous", measure="cats fed")
    for other, quote in ((undated, "30%"), (newer, "41%"), (older, "14%")):
        percentage(minutes, other, quote)
    link(minutes.db, patterns)
    columns = "metric_id, measure_id, theme, council_id, committee_id, meeting_id, date, year, role, value, period_end"
    assert rows(minutes, f"select {columns} from series order by metric_id") == [
        ("d0.0.m15-18", None, None, "AAA", "AAA-scrutiny", "AAA-scrutiny-2024-01-10", "2024-01-10", 2024)
        + ("previous", 12.0, None),
        ("d0.0.m7-10", "recycling-rate", "place", "AAA", "AAA-scrutiny", "AAA-scrutiny-2024-01-10", "2024-01-10", 2024)
        + ("actual", 40.0, "2023-03-31"),
        ("d1.0.m7-10", "recycling-rate", "place", "BBB", "BBB-panel", "BBB-panel-None", None, None)
        + ("actual", 30.0, None),
        ("d2.0.m7-10", "recycling-rate", "place", "AAA", "AAA-scrutiny", "AAA-scrutiny-2024-02-10", "2024-02-10", 2024)
        + ("actual", 41.0, None),
    ]
    assert rows(minutes, "select * from figure_counts order by council_id, year, kind, theme, role") == [
        ("", 0, "percentage", "place", "actual", 1),
        ("", 2024, "percentage", "", "previous", 1),
        ("", 2024, "percentage", "place", "actual", 2),
        ("AAA", 2024, "percentage", "", "previous", 1),
        ("AAA", 2024, "percentage", "place", "actual", 2),
        ("BBB", 0, "percentage", "place", "actual", 1),
    ]


def test_linking_again_gives_the_same_rows_tables_and_indexes(minutes, patterns) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", "It was 40%, against a target of 50%")
    percentage(minutes, item, "40%")
    percentage(minutes, item, "50%", "target")

    schema = "select name, sql from sqlite_master order by name"

    def state() -> list[list[tuple]]:
        tables = ("series", "figure_counts", "period_values", "against_target")
        return [*(rows(minutes, f"select rowid, * from {table}") for table in tables), rows(minutes, schema)]

    before = rows(minutes, schema)
    link(minutes.db, patterns)
    first = state()
    link(minutes.db, patterns)
    assert state() == first
    assert first[4] == before
    assert [len(part) for part in first[:4]] == [2, 2 * 2, 1, 1]


def test_points_go_with_their_figures_and_with_a_measure_that_leaves_the_catalogue(minutes, patterns, tmp_path) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", "It was 40%, against a target of 50%")
    actual = percentage(minutes, item, "40%")
    percentage(minutes, item, "50%", "target")
    link(minutes.db, patterns)
    minutes.db.execute("delete from metrics where id = ?", [actual])
    assert rows(minutes, "select role from series") == [("target",)]
    assert rows(minutes, "select * from against_target") == []
    link(minutes.db, tmp_path)
    assert rows(minutes, "select role, measure_id from series") == [("target", None)]


@pytest.mark.parametrize(
    ("measure", "actual", "columns", "target", "missed"),
    [
        (RECYCLED, "40%", {}, "50%", 1),
        (RECYCLED, "50%", {}, "50%", 0),
        (RECYCLED, "40%", {"comparator": ">"}, "50%", None),
        (RECYCLED, "50%", {"comparator": "<"}, "50%", 1),
        (RECYCLED, "49%", {"value_max": 51.0}, "50%", None),
        (REPEAT, "20%", {}, "15%", 1),
        (REPEAT, "15%", {"comparator": "<="}, "15%", 0),
        (REPEAT, "20%", {"comparator": "<"}, "15%", None),
        ("cats fed", "40%", {}, "50%", None),
    ],
)
def test_a_miss_is_claimed_only_where_measure_and_wording_leave_no_doubt(
    minutes, patterns, measure: str, actual: str, columns: dict[str, object], target: str, missed: int | None
) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", f"It was {actual}, against a target of {target}")
    percentage(minutes, item, actual, measure=measure, **columns)
    percentage(minutes, item, f"of {target}", "target", measure=measure)
    link(minutes.db, patterns)
    assert rows(minutes, "select missed from against_target") == [(missed,)]
    assert rows(minutes, "select count(*) from missed_targets") == [(missed or 0,)]


def test_a_missed_target_is_shown_with_both_figures_and_by_how_much(minutes, patterns) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", "It was 40%, against a target of 50%", url="/item")
    percentage(minutes, item, "40%", period="2022/23")
    percentage(minutes, item, "50%", "target", measure=None)
    link(minutes.db, patterns)
    columns = "measure, council, committee, date, actual, target, gap, unit, shortfall, better, period, sentence, url"
    assert rows(minutes, f"select {columns} from missed_targets") == [
        ("Household waste recycled", "AAA", "AAA-scrutiny", "2024-01-10", 40.0, 50.0, -10.0, "%")
        + (0.2, "higher", "2022/23", "It was 40%, against a target of 50%", "/item")
    ]


def test_the_nearest_target_of_the_same_measure_is_the_one_that_counts(minutes, patterns) -> None:
    text = "Referrals 21%, target 20%. Recycling 40%; a target of 50%, and of 60% by 2030."
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", text)
    percentage(minutes, item, "21%", measure=REPEAT)
    percentage(minutes, item, "20%", "target", measure=REPEAT)
    percentage(minutes, item, "40%")
    percentage(minutes, item, "50%", "target")
    percentage(minutes, item, "60%", "target")
    link(minutes.db, patterns)
    assert rows(minutes, "select measure_id, actual, target from missed_targets order by actual") == [
        ("repeat-referrals", 21.0, 20.0),
        ("recycling-rate", 40.0, 50.0),
    ]


@pytest.mark.parametrize(
    ("start", "end", "label", "kind"),
    [
        ("2023-04-01", "2024-03-31", "2023-24", "financial_year"),
        ("1999-04-01", "2000-03-31", "1999-00", "financial_year"),
        ("2022-09-01", "2023-08-31", "2022-23", "academic_year"),
        ("2024-01-01", "2024-12-31", "2024", "calendar_year"),
        ("2023-04-01", "2023-06-30", "2023-24 Q1", "quarter"),
        ("2024-01-01", "2024-03-31", "2023-24 Q4", "quarter"),
        ("2024-02-01", "2024-02-29", "2024-02", "month"),
        ("2024-05-01", "2024-07-31", "2024", "period_year"),
        ("2023-03-31", "2023-03-31", "2023", "period_year"),
        (None, None, "2025", "meeting_year"),
    ],
)
def test_a_period_has_a_form_that_compares(minutes, patterns, start: str, end: str, label: str, kind: str) -> None:
    item = minutes.item("AAA-scrutiny", "2025-01-10", "Figures", "It was 40%")
    percentage(minutes, item, "40%", period_start=start, period_end=end)
    link(minutes.db, patterns)
    assert rows(minutes, "select period_label, period_type from trends") == [(label, kind)]


def test_councils_stand_side_by_side_with_what_each_said_last_of_a_period(minutes, patterns) -> None:
    year = {"period_start": "2023-04-01", "period_end": "2024-03-31"}
    for committee, day, value, role in (
        ("AAA-scrutiny", "2024-05-10", "40%", "actual"),
        ("AAA-panel", "2024-07-10", "41%", "actual"),
        ("AAA-panel", "2024-07-11", "50%", "target"),
        ("BBB-panel", "2024-06-10", "30%", "actual"),
    ):
        percentage(minutes, minutes.item(committee, day, "Figures", f"It was {value}"), value, role, **year)
    link(minutes.db, patterns)
    columns = "measure_id, council_id, period_label, period_type, value, unit, statements, date"
    assert rows(minutes, f"select {columns} from measure_by_period order by council_id") == [
        ("recycling-rate", "AAA", "2023-24", "financial_year", 41.0, "%", 2, "2024-07-10"),
        ("recycling-rate", "BBB", "2023-24", "financial_year", 30.0, "%", 1, "2024-06-10"),
    ]


def test_of_several_figures_of_one_meeting_the_first_told_counts(minutes, patterns) -> None:
    text = f"{'It was long ago. ' * 5}It was 40%, and 9% in town"
    item = minutes.item("AAA-scrutiny", "2024-05-10", "Figures", text)
    first, second = percentage(minutes, item, "40%"), percentage(minutes, item, "9%")
    assert (len(first), first > second) == (len(second) - 2, True)
    link(minutes.db, patterns)
    assert rows(minutes, "select value, statements, metric_id from measure_by_period") == [(40.0, 2, first)]
    assert [(row.value, row.statements) for row in by_period(trend(minutes.db, "recycling-rate"))] == [(40.0, 2)]


def test_a_database_of_the_version_before_gets_the_tables_when_it_is_opened(minutes, patterns, tmp_path) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", "It was 40%")
    percentage(minutes, item, "40%")
    for view in ("trends", "measure_by_period", "missed_targets"):
        minutes.db.execute(f"drop view {view}")
    for table in ("series", "figure_counts", "period_values", "against_target"):
        minutes.db.execute(f"drop table {table}")
    minutes.db.execute("PRAGMA user_version = 3")
    minutes.db.conn.commit()
    with open_database(tmp_path / "minutes.db") as db:
        assert db.execute("select * from trends").fetchall() == []
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    with open_database(tmp_path / "minutes.db", write=True) as db:
        link(db, patterns)
        assert db.execute("select value from trends").fetchall() == [(40.0,)]
