"""Debian's Chromium, and tabs of it that are watched: what they ask for, and what goes wrong in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(slots=True)
class Seen:
    """What a tab asked for, and the dialogs, errors and warnings in it; a page that is not there is none."""

    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; where there is none, CI fails and others skip. No `asyncio.run` works while it is open."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        message = f"there is no browser here (looked for {', '.join(_NAMES)})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_QUIET)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, width: int = 1280, **options: Any) -> Iterator[tuple[Page, Seen]]:
    """A tab `width` pixels wide of a browser that knows nothing yet."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="en-GB", **options)
    context.set_default_timeout(20_000)
    tab, seen = context.new_page(), Seen()
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.on("pageerror", lambda error: seen.faults.append(str(error)))
    tab.on("dialog", lambda dialog: (seen.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    tab.on("console", lambda message: _note(seen, message))
    yield tab, seen
    context.close()


def _note(seen: Seen, message: Any) -> None:
    if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
        seen.faults.append(message.text)


def follow(link: Locator) -> None:
    """Click a link or a button that leads on, and wait for the whole page it leads to: a click alone may end before."""
    with link.page.expect_navigation():
        link.click()


def violations(tab: Page) -> list[str]:
    """What axe finds against WCAG 2.2, level A and AA, on the page as it is."""
    found = Axe().run(tab, options={"runOnly": _RULES}).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]
