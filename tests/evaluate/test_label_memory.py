"""Figures are joined to measures by what the catalogue knows, not by wordings taken from one document."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.evaluate.gold import load_gold
from minutesminer.evaluate.label_memory import Memory, Story, as_text, memory_of, stories_of, without_names_of
from minutesminer.evaluate.mined import mine_files
from minutesminer.evaluate.predictions import PredictedDocument
from minutesminer.evaluate.sets import packaged_sets
from minutesminer.link.catalogue import Catalogue, load_catalogue
from minutesminer.models import ItemRecords, Metric

PETS = """
- id: cats
  label: Cats fed
  unit: '%'
  polarity: null
  names: [cats fed, felines given food]
- id: dogs
  label: Dogs walked
  unit: '%'
  polarity: null
  names: [dogs walked]
"""


@pytest.fixture
def pets(tmp_path: Path) -> Catalogue:
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "pets.yaml").write_text(PETS, encoding="utf-8")
    return load_catalogue(tmp_path)


def minutes(name: str, *figures: tuple[str, str]) -> PredictedDocument:
    """A document of one line a figure: its quote and what it measures."""
    metrics = [
        Metric(
            quote=quote,
            sentence=f"{quote} of {measure}.",
            start_char=0,
            end_char=len(quote),
            rule="r",
            kind="percentage",
            value=float(quote[:-1]),
            unit="%",
            measure=measure,
        )
        for quote, measure in figures
    ]
    return PredictedDocument(name, [("\n".join(metric.sentence for metric in metrics), ItemRecords(metrics=metrics))])


def test_names_that_only_one_document_uses_are_left_out_for_it(pets: Catalogue) -> None:
    without, left_out = without_names_of(pets, "Felines given\nfood; cats fed", ["CATS FED were 3%."])
    assert ([measure.names for measure in without.measures], left_out) == ([("cats fed",), ("dogs walked",)], 1)


def test_a_join_that_hangs_on_a_documents_own_name_is_told(pets: Catalogue) -> None:
    own = minutes("own", ("9%", "felines given food"), ("8%", "cats fed"), ("7%", "rain"))
    other = minutes("other", ("6%", "cats fed"))
    assert memory_of(pets, [own, other]) == [Memory("own", 3, 1, 2, 1), Memory("other", 1, 0, 1, 1)]


def test_figures_worded_alike_at_two_meetings_are_pairs_where_either_is_joined(pets: Catalogue, build) -> None:
    held = [
        minutes("may", ("9%", "cats fed at home"), ("8%", "rain")),
        minutes("june", ("5%", "cats fed at home"), ("4%", "rain")),
    ]
    gold = [build.document(name=name) for name in ("may", "june", "else")]
    for document in gold:
        document.council, document.committee = "Northmere", "Pets Panel"
    assert stories_of(pets, gold, held) == [Story("Northmere, Pets Panel", 2, 1, 1)]


def test_figures_of_a_part_of_the_area_are_no_pair_with_those_of_the_whole(pets: Catalogue, build) -> None:
    held = [
        minutes("may", ("9%", "cats fed at home today")),
        minutes("june", ("5%", "cats fed at home today in the West")),
    ]
    gold = [build.document(name=name) for name in ("may", "june")]
    for document in gold:
        document.council, document.committee = "Northmere", "Pets Panel"
    assert stories_of(pets, gold, held) == [Story("Northmere, Pets Panel", 2, 0, 0)]


def test_the_tables_say_share_and_sums() -> None:
    said = as_text([Memory("a", 4, 1, 2, 1), Memory("b", 1, 0, 0, 0)], [Story("X, Y", 2, 3, 2)])
    assert [line.split() for line in said.splitlines()[2:5]] == [
        ["a", "4", "1", "2", "1", "0.500"],
        ["b", "1", "0", "0", "0", "-"],
        ["all", "5", "1", "2", "1", "0.500"],
    ]
    assert said.splitlines()[-1] == "  X, Y: 2 meetings, 2 of 3 pairs"


def test_on_the_packaged_minutes_few_joins_hang_on_one_document() -> None:
    catalogue = load_catalogue(resources.folder("patterns"))
    gold = [document for one in packaged_sets() for document in load_gold(one.gold)]
    mined = [document for one in packaged_sets() for document in mine_files(load_gold(one.gold), one.files)]
    memories = memory_of(catalogue, mined)
    joined, kept = sum(one.joined for one in memories), sum(one.kept for one in memories)
    assert joined >= 40
    assert kept >= 0.8 * joined
    assert [story for story in stories_of(catalogue, gold, mined) if story.agreeing < 0.9 * story.pairs] == []
