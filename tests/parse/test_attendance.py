"""People named in the attendance paragraphs of printed minutes."""

from __future__ import annotations

import pytest

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
