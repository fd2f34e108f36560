"""Which part a figure plays (actual, target, benchmark, previous, forecast, change) and whether it rose or fell.

Cues are rules of class `qualifier`, kinds `role_before` and `role_after`; the cue nearest to the figure decides.
From-to pairs and the future tense, which need more than one place of the sentence, are read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from minutesminer.mine.figures import Figure
from minutesminer.mine.matching import Match
from minutesminer.mine.ruleset import Reading, RuleSet
from minutesminer.mine.words import Words

Role = Literal["actual", "target", "benchmark", "previous", "forecast", "change"]
Direction = Literal["up", "down"]

_REACH = 7  # words between a cue and its figure, all of them filler
_PAIR = 12  # words between the two figures of a from-to pair
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
        self._break = rules.flag("clause_break")
        self._up = rules.flag("rise_verb") | rules.flag("rise_noun")
        self._down = rules.flag("fall_verb") | rules.flag("fall_noun")
        self._period = rules.flag("financial_year") | rules.flag("year_like") | rules.flag("month") | rules.flag("ordinal")

    def read(self, reading: Reading, figures: Sequence[Figure]) -> list[Part]:
        """Role and direction of every figure, in order."""
        words = reading.words
        before = sorted(reading.of("qualifier", "role_before"), key=lambda m: m.end)
        after = reading.of("qualifier", "role_after")
        parts: list[Part] = []
        for k, figure in enumerate(figures):
            role = self._role(words, figures, k, before, after)
            parts.append(Part(role, self._direction(words, figures, k, role)))
        return parts

    def _role(
        self, words: Words, figures: Sequence[Figure], k: int, before: Sequence[Match], after: Sequence[Match]
    ) -> Role:
        figure = figures[k]
        if figure.role is not None:
            return figure.role  # type: ignore[return-value]
        low = words.sentences[figure.sentence][0]
        cue = self._cue_before(words, figures, k, before, low)
        behind = self._cue_after(words, figures, k, after)
        if behind is not None and (cue is None or cue[0] > 0 or behind == "benchmark" or cue[1] == "previous"):
            return behind
        if cue is not None:
            return cue[1]
        if self._from_to(words, figures, k):
            return "previous"
        return "forecast" if self._future(words, figures, k, low) else "actual"

    def _cue_before(
        self, words: Words, figures: Sequence[Figure], k: int, before: Sequence[Match], low: int
    ) -> tuple[int, Role] | None:
        """The nearest cue with only filler between it and the figure, as (distance, role)."""
        figure = figures[k]
        floor = max(low, figures[k - 1].end if k and figures[k - 1].sentence == figure.sentence else low)
        for match in reversed(before):
            if match.end > figure.start:
                inside = match.end <= figure.number and match.start >= floor
                if not inside:
                    continue
            if match.end < floor or figure.start - match.end > _REACH or match.start < low:
                if match.end < low:
                    break
                continue
            role: Role = match.rule.set["role"]
            gap = range(match.end, figure.start)
            if all(self._fills(words, j, role) for j in gap):
                return max(figure.start - match.end, 0), role
        return None

    def _fills(self, words: Words, k: int, role: Role) -> bool:
        if role == "target" and words.lower[k] in _TARGET_FILLER_NOT:
            return words.lower[k] == "at" and words.lower[k - 1] in {"set", "remained", "stood"}
        if role == "forecast":
            return words.lower[k] not in {",", ".", ";", "and"}
        return bool(words.bits[k] & (self._filler | self._period))

    def _cue_after(self, words: Words, figures: Sequence[Figure], k: int, after: Sequence[Match]) -> Role | None:
        figure = figures[k]
        for match in after:
            if match.start > figure.end + 1:
                break
            if match.start in {figure.end, figure.after} or (match.start == figure.end + 1 and words.text[figure.end] == ")"):
                return match.rule.set["role"]  # type: ignore[no-any-return]
        return None

    def _from_to(self, words: Words, figures: Sequence[Figure], k: int) -> bool:
        """Whether the figure is the `from` of a from-to pair, in either order."""
        figure = figures[k]
        if figure.start == 0 or words.lower[figure.start - 1] != "from":
            return False
        for other in figures[max(k - 2, 0) : k + 3]:
            if other is figure or other.kind != figure.kind or other.sentence != figure.sentence or other.start == 0:
                continue
            near = max(other.start - figure.end, figure.start - other.end) <= _PAIR
            if near and words.lower[other.start - 1] in {"to", "at", "stood"}:
                return True
        return False

    def _future(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> bool:
        """Whether the clause of the figure stands in the future, or tells of a forecast."""
        figure = figures[k]
        start = figure.start
        while start > low and not words.bits[start - 1] & self._break:
            start -= 1
        end, high = figure.end, words.sentences[figure.sentence][1]
        while end < high and not words.bits[end] & self._break:
            end += 1
        clause = words.bits[start:end]
        if any(bits & self._modal for bits in clause):
            return True
        lead = words.lower[start : figure.start]
        return any(words.bits[start + j] & self._forecast for j in range(len(lead)))

    # Up or down

    def _direction(self, words: Words, figures: Sequence[Figure], k: int, role: Role) -> Direction | None:
        figure = figures[k]
        if role in {"target", "benchmark", "previous"}:
            return None
        low, high = words.sentences[figure.sentence]
        floor = max([low, *(f.end for f in figures[:k] if f.sentence == figure.sentence and f.end <= figure.start)])
        # `rose [by 3%] to 95%`, `had increased from 13% to 19%`: the verb may stand before a figure it also governs.
        if figure.start and words.lower[figure.start - 1] in {"to", "by", "of", "at", "from"} or role == "change":
            back = figure.start - 1
            limit = max(low, figure.start - 16)
            while back >= limit:
                bits = words.bits[back]
                if bits & self._up and words.lower[back] != "up" or (words.lower[back] == "up" and words.lower[back + 1] != "to"):
                    return "up"
                if bits & self._down:
                    return "down"
                if words.lower[back] in {";", "."} or (words.lower[back] == "," and back < floor):
                    break
                back -= 1
        ahead = figure.end
        if ahead + 1 < high and words.lower[ahead] in {",", "(", "–", "-", "which", "and", "a", "an", "–"} or ahead < high and role == "change":
            for j in range(ahead, min(ahead + 5, high)):
                bits = words.bits[j]
                if j in words.values:
                    break
                if words.lower[j] == "up" or (bits & self._up and words.lower[j + 1 : j + 2] in (["of"], ["from"], ["on"])) or (role == "change" and (bits & self._up or words.lower[j] in {"more", "higher"})):
                    return "up"
                if words.lower[j] == "down" or (bits & self._down and words.lower[j + 1 : j + 2] in (["of"], ["from"], ["on"])) or (role == "change" and (bits & self._down or words.lower[j] in {"fewer", "less", "lower"})):
                    return "down"
        return None
