"""Wordings made comparable: what makes no difference, and what does."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.link.catalogue import Catalogue, load_catalogue
from minutesminer.link.measure_text import LIMIT, measure_stems
from minutesminer.link.measure_words import load_words


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources.folder("patterns"))


@pytest.mark.parametrize(
    "alike",
    [
        ("FOI requests answered within 20 working days", "freedom of information requests dealt with on time"),
        (
            "EHCPs issued in 20 weeks",
            "EHC plans finalised to timescale",
            "education, health & care plans within target",
        ),
        ("CLA placed out of area", "children in care placed out of area", "placed out of area looked-after children"),
        ("care leavers in EET", "care leavers who were in employment, education or training"),
        ("households in B&B", "households in bed and breakfast"),
        ("recycling rate in Q3", "recycling rate at the end of March", "recycling rates for 2023/24", "recycling rate"),
        ("fly tips", "fly-tipping", "flytips"),
        ("A* to C GCSEs", "A*-C GCSE"),
        ("Harrow's recycling rate", "Marrowby’s recycling rate", "recycling rate"),
        ("re-referrals", "repeat referrals", "rereferrals"),
        ("persistant absence", "persistent absence"),
        ("DFGs", "disabled facilities grant"),
        ("five good GCSEs", "5 good GCSEs"),
        ("IT incidents", "ICT incident"),
        ("not known", "activity unknown"),
    ],
    ids=lambda alike: alike[0],
)
def test_wordings_that_say_the_same_are_read_alike(catalogue: Catalogue, alike: tuple[str, ...]) -> None:
    read = [frozenset(w for w in catalogue.read(wording) if not w.startswith(LIMIT)) for wording in alike]
    assert set(read) == {read[0]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("care leavers in EET", "care leavers not in EET"),
        ("complaints answered within 10 days", "complaints not answered within 10 days"),
        ("complaints answered on time", "complaints answered"),
        ("EHCPs issued within 20 weeks", "EHCPs issued outside 20 weeks"),
        ("excess weight in year 6", "excess weight in year 1"),
        ("employed people", "unemployed people"),
        ("children in care", "child care"),
        ("complaints", "compliance"),
        ("sickness absence", "absence"),
    ],
)
def test_wordings_that_say_something_else_are_read_apart(catalogue: Catalogue, one: str, other: str) -> None:
    assert set(catalogue.read(one)) != set(catalogue.read(other))


def test_a_text_is_read_as_its_telling_words_in_order(catalogue: Catalogue) -> None:
    text = "The proportion of LAC in the borough whose health assessments were up to date at the end of Quarter 2"
    assert catalogue.read(text) == ("look_after_child", "health", "assessment")


def test_stems_keep_numbers_and_year_groups() -> None:
    stems = measure_stems("Two of the pupils in Year 11, aged 16+")
    assert stems == ("2", "pupil", "in", "yeargroup11", "aged", "16plu")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sames: {}\n", r"words\.yaml: unknown key 'sames'; keys are same, beside, neutral"),
        ("- cats\n", r"words\.yaml: the words are a mapping"),
        ("same:\n  cat: [feline]\n  lion: [feline]\n", "'feline' is said to be the same as two different wordings"),
    ],
)
def test_broken_words_are_refused_with_the_file(text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        load_words(Path("words.yaml"), text)


def test_words_of_one_theme_narrow_the_names_of_the_others() -> None:
    words = load_words(Path("words.yaml"), "light: cat\nbeside: {pets: cat dog}\nnarrowing: price\n")
    assert (words.light, words.beside, words.narrowing) == ({"cat"}, {"pets": {"cat", "dog"}}, {"dog", "pric"})
