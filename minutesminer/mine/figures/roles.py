"""Which part a figure plays (actual, target, benchmark, previous, forecast, change) and whether it rose or fell.

Cues are rules of class `qualifier`, kinds `role_before` and `role_after`; the cue nearest to the figure decides.
From-to pairs and the future tense, which need more than one place of the sentence, are read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.directions import Direction, DirectionReader
from minutesminer.mine.figures.figure import Figure

Role = Literal["actual", "target", "benchmark", "previous", "forecast", "change"]

_REACH = 7  # words between a cue and its figure, all of them filler
_PAIR = 12  # words between the two figures of a from-to pair
_COMPARED = frozenset(
    {
        "than",
        "above",
        "below",
        "on",
        "exceeded",
        "exceeding",
        "met",
        "meeting",
        "missed",
        "missing",
        "off",
        "under",
        "over",
        "within",
    }
)
_NAMES_NEXT = frozenset(
    {"of", ":", "is", "was", "at", "figure", "average", "avg", "mean", "median", "level", "-", "–", "="}
)
_SPREADING = frozenset(
    {"spread", "range", "ranges", "ranging", "ranged", "varied", "vary", "varying", "varies", "anything"}
)
_PARTLY = frozenset({"could", "may", "might"})
_COPULA = frozenset({"was", "is", "were", "are", "being", "remained", "of", "at", ":", "remains"})
_OTHER_SUBJECT = frozenset(
    {"performance", "actual", "outturn", "achieved", "and", "but", "while", ";", "against", "with"}
)
_TIMES = frozenset("same time point period year quarter month week term previous last prior".split())
_THEN = frozenset({"before", "earlier", "previous", "year", "ago", "quarter"})
_PROPOSING = frozenset({"recommend", "recommends", "endorse", "endorses", "endorsed"})
_DONE = frozenset(
    {"set", "built", "made", "cut", "given", "put", "held", "spent", "sold", "bought", "found", "kept", "paid"}
)
_SINCE_THEN = frozenset({"now", "expected", "since", "currently", "forecast", "projected"})
_VOLITION = frozenset(
    (
        "asked recommended recommends recommend agreed agree proposed propose planned resolved wanted "
        "intended intends requested aims hoped hopes be approve endorse endorses endorsed bid"
    ).split()
)
_TARGET_FILLER_NOT = frozenset({"at", "and", "performance", "both"})


class Part(NamedTuple):
    """A figure's role and direction."""

    role: Role
    direction: Direction | None


class RoleReader:
    """Reads the role and direction of figures."""

    def __init__(self, rules: RuleSet) -> None:
        self._filler = rules.flag("cue_filler")
        self._modal = rules.flag("forecast_modal")
        self._forecast = rules.flag("forecast_word")
        self._directions = DirectionReader(rules)
        self._outcome = rules.flag("outcome_verb")
        self._target = rules.flag("target_noun")
        self._break = rules.flag("clause_break")
        self._up = rules.flag("rise_verb") | rules.flag("rise_noun")
        self._down = rules.flag("fall_verb") | rules.flag("fall_noun")
        self._period = (
            rules.flag("financial_year") | rules.flag("year_like") | rules.flag("month") | rules.flag("ordinal")
        )

    def read(self, reading: Reading, figures: Sequence[Figure]) -> list[Part]:
        """Role and direction of every figure, in order."""
        words = reading.words
        before = sorted(reading.of("qualifier", "role_before"), key=lambda m: m.end)
        after = reading.of("qualifier", "role_after")
        parts: list[Part] = []
        for k in range(len(figures)):
            role = self._role(words, figures, k, before, after)
            if role == "actual" and parts and parts[-1].role == "forecast" and self._bracketed(words, figures, k):
                role = "forecast"  # `£4.4m (71%) would be delivered`
            if (
                role == "actual"
                and parts
                and parts[-1].role in {"change", "forecast"}
                and self._in_row(words, figures, k)
            ):
                direction = parts[-1].direction if parts[-1].role == "change" else None
                parts.append(Part(parts[-1].role, direction))
                continue
            parts.append(Part(role, self._directions.read(words, figures, k, role)))
        return parts

    def _role(
        self, words: Words, figures: Sequence[Figure], k: int, before: Sequence[Match], after: Sequence[Match]
    ) -> Role:
        figure = figures[k]
        if figure.role is not None:
            return figure.role  # type: ignore[return-value]
        low = words.sentences[figure.sentence][0]
        if figure.rule.endswith(".column"):
            return self._by_column(words, figure, low)
        cue = self._cue_before(words, figures, k, before, low)
        behind = self._cue_after(words, figures, k, after)
        if behind is not None and (cue is None or cue[0] > 0 or behind == "benchmark" or cue[1] == "previous"):
            return behind
        if cue is not None:
            if cue[1] == "forecast" and words.lower[max(figure.start - 2, 0) : figure.start] == ["had", "been"]:
                return "previous"  # `at Period 6 the forecast gap had been £5.3m`
            return cue[1]
        if (
            self._from_to(words, figures, k)
            or self._earlier_in_brackets(words, figures, k)
            or self._overtaken(words, figures, k)
        ):
            return "previous"
        if self._of_target(words, figures, k, low):
            return "target"
        return "forecast" if self._future(words, figures, k, low) else "actual"

    def _by_column(self, words: Words, figure: Figure, low: int) -> Role:
        """What the heading of a table's column says: `Budget £m: 58.2; Forecast £m: 60.9; Variance £m: +2.7`."""
        start = next((j for j in range(figure.start - 1, low, -1) if words.text[j - 1] == ";"), low)
        head = set(words.lower[start : figure.start])
        row = words.lower[low:start]
        if head & {"budget", "budgeted", "target", "plan", "allocation"}:
            return "target"
        expected = {"forecast", "projected", "projection", "estimate", "estimated"}
        if head & expected or (head & {"variance", "overspend", "underspend", "gap"} and expected & set(row)):
            return "forecast"
        return "previous" if head & {"previous", "prior", "last"} else "actual"

    def _in_row(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """`an increase of 13% and 11.9%`, `rose by 3%, robbery by 1%`: what the figure before is, this one is too."""
        figure, last = figures[k], figures[k - 1]
        if last.kind != figure.kind or last.sentence != figure.sentence:
            return False
        between = words.lower[last.end : figure.start]
        if between in (["and"], [","], [",", "and"], ["or"]):
            return True
        lead = words.lower[last.start - 1] if last.start else ""
        if not between or between[-1] != "by" or lead != "by" or between[0] not in {",", "and", ";"}:
            return False
        return len(between) < 9 and not any(
            words.bits[j] & (self._up | self._down) for j in range(last.end, figure.start)
        )

    def _overtaken(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
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

    def _of_target(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> bool:
        """`The target for calls to be answered within 20 seconds was 60%`: the clause's subject is a target."""
        figure = figures[k]
        if figure.start <= low or words.lower[figure.start - 1] not in _COPULA:
            return False
        start = next((j for j in range(figure.start - 1, low, -1) if words.lower[j - 1] in {";", "."}), low)
        for at in range(start, min(start + 6, figure.start)):
            if words.bits[at] & self._target and words.lower[at + 1] in {"for", "on", "in", "set", "to"}:
                gap = range(at, figure.start)
                limits = all(f.kind == "timescale" or f.comparator != "=" for f in figures[:k] if f.start in gap)
                return limits and not _OTHER_SUBJECT & set(words.lower[at : figure.start])
        return False

    def _cue_before(
        self, words: Words, figures: Sequence[Figure], k: int, before: Sequence[Match], low: int
    ) -> tuple[int, Role] | None:
        """The nearest cue with only filler between it and the figure, as (distance, role)."""
        figure = figures[k]
        floor = max(low, figures[k - 1].end if k and figures[k - 1].sentence == figure.sentence else low)
        for match in reversed(before):
            if match.end > figure.start:
                inside = match.end <= figure.number + 1 and match.start >= floor
                if not inside:
                    continue
            if match.end < floor or figure.start - match.end > _REACH or match.start < low:
                if match.end < low:
                    break
                continue
            role: Role = match.rule.set["role"]
            if words.lower[match.start : match.end] == [",", "was"] and not any(
                f.kind == figure.kind and low <= f.start for f in figures[max(k - 2, 0) : k]
            ):
                continue  # it goes on after a clause put in, and compares with nothing
            if role == "previous" and "since" in words.lower[max(match.start - 2, low) : match.start]:
                continue  # `since the last meeting 17 cases`
            if role == "forecast" and figure.kind == "timescale" and figure.comparator != "=":
                continue  # a limit inside what is forecast is a limit all the same
            if role == "target" and any(f.end == match.start for f in figures[max(k - 2, 0) : k]):
                continue  # `the 28-day standard was 74.6%`: the cue names the figure before it
            if self._fills(words, match, figure, role):
                if words.lower[match.start] == "against" and self._earlier(words, figure):
                    role = "previous"
                if words.lower[match.start] == "compared" and self._other_group(words, figure):
                    role = "actual"
                return max(figure.start - match.end, 0), role
        return None

    def _earlier(self, words: Words, figure: Figure) -> bool:
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

    def _other_group(self, words: Words, figure: Figure) -> bool:
        """`compared with 48% for boys`: another group's figure, not an earlier one."""
        ahead = words.lower[figure.end : figure.end + 3]
        if ahead[:1] == ["of"]:
            return not any(bits & self._period for bits in words.bits[figure.end : figure.end + 9])
        grouped = len(ahead) > 1 and ahead[0] in {"for", "among", "amongst", "in"} and not self._earlier(words, figure)
        return grouped and not words.bits[figure.end + 1] & self._period and not _TIMES & set(ahead)

    def _fills(self, words: Words, match: Match, figure: Figure, role: Role) -> bool:
        """Whether only words that may stand between a cue and its figure stand there."""
        gap = range(match.end, figure.start)
        lower = words.lower
        if role == "previous" and "and" in lower[match.end : figure.start]:
            return False  # `last year, and just 25% kept it`
        if role == "forecast":
            return not any(lower[j] in {",", ".", ";", "and", "("} for j in gap)
        if not all(words.bits[j] & (self._filler | self._period) for j in gap):
            return False
        if role != "target" or lower[match.start] in {"against", "short"}:
            return True
        # `better than target at 9.5%`, `above target: 9.8%` compare with a target that is not named.
        first = lower[match.end] if len(gap) else ""
        if first in {":", "-", "–", "(", ","} and _COMPARED & set(lower[max(match.start - 2, 0) : match.start]):
            return False
        return not any(
            lower[j] in _TARGET_FILLER_NOT
            and not (lower[j] == "at" and lower[j - 1] in {"set", "remained", "stood", "was"})
            for j in gap
        )

    def _cue_after(self, words: Words, figures: Sequence[Figure], k: int, after: Sequence[Match]) -> Role | None:
        figure = figures[k]
        starts = {f.start for f in figures[k + 1 : k + 2]}
        for match in after:
            if match.start > figure.end + 1:
                break
            if match.start in {figure.end, figure.after} or (
                match.start == figure.end + 1 and words.text[figure.end] == ")"
            ):
                # `88.4% (target 95%)`, `16%, London 18%`: the cue belongs to the figure that follows it.
                opened = words.text[match.start] in {"(", ","}
                if opened and (
                    match.end in starts or (match.end < len(words) and words.lower[match.end] in _NAMES_NEXT)
                ):
                    continue
                if opened and any(0 < start - match.end < 4 for start in starts):
                    continue  # `activity 226, previous year quarter 3 activity 264`
                if match.rule.set["role"] == "target" and words.text[figure.end] == ")":
                    continue  # `1 (3%) target had yet to start`
                return match.rule.set["role"]  # type: ignore[no-any-return]
        return None

    def _from_to(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """Whether the figure is the `from` of a from-to pair, in either order."""
        figure = figures[k]
        if figure.start == 0 or words.lower[figure.start - 1] != "from":
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

    def _bracketed(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        start = figures[k].start
        return k > 0 and start > 0 and words.text[start - 1] == "(" and figures[k - 1].end == start - 1

    def _earlier_in_brackets(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
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
        if not self._earlier(words, figure):
            return False
        return any(f.kind == figure.kind and f.end <= opened and f.sentence == figure.sentence for f in figures[:k])

    def _future(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> bool:
        """Whether the clause of the figure stands in the future, or tells of a forecast."""
        figure = figures[k]
        start = figure.start
        start -= start > low and words.text[start - 1] == "("  # `forecast to underspend (£0.9m)`
        while start > low and not (
            words.bits[start - 1] & self._break and words.lower[start : start + 2] not in (["at", "a"], ["at", "an"])
        ):
            start -= 1  # `would be lit, at a cost of £85k`
        end, high = figure.end, words.sentences[figure.sentence][1]
        if end < high and words.text[end] == "(":
            end = next((j + 1 for j in range(end, min(end + 8, high)) if words.text[j] == ")"), end)
        while end < high and not words.bits[end] & self._break:
            end += 1
        if figure.kind == "timescale" and figure.comparator != "=":
            return False  # a limit inside what is forecast is a limit all the same
        if any(words.bits[j] & self._modal and self._tells_outcome(words, j) for j in range(start, end)):
            return True
        opening = next((j for j in range(low, min(low + 5, figure.start)) if len(words.text[j]) > 3), low)
        if words.bits[opening] & self._forecast and not any(f.sentence == figure.sentence for f in figures[:k]):
            return True  # `Forecast savings and efficiencies at year end are £60.3m`
        behind = words.lower[figure.end : figure.end + 6]
        for j in range(min(3, len(behind))):
            if (
                behind[j : j + 2] == ["on", "order"]
                or behind[j : j + 2] == ["to", "be"]
                and self._done(behind[j + 2 :])
            ):
                return True  # `a group of five Members to be set up`
        if any(bits & self._forecast for bits in words.bits[start : figure.start]):
            return True
        if any(words.bits[j] & self._forecast and words.lower[j + 1] == "to" for j in range(figure.end, end - 1)):
            return True
        # `be asked to set aside £250,000`, `agreed to fund two posts`: what is wanted is not there yet.
        back = words.lower[max(low, figure.start - 14) : figure.start]
        ends = [j for j, word in enumerate(back) if word in {";", "."}]
        if _PROPOSING & set(back[ends[-1] + 1 if ends else 0 :]):
            return True
        wish = next((j for j in range(len(back) - 1, -1, -1) if back[j] == "to" and j + 1 < len(back)), None)
        return (
            wish is not None
            and wish > 0
            and bool(_VOLITION & set(back[:wish]))
            and not any(word in {";", "."} for word in back)
        )

    def _done(self, ahead: Sequence[str]) -> bool:
        return bool(ahead) and (ahead[0].endswith("ed") or ahead[0] in _DONE)

    def _tells_outcome(self, words: Words, k: int) -> bool:
        """Whether the modal at `k` tells of what is to come: could and may do only with a verb of outcome."""
        if words.lower[k] not in _PARTLY:
            return True
        if words.text[k] == "May":
            return False
        ahead = range(k + 1, min(k + 4, len(words)))
        return any(words.bits[j] & self._outcome for j in ahead) and "have" not in words.lower[k + 1 : k + 3]
