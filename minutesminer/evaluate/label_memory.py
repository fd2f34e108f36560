"""Are figures joined to measures by what the catalogue knows, or by what it has memorised?

`python -m minutesminer.evaluate.label_memory` mines the annotated documents and joins their figures to the catalogue
twice: with all of its names, and without those that stand verbatim in this document and in no other. There is no gold
of measures, so that two things are told that need none: the share of joins that stay (a catalogue that had learnt its
names from the document would lose them), and how often figures that are worded alike at two meetings of a committee
are joined to the same measure.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import click

from minutesminer import resources
from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.gold import GoldDocument, load_gold
from minutesminer.evaluate.mined import mine_files
from minutesminer.evaluate.predictions import PredictedDocument
from minutesminer.evaluate.sets import GoldSet, held_out_sets, packaged_sets, shared_sets
from minutesminer.evaluate.slots import word_f1
from minutesminer.link.catalogue import Catalogue, Measure, catalogue_of, load_catalogue
from minutesminer.link.measures import measure_of, measures_of
from minutesminer.models import Metric

_PLACE = re.compile(r" (?:in|at) (?:the )?((?:[A-Z][\w’'-]*(?: |$))+)$")
ALIKE = 0.8
"""Agreement of words from which two wordings of one committee are taken to be one measure."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One document: its figures, how many are joined, how many of these stay when its own names are left out."""

    document: str
    figures: int
    own_names: int
    joined: int
    kept: int

    @property
    def share(self) -> float | None:
        """Share of the joins that do not hang on names of this document; None without joins."""
        return self.kept / self.joined if self.joined else None


@dataclass(frozen=True, slots=True)
class Story:
    """One committee over its meetings: pairs of figures worded alike, and those with the same measure of both."""

    committee: str
    meetings: int
    pairs: int
    agreeing: int


def without_names_of(catalogue: Catalogue, document: str, others: Sequence[str]) -> tuple[Catalogue, int]:
    """The catalogue without the names that stand verbatim in text `document` and in none of the `others`.

    The number of names left out comes with it. Texts are compared without regard to case and white space.
    """
    own, rest = _folded(document), [_folded(text) for text in others]
    left_out = 0
    measures = []
    for measure in catalogue.measures:
        kept = []
        for name, words in zip(measure.names, measure.words, strict=True):
            if _folded(name) in own and not any(_folded(name) in text for text in rest):
                left_out += 1
            else:
                kept.append((name, words))
        names, words_of_names = tuple(name for name, _ in kept), tuple(words for _, words in kept)
        measures.append(dataclasses.replace(measure, names=names, words=words_of_names))
    return catalogue_of(measures, catalogue.words, catalogue.read), left_out


def memory_of(catalogue: Catalogue, documents: Sequence[PredictedDocument]) -> list[Memory]:
    """What each document's joins owe to names that only it uses."""
    texts = ["\n".join(text for text, _ in document.items) for document in documents]
    result = []
    for index, document in enumerate(documents):
        without, left_out = without_names_of(catalogue, texts[index], texts[:index] + texts[index + 1 :])
        figures = _figures(document)
        joined = [(figure, measure) for figure in figures if (measure := measure_of(catalogue, figure)) is not None]
        kept = 0
        for figure, measure in joined:
            again = measure_of(without, figure)
            kept += again is not None and again.id == measure.id
        result.append(Memory(document.name, len(figures), left_out, len(joined), kept))
    return result


def stories_of(
    catalogue: Catalogue, gold: Sequence[GoldDocument], documents: Sequence[PredictedDocument]
) -> list[Story]:
    """Committees with several meetings: whether figures worded alike are joined to the same measure.

    Pairs of which neither figure is joined are left out: the catalogue does not know their measure.
    """
    by_name = {document.name: document for document in documents}
    meetings: Mapping[str, list[PredictedDocument]] = defaultdict(list)
    for annotated in gold:
        if annotated.council and annotated.committee and annotated.document in by_name:
            meetings[f"{annotated.council}, {annotated.committee}"].append(by_name[annotated.document])
    stories = []
    for committee, held in sorted(meetings.items()):
        pairs = agreeing = 0
        joined = [_joined(catalogue, document) for document in held]
        for first, second in combinations(joined, 2):
            for (one, measure), (other, its_measure) in product(first, second):
                if _alike(one, other) and (measure, its_measure) != (None, None):
                    pairs += 1
                    agreeing += measure == its_measure
        if len(held) > 1:
            stories.append(Story(committee, len(held), pairs, agreeing))
    return stories


def as_text(memories: Sequence[Memory], stories: Sequence[Story]) -> str:
    """Both tables, with their sums."""
    counted = ("figures", "own_names", "joined", "kept")
    whole = Memory("all", *(sum(getattr(one, name) for one in memories) for name in counted))
    width = max(len(one.document) for one in [*memories, whole])
    heads = "".join(head.rjust(11) for head in ("figures", "own names", "joined", "kept", "share"))
    lines = ["Joins that stay without the names that only this document uses", "  " + " " * width + heads]
    for one in [*memories, whole]:
        share = "-" if one.share is None else f"{one.share:.3f}"
        cells = (str(one.figures), str(one.own_names), str(one.joined), str(one.kept), share)
        lines.append("  " + one.document.ljust(width) + "".join(cell.rjust(11) for cell in cells))
    lines += ["", "Figures worded alike at several meetings of a committee, and pairs joined to the same measure"]
    lines += [
        f"  {story.committee}: {story.meetings} meetings, {story.agreeing} of {story.pairs} pairs" for story in stories
    ]
    return "\n".join(lines) + "\n"


def _figures(document: PredictedDocument) -> list[Metric]:
    return [metric for _, records in document.items for metric in records.metrics]


def _joined(catalogue: Catalogue, document: PredictedDocument) -> list[tuple[Metric, Measure | None]]:
    """The document's figures with the measures that they are joined to."""
    joined: list[tuple[Metric, Measure | None]] = []
    for _, records in document.items:
        joined += zip(records.metrics, measures_of(catalogue, records.metrics), strict=True)
    return joined


def _alike(one: Metric, other: Metric) -> bool:
    if not one.measure or not other.measure or (one.kind, one.unit) != (other.kind, other.unit):
        return False
    if _place(one.measure) != _place(other.measure):
        return False  # a part of the area has a measure of its own, or none
    return word_f1(one.measure, other.measure) >= ALIKE


def _place(measure: str) -> str:
    """The place that a wording ends in (`completed within 45 days in the West`), "" where it names none."""
    found = _PLACE.search(measure)
    return found[1] if found is not None else ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _mined(sets: Sequence[GoldSet]) -> tuple[list[GoldDocument], list[PredictedDocument]]:
    gold: list[GoldDocument] = []
    documents: list[PredictedDocument] = []
    for one in sets:
        annotated = load_gold(one.gold)
        gold += annotated
        documents += mine_files(annotated, one.files)
    return gold, documents


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(as_json: bool) -> None:
    """Say how far the joining of figures to measures hangs on names that one document alone uses."""
    try:
        catalogue = load_catalogue(resources.folder("patterns"))
        gold, documents = _mined([*packaged_sets(), *held_out_sets(), *shared_sets()])
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    memories, stories = memory_of(catalogue, documents), stories_of(catalogue, gold, documents)
    if as_json:
        told = {"documents": [{**dataclasses.asdict(one), "share": one.share} for one in memories]}
        told["committees"] = [dataclasses.asdict(story) for story in stories]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(as_text(memories, stories), nl=False)


if __name__ == "__main__":
    main()
