"""The page that an item and each word of its text is printed on: made PDFs, the packaged ones, and recorded ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

import minutesminer
from minutesminer import resources
from minutesminer.models import Document, Item, PageStart
from minutesminer.parse import parse
from minutesminer.parse.leaves import page_starts

MakePdf = Callable[..., bytes]

PACKAGED = sorted(resources.folder("corpus").rglob("*.pdf"))
RECORDED = (
    "kent/kent__cabinet_2025-01-30__Minutes_of_the_meeting_held_on_9th_January_2025.pdf",
    "kent/kent__full_council_2025-03-13__CPP_Minutes_10.12.24.pdf",
    "kent/kent__full_council_2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf",
    "openlylocal/test_minutes.pdf",
)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def printed(path: Path) -> list[str]:
    """The letters and digits of each page, as pdfium gives them."""
    with pypdfium2.PdfDocument(path) as document:
        return [letters(page.get_textpage().get_text_range()) for page in document]


def slices(item: Item) -> Iterator[tuple[int, str]]:
    """Each page of an item with what of the text is on it."""
    for each, after in pairwise([*item.pages, PageStart(0, len(item.text))]):
        yield each.page, item.text[each.start : after.start]


def misplaced(document: Document, pages: list[str]) -> list[tuple[int, str]]:
    """The pages whose first or last words in an item are not on them."""
    found = []
    for item in document.items:
        for page, text in slices(item):
            # A row of a table has its headings' words before each cell: the first and the last cell are there.
            cells = [part for line in text.split("\n") for part in line.split("; ")]
            ends = {letters(cells[0])[:20], letters(cells[-1].rpartition(": ")[2])[-20:]}
            found += [(page, end) for end in ends if end not in pages[page - 1]]
    return found


def read(make_pdf: MakePdf, *pages: list[str], **around: str) -> list[Item]:
    return parse(make_pdf(*pages, **around), "minutes.pdf").items


HEAD = ["**WORN BOROUGH COUNCIL", "**HOMES PANEL", "", "PRESENT: Councillors Ada Marl (Chair) and Bo Wick", ""]
FIRST = ["**1. Apologies", "", "There were none.", ""]


def test_a_paragraph_over_a_pages_end_turns_where_its_next_word_stands(make_pdf: MakePdf) -> None:
    items = read(
        make_pdf,
        [*HEAD, *FIRST, "**2. Empty homes", "", "The Panel heard that the sum which was to be spent on homes was"],
        ["£4m, of which a half had been spent by the end of the quarter that was reported to it.", "", "It was noted."],
        footer="Page {}",
    )
    assert [(item.page, list(slices(item))) for item in items] == [
        (1, [(1, "There were none.")]),
        (
            1,
            [
                (1, "The Panel heard that the sum which was to be spent on homes was "),
                (
                    2,
                    "£4m, of which a half had been spent by the end of the quarter that was reported to it. "
                    "It was noted.",
                ),
            ],
        ),
    ]
    assert [items[1].page_at(items[1].text.index(words)) for words in ("The Panel", "£4m", "It was")] == [1, 2, 2]


def test_a_word_broken_at_a_pages_end_begins_on_the_page_before(make_pdf: MakePdf) -> None:
    items = read(
        make_pdf,
        [*HEAD, *FIRST, "**2. Empty homes", "", "The Panel was told that this organisation and the new organ-"],
        ["isation had together brought 12 homes back to use."],
    )
    assert items[1].text == (
        "The Panel was told that this organisation and the new organisation had together brought 12 homes back to use."
    )
    word = items[1].text.rindex("organisation")
    assert [items[1].page_at(word + at) for at in (0, 4, 5)] == [1, 1, 2]


def test_an_item_begins_on_the_page_of_its_heading(make_pdf: MakePdf) -> None:
    items = read(make_pdf, [*HEAD, *FIRST, "**2. Empty homes"], ["The Panel noted that 12 homes were empty."])
    assert [(item.page, item.pages) for item in items] == [
        (1, [PageStart(1, 0)]),
        (1, [PageStart(2, 0)]),
    ]


def test_a_page_without_a_word_of_an_item_is_passed_over(make_pdf: MakePdf) -> None:
    items = read(
        make_pdf,
        [*HEAD, *FIRST, "**2. Empty homes", "", "The Panel noted that 12 homes were empty."],
        ["This page is intentionally left blank"],
        ["The Panel asked for a report on the homes in May."],
    )
    assert [page for page, _ in slices(items[1])] == [1, 3]


def test_minutes_without_headings_have_pages_too(make_pdf: MakePdf) -> None:
    (item,) = read(
        make_pdf,
        ["The Panel considered the report on homes.", "", "Members asked why 12 of them were empty."],
        ["The Director replied that they were let in June."],
    )
    assert (item.page, [page for page, _ in slices(item)]) == (1, [1, 2])


def test_what_was_left_out_of_an_item_moves_no_page() -> None:
    text = "It was noted.\nThe report was received and noted.\nIt was noted."
    leaves = [
        (4, "It was noted."),
        (4, "Supporting documents: Report"),
        (5, "The report was received and noted."),
        (6, "Page of the webcast"),
        (6, "It was noted."),
    ]
    assert page_starts(text, leaves) == [PageStart(5, 0), PageStart(6, 14), PageStart(7, 49)]


def test_a_part_whose_end_was_cut_is_found_by_its_beginning() -> None:
    text = "One word.\nThe Panel thanked the officers for it"
    leaves = [(0, "One word."), (1, "The Panel thanked the officers for it view the full minutes text for item 4")]
    assert page_starts(text, leaves) == [PageStart(1, 0), PageStart(2, 10)]


def test_a_text_without_pages_has_none() -> None:
    (item,) = parse(b"Minutes:\nThe Panel noted that 12 homes were empty.", "minutes.txt").items
    assert (item.page, item.pages, item.page_at(0)) == (None, [], None)


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_every_record_of_a_packaged_pdf_is_on_the_page_that_is_said(path: Path) -> None:
    pages = printed(path)
    document = parse(path.read_bytes(), path.name)
    looked_at, elsewhere = 0, []
    for item, found in minutesminer.mine(document).by_item():
        for record in (*found.metrics, *found.resolutions, *found.actions, *found.follow_ups):
            page = item.page_at(record.start_char)
            looked_at += 1
            if page is None or letters(record.quote) not in pages[page - 1]:
                elsewhere.append((page, record.quote))
    assert (looked_at > 30, elsewhere) == (True, [])


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_every_page_of_a_packaged_item_begins_and_ends_with_its_own_words(path: Path) -> None:
    document = parse(path.read_bytes(), path.name)
    assert all(item.pages or not item.text for item in document.items)
    assert misplaced(document, printed(path)) == []


@pytest.mark.parametrize("name", RECORDED)
def test_every_page_of_a_recorded_item_begins_and_ends_with_its_own_words(shared: Path, name: str) -> None:
    path = shared / "fixtures" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    document = parse(path.read_bytes(), path.name)
    assert all(item.pages or not item.text for item in document.items)
    assert misplaced(document, printed(path)) == []
