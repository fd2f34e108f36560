"""Labels of limbs and paragraphs: `(1)`, `2.`, `a)`, `(iv)`, `2.1`, and whether they run on from one another."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:• ?)?(?:\((?P<a>\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)"
    r"|(?P<b>\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]{1,2}"
    r"|(?P<c>\d{1,3}(?:\.\d{1,3}){1,3}))(?:\s+|(?=[A-Z(“]))|(?P<d>[A-H])\s+(?=[A-Z][a-z])"
)
_INLINE = re.compile(
    r"(?<![\w)])\((\d{1,2}|[A-Ha-h]|[ivx]{1,4})\)\s*(?=\S)|(?:(?<=[\s:;])|(?<=^))(\d{1,2}|[a-h]|[ivx]{1,4}|[A-H](?=[.)]\s+(?:That|To)\b))[.)]\s+(?=[A-Z]|that\b|to\b)"
)
_BEFORE_LABEL = re.compile(r"(?:[;:,.–—-]|\b(?:and|or|that|to))\s*$", re.I)
_REFERENCE = re.compile(r"(?:to|and|or|,(?:\s*and)?|&|[–-])\s*\(?\w{1,3}\)|above\b|below\b")  # `items (a) to (c) above`
_STOPPED = re.compile(r"[;.,]\s*(?:and\s*)?$")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def label_at(text: str, start: int, end: int) -> tuple[int, str | None, bool]:
    """Of the line `text[start:end]`: where its text begins, its label or None, and whether it has a bullet.

    A capital without a stop (`A That ...`) is a label only where `That` or a small verb form may follow it;
    `A` and `I` before other words are words.
    """
    bullet = text.startswith("•", start, end)
    match = _LABEL.match(text, start, end)
    if match is not None and match["d"] is not None:
        following = text[match.end() : end].split(" ", 1)[0]
        if following.lower() != "that" and match["d"] in "A":
            match = None
    if match is None:
        return (start + 2 if bullet else start), None, bullet
    number = next(group for group in match.groups() if group)
    return match.end(), number, bullet


def inline_labels(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels of a run of limbs inside one line; empty where there is none.

    The first must be a 1, a, A or i; each further one must follow it and stand behind a stop, `and` or `that`.
    A single label counts only at the start.
    """
    found: list[re.Match[str]] = []
    sequence = Sequence()
    for match in _INLINE.finditer(text, start, end):
        number = match[1] or match[2]
        if _REFERENCE.match(text, match.end(), end):
            continue
        opening = not text[start : match.start()].strip()
        if not found:
            if number.lower() not in {"1", "a", "i"} and not opening:
                continue
        elif not _BEFORE_LABEL.search(text, max(start, match.start() - 12), match.start()):
            continue
        if sequence.take(number) is None:
            continue
        found.append(match)
    if len(found) == 1 and text[start : found[0].start()].strip():
        return []
    return found


def stem_labels(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels in a line that stand behind a stop, `and`, `that` or `to`, and are no references."""
    found = _INLINE.finditer(text, start, end)
    return [
        m for m in found if _BEFORE_LABEL.search(text, start, m.start()) and not _REFERENCE.match(text, m.end(), end)
    ]


def running_labels(text: str, number: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels inside a line that run on from the line's own label `number`: `1. That ... 2. That ...`."""
    sequence = Sequence()
    sequence.take(number)
    found: list[re.Match[str]] = []
    for match in _INLINE.finditer(text, start, end):
        begins = text[match.end() : match.end() + 4].lower()
        if _REFERENCE.match(text, match.end(), end):
            continue
        if begins not in {"that", "to a", "to n", "to e", "to r"} or not _STOPPED.search(text, start, match.start()):
            continue
        if sequence.take(match[1] or match[2]) == 0:
            found.append(match)
    return found


def _values(number: str) -> list[tuple[str, int]]:
    """What a label may be: pairs of a style and a place in it. `i` is the first Roman or the ninth letter."""
    if number.isdigit():
        return [("1", int(number))]
    if "." in number:
        head, _, last = number.rpartition(".")
        return [(head + ".", int(last))]
    values: list[tuple[str, int]] = []
    lower = number.lower()
    case = "i" if number.islower() else "I"
    if all(letter in _ROMAN for letter in lower):
        digits = [_ROMAN[letter] for letter in lower]
        total = sum(-d if k + 1 < len(digits) and d < digits[k + 1] else d for k, d in enumerate(digits))
        values.append((case, total))
    if len(number) == 1:
        values.append(("a" if number.islower() else "A", ord(lower) - ord("a") + 1))
    return values


class Sequence:
    """The labels of a nested list so far. `levels` are the styles and places of the open lists, outermost first."""

    def __init__(self) -> None:
        self.levels: list[tuple[str, int]] = []

    def take(self, number: str) -> int | None:
        """The depth of the next label (0 the outermost), or None where it does not run on from the others."""
        values = _values(number)
        if not self.levels:
            choice = values[0] if len(values) == 1 or values[0][1] == 1 else values[-1]
            self.levels.append(choice)
            return 0
        for depth in range(len(self.levels) - 1, -1, -1):
            style, place = self.levels[depth]
            for value in values:
                if value[0] == style and place < value[1] <= place + 2:
                    del self.levels[depth + 1 :]
                    self.levels[depth] = value
                    return depth
        styles = {style for style, _ in self.levels}
        for value in values:
            if value[0].endswith(".") and not any(f"{place}." == value[0] for _, place in self.levels):
                continue  # `61.1` is the next paragraph, and no part of limb 2
            if value[1] == 1 and value[0] not in styles:
                self.levels.append(value)
                return len(self.levels) - 1
        return None
