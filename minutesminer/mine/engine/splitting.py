"""Where sentences, bullets and list entries end."""

from __future__ import annotations

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.words import Words

_STOPS = frozenset(".?!…")
_CLOSERS = frozenset("”’\"')]")
_NUMBERING = frozenset(
    {"no", "nos", "para", "paras", "p", "pp", "s", "ref", "fig"}
)  # abbreviations before a number only
_ABBREVIATIONS = frozenset(
    "mr mrs ms miss dr cllr cllrs prof rev sir st ltd inc co e.g i.e etc approx hon dept vs v est tel".split()
)


def split_sentences(words: Words) -> list[tuple[int, int]]:
    """Half-open word ranges of the sentences; a line break always ends one, and belongs to none.

    A stop ends a sentence unless it follows an abbreviation, an initial or a list number at a line's start.
    """
    ranges: list[tuple[int, int]] = []
    text, bits = words.text, words.bits
    begin = line = 0
    count = len(text)
    breaks = [k for k, word in enumerate(text) if word in _STOPS or bits[k] & NEWLINE]
    for k in breaks:
        if k < begin:
            continue
        if bits[k] & NEWLINE:
            if k > begin:
                ranges.append((begin, k))
            begin = line = k + 1
            continue
        stop = k + 1
        while stop < count and text[stop] in _CLOSERS and words.start[stop] == words.end[stop - 1]:
            stop += 1
        if stop < count and text[k] == "." and not _ends(words, k, stop, line):
            continue
        while stop < count and text[stop] in _STOPS:
            stop += 1
        if stop > begin:
            ranges.append((begin, stop))
        begin = stop
    if begin < count:
        ranges.append((begin, count))
    return ranges


def _ends(words: Words, stop: int, after: int, line: int) -> bool:
    if words.bits[after] & NEWLINE:
        return True
    before = words.lower[stop - 1] if stop else ""
    if before in _NUMBERING:
        return words.lower[after][:1].isdigit() is False
    if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha() and words.text[stop - 1].isupper()):
        return False
    if stop - line <= 3 and (
        before.isdigit() or len(before) == 1 or before in {"ii", "iii", "iv", "vi", "vii", "viii"}
    ):
        return False
    following = words.text[after]
    if words.start[after] == words.end[after - 1] and not following[:1].isupper():
        return False
    return not following[:1].islower()
