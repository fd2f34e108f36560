"""Items of a council as later meetings have them, cut into sentences where they are looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from minutesminer.link.asking import (
    REFERS_BACK,
    Kind,
    asks_again,
    entry_name,
    entry_number,
    has_figures,
    item_number,
    kind_of_item,
    meetings_cited,
    minutes_cited,
    says_of_it,
)
from minutesminer.link.words import SENTENCE, stems

OF_REQUESTS = ("tracker", "matters")  # items that are about earlier requests by what they are
# Standing items in which nothing is answered.
_PASSED_OVER = (
    "'apologies', 'declarations', 'substitutes', 'membership', 'exclusion', 'date_of_next_meeting', 'webcast'"
)


@dataclass(slots=True)
class Sentence:
    """One sentence: its words as they stand, their stems in order and the families of these.

    One that `asks` is a request itself. `minutes` are those it cites, or the sentences before it in its line do;
    so are `days`, in a list of requests, those of the meetings that it cites.
    """

    text: str
    stems: tuple[str, ...]
    families: frozenset[str]
    asks: bool = False
    minutes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    line: int = 0
    _entry: tuple[tuple[str, ...], bool] | None = None
    _figures: bool | None = None

    @property
    def entry(self) -> tuple[tuple[str, ...], bool]:
        """As an entry of a tracker: the stems by which it names what was asked for, and whether it says more of it."""
        if self._entry is None:
            self._entry = tuple(entry_name(self.text)), says_of_it(self.text)
        return self._entry

    @property
    def figures(self) -> bool:
        """Whether it holds a number."""
        if self._figures is None:
            self._figures = has_figures(self.text)
        return self._figures


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
    number: str = ""
    _refers_back: bool | None = None
    _sentences: list[Sentence] | None = None
    _families: frozenset[str] | None = None

    @property
    def refers_back(self) -> bool:
        """Whether its text says anywhere that it answers something; if it does not, no sentences of it do."""
        if self._refers_back is None:
            self._refers_back = REFERS_BACK.search(" ".join(self.text.split())) is not None
        return self._refers_back

    def sentences(self, family: Mapping[str, str]) -> list[Sentence]:
        """Its sentences in order; `family` is the family of each stem."""
        if self._sentences is None:
            self._sentences = _cut(self, family)
        return self._sentences

    def families(self, family: Mapping[str, str]) -> frozenset[str]:
        """The families of all its sentences."""
        if self._families is None:
            self._families = frozenset().union(*(each.families for each in self.sentences(family)))
        return self._families


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
        f"""SELECT items.id, items.title, items.text, items.procedural, meetings.date, committees.id, items.number
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
            item_number(number),
        )
        for id_, title, text, procedural, day, committee_id, number in rows
    ]


def _cut(item: LaterItem, family: Mapping[str, str]) -> list[Sentence]:
    """The sentences of an item; the entries of a list of requests cite minutes and meetings in more ways."""
    text, listed = item.text, item.kind in OF_REQUESTS
    found: list[Sentence] = []
    start = line = 0
    minutes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    cites = bool(minutes_cited(text))
    opening = entry_number(text, item.kind)
    for end, following in [*((match.start(), match.end()) for match in SENTENCE.finditer(text)), (len(text), 0)]:
        part = text[start:end]
        if part.strip():
            asks = any(first < end and last > start for first, last in item.asking) or asks_again(part)
            words = tuple(stems(part))
            families = frozenset(family.get(word, word) for word in words)
            if cites:
                minutes = tuple(minutes_cited(part)) or minutes
            if opening is not None and not minutes and (number := opening.match(part)):
                minutes = (number[1],)
            if listed:
                days = tuple(meetings_cited(part, item.date)) or days
            found.append(Sentence(part, words, families, asks, minutes, days, line))
        if "\n" in text[end:following]:
            line, minutes, days = line + 1, (), ()
        start = following
    return found
