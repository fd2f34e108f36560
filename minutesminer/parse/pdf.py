"""Printed minutes: the text layer of a PDF as blocks.

Notes for a newcomer. pdfium gives each page's text in its own order, which keeps columns whole, and the
place of every character. A line ends a block when the next line stands further below than lines of one
paragraph do, when the next line's first word would still have fitted on it, or when a label or bullet
follows; over a page's end only the words can tell. Lines at the edges that come again page after page
are dropped first, so that a sentence they split is whole again. Ruled tables are read in `tables`.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from minutesminer.models import Issue, Outcome
from minutesminer.parse.columns import column_of, with_asides
from minutesminer.parse.furniture import Line, without_furniture
from minutesminer.parse.parts import Block, Parsed
from minutesminer.parse.plain import is_agenda, parse_blocks
from minutesminer.parse.tables import is_ruled, with_tables
from minutesminer.text import clean, ends_sentence, fold, join, starts_block

_LEAST_TEXT = 12  # characters a page: scans carry a stamp or nothing
_BOLD = 600
_LOOSE = 1.3  # lines further apart than this many usual line pitches belong to different blocks
_ROOM = 30.0  # points
_LABEL = re.compile(r"(?:[A-Z]{3,}(?: [A-Z]+){0,3}|Present|Apologies|In attendance|Also present)\s*:")
_HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at a line's end, the next line joined on
_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        "sub co non pre post multi re inter anti semi self ex cross mid vice well long short follow "
        "on by in over under",
    )
)


def parse_pdf(data: bytes) -> Parsed:
    """What a PDF holds. A locked, damaged or scanned one is a `Parsed` with that outcome."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _unreadable(error)
    try:
        pages = len(document)
        lines: list[Line] = []
        column: float | None = None  # where a column of actions stands, from the page that heads it
        ruled: list[int] = []
        pictured: list[int] = []
        for number in range(pages):
            page = document[number]
            found = list(_lines(page, number))
            column = column_of(page, found) or column
            lines.extend(with_asides(page, found, column) if column else found)
            if sum(len(line.text) for line in found) < _LEAST_TEXT and _has_picture(page):
                pictured.append(number + 1)
            if is_ruled(page):
                ruled.append(number)
            page.close()
    except pypdfium2.PdfiumError as error:
        return _unreadable(error)
    finally:
        document.close()
    if pages == 0:
        return _refused("damaged", "the PDF has no pages; fetch or save it again")
    if sum(len(line.text) for line in lines) < _LEAST_TEXT * pages:
        return _refused("no_text", "the PDF holds pictures of pages and no text; run it through text recognition first")
    lines, issues = with_tables(data, lines, ruled) if ruled else (lines, [])
    parsed = _parsed(lines)
    parsed.issues.extend(issues)
    if pictured and parsed.outcome == "ok":
        named = ", ".join(map(str, pictured))
        message = f"no text on these of the {pages} pages: {named}; if they are scans, run text recognition first"
        parsed.issues.append(Issue("parse", "pages_without_text", message))
    return parsed


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _parsed(lines: Sequence[Line]) -> Parsed:
    kept = without_furniture(lines)
    blocks = [block for block in _blocks(kept) if block.text]
    parsed = parse_blocks(blocks)
    printed = {line.text for line in kept}
    running = dict.fromkeys(line.text for line in lines if line.text not in printed)
    parsed.prose = "\n".join([*(block.text for block in blocks), *running])
    parsed.header += "\n" + "\n".join(line.text for line in lines if line.page == 0)[:600]
    if not parsed.items or is_agenda(parsed.items):
        parsed.items = []
        parsed.outcome = "no_minutes"
        message = "no minutes were found in the PDF; it may be an agenda or a report: give the printed minutes"
        parsed.issues.append(Issue("parse", "no_minutes", message))
    return parsed


def _unreadable(error: pypdfium2.PdfiumError) -> Parsed:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return _refused("encrypted", "the PDF asks for a password; save an unlocked copy")
    return _refused("damaged", f"the PDF cannot be read ({error}); fetch or save it again")


def _refused(outcome: Outcome, message: str) -> Parsed:
    return Parsed(outcome=outcome, issues=[Issue("parse", outcome, message)])


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    height = page.get_height()
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    placed = text_page.count_chars() == len(text)
    start = 0
    for raw in re.split(r"(\r?\n)", text):
        line = fold(raw.replace(_HYPHEN, "\u00ad-")) if raw.strip() else ""
        if line:
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip()) - 1
            left, bottom, right, top, bold = _place(text_page, first, last) if placed else (0.0, 0.0, 0.0, 0.0, False)
            yield Line(
                line,
                number,
                left,
                right,
                top,
                bottom,
                bold,
                height,
                len(raw.lstrip().split(" ", 1)[0].rstrip()),
            )
        start += len(raw)
    text_page.close()


def _place(text_page: pypdfium2.PdfTextPage, first: int, last: int) -> tuple[float, float, float, float, bool]:
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, _, right, _ = text_page.get_charbox(last, loose=True)
    middle = (first + last) // 2
    bold = all(_is_bold(text_page, index) for index in (first, middle, last))
    return left, bottom, right, top, bold


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(64)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 64, flags)
    return b"bold" in name.value.lower()


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The lines put together to blocks, hyphens at line ends resolved."""
    words = frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(line.text for line in lines).lower()))
    pitch = _usual_pitch(lines)
    margins = _margins(lines)
    block: list[Line] = []
    for at, line in enumerate(lines):
        if block and not _same_block(lines[at - 1], line, pitch, margins[at - 1]):
            yield from _with_asides(block, words)
            block = []
        block.append(line)
    if block:
        yield from _with_asides(block, words)


def _with_asides(lines: list[Line], words: frozenset[str]) -> Iterator[Block]:
    """The block of some lines, and under it what the column of actions says beside them."""
    yield _joined(lines, words)
    yield from (Block(f"Action: {line.aside}", page=line.page) for line in lines if line.aside)


def _joined(lines: Sequence[Line], words: frozenset[str]) -> Block:
    text = ""
    for line in lines:
        if text and text[-1] == "-" and text[-2:-1].isalpha() and line.text[:1].islower():
            text = _unhyphened(f"{text[:-1]}\u00ad-{line.text}", words)
        else:
            text = join(text, line.text) if text else line.text
    text = clean(_unhyphened(text, words)).replace("\n", " ")
    return Block(text, all(line.bold for line in lines), lines[0].page)


def _unhyphened(text: str, words: frozenset[str]) -> str:
    """Text whose hyphens at line ends are kept in `sub-categories` and dropped in `organ-isation`."""
    if "\u00ad" not in text:
        return text

    def resolved(match: re.Match[str]) -> str:
        before, after = match[1], match[2]
        whole = (before + after).lower()
        if f"{before}-{after}".lower() in words or before.lower() in _PREFIXES:
            return f"{before}-{after}"
        return before + after if whole in words else f"{before}-{after}"

    return re.sub("([A-Za-z]+)\u00ad-([A-Za-z]+)", resolved, text).replace("\u00ad-", "-")


def _same_block(before: Line, line: Line, pitch: float, margin: float) -> bool:
    """True when `line` goes on with the block of `before`."""
    if before.row or line.row:
        return False
    if starts_block(line.text) and not _hangs(before, line):
        return False
    if _LABEL.match(line.text) or (before.text.isupper() and not line.text.split(" ", 1)[0].isupper()):
        return False
    open_end = not ends_sentence(before.text) and not ends_sentence(before.text.rstrip("."))
    small = line.text[0].islower()
    if before.page != line.page or line.top > before.top:  # another page or column: the words must tell
        if before.bold != line.bold:
            return False
        return open_end and (small or not _short(before, line, margin))
    if before.bold != line.bold and not (open_end and small):
        return False
    if before.height and pitch and before.bottom - line.bottom > _LOOSE * pitch:
        return open_end and small and before.bottom - line.bottom < 2 * pitch and not before.bold
    if not before.right:  # the page gave no places
        return open_end and (small or len(before.text) > 60)
    return not _short(before, line, margin) or (open_end and (small or _centred(before, line, margin)))


def _hangs(before: Line, line: Line) -> bool:
    """True for a label's look-alike inside a paragraph: `... as set out in appendix` / `1. above`."""
    return (
        abs(before.left - line.left) < 2
        and not starts_block(before.text)
        and not ends_sentence(before.text)
        and not before.bold
    )


def _short(before: Line, line: Line, margin: float) -> bool:
    """True when the first word of `line` would still have fitted on `before`.

    Names that must stay together are carried over whole, so an open end gets some room more.
    """
    room = 0.0 if ends_sentence(before.text) else _ROOM
    width = (line.right - line.left) / max(len(line.text), 1)
    return before.right + width * (line.opening + 1) + room < margin


def _centred(before: Line, line: Line, margin: float) -> bool:
    """True for two lines of one centred paragraph: about one axis, the first long and in small letters."""
    axes = (before.left + before.right) / 2 - (line.left + line.right) / 2
    return (
        abs(axes) < 4
        and abs(before.left - line.left) > 4
        and before.right - before.left > 0.6 * margin
        and not before.text.isupper()
    )


def _usual_pitch(lines: Sequence[Line]) -> float:
    """How far apart the lines of one paragraph stand: a low step, as the gaps between paragraphs are steps too."""
    least = 0.8 * median([line.top - line.bottom for line in lines if not line.row] or [0.0])
    pairs = zip(lines, lines[1:], strict=False)
    steps = sorted(
        before.bottom - line.bottom
        for before, line in pairs
        if before.page == line.page and before.bottom - line.bottom > least and not (before.row or line.row)
    )
    return steps[len(steps) // 5] if steps else 0.0


def _margins(lines: Sequence[Line]) -> list[float]:
    """For each line the right margin of its column: how far the lines going down the page with it reach."""
    margins: list[float] = []
    run: list[Line] = []
    for line in lines:
        if run and (run[-1].page != line.page or line.top > run[-1].top + 2):
            margins.extend([_reach(run)] * len(run))
            run = []
        run.append(line)
    if run:
        margins.extend([_reach(run)] * len(run))
    return margins


def _reach(run: Sequence[Line]) -> float:
    """How far to the right the lines reach, tables left aside: they often stand out over the text."""
    return max((line.right for line in run if not line.row), default=0.0)
