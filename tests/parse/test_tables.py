"""Ruled tables of printed minutes: rows that keep heading and cell together, where the table stands."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pdfplumber
import pypdfium2
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from minutesminer.parse import parse
from minutesminer.parse.tables import is_ruled, rows_as_lines

Cells = Sequence[Sequence[object]]
MakePage = Callable[..., bytes]

GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
BOLD_HEAD = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
HEAD = [
    "**WESTMERE COUNTY COUNCIL",
    "**AUDIT PANEL",
    "Minutes of a meeting held on Tuesday, 4 June 2024.",
    "PRESENT: Mrs A Lee (Chairman) and Mr B Moe",
    "",
    "**21. Apologies",
    "(Item 1)",
    "",
    "None were received.",
    "",
    "**22. Performance",
    "(Item 2)",
    "",
]
INDICATORS = [
    ["Indicator", "Target", "Actual", "Status"],
    ["Care leavers in EET", "60%", "55%", "Red"],
    ["Visits in time", "95%", "96%", "Green"],
]


@pytest.fixture
def make_page() -> MakePage:
    """Makes a PDF of pages; each is a list of lines (`**` bold, empty for a gap) and (rows, style) tables."""

    def make(*pages: Sequence[str | tuple[Cells, list[object]]], top: float = 760) -> bytes:
        file = io.BytesIO()
        canvas = Canvas(file, invariant=1)
        for parts in pages:
            height = top
            for part in parts:
                if isinstance(part, str):
                    bold = part.startswith("**")
                    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 11)
                    canvas.drawString(72, height, part.removeprefix("**"))
                    height -= 14
                    continue
                table = Table([list(row) for row in part[0]], colWidths=100, style=part[1])
                _, deep = table.wrapOn(canvas, 450, 600)
                table.drawOn(canvas, 72, height - deep + 10)
                height -= deep + 14
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    return make


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The pages for which pdfplumber was opened, each as it was asked for."""
    calls: list[object] = []
    real = pdfplumber.open

    def noted(*args: object, **options: object) -> object:
        calls.append(options.get("pages"))
        return real(*args, **options)

    monkeypatch.setattr(pdfplumber, "open", noted)
    return calls


def texts(data: bytes) -> list[str]:
    """The text of the items after the apologies."""
    return [item.text for item in parse(data, "minutes.pdf").items[1:]]


def test_a_table_of_indicators_stands_between_its_paragraphs(make_page: MakePage, opened: list[object]) -> None:
    data = make_page(
        [
            *HEAD,
            "1. The Panel received the scorecard.",
            "",
            (INDICATORS, [GRID]),
            "2. Members asked why fewer care leavers were in work.",
        ]
    )
    assert texts(data) == [
        "1. The Panel received the scorecard.\n"
        "Indicator: Care leavers in EET; Target: 60%; Actual: 55%; Status: Red\n"
        "Indicator: Visits in time; Target: 95%; Actual: 96%; Status: Green\n"
        "2. Members asked why fewer care leavers were in work."
    ]
    assert opened == [[1]]


def test_pages_without_a_table_are_not_given_to_pdfplumber(make_page: MakePage, opened: list[object]) -> None:
    boxed = ([["The Panel noted the report."]], [GRID])
    underlined = ([["For", "Against"], ["7", "2"]], [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")])
    data = make_page([*HEAD, "1. The Panel received the scorecard.", "", boxed, "", underlined])
    assert len(texts(data)) == 1
    assert opened == []


def test_a_recorded_vote_keeps_name_and_vote_together(make_page: MakePage) -> None:
    votes = [["Councillor", "For", "Against"], ["Ann Lee", "X", ""], ["Bo Moe", "", "X"]]
    data = make_page([*HEAD, "The motion was put to the vote.", "", (votes, [GRID, BOLD_HEAD]), "It was lost."])
    assert texts(data) == [
        "The motion was put to the vote.\nCouncillor: Ann Lee; For: X\nCouncillor: Bo Moe; Against: X\nIt was lost."
    ]


def test_two_columns_without_headings_read_as_label_and_value(make_page: MakePage) -> None:
    data = make_page([*HEAD, "The vote was recorded.", "", ([["For", "7"], ["Against", "3"]], [GRID]), "It was lost."])
    assert texts(data) == ["The vote was recorded.\nFor: 7\nAgainst: 3\nIt was lost."]


def test_cells_over_several_rows_or_columns_keep_their_words(make_page: MakePage) -> None:
    cells = [
        ["Quarter 2 scorecard", "", ""],
        ["Service", "Measure", "Actual"],
        ["Adults", "Reviews in time", "81%"],
        ["", "Waiting list", "412"],
        ["Children", "Visits in time", "96%"],
    ]
    spans = [GRID, ("SPAN", (0, 0), (2, 0)), ("SPAN", (0, 2), (0, 3))]
    assert texts(make_page([*HEAD, "Members read the scorecard.", "", (cells, spans)])) == [
        "Members read the scorecard.\n"
        "Quarter 2 scorecard\n"
        "Service: Adults; Measure: Reviews in time; Actual: 81%\n"
        "Service: Adults; Measure: Waiting list; Actual: 412\n"
        "Service: Children; Measure: Visits in time; Actual: 96%"
    ]


def test_a_table_that_goes_on_over_a_pages_end_keeps_its_headings(make_page: MakePage) -> None:
    rest = [["Repairs in time", "90%", "93%", "Green"], ["Empty homes", "120", "131", "Red"]]
    data = make_page([*HEAD, "Members read it.", "", (INDICATORS, [GRID])], [(rest, [GRID]), "It was noted."])
    assert texts(data)[0].split("\n")[-3:] == [
        "Indicator: Repairs in time; Target: 90%; Actual: 93%; Status: Green",
        "Indicator: Empty homes; Target: 120; Actual: 131; Status: Red",
        "It was noted.",
    ]


def test_a_table_of_paragraphs_is_read_as_running_text(make_page: MakePage) -> None:
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=10)
    long = "The Panel heard that reviews were late. " * 8
    cells = [[Paragraph(long, style), "Mr Poe"], [Paragraph("RESOLVED: That the plan be noted.", style), "Ms Roe"]]
    data = make_page([*HEAD, "Members discussed it.", "", (cells, [GRID])])
    lines = texts(data)[0].split("\n")
    assert " ".join(lines[1:-1]).count("The Panel heard that reviews were late.") == 8
    assert (lines[0], lines[-1]) == ("Members discussed it.", "RESOLVED: That the plan be noted. Ms Roe")


def test_a_running_header_in_a_grid_is_furniture_and_no_table(make_page: MakePage) -> None:
    header = [["Audit Panel", "Minutes"], ["4 June 2024", "Public"]]
    first, second = [*HEAD, "1. The report was received."], ["2. It was noted."]
    data = make_page([(header, [GRID]), *first], [(header, [GRID]), *second], top=810)
    assert texts(data) == ["1. The report was received.\n2. It was noted."]


def test_rows_at_the_same_place_of_two_pages_are_no_footers(make_page: MakePage) -> None:
    ends = [["Measure", "Target", "Actual"], ["Visits in time", "95%", "96%"], ["Homes re-let", "20", "31"]]
    again = [["Measure", "Target", "Actual"], ["Visits in time", "90%", "84%"], ["Empty homes", "25", "27"]]
    gap = [""] * 31
    data = make_page([*HEAD, *gap[:18], (ends, [GRID])], [*gap, (again, [GRID])], top=520)
    assert texts(data) == [
        "Measure: Visits in time; Target: 95%; Actual: 96%\n"
        "Measure: Homes re-let; Target: 20; Actual: 31\n"
        "Measure: Visits in time; Target: 90%; Actual: 84%\n"
        "Measure: Empty homes; Target: 25; Actual: 27"
    ]


def test_a_table_wider_than_the_text_leaves_its_paragraphs_whole(make_page: MakePage) -> None:
    paragraph = ["1. Members thanked the officers who had worked since May with", "Westmere Homes on it."]
    data = make_page([*HEAD, *paragraph, "", (INDICATORS, [GRID])])
    assert texts(data)[0].split("\n")[0] == " ".join(paragraph)


def test_rules_that_do_not_cross_are_no_table() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for step in range(6):
        canvas.line(72, 700 - 40 * step, 400, 700 - 40 * step)
        canvas.line(420 + 20 * step, 500, 420 + 20 * step, 700)
    canvas.save()
    with pypdfium2.PdfDocument(file.getvalue()) as document:
        assert not is_ruled(document[0])


def test_text_stands_where_a_table_cannot_be_read(make_page: MakePage, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_page([*HEAD, "1. The Panel received the scorecard.", "", (INDICATORS, [GRID])])

    def refuse(*_: object, **__: object) -> None:
        raise KeyError("Font")

    monkeypatch.setattr(pdfplumber, "open", refuse)
    document = parse(data, "minutes.pdf")
    assert [(issue.code, issue.message) for issue in document.issues] == [
        (
            "table_unread",
            "minutes.pdf: the table on page 1 could not be read row by row (KeyError); its text was read line by line",
        )
    ]
    assert [word in document.items[1].text for word in ("Care leavers in EET", "55%", "Green")] == [True, True, True]


def test_rows_leave_out_empty_cells_and_read_a_lone_cell_as_it_stands() -> None:
    headings = ["", "Target", "Actual"]
    cells = [["Visits", "95%", ""], ["Children", "", ""], ["", "", ""]]
    assert rows_as_lines(cells, headings) == ["Visits; Target: 95%", "Children"]
    assert rows_as_lines([["Motion:", "Register"], ["a", ""]], []) == ["Motion: Register", "a"]
    assert rows_as_lines([["Lee", "For", "Mere ward"]], []) == ["Lee, For, Mere ward"]
