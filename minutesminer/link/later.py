"""The items of a council as later meetings have them, and which of them hold each word.

Of every item the words are read once, for how rare they are; only one that holds enough of a request is cut into
sentences, and stays so for the next request.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from minutesminer.link.asking import REFERS_BACK, Kind, entry_name, kind_of_item, says_of_it
from minutesminer.link.words import distinct_words, stem, stems

_SENTENCE = re.compile(r"(?<=[.;!?:])\s+(?=[A-Z“\"‘(•])|\n")
# Standing items in which nothing is answered.
_PASSED_OVER = (
    "'apologies', 'declarations', 'substitutes', 'membership', 'exclusion', 'date_of_next_meeting', 'webcast'"
)


@dataclass(slots=True)
class Sentence:
    """One sentence: its words as they stand, and their stems in order. One that `asks` is a request itself."""

    text: str
    stems: tuple[str, ...]
    asks: bool = False
    _entry: tuple[tuple[str, ...], bool] | None = None

    @property
    def entry(self) -> tuple[tuple[str, ...], bool]:
        """As an entry of a tracker: the stems by which it names what was asked for, and whether it says more of it."""
        if self._entry is None:
            self._entry = tuple(entry_name(self.text)), says_of_it(self.text)
        return self._entry


@dataclass(slots=True)
class LaterItem:
    """An item that could answer. `asking` are the spans of its text in which something is asked for."""

    id: str
    committee_id: str
    date: str
    kind: Kind
    title: str
    text: str
    asking: Sequence[tuple[int, int]] = ()
    _title_stems: tuple[str, ...] | None = None
    _sentences: list[Sentence] | None = None
    _refers_back: bool | None = None

    @property
    def title_stems(self) -> tuple[str, ...]:
        """The stems of its title in order."""
        if self._title_stems is None:
            self._title_stems = tuple(stems(self.title))
        return self._title_stems

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences in order."""
        if self._sentences is None:
            self._sentences = _cut(self.text, self.asking)
        return self._sentences

    @property
    def refers_back(self) -> bool:
        """Whether its text says anywhere that it answers something; if it does not, no sentences of it do."""
        if self._refers_back is None:
            self._refers_back = REFERS_BACK.search(" ".join(self.text.split())) is not None
        return self._refers_back


@dataclass(slots=True)
class Council:
    """The items of one council, oldest first, and the index over them."""

    items: list[LaterItem]
    dates: list[str]
    where: dict[str, array[int]]

    @classmethod
    def of(cls, items: Iterable[LaterItem]) -> Council:
        """Index items."""
        ordered = sorted(items, key=lambda item: (item.date, item.id))
        by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for index, item in enumerate(ordered):
            for word in distinct_words(f"{item.title}\n{item.text}"):
                by_word[word].append(index)
        return cls(ordered, [item.date for item in ordered], _by_stem(by_word))

    def weight(self, word: str) -> float:
        """How much a word tells: its inverse document frequency over the items, smoothed."""
        number = max(len(self.items), _FEW)
        return max(math.log((number + 1) / (len(self.where.get(word, ())) + 0.5)), _LEAST)

    def sharing(self, weights: Mapping[str, float], after: str) -> dict[int, float]:
        """The items after a day that hold any of some words, each with what these weigh together."""
        first = bisect_right(self.dates, after)
        held: dict[int, float] = {}
        get = held.get
        for word, weight in weights.items():
            listed = self.where.get(word, ())
            for index in listed[bisect_right(listed, first - 1) :]:
                held[index] = get(index, 0.0) + weight
        return held


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


_LEAST = 0.2  # the weight of a word that is in every item
_FEW = 50  # items: among fewer, that most have a word may be chance


def read_items(db: Database, council_id: str) -> list[LaterItem]:
    """The items of a council's dated meetings, superseded documents left out."""
    asking: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table in ("actions", "follow_ups"):
        for item_id, start, end in db.execute(
            f"SELECT {table}.item_id, {table}.start_char, {table}.end_char FROM {table} "
            f"JOIN meetings ON meetings.id = {table}.meeting_id "
            "JOIN committees ON committees.id = meetings.committee_id WHERE committees.council_id = ?",
            [council_id],
        ):
            asking[item_id].append((start, end))
    # The plus keeps SQLite from going through the documents of all councils by the index on `superseded_by`.
    rows = db.execute(
        f"""SELECT items.id, items.title, items.text, items.procedural, meetings.date, committees.id
        FROM items JOIN meetings ON meetings.id = items.meeting_id
        JOIN committees ON committees.id = meetings.committee_id
        JOIN documents ON documents.id = items.document_id
        WHERE committees.council_id = ? AND meetings.date IS NOT NULL AND +documents.superseded_by IS NULL
        AND coalesce(items.procedural, '') NOT IN ({_PASSED_OVER})""",
        [council_id],
    )
    return [
        LaterItem(
            id_,
            committee_id,
            day,
            kind_of_item(title, procedural),
            title or "",
            text,
            asking.get(id_, ()),
        )
        for id_, title, text, procedural, day, committee_id in rows
    ]


def _cut(text: str, asking: Sequence[tuple[int, int]]) -> list[Sentence]:
    found: list[Sentence] = []
    start = 0
    for end, following in [*((match.start(), match.end()) for match in _SENTENCE.finditer(text)), (len(text), 0)]:
        part = text[start:end]
        if part.strip():
            asks = any(first < end and last > start for first, last in asking)
            found.append(Sentence(part, tuple(stems(part)), asks))
        start = following
    return found
