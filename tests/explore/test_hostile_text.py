"""Whatever stands in minutes, no page, feed or file makes anything of it but text: every route, every way out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
import synthetic_hostile as hostile
from bs4 import BeautifulSoup
from datasette.utils import tilde_encode
from lxml import html
from watched_browser import chromium, watched

from minutesminer.explore import datasette_app

WORDS = "".join(f"&w{place}={quote(word)}" for place, word in enumerate(hostile.WORDS))
ATTACK = quote(hostile.WORDS[0], safe="")


def page(kind: str, id_: str) -> str:
    return f"/-/{kind}/{quote(id_, safe='')}"


COUNCIL, COMMITTEE, MEETING = (
    page(kind, id_)
    for kind, id_ in (
        ("council", hostile.COUNCIL),
        ("committee", hostile.COMMITTEE),
        ("meeting", hostile.MEETING),
    )
)
MEASURE, ITEM = page("measure", hostile.MEASURE), page("item", hostile.ITEM)
TRACK = page("track", hostile.records_of("a")[0])
DASHBOARDS = ["figures-by-quarter", "missed-targets", "outstanding-by-age", "decisions-by-verb", "coverage-by-council"]
FILTERED = f"council={quote(hostile.WORDS[1])}&since=%3Cscript%3E"
_DASHBOARD_PAGES = [f"/-/dashboards/{slug}{query}" for slug in DASHBOARDS for query in ("", f"?{FILTERED}")]
_NOTHING: list[str] = []

ROUTES: dict[str, list[str]] = {
    "^/$": ["/", f"/?words={ATTACK}"],
    "^/-/councils$": ["/-/councils", f"/-/councils?name={ATTACK}", f"/-/councils?page={ATTACK}"],
    "^/-/council/(?P<id>[^/]+)$": [
        COUNCIL,
        f"{COUNCIL}?page=2",
        page("council", hostile.WORDS[1]),
        page("council", "<b>"),
    ],
    "^/-/committee/(?P<id>[^/]+)$": [COMMITTEE, f"{COMMITTEE}?page=2{WORDS}", page("committee", hostile.WORDS[1])],
    "^/-/meeting/(?P<id>[^/]+)$": [MEETING, f"{MEETING}?page=2{WORDS}", page("meeting", hostile.WORDS[0])],
    "^/-/measures$": ["/-/measures", f"/-/measures?all=1&theme={ATTACK}", f"/-/measures?words={ATTACK}"],
    "^/-/measure/(?P<id>[^/]+)$": [
        MEASURE,
        f"{MEASURE}?council={quote(hostile.COUNCIL)}",
        f"{MEASURE}?council={ATTACK}",
        page("measure", hostile.WORDS[0]),
    ],
    "^/-/item/(?P<id>[^/]+)$": [ITEM, page("item", hostile.LATER), page("item", hostile.WORDS[0])],
    "^/-/guides(?:/(?P<name>[^/]+))?$": [
        "/-/guides",
        "/-/guides/index",
        f"/-/guides/{ATTACK}",
        "/-/guides/..%2Fpyproject",
    ],
    "^/-/outstanding$": [
        "/-/outstanding",
        "/-/outstanding?state=all",
        f"/-/outstanding?council={ATTACK}&words={ATTACK}",
    ],
    "^/-/track/add$": ["/-/track/add", f"/-/track/add?council={ATTACK}"],
    "^/-/track/(?P<record_id>[^/]+)$": [TRACK, page("track", "hand-1"), page("track", hostile.WORDS[1])],
    "^/-/sign-in$": ["/-/sign-in", f"/-/sign-in?next={ATTACK}"],
    "^/-/sign-out$": ["/-/sign-out"],
    "^/-/(?:patterns|messages|allow-debug)$": ["/-/patterns", "/-/messages", "/-/allow-debug"],
    "^/-/dashboards$": ["/-/dashboards"],
    "^/-/dashboards/(?P<slug>[^/]+)$": [*_DASHBOARD_PAGES, f"/-/dashboards/{ATTACK}"],
    "^/-/dashboards/(?P<slug>[^/]+)/embed$": [f"/-/dashboards/{slug}/embed" for slug in DASHBOARDS],
    "^/-/dashboards/(?P<slug>[^/]+)/(?P<chart_slug>[^/]+)$": ["/-/dashboards/outstanding-by-age/by-age"],
    "^/-/dashboards/(?P<slug>[^/]+)/(?P<chart_slug>[^/]+)/embed$": ["/-/dashboards/outstanding-by-age/by-age/embed"],
    r"/(\.(?P<format>jsono?))?$": ["/.json"],
    r"/-/metadata(\.(?P<format>json))?$": ["/-/metadata", "/-/metadata.json"],
    r"/-/versions(\.(?P<format>json))?$": ["/-/versions"],
    r"/-/plugins(\.(?P<format>json))?$": ["/-/plugins"],
    r"/-/settings(\.(?P<format>json))?$": ["/-/settings"],
    r"/-/threads(\.(?P<format>json))?$": ["/-/threads"],
    r"/-/databases(\.(?P<format>json))?$": ["/-/databases"],
    r"/-/actor(\.(?P<format>json))?$": ["/-/actor"],
    "/-/auth-token$": ["/-/auth-token?token=%3Cscript%3E"],
    "/-/logout$": ["/-/logout"],
    "/-/permissions$": ["/-/permissions"],
    # In the way of the three of Datasette's own, which come after them, stands a page of the site.
    **dict.fromkeys(("/-/messages$", "/-/allow-debug$", "/-/patterns$"), _NOTHING),
    # Files that come with the program, redirects, and the database itself.
    **dict.fromkeys(
        (
            "/favicon.ico",
            "/-/static/(?P<path>.*)$",
            "/static/(?P<path>.*)$",
            "/-/static-plugins/datasette-dashboards/(?P<path>.*)$",
            "/-/static-plugins/datasette_dashboards/(?P<path>.*)$",
            "/-/static-plugins/datasette-leaflet/(?P<path>.*)$",
            "/-/static-plugins/datasette_leaflet/(?P<path>.*)$",
            "/:memory:(?P<rest>.*)$",
            "/-/config.json",
            "/-/config",
            r"/(?P<database>[^\/\.]+)\.db$",
        ),
        _NOTHING,
    ),
    r"/(?P<database>[^\/\.]+)(\.(?P<format>\w+))?$": ["/minutes", f"/{ATTACK}", f"/minutes?sql={ATTACK}"],
    r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$": [f"/minutes/{ATTACK}"],
    r"/(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$": [f"/minutes/items/{ATTACK}"],
}
"""Every route of the site, by its pattern, and what is asked of it; lists and rows are added below."""

_TAGS = frozenset(
    """a b blockquote body br caption circle code datalist dd desc details div dl dt em figure footer form h1 h2 h3 head
    header html input label legend fieldset li line link main mark meta nav noscript ol option p path polyline pre rect
    script section select span strong summary svg table tbody td text textarea th thead time title tr ul""".split()
)
_ATOM_TAGS = frozenset("feed id title updated author name generator link entry content".split())
_ADDRESSES = ("href", "src", "action", "formaction", "poster", "background", "data", "xlink:href", "srcset")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "minutes.db"
    hostile.build(path)
    return path


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[Any]:
    app = datasette_app(database)
    yield app
    for served in app.databases.values():
        served.close()
    app.executor.shutdown()


def _lists(site: Any, names: list[str]) -> list[str]:
    """Every table, view and query as a list, and SQL of one's own."""
    return [*(f"/minutes/{name}" for name in [*names, *site.metadata("queries", database="minutes")]), *_SQL]


def _narrowed(site: Any, names: list[str]) -> list[str]:
    """Lists narrowed down by hostile words: filters, searches, and the boxes of queries."""
    queries = site.metadata("queries", database="minutes")
    narrowed = [f"/minutes/{name}?council__contains={ATTACK}" for name in names if name.endswith("_view")]
    searched = [f"/minutes/{name}?_search={quote('bold script')}" for name in ("items", "metrics", "actions")]
    filled = [
        f"/minutes/{name}?{urlencode(dict.fromkeys(query.get('params') or [], hostile.WORDS[1]))}"
        for name, query in queries.items()
    ]
    return [*narrowed, *searched, *filled]


_SQL = [
    "/minutes?" + urlencode({"sql": f"select {columns} from {table}"})
    for columns, table in (("*", "items"), ("*", "councils"), ("text as '=1+1<b>', url as 'javascript:x'", "items"))
]


def _as(path: str, format_: str) -> str:
    before, mark, query = path.partition("?")
    return f"{before}.{format_}{mark}{query}"


async def _everything(site: Any) -> dict[str, Any]:
    """The answer to every page, and to every list in each of the formats that there are."""
    database = site.get_database("minutes")
    names = [*await database.table_names(), *await database.view_names()]
    formats = sorted({"csv", *site.renderers} - {"blob"})
    assert formats == ["atom", "csv", "json"]
    names = [name for name in names if "_fts_" not in name]  # the inner parts of search indexes: bytes and numbers
    lists = _lists(site, names)
    rows = []
    for name in names:
        keys = await database.primary_keys(name)
        if keys:
            columns = ", ".join(f"[{key}]" for key in keys)
            for row in (await database.execute(f"select {columns} from [{name}] limit 2")).rows:
                rows.append(f"/minutes/{name}/{','.join(tilde_encode(str(value)) for value in row)}")
    paths = [path for its in ROUTES.values() for path in its]
    paths += [*_narrowed(site, names), *lists, *(_as(path, format_) for path in lists for format_ in formats)]
    paths += [*rows, *(f"{path}.{format_}" for path in rows for format_ in ("json", "atom"))]
    return {path: await site.client.get(path) for path in paths}


@pytest.fixture(scope="module")
def elements(answers: dict[str, Any]) -> list[tuple[str, str, dict[str, str]]]:
    """Path, tag and attributes of every element of every page."""
    pages = {
        path: found
        for path, found in answers.items()
        if found.text and found.headers["content-type"].startswith("text/html")  # a redirect has no text
    }
    return [
        (path, str(element.tag), dict(element.attrib))
        for path, found in pages.items()
        for element in html.document_fromstring(found.text.replace("\x00", "\ufffd")).iter()
        if isinstance(element.tag, str)
    ]


@pytest.fixture(scope="module")
def answers(site: Any) -> dict[str, Any]:
    return asyncio.run(_everything(site))


def test_every_route_of_the_site_is_asked_for(site: Any, answers: dict[str, Any]) -> None:
    patterns = {getattr(pattern, "pattern", pattern) for pattern, _ in site._routes()}
    assert sorted(patterns) == sorted(ROUTES)


def test_every_page_answers_and_none_with_a_fault_of_the_program(answers: dict[str, Any]) -> None:
    assert {path: found.status_code for path, found in answers.items() if found.status_code >= 500} == {}
    there = [COUNCIL, COMMITTEE, MEETING, MEASURE, ITEM, TRACK, page("track", "hand-1"), *_DASHBOARD_PAGES, "/"]
    assert {path: answers[path].status_code for path in there} == dict.fromkeys(there, 200)


def test_every_answer_carries_the_policy(answers: dict[str, Any]) -> None:
    policies = {
        (found.headers["x-content-type-options"], found.headers["content-security-policy"].partition(";")[0])
        for found in answers.values()
    }
    assert policies == {("nosniff", "default-src 'self'")}
    allowed = {
        path.startswith("/-/dashboards"): re.findall(
            r"(?:script|style)-src [^;]*", found.headers["content-security-policy"]
        )
        for path, found in answers.items()
    }
    assert allowed == {
        False: ["script-src 'self'", "style-src 'self'"],
        True: ["script-src 'self'", "style-src 'self' 'unsafe-inline'"],
    }


def test_no_page_has_an_element_or_an_attribute_that_came_from_text(elements: Any) -> None:
    wrong = [
        (path, tag, attributes)
        for path, tag, attributes in elements
        if (tag not in _TAGS and not (tag == "style" and path.startswith("/-/dashboards/")))  # of Vega's pictures
        or any(name == "style" or name.startswith("on") for name in attributes)
        or (tag == "script" and "src" not in attributes and attributes.get("type") != "application/json")
    ]
    assert wrong == []


def test_no_link_leads_anywhere_but_to_this_site_and_the_web(elements: Any) -> None:
    outside = [
        (path, tag, name, attributes[name], attributes.get("rel", ""))
        for path, tag, attributes in elements
        for name in _ADDRESSES
        if name in attributes
        and not re.match(r"/(?![/\\])|[?#]|http://localhost/|https://datasette\.io/", attributes[name])
    ]
    wrong = [
        place
        for place in outside
        if place[1:3] != ("a", "href") or not re.match(r"https?://[^/?#\s]", place[3]) or "noopener" not in place[4]
    ]
    assert wrong == []
    assert {address.split("/")[2] for _, _, _, address, _ in outside} == {"ok.example"}


def test_the_text_itself_is_shown_whole(answers: dict[str, Any]) -> None:
    shown = BeautifulSoup(answers[ITEM].text, "html.parser").select_one(".item-text").get_text()
    assert shown.replace("\ufffd", "\x00") == hostile.TEXT


def test_json_is_json_and_no_page(answers: dict[str, Any]) -> None:
    data = {path: found for path, found in answers.items() if re.search(r"\.json(\?|$)", path)}
    assert {found.headers["content-type"].partition(";")[0] for found in data.values()} == {"application/json"}
    assert len([json.loads(found.text) for found in data.values()]) == len(data) > 100


def test_feeds_hold_nothing_but_what_a_feed_holds(answers: dict[str, Any]) -> None:
    feeds = {
        path: found for path, found in answers.items() if re.search(r"\.atom(\?|$)", path) and found.status_code == 200
    }
    wrong = []
    for path, found in feeds.items():
        assert found.headers["content-type"] == "application/atom+xml; charset=utf-8"
        for element in ElementTree.fromstring(found.content).iter():
            namespace, _, name = element.tag[1:].partition("}")
            if namespace != "http://www.w3.org/2005/Atom" or name not in _ATOM_TAGS:
                wrong.append((path, element.tag))
            if not re.match(r"https?://", element.get("href", "http://")) or element.get("type") in ("html", "xhtml"):
                wrong.append((path, element.attrib))
    assert wrong == []
    assert len(feeds) > 100


def test_no_cell_of_csv_is_a_formula(answers: dict[str, Any]) -> None:
    sheets = {
        path: found for path, found in answers.items() if re.search(r"\.csv(\?|$)", path) and found.status_code == 200
    }
    formulas = [
        (path, cell)
        for path, found in sheets.items()
        for row in csv.reader(io.StringIO(found.text, newline=""))
        for cell in row
        if re.match(r"\s*[=+\-@\t\r]", cell) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
    ]
    assert formulas == []
    cells = [row["text"] for row in csv.DictReader(io.StringIO(sheets["/minutes/items.csv"].text, newline=""))]
    assert [cell[:30] for cell in cells] == ["'" + hostile.WORDS[0][:29]] * 2
    assert {found.headers["content-type"].partition(";")[0] for found in sheets.values()} == {"text/plain"}


def test_sql_in_a_box_of_a_query_or_a_filter_is_only_words(site: Any, answers: dict[str, Any]) -> None:
    drop = "'); DROP TABLE items; --"
    found = asyncio.run(site.client.get(f"/minutes/full_text_search.json?words={quote(drop)}&_shape=array"))
    rows = asyncio.run(site.client.get("/minutes/items.json?_shape=array&_col=position")).json()
    assert (found.status_code, sorted(row["position"] for row in rows)) == (200, [0, 1])


@pytest.fixture(scope="module")
def root(database: Path, serving: Any) -> Iterator[str]:
    with serving(database) as (_, port):
        yield f"http://127.0.0.1:{port}"


def test_in_a_browser_nothing_runs_and_nothing_is_asked_of_another_host(root: str) -> None:
    lists = ["/minutes/metrics_view", "/minutes/outstanding?_all=on", "/minutes/full_text_search?words=bold", _SQL[2]]
    others = [
        COUNCIL,
        COMMITTEE,
        MEETING,
        MEASURE,
        ITEM,
        TRACK,
        "/-/outstanding?state=all",
        "/-/councils",
        "/",
        "/none",
    ]
    wrong = []
    with chromium() as browser, watched(browser) as (tab, seen):
        for path in [*lists, *others, "/minutes/items/" + tilde_encode(hostile.ITEM), f"/-/sign-in?next={ATTACK}"]:
            tab.goto(root + path)
            for mark in tab.locator(".item-text a").all()[:2]:
                mark.click()
            if tab.evaluate("window.hacked") is not None:
                wrong.append(path)
    asked = {urlsplit(address).netloc for address in seen.requests}
    assert (wrong + seen.faults, asked) == ([], {urlsplit(root).netloc})
