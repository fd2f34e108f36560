"""Where the clause around a figure begins and ends, without a parser."""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

_COPULAS = frozenset({"was", "were", "is", "are"})
_HARD = frozenset({";", ":", ".", "?", "!"})
_LONGEST = 24
_TURNS = frozenset({"but", "so", "while", "whilst", "although", "whereas", "however", "because", "where", "whether"})
_DASHES = frozenset({"–", "—", "-"})
_MORE = frozenset({"more", "less", "fewer", "longer", "later", "older"})
_COMPARING = frozenset({"compared", "against", "from", "to", "than"})


class ClauseSpans:
    """Bounds clauses by punctuation, closed-class words and verbs."""

    def __init__(self, rules: RuleSet) -> None:
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._conjunction = rules.flag("conjunction")
        self._relative = rules.flag("relative")
        self._preposition = rules.flag("preposition")
        self._auxiliary = rules.flag("auxiliary")
        self._adverb = rules.flag("adverb")
        self._verb = rules.flag("verb") | rules.flag("rise_verb") | rules.flag("fall_verb")
        self._participle = rules.flag("participle") | rules.flag("verb_past")
        self._speech = rules.flag("speech_verb_measure") | rules.flag("fact_noun")
        self._edge = rules.flag("edge_strip")
        self._wordlike = rules.flag("wordlike")
        self._frequency = rules.flag("weekly")

    def starts_noun(self, words: Words, at: int) -> bool:
        """Whether a noun phrase without a determiner starts at word `at`."""
        bits = words.bits[at]
        closed = self._article | self._pronoun | self._conjunction | self._preposition | self._auxiliary
        closed |= self._adverb | self._verb | self._frequency
        if bits & self._participle and not (at + 1 < len(words) and self.starts_noun(words, at + 1)):
            return False  # `84% done on time`
        return (
            bool(bits & self._wordlike)
            and not bits & closed
            and words.lower[at] not in {"due", "because", "each", "per", "less", "more"}
        )

    def phrase(self, words: Words, at: int, stop: int) -> list[int]:
        """A noun phrase with its prepositional phrases, from word `at`."""
        j = at
        while j < min(stop, at + _LONGEST):
            if words.bits[j] & (self._auxiliary | self._relative) or words.text[j] == ",":
                break
            if words.lower[j] in {"due", "because", "compared", "against", "partly", "from"} and j > at + 1:
                break
            j += 1
        return list(range(at, j))

    def right_edge(self, words: Words, figures: Sequence[Figure], k: int, start: int, high: int) -> int:
        """The word at which the clause that goes on from word `start` behind figure `k` ends."""
        depth = 0
        for at in range(start, high):
            text = words.text[at]
            if text in {"(", "["}:
                if at > start and self._figure_in_brackets(words, at, high):
                    return at  # `within 13 weeks (target 60%)`
                depth += 1
            elif text in {")", "]"}:
                if depth == 0:
                    return at
                depth -= 1
            elif depth == 0 and self._ends_clause(words, at, start, high):
                return at
        return high

    def _figure_in_brackets(self, words: Words, at: int, high: int) -> bool:
        close = next((j for j in range(at + 1, min(at + 9, high)) if words.text[j] == ")"), at)
        return any(j in words.values for j in range(at + 1, close))

    def _ends_clause(self, words: Words, at: int, start: int, high: int) -> bool:
        text, lower = words.text[at], words.lower[at]
        ahead = words.bits[at + 1] if at + 1 < high else 0
        number_next = at + 1 in words.values or words.text[at + 1 : at + 2] == ["£"]
        if text in _HARD:
            return True
        if text == ",":
            return self._comma_ends(words, at, high, number_next)
        if lower == "with":
            return number_next
        clause_next = number_next or bool(ahead & (self._article | self._pronoun | self._auxiliary))
        if at == start:
            return (
                lower in {"compared", "against"}
                or (lower in _COMPARING and number_next)
                or lower == "and"
                and clause_next
            )
        if text in _DASHES:
            return words.start[at] > words.end[at - 1]
        if lower in _TURNS:
            return True
        if number_next and at - 1 in words.values and lower in {"to", "and"}:
            return False  # `aged 19 to 21`
        if lower == "and":
            return clause_next
        if lower == "than" and words.lower[at - 1] in _MORE:
            return False
        return lower in {"compared", "against"} or (lower in _COMPARING and number_next)

    def _comma_ends(self, words: Words, at: int, high: int, number_next: bool) -> bool:
        """Whether the comma opens a new clause; the commas of a list do not."""
        if at + 1 >= high:
            return False
        ahead, lower = words.bits[at + 1], words.lower[at + 1]
        opening = (
            self._conjunction | self._relative | self._preposition | self._article | self._pronoun | self._auxiliary
        )
        if not (ahead & (opening | self._verb | self._adverb) or number_next or lower.endswith("ing")):
            return False
        if lower not in {"and", "or"}:
            return True
        after = words.bits[at + 2] if at + 2 < high else 0
        return bool(after & (self._article | self._pronoun | self._auxiliary)) or at + 2 in words.values

    def predicate(self, words: Words, start: int, stop: int) -> list[int]:
        """The words of a clause without its auxiliaries, up to a copula that only judges (`was the best ever`)."""
        kept: list[int] = []
        for j in range(start, min(stop, start + _LONGEST)):
            lower = words.lower[j]
            ahead = words.bits[j + 1] if j + 1 < stop else 0
            if lower in _COPULAS and kept and not ahead & (self._participle | self._auxiliary | self._adverb):
                break
            if words.bits[j] & self._auxiliary and lower not in {"being", "need", "needs", "having"}:
                owns = lower in {"had", "has", "have"} and words.lower[j + 1 : j + 2] not in (
                    ["been"],
                    ["also"],
                    ["now"],
                    ["all"],
                )
                if not owns:
                    continue
            if (
                lower in {"also", "now", "currently", "already", "since", "all"}
                and j > start
                and words.bits[j - 1] & self._auxiliary
            ):
                continue
            kept.append(j)
        return kept

    def left(self, words: Words, figures: Sequence[Figure], k: int, low: int) -> list[int]:
        """The words of the clause before figure `k`, from its first word."""
        figure = figures[k]
        end = start = figure.start
        floor = low
        for other in figures[:k]:
            if other.sentence != figure.sentence or other.end > figure.start or other.kind == "timescale":
                continue
            between = range(other.end, figure.start)
            broken = any(words.text[j] in {",", ";"} or words.lower[j] in {"and", "but"} for j in between)
            if (
                other.kind == figure.kind
                and other.noun is None
                or broken
                and (other.noun is None or any(words.bits[j] & self._verb for j in between))
            ):
                floor = max(floor, other.end)
        while start > floor:
            text, lower = words.text[start - 1], words.lower[start - 1]
            if text in _HARD or text in {"—", "•", "–", "-"}:
                break
            if text == "," and start < end and self._new_clause(words, start, end):
                break
            if lower == "that" and start < end and start - 2 >= low and words.bits[start - 2] & self._speech:
                break
            if lower in _TURNS and start < end:
                break
            joined = lower == "and" and start < end and words.bits[start] & (self._article | self._pronoun)
            if joined and any(words.bits[j] & (self._verb | self._auxiliary) for j in range(floor, start - 1)):
                break  # `it rose and the rate was`, but not `the council and its partners would have`
            start -= 1
        if start == low and start < end and words.bits[start] & self._preposition:
            comma = next((j for j in range(start, min(start + 10, end)) if words.text[j] == ","), None)
            if comma is not None:
                start = comma + 1
        return list(range(start, end))

    def _new_clause(self, words: Words, at: int, end: int) -> bool:
        if words.lower[at] in {"and", "or"}:
            return at + 1 < end and bool(words.bits[at + 1] & (self._article | self._pronoun))
        return bool(words.bits[at] & (self._article | self._pronoun | self._relative)) or words.lower[at] in {
            "but", "with", "while", "however", "performance", "putting", "bringing", "of", "when"
        }  # fmt: skip

    def without_verb(self, words: Words, left: list[int]) -> list[int]:
        """The subject of a clause: the words before its last verb group, or what the verb has as its object."""
        verbs = [j for j in left if words.bits[j] & (self._auxiliary | self._verb)]
        if not verbs:
            return left
        last = verbs[-1]
        while last - 1 >= left[0] and words.bits[last - 1] & (self._auxiliary | self._adverb | self._verb):
            last -= 1
        subject = [j for j in left if j < last]
        behind = [j for j in left if j > verbs[-1]]
        named = [
            j
            for j in behind
            if words.bits[j] & self._wordlike and not words.bits[j] & (self._edge | self._adverb | self._preposition)
        ]
        if named and (words.lower[behind[-1]] == "of" or words.bits[verbs[-1]] & self._speech):
            return behind
        if all(words.bits[j] & (self._edge | self._pronoun) for j in subject):
            # `there was an overall shortfall of`, `queried the`: what follows the verb.
            return behind if named else []
        return subject
