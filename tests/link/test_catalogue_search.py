"""What people type, and the measures they mean."""

from __future__ import annotations

import re

import pytest

from minutesminer import resources
from minutesminer.errors import UsageError
from minutesminer.link.catalogue import Catalogue, load_catalogue
from minutesminer.link.catalogue_search import EXACT, find_measures, the_measure


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources.folder("patterns"))


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("care-leavers-eet", "care-leavers-eet"),
        ("care leavers in EET", "care-leavers-eet"),
        ("EET care leavers", "care-leavers-eet"),
        ("Care leavers in education, employment or training", "care-leavers-eet"),
        ("council tax collection", "council-tax-collection"),
        ("ctax collected", "council-tax-collection"),
        ("EHCPs within 20 weeks", "ehcp-20-weeks"),
        ("LAC", "looked-after-children"),
        ("recyling rate", "recycling-rate"),
        ("fly tipping", "fly-tips"),
        ("DToC", "delayed-transfers"),
    ],
)
def test_the_measure_that_is_meant_comes_first(catalogue: Catalogue, words: str, id_: str) -> None:
    assert find_measures(catalogue, words)[0].measure.id == id_


def test_the_rest_follow_by_how_much_they_have_of_the_words(catalogue: Catalogue) -> None:
    found = find_measures(catalogue, "rent arrears")
    assert [one.measure.id for one in found[:2]] == ["rent-arrears", "rent-arrears-share"]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len(find_measures(catalogue, "children", limit=3)) == 3


def test_what_is_spelt_like_a_label_is_found_last(catalogue: Catalogue) -> None:
    assert find_measures(catalogue, "xylophones") == []


def test_one_measure_is_taken_where_the_words_leave_no_doubt(catalogue: Catalogue) -> None:
    assert the_measure(catalogue, "recycling rate").id == "recycling-rate"
    assert [one.score for one in find_measures(catalogue, "recycling rate", limit=1)] == [EXACT]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "arrears",
            "'arrears' may mean several measures; name one of them by its id:\n  council-tax-arrears: Council tax",
        ),
        ("xylophones", "no measure is called 'xylophones'; `minutesminer measures list` has them all"),
        ("the rate", "no measure is called 'the rate'"),
    ],
)
def test_doubt_is_told_with_the_measures_that_come_near(catalogue: Catalogue, words: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        the_measure(catalogue, words)
