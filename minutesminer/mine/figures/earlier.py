"""Which figures are an earlier period's, told by their place: from-to pairs, dates in brackets, overtaken figures."""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

_SPREADING = frozenset(
    {"spread", "range", "ranges", "ranging", "ranged", "varied", "vary", "varying", "varies", "anything"}
)
_TIMES = frozenset("same time point period year quarter month week term previous last prior".split())
_THEN = frozenset({"before", "earlier", "previous", "year", "ago", "quarter"})
_SINCE_THEN = frozenset({"now", "expected", "since", "currently", "forecast", "projected"})
_WAS = frozenset({"was", "were", "been", "stood", ":"})
_COMPARING = frozenset({"than", "on", "from", "against", "with", "to", "since"})
_PAIR = 12  # words between the two figures of a from-to pair


class EarlierReader:
    """Tells earlier figures from those of the time the text is about."""

    def __init__(self, rules: RuleSet) -> None:
        self._period = (
            rules.flag("financial_year") | rules.flag("year_like") | rules.flag("month") | rules.flag("ordinal")
        )

    def from_to(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """Whether the figure is the `from` of a from-to pair, in either order."""
        figure = figures[k]
        if figure.start == 0 or words.lower[figure.start - 1] != "from" or figure.value_max is not None:
            return False
        if _SPREADING & set(words.lower[max(figure.start - 7, 0) : figure.start]):
            return False  # `a spread from 41% in the east to 66%`
        for other in figures[max(k - 2, 0) : k + 3]:
            if other is figure or other.kind != figure.kind or other.sentence != figure.sentence or other.start == 0:
                continue
            near = max(other.start - figure.end, figure.start - other.end) <= _PAIR
            if near and words.lower[other.start - 1] in {"to", "at", "stood"}:
                return True
        return False

    def in_brackets(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """`47.9% (target 50%; 46.2% in 2023/24)`: a dated figure in brackets behind one of its kind is earlier."""
        figure = figures[k]
        low = words.sentences[figure.sentence][0]
        opened = next(
            (j for j in range(figure.start - 1, max(low, figure.start - 9), -1) if words.text[j] == "("), None
        )
        if opened is None or ")" in words.text[opened : figure.start]:
            return False
        # `a drop of 11% on the year before (4,396 tonnes)`
        told = opened == figure.start - 1 and bool(_THEN & set(words.lower[max(opened - 3, low) : opened]))
        if told and any(
            f.role == "change" or words.lower[f.end : f.end + 1] == ["on"] for f in figures[max(k - 1, 0) : k]
        ):
            return True
        dated = any(words.bits[j] & self._period for j in range(opened + 1, figure.start)) and any(
            words.lower[j] in _WAS for j in range(opened + 1, figure.start)
        )  # `(in September 2016 it was £0.6M over)`
        if not dated and not self.dated(words, figure):
            return False
        return any(f.kind == figure.kind and f.end <= opened and f.sentence == figure.sentence for f in figures[:k])

    def overtaken(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """`had been £18.7m in March and was expected to reach £24m`: a later figure has overtaken it."""
        figure = figures[k]
        if words.lower[max(figure.start - 2, 0) : figure.start] not in (["had", "been"], ["stood", "at"]):
            return False
        if "had" not in words.lower[max(figure.start - 3, 0) : figure.start]:
            return False
        for other in figures[k + 1 : k + 3]:
            if other.kind == figure.kind and other.sentence == figure.sentence:
                return bool(_SINCE_THEN & set(words.lower[figure.end : other.start]))
        return False

    def opens(self, words: Words, figures: Sequence[Figure], k: int, match: Match) -> bool:
        """`In the last quarter 25 children were helped`, `last year 412 homes were let`: a time, compared with none."""
        figure = figures[k]
        if words.lower[match.start] not in {"last", "previous"} or match.end - match.start != 2:
            return False
        apart = words.lower[match.end : figure.start]
        if apart not in ([], [","], ["there", "were"], [",", "there", "were"], ["there", "was"], ["a", "total", "of"]):
            return False
        if words.lower[match.end - 1] not in {"year", "quarter", "month", "period"}:
            return False
        before = words.lower[max(match.start - 4, 0) : match.start]
        if _COMPARING & set(before):
            return False
        if words.lower[match.start] == "last" and before[-1:] == ["the"] and figure.noun is not None:
            return True
        return not any(
            other is not figure
            and other.kind == figure.kind
            and abs(other.sentence - figure.sentence) < 2
            and (other.unit == figure.unit or None in (other.unit, figure.unit))
            for other in figures[max(k - 3, 0) : k + 4]
        )

    def dated(self, words: Words, figure: Figure) -> bool:
        """Whether the figure is followed by a time: `7.1% in the autumn term of 2024`, `£800,000 a year ago`."""
        ahead = words.lower[figure.end : figure.end + 8]
        if not ahead or ahead[0] not in {"in", "at", "for", "a", "the", "last", "("}:
            return False
        if len(ahead) > 2 and ahead[1] in {"month", "period", "quarter", "week"} and figure.end + 2 in words.values:
            return True  # `(£2.3m at month 6)`
        stop = next((j for j, word in enumerate(ahead) if word in {",", ".", ";", "and"}), len(ahead))
        span = words.bits[figure.end : figure.end + stop]
        return any(bits & self._period for bits in span) or bool(
            {"ago", "before", "earlier", "last", "previous"} & set(ahead[:stop])
        )

    def other_group(self, words: Words, figure: Figure) -> bool:
        """`compared with 48% for boys`: another group's figure, not an earlier one."""
        ahead = words.lower[figure.end : figure.end + 3]
        if ahead[:1] == ["of"]:
            return not any(bits & self._period for bits in words.bits[figure.end : figure.end + 9])
        grouped = len(ahead) > 1 and ahead[0] in {"for", "among", "amongst", "in"} and not self.dated(words, figure)
        return grouped and not words.bits[figure.end + 1] & self._period and not _TIMES & set(ahead)
