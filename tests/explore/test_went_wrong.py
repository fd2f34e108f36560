"""What went wrong is said on a page or in JSON, and the terminal is not told the variables."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from minutesminer.explore import home


def said(response: Any) -> str:
    alert = BeautifulSoup(response.text, "lxml").select_one("[role=alert]")
    assert alert is not None
    return str(alert.get_text())


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/none", 404, "Database not found"),
        ("/minutes/none", 404, "Table not found"),
        ("/minutes/items/none", 404, "Record not found"),
        ("/-/patterns", 404, "There is no such page here."),
        ("/-/permissions", 403, "Permission denied"),
        ("/minutes?sql=delete+from+items", 400, "Statement must be a SELECT"),
    ],
)
def test_what_a_visitor_does_wrong_is_said_and_not_printed(
    get: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, path: str, status: int, words: str
) -> None:
    response = get(path)
    assert (response.status_code, said(response), caplog.messages) == (status, words, [])
    assert "".join(capsys.readouterr()) == ""


def test_json_is_answered_with_json(get: Any) -> None:
    response = get("/minutes/none.json")
    assert (response.status_code, response.json()) == (
        404,
        {"ok": False, "error": "Table not found", "status": 404, "title": None},
    )


def test_a_query_that_takes_too_long_is_stopped_in_words(get: Any) -> None:
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    response = get(f"/minutes?{urlencode({'sql': endless, '_timelimit': 20})}")
    assert (response.status_code, said(response).partition(".")[0]) == (
        400,
        "The query took too long and was stopped",
    )


def test_a_page_of_the_site_that_takes_too_long_says_so(site: Any, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(connection: sqlite3.Connection) -> None:
        connection.execute("with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n")

    monkeypatch.setattr(home, "read_home", endless)
    monkeypatch.setitem(site._settings, "sql_time_limit_ms", 20)
    assert get("/").status_code == 503


def test_a_fault_of_the_program_is_logged_without_what_its_variables_hold(
    get: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(connection: sqlite3.Connection) -> None:
        secret = "hunter" + "2"
        raise RuntimeError(f"{len(secret)} letters")

    monkeypatch.setattr(home, "read_home", faulty)
    with caplog.at_level(logging.ERROR):
        response = get("/")
    printed = caplog.text + "".join(capsys.readouterr())
    assert (response.status_code, "letters" in response.text) == (500, False)
    assert ("no answer to /" in printed, "7 letters" in printed, "hunter2" in printed) == (True, True, False)


def test_an_unknown_page_offers_the_way_home(get: Any) -> None:
    page = BeautifulSoup(get("/none").text, "lxml")
    assert [a["href"] for a in page.select("main a")] == ["/", "/minutes/full_text_search"]


def test_errors_in_many_requests_at_once_do_not_mix(site: Any) -> None:
    async def ask() -> list[int]:
        paths = ["/none", "/minutes/none", "/", "/-/item/none"] * 3
        return [response.status_code for response in await asyncio.gather(*map(site.client.get, paths))]

    assert asyncio.run(ask()) == [404, 404, 200, 404] * 3
