"""The pages: what each shows, that links lead somewhere, that text from minutes is never more than text."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette
from synthetic_database import ATTACK, TEXT_HOSTILE, TEXT_JANUARY

from minutesminer import resources
from minutesminer.store import schema

TABLES = [*schema.TABLES, *schema.VIEWS]
ITEM = "/-/item/aaaaaaaaaaaa.0"
HOSTILE_ITEM = "/-/item/cccccccccccc.0"
QUERIES = ["/minutes/outstanding_list", "/minutes/search_records", "/minutes/full_text_search"]
PAGES = [
    "/",
    "/minutes",
    *(f"/minutes/{table}" for table in TABLES),
    *QUERIES,
    ITEM,
    HOSTILE_ITEM,
    "/-/item/none",
]


def soup(get: Any, path: str) -> BeautifulSoup:
    return BeautifulSoup(get(path).text, "lxml")


def test_home_names_the_three_readers_and_says_how_much_there_is(get: Any) -> None:
    page = soup(get, "/")
    totals = {line.dt.get_text(): line.dd.get_text() for line in page.select(".totals div")}
    assert (
        [heading.get_text() for heading in page.select("h2")],
        totals,
        [(a["href"], a.get_text()) for a in page.select("#newest + ul li a")][:2],
    ) == (
        [
            "For scrutiny officers",
            "For journalists",
            "For researchers",
            "Newest meetings",
            "Figures by theme",
            "Guides and feeds",
        ],
        {"Figures": "4", "Decisions": "1", "Actions": "1", "Follow-ups asked for": "2"},
        [("/-/meeting/EXA-health-2024-03-18", "18 March 2024"), ("/-/committee/EXA-health", "Health Scrutiny")],
    )


@pytest.mark.parametrize("path", ["/", "/minutes", ITEM, "/minutes/outstanding_list", "/minutes/metrics_view"])
def test_every_link_of_a_page_to_this_site_leads_to_a_page(get: Any, path: str) -> None:
    links = {urldefrag(a["href"]).url for a in soup(get, path).select("a[href]")}
    inside = sorted(link for link in links if link.startswith("/"))
    assert inside
    assert [link for link in inside if get(link).status_code != 200] == []


@pytest.mark.parametrize("table", TABLES)
def test_table_page_describes_every_column_in_the_words_of_the_schema(get: Any, table: str) -> None:
    described = schema.metadata_columns()[table]
    list_ = soup(get, f"/minutes/{table}").select_one("dl.column-descriptions")
    assert list_ is not None
    names = [term.get_text() for term in list_.select("dt")]
    # The unit, where there is one, follows the schema's words.
    told = dict(zip(names, (said.get_text() for said in list_.select("dd")), strict=True))
    assert {name: words[: len(described[name])] for name, words in told.items()} == described


def test_column_description_ends_with_the_unit(get: Any) -> None:
    columns = get("/-/metadata.json").json()["databases"]["minutes"]["tables"]
    assert (columns["documents"]["columns"]["size"], columns["metrics_view"]["columns"]["start_char"]) == (
        "Size of the file or page. In bytes.",
        "Where the quote starts in the item's text. In characters.",
    )


def test_views_have_their_facets_and_the_newest_meeting_first(get: Any) -> None:
    answer = get("/minutes/metrics_view.json").json()
    facets = {name: [value["value"] for value in facet["results"]] for name, facet in answer["facet_results"].items()}
    dates = [row[answer["columns"].index("date")] for row in answer["rows"]]
    assert (facets, dates, answer["suggested_facets"]) == (
        {
            "council": ["Exampleshire"],
            "committee": ["Health Scrutiny"],
            "year": [2024],
            "kind": ["percentage", "money"],
            "theme": ["staff"],
            "role": ["actual", "target"],
        },
        ["2024-03-18", "2024-01-15", "2024-01-15", "2024-01-15"],
        [],
    )


def test_every_table_view_and_query_has_a_title(site: Any) -> None:
    told = site.metadata("tables", database="minutes")
    queries = site.metadata("queries", database="minutes")
    assert [name for name in TABLES if "title" not in told[name]] == []
    assert [name for name, query in queries.items() if not {"title", "description"} <= set(query)] == []


def test_tables_of_the_search_indexes_are_hidden(get: Any) -> None:
    shown = [table["name"] for table in get("/minutes.json").json()["tables"] if not table["hidden"]]
    assert shown == sorted(schema.TABLES)


def test_table_page_puts_who_and_when_first_and_keeps_cells_under_their_headings(get: Any) -> None:
    page = soup(get, "/minutes/metrics_view?_sort_desc=value&_all=on")
    headings = [heading["data-column"] for heading in page.select("thead th")]
    cells = [cell["class"][0].removeprefix("col-") for cell in page.select_one("tbody tr").select("td")]
    first = dict(zip(headings, (cell.get_text() for cell in page.select("tbody tr")[0].select("td")), strict=True))
    assert (headings[:5], sorted(headings), cells) == (
        ["id", "date", "council", "committee", "value"],
        sorted(schema.metadata_columns()["metrics_view"]),
        headings,
    )
    assert (first["value"], first["unit"], first["date"]) == ("1,250,000", "GBP", "2024-01-15")


def test_foreign_keys_show_the_name_of_what_they_refer_to(get: Any) -> None:
    row = soup(get, "/minutes/committees?_sort=id").select_one("tbody tr")
    assert str(row.select_one(".col-council_id a")) == '<a href="/-/council/EXA">Exampleshire</a>'


def test_lists_of_records_leave_out_ids_until_they_are_asked_for(get: Any) -> None:
    paths = ["", "?_all=on", "?_col=item_id&_col=value"]
    shown = [
        [heading["data-column"] for heading in soup(get, f"/minutes/metrics_view{path}").select("thead th")]
        for path in paths
    ]
    assert [("item_id" in columns, "sentence" in columns) for columns in shown] == [
        (False, True),
        (True, True),
        (True, False),
    ]


def test_names_in_a_list_lead_to_the_pages_of_what_they_name(get: Any) -> None:
    row = soup(get, "/minutes/metrics_view?role=target").select_one("tbody tr")
    assert {name: str(row.select_one(f".col-{name} a")) for name in ("council", "committee", "measure")} == {
        "council": '<a href="/-/council/EXA">Exampleshire</a>',
        "committee": '<a href="/-/committee/EXA-health">Health Scrutiny</a>',
        "measure": '<a href="/-/measure/vacancy">vacancy rate in the service</a>',
    }


def test_a_record_links_to_its_place_in_the_text(get: Any) -> None:
    addresses = [
        soup(get, "/minutes/metrics?id=aaaaaaaaaaaa.0.m36-39").select_one("td.col-item_id a"),
        soup(get, "/minutes/metrics_view?id=aaaaaaaaaaaa.0.m36-39").select_one("td.col-id a"),
        soup(get, "/minutes/figures_against_target").select_one("td.col-record_id a"),
        soup(get, "/minutes/evidence").select_one("td.col-record_id a"),
        soup(get, "/minutes/outstanding_list").select_one("td.col-evidence_item_id a"),
    ]
    assert [str(address) for address in addresses] == [
        '<a href="/-/item/aaaaaaaaaaaa.0">Workforce</a>',
        '<a href="/-/item/aaaaaaaaaaaa.0#aaaaaaaaaaaa.0.m36-39">read it in place</a>',
        '<a href="/-/item/aaaaaaaaaaaa.0#aaaaaaaaaaaa.0.m36-39">read it in place</a>',
        '<a href="/-/item/aaaaaaaaaaaa.0#aaaaaaaaaaaa.0.f121-196">read it in place</a>',
        '<a href="/-/item/bbbbbbbbbbbb.0">read the later item</a>',
    ]


def test_item_page_marks_every_record_in_the_text_as_stored(get: Any) -> None:
    page = soup(get, ITEM)
    text = page.select_one(".item-text")
    marks = [(mark["class"], mark.get_text(), mark["title"]) for mark in text.select("mark")]
    limb = "the Director be requested to bring the vacancy figures to the March meeting"
    rate = "14%, vacancy rate in the service (rule made-up.m)"
    assert text.get_text() == TEXT_JANUARY
    assert marks == [
        (["metrics"], "14%", f"figure: actual percentage: {rate}"),
        (["metrics"], "10%", f"figure: target percentage: {rate.replace('14', '10')}"),
        (["metrics"], "£1,250,000", "figure: actual money: £1,250,000, spending (rule made-up.m)"),
        (
            ["follow_ups", "resolutions"],
            limb,
            "follow-up: The Committee asks for the vacancy figures, due the March meeting (rule made-up.f)\n"
            "decision: request (rule made-up.r)",
        ),
        (
            ["actions"],
            "The Director undertook to circulate the children’s home report",
            "action: undertaken: The Director to circulate the children’s home report, due by June (rule made-up.a)",
        ),
    ]


def test_every_record_listed_on_the_item_page_leads_to_a_mark_and_to_its_row(get: Any) -> None:
    page = soup(get, ITEM)
    marks = [anchor["id"] for anchor in page.select(".item-text span[id]")]
    links = [[a["href"] for a in line.select("a")] for line in page.select("ol.records li")]
    assert [to_mark.removeprefix("#") for to_mark, *_ in links] == marks
    assert [get(to_row).status_code for _, to_row, *_ in links] == [200] * 6
    assert [other for _, _, *others in links for other in others] == [
        "/-/measure/vacancy",
        "/-/measure/vacancy",
        "/-/track/aaaaaaaaaaaa.0.f121-196",
        "/-/track/aaaaaaaaaaaa.0.a198-260",
    ]


def test_item_page_turns_to_the_items_before_and_after(get: Any) -> None:
    first, second = soup(get, ITEM), soup(get, "/-/item/aaaaaaaaaaaa.1")
    assert [[(a["rel"], a["href"]) for a in page.select(".turn a")] for page in (first, second)] == [
        [(["next"], "/-/item/aaaaaaaaaaaa.1")],
        [(["prev"], "/-/item/aaaaaaaaaaaa.0")],
    ]


def test_item_of_a_replaced_document_says_so(get: Any) -> None:
    warnings = [soup(get, f"/-/item/{id_}.0").select(".message-warning") for id_ in ("aaaaaaaaaaaa", "dddddddddddd")]
    assert [len(found) for found in warnings] == [0, 1]


def test_unknown_item_is_not_found_and_its_name_is_harmless(get: Any) -> None:
    response = get("/-/item/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert (
        response.status_code,
        "<script>alert" in response.text,
        "There is no agenda item" in response.text,
    ) == (
        404,
        False,
        True,
    )


@pytest.mark.parametrize(
    "path",
    [
        HOSTILE_ITEM,
        *QUERIES,
        "/minutes/items",
        "/minutes/follow_ups",
        "/minutes/outstanding",
        "/minutes/follow_ups_view",
    ],
)
def test_markup_in_minutes_is_shown_and_not_run(get: Any, path: str) -> None:
    response = get(path)
    page = BeautifulSoup(response.text, "lxml")
    assert ATTACK in page.select_one("main").get_text()
    assert ATTACK not in response.text


def test_hostile_text_stands_whole_on_its_page(get: Any) -> None:
    assert soup(get, HOSTILE_ITEM).select_one(".item-text").get_text() == TEXT_HOSTILE


@pytest.mark.parametrize("path", PAGES)
def test_only_addresses_of_the_web_become_links(get: Any, path: str) -> None:
    addresses = [a["href"] for a in soup(get, path).select("a[href]")]
    assert [a for a in addresses if not a.startswith(("/", "#", "?", "http://", "https://"))] == []


def test_web_address_is_a_link_with_its_host_as_words_and_any_other_is_text(get: Any) -> None:
    cells = soup(get, "/minutes/outstanding_list").select("td.col-url")
    page = "https://minutes.example/health/january"
    link = f'<a href="{page}" rel="noopener noreferrer" title="{page}">minutes.example</a>'
    assert [cell.decode_contents() for cell in cells] == [link, link, "javascript:alert(1)"]


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nothing_of_another_host_and_says_its_language(get: Any, path: str) -> None:
    response = get(path)
    page = BeautifulSoup(response.text, "lxml")
    fetched = [tag.get("src") or tag.get("href") for tag in page.select("script[src], img[src], iframe, link[href]")]
    own = ("/", "http://localhost/")
    assert fetched
    assert [address for address in fetched if not address.startswith(own) or address.startswith("//")] == []
    assert page.html["lang"] == "en-GB"
    assert response.headers["content-security-policy"].startswith("default-src 'self';")


@pytest.mark.parametrize("path", ["/static/minutes.css", "/static/minutes.js"])
def test_style_and_script_come_from_this_site_and_name_no_other(get: Any, path: str) -> None:
    response = get(path)
    assert (response.status_code, "http" in response.text, "@import" in response.text) == (200, False, False)


def test_every_box_to_type_in_has_a_label_on_home_and_query_pages(get: Any) -> None:
    unlabelled = []
    for path in ("/", "/minutes", *QUERIES):
        page = soup(get, path)
        labels = {label["for"] for label in page.select("label")}
        boxes = page.select("input:not([type=submit]):not([type=hidden]), textarea, select")
        unlabelled += [(path, box) for box in boxes if box.get("id") not in labels]
    assert unlabelled == []


def test_the_configuration_folder_gives_the_same_site_to_datasette_itself(
    database: Path, get: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "db"
    shutil.copytree(resources.folder("db"), folder, ignore=shutil.ignore_patterns("*.db*"))
    shutil.copy(database, folder / "minutes.db")
    site = Datasette(config_dir=folder)
    paths = [
        "/",
        "/minutes/outstanding_list",
        "/minutes/metrics_view?_size=1",
        ITEM,
        "/-/settings.json",
        "/static/minutes.css",
    ]

    async def pages() -> list[str]:
        return [(await site.client.get(path)).text for path in paths]

    theirs = asyncio.run(pages())
    for served in site.databases.values():
        served.close()
    assert [_without_timing(page) for page in theirs] == [_without_timing(get(path).text) for path in paths]


def test_the_configuration_folder_without_a_database_says_how_to_make_one(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    shutil.copytree(resources.folder("db"), folder, ignore=shutil.ignore_patterns("*.db*"))
    home = asyncio.run(Datasette(config_dir=folder).client.get("/"))
    assert (home.status_code, "Make one with <code>minutesminer run</code>" in home.text) == (200, True)


def _without_timing(page: str) -> str:
    return page.partition("Queries took")[0]
