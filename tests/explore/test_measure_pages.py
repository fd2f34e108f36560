"""The pages of measures: the catalogue, council beside council, and the pictures, which have their table as text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from xml.etree import ElementTree

import pytest
import synthetic_councils
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from minutesminer.explore.measure_chart import ROLES, common_scale, draw
from minutesminer.explore.measures import COUNCILS, read_catalogue, read_measure

SVG = "{http://www.w3.org/2000/svg}"


def soup(get: Any, path: str) -> BeautifulSoup:
    return BeautifulSoup(get(path).text, "lxml")


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The synthetic database of 25 councils."""
    path = tmp_path_factory.mktemp("measures") / "minutes.db"
    synthetic_councils.build(path)
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_the_catalogue_lists_measures_with_figures_by_theme_and_words(get: Any) -> None:
    def listed(query: str) -> list[list[str]]:
        table = soup(get, f"/-/measures{query}").select("tbody tr")
        return [[cell.get_text() for cell in row.select("th, td")] for row in table]

    row = ["Vacancy rate", "staff", "%", "lower", "3", "18 March 2024"]
    assert [listed(query) for query in ("", "?theme=staff", "?words=VACANCY", "?theme=housing", "?words=zzz")] == [
        *([row], [row], [row], [], []),
    ]


def test_a_measure_says_what_it_is_and_sets_council_beside_council(get: Any) -> None:
    page = soup(get, "/-/measure/vacancy")
    facts = {line.dt.get_text(): line.dd.get_text() for line in page.select("dl.facts div")}
    headings = [cell.get_text() for cell in page.select("#compared ~ .table-wrapper thead th")]
    cells = page.select("#compared ~ .table-wrapper tbody tr")[0].select("th, td")
    figures = [row.get_text(" ", strip=True) for row in page.select("section table tbody tr")]
    assert facts == {
        "Unit": "per cent",
        "Better": "lower is better",
        "Public identifier": "none is known",
    }
    assert (headings, [cell.get_text() for cell in cells]) == (
        ["Council", "Latest", "Target", "2024"],
        ["Exampleshire", "11%", "10%", "11%"],
    )
    assert [cell.a["href"] for cell in cells[:2]] == [
        "/-/council/EXA",
        "/-/item/bbbbbbbbbbbb.0#bbbbbbbbbbbb.0.m36-39",
    ]
    assert figures == [
        "15 January 2024 14% actual The vacancy rate in the service was 14% against a target of 10%.",
        "15 January 2024 10% target The vacancy rate in the service was 14% against a target of 10%.",
        "18 March 2024 11% actual The vacancy rate in the service was 11%.",
    ]


def test_the_picture_has_a_title_a_description_and_targets_of_another_shape(get: Any) -> None:
    picture = soup(get, "/-/measure/vacancy").select_one("figure svg")
    assert picture is not None
    assert (picture["role"], picture["aria-labelledby"], picture["aria-describedby"]) == (
        *("img", "picture-1-title", "picture-1-desc"),
    )
    assert picture.select_one("#picture-1-title").get_text() == "Vacancy rate: Exampleshire"
    assert picture.select_one("#picture-1-desc").get_text() == (
        "2 actuals, 14% (15 January 2024) to 11% (18 March 2024); 1 target, 10% (15 January 2024). "
        "The table has every figure."
    )
    assert (len(picture.select("circle")), len(picture.select("path")), len(picture.select("polyline"))) == (2, 1, 1)


def test_councils_come_in_pages_and_one_can_be_asked_for(councils: sqlite3.Connection) -> None:
    pages = [read_measure(councils, "m0", page=number) for number in (1, 2)]
    one = read_measure(councils, "m0", "c07")
    nobody = read_measure(councils, "m0", "c99")
    shown = [series.council["name"] for page in pages if page for series in page.series if series.council]
    assert [(len(page.series), page.more) for page in pages if page] == [
        (COUNCILS, True),
        (len(synthetic_councils.COUNCILS) - COUNCILS, False),
    ]
    assert sorted(shown) == sorted(synthetic_councils.COUNCILS)
    assert one is not None
    assert nobody is not None
    assert ([series.council for series in one.series], len(one.councils)) == ([{"id": "c07", "name": "Council 04"}], 25)
    assert (nobody.series, nobody.compared) == ([], [])


def test_measures_without_figures_are_listed_only_when_asked_for(councils: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as copy:
        councils.backup(copy)
        copy.execute("insert into measures (id, label, theme) values ('none', 'Never stated', 'children')")
        counted = [[row["id"] for row in read_catalogue(copy, every=every).rows] for every in (False, True)]
    assert ("none" in counted[0], "none" in counted[1], len(counted[1]) - len(counted[0])) == (False, True, 1)


def test_what_is_read_of_a_measure_is_found_by_indexes(councils: sqlite3.Connection) -> None:
    asked: list[str] = []
    councils.set_trace_callback(asked.append)
    read_measure(councils, "m0")
    read_catalogue(councils)
    councils.set_trace_callback(None)
    queries = [sql for sql in asked if sql.lstrip().lower().startswith(("select", "with"))]
    steps = [step[3] for sql in queries for step in councils.execute(f"explain query plan {sql}")]
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN") and "INDEX" not in step}
    assert len(queries) > COUNCILS
    assert {name for name in scanned if not name.startswith("(")} - {"p", "found"} == set()


def figure(value: float, role: str = "actual", date: str | None = "2024-01-15", **fields: Any) -> dict[str, Any]:
    row = {"value": value, "role": role, "date": date, "unit": "%", "value_max": None, "comparator": "="}
    return {**row, "period_start": None, "period_end": None, **fields}


@given(
    st.lists(
        st.builds(
            figure,
            st.floats(-1e15, 1e15),
            st.sampled_from([*ROLES, "previous", "change"]),
            st.dates().map(str) | st.none() | st.just("soon"),
            value_max=st.none() | st.floats(-1e15, 1e15),
            period_end=st.none() | st.dates().map(str),
            unit=st.sampled_from(["%", "GBP", "week", None]),
        ),
        max_size=8,
    )
)
def test_whatever_the_figures_all_that_is_drawn_is_within_the_picture(rows: list[dict[str, Any]]) -> None:
    scale = common_scale([rows])
    picture = None if scale is None else draw(rows, scale, "p", "<b>&")
    drawable = [
        row for row in rows if row["role"] in ROLES and (row["period_end"] or row["date"] not in (None, "soon"))
    ]
    assert (picture is None) == (not drawable)
    if picture is not None:
        root = ElementTree.fromstring(str(picture).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
        places = [
            (float(shape.get(across, "nan")), float(shape.get(down, "nan")))
            for tag, across, down in (("circle", "cx", "cy"), ("rect", "x", "y"), ("line", "x2", "y2"))
            for shape in root.iter(f"{SVG}{tag}")
        ]
        assert [at for at in places if not (0 <= at[0] <= 380 and 0 <= at[1] <= 190)] == []
        assert root.findtext(f"{SVG}title") == "<b>&"


def test_an_empty_series_or_another_unit_is_not_drawn() -> None:
    rows, others = [figure(10), figure(20)], [figure(3, unit="week")]
    scale = common_scale([rows, others])
    assert scale is not None
    assert (scale.unit, draw(others, scale, "p", "x"), draw([], scale, "p", "x")) == ("%", None, None)
    assert common_scale([[figure(1, role="change")], [figure(1, date=None)]]) is None
    assert (scale.low, scale.high, scale.step) == (10.0, 20.0, 5.0)
