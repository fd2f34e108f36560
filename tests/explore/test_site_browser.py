"""The site in a real browser: scripts run, styles apply, hostile text stays text."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        message = f"there is no browser here (looked for {', '.join(_BROWSERS)})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def _document(browser: str, address: str, profile: Path) -> BeautifulSoup:
    """The page as it stands in the browser after its scripts ran."""
    command = [browser, *_QUIET, f"--user-data-dir={profile}", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return BeautifulSoup(done.stdout, "lxml")


def test_home_a_table_a_query_and_an_item_come_up_in_a_browser(browser: str, served: int, tmp_path: Path) -> None:
    root = f"http://127.0.0.1:{served}"
    home = _document(browser, f"{root}/", tmp_path)
    table = _document(browser, f"{root}/minutes/metrics_view", tmp_path)
    query = _document(browser, f"{root}/minutes/outstanding_list", tmp_path)
    item = _document(browser, f"{root}/-/item/cccccccccccc.0", tmp_path)
    assert [heading.get_text() for heading in home.select(".readers h2")] == [
        "For scrutiny officers",
        "For journalists",
        "For researchers",
    ]
    assert table.select_one("details:has(dl) > summary").get_text() == "What the columns mean"
    assert [details.has_attr("open") for details in table.select("details.facet-info")] == [True] * 6
    assert [cell.get_text() for cell in query.select("td.col-status")] == ["overdue", "answered?", "open"]
    assert item.select_one("h1").get_text() == 'Homes <script>alert("x")</script>'
    assert [script.get("src") for script in item.select("script")] == ["/static/minutes.js"]
