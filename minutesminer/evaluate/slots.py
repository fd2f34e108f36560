"""How well the slots of a found record agree with the gold's."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

TEXT_SLOTS = frozenset(
    {"measure", "unit", "period", "owner", "task", "recipient", "due", "requester", "request",
     "destination", "mover", "seconder"}
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*|[%£]")
_ARTICLES = frozenset({"a", "an", "the"})


def agreement(slot: str, gold: Any, found: Any) -> float:
    """From 0 to 1: the F1 of words for text slots, all or nothing for numbers and closed lists.

    Both unstated is full agreement, one unstated none.
    """
    if gold is None or found is None:
        return float(gold is found)
    if slot in TEXT_SLOTS:
        return word_f1(str(gold), str(found))
    return float(same(gold, found))


def same(one: Any, other: Any) -> bool:
    """Equal, numbers but for rounding in the last digits."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def word_f1(one: str, other: str) -> float:
    """F1 of the two texts' words, counted with their repetitions, lower-cased, without articles."""
    a, b = _words(one), _words(other)
    if not a and not b:
        return 1.0
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values()))


def _words(text: str) -> Counter[str]:
    words = _WORD.findall(text.lower().replace("’", "'"))
    return Counter(word for word in words if word not in _ARTICLES)
