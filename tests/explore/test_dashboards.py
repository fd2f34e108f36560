"""Dashboards: their numbers are those of the records, filters narrow them, and text from minutes is only text."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import synthetic_councils
from bs4 import BeautifulSoup
from dashboards_by_hand import count_by_hand
from datasette.app import Datasette
from synthetic_councils import HOSTILE
from visitor import close

from minutesminer import resources
from minutesminer.explore import datasette_app
from minutesminer.store.database import open_database

DASHBOARDS = ["figures-by-quarter", "missed-targets", "outstanding-by-age", "decisions-by-verb", "coverage-by-council"]


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dashboards") / "minutes.db"
    synthetic_councils.build(path)
    return path


@pytest.fixture(scope="module")
def ask(councils: Path) -> Iterator[Callable[[str], Any]]:
    app = datasette_app(councils)
    yield lambda path: asyncio.run(app.client.get(path))
    close(app)


def _page(ask: Any, path: str, **filters: str) -> BeautifulSoup:
    response = ask(f"/-/dashboards/{path}?{urlencode(filters)}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def _drawn(page: BeautifulSoup) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that the script draws, by chart, in the order of their text; columns as in the table below the chart."""
    drawn = {}
    for tag in page.select("[id^=rows-]"):
        chart = tag["id"].removeprefix("rows-")
        columns = [cell.get_text().replace(" ", "_") for cell in page.select(f"#card-{chart} th")]
        rows = [tuple(row[column] for column in columns) for row in json.loads(tag.string)["rows"]]
        drawn[chart] = sorted(rows, key=str)
    return drawn


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_charts_have_the_numbers_of_the_records(ask: Any, councils: Path, dashboard: str) -> None:
    expected = count_by_hand(councils)[dashboard]
    assert all(expected.values())
    drawn = _drawn(_page(ask, dashboard))
    assert {chart: drawn[chart] for chart in expected} == expected


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_a_filter_leaves_the_records_of_one_council(ask: Any, councils: Path, dashboard: str) -> None:
    expected = count_by_hand(councils, lambda name, date: name == HOSTILE[2])[dashboard]
    drawn = _drawn(_page(ask, dashboard, council=HOSTILE[2]))
    assert {chart: drawn.get(chart, []) for chart in expected} == expected


@pytest.mark.parametrize("dashboard", ["figures-by-quarter", "missed-targets", "decisions-by-verb"])
def test_filters_leave_the_meetings_of_some_years(ask: Any, councils: Path, dashboard: str) -> None:
    expected = count_by_hand(councils, lambda name, date: date is not None and date >= "2023")[dashboard]
    assert all(expected.values())
    drawn = [
        _drawn(_page(ask, dashboard, **years)) for years in ({"since": "2023"}, {"since": "2023", "until": "2023"})
    ]
    assert [{chart: its[chart] for chart in expected} for its in drawn] == [expected, expected]
    assert _drawn(_page(ask, dashboard, until="2021")) == {}


def test_the_table_below_a_chart_has_its_rows(ask: Any) -> None:
    page = _page(ask, "figures-by-quarter", council="Council 21", since="")
    assert [
        [cell.get_text() for cell in row.select("td")] for row in page.select("#card-by-quarter details tbody tr")
    ] == [["Jan–Mar 2022", "count", "2"], ["Jan–Mar 2022", "money", "1"], ["Jan–Mar 2022", "percentage", "1"]]
    assert page.select_one("#chart-by-quarter")["aria-label"].startswith("Chart: Figures by quarter of the meeting.")


def test_rows_furthest_from_their_target_lead_to_their_sentence(ask: Any, councils: Path) -> None:
    rows = _page(ask, "missed-targets").select("#card-furthest tbody tr")
    shares = [int(row.select_one(".col-missed_by").get_text().rstrip("%")) for row in rows]
    assert (len(rows), shares) == (20, sorted(shares, reverse=True))
    links = [row.select_one(".col-record_id a")["href"] for row in rows]
    assert [link for link in links if ask(link.partition("#")[0]).status_code != 200] == []


def test_a_chart_has_a_page_of_its_own_with_the_same_filters(ask: Any) -> None:
    link = _page(ask, "decisions-by-verb", council=HOSTILE[2]).select_one("#title-by-verb a")["href"]
    page = BeautifulSoup(ask(link).text, "lxml")
    assert _drawn(page) == {"by-verb": _drawn(_page(ask, "decisions-by-verb", council=HOSTILE[2]))["by-verb"]}


def test_rows_of_a_chart_can_be_had_as_csv(ask: Any) -> None:
    page = _page(ask, "figures-by-quarter", council="Council 04")
    link = next(a["href"] for a in page.select("#card-by-role .export-links a") if a.get_text() == "CSV")
    rows = list(csv.reader(io.StringIO(ask(link).text)))
    assert [(role, int(count)) for role, count in rows[1:]] == _drawn(page)["by-role"]


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_names_of_councils_and_filters_are_never_markup(ask: Any, dashboard: str) -> None:
    for filters in ({}, {"council": HOSTILE[0], "since": "<script>", "until": "' or 1=1 --"}):
        page = _page(ask, dashboard, **filters)
        assert [tag.name for tag in page.select("main img, main script:not([type='application/json'])")] == []
        assert [a["href"] for a in page.select("a[href^='javascript:']")] == []
    assert HOSTILE[0] in [option["value"] for option in page.select("#council option")]


def test_the_policy_allows_no_evaluation_of_code_on_any_page(ask: Any) -> None:
    policies = {ask(f"/-/dashboards/{name}").headers["content-security-policy"] for name in DASHBOARDS}
    elsewhere = ask("/").headers["content-security-policy"]
    # Vega draws with styles of its own; scripts are as everywhere.
    assert policies == {elsewhere.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")}
    assert "unsafe-eval" not in policies.pop()


def test_a_database_without_rows_has_dashboards_that_say_so(tmp_path: Path) -> None:
    with open_database(tmp_path / "minutes.db", write=True):
        pass
    app = datasette_app(tmp_path / "minutes.db")
    pages = [_page(lambda path: asyncio.run(app.client.get(path)), name) for name in DASHBOARDS]
    close(app)
    cards = [card for page in pages for card in page.select(".dashboard-card")]
    assert len(cards) == 16
    assert {card.select_one(".zero-results").get_text() for card in cards} == {"There is nothing to show."}
    assert [error for page in pages for error in page.select(".message-error")] == []


def test_a_database_that_was_never_counted_says_what_to_do(councils: Path, tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    shutil.copyfile(councils, path)
    with open_database(path, write=True) as db:
        db.execute("delete from council_counts")
    app = datasette_app(path)
    said = _page(lambda path: asyncio.run(app.client.get(path)), "decisions-by-verb").select(".message-warning")
    close(app)
    assert "run minutesminer run once more" in said[0].get_text()


def test_a_folder_of_the_configuration_and_a_database_shows_them_too(councils: Path, tmp_path: Path) -> None:
    folder = tmp_path / "db"
    shutil.copytree(resources.folder("db"), folder, ignore=shutil.ignore_patterns("*.db*", "archive"))
    shutil.copyfile(councils, folder / "minutes.db")
    app = Datasette([], config_dir=folder)
    ask = lambda path: asyncio.run(app.client.get(path))  # noqa: E731
    listed = [link["href"] for link in BeautifulSoup(ask("/-/dashboards").text, "lxml").select(".listing a")]
    drawn = _drawn(_page(ask, "decisions-by-verb"))
    close(app)
    assert listed == [f"/-/dashboards/{name}" for name in DASHBOARDS]
    assert drawn["by-verb"] == count_by_hand(councils)["decisions-by-verb"]["by-verb"]
