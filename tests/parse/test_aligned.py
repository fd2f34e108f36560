"""Tables without rules and votes in columns: rows that keep heading and cell together. All synthetic, made here."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from minutesminer.parse import parse

Put = tuple[float, float, str]  # from the left, from the top, words

TOP, STEP = 800, 14
HEAD = [
    "Minutes of a meeting of the Audit Panel held on Tuesday, 4 June 2024.",
    "PRESENT: Mrs A Lee (Chairman) and Mr B Moe",
    "",
    "21. Apologies",
    "(Item 1)",
    "None were received.",
    "",
    "22. Performance",
    "(Item 2)",
]
BEFORE = "1. The Panel received the scorecard, which had been sent to all of its members."
AFTER = "2. Members asked why 45 of the care leavers were not in work in 2024 and heard of 12 more."
INDICATORS = [
    ["Indicator", "Target", "Actual", "Status"],
    ["Care leavers in EET", "60%", "55%", "Red"],
    ["Visits in time", "95%", "96%", "Green"],
    ["Assessments", "1,200", "n/a", "Amber"],
]
READ = [
    "Indicator: Care leavers in EET; Target: 60%; Actual: 55%; Status: Red",
    "Indicator: Visits in time; Target: 95%; Actual: 96%; Status: Green",
    "Indicator: Assessments; Target: 1,200; Actual: n/a; Status: Amber",
]
COLUMNS = (72.0, 250.0, 330.0, 410.0)


def printed(puts: Iterable[Put], after: float = 20) -> bytes:
    """A page with words at places under the heading of an item, `after` lines under which the text goes on."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate([*HEAD, BEFORE]):
        canvas.drawString(72, TOP - STEP * at, line)
    for left, down, words in puts:
        canvas.drawString(left, TOP - STEP * (len(HEAD) + down), words)
    canvas.drawString(72, TOP - STEP * (len(HEAD) + after), AFTER)
    canvas.save()
    return file.getvalue()


def rows(cells: Sequence[Sequence[str]], columns: Sequence[float] = COLUMNS, first: float = 2) -> list[Put]:
    """The cells of a table, row by row."""
    return [
        (columns[at], first + down, words) for down, row in enumerate(cells) for at, words in enumerate(row) if words
    ]


def between(data: bytes) -> list[str]:
    """The blocks between the paragraphs before and after what was printed."""
    blocks = parse(data, "minutes.pdf").items[1].text.split("\n")
    assert (blocks[0], blocks[-1]) == (BEFORE, AFTER)
    return blocks[1:-1]


@pytest.mark.parametrize("order", ["row by row", "column by column", "from below"])
def test_rows_of_figures_under_headings_keep_heading_and_cell_together(order: str) -> None:
    puts = rows(INDICATORS)
    if order == "column by column":
        puts.sort(key=lambda put: (put[0], put[1]))
    elif order == "from below":
        puts.sort(key=lambda put: -put[1])
    assert between(printed(puts)) == READ


def test_headings_and_labels_of_several_lines_are_whole() -> None:
    puts = [
        *((72.0, 3.0, "Indicator"), (250.0, 2.0, "Target"), (250.0, 3.0, "2024/25"), (330.0, 2.0, "Actual")),
        *((330.0, 3.0, "to date"), (72.0, 4.0, "Care leavers in education,"), (72.0, 4.9, "employment or training")),
        *((250.0, 4.0, "60%"), (330.0, 4.0, "55%"), (72.0, 6.2, "Visits"), (250.0, 6.2, "95%"), (330.0, 6.2, "96%")),
    ]
    assert between(printed(puts)) == [
        "Indicator: Care leavers in education, employment or training; Target 2024/25: 60%; Actual to date: 55%",
        "Indicator: Visits; Target 2024/25: 95%; Actual to date: 96%",
    ]


def test_years_head_columns_and_a_caption_stays_above() -> None:
    cells = [["Children"], ["Measure", "2022/23", "2023/24"], ["Visits", "88%", "90%"], ["Plans", "412", "399"]]
    assert between(printed(rows(cells))) == [
        "Children",
        "Measure: Visits; 2022/23: 88%; 2023/24: 90%",
        "Measure: Plans; 2022/23: 412; 2023/24: 399",
    ]


def test_a_name_over_some_of_the_rows_stands_before_them() -> None:
    cells = [["Measure", "Target", "Actual"], ["Visits", "88%", "90%"], ["Adults"], ["Plans", "412", "399"]]
    puts = [(left, 1.5 * down - 1, words) for left, down, words in rows(cells)]
    assert between(printed(puts)) == [
        "Measure: Visits; Target: 88%; Actual: 90%",
        "Adults",
        "Measure: Plans; Target: 412; Actual: 399",
    ]


def test_one_column_of_figures_is_a_table_under_headings() -> None:
    cells = [["Directorate", "Variance £m"], ["Adult Social Care", "4.2"], ["Children", "(1.1)"]]
    assert between(printed(rows(cells, (72, 330)))) == [
        "Directorate: Adult Social Care; Variance £m: 4.2",
        "Directorate: Children; Variance £m: (1.1)",
    ]


def test_headings_whose_edges_are_not_in_line_with_the_figures_go_by_their_order() -> None:
    puts = [
        *((250.0, 2.0, "Target"), (350.0, 2.0, "Actual")),
        *((72.0, 3.0, "Visits in time"), (300.0, 3.0, "88%"), (400.0, 3.0, "90%")),
        *((72.0, 4.0, "Plans"), (303.0, 4.0, "412"), (403.0, 4.0, "399")),
    ]
    assert between(printed(puts)) == ["Visits in time; Target: 88%; Actual: 90%", "Plans; Target: 412; Actual: 399"]


NO_TABLES: dict[str, list[Put]] = {
    "a list of names": rows([["Cllr A Marl", "Cllr B Wick"], ["Cllr C Dale", "Cllr D Poe"]], (72, 300)),
    "addresses": rows([["1 Oak Street", "12 Elm Road"], ["Westmere", "Westmere"], ["WM1 2AB", "WM4 5CD"]], (72, 300)),
    "dates": rows([["4 June 2024", "10.00 am", "Oak Room"], ["5 July 2024", "2.00 pm", "Elm Room"]], (72, 200, 330)),
    "pages": rows([["Item", "Page"], ["Apologies", "5"], ["Budget", "12"]], (72, 400)),
    "hanging numbers": rows([["1.", "Homes let: 12"], ["2.", "Homes sold: 14"], ["3.", "Homes built: 5"]], (72, 110)),
    "figures without headings": rows([["Adults", "58", "60"], ["Children", "31", "30"]], (72, 250, 330)),
    "one row": rows([["Measure", "Target", "Actual"], ["Visits", "88%", "90%"]]),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_other_things_in_columns_keep_their_words_in_order(name: str) -> None:
    puts = NO_TABLES[name]
    assert " ".join(between(printed(puts))) == " ".join(words for _, _, words in puts)


def test_rows_of_figures_without_headings_stand_alone() -> None:
    assert between(printed(NO_TABLES["figures without headings"])) == ["Adults 58 60", "Children 31 30"]


def test_justified_prose_with_figures_at_one_place_is_a_paragraph() -> None:
    words = [
        *("The number of homes let in each", "of the 5", "areas rose again in the summer of 2024"),
        *("and the number of repairs in each", "of the 6", "wards fell by more than a half of 2023"),
        *("so that the wait for a home was in", "all but 2", "of them shorter than it had been in 2022"),
    ]
    puts = [((72.0, 255.0, 310.0)[at % 3], 2.0 + at // 3, part) for at, part in enumerate(words)]
    assert "".join(between(printed(puts))).replace(" ", "") == "".join(words).replace(" ", "")
    assert not any(";" in line for line in between(printed(puts)))


NAMES = [
    ["For (3)", "Against (2)", "Abstain (1)"],
    ["Cllr A Marl", "Cllr B Poe", "Cllr Z Roe"],
    ["Cllr C Wick", "Cllr D Moe", ""],
    ["Cllr E Noe", "", ""],
]
VOTED = [
    "For (3): Cllr A Marl, Cllr C Wick, Cllr E Noe",
    "Against (2): Cllr B Poe, Cllr D Moe",
    "Abstain (1): Cllr Z Roe",
]


@pytest.mark.parametrize("order", ["row by row", "column by column"])
def test_names_under_ways_to_vote_stay_with_them(order: str) -> None:
    puts = rows(NAMES, (72, 230, 400))
    if order == "column by column":
        puts.sort(key=lambda put: (put[0], put[1]))
    assert between(printed([*puts, (430, 8, "Motion carried.")])) == [*VOTED, "Motion carried."]


def test_numbers_under_ways_to_vote_are_one_line() -> None:
    puts = rows([["For", "Against", "Abstentions"], ["7", "3", "1"]], (72, 230, 400))
    assert between(printed(puts)) == ["For: 7; Against: 3; Abstentions: 1"]


def test_a_mark_under_a_way_to_vote_stays_with_the_name() -> None:
    cells = [["Councillor", "For", "Against"], ["Ann Lee", "X", ""], ["Bo Moe", "", "X"], ["Cy Poe", "X", ""]]
    assert between(printed(rows(cells, (72, 230, 400)))) == [
        "Councillor: Ann Lee; For: X",
        "Councillor: Bo Moe; Against: X",
        "Councillor: Cy Poe; For: X",
    ]


def test_a_ruled_table_of_a_vote_keeps_names_with_the_way_they_voted() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate([*HEAD, BEFORE]):
        canvas.drawString(72, TOP - STEP * at, line)
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=10)
    lists = [Paragraph("<br/>".join(row[at] for row in NAMES[1:] if row[at]), style) for at in range(3)]
    table = Table([NAMES[0], lists], colWidths=130, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    _, deep = table.wrapOn(canvas, 450, 600)
    table.drawOn(canvas, 72, TOP - STEP * len(HEAD) - 30 - deep)
    canvas.drawString(72, 400, AFTER)
    canvas.save()
    assert between(file.getvalue()) == VOTED
