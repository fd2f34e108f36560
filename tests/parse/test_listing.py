"""Pages of whole meetings as flat text, in the states that copying and extraction leave them in. All synthetic."""

from __future__ import annotations

import pytest

from minutesminer.models import Item
from minutesminer.parse import parse

HEAD = "Agenda and minutes\n\nRoads Panel - Monday, 3rd June, 2019 6.30 pm\n\nVenue: Town Hall. View directions\n\n"
RULED = """Home > Agenda and minutes
Roads Panel - Monday, 3rd June, 2019 6.30 pm
No. | Item | ||
---|---|---|---|
Apologies To
receive any apologies. Minutes: Councillor Wick had apologised for his
absence. |
|||
DECLARATIONS OF INTEREST Members are asked to declare interests. Additional documents: Minutes: None. |
|||
Potholes: a Review PDF 80 KB Additional documents: Appendix PDF 2 MB
Decision: a)
To note the
report. ·
And to thank the
officers. Minutes: The Panel heard that 12 roads had been mended in
the year.
That was more than before. |
|||
"""
SPACED = """No. Item


Minutes pdf icon PDF 135 KB

To approve the minutes of 8 March.




The Panel approved the minutes.


Potholes pdf icon PDF 308 KB

Report of the Director.




The Panel heard that 12 roads had been mended.


Members asked for a map.
"""
NUMBERED = """Items
No. Item

RP.41

Apologies

Minutes:

There were none.

RP.42

Potholes

To consider the report.

Additional documents:

·       Map , item RP.42 PDF 2 MB

Minutes:

The Panel heard that 12 roads had been mended.

1.

A heading inside the minutes

RP.43

Any other business
"""


def items(text: str) -> list[Item]:
    document = parse((HEAD + text).encode(), "page.txt")
    assert document.outcome == "ok"
    return document.items


def parts(item: Item) -> list[tuple[str, str]]:
    return [(section.kind, item.text[section.start : section.end]) for section in item.sections]


def test_a_table_whose_rules_are_left_is_cut_at_them() -> None:
    document = parse(RULED.encode(), "page.txt")
    assert (document.meetings[0].committee, document.meetings[0].date) == ("Roads Panel", "2019-06-03")
    assert [(item.title, item.procedural, parts(item)) for item in document.items] == [
        (
            "Apologies",
            "apologies",
            [
                ("background", "To receive any apologies."),
                ("minutes", "Councillor Wick had apologised for his absence."),
            ],
        ),
        (
            "DECLARATIONS OF INTEREST",
            "declarations",
            [("background", "Members are asked to declare interests."), ("minutes", "None.")],
        ),
        (
            "Potholes: a Review",
            None,
            [
                ("decision", "a) To note the report.\n• And to thank the officers."),
                (
                    "minutes",
                    "The Panel heard that 12 roads had been mended in the year.\nThat was more than before.",
                ),
            ],
        ),
    ]


def test_a_wide_gap_stands_for_a_lost_label() -> None:
    assert [(item.title, parts(item)) for item in items(SPACED)] == [
        (
            "Minutes",
            [("background", "To approve the minutes of 8 March."), ("minutes", "The Panel approved the minutes.")],
        ),
        (
            "Potholes",
            [
                ("background", "Report of the Director."),
                ("minutes", "The Panel heard that 12 roads had been mended.\nMembers asked for a map."),
            ],
        ),
    ]


def test_numbers_alone_on_their_lines_count_on() -> None:
    assert [(item.number, item.title, item.text) for item in items(NUMBERED)] == [
        ("RP.41", "Apologies", "Minutes:\nThere were none."),
        (
            "RP.42",
            "Potholes",
            "To consider the report.\nMinutes:\nThe Panel heard that 12 roads had been mended.\n"
            "1. A heading inside the minutes",
        ),
        ("RP.43", "Any other business", ""),
    ]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["1.", "2.", "3."], ["1", "2", "3"]),
        (["3", "3a", "3b", "4"], ["3", "3a", "3b", "4"]),
        (["25/32", "25/33"], ["25/32", "25/33"]),
        (["39/20", "40/20"], ["39/20", "40/20"]),
        (["1", "7", "2"], ["1", "2"]),
    ],
)
def test_numbers_of_many_shapes_are_followed(numbers: list[str], found: list[str]) -> None:
    body = "".join(f"{number}\n\nTitle of {number}\n\nMinutes:\n\nThe Panel noted it.\n\n" for number in numbers)
    assert [item.number for item in items(f"No. Item\n\n{body}")] == found


def test_an_item_without_anything_told_is_the_agenda_s() -> None:
    text = "No. Item\n\n1.\n\nRoads\n\nMinutes:\n\nThe Panel noted it.\n\n2.\n\nBins\n\nTo consider 12 bins.\n"
    assert parts(items(text)[1]) == [("background", "To consider 12 bins.")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Skip\n\nAgenda item\n\nRoads\n\nTo hear of 12 roads\n\n\n\n\nThe Panel was told of them.\n",
            ["background", "minutes"],
        ),
        ("Agenda item\n\nRoads\n\nThe Panel was told of 12 roads.\n\n\n\n\nMembers asked why.\n", []),
        ("Agenda item\n\nRoads\n\n\n\n\nThe Panel was told of 12 roads.\n", []),
    ],
    ids=["blurb above the gap", "minutes above the gap", "only a title above the gap"],
)
def test_on_an_item_s_page_the_gap_counts_only_under_the_agenda_s_words(text: str, kinds: list[str]) -> None:
    (item,) = parse(text.encode(), "page.txt").items
    assert [section.kind for section in item.sections] == kinds
    assert "\ue000" not in item.text
