"""What a figure measures: the words a reader would put at the head of a column.

Without a parser, from closed-class words and the verbs of minutes. The ways, in the order they are tried:

- a figure that compares (target, benchmark, previous, change) measures what the figure it is compared with does;
- `95% of X ...`: the words after `of`, up to a copula that only judges;
- `44 care leavers in custody`: the counted noun and what its clause says of it;
- `an 18% vacancy rate in the service`: the noun phrase after the figure;
- `X was 95%`: the subject before the verb, `the percentage of ...` before all others;
- a duration that qualifies (`assessments completed within 45 days`): the words before it;
- `Missing children- 77% had an interview`: the label that opens the line, and what follows;
- a subject that only points back (`it`, `performance`) takes the measure of the figure before.

Where clauses begin and end is in `spans`.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.mine.figure import Figure
from minutesminer.mine.matching import NEWLINE
from minutesminer.mine.periods import Period
from minutesminer.mine.roles import Part
from minutesminer.mine.ruleset import Reading, RuleSet
from minutesminer.mine.spans import ClauseSpans
from minutesminer.mine.words import Words

_COMPARES = frozenset({"target", "benchmark", "previous", "change"})
_PARENTHESES = {"(": ")", "[": "]"}


class MeasureReader:
    """Reads the measure of every figure."""

    def __init__(self, rules: RuleSet) -> None:
        self._spans = ClauseSpans(rules)
        self._adverb = rules.flag("adverb")
        self._article = rules.flag("article")
        self._auxiliary = rules.flag("auxiliary")
        self._pronoun = rules.flag("pronoun")
        self._verb = rules.flag("verb") | rules.flag("rise_verb") | rules.flag("fall_verb")
        self._indicator = rules.flag("indicator_noun")
        self._generic = rules.flag("generic_subject")
        self._comparing = rules.flag("target_word")
        self._rag = rules.flag("rag")
        self._partitive = rules.flag("partitive")
        self._edge = rules.flag("edge_strip")
        self._wordlike = rules.flag("wordlike")
        self._period_word = rules.flag("month") | rules.flag("weekday")

    def read(
        self,
        reading: Reading,
        figures: Sequence[Figure],
        parts: Sequence[Part],
        periods: Sequence[Period | None],
    ) -> list[str | None]:
        """The measure of every figure, in order, or None where none was found."""
        words = reading.words
        taken = self._period_words(reading, periods)
        compared = {k for k in range(len(figures)) if parts[k].role in _COMPARES}
        own = [self._own(words, figures, k, taken, k in compared) for k in range(len(figures))]
        measures: list[str | None] = []
        for k, figure in enumerate(figures):
            measure = own[k]
            compares = parts[k].role in _COMPARES and not (figure.kind == "count" and figure.noun is not None)
            if measure is None or compares:
                measure = self._compared(words, figures, parts, own, measures, k) or measure
            if measure is None:
                left = self._spans.left(words, figures, k, words.sentences[figure.sentence][0])
                measure = self._text(words, figures, k, self._spans.without_verb(words, left), taken)
            measures.append(measure)
        return measures

    def _period_words(self, reading: Reading, periods: Sequence[Period | None]) -> set[int]:
        """Words that state a period are not part of a measure."""
        if not any(periods):
            return set()
        words = reading.words
        taken: set[int] = set()
        for match in reading.of("qualifier", "period"):
            start = match.start
            if start and words.lower[start - 1] in {"in", "during", "for", "by", "at", "from", "over", "on"}:
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
        near.sort(key=lambda j: (j > k, abs(j - k)))
        for same_kind in (True, False):
            for j in near:
                if parts[j].role in {"actual", "forecast"} and (figures[j].kind == figure.kind) is same_kind:
                    if not same_kind and (figures[j].kind == "timescale" or parts[k].role != "change"):
                        continue
                    found = measures[j] if j < k else own[j]
                    if found:
                        return found
        if own[k] is not None:
            return None
        for j in range(k - 1, max(k - 4, -1), -1):
            same_line = not any(words.bits[i] & NEWLINE for i in range(figures[j].end, figure.start))
            if figures[j].kind == figure.kind and figure.sentence - figures[j].sentence <= 2 and same_line:
                return measures[j]
        return None

    # A figure's own words

    def _own(self, words: Words, figures: Sequence[Figure], k: int, taken: set[int], compares: bool) -> str | None:
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        lower, after = words.lower, figure.after
        if (
            k
            and lower[figure.start - 1] == "("
            and figures[k - 1].end == figure.start - 1
            and figures[k - 1].kind in {"count", "percentage"}
        ):
            return self._bracketed(words, figures, k, high, taken)
        rest = after
        if after < high and lower[after] == "(":
            # `97 children (17%) lived`: the clause goes on behind the bracket.
            close = next((j for j in range(after, min(after + 14, high)) if words.text[j] == ")"), None)
            if close is not None and any(after < f.number < close for f in figures[k + 1 : k + 3]):
                rest = close + 1
        stop = self._spans.right_edge(words, figures, k, rest, high)
        if figure.kind != "timescale" and figure.noun is None and rest + 1 < high and lower[rest] == "of":
            return self._partitive_text(words, figures, k, self._spans.predicate(words, rest + 1, stop), taken)
        if figure.noun is not None and (figure.kind == "count" or figure.base is not None):
            if figure.noun[0] == rest:
                rest = figure.noun[1]
                stop = self._spans.right_edge(words, figures, k, rest, high)
            return self._counted(words, figures, k, rest, low, stop, taken)
        named = after < stop and (self._spans.starts_noun(words, after) or self._determined(words, figure.start, after))
        if figure.kind in {"percentage", "money"} and named:
            return self._text(words, figures, k, self._spans.phrase(words, after, stop), taken)
        if figure.kind == "timescale" and named and self._determined(words, figure.start, after):
            return self._text(words, figures, k, self._spans.phrase(words, after, stop), taken)
        if figure.kind == "timescale":
            return self._duration(words, figures, k, rest, low, stop, taken)
        says = rest < stop and bool(words.bits[rest] & (self._verb | self._auxiliary | self._rag))
        if figure.kind == "count" and figure.unit and (says or figure.base is not None and rest < stop):
            said = self._text(words, figures, k, self._spans.predicate(words, rest, stop), taken)
            return f"{figure.unit} {said}" if said else figure.unit
        return self._subject(words, figures, k, rest, low, stop, taken, compares) or (
            figure.unit if figure.kind == "count" else None
        )

    def _determined(self, words: Words, start: int, after: int) -> bool:
        """Whether a determiner stands before the figure, a word behind: `a £250,000 cost`, `an 18 month delay`."""
        opened = start > 0 and words.lower[start - 1] in {"a", "an", "the", "this", "its", "their"}
        return (
            opened
            and bool(words.bits[after] & self._wordlike)
            and not words.bits[after] & (self._auxiliary | self._adverb | self._edge)
        )

    def _bracketed(self, words: Words, figures: Sequence[Figure], k: int, high: int, taken: set[int]) -> str | None:
        """`six (43%) of the indicators are green`: the share measures what its count does, and the other way round."""
        first = figures[k - 1]
        close = next((j for j in range(figures[k].end, high) if words.text[j] == ")"), figures[k].end)
        stop = self._spans.right_edge(words, figures, k, close + 1, high)
        chosen = self._spans.predicate(words, close + 1, stop)
        if first.noun is not None:
            chosen = [*range(*first.noun), *chosen]
        said = self._text(words, figures, k, chosen, taken)
        if first.noun is None and first.unit and close + 1 < high and words.lower[close + 1] != "of":
            return f"{first.unit} {said}" if said else first.unit
        return said or self._own(words, figures, k - 1, taken, False)

    def _counted(
        self, words: Words, figures: Sequence[Figure], k: int, rest: int, low: int, stop: int, taken: set[int]
    ) -> str | None:
        """The counted noun with what follows it; where nothing does, with the verb and subject before it."""
        figure = figures[k]
        noun = list(range(*(figure.noun or (0, 0))))
        said = self._spans.predicate(words, rest, stop)
        content = [
            j for j in said if words.bits[j] & self._wordlike and not words.bits[j] & self._edge and j not in taken
        ]
        if not content:
            left = self._spans.left(words, figures, k, low)
            keep = [
                j
                for j in left
                if not words.bits[j] & (self._auxiliary | self._article | self._pronoun | self._adverb | self._edge)
            ]
            if len(keep) <= 10:
                said = keep + said
        return self._text(words, figures, k, [*noun, *said], taken)

    def _duration(
        self, words: Words, figures: Sequence[Figure], k: int, rest: int, low: int, stop: int, taken: set[int]
    ) -> str | None:
        """The words before a duration; behind it where those before only point (`it took 31 weeks to get ...`)."""
        left = self._spans.left(words, figures, k, low)
        subject = self._spans.without_verb(words, left)
        named = [
            j
            for j in subject
            if words.bits[j] & self._wordlike
            and not words.bits[j] & (self._edge | self._adverb | self._generic | self._pronoun)
        ]
        right = self._spans.predicate(words, rest, stop)
        if (
            figures[k].start
            and words.lower[figures[k].start - 1] in {"was", "were", "is", "are", "averaged", "to", "from"}
            and named
        ):
            return self._text(words, figures, k, subject, taken)
        of = next(
            (
                p
                for p, j in enumerate(left)
                if words.bits[j] & self._indicator and p + 1 < len(left) and words.lower[left[p + 1]] == "of"
            ),
            None,
        )
        if of is not None and words.lower[left[of]] != "average":
            left = left[of + 2 :]
        if not named and right:
            said = [j for j in left if words.bits[j] & self._verb and not words.bits[j] & self._auxiliary]
            return self._text(words, figures, k, [*said, *right], taken) or self._text(words, figures, k, left, taken)
        if not named:
            return self._indicator_before(words, figures, k, low, taken)
        return self._text(words, figures, k, left, taken) or self._text(words, figures, k, right, taken)

    def _subject(
        self,
        words: Words,
        figures: Sequence[Figure],
        k: int,
        rest: int,
        low: int,
        stop: int,
        taken: set[int],
        compares: bool,
    ) -> str | None:
        figure = figures[k]
        left = self._spans.left(words, figures, k, low)
        subject = [j for j in self._spans.without_verb(words, left) if j not in taken]
        bare = self._edge | self._adverb | self._generic | self._pronoun | self._article
        if compares:
            bare |= self._comparing
        named = [j for j in subject if words.bits[j] & self._wordlike and not words.bits[j] & bare]
        if named:
            return self._text(words, figures, k, subject, taken)
        indicator = self._indicator_before(words, figures, k, low, taken)
        if indicator is not None:
            return indicator
        label = self._label(words, low, figure.start)
        if label:
            said = self._spans.predicate(words, rest, stop)
            return self._text(words, figures, k, [*label, *said], taken)
        right = self._spans.predicate(words, rest, stop)
        if (
            len([j for j in right if words.bits[j] & self._wordlike and not words.bits[j] & bare and j not in taken])
            > 1
        ):
            return self._text(words, figures, k, right, taken)
        return None

    def _indicator_before(
        self, words: Words, figures: Sequence[Figure], k: int, low: int, taken: set[int]
    ) -> str | None:
        """The nearest `percentage of ...`, `number of ...` before in the sentence."""
        at = figures[k].start
        for j in range(at - 1, low - 1, -1):
            if words.bits[j] & self._indicator and j + 1 < at and words.lower[j + 1] in {"of", "for"}:
                end, inner = j + 2, 0
                while end < at and words.text[end] not in {";", ":", "."}:
                    # The verb of `who were known` belongs to the phrase; the next one is the sentence's own.
                    inner += words.lower[end] in {"who", "which", "that", "whose"}
                    if words.bits[end] & self._auxiliary and words.lower[end] not in {"be", "being", "been"}:
                        if not inner:
                            break
                        inner -= 1
                    end += 1
                return self._text(words, figures, k, list(range(j, end)), taken)
        return None

    def _label(self, words: Words, low: int, at: int) -> list[int]:
        """The label before the dash or colon at the head of the sentence's line; a paragraph's number is none."""
        start = low
        while start and not words.bits[start - 1] & NEWLINE:
            start -= 1
        for j in range(start, min(start + 14, at)):
            if words.text[j] in {"–", "-", ":", "—"} and j > start:
                label = [i for i in range(start, j) if words.bits[i] & self._wordlike]
                if label:
                    return label
        return []

    # Words to text

    def _partitive_text(
        self, words: Words, figures: Sequence[Figure], k: int, chosen: list[int], taken: set[int]
    ) -> str | None:
        """`83 per cent of them for holidays`: the noun counted before stands for `them`."""
        if chosen and words.bits[chosen[0]] & self._partitive and words.lower[chosen[0]] not in {"their", "its"}:
            owner = next((f for f in reversed(figures[:k]) if f.kind == "count" and f.noun is not None), None)
            if (
                owner is not None
                and owner.noun is not None
                and (
                    len(chosen) == 1
                    or not words.bits[chosen[1]] & self._wordlike
                    or words.bits[chosen[1]] & ~self._wordlike
                )
            ):
                said = self._text(words, figures, k, chosen[1:], taken)
                noun = words.slice(*owner.noun)
                return f"{noun} {said}" if said else noun
        return self._text(words, figures, k, chosen, taken)

    def _text(self, words: Words, figures: Sequence[Figure], k: int, chosen: list[int], taken: set[int]) -> str | None:
        """The chosen words as they stand, without periods and other figures, cut at the edges."""
        others: set[int] = set()
        if chosen:
            first, last = min(chosen), max(chosen)
            for other in figures:
                if other.kind in {"percentage", "money"} and first <= other.number <= last and other.noun is None:
                    others.update(range(other.start, other.after))
                elif (
                    other is not figures[k]
                    and other.kind == "count"
                    and other.noun is not None
                    and first <= other.number <= last
                ):
                    others.update(range(other.start, other.number + 1))
        kept = [j for j in chosen if j not in taken and j not in others]
        while kept and (words.bits[kept[0]] & self._edge or words.text[kept[0] + 1 : kept[0] + 2] == [")"]):
            kept.pop(0)  # `3) The Leader` loses the number of its paragraph too
        while kept and words.bits[kept[-1]] & self._edge:
            kept.pop()
        pieces: list[str] = []
        for position, j in enumerate(kept):
            if position and (kept[position - 1] != j - 1 or words.start[j] > words.end[j - 1]):
                pieces.append(" ")
            pieces.append(words.text[j])
        text = "".join(pieces)
        return text if any(character.isalpha() for character in text) else None
