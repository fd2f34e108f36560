"""Synthetic agenda items: invented, in the wording of scrutiny minutes, with figures, decisions, promises, requests."""

from __future__ import annotations

from collections.abc import Sequence

from .business import Attendee, Item

CHAIR = "Councillor Ada Marsh"
MEMBERS = (
    Attendee(CHAIR, "Chair", ward="Harbour"),
    Attendee("Councillor Ben Oakley", "Vice-Chair", ward="Millfield"),
    Attendee("Councillor Cora Finch", ward="Northgate"),
    Attendee("Councillor Dev Sandhu", attendance="Apologies", ward="Castle"),
    Attendee("Priya Lowe", "Officer", "In attendance", "", ""),
)

ATTENDANCE = Item(
    "",
    "School Attendance and Exclusions",
    background=["To consider the report of the Director of Children’s Services."],
    minutes=[
        "The Director of Children’s Services presented a report on attendance and exclusions in the autumn term.",
        "Overall attendance rose to 93.8% in 2025/26, compared with 92.4% the year before, and the number of "
        "permanent exclusions fell from 41 to 29.",
        "Members asked about pupils with education, health and care plans. The Director of Children’s Services "
        "undertook to provide a breakdown of suspensions by school to the Committee by the end of March 2027.",
        "The Chair requested that a further report be brought to the Committee in six months.",
        "RESOLVED – that the report be noted.",
    ],
    documents=[("Attendance and Exclusions Report", "documents/s4101/Attendance and Exclusions Report.pdf")],
    actions_comment="Director of Children's Services to provide a breakdown of suspensions by school.",
)
SOCIAL_CARE = Item(
    "",
    "Children’s Social Care Performance – Quarter 2",
    background=["Report of the Assistant Director, Safeguarding, attached."],
    minutes=[
        "The Assistant Director, Safeguarding introduced the performance report for Quarter 2.",
        "The number of children looked after was 412, and 87% of initial health assessments were completed within "
        "20 working days against a target of 90%.",
        "In response to a question, officers advised that agency staff accounted for 18% of social workers at a "
        "cost of £1.3 million.",
        "The Assistant Director agreed to circulate a note on caseloads to Members before the next meeting.",
    ],
    decision=[
        "RESOLVED – that:",
        "- the performance report for Quarter 2 be noted; and",
        "- the Cabinet Member be asked to attend the next meeting of the Committee.",
    ],
    documents=[
        ("Performance Report Q2", "documents/s4102/Performance Report Q2.pdf"),
        ("Appendix 1 - Scorecard", "documents/s4103/Appendix 1 - Scorecard.pdf"),
    ],
)
YOUTH = Item(
    "",
    "Youth Services Review",
    background=["To receive a presentation on the review of youth services."],
    minutes=[
        "The Head of Early Help gave a presentation on the review. Attendance at youth clubs had increased by 12% "
        "to 3,450 young people in the year.",
        "Councillor Finch asked for a map of provision by ward. The Head of Early Help would send it to all Members.",
        "AGREED – that the Committee recommend to Cabinet that the mobile youth bus be funded for a further year "
        "at a cost of £65,000.",
    ],
)
WAITING = Item(
    "",
    "Waiting Times for Hospital Treatment",
    background=["To consider an update from the hospital trust."],
    minutes=[
        "The Chief Operating Officer of the hospital trust reported that 61.5% of patients waited less than 18 weeks, "
        "an improvement from 57.2% in March 2025.",
        "The median ambulance handover time was 34 minutes against a standard of 15 minutes.",
        "Members expressed concern about dental access. The Director of Public Health undertook to write to the "
        "Integrated Care Board and report back to the Committee.",
        "The Committee requested an update on the winter plan at its meeting in February 2027.",
        "RESOLVED – that the update be noted and that the Chair write to the trust to express the Committee’s concern.",
    ],
    documents=[("Waiting Times Update", "documents/s4201/Waiting Times Update.pdf")],
)
CARE_BUDGET = Item(
    "",
    "Adult Social Care Budget Monitoring",
    background=["Report of the Director of Adult Social Care."],
    minutes=[
        "The Director of Adult Social Care reported a forecast overspend of £2.4m, which was 3.1% of the net budget "
        "of £77.6m.",
        "Savings of £1.9m had been delivered against a target of £2.5m.",
        "The Director agreed to provide a briefing note on the cost of residential placements within two weeks.",
        "RESOLVED – that the budget position be noted.",
    ],
    documents=[("Budget Monitoring", "documents/s4202/Budget Monitoring.pdf")],
)
HUBS = Item(
    "",
    "Community Hubs",
    background=["To note progress with the community hubs."],
    minutes=[
        "The Head of Communities advised that four of the six hubs had opened, and that 78% of their visitors "
        "were satisfied.",
        "The Head of Communities will bring a report on the remaining two hubs to the Committee in June 2027.",
        "RESOLVED – that progress be noted.",
    ],
)
PLANNING = Item(
    "",
    "Application 26/00318/FUL – Land at Quarry Lane",
    background=["Erection of 42 dwellings with access."],
    minutes=[
        "The Planning Officer presented the report and said that 40% of the dwellings would be affordable.",
        "It was moved by Councillor Oakley, seconded by Councillor Finch, and",
        "RESOLVED – that planning permission be granted subject to conditions and a section 106 agreement.",
    ],
)
EXEMPT = Item(
    "",
    "Commissioning of Residential Placements",
    background=["This item is exempt from publication."],
    minutes=["RESOLVED – that the contract be awarded."],
    documents=[("Exempt Report", "documents/s4999/Exempt Report.pdf")],
    restricted=True,
)
HEADING = Item("", "ITEMS FOR DISCUSSION")


def agenda(first: int, before: str, *topics: Item) -> list[Item]:
    """The items of a meeting: apologies, declarations and minutes before the topics, the work programme after them.

    They are numbered from `first`; `before` is the day of the meeting before in words.
    """
    opening = [
        Item("", "Apologies for Absence", minutes=["Apologies for absence were received from Councillor Dev Sandhu."]),
        Item(
            "",
            "Declarations of Interest",
            background=["Members are asked to declare any interests in items on this agenda."],
            minutes=["There were no declarations of interest."],
        ),
        Item(
            "",
            "Minutes",
            background=[f"To confirm as a correct record the minutes of the meeting held on {before}."],
            minutes=[f"RESOLVED – that the minutes of the meeting held on {before} be approved as a correct record."],
        ),
    ]
    closing = Item(
        "",
        "Work Programme",
        background=["To consider the work programme."],
        minutes=[
            "The Scrutiny Officer presented the work programme.",
            "The Committee asked that an item on transport be added to the programme for its next meeting.",
            "RESOLVED – that the work programme be agreed.",
        ],
    )
    return _numbered(first, [*opening, *topics, closing])


def _numbered(first: int, items: Sequence[Item]) -> list[Item]:
    numbered: list[Item] = []
    number = first
    for item in items:
        if item is HEADING:
            numbered.append(item)
            continue
        numbered.append(
            Item(
                str(number),
                item.title,
                item.background,
                item.minutes,
                item.decision,
                item.documents,
                item.restricted,
                item.actions_comment,
            )
        )
        number += 1
    return numbered
