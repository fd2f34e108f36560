"""Every reader against a synthetic input and the whole Document it must give, as somebody has read and found right.

An input is a file `golden/synthetic_*` or one of the files made here; its golden result stands beside it as JSON. Where
that is missing, the first run writes it and fails: read it against its input, mend the reader where it is wrong, and
delete the result to have it written anew. A function of the parse stage that gives a `Parsed` and that no input runs
fails the suite too.
"""

from __future__ import annotations

import importlib
import inspect
import io
import json
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument

import minutesminer.parse
from minutesminer.models import Given
from minutesminer.parse import ocr, parse

MakePdf = Callable[..., bytes]

FOLDER = Path(__file__).parent / "golden"
FILES = sorted(path for path in FOLDER.glob("synthetic_*") if path.suffix != ".json")
ADDRESSES = {
    "synthetic_ieListDocuments.html": "https://democracy.westmere.example/ieListDocuments.aspx?CId=11&MId=77",
    "synthetic_mgAi.html": "https://democracy.westmere.example/mgAi.aspx?ID=9",
    "synthetic_ieIssueDetails.html": "https://democracy.westmere.example/ieIssueDetails.aspx?IId=3&Opt=3",
    "synthetic_cmis_meeting.html": "https://westmere.cmis.example/w/Meetings/tabid/70/Default.aspx",
}


def printed_minutes(make_pdf: MakePdf) -> bytes:
    return make_pdf(
        [
            "**WESTMERE BOROUGH COUNCIL",
            "**AUDIT PANEL",
            "",
            "MINUTES of the meeting held in the Guildhall, Westmere on Tuesday, 4 June 2024.",
            "",
            "PRESENT: Councillors Ada Marl (Chair), Bo Wick and Cy Thorne",
            "",
            "IN ATTENDANCE: Di Pell (Head of Internal Audit) and Ed Rusk (Clerk)",
            "",
            "**12. Apologies",
            "**(Item 1)",
            "",
            "There were none.",
            "",
            "**13. Internal Audit Progress",
            "**(Item 2)",
            "",
            "1. Ms Pell said that 14 of 22 audits had been finished, and that those left would be",
            "done by the end of September, with the exception of two that wait for the new ledger",
        ],
        [
            "to be in use.",
            "",
            "2. RESOLVED that the report be noted and that an update be given in six months.",
        ],
        header="Audit Panel - 4 June 2024",
        footer="Page {}",
    )


def word_minutes() -> bytes:
    def filled(document: WordDocument) -> None:
        document.add_paragraph("WESTMERE BOROUGH COUNCIL")
        document.add_paragraph("Minutes of the Audit Panel held on 4 June 2024 at 7.15 pm")
        document.add_paragraph("Present: Councillors Ada Marl (Chair) and Bo Wick")
        document.add_heading("1. Apologies", level=2)
        document.add_paragraph("Apologies were received from Councillor Thorne.")
        document.add_heading("2. Spending", level=2)
        document.add_paragraph("The Panel noted the overspend.")
        table = document.add_table(rows=3, cols=3)
        texts = [("Service", "Budget", "Outturn"), ("Roads", "£4m", "£5m"), ("Parks", "£1m", "£1m")]
        for at, row in enumerate(texts):
            for place, text in enumerate(row):
                table.cell(at, place).paragraphs[0].add_run(text).bold = at == 0
        document.add_paragraph("RESOLVED: That a report on roads be brought to the next meeting.")

    document = docx.Document()
    filled(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


MADE: dict[str, Callable[[MakePdf], bytes]] = {
    "printed_minutes.pdf": printed_minutes,
    "scan.pdf": lambda make_pdf: make_pdf(["[picture]"]),
    "locked.pdf": lambda make_pdf: make_pdf(["1. Apologies", "There were none."], password="secret"),
    "agenda.pdf": lambda make_pdf: make_pdf(
        [
            "**Audit Panel",
            "**1. Apologies",
            "To receive apologies.",
            "**2. Accounts",
            "The Panel is asked to note them.",
        ]
    ),
    "damaged.pdf": lambda make_pdf: b"%PDF-1.4\nnothing that follows is a PDF",
    "minutes.docx": lambda make_pdf: word_minutes(),
    "damaged.docx": lambda make_pdf: b"PK\x03\x04 word/document.xml cut short",
    "picture.png": lambda make_pdf: b"\x89PNG\r\n\x1a\n",
    "search.html": lambda make_pdf: b'<html><body><div id="modgov"><h1>Search results</h1></div></body></html>',
    "other.xml": lambda make_pdf: b'<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>',
    "no_items.html": lambda make_pdf: b'<html><body><div id="modgov"><p>Page not found</p></div></body></html>',
}
NAMES = [path.name for path in FILES] + list(MADE)


@pytest.fixture(autouse=True)
def ocr_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is advised for scans does not depend on what is installed here."""
    monkeypatch.setattr(ocr, "_installed", lambda name: True)


def read(name: str, make_pdf: MakePdf) -> dict[str, Any]:
    """The Document of an input as plain data; identity and size of files made here depend on who made them."""
    data = MADE[name](make_pdf) if name in MADE else (FOLDER / name).read_bytes()
    found = asdict(parse(data, name, Given(url=ADDRESSES.get(name))))
    if name in MADE:
        del found["id"], found["size"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_input_gives_its_golden_document(name: str, make_pdf: MakePdf) -> None:
    found = read(name, make_pdf)
    golden = FOLDER / f"{name}.json"
    if not golden.exists():
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"review me: {golden.name} was missing and has been written; read it against its input")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_sections_of_golden_items_lie_in_their_text_and_do_not_overlap(name: str, make_pdf: MakePdf) -> None:
    for item in read(name, make_pdf)["items"]:
        ends = [bound for section in item["sections"] for bound in (section["start"], section["end"])]
        assert ends == sorted(ends)
        assert all(0 <= end <= len(item["text"]) for end in ends)


def test_no_golden_result_is_left_without_its_input() -> None:
    assert sorted(path.name.removesuffix(".json") for path in FOLDER.glob("*.json")) == sorted(NAMES)


def test_every_reader_is_run_by_some_input(make_pdf: MakePdf) -> None:
    run: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            run.add(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        for name in NAMES:
            read(name, make_pdf)
    finally:
        sys.setprofile(None)
    assert sorted(readers() - run) == []


def readers() -> set[str]:
    """The functions of the parse stage that give what they read: by their annotation, so that none is registered."""
    found = set()
    for module in pkgutil.iter_modules(minutesminer.parse.__path__, "minutesminer.parse."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if function.__module__ == module.name and function.__annotations__.get("return") == "Parsed":
                found.add(f"{module.name}.{name}")
    return found
