"""Which part a figure plays (actual, target, benchmark, previous, forecast, change) and whether it rose or fell.

Cues are rules of class `qualifier`, kinds `role_before` and `role_after`; the cue nearest to the figure decides.
From-to pairs and the future tense, which need more than one place of the sentence, are read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from minutesminer.mine.engine.matching import LINE_BREAK, Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.bounds import EXPECTED, signed, without_standards
from minutesminer.mine.figures.columns import role_of_column
from minutesminer.mine.figures.directions import Direction, DirectionReader
from minutesminer.mine.figures.earlier import EarlierReader
from minutesminer.mine.figures.figure import Figure

Role = Literal["actual", "target", "benchmark", "previous", "forecast", "change"]

_REACH = 7  # words between a cue and its figure, all of them filler
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
_PARTLY = frozenset({"could", "may", "might"})
_COPULA = frozenset({"was", "is", "were", "are", "being", "remained", "of", "at", ":", "remains"})
_OTHER_SUBJECT = frozenset(
    {"performance", "actual", "outturn", "achieved", "and", "but", "while", ";", "against", "with"}
)
_PROPOSING = frozenset({"recommend", "recommends", "endorse", "endorses", "endorsed"})
_MOVED = frozenset("risen rose fallen fell grown grew climbed dropped declined dipped increased decreased".split())
_YARDSTICKS = frozenset(
    (
        "planned expected budgeted forecast anticipated projected needed required allowed target targets budget plan"
    ).split()
)
_OUTTURN = frozenset(
    (
        "outturn spend spent spending overspend overspent underspend underspent overspending underspending variance "
        "against forecast projected exceeded shortfall"
    ).split()
)
_TELLING = frozenset(
    "report note consider explain review examine look discuss present provide write see hear comment clarify".split()
)
_BULLETS = frozenset({"•", "-", "–", "·", "o", "*"})
_FUNDS = frozenset({"budget", "allocation"})
_SIDES = frozenset({"above", "below", "over", "under", "within", "exceeds", "exceeding"})
_NO_VERB = frozenset({"the", "a", "an", "this", "that", "these", "its", "their", "our", "each", "all", "£"})
_HAVING_TO = frozenset({"need", "needs", "needed", "had", "has", "have", "found", "said", "known", "proved"})
_DONE = frozenset(
    {"set", "built", "made", "cut", "given", "put", "held", "spent", "sold", "bought", "found", "kept", "paid"}
)
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
        self._earlier = EarlierReader(rules)
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
        before = sorted(without_standards(words, reading.of("qualifier", "role_before")), key=lambda m: m.end)
        after = reading.of("qualifier", "role_after")
        parts: list[Part] = []
        for k in range(len(figures)):
            role = self._role(words, figures, k, before, after)
            if role == "actual" and k > 1 and self._bracketed(words, figures, k):
                role = self._like_brackets(words, figures, parts, k)
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
        self._breakdowns(words, figures, parts)
        return parts

    def _breakdowns(self, words: Words, figures: Sequence[Figure], parts: list[Part]) -> None:
        """Sums at the heads of lines under a line that ends in a colon and forecasts: they are forecasts too."""
        leader: Role | None = None
        for k, figure in enumerate(figures):
            low = words.sentences[figure.sentence][0]
            first = figure.start - low < 2 and figure.kind == "money"
            if first and leader == "forecast" and self._opens_line(words, figure.start):
                if parts[k].role == "actual":
                    parts[k] = Part("forecast", parts[k].direction)
                continue
            leader = None
            if self._leads(words, figure):
                told = any(bits & self._forecast for bits in words.bits[low : figure.start])
                leader = "forecast" if told else parts[k].role

    def _opens_line(self, words: Words, k: int) -> bool:
        while k and words.text[k - 1] in _BULLETS:
            k -= 1
        return not k or "\n" in words.text[k - 1]

    def _leads(self, words: Words, figure: Figure) -> bool:
        """Whether the line of the figure ends in a colon."""
        ahead = words.kinds[figure.end : figure.end + 40]
        return LINE_BREAK in ahead and words.text[figure.end + ahead.index(LINE_BREAK) - 1] == ":"

    def _role(
        self, words: Words, figures: Sequence[Figure], k: int, before: Sequence[Match], after: Sequence[Match]
    ) -> Role:
        figure = figures[k]
        if figure.role is not None:
            return figure.role  # type: ignore[return-value]
        low = words.sentences[figure.sentence][0]
        if figure.rule.endswith(".column"):
            return role_of_column(words, figure, low)
        if self._moved_to(words, figures, k) or signed(words, figure):
            return "change"
        cue = self._cue_before(words, figures, k, before, low)
        behind = self._cue_after(words, figures, k, after)
        if behind is not None and (cue is None or cue[0] > 0 or behind == "benchmark" or cue[1] == "previous"):
            return behind
        if cue is not None:
            if cue[1] == "forecast" and words.lower[max(figure.start - 2, 0) : figure.start] == ["had", "been"]:
                return "previous"  # `at Period 6 the forecast gap had been £5.3m`
            return cue[1]
        if (
            self._earlier.from_to(words, figures, k)
            or self._earlier.in_brackets(words, figures, k)
            or self._earlier.overtaken(words, figures, k)
        ):
            return "previous"
        if self._of_target(words, figures, k, low):
            return "target"
        return "forecast" if self._future(words, figures, k, low) else "actual"

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
            if role == "previous" and self._earlier.opens(words, figures, k, match):
                continue
            if (
                role == "previous"
                and "when" not in words.lower[match.start : match.end]
                and "since" in words.lower[max(match.start - 2, low) : match.start]
            ):
                continue  # `since the last meeting 17 cases`
            if role == "forecast" and figure.kind == "timescale" and figure.comparator != "=":
                continue  # a limit inside what is forecast is a limit all the same
            if role == "target" and words.lower[match.start] in _FUNDS and not self._measured(words, match, figure):
                continue  # `the maintenance budget of £8m` is what there is
            against = words.lower[match.start] == "against"
            if role == "target" and not against and any(f.end == match.start for f in figures[max(k - 2, 0) : k]):
                continue  # `the 28-day standard was 74.6%`: the cue names the figure before it
            if self._fills(words, match, figure, role):
                if against and self._earlier.dated(words, figure):
                    role = "previous"
                if words.lower[match.start] in {"compared", "against"} and self._earlier.other_group(words, figure):
                    role = "actual"
                return max(figure.start - match.end, 0), role
        return None

    def _measured(self, words: Words, match: Match, figure: Figure) -> bool:
        """Whether an outturn, a spend or a variance is set against the budget named by the cue."""
        low, high = words.sentences[figure.sentence]
        near = set(words.lower[max(match.start - 4, low) : match.start])
        return bool(_SIDES & near or _OUTTURN & set(words.lower[low:high]))

    def _fills(self, words: Words, match: Match, figure: Figure, role: Role) -> bool:
        """Whether only words that may stand between a cue and its figure stand there."""
        gap = range(match.end, figure.start)
        lower = words.lower
        if role in {"previous", "benchmark"} and "and" in lower[match.end : figure.start]:
            return False  # `last year, and just 25% kept it`, `above the English average and 17-20% smoked`
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
            inside = figure.number < match.start < figure.end < match.end  # `10.5 days per FTE projected`
            if (
                match.start in {figure.end, figure.after}
                or (inside and match.rule.set["role"] == "forecast")
                or (match.start == figure.end + 1 and words.text[figure.end] == ")")
            ):
                # `88.4% (target 95%)`, `16%, London 18%`: the cue belongs to the figure that follows it.
                opened = words.text[match.start] in {"(", ","}
                if opened and (
                    match.end in starts or (match.end < len(words) and words.lower[match.end] in _NAMES_NEXT)
                ):
                    continue
                if opened and any(0 < start - match.end < 4 for start in starts):
                    continue  # `activity 226, previous year quarter 3 activity 264`
                than = words.lower[match.end - 1] == "than"
                if than and _YARDSTICKS & set(words.lower[match.end : match.end + 3]):
                    continue  # `£293,000 more than the target` is a gap, no movement
                if match.rule.set["role"] == "target" and words.text[figure.end] == ")":
                    continue  # `1 (3%) target had yet to start`
                return match.rule.set["role"]  # type: ignore[no-any-return]
        return None

    def _moved_to(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """`Satisfaction rose 5% to 62%`, `costs had risen 12%`: the movement's size stands right behind its verb."""
        figure = figures[k]
        if figure.kind == "percentage" and figure.start and words.lower[figure.start - 1] in _MOVED:
            return words.lower[figure.end : figure.end + 1] not in (["of"], ["for"])
        if figure.kind == "timescale" or not figure.start or k + 1 == len(figures):
            return False
        moved = words.bits[figure.start - 1] & (self._up | self._down)
        return bool(moved) and figures[k + 1].start == figure.end + 1 and words.lower[figure.end] == "to"

    def _like_brackets(self, words: Words, figures: Sequence[Figure], parts: Sequence[Part], k: int) -> Role:
        """`majors 71% (target 60%); minors 64% (65%)`: what one bracket of the sentence holds, the next does too."""
        figure = figures[k]
        if figures[k - 1].kind != figure.kind or words.text[figure.end : figure.end + 1] != [")"]:
            return "actual"
        for other, part in zip(figures[k - 2 :: -1], parts[k - 2 :: -1], strict=False):
            if other.sentence != figure.sentence:
                break
            if other.kind == figure.kind and words.text[other.end : other.end + 1] == [")"]:
                return part.role if part.role in {"target", "previous", "benchmark"} else "actual"
        return "actual"

    def _bracketed(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        start = figures[k].start
        return k > 0 and start > 0 and words.text[start - 1] == "(" and figures[k - 1].end == start - 1

    def _future(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> bool:
        """Whether the clause of the figure stands in the future, or tells of a forecast."""
        figure = figures[k]
        start = figure.start
        start -= start > low and words.text[start - 1] == "("  # `forecast to underspend (£0.9m)`
        bits, lower, breaking = words.bits, words.lower, self._break
        while start > low and not (
            bits[start - 1] & breaking and lower[start : start + 2] not in (["at", "a"], ["at", "an"])
        ):
            start -= 1  # `would be lit, at a cost of £85k`
        end, high = figure.end, words.sentences[figure.sentence][1]
        if end < high and words.text[end] == "(":
            end = next((j + 1 for j in range(end, min(end + 8, high)) if words.text[j] == ")"), end)
        while end < high and not bits[end] & breaking:
            end += 1
        waited = words.lower[figure.start - 1 : figure.start] in (["waiting"], ["waited"], ["wait"])
        if figure.kind == "timescale" and (figure.comparator != "=" or waited):
            return False  # a limit inside what is forecast is a limit all the same
        modals = [j for j in range(start, end) if bits[j] & self._modal]
        if modals and any(self._tells_outcome(words, j) for j in modals):
            return True
        opening = next((j for j in range(low, min(low + 5, figure.start)) if len(words.text[j]) > 3), low)
        if words.bits[opening] & self._forecast and not any(f.sentence == figure.sentence for f in figures[:k]):
            return True  # `Forecast savings and efficiencies at year end are £60.3m`
        behind = lower[figure.end : figure.end + 6]
        for j in [j for j, word in enumerate(behind[:3]) if word in {"on", "to"}]:
            if (
                behind[j : j + 2] == ["on", "order"]
                or behind[j : j + 2] == ["to", "be"]
                and (not j or behind[j - 1] not in _HAVING_TO)
                and self._done(behind[j + 2 :])
            ):
                return True  # `a group of five Members to be set up`
        forecasts = [j for j in range(start, end) if bits[j] & self._forecast and lower[j + 1] not in EXPECTED]
        if any(j < figure.start or figure.end <= j < end - 1 and lower[j + 1] == "to" for j in forecasts):
            return True
        # `be asked to set aside £250,000`, `agreed to fund two posts`: what is wanted is not there yet.
        back = lower[max(low, figure.start - 14) : figure.start]
        ends = [j for j, word in enumerate(back) if word in {";", "."}]
        if not _PROPOSING.isdisjoint(back[ends[-1] + 1 if ends else 0 :]):
            return True
        if ends or "to" not in back:
            return False
        wish = next((j for j in range(len(back) - 2, -1, -1) if back[j] == "to" and back[j + 1] not in _NO_VERB), None)
        return (
            wish is not None and wish > 0 and back[wish + 1] not in _TELLING and not _VOLITION.isdisjoint(back[:wish])
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
