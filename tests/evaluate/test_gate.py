"""The quality gate: what it stops, what it lets pass, and the recorded floors themselves."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest

from minutesminer.evaluate import Scores, Tally, load_gold, score
from minutesminer.evaluate.gate import (
    FloorsError,
    check,
    check_history,
    corpus_sha256,
    floors_of,
    load_floors,
    pin_floors,
)
from minutesminer.evaluate.mined import mine_files

DAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "corpus" / "floors.json"


def scores(found: int = 8, missed: int = 2, measure: float = 0.87654) -> Scores:
    tally = Tally(found, missed, 0)
    return Scores(classes={"metrics": tally}, kinds={"count": tally}, slots={"metrics": {"measure": measure}})


def test_floors_are_cut_to_three_digits_and_never_above_the_score() -> None:
    assert floors_of(scores(found=2, missed=1)) == {
        "metrics.precision": 1.0,
        "metrics.recall": 0.666,
        "metrics.f1": 0.8,
        "kind.count.f1": 0.8,
        "slot.metrics.measure": 0.876,
    }


def test_the_scores_that_were_pinned_pass_and_better_ones_too(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    history = load_floors(path)["corpus"]
    assert check(scores(), history, "abc") == []
    assert check(scores(found=9, missed=1), history, "abc") == []


def test_each_score_below_its_floor_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    assert check(scores(found=7, missed=3, measure=0.5), load_floors(path)["corpus"], "abc") == [
        "metrics.recall: 0.700 is below the floor 0.800",
        "metrics.f1: 0.823 is below the floor 0.888",
        "kind.count.f1: 0.823 is below the floor 0.888",
        "slot.metrics.measure: 0.500 is below the floor 0.876",
    ]


def test_a_class_that_is_no_longer_scored_fails(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", Scores(kinds={"count": Tally(1)}), "abc", today=DAY)
    assert check(Scores(), load_floors(path)["corpus"], "abc") == [
        "kind.count.f1: nothing to score any more; the floor is 1.000"
    ]


def test_a_changed_corpus_fails_until_it_is_pinned_again(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    changed = "the corpus or its gold changed since its floors were pinned; pin again with --pin"
    assert check(scores(), load_floors(path)["corpus"], "def") == [changed]
    pin_floors(path, "corpus", scores(found=1), "def", today=DAY)
    assert check(scores(found=1), load_floors(path)["corpus"], "def") == []


def test_a_corpus_without_floors_fails() -> None:
    assert check(scores(), [], "abc") == ["no floors are pinned for this corpus; pin them with --pin"]


def test_floors_are_lowered_only_with_a_reason_and_the_history_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    before = path.read_text(encoding="utf-8")
    with pytest.raises(FloorsError, match=r"would lower metrics\.recall, .*; say why with --reason"):
        pin_floors(path, "corpus", scores(found=7, missed=3), "abc", today=DAY)
    assert path.read_text(encoding="utf-8") == before
    pin_floors(path, "corpus", scores(found=7, missed=3), "abc", reason="ages are measures now", today=DAY)
    history = load_floors(path)["corpus"]
    assert [(pin.reason, pin.floors["metrics.recall"]) for pin in history] == [
        ("", 0.8),
        ("ages are measures now", 0.7),
    ]
    assert check_history(history) == []


def test_a_floor_edited_by_hand_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["corpus"][0]["floors"]["metrics.recall"] = 0.1
    path.write_text(json.dumps(data), encoding="utf-8")
    edited = "pin 1 of 2026-11-21 was edited by hand; restore it and use --pin"
    assert check(scores(), load_floors(path)["corpus"], "abc") == [edited]
    with pytest.raises(FloorsError, match="edited by hand"):
        pin_floors(path, "corpus", scores(), "abc", today=DAY)


def test_a_pin_taken_out_of_the_history_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin_floors(path, "corpus", scores(), "abc", today=DAY)
    pin_floors(path, "corpus", scores(found=7, missed=3), "abc", reason="stricter gold", today=DAY)
    history = load_floors(path)["corpus"]
    assert check_history(history[1:]) == ["pin 1 of 2026-11-21 was edited by hand; restore it and use --pin"]
    without_reason = dataclasses.replace(history[1], reason="")
    assert check_history([history[0], without_reason]) == [
        "pin 2 of 2026-11-21 was edited by hand; restore it and use --pin",
        "pin 2 of 2026-11-21 lowers metrics.recall, metrics.f1, kind.count.f1 without a reason",
    ]


def test_what_is_not_a_floors_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"corpus": [{"floor": 1}]}', encoding="utf-8")
    with pytest.raises(FloorsError, match="not a floors file"):
        load_floors(path)


def test_the_corpus_digest_sees_names_and_bytes_but_not_the_floors(tmp_path: Path) -> None:
    def digest(**files: str) -> str:
        for old in tmp_path.iterdir():
            old.unlink()
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return corpus_sha256([tmp_path])

    base = digest(a="one", b="two")
    assert digest(a="one", b="two", **{"floors.json": "{}", ".hidden": "x"}) == base
    assert len({base, digest(a="one", b="TWO"), digest(a="one", c="two"), digest(a="onebtwo"), digest(a="one")}) == 5


def run_gate(name: str, gold: Path, files: Path) -> list[str]:
    documents = load_gold(gold)
    return check(
        score(documents, mine_files(documents, files)),
        load_floors(FLOORS).get(name, []),
        corpus_sha256([gold, files]),
    )


def test_the_packaged_corpus_scores_at_least_its_floors() -> None:
    assert run_gate("corpus", ROOT / "corpus", ROOT / "corpus") == []


@pytest.mark.parametrize("letter", ["a", "b"])
def test_the_held_out_minutes_score_at_least_their_floors(letter: str) -> None:
    folder = ROOT / "tests" / "held_out" / letter
    assert run_gate(f"held_out_{letter}", folder, folder) == []


@pytest.mark.parametrize(("gold", "files"), [("gold", "seeds"), ("gold_fixtures", "fixtures")])
def test_the_real_documents_score_at_least_their_floors(shared: Path, gold: str, files: str) -> None:
    assert run_gate(gold, shared / gold, shared / files) == []
