"""Who may write through the site, and what becomes of everybody else."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import synthetic_database
from datasette.utils import baseconv
from visitor import Visitor, close

from minutesminer.explore import datasette_app, sign_in
from minutesminer.explore.accounts import accounts_path, add_account, remove_account

NAME, PASSWORD = "Ann Lee", "correct horse battery"
ACTION = "aaaaaaaaaaaa.0.a198-260"
PAGE = f"/-/track/{ACTION}"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    synthetic_database.build(path)
    add_account(accounts_path(path), NAME, PASSWORD)
    return path


@pytest.fixture
def visitor(minutes: Path) -> Iterator[Visitor]:
    site = datasette_app(minutes)
    yield Visitor(site)
    close(site)


def rows(minutes: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(minutes.with_name("tracker.db"))) as connection:
        return connection.execute(sql).fetchall()


def saved(minutes: Path) -> list[tuple[Any, ...]]:
    return rows(minutes, "SELECT who, record_id, status, note FROM entries ORDER BY id")


def refusals(minutes: Path) -> list[tuple[Any, ...]]:
    return rows(minutes, "SELECT path, reason, name FROM refusals ORDER BY id")


def test_an_officer_signs_in_and_writes_in_their_own_name(visitor: Visitor, minutes: Path) -> None:
    answer = visitor.sign_in("ann  LEE", PASSWORD)
    saving = visitor.post(PAGE, status="done", note="sent", who="somebody else")
    assert (answer.status_code, answer.headers["location"], saving.status_code, saving.headers["location"]) == (
        *(302, "/-/outstanding", 302, PAGE),
    )
    assert (saved(minutes), refusals(minutes)) == ([(NAME, ACTION, "done", "sent")], [])


def test_the_session_is_signed_ends_and_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    answer = visitor.sign_in(NAME, PASSWORD)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("ds_actor="))
    attributes = sorted(part.strip() for part in cookie.split(";")[1:])
    session = visitor.site.unsign(visitor.cookies["ds_actor"], "actor")
    hours = (baseconv.base62.decode(session["e"]) - time.time()) / 3600
    assert attributes == ["HttpOnly", "Max-Age=28800", "Path=/", "SameSite=lax"]
    assert (session["a"]["id"], round(hours, 1)) == (NAME, 8.0)


def test_nobody_writes_without_a_session(visitor: Visitor, minutes: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "minutesminer.explore"):
        answers = [visitor.post(path, what="x", committee="y", date="1/2/2024") for path in (PAGE, "/-/track/add")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (saved(minutes), refusals(minutes)) == (
        [],
        [(PAGE, "nobody is signed in", None), ("/-/track/add", "nobody is signed in", None)],
    )
    assert [record.getMessage() for record in caplog.records] == [
        f"refused a write to '{path}': nobody is signed in (no account)" for path in (PAGE, "/-/track/add")
    ]


@pytest.mark.parametrize(
    ("token", "cookie"),
    [("", True), ("forged", True), ("naïve", True), ("own", False)],
    ids=["without a token", "with a wrong token", "with a token that is not ASCII", "without the token's cookie"],
)
def test_a_form_of_another_site_is_refused(visitor: Visitor, minutes: Path, token: str, cookie: bool) -> None:
    visitor.sign_in(NAME, PASSWORD)
    own = visitor.cookies["ds_csrftoken"]
    if not cookie:
        del visitor.cookies["ds_csrftoken"]
    answer = visitor.ask("POST", PAGE, data={"csrftoken": own if token == "own" else token, "status": "done"})
    assert (answer.status_code, saved(minutes)) == (403, [])
    assert refusals(minutes) == [(PAGE, "the form's token is missing or wrong", None)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost"}, 302),
        ({"origin": "http://LOCALHOST"}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"host": "elsewhere.example"}, 403),
        ({"host": "elsewhere.example", "origin": "http://elsewhere.example"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "multipart/form-data"}, 415),
    ],
)
def test_a_form_comes_from_a_page_of_this_site_in_this_machines_name(
    visitor: Visitor, minutes: Path, headers: dict[str, str], status: int
) -> None:
    visitor.sign_in(NAME, PASSWORD)
    answer = visitor.post(PAGE, headers, status="done")
    assert (answer.status_code, len(saved(minutes)), len(refusals(minutes))) == (
        *(status, int(status == 302), int(status != 302)),
    )


@pytest.mark.parametrize(
    ("body", "status"), [(b"note=" + b"x" * 70_000, 413), (b"note=\xff", 400)], ids=["too long", "not text"]
)
def test_a_body_that_is_no_form_is_refused(visitor: Visitor, minutes: Path, body: bytes, status: int) -> None:
    visitor.sign_in(NAME, PASSWORD)
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = visitor.ask("POST", PAGE, content=body, headers=form)
    assert (answer.status_code, saved(minutes), len(refusals(minutes))) == (status, [], 1)


def test_a_forged_session_is_refused(visitor: Visitor, minutes: Path) -> None:
    visitor.sign_in(NAME, PASSWORD)
    real = visitor.cookies["ds_actor"]
    told, _, signature = real.rpartition(".")
    # Not its last character: some of that one's bits are not read.
    forged = [
        f"{told}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        "e30.x",
        f"{real}x",
        "eyJhIjp7ImlkIjoicm9vdCJ9fQ.c2lnbmVk",
    ]
    statuses = []
    for value in forged:
        visitor.cookies["ds_actor"] = value
        statuses.append(visitor.post(PAGE, status="done").status_code)
    assert (statuses, saved(minutes)) == ([403] * 4, [])
    assert {reason for _, reason, _ in refusals(minutes)} == {
        "the session is forged, or of a site that was started anew since"
    }


def test_a_session_that_has_ended_is_refused_and_what_was_typed_is_kept(
    visitor: Visitor, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "SECONDS", -1)
    cookie = sign_in.session(visitor.site, NAME, "key")
    visitor.cookies["ds_actor"] = cookie
    answer = visitor.post(PAGE, status="done", note="a long <b>answer</b>")
    assert (answer.status_code, saved(minutes)) == (403, [])
    assert ("a long &lt;b&gt;answer&lt;/b&gt;</textarea>" in answer.text, "the session has ended" in answer.text) == (
        *(True, True),
    )
    assert refusals(minutes) == [(PAGE, "the session has ended", None)]


def test_sessions_of_an_account_that_was_removed_or_made_anew_have_ended(visitor: Visitor, minutes: Path) -> None:
    visitor.sign_in(NAME, PASSWORD)
    remove_account(accounts_path(minutes), NAME)
    removed = visitor.post(PAGE, status="done").status_code
    add_account(accounts_path(minutes), NAME, "another horse battery")
    anew = visitor.post(PAGE, status="done").status_code
    visitor.sign_in(NAME, "another horse battery")
    assert (removed, anew, visitor.post(PAGE, status="done").status_code) == (403, 403, 302)


def test_whoever_started_datasette_with_root_may_write(visitor: Visitor, minutes: Path) -> None:
    visitor.site._root_token = "token"
    visitor.get("/-/auth-token?token=token")
    assert (visitor.post(PAGE, status="done").status_code, saved(minutes)) == (302, [("root", ACTION, "done", None)])


def test_an_actor_of_another_making_may_not(visitor: Visitor, minutes: Path) -> None:
    for actor in ({"id": "Ann Lee"}, {"id": NAME, "key": "0" * 16}, {"key": "x"}):
        visitor.cookies["ds_actor"] = visitor.site.sign({"a": actor}, "actor")
        assert visitor.post(PAGE, status="done").status_code == 403
    assert saved(minutes) == []


def test_signing_out_ends_the_session_and_takes_a_form(visitor: Visitor, minutes: Path) -> None:
    visitor.sign_in(NAME, PASSWORD)
    asked = visitor.page("/-/sign-out").select_one("form p").get_text()
    still = visitor.post(PAGE, note="still here").status_code
    answer = visitor.post("/-/sign-out")
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("ds_actor="))
    visitor.cookies.pop("ds_actor", None)
    assert (asked, still, answer.status_code, "Max-Age=0" in cookie) == (
        f"You are signed in as {NAME}.",
        302,
        302,
        True,
    )
    assert visitor.page("/-/sign-out").select("form") == []


def test_wrong_names_and_passwords_are_told_alike(visitor: Visitor, minutes: Path) -> None:
    wrong = [visitor.sign_in(NAME, "wrong horse battery"), visitor.sign_in("Nobody", PASSWORD)]
    told = [visitor_text(answer) for answer in wrong]
    assert ([answer.status_code for answer in wrong], told) == ([403, 403], ["The name or the password is wrong."] * 2)
    assert refusals(minutes) == [
        ("/-/sign-in", "wrong name or password", NAME),
        ("/-/sign-in", "wrong name or password", None),
    ]


def visitor_text(answer: Any) -> str:
    return str(answer.text).partition('role="alert">')[2].partition("</p>")[0]


def test_nothing_that_was_typed_into_the_boxes_is_noted(
    visitor: Visitor, minutes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # People type their password into the box for the name.
    answer = visitor.sign_in("my secret pass phrase", "my other secret phrase")
    noted = minutes.with_name("tracker.db").read_bytes()
    assert (answer.status_code, b"secret" in noted, "secret" in caplog.text) == (403, False, False)
    assert "my other secret phrase" not in answer.text


def test_failures_make_the_next_attempt_wait_and_a_success_forgets_them(
    visitor: Visitor, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(sign_in.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(sign_in, "check_password", lambda path, name, password: real(name, password))
    tried = []

    def real(name: str, password: str) -> Any:
        tried.append(name)
        return sign_in.read_accounts(accounts_path(minutes))["ann lee"] if password == PASSWORD else None

    first = [visitor.sign_in(NAME, "wrong").status_code for _ in range(7)]
    other = visitor.sign_in("Bob", "wrong").status_code
    clock[0] += 29
    early = visitor_text(visitor.sign_in("ANN LEE", PASSWORD))
    clock[0] += 2
    again = [visitor.sign_in(NAME, "wrong").status_code, visitor.sign_in(NAME, "wrong").status_code]
    clock[0] += 59
    longer = visitor.sign_in(NAME, PASSWORD).status_code
    clock[0] += 2
    success = visitor.sign_in(NAME, PASSWORD).status_code
    after = [visitor.sign_in(NAME, "wrong").status_code for _ in range(5)]
    assert (first, other, early) == (
        [403] * 5 + [429] * 2,
        403,
        "There were too many attempts with this name. Try again in 1 seconds.",
    )
    assert (again, longer, success, after) == ([403, 429], 429, 302, [403] * 5)
    assert tried == [NAME] * 5 + ["Bob"] + [NAME] * 7


def test_names_that_nobody_has_cannot_fill_the_memory() -> None:
    attempts = sign_in.Attempts()
    waits = {attempts.wait(f"name {number}") for number in range(3000)}
    assert (waits, len(attempts.failures)) == ({0}, 1000)


def test_forms_from_elsewhere_cannot_fill_the_disk(visitor: Visitor, minutes: Path) -> None:
    app = visitor.site.app()
    visitor.site.app = lambda: app
    statuses = {visitor.ask("POST", PAGE, data={"status": "done"}).status_code for _ in range(100)}
    assert (statuses, len(refusals(minutes))) == ({403}, 60)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (PAGE, PAGE),
        ("/-/outstanding?owner=Reed&page=2", "/-/outstanding?owner=Reed&page=2"),
        ("", "/-/outstanding"),
        ("//elsewhere.example/", "/-/outstanding"),
        ("/\\elsewhere.example", "/-/outstanding"),
        ("https://elsewhere.example/", "/-/outstanding"),
        ("javascript:alert(1)", "/-/outstanding"),
        ("/\t/elsewhere.example", "/-/outstanding"),
    ],
)
def test_after_signing_in_only_pages_of_this_site_are_shown(visitor: Visitor, asked: str, place: str) -> None:
    assert visitor.sign_in(NAME, PASSWORD, next=asked).headers["location"] == place


def test_accounts_that_cannot_be_read_let_nobody_in_and_are_logged(
    visitor: Visitor, minutes: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in(NAME, PASSWORD)
    accounts_path(minutes).write_text("{broken", encoding="utf-8")
    answers = [visitor.post(PAGE, status="done"), visitor.sign_in(NAME, PASSWORD), visitor.get("/-/sign-in")]
    assert [answer.status_code for answer in answers] == [403, 503, 200]
    assert "cannot be read; put back a copy" in caplog.text
    assert PASSWORD not in capsys.readouterr().err + caplog.text


def test_without_an_account_the_page_says_how_to_make_one(visitor: Visitor, minutes: Path) -> None:
    accounts_path(minutes).unlink()
    page = visitor.page("/-/sign-in")
    assert (len(page.select("form")), page.select_one("main code").get_text()) == (0, "minutesminer officers add NAME")
