"""Saving: the same rows for the same input, history for changed sources, nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from minutesminer.models import Action, Document, Issue, Item, ItemRecords, Link, Meeting, Metric, Resolution
from minutesminer.store import ids, open_database, rebuild, save, save_source_issues
from minutesminer.store.tables import RECORD_TABLES


def dump(db: Database) -> list[str]:
    """Every statement that would make the database again, rows in their stored order."""
    return list(db.conn.iterdump())


def ids_of(db: Database, table: str) -> list[str]:
    return [row["id"] for row in db.query(f"SELECT id FROM {table} ORDER BY id")]


@pytest.fixture
def db(tmp_path: Path):
    with open_database(tmp_path / "minutes.db", write=True) as database:
        yield database


def test_rows_carry_readable_ids_and_the_quotes_stand_at_their_offsets(db, document, records):
    saved = save(db, document(), records(), "rules")
    committee = "northmere-borough-council-childrens-services-and-schools-panel"
    assert saved.counts == {"items": 2, "metrics": 1, "resolutions": 1, "actions": 1, "follow_ups": 1}
    assert saved.issues == []
    assert ids_of(db, "councils") == ["northmere-borough-council"]
    assert ids_of(db, "committees") == [committee]
    assert ids_of(db, "meetings") == [f"{committee}-2020-01-14"]
    assert ids_of(db, "items") == ["aaaaaaaaaaaa.0", "aaaaaaaaaaaa.1"]
    found = {
        table: [
            (row["id"], row["text"][row["start_char"] : row["end_char"]] == row["quote"])
            for row in db.query(f"SELECT {table}.*, text FROM {table} JOIN items ON items.id = item_id")
        ]
        for table in RECORD_TABLES
    }
    assert found == {
        "metrics": [("aaaaaaaaaaaa.1.m19-22", True)],
        "resolutions": [("aaaaaaaaaaaa.1.r164-183", True)],
        "actions": [("aaaaaaaaaaaa.1.a37-102", True)],
        "follow_ups": [("aaaaaaaaaaaa.1.f104-147", True)],
    }
    assert [row["resolution_id"] for row in db["follow_ups"].rows] == ["aaaaaaaaaaaa.1.r164-183"]


def test_council_of_the_register_has_its_code_and_facts(db, document, records):
    save(db, document(council="Islington"), records(), "rules")
    assert [(row["id"], row["gss_code"], row["nation"]) for row in db["councils"].rows] == [
        ("ISL", "E09000019", "England")
    ]
    assert ids_of(db, "meetings") == ["ISL-childrens-services-and-schools-panel-2020-01-14"]


def test_saving_again_changes_no_byte_of_any_table(db, document, records):
    both = [document(), document("bbbbbbbbbbbb", "minutes/other.txt", date="2021-01-12")]
    for one in both:
        save(db, one, records(), "rules")
    rebuild(db)
    before = dump(db)
    for one in both:
        save(db, one, records(), "rules")
    rebuild(db)
    assert dump(db) == before
    save(db, both[0], records(), "rules")
    rebuild(db)
    assert dump(db) == before


def test_new_rules_replace_only_the_records_that_differ(db, document, records):
    save(db, document(), records(), "old rules")
    kept = {table: list(db[table].rows) for table in ("metrics", "resolutions", "actions", "items", "meetings")}
    fewer = records()
    fewer[1].follow_ups = []
    save(db, document(), fewer, "new rules")
    assert list(db["follow_ups"].rows) == []
    assert {table: list(db[table].rows) for table in kept} == kept
    assert [row["rules_sha256"] for row in db["documents"].rows] == ["new rules"]


def test_a_record_that_vanishes_takes_its_evidence_along(db, document, records):
    save(db, document(), records(), "rules")
    db["evidence"].insert_all(
        [
            {
                "record_id": "aaaaaaaaaaaa.1.f104-147",
                "item_id": "aaaaaaaaaaaa.0",
                "score": 0.8,
                "says": "answers",
                "reason": "words",
            },
            {
                "record_id": "aaaaaaaaaaaa.1.a37-102",
                "item_id": "aaaaaaaaaaaa.0",
                "score": 0.7,
                "says": "answers",
                "reason": "words",
            },
        ]
    )
    fewer = records()
    fewer[1].follow_ups = []
    save(db, document(), fewer, "rules")
    assert [row["record_id"] for row in db["evidence"].rows] == ["aaaaaaaaaaaa.1.a37-102"]


def test_a_resolution_that_vanishes_lets_go_of_what_referred_to_it(db, document, records):
    save(db, document(), records(), "rules")
    without = records()
    without[1].resolutions = []
    without[1].follow_ups[0].resolution = None
    save(db, document(), without, "rules")
    assert ids_of(db, "resolutions") == []
    assert [row["resolution_id"] for row in db["follow_ups"].rows] == [None]


def test_changed_source_supersedes_and_keeps_the_older_rows(db, document, records):
    save(db, document(), records(), "rules")
    later = "Attendance rose to 96% in Quarter 2.\n" + document().items[1].text.split("\n", 1)[1]
    newer = records(later.replace("96%", "95%"))
    newer[1].metrics = []
    save(db, document("bbbbbbbbbbbb", text=later), newer, "rules")
    rebuild(db)
    assert [(row["id"], row["superseded_by"]) for row in db["documents"].rows] == [
        ("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        ("bbbbbbbbbbbb", None),
    ]
    assert ids_of(db, "metrics") == ["aaaaaaaaaaaa.1.m19-22"]
    assert ids_of(db, "metrics_view") == []
    assert ids_of(db, "outstanding") == ["bbbbbbbbbbbb.1.a37-102", "bbbbbbbbbbbb.1.f104-147"]
    found = db.query(
        "SELECT items.id FROM items_fts JOIN items ON items.rowid = items_fts.rowid WHERE items_fts MATCH 'attendance'"
    )
    assert [row["id"] for row in found] == ["bbbbbbbbbbbb.1"]
    assert db.execute("SELECT count(*) FROM metrics_fts WHERE metrics_fts MATCH 'attendance'").fetchone() == (0,)


def test_source_that_goes_back_to_its_old_bytes_is_in_force_again(db, document, records):
    save(db, document(), records(), "rules")
    save(db, document("bbbbbbbbbbbb"), records(), "rules")
    save(db, document(), records(), "rules")
    assert [(row["id"], row["superseded_by"]) for row in db["documents"].rows] == [
        ("aaaaaaaaaaaa", None),
        ("bbbbbbbbbbbb", "aaaaaaaaaaaa"),
    ]


def test_standard_input_never_supersedes(db, document, records):
    save(db, document(source="-"), records(), "rules")
    save(db, document("bbbbbbbbbbbb", source="-"), records(), "rules")
    assert [row["superseded_by"] for row in db["documents"].rows] == [None, None]


@pytest.mark.parametrize("id", ["aaaaaaaaaaaa", "bbbbbbbbbbbb"], ids=["same bytes", "other bytes"])
def test_source_that_can_no_longer_be_read_keeps_what_was_stored(db, document, records, id):
    save(db, document(), records(), "rules")
    before = {table: list(db[table].rows) for table in ("items", "metrics", "follow_ups", "attendance")}
    issue = Issue("parse", "damaged", "minutes/panel.txt is damaged; fetch it again")
    save(db, Document(id, "minutes/panel.txt", "text/plain", 9, "damaged", issues=[issue]), [], "rules")
    assert {table: list(db[table].rows) for table in before} == before
    assert ids_of(db, "outstanding") == ["aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"]
    assert [(row["document_id"], row["code"]) for row in db["issues"].rows] == [(id, "damaged")]
    assert db["documents"].get("aaaaaaaaaaaa")["outcome"] == "ok"


def test_unread_document_has_its_row_and_issue_until_the_source_is_read(db, document, records):
    issue = Issue("parse", "empty", "minutes/panel.txt is empty; fetch it again")
    save(
        db,
        Document("000000000000", "minutes/panel.txt", "text/plain", 0, "empty", issues=[issue]),
        [],
        "rules",
    )
    assert [(row["id"], row["outcome"], row["error"]) for row in db["documents"].rows] == [
        ("000000000000", "empty", "minutes/panel.txt is empty; fetch it again")
    ]
    assert [(row["document_id"], row["stage"], row["code"]) for row in db["issues"].rows] == [
        ("000000000000", "parse", "empty")
    ]
    save(db, document(), records(), "rules")
    assert db["documents"].get("000000000000")["superseded_by"] == "aaaaaaaaaaaa"


def test_issue_of_a_source_goes_when_it_is_mended(db, document, records):
    save_source_issues(db, "minutes/panel.txt", [Issue("fetch", "unreadable", "cannot be read")])
    save_source_issues(db, "minutes/manifest.csv", [Issue("fetch", "bad_manifest", "no such file")])
    save(db, document(), records(), "rules")
    assert [row["source"] for row in db["issues"].rows] == ["minutes/manifest.csv"]
    save_source_issues(db, "minutes/manifest.csv", [])
    assert list(db["issues"].rows) == []


def test_record_whose_quote_is_elsewhere_is_left_out_and_told(db, document, records):
    wrong = records()
    wrong[1].metrics[0].start_char += 1
    wrong[1].metrics[0].end_char += 1
    wrong[1].resolutions[0].end_char = 10_000
    saved = save(db, document(), wrong, "rules")
    assert (ids_of(db, "metrics"), ids_of(db, "resolutions")) == ([], [])
    assert [row["resolution_id"] for row in db["follow_ups"].rows] == [None]
    assert [issue.code for issue in saved.issues] == ["quote_mismatch", "quote_mismatch"]
    assert sorted(row["message"] for row in db["issues"].rows) == sorted(i.message for i in saved.issues)
    save(db, document(), records(), "rules")
    assert list(db["issues"].rows) == []


def test_value_that_is_no_number_is_left_out_and_told(db, document, records):
    wrong = records()
    wrong[1].metrics[0].value = float("nan")
    save(db, document(), wrong, "rules")
    assert (ids_of(db, "metrics"), [row["code"] for row in db["issues"].rows]) == ([], ["bad_value"])


def test_failure_in_the_middle_leaves_the_old_rows(db, document, records):
    save(db, document(), records(), "rules")
    before = dump(db)
    broken = records()
    broken[1].metrics = []
    broken[1].follow_ups[0].rule = None
    with pytest.raises(sqlite3.IntegrityError):
        save(db, document(date="2022-02-02"), broken, "new rules")
    assert dump(db) == before


def test_documents_of_one_meeting_share_it_and_fill_its_blanks(db, document, records):
    first = document(time="18:30")
    second = document("bbbbbbbbbbbb", "minutes/other.txt", time="19:00", venue="Town Hall")
    for one in (first, second, first):
        save(db, one, records(), "rules")
    assert [(row["time"], row["venue"]) for row in db["meetings"].rows] == [("18:30", "Town Hall")]
    assert [(row["name"], row["status"], row["document_id"]) for row in db["attendance"].rows] == [
        ("Councillor A. Reed", "present", "aaaaaaaaaaaa"),
        ("Councillor B. Holt", "apologies", "aaaaaaaaaaaa"),
    ]


def test_meeting_of_one_document_is_corrected_when_it_is_read_again(db, document, records):
    save(db, document(date="2020-01-04", time="18:30"), records(), "rules")
    save(db, document(date="2020-01-14", time="19:00", council="Southmere Council"), records(), "rules")
    assert [(row["date"], row["time"]) for row in db["meetings"].rows] == [("2020-01-14", "19:00")]
    assert ids_of(db, "committees") == ["southmere-council-childrens-services-and-schools-panel"]
    assert ids_of(db, "councils") == ["southmere-council"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"council": None}, "unknown-childrens-services-and-schools-panel-2020-01-14-aaaaaaaaaaaa"),
        ({"committee": None}, "northmere-borough-council-unknown-2020-01-14-aaaaaaaaaaaa"),
        ({"council": None, "committee": None, "date": None}, "unknown-unknown-undated-aaaaaaaaaaaa"),
        ({"committee": "–"}, "northmere-borough-council-unknown-2020-01-14-aaaaaaaaaaaa"),
        (
            {"date": None},
            "northmere-borough-council-childrens-services-and-schools-panel-undated-aaaaaaaaaaaa",
        ),
    ],
)
def test_meeting_that_is_not_fully_known_is_the_documents_own(db, document, records, facts, expected):
    save(db, document(**facts), records(), "rules")
    assert ids_of(db, "meetings") == [expected]


def test_document_without_meetings_and_page_of_several(db, document, records):
    bare = document()
    bare.meetings = []
    save(db, bare, records(), "rules")
    page = document("bbbbbbbbbbbb", "page.html")
    page.meetings = [Meeting("Islington", "Panel", None), Meeting("Islington", "Panel", None)]
    page.items[1].meeting = 1
    save(db, page, records(), "rules")
    assert [(row["id"], row["meeting_id"]) for row in db.query("SELECT * FROM items ORDER BY id")] == [
        ("aaaaaaaaaaaa.0", "unknown-unknown-undated-aaaaaaaaaaaa"),
        ("aaaaaaaaaaaa.1", "unknown-unknown-undated-aaaaaaaaaaaa"),
        ("bbbbbbbbbbbb.0", "ISL-panel-undated-bbbbbbbbbbbb"),
        ("bbbbbbbbbbbb.1", "ISL-panel-undated-bbbbbbbbbbbb-2"),
    ]


def test_items_that_cannot_be_told_apart_are_refused(db, document, records):
    twice, homeless = document(), document()
    twice.items[1].position = 0
    homeless.items[1].meeting = 1
    with pytest.raises(ValueError, match="same position"):
        save(db, twice, records(), "rules")
    with pytest.raises(ValueError, match="does not have"):
        save(db, homeless, records(), "rules")
    with pytest.raises(ValueError, match="1 lists of records for 2 items"):
        save(db, document(), records()[:1], "rules")
    assert list(db["documents"].rows) == []


def test_records_that_share_a_span_are_told_apart():
    assert ids.record_ids("d.1", "m", [(0, 4, "count"), (0, 4, "rate"), (5, 9, "count"), (0, 4, "rate")]) == [
        "d.1.m0-4-count",
        "d.1.m0-4-rate",
        "d.1.m5-9",
        "d.1.m0-4-rate-2",
    ]


@settings(deadline=None)
@given(
    text=st.text(min_size=1, max_size=40),
    start=st.integers(-2, 42),
    end=st.integers(-2, 42),
    quote=st.text(max_size=5) | st.none(),
)
def test_every_stored_quote_is_the_text_at_its_offsets(text, start, end, quote):
    words = text[max(start, 0) : max(end, 0)] if quote is None else quote
    spot = {"quote": words, "sentence": text, "start_char": start, "end_char": end, "rule": "r"}
    found = ItemRecords(
        metrics=[Metric(**spot, kind="count", value=1)],
        resolutions=[Resolution(**spot, decision="note")],
        actions=[Action(**spot)],
    )
    one = Document("cccccccccccc", "x.txt", "text/plain", len(text), items=[Item(0, text)])
    database = Database(memory=True)
    try:
        from minutesminer.store import schema

        schema.migrate(database)
        saved = save(database, one, [found], "rules")
        fits = 0 <= start < end <= len(text) and text[start:end] == words
        assert saved.counts == {
            "items": 1,
            "metrics": fits,
            "resolutions": fits,
            "actions": fits,
            "follow_ups": 0,
        }
        assert len(saved.issues) == (0 if fits else 3)
        stored = [(row["quote"], row["start_char"]) for row in database["metrics"].rows]
        assert stored == ([(words, start)] if fits else [])
    finally:
        database.close()


def test_a_variant_of_a_known_committees_name_is_that_committee(db, document, records):
    names = [
        "Children’s Services and Schools Panel",
        "Childrens Services & Schools Panel",
        "Schools and Children’s Services Panel",
        "Schools Panel",
    ]
    for number, name in enumerate(names):
        one = document(f"{number:012x}", f"{number}.txt", committee=name, date=f"2020-01-{number + 1:02d}")
        save(db, one, records(), "rules")
    assert [row["name"] for row in db.query("SELECT name FROM committees ORDER BY id")] == [names[0], names[3]]
    query = "SELECT count(*) AS n FROM meetings GROUP BY committee_id ORDER BY committee_id"
    assert [row["n"] for row in db.query(query)] == [3, 1]


def test_links_of_an_item_are_stored_and_go_when_they_are_gone(db, document, records):
    linked = document()
    linked.items[1].links = [Link("Report", "https://worn.example/s1.pdf"), Link("Map", "https://worn.example/s2.pdf")]
    save(db, linked, records(), "rules")
    assert [(row["id"], row["item_id"], row["title"], row["url"]) for row in db["links"].rows] == [
        ("aaaaaaaaaaaa.1.l0", "aaaaaaaaaaaa.1", "Report", "https://worn.example/s1.pdf"),
        ("aaaaaaaaaaaa.1.l1", "aaaaaaaaaaaa.1", "Map", "https://worn.example/s2.pdf"),
    ]
    linked.items[1].links.pop()
    save(db, linked, records(), "rules")
    assert ids_of(db, "links") == ["aaaaaaaaaaaa.1.l0"]
