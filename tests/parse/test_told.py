"""People that the minutes of standing items tell of in sentences."""

from __future__ import annotations

import pytest

from minutesminer.models import Attendee, Item, Meeting, Section
from minutesminer.parse.told import add_told, people_told

APOLOGIES = Item(0, "", title="Apologies", procedural="apologies")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("The Clerk reported apologies from Mr Bond and Mrs McArthur.", [("Mr Bond", None), ("Mrs McArthur", None)]),
        ("An apology was recorded from Councillor Heaney.", [("Heaney", None)]),
        ("Councillor Roz Tilney sent apologies. Councillor Ames arrived at 7.12 pm.", [("Roz Tilney", None)]),
        ("Councillors Ann Lee and Bo Moe had given their apologies.", [("Ann Lee", None), ("Bo Moe", None)]),
        ("Apologies were received from the Chair, Councillor Lee.", [("Lee", None)]),
        ("Cllr Gribble (unwell).", [("Gribble", "unwell")]),
        ("There were no apologies.", []),
        ("Apologies for lateness were received from Councillor Fox.", []),
        ("Apologies for absence were received from all members of the Youth Council.", []),
        ("Councillor Ames arrived at 7.12 pm.", []),
    ],
)
def test_apologies_are_read_from_sentences(line: str, people: list[tuple[str, str | None]]) -> None:
    assert people_told([line], APOLOGIES) == [Attendee(name, role, "apologies") for name, role in people]


@pytest.mark.parametrize(
    ("line", "name", "absent"),
    [
        ("Councillor Ames substituted for Councillor Stott.", "Ames", "Councillor Stott"),
        ("Councillor Heap attended as substitute for Councillor Garrod.", "Heap", "Councillor Garrod"),
        ("Councillor Reyes, for whom Councillor Anwen Pryce substituted.", "Anwen Pryce", "Councillor Reyes"),
        ("Nancy Sayer who was substituted by Roxanne Hills.", "Roxanne Hills", "Nancy Sayer"),
        ("Councillor Fosse for Councillor Amory (Yarrow Coast).", "Fosse", "Councillor Amory"),
        ("Councillor A. Lee (Councillor B. Moe substituting)", "B. Moe", "Councillor A. Lee"),
    ],
)
def test_substitutes_are_read_from_sentences(line: str, name: str, absent: str) -> None:
    item = Item(0, "", title="Substitutes", procedural="substitutes")
    assert people_told([line], item)[:1] == [Attendee(name, f"substitute for {absent}", "substitute")]


def test_a_substitute_for_nobody_named_has_no_role() -> None:
    assert people_told(["Councillor Dyce attended as substitute."]) == [Attendee("Dyce", None, "substitute")]


def test_who_took_the_chair_is_added_to_those_present() -> None:
    text = "Councillor Moe took the chair in the absence of Councillor Lee."
    meeting = Meeting(attendance=[Attendee("Bo Moe", "Vice-Chair"), Attendee("Cy Roe")])
    add_told([meeting], [Item(0, text, title="Apologies", procedural="apologies")])
    assert meeting.attendance == [
        Attendee("Bo Moe", "Vice-Chair, in the Chair"),
        Attendee("Cy Roe"),
        Attendee("Lee", None, "absent"),
    ]


def test_each_meeting_gets_its_own_people_once() -> None:
    first, second = Meeting(attendance=[Attendee("Ann Lee", None, "apologies")]), Meeting()
    text = "Apologies were received from Councillor Ann Lee."
    items = [
        Item(0, text, procedural="apologies", meeting=0),
        Item(1, text, procedural="apologies", meeting=1),
        Item(2, "Councillor Fox sent apologies.", title="Budget", meeting=1),
    ]
    add_told([first, second], items)
    assert [first.attendance, second.attendance] == [[Attendee("Ann Lee", None, "apologies")]] * 2


def test_a_line_of_any_length_is_left_at_once() -> None:
    assert people_told(["Councillor Fox sent apologies. " + "Ann Lee, Bo Moe and " * 50_000], APOLOGIES) == []


def test_what_the_agenda_asks_for_has_not_happened() -> None:
    text = "Apologies from Councillor Fox are expected.\nMinutes:\nThere were none."
    sections = [Section("background", 0, 43), Section("minutes", 53, len(text))]
    meeting = Meeting()
    add_told([meeting], [Item(0, text, procedural="apologies", sections=sections)])
    assert meeting.attendance == []
