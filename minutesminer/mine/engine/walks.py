"""How far the words beside an anchor go on fitting the tokens of a pattern: one look-up a word.

What stands on one side of an anchor is a sequence of elements. Where a walk over the words has got to in it is a
*state*: the places of the sequence that the next word may be tried at. A state knows, by kind of word, the state that
comes next; it is worked out when first asked for and kept, so that walking is looking up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

UNBOUNDED = 1 << 20

_Place = tuple[int, int]  # the number of an element, and how many words it has taken


class Element(NamedTuple):
    """One token of a compiled pattern: the bits a word must and must not have, and how often it may stand."""

    need: int
    forbid: int
    low: int
    high: int


class State(dict[int, "State"]):
    """By kind of the next word, the state after it. `accepts`: nothing more must come; `open`: something may."""

    __slots__ = ("_following", "_side", "accepts", "open", "wanted")

    def __init__(self, side: Side, places: frozenset[_Place]) -> None:
        super().__init__()
        self._side = side
        # What may come next: the bits that its word must and must not have, and the place after it.
        self.wanted = tuple(side.wanted(places))
        self._following: dict[int, State] = {}  # by which of these a word fits, as bits
        self.accepts = (len(side.elements), 0) in places
        self.open = bool(self.wanted)

    def __missing__(self, kind: int) -> State:
        bits, fitting, choice = self._side.kinds[kind], 0, 1
        for need, forbid, _ in self.wanted:
            if bits & need == need and not bits & forbid:
                fitting |= choice
            choice <<= 1
        found = self._following.get(fitting)
        if found is None:
            reached = [place for order, (_, _, place) in enumerate(self.wanted) if fitting >> order & 1]
            found = self._following[fitting] = self._side.state(reached)
        self[kind] = found
        return found


class Side:
    """What stands on one side of an anchor, going away from it, and the states a walk over it can be in.

    `kinds` has the bits of every kind of word, and may grow.
    """

    def __init__(self, elements: Sequence[Element], kinds: Sequence[int]) -> None:
        self.elements = elements
        self.kinds = kinds
        self._states: dict[frozenset[_Place], State] = {}
        self.start = self.state([(0, 0)])

    def state(self, reached: Iterable[_Place]) -> State:
        """The one state for these places and those that what need not stand leads on to."""
        places = set(reached)
        for at, taken in tuple(places):
            while at < len(self.elements) and taken >= self.elements[at].low:
                at, taken = at + 1, 0
                places.add((at, taken))
        key = frozenset(places)
        if key not in self._states:
            self._states[key] = State(self, key)
        return self._states[key]

    def wanted(self, places: Iterable[_Place]) -> Iterable[tuple[int, int, _Place]]:
        """What a next word is tried at from these places: bits needed and forbidden, and the place after it."""
        for at, taken in places:
            if at < len(self.elements) and taken < self.elements[at].high:
                need, forbid, low, high = self.elements[at]
                yield need, forbid, (at, min(taken + 1, low) if high == UNBOUNDED else taken + 1)


def reach(state: State, kinds: Sequence[int], at: int, step: int) -> int | None:
    """The furthest place after all elements, going from `at` by `step`; None if they do not fit."""
    furthest = at if state.accepts else None
    while state.open:
        state = state[kinds[at]]
        at += step
        if state.accepts:
            furthest = at
    return furthest
