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

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.periods import Period
from minutesminer.mine.figures.roles import Part
from minutesminer.mine.figures.spans import ClauseSpans

_COMPARES = frozenset({"target", "benchmark", "previous", "change"})
_DETERMINERS = frozenset({"a", "an", "the", "this", "its", "their"})
_EQUALS = frozenset({"was", "were", "is", "are", "averaged", "to", "from"})
_POINTERS = frozenset({"them", "whom", "which", "these", "those"})


class View(NamedTuple):
    """A figure in its clause: `rest` is the word where the clause goes on behind it, `stop` where it ends.

    `taken` are the words of periods, which belong to no measure; `compares` tells a target, benchmark,
    previous figure or change.
    """

    words: Words
    figures: Sequence[Figure]
    k: int
    rest: int
    stop: int
    taken: set[int]
    compares: bool

    @property
    def figure(self) -> Figure:
        return self.figures[self.k]

    @property
    def low(self) -> int:
        return self.words.sentences[self.figure.sentence][0]


class MeasureReader:
    """Reads the measure of every figure."""

    def __init__(self, rules: RuleSet) -> None:
        self._spans = ClauseSpans(rules)
        self._adverb = rules.flag("adverb")
        self._article = rules.flag("article")
        self._auxiliary = rules.flag("auxiliary")
        self._pronoun = rules.flag("pronoun")
        self._verb = rules.flag("verb") | rules.flag("rise_verb") | rules.flag("fall_verb")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("chair") | rules.flag("officer_noun")
        self._indicator = rules.flag("indicator_noun")
        self._generic = rules.flag("generic_subject")
        self._comparing = rules.flag("target_word")
        self._rag = rules.flag("rag")
        self._case = rules.flag("case_noun")
        self._edge = rules.flag("edge_strip")
        self._wordlike = rules.flag("wordlike")

    def read(
        self, reading: Reading, figures: Sequence[Figure], parts: Sequence[Part], periods: Sequence[Period | None]
    ) -> list[str | None]:
        """The measure of every figure, in order, or None where none was found."""
        words = reading.words
        taken = self._period_words(reading, periods)
        views = [self._view(words, figures, k, taken, parts[k].role in _COMPARES) for k in range(len(figures))]
        own = [self._own(view) for view in views]
        for k in range(1, len(figures)):
            if own[k] is None and self._pair(words, figures[k - 1], figures[k]):
                own[k] = own[k - 1]
        measures: list[str | None] = []
        for k, figure in enumerate(figures):
            measure = own[k]
            counted = figure.kind == "count" and figure.noun is not None and not self._points(figure)
            came_from = parts[k].role == "previous" and words.lower[figure.start - 1] == "from"
            if measure is None or (views[k].compares and not counted and not came_from):
                measure = self._compared(words, figures, parts, own, measures, k) or measure
            if measure is None:
                measure = self._text(views[k], self._spans.without_verb(words, self._left(views[k])))
            measures.append(measure)
        return measures

    def _points(self, figure: Figure) -> bool:
        return (figure.unit or "").endswith("points")

    def _pair(self, words: Words, first: Figure, second: Figure) -> bool:
        """Whether two figures are the ends of one movement: `from 74% to 72.5%`."""
        between = words.lower[first.end : second.start]
        same = first.kind == second.kind and first.sentence == second.sentence
        return same and bool(between) and between[-1] == "to" and not {",", ";", "while", "but", "and"} & set(between)

    def _period_words(self, reading: Reading, periods: Sequence[Period | None]) -> set[int]:
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

    def _view(self, words: Words, figures: Sequence[Figure], k: int, taken: set[int], compares: bool) -> View:
        figure = figures[k]
        high = words.sentences[figure.sentence][1]
        rest = figure.after
        if rest < high and words.lower[rest] == "(":
            # `97 children (17%) lived`: the clause goes on behind the bracket.
            close = next((j for j in range(rest, min(rest + 14, high)) if words.text[j] == ")"), None)
            if close is not None and any(rest < f.number < close for f in figures[k + 1 : k + 3]):
                rest = close + 1
        if figure.noun is not None and figure.noun[0] == rest:
            rest = figure.noun[1]
        return View(words, figures, k, rest, self._spans.right_edge(words, figures, k, rest, high), taken, compares)

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

    def _own(self, view: View) -> str | None:
        words, figure = view.words, view.figure
        lower, after = words.lower, figure.after
        before = view.figures[view.k - 1] if view.k else None
        opened = before is not None and lower[figure.start - 1] == "(" and before.end == figure.start - 1
        if before is not None and opened and before.kind in {"count", "percentage"}:
            return self._bracketed(view, before)
        if figure.kind != "timescale" and figure.noun is None and lower[view.rest : view.rest + 1] == ["of"]:
            return self._part_of(view)
        if figure.start > 1 and lower[figure.start - 2] == "of" and lower[figure.start - 1] in _POINTERS:
            return self._with_noun_before(view, self._said(view))
        if figure.noun is not None and (figure.kind == "count" or figure.base is not None):
            return self._counted(view)
        determined = self._determined(view)
        if after < view.stop and (
            determined or figure.kind in {"percentage", "money"} and self._spans.starts_noun(words, after)
        ):
            phrase = self._spans.phrase(words, after, view.stop)
            if self._content(view, phrase, self._comparing | self._generic):
                return self._text(view, phrase)
        if figure.kind == "timescale":
            return self._duration(view)
        says = view.rest < view.stop and bool(words.bits[view.rest] & (self._verb | self._auxiliary | self._rag))
        if figure.kind == "count" and figure.unit and (says or figure.base is not None and view.rest < view.stop):
            said = self._text(view, self._said(view))
            return f"{figure.unit} {said}" if said else figure.unit
        return self._subject(view) or (figure.unit if figure.kind == "count" else None)

    def _said(self, view: View) -> list[int]:
        return self._spans.predicate(view.words, view.rest, view.stop)

    def _left(self, view: View) -> list[int]:
        return self._spans.left(view.words, view.figures, view.k, view.low)

    def _content(self, view: View, chosen: Iterable[int], without: int) -> list[int]:
        """Those of the words that name something: no closed-class words, no periods, none of the kinds `without`."""
        bits, bare = view.words.bits, self._edge | self._adverb | self._pronoun | self._article | without
        return [j for j in chosen if bits[j] & self._wordlike and not bits[j] & bare and j not in view.taken]

    def _determined(self, view: View) -> bool:
        """Whether a determiner stands before the figure and a word behind: `a £250,000 cost`, `an 18 month delay`."""
        words, figure = view.words, view.figure
        if not figure.start or words.lower[figure.start - 1] not in _DETERMINERS or figure.after >= len(words):
            return False
        bits = words.bits[figure.after]
        return bool(bits & self._wordlike) and not bits & (self._auxiliary | self._adverb | self._edge)

    def _bracketed(self, view: View, first: Figure) -> str | None:
        """`six (43%) of the indicators are green`: the share measures what its count does, and the other way round."""
        words, high = view.words, view.words.sentences[view.figure.sentence][1]
        close = next((j for j in range(view.figure.end, high) if words.text[j] == ")"), view.figure.end)
        stop = self._spans.right_edge(words, view.figures, view.k, close + 1, high)
        chosen = self._spans.predicate(words, close + 1, stop)
        if first.noun is not None:
            chosen = [*range(*first.noun), *chosen]
        said = self._text(view, chosen)
        if first.kind == "count" and first.noun is None and first.unit and words.lower[close + 1 : close + 2] != ["of"]:
            return f"{first.unit} {said}" if said else first.unit
        if said:
            return said
        return self._own(self._view(words, view.figures, view.k - 1, view.taken, False))

    def _part_of(self, view: View) -> str | None:
        """`95% of X ...`; `83% of them ...` takes the noun counted before; `79% of cases` what the clause says."""
        words = view.words
        chosen = self._spans.predicate(words, view.rest + 1, view.stop)
        if chosen and words.lower[chosen[0]] in _POINTERS:
            ahead = chosen[1] if len(chosen) > 1 else view.stop
            pronoun = words.lower[chosen[0]] in {"them", "whom", "which"}
            if pronoun or ahead >= view.stop or not self._spans.starts_noun(words, ahead):
                return self._with_noun_before(view, chosen[1:])
        named = self._content(view, chosen, 0)
        if named and all(words.bits[j] & self._case for j in named):
            return self._text(view, self._left(view)) or self._text(view, chosen)
        return self._text(view, chosen)

    def _with_noun_before(self, view: View, said: list[int]) -> str | None:
        """The noun counted before in the text, with what is said of this part of it."""
        text = self._text(view, said)
        owner = next((f for f in reversed(view.figures[: view.k]) if f.kind == "count" and f.noun is not None), None)
        if owner is None or owner.noun is None:
            return text
        noun = view.words.slice(*owner.noun)
        return f"{noun} {text}" if text else noun

    def _counted(self, view: View) -> str | None:
        """The counted noun with what follows it; where nothing does, with the verb and subject before it."""
        noun = list(range(*(view.figure.noun or (0, 0))))
        said = self._said(view)
        if not any(
            view.words.bits[j] & self._wordlike and not view.words.bits[j] & self._edge
            for j in said
            if j not in view.taken
        ):
            keep = self._content(view, self._left(view), self._auxiliary)
            said = [*keep, *said] if len(keep) <= 10 else said
        return self._text(view, [*noun, *said])

    def _duration(self, view: View) -> str | None:
        """The words before a duration; behind it where those before only point (`it took 31 weeks to get ...`)."""
        words, lower = view.words, view.words.lower
        left, right = self._left(view), self._said(view)
        subject = self._spans.without_verb(words, left)
        named = self._content(view, subject, self._generic)
        before = lower[view.figure.start - 1] if view.figure.start else ""
        if before in _EQUALS and named:
            return self._text(view, subject)
        of = next((p for p, j in enumerate(left) if words.bits[j] & self._indicator and lower[j + 1] == "of"), None)
        if of is not None and lower[left[of]] != "average":
            left = left[of + 2 :]
        purpose = lower[view.rest : view.rest + 1] == ["to"]
        if right and (not named or purpose):
            verbs = (
                left
                if named
                else [j for j in left if words.bits[j] & self._verb and not words.bits[j] & self._auxiliary]
            )
            return self._text(view, [*verbs, *right]) or self._text(view, left)
        if not named:
            return self._indicator_before(view) or self._labelled(view, right)
        return self._text(view, left) or self._text(view, right)

    def _subject(self, view: View) -> str | None:
        """The subject before the verb; where it names nothing, an indicator, label or predicate near by."""
        words = view.words
        weak = self._generic | (self._comparing if view.compares else 0)
        subject = [j for j in self._spans.without_verb(words, self._left(view)) if j not in view.taken]
        named = self._content(view, subject, weak)
        right = self._said(view)
        done_by = [j for j in named if not words.bits[j] & self._verb]
        if done_by and all(words.bits[j] & self._people for j in done_by) and self._content(view, right, weak):
            # `Cabinet be asked to set aside £250,000 for ventilation`: what the body does is measured, not the body.
            verbs = [j for j in self._left(view) if words.bits[j] & self._wordlike and j > named[-1]]
            return self._text(view, [*verbs[-3:], *right])
        if done_by and all(words.bits[j] & self._people for j in done_by):
            # `Cabinet be recommended to raise the weekly rate to £812`: the object of what it is to do.
            tail = [j for j in self._left(view) if j > done_by[-1]]
            told = next((p for p, j in enumerate(tail[:-1]) if words.lower[j] == "to"), None)
            if told is not None and self._content(view, tail[told + 2 :], weak):
                return self._text(view, tail[told + 1 :])
        if named:
            return self._text(view, subject)
        found = self._indicator_before(view) or self._labelled(view, right)
        if found is None and len(self._content(view, right, weak)) > 1:
            return self._text(view, right)
        return found

    def _indicator_before(self, view: View) -> str | None:
        """The nearest `percentage of ...`, `number of ...` before in the sentence."""
        words, at = view.words, view.figure.start
        for j in range(at - 2, view.low - 1, -1):
            if words.bits[j] & self._indicator and words.lower[j + 1] in {"of", "for"}:
                end, inner = j + 2, 0
                while end < at and words.text[end] not in {";", ":", "."}:
                    # The verb of `who were known` belongs to the phrase; the next one is the sentence's own.
                    inner += words.lower[end] in {"who", "which", "that", "whose"}
                    if words.bits[end] & self._auxiliary and words.lower[end] not in {"be", "being", "been"}:
                        if not inner:
                            break
                        inner -= 1
                    end += 1
                return self._text(view, list(range(j, end)))
        return None

    def _labelled(self, view: View, said: list[int]) -> str | None:
        """The label before the dash or colon at the head of the line, with what is said; no paragraph's number."""
        words, start = view.words, view.low
        while start and not words.bits[start - 1] & NEWLINE:
            start -= 1
        for j in range(start, min(start + 14, view.figure.start)):
            if words.text[j] in {"–", "-", ":", "—"} and j > start:
                label = [i for i in range(start, j) if words.bits[i] & self._wordlike]
                if label:
                    return self._text(view, [*label, *said])
        return None

    # Words to text

    def _text(self, view: View, chosen: list[int]) -> str | None:
        """The chosen words as they stand, without periods and other figures, cut at the edges."""
        words = view.words
        others: set[int] = set()
        if chosen:
            first, last = min(chosen), max(chosen)
            for other in view.figures:
                if not first <= other.number <= last:
                    continue
                if other.kind in {"percentage", "money"} and other.noun is None:
                    others.update(range(other.start, other.after))
                elif other is not view.figure and other.kind == "count" and other.noun is not None:
                    others.update(range(other.start, other.after if self._points(other) else other.number + 1))
        kept = [j for j in chosen if j not in view.taken and j not in others]
        while kept and (words.bits[kept[0]] & self._edge or self._numbers_paragraph(words, kept[0])):
            kept.pop(0)
        while kept and words.bits[kept[-1]] & self._edge:
            kept.pop()
        pieces: list[str] = []
        for position, j in enumerate(kept):
            if position and (kept[position - 1] != j - 1 or words.start[j] > words.end[j - 1]):
                pieces.append(" ")
            pieces.append(words.text[j])
        text = "".join(pieces)
        return text if any(character.isalpha() for character in text) else None

    def _numbers_paragraph(self, words: Words, k: int) -> bool:
        """`3) The Leader`, `5.2 The average`: the number of a paragraph or limb."""
        opens = k == 0 or bool(words.bits[k - 1] & NEWLINE) or words.text[k - 1] == "•"
        return words.text[k + 1 : k + 2] == [")"] or (opens and k in words.values)
