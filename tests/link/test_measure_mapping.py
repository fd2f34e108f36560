"""Wordings of minutes and the measures they are of: the format of the gold, and how it is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minutesminer import resources
from minutesminer.evaluate.gold import GoldError
from minutesminer.evaluate.measure_mapping import Mistake, Wording, as_text, judge, load_wordings, main
from minutesminer.link.catalogue import Catalogue, load_catalogue

PETS = """
- {id: cats, label: Cats fed, unit: '%', polarity: null, names: [cats fed]}
- {id: dogs, label: Dogs walked, unit: '%', polarity: null, names: [dogs walked]}
"""
CATS = "- {wording: cats fed, kind: percentage, unit: '%', measure: cats}\n"


GOLD = sorted((Path(__file__).parent / "measure_gold").glob("*.yaml"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources.folder("patterns"))


@pytest.fixture
def pets(tmp_path: Path) -> Catalogue:
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "pets.yaml").write_text(PETS, encoding="utf-8")
    return load_catalogue(tmp_path)


def wordings(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "wordings.yaml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_wordings_are_joined_to_the_right_measures(path: Path, catalogue: Catalogue) -> None:
    mapping = judge(catalogue, load_wordings(path, catalogue))
    assert mapping.wordings >= 100
    assert (mapping.precision or 0) >= 0.95
    assert (mapping.recall or 0) >= 0.80


def test_the_gold_holds_a_blind_file() -> None:
    assert [path.stem for path in GOLD] == ["blind", "own"]


def test_right_wrong_and_missed_joins_are_counted(pets: Catalogue) -> None:
    cats, dogs, rain, either, none = (
        Wording("cats fed", "percentage", "%", ("cats",)),
        Wording("dogs walked", "percentage", "%", ("cats",)),
        Wording("dogs walked", "percentage", "%", ()),
        Wording("dogs walked", "percentage", "%", ("cats", "dogs")),
        Wording("felines", "percentage", "%", ("cats",)),
    )
    mapping = judge(pets, [cats, dogs, rain, either, none])
    assert (mapping.wordings, mapping.measured, mapping.joined, mapping.right) == (5, 4, 4, 2)
    assert mapping.mistakes == (Mistake(dogs, "dogs"), Mistake(rain, "dogs"), Mistake(none, None))
    assert (mapping.precision, mapping.recall) == (0.5, 0.5)
    assert as_text("pets", mapping, show=True).splitlines() == [
        "pets: 5 wordings, 4 with a measure, 4 joined, 2 rightly: precision 0.500, recall 0.500",
        "  dogs walked (percentage, %): dogs, not cats",
        "  dogs walked (percentage, %): dogs, not none",
        "  felines (percentage, %): none, not cats",
    ]


def test_without_joins_there_is_no_share(pets: Catalogue) -> None:
    mapping = judge(pets, [Wording("rain", "percentage", "%", ())])
    assert (
        as_text("pets", mapping) == "pets: 1 wordings, 0 with a measure, 0 joined, 0 rightly: precision -, recall -\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("cats fed\n", "a file of wordings is a list of entries"),
        ("- cats fed\n", r"wordings\.yaml: entry 1: a wording is a mapping with the keys wording, kind, unit, measure"),
        (CATS.replace("kind:", "sort:"), "entry 1: a wording is a mapping with the keys"),
        (CATS.replace("cats fed", "''"), "entry 1: 'wording' must be text"),
        (CATS.replace("percentage", "share"), "entry 1: kind 'share' is none of percentage, count"),
        (CATS.replace("'%'", "7"), "entry 1: 'unit' must be text or null"),
        (CATS.replace("measure: cats", "measure: mice"), "the catalogue has no measure 'mice'"),
        (CATS + CATS.replace("cats fed", "Cats Fed"), "entry 2: this wording, kind and unit stand there already"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(pets: Catalogue, tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        load_wordings(wordings(tmp_path, content), pets)


def test_the_command_shows_mistakes_only_when_asked(pets: Catalogue, tmp_path: Path) -> None:
    path = str(wordings(tmp_path, CATS.replace("cats fed", "felines")))
    line = "wordings.yaml: 1 wordings, 1 with a measure, 0 joined, 0 rightly: precision -, recall 0.000\n"
    plain = CliRunner().invoke(main, [path, "--patterns", str(tmp_path)])
    shown = CliRunner().invoke(main, [path, "--patterns", str(tmp_path), "--show"])
    assert (plain.output, plain.exit_code) == (line, 0)
    assert shown.output == line + "  felines (percentage, %): none, not cats\n"
