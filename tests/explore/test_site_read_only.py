"""Nothing that comes in through the site can change the database."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import synthetic_database

from minutesminer.explore import datasette_app

WRITES = [
    "delete from items",
    "insert into councils (id, name) values ('X', 'X')",
    "update items set text = ''",
    "drop table items",
    "create table stolen (id text)",
    "pragma query_only = 0",
    "pragma writable_schema = 1",
    "attach database '/tmp/other.db' as other",
    "vacuum into '/tmp/copy.db'",
    "select 1; delete from items",
    "with gone as (select 1) delete from items",
]


@pytest.fixture(autouse=True)
def _unchanged(database: Path) -> Iterator[None]:
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    yield
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("sql", WRITES)
def test_sql_that_writes_is_refused(get: Any, sql: str) -> None:
    response = get(f"/minutes.json?sql={quote(sql)}")
    # Python 3.10 raises a Warning for two statements at once, which Datasette does not expect and calls its own fault.
    two_at_once = sys.version_info < (3, 11) and ";" in sql
    assert (response.status_code, response.json()["ok"]) == (500 if two_at_once else 400, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_methods_that_write_are_refused_on_every_page(get: Any, method: str) -> None:
    paths = [
        "/",
        "/minutes",
        "/minutes/items",
        "/minutes/outstanding_list",
        "/-/item/aaaaaaaaaaaa.0",
        "/-/logout",
    ]
    assert {path: get(path, method=method).status_code for path in paths} == dict.fromkeys(paths, 405)


def test_reading_with_sql_of_ones_own_works(get: Any) -> None:
    response = get("/minutes.json?_shape=array&sql=select+name+from+councils+order+by+name")
    assert response.json() == [{"name": "Exampleshire"}, {"name": "Otherton"}]


def test_a_plugin_that_asks_to_write_is_refused_by_the_connection(site: Any) -> None:
    async def write() -> None:
        await site.get_database("minutes").execute_write("delete from items")

    with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
        asyncio.run(write())


def test_no_query_of_the_configuration_is_one_that_writes(site: Any) -> None:
    queries = site.metadata("queries", database="minutes")
    assert [name for name, query in queries.items() if query.get("write")] == []


def test_rows_written_by_a_later_run_are_seen_without_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "growing.db"
    synthetic_database.build(path)
    site = datasette_app(path)

    async def councils() -> list[str]:
        response = await site.client.get("/minutes/councils.json?_shape=array")
        return [row["id"] for row in response.json()]

    before = asyncio.run(councils())
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("insert into councils (id, name) values ('NEW', 'Newton')")
    connection.close()
    after = asyncio.run(councils())
    for served in site.databases.values():
        served.close()
    assert (before, after) == (["EXA", "OTH"], ["EXA", "NEW", "OTH"])
