"""Predictions read back from a database are those that were mined."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.errors import NotOurDatabase, UsageError
from minutesminer.evaluate import PredictedDocument, predictions_from_db, predictions_from_mining
from minutesminer.evaluate.predictions import base_name
from minutesminer.models import Action, Document, FollowUp, Item, ItemRecords, Meeting, Metric, Resolution
from minutesminer.store import save
from minutesminer.store.database import open_database

TEXT = "RESOLVED: That 95% be noted. Officers would report back."


def document(id_: str, source: str) -> Document:
    meeting = Meeting("Islington", "Scrutiny Committee", "2024-01-10")
    return Document(id_, source, "text/plain", 9, meetings=[meeting], items=[Item(0, TEXT), Item(1, "Nil.")])


def mined() -> list[ItemRecords]:
    place = {"sentence": TEXT, "rule": "test"}
    metric = Metric(
        quote="95%",
        start_char=15,
        end_char=18,
        kind="percentage",
        value=95.0,
        unit="%",
        role="target",
        **place,
    )
    resolution = Resolution(quote="95% be noted", start_char=15, end_char=27, decision="note", number="1", **place)
    action = Action(quote="Officers would report back", start_char=29, end_char=55, owner="Officers", **place)
    request = FollowUp(quote="report back", start_char=44, end_char=55, request="report back", **place)
    return [
        ItemRecords(metrics=[metric], resolutions=[resolution], actions=[action], follow_ups=[request]),
        ItemRecords(),
    ]


def test_a_database_gives_back_each_documents_items_and_records(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    first = document("aaaaaaaaaaaa", "minutes/one.txt")
    with open_database(path, write=True) as db:
        save(db, first, mined(), "rules")
    assert predictions_from_db(path) == {"one.txt": predictions_from_mining(first, mined())}


def test_a_superseded_version_of_a_document_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with open_database(path, write=True) as db:
        save(db, document("aaaaaaaaaaaa", "minutes/one.txt"), mined(), "rules")
        save(db, document("bbbbbbbbbbbb", "minutes/one.txt"), [ItemRecords(), ItemRecords()], "rules")
    nothing = [(TEXT, ItemRecords()), ("Nil.", ItemRecords())]
    assert predictions_from_db(path) == {"one.txt": PredictedDocument("one.txt", nothing)}


def test_a_missing_or_foreign_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make it with `minutesminer run"):
        predictions_from_db(tmp_path / "none.db")
    foreign = tmp_path / "notes.db"
    foreign.write_text("not a database at all", encoding="utf-8")
    with pytest.raises(NotOurDatabase, match=r"notes\.db is not a SQLite database"):
        predictions_from_db(foreign)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("minutes/one.txt", "one.txt"),
        ("C:\\minutes\\one.txt", "one.txt"),
        ("https://democracy.example/documents/s1/One%20two.pdf?x=1", "One two.pdf"),
    ],
)
def test_the_name_of_a_document_is_the_end_of_its_source(source: str, name: str) -> None:
    assert base_name(source) == name
