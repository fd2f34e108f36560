"""Where a later item may answer a request: its title, its date, and the sentence of it that comes nearest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from minutesminer.link.words import stems
from minutesminer.store.place_sql import url_sql

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘(])")
_FEWEST = 2  # shared words: one alone says little

_ITEM = f"""
SELECT items.title, meetings.date, {url_sql("items.page")}, items.text, committees.name
FROM items JOIN meetings ON meetings.id = items.meeting_id JOIN committees ON committees.id = meetings.committee_id
WHERE items.id = ?
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A request that is done, or that a later item may answer; `row` is the request's in the view `outstanding`.

    `date` (ISO) is the day of the later item's meeting, or of the officer's word where that is all there is.
    """

    row: dict[str, Any]
    date: str | None
    title: str | None = None
    committee: str | None = None
    url: str | None = None
    sentence: str | None = None

    @property
    def confirmed(self) -> bool:
        """True where an officer says that it is done."""
        return bool(self.row["status"] == "done")


def read_answer(db: Database, row: dict[str, Any]) -> Answer:
    """The answer to a row whose status is `answered?` or `done`."""
    said = row["tracked_at"][:10] if row["status"] == "done" and row["tracked_at"] else None
    if row["evidence_item_id"] is None:
        return Answer(row, said)
    title, day, url, text, committee = db.execute(_ITEM, [row["evidence_item_id"]]).fetchone()
    shared = (row["evidence_reason"] or "").partition("words")[2]
    sentence = nearest_sentence(text, f"{row['what'] or ''} {row['sentence'] or ''}", shared)
    return Answer(row, said or day, title, committee, url, sentence)


def nearest_sentence(text: str, wanted: str, shared: str = "") -> str | None:
    """The sentence of an item's text that has most words of `shared`, then of `wanted`; None where few are in any.

    `shared` are the words for which the item is thought to fit. The first of several sentences is taken.
    """
    asked, told = set(stems(wanted)), set(stems(shared))
    sentences = [sentence.strip() for block in text.split("\n") for sentence in _SENTENCE.split(block)]
    counts = [(len(told & words), len(asked & words)) for words in map(set, map(stems, sentences))]
    best = max(counts, default=(0, 0))
    return sentences[counts.index(best)] if sum(best) >= _FEWEST else None
