"""Scoring: what matches, what counts, and how slots agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.evaluate import Tally, differences, load_gold, predictions_from_mining, score
from minutesminer.evaluate.gold import CLASSES
from minutesminer.evaluate.places import bones_of, locate
from minutesminer.evaluate.slots import agreement, word_f1
from minutesminer.models import Document, Item, ItemRecords

TEXT = "In May 95% of six schools were good, against a target of 97%. The report was noted."
SENTENCE = "In May 95% of six schools were good, against a target of 97%."


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.found, tally.missed, tally.spurious


def test_a_metric_matches_only_with_its_kind_and_value(build) -> None:
    gold = build.document(
        build.gold("metrics", "95%", SENTENCE, kind="percentage", value=95),
        build.gold("metrics", "six schools", SENTENCE, kind="count", value=6),
        build.gold("metrics", "97%", SENTENCE, kind="percentage", value=97),
    )
    found = [
        build.found("metrics", TEXT, "95% of six", kind="percentage", value=95.0),
        build.found("metrics", TEXT, "six", kind="rate", value=6),
        build.found("metrics", TEXT, "97%", kind="percentage", value=9.7),
    ]
    scores = score([gold], [build.predicted(TEXT, metrics=found)])
    assert counts(scores.classes["metrics"]) == (1, 2, 2)
    assert {kind: counts(tally) for kind, tally in scores.kinds.items()} == {
        "count": (0, 1, 0),
        "percentage": (1, 1, 1),
        "rate": (0, 0, 1),
    }
    assert (scores.classes["metrics"].precision, scores.classes["metrics"].recall) == (1 / 3, 1 / 3)


def test_half_of_the_shorter_quotes_words_is_enough_and_less_is_not(build) -> None:
    text = "That officers bring back a report on the roads of the borough in June."
    gold = build.document(build.gold("actions", "officers bring back a report", text))
    enough = build.found("actions", text, "a report on the")
    too_little = build.found("actions", text, "report on the")
    assert counts(score([gold], [build.predicted(text, actions=[enough])]).classes["actions"]) == (1, 0, 0)
    assert counts(score([gold], [build.predicted(text, actions=[too_little])]).classes["actions"]) == (
        0,
        1,
        1,
    )


def test_each_gold_record_is_matched_once(build) -> None:
    gold = build.document(build.gold("actions", "The report was noted", "The report was noted."))
    found = [build.found("actions", TEXT, "The report"), build.found("actions", TEXT, "was noted")]
    assert counts(score([gold], [build.predicted(TEXT, actions=found)]).classes["actions"]) == (1, 0, 1)


def test_optional_gold_and_what_matches_it_count_nowhere(build) -> None:
    gold = build.document(
        build.gold("metrics", "95%", SENTENCE, kind="percentage", value=95, optional=True),
        build.gold("metrics", "six schools", SENTENCE, kind="count", value=6, optional=True),
    )
    found = [build.found("metrics", TEXT, "95%", kind="percentage", value=95)]
    scores = score([gold], [build.predicted(TEXT, metrics=found)])
    assert counts(scores.classes["metrics"]) == (0, 0, 0)
    assert scores.classes["metrics"].f1 is None


def test_gold_that_counts_is_served_before_optional_gold(build) -> None:
    gold = build.document(
        build.gold("actions", "The report was noted", "The report was noted.", optional=True),
        build.gold("actions", "report was", "The report was noted."),
    )
    found = [build.found("actions", TEXT, "The report was noted")]
    assert counts(score([gold], [build.predicted(TEXT, actions=found)]).classes["actions"]) == (1, 0, 0)


def test_as_many_records_are_matched_as_can_be(build) -> None:
    text = "one two three four five six"
    gold = build.document(
        build.gold("actions", "one two three four", text), build.gold("actions", "three four five six", text)
    )
    # The first gold record likes both alike; taking the longer one would leave the second without.
    found = [build.found("actions", text, "two three four"), build.found("actions", text, "one two")]
    assert counts(score([gold], [build.predicted(text, actions=found)]).classes["actions"]) == (2, 0, 0)


def test_gold_that_the_text_lacks_is_a_miss_and_is_reported(build) -> None:
    gold = build.document(
        build.gold("metrics", "44%", "It was 44%.", kind="percentage", value=44),
        build.gold("metrics", "45%", "It was 45%.", kind="percentage", value=45, optional=True),
    )
    scores = score([gold], [build.predicted(TEXT)])
    assert counts(scores.classes["metrics"]) == (0, 1, 0)
    assert scores.unlocated == [("minutes.txt", "metrics", "44%"), ("minutes.txt", "metrics", "45%")]


def test_a_document_that_was_not_read_is_missed_whole(build) -> None:
    gold = build.document(build.gold("metrics", "95%", SENTENCE, kind="percentage", value=95))
    scores = score([gold], [build.predicted(TEXT, name="other.txt")])
    assert (scores.absent, counts(scores.classes["metrics"])) == (["minutes.txt"], (0, 1, 0))


@pytest.mark.parametrize(
    ("slot", "gold", "found", "expected"),
    [
        ("measure", "the vacancy rate in the service", "vacancy rate", 4 / 6),
        ("owner", "The Director", "the director", 1.0),
        ("owner", "Children’s Services", "Children's Services", 1.0),
        ("unit", None, None, 1.0),
        ("unit", "day", None, 0.0),
        ("unit", None, "day", 0.0),
        ("role", "actual", "target", 0.0),
        ("value_max", 8, 8.0, 1.0),
        ("restates", "2", "2", 1.0),
        ("restates", "2", "the 2", 0.0),
    ],
)
def test_slots_agree_by_words_or_exactly(slot: str, gold: object, found: object, expected: float) -> None:
    assert agreement(slot, gold, found) == pytest.approx(expected)


def test_repeated_words_count_as_often_as_they_stand() -> None:
    assert word_f1("more and more", "more") == pytest.approx(0.5)


def test_slot_scores_are_means_over_matched_records_alone(build) -> None:
    gold = build.document(
        build.gold("metrics", "95%", SENTENCE, kind="percentage", value=95, measure="good schools"),
        build.gold("metrics", "97%", SENTENCE, kind="percentage", value=97, role="target"),
        build.gold("metrics", "six schools", SENTENCE, kind="count", value=6, unit="schools"),
    )
    found = [
        build.found("metrics", TEXT, "95%", kind="percentage", value=95, measure="schools"),
        build.found("metrics", TEXT, "97%", kind="percentage", value=97),
    ]
    scores = score([gold], [build.predicted(TEXT, metrics=found)])
    assert scores.slots["metrics"] == pytest.approx(
        {
            "kind": 1.0,
            "value": 1.0,
            "value_max": 1.0,
            "unit": 1.0,
            "comparator": 1.0,
            "base": 1.0,
            "measure": (2 / 3 + 1) / 2,
            "role": 0.5,
            "direction": 1.0,
            "period": 1.0,
        }
    )


def test_differences_name_what_is_missing_spurious_and_wrong(build) -> None:
    gold = build.document(
        build.gold("metrics", "95%", SENTENCE, kind="percentage", value=95),
        build.gold("metrics", "97%", SENTENCE, kind="percentage", value=97, role="target"),
    )
    found = [
        build.found("metrics", TEXT, "six", kind="count", value=6),
        build.found("metrics", TEXT, "97%", kind="percentage", value=97),
    ]
    result = differences([gold], [build.predicted(TEXT, metrics=found)])
    assert [
        (
            difference.document,
            difference.class_,
            [record.quote for record in difference.missing],
            [record.quote for record in difference.spurious],
            [(error.slot, error.gold, error.found, error.agreement) for error in difference.slot_errors],
        )
        for difference in result
    ] == [("minutes.txt", "metrics", ["95%"], ["six"], [("role", "target", "actual", 0.0)])]


def test_mined_items_must_be_as_many_as_the_documents_items() -> None:
    document = Document("0", "a/minutes.txt", "text/plain", 1, items=[Item(0, "x")])
    assert predictions_from_mining(document, [ItemRecords()]).name == "minutes.txt"
    with pytest.raises(ValueError, match="1 items but 0 lists"):
        predictions_from_mining(document, [])


def test_gold_scored_against_itself_is_perfect(build, shared: Path) -> None:
    """The real gold, given back as if rules had found exactly it in the example documents."""
    gold = load_gold(shared / "gold")
    predicted = []
    for document in gold:
        text = (shared / "seeds" / document.document).read_text(encoding="utf-8")
        bones = bones_of([text])
        records: dict[str, list[object]] = {}
        for class_ in CLASSES:
            places = locate(bones, document.records[class_])
            records[class_] = [
                build.found(class_, text, text[place.start : place.end], **document.records[class_][i].slots)
                for i, place in enumerate(places)
                if place is not None
            ]
            for i, place in enumerate(place for place in places if place is not None):
                records[class_][i].start_char, records[class_][i].end_char = place.start, place.end
        predicted.append(build.predicted(text, name=document.document, **records))
    scores = score(gold, predicted)
    assert {class_: (tally.missed, tally.spurious) for class_, tally in scores.classes.items()} == {
        class_: (0, 0) for class_ in CLASSES
    }
    assert {value for slots in scores.slots.values() for value in slots.values()} == {1.0}
    assert scores.unlocated == []
