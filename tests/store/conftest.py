"""A database of minutes with one action and one follow-up, and the tracker beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minutesminer.models import Document, ItemRecords
from minutesminer.store import open_database, save
from minutesminer.store.tracker import Record, find_record

ACTION, FOLLOW_UP = "aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"


@pytest.fixture
def minutes(tmp_path: Path, document: Callable[..., Document], records: Callable[..., list[ItemRecords]]) -> Path:
    """The database; its action is `ACTION`, its follow-up, long overdue, `FOLLOW_UP`."""
    path = tmp_path / "minutes.db"
    with open_database(path, write=True) as db:
        save(db, document(), records(), "rules")
    return path


@pytest.fixture
def tracker(minutes: Path) -> Path:
    """Where the tracker of that database will be; there is none yet."""
    return minutes.with_name("tracker.db")


@pytest.fixture
def record(minutes: Path) -> Callable[[str], Record]:
    """The record of an id, as the database has it."""

    def of(record_id: str) -> Record:
        with open_database(minutes) as db:
            found = find_record(db.conn, record_id)
        assert found is not None
        return found

    return of
