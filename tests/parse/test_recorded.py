"""Recorded documents of real councils: items as annotated, and every annotated quote in some item's text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from minutesminer.models import Document
from minutesminer.parse import parse
from minutesminer.text import fold

CLASSES = ["metrics", "resolutions", "actions", "follow_ups"]
FURNITURE = re.compile(
    r"(?im)^(?:\d+|page \d+.*|skip to .*|agenda item|supporting documents:?|view the .*|this page is .*"
    r"|all minutes are draft.*|present:.*)$|PDF \d+ KB|view the full minutes"
)
SEEDS = ["000_a1be9b84d3a55d16", "001_051106147a236353", "002_94d6de7b9655115d"]
SEEDS += ["003_7a9143ebbca022c1", "004_00f052cf51b20499"]
FIXTURES = [
    "kent/kent__cabinet_2025-01-30__Minutes_of_the_meeting_held_on_9th_January_2025.pdf",
    "kent/kent__full_council_2025-03-13__CPP_Minutes_10.12.24.pdf",
    "kingston/kingston__2026-01-15_neighbourhood_committee.html",
    "openlylocal/test_minutes.pdf",
]
FILES = [f"seeds/{name}.txt" for name in SEEDS] + [f"fixtures/{name}" for name in FIXTURES]


def read(shared: Path, name: str) -> tuple[Document, dict[str, Any]]:
    path = shared / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    gold = shared / ("gold" if name.startswith("seeds/") else "gold_fixtures") / f"{path.stem}.json"
    annotated: dict[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    return parse(path.read_bytes(), path.name), annotated


def plain(text: str) -> str:
    bare = re.sub(r"\b(Sub)\?", r"\1-", text, flags=re.I).translate(str.maketrans("“”’‘•·", "\"\"''  "))
    return fold(bare).removesuffix("...").rstrip()


@pytest.mark.parametrize("name", FILES)
def test_every_annotated_quote_stands_in_an_items_text(shared: Path, name: str) -> None:
    document, gold = read(shared, name)
    texts = [plain(part) for item in document.items for part in (item.text, item.title or "")]
    quotes = [record["quote"] for kind in CLASSES for record in gold[kind]]
    assert [quote for quote in quotes if not any(plain(quote) in text for text in texts)] == []


@pytest.mark.parametrize("name", [name for name in FILES if "003_" not in name])
def test_numbers_and_titles_of_items_are_as_annotated(shared: Path, name: str) -> None:
    document, gold = read(shared, name)
    assert [(item.number, item.title) for item in document.items] == [
        (item["number"], item["title"]) for item in gold["items"]
    ]


@pytest.mark.parametrize("name", FILES)
def test_committee_and_date_are_as_annotated(shared: Path, name: str) -> None:
    document, gold = read(shared, name)
    # A name printed in capitals only is annotated so, and stored in small letters.
    committee = (document.meetings[0].committee or "").casefold()
    assert (committee, document.meetings[0].date) == ((gold["committee"] or "").casefold(), gold["date"])


@pytest.mark.parametrize("name", FILES)
def test_no_furniture_is_left_in_any_text(shared: Path, name: str) -> None:
    document, _ = read(shared, name)
    assert [found[0] for item in document.items for found in FURNITURE.finditer(item.text)] == []


def test_councils_are_recognised(shared: Path) -> None:
    found = {name: read(shared, name)[0].meetings[0].council for name in FILES}
    assert list(found.values()) == [
        "Islington",
        None,
        "Tower Hamlets",
        "Harrow",
        "Havering",
        "Kent",
        "Kent",
        "Kingston upon Thames",
        "Merton",
    ]


def test_a_full_councils_minutes_keep_votes_and_motions_apart(shared: Path) -> None:
    name = "kent__full_council_2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf"
    path = shared / "fixtures" / "kent" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    document = parse(path.read_bytes(), name)
    assert [item.number for item in document.items] == [str(number) for number in range(292, 309)]
    lines = [line for item in document.items for line in item.text.split("\n")]
    assert [line for line in lines if line.startswith("For (")] == [
        "For (52)",
        "For (38)",
        "For (39)",
        "For (32)",
        "For (36)",
        "For (37)",
        "For (32)",
        "For (33)",
        "For (34)",
    ]


def test_an_attendance_page_of_another_skin_is_read(shared: Path) -> None:
    path = shared / "fixtures" / "counciltracker" / "dublincity_mgMeetingAttendance_2355.html"
    if not path.is_file():
        pytest.skip("the recorded attendance page is not at hand")
    meeting = parse(path.read_bytes(), path.name).meetings[0]
    assert (meeting.committee, meeting.date, len(meeting.attendance)) == ("Monthly Council Meeting", "2018-01-08", 76)


@pytest.mark.parametrize(
    "name",
    [
        "sectortrace/moderngov_search_kent_substance_misuse.html",
        "sectortrace/moderngov_search_no_results.html",
        "sectortrace/moderngov_doc_search_form.html",
        "sectortrace/cmis_search_no_results.html",
        "sectortrace/cmis_search_harborough_council_page1.html",
        "lgsf/cmis_listview.html",
        "lgsf/cmis_detail_with_minutes.html",
        "lgsf/modgov_decisions_list.html",
        "councillordata/denbighshire.gov.uk.CouncillorsByWard.xml",
        "councillordata/leeds.gov.uk.CouncillorsByWard.xml",
    ],
)
def test_pages_that_are_no_minutes_are_not_taken_for_them(shared: Path, name: str) -> None:
    path = shared / "fixtures" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    assert parse(path.read_bytes(), name).outcome == "no_minutes"
