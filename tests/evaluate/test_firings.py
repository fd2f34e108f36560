"""What each rule does on annotated minutes, and the listing that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import minutesminer.evaluate.sets as sets
from minutesminer.cli import main
from minutesminer.evaluate.firings import Use, use_of_rules
from minutesminer.evaluate.sets import GoldSet

SENTENCE = "The vacancy rate in the service was 18% in May 2024 and 21% in June."


@pytest.fixture
def one(tmp_path: Path) -> GoldSet:
    """A page with two percentages, of which gold has one, and a third that is optional."""
    (tmp_path / "gold").mkdir()
    text = f"Staffing\n\nMinutes:\n\n{SENTENCE}\n\nSome 5% had left.\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    right = {"quote": "18%", "sentence": SENTENCE, "kind": "percentage", "value": 18}
    either = {"quote": "5%", "sentence": "Some 5% had left.", "kind": "percentage", "value": 5, "optional": True}
    gold = {"document": "one.txt", "metrics": [right, either]}
    (tmp_path / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    return GoldSet("one", tmp_path / "gold", tmp_path)


def test_records_are_counted_by_rule_and_optional_ones_are_neither_right_nor_wrong(one: GoldSet) -> None:
    uses = use_of_rules([one])
    assert uses["metrics.percentage.sign"] == Use(matches=3, records=3, right=1, wrong=1)
    assert uses["metrics.percentage.sign"].precision == 0.5


def test_a_rule_that_only_guides_fires_by_its_matches_and_has_no_precision(one: GoldSet) -> None:
    use = use_of_rules([one])["exclusion.year"]
    assert (use.fired("exclusion"), use.fired("metric"), use.precision) == (1, 0, None)


def test_a_set_that_is_given_twice_counts_twice(one: GoldSet) -> None:
    assert use_of_rules([one, one])["metrics.percentage.sign"].records == 6


def test_rules_are_listed_with_what_they_do_and_unused_ones_apart(one: GoldSet, monkeypatch) -> None:
    monkeypatch.setattr(sets, "packaged_sets", lambda: [one])
    monkeypatch.setattr(sets, "held_out_sets", list)
    rows = {row["id"]: row for row in json.loads(CliRunner().invoke(main, ["rules", "list", "--json"]).stdout)}
    assert [rows["metrics.percentage.sign"][name] for name in ("fired", "precision")] == [3, 0.5]
    assert [rows["exclusion.year"][name] for name in ("fired", "precision")] == [1, None]
    assert [rows["metrics.money.sign"][name] for name in ("fired", "precision")] == [0, None]
    unused = {row["id"] for row in json.loads(CliRunner().invoke(main, ["rules", "list", "--unused", "--json"]).stdout)}
    assert unused == {name for name, row in rows.items() if row["fired"] == 0} - set(use_of_rules([one]))
    assert {"metrics.money.sign"} <= unused <= set(rows)


def test_every_rule_that_gave_a_record_on_the_packaged_minutes_is_a_rule(monkeypatch) -> None:
    monkeypatch.setattr(sets, "held_out_sets", list)
    rows = json.loads(CliRunner().invoke(main, ["rules", "list", "--json"]).stdout)
    uses = use_of_rules(sets.packaged_sets())
    assert set(uses) - {row["id"] for row in rows} == set()
    assert sum(use.records for use in uses.values()) == sum(
        row["fired"] for row in rows if row["class"] in ("metric", "resolution", "action", "follow_up")
    )
