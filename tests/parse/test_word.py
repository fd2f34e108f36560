"""Word documents, written here: numbers as Word prints them, tables row by row, tracked changes taken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from minutesminer.models import Attendee, Document
from minutesminer.parse import parse

PARAGRAPHS = (
    "Present: Councillor Ada Marl (Chair) and Councillor Bo Wick",
    "Apologies: Councillor Cy Dale",
)


def written(fill: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document()
    document.add_paragraph().add_run("WORN BOROUGH COUNCIL").bold = True
    document.add_paragraph().add_run("Minutes of the Homes Scrutiny Panel held on 12 March 2024 at 6.30pm").bold = True
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def heading(document: WordDocument, text: str) -> None:
    document.add_paragraph(style="List Number").add_run(text).bold = True


def read(fill: Callable[[WordDocument], None]) -> Document:
    return parse(written(fill), "minutes.docx")


def test_items_are_found_by_the_numbers_word_would_print() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Declarations of interest")
        document.add_paragraph("There were none.")
        heading(document, "Empty homes")
        document.add_paragraph("The Panel heard that 12 homes were empty.")
        document.add_paragraph("RESOLVED:")
        document.add_paragraph("That the report be noted.", style="List Number 2")
        document.add_paragraph("That a report come back in May.", style="List Number 2")

    document = read(fill)
    assert document.outcome == "ok"
    meeting = document.meetings[0]
    assert (meeting.council, meeting.committee, meeting.date, meeting.time) == (
        "Worn Borough Council",
        "Homes Scrutiny Panel",
        "2024-03-12",
        "18:30",
    )
    assert meeting.attendance == [
        Attendee("Ada Marl", "Chair", "present"),
        Attendee("Bo Wick", None, "present"),
        Attendee("Cy Dale", None, "apologies"),
    ]
    assert [(item.number, item.title, item.text.split("\n")) for item in document.items] == [
        ("1", "Declarations of interest", ["There were none."]),
        (
            "2",
            "Empty homes",
            [
                "The Panel heard that 12 homes were empty.",
                "RESOLVED:",
                "1. That the report be noted.",
                "2. That a report come back in May.",
            ],
        ),
    ]


def test_a_table_of_figures_is_read_under_its_headings() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Apologies")
        document.add_paragraph("There were none.")
        heading(document, "Performance")
        document.add_paragraph("The Panel noted the figures.")
        table = document.add_table(rows=2, cols=3)
        for at, text in enumerate(("Indicator", "Target", "Actual")):
            table.cell(0, at).paragraphs[0].add_run(text).bold = True
        for at, text in enumerate(("Repairs on time", "95%", "91%")):
            table.cell(1, at).text = text

    assert read(fill).items[1].text.split("\n") == [
        "The Panel noted the figures.",
        "Indicator: Repairs on time; Target: 95%; Actual: 91%",
    ]


def test_words_struck_out_are_gone_and_words_put_in_are_read() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Apologies")
        document.add_paragraph("There were none.")
        heading(document, "Homes")
        paragraph = document.add_paragraph("The Panel heard of ")
        for markup in (
            '<w:del {} w:id="1"><w:r><w:delText>ten</w:delText></w:r></w:del>',
            '<w:ins {} w:id="2"><w:r><w:t xml:space="preserve">twelve empty homes.</w:t></w:r></w:ins>',
        ):
            paragraph._p.append(parse_xml(markup.format(nsdecls("w"))))

    assert read(fill).items[1].text == "The Panel heard of twelve empty homes."


def test_lettered_levels_start_again_under_each_number() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Apologies")
        document.add_paragraph("There were none.")
        heading(document, "Homes")
        document.add_paragraph("RESOLVED:")
        numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (style, text) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")))
        )
        definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
        numbering.insert(0, parse_xml(definition))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        for depth, text in ((0, "That A;"), (1, "one"), (1, "two"), (2, "deep"), (0, "That B;"), (1, "three")):
            paragraph = document.add_paragraph(text)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
            )

    assert read(fill).items[1].text.split("\n") == [
        "RESOLVED:",
        "1. That A;",
        "(a) one",
        "(b) two",
        "(i) deep",
        "2. That B;",
        "(a) three",
    ]


def test_an_agenda_holds_no_minutes() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Apologies")
        document.add_paragraph("To receive apologies.")
        heading(document, "Homes")
        document.add_paragraph("To consider the report of the Director.")

    assert read(fill).outcome == "no_minutes"


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_file_is_damaged(keep: float) -> None:
    data = written(lambda document: heading(document, "Apologies"))
    document = parse(data[: int(len(data) * keep)], "cut.docx")
    assert (document.outcome, document.items) == ("damaged", [])


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    file = io.BytesIO(written(lambda document: heading(document, "Apologies")))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb.bin", b"\0" * 210_000_000)
    document = parse(file.getvalue(), "bomb.docx")
    assert document.outcome == "unsupported"
    assert "unpacks to" in document.issues[0].message


LONG = "The Panel was told how repairs had been going in each of the four districts since April. " * 5


def numbered_table(document: WordDocument, rows: list[tuple[str, list[str]]], typed: bool = True) -> None:
    table = document.add_table(0, 2)
    for number, (title, *texts) in rows:
        cells = table.add_row().cells
        if typed:
            cells[0].text = number
        else:
            cells[0].paragraphs[0].style = "List Number"
        cells[1].text = title
        for text in texts:
            cells[1].add_paragraph(text)


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("told", [LONG, "The Panel heard that 12 homes were empty."])
def test_items_in_a_table_have_the_numbers_of_its_first_column(told: str, typed: bool) -> None:
    rows = [("1.", ["Declarations of interest", "There were none."]), ("2.", ["Empty homes", told, "It was noted."])]
    found = read(lambda document: numbered_table(document, rows, typed)).items
    assert [(item.number, item.title, item.text) for item in found] == [
        ("1", "Declarations of interest", "There were none."),
        ("2", "Empty homes", f"{told.strip()}\nIt was noted."),
    ]


def test_a_column_of_actions_beside_items_in_a_table_is_labelled() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(0, 3)
        for cells in (
            ("No", "Item", "Action"),
            ("1.", f"Apologies\n{LONG}", ""),
            ("2.", "Empty homes\nIt was noted.", "Jo Marl to send figures"),
        ):
            row = table.add_row().cells
            for at, text in enumerate(cells):
                for line in text.split("\n"):
                    row[at].add_paragraph(line)

    assert [(item.number, item.title, item.text) for item in read(fill).items] == [
        ("1", "Apologies", LONG.strip()),
        ("2", "Empty homes", "It was noted.\nAction: Jo Marl to send figures"),
    ]


def test_what_stands_in_content_controls_is_read() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Declarations of interest")
        document.add_paragraph("There were none.")
        heading(document, "Empty homes")
        text = "<w:p><w:r><w:t>The Panel heard that 12 homes were empty.</w:t></w:r></w:p>"
        control = f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent>{text}</w:sdtContent></w:sdt>"
        document.element.body.insert(len(document.element.body) - 1, parse_xml(control))

    assert [item.text for item in read(fill).items] == ["There were none.", "The Panel heard that 12 homes were empty."]


def test_a_table_in_a_cell_is_read() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Declarations of interest")
        document.add_paragraph("There were none.")
        heading(document, "Empty homes")
        document.add_paragraph("The Panel noted the report.")
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text = "By area"
        inner = cells[1].add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Abbey", "12"

    assert read(fill).items[1].text == "The Panel noted the report.\nBy area\nAbbey: 12"


def test_a_table_of_figures_numbered_by_rank_is_read_row_by_row() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Declarations of interest")
        document.add_paragraph("There were none.")
        heading(document, "Empty homes")
        document.add_paragraph("The Panel noted the report.")
        table = document.add_table(0, 3)
        for row in (("1", "Abbey", "12"), ("2", "Castle", "9")):
            cells = table.add_row().cells
            for at, text in enumerate(row):
                cells[at].text = text

    assert read(fill).items[1].text == "The Panel noted the report.\n1, Abbey, 12\n2, Castle, 9"


TURN = "<w:r {}><w:lastRenderedPageBreak/></w:r>"


def turned(fill: Callable[[WordDocument], None], stated: int) -> Document:
    """A document in which Word noted where pages turned, and that it had so many."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(fill))) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "docProps/app.xml":
                data = re.sub(rb"<Pages>\d+</Pages>", b"<Pages>%d</Pages>" % stated, data)
            after.writestr(name, data)
    return parse(file.getvalue(), "minutes.docx")


def over_pages(document: WordDocument) -> None:
    heading(document, "Apologies")
    document.add_paragraph("There were none.")
    heading(document, "Empty homes")
    paragraph = document.add_paragraph("The Panel heard that 12 homes ")
    paragraph._p.append(parse_xml(TURN.format(nsdecls("w"))))
    paragraph.add_run("were empty.")
    table = document.add_table(rows=3, cols=3)
    texts = (("Indicator", "Target", "Actual"), ("Repairs on time", "95%", "91%"), ("Lets on time", "90%", "88%"))
    for row, cells in enumerate(texts):
        for at, text in enumerate(cells):
            table.cell(row, at).paragraphs[0].add_run(text).bold = row == 0
    table.cell(2, 0).paragraphs[0]._p.insert(0, parse_xml(TURN.format(nsdecls("w"))))
    document.add_paragraph("RESOLVED: That the report be noted.")


def test_pages_are_known_where_word_noted_as_many_as_it_had() -> None:
    item = turned(over_pages, 3).items[1]
    starts = [(each.page, item.text[each.start :].split("\n")[0]) for each in item.pages]
    assert (item.page, starts) == (
        1,
        [
            (1, "The Panel heard that 12 homes were empty."),
            (2, "were empty."),
            (3, "Indicator: Lets on time; Target: 90%; Actual: 88%"),
        ],
    )


@pytest.mark.parametrize("stated", [2, 4])
def test_pages_are_not_known_where_word_had_another_number_of_them(stated: int) -> None:
    read_so, otherwise = turned(over_pages, stated), turned(over_pages, 3)
    assert [(item.page, item.pages) for item in read_so.items] == [(None, [])] * 2
    assert [item.text for item in read_so.items] == [item.text for item in otherwise.items]


def test_pages_are_not_known_where_word_noted_none() -> None:
    def fill(document: WordDocument) -> None:
        heading(document, "Apologies")
        document.add_paragraph("There were none.")
        heading(document, "Empty homes")
        document.add_paragraph("The Panel noted that 12 homes were empty.")

    assert [(item.page, item.pages) for item in turned(fill, 1).items] == [(None, [])] * 2


def test_cells_of_a_row_stand_beside_each_other_on_its_pages() -> None:
    def fill(document: WordDocument) -> None:
        numbered_table(
            document,
            [("1.", ["Apologies", "There were none."]), ("2.", ["Empty homes", "12 homes were", "It was noted."])],
        )
        table = document.tables[0]
        turn = TURN.format(nsdecls("w"))
        table.cell(1, 0).paragraphs[0]._p.insert(0, parse_xml(turn))  # the row opens a page
        table.cell(1, 1).paragraphs[1]._p.append(parse_xml(turn))
        table.cell(1, 1).paragraphs[1].add_run(" empty.")

    items = turned(fill, 3).items
    assert [(item.page, [(each.page, item.text[each.start :]) for each in item.pages]) for item in items] == [
        (1, [(1, "There were none.")]),
        (2, [(2, "12 homes were empty.\nIt was noted."), (3, "empty.\nIt was noted.")]),
    ]
