"""Lists behind the body's name or verb: `The Committee: (1) noted the report`, `The Panel noted: (a) the update`."""

from __future__ import annotations

from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match

_ASKED = frozenset("whether how about if why what when where who".split())
_LONGEST = 30  # words of a noun phrase


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
        name = scene.verbs.of_word(words.bits[at])
        following = words.lower[at + 1] if at + 1 < len(words) else ""
        if name is None or following in _ASKED or (name == "note" and following == "that"):
            return False
        k, decided = k + 1, True
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
