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
from minutesminer.parse.attendance import attendance_label, is_office
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
_NUMBERED = re.compile(r"\d{1,3}[.)]?\s")
_LONGEST_NAMES = 110  # characters of a line of a list of names
_WIDE_GAP = 1.5  # times the height of a line: further apart, two words stand in different columns
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
    """The lines of a page in pdfium's order; those of a list of names in columns are cut into its cells."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    places = _Places(page, text_page) if text_page.count_chars() == len(text) else None
    height = page.get_height()
    start = 0
    listing = False  # whether the lines are those of an attendance list
    for raw in re.split(r"(\r?\n)", text):
        line = fold(raw.replace(_HYPHEN, "\u00ad-")) if raw.strip() else ""
        if line:
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip()) - 1
            listing = _lists(line, listing)
            opening = len(raw.lstrip().split(" ", 1)[0].rstrip())
            if places is None:
                yield Line(line, number, 0.0, 0.0, 0.0, 0.0, False, height, opening)
            else:
                cells = places.cells(text, first, last) if listing else [(first, last)]
                for words, first, last in _named(text, cells):
                    left, bottom, right, top, bold = places.of(first, last)
                    shown = line if len(cells) == 1 else words
                    yield Line(shown, number, left, right, top, bottom, bold, height, opening, row=len(cells) > 1)
        start += len(raw)
    text_page.close()


def _lists(line: str, listing: bool) -> bool:
    """Whether a line belongs to an attendance list, the lines before it told."""
    if attendance_label(line):
        return True
    return listing and len(line) <= _LONGEST_NAMES and not line.endswith(".") and not _NUMBERED.match(line)


def _named(text: str, cells: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """The cells of a line with their words; an office beside a name goes with it."""
    held: tuple[str, int, int] | None = None
    for first, last in cells:
        words = fold(text[first : last + 1])
        if held is not None and is_office(words) and not is_office(held[0]):
            held = f"{held[0]}, {words}", held[1], last
            continue
        if held is not None:
            yield held
        held = words, first, last
    if held is not None:
        yield held


class _Places:
    """Where the characters of a page stand, in points from the lower left corner of the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> None:
        self._text_page = text_page
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_mediabox()

    def of(self, first: int, last: int) -> tuple[float, float, float, float, bool]:
        """Left, bottom, right and top of a line from its first to its last character, and whether it is bold."""
        left, bottom, _, top = self._box(first)
        _, _, right, _ = self._box(last)
        bold = all(_is_bold(self._text_page, index) for index in (first, (first + last) // 2, last))
        return left, bottom, right, top, bold

    def cells(self, text: str, first: int, last: int) -> list[tuple[int, int]]:
        """The first and last characters of the parts of a line that wide gaps divide."""
        found: list[tuple[int, int]] = []
        start = first
        for at in range(first + 1, last):
            if text[at] == " " and text[at - 1] != " ":
                after = next(index for index in range(at, last + 1) if text[index] != " ")
                _, bottom, end, top = self._box(at - 1)
                if self._box(after)[0] - end > _WIDE_GAP * (top - bottom):
                    found.append((start, at - 1))
                    start = after
        return [*found, (start, last)]

    def _box(self, index: int) -> tuple[float, float, float, float]:
        left, bottom, right, top = self._text_page.get_charbox(index, loose=True)
        if self._rotation == 90:
            return bottom - self._bottom, self._right - right, top - self._bottom, self._right - left
        if self._rotation == 180:
            return self._right - right, self._top - top, self._right - left, self._top - bottom
        if self._rotation == 270:
            return self._top - top, left - self._left, self._top - bottom, right - self._left
        return left, bottom, right, top


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
