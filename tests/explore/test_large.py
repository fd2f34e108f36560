"""Table pages of a large database: counts, facets and rows are the same as a small one has, and found by other ways."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import synthetic_councils
from datasette.app import Datasette
from visitor import close

from minutesminer.explore import datasette_app, large
from minutesminer.explore.counted import Asked
from minutesminer.store.database import open_database

Ask = Callable[..., dict[str, Any]]
COUNCIL, COMMITTEE = synthetic_councils.COUNCILS[3], "Panel 3 <i>x</i>"
FIGURES = [
    {},
    {"kind": "count"},
    {"role": "target"},
    {"year": "2022"},
    {"theme": "children"},
    {"council": COUNCIL},
    {"council_id": "c01"},
    {"committee": COMMITTEE},
    {"measure_id": "m1"},
    {"kind": "count", "role": "target"},
    {"kind": "money", "year": "2023"},
    {"council": COUNCIL, "year": "2022", "kind": "percentage"},
    {"council": COUNCIL, "committee": COMMITTEE, "role": "actual"},
    {"committee": COMMITTEE, "year": "2022"},
    {"measure_id": "m1", "council": COUNCIL},
    {"kind": "score"},
    {"council": "nobody"},
    {"council": "' or 1=1 --"},
    {"kind__not": "count"},
    {"date__gt": "2022-06-01", "kind": "count"},
]
CASES = [
    *(("metrics_view", filters) for filters in FIGURES),
    *(("trends", filters) for filters in FIGURES[4:15]),
    *(
        ("series", filters)
        for filters in ({}, {"year": "2022"}, {"council_id": "c01", "kind": "count"}, {"theme": "x"})
    ),
    *(("metrics", filters) for filters in ({}, {"kind": "count"}, {"role": "actual", "kind": "money"})),
    *(
        ("resolutions_view", filters)
        for filters in (
            {},
            {"decision": "note"},
            {"year": "2022"},
            {"council": COUNCIL},
            {"committee": COMMITTEE},
            {"decision": "note", "year": "2022"},
            {"council": COUNCIL, "decision": "agree"},
            {"outcome": "carried"},
        )
    ),
    *(("actions_view", filters) for filters in ({}, {"strength": "planned"}, {"year": "2023"}, {"council": COUNCIL})),
    *(("follow_ups_view", filters) for filters in ({}, {"year": "2023"}, {"committee": COMMITTEE})),
    *(("meetings_view", filters) for filters in ({}, {"council": COUNCIL}, {"year": "2023"}, {"committee": COMMITTEE})),
    *(("missed_targets", filters) for filters in ({}, {"theme": "children"}, {"council": COUNCIL, "year": "2022"})),
]
MORE_FACETS = {"trends": ["council", "committee", "kind", "theme"], "series": ["council_id", "year"]}


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "minutes.db"
    synthetic_councils.build(path)
    with open_database(path, write=True) as db:
        # A superseded document: its figure is in the raw table only.
        row = dict(next(db.query("select * from documents where outcome = 'ok'")))
        db.table("documents").insert({**row, "id": "old", "superseded_by": row["id"]})
        item = dict(next(db.query("select * from items where document_id = ?", [row["id"]])))
        db.table("items").insert({**item, "id": "old.0", "document_id": "old"})
        metric = dict(next(db.query("select * from metrics where document_id = ?", [row["id"]])))
        db.table("metrics").insert({**metric, "id": "old.0.m0-1", "item_id": "old.0", "document_id": "old"})
    return path


@pytest.fixture(scope="module")
def site(councils: Path) -> Iterator[Datasette]:
    app = datasette_app(councils)
    yield app
    close(app)


@pytest.fixture
def answers(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[dict[str, Any]]]:
    """What a page says to whom a database of that size is small, and to whom it is large."""

    def ask(path: str) -> list[dict[str, Any]]:
        found = []
        for size in (10**9, 0):
            monkeypatch.setattr(large, "LARGE", size)
            answer = asyncio.run(site.client.get(path)).json()
            found.append({name: said for name, said in answer.items() if name != "query_ms"})
        return found

    return ask


def _rows(answer: dict[str, Any]) -> list[str]:
    return sorted(map(str, answer.pop("rows")))


@pytest.mark.parametrize(("table", "filters"), CASES)
def test_counts_facets_and_rows_are_the_same(answers: Any, table: str, filters: dict[str, str]) -> None:
    facets = [("_facet", name) for name in MORE_FACETS.get(table, [])]
    small, big = answers(f"/minutes/{table}.json?{urlencode([*filters.items(), *facets, ('_size', 'max')])}")
    assert _rows(small) == _rows(big)
    assert small == big


def test_the_newest_rows_come_page_by_page_and_none_twice(answers: Any) -> None:
    path = "/minutes/metrics_view.json?theme=children&_size=20&_nofacet=1"
    pages = [answers(f"{path}&_next={start}")[1]["rows"] for start in (0, 20, 40)]
    dates = [row[list(_columns(answers)).index("date")] for page in pages for row in page]
    ids = [row[0] for page in pages for row in page]
    assert dates == sorted(dates, reverse=True)
    assert (len(ids), len(set(ids))) == (60, 60)


def _columns(answers: Any) -> list[str]:
    return answers("/minutes/metrics_view.json?_size=0&_nofacet=1")[1]["columns"]


def test_what_datasette_asks_is_recognised(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []
    real = large.counted_sql
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "counted_sql", lambda one: asked.append(one) or real(one))
    path = f"/minutes/metrics_view?{urlencode({'council': COUNCIL, 'kind': 'count'})}"
    assert asyncio.run(site.client.get(path)).status_code == 200
    filters = (("council", "p0"), ("kind", "p1"))
    facets = ("council", "committee", "year", "kind", "theme", "role")
    assert [(one.table, one.filters, one.column) for one in asked] == [
        ("metrics_view", filters, column) for column in (None, None, *facets)
    ]
    assert None not in [real(one) for one in asked]


def test_while_a_run_goes_on_the_records_themselves_are_counted(councils: Path, answers: Any) -> None:
    with open_database(councils, write=True) as db:
        db.execute("update figure_counts set figures = figures + 1")
        run = {"id": "run-00001", "started": "2024-01-01", "version": "1", "patterns_sha256": "x", "spacy_version": "3"}
        db.table("runs").insert(run)
        small, big = answers("/minutes/metrics_view.json?_size=0")
        assert small == big
        db.table("runs").update("run-00001", {"finished": "2024-01-01"})
        small, big = answers("/minutes/metrics_view.json?_size=0")
        assert big["filtered_table_rows_count"] > small["filtered_table_rows_count"]
        db.execute("update figure_counts set figures = figures - 1")
        db.execute("delete from runs")
