"""Divisions between a motion and an amendment: one vote decides both, so that what carries one defeats the other."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words

_SIDES = frozenset({"motion", "amendment"})
_BETWEEN = frozenset(",:(–—-|=")
_VOTING = frozenset("voted votes vote members member councillors councillor voting were in favour".split())
_FAR = 90  # words of names between a side and its number in brackets


def division(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The votes for the motion and for the amendment told in the words `start` to `end`; None unless both are."""
    told: dict[str, int] = {}
    for k in range(start + 2, end):
        side = words.lower[k]
        if side in _SIDES and words.lower[k - 1] == "the" and words.lower[k - 2] in {"for", "of"}:
            number = _beside(words, k, start, end)
            if number is not None:
                told.setdefault(side, number)
    return (told["motion"], told["amendment"]) if len(told) == len(_SIDES) else None


def named_side(words: Words, first: int, last: int) -> str | None:
    """Which side the words `first` to `last` tell the fate of: the one named last; None where none is."""
    return next((words.lower[k] for k in range(last - 1, first - 1, -1) if words.lower[k] in _SIDES), None)


def _beside(words: Words, side: int, start: int, end: int) -> int | None:
    k = side + 1
    while k < end and words.text[k] in _BETWEEN:
        k += 1
    if k < end and k in words.values:
        return int(words.values[k])
    k = side - 3
    while k > start and words.lower[k] in _VOTING:
        k -= 1
    if k in words.values and k >= start:
        return int(words.values[k])
    for k in range(side + 1, min(side + _FAR, end - 2)):
        if words.lower[k] in _SIDES:
            return None
        if words.text[k] == "(" and k + 1 in words.values and words.text[k + 2] == ")":
            return int(words.values[k + 1])
    return None
