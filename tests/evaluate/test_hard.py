"""Hard sentences: how a case is judged, and the floor for those that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minutesminer.evaluate.gold import GoldError
from minutesminer.evaluate.hard import as_json, judge, load_cases, main, verdict
from minutesminer.models import Action, ItemRecords, Metric

HARD = Path(__file__).resolve().parents[1] / "hard"
FLOOR = 0.90
PASSES = {"a": 0.85, "b": 0.68}
TEXT = "Absence fell from 9% to 7%."
SEVEN = {"quote": "7%", "kind": "percentage", "value": 7, "slots": {"role": "actual", "measure": "the absence"}}
NINE = {"quote": "9%", "slots": {"kind": "percentage", "value": 9}}
CASE = {"id": "m1", "class": "metrics", "construction": "from and to", "text": TEXT, "must": [SEVEN, NINE]}


def load(tmp_path: Path, *cases: dict[str, Any]) -> Any:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return load_cases(path)


def figure(quote: str, text: str = TEXT, **slots: Any) -> Metric:
    start = text.index(quote)
    stated = {"kind": "percentage", "value": float(quote[:-1]), "measure": "Absence", **slots}
    return Metric(quote=quote, sentence=text, start_char=start, end_char=start + len(quote), rule="r", **stated)


def plan(text: str = TEXT) -> Action:
    strength: Any = "planned"
    return Action(quote=text, sentence=text, start_char=0, end_char=len(text), rule="p", strength=strength)


def test_a_case_passes_where_all_that_must_comes_out_and_nothing_else(tmp_path: Path) -> None:
    (case,) = load(tmp_path, CASE)
    judged = verdict(case, ItemRecords(metrics=[figure("9%"), figure("7%")]))
    assert (judged.failures, judged.passed, judged.tally.found) == ([], True, 2)


@pytest.mark.parametrize(
    ("changes", "records", "failures"),
    [
        ({}, ItemRecords(metrics=[figure("7%")]), ["missed metrics: '9%'"]),
        (
            {},
            ItemRecords(metrics=[figure("9%"), figure("7%", role="target")]),
            ["role of '7%' is 'target', not 'actual'"],
        ),
        ({"must": [SEVEN]}, ItemRecords(metrics=[figure("9%"), figure("7%")]), ["spurious metrics: '9%' by r"]),
        ({"must": [SEVEN], "optional": [NINE]}, ItemRecords(metrics=[figure("9%"), figure("7%")]), []),
        (
            {"class": "follow_ups", "must": [], "must_not": [{"class": "metrics", "quote": "9%"}]},
            ItemRecords(metrics=[figure("9%"), figure("7%")]),
            ["must not be metrics: '9%' by r"],
        ),
        (
            {"class": "follow_ups", "must": [], "must_not": [{"class": "metrics", "quote": None}]},
            ItemRecords(metrics=[figure("9%"), figure("7%")]),
            ["must not be metrics: '9%' by r", "must not be metrics: '7%' by r"],
        ),
        ({"class": "follow_ups", "must": []}, ItemRecords(metrics=[figure("9%")]), []),
        (
            {"class": "follow_ups", "must": [], "complete": True},
            ItemRecords(metrics=[figure("9%")]),
            ["spurious metrics: '9%' by r"],
        ),
        ({"class": "actions", "must": []}, ItemRecords(actions=[plan()]), []),
        (
            {"class": "actions", "must": [], "complete": True},
            ItemRecords(actions=[plan()]),
            [f"spurious actions: {TEXT!r} by p"],
        ),
    ],
)
def test_what_a_case_fails_by(
    tmp_path: Path, changes: dict[str, Any], records: ItemRecords, failures: list[str]
) -> None:
    (case,) = load(tmp_path, {**CASE, **changes})
    assert verdict(case, records).failures == failures


def test_the_context_before_a_sentence_is_read_and_not_judged(tmp_path: Path) -> None:
    (case,) = load(tmp_path, {**CASE, "context": "It was 12% in May."})
    whole = f"It was 12% in May.\n{TEXT}"
    found = [figure("12%", whole), figure("9%", whole), figure("7%", whole)]
    assert (case.text, verdict(case, ItemRecords(metrics=found)).failures) == (whole, [])


def test_shares_are_counted_by_class_and_construction(tmp_path: Path) -> None:
    wrong = {**CASE, "id": "m2", "construction": "lists", "must": [SEVEN]}
    verdicts = judge(load(tmp_path, CASE, wrong))
    assert as_json(verdicts) == {
        "all": {"cases": 2, "passed": 1, "share": 0.5, "f1": 0.8571},
        "classes": {"metrics": {"cases": 2, "passed": 1, "share": 0.5, "f1": 0.8571}},
        "constructions": {
            "metrics: from and to": {"cases": 1, "passed": 1, "share": 1.0, "f1": 1.0},
            "metrics: lists": {"cases": 1, "passed": 0, "share": 0.0, "f1": 0.6667},
        },
        "failed": ["m2"],
    }


def test_the_command_lists_what_fails_and_says_so_by_its_exit_code(tmp_path: Path) -> None:
    load(tmp_path, CASE, {**CASE, "id": "m2", "must": [SEVEN]})
    path = str(tmp_path / "cases.json")
    done = CliRunner().invoke(main, [path, "--show"])
    assert (done.exit_code, "  spurious metrics: '9%' by " in done.stdout) == (0, True)
    assert [CliRunner().invoke(main, [path, "--passes", share]).exit_code for share in ("0.5", "0.6")] == [0, 1]
    assert [CliRunner().invoke(main, [path, "--floor", f1]).exit_code for f1 in ("0.85", "0.86")] == [0, 1]


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ({"class": "metrics", "text": TEXT, "construction": "x"}, "every case is an object with an id"),
        ({**CASE, "class": "metric"}, "class is 'metric'; it can be metrics, resolutions, actions, follow_ups"),
        ({**CASE, "texts": TEXT}, "unknown key 'texts'"),
        ({**CASE, "must": [{**SEVEN, "quote": "17%"}]}, "the quote '17%' is not in its text"),
        ({**CASE, "must": [{**SEVEN, "roles": "target"}]}, "unknown key 'roles'"),
    ],
)
def test_a_case_that_breaks_the_format_is_refused(tmp_path: Path, case: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError, match=message):
        load(tmp_path, case)


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="the id 'm1' is given twice"):
        load(tmp_path, CASE, CASE)


@pytest.mark.parametrize(("name", "passes"), PASSES.items())
def test_the_kept_hard_sentences_stay_above_their_floors(name: str, passes: float) -> None:
    verdicts = judge(load_cases(HARD / f"{name}.json"))
    scores = as_json(verdicts)["all"]
    assert scores["f1"] >= FLOOR
    assert scores["share"] >= passes, [one.case.id for one in verdicts if not one.passed]
