"""Noun phrases without a tagger: where the phrase a number counts begins and ends."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

_LONGEST = 7
_PLURALS = {"child": "children", "person": "people", "woman": "women", "man": "men", "boy": "boys", "day": "days"}
_QUALIFYING = frozenset("who that which in on at with from for aged under over without not placed known".split())
_SINGULAR_S = ("ss", "us", "is", "ous")
_ROUNDED = [["or", "so"], ["-", "odd"], ["odd"], ["plus"]]  # `400 or so people`


def several(noun: str | None) -> str | None:
    """The plural of what `one pupil in six` names."""
    if noun is None or noun.endswith("s"):
        return noun
    head, _, last = noun.rpartition(" ")
    many = _PLURALS.get(last) or (f"{last[:-1]}ies" if last.endswith("y") else f"{last}s")
    return f"{head} {many}" if head else many


def head_of(thing: str) -> str:
    """The noun of `children living inside the district`: `children`."""
    words = thing.split()
    end = next((p for p, w in enumerate(words) if p and (w.endswith("ing") or w in _QUALIFYING)), len(words))
    return " ".join(words[:end])


class NounPhrases:
    """Bounds noun phrases by closed-class words and the verbs of minutes."""

    def __init__(self, rules: RuleSet) -> None:
        self._wordlike = rules.flag("wordlike")
        self._stop = (
            rules.flag("function_word") | rules.flag("adverb") | rules.flag("time_adverb") | rules.flag("age_word")
        )
        self._verb = rules.flag("verb")
        self._modifier = rules.flag("np_modifier")
        self._participle = rules.flag("np_modifier_verb")
        self._plural = rules.flag("irregular_plural")
        self._month = rules.flag("month")
        self._digits = rules.flag("digits")
        self._rag = rules.flag("rag")
        self._grade = rules.flag("grade")
        self._verb_only = rules.flag("verb_only")
        self._relative_time = rules.flag("relative_time")
        self._numbered = rules.flag("reference_noun")
        self._time_unit = rules.flag("time_unit")
        self._weight = rules.flag("weight_unit")

    def plural(self, words: Words, k: int) -> bool:
        """Whether word `k` looks like a plural noun (`schools`, `children`, `KPIs`, `LAC`)."""
        lower = words.lower[k]
        if words.bits[k] & self._plural:
            return True
        text = words.text[k]
        if len(lower) > 1 and (text.isupper() or text[-1] == "s" and text[:-1].isupper()):
            return True
        return len(lower) > 3 and lower.endswith("s") and not lower.endswith(_SINGULAR_S)

    def after(self, words: Words, at: int, value: float) -> tuple[int, int] | None:
        """The noun phrase that starts at word `at`, as a half-open range; None where none starts there.

        The phrase of a number other than one ends with its first plural (`Key Performance Indicators`),
        unless the next word is joined to it (`parents / carers`).
        """
        start = at
        if at < len(words) and words.text[at] in {"ish", "+", "x", "×", "“", "‘", '"'}:
            start = at = at + 1
        start = at = at + next((len(run) for run in _ROUNDED if words.lower[at : at + len(run)] == run), 0)
        if at + 2 < len(words) and words.bits[at] & self._digits and words.lower[at + 1] in {"year", "-"}:
            # `two 18 year olds`: the age is part of the noun.
            old = next((j for j in range(at + 2, min(at + 5, len(words))) if words.lower[j] in {"olds", "old"}), None)
            if old is not None:
                return at, old + 1
        if at in words.values:
            return None  # `800 eighteen months ago`
        k = at
        end = None
        while k < len(words) and k - at < _LONGEST:
            bits = words.bits[k]
            if words.text[k] in {"/", "&"} and k > at:
                k += 1
                continue
            if not bits & self._wordlike or bits & self._month and words.text[k][:1].isupper() and k > at:
                break
            if bits & self._numbered and k + 1 in words.values:
                k += 2  # `212 stage one complaints`
                continue
            plural = self.plural(words, k)
            if value != 1 and self._coordinated(words, k):
                k += 2  # `13 town and parish councils`
                continue
            if bits & self._rag and not (k + 1 < len(words) and self.plural(words, k + 1)):
                break
            if bits & self._grade and not (k + 1 < len(words) and self._named(words, k + 1)):
                break
            if bits & (self._verb_only | self._relative_time) or bits & self._stop and not bits & self._modifier:
                break
            if bits & self._verb and not plural:
                ahead = k + 1 < len(words) and bool(words.bits[k + 1] & self._wordlike)
                stopped = ahead and words.bits[k + 1] & (self._stop | self._verb) and words.lower[k] != "looked"
                if not (bits & self._participle and ahead and not stopped and k - at < 3):
                    break
                if words.lower[k] == "looked" and words.lower[k + 1] == "after":
                    k += 2
                    continue
            elif bits & self._verb and plural and k > at and end is not None:
                break
            k += 1
            if bits & self._modifier and not plural and (k >= len(words) or not words.bits[k] & self._wordlike):
                break
            end = k
            owned = plural and words.lower[k : k + 1] in (["’s"], ["'s"]) and k + 1 < len(words)
            if owned and self.plural(words, k + 1) and not words.bits[k + 1] & (self._stop | self._verb):
                return start, k + 2  # `16 children’s homes`
            if plural and value != 1:
                joined = k + 1 < len(words) and words.text[k] in {"/", "&"}
                compound = (
                    k < len(words)
                    and (words.lower[k - 1].endswith("s") or words.text[k - 1].isupper())
                    and words.lower[k].endswith("s")
                    and words.bits[k] & self._wordlike
                    and self.plural(words, k)
                    and not words.bits[k] & (self._stop | self._verb)
                )
                spent = k < len(words) and bool(words.bits[k] & self._time_unit) and self.plural(words, k)
                if not joined and not compound and not spent:
                    break  # but `40 staff hours`
        if end is None or end <= start:
            return None
        if end == start + 1 and words.lower[start].endswith("ed") and value == 1 and len(words.lower[start]) > 5:
            return None  # `and one revoked`
        # `24 good or outstanding`, `588 last year`: several are counted of a plural only.
        counted = any(self.plural(words, j) or words.bits[j] & self._weight for j in range(start, end))
        if value != 1 and not counted and not words.text[start][:1].isupper():
            return None
        return start, end

    def _named(self, words: Words, k: int) -> bool:
        """Whether word `k` can go on a noun phrase: a word of no closed class, and no verb."""
        return bool(words.bits[k] & self._wordlike) and not words.bits[k] & (self._stop | self._verb)

    def _coordinated(self, words: Words, k: int) -> bool:
        """Whether two attributes of one plural noun stand at `k`: `town and parish councils`."""
        if k + 3 >= len(words) or words.lower[k + 1] not in {"and", "or", "&"}:
            return False
        first, second, noun = words.bits[k], words.bits[k + 2], words.bits[k + 3]
        barred = self._stop | self._verb | self._rag | self._relative_time
        named = all(bits & self._wordlike for bits in (first, second, noun))
        return (
            named
            and not (first | second | noun) & barred
            and not self.plural(words, k)
            and not self.plural(words, k + 2)
            and self.plural(words, k + 3)
            and k + 2 not in words.values
        )
