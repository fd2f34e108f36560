"""Small synthetic PDFs and pages, and the recorded ones beside the project where they are at hand."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MakePdf = Callable[..., bytes]


@pytest.fixture
def make_pdf() -> MakePdf:
    """Makes a PDF of pages of lines; `**` makes a line bold, an empty one leaves a gap, `[picture]` is one."""

    def make(
        *pages: Sequence[str],
        header: str | None = None,
        footer: str | None = None,
        password: str | None = None,
    ) -> bytes:
        file = io.BytesIO()
        encryption = StandardEncryption(password, ownerPassword="owner") if password else None
        canvas = Canvas(file, invariant=1, encrypt=encryption)
        for number, lines in enumerate(pages, start=1):
            canvas.setFont("Helvetica", 11)
            if header:
                canvas.drawString(72, 810, header)
            if footer:
                canvas.drawString(72, 40, footer.format(number))
            height = 760
            for line in lines:
                if line == "[picture]":
                    canvas.drawImage(ImageReader(Image.new("1", (8, 8))), 72, height - 400, 400, 400)
                    continue
                bold = line.startswith("**")
                canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 11)
                canvas.drawString(72, height, line.removeprefix("**"))
                height -= 14
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded documents; tests that need it are skipped where it is absent."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("MINUTESMINER_SHARED", root.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("the recorded documents are not at hand (set MINUTESMINER_SHARED to their folder)")
    return folder
