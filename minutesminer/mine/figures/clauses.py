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

_NUMBERING = re.compile(r"(?:[A-Za-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})?)[.)]|\d{1,2}\.\d{1,2}")
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
_NOT_PASSED = _RELATIVE | {"looked", "that"}  # besides verbs, what the search for a clause's verb must look at
_POINTERS = frozenset({"which", "whom", "these", "those", "them"})
_DASHES = frozenset({"–", "—", "-"})
_TURNS = frozenset(
    "but while whilst although though whereas because so when where if unless until however after".split()
)
_OPENERS = _TURNS | _DASHES | frozenset("( [ ; ? ! : , and or but of that why how compared against with".split())
_OWNED = frozenset({"’s", "'s", "’", "'"})
_QUALIFIERS = frozenset({"a", "some", "only", "just", "another", "further", "the", "of", "now", "to"})
_NOT_FINITE = frozenset({"being", "having", "need", "needs", "been"})
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
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._preposition = rules.flag("preposition")
        self._auxiliary = rules.flag("auxiliary")
        self._modal = rules.flag("modal")
        self._adverb = rules.flag("adverb")
        self._conjunction = rules.flag("conjunction")
        self._level = rules.flag("level_verb")
        self._verb = rules.flag("verb") | rules.flag("level_verb") | rules.flag("duration_verb")
        self._past = rules.flag("verb_past") | rules.flag("past_form")
        self._present = rules.flag("verb_present")
        self._speech = rules.flag("speech_verb_measure") | rules.flag("fact_noun")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("officer_noun") | rules.flag("title")
        self._people |= rules.flag("chair")
        self._base = rules.flag("base_verb")
        self._plural = rules.flag("irregular_plural")
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
            clause.set_verb(self._main_verb(words, clause.at, starts, clause.joiner))
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
            aside = self._aside(words, j, high)
            if aside:
                j = aside
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
        """The word behind an adverb between commas (`had, however, gone up`), 0 where none stands at word `j`."""
        if words.text[j] != ",":
            return 0
        for close in (j + 2, j + 3):
            if close < high and words.text[close] == ",":
                inner = [words.bits[i] & (self._adverb | self._conjunction) for i in range(j + 1, close)]
                return close + 1 if inner and all(inner) else 0
        return 0

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
        if n + 1 >= high:
            return None
        lower = words.lower[n]
        if comma and lower in _RELATIVE:
            return "which", n + 1
        if (comma or joined or not current.at) and lower == "of":
            if n + 2 >= len(words):
                return None
            if words.lower[n + 1] in _POINTERS and n + 2 not in starts | {high} and not self._noun(words, n + 2):
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
        counts = lower == "that" and current.at and (n + 1 in starts or words.lower[n + 1] == "there")
        if lower in {"that", "why", "how"} and not told and (counts or self._told(words, n, current)):
            return lower, n + 1
        if lower in {"compared", "against"} and current.at and (told or comma):
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
        if self._finite(words, n) and (acted or comma):
            return "and", n
        ahead = self._ahead(words, n, high, starts)
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

    def _ahead(self, words: Words, n: int, high: int, starts: set[int]) -> list[str]:
        """`verb` and `figure` in the order in which they come within a few words, before the next stop."""
        found: list[str] = []
        for j in range(n, min(n + _AHEAD, high)):
            if words.text[j] in {",", ";", ":", "(", "."}:
                break
            if j in starts:
                found.append("figure")
            if self._finite(words, j) and words.lower[j - 1] != "to" or words.bits[j] & self._level:
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

    def _noun(self, words: Words, n: int) -> bool:
        return bool(words.bits[n] & self._wordlike) and not words.bits[n] & (self._closed | self._verb | self._adverb)

    def _told_of(self, words: Words, clause: Clause) -> bool:
        """Whether the clause has a finite auxiliary, and so a verb of its own."""
        return any(self._finite(words, j) and words.lower[j - 1] != "to" for j in clause.at)

    def _finite(self, words: Words, j: int) -> bool:
        if not words.bits[j] & self._auxiliary:
            return False
        return words.lower[j] not in _NOT_FINITE and words.text[j] != "May"

    # The verb of a clause

    def _main_verb(self, words: Words, at: list[int], starts: set[int], joiner: str) -> tuple[int, int] | None:
        """The places of the clause's own verb group: `had been`, `rose`, `would not be completed`.

        The verb of `children who were known` belongs to the phrase; a participle gives way to an auxiliary
        (`assessments completed in time were`), and to a verb of level (`repairs finished on time stood at`).
        """
        if joiner == "and" and words.bits[at[0]] & self._base:
            return 0, 1  # `would cost £31m and save £2m a year`
        owed, inner = 0, False  # relative pronouns that wait for their verb; whether one has found it
        first = level = None
        verbal = self._auxiliary | self._past | self._present | self._level
        count = len(at)
        p = 0
        while p < count:
            j = at[p]
            bits, lower = words.bits[j], words.lower[j]
            if not bits & verbal and lower not in _NOT_PASSED:
                p += 1
                continue
            before = words.lower[at[p - 1]] if p else ""
            if lower == "looked" and words.lower[at[p + 1] : at[p + 1] + 1] == ["after"] if p + 1 < len(at) else False:
                p += 2  # `looked after children`, `the number of children looked after`
                continue
            if p and (lower in _RELATIVE or lower == "that" and not bits & self._speech):
                owed += 1
            elif self._finite(words, j) and before != "to":
                end = self._group_end(words, at, p)
                if not (owed or inner and before in {"and", "or", ","}):
                    return p, end
                inner, owed = True, max(owed - 1, 0)
                p = end
                continue
            elif bits & (self._past | self._present | self._level) and (
                p == 0 and joiner == "which" or self._acts(words, at, p, starts)
            ):
                end = self._group_end(words, at, p)
                if owed and not bits & self._present:
                    owed -= 1
                elif bits & self._level and any(i in starts for i in at[end : end + 3]):
                    level = p, end
                elif first is None:
                    first = p, end
                p = max(end, p + 1)
                continue
            p += 1
        return level or first

    def _acts(self, words: Words, at: list[int], p: int, starts: set[int]) -> bool:
        """Whether a word that may be a verb is one here, not a participle or noun inside a phrase."""
        j = at[p]
        bits = words.bits[j]
        before = words.bits[at[p - 1]] if p else 0
        ahead = at[p + 1] if p + 1 < len(at) else None
        if p and words.text[at[p - 1]] in _OWNED:
            return False  # `schools’ devolved budgets`
        noun_next = ahead is not None and ahead not in starts and self._noun(words, ahead)
        if p == 0:
            return bool(bits & self._past) and not noun_next
        if before & (self._article | self._preposition) and words.lower[at[p - 1]] not in {
            "all",
            "both",
            "that",
            "after",
        }:
            return False
        if at[p - 1] in words.values and noun_next:
            return False
        if bits & self._past or bits & self._level:
            return not (noun_next and before & self._closed)
        # `cost`, `work`, `increase` are nouns as often: a verb only before a figure, an article or `to`.
        last = words.lower[at[p - 1]]
        if (
            ahead is None
            or words.lower[j][-1] != "s"
            and words.lower[j] != "cost"
            and not (last.endswith("s") or words.bits[at[p - 1]] & (self._plural | self._pronoun))
        ):
            return False
        return ahead in starts or bool(words.bits[ahead] & (self._article | self._preposition | self._adverb))

    def _group_end(self, words: Words, at: list[int], p: int) -> int:
        """The place behind the verb group that begins at place `p`."""
        end = p + 1
        while end < len(at):
            bits = words.bits[at[end]]
            helped = words.bits[at[end - 1]] & self._auxiliary or words.bits[at[end - 1]] & self._adverb
            if words.bits[at[end - 1]] & self._modal and bits & self._wordlike and not bits & self._closed:
                end += 1  # `could eliminate`
            elif self._goes_on(words, at, end, bool(helped)):
                end += 1
            else:
                break
        return end

    def _goes_on(self, words: Words, at: list[int], p: int, helped: bool) -> bool:
        """Whether the word at place `p` goes on a verb group; `helped`: behind an auxiliary or adverb."""
        bits, lower = words.bits[at[p]], words.lower[at[p]]
        if bits & self._auxiliary:
            return True
        if helped and (bits & (self._past | self._verb) or lower.endswith("ing") and len(lower) > 4):
            return True
        ahead = words.bits[at[p + 1]] if p + 1 < len(at) else 0
        return bool(bits & self._adverb and ahead & (self._auxiliary | self._past))
