"""Each dashboard in Debian's Chromium: its charts are drawn, and people who do not see them have their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import synthetic_councils
from playwright.sync_api import Page, Request, expect
from synthetic_councils import HOSTILE
from watched_browser import chromium, violations

DASHBOARDS = {
    "figures-by-quarter": ["by-quarter", "by-theme", "by-role"],
    "missed-targets": ["by-quarter", "by-measure"],
    "outstanding-by-age": ["by-age", "by-committee", "by-council"],
    "decisions-by-verb": ["by-quarter", "by-verb", "asking"],
    "coverage-by-council": ["documents", "meetings", "records", "span"],
}
"""Their charts, without those that are tables."""

# The shapes of a chart's rows, and not of its axes and legend, that take up room.
_SHAPES = """chart => [...chart.querySelectorAll('.role-mark path, .role-mark line')]
    .filter(shape => !shape.closest('.role-legend') && shape.getBoundingClientRect().width > 0
        && shape.getBoundingClientRect().height > 0).length"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    path = tmp_path_factory.mktemp("dashboards") / "minutes.db"
    synthetic_councils.build(path)
    with serving(path) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def open_page() -> Iterator[Callable[..., Page]]:
    with chromium() as browser:
        yield lambda width, **options: browser.new_page(viewport={"width": width, "height": 900}, **options)


@pytest.fixture
def watched(open_page: Callable[..., Page]) -> Iterator[tuple[Page, list[Request], list[str]]]:
    """A page, what it asks for, and what went wrong in it."""
    page = open_page(1280)
    asked: list[Request] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page, asked, wrong
    page.close()


def _open(page: Page, address: str, charts: int) -> None:
    page.goto(address)
    page.wait_for_function("count => document.querySelectorAll('[data-drawn]').length === count", arg=charts)


def _drawn(page: Page) -> dict[str, tuple[int, int]]:
    """Of each chart, how many of its shapes take up room, and how many rows are in the table below it."""
    return {
        chart.get_attribute("id").removeprefix("chart-"): (
            chart.evaluate(_SHAPES),
            chart.evaluate("chart => chart.parentElement.querySelectorAll('tbody tr').length"),
        )
        for chart in page.query_selector_all("[data-chart]")
    }


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_every_chart_is_drawn_with_a_shape_for_each_row_and_can_be_read_by_everyone(
    watched: Any, root: str, dashboard: str
) -> None:
    page, asked, wrong = watched
    charts = DASHBOARDS[dashboard]
    _open(page, f"{root}/-/dashboards/{dashboard}", len(charts))
    drawn = _drawn(page)
    # A council's span is a dot at each end, and a line where these are two days.
    span = {"span": page.locator("#card-span tbody tr").count()} if "span" in charts else {}
    lines = page.evaluate("[...document.querySelectorAll('#chart-span .role-mark line')].length")
    assert [chart for chart in drawn if drawn[chart][1] == 0] == []
    assert {chart: shapes for chart, (shapes, _) in drawn.items() if chart not in span} == {
        chart: rows for chart, (_, rows) in drawn.items() if chart not in span
    }
    assert {chart: lines for chart in span} == span
    assert list(drawn) == charts
    assert violations(page) == []
    assert wrong == []
    assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(root).netloc}
    assert {request.resource_type for request in asked} <= {"document", "script", "stylesheet"}


@pytest.mark.parametrize("dashboard", ["missed-targets", "outstanding-by-age", "coverage-by-council"])
def test_a_dashboard_fits_a_telephone(open_page: Any, root: str, dashboard: str) -> None:
    page = open_page(390)
    _open(page, f"{root}/-/dashboards/{dashboard}", len(DASHBOARDS[dashboard]))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert (
        page.evaluate(
            "Math.max(...[...document.querySelectorAll('svg')].map(svg => svg.getBoundingClientRect().right))"
        )
        <= 390
    )
    assert violations(page) == []
    page.close()


def test_the_filters_work_by_keyboard_and_a_hostile_name_is_only_text(watched: Any, root: str) -> None:
    page, _, wrong = watched
    _open(page, f"{root}/-/dashboards/coverage-by-council", 4)
    page.focus("#council")
    page.keyboard.type(HOSTILE[0][:8])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**council=*")
    page.wait_for_function("document.querySelectorAll('[data-drawn]').length === 4")
    assert page.input_value("#council") == HOSTILE[0]
    assert not page.locator("#card-documents tbody").is_visible()
    page.locator("#card-documents summary").press("Enter")
    assert set(page.locator("#card-documents tbody tr td:first-child").all_inner_texts()) == {HOSTILE[0]}
    page.hover("#chart-documents .role-mark path >> nth=0")
    expect(page.locator("#vg-tooltip-element")).to_contain_text(HOSTILE[0])
    assert page.locator("main img, #vg-tooltip-element img").count() == 0
    assert wrong == []


def test_without_scripts_the_numbers_are_there(open_page: Any, root: str) -> None:
    page = open_page(1280, java_script_enabled=False)
    page.goto(f"{root}/-/dashboards/decisions-by-verb")
    page.locator("#card-by-verb summary").click()
    assert page.locator("#card-by-verb tbody tr").count() == 7
    assert "off in this browser" in page.locator("noscript").inner_text()
    page.close()
