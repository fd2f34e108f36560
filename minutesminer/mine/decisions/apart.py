"""Decisions in a sentence of their own without a word that decides: `The minutes be confirmed.` below the names of
those who moved it, `The Chairman signed the minutes as a correct record.`, `The call-in was not upheld.`
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.decisions.edges import trim
from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match

_MODAL = frozenset("to will would shall should must can could might that which who".split())
_QUALITY = frozenset("correct accurate true".split())
_SETTLED = frozenset("agreed approved confirmed".split())
_NEAR = 400  # characters before the signing of minutes in which their approval would stand


@dataclass(frozen=True, slots=True)
class Told:
    """A decision read off a sentence: its characters, the sentence, and what was decided."""

    start: int
    end: int
    sentence: str
    decision: str


def bidden(scene: Scene, match: Match) -> Told | None:
    """What a line bids in the passive, where somebody moves in the line above it; else None."""
    words = scene.words
    k = scene.lines.index(words.start[match.start])
    here = scene.lines[k]
    if k == 0 or here.number is not None or here.bullet or not scene.text.startswith("The ", here.start):
        return None
    above = scene.lines[k - 1]
    movers = scene.reading.of("qualifier", "mover_after")
    if not any(above.start <= words.start[mover.start] < above.end for mover in movers):
        return None
    first, last = scene.sentence(match.start)
    first = max(first, scene.word_at(here.start))
    if words.start[first] != here.start or _MODAL & set(words.lower[first : match.start]):
        return None
    decision, known = scene.verbs.operative(words, first, last, "other")
    return _told(scene, first, last, decision) if known else None


def signed(scene: Scene, match: Match, covered: list[tuple[int, int]]) -> Told | None:
    """Minutes signed as correct, where no decision (its characters in `covered`) stands close before; else None."""
    words = scene.words
    first, last = scene.sentence(match.start)
    begin = match.start - 1 if words.lower[match.start - 1 : match.start] == ["the"] else match.start
    behind = set(words.lower[match.end : last])
    if begin != first or not behind & (_SETTLED | _QUALITY):
        return None
    at = words.start[begin]
    if any(at - _NEAR < stop <= at for _, stop in covered):
        return None
    return _told(scene, begin, last, "agree" if "agreed" in behind else "approve")


def called_in(scene: Scene, match: Match) -> Told | None:
    """What became of a decision that was called in: `The Committee upheld the call-in`; else None."""
    words = scene.words
    first, last = scene.sentence(match.start)
    begin = match.start - (words.lower[match.start - 1 : match.start] == ["the"])
    if begin != first or scene.headed(first):
        return None
    return _told(scene, begin, last, match.rule.set.get("decision", "other"))


def _told(scene: Scene, first: int, last: int, decision: str) -> Told:
    start, end = trim(scene.text, scene.words.start[first], scene.words.end[last - 1])
    return Told(start, end, scene.words.slice(first, last), decision)
