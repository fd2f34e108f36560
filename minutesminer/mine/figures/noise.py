"""Numbers that are no figures: references, dates, ages, times, votes, and the labels of lists."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words

_AGENDA_HEADINGS = frozenset(
    "Apologies Minutes Declarations Declaration Welcome Introductions Membership Exclusion".split()
)
_AGENDA = frozenset("report update presentation verbal item introduction discussion review briefing minutes".split())
_SHIELDED = frozenset({"reference", "date", "age", "idiom", "votes", "attendance"})


class NoiseFinder:
    """Tells which numbers of a text the exclusion rules, or their place at the head of a line, rule out."""

    def __init__(self, rules: RuleSet) -> None:
        self._percent = rules.flag("percent_sign")
        self._digits = rules.flag("digits")
        self._compound = rules.flag("duration_compound")
        self._rag = rules.flag("rag")
        self._wordlike = rules.flag("wordlike")
        self._function = rules.flag("function_word")
        self._verb = rules.flag("verb") | rules.flag("auxiliary")
        self._reference = rules.flag("reference_noun") | rules.flag("numbered_things")
        self._file_size = rules.flag("file_size")

    def blocked(self, reading: Reading) -> set[int]:
        """The words of all numbers that are no figures."""
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
                counted = k in words.values or words.bits[k] & self._compound
                if counted and not (kind in _SHIELDED and self._has_unit(words, k)):
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
        last = -1
        for k in words.values:
            before = text[k - 1] if k else "\n"
            after = text[k + 1] if k + 1 < count else "\n"
            second = text[k + 2] if k + 2 < count else "\n"
            opens = (
                "\n" in before
                or before == "•"
                or (before == "(" and (k < 2 or "\n" in text[k - 2] or text[k - 2] == "•"))
            )
            if after.isupper() and len(after) > 1 and self._shouts(words, k):
                found.add(k)
                continue
            if self._listed(words, k, after, second, last):
                found.add(k)
                last = k
                continue
            labels = opens and (after in {")", ".", ":"} or "\n" in after)
            if labels or (before == "(" and self._allotted(words, k)):
                found.add(k)
            elif opens and before != "(" and words.bits[k] & self._digits:
                if self._heads(words, k):
                    found.add(k)
                # `5.2 The Committee`, `12 Members noted`, `3.1- gap`: a paragraph's number, not a count.
                decimal = "." in text[k]
                capital = after[:1].isupper() and not (len(after) > 1 and after.isupper())  # not `16.5 FTE posts`
                if (decimal and (capital or after in {"-", "–"}) and not self._has_unit(words, k)) or (
                    after[:1].isupper()
                    and lower[k + 1]
                    in {
                        "the",
                        "that",
                        "a",
                        "an",
                        "it",
                        "in",
                        "members",
                        "councillor",
                        "cllr",
                        "resolved",
                        "at",
                    }
                ):
                    found.add(k)
            elif (
                (
                    after == ")"
                    and before != "("
                    and second[:1].isalpha()
                    and before in {",", ":", "are", "were", "and", ";", "."}
                )
                or before == "("
                and after == ")"
                and (k < 2 or not self._counts_before_bracket(words, k - 2))
                or (
                    after == "."
                    and before in {",", ";", ":", "."}
                    and second[:1].isupper()
                    and words.bits[k] & self._digits
                )
            ):
                found.add(k)
        return found

    def _heads(self, words: Words, k: int) -> bool:
        """Whether the number opens a heading: `20 Quarterly Performance Monitoring`, capitals and no verb."""
        if self._titled(words, k):
            return True
        named = capitals = 0
        for j in range(k + 1, len(words)):
            if "\n" in words.text[j]:
                break
            bits, first = words.bits[j], words.text[j][:1]
            if bits & self._file_size and words.bits[j - 1] & self._digits:
                return True
            if words.text[j] in {"%", "£", "."} or bits & self._rag or bits & self._verb and first.islower():
                return False
            if bits & self._wordlike and not bits & self._function:
                named += 1
                capitals += first.isupper()
        if words.text[k + 1] in _AGENDA_HEADINGS and named < 6:
            return True
        return named > 2 and 4 * capitals >= 3 * named and words.text[k + 1][:1].isupper()

    def _shouts(self, words: Words, k: int) -> bool:
        """`506 DECLARATIONS OF INTERESTS`, `4 MINUTES The minutes of`: capitals too long for an abbreviation."""
        if not words.bits[k] & self._digits or "," in words.text[k] or k and words.text[k - 1].isupper():
            return False
        capitals = 0
        for j in range(k + 1, min(k + 5, len(words))):
            if not words.text[j].isupper():
                break
            capitals += len(words.text[j]) > 5
        return capitals > 1 or capitals == 1 and words.text[k + 1].isupper() and len(words.text[k + 1]) > 6

    def _listed(self, words: Words, k: int, after: str, second: str, last: int) -> bool:
        """`put down to 1) lost forms, 2. late notes and 3 - clinics`: a mark that closes nothing, and what follows."""
        value = words.values[k]
        if not words.bits[k] & self._digits or value > 20 or not second[:1].isalpha() or words.text[k - 1] == "£":
            return False
        if after == ")":
            return value == 1 and k > 0 and "(" not in words.text[max(k - 12, 0) : k] or self._next(words, k, last)
        return after in {".", "-", "–", ":"} and self._next(words, k, last)

    def _next(self, words: Words, k: int, last: int) -> bool:
        return last >= 0 and k - last < 25 and words.values[k] == words.values[last] + 1

    def _titled(self, words: Words, k: int) -> bool:
        """`1395 Monitoring Report on`: two words with capitals that are no plurals open a title."""
        pair = words.text[k + 1 : k + 3]
        if len(pair) < 2 or "," in words.text[k] or not all(word[:1].isupper() and word[1:].islower() for word in pair):
            return False
        return not any(word.endswith("s") for word in pair) and words.values[k] == int(words.values[k])

    def _allotted(self, words: Words, k: int) -> bool:
        """`Report of the Policy Manager (15 mins)`: the time an agenda gives an item, in brackets at a line's end."""
        ahead = words.lower[k + 1 : k + 4]
        alone = len(ahead) > 1 and ahead[0] in {"mins", "min", "minutes"} and ahead[1] == ")"
        if not alone or len(ahead) > 2 and "\n" not in ahead[2]:
            return False
        j = k - 1
        while j > 0 and "\n" not in words.text[j - 1]:
            j -= 1
        return bool(_AGENDA & set(words.lower[j:k]))

    def _counts_before_bracket(self, words: Words, k: int) -> bool:
        bits = words.bits[k]
        numbered = k > 0 and words.bits[k - 1] & self._reference
        if words.values.get(k, 0.0) >= 10 and words.values.get(k + 2, 0.0) >= 10 and not numbered:
            return True  # `107 (136) were major`: last year's count in brackets
        if bits & self._rag or words.text[k] in {"%", "”", "’"}:
            return True
        return words.text[k][:1].islower() and bool(bits & self._wordlike) and not bits & self._function
