"""An invented database of twenty thousand figures: sound, the same every time, and read through its indexes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutesminer.evaluate import bench_explore
from minutesminer.evaluate.many_figures import Size
from minutesminer.store import open_database
from minutesminer.store.verify import verify

SIZE = Size(figures=20_000, councils=4, committees=5, years=10, resolutions=400, requests=100)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "invented.db"
    bench_explore.make(path, SIZE)
    return path


def plan(path: Path, query: str) -> list[str]:
    """How SQLite reads the table with the rows, and whether it sorts: the steps that are not look-ups by key."""
    with open_database(path) as db:
        steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    by_key = ("sqlite_autoindex", "CORRELATED SCALAR SUBQUERY")  # what the second looks up is a step of its own
    return [step for step in steps if not any(words in step for words in by_key)]


def test_it_is_sound_and_of_the_size_that_was_asked_for(invented: Path) -> None:
    with open_database(invented) as db:
        assert [check for check in verify(db) if check.wrong] == []
        counted = ("metrics", "series", "councils", "committees", "meetings", "items", "resolutions", "threads")
        assert [db.table(table).count for table in counted] == [20_000, 20_000, 4, 20, 800, 2400, 400, 100]
        mapped, measures = db.execute("select count(measure_id), count(distinct measure_id) from series").fetchone()
        assert 11_000 < mapped < 13_000
        assert measures > 50
        roles = [row[0] for row in db.execute("select role from series group by 1 order by count(*) desc")]
        assert sorted(roles) == ["actual", "benchmark", "change", "forecast", "previous", "target"]
        assert roles[0] == "actual"


def test_the_same_size_and_seed_give_the_same_rows(tmp_path: Path) -> None:
    def rows(path: Path) -> list[Any]:
        bench_explore.make(path, Size(figures=600, councils=2, committees=2, years=2, resolutions=10, requests=10))
        with open_database(path) as db:
            return [db.execute(f"select * from {table}").fetchall() for table in ("items", "metrics", "follow_ups")]

    assert rows(tmp_path / "one.db") == rows(tmp_path / "other.db")


TREND = "idx_series_measure_id_council_id_date_role_unit_value_period_start_period_end"
MISSED = "idx_against_target_missed"
NEWEST = "ORDER BY date DESC LIMIT 100"


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        (
            "SELECT * FROM trends WHERE measure_id = 'x' AND council_id IN ('AAA', 'AAB') AND date >= '2015'",
            [f"SEARCH series USING INDEX {TREND} (measure_id=? AND council_id=? AND date>?)"],
        ),
        (
            "SELECT date, role, value, unit, period_end FROM series "
            "WHERE measure_id = 'x' AND council_id IN ('AAA', 'AAB') AND date >= '2015'",
            [f"SEARCH series USING COVERING INDEX {TREND} (measure_id=? AND council_id=? AND date>?)"],
        ),
        (f"SELECT * FROM trends {NEWEST}", ["SCAN series USING INDEX idx_series_date"]),
        *(
            (
                f"SELECT * FROM trends WHERE {column} = 'x' {NEWEST}",
                [f"SEARCH series USING INDEX idx_series_{column}_date ({column}=?)"],
            )
            for column in ("measure_id", "council_id", "committee_id", "kind", "theme", "role")
        ),
        (
            f"SELECT * FROM series WHERE year = 2020 {NEWEST}",
            ["SEARCH series USING INDEX idx_series_year_date (year=?)"],
        ),
        (
            "SELECT * FROM measure_by_period WHERE measure_id = 'x'",
            ["SEARCH period_values USING INDEX idx_period_values_measure_id_period_type_period_label (measure_id=?)"],
        ),
        (
            f"SELECT * FROM missed_targets {NEWEST}",
            ["SEARCH against_target USING INDEX idx_against_target_missed_date (missed=?)"],
        ),
        *(
            (
                f"SELECT * FROM missed_targets WHERE {column} = 'x' {NEWEST}",
                [f"SEARCH against_target USING INDEX {MISSED}_{column}_date (missed=? AND {column}=?)"],
            )
            for column in ("measure_id", "theme", "council_id", "committee_id", "year")
        ),
        (
            "SELECT * FROM missed_targets ORDER BY shortfall DESC LIMIT 100",
            ["SEARCH against_target USING INDEX idx_against_target_missed_shortfall (missed=?)"],
        ),
        (
            "SELECT council_id, sum(figures) FROM figure_counts WHERE council_id > '' GROUP BY council_id",
            ["SEARCH figure_counts USING COVERING INDEX idx_figure_counts_council_id_figures (council_id>?)"],
        ),
    ],
)
def test_what_pages_ask_is_read_through_an_index_and_not_sorted(invented: Path, query: str, steps: list[str]) -> None:
    assert plan(invented, query) == steps


def test_the_trend_query_and_pages_are_timed(invented: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages.txt"
    pages.write_text("/minutes/series.json?_size=1\n", encoding="utf-8")
    done = CliRunner().invoke(bench_explore.main, ["--db", str(invented), "--pages", str(pages), "--no-limit"])
    assert (done.exit_code, done.exception) == (0, None)
    lines = done.stdout.splitlines()
    assert lines[0] == "20,000 figures"
    assert [line.split("   ")[-1].split(" (")[0] for line in (lines[2], lines[-1])] == [
        "trend of a measure and two councils since 2015",
        "/minutes/series.json?_size=1",
    ]
