"""The items of a council as an index: which of them hold each word or a kindred one, and how rare that is."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minutesminer.link.asking import (
    BODIES,
    entry_number,
    meetings_cited,
    minutes_cited,
    names_of_body,
    own_words,
    telling,
)
from minutesminer.link.kindred import Kindred
from minutesminer.link.later import OF_REQUESTS, LaterItem
from minutesminer.link.words import distinct_words, sentences, stem, stems

_KIN = 0.8  # of the rarity of its family, for a word in place of another
_LEAST = 0.2  # the weight of a word that is in every item
_FEW = 50  # items: among fewer, that most have a word may be chance


@dataclass(slots=True, frozen=True)
class Term:
    """A word of a request: what it weighs, its family, and what another word of that weighs in its place."""

    weight: float
    family: str
    kin: float


@dataclass(slots=True, frozen=True)
class Title:
    """The stems of a title and their families; of those that tell what it is about, the weight and that of all."""

    stems: tuple[str, ...]
    families: frozenset[str]
    telling: Mapping[str, float]
    whole: float


@dataclass(slots=True)
class Council:
    """The items of one council, oldest first, and the indexes over them.

    `where` has the numbers of the items that hold a stem, `family` the family of each stem, `among` the items that hold
    any word of a family that has several. `citing` are those of a committee that cite a minute of that number, or its
    meeting of that day,
    `numbered` the items of a committee with such a number, oldest first, and `meetings` all its days.
    """

    items: list[LaterItem]
    dates: list[str]
    where: dict[str, array[int]]
    family: dict[str, str]
    among: dict[str, array[int]]
    citing: Mapping[tuple[str, str], Sequence[int]]
    numbered: Mapping[tuple[str, str], Sequence[int]]
    meetings: Mapping[str, Sequence[str]]
    committees: Mapping[str, str]
    _titles: list[Title | None]
    _bodies: dict[tuple[str, str], re.Pattern[str] | None] = field(default_factory=dict)
    _naming: dict[str, bytearray] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[LaterItem], kindred: Kindred, committees: Mapping[str, str]) -> Council:
        """Index items; `committees` are the names of the council's committees by their ids."""
        ordered = sorted(items, key=lambda item: (item.date, item.id))
        by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        citing: dict[tuple[str, str], list[int]] = defaultdict(list)
        numbered: dict[tuple[str, str], list[int]] = defaultdict(list)
        meetings: dict[str, set[str]] = defaultdict(set)
        for index, item in enumerate(ordered):
            for word in distinct_words(f"{item.title}\n{item.text}"):
                by_word[word].append(index)
            for number in _minutes_cited(item):
                citing[item.committee_id, number].append(index)
            if item.kind in OF_REQUESTS:
                for day in {day for line in sentences(item.text) for day in meetings_cited(line, item.date)}:
                    citing[item.committee_id, day].append(index)
            if item.number:
                numbered[item.committee_id, item.number].append(index)
            meetings[item.committee_id].add(item.date)
        where = _by_stem(by_word)
        family = {word: kindred.family(word) for word in where}
        return cls(
            ordered,
            [item.date for item in ordered],
            where,
            family,
            _among(where, family),
            citing,
            numbered,
            {committee: sorted(days) for committee, days in meetings.items()},
            committees,
            [None] * len(ordered),
        )

    def weight(self, word: str) -> float:
        """How much a word tells: its inverse document frequency over the items, smoothed."""
        return self._rarity(self.where.get(word, ()))

    def term(self, word: str, weight: float) -> Term:
        """A word of a request that weighs so much there, all of its own weight or a part of it."""
        family = self.family.get(word, word)
        among = self.among.get(family)
        kin = _KIN * self._rarity(among) * weight / self.weight(word) if among is not None else 0.0
        return Term(weight, family, min(kin, weight))

    def _rarity(self, listed: Sequence[int]) -> float:
        return max(math.log((max(len(self.items), _FEW) + 1) / (len(listed) + 0.5)), _LEAST)

    def title(self, index: int) -> Title:
        """The title of an item."""
        known = self._titles[index]
        if known is None:
            found = tuple(stems(self.items[index].title))
            weights = {word: self.weight(word) for word in telling(found) if not word.isdigit()}
            families = frozenset(map(self.family.__getitem__, found))
            known = self._titles[index] = Title(found, families, weights, sum(weights.values()))
        return known

    def holding(self, word: str, after: str) -> Sequence[int]:
        """The items after a day that hold a stem."""
        return _from(self.where.get(word, ()), bisect_right(self.dates, after))

    def sharing(self, terms: Mapping[str, Term], after: str) -> dict[int, float]:
        """The items after a day that hold any of some words or their kin, each with what these weigh together."""
        first = bisect_right(self.dates, after)
        held: dict[int, float] = {}
        get = held.get
        for word, term in terms.items():
            more = term.weight
            if term.kin:
                more -= term.kin
                for index in _from(self.among[term.family], first):
                    held[index] = get(index, 0.0) + term.kin
            for index in _from(self.where.get(word, ()), first):
                held[index] = get(index, 0.0) + more
        return held

    def citing_minute(self, committee_id: str, number: str, asked: str) -> frozenset[int]:
        """The items that cite a minute of the committee's meeting on the day `asked`: the last that had the number."""
        if not number:
            return frozenset()
        numbered = self.numbered.get((committee_id, number), ())
        later = bisect_right(numbered, asked, key=self.dates.__getitem__)
        following = self.dates[numbered[later]] if later < len(numbered) else "9999"
        cited = self.citing.get((committee_id, number), ())
        return frozenset(index for index in cited if asked < self.dates[index] <= following)

    def item_numbered(self, committee_id: str, number: str, day: str) -> int | None:
        """The item of that number of a committee's meeting on a day."""
        numbered = self.numbered.get((committee_id, number), ())
        first = bisect_left(numbered, day, key=self.dates.__getitem__)
        return numbered[first] if first < len(numbered) and self.dates[numbered[first]] == day else None

    def citing_meeting(self, committee_id: str, asked: str) -> frozenset[int]:
        """The later lists of requests that cite a committee's meeting of the day `asked`."""
        return frozenset(index for index in self.citing.get((committee_id, asked), ()) if asked < self.dates[index])

    def meeting_after(self, committee_id: str, asked: str, day: str) -> int:
        """Which of a committee's meetings after the day `asked` is on `day`: 1 is the next."""
        days = self.meetings.get(committee_id, ())
        return bisect_left(days, day) - bisect_right(days, asked) + 1

    def body(self, committee_id: str, besides: str) -> re.Pattern[str] | None:
        """What finds a committee named in a text, by words that are not in the name of the one `besides`."""
        key = committee_id, besides
        if key not in self._bodies:
            self._bodies[key] = names_of_body(self.committees.get(committee_id, ""), self.committees.get(besides, ""))
        return self._bodies[key]

    def may_name(self, committee_id: str, index: int) -> bool:
        """Whether an item holds any word of a committee's name."""
        flags = self._naming.get(committee_id)
        if flags is None:
            flags = self._naming[committee_id] = bytearray(len(self.items))
            for word in own_words(self.committees.get(committee_id, "")):
                for holding in self.where.get(stem(word.lower()), ()):
                    flags[holding] = 1
        return bool(flags[index])

    def addressed(self, text: str) -> frozenset[str]:
        """The committees that a request names."""
        if BODIES.search(text) is None:
            return frozenset()
        bodies = ((committee, self.body(committee, "")) for committee in self.committees)
        return frozenset(committee for committee, body in bodies if body is not None and body.search(text))

    def without_bodies(self, text: str) -> str:
        """A text without the names of the council's committees, in full or in part."""
        names = [own_words(name) for name in self.committees.values()] if BODIES.search(text) else []
        return BODIES.sub(lambda found: " " if any(own_words(found[0]) <= name for name in names) else found[0], text)


def _minutes_cited(item: LaterItem) -> set[str]:
    opening = entry_number(item.text, item.kind)
    return set(minutes_cited(item.text)).union(opening.findall(item.text) if opening is not None else ())


def _from(listed: Sequence[int], first: int) -> Sequence[int]:
    return listed[bisect_left(listed, first) :]


def _by_stem(by_word: dict[str, array[int]]) -> dict[str, array[int]]:
    """Where each stem is, from where each word is; `by_word` is used up."""
    where: dict[str, array[int]] = {}
    several: dict[str, set[int]] = {}
    while by_word:
        word, listed = by_word.popitem()
        known = where.setdefault(stem(word), listed)
        if known is not listed:
            several.setdefault(stem(word), set(known)).update(listed)
    for word, indices in several.items():
        where[word] = array("I", sorted(indices))
    return where


def _among(where: Mapping[str, array[int]], family: Mapping[str, str]) -> dict[str, array[int]]:
    """Where any word of a family is, of the families of which several words are."""
    members: dict[str, list[str]] = defaultdict(list)
    for word in where:
        members[family[word]].append(word)
    return {
        name: array("I", sorted(set().union(*map(where.__getitem__, words))))
        for name, words in members.items()
        if len(words) > 1
    }
