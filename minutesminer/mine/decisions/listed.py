"""Lists behind the body's name or verb: `The Committee: (1) noted the report`, `The Panel noted: (a) the update`."""

from __future__ import annotations

from minutesminer.mine.decisions.blocks import Limb
from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match
from minutesminer.mine.review import UNKNOWN_VERB

_ASKED = frozenset("whether how about if why what when where who".split())
_GOVERNS = frozenset("note approve endorse".split())  # what these do, above a list, they do to things named in it
_LONGEST = 30  # words of a noun phrase

_POLITE = frozenset({"thanked", "congratulated", "commended", "wished"})


def did_in_list(scene: Scene, line: int, match: Match, first: int) -> bool:
    """True where the list below `The Committee:` says what it did, and not what it heard or asked.

    `line` is the match's, `first` the first word of its sentence.
    """
    words = scene.words
    body = next((k for k in range(match.start, match.end) if words.lower[k] != "the"), match.start)
    if match.start > first + 12 or not scene.own_body(body, first):
        return False
    k, decided = line + 1, False
    while k < len(scene.lines) and (scene.lines[k].bullet or scene.lines[k].number is not None):
        at = scene.word_at(scene.lines[k].body)
        while at + 1 < len(words) and words.lower[at] in {"also", "unanimously", "to", "formally"}:
            at += 1
        if at >= len(words):
            return False
        name = scene.verbs.of_word(words.bits[at])
        following = words.lower[at + 1] if at + 1 < len(words) else ""
        polite = words.lower[at] in _POLITE  # beside what it did
        if (name is None and not polite) or following in _ASKED or (name == "note" and following == "that"):
            return False
        k, decided = k + 1, decided or not polite
    return decided


def noted_in_list(scene: Scene, line: int, match: Match, first: int) -> bool:
    """True where the body noted the numbered things below, as `(a) the report`; facts are told in clauses."""
    if match.start > first + 4 or not scene.own_body(match.start, first):
        return False
    k, lines = line + 1, scene.lines
    while k < len(lines) and lines[k].number is not None:
        if not is_phrase(scene, lines[k].body, lines[k].end):
            return False
        k += 1
    return k > line + 1


def is_phrase(scene: Scene, start: int, end: int) -> bool:
    """True where the characters `start` to `end` are a noun phrase such as `The report of the Director of Place`."""
    words, rules = scene.words, scene.rules
    first, last = scene.word_at(start), scene.word_at(end)
    if first >= last or last - first > _LONGEST or not words.bits[first] & rules.flag("article"):
        return False
    finite = rules.flag("auxiliary") | rules.flag("reporting_verb")
    return not any(words.bits[k] & finite for k in range(first, last))


def limb_decision(scene: Scene, limb: Limb, fallback: str) -> tuple[str, str | None]:
    """The decision of a limb, `fallback` where neither it nor its stem has a verb of decision; and why to review it."""
    words, verbs, known = scene.words, scene.verbs, False
    first, last = scene.word_at(limb.start), scene.word_at(limb.end)
    if limb.stem is not None:
        stem, known = verbs.operative(words, scene.word_at(limb.stem[0]), scene.word_at(limb.stem[1]), fallback)
        if known and (stem == "recommend" or (stem in _GOVERNS and not verbs.bids(words, first, last))):
            return stem, None
        fallback = stem
    decision, sure = verbs.operative(words, first, last, fallback)
    if fallback == "recommend" and verbs.others_act(words, first):
        return fallback, None
    unsure = not sure and not known and decision == "other"
    return decision, UNKNOWN_VERB if unsure else None
