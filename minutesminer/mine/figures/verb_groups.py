"""The verb group of a clause, and whether a word is a finite verb or a noun there."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
_NOT_PASSED = _RELATIVE | {"looked", "that"}  # besides verbs, what the search for a clause's verb must look at
_OWNED = frozenset({"’s", "'s", "’", "'"})
_NOT_FINITE = frozenset({"being", "having", "need", "needs", "been"})


class VerbGroups:
    """Finds the verb groups of clauses, by the closed-class words and verbs of minutes."""

    def __init__(self, rules: RuleSet) -> None:
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._preposition = rules.flag("preposition")
        self._auxiliary = rules.flag("auxiliary")
        self._modal = rules.flag("modal")
        self._adverb = rules.flag("adverb")
        self._level = rules.flag("level_verb")
        self._verb = rules.flag("verb") | rules.flag("level_verb") | rules.flag("duration_verb")
        self._past = rules.flag("verb_past") | rules.flag("past_form")
        self._present = rules.flag("verb_present")
        self._speech = rules.flag("speech_verb_measure") | rules.flag("fact_noun")
        self._attribute = rules.flag("cost_attribute")
        self._base = rules.flag("base_verb")
        self._plural = rules.flag("irregular_plural")
        self._wordlike = rules.flag("wordlike")
        self._closed = self._article | self._pronoun | self._preposition | self._auxiliary
        self._closed |= rules.flag("conjunction")

    def noun(self, words: Words, n: int) -> bool:
        """Whether word `n` can be of a noun phrase."""
        return bool(words.bits[n] & self._wordlike) and not words.bits[n] & (self._closed | self._verb | self._adverb)

    def finite(self, words: Words, j: int) -> bool:
        """Whether word `j` is a finite auxiliary."""
        if not words.bits[j] & self._auxiliary:
            return False
        return words.lower[j] not in _NOT_FINITE and words.text[j] != "May"

    def acts_behind(self, words: Words, j: int) -> bool:
        """Whether word `j` goes on with the verb of a subject in front of a comma: `, were`, `, had`, `, live`."""
        return self.finite(words, j) or bool(words.bits[j] & self._present) and not words.lower[j].endswith("s")

    def main_verb(self, words: Words, at: list[int], starts: set[int], joiner: str) -> tuple[int, int] | None:
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
            elif self.finite(words, j) and before != "to":
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
        if words.lower[j] == "cost" and self._cost_named(words, j, ahead):
            return False
        noun_next = ahead is not None and ahead not in starts and self.noun(words, ahead)
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

    def _cost_named(self, words: Words, j: int, ahead: int | None) -> bool:
        """Whether `cost` is a noun: `a projected cost of £3m`, `nightly cost £68`."""
        attributed = bool(words.bits[j - 1] & self._attribute)
        return attributed or ahead is not None and words.lower[ahead] == "of"

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
