"""The period a figure is for: which wording of its sentence belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.period_dates import resolve
from minutesminer.mine.figures.roles import Part
from minutesminer.models import Meeting

_EARLIER = frozenset({"previous", "prior", "preceding", "before", "earlier", "ago"})
_LEADS = frozenset(
    {"in", "during", "for", "of", "on", "over", "throughout", "as", "at", "the"}
)  # left out of the wording
_KEPT = frozenset({"by", "from", "before", "until"})  # said of the period, and kept
_WITHIN = frozenset({"in", "during", "for", "over", "between", "throughout", "since", "of", "within"})
_HELD = frozenset(
    (
        "count survey census figure figures total outturn average position quarter term rate score actual "
        "target to - – and"
    ).split()
)
_REACH = {"target": 6, "benchmark": 6, "previous": 12, "change": 3}
_FAR = 18  # words, and what stands for words, between a figure and its period
_SUBJECT = frozenset({"was", "were", "is", "to", "at", "averaged", "took", "of"})
_RECORD = frozenset({"highest", "lowest", "best", "worst", "first", "double", "twice"})
_COMPARED = frozenset({"from", "against", "compared", "than", "down", "up"})


@dataclass(frozen=True, slots=True)
class Period:
    """A period as worded, with ISO dates of its first and last day where they can be told."""

    text: str
    start: str | None = None
    end: str | None = None


class PeriodReader:
    """Gives figures the period their sentence states for them."""

    def __init__(self, rules: RuleSet) -> None:
        self._break = rules.flag("clause_break")
        self._verb = rules.flag("verb") | rules.flag("auxiliary")
        self._year = rules.flag("year_like")
        self._movement = rules.flag("rise_noun") | rules.flag("fall_noun")
        self._month = rules.flag("month")
        self._wordlike = rules.flag("wordlike")
        self._function = rules.flag("function_word")

    def read(
        self, reading: Reading, figures: Sequence[Figure], parts: Sequence[Part], meeting: Meeting | None
    ) -> list[Period | None]:
        """The period of every figure, or None where its sentence states none."""
        words = reading.words
        matches = self._candidates(words, self._freed(words, figures, reading.of("qualifier", "period")))
        known = date.fromisoformat(meeting.date) if meeting is not None and meeting.date else None
        periods: list[Period | None] = []
        for k in range(len(figures)):
            match = self._match(words, figures, k, parts[k].role, matches)
            if match is not None:
                periods.append(self._period(words, match, known))
                continue
            periods.append(self._shared(words, figures, k, parts[k].role, periods))
        return periods

    def _shared(
        self, words: Words, figures: Sequence[Figure], k: int, role: str, periods: Sequence[Period | None]
    ) -> Period | None:
        """A budget, and what a sum is above or below it, are for the time of the sum set against it."""
        figure = figures[k]
        beyond = words.lower[figure.end : figure.end + 1] in (["above"], ["below"], ["over"], ["under"])
        if figure.kind != "money" or not (role == "target" or beyond):
            return None
        for j in range(k - 1, max(k - 3, -1), -1):
            other = figures[j]
            if other.sentence != figure.sentence or ";" in words.text[other.end : figure.start]:
                return None
            if other.kind == "money" and periods[j] is not None:
                return periods[j]
        return None

    def _freed(self, words: Words, figures: Sequence[Figure], found: Sequence[Match]) -> list[Match]:
        """Periods without a figure that follows at once: `for December 12%` names no day."""
        starts = {figure.start for figure in figures}
        freed: list[Match] = []
        for match in found:
            end = next((k for k in range(match.start + 1, match.end) if k in starts), match.end)
            named = end < match.end and words.bits[end - 1] & self._month
            freed.append(Match(match.rule, match.start, end) if named else match)
        return freed

    def _candidates(self, words: Words, found: Sequence[Match]) -> list[Match]:
        """The periods named, without those inside or across a longer one and months that only name a thing."""
        kept: list[Match] = []
        for match in found:
            length = match.end - match.start
            rivals = (o for o in found if o is not match and o.start < match.end and match.start < o.end)
            if any(o.end - o.start > length or (o.end - o.start == length and o.start > match.start) for o in rivals):
                continue
            if not self._names_a_thing(words, match) and not self._broken_span(words, match):
                kept.append(match)
        return kept

    def _broken_span(self, words: Words, match: Match) -> bool:
        """`2022 – 84`: a year and a count after a dash are no span of years."""
        if match.end - match.start != 3 or not words.bits[match.start] & self._year:
            return False
        last = words.text[match.end - 1]
        return len(last) == 2 and last.isdigit() and int(last) != (int(words.text[match.start]) + 1) % 100

    def _names_a_thing(self, words: Words, match: Match) -> bool:
        """`the March dashboard`, `their June meeting`: the month tells one thing from others."""
        last = match.end - 1
        if not words.bits[last] & self._month or match.end >= len(words):
            return False
        lead = words.lower[match.start] if match.end - match.start > 1 else words.lower[match.start - 1 : match.start]
        after = words.bits[match.end]
        named = bool(after & self._wordlike) and not after & (self._function | self._verb)
        return (
            named
            and lead in ("the", ["the"], ["their"], ["its"], ["a"], ["our"])
            and words.lower[match.end] not in _HELD
        )

    def _match(
        self, words: Words, figures: Sequence[Figure], k: int, role: str, matches: Sequence[Match]
    ) -> Match | None:
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        best: tuple[int, Match] | None = None
        lead: Match | None = None
        for match in matches:
            if match.end <= low or match.start >= high or (match.start < figure.end and figure.start < match.end):
                continue
            named = words.lower[match.start + (words.lower[match.start] == "before") : match.end]
            if role in {"actual", "forecast", "target"} and _EARLIER & set(named):
                continue  # `(one more than the previous quarter)` is of what it compares with
            if words.lower[match.start] == "annual":
                if role == "target" and 0 <= figure.start - match.end <= 3:
                    return match
                continue
            if words.lower[match.start - 1 : match.start] == ["into"]:
                continue  # `carried into 2024/25`
            distance = (
                self._behind(words, figures, k, match, role)
                if match.start >= figure.end
                else self._ahead(words, figures, k, match, role)
            )
            if distance is None:
                continue
            if match.start < figure.start and match.start - low <= 3:
                lead = match
            if best is None or distance < best[0]:
                best = (distance, match)
        if figure.kind == "timescale" and not self._is_subject(words, figure):
            return best[1] if best is not None and best[0] <= 1 and figure.comparator == "=" else None
        if best is not None and best[0] <= _REACH.get(role, _FAR):
            return best[1]
        return lead if role in {"actual", "forecast"} else None

    def _is_subject(self, words: Words, figure: Figure) -> bool:
        before = words.lower[max(figure.start - 2, 0) : figure.start]
        return bool(before) and before[-1] in _SUBJECT and before[0] not in {"periods", "period", "term"}

    def _behind(self, words: Words, figures: Sequence[Figure], k: int, match: Match, role: str) -> int | None:
        """How far behind its figure a period stands, in words; None where it is another's."""
        figure = figures[k]
        lower, start = words.lower, match.start
        ahead = figures[k + 1] if k + 1 < len(figures) and figures[k + 1].sentence == figure.sentence else None
        apart = start > figure.end and words.text[start - 1] in {",", ";", "(", "and"}
        if apart and ahead is not None and ahead.start - match.end in {0, 1}:
            return None  # `45%, last year 42.8%`: the period of the figure behind it
        between = range(figure.end, match.start)
        passed = [f for f in figures[k + 1 :] if f.start in between]
        if any(f.kind != "timescale" or f.comparator == "=" for f in passed):
            return None  # only a limit may stand between: `88% of calls answered within 20 seconds in May`
        moved = lower[start - 1] in {"from", "on", "since"} and start - 2 >= figure.end
        if moved and words.bits[start - 2] & self._movement:
            return None  # `79% above target and an increase from 2018/19`
        before = start - (lower[start - 1] in _LEADS) - (lower[start - 2] in _LEADS)
        if ahead is not None and ahead.start > match.end and before > figure.end and words.text[before - 1] == ",":
            return None  # `it was 4,125, at the end of 2023 there were 4,475`
        if _RECORD & set(lower[figure.end : start]):
            return None  # `1,318, the highest since 2017`
        if lower[start - 1] in {"as", "than"} and role != "change":
            return None  # `the same as last year`
        text = words.text[figure.end : match.start]
        if {";", "."} & set(text) or "(" in text and ")" not in text:
            return None
        if role == "change":
            first = match.start - (words.lower[match.start] not in _WITHIN)
            if words.lower[first] not in _WITHIN or words.lower[first - 1] in _COMPARED:
                return None  # `an increase of 12 on the year`, `five fewer than in July`
        verbs = 3 * any(words.bits[j] & self._verb for j in between)
        return len(between) + verbs + self._breaks(words, between)

    def _ahead(self, words: Words, figures: Sequence[Figure], k: int, match: Match, role: str) -> int | None:
        """How far before its figure a period stands, in words; None where it is another's."""
        figure = figures[k]
        between = range(match.end, figure.start)
        gap = words.lower[match.end : figure.start]
        if {";", "."} & set(gap) or role == "change":
            return None
        earlier = (
            k
            and figures[k - 1].kind == figure.kind
            and words.sentences[figure.sentence][0] <= figures[k - 1].start < match.start
        )
        if "now" in gap and earlier:
            return None  # `it had been £4.1m in March and was now £3.2m`
        last = figures[k - 1] if k else figure
        if last.sentence == figure.sentence and 0 <= match.start - last.end <= 4 and gap[:1] in (["and"], ["but"]):
            return None  # `£14.2m at the start of the year and would fall to £9.8m`
        if gap[:1] == ["with"] and len(gap) == 1:
            return None  # `it opened in July with eight beds`
        others = sum(1 for f in figures if f.start in between and (f.kind != "timescale" or f.comparator == "="))
        if role == "previous":
            bracketed = gap == ["("]
            told = bool(_EARLIER & set(words.lower[match.start : match.end])) or bracketed or not _COMPARED & set(gap)
            opens = match.start - words.sentences[figure.sentence][0] <= 2
            if others or len(gap) > (6 if opens else 4) or not told:
                return None
        opens = match.start == 0 or words.lower[match.start - 1] in {"and", "but", ",", ";", ":", "•", "that"}
        closed = gap[:1] == [","] and not opens and match.start > words.sentences[figure.sentence][0] + 3
        return 2 + len(between) + 12 * others + 8 * closed + self._breaks(words, between)

    def _breaks(self, words: Words, between: range) -> int:
        return 4 * sum(bool(words.bits[j] & self._break) for j in between)

    def _period(self, words: Words, match: Match, meeting: date | None) -> Period:
        start = match.start
        ranged = "to" in words.lower[match.start : match.end]
        before = words.lower[start - 1] if start else ""
        vague = words.lower[start] in {"last", "this", "the"} and before == "from"
        if (before in _KEPT and not (ranged and before == "from") and not vague) or (
            before == "between" and "and" in words.lower[match.start : match.end]
        ):
            start -= 1
        else:
            while start + 1 < match.end and self._is_lead(words, start):
                start += 1
        end = match.end - (words.lower[match.end - 1] in {"of", "to"})
        text = words.slice(start, end).rstrip(" (,")
        span = resolve(text, meeting)
        return Period(text, *(day.isoformat() for day in span)) if span else Period(text)

    def _is_lead(self, words: Words, k: int) -> bool:
        """Whether word `k` opens a period's match and is no part of its wording: `in`, and `the` before a month."""
        if words.lower[k] == "by":
            return bool(words.bits[k + 1] & self._year)
        if words.lower[k] != "the":
            return words.lower[k] in _LEADS
        return bool(words.bits[k + 1] & self._month) or words.lower[k + 1] == "quarter" and k + 2 in words.values
