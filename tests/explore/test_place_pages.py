"""The pages of councils, committees and meetings: what they show, that lists are paged, and that they stay fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
import synthetic_database
from bs4 import BeautifulSoup, Tag

from minutesminer.explore import places
from minutesminer.store.database import open_database

COUNCIL, COMMITTEE = "/-/council/EXA", "/-/committee/EXA-health"
MEETING = "/-/meeting/EXA-health-2024-01-15"


def soup(get: Any, path: str) -> BeautifulSoup:
    return BeautifulSoup(get(path).text, "lxml")


def rows(part: Tag | None) -> list[list[str]]:
    """The words of each row of the body of a table."""
    assert part is not None
    return [[cell.get_text() for cell in row.select("th, td")] for row in part.select("tbody tr")]


def after(page: BeautifulSoup, heading: str) -> Tag | None:
    """The table that follows a heading."""
    return next(h for h in page.select("h2") if h.get_text() == heading).find_next("table")


def test_every_link_to_this_site_leads_to_a_page(get: Any) -> None:
    paths = ["/-/councils", COUNCIL, COMMITTEE, MEETING, "/-/council/OTH", "/-/measures", "/-/measure/vacancy"]
    links = {urldefrag(a["href"]).url for path in paths for a in soup(get, path).select("a[href]")}
    inside = sorted(link for link in links if link.startswith("/"))
    assert len(inside) > 50
    assert [link for link in inside if get(link).status_code not in (200, 302)] == []


def test_councils_are_listed_with_how_much_there_is_and_found_by_their_names(get: Any) -> None:
    found = rows(soup(get, "/-/councils?name=OTHER").select_one("table"))
    assert rows(soup(get, "/-/councils").select_one("table")) == [
        ["Exampleshire", "", "1", "2", "18 March 2024", "4"],
        ["Otherton", "", "1", "1", "5 February 2024", "0"],
    ]
    assert found == [["Otherton", "", "1", "1", "5 February 2024", "0"]]
    assert "No council has that" in soup(get, "/-/councils?name=zzz").get_text()


def test_a_council_shows_its_committees_years_latest_figures_and_what_is_outstanding(get: Any) -> None:
    page = soup(get, COUNCIL)
    assert [heading.get_text() for heading in page.select("h1, h2")] == [
        *("Exampleshire", "Committees", "Meetings by year", "Coverage", "Figures by measure", "Outstanding"),
    ]
    assert rows(after(page, "Committees")) == [["Health Scrutiny", "scrutiny", "2", "18 March 2024"]]
    assert rows(after(page, "Meetings by year")) == [["2024", "2", "1"]]
    assert rows(after(page, "Figures by measure")) == [["Vacancy rate", "staff", "11%", "", "18 March 2024"]]
    assert [item.select_one("h3").get_text() for item in page.select("ol.work li")] == [
        "circulate the children’s home report",
        "the vacancy figures",
    ]
    assert [line.get_text() for line in page.select("#coverage + ul li")] == ["2 documents read"]


def test_a_committee_shows_its_meetings_decisions_figures_and_who_comes(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    synthetic_database.build(path)
    with open_database(path, write=True) as db:
        db.table("attendance").insert_all(
            {
                "meeting_id": f"EXA-health-2024-0{month}",
                "name": name,
                "role": role,
                "status": status,
                "document_id": id_,
            }
            for month, name, role, status, id_ in (
                ("1-15", "A. Reed", "Chair", "present", "aaaaaaaaaaaa"),
                ("3-18", "A. Reed", "Chair", "present", "bbbbbbbbbbbb"),
                ("1-15", "B. Holt", None, "present", "aaaaaaaaaaaa"),
                ("3-18", "B. Holt", None, "apologies", "bbbbbbbbbbbb"),
                ("3-18", "C. Fenn", "Director", "in attendance", "bbbbbbbbbbbb"),
            )
        )
        page = places.read_committee(db.conn, "EXA-health")
    assert page is not None
    assert [tuple(row.values())[1:] for row in page.meetings.rows] == [
        ("2024-03-18", None, None, None, 1, 1, 0, 0, 0),
        ("2024-01-15", None, None, "https://minutes.example/health/january", 2, 3, 1, 1, 1),
    ]
    assert [tuple(row.values()) for row in page.attendance] == [
        ("A. Reed", "Chair", 2, 0, 0, 0),
        ("B. Holt", None, 1, 1, 0, 0),
        ("C. Fenn", "Director", 0, 0, 0, 1),
    ]
    assert [(row["decision"], row["decisions"]) for row in page.verbs] == [("request", 1)]
    assert [(row["value"], row["role"], row["label"]) for row in page.figures] == [
        (11.0, "actual", "Vacancy rate"),
        (14.0, "actual", "Vacancy rate"),
        (10.0, "target", "Vacancy rate"),
        (1250000.0, "actual", None),
    ]


def test_a_meeting_shows_its_items_in_order_without_those_of_a_replaced_document(get: Any) -> None:
    page = soup(get, MEETING)
    assert rows(after(page, "Agenda items")) == [
        ["Workforce", "3", "1", "1", "1"],
        ["Any other business", "", "", "", ""],
    ]
    assert [(a["rel"], a["href"]) for a in page.select(".turn a")] == [(["next"], "/-/meeting/EXA-health-2024-03-18")]
    assert [a["href"] for a in page.select(".lead a")] == ["https://minutes.example/health/january"]
    documents = [" ".join(line.get_text().split()) for line in page.select("#documents ~ ul li")]
    assert documents == [
        "Read from minutes/aaaaaaaaaaaa.html (text/html): about the document aaaaaaaaaaaa",
        "Read from minutes/dddddddddddd.html (text/html; replaced by a newer one): about the document dddddddddddd",
    ]


@pytest.mark.parametrize("kind", ["council", "committee", "meeting", "measure"])
def test_what_is_not_there_is_not_found_and_its_name_is_harmless(get: Any, kind: str) -> None:
    response = get(f"/-/{kind}/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    said = BeautifulSoup(response.text, "lxml").select_one("[role=alert]")
    assert said is not None
    assert (response.status_code, said.get_text()) == (404, f"There is no {kind} <script>alert(1)</script>.")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A synthetic database of a committee with 60 meetings, of another with an item more than a page holds."""
    path = tmp_path_factory.mktemp("many") / "minutes.db"
    with open_database(path, write=True) as db:
        db.table("councils").insert_all({"id": f"C{n:03}", "name": f"Council {n:03}"} for n in range(101))
        db.table("committees").insert_all({"id": f"K{n}", "council_id": "C000", "name": f"Panel {n}"} for n in range(2))
        db.table("meetings").insert_all(
            {"id": f"M{n:02}", "committee_id": "K0", "date": f"2020-{n // 28 + 1:02}-{n % 28 + 1:02}"}
            for n in range(60)
        )
        document = {"id": "d", "source": "d", "media_type": "text/plain", "size": 1, "outcome": "ok"}
        db.table("documents").insert(document)
        db.table("items").insert_all(
            {"id": f"d.{n}", "document_id": "d", "meeting_id": "M00", "position": n, "text": "x"} for n in range(101)
        )
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_long_lists_are_paged(many: sqlite3.Connection) -> None:
    councils = [places.read_councils(many, page=page) for page in (1, 2, 3, 4)]
    committees = [places.read_committee(many, "K0", page) for page in (1, 3, 4)]
    meetings = [places.read_meeting(many, "M00", page) for page in (1, 2)]
    assert [(len(listed.rows), listed.more) for listed in councils] == [(50, True), (50, True), (1, False), (0, False)]
    assert [(len(page.meetings.rows), page.meetings.more) for page in committees if page] == [
        (25, True),
        (10, False),
        (0, False),
    ]
    assert [(len(page.items.rows), page.items.more) for page in meetings if page] == [(100, True), (1, False)]


def test_pages_of_a_list_lead_to_each_other_and_keep_what_was_asked(get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PAGE", 1)
    monkeypatch.setattr(places.one_page, "__defaults__", (1,))
    pages = [soup(get, f"/-/councils?name=e&page={page}") for page in (1, 2, "x", 99999999)]
    assert [[a["href"] for a in page.select("nav.pages a")] for page in pages] == [
        ["/-/councils?name=e&page=2"],
        ["/-/councils?name=e&page=1"],
        ["/-/councils?name=e&page=2"],
        ["/-/councils?name=e&page=2"],
    ]


# What may be read without an index: what is small, what a limit ends, and the view `outstanding`, which has tests.
_READ_THROUGH = {"m", "c", "p", "used", "record", "found", "actions", "outstanding"}


def test_no_query_of_these_pages_goes_through_a_whole_table_that_grows(many: sqlite3.Connection) -> None:
    asked: list[str] = []
    many.set_trace_callback(asked.append)
    places.read_councils(many)
    places.read_council(many, "C000")
    places.read_committee(many, "K0")
    places.read_meeting(many, "M00")
    many.set_trace_callback(None)
    queries = [sql for sql in asked if sql.lstrip().lower().startswith(("select", "with"))]
    steps = [step[3] for sql in queries for step in many.execute(f"explain query plan {sql}")]
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN") and "INDEX" not in step}
    assert len(queries) > 15
    assert {name for name in scanned if not name.startswith("(")} - _READ_THROUGH == set()
