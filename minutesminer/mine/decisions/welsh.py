"""Decisions told in Welsh, whose verb comes first: `Cymeradwyodd y Pwyllgor yr adroddiad`, `Cytunwyd i ...`."""

from __future__ import annotations

from minutesminer.mine.decisions.edges import trim
from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match

_CLAUSES = frozenset("i y bod fod".split())


def told_verb_first(scene: Scene, match: Match) -> tuple[int, int, str] | None:
    """The characters of the decision that begins with the match, and what it is; None where it is none.

    A match that ends with `i`, `bod` or `y` opens a clause, which is the decision; another one is its sentence.
    """
    words = scene.words
    first, last = scene.sentence(match.start)
    line = scene.lines[scene.lines.index(words.start[match.start])]
    if match.start > max(first, scene.word_at(line.body)) + 1 and words.lower[match.start - 1] not in {
        ".",
        ":",
        "a",
        "ac",
    }:
        return None
    decision = next(
        (
            scene.verbs.of_word(words.bits[k])
            for k in range(match.start, match.end)
            if scene.verbs.of_word(words.bits[k])
        ),
        None,
    )
    if decision is None:
        return None
    if words.lower[match.end - 1] in _CLAUSES:
        start, end = trim(scene.text, words.end[match.end - 1], words.end[last - 1])
        inner, known = scene.verbs.operative(words, match.end, last, decision)
        return start, end, inner if known else decision
    start, end = trim(scene.text, words.start[match.start], words.end[last - 1])
    return start, end, decision
