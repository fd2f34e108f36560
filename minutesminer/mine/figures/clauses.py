"""A sentence cut into clauses, each with its subject and verb, by closed-class words and the verbs of minutes.

    There were 612 children in care | up from 587 a year earlier | of whom | 74 were unaccompanied

No parser: a clause ends where a new one can be seen to begin. What joins it to the one before is kept as its
joiner, because that says whose subject it shares. Brackets that hold a figure are clauses of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.verb_groups import VerbGroups

_NUMBERING = re.compile(r"(?:[A-Za-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})?)[.)]|\d{1,2}\.\d{1,2}")
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
_POINTERS = frozenset({"which", "whom", "these", "those", "them"})
_DASHES = frozenset({"–", "—", "-"})
_TURNS = frozenset(
    "but while whilst although though whereas because so when where if unless until however after".split()
)
_OPENERS = _TURNS | _DASHES | frozenset("( [ ; ? ! : , and or but of that why how compared against with".split())
_QUALIFIERS = frozenset({"a", "some", "only", "just", "another", "further", "the", "of", "now", "to"})
_SO = frozenset({"therefore", "thus", "hence", "consequently", "subsequently", "accordingly", "meanwhile"})
_LONG_SUBJECT = 20  # the same behind a comma, `and` and an article
_ROUNDLY = frozenset({"about", "around", "some", "nearly", "almost", "just", "roughly", "over"})
_STOPS = frozenset({",", ".", ";", ":", "("})
_ASIDE = 8  # words of a figure told again between commas
_AHEAD = 9  # words within which the verb of a new clause is looked for


@dataclass(slots=True)
class Clause:
    """Word indices `at`, in order; `verb` is a half-open range of places in `at`, None where no verb was seen.

    `joiner` is what opened the clause (`and`, `which`, `of which`, `that`, `(`, `:` ...), `host` the clause before.
    """

    joiner: str = ""
    host: Clause | None = None
    at: list[int] = field(default_factory=list)
    verb: tuple[int, int] | None = None

    subject: list[int] = field(default_factory=list)  # the words in front of the verb group
    group: list[int] = field(default_factory=list)  # the verb group

    def set_verb(self, verb: tuple[int, int] | None) -> None:
        """Part the clause at its verb group, given as places in `at`."""
        self.verb = verb
        self.subject = self.at[: verb[0]] if verb else []
        self.group = self.at[verb[0] : verb[1]] if verb else []


class ClauseReader:
    """Cuts sentences into clauses."""

    def __init__(self, rules: RuleSet) -> None:
        self._verbs = VerbGroups(rules)
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._preposition = rules.flag("preposition")
        self._auxiliary = rules.flag("auxiliary")
        self._adverb = rules.flag("adverb")
        self._conjunction = rules.flag("conjunction")
        self._level = rules.flag("level_verb")
        self._verb = rules.flag("verb") | rules.flag("level_verb") | rules.flag("duration_verb")
        self._past = rules.flag("verb_past") | rules.flag("past_form")
        self._speech = rules.flag("speech_verb_measure") | rules.flag("fact_noun")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("officer_noun") | rules.flag("title")
        self._people |= rules.flag("chair")
        self._base = rules.flag("base_verb")
        self._opposing = rules.flag("opposing_verb")
        self._wordlike = rules.flag("wordlike")
        self._closed = self._article | self._pronoun | self._preposition | self._auxiliary | self._conjunction

    def read(self, words: Words, low: int, high: int, figures: Sequence[Figure]) -> list[Clause]:
        """The clauses of the words `low` to `high`, which hold `figures`."""
        starts = {f.start for f in figures}
        inside = {j for f in figures for j in range(f.start + 1, f.end)}
        clauses: list[Clause] = []
        self._cut(words, self._behind_number(words, low, high, starts), high, starts, inside, Clause(), clauses)
        kept = [clause for clause in clauses if clause.at]
        bits, speech = words.bits, self._speech
        for clause in kept:
            clause.set_verb(self._verbs.main_verb(words, clause.at, starts, clause.joiner))
            said = [p for p, j in enumerate(clause.subject) if bits[j] & speech and bits[j] & self._past]
            told = said and any(words.bits[j] & (self._people | self._pronoun) for j in clause.at[: said[-1]])
            if told and not starts.intersection(clause.at[: said[-1]]) and clause.verb is not None:
                # `the Manager said lighting would be improved`: what was said, without `that`.
                gone = said[-1] + 1
                begin, end = clause.verb
                clause.at = clause.at[gone:]
                clause.set_verb((begin - gone, end - gone))
        return kept

    def _behind_number(self, words: Words, low: int, high: int, starts: set[int]) -> int:
        """The first word behind the number, letter or mark of a paragraph: `(a)`, `b.`, `5.2`, `•`."""
        for j in range(low, min(low + 4, high)):
            text = words.text[j]
            if j in starts:
                return low
            if text in {")", "."} and all(len(words.text[i]) <= 4 for i in range(low, j)) and j > low:
                return j + 1
            if _NUMBERING.fullmatch(text):
                return j + 1
            if text not in {"(", "•", "·", "-", "–"} and words.text[j + 1 : j + 2] != [")"]:
                return j if words.text[low] in {"•", "·"} else low
        return low

    def _cut(
        self, words: Words, low: int, high: int, starts: set[int], inside: set[int], current: Clause, done: list[Clause]
    ) -> None:
        done.append(current)
        lower = words.lower
        j = low
        while j < high:
            if lower[j] not in _OPENERS:
                current.at.append(j)
                j += 1
                continue
            if words.text[j] in {"(", "["}:
                close = next((i for i in range(j + 1, high) if words.text[i] in {")", "]"}), high)
                if any(j < start < close for start in starts):
                    self._cut(words, j + 1, close, starts, inside, Clause("(", current), done)
                else:
                    current.at.extend(range(j, min(close + 1, high)))
                j = close + 1
                continue
            comma = lower[j] == ","
            aside = self._aside(words, j, high) if comma else 0
            if aside:
                j = aside
                continue
            again = self._told_again(words, j, high, starts) if comma else None
            if again is not None:
                self._cut(words, *again, starts, inside, Clause("(", current), done)
                j = again[1] + 1
                continue
            opening = None if j in inside else self._opening(words, j, high, starts, current)
            if opening is None:
                current.at.append(j)
                j += 1
                continue
            joiner, j = opening
            current = Clause(joiner, current)
            done.append(current)

    def _aside(self, words: Words, j: int, high: int) -> int:
        """The word behind an adverb between commas (`had, however, gone up`), 0 where none stands behind comma `j`."""
        for close in (j + 2, j + 3):
            if close < high and words.text[close] == ",":
                inner = [words.bits[i] & (self._adverb | self._conjunction) for i in range(j + 1, close)]
                return close + 1 if inner and all(inner) else 0
        return 0

    def _told_again(self, words: Words, j: int, high: int, starts: set[int]) -> tuple[int, int] | None:
        """The words of a figure told again between commas: `Eleven leavers, or 6%, were`, `58, 14% of all, were`."""
        if j + 2 >= high:
            return None
        low = j + 1 + (words.lower[j + 1] == "or")
        ored = low > j + 1
        first = low + (low not in starts and words.lower[low] in _ROUNDLY)
        if first not in starts:
            return None
        close = next((i for i in range(first + 1, min(first + _ASIDE, high)) if words.text[i] in _STOPS), high)
        if close - first >= _ASIDE or any(i in starts for i in range(first + 1, close)):
            return None
        bits = words.bits
        if any(bits[i] & (self._past | self._verb | self._auxiliary) for i in range(first, close)):
            return None
        ended = close == high or words.text[close] in {".", ";"}
        if ored and ended:
            return low, close
        if close + 2 >= high or words.text[close] != ",":
            return None
        joined = words.lower[close + 1] in {"and", "but"}
        acted = self._verbs.acts_behind(words, close + 1 + joined)
        return (low, close) if acted or ored and joined else None

    def _opening(self, words: Words, j: int, high: int, starts: set[int], current: Clause) -> tuple[str, int] | None:
        """What joins a clause that begins at word `j`, and its first own word; None where none begins."""
        text = words.text[j]
        if text in {";", "?", "!", ":"}:
            return text, j + 1
        spaced = j + 1 < high and words.start[j + 1] > words.end[j]
        if text in _DASHES and j > 0 and (spaced or words.start[j] > words.end[j - 1] and text != "-"):
            return "-", j + 1
        comma = text == ","
        n = j + 1 if comma else j
        joined = n < high and words.lower[n] in {"and", "but", "or"}
        n += joined
        n += joined and n < high and words.lower[n] in _SO
        if n + 1 >= high:
            return None
        lower = words.lower[n]
        if comma and lower in _RELATIVE:
            return "which", n + 1
        if (comma or joined or not current.at) and lower == "of":
            if n + 2 >= len(words):
                return None
            if words.lower[n + 1] in _POINTERS and n + 2 not in starts | {high} and not self._verbs.noun(words, n + 2):
                return "of which", n + 2 + (words.text[n + 2] == ",")
            if words.lower[n + 1] in _POINTERS | {"this"} and words.lower[n + 1] != "those":
                skip = n + 2 + (words.lower[n + 2 : n + 3] in (["number"], ["total"], ["figure"], ["sum"], ["cases"]))
                return "of which", skip + (skip < high and words.text[skip] == ",")
            if words.lower[n + 1] == "those" and words.text[n + 2] == ",":
                return "of which", n + 3
        if comma and lower in {"for", "with", "during", "in", "from", "to"} and words.lower[n + 1] in {"which", "whom"}:
            return "which", n + 2
        if lower in _TURNS and (current.at or comma) and not (lower == "after" and not comma):
            return lower, n + 1
        if lower == "but" or joined and words.lower[n - 1] == "but":
            return "but", n
        told = any(i in starts for i in current.at)
        if lower == "how" and words.lower[n + 1] in {"many", "much"} and current.at:
            return "how", n + 2  # `would confirm within ten days how many pupils`
        counts = lower == "that" and current.at and (n + 1 in starts or words.lower[n + 1] == "there")
        if joined and lower == "that" and self._said_before(current):
            return "that", n + 1  # `said that contracts had begun and that complaints had fallen`
        if lower in {"that", "why", "how"} and not told and (counts or self._told(words, n, current)):
            return lower, n + 1
        opposed = lower == "against" and current.at and words.bits[current.at[-1]] & (self._opposing | self._auxiliary)
        if lower in {"compared", "against"} and current.at and (told or comma) and not opposed:
            return "against", n + 1
        number = n in starts or n + 1 in starts and lower in _QUALIFIERS
        if lower == "with" and current.at and self._number_near(words, n + 1, starts):
            # `had worked with 90 families` is one clause.
            share = {"%", "per", "percent"} & set(words.lower[n + 2 : n + 5])
            together = words.bits[current.at[-1]] & self._past and not comma and not share
            return None if together else ("with", n + 1)
        if not (comma or joined) or not current.at and not joined:
            return None
        opening = current.at and words.bits[current.at[0]] & self._preposition
        if comma and opening and not told and not any(words.bits[j] & self._auxiliary for j in current.at):
            return ",", n  # `On average, tenants waited 11 days`
        return self._after_comma(words, n, high, starts, current, comma, joined, number)

    def _after_comma(
        self,
        words: Words,
        n: int,
        high: int,
        starts: set[int],
        current: Clause,
        comma: bool,
        joined: bool,
        number: bool,
    ) -> tuple[str, int] | None:
        """The clause that a comma, `and` or `or` opens with word `n`; the commas of a list open none."""
        bits, lower = words.bits[n], words.lower[n]
        told = any(j in starts for j in current.at)
        acted = any(words.bits[j] & (self._auxiliary | self._verb | self._past) for j in current.at)
        if lower in {"that", "those"} and comma is False and not told:
            return None
        if number and (comma or told or acted):
            return ",", n
        if joined and words.lower[n - 1] == "or" and not comma:
            return None
        if self._verbs.finite(words, n) and (acted or comma):
            return "and", n
        ahead = self._ahead(words, n, high, starts)
        if comma and joined and told and bits & self._article and not ahead:
            ahead = self._ahead(words, n, high, starts, _LONG_SUBJECT)
        base = joined and bits & self._base and "figure" in ahead[:1]
        if (bits & (self._past | self._level) or base) and acted and "figure" in ahead and (told or joined):
            return "and", n
        if comma and lower.endswith("ing") and len(lower) > 5 and not joined:
            return "ing", n
        if comma and not joined and bits & (self._preposition | self._adverb):
            return "at", n
        if joined and bits & self._preposition and (told and ahead or comma and "verb" in ahead):
            return ",", n  # `, and on Sundays it was 20%`
        if bits & (self._article | self._pronoun):
            if comma and not joined:
                return ",", n
            return (",", n) if (told or acted) and ahead else None
        if comma and not joined and told and not acted and self._listed(words, n, high, starts):
            return None  # `55% of education, health and care plans were issued`
        if comma and not bits & self._closed and (told or acted) and ahead:
            noted = ahead == ["figure"] or ahead[:1] == ["figure"] and not joined
            return (",", n) if ahead[0] == "verb" or told and noted and comma else None
        paired = next((j for j in range(n + 1, min(n + 5, high)) if j in starts), None)
        if joined and told and not bits & self._closed and paired is not None and words.lower[n - 1] == "and":
            between = [words.bits[j] for j in range(n, paired)]
            if not any(b & (self._conjunction | self._verb) or not b & self._wordlike for b in between):
                return ",", n  # `and physical abuse for 14%`
        if joined and not bits & self._closed and ahead[:1] == ["verb"] and self._told_of(words, current):
            return ",", n  # `had received positive feedback and inspectors had`
        return None

    def _listed(self, words: Words, n: int, high: int, starts: set[int]) -> bool:
        """Whether word `n`, behind a comma, goes on a list: a word or two, then `and` or a comma, and no figure."""
        for j in range(n, min(n + 4, high)):
            if j in starts or words.bits[j] & (self._auxiliary | self._verb | self._preposition | self._article):
                return False
            if words.lower[j] == "and" and j > n:
                return j + 1 < high and j + 1 not in starts and self._verbs.noun(words, j + 1)
        return False

    def _said_before(self, current: Clause) -> bool:
        """Whether the clause, or one it hangs on, is what was said with `that`."""
        clause: Clause | None = current
        while clause is not None:
            if clause.joiner == "that":
                return True
            clause = clause.host
        return False

    def _ahead(self, words: Words, n: int, high: int, starts: set[int], reach: int = _AHEAD) -> list[str]:
        """`verb` and `figure` in the order in which they come within `reach` words, before the next stop."""
        found: list[str] = []
        for j in range(n, min(n + reach, high)):
            if words.text[j] in {",", ";", ":", "(", "."}:
                break
            if j in starts:
                found.append("figure")
            if self._verbs.finite(words, j) and words.lower[j - 1] != "to" or words.bits[j] & self._level:
                found.append("verb")
        return found

    def _told(self, words: Words, n: int, current: Clause) -> bool:
        """Whether `that` opens what was said: `noted that`, `informed Members that 14 schools`."""
        if not current.at:
            return False
        if words.bits[current.at[-1]] & self._speech or words.lower[current.at[-1]] in {"was", "is"}:
            return True
        if words.bits[n + 1] & (self._auxiliary | self._verb | self._past):
            return False
        return any(words.bits[j] & self._speech for j in current.at[-5:-1])

    def _number_near(self, words: Words, n: int, starts: set[int]) -> bool:
        return (
            n in starts or n + 1 in starts or n + 2 in starts and words.lower[n] in {"a", "an", "the", "only", "just"}
        )

    def _told_of(self, words: Words, clause: Clause) -> bool:
        """Whether the clause has a finite auxiliary, and so a verb of its own."""
        return any(self._verbs.finite(words, j) and words.lower[j - 1] != "to" for j in clause.at)
