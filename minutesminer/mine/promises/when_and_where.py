"""When something asked for is due and where it is to appear, told apart: a report of March is a place, March a time."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.destinations import destination_of
from minutesminer.mine.promises.due import due_within

Place = tuple[int, int, int]  # first word of its preposition, first word, end

_MEETINGS = frozenset("meeting meetings".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_QUARTERS = frozenset("quarter quarterly annual".split())
_EVENT_OPENERS = frozenset("before after when once until as".split())
_FINITE = frozenset(
    "is are was were has have had goes went comes came takes took starts started start begin begins began opens closes "
    "ends known".split()
)
_TIMES = frozenset("before after once until when".split())
_HANDED = frozenset("notified informed sent provided circulated shared updated back brought again".split())
_CLAUSE_STOPS = frozenset(", ; : . ( ) and or but".split())
_READY = frozenset("had has have was were is are become became".split())
_EACH = frozenset({"each", "every"})
_LAID = frozenset("be laid placed put brought come appear go appears comes".split())
_COMMITTEES = frozenset("committee panel board commission forum sub-committee members".split())
_LONGEST = 10  # words of a clause of time


def in_welsh(words: Words, start: int, end: int) -> tuple[tuple[int, int] | None, Place | None]:
    """(due, destination) of a Welsh request: `i’r Pwyllgor ym mis Gorffennaf`, `i’r cyfarfod nesaf`."""
    lower = words.lower
    due = next(((k, k + 3) for k in range(start, end - 2) if lower[k : k + 2] == ["ym", "mis"]), None)
    to = next((k for k in range(start, end - 1) if lower[k] in {"i’r", "i'r"} or lower[k : k + 2] == ["i", "’r"]), None)
    if to is None:
        return due, None
    noun = to + (2 if lower[to] == "i" else 1)
    if lower[noun : noun + 2] == ["cyfarfod", "nesaf"]:
        return (to, noun + 2), None
    return due, (to, to, noun + 1)


@dataclass(frozen=True, slots=True)
class WhenAndWhere:
    """Reads both from a request. `container` is the bit of documents that hold something, `past` of past verbs."""

    rules: RuleSet
    container: int
    past: int

    def read(
        self, words: Words, dues: list[Match], asked: int, request: int, end: int
    ) -> tuple[tuple[int, int] | None, Place | None]:
        """(due, destination) in words `request` to `end`; the destination may stand from `asked` on."""
        due = due_within(words, dues, request, end) or self._clause_of_time(words, request, end)
        if due is None:
            return None, destination_of(words, self.rules, asked, end, None)
        if words.lower[due[0]] == "over" and not {"next", "coming"} & set(words.lower[due[0] : due[1]]):
            return None, destination_of(words, self.rules, asked, end, None)  # `trends over five years`
        if words.lower[due[0]] in _EACH and words.lower[due[0] - 1] in {"for", "of"}:
            return None, destination_of(words, self.rules, asked, end, None)  # `figures for each term`
        laid = self._laid_before(words, due)
        if laid is not None:
            return laid
        held = self._document_of_a_time(words, due, request, end)
        if held is not None:
            return held
        split = self._meeting_on_a_day(words, due, end)
        if split is not None:
            return split
        due = self._whole_clause(words, due, end)
        return due, destination_of(words, self.rules, asked, end, due)

    def _clause_of_time(self, words: Words, start: int, end: int) -> tuple[int, int] | None:
        """A last clause that says when: `before the budget was set`, `as soon as it was known`, `when works begin`."""
        lower = words.lower
        for k in range(max(start + 2, end - _LONGEST), end - 2):
            soon = lower[k : k + 3] == ["as", "soon", "as"]
            ready = lower[k + 1] in {"it", "they"} and lower[k + 2 : k + 3] and lower[k + 2] in _READY
            told = lower[k] == "when" and lower[k - 1] not in _HANDED and not ready
            if not (soon or lower[k] in _TIMES) or told or lower[k - 1 : k + 1] == ["at", "once"]:
                continue
            if any(lower[j] in _CLAUSE_STOPS for j in range(k, end)):
                continue
            verbs = range(k + 2 + soon, end)
            if any(lower[j] in _FINITE or words.bits[j] & self.past for j in verbs):
                return k, end
        return None

    def _document_of_a_time(
        self, words: Words, due: tuple[int, int], start: int, end: int
    ) -> tuple[tuple[int, int] | None, Place] | None:
        """`in the Quarter 4 report`, `in the March dashboard`: the document is a place, a month in it also a time."""
        lower = words.lower
        opens = next((k for k in range(due[1] - 1, due[0] - 1, -1) if lower[k] in {"in", "into", "with", "to"}), None)
        if opens is None or opens < start:
            return None
        stop = due[1]
        while stop < end and stop < due[1] + 4 and lower[stop] not in _CLAUSE_STOPS:
            if words.bits[stop] & self.container or lower[stop] == "agenda":
                break
            if lower[stop] in {"with", "for", "on", "to", "alongside"}:
                return None  # `return in March with a plan`
            stop += 1
        named = stop < end and (words.bits[stop] & self.container or lower[stop] == "agenda")
        if not named or _MEETINGS & set(lower[opens:stop]):
            return None
        if not (_MONTHS | _QUARTERS) & set(lower[opens + 1 : stop]) and lower[opens + 1] not in {"the", "its"}:
            return None
        month = next((k for k in range(opens + 1, stop) if lower[k] in _MONTHS), None)
        return ((month, month + 1) if month is not None else None), (opens, opens + 1, stop + 1)

    def _laid_before(self, words: Words, due: tuple[int, int]) -> tuple[tuple[int, int] | None, Place] | None:
        """`be put before the Committee in June`: a place and a time; `before the Committee met` is a time."""
        lower = words.lower
        if lower[due[0]] != "before" or lower[due[0] - 1] not in _LAID:
            return None
        body = next((k for k in range(due[0] + 1, min(due[0] + 6, due[1])) if lower[k] in _COMMITTEES), None)
        if body is None:
            return None
        return ((body + 1, due[1]) if body + 2 < due[1] else None), (due[0], due[0] + 1, body + 1)

    def _meeting_on_a_day(self, words: Words, due: tuple[int, int], end: int) -> tuple[tuple[int, int], Place] | None:
        """`to the meeting on 9 June 2026`: a place and a time; `to the June meeting` is a time."""
        lower = words.lower
        if lower[due[0]] != "to":
            return None
        meeting = next((k for k in range(due[0] + 1, due[1]) if lower[k] in _MEETINGS), None)
        if meeting is None or meeting + 1 >= due[1] or lower[meeting + 1] not in {"on", "in", "of"}:
            return None
        if lower[meeting + 1] == "of" and not (_MONTHS & set(lower[meeting + 2 : due[1]])):
            return None
        if {"next", "future", "later"} & set(lower[due[0] : meeting]) or _MONTHS & set(lower[due[0] : meeting]):
            return None
        return (meeting + 1, due[1]), (due[0], due[0] + 1, meeting + 1)

    def _whole_clause(self, words: Words, due: tuple[int, int], end: int) -> tuple[int, int]:
        """`due` with the rest of its clause: `before the winter plan was considered in December`."""
        lower = words.lower
        start, stop = due
        held = lower[stop - 1] in _MEETINGS and stop + 1 < end and lower[stop] in {"in", "on", "of"}
        if held and (lower[stop + 1] in _MONTHS or (lower[stop + 1].isdigit() and len(lower[stop + 1]) == 4)):
            stop += 2  # `to the next meeting in 2026`
        if start >= 1 and lower[start - 1] == "in" and lower[start] == "time":
            start -= 1
        if lower[start] in {"before", "after"} and lower[start - 1] in {"days", "weeks", "month", "week", "months"}:
            start -= 2 + (lower[start - 2] in {"working", "clear"})  # `ten days before each meeting`
        if lower[start] not in _EVENT_OPENERS:
            return start, stop
        if stop < end and lower[stop] in {"off", "up", "out", "over", "down"}:
            stop += 1  # `before it is signed off`
        for k in range(stop, min(end, stop + _LONGEST)):
            if lower[k] in _CLAUSE_STOPS:
                break
            if lower[k] in _FINITE or words.bits[k] & self.past:
                rest = next((j for j in range(k + 1, end) if lower[j] in _CLAUSE_STOPS), end)
                return start, rest
        return start, stop
