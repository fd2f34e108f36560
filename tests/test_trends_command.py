"""`minutesminer trends`: the series on the terminal, as files, and as charts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import trend_database as story
from click.testing import CliRunner, Result

from minutesminer.cli import main

CHOSEN = "Household waste recycled (recycling-rate)\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trends")
    story.build(folder / "m.db", story.patterns(folder))
    return folder


@pytest.fixture(autouse=True)
def beside_the_database(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built)


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["trends", "--db", "m.db", *words])


def test_a_series_is_a_table_with_value_role_place_and_sentence() -> None:
    done = call("recycling", "rate", "--council", "SOU", "--since", "2024")
    assert (done.exit_code, done.stderr) == (0, f"{CHOSEN}1 row\n")
    said = " ".join(done.stdout.replace("│", " ").split())
    assert "39% actual Southmere, County of Waste Panel 2024-09-03 The recycling rate is 39%." in said


def test_json_and_csv_have_the_same_rows() -> None:
    rows = json.loads(call("recycling rate", "--json").stdout)
    table = list(csv.DictReader(call("recycling rate", "--csv").stdout.splitlines()))
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows] == [
        {name: row[name] for name in rows[0]} for row in table
    ]
    assert [(row["council_id"], row["role"], row["figure"], bool(row["repeats"])) for row in rows] == [
        ("NOR", "actual", "40%", False),
        ("NOR", "target", "50%", False),
        ("NOR", "previous", "40%", True),
        ("NOR", "actual", "43%", False),
        ("NOR", "actual", "43%", True),
        ("SOU", "actual", "38%", False),
        ("SOU", "benchmark", "44%", False),
        ("SOU", "actual", "39%", False),
    ]


def test_distinct_leaves_out_what_was_said_before() -> None:
    rows = json.loads(call("recycling rate", "--json", "--distinct", "--council", "NOR", "--role", "actual").stdout)
    assert [(row["figure"], row["date"]) for row in rows] == [("40%", "2023-06-10"), ("43%", "2024-06-10")]


def test_by_period_councils_stand_side_by_side() -> None:
    table = list(csv.reader(call("recycling rate", "--by", "period", "--csv").stdout.splitlines()))
    assert [[row[2], row[4], row[8], row[9]] for row in table] == [
        ["period_label", "council_id", "figure", "statements"],
        ["2022-23", "NOR", "40%", "1"],
        ["2022-23", "SOU", "38%", "1"],
        ["2023-24", "NOR", "43%", "2"],
        ["2024", "SOU", "39%", "1"],
    ]
    assert "period label" in call("recycling rate", "--by", "period").stdout


def test_charts_are_written_beside_the_listing() -> None:
    done = call("recycling rate", "--chart", "waste.png", "--chart", "waste.SVG", "--json")
    assert len(json.loads(done.stdout)) == 8
    assert done.stderr == CHOSEN + "".join(
        f"6 figures drawn in {name}\n  not drawn: 2 said before of the same council and period\n"
        for name in ("waste.png", "waste.SVG")
    )
    assert Path("waste.png").read_bytes().startswith(b"\x89PNG")
    assert b"<title" in Path("waste.SVG").read_bytes()


def test_figures_of_no_measure_are_found_by_their_wording_and_it_is_said() -> None:
    done = call("vacant garages", "--json")
    assert done.stderr == "No measure of the catalogue has these words: these are figures that the minutes word so.\n"
    assert [(row["wording"], row["figure"]) for row in json.loads(done.stdout)] == [
        ("vacant garages", "12 garages"),
        ("garages that stood vacant", "9%"),
    ]
    assert call("vacant garages", "--wording").stderr == "2 rows\n"


def test_a_series_without_figures_is_no_failure() -> None:
    done = call("time to repair", "--csv")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["recycling"], "several measures have the words 'recycling'; name one of them:\n  recycling-rate: Household"),
        (["xyzzy"], "no measure and no wording of a figure has the words 'xyzzy'"),
        (["recycling rate", "--council", "XYZ"], "no council 'XYZ'"),
        (["recycling rate", "--since", "lately"], "'lately' is not a date"),
        (["recycling rate", "--chart", "waste.gif"], "ends in .png or .svg, not waste.gif"),
        (["recycling rate", "--chart", "nowhere/waste.png"], "nowhere/waste.png cannot be written"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_answered_is_said_with_exit_code_2(words: list[str], message: str) -> None:
    done = call(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
