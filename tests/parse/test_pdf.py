"""Printed minutes: headings, furniture, sentences over page ends, packs, attendance."""

from __future__ import annotations

from collections.abc import Callable

from minutesminer.models import Attendee, Meeting
from minutesminer.parse import parse

MakePdf = Callable[..., bytes]

FIRST = [
    "**WESTMERE COUNTY COUNCIL",
    "",
    "**AUDIT PANEL",
    "",
    "MINUTES of a meeting of the Audit Panel held in the Oak Room, County Hall on Tuesday, 4 June",
    "2024.",
    "",
    "PRESENT: Mrs A Lee (Chairman), Mr B Moe, MBE and Ms C Noe",
    "",
    "IN ATTENDANCE: Mr D Poe (Head of Audit) and Ms E Roe, Democratic Services Officer",
    "",
    "**21. Apologies",
    "(Item 1)",
    "",
    "None were received.",
    "",
    "**22. Audit Plan",
    "(Item 2)",
    "",
    "1. Mr Poe introduced the plan, which set out the work of the coming year and had been drawn up",
    "after talks with every director. He was confident that the thirty reviews in it could be done by the",
]
SECOND = [
    "end of March.",
    "",
    "2. Members asked about long-term sickness in the team, and were told that it had been re-",
    "organised.",
    "",
    "3. RESOLVED that:",
    "(a) the plan be noted; and",
    "(b) a progress report come to the Panel in November.",
    "",
    "**23. Work Programme",
    "(Item 3)",
    "",
    "RESOLVED that the work programme be agreed.",
]


def test_printed_minutes_give_items_without_furniture(make_pdf: MakePdf) -> None:
    data = make_pdf(FIRST, SECOND, header="Audit Panel 4 June 2024", footer="{}")
    document = parse(data, "minutes.pdf")
    assert document.outcome == "ok"
    assert [(item.number, item.title, item.procedural, item.text) for item in document.items] == [
        ("21", "Apologies", "apologies", "None were received."),
        (
            "22",
            "Audit Plan",
            None,
            "1. Mr Poe introduced the plan, which set out the work of the coming year and had been drawn up after "
            "talks with every director. He was confident that the thirty reviews in it could be done by the end "
            "of March.\n"
            "2. Members asked about long-term sickness in the team, and were told that it had been re-organised.\n"
            "3. RESOLVED that:\n"
            "(a) the plan be noted; and\n"
            "(b) a progress report come to the Panel in November.",
        ),
        ("23", "Work Programme", None, "RESOLVED that the work programme be agreed."),
    ]


def test_the_header_of_printed_minutes_gives_the_meeting(make_pdf: MakePdf) -> None:
    assert parse(make_pdf(FIRST, SECOND), "minutes.pdf").meetings == [
        Meeting(
            council="Westmere County Council",
            committee="Audit Panel",
            date="2024-06-04",
            venue="Oak Room, County Hall",
            attendance=[
                Attendee("Mrs A Lee", "Chairman"),
                Attendee("Mr B Moe, MBE"),
                Attendee("Ms C Noe"),
                Attendee("Mr D Poe", "Head of Audit", "in attendance"),
                Attendee("Ms E Roe", "Democratic Services Officer", "in attendance"),
            ],
        )
    ]


def test_a_packs_front_sheet_is_left_and_each_session_is_a_meeting(make_pdf: MakePdf) -> None:
    front = [
        "Audit Panel",
        "A meeting will be held on 9 July 2024",
        "1. Apologies",
        "2. Minutes of 4 June",
        "3. Budget",
    ]
    minutes = [
        "AUDIT PANEL",
        "4 JUNE 2024",
        "PRESENT: Ann Lee (Chair)",
        "",
        "1 APOLOGIES (Agenda item 1)",
        "",
        "There were none.",
        "",
        "2 BUDGET (Agenda item 3)",
        "",
        "RESOLVED: That the Panel notes the budget.",
    ]
    joint = [
        "AUDIT PANEL AND STANDARDS PANEL (JOINT SESSION)",
        "4 JUNE 2024",
        "PRESENT: Ann Lee (Chair), Bo Moe",
        "",
        "ACCOUNTS",
        "",
        "Members noted the accounts and were told that they had been signed.",
        "",
        "REGISTER OF RISKS",
        "",
        "Members noted the register.",
    ]
    document = parse(make_pdf(front, minutes, joint), "pack.pdf")
    assert [(meeting.committee, meeting.date) for meeting in document.meetings] == [
        ("Audit Panel", "2024-06-04"),
        ("Audit Panel and Standards Panel (Joint Session)", "2024-06-04"),
    ]
    assert [(item.meeting, item.number, item.title) for item in document.items] == [
        (0, "1", "APOLOGIES"),
        (0, "2", "BUDGET"),
        (1, None, "ACCOUNTS"),
        (1, None, "REGISTER OF RISKS"),
    ]
