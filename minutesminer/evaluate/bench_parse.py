"""How fast parsing is: `python -m minutesminer.evaluate.bench_parse [FOLDER]`, or `make bench`.

CPU time of parsing a PDF to its items, against what others take for its bare text in the same run: pypdfium2, the
fastest there is, and pdfplumber. And a ModernGov page of 100 KB against BeautifulSoup on lxml for the tree of the whole
page, of which nothing is read yet. The ratios are what to quote: seconds differ from machine to machine.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import click
import pdfplumber
import pypdfium2
from bs4 import BeautifulSoup

from minutesminer import resources
from minutesminer.parse import parse

PAGE_KILOBYTES = 100
_SENTENCES = (
    '<p class="MsoNormal"><span style="font-family:Arial">The Panel noted that {0}% of the <span\n'
    'class="SpellE">applications</span> had been decided in time, against a target of 8{1}%.</span></p>\n'
    '<p class="MsoNormal">&nbsp;</p>\n'
    '<p class="MsoNormal"><b>RESOLVED</b> that the position be\nreported again in {1} months.</p>\n'
)
_ROW = (
    '<tr><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{0}"></a>{0}.</p></td>\n'
    '<td ><p  class="mgAiTitleTxt" ><a  class="mgAiTitleLnk" href="documents/s{0}/Report.pdf">Performance report {0}'
    '<span  class="mgFileSize" > PDF 154 KB</span></a></p>\n'
    '<div class="mgWordPara"><div class="WordSection1"><p class="MsoNormal">To consider the\nreport.</p></div></div>\n'
    '<p class="mgSubItemTitleTxt">Minutes:</p>\n<div class="mgWordPara"><div class="WordSection1">{1}</div></div>'
    "</td></tr>\n"
)
_MENU = '<li><a href="mgListCommittees.aspx?bcr=1" title="Link&#32;to&#32;page">Page of the council</a></li>\n' * 120
_AROUND = (
    "<!DOCTYPE html><html><head><title>Agenda for Housing Panel on Tuesday 4 June 2024, 7.15 pm</title>\n"
    '<script>var settings = {{}};</script></head><body><nav><ul>{0}</ul></nav><div role="main"><div id="modgov">\n'
    '<h2 class="mgSubTitleTxt">Housing Panel - Tuesday 4 June 2024 7.15 pm</h2>\n'
    '<table class="mgItemTable">{1}</table></div></div><footer><ul>{0}</ul></footer></body></html>'
)


class PdfSpeed(NamedTuple):
    """CPU seconds that one PDF takes: its bare text by two others, and all of its items."""

    name: str
    pages: int
    pdfium: float
    plumber: float
    items: float


def moderngov_page(kilobytes: int = PAGE_KILOBYTES) -> str:
    """An invented page of a whole meeting, of about so many kilobytes, a third of them menus as on councils' pages."""
    rows: list[str] = []
    size = len(_AROUND.format(_MENU, ""))
    while size < kilobytes * 1000:
        number = len(rows) + 1
        rows.append(_ROW.format(number, "".join(_SENTENCES.format(60 + k, k) for k in range(1, 9))))
        size += len(rows[-1])
    return _AROUND.format(_MENU, "".join(rows))


def pdf_speed(path: Path, rounds: int) -> PdfSpeed:
    """The medians of `rounds` rounds over one PDF; each round times all three, one after the other."""
    data = path.read_bytes()
    times = [
        (_cpu(lambda: _pdfium_text(data)), _cpu(lambda: _plumber_text(data)), _cpu(lambda: parse(data, path.name)))
        for _ in range(rounds)
    ]
    pages = _pdfium_text(data)
    return PdfSpeed(path.name, pages, *(median(each) for each in zip(*times, strict=True)))


def page_ratio(rounds: int) -> float:
    """CPU time of parsing a ModernGov page to items, by that of BeautifulSoup for its tree: the median."""
    page = moderngov_page()
    data = page.encode()
    return median(
        _cpu(lambda: parse(data, "page.html")) / _cpu(lambda: BeautifulSoup(page, "lxml")) for _ in range(rounds)
    )


def _pdfium_text(data: bytes) -> int:
    """Reads the text of all pages; how many there are."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        return len(document)
    finally:
        document.close()


def _plumber_text(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def _cpu(run: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    run()
    return time.process_time() - started


def _report(speeds: Sequence[PdfSpeed]) -> None:
    for speed in sorted(speeds, key=lambda each: each.items / each.pdfium):
        click.echo(
            f"{speed.items / speed.pdfium:6.2f} times bare pypdfium2, {speed.plumber / speed.items:6.1f} times as fast "
            f"as pdfplumber: {speed.name} ({speed.pages} pages, {speed.items * 1000:.0f} ms)"
        )
    click.echo(
        f"{median(each.items / each.pdfium for each in speeds):6.2f} times bare pypdfium2, "
        f"{median(each.plumber / each.items for each in speeds):6.1f} times as fast as pdfplumber: median of the files"
    )


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=7, show_default=True, help="Rounds; the medians are printed.")
def main(folder: Path | None, rounds: int) -> None:
    """Time parsing of the PDFs under FOLDER (default: the packaged corpus) and of a ModernGov page."""
    paths = sorted((folder or resources.folder("corpus")).rglob("*.pdf"))
    if not paths:
        raise click.ClickException(f"{folder} holds no PDF; name a folder of printed minutes")
    page_ratio(1)
    pdf_speed(paths[0], 1)  # the first round pays for imports
    click.echo(f"{len(paths)} PDFs parsed to items, CPU time, medians of {rounds} rounds")
    _report([pdf_speed(path, rounds) for path in paths])
    ratio = page_ratio(rounds * 3)
    click.echo(f"{ratio:6.2f} times BeautifulSoup on lxml: a ModernGov page of {PAGE_KILOBYTES} KB parsed to items")


if __name__ == "__main__":
    main()
