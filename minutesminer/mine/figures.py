"""Finding figures: which numbers of a text are figures, of what kind, value, unit and bounds.

Every number belongs to at most one figure. The rules of class `metric` give the shapes; those of class
`exclusion` mark numbers that are references, dates, ages, times and the like. What shapes cannot say is
here: which of two overlapping shapes holds, how the numbers in one are read, where a counted noun phrase
ends, and where a bare number is a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minutesminer.mine import numbers
from minutesminer.mine.matching import NEWLINE, Match
from minutesminer.mine.nouns import NounPhrases
from minutesminer.mine.ruleset import Reading, RuleSet
from minutesminer.mine.words import Words

UNITS = {
    unit: name
    for name, units in {
        "second": "second seconds sec secs secondly", "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs hourly", "day": "day days daily", "week": "week weeks weekly fortnight fortnights",
        "month": "month months monthly", "year": "year years yr yrs yearly",
    }.items()
    for unit in units.split()
}  # fmt: skip
_PARTS = {("hour", "minute"): 60, ("minute", "second"): 60, ("year", "month"): 12}
_DETERMINED = frozenset("the these those all both other first last next previous following its their our other".split())
_BARE_BEFORE = frozenset(
    "was were is are be been of to at from by only just with had has have and , ; but than over under about around "
    "approximately nearly almost for ( : - – totalled reached averaged remained when while where which there being plus "
    "least most further additional currently now that • – whom rate figure average total number numbers count score these target outturn".split()
)
_PARTITIVES = frozenset({"them", "whom", "which", "these", "those"})
_COMPARING = frozenset("from to with was were averaged at and against : of for nationally than by rate being".split())
_QUANTIFIERS = frozenset({"more", "fewer", "further", "additional", "other", "extra", "“", "‘"})
_SHIELDED = frozenset({"reference", "date", "age", "idiom", "votes"})


@dataclass(slots=True)
class Figure:
    """A figure: half-open word range `start` to `end` (with its unit and comparator words), `number` the word of its value."""

    start: int
    end: int
    number: int
    kind: str
    value: float
    rule: str
    value_max: float | None = None
    unit: str | None = None
    base: float | None = None
    comparator: str = "="
    role: str | None = None  # where the shape itself says it
    after: int = 0  # first word after the figure's number and unit, where its noun may go on
    sentence: int = 0
    noun: tuple[int, int] | None = None  # the counted noun phrase next to it


class FigureFinder:
    """Finds the figures of a reading, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self._percent = rules.flag("percent_sign")
        self._time_unit = rules.flag("time_unit")
        self._scale = rules.flag("scale_word")
        self._verb = rules.flag("verb") | rules.flag("auxiliary")
        self._year = rules.flag("year_like")
        self._digits = rules.flag("digits")
        self._wordlike = rules.flag("wordlike")
        self._rag = rules.flag("rag")
        self._weekly = rules.flag("weekly")
        self._function = rules.flag("function_word")
        self._dash = rules.flag("dash_mark")
        self.nouns = NounPhrases(rules)

    def find(self, reading: Reading) -> list[Figure]:
        """All figures outside excluded numbers, comparators included, in order."""
        words = reading.words
        if not words.values and not reading.of("metric", "timescale"):
            return []
        blocked = self._blocked(reading)
        chosen = self._choose(reading, blocked)
        figures = [figure for match in chosen if (figure := self._figure(words, match)) is not None]
        figures = self._ones(words, figures)
        self._bounds(reading, figures)
        self._sentences(words, figures)
        self._inherit(words, figures)
        return figures

    # Which numbers are none

    def _blocked(self, reading: Reading) -> set[int]:
        words = reading.words
        shares = {
            k
            for match in (*reading.of("metric", "count"), *reading.of("metric", "rate"))
            if match.rule.set.get("shape") in {"share", "one_in"}
            for k in range(match.start, match.end)
        }
        blocked: set[int] = set()
        for match in reading.of_class("exclusion"):
            kind = match.rule.kind
            for k in range(match.start, match.end):
                if k in words.values and not (kind in _SHIELDED and self._has_unit(words, k)):
                    if kind == "idiom" and k in shares:
                        continue
                    blocked.add(k)
        blocked |= self._enumerators(words)
        return blocked

    def _has_unit(self, words: Words, k: int) -> bool:
        after = words.bits[k + 1] if k + 1 < len(words) else 0
        return bool(after & self._percent) or (k > 0 and words.text[k - 1] == "£")

    def _enumerators(self, words: Words) -> set[int]:
        """Numbers that only number a paragraph, limb or list entry."""
        found: set[int] = set()
        text, lower, count = words.text, words.lower, len(words)
        for k in words.values:
            before = text[k - 1] if k else "\n"
            after = text[k + 1] if k + 1 < count else "\n"
            second = text[k + 2] if k + 2 < count else "\n"
            opens = "\n" in before or before == "•" or (before == "(" and (k < 2 or "\n" in text[k - 2] or text[k - 2] == "•"))
            if opens and (after in {")", ".", ":"} or "\n" in after):
                found.add(k)
            elif opens and before != "(" and words.bits[k] & self._digits:
                # `5.2 The Committee`, `12 Members noted`, `3.1- gap`: a paragraph's number, not a count.
                decimal = "." in text[k]
                if (decimal and (after[:1].isupper() or after in {"-", "–"}) and not self._has_unit(words, k)) or (
                    after[:1].isupper() and lower[k + 1] in {"the", "that", "a", "an", "it", "in", "members", "councillor", "cllr", "resolved", "at"}
                ):
                    found.add(k)
            elif after == ")" and before != "(" and second[:1].isalpha() and before in {",", ":", "are", "were", "and", ";", "."}:
                found.add(k)
            elif before == "(" and after == ")" and (k < 2 or not self._counts_before_bracket(words, k - 2)):
                found.add(k)
            elif after == "." and before in {",", ";", ":", "."} and second[:1].isupper() and words.bits[k] & self._digits:
                found.add(k)
        return found

    def _counts_before_bracket(self, words: Words, k: int) -> bool:
        bits = words.bits[k]
        if bits & self._rag or words.text[k] in {"%", "”", "’"}:
            return True
        return words.text[k][:1].islower() and bool(bits & self._wordlike) and not bits & self._function

    # Which shape holds

    def _choose(self, reading: Reading, blocked: set[int]) -> list[Match]:
        words = reading.words
        candidates: list[tuple[int, int, int, Match]] = []
        for kind in ("percentage", "money", "timescale", "rate", "score", "count"):
            for match in reading.of("metric", kind):
                shape = match.rule.set.get("shape", "plain")
                values = [k for k in range(match.start, match.end) if k in words.values]
                if any(k in blocked for k in (values[:1] if shape == "noun" else values)) and kind != "money":
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
            if "to" in joiner and self._from_before(words, match.start):
                return False
            first, last = values[0], values[-1]
            if match.rule.kind == "count" and (unit_after or before == "£"):
                return False
            return words.values[first] < words.values[last] or match.rule.kind == "money"
        if shape == "one_in":
            first, base = values[0], values[-1]
            if unit_after or words.values[first] >= words.values[base] or words.bits[base] & self._year:
                return False
            return words.values[base] >= 2 and words.values[first] == int(words.values[first]) and before not in {"£", "year"}
        if shape == "share":
            return words.values[values[0]] <= words.values[values[-1]] and not unit_after and before != "£"
        if shape in {"noun", "bare"}:
            if before == "£" or words.body[max(words.start[match.start] - 1, 0)] == "£":
                return False
            if unit_after or self._beside_dash(words, match, values):
                return False
            return shape == "noun" or self._bare(words, match.start)
        if shape == "last_number":
            return not unit_after
        return True

    def _from_before(self, words: Words, at: int) -> bool:
        """Whether `from` stands before (within two words) and no word of ranging before that."""
        for k in range(at - 1, max(at - 3, -1), -1):
            if words.lower[k] == "from":
                return not (k and words.lower[k - 1] in {"ranging", "ranged", "range", "ranges", "varied", "varying", "anywhere"})
        return False

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
        if words.values.get(k) is None or (before in _DETERMINED and (k < 2 or words.lower[k - 2] != "of")):
            return False
        if after in {"-", "–"} and k + 2 < len(words) and words.start[k + 1] == words.end[k]:
            return False
        opens_line = "\n" in before or before == "•"
        if words.bits[k] & self._digits:
            if words.text[k].startswith("0") and words.values[k] >= 1:
                return False
            if opens_line:
                return bool(bits_after & self._verb)
            capital_name = words.text[k - 1][:1].isupper() and not words.bits[k - 1] & self._rag and words.lower[k - 1] not in _BARE_BEFORE
            return not capital_name and (before in _BARE_BEFORE or bool(words.bits[k - 1] & (self._verb | self._rag)))
        if words.values[k] == 1 or words.lower[k] in {"hundred", "thousand", "million", "billion", "dozen"}:
            settled = bool(bits_after & self._verb) or after in {"in", "at", "for", "from", "under", "on", "red", "amber", "green"}
            return words.lower[k] == "one" and before in {"only", "just", "and", "with", "but", ","} and settled
        settled = bool(bits_after & (self._verb | NEWLINE)) or after in {"(", ",", ".", ";", "of", "for", "in", "on", "at", "and", "were", "from", "to", "to", "by", "as", "since", "between", "with"}
        return settled and (opens_line or before in _BARE_BEFORE or bool(words.bits[k - 1] & self._verb) or words.text[k][:1].isupper())

    # Reading a shape

    def _figure(self, words: Words, match: Match) -> Figure | None:
        settings: dict[str, Any] = match.rule.set
        shape = settings.get("shape", "plain")
        values = [k for k in range(match.start, match.end) if k in words.values]
        kind = match.rule.kind
        if shape == "compound":
            amount, _, unit = words.lower[match.start].partition("-")
            value = numbers.word_value(amount)
            return None if value is None else Figure(
                match.start, match.end, match.start, kind, value, match.rule.id, unit=UNITS.get(unit), after=match.end
            )
        if kind == "money" and not values:
            return None
        number = values[0] if shape != "last_number" else values[-1]
        if shape == "last_number" and words.lower[match.end - 1] == "of":
            number = values[-1]
        figure = Figure(match.start, match.end, number, kind, words.values[number], match.rule.id, unit=settings.get("unit"), role=settings.get("role"), after=match.end)
        if kind == "money":
            self._money(words, figure, values)
        elif kind == "timescale":
            self._timescale(words, figure, values, shape)
        elif shape == "one_in":
            figure.base = words.values[values[-1]]
        elif shape in {"per_number", "per_thing"}:
            self._rate(words, figure)
        elif shape == "last_number":
            figure.start, figure.end, figure.after = number, number + 1, number + 1
        elif kind == "percentage" and shape == "range":
            figure.value_max = words.values[values[-1]]
        elif kind == "count" and shape != "plain":
            self._count(words, figure, values, shape)
        return figure

    def _money(self, words: Words, figure: Figure, values: Sequence[int]) -> None:
        if words.text[figure.start] != "£" and words.lower[figure.start] not in {"between", "+"} and "£" in words.text[figure.start + 1 : figure.start + 2]:
            if words.start[figure.start + 1] > words.end[figure.start] or (figure.start and words.start[figure.start] == words.end[figure.start - 1]):
                figure.start += 1  # a dash before the sum, not its sign

        def scaled(k: int, borrow: float) -> float:
            scale = numbers.MAGNITUDES.get(words.lower[k + 1], 0) if k + 1 < figure.end else 0
            glued = words.values[k]
            return glued * (scale or borrow)

        last = values[-1]
        tail = numbers.MAGNITUDES.get(words.lower[last + 1], 1) if last + 1 < figure.end else 1
        if words.lower[figure.end - 1] == "pence":
            tail = 0.01
        figure.value = scaled(values[0], tail if len(values) > 1 else 1)
        if len(values) == 1:
            figure.value = words.values[last] * tail
        else:
            figure.value_max = words.values[last] * tail
        figure.value = round(figure.value, 6)

    def _timescale(self, words: Words, figure: Figure, values: Sequence[int], shape: str) -> None:
        units = [UNITS[words.lower[k]] for k in range(figure.start, figure.end) if words.lower[k] in UNITS]
        figure.unit = units[0] if units else None
        if shape == "range":
            figure.value_max = words.values[values[-1]]
            figure.unit = units[-1] if units else None
        elif shape == "parts" and len(values) > 1:
            figure.value += words.values[values[-1]] / _PARTS.get((units[0], units[-1]), 1)
        elif "half" in words.lower[figure.start : figure.end]:
            figure.value += 0.5
        if any(words.lower[k].startswith("fortnight") for k in range(figure.start, figure.end)):
            figure.value *= 2

    def _rate(self, words: Words, figure: Figure) -> None:
        span = range(figure.start, figure.end)
        marker = next(k for k in span if words.lower[k] in {"per", "in"})
        figure.unit = words.slice(figure.number + 1, figure.end) if figure.rule.endswith("per_thing") else "per " + words.text[figure.end - 1]
        figure.noun = (figure.number + 1, marker) if marker > figure.number + 1 else None

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
        if figure.end < len(words) and words.lower[figure.end] in {"than", "on"} or words.lower[figure.number + 1] == "fewer":
            figure.role = "change"

    def _ones(self, words: Words, figures: list[Figure]) -> list[Figure]:
        """Keep `one` only where it counts things: beside another count, after only or there was, before more or fewer."""
        kept: list[Figure] = []
        others = [f.number for f in figures if f.kind in {"count", "percentage"} and words.lower[f.number] != "one"]
        for figure in figures:
            k = figure.number
            if figure.kind != "count" or words.lower[k] != "one" or figure.base is not None:
                kept.append(figure)
                continue
            before = words.lower[k - 1] if k else "\n"
            two_before = words.lower[k - 2] if k > 1 else "\n"
            after = words.lower[k + 1] if k + 1 < len(words) else "\n"
            near = any(abs(k - other) < 40 and self._same_line(words, k, other) for other in others)
            if (
                after in {"more", "fewer", "less"}
                or figure.role == "change"
                or before in {"only", "just", "total", "considered", "received", "upheld"}
                or (two_before in {"there", "had", "been"} and before in {"was", "is", "been", "only", "were"})
                or (near and after not in {"another", "day", "time", "hand", "point", "stop", "of", "way", "who", "that", "member"})
            ):
                kept.append(figure)
        return kept

    def _same_line(self, words: Words, a: int, b: int) -> bool:
        low, high = min(a, b), max(a, b)
        return not any(words.bits[k] & NEWLINE for k in range(low, high))

    def _inherit(self, words: Words, figures: list[Figure]) -> None:
        """Counts without a noun take kind and unit of the figure they are compared with, or the noun counted before."""
        for k, figure in enumerate(figures):
            if figure.kind not in {"count", "percentage"}:
                continue
            if figure.base is None:
                self._of_them(words, figures, k)
            if figure.kind != "count" or figure.noun is not None or figure.unit is not None or figure.role == "change" and figure.unit:
                continue
            if figure.base is None and self._same_scale(words, figures, k):
                continue
            shared = self._shared_noun(words, figures, k) or self._subject_noun(words, figure)
            if shared is not None:
                figure.unit = words.slice(*shared)
            for other in reversed(figures[:k]):
                if other.kind == "count" and other.unit and self._same_line(words, other.number, figure.number):
                    figure.unit = figure.unit or other.unit
                    if figure.base is None and self._part_of(words, other, figure):
                        figure.base = other.base if other.base is not None and other.noun is None else other.value
                        figure.unit = other.unit
                    break

    def _of_them(self, words: Words, figures: list[Figure], k: int) -> None:
        """`83 per cent of them`, `three of which`, `of whom 74`: the whole was counted before in the sentence."""
        figure = figures[k]
        after = words.lower[figure.after : figure.after + 2]
        before = words.lower[max(figure.start - 2, 0) : figure.start]
        if (len(after) == 2 and after[0] == "of" and after[1] in _PARTITIVES) or (len(before) == 2 and before[0] == "of" and before[1] in _PARTITIVES):
            for other in reversed(figures[:k]):
                if other.sentence == figure.sentence and other.kind == "count" and other.noun is not None and other.value >= figure.value * (figure.kind == "count"):
                    figure.base = other.value
                    if figure.kind == "count" and figure.noun is None:
                        figure.unit = other.unit
                    return

    def _same_scale(self, words: Words, figures: list[Figure], k: int) -> bool:
        """`from 171 in the previous year`, `against 45 to 50%`: a bare number beside a figure of another kind is of that kind."""
        figure = figures[k]
        before = words.lower[figure.start - 1] if figure.start else ""
        if before not in _COMPARING:
            return False
        around = [f for f in figures[max(k - 2, 0) : k + 2] if f is not figure and f.kind in {"rate", "timescale", "percentage"} and f.base is None]
        for other in sorted(around, key=lambda f: abs(f.number - figure.number)):
            gap = words.lower[min(other.end, figure.end) : max(other.start, figure.start)]
            same = other.sentence == figure.sentence
            if other.kind == "percentage" and not (same and other.number > figure.number and gap == ["to"]):
                continue
            if other.kind == "timescale" and not (same and before in {"averaged", "to", "from", "at", "with"} and not set(gap) & {"within", "over"}):
                continue
            if other.kind == "rate" and not (same or figure.sentence - other.sentence == 1):
                continue
            if self._same_line(words, other.number, figure.number) or (same and other.kind == "rate"):
                figure.kind, figure.unit = other.kind, other.unit
                return True
        return False

    def _subject_noun(self, words: Words, figure: Figure) -> tuple[int, int] | None:
        """`the number of suspensions had fallen to 118`, `of the measures, seven`, `caseloads were 17.5`: the noun before."""
        low = figure.start
        while low and not words.bits[low - 1] & NEWLINE and words.text[low - 1] not in {".", ";", "?"}:
            low -= 1
        for k in range(figure.start - 1, low - 1, -1):
            if words.lower[k] in {"number", "numbers", "total", "volume"} and words.lower[k + 1 : k + 2] == ["of"]:
                return self.nouns.after(words, k + 2, 2.0)
        if words.lower[low] == "of" and words.lower[low + 1] in _DETERMINED:
            return self.nouns.after(words, low + 2, 2.0)
        verb = next((k for k in range(figure.start - 1, max(low, figure.start - 8), -1) if words.bits[k] & self._verb), None)
        if verb is None or verb == low or any(k in words.values for k in range(low, verb)):
            return None
        while verb > low and words.bits[verb - 1] & self._verb:
            verb -= 1
        head = verb - 1
        if head >= low and words.lower[head].endswith("s") and self.nouns.plural(words, head) and not words.bits[head] & self._function:
            start = head
            while start > low and words.bits[start - 1] & self._wordlike and not words.bits[start - 1] & (self._function | self._verb):
                start -= 1
            return max(start, head - 2), head + 1
        return None

    def _shared_noun(self, words: Words, figures: list[Figure], k: int) -> tuple[int, int] | None:
        """`six (43%) of the indicators`: the noun stands behind the bracket."""
        after = figures[k].after
        if after + 3 < len(words) and words.text[after] == "(":
            close = next((j for j in range(after + 1, min(after + 6, len(words))) if words.text[j] == ")"), None)
            if close is not None and close + 2 < len(words):
                at = close + 1
                if words.lower[at] == "of":
                    at += 1 + (words.lower[at + 1] in _DETERMINED)
                return self.nouns.after(words, at, figures[k].value)
        if after + 2 < len(words) and words.lower[after] == "of" and words.lower[after + 1] in _DETERMINED:
            return self.nouns.after(words, after + 2, 2.0)
        return None

    def _part_of(self, words: Words, whole: Figure, part: Figure) -> bool:
        """Whether a bare count is said to be among those counted before it."""
        if part.value > (whole.base if whole.base is not None and whole.noun is None else whole.value):
            return False
        between = words.lower[whole.end : part.start]
        joined = " ".join(between)
        if any(cue in joined for cue in ("of this number", "of these", "of which", "of whom", "of those", "of them")):
            return True
        if whole.base is not None and whole.noun is None and between and between[-1] in {",", "and"}:
            return whole.sentence == part.sentence
        verb_next = part.end < len(words) and words.bits[part.end] & self._verb
        opened = bool(between) and (between[-1] == "," or between[-2:] in (["however", "only"], [",", "only"], ["but", "only"]))
        return bool(verb_next) and opened and whole.sentence == part.sentence and words.lower[part.number] != "none"

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
            match = before.get(figure.start)
            if match is not None and not self._of_time(words, match, figure) and match.start not in ends:
                figure.comparator = str(match.rule.set["comparator"])
                figure.start = match.start
            elif figure.kind == "timescale" and figure.start and words.lower[figure.start - 1] == "in":
                self._deadline(words, figure)
            behind = after.get(figure.after) or after.get(figure.end)
            if behind is not None and words.text[behind.start] == "+" and words.start[behind.start] > words.end[behind.start - 1]:
                behind = None  # `£20,000 + £989` adds
            if behind is not None:
                figure.comparator = str(behind.rule.set["comparator"])
                figure.end = figure.after = behind.end

    def _of_time(self, words: Words, match: Match, figure: Figure) -> bool:
        """`about` and `around` a thing, `above` and `below` as places do not bound; nor does `over the next`."""
        return match.end - match.start == 1 and words.lower[match.start] == "c" and figure.kind != "count"

    def _deadline(self, words: Words, figure: Figure) -> None:
        start = figure.start
        clause = words.lower[max(start - 6, 0) : start - 1]
        future = any(word in {"would", "will", "shall", "be", "back", "again"} for word in clause)
        figure.start = start - 1
        if not future and "not" not in clause and "never" not in clause and figure.unit not in {"month", "year"}:
            figure.comparator = "<="

    def _sentences(self, words: Words, figures: list[Figure]) -> None:
        place = 0
        for figure in figures:
            while place + 1 < len(words.sentences) and words.sentences[place][1] <= figure.number:
                place += 1
            figure.sentence = place
