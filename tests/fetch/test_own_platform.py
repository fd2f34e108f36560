"""A platform of one's own is one module: the one that the docs print is put beside the others and fetched with."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from crawling import Crawled, crawled, patient
from stand_in.answer import Answer, page
from stand_in.server import StandIn

from minutesminer.errors import UsageError
from minutesminer.fetch import platforms
from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.sites import Site

PAGE = Path(__file__).parents[2] / "docs" / "adding.md"
MINUTES = (
    b"Northmere Borough Council\nHousing Scrutiny Panel\n14 January 2025\n\n1. Voids\n\nRESOLVED: To note the report.\n"
)


@pytest.fixture
def xml_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The module that the page prints, found under the name `xml_list`."""
    (printed,) = (
        text for text in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S) if "def meetings(" in text
    )
    (tmp_path / "xml_list.py").write_text(printed, encoding="utf-8")
    monkeypatch.setattr(platforms, "__path__", [*platforms.__path__, str(tmp_path)])
    yield "xml_list"
    sys.modules.pop("minutesminer.fetch.platforms.xml_list", None)


def site_of(listed: str) -> object:
    """A synthetic site: its front page, its list, and minutes as text."""

    def answer(path: str, root: str) -> Answer | None:
        if path == "/":
            return page(
                "<html><title>Northmere Borough Council</title><body><h1>Northmere Borough Council</h1></body></html>"
            )
        if path == "/meetings.xml":
            return Answer(listed.replace("ROOT", root).encode(), media_type="text/xml")
        return Answer(MINUTES, media_type="text/plain") if path == "/minutes/1.txt" else None

    return answer


def fetched(stand_in: StandIn, folder: Path, platform: str) -> Crawled:
    site = Site("NMR", "Northmere", platform, stand_in.root, hosts=OwnHosts.of((stand_in.root,)))
    return crawled(folder / "archive", site, patient(stand_in, retries=0), since="2025-01-01")


def test_the_platform_of_the_docs_fetches_minutes(tmp_path: Path, xml_list: str) -> None:
    listed = """<meetings>
      <meeting id="1" committee="Housing Scrutiny Panel" date="2025-01-14" minutes="ROOT/minutes/1.txt"/>
      <meeting id="2" committee="Housing Scrutiny Panel" date="2025-03-11"/>
      <meeting id="3" committee="Licensing Committee" date="2025-01-15" minutes="ROOT/minutes/3.txt"/>
      <meeting id="4" committee="Housing Scrutiny Panel" date="2025-02-11" minutes="ROOT/minutes/4.txt"/>
    </meetings>"""
    assert sorted(platforms.platform_names()) == ["cmis", "custom", "moderngov", xml_list]
    with StandIn(site_of(listed)) as stand_in:
        got = fetched(stand_in, tmp_path, xml_list)
    assert (got.sites, got.meetings) == (["ok"], {"1": "ok by listed", "2": "not_published", "3": "gone", "4": "gone"})
    assert got.bytes_of("/minutes/1.txt") == MINUTES


def test_the_platform_of_the_docs_tells_a_list_that_is_none(tmp_path: Path, xml_list: str) -> None:
    with StandIn(site_of("<html>Back soon</html>")) as stand_in:
        got = fetched(stand_in, tmp_path, xml_list)
    assert got.sites == ["unrecognised"]


def test_a_module_without_the_two_functions_is_no_platform() -> None:
    with pytest.raises(
        UsageError, match="'documents' is not a platform that is read; known are cmis, custom, moderngov"
    ):
        platforms.platform_of("documents")
