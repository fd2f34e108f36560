"""The page that says how good the program is, printed from numbers that are kept, and the numbers themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutesminer.evaluate import how_good
from minutesminer.evaluate.how_good_page import page
from minutesminer.evaluate.scores import Tally
from minutesminer.evaluate.sets import GoldSet, held_out_sets, packaged_sets

DOCS = Path(__file__).parents[2] / "docs"
RECORDED: dict[str, Any] = json.loads((DOCS / "scores.json").read_text("utf-8"))
ADVICE = "measure again: make evaluate PIN=--pin"
STALE = 0.01
"""How far a recorded share may be above the present one."""


def shares(counts: dict[str, Any]) -> dict[str, float]:
    """Precision and recall of every class and kind, and the agreement of every slot."""
    found: dict[str, float] = {}
    for group in ("classes", "kinds"):
        for name, tally in counts[group].items():
            one = Tally(**tally)
            found |= {f"{name} precision": one.precision or 0.0, f"{name} recall": one.recall or 0.0}
    for class_, slots in counts["slots"].items():
        found |= {f"{class_}.{slot}": share for slot, share in slots.items()}
    return found


def test_the_page_is_what_the_recorded_numbers_print() -> None:
    assert (DOCS / "how-good.md").read_text("utf-8") == page(RECORDED), "run `make docs`"


@pytest.mark.parametrize("one", [*packaged_sets(), *held_out_sets()], ids=lambda one: one.name)
def test_the_recorded_numbers_are_reached_by_the_present_rules(one: GoldSet) -> None:
    recorded, present = shares(RECORDED["sets"][one.name]), shares(how_good.set_scores(one))
    astray = {
        name: (recorded.get(name), share) for name, share in present.items() if recorded.get(name, 0.0) > share + STALE
    }
    assert astray == {}, ADVICE


def test_the_recorded_mapping_of_wordings_is_reached() -> None:
    present = how_good.mappings()["files"]
    shares_of = {
        f"{name} {what}": [one["right"] / one[of] for one in (RECORDED["measures"]["files"][name], present[name])]
        for name in RECORDED["measures"]["files"]
        for what, of in (("precision", "joined"), ("recall", "measured"))
    }
    assert {name: pair for name, pair in shares_of.items() if pair[0] > pair[1] + STALE} == {}, ADVICE


def test_every_set_has_its_place_on_the_page() -> None:
    text = (DOCS / "how-good.md").read_text("utf-8")
    named = [name for name in RECORDED["sets"] if f"| `{name}`: " in text]
    assert named == list(RECORDED["sets"])


def test_what_is_not_at_hand_keeps_its_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sets = {"held_out_sets": [], "shared_sets": [], "packaged_sets": packaged_sets()[:1]}
    for name, given in sets.items():
        monkeypatch.setattr(how_good, name, lambda given=given: given)
    monkeypatch.setattr(how_good, "hard_sentences", dict)
    path = tmp_path / "scores.json"
    path.write_text(json.dumps({"sets": {"gold": RECORDED["sets"]["gold"]}}), encoding="utf-8")
    done = CliRunner().invoke(how_good.main, ["--record", str(path)])
    assert done.exit_code == 0, done.output
    kept = json.loads(path.read_text("utf-8"))
    assert list(kept["sets"]) == ["gold", packaged_sets()[0].name]
    assert kept["sets"]["gold"] == RECORDED["sets"]["gold"]
