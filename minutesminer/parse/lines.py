"""The lines of a printed page, with their places and weights, as pdfium gives them.

pdfium's order keeps columns whole. What stands in columns within a line (names, votes, figures) is cut here, while the
page's characters are at hand.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from minutesminer.parse.aligned import with_aligned_rows
from minutesminer.parse.attendance import attendance_label, is_office
from minutesminer.parse.furniture import Line
from minutesminer.parse.grid import Cell
from minutesminer.parse.gutter import Printed, in_columns
from minutesminer.text import fold

_BOLD = 600
_NUMBERED = re.compile(r"\d{1,3}[.)]?\s")
_LONGEST_NAMES = 110  # characters of a line of a list of names
_WIDE_GAP = 1.5  # times the height of a line: further apart, two words stand in different columns
_WIDE_GAP_IN_TABLES = 0.7  # more than justified prose has between its words
_ENLARGED = 1.25  # how much higher than its line a drop capital stands
_UNEVEN = 1.05  # how much higher than a line's last character its first one is, if it is of another font
_HALF_STRIP = 2.0  # points to each side of the middle of a gutter
_HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at a line's end, the next line joined on

Span = tuple[int, int]


def page_lines(page: pypdfium2.PdfPage, number: int, aligned: bool) -> list[Line]:
    """The lines of a page in the order they are read in; those of lists of names are cut into their cells.

    Where `aligned` is set, tables that no rules are drawn round are read row by row.
    """
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        if text_page.count_chars() != len(text):
            return _without_places(text, number, page.get_height())
        places = _Places(page, number, text_page, text)
        found = _with_drop_capitals(in_columns(list(_lines(places)), places.letters_at, places.halves))
        lines = [each.line for each in found]
        if not aligned:
            return lines

        def cells_of(at: int) -> list[Cell]:
            spans = places.cells(found[at].first, found[at].last, _WIDE_GAP_IN_TABLES)
            return [Cell(places.words(span), at, *places.box(*span)) for span in spans]

        return with_aligned_rows(lines, cells_of)
    finally:
        text_page.close()


def _without_places(text: str, number: int, height: float) -> list[Line]:
    words = map(_folded, text.split("\n"))
    return [Line(line, number, 0.0, 0.0, 0.0, 0.0, False, height, len(line.split(" ", 1)[0])) for line in words if line]


def _lines(places: _Places) -> Iterator[Printed]:
    """Each line of a page; those of a list of names cut into its cells."""
    start = 0
    listing = False  # whether the lines are those of an attendance list
    for raw in places.text.split("\n"):
        bare = raw.strip()
        if bare:
            first = start + len(raw) - len(raw.lstrip())
            last = first + len(bare) - 1
            words = _folded(bare)
            listing = _lists(words, listing)
            cells = places.cells(first, last, _WIDE_GAP) if listing else [(first, last)]
            if len(cells) == 1:
                yield places.printed((first, last), words)
            else:
                yield from (places.printed(span, named, row=True) for named, span in _named(places, cells))
        start += len(raw) + 1


def _folded(raw: str) -> str:
    return fold(raw.replace(_HYPHEN, "\u00ad-") if _HYPHEN in raw else raw)


def _lists(line: str, listing: bool) -> bool:
    """Whether a line belongs to an attendance list, the lines before it told."""
    if attendance_label(line):
        return True
    return listing and len(line) <= _LONGEST_NAMES and not line.endswith(".") and not _NUMBERED.match(line)


def _named(places: _Places, cells: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """The cells of a line with their words; an office beside a name goes with it."""
    held: tuple[str, Span] | None = None
    for span in cells:
        words = places.words(span)
        if held is not None and is_office(words) and not is_office(held[0]):
            held = f"{held[0]}, {words}", (held[1][0], span[1])
            continue
        if held is not None:
            yield held
        held = words, span
    if held is not None:
        yield held


def _with_drop_capitals(found: Sequence[Printed]) -> list[Printed]:
    """The lines of a page, a large letter that stands alone put before the line that it opens."""
    joined: list[Printed] = []
    capital: Line | None = None
    for each in found:
        line = each.line
        if capital is not None:
            height = line.top - line.bottom
            opens = line.text[0].islower() and capital.top - capital.bottom > _ENLARGED * height
            if opens and 0 <= line.left - capital.right + height / 4 <= height:
                text = f"{capital.text}{line.text}"
                opening = line.opening + 1
                joined[-1] = replace(each, line=replace(line, text=text, left=capital.left, opening=opening))
                capital = None
                continue
        capital = line if len(line.text) == 1 and line.text.isupper() else None
        joined.append(each)
    return joined


class _Places:
    """A page's text, and where its characters stand, in points from the lower left corner of the page as shown."""

    def __init__(self, page: pypdfium2.PdfPage, number: int, text_page: pypdfium2.PdfTextPage, text: str) -> None:
        self.text = text
        self._number = number
        self._height = page.get_height()
        self._text_page = text_page
        self._raw = text_page.raw  # pdfium takes it faster than the page that holds it
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_mediabox()
        self._rect = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(64)
        self._flags = ctypes.c_int()

    def printed(self, span: Span, words: str, row: bool = False) -> Printed:
        """The line with these words that goes from the first to the last of some characters."""
        first, last = span
        left, bottom, right, top = self.box(first, last)
        blank = self.text.find(" ", first, last)
        opening = (blank if blank > 0 else last + 1) - first
        bold = self._is_bold(first) and self._is_bold((first + last) // 2) and self._is_bold(last)
        line = Line(words, self._number, left, right, top, bottom, bold, self._height, opening, row)
        return Printed(line, first, last)

    def words(self, span: Span) -> str:
        return fold(self.text[span[0] : span[1] + 1])

    def box(self, first: int, last: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of what goes from one character to another.

        A bullet or first letter that is larger than the others does not make it higher.
        """
        left, bottom, right, top = self._box(first)
        if last > first:
            _, low, right, high = self._box(last)
            if top - bottom > _UNEVEN * (high - low) > 0:
                _, bottom, _, top = self._box((first + last) // 2)
        return left, bottom, right, top

    def cells(self, first: int, last: int, gap: float) -> list[Span]:
        """The first and last characters of the parts of a line that gaps of so many times its height divide."""
        text = self.text
        found: list[Span] = []
        start = first
        for at in range(first + 1, last):
            if text[at] == " " and text[at - 1] != " ":
                after = next(index for index in range(at, last + 1) if text[index] != " ")
                _, bottom, end, top = self._box(at - 1)
                if self._box(after)[0] - end > gap * (top - bottom):
                    found.append((start, at - 1))
                    start = after
        return [*found, (start, last)]

    def halves(self, printed: Printed, middle: float) -> list[Printed]:
        """A line cut in two at a gap so far from the left edge; the line itself where it has none there."""
        cells = self.cells(printed.first, printed.last, _WIDE_GAP_IN_TABLES)
        before = [cell for cell in cells if self._box(cell[1])[2] <= middle]
        after = [cell for cell in cells if self._box(cell[0])[0] >= middle]
        if not before or not after or len(before) + len(after) < len(cells):
            return [printed]
        spans = [(part[0][0], part[-1][1]) for part in (before, after)]
        return [self.printed(span, _folded(self.text[span[0] : span[1] + 1])) for span in spans]

    def letters_at(self, across: float) -> int:
        """How many letters and digits stand so far from the left edge, down the whole page."""
        least, most = across - _HALF_STRIP, across + _HALF_STRIP
        if self._rotation == 90:
            strip = {"bottom": self._bottom + least, "top": self._bottom + most}
        elif self._rotation == 180:
            strip = {"left": self._right - most, "right": self._right - least}
        elif self._rotation == 270:
            strip = {"bottom": self._top - most, "top": self._top - least}
        else:
            strip = {"left": least, "right": most}
        return sum(map(str.isalnum, self._text_page.get_text_bounded(**strip)))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect):
            raise pypdfium2.PdfiumError(f"no place is known of character {index}")
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if not self._rotation:
            return left, bottom, right, top
        if self._rotation == 90:
            return bottom - self._bottom, self._right - right, top - self._bottom, self._right - left
        if self._rotation == 180:
            return self._right - right, self._top - top, self._right - left, self._top - bottom
        return self._top - top, left - self._left, self._top - bottom, right - self._left

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD:
            return True
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 64, self._flags)
        return b"bold" in self._name.value.lower()
