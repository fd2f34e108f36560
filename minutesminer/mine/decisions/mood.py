"""The mood of a clause behind `agreed that`: what shall be done, or what is the case."""

from __future__ import annotations

from minutesminer.mine.decisions.scene import Scene

_STATIVE = frozenset("was were had has is are remained needed seemed did does have felt".split())
_DELIBERATE = frozenset("be should shall will must would to not can could".split())
_LEADING = frozenset("since because given although as while whilst".split())
_WISHED = frozenset("helpful useful beneficial good interesting important better nice difficult".split())


def deliberate(scene: Scene, start: int, end: int) -> bool:
    """True where the clause says what shall be done, and not what is the case."""
    lower, bits = scene.words.lower, scene.words.bits
    led = lower[start : start + 1] and lower[start] in _LEADING  # `since the school had closed the grant should end`
    for k in range(start, min(end, start + 40)):
        word = lower[k]
        if word in _STATIVE:
            if (
                led
                or k > start
                and any(w in {"which", "who", "that", "whose", "as", "where"} for w in lower[max(start, k - 3) : k])
            ):
                continue
            ahead = range(k + 1, min(end, k + 4))
            decided = any(scene.verbs.of_word(bits[j]) is not None for j in ahead)
            return decided or "record" in lower[start:end]
        if word == "could" and not any(scene.verbs.of_word(bit) for bit in bits[k + 1 : min(end, k + 4)]):
            return False  # an opinion, such as `more could be done`
        if word in _DELIBERATE:
            return not (word in {"would", "could", "should"} and any(w in _WISHED for w in lower[k + 1 : k + 5]))
    return not led
