"""Whether a number whose noun stands elsewhere counts something: `Referrals fell to 4,873`, `making eleven in all`."""

from __future__ import annotations

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure_context import DETERMINED
from minutesminer.mine.figures.nouns import NounPhrases

_ONE_BEFORE = frozenset({"in", "at", "for", "from", "under", "on"})
_PLACING = "of for in on at and were from to by as since between with while whilst but when which although".split()
_BARE_AFTER = frozenset([*"rather instead under not still yet out ( , . ;".split(), *_PLACING])
_BARE_BEFORE = frozenset(
    (
        "some below above exceeding exceeded exceed reached reaching was were is are be been of to at from by only "
        "just with had has have and , ; but than over under "
        "about around approximately nearly almost for ( : - – totalled reached averaged remained when "
        "while where which there being plus against max maximum minimum min median mean caseload caseloads "
        "least most further additional currently now that • – whom remaining read "
        "rate figure average total number numbers count score these target outturn "
        "still again hit topped neared approached touched equalled"
    ).split()
)
_GIVEN_AS = frozenset("high low given reported recorded stated".split())
_PARTITIVES = frozenset({"these", "those", "them", "which", "whom"})
_TOLD = [["the"], ["these"], ["those"], ["its"], ["their"], ["our"], ["his"], ["her"]]
_TALLIED = frozenset({"activity", "headcount", "caseload", "volume", "attendance", "turnout", "population", "stock"})
_UNCOUNTED = frozenset({"this", "was", "has", "is", "as", "plus", "versus"})


class BareCounts:
    """Tells a bare number that counts something by the words before and after it."""

    def __init__(self, rules: RuleSet, nouns: NounPhrases) -> None:
        self._nouns = nouns
        self._percent = rules.flag("percent_sign")
        self._auxiliary = rules.flag("auxiliary")
        self._verb = rules.flag("verb") | self._auxiliary
        self._digits = rules.flag("digits")
        self._grade = rules.flag("grade")
        self._rag = rules.flag("rag")
        self._numbered = rules.flag("reference_noun") | rules.flag("numbered_things")

    def holds(self, words: Words, k: int) -> bool:
        """Whether the number at word `k`, its noun elsewhere, is a count."""
        before = words.lower[k - 1] if k else "\n"
        after = words.lower[k + 1] if k + 1 < len(words) else "\n"
        bits_after = words.bits[k + 1] if k + 1 < len(words) else NEWLINE
        if self._nouns.after(words, k + 1, words.values.get(k, 0.0)) is not None:
            return False  # its noun stands next to it: another rule's matter
        if before == "the" and "," in words.text[k] and after in {"of", "in", "for", "at", "seen", "recorded"}:
            return True  # `more than double the 6,300 of 2019/20`
        if words.values.get(k) is None or (before in DETERMINED and (k < 2 or words.lower[k - 2] != "of")):
            return False
        if after in {"more", "fewer"} and words.lower[k + 2 : k + 3] in (["than"], ["."], [","], [";"], [")"], ["and"]):
            bound = k + 3 in words.values or words.text[k + 3 : k + 4] == ["£"]
            return words.lower[k + 2] == "than" and bound
        if after in {"-", "–"} and k + 2 < len(words) and words.start[k + 1] == words.end[k]:
            return False
        opens_line = "\n" in before or before == "•"
        if before in {".", "a.", "r."} and (after == "." or "\n" in after) and self._answers(words, k):
            return True  # `A. 212.`
        if words.bits[k] & self._digits:
            if words.text[k].startswith("0") and words.values[k] >= 1:
                return False
            if opens_line:
                ahead = k + 3 if after == "(" and k + 3 < len(words) else k
                share = bool(words.bits[ahead] & self._percent) or (ahead > k and words.text[ahead] == ")")
                part = after == "of" and (
                    bool(_PARTITIVES.intersection(words.lower[k + 2 : k + 3])) or self._of_several(words, k + 2)
                )
                return share or part or bool(bits_after & self._verb)
            if after in {"m", "bn", "mn"} and words.start[k + 1] == words.end[k]:
                return False  # a sum or a length without its sign: another rule's matter
            if bits_after & (self._rag | self._grade):
                return True  # `6 green, 3 amber`
            ends = "," in words.text[k] or words.values[k] >= 10 and (after in {",", ";", ".", ")"} or "\n" in after)
            if k and ends and self._plainly_plural(words, k - 1):
                return True  # `total number of calls 17,636`, `activity 226, last year 264`
            capital_name = (
                words.text[k - 1][:1].isupper()
                and not words.bits[k - 1] & self._rag
                and words.lower[k - 1] not in _BARE_BEFORE
            )
            if (before == "." and after == "of" and words.values[k] != 1) or (
                bits_after & self._auxiliary and not capital_name
            ):
                return True  # `52 of them`, `of the 31 schools in the area 27 were`
            if before == "as" and words.lower[max(k - 2, 0)] in _GIVEN_AS and words.values[k] >= 10:
                return True  # `was as high as 412`, `was given as 412`
            return not capital_name and (before in _BARE_BEFORE or bool(words.bits[k - 1] & (self._verb | self._rag)))
        if words.values[k] == 1 or words.lower[k] in {"hundred", "thousand", "million", "billion", "dozen"}:
            settled = bool(bits_after & (self._verb | self._rag | self._grade)) or after in _ONE_BEFORE
            whole = bool(bits_after & self._auxiliary) and k > 0 and self._nouns.plural(words, k - 1)
            opens = before in {"only", "just", "and", "with", "but", ",", ";", ":", "which", "whom"} or whole
            return words.lower[k] == "one" and opens and settled
        listed = (
            words.lower[k + 2 : k + 3] in (["and"], [","]) and k + 3 in words.values
        )  # `two serious and four slight`
        settled = bool(bits_after & (self._verb | self._rag | self._grade | NEWLINE)) or after in _BARE_AFTER or listed
        if bits_after & self._grade:
            return True  # `finding nine good, four poor`
        if bits_after & self._auxiliary and k and self._nouns.plural(words, k - 1):
            return True  # `of 12 inspections two were good`
        return settled and (
            opens_line or before in _BARE_BEFORE or bool(words.bits[k - 1] & self._verb) or words.text[k][:1].isupper()
        )

    def _of_several(self, words: Words, k: int) -> bool:
        """Whether things told by a determiner stand at word `k`: `412 of the calls were answered`."""
        if words.lower[k : k + 1] not in _TOLD or words.text[k - 1] != "of":
            return False
        named = self._nouns.after(words, k + 1, 2.0)
        return named is not None and self._nouns.plural(words, named[1] - 1)

    def _answers(self, words: Words, k: int) -> bool:
        """Whether nothing but the mark of an answer stands before the number in its line."""
        marks = words.lower[max(k - 3, 0) : k]
        while marks and marks[-1] in {".", ":"}:
            marks.pop()
        answer = bool(marks) and marks[-1] in {"a", "r", "a.", "r."}
        return answer and (len(marks) == 1 or marks[-2] in {"\n", ".", "?"})

    def _plainly_plural(self, words: Words, k: int) -> bool:
        counted = (
            self._nouns.plural(words, k) and not words.bits[k] & self._numbered and words.lower[k] not in _UNCOUNTED
        )
        return words.text[k][:1].islower() and (counted or words.lower[k] in _TALLIED)
