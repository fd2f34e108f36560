"""A reader's walk through the site in Debian's Chromium: by pointer, on a telephone, by keyboard alone, and by axe."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page
from synthetic_database import TEXT_JANUARY
from watched_browser import chromium, follow, violations, watched

ITEM = "/-/item/aaaaaaaaaaaa.0"
COUNCIL, COMMITTEE, MEETING = "/-/council/EXA", "/-/committee/EXA-health", "/-/meeting/EXA-health-2024-01-15"
PAGES = [
    *("/", "/-/councils", COUNCIL, COMMITTEE, MEETING, "/-/measures", "/-/measure/vacancy", ITEM),
    *"""/-/outstanding /-/track/aaaaaaaaaaaa.0.f121-196 /-/track/add /-/sign-in /-/guides/index /-/guides/how-good
    /minutes /minutes/metrics_view /minutes/committees?name__contains=h /minutes/metrics/aaaaaaaaaaaa~2E0~2Em36-39
    /minutes/outstanding_list /minutes/full_text_search?words=vacancy /minutes?sql=select+1 /minutes?sql=bad
    /-/versions /-/item/none""".split(),
]
"""A page of each kind."""

_FOCUS = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    return {
        words: (at.getAttribute('aria-label') || at.innerText || at.name || '').trim(),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
        in_text: at.closest('.item-text') !== null,
    };
}"""

_LEVELS = "[...document.querySelectorAll('h1, h2, h3, h4')].map(heading => Number(heading.tagName[1]))"


@pytest.fixture(scope="module")
def root(served: int) -> str:
    return f"http://127.0.0.1:{served}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def heading(tab: Page) -> str:
    return tab.locator("h1").inner_text()


def test_from_the_first_page_to_a_sentence_at_its_source_and_to_files_and_feeds(browser: Browser, root: str) -> None:
    with watched(browser) as (tab, seen):
        tab.goto(root)
        readers = tab.locator(".readers h2").all_inner_texts()
        follow(tab.get_by_role("link", name="All figures, to count by council"))
        follow(tab.locator("#facet-committee").get_by_role("link", name="Health Scrutiny"))
        narrowed = tab.locator(".export-links").inner_text()
        follow(tab.locator("tbody").get_by_role("link", name="Health Scrutiny").first)
        committee = heading(tab)
        follow(tab.get_by_role("link", name="15 January 2024"))
        meeting = heading(tab)
        follow(tab.get_by_role("link", name="Workforce", exact=True))
        item, text = heading(tab), tab.locator(".item-text").text_content()
        marks = tab.locator(".item-text mark").all_inner_texts()
        trail = tab.locator(".crumbs a").all_inner_texts()
        source = tab.locator(".lead a")
        leads_to = [source.get_attribute(name) for name in ("href", "rel")]
        tab.goto(f"{root}/minutes")
        follow(tab.get_by_role("link", name="One measure over time"))
        tab.get_by_label("Measure (part of its words").fill("vacancy")
        follow(tab.get_by_role("button", name="Show"))
        values = tab.locator("td.col-value").all_inner_texts()
        sheet_link = tab.locator(".export-links").get_by_role("link", name="CSV")
        sheet = tab.request.get(sheet_link.evaluate("a => a.href")).text()
        feed = tab.locator("link[type='application/atom+xml']").evaluate("link => link.href")
        entries = ElementTree.fromstring(tab.request.get(feed).body()).findall("{*}entry")
    assert readers == ["For scrutiny officers", "For journalists", "For researchers"]
    assert narrowed.startswith('4 rows where committee = "Health Scrutiny"')
    assert (committee, meeting, item, text) == ("Health Scrutiny", "15 January 2024", "Workforce", TEXT_JANUARY)
    assert marks == [
        *("14%", "10%", "£1,250,000"),
        "the Director be requested to bring the vacancy figures to the March meeting",
        "The Director undertook to circulate the children’s home report",
    ]
    assert trail == ["Home", "Councils", "Exampleshire", "Health Scrutiny", "15 January 2024"]
    assert leads_to == ["https://minutes.example/health/january", "noopener noreferrer"]
    assert values == ["14", "10", "11"]
    assert [row["value"] for row in csv.DictReader(io.StringIO(sheet))] == ["14.0", "10.0", "11.0"]
    assert [entry.findtext("{*}title") for entry in entries] == [
        f"{figure}%: vacancy rate in the service (Exampleshire, Health Scrutiny)" for figure in (14, 10, 11)
    ]
    assert (seen.faults, {urlsplit(address).netloc for address in seen.requests}) == ([], {urlsplit(root).netloc})


def about(tab: Page) -> Locator:
    return tab.locator(".about:not([hidden])")


def test_a_mark_tells_what_it_is_when_it_is_pointed_at_touched_or_has_the_focus(browser: Browser, root: str) -> None:
    request = "decision request\nfound by made-up.r"
    with watched(browser, 390, has_touch=True) as (tab, seen):
        tab.goto(root + ITEM)
        limb = tab.locator("mark", has_text="the Director be requested")
        title = limb.get_attribute("title")
        limb.tap()
        touched = about(tab).inner_text()
        told = about(tab).bounding_box()
        tab.keyboard.press("Escape")
        after_escape = about(tab).count()
        tab.locator(".item-text a").first.focus()
        focused = about(tab).inner_text()
        described = tab.locator(".item-text a").first.get_attribute("aria-describedby")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        row = tab.locator("ol.records li:target")
        arrived = (urlsplit(tab.url).fragment, row.inner_text().partition("\n")[0])
        follow(row.get_by_role("link", name="in the text"))
        tab.locator("mark.chosen").first.wait_for()
        back = (urlsplit(tab.url).fragment, tab.locator("mark.chosen").all_inner_texts())
    assert title is not None
    assert "decision: request (rule made-up.r)" in title.splitlines()
    assert touched.startswith(
        "follow-up The Committee asks for the vacancy figures, due the March meeting\nfound by made-up.f"
    )
    assert request in touched
    assert told is not None
    assert 0 <= told["x"] <= told["x"] + told["width"] <= 390
    assert after_escape == 0
    assert focused.startswith("figure actual percentage: 14%, vacancy rate in the service\nfound by made-up.m")
    assert described == "says-1"
    assert arrived == ("record-1", "figure actual percentage: 14%, vacancy rate in the service")
    assert back == ("aaaaaaaaaaaa.0.m36-39", ["14%"])
    assert seen.faults == []


def test_without_scripts_a_mark_leads_to_its_row_and_back(browser: Browser, root: str) -> None:
    with watched(browser, 390, java_script_enabled=False) as (tab, _):
        tab.goto(root + ITEM)
        follow(tab.locator(".item-text a").first)
        there = tab.locator("ol.records li").first
        seen = (urlsplit(tab.url).fragment, there.is_visible())
        follow(there.get_by_role("link", name="in the text"))
        back = urlsplit(tab.url).fragment
        tab.goto(f"{root}/minutes/metrics_view")
        facets = tab.locator("details.facet-info[open]").count()
    assert (seen, back, facets) == (("record-1", True), "aaaaaaaaaaaa.0.m36-39", 6)


def test_by_keyboard_alone_past_the_menu_through_the_text_and_out_again(browser: Browser, root: str) -> None:
    with watched(browser, 1280) as (tab, seen):
        tab.goto(root + ITEM)
        stops = []
        for _ in range(60):
            tab.keyboard.press("Tab")
            stops.append(tab.evaluate(_FOCUS))
            if stops[-1]["words"] == "Datasette":
                break
        tab.goto(root + ITEM)
        tab.keyboard.press("Tab")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        after_skipping = tab.evaluate(_FOCUS)["words"]
        tab.goto(root)
        tab.locator("#find").focus()
        tab.keyboard.type("vacancy")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/full_text_search?words=vacancy")
        found = tab.locator("td.col-title").all_inner_texts()
    words = [stop["words"] for stop in stops]
    assert words[:3] == ["Skip to the content", "minutesminer", "Councils"]
    assert words[-1] == "Datasette"
    assert [stop["words"] for stop in stops if stop["in_text"]] == [
        *("14%", "10%", "£1,250,000"),
        "the Director be requested to bring the vacancy figures to the March meeting",
        "The Director undertook to circulate the children’s home report",
    ]
    assert [stop for stop in stops if not (stop["outlined"] and stop["seen"])] == []
    assert (after_skipping, found) == ("minutes.example", ["Workforce update", "Workforce"])
    assert seen.faults == []


def test_on_a_telephone_axe_finds_nothing_no_page_is_too_wide_and_headings_are_in_order(
    browser: Browser, root: str
) -> None:
    wrong, wider, headings = {}, {}, {}
    with watched(browser, 390) as (tab, seen):
        for path in PAGES:
            tab.goto(root + path)
            if found := violations(tab):
                wrong[path] = found
            levels = tab.evaluate(_LEVELS)
            if levels[0] != 1 or max(after - before for before, after in pairwise([0, *levels])) > 1:
                headings[path] = levels
            tab.set_viewport_size({"width": 320, "height": 844})
            if (width := tab.evaluate("document.documentElement.scrollWidth")) > 320:
                wider[path] = width
            tab.set_viewport_size({"width": 390, "height": 844})
    assert (wrong, wider, headings, seen.faults) == ({}, {}, {}, [])


def test_axe_finds_nothing_on_the_pages_that_look_otherwise_on_a_desk(browser: Browser, root: str) -> None:
    wrong = {}
    with watched(browser, 1280) as (tab, seen):
        for path in ("/", COUNCIL, "/-/measure/vacancy", ITEM, "/minutes/metrics_view", "/minutes/outstanding_list"):
            tab.goto(root + path)
            if path == ITEM:
                tab.locator(".item-text a").first.focus()
            if found := violations(tab):
                wrong[path] = found
    assert (wrong, seen.faults) == ({}, [])


def test_nothing_in_the_style_moves_or_comes_from_elsewhere() -> None:
    style = (Path(__file__).parents[2] / "db" / "static" / "minutes.css").read_text(encoding="utf-8")
    assert [
        word
        for word in ("animation", "transition", "scroll-behavior", "url(", "@import", "@font-face")
        if word in style
    ] == []
