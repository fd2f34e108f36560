"""Rules tried out on their own examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutesminer.mine.engine.rules import RECORD_CLASSES, Mark, Rule, unmark
from minutesminer.models import ItemRecords, Record

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not give what it is marked with: rule, file, example, and what is wrong."""

    rule: str
    path: str
    example: str
    message: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing the rule gave: its text, and the slots of the record (none for rules that only guide)."""

    quote: str
    start: int
    slots: dict[str, Any]


def check_examples(rules: Sequence[Rule], patterns: Path | None = None) -> list[Failure]:
    """Run the examples of `rules` through the pipeline of the folder `patterns` (default: the packaged one).

    A positive example must give every marked quote, by this very rule and with the slots it names;
    a negative one must give nothing by this rule. Rules of record classes are judged by their
    records, all others by their matches.
    """
    import minutesminer.mine as mine

    nlp = mine.load(patterns)
    failures = []
    for rule in rules:
        for example in rule.positive:
            text, marks = unmark(example)
            found = _found(nlp, rule, text)
            failures += [Failure(rule.id, rule.path, example, said) for said in _amiss(rule, marks, found)]
        for example in rule.negative:
            found = _found(nlp, rule, example)
            failures += [
                Failure(rule.id, rule.path, example, f"must not match, but gives {one.quote!r}") for one in found
            ]
    return failures


def _amiss(rule: Rule, marks: Sequence[Mark], found: Sequence[_Found]) -> Iterator[str]:
    for mark in marks:
        fitting = [one for one in found if (one.start, one.quote) == (mark.start, mark.quote)]
        if not fitting:
            gives = ", ".join(repr(one.quote) for one in found) or "nothing"
            yield f"does not give {mark.quote!r}; gives {gives}"
        elif rule.class_ in RECORD_CLASSES:
            for slot, wanted in mark.slots.items():
                given = [one.slots.get(slot) for one in fitting]
                if not any(_same(wanted, value) for value in given):
                    yield f"gives {slot}={given[0]!r} of {mark.quote!r}, not {wanted!r}"


def _same(wanted: object, given: object) -> bool:
    # A mark does not say whether the number of a limb is text: `number=1` is "1".
    return given == wanted or (isinstance(wanted, float) and given == f"{wanted:g}")


def _found(nlp: Language, rule: Rule, text: str) -> list[_Found]:
    """What the rule gives in a text: its records, or its matches where it makes none."""
    from minutesminer.mine.document import read_one

    reading = read_one(nlp, text, [], None)
    if rule.class_ in RECORD_CLASSES:
        records = _records(reading.records, rule.class_)
        return [
            _Found(one.quote, one.start_char, {name: getattr(one, name) for name in one.__dataclass_fields__})
            for one in records
            if one.rule == rule.id
        ]
    words = reading.words
    spans = [
        (words.start[match.start], words.end[match.end - 1])
        for match in reading.of(rule.class_, rule.kind)
        if match.rule.id == rule.id
    ]
    return [_Found(text[start:end], start, {}) for start, end in spans]


def _records(records: ItemRecords, class_: str) -> Sequence[Record]:
    by_class: dict[str, Sequence[Record]] = {
        "metric": records.metrics,
        "resolution": records.resolutions,
        "action": records.actions,
        "follow_up": records.follow_ups,
    }
    return by_class[class_]
