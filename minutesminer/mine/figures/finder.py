"""Finding figures: which numbers of a text are figures, of what kind, value, unit and bounds.

Every number belongs to at most one figure. The rules of class `metric` give the shapes; those of class
`exclusion` mark numbers that are references, dates, ages, times and the like. What shapes cannot say is
here: which of two overlapping shapes holds, how the numbers in one are read, where a counted noun phrase
ends, and where a bare number is a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minutesminer.mine.engine import numbers
from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.amounts import UNITS, read_duration, read_money, read_rate
from minutesminer.mine.figures.compounds import Compounds
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.figure_context import DETERMINED, ContextReader
from minutesminer.mine.figures.noise import NoiseFinder
from minutesminer.mine.figures.nouns import NounPhrases

_ONE_BEFORE = frozenset({"in", "at", "for", "from", "under", "on"})
_BARE_AFTER = frozenset("( , . ; of for in on at and were from to by as since between with".split())
_BARE_BEFORE = frozenset(
    (
        "was were is are be been of to at from by only just with had has have and , ; but than over under "
        "about around approximately nearly almost for ( : - – totalled reached averaged remained when "
        "while where which there being plus against max maximum minimum min median mean caseload caseloads "
        "least most further additional currently now that • – whom "
        "rate figure average total number numbers count score these target outturn"
    ).split()
)
_QUANTIFIERS = frozenset({"more", "fewer", "further", "additional", "other", "extra", "“", "‘"})


class FigureFinder:
    """Finds the figures of a reading, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self._percent = rules.flag("percent_sign")
        self._time_unit = rules.flag("time_unit")
        self._auxiliary = rules.flag("auxiliary")
        self._verb = rules.flag("verb") | rules.flag("auxiliary")
        self._year = rules.flag("year_like")
        self._digits = rules.flag("digits")
        self._rag = rules.flag("rag")
        self._weekly = rules.flag("weekly")
        self._dash = rules.flag("dash_mark")
        self.nouns = NounPhrases(rules)
        self._noise = NoiseFinder(rules)
        self._compounds = Compounds(rules)
        self._context = ContextReader(rules, self.nouns)

    def find(self, reading: Reading) -> list[Figure]:
        """All figures outside excluded numbers, comparators included, in order."""
        words = reading.words
        if not words.values and not reading.of("metric", "timescale"):
            return []
        blocked = self._noise.blocked(reading)
        chosen = self._choose(reading, blocked)
        figures = [figure for match in chosen if (figure := self._figure(words, match)) is not None]
        figures = self._context.counting_ones(words, figures)
        self._bounds(reading, figures)
        self._sentences(words, figures)
        self._context.inherit(words, figures)
        return self._context.without_corrected(words, figures)

    # Which shape holds

    def _choose(self, reading: Reading, blocked: set[int]) -> list[Match]:
        words = reading.words
        candidates: list[tuple[int, int, int, Match]] = []
        for kind in ("percentage", "money", "timescale", "rate", "score", "count"):
            for match in reading.of("metric", kind):
                shape = match.rule.set.get("shape", "plain")
                values = [k for k in range(match.start, match.end) if k in words.values]
                telling = values or [match.start]
                if shape == "noun":
                    telling = values[:1]
                elif shape == "last_number":
                    telling = values[-1:]
                if any(k in blocked for k in telling) and kind != "money":
                    continue
                if not self._holds(words, match, shape, values):
                    continue
                rank = {"noun": 1, "bare": 2}.get(shape, 0)
                candidates.append((rank, match.start - match.end, match.start, match))
        candidates.sort(key=lambda c: c[:3])
        taken: set[int] = set()
        chosen: list[Match] = []
        for _, _, _, match in candidates:
            span = range(match.start, match.end)
            if not any(k in taken for k in span):
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
            return words.values[first] < words.values[last] or match.rule.kind == "money"
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
                unit_after
                or before == "per"
                or self._beside_dash(words, match, values)
                or self._compounds.counted(words, values[0])
            ):
                return False
            if shape == "noun":
                return self.nouns.after(words, values[0] + 1, words.values[values[0]]) is not None
            return self._bare(words, match.start)
        if shape == "plain" and match.rule.kind in {"money", "percentage"} and match.start < after:
            return not self._compounds.ranged(words, match.start, after)
        if shape == "duration":
            return not (self._compounds.timed(words, match.start, after) or self._compounds.rated(words, values[0]))
        if shape == "more":
            # `34 more than £1,000` bounds the sum; it compares no counts.
            than = words.lower[match.end - 1] == "than"
            return not (than and (after in words.values or words.text[after : after + 1] == ["£"]))
        return not unit_after if shape == "last_number" else True

    def _beside_dash(self, words: Words, match: Match, values: list[int]) -> bool:
        """A number joined by a dash to digits or a year is part of a code or a span of years."""
        first, last = values[0], values[-1]
        left = first >= 2 and words.bits[first - 1] & self._dash and words.bits[first - 2] & self._digits
        right = last + 2 < len(words) and words.bits[last + 1] & self._dash and words.bits[last + 2] & self._digits
        touching = right and words.start[last + 1] == words.end[last]
        return bool((left and words.start[first] == words.end[first - 1]) or touching)

    def _bare(self, words: Words, k: int) -> bool:
        before = words.lower[k - 1] if k else "\n"
        after = words.lower[k + 1] if k + 1 < len(words) else "\n"
        bits_after = words.bits[k + 1] if k + 1 < len(words) else NEWLINE
        if self.nouns.after(words, k + 1, words.values.get(k, 0.0)) is not None:
            return False  # its noun stands next to it: another rule's matter
        if words.values.get(k) is None or (before in DETERMINED and (k < 2 or words.lower[k - 2] != "of")):
            return False
        if after in {"more", "fewer"} and words.lower[k + 2 : k + 3] in (["than"], ["."], [","], [";"], [")"], ["and"]):
            bound = k + 3 in words.values or words.text[k + 3 : k + 4] == ["£"]
            return words.lower[k + 2] == "than" and bound
        if after in {"-", "–"} and k + 2 < len(words) and words.start[k + 1] == words.end[k]:
            return False
        opens_line = "\n" in before or before == "•"
        if words.bits[k] & self._digits:
            if words.text[k].startswith("0") and words.values[k] >= 1:
                return False
            if opens_line:
                return bool(bits_after & self._verb)
            capital_name = (
                words.text[k - 1][:1].isupper()
                and not words.bits[k - 1] & self._rag
                and words.lower[k - 1] not in _BARE_BEFORE
            )
            if (before == "." and after == "of" and words.values[k] != 1) or (
                bits_after & self._auxiliary and not capital_name
            ):
                return True  # `52 of them`, `of the 31 schools in the area 27 were`
            return not capital_name and (before in _BARE_BEFORE or bool(words.bits[k - 1] & (self._verb | self._rag)))
        if words.values[k] == 1 or words.lower[k] in {"hundred", "thousand", "million", "billion", "dozen"}:
            settled = bool(bits_after & (self._verb | self._rag)) or after in _ONE_BEFORE
            return words.lower[k] == "one" and before in {"only", "just", "and", "with", "but", ","} and settled
        listed = (
            words.lower[k + 2 : k + 3] in (["and"], [","]) and k + 3 in words.values
        )  # `two serious and four slight`
        settled = bool(bits_after & (self._verb | self._rag | NEWLINE)) or after in _BARE_AFTER or listed
        return settled and (
            opens_line or before in _BARE_BEFORE or bool(words.bits[k - 1] & self._verb) or words.text[k][:1].isupper()
        )

    # Reading a shape

    def _figure(self, words: Words, match: Match) -> Figure | None:
        settings: dict[str, Any] = match.rule.set
        shape = settings.get("shape", "plain")
        values = [k for k in range(match.start, match.end) if k in words.values]
        kind = match.rule.kind
        if shape == "compound":
            amount, _, unit = words.lower[match.start].partition("-")
            value = numbers.word_value(amount)
            return (
                None
                if value is None
                else Figure(
                    match.start,
                    match.end,
                    match.start,
                    kind,
                    value,
                    match.rule.id,
                    unit=UNITS.get(unit),
                    after=match.end,
                )
            )
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
        if kind == "money":
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
            figure.start, figure.end, figure.after = number, end, end
        elif shape == "out_of":
            figure.base = words.values[values[-1]]
        elif kind == "percentage" and shape == "range":
            figure.value_max = words.values[values[-1]]
        elif kind == "count" and shape != "plain":
            self._count(words, figure, values, shape)
        return figure

    def _count(self, words: Words, figure: Figure, values: Sequence[int], shape: str) -> None:
        if shape == "more":
            self._more(words, figure)
            return
        last = values[-1] if shape in {"share", "range"} else figure.number
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

    def _bounds(self, reading: Reading, figures: list[Figure]) -> None:
        words = reading.words
        before: dict[int, Match] = {}
        for match in reading.of("qualifier", "comparator"):
            if match.end not in before or match.start < before[match.end].start:
                before[match.end] = match
        after = {match.start: match for match in reading.of("qualifier", "comparator_after")}
        ends = {figure.end for figure in figures}
        for figure in figures:
            bound = before.get(figure.start)
            if bound is not None and not self._is_letter(words, bound, figure) and bound.start not in ends:
                figure.comparator = str(bound.rule.set["comparator"])
                figure.start = bound.start
            elif figure.kind == "timescale" and figure.start and words.lower[figure.start - 1] == "in":
                self._deadline(words, figure)
            behind = after.get(figure.after) or after.get(figure.end)
            if (
                behind is not None
                and words.text[behind.start] == "+"
                and words.start[behind.start] > words.end[behind.start - 1]
            ):
                behind = None  # `£20,000 + £989` adds
            if behind is not None:
                figure.comparator = str(behind.rule.set["comparator"])
                figure.end = figure.after = behind.end

    def _is_letter(self, words: Words, bound: Match, figure: Figure) -> bool:
        """Whether a lone `c` is a letter: it stands for circa before counts only."""
        return words.lower[bound.start : bound.end] == ["c"] and figure.kind != "count"

    def _deadline(self, words: Words, figure: Figure) -> None:
        start = figure.start
        clause = words.lower[max(start - 6, 0) : start - 1]
        future = any(word in {"would", "will", "shall", "be", "back", "again"} for word in clause)
        figure.start = start - 1
        if words.lower[figure.end : figure.end + 2] == ["on", "average"] or "average" in clause:
            return
        if not future and "not" not in clause and "never" not in clause and figure.unit not in {"month", "year"}:
            figure.comparator = "<="

    def _sentences(self, words: Words, figures: list[Figure]) -> None:
        place = 0
        for figure in figures:
            while place + 1 < len(words.sentences) and words.sentences[place][1] <= figure.number:
                place += 1
            figure.sentence = place
