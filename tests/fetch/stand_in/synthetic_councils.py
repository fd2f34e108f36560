"""Ready-made sites of synthetic councils. Their dates are fixed: today is 1 December 2026."""

from __future__ import annotations

from dataclasses import replace

from .business import Attendee, Committee, How, Item, Meeting
from .cmis import Cmis, CmisMeeting
from .moderngov import ModernGov
from .pages import Listed, Pages, agenda_file, minutes_file, minutes_page, report_file
from .synthetic_topics import (
    ATTENDANCE,
    CARE_BUDGET,
    EXEMPT,
    HEADING,
    HUBS,
    MEMBERS,
    PLANNING,
    SOCIAL_CARE,
    WAITING,
    YOUTH,
    agenda,
)

TODAY = "2026-12-01"

CHILDREN = "Children's Services Scrutiny Committee"
HEALTH = "Health & Care Overview and Scrutiny Committee"
PLANNERS = "Planning Committee"
PANEL = "Children and Young People Scrutiny Panel"


def northmere(path: str = "", *, service: bool = True, pages: bool = True, partner: str | None = None) -> ModernGov:
    """A ModernGov site of four committees and fourteen meetings, whose minutes are in all the places there are.

    2011, 2013, 2016, 2021, 2031 and 1901 are in the service; 2012 and 2023 only on their pages; 2022 and 1902 only
    printed; 2015 only among the papers of 2016; 2024 not yet published; 2014 was cancelled; 2017 is to come.
    """
    return ModernGov(
        committees=[
            Committee(201, CHILDREN, meetings=_children()),
            Committee(202, HEALTH, meetings=_health()),
            Committee(203, PLANNERS, "Regulatory", meetings=[_held(2031, "2026-05-06", 1, "8 April 2026", PLANNING)]),
            Committee(190, PANEL, expired=True, meetings=_panel()),
        ],
        path=path,
        service=service,
        pages=pages,
        partner=partner,
    )


def _children() -> list[Meeting]:
    return [
        _held(2011, "2025-06-17", 1, "18 March 2025", ATTENDANCE, HUBS),
        _held(2012, "2025-09-16", 11, "17 June 2025", YOUTH, SOCIAL_CARE, how="page_only"),
        _held(2013, "2026-01-20", 21, "16 September 2025", HEADING, SOCIAL_CARE, EXEMPT),
        Meeting(2014, "2026-03-17", status="Cancelled", how="not_published", attendees=_expected()),
        _held(2015, "2026-07-14", 31, "20 January 2026", YOUTH, ATTENDANCE, how="attached_to_next"),
        _held(2016, "2026-10-13", 41, "14 July 2026", SOCIAL_CARE, YOUTH),
        Meeting(2017, "2027-01-19", published=False, how="not_published", attendees=_expected()),
    ]


def _health() -> list[Meeting]:
    return [
        _held(2021, "2025-11-04", 1, "9 September 2025", WAITING, HUBS, time="10:00"),
        _held(2022, "2026-02-03", 9, "4 November 2025", CARE_BUDGET, WAITING, how="printed_only", time="10:00"),
        _held(2023, "2026-06-09", 17, "3 February 2026", HUBS, CARE_BUDGET, how="page_only", time="10:30"),
        _held(2024, "2026-11-10", 25, "9 June 2026", WAITING, CARE_BUDGET, how="not_published", time="10:00"),
    ]


def _panel() -> list[Meeting]:
    return [
        _held(1901, "2024-02-06", 1, "5 December 2023", YOUTH, time="19:30"),
        _held(1902, "2024-04-16", 7, "6 February 2024", ATTENDANCE, how="printed_only", time="19:30"),
    ]


def _held(
    number: int, date: str, first: int, before: str, *topics: Item, how: How = "service", time: str = "18:00"
) -> Meeting:
    return Meeting(number, date, time, items=agenda(first, before, *topics), how=how, attendees=MEMBERS)


def _expected() -> list[Attendee]:
    return [replace(each, attendance="Expected") for each in MEMBERS]


def northfell() -> Cmis:
    """A CMIS site of six meetings in October to December 2026: one cancelled, one without minutes yet."""
    return Cmis(
        meetings=[
            _northfell(15001, "Children's Scrutiny Panel", 12, "2026-10-06", YOUTH, ATTENDANCE),
            _northfell(15002, "Licensing Sub-Committee A", 6, "2026-10-06", HUBS, time="14:00"),
            _northfell(15003, "Health and Wellbeing Scrutiny Panel", 14, "2026-10-22", WAITING),
            _northfell(15004, "Children's Scrutiny Panel", 12, "2026-11-17", SOCIAL_CARE, ATTENDANCE),
            _northfell(15005, "Health and Wellbeing Scrutiny Panel", 14, "2026-11-26", HUBS, minutes=False),
            replace(_northfell(15006, "Licensing Sub-Committee A", 6, "2026-12-08", minutes=False), status="Cancelled"),
        ]
    )


def _northfell(
    number: int, committee: str, committee_id: int, date: str, *topics: Item, time: str = "10:00", minutes: bool = True
) -> CmisMeeting:
    items = agenda(1, "8 September 2026", *topics)
    return CmisMeeting(number, committee, committee_id, date, time, minutes=minutes, items=items, attendees=MEMBERS)


def eastmoor() -> Pages:
    """A site of pages: the minutes of four meetings, an agenda and a report, over two years and two committees."""
    name, panel, board = "Eastmoor District Council", "Overview and Scrutiny Panel", "Housing Scrutiny Board"
    place = "Council Offices, Eastmoor"
    first = Meeting(1, "2026-09-08", items=agenda(1, "9 June 2026", HUBS), attendees=MEMBERS, location=place)
    second = Meeting(2, "2026-06-09", items=agenda(1, "10 March 2026", WAITING), attendees=MEMBERS, location=place)
    third = Meeting(3, "2026-07-02", items=agenda(1, "5 March 2026", CARE_BUDGET), attendees=MEMBERS, location=place)
    fourth = Meeting(4, "2025-11-11", items=agenda(1, "9 September 2025", YOUTH), attendees=MEMBERS, location=place)
    return Pages(
        name,
        {
            "/minutes/": {
                panel: [
                    Listed("Minutes 8 September 2026", "panel-2026-09-08.html", minutes_page(name, panel, first)),
                    Listed(
                        "Minutes 9 June 2026 (PDF, 84 KB)",
                        "/media/Panel Minutes 9 June 2026.pdf",
                        minutes_file(name, panel, second),
                    ),
                    Listed(
                        "Agenda 8 September 2026",
                        "/media/Panel Agenda 8 Sept 2026.pdf",
                        agenda_file(name, panel, first),
                    ),
                ],
                board: [
                    Listed(
                        "Minutes 2 July 2026", "/media/Board_Minutes_02-07-26.pdf", minutes_file(name, board, third)
                    ),
                    Listed(
                        "Housing Strategy report", "/media/Housing Strategy.pdf", report_file(name, "Housing Strategy")
                    ),
                    Listed("County Council minutes", "https://democracy.westmere.example/minutes.pdf"),
                    Listed("Ask for older minutes", "mailto:democracy@eastmoor.example"),
                ],
            },
            "/minutes/2025/": {
                panel: [
                    Listed("Minutes 11 November 2025", "panel minutes 11.11.25.pdf", minutes_file(name, panel, fourth)),
                ],
            },
        },
    )
