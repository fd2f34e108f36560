"""Tests of word shapes are filed by how a word begins, and hold of the same words as when all are tried."""

from __future__ import annotations

import re

import pytest

from minutesminer.mine.engine.ruleset import rule_set
from minutesminer.mine.engine.shapes import Shapes

WORDS = (
    "completed Completed the 18th 2015/16 17/12/2018 ½ 2½ 35,300 .5 +5 £ % - – ( A AP1 a. Ôl Évora İ twenty-five TEN "
    "ten one-day Year-olds (b) x/day RAG QQ Q4 FQ4 24/7 é 12.30 ii. ing ed 3rd [1] | ^ $ \\ _a 0 007 ｘ ² ٣"
).split()


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[a-z]{3,}ed$",
        r"^\d*[½¼¾]$|^\d+$",
        r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$|^\.\d+$",
        r"^(?i:one|two|ten|twenty)(?:-(?i:five|day))?$",
        r"^(?!the)[a-z-]{3,}$",
        r"^\(?[a-z]\)?$",
        r"^[(\[|]",
        r"^x?y*[^a-z]",
        r"^a{0,1}P|^A+?P",
        r"^\|$|^\^$|^[|^]$",
        r"day",
        r"a$|^b",
        r"^.[A-Z]",
        r"^$|^q",
        r"^\b[A-Z]",
    ],
)
@pytest.mark.parametrize("on_lower", [False, True])
def test_a_shape_holds_of_the_words_that_its_expression_is_found_in(pattern: str, on_lower: bool) -> None:
    shapes = Shapes()
    shapes.add(re.compile(pattern), 2, on_lower=on_lower)
    found = [word for word in ["", *WORDS] if shapes.bits(word, word.lower())]
    assert found == [word for word in ["", *WORDS] if re.search(pattern, word.lower() if on_lower else word)]


def test_the_lexicons_of_the_rules_hold_of_the_same_words_by_their_bits() -> None:
    rules = rule_set()
    by_bits = {
        word: {name for name in rules.lexicons if rules.patterns.bits(word) & rules.flag(name)} for word in WORDS
    }
    assert by_bits == {
        word: {name for name, lexicon in rules.lexicons.items() if lexicon.holds(word)} for word in WORDS
    }
    assert by_bits["18th"]
