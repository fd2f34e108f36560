"""Gold files: what is read, what is refused and how it is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minutesminer.evaluate import GoldError, load_gold

METRIC = {"quote": "95%", "sentence": "It was 95%.", "kind": "percentage", "value": 95}


def write(folder: Path, name: str = "one.json", **content: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps({"document": "minutes.txt", **content}), encoding="utf-8")
    return path


def test_slots_left_out_are_null_and_closed_ones_take_the_guidelines_default(tmp_path: Path) -> None:
    gold = load_gold(write(tmp_path, metrics=[METRIC]))
    assert [record.slots for record in gold[0].records["metrics"]] == [
        {
            "kind": "percentage",
            "value": 95,
            "value_max": None,
            "unit": None,
            "comparator": "=",
            "base": None,
            "measure": None,
            "role": "actual",
            "direction": None,
            "period": None,
        }
    ]


def test_planned_actions_are_optional_whatever_the_file_says(tmp_path: Path) -> None:
    actions = [
        {"quote": "would be launching", "sentence": "x", "strength": "planned"},
        {"quote": "undertook", "sentence": "x", "strength": "undertaken"},
        {"quote": "noted", "sentence": "x", "optional": True},
    ]
    gold = load_gold(write(tmp_path, actions=actions))
    assert [(record.quote, record.optional) for record in gold[0].records["actions"]] == [
        ("would be launching", True),
        ("undertook", False),
        ("noted", True),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"metric": []}, "unknown key 'metric'"),
        ({"metrics": [{**METRIC, "kind": "share"}]}, r"metrics\[0\]: kind is 'share'"),
        ({"metrics": [{**METRIC, "role": "goal"}]}, r"metrics\[0\]: role is 'goal'"),
        ({"metrics": [{**METRIC, "value": "95"}]}, r"metrics\[0\]: value is '95'; it must be a number"),
        ({"metrics": [{**METRIC, "value": None}]}, r"metrics\[0\]: value is None; it must be a number"),
        ({"metrics": [METRIC, {**METRIC, "quote": " "}]}, r"metrics\[1\]: 'quote' must be text"),
        ({"metrics": [{**METRIC, "colour": "red"}]}, r"metrics\[0\]: unknown key 'colour'"),
        ({"metrics": [{**METRIC, "optional": "yes"}]}, "'optional' must be true or false"),
        (
            {"resolutions": [{"quote": "x", "sentence": "x", "decision": "resolve"}]},
            r"resolutions\[0\]: decision is 'resolve'",
        ),
        ({"items": [{"name": "Budget"}]}, "an item: unknown key 'name'"),
    ],
)
def test_what_the_guideline_does_not_know_is_refused_with_file_and_record(
    tmp_path: Path, content: dict[str, Any], message: str
) -> None:
    path = write(tmp_path, **content)
    with pytest.raises(GoldError, match=message) as caught:
        load_gold(path)
    assert str(path) in str(caught.value)


def test_a_folder_gives_the_files_of_its_gold_folders_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b" / "gold", document="b.txt")
    write(tmp_path / "a" / "gold", document="a.txt")
    write(tmp_path / "a", "floors.json", document="not gold")
    write(tmp_path / "a", "other.json", document="not gold either")
    assert [document.document for document in load_gold(tmp_path)] == ["a.txt", "b.txt"]


def test_two_files_about_one_document_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "one.json")
    write(tmp_path, "two.json")
    with pytest.raises(GoldError, match=r"two\.json: 'minutes\.txt' is annotated in .*one\.json already"):
        load_gold(tmp_path)


def test_a_folder_without_gold_says_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold file here"):
        load_gold(tmp_path)
