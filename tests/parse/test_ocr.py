"""Scanned pages: told apart from blank ones, read by text recognition where it is installed, and marked as such."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from minutesminer.models import Attendee, Issue, Meeting
from minutesminer.parse import ocr, parse
from minutesminer.run import run

MakePdf = Callable[..., bytes]

PAGE = [
    "**AUDIT PANEL",
    "MINUTES of a meeting of the Audit Panel held in the Town Hall,",
    "Westmere on Tuesday, 4 June 2024 at 7.15 pm",
    "PRESENT: Councillors Ann Lee (Chair) and Bo Moe",
    "",
    "**1. APOLOGIES",
    "Apologies were received from Councillor Fox.",
    "",
    "**2. RISK REGISTER",
    "The Panel noted that 95% of the risks had been reviewed in the quarter.",
    "",
    "RESOLVED: That the report be noted.",
]

with_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or find_spec("ocrmypdf") is None,
    reason="Tesseract or the extra `ocr` is not installed",
)


def scan_of(pdf: bytes, dots_per_inch: int = 200) -> bytes:
    """The pages of a PDF as pictures of pages."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=dots_per_inch / 72).to_pil().convert("L")
        canvas.drawImage(ImageReader(picture), 0, 0, *canvas._pagesize)
        canvas.showPage()
    document.close()
    canvas.save()
    return file.getvalue()


@with_tesseract
def test_a_scan_is_read_and_its_text_is_marked(make_pdf: MakePdf) -> None:
    document = parse(scan_of(make_pdf(PAGE)), "scan.pdf", ocr=True)
    assert document.outcome == "ok"
    assert [(item.number, item.title, item.text) for item in document.items] == [
        ("1", "APOLOGIES", "Apologies were received from Councillor Fox."),
        (
            "2",
            "RISK REGISTER",
            "The Panel noted that 95% of the risks had been reviewed in the quarter.\n"
            "RESOLVED: That the report be noted.",
        ),
    ]
    assert document.meetings == [
        Meeting(
            committee="Audit Panel",
            date="2024-06-04",
            time="19:15",
            venue="Town Hall, Westmere",
            attendance=[
                Attendee("Ann Lee", "Chair"),
                Attendee("Bo Moe"),
                Attendee("Fox", status="apologies"),
            ],
        )
    ]
    message = "scan.pdf: read by text recognition, so that words and figures may be wrong: page 1; check the pages"
    assert document.issues == [Issue("parse", "ocr", message)]


@with_tesseract
def test_of_a_pdf_that_is_scanned_in_part_only_the_pictures_are_recognised(make_pdf: MakePdf) -> None:
    whole = pypdfium2.PdfDocument(make_pdf(PAGE))
    scanned = pypdfium2.PdfDocument(scan_of(make_pdf(["**3. ACCOUNTS", "It was noted that the accounts were late."])))
    whole.import_pages(scanned)
    file = io.BytesIO()
    whole.save(file)
    document = parse(file.getvalue(), "half.pdf", ocr=True)
    assert [(item.number, item.title) for item in document.items] == [
        ("1", "APOLOGIES"),
        ("2", "RISK REGISTER"),
        ("3", "ACCOUNTS"),
    ]
    message = "half.pdf: read by text recognition, so that words and figures may be wrong: page 2; check the pages"
    assert document.issues == [Issue("parse", "ocr", message)]


@with_tesseract
def test_a_picture_without_words_stays_without_text(make_pdf: MakePdf) -> None:
    document = parse(scan_of(make_pdf(["[picture]"])), "blot.pdf", ocr=True)
    assert (document.outcome, [issue.code for issue in document.issues]) == ("no_text", ["no_text", "ocr"])


def test_without_asking_a_scan_is_not_read_and_how_to_is_told(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_installed", lambda name: True)
    document = parse(make_pdf(["[picture]"]), "scan.pdf")
    message = "scan.pdf: the PDF holds pictures of pages and no text; run again with --ocr"
    assert (document.outcome, document.issues) == ("no_text", [Issue("parse", "no_text", message)])


@pytest.mark.parametrize(
    ("missing", "advice"),
    [
        ({"ocrmypdf"}, "pip install 'minutesminer[ocr]' and run again with --ocr"),
        (
            {"ocrmypdf", "tesseract"},
            "pip install 'minutesminer[ocr]' and install Tesseract (apt-get install tesseract-ocr, "
            "brew install tesseract) and run again with --ocr",
        ),
    ],
)
def test_what_is_missing_is_told(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, missing: set[str], advice: str
) -> None:
    monkeypatch.setattr(ocr, "_installed", lambda name: name not in missing)
    document = parse(make_pdf(["[picture]"]), "scan.pdf", ocr=True)
    message = f"scan.pdf: the PDF holds pictures of pages and no text; {advice}"
    assert (document.outcome, document.issues) == ("no_text", [Issue("parse", "no_text", message)])


def test_a_failure_of_text_recognition_is_told_and_the_rest_is_kept(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_installed", lambda name: True)
    monkeypatch.setattr(ocr, "_recognised", lambda data, pages: (None, "no language data"))
    document = parse(make_pdf([*PAGE], ["[picture]"]), "half.pdf", ocr=True)
    assert (document.outcome, len(document.items)) == ("ok", 2)
    assert [issue.code for issue in document.issues] == ["pages_without_text", "ocr_failed"]


def test_blank_pages_are_not_taken_for_scans(make_pdf: MakePdf) -> None:
    assert ocr.scanned_pages(make_pdf(PAGE, ["[picture]"], [], ["4", "[picture]"])) == [2, 4]


@pytest.mark.parametrize(
    ("pages", "named"), [([3], "page 3"), ([1, 2, 3, 4, 7], "pages 1-4, 7"), ([2, 5, 6], "pages 2, 5-6")]
)
def test_pages_are_named_as_people_write_them(pages: list[int], named: str) -> None:
    assert ocr.named_pages(pages) == named


def test_a_run_that_asks_for_it_stores_what_scans_say(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocr, "_installed", lambda name: True)
    monkeypatch.setattr(ocr, "_recognised", lambda data, pages: (make_pdf(PAGE), ""))
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf(["[picture]"]))
    without = run([path], tmp_path / "without.db")
    asked = run([path], tmp_path / "asked.db", ocr=True)
    assert [(each.outcomes, each.counts["items"]) for each in (without, asked)] == [({"no_text": 1}, 0), ({"ok": 1}, 2)]
