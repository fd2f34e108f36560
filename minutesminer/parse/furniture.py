"""What a printed page carries besides its text: running headers and footers, page numbers, blank pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutesminer.text import starts_block

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?|[A-Z]\s*[-–]\s*\d{1,3}", re.I
)
_BLANK_PAGE = re.compile(r"(?:this )?page (?:is |has been )?(?:intentionally|deliberately) (?:left )?blank\.?", re.I)
_STAMP = re.compile(
    r"(?:minute|agenda) item \d+[a-z]?(?:[./]\d+)*", re.I
)  # at the top of the pages of an agenda's pack
# What comes again and again in minutes, and at the same place of two pages by chance.
_SAID_AGAIN = re.compile(
    r"(?:it was )?(?:unanimously )?(?:resolved|agreed|noted|recommended|carried|lost)\b\W*"
    r"(?:unanimously|that|as follows)?\W*"
    r"|(?:amended |substantive )?(?:motion|amendment|recommendation) (?:was )?(?:carried|lost|agreed)\b.{0,20}"
    r"|(?:actions?|recommendations?|questions?|in response|resolution)\s*:.*|(?:for|against|abstain\w*)\W*\d+\W*"
    r"|[^\w£]*(?:£?\d[\d.,]*[%km]?\s+)+£?\d[\d.,]*\W*",
    re.I,
)
_PRESENT = re.compile(r"(?:members |councillors )?present\b", re.I)
_NUMBER_AT_END = re.compile(r"^0\W+|\W*\b0$")
_ZONE = 0.12  # share of a page's height, at its top and bottom, where headers and footers stand
_LONGEST_HEADER = 100  # characters
_SAME_PLACE = 4.0  # points: how far a running line may move from page to page


@dataclass(slots=True)
class Line:
    """One line of a page. Points from the lower left corner; `height` is that of the page.

    `opening` is the length of the first run of characters that the page could not break. `row` marks a row
    of a table, already read as a line of its own: it is never furniture and never joined with another. `aside` is
    what a column of actions says beside it.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    bold: bool
    height: float
    opening: int
    row: bool = False
    aside: str | None = None


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and running lines.

    A running header's first print is kept on the first page and on a page that lists who was present:
    there it is often the only title. A line runs when it stands at the same place near the edge of two
    pages that follow each other, its digits left aside.
    """
    running = running_lines(lines)
    opened = {line.page for line in lines if _PRESENT.match(line.text)}
    titled = {0} | opened
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for at, line in enumerate(lines):
        if line.row:
            kept.append(line)
            continue
        at_an_edge = at_edge(line)
        if _BLANK_PAGE.fullmatch(line.text) or (
            at_an_edge and (_PAGE_NUMBER.fullmatch(line.text) or _STAMP.fullmatch(line.text))
        ):
            continue
        if at in running:
            # A second list of those present opens a second meeting, whose date may stand in the header only.
            key = (_shape(line.text), round(line.top / _SAME_PLACE), line.page if line.page in opened else 0)
            at_top = line.bottom > line.height / 2
            if not at_top or key in seen or line.page not in titled:
                continue
            seen.add(key)
        kept.append(line)
    return kept


def running_lines(lines: Sequence[Line]) -> set[int]:
    """Which lines run: those near a page's edge that come again at the same place of the next pages."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if at_edge(line) and (shape := _shape(line.text)) and not _SAID_AGAIN.fullmatch(line.text):
            places[shape].append(at)
    running: set[int] = set()
    for found in places.values():
        for position, at in enumerate(found):
            for other in found[position + 1 :]:
                step = lines[other].page - lines[at].page
                if step > 2:
                    break
                if step and abs(lines[other].top - lines[at].top) <= _SAME_PLACE:
                    running.update((at, other))
    return running.union(_stand_in(lines, running))


def _stand_in(lines: Sequence[Line], running: set[int]) -> Iterator[int]:
    """The lines that stand where the pages beside theirs have a running line: the header of a section of one page."""
    ran: dict[int, list[Line]] = defaultdict(list)
    for at in running:
        ran[lines[at].page].append(lines[at])
    for at, line in enumerate(lines):
        told = line.text.endswith(".") or line.text[0].islower() or starts_block(line.text)
        if at in running or not line.page or not at_edge(line) or told or len(line.text) > _LONGEST_HEADER:
            continue
        beside = [other for page in (line.page - 1, line.page + 1) for other in ran.get(page, ())]
        taken = any(abs(other.top - line.top) <= _SAME_PLACE for other in ran.get(line.page, ()))
        if not taken and any(_same_place(line, other) for other in beside):
            yield at


def _same_place(line: Line, other: Line) -> bool:
    """Whether two lines of one size stand at one height and share their left edge, right edge or middle."""
    sides = (line.left - other.left, line.right - other.right, line.left + line.right - other.left - other.right)
    return max(abs(line.top - other.top), abs(line.bottom - other.bottom)) < 1 and min(map(abs, sides)) < 1


def at_edge(line: Line) -> bool:
    """Whether a line stands where headers and footers do, at the top or bottom of its page."""
    return line.bottom > line.height * (1 - _ZONE) or line.top < line.height * _ZONE


def _shape(text: str) -> str:
    """The text with one digit for each number, and without the page's number at its ends."""
    return _NUMBER_AT_END.sub("", re.sub(r"\d+", "0", text))
