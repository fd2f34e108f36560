"""Scores by set and by council, and the command's ways of asking for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import minutesminer.evaluate.sets as sets
from minutesminer.cli import main
from minutesminer.evaluate.scores import Tally, by_group, score
from minutesminer.evaluate.sets import GoldSet, scores_by_council

EIGHTEEN = "The vacancy rate was 18% in May."
HALF = "The vacancy rate was half."


def write(folder: Path, name: str, sentence: str, council: str | None) -> None:
    """One document with gold of one percentage, which only `EIGHTEEN` lets be found."""
    (folder / "gold").mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"Staffing\n\nMinutes:\n\n{sentence}\n", encoding="utf-8")
    quote = sentence.split()[4].rstrip(".")
    metric = {"quote": quote, "sentence": sentence, "kind": "percentage", "value": 18 if quote == "18%" else 50}
    gold = {"document": f"{name}.txt", "council": council, "metrics": [metric]}
    (folder / "gold" / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "one", EIGHTEEN, "Northmere")
    write(tmp_path, "two", HALF, "Northmere")
    write(tmp_path, "three", EIGHTEEN, None)
    return tmp_path


def metrics(groups: dict[str, dict[str, Tally]]) -> dict[str, tuple[int, int]]:
    return {name: (tallies["metrics"].found, tallies["metrics"].missed) for name, tallies in groups.items()}


def test_documents_are_grouped_by_council_and_stand_alone_where_they_state_none(folder: Path) -> None:
    found = scores_by_council([GoldSet("mine", folder / "gold", folder)])
    assert metrics(found["mine"]) == {"": (2, 1), "Northmere": (1, 1), "three": (1, 0)}


def test_tallies_of_a_group_add_up(build) -> None:
    documents = [build.document(build.gold("metrics", "18", "18", value=18), name=name) for name in ("a", "b", "c")]
    grouped = by_group(score(documents, {}), {"a": "x", "b": "y", "c": "x"})
    assert {name: tallies["metrics"] for name, tallies in grouped.items()} == {"x": Tally(0, 2, 0), "y": Tally(0, 1, 0)}


def test_the_table_of_all_sets_holds_scores_and_no_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "packaged_sets", lambda: [GoldSet("mine", folder / "gold", folder)])
    monkeypatch.setattr(sets, "held_out_sets", list)
    monkeypatch.setattr(sets, "shared_sets", list)
    said = CliRunner().invoke(sets.main, []).stdout.splitlines()
    assert said[0] == "F1 by set and council"
    assert [line.split()[:4] for line in said[2:]] == [
        ["mine", "0.800", "of", "3"],
        ["Northmere", "0.667", "of", "2"],
        ["three", "1.000", "of", "1"],
    ]


def test_the_sets_of_a_checkout_are_found() -> None:
    assert [one.name for one in sets.packaged_sets()] == [
        "corpus/adults_and_place",
        "corpus/children",
        "corpus/follow_through",
    ]
    assert [one.name for one in sets.held_out_sets()] == [f"held_out/{letter}" for letter in "abcdefghijk"]


def evaluate(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", str(folder), "--files", str(folder), *options])


def test_the_command_scores_by_council(folder: Path) -> None:
    told: dict[str, Any] = json.loads(evaluate(folder, "--by", "council", "--json").stdout)
    assert {name: entry["metrics"]["f1"] for name, entry in told["councils"].items()} == {
        "Northmere": 0.6667,
        "three": 1.0,
    }
    shown = [line.split()[:4] for line in evaluate(folder, "--by", "council").stdout.splitlines()[2:]]
    assert shown == [["all", "0.800", "of", "3"], ["Northmere", "0.667", "of", "2"], ["three", "1.000", "of", "1"]]


def test_the_command_calibrates_the_probes_with_gold(folder: Path) -> None:
    told = json.loads(evaluate(folder, "--probe", "--json").stdout)
    assert told["classes"]["metrics"] == {
        "hits": 2,
        "covered": 2,
        "explained": 0,
        "uncovered": 0,
        "missed": 0,
        "alarm": 0.0,
    }
    assert told["unfound"]["metrics"] == {"every": 1, "uncovered": 0, "explained": 0}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "only --probe needs none"),
        (["--probe", "--files", "."], "only --probe needs none"),
        (["--csv"], "--csv goes with --probe"),
        (["--probe", "--csv", "--json"], "--csv goes with --probe"),
        (["--probe", "--slots"], "are for scores"),
        (["--probe", "--by", "council"], "are for scores"),
    ],
)
def test_options_that_do_not_go_together_are_bad_usage(words: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["evaluate", *words])
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_database_is_probed_without_gold(tmp_path: Path, folder: Path) -> None:
    db = str(tmp_path / "m.db")
    CliRunner().invoke(main, ["run", str(folder / "one.txt"), "--db", db])
    listed = CliRunner().invoke(main, ["evaluate", "--probe", "--db", db, "--csv"])
    assert listed.stdout.splitlines() == [
        "class,probe,words,sentence,council,committee,date,document,item_id,missed",
    ]
    assert "  metrics              1          1" in CliRunner().invoke(main, ["evaluate", "--probe", "--db", db]).stdout
