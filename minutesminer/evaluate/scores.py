"""Precision, recall and F1 by class and kind, the slots' agreement, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutesminer.evaluate.compare import DocumentMatch, compare
from minutesminer.evaluate.gold import CLASSES, SLOTS, GoldDocument, GoldRecord, RecordClass
from minutesminer.evaluate.predictions import PredictedDocument
from minutesminer.evaluate.slots import agreement
from minutesminer.models import Metric, Record


@dataclass(slots=True)
class Tally:
    """Counts of found, missed and spurious records; a share without anything to count is None."""

    found: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float | None:
        return _share(self.found, self.found + self.spurious)

    @property
    def recall(self) -> float | None:
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        return _share(2 * self.found, 2 * self.found + self.missed + self.spurious)

    def add(self, other: Tally) -> None:
        """Count `other` in."""
        self.found += other.found
        self.missed += other.missed
        self.spurious += other.spurious


@dataclass(slots=True)
class Scores:
    """The result of an evaluation.

    `slots[class][slot]` is the mean agreement, 0 to 1, over matched records (absent where none matched).
    `documents[name][class]` are the tallies of one document. `unlocated` lists gold quotes that the text
    does not hold, as (document, class, quote); `absent` the gold documents that were not predicted.
    """

    classes: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    slots: dict[str, dict[str, float]] = field(default_factory=dict)
    documents: dict[str, dict[str, Tally]] = field(default_factory=dict)
    unlocated: list[tuple[str, str, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SlotError:
    """A slot of a matched record that does not agree fully with the gold."""

    slot: str
    gold: Any
    found: Any
    agreement: float
    record: GoldRecord


@dataclass(slots=True)
class Difference:
    """Where one class of one document differs: missed gold, records without gold, wrong slots."""

    document: str
    class_: RecordClass
    missing: list[GoldRecord]
    spurious: list[Record]
    slot_errors: list[SlotError]


def score(
    gold: Sequence[GoldDocument],
    predicted: Mapping[str, PredictedDocument] | Iterable[PredictedDocument],
) -> Scores:
    """Score predictions against gold, as the annotation guideline's section on scoring says."""
    return scores_of(compare(gold, predicted))


def scores_of(matches: Sequence[DocumentMatch]) -> Scores:
    """The scores of matches already made."""
    scores = Scores(classes={class_: Tally() for class_ in CLASSES})
    sums: dict[str, dict[str, list[float]]] = {}
    for match in matches:
        if match.absent:
            scores.absent.append(match.document)
        tallies: dict[str, Tally] = {}
        for class_, found in match.classes.items():
            tallies[class_] = Tally(len(found.pairs), len(found.missing), len(found.spurious))
            scores.classes[class_].add(tallies[class_])
            scores.unlocated += [(match.document, class_, record.quote) for record in found.unlocated]
            for gold, record in found.pairs:
                for slot in SLOTS[class_]:
                    value = agreement(slot, gold.slots[slot], getattr(record, slot))
                    sums.setdefault(class_, {}).setdefault(slot, []).append(value)
        scores.documents[match.document] = tallies
        _count_kinds(scores.kinds, match)
    scores.kinds = dict(sorted(scores.kinds.items()))
    scores.slots = {
        class_: {slot: sum(values) / len(values) for slot, values in slots.items()} for class_, slots in sums.items()
    }
    return scores


def by_group(scores: Scores, groups: Mapping[str, str]) -> dict[str, dict[str, Tally]]:
    """The tallies by class of groups of documents, sorted by name; `groups` names the group of each document."""
    result: dict[str, dict[str, Tally]] = {name: {} for name in sorted(set(groups.values()))}
    for document, tallies in scores.documents.items():
        for class_, tally in tallies.items():
            result[groups[document]].setdefault(class_, Tally()).add(tally)
    return result


def differences(
    gold: Sequence[GoldDocument],
    predicted: Mapping[str, PredictedDocument] | Iterable[PredictedDocument],
) -> list[Difference]:
    """What was missed, what is spurious and which slots are wrong, by document and class."""
    return differences_of(compare(gold, predicted))


def differences_of(matches: Sequence[DocumentMatch]) -> list[Difference]:
    """The differences of matches already made; classes that agree fully are left out."""
    result = []
    for match in matches:
        for class_, found in match.classes.items():
            errors = [
                SlotError(slot, gold.slots[slot], getattr(record, slot), value, gold)
                for gold, record in found.pairs
                for slot in SLOTS[class_]
                if (value := agreement(slot, gold.slots[slot], getattr(record, slot))) < 1
            ]
            if found.missing or found.spurious or errors:
                difference = Difference(match.document, class_, found.missing, found.spurious, errors)
                result.append(difference)
    return result


def _count_kinds(kinds: dict[str, Tally], match: DocumentMatch) -> None:
    metrics = match.classes["metrics"]
    for gold, _ in metrics.pairs:
        kinds.setdefault(gold.slots["kind"], Tally()).found += 1
    for gold in metrics.missing:
        kinds.setdefault(gold.slots["kind"], Tally()).missed += 1
    for record in metrics.spurious:
        if isinstance(record, Metric):
            kinds.setdefault(record.kind, Tally()).spurious += 1


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
