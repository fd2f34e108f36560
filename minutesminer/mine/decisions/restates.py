"""Which resolutions say again what another one says: printed twice, agreed and then resolved, or moved before."""

from __future__ import annotations

import re

from minutesminer.mine.decisions.scene import Found

_ALIKE = 0.75  # of the shorter one's words
_NEARLY = 0.55  # enough for running text and a limb of the same decision with four words in common
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NAMED = re.compile(r"((?:\S+ ){1,8}?)(?:be|was|were|is|would be|goes)\b")
_TITLES = frozenset("that the councillor councillors cllr mr mrs ms miss dr and with no other nominations".split())
_EMPTY = frozenset(
    "the a an of to in on at by for and or be is are was were been that this its it with as has have should would from"
    " so any committee panel members board cabinet council sub noted note notes noting agreed agree approved approve"
    " resolved".split()
)


def mark_restated(found: list[Found]) -> None:
    """Set `restates` on the records that say a limb again; what only they tell (mover, votes) goes to that limb.

    A limb under a `Decision:` heading comes before one in the minutes, a limb of a block before running text.
    """
    if len(found) < 2:
        return
    keys = [_key(entry.record.quote) for entry in found]
    for k, entry in enumerate(found):
        if entry.record.restates is not None:
            continue
        best: tuple[float, int] | None = None
        for j, other in enumerate(found):
            if j == k or not _goes_before(other, entry, j < k):
                continue
            score = _alike(keys[j], keys[k])
            nearly = entry.block is None and other.block is not None and len(keys[j] & keys[k]) > 3
            nearly = nearly and (entry.record.decision in {other.record.decision, "other", "agree"})
            nearly = nearly and (other.record.decision == "note") == (entry.record.decision == "note")
            if not _same_person(entry, other):
                continue
            if entry.block is not None and other.block is not None and entry.decided_apart == other.decided_apart:
                score = min(score, len(keys[j] & keys[k]) / max(len(keys[j]), len(keys[k]), 1))
            if score < (_NEARLY if nearly else _ALIKE) or other.record.restates is not None:
                continue
            score += 0.2 * (other.record.number == entry.record.number) + 0.1 * (
                other.record.decision == entry.record.decision
            )
            if best is None or score > best[0]:
                best = (score, j)
        if best is None:
            continue
        limb = found[best[1]].record
        entry.record.restates = limb.number or "Decision"
        if entry.record.decision == "other":
            entry.record.decision, entry.record.review = limb.decision, None
        for name in ("mover", "seconder", "votes_for", "votes_against", "abstentions"):
            if getattr(limb, name) is None:
                setattr(limb, name, getattr(entry.record, name))


def without_proposals(found: list[Found]) -> list[Found]:
    """`found` without what was moved in a sentence and is told again as done; that takes the mover and seconder."""
    kept = list(found)
    for entry in found:
        if not entry.proposed:
            continue
        key = _key(entry.record.quote)
        done = [e for e in kept if e is not entry and e.record.decision == entry.record.decision]
        done = [e for e in done if e.record.outcome == entry.record.outcome and _same_person(entry, e)]
        done = [e for e in done if _alike(key, _key(e.record.quote)) >= _NEARLY]
        for other in done:
            for name in ("mover", "seconder"):
                if getattr(other.record, name) is None:
                    setattr(other.record, name, getattr(entry.record, name))
        if done:
            kept = [e for e in kept if e is not entry]
    return kept


def _goes_before(limb: Found, entry: Found, earlier: bool) -> bool:
    if (
        limb.record.outcome == "lost"
        or entry.record.outcome == "lost"
        or (limb.block is not None and limb.block == entry.block)
        or (limb.paragraph is not None and entry.paragraph is not None and limb.paragraph != entry.paragraph)
    ):
        return False
    if limb.decided_apart != entry.decided_apart:
        return limb.decided_apart
    if limb.running != entry.running:
        return entry.running
    if (limb.block is None) != (entry.block is None):
        return limb.block is not None
    return earlier and (limb.block is not None or (limb.record.decision == "appoint" == entry.record.decision))


def _same_person(one: Found, two: Found) -> bool:
    """False where each of two appointments names somebody else before its verb."""
    if one.record.decision != "appoint" or two.record.decision != "appoint":
        return True
    named = [_NAMED.match(entry.record.quote) for entry in (one, two)]
    if named[0] is None or named[1] is None:
        return True
    first, second = (set(_WORD.findall(match[1].lower())) - _TITLES for match in named if match is not None)
    return not first or not second or bool(first & second)


def _key(quote: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(quote.lower()))
    return frozenset(word[:6] for word in words - _EMPTY or words)


def _alike(one: frozenset[str], two: frozenset[str]) -> float:
    shorter = min(len(one), len(two))
    if shorter == 0:
        return 0.0
    if shorter == 1 and max(len(one), len(two)) > 3:
        return 0.0
    return len(one & two) / shorter
