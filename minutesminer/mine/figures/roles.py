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
from minutesminer.mine.figures.figure import Figure

Role = Literal["actual", "target", "benchmark", "previous", "forecast", "change"]
Direction = Literal["up", "down"]

_REACH = 7  # words between a cue and its figure, all of them filler
_PAIR = 12  # words between the two figures of a from-to pair
_WAYS: dict[str, Direction] = {
    **dict.fromkeys(("more", "higher", "up", "above"), "up"),
    **dict.fromkeys(("fewer", "lower", "less", "down", "below"), "down"),
}
_CAME = frozenset({"came", "come", "gone", "went", "was", "is", "were", "been", "brought", "going", ","})
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
_NAMES_NEXT = frozenset({"of", ":", "is", "was", "at", "figure", "average", "-", "–", "="})
_VOLITION = frozenset(
    (
        "asked recommended recommends recommend agreed agree proposed propose planned resolved wanted "
        "intended intends requested aims hoped hopes be approve"
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
        self._break = rules.flag("clause_break")
        self._rise_noun = rules.flag("rise_noun")
        self._fall_noun = rules.flag("fall_noun")
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
        if self._from_to(words, figures, k) or self._earlier_in_brackets(words, figures, k):
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
                inside = match.end <= figure.number + 1 and match.start >= floor
                if not inside:
                    continue
            if match.end < floor or figure.start - match.end > _REACH or match.start < low:
                if match.end < low:
                    break
                continue
            role: Role = match.rule.set["role"]
            if role == "target" and any(f.end == match.start for f in figures[max(k - 2, 0) : k]):
                continue  # `the 28-day standard was 74.6%`: the cue names the figure before it
            if self._fills(words, match, figure, role):
                if words.lower[match.start] == "against" and self._earlier(words, figure):
                    role = "previous"
                return max(figure.start - match.end, 0), role
        return None

    def _earlier(self, words: Words, figure: Figure) -> bool:
        """Whether the figure is followed by a time: `7.1% in the autumn term of 2024`, `£800,000 a year ago`."""
        ahead = words.lower[figure.end : figure.end + 8]
        if not ahead or ahead[0] not in {"in", "at", "for", "a", "the", "last", "("}:
            return False
        stop = next((j for j, word in enumerate(ahead) if word in {",", ".", ";", "and"}), len(ahead))
        span = words.bits[figure.end : figure.end + stop]
        return any(bits & self._period for bits in span) or bool(
            {"ago", "before", "earlier", "last", "previous"} & set(ahead[:stop])
        )

    def _fills(self, words: Words, match: Match, figure: Figure, role: Role) -> bool:
        """Whether only words that may stand between a cue and its figure stand there."""
        gap = range(match.end, figure.start)
        lower = words.lower
        if role == "forecast":
            return not any(lower[j] in {",", ".", ";", "and"} for j in gap)
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
        if opened is None or ")" in words.text[opened : figure.start] or not self._earlier(words, figure):
            return False
        return any(f.kind == figure.kind and f.end <= opened and f.sentence == figure.sentence for f in figures[:k])

    def _future(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> bool:
        """Whether the clause of the figure stands in the future, or tells of a forecast."""
        figure = figures[k]
        start = figure.start
        while start > low and not words.bits[start - 1] & self._break:
            start -= 1
        end, high = figure.end, words.sentences[figure.sentence][1]
        if end < high and words.text[end] == "(":
            end = next((j + 1 for j in range(end, min(end + 8, high)) if words.text[j] == ")"), end)
        while end < high and not words.bits[end] & self._break:
            end += 1
        if figure.kind == "timescale" and figure.comparator != "=":
            return False  # a limit inside what is forecast is a limit all the same
        if any(words.bits[j] & self._modal and words.text[j] != "May" for j in range(start, end)):
            return True
        if any(bits & self._forecast for bits in words.bits[start : figure.start]):
            return True
        if any(words.bits[j] & self._forecast and words.lower[j + 1] == "to" for j in range(figure.end, end - 1)):
            return True
        # `be asked to set aside £250,000`, `agreed to fund two posts`: what is wanted is not there yet.
        back = words.lower[max(low, figure.start - 14) : figure.start]
        wish = next((j for j in range(len(back) - 1, -1, -1) if back[j] == "to" and j + 1 < len(back)), None)
        return (
            wish is not None
            and wish > 0
            and bool(_VOLITION & set(back[:wish]))
            and not any(word in {";", "."} for word in back)
        )

    # Up or down

    def _direction(self, words: Words, figures: Sequence[Figure], k: int, role: Role) -> Direction | None:
        figure = figures[k]
        if role in {"target", "benchmark", "previous"}:
            return None
        lower = words.lower
        if role == "change" and lower[figure.number + 1 : figure.number + 2] in (
            ["more"],
            ["fewer"],
            ["less"],
        ):
            return "up" if lower[figure.number + 1] == "more" else "down"
        found = self._moved(words, figures, k, role)
        if found is not None:
            return found
        # `49% ..., down from 52%`, `81% ..., up six points`: said of the figure by what follows it.
        for other in figures[k + 1 : k + 3]:
            if other.sentence != figure.sentence or (figure.kind == "timescale") != (other.kind == "timescale"):
                continue
            lead = lower[max(other.start - 2, figure.end) : other.start]
            if any(f.kind == figure.kind for f in figures[k + 1 : figures.index(other)]):
                break
            moved = self._beyond(words, other)
            if moved is not None and lead and lead[-1] in {",", "was", "which", "("}:
                return moved
            if lead and (
                lead[-1] in {"from", "on", "up", "down"} or other.kind != figure.kind or "points" in (other.unit or "")
            ):
                word = next((w for w in reversed(lead) if w in {"up", "down"}), None)
                if word is not None:
                    return "up" if word == "up" else "down"
            if lead and lead[-1] == "of" and len(lead) > 1:
                bits = words.bits[other.start - 2]
                if bits & self._rise_noun:
                    return "up"
                if bits & self._fall_noun:
                    return "down"
        return None

    def _beyond(self, words: Words, figure: Figure) -> Direction | None:
        """`five fewer than`, `5.2% lower than`, `9 up on`: which way a change goes that is told of another figure."""
        ahead = words.lower[figure.number + 1 : figure.end + 3]
        for j, word in enumerate(ahead[:-1]):
            if ahead[j + 1] in {"than", "on"} and word in _WAYS:
                return _WAYS[word]
        return None

    def _moved(self, words: Words, figures: Sequence[Figure], k: int, role: Role) -> Direction | None:
        """Up or down by the verb or noun of movement that governs the figure."""
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        lower = words.lower
        before = lower[figure.start - 1] if figure.start else ""
        if before in {"to", "by", "of", "at", "from", "up", "down"} or role == "change":
            for back in range(figure.start - 1, max(low, figure.start - 16) - 1, -1):
                word = lower[back]
                if word in {"up", "down"}:
                    if lower[back - 1] in {"made", "make", "makes", "making", "set", "take", "taken", "took"}:
                        continue  # `made up 58 per cent`
                    if (
                        back + 1 == figure.start
                        or lower[back + 1] in {"by", "from", "on"}
                        or (back > low and lower[back - 1] in _CAME)
                    ):
                        return "up" if word == "up" else "down"
                    continue
                if words.bits[back] & self._up:
                    return "up"
                if words.bits[back] & self._down:
                    return "down"
                if (
                    word in {";", "."}
                    or (word == "," and before not in {"to", "by"})
                    or (back in {f.number for f in figures[:k]} and lower[back - 1] != "from" and before == "of")
                ):
                    break
        if role == "change":
            for ahead in range(figure.end, min(figure.end + 4, high)):
                bits = words.bits[ahead]
                if bits & self._up or lower[ahead] in {"more", "higher", "better"}:
                    return "up"
                if bits & self._down or lower[ahead] in {"fewer", "less", "lower", "worse"}:
                    return "down"
        return None
