"""Printed minutes with a column of actions at the right. All synthetic, written here."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from minutesminer.parse import parse

BODY = 68  # characters a line
LEFT, RIGHT, STEP = 72, 440, 12
PARAGRAPHS: tuple[tuple[str, str], ...] = (
    ("1. Apologies", ""),
    ("Apologies were received from Councillor Dale.", ""),
    ("2. Empty homes", ""),
    (
        "The Head of Housing told the Board that 12 homes had been empty for more than a year and that three of them "
        "were to be bought by the council before the winter.",
        "JB",
    ),
    (
        "Members asked for a list of the streets in which the homes stood and it was agreed that this would be sent to "
        "all members of the Board with the minutes of the meeting.",
        "Head of Housing to send the list",
    ),
    ("The Board noted the report and thanked the officers for their work over the year.", ""),
    ("3. Damp", ""),
    ("A report on damp was received. It told of 41 cases.", "AM/CD"),
)
TIED = [
    ("Apologies", ["Apologies were received from Councillor Dale."]),
    (
        "Empty homes",
        [
            PARAGRAPHS[3][0],
            "Action: JB",
            PARAGRAPHS[4][0],
            "Action: Head of Housing to send the list",
            PARAGRAPHS[5][0],
        ],
    ),
    ("Damp", [PARAGRAPHS[7][0], "Action: AM/CD"]),
]


def printed(
    paragraphs: Sequence[tuple[str, str]], heading: str | None = "Action", order: str = "row by row", low: bool = False
) -> bytes:
    """A PDF with the actions beside their paragraphs; `low` puts them at the height of the last line."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    height = 760

    def put(left: int, at: float, text: str, bold: bool = False) -> None:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        canvas.drawString(left, at, text)

    put(LEFT, height, "Minutes of the Housing Board held on 12 March 2024", True)
    put(LEFT, height - 20, "Present: Councillor A Marl (Chair), Councillor B Wick")
    height -= 50
    if heading:
        put(RIGHT, height, heading, True)
    height -= 20
    later: list[tuple[float, str]] = []
    for text, action in paragraphs:
        lines = textwrap.wrap(text, BODY)
        for at, line in enumerate(lines):
            put(LEFT, height - STEP * at, line, bold=text[0].isdigit())
        cell = textwrap.wrap(action, 18)
        top = height - STEP * (len(lines) - 1 if low else 0)
        placed = [(top - STEP * at, line) for at, line in enumerate(cell)]
        later += placed
        if order == "row by row":
            for at_height, line in placed:
                put(RIGHT, at_height, line)
        height -= STEP * max(len(lines), len(cell) + (len(lines) - 1 if low else 0)) + 8
    if order == "column by column":
        for at_height, line in later:
            put(RIGHT, at_height, line)
    canvas.save()
    return file.getvalue()


def items(data: bytes) -> list[tuple[str | None, list[str]]]:
    return [(item.title, item.text.split("\n")) for item in parse(data, "board.pdf").items]


@pytest.mark.parametrize("order", ["row by row", "column by column"])
@pytest.mark.parametrize("heading", ["Action", "ACTION BY", "Action/Lead", "By whom"])
def test_actions_at_the_right_follow_the_paragraphs_they_stand_beside(heading: str, order: str) -> None:
    assert items(printed(PARAGRAPHS, heading, order)) == TIED


@pytest.mark.parametrize("order", ["row by row", "column by column"])
def test_actions_at_the_height_of_a_paragraph_s_last_line_belong_to_it(order: str) -> None:
    assert items(printed(PARAGRAPHS, order=order, low=True)) == TIED


def test_initials_at_one_place_are_a_column_without_a_heading() -> None:
    initials = [(text, "JB" if len(text) > BODY else "") for text, _ in PARAGRAPHS]
    assert items(printed(initials, heading=None)) == [
        TIED[0],
        (
            "Empty homes",
            [PARAGRAPHS[3][0], "Action: JB", PARAGRAPHS[4][0], "Action: JB", PARAGRAPHS[5][0], "Action: JB"],
        ),
        ("Damp", [PARAGRAPHS[7][0]]),
    ]


def test_words_at_the_right_without_a_heading_are_no_column() -> None:
    carried = [(text, "Motion carried." if action else "") for text, action in PARAGRAPHS]
    texts = [line for _, lines in items(printed(carried, heading=None)) for line in lines]
    assert [line for line in texts if line.startswith("Action:")] == []


def test_a_full_width_line_keeps_its_words() -> None:
    wide = "The Board noted that the word Action stands nowhere but here and that this line is a good deal wider so."
    assert items(printed([*PARAGRAPHS[:2], ("2. Width", ""), (wide, "")], heading=None)) == [
        TIED[0],
        ("Width", [wide]),
    ]
