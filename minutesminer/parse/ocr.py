"""Scanned pages of PDFs, read by text recognition: OCRmyPDF and Tesseract, where they are installed and asked for.

OCRmyPDF lays the recognised words under the pictures, so that the pages are then read like printed ones. It runs in
a process of its own. What it reads is less sure than a text layer: the document has an issue that names the pages.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence

import pypdfium2

from minutesminer.models import Issue
from minutesminer.parse.parts import Parsed
from minutesminer.parse.pdf import parse_pdf

_LEAST_TEXT = 25  # characters of a page: a scan may have its number printed on it
_ADVICE = re.compile(r"run (?:it through )?text recognition first")
_SECONDS = 60  # for one page
_INSTALL = (
    ("ocrmypdf", "pip install 'minutesminer[ocr]'"),
    ("tesseract", "install Tesseract (apt-get install tesseract-ocr, brew install tesseract)"),
)


def parse_scan(data: bytes, parsed: Parsed, asked: bool) -> Parsed:
    """`parsed`, what the text layer of the PDF `data` gave, or what its scanned pages give by text recognition.

    Without `asked`, or where the programs are missing, the issue that tells of unread pages says how to read them.
    """
    codes = {"no_text", "pages_without_text"}
    if not any(issue.code in codes for issue in parsed.issues):
        return parsed
    wanted = [advice for name, advice in _INSTALL if not _installed(name)]
    if wanted or not asked:
        steps = " and ".join([*wanted, "run again with --ocr"])
        parsed.issues = [_advised(issue, steps) if issue.code in codes else issue for issue in parsed.issues]
        return parsed
    pages = scanned_pages(data)
    if not pages:
        return parsed
    recognised, trouble = _recognised(data, pages)
    if recognised is None:
        message = f"text recognition failed on the scanned pages ({trouble}); give a copy with a text layer"
        parsed.issues.append(Issue("parse", "ocr_failed", message))
        return parsed
    read = parse_pdf(recognised)
    message = f"read by text recognition, so that words and figures may be wrong: {named_pages(pages)}; check the pages"
    read.issues.append(Issue("parse", "ocr", message))
    return read


def scanned_pages(data: bytes) -> list[int]:
    """The numbers, from 1, of a PDF's pages that show something and have hardly any text."""
    numbers = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_range()
            if len("".join(text.split())) < _LEAST_TEXT and next(page.get_objects(max_depth=1), None) is not None:
                numbers.append(number)
            page.close()
    finally:
        document.close()
    return numbers


def named_pages(pages: Sequence[int]) -> str:
    """Page numbers as people write them: `page 3`, `pages 1-4, 7`."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    named = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page{'' if len(pages) == 1 else 's'} {named}"


def _installed(name: str) -> bool:
    return (importlib.util.find_spec(name) if name == "ocrmypdf" else shutil.which(name)) is not None


def _advised(issue: Issue, steps: str) -> Issue:
    return Issue(issue.stage, issue.code, _ADVICE.sub(lambda _: steps, issue.message))


def _recognised(data: bytes, pages: Sequence[int]) -> tuple[bytes | None, str]:
    """The PDF with words under its scanned pages; None and why where that failed."""
    command = [sys.executable, "-m", "ocrmypdf", "--quiet", "--force-ocr", "--output-type", "pdf", "--optimize", "0"]
    command += ["--jobs", "1", "--tesseract-timeout", str(_SECONDS), "--pages", ",".join(map(str, pages)), "-", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS * (len(pages) + 1))
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, type(error).__name__
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        return None, said or f"exit code {done.returncode}"
    return done.stdout, ""
