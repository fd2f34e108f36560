"""Which resolutions say again what another one says: printed twice, agreed and then resolved, or moved before."""

from __future__ import annotations

import re

from minutesminer.mine.decisions.scene import Found

_ALIKE = 0.75  # of the shorter one's words
_NEARLY = 0.55  # enough for running text and a limb of the same decision with four words in common
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
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


def _goes_before(limb: Found, entry: Found, earlier: bool) -> bool:
    if (
        limb.record.outcome == "lost"
        or entry.record.outcome == "lost"
        or (limb.block is not None and limb.block == entry.block)
    ):
        return False
    if limb.decided_apart != entry.decided_apart:
        return limb.decided_apart
    if limb.running != entry.running:
        return entry.running
    if (limb.block is None) != (entry.block is None):
        return limb.block is not None
    return earlier and (limb.block is not None or (limb.record.decision == "appoint" == entry.record.decision))


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
