"""What a figure measures: the words a reader would put at the head of a column.

Without a parser, from closed-class words and the verbs of minutes. The ways, in the order they are tried:

- a figure that compares (target, benchmark, previous, change) measures what the figure it is compared with does;
- `95% of X ...`: the words after `of`, up to a copula;
- `44 care leavers in custody`: the counted noun and what follows in its clause;
- `an 18% vacancy rate in the service`: the noun phrase after the figure;
- `X was 95%`: the subject before the verb, `the percentage of ...` before all others;
- a duration that qualifies (`assessments completed within 45 days`): the words before it;
- a subject that only points back (`it`, `performance`) takes the measure of the figure before.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.mine.figures import Figure
from minutesminer.mine.matching import NEWLINE
from minutesminer.mine.periods import Period
from minutesminer.mine.roles import Part
from minutesminer.mine.ruleset import Reading, RuleSet
from minutesminer.mine.words import Words

_COPULAS = frozenset({"was", "were", "is", "are"})
_HARD = frozenset({";", ":", ".", "?", "!"})
_LONGEST = 22


class MeasureReader:
    """Reads the measure of every figure."""

    def __init__(self, rules: RuleSet) -> None:
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._conjunction = rules.flag("conjunction")
        self._relative = rules.flag("relative")
        self._preposition = rules.flag("preposition")
        self._auxiliary = rules.flag("auxiliary")
        self._adverb = rules.flag("adverb")
        self._verb = rules.flag("verb") | rules.flag("rise_verb") | rules.flag("fall_verb")
        self._participle = rules.flag("verb_past")
        self._speech = rules.flag("speech_verb_measure") | rules.flag("fact_noun")
        self._indicator = rules.flag("indicator_noun")
        self._generic = rules.flag("generic_subject")
        self._edge = rules.flag("edge_strip")
        self._wordlike = rules.flag("wordlike")

    def read(
        self, reading: Reading, figures: Sequence[Figure], parts: Sequence[Part], periods: Sequence[Period | None]
    ) -> list[str | None]:
        """The measure of every figure, in order, or None where none was found."""
        words = reading.words
        taken = self._period_words(reading, figures, periods)
        own = [self._own(words, figures, k, taken) for k in range(len(figures))]
        measures: list[str | None] = []
        for k, figure in enumerate(figures):
            measure = own[k]
            if parts[k].role in {"target", "benchmark", "previous", "change"} and figure.kind != "timescale" or measure is None:
                measure = self._compared(words, figures, parts, own, measures, k) or measure
            measures.append(measure)
        return measures

    def _period_words(self, reading: Reading, figures: Sequence[Figure], periods: Sequence[Period | None]) -> set[int]:
        """Words that state a period are not part of a measure."""
        if not any(periods):
            return set()
        words = reading.words
        taken: set[int] = set()
        for match in reading.of("qualifier", "period"):
            start = match.start
            if start and words.lower[start - 1] in {"in", "during", "for", "by", "at", "from"}:
                start -= 1
            taken.update(range(start, match.end))
        return taken

    def _compared(
        self,
        words: Words,
        figures: Sequence[Figure],
        parts: Sequence[Part],
        own: Sequence[str | None],
        measures: Sequence[str | None],
        k: int,
    ) -> str | None:
        """The measure of the figure that figure `k` is compared with or points back to."""
        figure = figures[k]
        near = [j for j in range(len(figures)) if j != k and figures[j].sentence == figure.sentence]
        near.sort(key=lambda j: abs(j - k))
        for j in near:
            if parts[j].role in {"actual", "forecast"} and figures[j].kind == figure.kind:
                found = measures[j] if j < k else own[j]
                if found:
                    return found
        if own[k] is not None and parts[k].role not in {"previous", "benchmark"}:
            return None
        for j in range(k - 1, max(k - 4, -1), -1):
            if figures[j].kind == figure.kind and 0 <= figure.sentence - figures[j].sentence <= 2 and not self._line_between(words, figures[j], figure):
                return measures[j]
        return None

    def _line_between(self, words: Words, first: Figure, second: Figure) -> bool:
        return any(words.bits[j] & NEWLINE for j in range(first.end, second.start))

    # A figure's own words

    def _own(self, words: Words, figures: Sequence[Figure], k: int, taken: set[int]) -> str | None:
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        stop = self._right_edge(words, figures, k, high)
        after = figure.after
        lower = words.lower
        if figure.kind in {"percentage", "count", "rate", "money"} and after < high and lower[after] == "of" and after + 1 < high:
            if figure.noun is None:
                return self._text(words, self._of(words, after + 1, stop), taken)
        if k and lower[figure.start - 1] == "(" and figures[k - 1].after == figure.start - 1 and figures[k - 1].sentence == figure.sentence:
            # `six (43%) of the indicators`: the share measures what its count does.
            close = next((j for j in range(figure.end, high) if words.text[j] == ")"), figure.end)
            if close + 1 < high and lower[close + 1] == "of":
                return self._text(words, self._of(words, close + 2, self._right_edge(words, figures, k, high, close + 1)), taken)
            return self._text(words, self._predicate(words, close + 1, stop), taken) or self._before(words, figures, k, low, taken)
        if figure.kind == "count" and figure.noun is not None:
            rest = self._predicate(words, figure.after, stop)
            noun = list(range(*figure.noun))
            if len(rest) < 2:
                left = self._left(words, figures, k, low)
                rest = [j for j in left if not words.bits[j] & (self._auxiliary | self._article)] + rest if len(left) < 14 else rest
            return self._text(words, [*noun, *rest], taken)
        if figure.kind in {"percentage", "money"} and after < stop and self._starts_noun(words, after):
            return self._text(words, list(range(after, self._phrase_end(words, after, stop))), taken)
        if figure.kind == "timescale":
            return self._text(words, self._left(words, figures, k, low), taken) or self._text(words, self._predicate(words, after, stop), taken)
        return self._before(words, figures, k, low, taken)

    def _before(self, words: Words, figures: Sequence[Figure], k: int, low: int, taken: set[int]) -> str | None:
        figure = figures[k]
        left = self._left(words, figures, k, low)
        subject = self._strip_verb(words, left)
        content = [j for j in subject if words.bits[j] & self._wordlike and not words.bits[j] & (self._edge | self._adverb)]
        if not content or all(words.bits[j] & self._generic for j in content):
            return self._indicator_before(words, low, figure.start, taken) or self._label(words, low, figure.start, taken)
        return self._text(words, subject, taken)

    def _right_edge(self, words: Words, figures: Sequence[Figure], k: int, high: int, start: int | None = None) -> int:
        """Where the clause after the figure ends: hard punctuation, a comma or `and` that opens a new clause, the next figure."""
        at = figures[k].after if start is None else start
        following = [f.start for f in figures[k + 1 : k + 2] if f.sentence == figures[k].sentence and f.kind != "timescale"]
        limit = min([high, *following])
        depth = 0
        while at < limit:
            text, lower = words.text[at], words.lower[at]
            if text in {"(", "["}:
                depth += 1
            elif text in {")", "]"}:
                if depth == 0:
                    return at
                depth -= 1
            elif text in _HARD and depth == 0:
                return at
            elif text in {"–", "—"} or (text == "-" and at > figures[k].after):
                return at
            elif text == "," and depth == 0 and at + 1 < high:
                ahead = words.bits[at + 1]
                if ahead & (self._conjunction | self._relative | self._preposition | self._article | self._pronoun) or ahead & self._verb or at + 1 in words.values or ahead & self._adverb:
                    if words.lower[at + 1] not in {"and", "or"} or (at + 2 < high and words.bits[at + 2] & (self._article | self._pronoun | self._auxiliary)):
                        return at
            elif lower in {"and", "but", "while", "whilst", "with", "whereas", "however", "compared", "against"} and at > figures[k].after:
                ahead = words.bits[at + 1] if at + 1 < high else 0
                if lower != "and" or ahead & (self._article | self._pronoun | self._auxiliary) or at + 1 in words.values:
                    return at
            at += 1
        return at

    def _of(self, words: Words, start: int, stop: int) -> list[int]:
        """`families ... being registered | was the best ever`: up to a copula, else the whole predicate without auxiliaries."""
        return self._predicate(words, start, stop)

    def _predicate(self, words: Words, start: int, stop: int) -> list[int]:
        kept: list[int] = []
        for j in range(start, min(stop, start + _LONGEST)):
            lower = words.lower[j]
            if lower in _COPULAS and kept and j + 1 < stop:
                ahead = words.bits[j + 1]
                if not ahead & self._participle and not ahead & self._preposition and words.lower[j + 1] not in {"not", "known", "now", "also", "currently"}:
                    break
            if words.bits[j] & self._auxiliary and lower not in {"being", "need", "needs"}:
                have = lower in {"had", "has", "have"} and not (j + 1 < stop and (words.bits[j + 1] & self._participle or words.lower[j + 1] in {"been", "also", "not"}))
                if not have:
                    continue
            kept.append(j)
        return kept

    def _starts_noun(self, words: Words, at: int) -> bool:
        bits = words.bits[at]
        closed = self._article | self._pronoun | self._conjunction | self._preposition | self._auxiliary | self._adverb | self._verb | self._relative
        return bool(bits & self._wordlike) and not bits & closed

    def _phrase_end(self, words: Words, at: int, stop: int) -> int:
        j = at
        while j < min(stop, at + _LONGEST):
            if words.bits[j] & self._auxiliary or words.bits[j] & self._relative or words.text[j] == ",":
                break
            if words.lower[j] in {"due", "because", "compared", "against", "partly", "for", "from"} and j > at + 1:
                break
            j += 1
        return j

    def _left(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> list[int]:
        """The words of the clause before the figure."""
        figure = figures[k]
        end = figure.start
        start = end
        # A figure already read in this clause closes it, unless it only qualifies (`within 45 days`).
        floor = low
        for other in figures[:k]:
            if other.sentence == figure.sentence and other.end <= figure.start and (other.kind == figure.kind or other.kind == "count"):
                if other.noun is None:
                    floor = max(floor, other.end)
        while start > floor:
            text = words.text[start - 1]
            if text in _HARD or text in {"—", "•"} or (text in {"–", "-"} and start < end):
                break
            if text == "," and start < end and self._new_clause(words, start, end):
                break
            if words.lower[start - 1] == "that" and start < end and start - 2 >= low and words.bits[start - 2] & self._speech:
                break
            if words.lower[start - 1] in {"but", "while", "whilst", "although", "whereas", "however", "because", "where"} and start < end:
                break
            if words.lower[start - 1] == "and" and start < end and words.bits[start] & (self._article | self._pronoun):
                break
            start -= 1
        if start == low and words.bits[start] & self._preposition:
            comma = next((j for j in range(start, min(start + 9, end)) if words.text[j] == ","), None)
            if comma is not None:
                start = comma + 1
        return list(range(start, end))

    def _new_clause(self, words: Words, at: int, end: int) -> bool:
        bits = words.bits[at]
        if words.lower[at] in {"and", "or"}:
            return at + 1 < end and bool(words.bits[at + 1] & (self._article | self._pronoun))
        return bool(bits & (self._article | self._pronoun | self._relative)) or words.lower[at] in {"but", "with", "while", "however", "performance", "putting"}

    def _strip_verb(self, words: Words, left: list[int]) -> list[int]:
        """The subject: the words before the last verb group, or all of them where there is no verb."""
        verbs = [j for j in left if words.bits[j] & (self._auxiliary | self._verb)]
        if not verbs:
            return left
        last = verbs[-1]
        while last - 1 >= left[0] and words.bits[last - 1] & (self._auxiliary | self._adverb | self._verb):
            last -= 1
        subject = [j for j in left if j < last]
        if all(words.bits[j] & (self._edge | self._pronoun) for j in subject):
            # `there was an overall shortfall of`, `queried the`: what follows the verb.
            behind = [j for j in left if j > verbs[-1]]
            return behind if any(words.bits[j] & self._wordlike and not words.bits[j] & self._edge for j in behind) else []
        behind = [j for j in left if j > verbs[-1]]
        named = [j for j in behind if words.bits[j] & self._wordlike and not words.bits[j] & (self._edge | self._adverb | self._preposition)]
        if named and behind and words.lower[behind[-1]] == "of":
            return behind
        if named and words.bits[verbs[-1]] & self._speech:
            return behind
        return subject

    def _indicator_before(self, words: Words, low: int, at: int, taken: set[int]) -> str | None:
        """The nearest `percentage of ...`, `number of ...` before in the sentence."""
        for j in range(at - 1, low - 1, -1):
            if words.bits[j] & self._indicator and j + 1 < at and words.lower[j + 1] in {"of", "for"}:
                end = j + 2
                while end < at and words.text[end] not in {",", ";", ":", "."} and words.lower[end] not in {"was", "were", "is", "are", "had", "has", "have"}:
                    end += 1
                return self._text(words, list(range(j, end)), taken)
        return None

    def _label(self, words: Words, low: int, at: int, taken: set[int]) -> str | None:
        """The label before the dash or colon that opens the line the sentence stands in."""
        start = low
        while start and not words.bits[start - 1] & NEWLINE:
            start -= 1
        for j in range(start, min(start + 12, at)):
            if words.text[j] in {"–", "-", ":", "—"} and j > start:
                return self._text(words, list(range(start, j)), taken)
        return None

    def _text(self, words: Words, chosen: list[int], taken: set[int]) -> str | None:
        """The chosen words as they stand, without a period's words, cut at the edges."""
        kept = [j for j in chosen if j not in taken]
        while kept and words.bits[kept[0]] & self._edge:
            kept.pop(0)
        while kept and (words.bits[kept[-1]] & self._edge or words.lower[kept[-1]] in {"at", "reached"}):
            kept.pop()
        pieces: list[str] = []
        for position, j in enumerate(kept):
            if position and (kept[position - 1] != j - 1 or words.start[j] > words.end[j - 1]):
                pieces.append(" ")
            pieces.append(words.text[j])
        return "".join(pieces) or None
