"""Probes: loose patterns tried on their own examples, and what becomes of their hits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.evaluate.probe import ProbedItem, Unfound, items_from_db, probe_items, unfound_gold
from minutesminer.evaluate.probe_report import as_json, as_text, rows
from minutesminer.evaluate.probes import check_probes, load_probes
from minutesminer.models import Action, Document, FollowUp, Item, ItemRecords, Meeting, Metric, Resolution
from minutesminer.store import open_database, save

TEXT = (
    "On 3 May 2024 absence was 9% and 40 staff had left.\n"
    "The Director would circulate the list. Costs would rise.\n"
    "RESOLVED:\n"
    "1. That the report be noted."
)
PROBE = {
    "id": "probe.x",
    "class": "metric",
    "reach": "words",
    "regex": "cat",
    "why": "Cats.",
    "examples": {"positive": ["a [cat]"], "negative": ["a dog"]},
}


def span(quote: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "sentence": quote, "start_char": start, "end_char": start + len(quote), "rule": "r"}


def figure(quote: str, measure: str | None = None) -> Metric:
    return Metric(**span(quote), kind="percentage", value=9, measure=measure)


def limb() -> Resolution:
    return Resolution(**span("the report be noted"), decision="note")


def told(records: ItemRecords, text: str = TEXT) -> list[tuple[str, str, str]]:
    found = probe_items([ProbedItem(text, records)])
    return [(hit.class_, hit.words, hit.state) for hit in found.hits]


def test_every_probe_hits_what_its_examples_mark_and_nothing_else() -> None:
    probes = load_probes(resources.folder("patterns"))
    assert {probe.class_ for probe in probes} == {"metrics", "resolutions", "actions", "follow_ups"}
    assert check_probes(probes) == []


def test_an_example_that_is_not_hit_and_one_that_must_not_be_are_told(tmp_path: Path) -> None:
    (tmp_path / "probes").mkdir()
    wrong = {**PROBE, "examples": {"positive": ["a [dog]"], "negative": ["a cat"]}}
    (tmp_path / "probes" / "x.yaml").write_text(json.dumps([wrong]), encoding="utf-8")
    assert check_probes(load_probes(tmp_path)) == [
        "probes/x.yaml: probe.x: hits [] and not ['dog'] in 'a dog'",
        "probes/x.yaml: probe.x: must not hit, but hits ['cat'] in 'a cat'",
    ]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([PROBE, PROBE], "the id 'probe.x' is also in probes/x.yaml"),
        ([{**PROBE, "name": "x"}], "needs the keys class, examples, id, reach, regex, why, and no others"),
        ([{**PROBE, "class": "figure"}], "a class or a reach that there is not"),
        ([{**PROBE, "reach": "page"}], "a class or a reach that there is not"),
        ([{**PROBE, "regex": "("}], "a regex that cannot be read"),
        ([{**PROBE, "examples": {"positive": ["[cat]"], "negative": []}}], "both positive and negative"),
        (["cat"], "needs the keys"),
    ],
)
def test_a_broken_probe_is_refused_with_its_name(tmp_path: Path, entries: list[Any], message: str) -> None:
    (tmp_path / "probes").mkdir()
    (tmp_path / "probes" / "x.yaml").write_text(json.dumps(entries), encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        load_probes(tmp_path)


def test_hits_are_covered_by_records_and_explained_by_exclusions() -> None:
    records = ItemRecords(metrics=[figure("9%")], resolutions=[limb()])
    assert told(records) == [
        ("metrics", "3", "explained"),
        ("metrics", "2024", "explained"),
        ("metrics", "9%", "covered"),
        ("metrics", "40", "uncovered"),
        ("actions", "would circulate", "uncovered"),
        ("actions", "would rise", "uncovered"),
        ("resolutions", "RESOLVED", "covered"),
        ("metrics", "1", "explained"),
        ("resolutions", "1. That", "covered"),
        ("resolutions", "be noted", "covered"),
    ]


def test_a_number_of_what_a_figure_measures_is_explained() -> None:
    text = "Some 9% had two homes, and two had three."
    start = text.index("9%")
    nine = Metric(
        quote="9%",
        sentence=text,
        start_char=start,
        end_char=start + 2,
        rule="r",
        kind="percentage",
        value=9,
        measure="had two homes",
    )
    assert told(ItemRecords(metrics=[nine]), text) == [
        ("metrics", "9%", "covered"),
        ("metrics", "two", "explained"),
        ("metrics", "two", "explained"),
        ("metrics", "three", "uncovered"),
    ]


def test_words_that_carry_a_record_of_another_class_are_explained() -> None:
    promised = Action(**span("The Director would circulate the list"), strength="undertaken")
    asked = FollowUp(**span("Costs would rise"))
    found = told(ItemRecords(actions=[promised], follow_ups=[asked]))
    assert [entry for entry in found if entry[0] == "actions"] == [
        ("actions", "would circulate", "covered"),
        ("actions", "would rise", "explained"),
    ]


def test_a_number_hit_by_two_probes_is_one_hit_of_its_class() -> None:
    found = probe_items([ProbedItem("Some forty per cent replied.", ItemRecords())])
    assert [(hit.words, hit.probes) for hit in found.hits] == [
        ("forty per cent", ["probe.metric.percent", "probe.metric.number_word"])
    ]


def test_what_leads_up_to_a_list_is_covered_by_its_first_entry() -> None:
    text = "The Panel resolved to:\nnote the report\nThe Panel resolved to go home."
    start = text.index("note")
    note = Resolution(
        quote="note the report", sentence="", start_char=start, end_char=start + 15, rule="r", decision="note"
    )
    assert told(ItemRecords(resolutions=[note]), text) == [
        ("resolutions", "Panel resolved", "covered"),
        ("resolutions", "Panel resolved", "uncovered"),
    ]


def test_counts_and_the_alarm_by_class_and_by_probe() -> None:
    found = as_json(probe_items([ProbedItem(TEXT, ItemRecords(metrics=[figure("9%")]))]))
    assert found["classes"]["metrics"] == {
        "hits": 5,
        "covered": 1,
        "explained": 3,
        "uncovered": 1,
        "missed": 0,
        "alarm": 0.2,
    }
    assert found["probes"]["probe.action.modal"]["uncovered"] == 2
    assert found["classes"]["follow_ups"]["alarm"] is None


def test_gold_says_which_uncovered_hits_were_missed_and_which_gold_no_probe_sees(build) -> None:
    seen = build.gold("metrics", "40 staff", TEXT.split("\n")[0], value=40)
    unseen = build.gold("metrics", "absence", TEXT.split("\n")[0], value=1)
    ruled_out = build.gold("metrics", "2024", TEXT.split("\n")[0], value=2024)
    predicted = [build.predicted(TEXT, metrics=[build.found("metrics", TEXT, "9%", kind="percentage", value=9)])]
    items, unfound = unfound_gold([build.document(seen, unseen, ruled_out)], predicted)
    found = probe_items(items, None, unfound)
    none = Unfound()
    assert found.unfound == {"metrics": Unfound(3, 1, 1), "resolutions": none, "actions": none, "follow_ups": none}
    assert [(row["words"], row["missed"]) for row in rows(found) if row["class"] == "metrics"] == [("40", True)]
    assert "  metrics               3          1          1\n" in as_text(found)


def test_a_database_gives_its_items_with_records_and_place_but_not_superseded_ones(tmp_path: Path) -> None:
    def document(id_: str, text: str) -> Document:
        meeting = Meeting("Northmere Borough Council", "Audit Panel", "2024-05-07")
        return Document(id_, "minutes.txt", "text/plain", 1, meetings=[meeting], items=[Item(0, text)])

    with open_database(tmp_path / "m.db", write=True) as db:
        save(db, document("a" * 12, "Some 12 came."), [ItemRecords()], "rules")
        save(db, document("b" * 12, TEXT), [ItemRecords(metrics=[figure("9%")])], "rules")
    items = items_from_db(tmp_path / "m.db")
    assert [(item.text, item.committee, item.date, item.item_id) for item in items] == [
        (TEXT, "Audit Panel", "2024-05-07", f"{'b' * 12}.0")
    ]
    assert [record.quote for record in items[0].records.metrics] == ["9%"]
    assert "  40  (Audit Panel, 2024-05-07)\n" in as_text(probe_items(items), show=True)
