"""Dates day first, times, the committee that a text is about, names of one committee."""

from __future__ import annotations

import pytest

from minutesminer.models import Meeting
from minutesminer.parse.facts import (
    committee_in_prose,
    find_date,
    find_time,
    header_facts,
    in_small_letters,
    issue_line,
    match_committee,
    meeting_line,
    printed_council,
)
from minutesminer.parse.procedural import procedural_kind


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Monday, 17th December, 2018 6.30 p.m.", "2018-12-17"),
        ("on Thursday, 9 January 2025.", "2025-01-09"),
        ("24 SEPTEMBER 2009", "2009-09-24"),
        ("18/06/2012", "2012-06-18"),
        ("03.04.21", "2021-04-03"),
        ("2026-01-15", "2026-01-15"),
        ("Printed minutes Thursday 15-Jan-2026", "2026-01-15"),
        ("1 Mawrth 2022", "2022-03-01"),
        ("Dydd Mawrth, 14eg Mawrth, 2023 10.00 yb", "2023-03-14"),
        ("Tue Feb 14 2006", "2006-02-14"),
        ("April 1st, 2010", "2010-04-01"),
        ("31 February 2020", None),
        ("13/13/2020", None),
        ("paragraph 4.4 and 2018/19", None),
    ],
)
def test_dates_are_read_day_first(text: str, date: str | None) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("6.30 p.m.", "18:30"),
        ("at 7pm", "19:00"),
        ("12.15 am", "00:15"),
        ("(19:15 TO 19:25)", "19:15"),
        ("10.00am", "10:00"),
        ("10.00 yb", "10:00"),
        ("6.30 yh", "18:30"),
        ("£3.50 a day", None),
        ("13 pm", None),
    ],
)
def test_times_are_of_24_hours(text: str, time: str | None) -> None:
    assert find_time(text) == time


def test_a_meeting_line_gives_committee_date_time_and_item() -> None:
    line = "• Meeting of Overview & Scrutiny Committee, Monday, 17th December, 2018 6.30 p.m. (Item 4.1)"
    assert meeting_line(line) == (
        Meeting(committee="Overview & Scrutiny Committee", date="2018-12-17", time="18:30"),
        "4.1",
    )


def test_a_welsh_meeting_line_gives_the_same() -> None:
    line = "Cyfarfod Pwyllgor Craffu Dysgu, Dydd Mawrth, 14eg Mawrth, 2023 6.00 yh (Eitem 5.)"
    assert meeting_line(line) == (
        Meeting(committee="Pwyllgor Craffu Dysgu", date="2023-03-14", time="18:00"),
        "5",
    )


def test_a_sentence_about_a_meeting_is_no_meeting_line() -> None:
    assert meeting_line("Meeting of the minds was wanted, said the Chair.") is None


def test_an_issue_line_gives_committee_date_and_item() -> None:
    assert issue_line("Meeting: 18/06/2012 - Overview and Scrutiny Board (Item 12)") == (
        Meeting(committee="Overview and Scrutiny Board", date="2012-06-18"),
        "12",
    )


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        (
            "This was the first report to the Children’s Services Scrutiny Committee. Reports were previously "
            "considered by the Policy and Performance Scrutiny Committee. The Committee asked for more.",
            "Children’s Services Scrutiny Committee",
        ),
        (
            "The Sub-Committee received indicators under the remit of the Learning Overview and Scrutiny "
            "Sub-Committee. Three of them report to Overview & Scrutiny Board.",
            "Learning Overview and Scrutiny Sub-Committee",
        ),
        ("The Sub-Committee heard that the Children’s Improvement Board had met.", None),
        ("The Committee referred the matter to the Planning Committee.", None),
        ("Nobody spoke.", None),
    ],
)
def test_running_text_names_its_own_committee_or_none(text: str, committee: str | None) -> None:
    assert committee_in_prose(text) == committee


@pytest.mark.parametrize(
    ("name", "matched"),
    [
        ("Overview & Scrutiny Committee", "Overview and Scrutiny Committee"),
        ("OVERVIEW AND SCRUTINY COMMITTEE", "Overview and Scrutiny Committee"),
        ("Health Sub?Committee", "Health Sub-Committee"),
        ("Scrutiny Board (3)", "Scrutiny Board (3)"),
        ("Licensing Committee", "Licensing Committee"),
    ],
)
def test_one_committee_has_one_name(name: str, matched: str) -> None:
    known = ["Overview and Scrutiny Committee", "Health Sub-Committee", "Scrutiny Board (2)"]
    assert match_committee(name, known) == matched


def test_the_council_of_a_header_is_as_printed() -> None:
    assert printed_council("Home\nWESTMERE BOROUGH COUNCIL\nAudit Panel") == "Westmere Borough Council"
    assert printed_council("Agenda item - Homes - Harn Bay Council") == "Harn Bay Council"


def test_a_header_of_several_councils_or_of_none_names_no_council() -> None:
    assert printed_council("Westmere Borough Council\nEastmere Borough Council") is None
    assert printed_council("Full Council\nCounty Council\nthe Council agreed") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Apologies for Absence", "apologies"),
        ("DECLARATIONS OF INTEREST", "declarations"),
        ("Declarations of Disclosable Pecuniary Interests or Other Significant Interests", "declarations"),
        ("Minutes", "previous_minutes"),
        ("Minutes of the Meeting held on 28 November 2024", "previous_minutes"),
        ("Urgent Items Authorised by the Chair", "urgent_business"),
        ("Exclusion of the Press and Public", "exclusion"),
        ("Public Question Time", "public_questions"),
        ("Chairman’s Announcements", "chair"),
        ("Date of Next Meeting", "date_of_next_meeting"),
        ("Petition Regarding Traffic On Mill Road", None),
        ("Work Programme", None),
        ("Corporate Parenting Panel - October 2024 Minutes for noting", None),
        (None, None),
    ],
)
def test_standing_items_are_known_by_their_titles(title: str | None, kind: str | None) -> None:
    assert procedural_kind(title) == kind


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("CORPORATE PARENTING PANEL", "The Panel met.", "Corporate Parenting Panel"),
        ("CHILDREN’S SERVICES SUB-COMMITTEE", "", "Children’s Services Sub-Committee"),
        ("SEND AND LGPS JOINT COMMITTEE", "SEND and the LGPS were heard.", "SEND and LGPS Joint Committee"),
        ("ADULT CARE AND HOME LIFE PANEL", "ADULT CARE AND HOME LIFE PANEL", "Adult Care and Home Life Panel"),
        ("NHS AND SEND SUB-COMMITTEE", "", "NHS and SEND Sub-Committee"),
        ("ADULTS, HEALTH AND CARE PANEL", "Social care was heard.", "Adults, Health and Care Panel"),
        ("CARE SCRUTINY", "CARE SCRUTINY met. The Care Scrutiny of old", "Care Scrutiny"),
        ("Audit Committee", "AUDIT COMMITTEE", "Audit Committee"),
    ],
)
def test_name_in_capitals_is_put_in_small_letters_and_initials_stay(name: str, text: str, expected: str) -> None:
    assert in_small_letters(name, text) == expected


@pytest.mark.parametrize(
    ("header", "committee", "when", "venue"),
    [
        (
            "Minutes of the Health Scrutiny Panel held on 12 March 2024 at 6.30pm in the Guildhall",
            "Health Scrutiny Panel",
            ("2024-03-12", "18:30"),
            "Guildhall",
        ),
        (
            "Minutes of a meeting of the Planning Committee held at Town Hall, Worn on Monday, 3rd June, 2019 at 7pm",
            "Planning Committee",
            ("2019-06-03", "19:00"),
            "Town Hall, Worn",
        ),
        (
            "At a Meeting of the Adults Scrutiny Board held in Civic Hall on Thursday 4th of May 2017",
            "Adults Scrutiny Board",
            ("2017-05-04", None),
            "Civic Hall",
        ),
        (
            "Notes of the Corporate Parenting Board meeting, 4/5/2017, 2pm",
            "Corporate Parenting Board",
            ("2017-05-04", "14:00"),
            None,
        ),
        (
            "Minutes of the proceedings of the Audit Committee of Worn Council held in the Council Offices, on "
            "7 July 2008 commencing at 10.30 am",
            "Audit Committee",
            ("2008-07-07", "10:30"),
            "Council Offices",
        ),
        ("MEETING OF THE CABINET\nHELD: MONDAY, 12 JUNE 2023 at 5:30 pm", "CABINET", ("2023-06-12", "17:30"), None),
        (
            "Minute of Meeting of the Education Committee held in Council Chambers on 21 August 2019 at 10.00am",
            "Education Committee",
            ("2019-08-21", "10:00"),
            "Council Chambers",
        ),
        (
            "Minutes of the Virtual Meeting of the People Overview Committee held via Teams on 3rd February 2021",
            "People Overview Committee",
            ("2021-02-03", None),
            None,
        ),
        (
            "Date: Monday 3 July 2017\nTime: 7.30 pm\nVenue: Committee Room 2",
            None,
            ("2017-07-03", "19:30"),
            "Committee Room 2",
        ),
        ("Minutes of the last Committee meeting", None, (None, None), None),
        ("Minutes of a Meeting of Worn District Council held on 9 October 2007", None, ("2007-10-09", None), None),
        ("Decision Maker: Cabinet", "Cabinet", (None, None), None),
        ("Worn District Council – Homes Scrutiny Group", "Homes Scrutiny Group", (None, None), None),
        ("Homes Scrutiny Panel Minutes\nThursday 10 May 2012", "Homes Scrutiny Panel", ("2012-05-10", None), None),
        ("The Committee", None, (None, None), None),
        (
            "The Vice-Chair said that whatever else was asked would be put to the Policy and Finance Committee when it "
            "met next, which was to be on 13 March 2025.",
            None,
            (None, None),
            None,
        ),
    ],
)
def test_a_printed_header_gives_committee_date_time_and_venue(
    header: str, committee: str | None, when: tuple[str | None, str | None], venue: str | None
) -> None:
    meeting = header_facts(header.split("\n"))
    assert (meeting.committee, (meeting.date, meeting.time), meeting.venue) == (committee, when, venue)


@pytest.mark.parametrize("body", ["Committee", "Panel", "Sub-Committee", "Board"])
def test_a_meeting_of_the_committee_is_of_the_one_that_the_header_names(body: str) -> None:
    lines = [
        "Housing Scrutiny Panel",
        f"Minutes of the meeting of the {body} held on Thursday 8 February 2024 at 6.30 pm",
    ]
    facts = header_facts(lines)
    assert (facts.committee, facts.date, facts.time) == ("Housing Scrutiny Panel", "2024-02-08", "18:30")
