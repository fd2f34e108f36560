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
    ],
)
def test_the_words_of_one_number(words, length, value):
    assert phrase_length(words, 0) == length
    assert phrase_value(words[:length]) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("42,800", 42800), ("9.5", 9.5), (".5", 0.5), ("2015/16", None), ("18th", None), ("1.2.3", None), ("4,28", None)],
)
def test_digits(text, value):
    assert digits_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("Seventeen", 17), ("thirty-one", 31), ("thirty-twelve", None), ("several", None)]
)
def test_words(text, value):
    assert word_value(text) == value
