"""Text copied from pages: titles, blurbs, labels, tails, issues over several meetings."""

from __future__ import annotations

from minutesminer.models import Attendee, Given, Item, Meeting, Section
from minutesminer.parse import item_from_text, parse

PAGE = """Skip to main content

Agenda item

School Attendance - Quarter 2:
- Meeting of Education & Skills Panel, Monday, 17th December, 2018 6.30 p.m. (Item 4.1)
- View the background to item 4.1
The Panel will receive a report on attendance.
Minutes:
The Panel received a report on attendance. Absence was 4.2%.
\u00a0
· The Sub?Committee asked for a breakdown.
Supporting documents:
- Cover sheet, item 4.1 PDF 57 KB
"""


def read(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(item.number, item.title, item.text) for item in parse(text.encode(), "page.txt").items]


def parts(item: Item) -> list[tuple[str, str]]:
    return [(section.kind, item.text[section.start : section.end]) for section in item.sections]


def test_an_items_page_gives_meeting_title_and_sections() -> None:
    document = parse(PAGE.encode(), "page.txt")
    body = (
        "The Panel will receive a report on attendance.\n"
        "Minutes:\n"
        "The Panel received a report on attendance. Absence was 4.2%.\n"
        "• The Sub-Committee asked for a breakdown."
    )
    assert document.meetings == [Meeting(committee="Education & Skills Panel", date="2018-12-17", time="18:30")]
    assert document.items == [
        Item(
            position=0,
            text=body,
            number="4.1",
            title="School Attendance - Quarter 2",
            sections=[Section("background", 0, 46), Section("minutes", 56, len(body))],
        )
    ]


def test_a_label_in_mid_line_parts_blurb_from_minutes() -> None:
    item = item_from_text("Budget. To consider the forecast. Minutes: The Panel noted it.")
    assert parts(item) == [
        ("background", "Budget. To consider the forecast."),
        ("minutes", "The Panel noted it."),
    ]


def test_a_page_copied_into_one_line_keeps_its_minutes() -> None:
    text = (
        "Skip to content Agenda item Budget To consider it. Minutes: The Panel noted it. Supporting documents: A 5 KB"
    )
    assert read(text) == [(None, None, "Budget To consider it.\nMinutes:\nThe Panel noted it.")]


def test_page_numbers_that_split_a_sentence_are_left_out() -> None:
    text = (
        "Minutes:\n\nThe Panel was told that the number of families waiting for a home\n\n3\n\nhad risen to 118.\n\n"
        "Members noted it.\n\n4\n"
    )
    assert read(text) == [
        (
            None,
            None,
            "Minutes:\nThe Panel was told that the number of families waiting for a home had risen to 118.\n"
            "Members noted it.",
        )
    ]


def test_a_figure_alone_on_its_line_is_kept() -> None:
    assert read("Minutes:\n\nMembers noted the number waiting:\n\n118") == [
        (None, None, "Minutes:\nMembers noted the number waiting:\n118")
    ]


def test_decision_and_minutes_are_sections_of_their_own() -> None:
    item = item_from_text("To note.\nDecision:\nAgreed.\nMinutes:\nThe Panel agreed.")
    assert parts(item) == [
        ("background", "To note."),
        ("decision", "Agreed."),
        ("minutes", "The Panel agreed."),
    ]


def test_a_decision_under_the_discussion_makes_the_discussion_minutes() -> None:
    item = item_from_text(
        "Members asked about costs and were told that they had risen.\nThe Chair noted it.\nDecision: That it be noted."
    )
    assert [kind for kind, _ in parts(item)] == ["minutes", "decision"]


def test_text_without_labels_is_all_minutes() -> None:
    assert item_from_text("The Panel noted the report.").sections == []


def test_glued_pages_are_items_of_their_own() -> None:
    text = (
        "Agenda item\n\nFirst Report\n\nMinutes:\n\nThe Panel noted it.\n\n"
        "Supporting documents:Agenda item\n\nSecond Report\n\nMinutes:\n\nThe Panel agreed it."
    )
    assert read(text) == [
        (None, "First Report", "Minutes:\nThe Panel noted it."),
        (None, "Second Report", "Minutes:\nThe Panel agreed it."),
    ]


def test_an_issue_page_has_a_meeting_for_each_block() -> None:
    text = (
        "Issue - meetings\nYoung Carers Review\n"
        "Meeting: 18/06/2012 - Overview and Scrutiny Board (Item 12)\n"
        "12 Young Carers Review PDF 76 KB\nMinutes:\nThe Board noted the update.\n"
        "Meeting: 12/03/2012 - Overview and Scrutiny Board (Item 7)\n"
        "7 Young Carers PDF 80 KB\nMinutes:\nThe Board asked for an update."
    )
    document = parse(text.encode(), "issue.txt")
    assert [(meeting.committee, meeting.date) for meeting in document.meetings] == [
        ("Overview and Scrutiny Board", "2012-06-18"),
        ("Overview and Scrutiny Board", "2012-03-12"),
    ]
    assert [(item.meeting, item.number, item.title, item.text) for item in document.items] == [
        (0, "12", "Young Carers Review", "Minutes:\nThe Board noted the update."),
        (1, "7", "Young Carers", "Minutes:\nThe Board asked for an update."),
    ]


def test_items_under_numbers_and_paragraphs_under_items_are_told_apart() -> None:
    text = (
        "Westmere Town Council\n\nAudit Panel\n\nMinutes of the meeting held on Tuesday 4 June 2024 at 7.15 pm\n\n"
        "Present: Councillors Ann Lee (Chair) and Bo Moe\n\n"
        "31. Apologies for absence\n\nThere were none.\n\n"
        "32. Minutes\n\nThe minutes were agreed.\n\n"
        "33. Annual Report\n\n1. The officer presented the report.\n\n2. Members asked about fees.\n\n"
        "RESOLVED that:\n\n1. the report be noted\n\n2. the fees be reviewed"
    )
    document = parse(text.encode(), "minutes.txt")
    assert [(item.number, item.title, item.procedural) for item in document.items] == [
        ("31", "Apologies for absence", "apologies"),
        ("32", "Minutes", "previous_minutes"),
        ("33", "Annual Report", None),
    ]
    assert document.meetings == [
        Meeting(
            council="Westmere Town Council",
            committee="Audit Panel",
            date="2024-06-04",
            time="19:15",
            attendance=[Attendee("Ann Lee", "Chair"), Attendee("Bo Moe")],
        )
    ]


def test_headings_in_capitals_are_items() -> None:
    text = (
        "HOUSING PANEL\n\n4 June 2024\n\nPRESENT: Councillor Lee\n\n"
        "APOLOGIES\n\nThere were none.\n\nVOID HOMES\n\nThe Panel noted that voids had risen.\n\nRESOLVED\n\n"
        "That the report be noted."
    )
    assert read(text) == [
        (None, "APOLOGIES", "There were none."),
        (None, "VOID HOMES", "The Panel noted that voids had risen.\nRESOLVED\nThat the report be noted."),
    ]


def test_what_is_given_fills_only_what_is_not_stated() -> None:
    given = Given(
        council="Oskerby District Council",
        committee="Other Panel",
        date="2001-01-01",
        url="https://a.example",
    )
    meeting = parse(PAGE.encode(), "page.txt", given).meetings[0]
    assert (meeting.council, meeting.committee, meeting.date, meeting.url) == (
        "Oskerby District Council",
        "Education & Skills Panel",
        "2018-12-17",
        "https://a.example",
    )


def test_labels_without_any_numbered_title_are_one_item():
    text = "Some council page\nDecision:\nThat the report be noted.\nMinutes:\nThe panel noted 12 cases.\n"
    document = parse(text.encode(), "page.txt")
    assert [
        (section.kind, item.text[section.start : section.end]) for item in document.items for section in item.sections
    ] == [
        ("decision", "That the report be noted."),
        ("minutes", "The panel noted 12 cases."),
    ]
