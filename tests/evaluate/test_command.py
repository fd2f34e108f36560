"""`python -m minutesminer.evaluate`: files mined and scored, floors pinned and held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutesminer.evaluate.__main__ import main

SENTENCE = "The vacancy rate in the service was 18% in May."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One page of synthetic minutes with gold of one figure."""
    folder = tmp_path / "corpus"
    (folder / "gold").mkdir(parents=True)
    (folder / "one.txt").write_text(f"Staffing\n\nMinutes:\n\n{SENTENCE}\n\nThere was a debate.\n", "utf-8")
    metric = {"quote": "18%", "sentence": SENTENCE, "kind": "percentage", "value": 18, "unit": "%"}
    gold = {"document": "one.txt", "metrics": [metric]}
    (folder / "gold" / "one.json").write_text(json.dumps(gold), "utf-8")
    return folder


def evaluate(corpus: Path, *options: str) -> Result:
    return CliRunner().invoke(main, [str(corpus), str(corpus), *options])


def test_files_are_mined_and_scored(corpus: Path) -> None:
    result = evaluate(corpus, "--json")
    assert (result.exit_code, json.loads(result.stdout)["kinds"]["percentage"]["found"]) == (0, 1)


def test_pinned_floors_hold_until_the_corpus_changes(corpus: Path) -> None:
    floors = ("--floors", str(corpus / "floors.json"))
    without = evaluate(corpus, *floors)
    pinned = evaluate(corpus, *floors, "--pin")
    held = evaluate(corpus, *floors)
    (corpus / "one.txt").write_text("Minutes:\n\nNothing was said.\n", "utf-8")
    changed = evaluate(corpus, *floors)
    assert [result.exit_code for result in (without, pinned, held, changed)] == [1, 0, 0, 1]
    assert without.stderr == "gate: no floors are pinned for this corpus; pin them with --pin\n"
    assert "gate: the corpus or its gold changed" in changed.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [(("--pin",), "--pin needs --floors FILE"), (("--only", "x", "--floors", "f.json"), "leave --only out")],
)
def test_options_that_do_not_go_together_are_bad_usage(corpus: Path, options: tuple[str, ...], message: str) -> None:
    result = evaluate(corpus, *options)
    assert (result.exit_code, message in result.stderr) == (2, True)
