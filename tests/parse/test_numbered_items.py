"""Numbered titles in small letters, told from numbered lists. Synthetic minutes."""

from __future__ import annotations

import pytest

from minutesminer.parse import parse

HEAD = """Oakmere District Council

Overview and Scrutiny Committee

Minutes of the meeting held on Tuesday 3 September 2024 at 6.30 pm

Present: Councillors A Smith (Chair), B Jones and C Patel.

"""
TITLES = ["Home Care", "Winter Plan", "Direct Payments", "Leisure Centres", "Parking", "Empty Homes", "Tree Strategy"]
TOLD = (
    "The Director said that 45% of visits had been late. Members were concerned.\n\nRESOLVED: That this be noted.\n\n"
)


def minutes(first: int, opening: str) -> bytes:
    body = f"{first}. {opening}\n\nApologies were received from Councillor Green.\n\n"
    for number, title in enumerate(TITLES, first + 1):
        body += f"{number}. {title}\n\n{TOLD}"
    return (HEAD + body).encode()


@pytest.mark.parametrize("first", [1, 16])
@pytest.mark.parametrize("opening", ["Apologies for Absence", "Apologies and Declarations of Interest"])
def test_one_standing_item_is_enough_where_every_title_stands_over_sentences(first: int, opening: str) -> None:
    document = parse(minutes(first, opening), "minutes.txt")
    assert [meeting.date for meeting in document.meetings] == ["2024-09-03"]
    assert [(item.number, item.title) for item in document.items] == [
        (str(number), title) for number, title in enumerate([opening, *TITLES], first)
    ]


def test_titles_stand_over_numbered_paragraphs_too() -> None:
    body = "27. Apologies and Declarations\n\n27.1 Councillor Green was absent.\n\n"
    for number, title in enumerate(TITLES, 28):
        body += f"{number}. {title}\n\n{number}.1  The Director said that 45% of visits had been late.\n\n"
        body += f"{number}.2  RESOLVED: That the report be noted.\n\n"
    document = parse((HEAD + body).encode(), "minutes.txt")
    assert [item.number for item in document.items] == [str(number) for number in range(27, 35)]


def test_a_numbered_list_among_the_sentences_of_one_item_is_none() -> None:
    listed = "\n\n".join(f"{number}. {title}" for number, title in enumerate(["Apologies", *TITLES], 1))
    text = f"Agenda item\n\nForward Plan\n\nMinutes:\n\nThe Chair went through the list.\n\n{listed}\n\nIt was noted."
    document = parse(text.encode(), "page.txt")
    assert [item.title for item in document.items] == ["Forward Plan"]
