"""What the speed measurement of parsing reads and prints."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas

from minutesminer.evaluate.bench_parse import main, moderngov_page
from minutesminer.parse import parse


@pytest.mark.parametrize("kilobytes", [50, 100])
def test_the_page_is_as_large_as_said_and_is_read_whole(kilobytes):
    page = moderngov_page(kilobytes).encode()
    items = parse(page, "page.html").items
    assert kilobytes * 1000 <= len(page) < kilobytes * 1050
    assert [item.number for item in items] == [str(number) for number in range(1, page.count(b"mgItemNumberCell") + 1)]
    assert {(len(item.sections), len(item.links), item.text.count("RESOLVED")) for item in items} == {(2, 1, 8)}


def test_ratios_are_printed_for_each_pdf_and_for_the_page(tmp_path):
    canvas = Canvas(str(tmp_path / "minutes.pdf"), invariant=1)
    canvas.drawString(72, 760, "1. Apologies")
    canvas.drawString(72, 740, "There were none, and the meeting noted that.")
    canvas.save()
    result = CliRunner().invoke(main, [str(tmp_path), "--rounds", "1"])
    assert result.exit_code == 0
    assert re.sub(r"[\d.]+", "N", result.output).split("\n") == [
        "N PDFs parsed to items, CPU time, medians of N rounds",
        "  N times bare pypdfiumN,    N times as fast as pdfplumber: minutesNpdf (N pages, N ms)",
        "  N times bare pypdfiumN,    N times as fast as pdfplumber: median of the files",
        "  N times BeautifulSoup on lxml: a ModernGov page of N KB parsed to items",
        "",
    ]


def test_a_folder_without_pdfs_is_told(tmp_path):
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert (result.exit_code, result.output) == (
        1,
        f"Error: {tmp_path} holds no PDF; name a folder of printed minutes\n",
    )
