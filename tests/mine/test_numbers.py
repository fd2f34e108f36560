from __future__ import annotations

import pytest

from minutesminer.mine.engine.numbers import digits_value, phrase_length, phrase_value, word_value


@pytest.mark.parametrize(
    ("words", "length", "value"),
    [
        (["six", "waited"], 1, 6),
        (["twenty", "five", "homes"], 2, 25),
        (["one", "hundred", "and", "twenty", "three", "homes"], 5, 123),
        (["two", "thousand", "and", "six", "were"], 4, 2006),
        (["2.5", "million", "people"], 2, 2_500_000),
        (["two", "and", "three"], 1, 2),
        (["hundred", "and", "some"], 1, 100),
        (["three", "dozen", "objections"], 2, 36),
        (["2", "½", "hours"], 2, 2.5),
        (["250", "k", "people"], 2, 250_000),
        (["35", ",", "300", "homes"], 1, 35),
    ],
)
def test_the_words_of_one_number(words, length, value):
    assert phrase_length(words, 0) == length
    assert phrase_value(words[:length]) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("42,800", 42800), ("9.5", 9.5), (".5", 0.5), ("2015/16", None), ("18th", None), ("1.2.3", None), ("4,28", None)]
    + [("1½", 1.5), ("½", 0.5), ("250K", 250_000), ("1.2M", 1_200_000), ("3,000+", 3000), ("K", None)],
)
def test_digits(text, value):
    assert digits_value(text) == value


def test_thousands_broken_by_a_blank_are_one_number_after_a_pound_or_a_like_number():
    assert phrase_length(["£", "35", ",", "300"], 1) == 3
    assert phrase_length(["30,350", "to", "35", ",", "300"], 2) == 3
    assert phrase_length(["12", "to", "35", ",", "300"], 2) == 1


@pytest.mark.parametrize(
    ("text", "value"), [("Seventeen", 17), ("thirty-one", 31), ("thirty-twelve", None), ("several", None)]
)
def test_words(text, value):
    assert word_value(text) == value
