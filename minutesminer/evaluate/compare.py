"""Gold records matched to found ones, document by document: the ground of scores and differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minutesminer.evaluate.gold import CLASSES, SLOTS, GoldDocument, GoldRecord, RecordClass
from minutesminer.evaluate.places import Bones, Place, bones_of, locate, overlap
from minutesminer.evaluate.predictions import PredictedDocument
from minutesminer.evaluate.slots import agreement, same
from minutesminer.models import Metric, Record

ENOUGH = 0.5  # of the shorter quote's words, by the guideline


@dataclass(slots=True)
class ClassMatch:
    """One class of one document, each gold record and each found one in exactly one list.

    `pairs` are matches with gold that counts, `missing` the gold that counts and was not found,
    `spurious` what was found without gold. Optional gold (`optional`) and what matched it (`excused`)
    count nowhere. `unlocated` is gold whose quote the text does not hold: all of it is in `missing`
    or `optional` too.
    """

    pairs: list[tuple[GoldRecord, Record]] = field(default_factory=list)
    missing: list[GoldRecord] = field(default_factory=list)
    spurious: list[Record] = field(default_factory=list)
    optional: list[GoldRecord] = field(default_factory=list)
    excused: list[Record] = field(default_factory=list)
    unlocated: list[GoldRecord] = field(default_factory=list)


@dataclass(slots=True)
class DocumentMatch:
    """One document's four classes; `absent` where the predictions do not hold the document at all."""

    document: str
    absent: bool
    classes: dict[RecordClass, ClassMatch]


def compare(
    gold: Sequence[GoldDocument],
    predicted: Mapping[str, PredictedDocument] | Iterable[PredictedDocument],
) -> list[DocumentMatch]:
    """Match every gold document with the prediction of its name; predictions without gold are left out."""
    documents = predicted.values() if isinstance(predicted, Mapping) else predicted
    by_name = {document.name: document for document in documents}
    return [_compare_document(document, by_name.get(document.document)) for document in gold]


def _compare_document(gold: GoldDocument, predicted: PredictedDocument | None) -> DocumentMatch:
    items = predicted.items if predicted is not None else []
    bones = bones_of([text for text, _ in items])
    classes: dict[RecordClass, ClassMatch] = {}
    for class_ in CLASSES:
        found: list[tuple[Place, Record]] = [
            (Place(number, record.start_char, record.end_char), record)
            for number, (_, records) in enumerate(items)
            for record in getattr(records, class_)
            if class_ not in gold.left_out
        ]
        classes[class_] = _match(bones, gold.records[class_], found)
    return DocumentMatch(gold.document, predicted is None, classes)


def _match(bones: Bones, gold: list[GoldRecord], found: list[tuple[Place, Record]]) -> ClassMatch:
    places = locate(bones, gold)
    wishes = [_wishes(bones, record, places[i], found) for i, record in enumerate(gold)]
    counted = [i for i, record in enumerate(gold) if not record.optional]
    extra = [i for i, record in enumerate(gold) if record.optional]
    holder = _assign([counted, extra], wishes)
    taken = {g: f for f, g in holder.items()}
    return ClassMatch(
        pairs=[(gold[i], found[taken[i]][1]) for i in counted if i in taken],
        missing=[gold[i] for i in counted if i not in taken],
        spurious=[record for f, (_, record) in enumerate(found) if f not in holder],
        optional=[gold[i] for i in extra],
        excused=[found[taken[i]][1] for i in extra if i in taken],
        unlocated=[record for i, record in enumerate(gold) if places[i] is None],
    )


def _wishes(bones: Bones, gold: GoldRecord, place: Place | None, found: list[tuple[Place, Record]]) -> list[int]:
    """Indices of the found records that could match, the best first."""
    if place is None:
        return []
    rated = []
    for index, (other, record) in enumerate(found):
        share = overlap(bones, place, other)
        if share >= ENOUGH and _agree(gold, record):
            slots = sum(agreement(slot, gold.slots[slot], getattr(record, slot)) for slot in SLOTS[gold.class_])
            length = abs((other.end - other.start) - (place.end - place.start))
            rated.append((-share, -slots, length, index))
    return [index for *_, index in sorted(rated)]


def _agree(gold: GoldRecord, record: Record) -> bool:
    if not isinstance(record, Metric):
        return True
    return record.kind == gold.slots["kind"] and same(record.value, gold.slots["value"])


def _assign(ranks: list[list[int]], wishes: list[list[int]]) -> dict[int, int]:
    """Found index -> gold index, as many as possible; gold of an earlier rank is served first.

    Best wishes are granted first, then augmenting paths (Kuhn's algorithm) serve who was left: they move
    a gold record to another of its wishes but never leave it without.
    """
    holder: dict[int, int] = {}
    for rank in ranks:
        unserved = []
        for gold in rank:
            if wishes[gold] and wishes[gold][0] not in holder:
                holder[wishes[gold][0]] = gold
            else:
                unserved.append(gold)
        for gold in unserved:
            _serve(gold, wishes, holder, set())
    return holder


def _serve(gold: int, wishes: list[list[int]], holder: dict[int, int], tried: set[int]) -> bool:
    for wish in wishes[gold]:
        if wish in tried:
            continue
        tried.add(wish)
        if wish not in holder or _serve(holder[wish], wishes, holder, tried):
            holder[wish] = gold
            return True
    return False
