"""How the votes fell: numbers inside the matches of the rules `votes_*` and `abstentions`."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.decisions.divisions import division
from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading

_VOTING = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|abst(?:ain|ained|ention|entions)|motion|amendment|carried|lost|majority)\b", re.I
)
_TABLE = re.compile(  # a row of headings above a row of numbers
    r"\bFor\b[^\w\n]{1,4}Against\b(?:[^\w\n]{1,4}Abst\w+)?[^\n]*\n\D{0,30}?(\d{1,3})[^\w\n]{1,4}(\d{1,3})(?:[^\w\n]{1,4}(\d{1,3}))?"
)

_NAMES_TABLE = re.compile(  # the same, with the names of those who voted before each number
    r"\bFor\b(?: the \w+)?\s*[|,]\s*Against\b(?: the \w+)?(?:\s*[|,]\s*Abst\w+)?[^\n]*\n"
    r"[^()\n]*\((\d{1,3})\)\s*[|,][^()\n]*\((\d{1,3})\)(?:\s*[|,][^()\n]*\((\d{1,3})\))?"
)


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes for and against and abstentions; None where not stated."""

    for_: int | None = None
    against: int | None = None
    abstentions: int | None = None

    def __bool__(self) -> bool:
        return self.for_ is not None or self.against is not None


class Tallies:
    """All tallies of a text with their places, to be asked for the votes of a range."""

    def __init__(self, reading: Reading) -> None:
        words = reading.words
        self._found: list[tuple[int, str, int]] = []
        divided = self._divisions(reading)
        for kind in ("votes_for", "votes_against", "abstentions", "votes_pair"):
            for match in reading.of("qualifier", kind):
                numbers = [
                    int(words.values[k])
                    for k in range(match.start, match.end)
                    if k in words.values and words.values[k] < 1000
                ]
                at = words.start[match.start]
                if kind in {"votes_for", "votes_against"} and any(begin <= at < end for begin, end in divided):
                    continue
                if kind == "votes_pair":
                    if len(numbers) == 2:
                        self._found += [(at, "votes_for", numbers[0]), (at, "votes_against", numbers[1])]
                elif numbers and self._is_tally(reading, match):
                    self._found.append(
                        (at, kind, numbers[-1] if match.end and match.end - 1 in words.values else numbers[0])
                    )
        tables = (*_TABLE.finditer(words.body), *_NAMES_TABLE.finditer(words.body)) if "Against" in words.body else ()
        for table in tables:
            kinds = ("votes_for", "votes_against", "abstentions")
            self._found += [
                (table.start(), kind, int(told)) for kind, told in zip(kinds, table.groups(), strict=True) if told
            ]
        self._found.sort(key=lambda entry: entry[0])

    def _divisions(self, reading: Reading) -> list[tuple[int, int]]:
        """Take in the votes of divisions between a motion and an amendment, the winning side's as those for; the
        character ranges of the sentences that tell of them."""
        words = reading.words
        ranges: list[tuple[int, int]] = []
        for match in reading.of("qualifier", "amendment"):
            place = bisect_right(words.sentences, (match.start, len(words))) - 1
            first, last = words.sentences[place]
            told = division(words, first, last)
            begin, end = words.start[first], words.end[last - 1]
            if told is None or told[0] == told[1] or (begin, end) in ranges:
                continue
            ranges.append((begin, end))
            self._found += [(begin, "votes_for", max(told)), (begin, "votes_against", min(told))]
        return ranges

    @staticmethod
    def _is_tally(reading: Reading, match: Match) -> bool:
        """True where `for` and `against` are votes: with a word or sign that says so, or beside another tally."""
        lower = reading.words.lower[match.start : match.end]
        if {"(", ":", "favour", "votes", "voting", "voted", "abstentions", "abstention", "abstained"} & set(lower):
            return True
        at = reading.words.start[match.start]
        text = reading.words.body[max(at - 160, 0) : at + 160]
        if _VOTING.search(text) is None:
            return False
        others = reading.of_kinds("qualifier", ("votes_for", "votes_against", "abstentions"))
        return any(m.rule is not match.rule and abs(reading.words.start[m.start] - at) < 80 for m in others)

    def __bool__(self) -> bool:
        return bool(self._found)

    def between(self, start: int, end: int, *, last: bool = False) -> Votes:
        """The votes told in the characters `start` to `end`: the first of each kind, or the `last`."""
        told: dict[str, int] = {}
        for at, kind, number in self._found:
            if start <= at < end and (last or kind not in told):
                told[kind] = number
        votes = Votes(told.get("votes_for"), told.get("votes_against"), told.get("abstentions"))
        return votes if votes else Votes()
