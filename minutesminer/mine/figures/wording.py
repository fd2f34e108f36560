"""From chosen words to the text of a measure: what a label leaves out, and where it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

_LONGEST = 22
_COPULAS = frozenset({"was", "were", "is", "are"})
_BE = frozenset({"was", "were", "is", "are", "be", "been", "am", "will", "would", "shall", "has", "have", "had"})
_KEPT_BEHIND_HAD = frozenset({"been", "also", "now", "all", "since", "already", "recently"})
_PASSING = frozenset({"also", "now", "currently", "already", "since", "all", "recently", "then"})
_JUDGES = frozenset("the a an better worse above below higher lower good well within our its their what why".split())
_ENDS = frozenset({"because", "compared", "against", "partly", "owing", "thanks", "according", "respectively"})
_HOLDS = frozenset("in on at within without over under for from by with had have has into to".split())
_PARTICLES = frozenset("over up out off down on in with for to of".split())
_CONDITIONAL = frozenset({"could", "should", "may", "might", "can", "must"})
_OWING = frozenset({"who", "which", "whose", "whom", "where"})  # relative words that wait for their verb
_TIMED = frozenset({"in", "over", "for"})
_PERIODS = frozenset("last next past previous subsequent following coming first".split())
_BEFORE_TIME = _PERIODS | frozenset("more less fewer than at least most about around nearly almost up to".split())
_LIMB = re.compile(r"[a-z]|[ivx]{1,4}|\d{1,2}")
_PLACES = frozenset({"in", "on", "at", "there", "without", "under"})
_REFERS = frozenset("paragraph paragraphs para paras page pages appendix annex table see section item".split())
_OWNED = frozenset({"’s", "'s", "’", "'"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom", "where"})


class Wording:
    """Makes labels of words."""

    def __init__(self, rules: RuleSet) -> None:
        self._edge = rules.flag("edge_strip")
        self._wordlike = rules.flag("wordlike")
        self._auxiliary = rules.flag("auxiliary")
        self._past = rules.flag("verb_past") | rules.flag("past_form")
        self._acted = self._past | rules.flag("participle")
        self._time_unit = rules.flag("time_unit")
        self._opposing = rules.flag("opposing_verb")
        self._modal = rules.flag("modal") | rules.flag("adverb")
        self._adverb = rules.flag("adverb")
        self._pronoun = rules.flag("pronoun")
        self._article = rules.flag("article")
        self._bare = self._edge | self._adverb | self._pronoun | self._article
        self._participle = rules.flag("participle") | rules.flag("verb_past")
        self._base = rules.flag("base_verb") | rules.flag("verb_present")
        self._judging = rules.flag("judging_word")

    def content(self, words: Words, chosen: Iterable[int], taken: set[int], without: int = 0) -> list[int]:
        """Those of the words that name something: no closed-class words or periods, none of the kinds `without`."""
        bare, wordlike, bits = self._bare | without, self._wordlike, words.bits
        return [j for j in chosen if bits[j] & wordlike and not bits[j] & bare and j not in taken]

    def text(self, words: Words, chosen: Sequence[int], taken: set[int], behind: bool = False) -> str | None:
        """The words as they stand, without periods, edges cut; None where no letter is left.

        Words that go `behind` a noun keep their preposition: `cases` and `within the statutory period`.
        """
        dropped = self._brackets_of(words, chosen, taken)
        kept = [j for j in chosen if j not in taken and j not in dropped]
        while kept and (
            words.bits[kept[0]] & self._edge or words.text[kept[0]] in _OWNED or self._numbers_paragraph(words, kept[0])
        ):
            if behind and words.lower[kept[0]] in _HOLDS and len(kept) > 1:
                break
            kept.pop(0)
        while (
            kept
            and (words.bits[kept[-1]] & self._edge or self._opens_period(words, kept))
            and not self._closes(words, kept)
        ):
            particle = len(kept) > 1 and words.lower[kept[-1]] in _PARTICLES
            to_do = len(kept) > 2 and words.lower[kept[-3]] == "to" and words.bits[kept[-2]] & self._base
            if (
                particle
                and (to_do or words.bits[kept[-2]] & self._acted)
                and not self._before_time(words, kept[-1], taken)
            ):
                break  # `handed over`, `dealt with`
            if words.text[kept[-1]] == "A" and len(kept) > 1:
                break  # `in Band A`
            if words.text[kept[-1]] == "%" and len(kept) > 1 and kept[-2] in words.values:
                break
            if len(kept) > 1 and words.lower[kept[-1]] in {"more", "over"} and words.lower[kept[-2]] in {"or", "and"}:
                break  # `two years or more`
            kept.pop()
        pieces: list[str] = []
        last = -1
        for j in kept:
            if last >= 0 and (last != j - 1 or words.start[j] > words.end[last]):
                pieces.append(" ")
            pieces.append(words.text[j])
            last = j
        text = "".join(pieces)
        return text if text[:1].isalpha() or any(map(str.isalpha, text)) else None

    def _before_time(self, words: Words, k: int, taken: set[int]) -> bool:
        """Whether preposition `k` stands before a duration or period: `awarded over | three years`."""
        if words.lower[k] not in _TIMED:
            return False
        for j in range(k + 1, min(k + 6, len(words))):
            if words.bits[j] & self._time_unit or j in taken and words.lower[j] not in _HOLDS:
                return True
            if j not in words.values and words.lower[j] not in _BEFORE_TIME and not words.bits[j] & self._article:
                return False
        return False

    def _brackets_of(self, words: Words, chosen: Sequence[int], taken: set[int]) -> set[int]:
        """The words of brackets with a period or reference: `(the same as last quarter)`, `(paragraph 12)`."""
        dropped: set[int] = set()
        if ")" not in [words.text[j] for j in chosen]:
            return dropped
        opened: int | None = None
        for j in chosen:
            if words.text[j] == "(":
                opened = j
            elif words.text[j] == ")" and opened is not None:
                if words.lower[opened + 1] in _REFERS or any(i in taken for i in range(opened, j)):
                    dropped.update(range(opened, j + 1))
                opened = None
        return dropped

    def _opens_period(self, words: Words, kept: list[int]) -> bool:
        """What is left of `in the last six months` in front of the duration."""
        return (
            len(kept) > 1
            and words.lower[kept[-1]] in _PERIODS
            and words.lower[kept[-2]] in {"the", "in", "over", "for"}
        )

    def _closes(self, words: Words, kept: list[int]) -> bool:
        """A bracket that closes one opened inside: `training (NEET)`."""
        return words.text[kept[-1]] == ")" and any(words.text[j] == "(" for j in kept)

    def _numbers_paragraph(self, words: Words, k: int) -> bool:
        """`3) The Leader`, `5.2 The average`: the number of a paragraph or limb."""
        opens = k == 0 or bool(words.bits[k - 1] & NEWLINE) or words.text[k - 1] == "•"
        closed = words.text[k + 1 : k + 2] == [")"] and _LIMB.fullmatch(words.lower[k]) is not None
        return closed or (opens and k in words.values)

    def predicate(self, words: Words, chosen: Sequence[int], named: bool) -> list[int]:
        """A phrase and its predicate without helping verbs: `had been seen by a dentist` is `seen by a dentist`.

        Where the phrase before the verb is a label already (`named`), a copula that only judges ends it
        (`was the best ever`), and so does the purpose of a passive (`recruited to work with`).
        """
        kept: list[int] = []
        passive = related = owed = False
        for p, j in enumerate(chosen[:_LONGEST]):
            lower = words.lower[j]
            ahead = chosen[p + 1] if p + 1 < len(chosen) else None
            ahead_lower = words.lower[ahead] if ahead is not None else ""
            ahead_bits = words.bits[ahead] if ahead is not None else 0
            if p and (lower in _ENDS and not self._opposes(words, j) or lower == "due" and ahead_lower == "to"):
                break
            last = words.lower[chosen[p - 1]] if p else ""
            if owed or lower in _OWING:
                owed = not words.bits[j] & self._past
            if lower in _BE and (last in _RELATIVE or last == "to" or owed or lower == "have" and last in _CONDITIONAL):
                related, owed = last != "to", False  # `whose homes had been flooded`, `could have been avoided`
                kept.append(j)
                continue
            if related and (lower in _BE or words.bits[j] & self._past):
                related = lower in _BE
                kept.append(j)
                continue
            helped = p and words.bits[chosen[p - 1]] & self._modal or last == "to"
            if lower == "and" and ahead_lower == "not" or lower == "be" and kept and not helped:
                break  # `388 and not 338`, `that the nine recommendations be endorsed`
            if lower in _COPULAS and kept and (named or len(kept) > 3) and self._judges(words, chosen, p):
                break
            if lower == "to" and passive and self._verb_next(words, chosen, p):
                break
            if lower in _CONDITIONAL and ahead_lower == "be":
                continue
            if lower in _BE:
                had = lower in {"had", "has", "have"}
                third = words.lower[chosen[p + 2]] if p + 2 < len(chosen) else ""
                placed = ahead_lower == "been" and bool(kept) and third in _PLACES  # `had been in post`
                if had and (ahead_lower not in _KEPT_BEHIND_HAD or placed):
                    related = related or placed
                    kept.append(j)
                    continue
                passive = bool(ahead_bits & (self._past | self._auxiliary | self._adverb)) or lower == "been"
                continue
            if lower in _PASSING and p and words.bits[chosen[p - 1]] & self._auxiliary:
                continue
            kept.append(j)
        return kept

    def _opposes(self, words: Words, j: int) -> bool:
        """`residents had spoken against the scheme`."""
        return words.lower[j] == "against" and bool(words.bits[j - 1] & (self._opposing | self._auxiliary))

    def _judges(self, words: Words, chosen: Sequence[int], p: int) -> bool:
        rest = chosen[p + 1 :]
        if not rest:
            return True
        first = words.bits[rest[0]]
        if first & (self._past | self._auxiliary) or words.lower[rest[0]] in {"not", "in", "on", "at"}:
            return False
        return words.lower[rest[0]] in _JUDGES or bool(first & self._judging)

    def _verb_next(self, words: Words, chosen: Sequence[int], p: int) -> bool:
        ahead = chosen[p + 1] if p + 1 < len(chosen) else None
        if ahead is None:
            return False
        return bool(words.bits[ahead] & self._base)

    def without_figures(self, words: Words, chosen: Iterable[int], figures: Sequence[Figure], own: Figure) -> list[int]:
        """The words before a figure without the other figures there: a limit (`more than 20 miles`) stays."""
        gone: set[int] = set()
        for figure in figures:
            if figure is own or figure.kind == "timescale" or figure.comparator != "=":
                continue
            points = (figure.unit or "").endswith("points")
            if figure.noun is not None and figure.kind == "count" and not points:
                gone.update(range(figure.start, figure.noun[0]))
            else:
                gone.update(range(figure.start, max(figure.end, figure.noun[1] if figure.noun else 0)))
        return [j for j in chosen if j not in gone and not own.start <= j < own.end]
