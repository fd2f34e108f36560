"""Records and databases as frames of pandas and polars: names, types, and the same rows both ways."""

from __future__ import annotations

import builtins
import datetime
import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal as assert_polars_equal

import minutesminer
from minutesminer.cli import main
from minutesminer.errors import NotOurDatabase, UsageError
from minutesminer.store.tables import RECORD_TABLES

TEXT = "Attendance fell to 91.5% in Quarter 2. RESOLVED: That the report be noted, by 5 votes to 2."


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_mined_records_make_the_frame_that_the_database_gives(
    table: str, corpus_records: list[minutesminer.Records], corpus_database: Path
) -> None:
    database = minutesminer.Database(corpus_database)
    stored = database.frame(f"{table}_view").sort_values("id", ignore_index=True)
    mined = minutesminer.frame(corpus_records, table).sort_values("id", ignore_index=True)
    pd.testing.assert_frame_equal(mined, stored)
    assert_polars_equal(
        minutesminer.frame(corpus_records, table, library="polars").sort("id"),
        database.frame(f"{table}_view", library="polars").sort("id"),
    )


def test_columns_hold_dates_numbers_and_text() -> None:
    records = minutesminer.mine(TEXT, council="Northmere", committee="Schools Panel", date="2025-01-14")
    figures, decisions = records.to_pandas(), records.to_pandas("resolutions")
    row = figures.iloc[0]
    assert (row.council, row.committee, row.date, row.year) == (
        "Northmere",
        "Schools Panel",
        pd.Timestamp("2025-01-14"),
        2025,
    )
    assert (row.value, row.measure, row.period_end) == (91.5, "Attendance", pd.Timestamp("2024-09-30"))
    named = ["value", "base", "start_char", "date", "period_start", "year", "measure", "url"]
    assert [str(kind) for kind in figures.dtypes[named]] == [
        "float64", "float64", "Int64", "datetime64[s]", "datetime64[s]", "Int64", "string", "string",
    ]  # fmt: skip
    assert decisions.votes_for.tolist() == [5]
    assert decisions.abstentions.isna().tolist() == [True]
    same = records.to_polars()
    assert same["date"].to_list() == [datetime.date(2025, 1, 14)]
    assert [same.schema[name] for name in named] == [
        pl.Float64, pl.Float64, pl.Int64, pl.Date, pl.Date, pl.Int64, pl.String, pl.String,
    ]  # fmt: skip


def test_a_list_of_records_makes_a_frame_of_their_own_columns() -> None:
    figures = minutesminer.frame(minutesminer.mine(TEXT).metrics)
    assert list(figures.columns)[:5] == ["quote", "sentence", "start_char", "end_char", "rule"]
    assert figures.value.tolist() == [91.5]
    with pytest.raises(UsageError, match="records of one class"):
        minutesminer.frame(list(minutesminer.mine(TEXT)))


def test_a_frame_of_nothing_has_the_columns_all_the_same() -> None:
    full = minutesminer.mine(TEXT, date="2025-01-14").to_pandas("actions")
    for nothing in (minutesminer.frame([], "actions"), minutesminer.mine("").to_pandas("actions"), full):
        assert (len(nothing), list(nothing.columns)) == (0, list(full.columns))
        assert nothing.dtypes.equals(full.dtypes)
    assert minutesminer.frame([], "actions", library="polars").schema["due_date"] == pl.Date


def test_unknown_classes_and_libraries_are_refused() -> None:
    with pytest.raises(UsageError, match="the classes are metrics, resolutions, actions, follow_ups"):
        minutesminer.frame([], "figures")
    with pytest.raises(UsageError, match="say pandas or polars"):
        minutesminer.frame([], library="arrow")  # type: ignore[call-overload]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_the_extra(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=rf"{library} is not installed; run pip install 'minutesminer\[frames\]'"):
        minutesminer.frame([], library=library)


def test_a_database_is_restricted_by_council_committee_and_date(corpus_database: Path) -> None:
    database = minutesminer.Database(corpus_database)
    every = database.frame("metrics_view")
    some = database.frame(
        "metrics_view", council="harnwick", committee="Parenting", since="1/1/2024", until=datetime.date(2024, 12, 31)
    )
    wanted = every[
        every.council.str.contains("Harnwick") & every.committee.str.contains("Parenting") & (every.year == 2024)
    ]
    pd.testing.assert_frame_equal(some.reset_index(drop=True), wanted.reset_index(drop=True))
    assert 0 < len(some) < len(every)
    assert set(database.frame("outstanding").status) <= {"open", "due", "overdue", "answered?"}


def test_a_trend_is_what_the_command_lists(corpus_database: Path) -> None:
    asked = ["trends", "care leavers in EET", "--since", "2024", "--db", str(corpus_database), "--json"]
    database = minutesminer.Database(corpus_database)
    for more, given in (
        ([], {}),
        (["--by", "period"], {"by_period": True}),
        (["--role", "target"], {"roles": ["target"]}),
    ):
        listed = json.loads(CliRunner().invoke(main, [*asked, *more]).stdout)
        series = database.trend("care leavers in EET", since="2024", **given)
        assert series.to_dict("list")["metric_id"] == [row["metric_id"] for row in listed]
        assert set(series.columns) == set(listed[0])
        assert len(listed) > 1
    since = datetime.date(2025, 1, 1)
    assert database.trend("care-leavers-eet", since=since, library="polars")["date"].min() == datetime.date(
        2025, 11, 18
    )


def test_a_query_of_ones_own_reads_and_never_writes(corpus_database: Path) -> None:
    database = minutesminer.Database(corpus_database)
    counted = database.query(
        "SELECT role, count(*) AS figures, avg(value) AS mean FROM metrics WHERE kind = :kind GROUP BY role",
        {"kind": "percentage"},
    )
    assert [str(kind) for kind in counted.dtypes] == ["string", "Int64", "float64"]
    with pytest.raises(UsageError, match="the query cannot be run .*readonly"):
        database.query("DELETE FROM metrics")
    with pytest.raises(UsageError, match="no such column"):
        database.query("SELECT lost FROM metrics")


def test_what_a_database_does_not_have_is_refused(corpus_database: Path, tmp_path: Path) -> None:
    database = minutesminer.Database(corpus_database)
    with pytest.raises(UsageError, match="no table or view 'figures'"):
        database.frame("figures")
    with pytest.raises(UsageError, match="items cannot be restricted by council"):
        database.frame("items", council="Harnwick")
    with pytest.raises(UsageError, match="there is no database"):
        minutesminer.Database(tmp_path / "lost.db")
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(NotOurDatabase, match="minutesminer did not make"):
        minutesminer.Database(tmp_path / "other.db")
