"""Feeds: valid by the rules of RFC 4287, with the ids, dates and links of the rows."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from minutesminer.explore.feeds import Entry, atom

ATOM = "{http://www.w3.org/2005/Atom}"
ITEM = "http://localhost/-/item/aaaaaaaaaaaa.0"
RECORD = "tag:minutesminer.invalid,2025:record/aaaaaaaaaaaa.0."
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[\w;/?:@&=+$.!~*'(),%-]*", re.ASCII)


def feed_of(get: Any, path: str) -> ElementTree.Element:
    response = get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel", "alternate"): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def broken_rules(feed: ElementTree.Element) -> list[str]:
    """What a feed breaks of the rules of RFC 4287, sections 4.1.1 and 4.1.2, and of RFC 3339 and 4151."""
    once = {"id": 1, "title": 1, "updated": 1}
    entries = feed.findall(f"{ATOM}entry")
    broken = []
    for element, also in ((feed, {"author": 1}), *((entry, {"content": 1}) for entry in entries)):
        for name, times in {**once, **also}.items():
            if len(element.findall(f"{ATOM}{name}")) != times:
                broken.append(f"{element.tag}: {name}")
        broken += [f"id {id_}" for id_ in [element.findtext(f"{ATOM}id", "")] if not _TAG.fullmatch(id_)]
        broken += [f"date {at}" for at in [element.findtext(f"{ATOM}updated", "")] if not _MOMENT.fullmatch(at)]
        if not element.findtext(f"{ATOM}title"):
            broken.append("a title without words")
        pairs = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        broken += [f"links {pair}" for pair in pairs if pair[0] == "alternate" and pairs.count(pair) > 1]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    broken += [f"twice {id_}" for id_ in ids if ids.count(id_) > 1]
    if "self" not in links(feed):
        broken.append("no link to itself")
    return broken


@pytest.mark.parametrize(
    "path",
    [
        *("metrics_view.atom", "outstanding.atom", "items.atom", "councils.atom", "runs.atom", "attendance.atom"),
        *("outstanding_list.atom", "coverage.atom", "measure_over_time.atom?measure=vacancy", "figure_counts.atom"),
        *("committees.atom?_labels=on", "metrics/aaaaaaaaaaaa~2E0~2Em36-39.atom", "missed_targets.atom"),
        "meetings.atom?id=nothing",
    ],
)
def test_feeds_of_tables_views_queries_and_rows_keep_the_rules(get: Any, path: str) -> None:
    assert broken_rules(feed_of(get, f"/minutes/{path}")) == []


def test_the_entries_of_figures_have_their_sentence_place_and_source(get: Any) -> None:
    feed = feed_of(get, "/minutes/metrics_view.atom?kind=money&_sort_desc=date")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert (feed.findtext(f"{ATOM}title"), feed.findtext(f"{ATOM}updated"), links(feed)) == (
        'Figures, with council, committee and date where kind = "money"',
        "2024-01-15T00:00:00Z",
        {
            "self": "http://localhost/minutes/metrics_view.atom?kind=money&_sort_desc=date",
            "alternate": "http://localhost/minutes/metrics_view?kind=money&_sort_desc=date",
        },
    )
    assert {child.tag.removeprefix(ATOM): child.text for child in entry if child.tag != f"{ATOM}link"} == {
        "id": f"{RECORD}m82-92",
        "title": "£1,250,000: spending (Exampleshire, Health Scrutiny)",
        "updated": "2024-01-15T00:00:00Z",
        "content": "Spending reached £1,250,000 in the year.",
    }
    assert links(entry) == {
        "alternate": f"{ITEM}#aaaaaaaaaaaa.0.m82-92",
        "via": "https://minutes.example/health/january",
    }


def test_a_record_has_the_same_id_in_every_feed(get: Any) -> None:
    paths = ["outstanding.atom", "outstanding_list.atom", "follow_ups.atom", "follow_ups_view.atom"]
    ids = [
        [entry.findtext(f"{ATOM}id") for entry in feed_of(get, f"/minutes/{path}").findall(f"{ATOM}entry")]
        for path in paths
    ]
    assert [f"{RECORD}f121-196" in found for found in ids] == [True] * 4


@pytest.mark.parametrize(
    ("table", "address"),
    [
        ("councils", "/-/council/EXA"),
        ("committees", "/-/committee/EXA-health"),
        ("meetings_view", "/-/meeting/EXA-health-2024-01-15"),
        ("measures", "/-/measure/vacancy"),
        ("items", "/-/item/aaaaaaaaaaaa.0"),
        ("documents", "/minutes/documents"),
    ],
)
def test_an_entry_leads_to_the_page_of_what_it_tells_of(get: Any, table: str, address: str) -> None:
    entries = feed_of(get, f"/minutes/{table}.atom").findall(f"{ATOM}entry")
    assert f"http://localhost{address}" in [links(entry)["alternate"] for entry in entries]


def test_rows_of_any_sql_are_entries_whose_ids_say_what_is_in_them(get: Any) -> None:
    sql = "select 'a' as name, 1 as number union all select 'b', 2 union all select 'b', 2"
    feed = feed_of(get, f"/minutes.atom?{urlencode({'sql': sql})}")
    again = feed_of(get, f"/minutes.atom?{urlencode({'sql': f'select * from ({sql}) order by 1 desc'})}")
    entries = [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")) for entry in feed.findall(f"{ATOM}entry")
    ]
    ids = [[entry.findtext(f"{ATOM}id") for entry in each.findall(f"{ATOM}entry")] for each in (feed, again)]
    assert broken_rules(feed) == []
    assert entries == [("a", "name: a\nnumber: 1"), ("b", "name: b\nnumber: 2"), ("b", "name: b\nnumber: 2")]
    assert sorted(map(str, ids[0])) == sorted(map(str, ids[1]))


def test_what_has_no_date_has_that_of_the_last_run(get: Any) -> None:
    undated = feed_of(get, "/minutes/councils.atom").findtext(f"{ATOM}updated")
    assert undated == "1970-01-01T00:00:00Z"  # the synthetic database was made by no run


def test_pages_say_where_their_feeds_are(get: Any) -> None:
    paths = [
        "/",
        "/-/council/EXA",
        "/-/committee/EXA-health",
        "/-/measure/vacancy",
        "/minutes/outstanding_list?council=ex",
        "/-/outstanding",
    ]
    found = {}
    for path in paths:
        head = BeautifulSoup(get(path).text, "lxml").head
        found[path] = [link["href"] for link in head.select("link[rel=alternate][type='application/atom+xml']")]
    assert [len(addresses) for addresses in found.values()] == [4, 3, 3, 1, 1, 1]
    assert {get(address).status_code for addresses in found.values() for address in addresses} == {200}


def test_characters_that_no_xml_may_hold_are_blanks() -> None:
    entry = Entry("tag:x.invalid,2025:1", "a\x00b", "2024-01-01T00:00:00Z", "\x1b[31m\ufffe\u202e]]>", "http://h/")
    made = atom([entry], id_="tag:x.invalid,2025:f", title="t\x0b", here="http://h/f", page="http://h/", undated="")
    read = ElementTree.fromstring(made).find(f"{ATOM}entry")
    assert read is not None
    assert (read.findtext(f"{ATOM}title"), read.findtext(f"{ATOM}content")) == ("a b", "[31m \u202e]]>")
