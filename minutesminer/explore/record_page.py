"""One action or follow-up: what the minutes say of it, and what officers have said since."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutesminer.store.tracker import HAND, Current, Record, current_of, entries, find_record, known_record, place_of
from minutesminer.store.tracker_file import exists, open_tracker


@dataclass(slots=True)
class RecordPage:
    """What the template `track.html` shows.

    `facts` is the record's row in `outstanding` as officers have it, and empty where it has none: a plan, one marked
    wrong, one that is `gone` from the minutes. `now` is the id that it has now. `url` is where the minutes are, and
    `page` the page of them on which it begins, where these are known.
    """

    record: Record
    now: str
    gone: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    current: Current = field(default_factory=Current)
    history: list[dict[str, object]] = field(default_factory=list)
    url: str | None = None
    page: int | None = None

    @property
    def by_hand(self) -> bool:
        """True where an officer added it."""
        return self.now.startswith(HAND)


def read_record(minutes: sqlite3.Connection, tracker: Path, record_id: str) -> RecordPage | None:
    """The page of the record `record_id`, or None where neither the minutes nor the tracker know it."""
    record = find_record(minutes, record_id)
    page = None if record is None else RecordPage(record, record.id)
    if exists(tracker):
        with open_tracker(tracker) as said:
            now = place_of(said, record_id)
            if page is None:
                known = find_record(minutes, now) or known_record(said, now)
                if known is None:
                    return None
                page = RecordPage(known, now, gone=not now.startswith(HAND) and find_record(minutes, now) is None)
            page.current = current_of(said, page.now)
            page.history = entries(said, page.now)
    if page is not None:
        page.facts = _row(minutes, page.now)
        view = {"action": "actions_view", "follow_up": "follow_ups_view"}[page.record.class_]
        printed = minutes.execute(f"SELECT url, page FROM {view} WHERE id = ?", [page.now]).fetchone()
        page.url, page.page = printed or (None, None)
    return page


def _row(minutes: sqlite3.Connection, record_id: str) -> dict[str, Any]:
    cursor = minutes.execute("SELECT * FROM outstanding WHERE id = ?", [record_id])
    row = cursor.fetchone()
    return {} if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))
