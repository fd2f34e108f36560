"""Requests that were made before this meeting, elsewhere, or only on a condition: told, and not asked anew."""

from __future__ import annotations

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, introducer
from minutesminer.mine.promises.subjects import subject_of

_PAST = frozenset("had has have been being previously originally was were as be already".split())
_IN_DECISIONS = frozenset("subjunctive limb_verb note need note_to_be limb_bare bare given heading granted".split())
_TIMELESS = frozenset("wish infinitive useful".split())
_BESIDE = frozenset("when which whom where whose since after as if unless should before until once why".split())
_TOLD = frozenset("heard told informed advised reminded explained reported".split())
_TOLD_KINDS = frozenset("ask ask_object weak weak_noun it_was".split())
_MEETINGS = frozenset("meeting committee panel board".split())
_EARLIER = frozenset("last previous earlier special its their preceding first original recent".split())
_LATER = frozenset("next future later forthcoming coming subsequent".split())
_AT = frozenset("at in during".split())


def reported(words: Words, lexis: Lexis, match: Match, start: int) -> bool:
    """Whether the request is one of earlier: `had requested`, `as requested`, `when the Panel asked for it`.

    `start` is the sentence's first word.
    """
    lower, bits, kind = words.lower, words.bits, match.rule.kind
    at = match.start
    if kind in _IN_DECISIONS:
        return False
    while at > start and bits[at - 1] & lexis.adverb and lower[at - 1] not in {"previously", "be"}:
        at -= 1
    if at == start:
        return False
    if kind == "request_noun" and lower[match.start - 1 : match.start + 1] == ["which", "was"]:
        return True  # `an item which was a request that ...`: one of before
    if _at_an_earlier_meeting(lower, start, match.start):
        return True
    coming = lower[at - 1] == "be" and lower[match.start].endswith("ing")  # `she would be asking for the figures`
    if lower[at - 1] in _PAST and kind not in _TIMELESS and not coming:
        return True
    subject = subject_of(words, lexis, match.start, start)
    if subject.end <= subject.start:
        return False
    if subject.start > start and lower[subject.start - 1] in _BESIDE and subject.end >= at - 1:
        return True
    if kind not in _TOLD_KINDS or subject.kind not in {"body", "person"}:
        return False
    governs = introducer(words, lexis, subject.start, start)
    return governs is not None and lower[governs] in _TOLD and lower[governs + 1] == "that"


def _at_an_earlier_meeting(lower: list[str], start: int, subject: int) -> bool:
    """`At the last meeting Members asked ...`, `said that during a meeting with the Trust he requested ...`."""
    for k in range(start, subject):
        if lower[k] not in _AT or (k > start and lower[k - 1] not in {"that", ","}):
            continue
        if not _MEETINGS & set(lower[k:subject]):
            continue
        opening = lower[k : k + 4]
        if _EARLIER & set(opening) and not _LATER & set(opening):
            return True
        named = next(j for j in range(k, subject) if lower[j] in _MEETINGS)
        another = lower[k + 1] in {"a", "an"} and not (_LATER | {"the"}) & set(lower[k:named])
        if another and lower[named] == "meeting":
            return True
    return False
