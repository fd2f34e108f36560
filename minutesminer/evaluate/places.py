"""Where a quote stands in a document: the gold's words found again in the items' text.

Gold is written against the page as it reads, the items hold cleaned text, and the two differ in white
space, bullets, hyphens and quotation marks. So both are reduced to their *bones*: letters, digits, `£`
and `%`, and the point or comma inside a number. Every bone remembers its item and offset.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from minutesminer.evaluate.gold import GoldRecord

_BONE = re.compile(r"[^\W_]|[£%]|(?<=\d)[.,](?=\d)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*[^\W\d_]*|[^\W_]+")
_BULLET = re.compile(r"^\s*(?:[^\w\s£(\[“‘\"']+|o(?=\s))\s*")
_ELISION = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_PROBE = 32  # bones: long enough to be found once, short enough to survive a cut in the sentence


@dataclass(slots=True, frozen=True)
class Place:
    """A half-open character range in the text of item `item`."""

    item: int
    start: int
    end: int


@dataclass(slots=True)
class Bones:
    """A document reduced to what reading it aloud would keep. `at[i]` is (item, offset) of `text[i]`."""

    text: str
    folded: str
    at: list[tuple[int, int]]
    items: Sequence[str]
    # Starts and ends of each item's words.
    words: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def place(self, start: int, end: int) -> Place:
        """The characters from bone `start` to bone `end` (exclusive)."""
        item, first = self.at[start]
        return Place(item, first, self.at[end - 1][1] + 1)

    def word_range(self, place: Place) -> tuple[int, int]:
        """Half-open range of the item's words that `place` touches."""
        starts, ends = self.words[place.item]
        return bisect_right(ends, place.start), bisect_left(starts, place.end)


def bones_of(items: Sequence[str]) -> Bones:
    """The bones of a document of `items` (texts); no run of them crosses from one item to the next."""
    text: list[str] = []
    at: list[tuple[int, int]] = []
    words: list[tuple[list[int], list[int]]] = []
    for number, item in enumerate(items):
        for match in _BONE.finditer(item):
            text.append(match.group())
            at.append((number, match.start()))
        text.append("\n")
        at.append((number, len(item)))
        found = [match.span() for match in _WORD.finditer(item)]
        words.append(([start for start, _ in found], [end for _, end in found]))
    joined = "".join(text)
    return Bones(joined, _fold(joined), at, items, words)


def overlap(bones: Bones, one: Place, other: Place) -> float:
    """Shared words over the shorter one's words; 0 where either holds no word."""
    if one.item != other.item:
        return 0.0
    a, b = bones.word_range(one), bones.word_range(other)
    shorter = min(a[1] - a[0], b[1] - b[0])
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / shorter if shorter > 0 and shared > 0 else 0.0


def locate(bones: Bones, records: Sequence[GoldRecord]) -> list[Place | None]:
    """The place of each gold record of one class, in the records' order; None where the text lacks it.

    A quote is looked for in its sentence. Longer quotes are placed first, and records that read alike take
    one occurrence each, in order: `six` does not stand where `six indicators` does.
    """
    places: list[Place | None] = [None] * len(records)
    taken: list[Place] = []
    order = sorted(range(len(records)), key=lambda i: (-len(records[i].quote), i))
    zones = {record.sentence: _zones(bones, record.sentence) for record in records}
    for i in order:
        candidates = _candidates(bones, records[i], zones[records[i].sentence])
        free = [place for place in candidates if not any(_touch(place, other) for other in taken)]
        apart = [place for place in candidates if place not in taken]
        if candidates:
            chosen = (free or apart or candidates)[0]
            places[i] = chosen
            taken.append(chosen)
    return places


def _touch(one: Place, other: Place) -> bool:
    return one.item == other.item and one.start < other.end and other.start < one.end


def _candidates(bones: Bones, record: GoldRecord, zones: list[tuple[int, int]]) -> list[Place]:
    """Places of the record's quote: in its sentence; else anywhere, the nearest to where that should be."""
    quote = _reduce(record.quote)
    inside = [(start, end) for low, high in zones for start, end in _find(bones, quote, low, high, "glued")]
    if inside:
        return [bones.place(start, end) for start, end in inside]
    anywhere = _find(bones, quote, 0, len(bones.text))
    if zones:
        anywhere.sort(key=lambda span: min(abs(span[0] - low) for low, _ in zones))
    return [bones.place(start, end) for start, end in anywhere]


def _zones(bones: Bones, sentence: str) -> list[tuple[int, int]]:
    """Ranges of bones where the sentence stands, best first: whole, as a part, or from its parts."""
    wanted = _reduce(sentence)
    found = _find(bones, wanted, 0, len(bones.text))
    if found:
        whole = [span for span in found if _stands_alone(bones, *span)]
        return whole or found
    # The text may lack a word of it (a page number, a label): a stretch of the sentence tells the place.
    for offset in range(0, max(1, len(wanted) - _PROBE + 1), _PROBE // 2):
        probe = wanted[offset : offset + _PROBE]
        hits = _find(bones, probe, 0, len(bones.text), "any")
        if len(probe) == _PROBE and hits:
            return [(max(0, start - offset - 5), start - offset + len(wanted) + 20) for start, _ in hits]
    return []


def _stands_alone(bones: Bones, start: int, end: int) -> bool:
    """True where a sentence or block begins at `start` and ends at `end`."""
    place = bones.place(start, end)
    text = bones.items[place.item]
    before, after = text[: place.start].rstrip(" “‘\"'(•"), text[place.end :].lstrip(" ”’\"')")
    return (not before or before[-1] in "\n.!?:;") and (not after or after[0] in "\n.!?:;")


def _find(
    bones: Bones, wanted: str, low: int, high: int, words: Literal["whole", "glued", "any"] = "whole"
) -> list[tuple[int, int]]:
    """All runs of bones that read `wanted` between `low` and `high`.

    The same letters in the same case are preferred to other case. `words` says whether a run must be made of
    whole words, or may be a figure that a bad page glued to the next (`24good`), or any run at all.
    """
    if not wanted:
        return []
    for haystack, needle in ((bones.text, wanted), (bones.folded, _fold(wanted))):
        hits = []
        start = haystack.find(needle, low, high)
        while start >= 0:
            hits.append((start, start + len(needle)))
            start = haystack.find(needle, start + 1, high)
        if words != "any":
            begun = [span for span in hits if not _joined(bones, span[0] - 1)]
            whole = [span for span in begun if not _joined(bones, span[1] - 1)]
            # A long run is worth having as it stands: nothing else reads like it.
            lesser = [span for span in begun if words == "glued" and _glued(bones, *span)]
            hits = whole or lesser or (hits if len(needle) > 12 else [])
        if hits:
            return hits
    return []


def _glued(bones: Bones, start: int, end: int) -> bool:
    """True for a figure that goes on in letters: `six` in `sixty` is no figure, `2` in `24` another one."""
    return any(char.isdigit() for char in bones.text[start:end]) and bones.text[end].isalpha()


def _joined(bones: Bones, index: int) -> bool:
    """True where bone `index` and the next belong to one word."""
    if index < 0 or index + 1 >= len(bones.text):
        return False
    pair = bones.text[index] + bones.text[index + 1]
    if "\n" in pair or "%" in pair or "£" in pair:
        return False
    return bones.at[index + 1][1] == bones.at[index][1] + 1


def _reduce(quote: str) -> str:
    quote = _ELISION.sub("", quote)
    return "".join(_BONE.findall(_BULLET.sub("", quote)))


def _fold(text: str) -> str:
    """Lower case, one character for one: `str.lower` may lengthen a text, and offsets must hold."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
