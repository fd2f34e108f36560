"""Questions to a stored database: search, outstanding, verify."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from minutesminer.errors import UsageError
from minutesminer.store import open_database, queries, rebuild, save
from minutesminer.store.search import search
from minutesminer.store.verify import verify


@pytest.fixture
def db(tmp_path: Path, document, records):
    with open_database(tmp_path / "minutes.db", write=True) as database:
        save(database, document(), records(), "rules")
        rebuild(database)
        yield database


def test_search_finds_items_and_records_with_their_place(db):
    found = search(db, "undertook")
    assert [(row["class"], row["id"]) for row in found] == [
        ("action", "aaaaaaaaaaaa.1.a37-102"),
        ("item", "aaaaaaaaaaaa.1"),
    ]
    assert found[0] == {
        "class": "action",
        "id": "aaaaaaaaaaaa.1.a37-102",
        "council": "Northmere Borough Council",
        "committee": "Children’s Services & Schools Panel",
        "date": "2020-01-14",
        "title": "Performance report",
        "snippet": "The Director [undertook] to provide the café’s figures to the Panel",
        "url": "https://democracy.northmere.example/item/2",
        "page": None,
        "item_id": "aaaaaaaaaaaa.1",
        "document_id": "aaaaaaaaaaaa",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("figure", ["action", "item"]),  # another form of `figures`
        ("CAFE'S figures", ["action", "item"]),  # not valid in the full-text language
        ("figures (", ["action", "item"]),
        ('"figures to the Panel"', ["action", "item"]),
        ("undertook NOT panel", []),
        ("undertook OR six", ["action", "follow_up", "item"]),
        ("perform*", ["item"]),
        ("AND", []),
        ("text:figures", []),
        ("'; DROP TABLE items; --", []),
    ],
)
def test_search_takes_what_people_type(db, query, expected):
    assert sorted(row["class"] for row in search(db, query)) == expected


@pytest.mark.parametrize("query", ["", "  ", "\"'*"])
def test_search_without_a_word_is_refused(db, query):
    with pytest.raises(UsageError, match="no word"):
        search(db, query)


def test_search_by_class_and_limit(db):
    assert [row["class"] for row in search(db, "attendance", ("metric",))] == ["metric"]
    assert [row["class"] for row in search(db, "attendance", limit=1)] == ["metric"]


def test_outstanding_lists_promises_and_requests_oldest_first(db, document, records):
    older = records()
    older[1].follow_ups = []
    planned = records()
    planned[1].follow_ups = []
    planned[1].actions[0].strength = "planned"
    save(db, document("bbbbbbbbbbbb", "b.txt", date="2019-01-08", council="Islington"), older, "rules")
    save(db, document("cccccccccccc", "c.txt", date="2018-01-08"), planned, "rules")
    save(db, document("dddddddddddd", "d.txt", date=None), older, "rules")
    age = (datetime.datetime.now(datetime.timezone.utc).date() - datetime.date(2020, 1, 14)).days
    rows = queries.outstanding(db)
    assert [(row["document_id"], row["class"], row["status"]) for row in rows] == [
        ("bbbbbbbbbbbb", "action", "open"),
        ("aaaaaaaaaaaa", "action", "open"),
        ("aaaaaaaaaaaa", "follow_up", "overdue"),
        ("dddddddddddd", "action", "open"),
    ]
    assert (rows[1]["age_days"], rows[3]["age_days"]) == (age, None)
    assert (rows[2]["who"], rows[2]["what"], rows[2]["due"]) == ("The Chair", "an update", "in six months")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"council": "isl"}, ["bbbbbbbbbbbb"]),
        ({"council": "northmere"}, ["aaaaaaaaaaaa", "aaaaaaaaaaaa"]),
        ({"committee": "planning"}, []),
        ({"class_": "follow_up", "council": "northmere"}, ["aaaaaaaaaaaa"]),
        ({"state": "overdue"}, ["bbbbbbbbbbbb", "aaaaaaaaaaaa"]),
        ({"since": "2020-01-01"}, ["aaaaaaaaaaaa", "aaaaaaaaaaaa"]),
    ],
)
def test_outstanding_filters(db, document, records, filters, expected):
    only = records()
    only[1].actions = []
    save(db, document("bbbbbbbbbbbb", "b.txt", date="2019-01-08", council="Islington"), only, "rules")
    assert [row["document_id"] for row in queries.outstanding(db, **filters)] == expected


def test_outstanding_shows_the_best_evidence_of_documents_in_force(db, document, records):
    save(db, document("bbbbbbbbbbbb", "b.txt", date="2020-03-10"), records(), "rules")
    db["evidence"].insert_all(
        [
            {
                "record_id": "aaaaaaaaaaaa.1.f104-147",
                "item_id": f"bbbbbbbbbbbb.{item}",
                "score": score,
                "says": "answers",
                "reason": "r",
            }
            for item, score in ((0, 0.6), (1, 0.8))
        ]
    )
    db["threads"].insert({"record_id": "aaaaaaaaaaaa.1.f104-147", "first_id": "aaaaaaaaaaaa.1.f104-147"})
    (shown,) = [row for row in queries.outstanding(db) if row["id"] == "aaaaaaaaaaaa.1.f104-147"]
    assert (shown["status"], shown["evidence"]) == (
        "answered?",
        "Performance report (2020-03-10), score 0.80",
    )
    save(db, document("cccccccccccc", "b.txt", date="2020-03-10"), records(), "rules")
    (shown,) = [row for row in queries.outstanding(db) if row["id"] == "aaaaaaaaaaaa.1.f104-147"]
    assert (shown["status"], shown["evidence"]) == ("overdue", None)


def test_verify_finds_a_sound_database_sound(db, document, records):
    save(db, document("bbbbbbbbbbbb"), records(), "rules")
    rebuild(db)
    assert [(check.name, check.examples) for check in verify(db) if check.wrong] == []
    assert sum(check.looked_at for check in verify(db) if check.name.startswith("quotes")) == 8


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "UPDATE metrics SET start_char = start_char + 1, end_char = end_char + 1",
            "quotes of metrics at their offsets",
        ),
        ("UPDATE items SET text = 'x' || text WHERE position = 1", "quotes of metrics at their offsets"),
        ("UPDATE actions SET document_id = 'zzz'", "foreign keys"),
        ("INSERT INTO evidence VALUES ('nowhere', 'aaaaaaaaaaaa.1', 0.5, 'answers', 'r')", "records of evidence"),
        ("INSERT INTO metrics_fts(metrics_fts) VALUES ('delete-all')", "search index of metrics"),
        ("UPDATE items SET title = 'other' WHERE position = 0", "search index of items"),
    ],
)
def test_verify_finds_what_is_wrong(db, change, expected):
    db.execute("PRAGMA foreign_keys = OFF")
    with db.atomic():
        db.execute(change)
    assert expected in [check.name for check in verify(db) if check.wrong]


def test_verify_does_not_take_a_file_it_may_not_write_to_for_a_broken_one(db, document, records):
    save(db, document("bbbbbbbbbbbb"), records(), "rules")
    rebuild(db)
    db.execute("PRAGMA query_only = ON")
    checks = {check.name: (check.wrong, check.examples) for check in verify(db)}
    said = "the file may not be written to: its rows were counted, its words not compared"
    assert checks["search index of metrics"] == (0, [said])
    assert [name for name, (wrong, _) in checks.items() if wrong] == []
