"""Finding figures: which numbers of a text are figures, of what kind, value, unit and bounds.

Every number belongs to at most one figure. The rules of class `metric` give the shapes; those of class
`exclusion` mark numbers that are references, dates, ages, times and the like. What shapes cannot say is
here: which of two overlapping shapes holds, how the numbers in one are read, and where a counted noun phrase
ends; where a bare number is a count is in `bare_counts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minutesminer.mine.engine import numbers
from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.amounts import UNITS, read_column, read_duration, read_money, read_rate
from minutesminer.mine.figures.bare_counts import BareCounts
from minutesminer.mine.figures.bounds import read_bounds
from minutesminer.mine.figures.compounds import Compounds
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.figure_context import ContextReader
from minutesminer.mine.figures.noise import NoiseFinder
from minutesminer.mine.figures.nouns import NounPhrases

_KINDS = ("percentage", "money", "timescale", "rate", "score", "count")
_RANKS = {"noun": 1, "bare": 2}  # of two shapes that overlap, the lower holds: 0 for all others
_LONE_SCALES = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
_MEASURED = frozenset({"high", "wide", "long", "deep", "tall", "square", "social", "away", "gap"})
_QUANTIFIERS = frozenset("more fewer further additional other extra “ ‘".split())


class FigureFinder:
    """Finds the figures of a reading, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self._percent = rules.flag("percent_sign")
        self._time_unit = rules.flag("time_unit")
        self._year = rules.flag("year_like")
        self._digits = rules.flag("digits")
        self._weekly = rules.flag("weekly")
        self._dash = rules.flag("dash_mark")
        self.nouns = NounPhrases(rules)
        self._noise = NoiseFinder(rules)
        self._compounds = Compounds(rules)
        self._bare = BareCounts(rules, self.nouns)
        self._context = ContextReader(rules, self.nouns)

    def find(self, reading: Reading) -> list[Figure]:
        """All figures outside excluded numbers, comparators included, in order."""
        words = reading.words
        if not words.values and not reading.of_kinds("metric", ("timescale", "percentage", "money")):
            return []  # an hour, two-percent and 45p hold no number by itself
        blocked = self._noise.blocked(reading)
        chosen = self._choose(reading, blocked)
        figures = [figure for match in chosen if (figure := self._figure(words, match)) is not None]
        figures = self._context.counting_ones(words, figures)
        self._articles(words, figures)
        read_bounds(reading, figures)
        self._sentences(words, figures)
        self._context.inherit(words, figures)
        return self._context.without_corrected(words, figures)

    def _articles(self, words: Words, figures: list[Figure]) -> None:
        """`a dozen homes`, `half a million pounds`: the article, and what halves it, belong to the figure."""
        for figure in figures:
            start = figure.start
            if words.lower[figure.number].split()[0] in _LONE_SCALES and start and words.lower[start - 1] == "a":
                halved = start > 1 and words.lower[start - 2] == "half"
                figure.value *= 0.5 if halved else 1.0
                figure.start -= 1 + halved

    # Which shape holds

    def _choose(self, reading: Reading, blocked: set[int]) -> list[Match]:
        words = reading.words
        candidates: list[tuple[int, int, int, Match, str, list[int]]] = []
        for match in reading.of_kinds("metric", _KINDS):
            shape = match.rule.set.get("shape", "plain")
            values = [k for k in range(match.start, match.end) if k in words.values]
            telling = values or [match.start]
            if shape == "noun":
                telling = values[:1]
            elif shape in {"last_number", "column", "unsigned"}:
                telling = values[-1:]
            if match.rule.kind != "money" and not blocked.isdisjoint(telling):
                continue
            rank = _RANKS.get(shape, 0)
            candidates.append((rank, match.start - match.end, match.start, match, shape, values))
        candidates.sort(key=lambda c: c[:3])
        taken: set[int] = set()
        chosen: list[Match] = []
        for _, _, _, match, shape, values in candidates:
            span = range(match.start, match.end)
            # Its place first: most bare numbers stand in a figure that is chosen already.
            if taken.isdisjoint(span) and self._holds(words, match, shape, values):
                chosen.append(match)
                taken.update(span)
        chosen.sort(key=lambda match: match.start)
        return chosen

    def _holds(self, words: Words, match: Match, shape: str, values: list[int]) -> bool:
        """Whether the context of a match lets it be what its shape says."""
        before = words.lower[match.start - 1] if match.start else "\n"
        after = match.end
        bits_after = words.bits[after] if after < len(words) else NEWLINE
        unit_after = bool(bits_after & (self._percent | self._time_unit | self._weekly)) or (
            after + 1 < len(words) and words.lower[after] == "per" and words.lower[after + 1] in {"cent", "centage"}
        )
        if shape == "range":
            joiner = {words.lower[k] for k in range(match.start, match.end)}
            if "to" in joiner and self._compounds.from_before(words, match.start):
                return False
            first, last = values[0], values[-1]
            if match.rule.kind == "count" and (unit_after or before == "£"):
                return False
            if match.rule.kind == "money":
                return self._compounds.spans(words, first, last)
            return words.values[first] < words.values[last]
        if shape == "one_in":
            first, base = values[0], values[-1]
            if unit_after or words.values[first] >= words.values[base] or words.bits[base] & self._year:
                return False
            return (
                words.values[base] >= 2
                and words.values[first] == int(words.values[first])
                and before not in {"£", "year"}
            )
        if shape == "share":
            mark = "." in words.text[values[0]]  # `3.6 out of 5` is a score
            return words.values[values[0]] <= words.values[values[-1]] and not (unit_after or mark or before == "£")
        if shape in {"noun", "bare"}:
            if before == "£" or words.body[max(words.start[match.start] - 1, 0)] == "£":
                return False
            if (
                (unit_after and (shape == "bare" or not bits_after & self._time_unit))
                or before == "per"
                or self._beside_dash(words, match, values)
                or self._compounds.counted(words, values[0])
            ):
                return False
            if shape == "noun":
                return self.nouns.after(words, values[0] + 1, words.values[values[0]]) is not None
            return self._bare.holds(words, match.start)
        if shape == "plain" and match.rule.kind in {"money", "percentage"} and match.start < after:
            return not self._compounds.ranged(words, match.start, after)
        if shape == "duration":
            return not (self._compounds.timed(words, match.start, after) or self._compounds.rated(words, values[0]))
        if shape == "more":
            # `34 more than £1,000` bounds the sum; it compares no counts.
            than = words.lower[match.end - 1] == "than"
            if before == "£":
                return False  # `£500,000 more than` is a sum
            return not (than and (after in words.values or words.text[after : after + 1] == ["£"]))
        if shape == "unsigned":
            scaled = words.lower[after - 1].split()[-1] in {"million", "billion"}
            if words.lower[after : after + 1] in (["pounds"], ["quid"]) or self.nouns.after(words, after, 2.0):
                return False
            return scaled or words.lower[after - 1] in {"m", "mn", "bn", "k"}
        if shape == "millions":
            counted = self.nouns.after(words, after - 1, 2.0)
            return before != "£" and words.lower[after - 1] not in _MEASURED and counted is not None
        if shape == "column":
            return before == ";" or not words.bits[match.start - 1] & self._digits  # not `5%: 12 schools`
        if shape in {"per_number", "per_thing"}:
            return before != "£"  # `£1,200 per household` is a sum
        return not unit_after if shape == "last_number" else True

    def _beside_dash(self, words: Words, match: Match, values: list[int]) -> bool:
        """A number joined by a dash to digits or a year is part of a code or a span of years."""
        first, last = values[0], values[-1]
        left = first >= 2 and words.bits[first - 1] & self._dash and words.text[first - 2][-1:].isdigit()
        right = last + 2 < len(words) and words.bits[last + 1] & self._dash and words.bits[last + 2] & self._digits
        touching = right and words.start[last + 1] == words.end[last]
        return bool((left and words.start[first] == words.end[first - 1]) or touching)

    # Reading a shape

    def _figure(self, words: Words, match: Match) -> Figure | None:
        settings: dict[str, Any] = match.rule.set
        shape = settings.get("shape", "plain")
        values = [k for k in range(match.start, match.end) if k in words.values]
        kind = match.rule.kind
        if shape == "compound":
            amount, _, unit = words.lower[match.start].partition("-")
            value = numbers.phrase_value([amount])
            return None if value is None else self._in_one(match, value, UNITS.get(unit, settings.get("unit")))
        if shape == "and_half":
            return self._in_one(match, 1.5, UNITS[words.lower[match.start + 1]])
        if shape == "pence":
            return self._in_one(match, float(words.text[match.start][:-1]) / 100, settings.get("unit"))
        if kind == "money" and not values:
            return None
        number = values[0] if shape != "last_number" else values[-1]
        figure = Figure(
            match.start,
            match.end,
            number,
            kind,
            words.values[number],
            match.rule.id,
            unit=settings.get("unit"),
            role=settings.get("role"),
            after=match.end,
        )
        if shape == "unsigned":
            figure.start = figure.number = values[-1]
            figure.value = words.values[values[-1]]
            read_money(words, figure, values[-1:])
        elif shape == "column":
            read_column(words, figure, values[-1])
        elif kind == "money":
            read_money(words, figure, values)
        elif kind == "timescale":
            read_duration(words, figure, values, shape)
        elif shape == "one_in":
            figure.base = words.values[values[-1]]
            figure.noun = self.nouns.after(words, figure.end, 2.0)
        elif shape in {"per_number", "per_thing"}:
            read_rate(words, figure)
        elif shape == "last_number":
            end = number + 1
            if words.lower[end : end + 2] == ["out", "of"] and end + 2 in words.values:
                figure.base, end = words.values[end + 2], end + 3
            minus = words.lower[number - 1] in {"-", "–", "−"} and words.end[number - 1] == words.start[number]
            figure.value *= -1 if minus else 1
            figure.start, figure.end, figure.after = number - minus, end, end
        elif shape == "out_of":
            figure.base = words.values[values[-1]]
        elif kind == "percentage" and shape == "range":
            figure.value_max = words.values[values[-1]]
        elif kind == "count" and shape != "plain":
            self._count(words, figure, values, shape)
        end = figure.end
        if kind in {"money", "count"} and words.text[end : end + 1] == ["/"] and words.start[end] == words.end[end - 1]:
            figure.after = min(end + 2, len(words))  # `£4.20/visit`
        return figure

    def _in_one(self, match: Match, value: float, unit: str | None) -> Figure:
        """A figure that is the whole match and has no number of its own: `two-week`, `an hour and a half`, `45p`."""
        start, end, rule = match.start, match.end, match.rule
        return Figure(start, end, start, rule.kind, value, rule.id, unit=unit, after=end)

    def _count(self, words: Words, figure: Figure, values: Sequence[int], shape: str) -> None:
        if shape == "more":
            self._more(words, figure)
            return
        last = values[-1] if shape in {"share", "range"} else figure.number
        if shape == "millions" and words.lower[last + 1] in numbers.MAGNITUDES:
            last += 1
            figure.value = round(figure.value * numbers.MAGNITUDES[words.lower[last]], 6)
        if shape == "range":
            figure.value_max = words.values[last]
        if shape == "share":
            figure.base = words.values[last]
            inner = self.nouns.after(words, figure.number + 1, figure.value)
            if inner is not None and inner[1] <= last:
                figure.noun = inner
            figure.end = figure.after = last + 1
            outer = self.nouns.after(words, last + 1, figure.base)
            if outer is not None and figure.noun is None:
                figure.noun = outer
        else:
            figure.end = figure.after = last + 1
            noun = self.nouns.after(words, last + 1, figure.value) if shape != "bare" else None
            if noun is not None:
                figure.noun = noun
                figure.end = figure.after = noun[1]
        if figure.noun is not None:
            start, end = figure.noun
            if words.lower[start] == "fewer":
                figure.role = "change"
            while start + 1 < end and words.lower[start] in _QUANTIFIERS:
                start += 1
            figure.unit = words.slice(start, end)

    def _more(self, words: Words, figure: Figure) -> None:
        """`nine more than`, `six more KPIs than`: a change, with the noun where it stands there."""
        figure.end = figure.after = figure.number + 2
        noun = self.nouns.after(words, figure.number + 2, figure.value)
        if noun is not None:
            figure.noun = noun
            figure.unit = words.slice(*noun)
            figure.end = figure.after = noun[1]
        if (
            figure.end < len(words)
            and words.lower[figure.end] in {"than", "on"}
            or words.lower[figure.number + 1] == "fewer"
        ):
            figure.role = "change"

    # Words of quantity

    def _sentences(self, words: Words, figures: list[Figure]) -> None:
        place = 0
        for figure in figures:
            while place + 1 < len(words.sentences) and words.sentences[place][1] <= figure.number:
                place += 1
            figure.sentence = place
