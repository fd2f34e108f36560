"""How much may have been missed, where there is no gold: loose probes against what was mined.

Every hit of a probe is `covered` by a record of its class, or `explained` (a number that the exclusion rules took for
no figure, or that belongs to what another figure measures; words that carry a record of another class), or `uncovered`.
Uncovered hits are where to look for what was missed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from minutesminer import resources
from minutesminer.evaluate.gold import CLASSES, GoldDocument, RecordClass
from minutesminer.evaluate.places import bones_of, locate
from minutesminer.evaluate.predictions import PredictedDocument, records_by_item
from minutesminer.evaluate.probes import Probe, Reach, load_probes
from minutesminer.models import ItemRecords, Metric, Record
from minutesminer.store import open_database

if TYPE_CHECKING:
    from spacy.language import Language

State = Literal["covered", "explained", "uncovered"]
Span = tuple[int, int]

_ITEMS = """
select items.text, items.id as item_id, councils.name, committees.name, meetings.date, documents.source, items.id
from items
join documents on documents.id = items.document_id and documents.superseded_by is null
join meetings on meetings.id = items.meeting_id
join committees on committees.id = meetings.committee_id
left join councils on councils.id = committees.council_id
order by items.document_id, items.position
"""
_SENTENCE_END = re.compile(r"[.?!;]['’”\")]*\s+(?=[A-Z“‘(])")


@dataclass(slots=True)
class ProbedItem:
    """One agenda item: its text and records, and where it comes from."""

    text: str
    records: ItemRecords
    council: str | None = None
    committee: str | None = None
    date: str | None = None
    document: str | None = None
    item_id: str | None = None


@dataclass(slots=True)
class Hit:
    """What one or more probes of a class hit in an item: `start` to `end` is what a record has to touch.

    `words` is what the first probe hit. `missed` is, where there is gold, whether it has a record there that was not
    found; else None.
    """

    class_: RecordClass
    probes: list[str]
    item: ProbedItem
    start: int
    end: int
    words: str
    sentence: str
    state: State
    missed: bool | None = None


@dataclass(slots=True)
class Counts:
    """Hits of a class or of a probe. `missed` counts uncovered hits at gold that was not found."""

    hits: int = 0
    covered: int = 0
    explained: int = 0
    uncovered: int = 0
    missed: int = 0

    @property
    def alarm(self) -> float | None:
        """Share of the hits that nothing covers or explains; None without hits."""
        return self.uncovered / self.hits if self.hits else None

    def add(self, hit: Hit) -> None:
        """Count a hit in."""
        self.hits += 1
        self.covered += hit.state == "covered"
        self.explained += hit.state == "explained"
        self.uncovered += hit.state == "uncovered"
        self.missed += hit.state == "uncovered" and bool(hit.missed)


@dataclass(slots=True)
class Unfound:
    """Gold records that were not found: all, and those at an uncovered hit, or else at an explained one.

    What is in neither has a hit that another record covers (of another value, say), or none.
    """

    every: int = 0
    uncovered: int = 0
    explained: int = 0


@dataclass(slots=True)
class Probing:
    """The result: all hits in the order of items and text, with their counts by class and by probe.

    `unfound` is, where there is gold, by class what of it was not found.
    """

    hits: list[Hit] = field(default_factory=list)
    classes: dict[str, Counts] = field(default_factory=dict)
    probes: dict[str, Counts] = field(default_factory=dict)
    unfound: dict[str, Unfound] | None = None


def probe_items(
    items: Iterable[ProbedItem],
    patterns: Path | None = None,
    unfound: Mapping[int, Mapping[RecordClass, Sequence[Span]]] | None = None,
) -> Probing:
    """Run the probes of `patterns` (default: the packaged ones) over items.

    `unfound` has, by the item's index and by class, where gold that was not found stands. Raises RuleError where the
    probes or the exclusion rules are broken.
    """
    import minutesminer.mine as mine

    probes = load_probes(patterns if patterns is not None else resources.folder("patterns"))
    nlp = mine.load(patterns)
    result = Probing(
        classes={class_: Counts() for class_ in CLASSES},
        probes={probe.id: Counts() for probe in probes},
        unfound={class_: Unfound() for class_ in CLASSES} if unfound is not None else None,
    )
    for index, item in enumerate(items):
        gold = unfound.get(index, {}) if unfound is not None else None
        hits = list(_hits(item, probes, nlp, patterns))
        for hit in hits:
            if gold is not None:
                hit.missed = _any_touches(gold.get(hit.class_, ()), hit.start, hit.end)
            result.classes[hit.class_].add(hit)
            for probe in hit.probes:
                result.probes[probe].add(hit)
        result.hits += hits
        if result.unfound is not None and gold is not None:
            _count_unfound(result.unfound, gold, hits)
    return result


def items_from_db(path: Path) -> list[ProbedItem]:
    """The agenda items of a database with their records, superseded documents left out, in the order of their ids.

    Raises what `open_database` raises.
    """
    with open_database(path) as db:
        db.conn.row_factory = sqlite3.Row
        records = records_by_item(db.conn)
        return [
            ProbedItem(row["text"], records.get(row["item_id"], ItemRecords()), *row[2:])
            for row in db.conn.execute(_ITEMS)
        ]


def unfound_gold(
    gold: Sequence[GoldDocument], predicted: Sequence[PredictedDocument]
) -> tuple[list[ProbedItem], dict[int, dict[RecordClass, list[Span]]]]:
    """The items of annotated documents, and where in them stands gold that was not found."""
    from minutesminer.evaluate.compare import compare

    by_name = {document.name: document for document in predicted}
    items: list[ProbedItem] = []
    unfound: dict[int, dict[RecordClass, list[Span]]] = {}
    for document, match in zip(gold, compare(gold, predicted), strict=True):
        found = by_name.get(document.document)
        if found is None:
            continue
        first = len(items)
        about = {"council": document.council, "committee": document.committee, "date": document.date}
        items += [ProbedItem(text, records, **about, document=document.document) for text, records in found.items]
        bones = bones_of([text for text, _ in found.items])
        for class_, matched in match.classes.items():
            for place in locate(bones, matched.missing):
                if place is not None:
                    spans = unfound.setdefault(first + place.item, {}).setdefault(class_, [])
                    spans.append((place.start, place.end))
    return items, unfound


def _count_unfound(
    unfound: Mapping[str, Unfound], gold: Mapping[RecordClass, Sequence[Span]], hits: Sequence[Hit]
) -> None:
    for class_, spans in gold.items():
        for span in spans:
            states = {hit.state for hit in hits if hit.class_ == class_ and _touch((hit.start, hit.end), span)}
            unfound[class_].every += 1
            unfound[class_].uncovered += "uncovered" in states
            unfound[class_].explained += "explained" in states and "uncovered" not in states


def _hits(item: ProbedItem, probes: Sequence[Probe], nlp: Language, patterns: Path | None) -> Iterator[Hit]:
    sentences = _sentences(item.text)
    spans = {class_: _spans(getattr(item.records, class_)) for class_ in CLASSES}
    noise: list[Span] | None = None
    for (class_, start, end), (first, names) in sorted(_units(item.text, probes, sentences).items(), key=_by_place):
        state: State = "uncovered"
        if _any_touches(spans[class_], start, end):
            state = "covered"
        elif class_ == "metrics":
            if noise is None:
                noise = _noise(item.text, nlp, patterns)
            told = _any_touches(noise, start, end) or _worded(item, (start, end), _around(sentences, first))
            state = "explained" if told else "uncovered"
        elif any(_any_touches(spans[other], start, end) for other in CLASSES[1:] if other != class_):
            state = "explained"
        words = " ".join(item.text[first[0] : first[1]].split())
        sentence = " ".join(item.text[slice(*_around(sentences, first))].split())
        yield Hit(class_, names, item, start, end, words, sentence, state)


def _units(
    text: str, probes: Sequence[Probe], sentences: list[Span]
) -> dict[tuple[RecordClass, int, int], tuple[Span, list[str]]]:
    """What has to be touched, by class: what several probes hit there is one hit of the class."""
    units: dict[tuple[RecordClass, int, int], tuple[Span, list[str]]] = {}
    for class_ in CLASSES:
        found = [(hit, probe) for probe in probes if probe.class_ == class_ for hit in probe.hits(text)]
        alone = _joined([hit for hit, probe in found if probe.reach == "words"])
        for hit, probe in found:
            if probe.reach == "words":
                hit = next(one for one in alone if _touch(one, hit))
            start, end = _reach(text, hit, probe.reach, sentences)
            _, names = units.setdefault((class_, start, end), (hit, []))
            if probe.id not in names:
                names.append(probe.id)
    return units


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that touch made one: `forty per cent` holds `forty`, one number that two probes hit."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and _touch(joined[-1], span):
            joined[-1] = joined[-1][0], max(joined[-1][1], span[1])
        else:
            joined.append(span)
    return joined


def _reach(text: str, hit: Span, reach: Reach, sentences: list[Span]) -> Span:
    if reach == "words":
        return hit
    start, end = _around(sentences, hit)
    if reach == "sentence" and not text[start:end].rstrip().endswith(":"):
        return start, end
    # `The Panel resolved to:` is said of the line below it, as a keyword alone on its line is.
    start = text.rfind("\n", 0, hit[0]) + 1 if reach == "block" else start
    line_end = text.find("\n", hit[1])
    after = text.find("\n", line_end + 1) if line_end >= 0 else -1
    return start, after if after >= 0 else len(text)


def _sentences(text: str) -> list[Span]:
    """Rough sentences: lines, cut at a stop before a capital."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        cuts = [start, *(start + match.end() for match in _SENTENCE_END.finditer(line)), start + len(line)]
        found += [(cuts[i], cuts[i + 1]) for i in range(len(cuts) - 1) if cuts[i] < cuts[i + 1]]
        start += len(line) + 1
    return found


def _around(sentences: list[Span], hit: Span) -> Span:
    return next((one for one in sentences if one[0] <= hit[0] < one[1]), hit)


def _worded(item: ProbedItem, hit: Span, sentence: Span) -> bool:
    """Whether the words are part of what a figure of the sentence measures: `two` in `children with two carers`."""
    words = item.text[slice(*hit)]
    figures: list[Metric] = [one for one in item.records.metrics if _touch((one.start_char, one.end_char), sentence)]
    return any(words in f"{one.measure} {one.period}" for one in figures)


def _noise(text: str, nlp: Language, patterns: Path | None) -> list[Span]:
    """Where the numbers stand that the exclusion rules took for no figures."""
    from minutesminer.mine.document import doc_of
    from minutesminer.mine.engine.ruleset import rule_set
    from minutesminer.mine.figures.noise import NoiseFinder

    rules = rule_set(patterns)
    reading = rules.reading(doc_of(nlp, text))
    words = reading.words
    ruled_out = NoiseFinder(rules).blocked(reading)
    excluded = [(words.start[m.start], words.end[m.end - 1]) for m in reading.of_class("exclusion")]
    return [*((words.start[k], words.end[k]) for k in sorted(ruled_out)), *excluded]


def _spans(records: Sequence[Record]) -> list[Span]:
    return [(record.start_char, record.end_char) for record in records]


def _any_touches(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(_touch(span, (start, end)) for span in spans)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _by_place(unit: tuple[tuple[RecordClass, int, int], object]) -> tuple[int, int, int]:
    class_, start, end = unit[0]
    return start, end, CLASSES.index(class_)
