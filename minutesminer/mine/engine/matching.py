"""Running spaCy Matcher patterns fast: every distinct word becomes a set of predicates, once.

A note for newcomers. Each token specification of a pattern is a conjunction of *predicates*: `LOWER` in a
set, a lexicon's flag, a regular expression. Every predicate of the whole rule set has a bit. A distinct word
is tested against all predicates once and remembered as an integer of bits; a token of a pattern is then two
masks (bits required, bits forbidden) and a repeat range. For each pattern the rarest obligatory token is its
*anchor*: a pattern is tried only where its anchor stands, backwards and forwards from there. So the cost
follows the number of anchors in the text, not the number of patterns.

The integers have more than a thousand bits, and most words share theirs with others. So each distinct integer is a
*kind* of word with a small number, and what may follow what is remembered by kind (`walks`): to match is to look up.
Most anchors fail at a neighbour, so that the neighbours' kinds choose the patterns that are tried (`_Plan`).

The matches are those of `spacy.matcher.Matcher` with `greedy="LONGEST"`; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from spacy.lang.lex_attrs import word_shape

from minutesminer.errors import RuleError
from minutesminer.mine.engine.lexicon import Lexicon
from minutesminer.mine.engine.rules import Rule, TokenSpec
from minutesminer.mine.engine.shapes import Shapes
from minutesminer.mine.engine.walks import UNBOUNDED, Element, Side, State, reach

NEWLINE = 1  # the first bit is the line break's: no pattern crosses one
LINE_BREAK = 0  # its kind, and that of the edge of a text
_OPS = {"?": (0, 1), "*": (0, UNBOUNDED), "+": (1, UNBOUNDED)}
_REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
# Roughly how often a word stands in a thousand words of minutes: an anchor should be rare.
_RARE = 0.3
_COMMON = {
    word: weight
    for weight, words in {
        60: "the , .",
        30: "of to and",
        15: "that in a - : ; ( )",
        8: "be for was on by is with were had would at as it from an not this",
    }.items()
    for word in words.split()
}
# How often another stands there that is written like one of these.
_WRITTEN = {
    word: weight
    for weight, words in {
        220: "area",
        100: "Council",
        60: "schools",
        40: "reported",
        20: "working Cllr",
        10: "12 5",
        6: "weekly 2024 % £ •",
        2: "12.5 250 KPI AGREED ’s - – “ ?",
        1: "2024/25 1,250 Q3 18th in-house Sub-Committee &",
    }.items()
    for word in words.split()
}


class Compiled(NamedTuple):
    """A pattern ready to run: its rule, the anchor's element, where walks to the left and to the right of it begin."""

    rule: Rule
    anchor: Element
    before: State
    after: State


_Step = tuple[Rule, State, State]  # a pattern as it runs from an anchor


class _Beside(dict[int, int]):
    """By kind of the word beside an anchor, which walks (bits, by their order) may begin; found out when asked."""

    __slots__ = ("_always", "_kinds", "_walks")

    def __init__(self, states: Sequence[State], kinds: Sequence[int]) -> None:
        super().__init__()
        self._kinds = kinds
        self._always = sum(1 << order for order, state in enumerate(states) if state.accepts)
        self._walks = [(1 << order, state.wanted) for order, state in enumerate(states) if not state.accepts]

    def __missing__(self, kind: int) -> int:
        bits, fitting = self._kinds[kind], self._always
        for choice, wanted in self._walks:
            for need, forbid, _ in wanted:
                if bits & need == need and not bits & forbid:
                    fitting |= choice
                    break
        self[kind] = fitting
        return fitting


class _Plan:
    """The patterns whose anchor is one kind of word, and which of them the words beside it leave."""

    __slots__ = ("after", "before", "chosen", "steps")

    def __init__(self, steps: Sequence[_Step], kinds: Sequence[int]) -> None:
        self.steps = steps
        self.before = _Beside([before for _, before, _ in steps], kinds)
        self.after = _Beside([after for _, _, after in steps], kinds)
        self.chosen: dict[int, tuple[_Step, ...]] = {0: ()}

    def choose(self, fitting: int) -> tuple[_Step, ...]:
        """The patterns of these bits."""
        found = tuple(step for order, step in enumerate(self.steps) if fitting >> order & 1)
        self.chosen[fitting] = found
        return found


class Match(NamedTuple):
    """A rule's match: half-open range over the words."""

    rule: Rule
    start: int
    end: int


_START, _END = itemgetter(1), itemgetter(2)


class PatternSet:
    """The compiled patterns of a list of rules. `bits(text)` gives a word's predicates, `find` the matches."""

    def __init__(self, rules: Sequence[Rule], lexicons: dict[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._predicates: dict[Any, int] = {}
        self._by_lower: dict[str, int] = {}
        self._by_text: dict[str, int] = {}
        self._shapes = Shapes()
        self._kinds = [NEWLINE]  # the bits of every kind: the first is the line break's, and the edge's of a text
        self._kind_of = {NEWLINE: LINE_BREAK}
        self._sides: dict[tuple[Element, ...], Side] = {}
        self._weights: dict[int, float] = {}
        self._flags = {name: self._flag(name) for name in lexicons}
        compiled = [self._compile(rule, pattern) for rule in rules for pattern in rule.patterns]
        # By the rarest bit that the anchor needs, with their order: a word has few bits, and only the patterns of
        # these are looked at. Those of one anchor are tried one after the other.
        anchors = {need: order for order, need in enumerate(dict.fromkeys(one.anchor.need for one in compiled))}
        self._anchored: dict[int, list[tuple[tuple[int, int], Compiled]]] = {}
        for order, one in enumerate(compiled):
            need = one.anchor.need
            self._anchored.setdefault(self._rarest(need), []).append(((anchors[need], order), one))
        self._anchors = sum(self._anchored)  # bits that differ: the sum has them all
        self._plans: list[_Plan | None] = [None]  # by kind: the patterns whose anchor it is

    # Words to bits

    def flag(self, name: str) -> int:
        """The bit of the lexicon `name`; 0 where no such lexicon exists."""
        return self._flags.get(name, 0)

    def bits(self, text: str) -> int:
        """All predicates that hold of a word with this text, as an integer of bits."""
        if "\n" in text:
            return NEWLINE
        lower = text.lower()
        return self._by_lower.get(lower, 0) | self._by_text.get(text, 0) | self._shapes.bits(text, lower)

    def kind(self, bits: int) -> int:
        """The number of the kind of word that has these bits, small enough to look things up by."""
        found = self._kind_of.get(bits)
        if found is None:
            found = self._kind_of[bits] = len(self._kinds)
            self._kinds.append(bits)
            self._plans.append(self._plan(bits))
        return found

    def bits_of(self, kind: int) -> int:
        """The bits of all words of a kind: one integer, which they share."""
        return self._kinds[kind]

    # Patterns to masks

    def _new_bit(self, key: Any, weight: float) -> int:
        bit = 2 << len(self._predicates)
        self._predicates[key] = bit
        self._weights[bit] = weight
        return bit

    def _flag(self, name: str) -> int:
        lexicon = self._lexicons[name]
        weight = _weight_of(lexicon.words) + (_weight_where(lexicon.regex.search) if lexicon.regex else 0)
        bit = self._new_bit(("FLAG", name), weight)
        for word in lexicon.words:
            self._by_lower[word] = self._by_lower.get(word, 0) | bit
        if lexicon.regex is not None:
            self._shapes.add(lexicon.regex, bit, on_lower=False)
        return bit

    def _words(self, words: Iterable[str]) -> int:
        key = frozenset(words)
        if key in self._predicates:
            return self._predicates[key]
        bit = self._new_bit(key, _weight_of(key))
        for word in key:
            self._by_lower[word] = self._by_lower.get(word, 0) | bit
        return bit

    def _regex(self, pattern: str, on_lower: bool) -> int:
        key = (pattern, on_lower)
        if key in self._predicates:
            return self._predicates[key]
        regex = re.compile(pattern)
        bit = self._new_bit(key, _weight_where(lambda word: regex.search(word.lower() if on_lower else word)))
        self._shapes.add(regex, bit, on_lower=on_lower)
        return bit

    def _texts(self, texts: frozenset[str]) -> int:
        key = ("TEXT", texts)
        if key not in self._predicates:
            bit = self._new_bit(key, _weight_of({text.lower() for text in texts}))
            for text in texts:
                self._by_text[text] = self._by_text.get(text, 0) | bit
        return self._predicates[key]

    def _shape(self, shapes: frozenset[str]) -> int:
        key = ("SHAPE", shapes)
        if key not in self._predicates:
            bit = self._new_bit(key, _weight_where(lambda text: word_shape(text) in shapes))
            self._shapes.add_test(lambda text: word_shape(text) in shapes, bit)
        return self._predicates[key]

    def _element(self, spec: TokenSpec, rule: Rule) -> Element:
        need, forbid = 0, NEWLINE
        for key, value in spec.items():
            if key == "OP":
                continue
            if key in {"FLAG", "NOT_FLAG"}:
                for name in [value] if isinstance(value, str) else value:
                    if name not in self._flags:
                        raise RuleError(
                            f"{rule.path}: rule {rule.id!r} names the lexicon {name!r}, which is not under lexicons/"
                        )
                    if key == "FLAG":
                        need |= self._flags[name]
                    else:
                        forbid |= self._flags[name]
                continue
            options = value if isinstance(value, dict) else {"IN": [value]}
            for option, wanted in options.items():
                bit = self._predicate(key, option, wanted, rule)
                if option == "NOT_IN":
                    forbid |= bit
                else:
                    need |= bit
        low, high = 1, 1
        op = spec.get("OP")
        if op in _OPS:
            low, high = _OPS[op]
        elif op is not None:
            repeat = _REPEAT.fullmatch(op)
            if repeat is None:
                raise RuleError(f"{rule.path}: rule {rule.id!r} has OP {op!r}; allowed are ? * + {{n}} {{n,m}}")
            low = int(repeat[1])
            high = low if repeat[2] is None else int(repeat[2] or UNBOUNDED)
        return Element(need, forbid, low, high)

    def _side(self, elements: tuple[Element, ...]) -> State:
        if elements not in self._sides:
            self._sides[elements] = Side(elements, self._kinds)
        return self._sides[elements].start

    def _predicate(self, key: str, option: str, wanted: Any, rule: Rule) -> int:
        if option in {"IN", "NOT_IN"} and key == "SHAPE":
            return self._shape(frozenset(str(shape) for shape in wanted))
        if option in {"IN", "NOT_IN"} and key in {"LOWER", "NORM"}:
            return self._words(str(word).lower() for word in wanted)
        if option in {"IN", "NOT_IN"} and key == "TEXT":
            return self._texts(frozenset(str(word) for word in wanted))
        if option == "REGEX" and key in {"LOWER", "TEXT"}:
            return self._regex(str(wanted), key == "LOWER")
        raise RuleError(f"{rule.path}: rule {rule.id!r} uses {key} with {option}, which is not supported")

    def _compile(self, rule: Rule, pattern: Sequence[TokenSpec]) -> Compiled:
        elements = [self._element(spec, rule) for spec in pattern]
        candidates = [k for k, element in enumerate(elements) if element.low == 1 == element.high and element.need]
        if not candidates:
            raise RuleError(
                f"{rule.path}: rule {rule.id!r} has no token that must stand exactly once and says what it is"
            )
        anchor = min(candidates, key=lambda k: self._weight(elements[k].need))
        before, after = tuple(reversed(elements[:anchor])), tuple(elements[anchor + 1 :])
        return Compiled(rule, elements[anchor], self._side(before), self._side(after))

    def _weight(self, need: int) -> float:
        return self._weights[self._rarest(need)]

    def _rarest(self, need: int) -> int:
        return min(_bits_of(need), key=lambda bit: self._weights[bit])

    # Running

    def _plan(self, bits: int) -> _Plan | None:
        fitting = [
            (order, pattern)
            for bit in _bits_of(bits & self._anchors)
            for order, pattern in self._anchored.get(bit, ())
            if bits & pattern.anchor.need == pattern.anchor.need and not bits & pattern.anchor.forbid
        ]
        fitting.sort(key=lambda entry: entry[0])
        steps = [(one.rule, one.before, one.after) for _, one in fitting]
        return _Plan(steps, self._kinds) if steps else None

    def find(self, kinds: Sequence[int]) -> list[Match]:
        """All longest matches in words, in the order of their starts.

        `kinds` has one number a word, from `kind()`. Overlapping matches of one rule are reduced to the
        longest, the earliest first, as spaCy's Matcher does with `greedy="LONGEST"`.
        """
        plans = self._plans
        found: dict[str, list[Match]] = {}
        edged = [*kinds, LINE_BREAK]  # the edge after the last word is also the one before the first, at -1
        for at, kind in enumerate(kinds):
            plan = plans[kind]
            if plan is None:
                continue
            fitting = plan.after[edged[at + 1]]
            if fitting:
                fitting &= plan.before[edged[at - 1]]
            if not fitting:
                continue
            for rule, before, after in plan.chosen.get(fitting) or plan.choose(fitting):
                left = reach(before, edged, at - 1, -1) if before.open else at - 1
                if left is None:
                    continue
                right = reach(after, edged, at + 1, 1) if after.open else at + 1
                if right is not None:
                    found.setdefault(rule.id, []).append(Match(rule, left + 1, right))
        matches = [match for group in found.values() for match in (_longest(group) if len(group) > 1 else group)]
        matches.sort(key=_END, reverse=True)
        matches.sort(key=_START)  # of one start the longest comes first
        return matches


def _weight_of(words: Iterable[str]) -> float:
    return sum(_COMMON.get(word, _RARE) for word in words)


def _weight_where(holds: Callable[[str], object]) -> float:
    """The weight of a test of how a word is written."""
    return _RARE + sum(weight for words in (_COMMON, _WRITTEN) for word, weight in words.items() if holds(word))


def _bits_of(bits: int) -> Iterator[int]:
    """The single bits of an integer, the lowest first."""
    while bits:
        yield bits & -bits
        bits &= bits - 1


def _longest(group: list[Match]) -> list[Match]:
    if all(one.end <= after.start for one, after in pairwise(group)):
        return group  # as nearly always: nothing overlaps
    kept: list[Match] = []
    for match in sorted(group, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept
