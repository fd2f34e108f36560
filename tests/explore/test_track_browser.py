"""Officers at work in a real browser: signed in they say what became of an action, and it stays said."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import synthetic_database
from playwright.sync_api import Browser, Page
from watched_browser import chromium, follow, violations, watched

from minutesminer.explore.accounts import accounts_path, add_account

_NAME, _PASSWORD = "Ann Lee", "correct horse battery"
_TASK, _REQUEST = "circulate the children’s home report", "the vacancy figures"

Serving = Callable[[Path], AbstractContextManager[tuple[subprocess.Popen[bytes], int]]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing yet, without scripts, as wide as a telephone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    synthetic_database.build(path)
    add_account(accounts_path(path), _NAME, _PASSWORD)
    return path


def listed(page: Page) -> list[str]:
    return page.locator("ol.work h2").all_inner_texts()


def sign_in(page: Page, root: str, password: str = _PASSWORD) -> None:
    page.goto(f"{root}/-/sign-in")
    page.get_by_label("Name").fill(_NAME)
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("button", name="Sign in"))


def test_an_action_that_is_done_leaves_the_list_and_stays_done_when_the_minutes_are_made_anew(
    page: Page, minutes: Path, serving: Serving
) -> None:
    with serving(minutes) as (_, port):
        root = f"http://127.0.0.1:{port}"
        sign_in(page, root)
        at_first = listed(page)
        page.get_by_label("State").select_option("overdue")
        page.get_by_label("Words").fill("home report")
        follow(page.get_by_role("button", name="Show"))
        late = listed(page)
        follow(page.get_by_role("link", name=_TASK))
        page.get_by_label("done").check()
        page.get_by_label("Note").fill("Sent to all members on 3 May.\nNo reply <yet>.")
        follow(page.get_by_role("button", name="Save"))
        told = page.locator(".message-info").inner_text()
        said = page.locator("ul.history li").all_inner_texts()
        follow(page.get_by_role("link", name="← Outstanding"))
        after = listed(page)
        page.get_by_label("State").select_option("done")
        follow(page.get_by_role("button", name="Show"))
        done, note = listed(page), page.locator("ol.work .note").inner_text()
    assert at_first == [_TASK, synthetic_database.ATTACK, _REQUEST]
    assert (late, told, after, done) == ([_TASK], "Saved.", [synthetic_database.ATTACK, _REQUEST], [_TASK])
    assert [entry.partition(f"{_NAME}: ")[2] for entry in said] == [
        "done Sent to all members on 3 May.\nNo reply <yet>."
    ]
    assert note.partition(" (")[0] == "Sent to all members on 3 May.\nNo reply <yet>."

    minutes.unlink()
    synthetic_database.build(minutes)
    with serving(minutes) as (_, port):
        page.goto(f"http://127.0.0.1:{port}/-/outstanding")
        again = listed(page)
        page.goto(f"http://127.0.0.1:{port}/-/outstanding?state=done")
        kept = page.locator("ol.work .note").inner_text()
    assert (again, kept) == (after, note)


def test_a_browser_without_a_session_reads_and_cannot_write(page: Page, minutes: Path, serving: Serving) -> None:
    with serving(minutes) as (_, port):
        root = f"http://127.0.0.1:{port}"
        page.goto(f"{root}/-/outstanding")
        follow(page.get_by_role("link", name=_TASK))
        address = page.url
        boxes = page.get_by_label("Note").count()
        sign_in(page, root, "wrong horse battery")
        refused = page.get_by_role("alert").inner_text()
        page.goto(address)
        still_none = page.get_by_label("Note").count()
        sign_in(page, root)
        page.goto(address)
        page.get_by_label("done").check()
        page.get_by_label("Note").fill("Typed while the session ended.")
        page.context.clear_cookies(name="ds_actor")
        follow(page.get_by_role("button", name="Save"))
        ended = page.get_by_role("alert").inner_text()
        typed = page.get_by_label("Note").input_value()
        history = page.locator("ul.history li").count()
    assert (boxes, refused, still_none) == (0, "The name or the password is wrong.", 0)
    assert ended == (
        "Nothing was saved: nobody is signed in. Sign in in another window, then press the button here again. Sign in"
    )
    assert (typed, history) == ("Typed while the session ended.", 0)


def test_one_that_was_not_found_is_added_by_keyboard_alone(page: Page, minutes: Path, serving: Serving) -> None:
    with serving(minutes) as (_, port):
        root = f"http://127.0.0.1:{port}"
        page.goto(f"{root}/-/sign-in?next=/-/track/add")
        page.locator("#name:focus").wait_for()
        page.keyboard.type(_NAME)
        for keys in ("Tab", _PASSWORD, "Enter"):
            page.keyboard.press(keys) if keys in ("Tab", "Enter") else page.keyboard.type(keys)
        page.wait_for_url(f"{root}/-/track/add")
        page.get_by_label("follow-up asked for").focus()
        page.keyboard.press("Space")
        texts = ("Bring the plan back", "exampleshire", "health", "15/1/2024", "31/1/2024", "A. Reed")
        for text in texts:
            page.keyboard.press("Tab")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{root}/-/track/hand-1")
        lead, state = page.locator(".lead").inner_text(), page.locator("dl.facts .state").inner_text()
        page.goto(f"{root}/-/outstanding?committee=Health+Scrutiny")
        found = listed(page)
    assert (lead, state) == (
        "Follow-up asked for, added by hand: Exampleshire, Health Scrutiny, 15 January 2024.",
        "overdue",
    )
    assert found == ["Bring the plan back", _TASK, _REQUEST]


def test_no_page_of_officers_is_wider_than_a_telephone_and_axe_finds_nothing(
    browser: Browser, minutes: Path, serving: Serving
) -> None:
    outside, wrong = [], []
    with serving(minutes) as (_, port), watched(browser, 390) as (tab, seen):
        root = f"http://127.0.0.1:{port}"
        sign_in(tab, root)
        for path in ("outstanding", "track/aaaaaaaaaaaa.0.f121-196", "track/add", "sign-in", "sign-out"):
            tab.goto(f"{root}/-/{path}")
            boxes = [element.bounding_box() for element in tab.locator("main *:visible").all()]
            outside += [(path, box) for box in boxes if box is not None and box["x"] + box["width"] > 390]
            wrong += [(path, found) for found in violations(tab)]
    assert (outside, wrong, seen.faults) == ([], [], [])
