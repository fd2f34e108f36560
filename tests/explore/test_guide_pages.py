"""The guides as pages: all of docs/, with links between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

DOCS = Path(__file__).parents[2] / "docs"


def test_every_guide_is_a_page_whose_links_lead_somewhere(get: Any) -> None:
    names = sorted(path.stem for path in DOCS.glob("*.md"))
    pages = {name: get(f"/-/guides/{name}") for name in names}
    wrong = []
    for name, response in pages.items():
        page = BeautifulSoup(response.text, "lxml")
        ids = {tag["id"] for tag in page.select("[id]")}
        for link in page.select(".guide-text a[href]"):
            at = urlsplit(urljoin(f"/-/guides/{name}", link["href"]))
            other = at.path.removeprefix("/-/guides/")
            if at.netloc:
                continue
            found = (
                ids if other == name else {tag["id"] for tag in BeautifulSoup(pages[other].text, "lxml").select("[id]")}
            )
            if at.fragment and at.fragment not in found:
                wrong.append((name, link["href"]))
    assert (len(names) > 15, wrong) == (True, [])
    assert {name: response.status_code for name, response in pages.items()} == dict.fromkeys(names, 200)


def test_the_first_page_leads_to_a_guide_for_each_reader(get: Any) -> None:
    page = BeautifulSoup(get("/").text, "lxml")
    guides = [a["href"] for a in page.select(".readers a[href^='/-/guides/']")]
    titles = [BeautifulSoup(get(path).text, "lxml").select_one("h1").get_text() for path in guides]
    assert titles == ["For scrutiny officers", "For journalists", "For researchers"]


def test_no_other_file_is_a_guide_and_without_a_name_the_first_is_shown(get: Any) -> None:
    paths = ["generate.py", "..%2Fpyproject", "%2Fetc%2Fpasswd", "scores.json", "none", ".."]
    assert [get(f"/-/guides/{path}").status_code for path in paths] == [404] * 6
    assert get("/-/guides").headers["location"] == "/-/guides/index"
