"""Every recorded file beside the project, as somebody read it: what it is, and where it is minutes, what they say.

The files stay where they are: nothing of them is copied here but names, dates and titles. A file that is added there
and not told of here fails.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from minutesminer.models import Attendee, Document, Link, Meeting, Outcome
from minutesminer.parse import parse

KENT = "kent/kent__"
CABINET = f"{KENT}cabinet_2025-01-30__Minutes_of_the_meeting_held_on_9th_January_2025.pdf"
PARENTING = f"{KENT}full_council_2025-03-13__CPP_Minutes_10.12.24.pdf"
COUNTY = f"{KENT}full_council_2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf"
KINGSTON = "kingston/kingston__2026-01-15_neighbourhood_committee.html"
MERTON = "openlylocal/test_minutes.pdf"
MANCHESTER = "lgsf/modgov_meeting_with_minutes.xml"
DECISION = "lgsf/modgov_decision_detail.html"
DECISION_TWO = "lgsf/modgov_decision_multi_paragraph.html"
DUBLIN = "counciltracker/dublincity_mgMeetingAttendance_"

OUTCOMES: dict[str, Outcome] = {
    "councillordata/denbighshire.gov.uk.CouncillorsByWard.xml": "no_minutes",
    "councillordata/leeds.gov.uk.CouncillorsByWard.xml": "no_minutes",
    "councillordata/online.eastherts.gov.uk.CouncillorsByWard.xml": "empty",
    f"{DUBLIN}2324.html": "no_minutes",
    f"{DUBLIN}2355.html": "no_minutes",
    f"{DUBLIN}2430.html": "no_minutes",
    CABINET: "ok",
    PARENTING: "ok",
    COUNTY: "ok",
    KINGSTON: "ok",
    "lgsf/cmis_base.html": "no_minutes",
    "lgsf/cmis_calendar_month.html": "no_minutes",
    "lgsf/cmis_detail_no_minutes.html": "no_minutes",
    "lgsf/cmis_detail_with_minutes.html": "no_minutes",
    "lgsf/cmis_listview.html": "no_minutes",
    "lgsf/cmis_meeting_summary.html": "not_published",
    "lgsf/modgov_committees.xml": "no_minutes",
    DECISION: "ok",
    DECISION_TWO: "ok",
    "lgsf/modgov_decisions_list.html": "no_minutes",
    "lgsf/modgov_meeting_no_minutes.xml": "cancelled",
    MANCHESTER: "ok",
    "lgsf/modgov_meetings.xml": "no_minutes",
    "lgsf/modgov_officer_decisions_list.html": "no_minutes",
    MERTON: "ok",
    "sectortrace/cmis_search_harborough_council_page1.html": "no_minutes",
    "sectortrace/cmis_search_harborough_form.html": "no_minutes",
    "sectortrace/cmis_search_no_results.html": "no_minutes",
    "sectortrace/moderngov_doc_search_form.html": "no_minutes",
    "sectortrace/moderngov_search_kent_substance_misuse.html": "no_minutes",
    "sectortrace/moderngov_search_kirklees_drug_and_alcohol.html": "no_minutes",
    "sectortrace/moderngov_search_no_results.html": "no_minutes",
}

# Council, committee, date, time, venue, status of each meeting.
Facts = tuple[str | None, str | None, str | None, str | None, str | None, str | None]
MEETINGS: dict[str, list[Facts]] = {
    CABINET: [("Kent", "Cabinet", "2025-01-09", None, "Council Chamber, Sessions House, County Hall, Maidstone", None)],
    PARENTING: [
        (
            "Kent",
            "Corporate Parenting Panel",
            "2024-12-10",
            None,
            "Darent Room, Sessions House, County Hall, Maidstone",
            None,
        )
    ],
    COUNTY: [
        ("Kent", "County Council", "2025-03-13", None, "Council Chamber, Sessions House, County Hall, Maidstone", None)
    ],
    KINGSTON: [
        (
            "Kingston upon Thames",
            "Kingston and North Kingston Neighbourhood Committee",
            "2026-01-15",
            "19:30",
            "Guildhall, Kingston upon Thames",
            None,
        )
    ],
    # The minutes in the pack print no venue; the one on its front sheet is that of the next meeting.
    MERTON: [
        ("Merton", "Audit Committee", "2009-09-24", "19:15", None, None),
        (
            "Merton",
            "Audit Committee and General Purposes Committee (Joint Session)",
            "2009-09-24",
            "19:28",
            None,
            None,
        ),
    ],
    MANCHESTER: [
        (
            "Manchester",
            "Audit Committee",
            "2026-02-10",
            "10:00",
            "Council Antechamber, Level 2, Town Hall Extension",
            "confirmed",
        )
    ],
    DECISION: [(None, "Policy Committee", "2015-10-19", None, None, None)],
    DECISION_TWO: [(None, None, "2021-07-27", None, None, None)],
}
ITEMS: dict[str, list[tuple[int, str | None, str]]] = {
    CABINET: [
        (0, "76", "Apologies"),
        (0, "77", "Declarations of Interest"),
        (0, "78", "Minutes of the Meeting held on 28 November 2024"),
        (0, "79", "Cabinet Member Updates"),
        (0, "80", "Provisional Local Government Finance Settlement 2025-26"),
        (0, "81", "Quarterly Performance Report, Q2 2024-2025"),
        (0, "82", "Corporate Risk Register"),
        (0, "83", "English Devolution White Paper"),
    ],
    PARENTING: [
        (0, "1", "Apologies and Substitutes"),
        (0, "2", "Chairman’s Announcements"),
        (0, "3", "Minutes of the meeting held on 29 October 2024"),
        (0, "4", "Participation Team Update"),
        (0, "5", "Challenge Cards Update"),
        (0, "6", "Verbal Update by the Cabinet Member"),
        (0, "7", "Virtual School Kent Head Teacher 6 monthly update"),
        (0, "8", "Corporate Parenting Annual Report 2024"),
        (0, "9", "Looked after Children’s Integrated Care Board (IBC) Annual Report"),
        (0, "10", "Work programme"),
    ],
    COUNTY: [
        (0, "292", "Apologies for Absence"),
        (
            0,
            "293",
            "Declarations of Disclosable Pecuniary Interests or Other Significant Interests in items on the agenda",
        ),
        (
            0,
            "294",
            "Minutes of the meeting held on 13 February 2025 and, if in order, to be approved as a correct record",
        ),
        (0, "295", "Corporate Parenting Panel - October 2024 and December 2024 Minutes for noting"),
        (0, "296", "Chairman's Announcements"),
        (0, "297", "Questions"),
        (0, "298", "Report by Leader of the Council"),
        (0, "299", "Kent Minerals and Waste Local Plan 2024-39"),
        (0, "300", "Review of Decision 24/00093 - Commissioned Family Hubs"),
        (0, "301", "Armed Forces Covenant - Annual Report"),
        (0, "302", "Devolution and Local Government Reorganisation Update"),
        (0, "303", "Treasury Management - Mid-Year Update 2024-25"),
        (0, "304", "Joint Health Overview & Scrutiny Committee - Terms of Reference update"),
        (0, "305", "Governance & Audit Terms of Reference update"),
        (0, "306", "Governance Updates"),
        (0, "307", "Pay Policy Statement 2025/26"),
        (0, "308", "Motion for Time Limited Debate"),
    ],
    KINGSTON: [
        (0, "54", "Public Question Time"),
        (0, "55", "Petitions"),
        (0, "56", "Apologies for Absence"),
        (0, "57", "Declarations of Interest"),
        (0, "58", "Minutes"),
        (0, "59", "Petition Regarding the Introduction of Traffic Management Measures On Manorgate Road"),
        (0, "60", "Coombe Lane West Zebra Crossing - Local Consultation Results"),
        (0, "61", "Community Safety Update"),
        (0, "62", "Planned Highway Maintenance and Street Lighting Capital Programme 2026/27"),
        (0, "63", "Community Grants Programme"),
        (0, "64", "Decision Progress Update"),
        (0, "65", "Urgent Items Authorised by the Chair"),
    ],
    MERTON: [
        (0, "1", "DECLARATIONS OF INTEREST"),
        (0, "2", "MINUTES OF THE MEETING HELD ON 23 JUNE 2009"),
        (0, "3", "AUDIT COMMISSION INTERIM REPORT"),
        (0, "4", "AUDITED FINAL ACCOUNTS 2008/09 AND USE OF RESOURCES JUDGEMENT"),
        (0, "5", "ANNUAL GOVERNANCE REPORT 2008/09"),
        (0, "6", "ANNUAL GOVERNANCE REPORT 2008/09 – PENSION FUND"),
        (0, "7", "WORK PROGRAMME"),
        # Three headings that stand over one discussion.
        (1, None, "AUDITED FINAL ACCOUNTS 2008/09 AND USE OF RESOURCES JUDGEMENT"),
        (1, None, "ANNUAL GOVERNANCE REPORT 2008/09"),
        (1, None, "ANNUAL GOVERNANCE REPORT 2008/09 – PENSION FUND"),
    ],
    MANCHESTER: [(0, "1", "Minutes"), (0, "9", "Work Programme")],
    DECISION: [(0, None, "Minutes of Previous Meeting")],
    DECISION_TWO: [(0, None, "Appointment of contractor to demolish Holme Park Court")],
}
# How many people each meeting names, by status, and some of them.
Counts = dict[str, int]
ATTENDANCE: dict[str, list[tuple[Counts, list[Attendee]]]] = {
    CABINET: [
        (
            {"present": 10, "in attendance": 11},
            [
                Attendee("Mr R W Gough", "Chairman"),
                Attendee("Mr R C Love, OBE"),
                Attendee("Mr R J Thomas"),
                Attendee("Mrs S Hammond", "Corporate Director Children, Young People and Education", "in attendance"),
                Attendee(
                    "Mr D Whittle",
                    "Director of Strategy, Policy, Relationships and Corporate Assurance",
                    "in attendance",
                ),
            ],
        )
    ],
    PARENTING: [
        (
            {"present": 13, "in attendance": 8, "apologies": 4, "substitute": 1},
            [
                Attendee("Shellina Prendergast", "Chair"),
                Attendee("Paul Bartlett", "Vice-Chair"),
                Attendee("Tracy Scott"),
                Attendee("Sue Chandler", "Cabinet Member for Integrated Children’s Services", "in attendance"),
                Attendee("Ashlie Gash", "Democratic Services Officer", "in attendance"),
                Attendee("Nancy Sayer", None, "apologies"),
                Attendee("Roxanne Hills", "substitute for Nancy Sayer", "substitute"),
            ],
        )
    ],
    COUNTY: [
        (
            {"present": 65, "in attendance": 2, "apologies": 7},
            [
                Attendee("Mr B J Sweetland", "Chairman"),
                Attendee("Mr A M Ridgers", "Vice-Chairman"),
                Attendee("Mr P V Barrington-King"),
                Attendee("Sir Paul Carter, CBE"),
                Attendee("Ms L Wright"),
                Attendee("Mr B Watts", "General Counsel", "in attendance"),
                Attendee("Mr McInroy", None, "apologies"),
            ],
        )
    ],
    KINGSTON: [
        (
            {"apologies": 3},
            [
                Attendee("Noel Hadjimichael", None, "apologies"),
                Attendee("Patrick Hall", None, "apologies"),
                Attendee("John Sweeney", None, "apologies"),
            ],
        )
    ],
    MERTON: [
        (
            {"present": 4, "in attendance": 19, "apologies": 2},
            [
                Attendee("Dave Roberts", "Chairman"),
                Attendee("Danny Connellan"),
                Attendee("Chris Edge", "Chairman", "in attendance"),
                Attendee("Margaret Brierly", None, "in attendance"),
                Attendee("Brian Thompson", "Accounting and Financial Reporting Manager", "in attendance"),
                Attendee("Rod Scott", None, "apologies"),
            ],
        ),
        (
            {"present": 23},
            [
                Attendee("Dave Roberts", "Chairman"),
                Attendee("Angela Caldara"),
                Attendee("Caroline Holland", "Director of Corporate Services"),
                Attendee("Sandra Lofthouse", "Audit Commission"),
            ],
        ),
    ],
    MANCHESTER: [({"expected": 1}, [Attendee("Basil Curley", "Committee Member", "expected")])],
    DECISION: [({}, [])],
    DECISION_TWO: [({}, [])],
}
MINUTES = [name for name, outcome in OUTCOMES.items() if outcome == "ok"]


def read(shared: Path, name: str) -> Document:
    path = shared / "fixtures" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    return parse(path.read_bytes(), path.name)


def test_every_recorded_file_is_told_of(shared: Path) -> None:
    folder = shared / "fixtures"
    files = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.is_file())
    assert files == sorted(OUTCOMES)


@pytest.mark.parametrize("name", list(OUTCOMES))
def test_the_outcome_is_what_the_file_is(shared: Path, name: str) -> None:
    document = read(shared, name)
    assert document.outcome == OUTCOMES[name]
    assert document.outcome == "ok" or all(Path(name).name in issue.message for issue in document.issues)
    assert bool(document.items) == (document.outcome == "ok")


@pytest.mark.parametrize("name", MINUTES)
def test_the_facts_of_the_meetings_are_those_printed(shared: Path, name: str) -> None:
    meetings = read(shared, name).meetings
    assert [
        (each.council, each.committee, each.date, each.time, each.venue, each.status) for each in meetings
    ] == MEETINGS[name]


@pytest.mark.parametrize("name", MINUTES)
def test_items_have_the_numbers_and_titles_printed(shared: Path, name: str) -> None:
    items = read(shared, name).items
    assert [(item.meeting, item.number, item.title) for item in items] == ITEMS[name]


@pytest.mark.parametrize("name", MINUTES)
def test_those_who_were_there_or_away_are_named(shared: Path, name: str) -> None:
    attendance = [meeting.attendance for meeting in read(shared, name).meetings]
    statuses = [Counter(person.status for person in people) for people in attendance]
    assert statuses == [counts for counts, _ in ATTENDANCE[name]]
    expected = [(at, person) for at, (_, people) in enumerate(ATTENDANCE[name]) for person in people]
    assert [(at, person) for at, person in expected if person not in attendance[at]] == []


@pytest.mark.parametrize(
    ("name", "date", "present", "absent", "officers"),
    [("2324", "2017-11-06", 61, 1, 11), ("2355", "2018-01-08", 59, 4, 13), ("2430", "2018-02-05", 59, 4, 11)],
)
def test_attendance_pages_of_an_irish_council_are_read(
    shared: Path, name: str, date: str, present: int, absent: int, officers: int
) -> None:
    meeting = read(shared, f"{DUBLIN}{name}.html").meetings[0]
    # Dublin is in no register of councils of the United Kingdom.
    assert (meeting.council, meeting.committee, meeting.date, meeting.time, meeting.venue) == (
        None,
        "Monthly Council Meeting",
        date,
        "18:15",
        "Council Chamber, City Hall, Dame Street, Dublin 2",
    )
    statuses = [person.status for person in meeting.attendance]
    counted = [statuses.count("present"), statuses.count("absent"), statuses.count("in attendance")]
    assert (counted, len(statuses)) == ([present, absent, officers], present + absent + officers)
    assert Attendee("Ardmhéara Mícheál Mac Donncha", "Chairperson") in meeting.attendance
    assert Attendee("Richard Shakespeare", "Officer", "in attendance") in meeting.attendance


def test_a_cancelled_meeting_and_a_coming_one_keep_their_facts(shared: Path) -> None:
    assert read(shared, "lgsf/modgov_meeting_no_minutes.xml").meetings == [
        Meeting(
            council="Manchester",
            date="2026-01-13",
            time="10:00",
            venue="Council Antechamber, Level 2, Town Hall Extension",
            status="cancelled",
            url="https://democracy.manchester.gov.uk/ieListDocuments.aspx?MId=4966",
            attendance=[Attendee("Basil Curley", "Committee Member", "expected")],
        )
    ]
    assert read(shared, "lgsf/cmis_meeting_summary.html").meetings == [
        Meeting(
            committee="Licensing Sub-Committee A",
            date="2026-08-03",
            time="10:00",
            venue="On-line meeting",
            status="scheduled",
        )
    ]


def test_truncated_minutes_and_documents_of_a_moderngov_page_are_told_with_their_addresses(shared: Path) -> None:
    document = read(shared, KINGSTON)
    assert [(issue.code, issue.message.partition(": ")[2]) for issue in document.issues] == [
        ("cut_item", "the text of item 59 is cut on this page; mgAi.aspx?ID=51902 has all of it"),
        ("cut_item", "the text of item 60 is cut on this page; mgAi.aspx?ID=51903 has all of it"),
    ]
    assert [len(item.links) for item in document.items] == [0, 0, 0, 0, 1, 5, 2, 1, 5, 2, 1, 0]
    assert document.items[6].links == [
        Link(
            "Coombe Lane West Zebra Crossing - Local Consultation Results",
            "documents/s112215/Coombe%20Lane%20West%20Zebra%20Crossing%20consultation%20results.pdf",
        ),
        Link("Annex 1 - Coombe Lane West", "documents/s112216/Annex%201%20-%20Coombe%20Lane%20West.pdf"),
    ]
