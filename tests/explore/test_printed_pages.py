"""Pages of printed minutes, from a PDF in a folder to everything that shows where a record comes from."""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openpyxl import load_workbook
from visitor import close

import minutesminer
from minutesminer import resources
from minutesminer.cli import main
from minutesminer.explore import datasette_app
from minutesminer.run import run
from minutesminer.store import open_database

NAME = "thornmere_children_families_2026-03-04.pdf"
PDF = "https://thornmere.example/documents/Minutes%204%20March.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packaged minutes, of which a manifest says the address that they have on the web."""
    folder = tmp_path_factory.mktemp("printed")
    shutil.copy(resources.folder("corpus") / "children" / NAME, folder)
    (folder / "manifest.csv").write_text(f"file,url\n{NAME},{PDF}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def database(folder: Path) -> Path:
    path = folder.with_name("printed.db")
    run([folder], path)
    return path


@pytest.fixture(scope="module")
def request_row(database: Path) -> dict[str, Any]:
    """The outstanding request that stands last in the minutes."""
    with open_database(database) as db:
        return next(iter(db.query("SELECT * FROM outstanding WHERE page > 1 ORDER BY item_id DESC, id DESC LIMIT 1")))


@pytest.fixture(scope="module")
def ask(database: Path) -> Iterator[Any]:
    site = datasette_app(database)
    yield lambda path: asyncio.run(site.client.get(path)).text
    close(site)


def call(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_record_of_printed_minutes_has_its_page(database: Path) -> None:
    views = ("metrics_view", "resolutions_view", "actions_view", "follow_ups_view", "outstanding")
    with open_database(database) as db:
        for view in views:
            rows = list(db.query(f"SELECT page, url FROM {view}"))
            assert rows
            assert [row["url"] for row in rows] == [f"{PDF}#page={row['page']}" for row in rows]


def test_frames_of_mined_records_have_the_pages_that_the_database_has(folder: Path, database: Path) -> None:
    document = minutesminer.read(folder / NAME)
    mined = minutesminer.frame(minutesminer.mine(document)).sort_values("id", ignore_index=True)
    stored = minutesminer.Database(database).frame("metrics_view").sort_values("id", ignore_index=True)
    assert list(mined["page"]) == list(stored["page"])
    assert list(mined["url"]) == list(stored["url"])
    assert (str(mined["page"].dtype), sorted(set(mined["page"]))) == ("Int64", [1, 2, 3])


def test_the_page_of_an_item_leads_to_the_page_of_each_record(ask: Any, request_row: dict[str, Any]) -> None:
    soup = BeautifulSoup(ask(f"/-/item/{request_row['item_id']}"), "lxml")
    track = f"/-/track/{request_row['id']}"
    (entry,) = [each for each in soup.select("ol.records li") if each.find("a", href=track) is not None]
    (link,) = [each for each in entry.find_all("a") if each.get_text().startswith("page ")]
    assert (link["href"], link.get_text().split(" of")[0]) == (request_row["url"], f"page {request_row['page']}")
    lead = soup.select_one("p.lead")
    assert lead is not None
    assert lead.a is not None
    assert str(lead.a["href"]).startswith(f"{PDF}#page=")


def test_the_page_of_a_request_leads_to_the_page_it_is_printed_on(ask: Any, request_row: dict[str, Any]) -> None:
    soup = BeautifulSoup(ask(f"/-/track/{request_row['id']}"), "lxml")
    links = {link.get_text(): link["href"] for link in soup.select("blockquote a")}
    assert links[f"page {request_row['page']} of the document"] == request_row["url"]


def test_feeds_say_the_page(ask: Any, request_row: dict[str, Any]) -> None:
    feed = BeautifulSoup(ask("/minutes/outstanding.atom"), "xml")
    (entry,) = [each for each in feed.find_all("entry") if str(request_row["id"]) in each.id.text]
    assert entry.content.text == f"{request_row['sentence']} (page {request_row['page']})"
    assert entry.find("link", rel="via")["href"] == request_row["url"]


def test_lists_reports_and_sheets_say_the_page(database: Path, request_row: dict[str, Any], tmp_path: Path) -> None:
    listed = json.loads(call("outstanding", "--db", str(database), "--json"))
    assert {row["id"]: row["page"] for row in listed}[request_row["id"]] == request_row["page"]
    call("outstanding", "--db", str(database), "--xlsx", str(tmp_path / "due.xlsx"))
    rows = list(load_workbook(tmp_path / "due.xlsx")["Outstanding"].values)
    assert rows[0][-2:] == ("Link", "Page")
    assert (request_row["url"], request_row["page"]) in [row[-2:] for row in rows]
    call("report", "--db", str(database), "--committee", "children", "--out", str(tmp_path / "report.html"))
    soup = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "lxml")
    (link,) = [each for each in soup.select("td a") if request_row["id"] in each.parent.get_text().replace("\xa0", " ")]
    assert (link["href"], str(link.next_sibling).strip()) == (request_row["url"], f", page {request_row['page']}")


def test_exports_say_the_page(database: Path, request_row: dict[str, Any], tmp_path: Path) -> None:
    call("export", "csv", "--db", str(database), "--out", str(tmp_path / "csv"))
    with (tmp_path / "csv" / "outstanding.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: (row["page"], row["url"]) for row in csv.DictReader(file)}
    assert found[request_row["id"]] == (str(request_row["page"]), request_row["url"])
    described = json.loads((tmp_path / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    types = {
        (table["name"], field["name"]): field["type"]
        for table in described["resources"]
        for field in table["schema"]["fields"]
        if field["name"] == "page"
    }
    tables = ("items", "metrics", "resolutions", "actions", "follow_ups", "outstanding")
    assert types == {(table, "page"): "integer" for table in tables}


def test_a_file_without_an_address_has_its_page_all_the_same(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / NAME, alone)
    run([alone], tmp_path / "alone.db")
    with open_database(tmp_path / "alone.db") as db:
        (row,) = db.query("SELECT * FROM outstanding WHERE page > 1 ORDER BY item_id DESC, id DESC LIMIT 1")
    site = datasette_app(tmp_path / "alone.db")
    try:
        item = asyncio.run(site.client.get(f"/-/item/{row['item_id']}")).text
        track = asyncio.run(site.client.get(f"/-/track/{row['id']}")).text
    finally:
        close(site)
    assert (row["url"], f"page {row['page']} ·" in item, f"page {row['page']} of the document ·" in track) == (
        None,
        True,
        True,
    )
