"""Running lines of printed pages, told from lines of minutes that come again by chance. Synthetic pages."""

from __future__ import annotations

import pytest

from minutesminer.parse.furniture import Line, without_furniture

HEIGHT = 842.0


def line(text: str, page: int, top: float) -> Line:
    return Line(text, page, 72.0, 72.0 + 5 * len(text), top, top - 12, False, HEIGHT, len(text.split(" ", 1)[0]))


def kept(texts: list[tuple[str, float]], pages: int = 3) -> list[str]:
    """What stays of the same lines at the same places of some pages, each page with a sentence of its own."""
    lines = []
    for page in range(pages):
        lines += [line(text, page, top) for text, top in texts if top > HEIGHT / 2]
        lines.append(line(f"On page {page} the Panel was told of its own work.", page, 400))
        lines += [line(text, page, top) for text, top in texts if top <= HEIGHT / 2]
    return [each.text for each in without_furniture(lines) if "of its own work" not in each.text]


@pytest.mark.parametrize(
    "text", ["RESOLVED:", "RESOLVED that", "Action: J Marl", "Motion carried.", "45 12 8", "For (7)"]
)
@pytest.mark.parametrize("top", [800.0, 60.0])
def test_words_of_minutes_that_stand_at_one_place_of_pages_stay(text: str, top: float) -> None:
    assert kept([(text, top)]) == 3 * [text]


@pytest.mark.parametrize(
    "text", ["Housing Panel - 4 June 2024", "Minutes to be confirmed", "DRAFT", "Decisions", "12/3/2024"]
)
def test_running_lines_are_left_out_at_the_foot(text: str) -> None:
    assert kept([(text, 60.0)]) == []


def test_a_running_header_stays_on_the_first_page_only() -> None:
    assert kept([("Housing Panel - 4 June 2024", 800.0)]) == ["Housing Panel - 4 June 2024"]


@pytest.mark.parametrize("text", ["Minute item 12", "Agenda Item 7a", "Minute Item 39/20", "7", "Page 7 of 12"])
def test_stamps_and_numbers_at_the_edge_of_a_page_are_left_out(text: str) -> None:
    assert kept([(text, 800.0)], pages=1) == []


@pytest.mark.parametrize(
    ("text", "top"),
    [
        ("Minute item 12 had been actioned, and the Chair thanked officers.", 500.0),
        ("Minute item 12", 500.0),
        ("Agenda item 7 was taken next.", 800.0),
        ("7", 500.0),
    ],
)
def test_what_minutes_say_of_an_item_stays(text: str, top: float) -> None:
    assert kept([(text, top)], pages=1) == [text]
