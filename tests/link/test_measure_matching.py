"""Which measure a wording names, with what score, and why it names no other."""

from __future__ import annotations

import pytest

from minutesminer.link.catalogue import Catalogue, load_catalogue
from minutesminer.link.matching import Candidate, candidates, match_clause, match_wording

PETS = """
- {id: cats-fed, label: Cats fed, unit: '%', polarity: higher, names: [cats fed, felines given their dinner]}
- {id: cats, label: Cats, unit: cats, polarity: null, names: [cats at the shelter], closely: true}
- {id: cats-rate, label: Cats per head, unit: 'per 1,000', polarity: null, names: [rate of cats at the shelter]}
- {id: dogs-walked, label: Dogs walked, unit: '%', polarity: higher, names: [dogs walked on time], unless: [twice]}
- {id: food, label: Cat food, unit: tonnes, polarity: null, names: [food eaten]}
"""
WORDS = """
same:
  cat: [feline, moggy, domestic short hair]
neutral: rate number proportion
light: happy report shelter
optional: shelter
beside: {pets: kitten}
narrowing: cost black
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("patterns") / "measures"
    folder.mkdir()
    (folder / "pets.yaml").write_text(PETS, encoding="utf-8")
    (folder / "words.yaml").write_text(WORDS, encoding="utf-8")
    return load_catalogue(folder.parent)


@pytest.mark.parametrize(
    ("wording", "kind", "unit", "expected"),
    [
        ("cats fed", "percentage", "%", ("cats-fed", 100.0)),
        ("moggies fed", "percentage", "%", ("cats-fed", 100.0)),
        ("the fed domestic short hairs", "percentage", "%", ("cats-fed", 100.0)),
        ("happy cats fed", "percentage", "%", ("cats-fed", 92.0)),
        ("cats fed in Bromley", "percentage", "%", ("cats-fed", 80.0)),
        ("cats fed in Bromley and Lewisham", "percentage", "%", None),
        ("cats fed, dogs included, and mice", "percentage", "%", None),
        ("kittens and cats fed", "percentage", "%", ("cats-fed", 92.0)),
        ("black cats fed", "percentage", "%", None),
        ("cost of cats fed", "percentage", "%", None),
        ("cats fed", "count", "cats", None),
        ("cats", "count", "cats", ("cats", 85.1)),
        ("cats at the shelter", "count", "cats", ("cats", 100.0)),
        ("cats at the shelter", "count", "officers", None),
        ("cats at the shelter", "count", "moggies", ("cats", 100.0)),
        ("cats at the shelter", "count", None, ("cats", 100.0)),
        ("cats at the shelter", "rate", "per 1,000", ("cats-rate", 100.0)),
        ("cats at the shelter", "rate", "per 10,000", None),
        ("dogs walked within two hours", "percentage", "%", ("dogs-walked", 100.0)),
        ("dogs walked", "percentage", "%", None),
        ("dogs walked on time twice", "percentage", "%", None),
        ("food eaten", "count", "tonnes", ("food", 100.0)),
        ("food eaten", "count", "miles", None),
        ("", "percentage", "%", None),
    ],
)
def test_a_wording_names_the_measure_whose_words_it_has_and_little_else(
    pets: Catalogue, wording: str, kind: str, unit: str | None, expected: tuple[str, float] | None
) -> None:
    match = match_wording(pets, wording, kind, unit)
    assert (None if match is None else (match.measure.id, round(match.score, 1))) == expected


@pytest.mark.parametrize(
    ("clause", "wording", "expected"),
    [
        ("at Whitsun 80% of felines were given their dinner", "they", "cats-fed"),
        ("at Whitsun 80% of felines were given their dinner", "dogs", None),
        ("80% of felines that came from one large and distant town were given their dinner", "they", None),
        ("80% of black felines were given their dinner", "they", None),
        ("80% of cats were fed", "they", None),
        ("80% of felines were given their dinner and every moggy too", "they", "cats-fed"),
        (
            "the felines came from one large and distant town and 80% were given their dinner",
            "given dinner",
            "cats-fed",
        ),
        ("the dogs came from one large and distant town and 80% of birds were walked on time", "dogs", None),
    ],
    ids=["one measure", "its own wording", "far apart", "narrowed", "a short name", "said twice", "begun", "in time"],
)
def test_a_clause_names_a_measure_where_one_long_name_stands_together_in_it(
    pets: Catalogue, clause: str, wording: str, expected: str | None
) -> None:
    match = match_clause(pets, clause, "percentage", "%", wording)
    assert (match.measure.id if match is not None else None) == expected


def test_the_candidates_say_why_they_are_not_it(pets: Catalogue) -> None:
    told = [(one.measure.id, round(one.score), one.why_not) for one in candidates(pets, "cats fed", "percentage", "%")]
    assert told == [
        ("cats-fed", 100, None),
        ("cats", 60, "kind or unit differ: the measure is in cats"),
        ("cats-rate", 60, "kind or unit differ: the measure is in per 1,000"),
    ]


@pytest.mark.parametrize(
    ("wording", "kind", "why_not"),
    [
        ("dogs walked", "percentage", "the wording lacks `on time`"),
        ("dogs walked twice on time", "percentage", "the wording has words that make it another measure"),
        ("black dogs walked on time", "percentage", "the wording is about something else: `black`"),
        ("dogs walked on time over hills, dales and moors", "percentage", "the wording has too much beside the name"),
        ("dogs walked on time", None, "it may be, where kind and unit agree"),
    ],
)
def test_a_candidate_says_what_keeps_a_wording_from_it(
    pets: Catalogue, wording: str, kind: str | None, why_not: str
) -> None:
    first: Candidate = candidates(pets, wording, kind, None)[0]
    assert (first.measure.id, first.why_not) == ("dogs-walked", why_not)
