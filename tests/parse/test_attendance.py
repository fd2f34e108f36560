"""People named in the attendance paragraphs of printed minutes."""

from __future__ import annotations

import pytest

from minutesminer.models import Attendee
from minutesminer.parse.attendance import read_attendance


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "ALSO PRESENT: Mrs C Renshaw, Cabinet Member for Children and Skills",
            [("Mrs C Renshaw", "Cabinet Member for Children and Skills", "in attendance")],
        ),
        (
            "IN ATTENDANCE: Ann Lee, Director of Adult Care and Public Health, and Tom Burke (Clerk)",
            [
                ("Ann Lee", "Director of Adult Care and Public Health", "in attendance"),
                ("Tom Burke", "Clerk", "in attendance"),
            ],
        ),
        (
            "Apologies had been received from Councillor Whitelock and from Canon Rudd, the diocesan representative.",
            [("Whitelock", None, "apologies"), ("Canon Rudd", None, "apologies")],
        ),
        (
            "PRESENT: Councillors Brown (Chair), Skills and Place",
            [("Brown", "Chair", "present"), ("Skills", None, "present"), ("Place", None, "present")],
        ),
    ],
)
def test_people_are_told_apart_and_the_names_of_offices_are_whole(
    line: str, people: list[tuple[str, str | None, str]]
) -> None:
    assert [(person.name, person.role, person.status) for person in read_attendance([line])] == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["In the Chair: Councillor Ann Lee"], [("Ann Lee", "Chair", "present")]),
        (["Councillor Ann Lee (Chair) in the Chair"], [("Ann Lee", "Chair", "present")]),
        (["Councillor Ann Lee in the Chair."], [("Ann Lee", "Chair", "present")]),
        (
            ["Present: Councillor Ann Lee (Vice-Chair), in the Chair", "Councillors Bo Moe and Cy Roe"],
            [
                ("Ann Lee", "Vice-Chair, in the Chair", "present"),
                ("Bo Moe", None, "present"),
                ("Cy Roe", None, "present"),
            ],
        ),
        (
            ["PRESENT: The Lord Mayor (Councillor P Averill) in the Chair; Councillor Fenn"],
            [("P Averill", "The Lord Mayor, in the Chair", "present"), ("Fenn", None, "present")],
        ),
        (
            ["Present: Councillors Ann Lee and Bo Moe", "Chair: Councillor Ann Lee"],
            [("Ann Lee", "Chair", "present"), ("Bo Moe", None, "present")],
        ),
    ],
)
def test_who_was_in_the_chair_is_known_however_it_is_printed(
    lines: list[str], people: list[tuple[str, str | None, str]]
) -> None:
    assert [(person.name, person.role, person.status) for person in read_attendance(lines)] == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            ["Present: Councillors Ann Lee (Chair), Bo Moe (substituting for Councillor Cy Roe) and Di Poe"],
            [
                ("Ann Lee", "Chair", "present"),
                ("Bo Moe", "substituting for Councillor Cy Roe", "substitute"),
                ("Di Poe", None, "present"),
            ],
        ),
        (
            ["Substitutes: Councillor Adams for Councillor Brown; Councillor Fox for Councillor Lee"],
            [("Adams", "for Councillor Brown", "substitute"), ("Fox", "for Councillor Lee", "substitute")],
        ),
    ],
)
def test_substitutes_are_told_with_those_they_stand_in_for(
    lines: list[str], people: list[tuple[str, str | None, str]]
) -> None:
    assert [(person.name, person.role, person.status) for person in read_attendance(lines)] == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            ["Officers: Director of Community (Mrs P Larkin), Head of Leisure (Miss O Burns), Member Services Officer"],
            [("Mrs P Larkin", "Director of Community"), ("Miss O Burns", "Head of Leisure")],
        ),
        (
            [
                "Officers:",
                "Tom Burke – Director of Housing",
                "Amy Ash, Head of Place and Growth",
                "Dr Dean, Clinical Lead",
            ],
            [
                ("Tom Burke", "Director of Housing"),
                ("Amy Ash", "Head of Place and Growth"),
                ("Dr Dean", "Clinical Lead"),
            ],
        ),
        (
            ["In attendance: Ivy Jowett, Head of Repairs; Democratic Services Officer; Dr Vane of Westmere Hospital"],
            [("Ivy Jowett", "Head of Repairs"), ("Dr Vane", "Westmere Hospital")],
        ),
    ],
)
def test_officers_have_their_own_posts(lines: list[str], people: list[tuple[str, str | None]]) -> None:
    found = [(person.name, person.role, person.status) for person in read_attendance(lines)]
    assert found == [(name, role, "in attendance") for name, role in people]


def test_rows_of_tables_are_people_with_role_and_status() -> None:
    lines = [
        "Attendee: Councillor Ann Lee; Role: Chair; Attendance: Present",
        "Name: Tom Burke; Post: Clerk; Status: In attendance",
        "Indicator: Care leavers; Target: 60%; Status: Red",
        "Members present",
        "Councillor Bo Moe, Member, Absent",
    ]
    assert read_attendance(lines) == [
        Attendee("Ann Lee", "Chair"),
        Attendee("Tom Burke", "Clerk", "in attendance"),
        Attendee("Bo Moe", "Member", "absent"),
    ]


def test_a_name_that_a_line_breaks_is_whole() -> None:
    lines = [
        "ALSO PRESENT: Councillors Chris Edge (Chairman), Mark Betts, Margaret",
        "Brierly, Henry Nell. Councillors",
        "Ada Marl and Bo Wick",
    ]
    assert [person.name for person in read_attendance(lines)] == [
        "Chris Edge",
        "Mark Betts",
        "Margaret Brierly",
        "Henry Nell",
        "Ada Marl",
        "Bo Wick",
    ]


def test_names_one_to_a_line_are_not_joined() -> None:
    lines = ["Present:", "Ann Lee, Director of Care", "Brown", "Moe, Adams, Fox,", "Carr"]
    assert [person.name for person in read_attendance(lines)] == ["Ann Lee", "Brown", "Moe", "Adams", "Fox", "Carr"]


def test_initials_do_not_end_the_names_of_those_who_sent_apologies() -> None:
    assert read_attendance(
        ["Apologies were received from Councillor R. Lennox and Cllr. B. Hall. The Clerk left."]
    ) == [
        Attendee("R. Lennox", None, "apologies"),
        Attendee("B. Hall", None, "apologies"),
    ]
