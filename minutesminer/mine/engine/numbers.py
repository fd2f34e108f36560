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
_OPEN = frozenset({*_TENS, "hundred", "thousand"})  # behind these the next word may be part of the number
_GOING_ON = frozenset({*_SCALES, "½", "¼", "¾", "k", ","})  # behind any other number, these alone may be
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)([km])")
_HALVED = re.compile(r"(\d*)([½¼¾])")
_AND_A_HALF = "-and-a-half"
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
MAGNITUDES = {
    "k": 1_000, "thousand": 1_000,
    "m": 1_000_000, "mn": 1_000_000, "mil": 1_000_000, "mill": 1_000_000, "million": 1_000_000,
    "bn": 1_000_000_000, "billion": 1_000_000_000, "tn": 1_000_000_000_000,
}  # fmt: skip


def digits_value(text: str) -> float | None:
    """`42,800` to 42800.0, `1½` to 1.5, `250K` to 250000.0; None for what is no plain number (`2015/16`, `18th`)."""
    if _DIGITS.fullmatch(text.removesuffix("+")):
        return float(text.removesuffix("+").replace(",", ""))
    if halved := _HALVED.fullmatch(text):
        return float(halved[1] or 0) + _FRACTIONS[halved[2]]
    if scaled := _SCALED.fullmatch(text.lower()):
        return float(scaled[1]) * MAGNITUDES[scaled[2]]
    return None


def word_value(text: str) -> float | None:
    """`seventeen`, `twenty-five`, `hundred`, `two-and-a-half` to their values; None for other words."""
    lower = text.lower()
    for table in (_ONES, _TENS, _SCALES):
        if lower in table:
            return float(table[lower])
    if lower.endswith(_AND_A_HALF):
        whole = word_value(lower.removesuffix(_AND_A_HALF))
        return whole + 0.5 if whole is not None else None
    ten, dash, one = lower.partition("-")
    if dash and ten in _TENS and 0 < _ONES.get(one, 0) < 10:
        return float(_TENS[ten] + _ONES[one])
    return None


def phrase_length(lowers: list[str], at: int) -> int:
    """How many words from `at` make one number: `one hundred and twenty three` is 5, `2.5 million` 2, `six` 1."""
    stop = at + 1
    last = lowers[at]
    if last not in _OPEN and (stop == len(lowers) or lowers[stop] not in _GOING_ON):
        return 1  # as most are
    while stop < len(lowers):
        word = lowers[stop]
        after = lowers[stop + 1] if stop + 1 < len(lowers) else ""
        if word in _SCALES and word_value(last) != 0 and last != "dozen" and (word != "dozen" or stop == at + 1):
            stop, last = stop + 1, word
        elif stop == at + 1 and (word in _FRACTIONS or word == "k") and last.isdigit():
            stop, last = stop + 1, word  # `2 ½`, `250 k`
        elif (stop == at + 1 and _broken(lowers, at)) or (
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


def _broken(lowers: list[str], at: int) -> bool:
    """Whether a blank has broken the thousands of a sum or of a range's end: `£35, 300`, `30,350 to 35, 300`."""
    head, rest = lowers[at], lowers[at + 1 : at + 3]
    if not (len(rest) == 2 and rest[0] == "," and len(rest[1]) == 3 and rest[1].isdigit()):
        return False
    before = lowers[max(at - 2, 0) : at]
    whole = head.isdigit() and len(head) <= 3 and bool(before)
    return whole and (before[-1] == "£" or before[-1] == "to" and "," in before[0])


def _is_part(word: str) -> bool:
    value = word_value(word)
    return value is not None and word not in _SCALES


def phrase_value(words: list[str]) -> float | None:
    """The value of a number's words, as `phrase_length` bounds them; None where they make none."""
    total, current, seen = 0.0, 0.0, False
    if words[1:2] == [","]:
        return digits_value("".join(words))
    for word in (w.lower() for w in words):
        if word in {"and", "-", "–"}:
            continue
        if word == "k":
            current *= 1_000
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
