"""Figures in words and digits to values."""

from __future__ import annotations

import re

_ONES = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split()
    )
} | {"nought": 0}
_TENS = {
    word: 10 * (k + 2)
    for k, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_TENS["fourty"] = 40
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
MAGNITUDES = {
    "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000,
    "bn": 1_000_000_000, "billion": 1_000_000_000, "tn": 1_000_000_000_000,
}  # fmt: skip


def digits_value(text: str) -> float | None:
    """`42,800` to 42800.0, `9.5` to 9.5; None for what is not plainly a number (`2015/16`, `18th`, `1.2.3`)."""
    return float(text.replace(",", "")) if _DIGITS.fullmatch(text) else None


def word_value(text: str) -> float | None:
    """`seventeen`, `twenty-five`, `hundred` to their values; None for other words."""
    lower = text.lower()
    for table in (_ONES, _TENS, _SCALES):
        if lower in table:
            return float(table[lower])
    ten, dash, one = lower.partition("-")
    if dash and ten in _TENS and 0 < _ONES.get(one, 0) < 10:
        return float(_TENS[ten] + _ONES[one])
    return None


def phrase_length(lowers: list[str], at: int) -> int:
    """How many words from `at` make one number: `one hundred and twenty three` is 5, `2.5 million` 2, `six` 1."""
    stop = at + 1
    last = lowers[at]
    while stop < len(lowers):
        word = lowers[stop]
        after = lowers[stop + 1] if stop + 1 < len(lowers) else ""
        if word in _SCALES and word != "dozen" and word_value(last) != 0 and last not in {"dozen"}:
            stop, last = stop + 1, word
        elif (
            word == "and" and last in {"hundred", "thousand"} and _is_part(after) and word_value(lowers[at]) is not None
        ):
            stop, last = stop + 2, after
        elif last in _TENS and 0 < _ONES.get(word, 0) < 10:
            stop, last = stop + 1, word
        elif last in _TENS and word in {"-", "–"} and 0 < _ONES.get(after, 0) < 10:
            stop, last = stop + 2, after
        elif last in {"hundred", "thousand"} and _is_part(word):
            stop, last = stop + 1, word
        else:
            break
    return stop - at


def _is_part(word: str) -> bool:
    value = word_value(word)
    return value is not None and word not in _SCALES


def phrase_value(words: list[str]) -> float | None:
    """The value of a number's words, as `phrase_length` bounds them; None where they make none."""
    total, current, seen = 0.0, 0.0, False
    for word in (w.lower() for w in words):
        if word in {"and", "-", "–"}:
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            current = (current if seen and current else 1.0) * scale
            if scale >= 1_000:
                total, current = total + current, 0.0
            seen = True
            continue
        value = digits_value(word)
        if value is None:
            value = word_value(word)
        if value is None:
            return None
        current += value
        seen = True
    return total + current if seen else None
