"""Numbers that stand in a figure of two numbers, which the rules of simple figures leave alone.

`2.5% to 3.5%`, `17 of the 24`, `1 in 12`, `14 per 1,000`, `4 minutes 30 seconds`: each has its own rule. That the
simple rules do not take its halves where that rule is absent keeps the rules apart: a rule taken away takes its
own rows with it and no more.
"""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

_JOINERS = frozenset({"-", "–", "—", "to"})
_RANGING = frozenset(
    (
        "ranging ranged range ranges varied varying anywhere averaging lasting taking lasted lasts last takes took"
    ).split()
)
_LARGER = frozenset({"hour", "hours", "hrs", "hr", "minute", "minutes", "mins", "min", "year", "years"})
_SMALLER = frozenset({"minutes", "mins", "minute", "min", "seconds", "secs", "second", "sec", "months", "month"})
_PARTS_OF_YEAR = frozenset({"quarter", "q", "month"})
_THE = frozenset({"the", "a", "its", "our", "their", "these", "those", "all"})


class Compounds:
    """Tells whether a simple figure is half of a compound one."""

    def __init__(self, rules: RuleSet) -> None:
        self._percent = rules.flag("percent_sign")
        self._scale = rules.flag("scale_word")
        self._time_unit = rules.flag("time_unit")
        self._year = rules.flag("year_like")
        self._not_per_thing = rules.flag("not_per_thing") | rules.flag("function_word")
        self._wordlike = rules.flag("wordlike")
        self._function = rules.flag("function_word")
        self._numbered = rules.flag("reference_noun")
        self._moved = (
            rules.flag("rise_verb") | rules.flag("fall_verb") | rules.flag("rise_noun") | rules.flag("fall_noun")
        )

    def ranged(self, words: Words, start: int, end: int) -> bool:
        """Whether the figure of words `start` to `end`, a sum or a percentage, is one end of a range."""
        lower = words.lower
        symbol = bool(words.bits[end - 1] & self._percent)
        if end + 1 < len(words):
            ahead = end + 1 + (lower[end + 1] == "£")
            joined = lower[end] in _JOINERS and not self.from_before(words, start)
            between = lower[end] == "and" and start > 0 and lower[start - 1] == "between"
            if (
                (joined or between)
                and ahead in words.values
                and (lower[start] != "£" or between or self.spans(words, self._first(words, start, end), ahead))
                and not words.bits[ahead] & self._year
                and self._fits(words, ahead, symbol)
            ):
                return True
        if start > 1:
            other = start - 2
            while other > 0 and words.bits[other] & (self._scale | self._percent) and other not in words.values:
                other -= 1
            if other in words.values and self._may_open(words, other, start):
                opened = other - (other > 0 and lower[other - 1] == "£")
                if lower[start - 1] in _JOINERS:
                    return not self.from_before(words, opened) and self._same(words, other, start, symbol)
                return lower[start - 1] == "and" and opened > 0 and lower[opened - 1] == "between"
        return False

    def _first(self, words: Words, start: int, end: int) -> int:
        return next((k for k in range(start, end) if k in words.values), start)

    def spans(self, words: Words, first: int, last: int) -> bool:
        """Whether two sums can be a range's ends: `£5-6m` and `£32m to £1.4bn` can, `£85,000 to 14` cannot."""
        scaled = last + 1 < len(words) and bool(words.bits[last + 1] & self._scale)
        plain = words.lower[last - 1] != "£" and not scaled and words.lower[first + 1] in {"to", "-", "–", "—"}
        return not plain or words.values[first] < words.values[last]

    def _may_open(self, words: Words, other: int, start: int) -> bool:
        """Whether number `other` can be the lower end: no year, no paragraph's number, and smaller."""
        label = other == 0 or words.text[other - 1] == "•" or "\n" in words.text[other - 1]
        if not label and (words.bits[other - 1] & self._numbered or words.lower[other - 1] in _PARTS_OF_YEAR):
            return False  # `72% in Quarter 1 to 88% in Quarter 2`
        upper = next((words.values[k] for k in (start, start + 1) if k in words.values), None)
        smaller = upper is None or words.values[other] < upper
        return not label and smaller and not words.bits[other] & self._year

    def _fits(self, words: Words, k: int, symbol: bool) -> bool:
        if symbol:
            return k + 1 < len(words) and bool(words.bits[k + 1] & self._percent)
        return words.lower[k - 1] == "£" or not (k + 1 < len(words) and words.bits[k + 1] & self._percent)

    def _same(self, words: Words, k: int, start: int, symbol: bool) -> bool:
        sum_ = k > 0 and words.lower[k - 1] == "£"
        return not sum_ if symbol else sum_ or words.lower[start] != "£"

    def from_before(self, words: Words, at: int) -> bool:
        """Whether `from` stands within two words before, and no word of ranging before that, or `by` just before."""
        if at > 0 and (words.lower[at - 1] == "by" or words.bits[at - 1] & self._moved):
            return True  # `shrank by £0.4m to £1.1m`, `rose 5% to 62%`
        for k in range(at - 1, max(at - 3, -1), -1):
            if words.lower[k] == "from":
                return not (k and words.lower[k - 1] in _RANGING)
        return False

    def timed(self, words: Words, start: int, end: int) -> bool:
        """Whether a duration is the larger or the smaller part of one in two units."""
        lower = words.lower
        ahead = end + (lower[end : end + 1] in (["and"], [","]))
        if (
            lower[end - 1] in _LARGER
            and ahead in words.values
            and lower[ahead + 1 : ahead + 2] != []
            and lower[ahead + 1] in _SMALLER
        ):
            return True
        back = start - 1 - (start > 0 and lower[start - 1] in {"and", ","})
        return lower[end - 1] in _SMALLER and back > 0 and lower[back] in _LARGER and back - 1 in words.values

    def counted(self, words: Words, k: int) -> bool:
        """Whether a count is part of a share, a one-in-so-many, a range of counts or a rate."""
        return self._shared(words, k) or self._one_in(words, k) or self._count_range(words, k) or self.rated(words, k)

    def _shared(self, words: Words, k: int) -> bool:
        lower, values = words.lower, words.values
        ahead = k + 1
        ahead += lower[ahead : ahead + 1] == ["out"]
        if lower[ahead : ahead + 1] == ["of"]:
            ahead += 1 + (lower[ahead + 1 : ahead + 2] != [] and lower[ahead + 1] in _THE)
            if ahead in values and values[k] <= values[ahead] and not self._united(words, ahead):
                return not words.bits[ahead] & self._year
        back = k - 1
        back -= back > 0 and lower[back] in _THE
        if back > 0 and lower[back] == "of":
            back -= 1
            back -= back > 0 and lower[back] == "out"
            return back in values and values[back] <= values[k] and not self._united(words, k)
        return False

    def _one_in(self, words: Words, k: int) -> bool:
        values, lower = words.values, words.lower
        if lower[k] in {"one", "1"} and lower[k + 2 : k + 3] == ["in"] and k + 3 in values:
            return not self._united(words, k + 3) and not words.bits[k + 3] & self._year  # `one pupil in six`
        for first, base in ((k, k + 2), (k - 2, k)):
            if first >= 0 and lower[first + 1 : first + 2] == ["in"] and first in values and base in values:
                whole = values[first] == int(values[first])
                if (
                    whole
                    and values[first] < values[base]
                    and not self._united(words, base)
                    and not words.bits[base] & self._year
                ):
                    return True
        return False

    def _count_range(self, words: Words, k: int) -> bool:
        values, lower = words.values, words.lower
        for first, last in ((k, k + 2), (k - 2, k)):
            if first < 0 or first not in values or last not in values or values[first] >= values[last]:
                continue
            joiner = lower[first + 1]
            if joiner == "and" and first > 0 and lower[first - 1] == "between":
                return True
            if joiner in {"-", "–"} and not (words.bits[first] | words.bits[last]) & self._year:
                return True
        return False

    def rated(self, words: Words, k: int) -> bool:
        """Whether `per` with a number or a thing follows: `14 offences per 1,000`, `9.75 days per FTE`."""
        if k and words.lower[k - 1] == "£":
            return False
        for at in range(k + 1, min(k + 5, len(words) - 1)):
            if words.lower[at] == "per":
                return at + 1 in words.values or not words.bits[at + 1] & self._not_per_thing
            if (
                at in words.values
                or not words.bits[at] & self._wordlike
                or words.bits[at] & self._function
                and words.lower[at] != "of"
            ):
                return False
        return False

    def _united(self, words: Words, k: int) -> bool:
        return k + 1 < len(words) and bool(words.bits[k + 1] & (self._percent | self._time_unit))
