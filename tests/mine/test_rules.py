"""The rules' own rules, their examples, and that every row hangs on one rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import srsly

from minutesminer import mine, resources
from minutesminer.errors import RuleError
from minutesminer.mine.engine.examples import check_examples
from minutesminer.mine.engine.lexicon import load_lexicons
from minutesminer.mine.engine.rules import load_rules, unmark
from minutesminer.parse import parse

ENTRY = {
    "id": "metrics.test",
    "class": "metric",
    "kind": "count",
    "why": "A test.",
    "pattern": [{"LOWER": "six"}],
    "examples": {"positive": ["[six]{value=6}"], "negative": ["five"]},
}


def _folder(tmp_path: Path, *entries: dict) -> Path:
    (tmp_path / "metrics").mkdir()
    srsly.write_yaml(tmp_path / "metrics" / "test.yaml", list(entries))
    return tmp_path


def test_every_rule_does_what_its_examples_say():
    rules = load_rules(resources.folder("patterns"))
    assert [f"{f.rule}: {f.message}: {f.example}" for f in check_examples(rules)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown keys \\['colour'\\]"),
        ({"class": "metrics"}, "has class 'metrics'"),
        ({"examples": {"positive": ["six"], "negative": ["five"]}}, "positive example without marks"),
        ({"examples": {"positive": ["[six]{value=6}"], "negative": []}}, "needs examples, both positive and negative"),
        ({"examples": {"positive": ["[six]{value=6}"]}}, "needs examples, both positive and negative"),
        ({"pattern": []}, "needs a pattern"),
        ({"pattern": [{"LEMMA": "be"}]}, "has the token {'LEMMA': 'be'}"),
    ],
)
def test_a_broken_rule_is_refused_by_file_and_name(tmp_path, change, message):
    with pytest.raises(RuleError, match=message) as caught:
        load_rules(_folder(tmp_path, ENTRY | change))
    assert "metrics/test.yaml" in str(caught.value)
    assert "metrics.test" in str(caught.value)


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(RuleError, match="lacks \\['why'\\]"):
        load_rules(_folder(tmp_path, {key: value for key, value in ENTRY.items() if key != "why"}))


def test_an_id_is_used_once(tmp_path):
    with pytest.raises(RuleError, match="the id 'metrics.test' is also in"):
        load_rules(_folder(tmp_path, ENTRY, ENTRY))


def test_a_lexicon_that_includes_itself_is_refused(tmp_path):
    (tmp_path / "lexicons").mkdir()
    srsly.write_yaml(tmp_path / "lexicons" / "x.yaml", {"a": {"includes": ["b"]}, "b": {"includes": ["a"]}})
    with pytest.raises(RuleError, match="includes"):
        load_lexicons(tmp_path)


def test_marks_are_taken_off():
    text, marks = unmark('rose to [95%]{value=95 unit="per cent" base=null} by July')
    assert text == "rose to 95% by July"
    assert [(m.start, m.end, m.quote, m.slots) for m in marks] == [
        (8, 11, "95%", {"value": 95.0, "unit": "per cent", "base": None})
    ]


def _without(tmp_path: Path, rule: str) -> Path:
    """The packaged rules without one."""
    target = tmp_path / "patterns"
    shutil.copytree(resources.folder("patterns"), target)
    for path in target.rglob("*.yaml"):
        entries = srsly.read_yaml(path)
        if isinstance(entries, list) and any(isinstance(e, dict) and e.get("id") == rule for e in entries):
            srsly.write_yaml(path, [entry for entry in entries if entry["id"] != rule])
            return target
    raise AssertionError(f"there is no rule {rule}")


def _rows(patterns: Path | None) -> set[tuple]:
    nlp = mine.load(patterns)
    rows = set()
    folder = resources.folder("corpus")
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".html"}):
        document = parse(path.read_bytes(), path.name)
        for item, records in enumerate(mine.mine_document(nlp, document)):
            for kind in ("metrics", "resolutions", "actions", "follow_ups"):
                rows |= {(path.name, item, kind, r.start_char, r.end_char, r.rule) for r in getattr(records, kind)}
    return rows


@pytest.mark.parametrize(
    "rule",
    [
        "metrics.percentage.sign",
        "metrics.money.sign",
        "metrics.timescale.duration",
        "metrics.count.noun",
        "metrics.count.bare",
        "metrics.rate.per_number",
    ],
)
def test_removing_a_rule_removes_exactly_its_rows(tmp_path, rule):
    before = _rows(None)
    gone = {row for row in before if row[-1] == rule}
    assert gone
    assert before - _rows(_without(tmp_path, rule)) == gone
    # What another rule makes of words may come in the place of what is gone, and nothing else may come.
    places = {(document, item, class_, start, end) for document, item, class_, start, end, _ in gone}
    come = _rows(tmp_path / "patterns") - before
    assert [row for row in come if not any(_overlap(row, place) for place in places)] == []


def _overlap(row, place):
    return row[:3] == place[:3] and row[3] < place[4] and place[3] < row[4]
