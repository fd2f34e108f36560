"""Pages of printed documents: stored with their items, shown with every record, and put behind the address of a PDF."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from minutesminer.models import Document, ItemRecords, PageStart
from minutesminer.store import open_database, rebuild, save
from minutesminer.store.place_sql import at_page
from minutesminer.store.queries import outstanding, to_review
from minutesminer.store.search import search
from minutesminer.store.verify import verify

ITEM = "aaaaaaaaaaaa.1"
PDF = "https://northmere.example/documents/g12/Minutes.pdf"
VIEWS = ("metrics_view", "actions_view", "follow_ups_view", "resolutions_view")


@pytest.fixture
def db(tmp_path: Path):
    with open_database(tmp_path / "minutes.db", write=True) as database:
        yield database


@pytest.fixture
def printed(document: Callable[..., Document]) -> Callable[..., Document]:
    """A document whose second item begins on page 2 and has two pages: figure and action on 3, the rest on 4."""

    def of(media_type: str = "application/pdf", source: str = "minutes.pdf", url: str | None = PDF) -> Document:
        made = document(source=source)
        made.media_type = media_type
        made.items[1].url = url
        made.items[1].page, made.items[1].pages = 2, [PageStart(3, 0), PageStart(4, 104)]
        return made

    return of


def shown(db: Database) -> list[tuple[object, ...]]:
    return [db.execute(f"SELECT page, url FROM {view}").fetchone() for view in VIEWS]


def test_a_record_is_on_the_page_on_which_its_quote_begins(
    db: Database, printed: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    save(db, printed(), records(), "rules")
    assert list(db.query("SELECT id, page FROM items ORDER BY id")) == [
        {"id": "aaaaaaaaaaaa.0", "page": None},
        {"id": ITEM, "page": 2},
    ]
    assert list(db.query("SELECT * FROM item_pages")) == [
        {"item_id": ITEM, "start_char": 0, "page": 3},
        {"item_id": ITEM, "start_char": 104, "page": 4},
    ]
    assert shown(db) == [(page, f"{PDF}#page={page}") for page in (3, 3, 4, 4)]
    assert [(row["page"], row["url"]) for row in outstanding(db)] == [(3, f"{PDF}#page=3"), (4, f"{PDF}#page=4")]
    rebuild(db)
    assert [(row["class"], row["page"], row["url"]) for row in search(db, "undertook")] == [
        ("action", 3, f"{PDF}#page=3"),
        ("item", 2, f"{PDF}#page=2"),
    ]
    assert [check.examples for check in verify(db) if check.wrong] == []


def test_records_to_be_checked_say_their_page(
    db: Database, printed: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    found = records()
    found[1].follow_ups[0].review = "nobody is named"
    save(db, printed(), found, "rules")
    assert [(row["page"], row["url"]) for row in to_review(db)] == [(4, f"{PDF}#page=4")]


@pytest.mark.parametrize(
    ("media_type", "source", "url", "expected"),
    [
        ("application/pdf", "minutes.pdf", "https://n.example/a.PDF?T=10", "https://n.example/a.PDF?T=10#page=3"),
        ("application/pdf", "https://n.example/get?ID=1", "https://n.example/g?1", "https://n.example/g?1#page=3"),
        ("application/pdf", "HTTP://n.example/get", "https://n.example/g", "https://n.example/g#page=3"),
        ("application/pdf", "minutes.pdf", "https://n.example/a.pdf#page=9", "https://n.example/a.pdf#page=9"),
        ("application/pdf", "minutes.pdf", "https://n.example/ieListDocuments.aspx?MId=7", None),
        ("application/pdf", "minutes.pdf", "https://n.example/a.pdfs", None),
        ("application/msword", "https://n.example/get?ID=1", "https://n.example/a.pdf", None),
        ("application/pdf", "minutes.pdf", None, None),
    ],
)
def test_only_the_address_of_a_pdf_says_a_page(
    db: Database,
    printed: Callable[..., Document],
    records: Callable[..., list[ItemRecords]],
    media_type: str,
    source: str,
    url: str | None,
    expected: str | None,
) -> None:
    save(db, printed(media_type, source, url), records(), "rules")
    assert shown(db)[0] == (3, expected or url)
    assert at_page(url, 3, media_type, source) == (expected or url)


def test_what_has_no_pages_is_as_it_was(
    db: Database, document: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    made = document(source="https://northmere.example/Minutes.pdf")
    made.media_type = "application/pdf"
    save(db, made, records(), "rules")
    assert shown(db) == [(None, "https://democracy.northmere.example/item/2")] * 4
    assert at_page(PDF, None, "application/pdf", PDF) == PDF


def test_pages_are_replaced_with_their_document_and_go_with_it(
    db: Database, printed: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    save(db, printed(), records(), "rules")
    before = list(db.conn.iterdump())
    save(db, printed(), records(), "rules")
    assert list(db.conn.iterdump()) == before
    otherwise = printed()
    otherwise.items[1].pages = [PageStart(3, 0)]
    save(db, otherwise, records(), "rules")
    assert list(db.query("SELECT * FROM item_pages")) == [{"item_id": ITEM, "start_char": 0, "page": 3}]
    otherwise.items.pop()
    save(db, otherwise, records()[:1], "rules")
    assert list(db.query("SELECT * FROM item_pages")) == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM item_pages WHERE start_char = 0",
        "UPDATE item_pages SET start_char = 9999 WHERE start_char > 0",
        "UPDATE items SET page = NULL",
    ],
)
def test_verify_finds_pages_that_do_not_fit_the_text(
    db: Database, printed: Callable[..., Document], records: Callable[..., list[ItemRecords]], change: str
) -> None:
    save(db, printed(), records(), "rules")
    rebuild(db)
    with db.atomic():
        db.execute(change)
    assert [(check.name, check.examples) for check in verify(db) if check.wrong] == [
        ("pages of items in their text", [f"the pages of {ITEM} do not fit its text"])
    ]


def test_an_old_database_shows_its_records_without_pages_until_they_are_read_again(
    tmp_path: Path, printed: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "version_3.sql").read_text(encoding="utf-8"))
    made = printed()
    connection.executescript(
        f"""INSERT INTO committees (id) VALUES ('c');
        INSERT INTO meetings (id, committee_id, date) VALUES ('m', 'c', '2020-01-14');
        INSERT INTO documents (id, source, media_type, size, outcome)
          VALUES ('{made.id}', '{made.source}', '', 1, 'ok');
        INSERT INTO items (id, document_id, meeting_id, position, url, text)
          VALUES ('{ITEM}', '{made.id}', 'm', 1, '{PDF}', '{made.items[1].text}');
        INSERT INTO actions
          (id, item_id, document_id, meeting_id, strength, quote, sentence, start_char, end_char, rule)
          VALUES ('{ITEM}.a0-3', '{ITEM}', '{made.id}', 'm', 'undertaken', 'Att', 'Att', 0, 3, 'r');"""
    )
    connection.close()
    with open_database(path, write=True) as db:
        assert [(row["id"], row["page"], row["url"]) for row in outstanding(db)] == [(f"{ITEM}.a0-3", None, PDF)]
        save(db, printed(), records(), "rules")
        assert [page for page, _ in shown(db)] == [3, 3, 4, 4]
