"""Limbs whose heading was lost in copying: `(a) That the report be noted` with no word of decision above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match

_KEYWORD_LOST = re.compile(
    r"\bit was(?: then| therefore| unanimously)?\s*[:–—-]*$|\bseconded by [^.;:]{3,60}?,? and\s*[:–—-]*$", re.I
)
_TOLD = frozenset("was were had asked said queried felt what how why whether when if".split())
_TAIL_LINES = 3  # lines that may stand below a list which closes an item
_FAR = 60  # words of a limb within which its verb stands


def bare_limbs(scene: Scene) -> Iterator[tuple[Match, int]]:
    """The matches that open a block without a heading, each with the number of its line."""
    words = scene.words
    for match in scene.reading.of("resolution", "bare_limb"):
        start = words.start[match.start]
        line, body = scene.line_body(match)
        here = scene.lines[line]
        if start > body or here.bullet or scene.section_kind(start) == "background":
            continue
        if words.lower[match.start + 1 : match.start + 2] == ["said"] or _amid_list(scene, line):
            continue
        if words.text[match.start] == "that" and here.number is None:
            continue  # a line broken before its `that`
        if words.text[match.start] in {"to", "To"}:
            if _opens_infinitives(scene, line) and not _headed(scene, line):
                yield match, line
            continue
        if not _headed(scene, line) and _decides(scene, match.start + 1, scene.word_at(_end(scene, line))):
            yield match, line


def _end(scene: Scene, line: int) -> int:
    """Where the limb that begins in the line ends: there, or in a line below it where it was broken at a column."""
    k = line
    while k + 1 < len(scene.lines) and k < line + 3 and scene.text[scene.lines[k].end - 1] not in ".;:":
        below = scene.lines[k + 1]
        if below.number is not None or below.bullet:
            break
        k += 1
    return scene.lines[k].end


def bare_lists(scene: Scene) -> Iterator[tuple[Match, int]]:
    """The matches in lists without `That` which close an item and decide, each with the number of its first line."""
    known = -1
    for match in scene.reading.of("resolution", "bare_list"):
        line = scene.lines.index(scene.words.start[match.start])
        if line <= known or scene.lines[line].number is None:
            continue
        first = last = line
        while first > 0 and scene.lines[first - 1].number is not None:
            first -= 1
        while last + 1 < len(scene.lines) and scene.lines[last + 1].number is not None:
            last += 1
        known = last
        limbs = range(first, last + 1)
        if first in {0, last} or scene.section_kind(scene.lines[first].start) == "background":
            continue
        if scene.lines[first].number not in {"1", "a", "i"} or _headed(scene, first):
            continue
        above = scene.lines[first - 1]
        if _KEYWORD_LOST.search(scene.text, above.start, above.end):  # its limbs need no stops
            if not any(_tells(scene, k) for k in limbs):
                yield match, first
        elif len(scene.lines) - last <= _TAIL_LINES and all(_bids(scene, k) for k in limbs):
            yield match, first


def _bids(scene: Scene, line: int) -> bool:
    """True where a labelled line bids that something be done: it tells of nothing past and ends with a stop."""
    here = scene.lines[line]
    return scene.text[here.start : here.end].rstrip().endswith((".", ";", "; and", ";and")) and not _tells(scene, line)


def _tells(scene: Scene, line: int) -> bool:
    """True where a labelled line tells of something past, or asks."""
    here = scene.lines[line]
    first = scene.word_at(here.body)
    return bool(_TOLD & set(scene.words.lower[first : min(first + 15, scene.word_at(here.end))]))


def _opens_infinitives(scene: Scene, line: int) -> bool:
    """True where the line is the first of a list of infinitives: `(i) to note ...; (ii) to request ...`."""
    if scene.lines[line].number not in {"i", "a", "1"} or line + 1 >= len(scene.lines):
        return False
    below, here = scene.lines[line + 1], scene.lines[line]
    opening = scene.text[here.body : here.body + 3]
    if opening == "To " and scene.section_kind(here.start) != "decision":
        return False  # an agenda says so what is asked of the meeting
    return below.number is not None and scene.text.startswith(opening, below.body)


def _decides(scene: Scene, first: int, last: int) -> bool:
    """True where the words behind `That` are in the mood of a decision: `the report be noted`, `the Panel endorse`."""
    words = scene.words
    near = min(last, first + _FAR)
    if any(words.lower[k] == "be" for k in range(first, near)):
        return scene.verbs.operative(words, first, last, "other")[1]
    are = range(first, min(near, last - 1))
    if any(words.lower[k] in {"is", "are"} and scene.verbs.of_word(words.bits[k + 1]) for k in are):
        return True
    return scene.verbs.body_resolves(words, first, near)


def _headed(scene: Scene, line: int) -> bool:
    """True where the line above opens a list of something else, or has a word of decision for its own."""
    if line == 0:
        return False
    above = scene.lines[line - 1]
    first, last = scene.word_at(above.start), scene.word_at(above.end)
    opens = scene.lines.ends_open(line - 1)
    if _KEYWORD_LOST.search(scene.text, above.start, above.end):
        return False
    if scene.introduced(first, last) and (opens or above.end - above.start < 60):
        return True
    return opens and "carried" not in scene.words.lower[first:last]


def _amid_list(scene: Scene, line: int) -> bool:
    """True where the line's label runs on from a short limb above it, which is none of That."""
    here = scene.lines[line]
    if line == 0 or here.number is None or here.number.lower() in {"1", "a", "i"}:
        return False
    above = scene.lines[line - 1]
    return above.number is not None and above.end - above.start < 120
