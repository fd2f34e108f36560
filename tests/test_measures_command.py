"""`minutesminer measures`: the catalogue listed, a wording tried, and what the catalogue might have next."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import trend_database as story
from click.testing import CliRunner, Result

from minutesminer.cli import main

FIELDS = (
    *("id", "label", "theme", "unit", "polarity", "names", "identifier", "identifier_source"),
    *("figures", "councils", "first_date", "last_date"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures")
    story.build(folder / "m.db", story.patterns(folder))
    return folder


@pytest.fixture(autouse=True)
def beside_the_database(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built)


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["measures", *words])


def rows(*words: str) -> list[dict[str, object]]:
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    listed: list[dict[str, object]] = json.loads(done.stdout)
    return listed


def test_the_catalogue_is_listed_with_the_figures_of_each_measure() -> None:
    counted = ("figures", "councils", "first_date", "last_date")
    listed = rows("list", "--patterns", ".", "--db", "m.db")
    assert [(row["id"], *(row[name] for name in counted)) for row in listed] == [
        ("recycling-centres", 1, 1, None, None),
        ("recycling-rate", 8, 2, "2023-05-02", "2024-09-03"),
        ("repair-time", 0, 0, None, None),
    ]
    assert tuple(listed[0]) == FIELDS
    assert listed[1]["names"] == "recycling rate; waste recycled at home"


def test_without_a_database_the_figures_are_left_open() -> None:
    (row,) = rows("list", "repair time", "--patterns", ".", "--db", "none.db")
    assert (row["id"], row["figures"], row["councils"]) == ("repair-time", None, None)


def test_words_and_theme_choose_among_the_measures() -> None:
    assert [row["id"] for row in rows("list", "care", "leavers", "EET", "--db", "none.db")][0] == "care-leavers-eet"
    themes = {row["theme"] for row in rows("list", "--theme", "planning", "--db", "none.db")}
    assert themes == {"planning"}
    wrong = call("list", "--theme", "plans", "--patterns", ".", "--db", "none.db")
    assert (wrong.exit_code, wrong.stderr) == (2, "Error: no theme is called 'plans'; themes are environment\n")


def test_csv_has_every_field_and_the_table_fewer() -> None:
    done = call("list", "--patterns", ".", "--db", "m.db", "--csv")
    read = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["id"] for row in read] == ["recycling-centres", "recycling-rate", "repair-time"]
    assert tuple(read[0]) == FIELDS
    table = call("list", "--patterns", ".", "--db", "m.db").stdout
    assert ("polarity" in table, "names" in table) == (True, False)


def test_one_measure_is_shown_or_the_doubt_is_told() -> None:
    assert [row["id"] for row in rows("show", "recycling", "rate", "--db", "m.db")] == ["recycling-rate"]
    doubt = call("show", "recycling", "--patterns", ".", "--db", "m.db")
    assert doubt.exit_code == 2
    assert doubt.stderr == (
        "Error: 'recycling' may mean several measures; name one of them by its id:\n"
        "  recycling-rate: Household waste recycled\n  recycling-centres: Recycling centres open\n"
    )


def test_a_wording_is_explained() -> None:
    told = rows("explain", "FOIs", "answered", "within", "20", "days", "--kind", "percentage", "--limit", "1")
    assert told == [
        {
            "id": "foi-on-time",
            "label": "Freedom of Information requests answered on time",
            "unit": "%",
            "score": 100.0,
            "outcome": "joined",
            "words": "freedom of information; on time; 20day",
        }
    ]


def test_frequent_wordings_without_a_measure_are_suggested() -> None:
    listed = rows("suggest", "--least", "1", "--patterns", ".", "--db", "m.db")
    assert [(row["wording"], row["kind"], row["figures"], row["councils"], row["nearest"]) for row in listed] == [
        ("garages that stood vacant", "percentage", 1, 1, None),
        ("vacant garages", "count", 1, 1, None),
    ]
    assert listed[1]["sentence"] == "There were 12 vacant garages; 9% of garages stood vacant."
    assert rows("suggest", "--least", "2", "--patterns", ".", "--db", "m.db") == []
    assert len(rows("suggest", "--least", "1", "--limit", "1", "--patterns", ".", "--db", "m.db")) == 1
