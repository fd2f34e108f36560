"""Scores and differences as people and programs read them."""

from __future__ import annotations

import json

from minutesminer.evaluate import Scores, Tally, differences
from minutesminer.evaluate.report import as_json, as_text, differences_as_json, differences_as_text

SCORES = Scores(
    classes={
        "metrics": Tally(3, 1, 0),
        "resolutions": Tally(),
        "actions": Tally(0, 0, 2),
        "follow_ups": Tally(0, 2, 0),
    },
    kinds={"count": Tally(3, 1, 0)},
    slots={"metrics": {"measure": 0.5}},
    documents={
        "one.txt": {
            "metrics": Tally(3, 1, 0),
            "resolutions": Tally(),
            "actions": Tally(),
            "follow_ups": Tally(),
        }
    },
    unlocated=[("one.txt", "metrics", "95%"), ("two.txt", "metrics", "9%")],
    absent=["two.txt"],
)


def test_the_report_has_a_line_for_each_class_and_kind_in_columns() -> None:
    assert as_text(SCORES, slots=True) == (
        "By class\n"
        "                      P         R        F1     found    missed  spurious\n"
        "  metrics         1.000     0.750     0.857         3         1         0\n"
        "  resolutions         -         -         -         0         0         0\n"
        "  actions         0.000         -     0.000         0         0         2\n"
        "  follow_ups          -     0.000     0.000         0         2         0\n"
        "\n"
        "Metrics by kind\n"
        "                P         R        F1     found    missed  spurious\n"
        "  count     1.000     0.750     0.857         3         1         0\n"
        "\n"
        "Slots of matched metrics\n"
        "  measure        0.500\n"
        "\n"
        "Annotated documents that were not read:\n"
        "  two.txt\n"
        "\n"
        "Gold quotes that the text does not hold:\n"
        "  one.txt: metrics: 95%\n"
    )


def test_json_holds_the_same_scores() -> None:
    shares = {"precision": 1.0, "recall": 0.75, "f1": 0.8571, "found": 3, "missed": 1, "spurious": 0}
    data = json.loads(json.dumps(as_json(SCORES)))
    assert (data["kinds"], data["slots"], data["absent"]) == (
        {"count": shares},
        {"metrics": {"measure": 0.5}},
        ["two.txt"],
    )
    assert data["classes"]["resolutions"]["f1"] is None


def test_differences_show_missed_spurious_and_wrong_with_their_sentences(build) -> None:
    text = "Of six schools 90% were good."
    gold = build.document(
        build.gold("metrics", "six schools", text, kind="count", value=6),
        build.gold("metrics", "90%", text, kind="percentage", value=90, role="target"),
    )
    found = [
        build.found("metrics", text, "90%", kind="percentage", value=90.0),
        build.found("metrics", text, "Of", kind="score", value=1.5),
    ]
    result = differences([gold], [build.predicted(text, metrics=found)])
    assert differences_as_text(result, slots=True) == (
        "minutes.txt: metrics\n"
        "  - six schools  [count 6 actual]\n"
        f"      {text}\n"
        "  + Of  [score 1.5 actual]  by test\n"
        f"      {text}\n"
        "  ~ role 0.00  gold 'target'  found 'actual'\n"
        f"      90% | {text}\n"
    )
    assert differences_as_text(result, classes=["actions"]) == ""
    assert [entry["missing"][0]["quote"] for entry in differences_as_json(result)] == ["six schools"]


def test_a_class_whose_slots_alone_differ_is_silent_unless_slots_are_asked_for(build) -> None:
    text = "Of six schools 90% were good."
    gold = build.document(build.gold("metrics", "90%", text, kind="percentage", value=90, role="target"))
    found = [build.found("metrics", text, "90%", kind="percentage", value=90.0)]
    assert differences_as_text(differences([gold], [build.predicted(text, metrics=found)])) == ""
