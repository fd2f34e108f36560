"""Running spaCy Matcher patterns fast: every distinct word becomes a set of predicates, once.

A note for newcomers. Each token specification of a pattern is a conjunction of *predicates*: `LOWER` in a
set, a lexicon's flag, a regular expression. Every predicate of the whole rule set has a bit. A distinct word
is tested against all predicates once and remembered as an integer of bits; a token of a pattern is then two
masks (bits required, bits forbidden) and a repeat range. For each pattern the rarest obligatory token is its
*anchor*: a pattern is tried only where its anchor stands, backwards and forwards from there. So the cost
follows the number of anchors in the text, not the number of patterns.

The matches are those of `spacy.matcher.Matcher` with `greedy="LONGEST"`; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from spacy.lang.lex_attrs import word_shape

from minutesminer.errors import RuleError
from minutesminer.mine.engine.lexicon import Lexicon
from minutesminer.mine.engine.rules import Rule, TokenSpec

NEWLINE = 1  # the first bit is the line break's: no pattern crosses one
_UNBOUNDED = 1 << 20
_OPS = {"?": (0, 1), "*": (0, _UNBOUNDED), "+": (1, _UNBOUNDED)}
_REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
# Roughly how often a word stands in a thousand words of minutes: an anchor should be rare.
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
_REGEX_WEIGHT = 200.0


class Element(NamedTuple):
    """One token of a compiled pattern: the bits a word must and must not have, and how often it may stand."""

    need: int
    forbid: int
    low: int
    high: int


class Compiled(NamedTuple):
    """A pattern ready to run: its rule, the anchor's element, those before it (reversed) and those after."""

    rule: Rule
    anchor: Element
    before: tuple[Element, ...]
    after: tuple[Element, ...]


class Match(NamedTuple):
    """A rule's match: half-open range over the words."""

    rule: Rule
    start: int
    end: int


class PatternSet:
    """The compiled patterns of a list of rules. `bits(text)` gives a word's predicates, `find` the matches."""

    def __init__(self, rules: Sequence[Rule], lexicons: dict[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._predicates: dict[Any, int] = {}
        self._by_lower: dict[str, int] = {}
        self._tests: list[tuple[Callable[[str], object], int, bool]] = []
        self._weights: dict[int, float] = {}
        self._flags = {name: self._flag(name) for name in lexicons}
        compiled = [self._compile(rule, pattern) for rule in rules for pattern in rule.patterns]
        self._anchored: dict[int, list[Compiled]] = {}
        for pattern in compiled:
            self._anchored.setdefault(pattern.anchor.need, []).append(pattern)
        self._plans: dict[int, tuple[Compiled, ...]] = {}

    # Words to bits

    def flag(self, name: str) -> int:
        """The bit of the lexicon `name`; 0 where no such lexicon exists."""
        return self._flags.get(name, 0)

    def bits(self, text: str) -> int:
        """All predicates that hold of a word with this text, as an integer of bits."""
        if "\n" in text:
            return NEWLINE
        lower = text.lower()
        found = self._by_lower.get(lower, 0)
        for holds, bit, on_lower in self._tests:
            if holds(lower if on_lower else text):
                found |= bit
        return found

    # Patterns to masks

    def _new_bit(self, key: Any, weight: float) -> int:
        bit = 2 << len(self._predicates)
        self._predicates[key] = bit
        self._weights[bit] = weight
        return bit

    def _flag(self, name: str) -> int:
        lexicon = self._lexicons[name]
        weight = sum(_COMMON.get(word, 0.3) for word in lexicon.words)
        bit = self._new_bit(("FLAG", name), weight + (_REGEX_WEIGHT if lexicon.regex else 0))
        for word in lexicon.words:
            self._by_lower[word] = self._by_lower.get(word, 0) | bit
        if lexicon.regex is not None:
            self._tests.append((lexicon.regex.search, bit, False))
        return bit

    def _words(self, words: Iterable[str]) -> int:
        key = frozenset(words)
        if key in self._predicates:
            return self._predicates[key]
        bit = self._new_bit(key, sum(_COMMON.get(word, 0.3) for word in key))
        for word in key:
            self._by_lower[word] = self._by_lower.get(word, 0) | bit
        return bit

    def _regex(self, pattern: str, on_lower: bool) -> int:
        key = (pattern, on_lower)
        if key in self._predicates:
            return self._predicates[key]
        bit = self._new_bit(key, _REGEX_WEIGHT)
        self._tests.append((re.compile(pattern).search, bit, on_lower))
        return bit

    def _shape(self, shapes: frozenset[str]) -> int:
        key = ("SHAPE", shapes)
        if key not in self._predicates:
            bit = self._new_bit(key, _REGEX_WEIGHT)
            self._tests.append((lambda text: word_shape(text) in shapes, bit, False))
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
            high = low if repeat[2] is None else int(repeat[2] or _UNBOUNDED)
        return Element(need, forbid, low, high)

    def _predicate(self, key: str, option: str, wanted: Any, rule: Rule) -> int:
        if option in {"IN", "NOT_IN"} and key == "SHAPE":
            return self._shape(frozenset(str(shape) for shape in wanted))
        if option in {"IN", "NOT_IN"} and key in {"LOWER", "NORM"}:
            return self._words(str(word).lower() for word in wanted)
        if option in {"IN", "NOT_IN"} and key == "TEXT":
            return self._regex("^(?:" + "|".join(re.escape(str(word)) for word in wanted) + r")\Z", False)
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
        return Compiled(rule, elements[anchor], tuple(reversed(elements[:anchor])), tuple(elements[anchor + 1 :]))

    def _weight(self, need: int) -> float:
        return min(weight for bit, weight in self._weights.items() if need & bit)

    # Running

    def _plan(self, bits: int) -> tuple[Compiled, ...]:
        return tuple(
            pattern
            for need, patterns in self._anchored.items()
            if bits & need == need
            for pattern in patterns
            if not bits & pattern.anchor.forbid
        )

    def find(self, bits: Sequence[int], start: int = 0, end: int | None = None) -> list[Match]:
        """All longest matches in words `start` to `end`, in the order of their starts.

        `bits` has one integer a word, from `bits()`. Overlapping matches of one rule are reduced to the
        longest, the earliest first, as spaCy's Matcher does with `greedy="LONGEST"`.
        """
        stop = len(bits) if end is None else end
        found: dict[str, list[Match]] = {}
        plans = self._plans
        for at in range(start, stop):
            word = bits[at]
            plan = plans.get(word)
            if plan is None:
                plan = plans[word] = self._plan(word)
            for pattern in plan:
                left = _reach(pattern.before, bits, at - 1, start - 1, -1) if pattern.before else at - 1
                if left is None:
                    continue
                right = _reach(pattern.after, bits, at + 1, stop, 1) if pattern.after else at + 1
                if right is not None:
                    found.setdefault(pattern.rule.id, []).append(Match(pattern.rule, left + 1, right))
        matches = [match for group in found.values() for match in _longest(group)]
        matches.sort(key=lambda match: (match.start, -match.end))
        return matches


def _reach(elements: Sequence[Element], bits: Sequence[int], at: int, limit: int, step: int) -> int | None:
    """The furthest place after all elements, going from `at` by `step` and not reaching `limit`; None if none fits."""
    places = [at]
    for need, forbid, low, high in elements:
        reached: list[int] = []
        for place in places:
            count = 0
            if low == 0 and place not in reached:
                reached.append(place)
            while count < high and place != limit and bits[place] & need == need and not bits[place] & forbid:
                place += step
                count += 1
                if count >= low and place not in reached:
                    reached.append(place)
        if not reached:
            return None
        places = reached
    return max(places) if step > 0 else min(places)


def _longest(group: list[Match]) -> list[Match]:
    if len(group) == 1:
        return group
    kept: list[Match] = []
    for match in sorted(group, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept
