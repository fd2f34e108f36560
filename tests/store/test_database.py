"""Opening: new files, foreign files, locked files, and the schema that comes out."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from minutesminer.errors import DatabaseBusy, DiskFull, NotOurDatabase, UsageError
from minutesminer.store import database, open_database, save, schema
from minutesminer.store.tables import TABLES
from minutesminer.store.views import VIEWS

CONTRACT = {
    "councils": "id name gss_code nation type platform website",
    "committees": "id council_id name kind",
    "meetings": "id committee_id date time venue status url",
    "attendance": "meeting_id name role status",
    "documents": "id source media_type fetched_at size council_id outcome",
    "items": "id document_id meeting_id position number title url text procedural",
    "metrics": (
        "id item_id document_id meeting_id kind value value_max unit comparator base measure role "
        "direction period period_start period_end measure_id quote sentence start_char end_char "
        "rule review"
    ),
    "resolutions": (
        "id item_id document_id meeting_id number decision restates mover seconder votes_for "
        "votes_against abstentions outcome quote sentence start_char end_char rule review"
    ),
    "actions": (
        "id item_id document_id meeting_id resolution_id owner task recipient due due_date strength "
        "quote sentence start_char end_char rule review"
    ),
    "follow_ups": (
        "id item_id document_id meeting_id resolution_id requester request due due_date destination "
        "quote sentence start_char end_char rule review"
    ),
    "measures": "id label theme unit polarity",
    "evidence": "record_id item_id score reason",
    "issues": "document_id stage code message",
    "runs": "id started version patterns_sha256 spacy_version",
}


def test_new_database_has_the_tables_columns_and_views_of_the_contract(tmp_path: Path):
    with open_database(tmp_path / "new.db", write=True) as db:
        missing = {
            name: sorted(set(columns.split()) - {column.name for column in db.table(name).columns})
            for name, columns in CONTRACT.items()
        }
        strict = {name: db.table(name).strict for name in TABLES}
        described = {name: list(schema.metadata_columns()[name]) for name in (*TABLES, *VIEWS)}
        stored = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in (*TABLES, *VIEWS)}
        views = db.view_names()
        enforced = db.execute("PRAGMA foreign_keys").fetchone()
    assert missing == {name: [] for name in CONTRACT}
    assert strict == dict.fromkeys(TABLES, True)
    assert {name: sorted(columns) for name, columns in described.items()} == {
        name: sorted(columns) for name, columns in stored.items()
    }
    assert views == [
        "metrics_view",
        "resolutions_view",
        "actions_view",
        "follow_ups_view",
        "meetings_view",
        "attendance_view",
        "outstanding",
        "completeness",
        "trends",
        "measure_by_period",
        "missed_targets",
        "ees_view",
    ]
    assert enforced == (1,)


def test_every_reference_names_its_column(tmp_path: Path):
    with open_database(tmp_path / "new.db", write=True) as db:
        referred = {
            f"{name}.{key.column}": f"{key.other_table}.{key.other_column}"
            for name in TABLES
            for key in db.table(name).foreign_keys
        }
    assert referred == {
        f"{name}.{column}": spec.references
        for name, table in TABLES.items()
        for column, spec in table.columns.items()
        if spec.references is not None
    }


def test_data_dictionary_is_current():
    page = Path(__file__).resolve().parents[2] / "docs" / "database.md"
    assert page.read_text(encoding="utf-8") == schema.data_dictionary()


def test_file_is_marked_as_ours_and_opened_again_without_change(tmp_path: Path):
    path = tmp_path / "minutes.db"
    with open_database(path, write=True):
        pass
    before = path.read_bytes()
    with open_database(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    with open_database(path, write=True):
        pass
    assert path.read_bytes() == before


def test_reading_cannot_write(tmp_path: Path):
    path = tmp_path / "minutes.db"
    with open_database(path, write=True):
        pass
    with pytest.raises(UsageError, match="cannot be opened"), open_database(path) as db:
        db.execute("DELETE FROM runs")


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (id)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("kind", ["text", "short", "foreign database", "newer version"])
def test_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, kind: str, write: bool):
    path = tmp_path / "theirs.db"
    if kind == "text":
        path.write_text("Minutes of a meeting\n" * 20)
    elif kind == "short":
        path.write_bytes(b"SQLite format 3\0")
    elif kind == "foreign database":
        _foreign(path)
    else:
        with open_database(path, write=True) as db:
            db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase, match="theirs.db.*--db"), open_database(path, write=write):
        pass
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["theirs.db"]


@pytest.fixture
def one_step_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], Path]:
    """A database that the given step of migration has still to be taken for."""

    def make(step: Callable[[Database], None]) -> Path:
        path = tmp_path / "minutes.db"
        with open_database(path, write=True):
            pass
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        return path

    return make


def _shape(path: Path) -> dict[str, object]:
    """Columns and references of each table, and the statements of views, indexes and triggers."""
    connection = sqlite3.connect(path)
    shape: dict[str, object] = {}
    query = "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    for name, kind, statement in connection.execute(query).fetchall():
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        references = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        shape[name] = [column[1:] for column in columns], references, None if kind == "table" else statement
    connection.close()
    return shape


def test_an_old_database_becomes_what_a_new_one_is_and_keeps_its_rows(tmp_path: Path):
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    connection = sqlite3.connect(old)
    connection.executescript((Path(__file__).parent / "version_3.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO measures (id, label) VALUES ('recycling', 'Waste recycled')")
    connection.commit()
    connection.close()
    with open_database(new, write=True):
        pass
    with open_database(old) as db:
        assert list(db.query("SELECT id, label, names, identifier FROM measures")) == [
            {"id": "recycling", "label": "Waste recycled", "names": None, "identifier": None}
        ]
    assert _shape(old) == _shape(new)


def test_two_programs_that_open_an_old_database_take_a_step_once(one_step_old):
    taken: list[object] = []

    def read() -> None:
        with open_database(path) as db:
            taken.append(db.execute("PRAGMA user_version").fetchone()[0])

    def step(db: Database) -> None:
        taken.append("step")
        other.start()
        time.sleep(0.3)  # the other reads the header meanwhile, and waits
        db.execute("CREATE TABLE another (id TEXT)")

    path = one_step_old(step)
    other = threading.Thread(target=read)
    with open_database(path):
        pass
    other.join()
    assert taken == ["step", len(schema.MIGRATIONS)]


def test_an_old_database_that_cannot_be_written_is_told(one_step_old):
    def step(db: Database) -> None:  # no file is write-protected to root
        raise sqlite3.OperationalError("attempt to write a readonly database")

    path = one_step_old(step)
    with pytest.raises(UsageError, match="older minutesminer.*copy it.*--db"), open_database(path):
        pass


def test_a_full_disk_is_told_and_what_was_stored_stays(tmp_path: Path, document, records):
    path = tmp_path / "minutes.db"
    with open_database(path, write=True) as db:
        save(db, document(), records(), "rules")

    def fill() -> None:
        with open_database(path, write=True) as db:
            db.execute("PRAGMA max_page_count = 1")  # no more pages than there are
            save(db, document(text="A long item. " * 40_000, date="2024-01-01"), records(), "rules")

    with pytest.raises(DiskFull, match="no room for the database .*minutes.db"):
        fill()
    with open_database(path) as db:
        assert [row["date"] for row in db["meetings"].rows] == ["2020-01-14"]


def test_missing_database_is_told_with_the_command_that_makes_it(tmp_path: Path):
    with pytest.raises(UsageError, match="minutesminer run"), open_database(tmp_path / "none.db"):
        pass
    with pytest.raises(UsageError, match="folder"), open_database(tmp_path / "no" / "none.db", write=True):
        pass
    with pytest.raises(UsageError, match="cannot be read"), open_database(tmp_path, write=True):
        pass
    assert list(tmp_path.iterdir()) == []


def test_locked_database_is_told_and_left_alone(tmp_path: Path, document, records, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    path = tmp_path / "minutes.db"
    with open_database(path, write=True) as db:
        save(db, document(), records(), "rules")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(DatabaseBusy, match="minutes.db is in use"), open_database(path, write=True) as db:
            save(db, document(date="2024-01-01"), records(), "rules")
        with pytest.raises(DatabaseBusy, match="minutes.db is in use"), open_database(path) as db:
            list(db["items"].rows)
    finally:
        other.execute("ROLLBACK")
        other.close()
    with open_database(path) as db:
        assert [row["date"] for row in db["meetings"].rows] == ["2020-01-14"]


def test_damaged_database_is_told(tmp_path: Path, document, records):
    path = tmp_path / "minutes.db"
    with open_database(path, write=True) as db:
        save(db, document(), records(), "rules")
    data = bytearray(path.read_bytes())
    data[200:] = b"\x55" * (len(data) - 200)
    path.write_bytes(data)
    with pytest.raises(NotOurDatabase, match="damaged"), open_database(path) as db:
        list(db["items"].rows)
