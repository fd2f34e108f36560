"""Requests as they are followed up: joined where they repeat, dated by the calendar, and tied to people."""

from __future__ import annotations

from typing import Any

import pytest

from minutesminer.link import link
from minutesminer.link.repeats import first_askings
from minutesminer.link.who import Person, who_is

FOSTER = "a report on the recruitment of foster carers"


def threads(minutes) -> list[tuple[Any, ...]]:
    link(minutes.db)
    return minutes.db.execute("select record_id, first_id from threads order by record_id").fetchall()


def ask(minutes, day: str, sentence: str, request: str, committee: str = "AAA-children", **columns: Any) -> str:
    item = minutes.item(committee, day, "Any item", sentence)
    return minutes.record("follow_ups", item, sentence, request=request, **columns)


@pytest.mark.parametrize(
    ("sentence", "request_"),
    [
        ("The Chair repeated her request for a report on foster carers.", "a report on foster carers"),
        (
            "Cllr Reed asked for a report on recruiting and keeping foster carers.",
            "a report on foster carer recruitment",
        ),
        ("He asked for figures on the recruitment of foster carers.", "figures on the recruitment of foster carers"),
    ],
)
def test_a_request_made_again_is_joined_to_the_first(minutes, sentence: str, request_: str) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for a report on it.", FOSTER)
    second = ask(minutes, "2024-03-10", sentence, request_)
    assert threads(minutes) == [(first, first), (second, first)]


@pytest.mark.parametrize(
    ("sentence", "request_"),
    [
        (
            "The Chair asked for a report on the recruitment of head teachers.",
            "a report on recruitment of head teachers",
        ),
        ("The Chair asked for an update.", "an update"),
        ("The Chair asked for a report on foster dogs again.", "a report on foster dogs"),
    ],
)
def test_a_request_for_something_else_stays_by_itself(minutes, sentence: str, request_: str) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for a report on it.", FOSTER)
    second = ask(minutes, "2024-03-10", sentence, request_)
    assert threads(minutes) == [(first, first), (second, second)]


def test_another_council_repeats_nothing(minutes) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for it.", FOSTER)
    second = ask(minutes, "2024-03-10", "The Chair asked for it.", FOSTER, committee="BBB-children")
    assert threads(minutes) == [(first, first), (second, second)]


def test_what_was_answered_in_between_is_asked_anew(minutes) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for it.", FOSTER)
    minutes.item("AAA-children", "2024-02-10", "Fostering", "A report on the recruitment of foster carers was noted.")
    second = ask(minutes, "2025-01-10", "The Chair asked for it.", FOSTER)
    assert threads(minutes) == [(first, first), (second, second)]


def test_a_third_asking_is_joined_to_the_first() -> None:
    from minutesminer.link.wanted import Request

    asked = [Request(f"r{month}", FOSTER, "", "AAA", "AAA-children", f"2024-0{month}-10") for month in (1, 3, 5)]
    assert first_askings(asked, [], {}, {}) == {"r1": "r1", "r3": "r1", "r5": "r1"}


def test_an_outstanding_request_is_counted_once_and_says_how_often_it_was_asked(minutes) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for it.", FOSTER, requester="The Chair")
    ask(minutes, "2024-03-10", "The Chair asked for it again.", FOSTER, requester="The Chair")
    link(minutes.db)
    rows = minutes.db.execute("select id, times_asked, last_asked, meetings_passed, status from outstanding").fetchall()
    assert rows == [(first, 2, "2024-03-10", 1, "open")]


def test_an_answer_from_before_it_was_asked_again_is_none(minutes) -> None:
    first = ask(minutes, "2024-01-10", "The Chair asked for it.", "the foster carers’ survey results")
    minutes.item("AAA-children", "2024-02-10", "Fostering", "The results of the survey of foster carers were awaited.")
    ask(minutes, "2024-03-10", "The Chair asked again for it.", "the foster carers’ survey results")
    answer = minutes.item("AAA-children", "2024-05-10", "Fostering", "The survey of foster carers: 62% were content.")
    link(minutes.db)
    rows = minutes.db.execute("select id, evidence_item_id, status from outstanding").fetchall()
    assert rows == [(first, answer, "answered?")]


def test_a_request_for_the_next_meeting_is_due_on_its_day(minutes) -> None:
    ask(minutes, "2024-01-10", "The Chair asked for it.", FOSTER, due="to the next meeting")
    minutes.item("AAA-children", "2024-04-17", "Any item", "Nothing was said.")
    minutes.item("AAA-corporate", "2024-02-17", "Any item", "Nothing was said.")
    link(minutes.db)
    rows = minutes.db.execute("select due_date, due_source, status from outstanding").fetchall()
    assert rows == [("2024-04-17", "next_meeting", "overdue")]


PEOPLE = [
    Person("Anna Reed", "Chair"),
    Person("Bilal Holt", "Vice-Chair"),
    Person("Corinne Astell", "Director of Children’s Services"),
    Person("Dev Moss", "Head of Early Help"),
    Person("Mrs F Okafor", "Parent Governor"),
    Person("Smith, J"),
    Person("E Stott", "Cabinet Member for Children", there=False),
    Person("Grace Umber", "Director of Public Health", elsewhere=True),
]


@pytest.mark.parametrize(
    ("wording", "meant"),
    [
        ("The Chair", "Anna Reed, Chair"),
        ("the Vice-Chairman", "Bilal Holt, Vice-Chair"),
        ("The Director", "Corinne Astell, Director of Children’s Services"),
        ("the Director of Children's Services", "Corinne Astell, Director of Children’s Services"),
        ("the Director of Public Health", "Grace Umber, Director of Public Health"),
        ("Mrs Okafor", "Mrs F Okafor, Parent Governor"),
        ("Cllr Reed", "Anna Reed, Chair"),
        ("Councillor B Holt", "Bilal Holt, Vice-Chair"),
        ("the Head of Service", None),
        ("the Head of Libraries", "Head of Libraries"),
        ("Councillor C Reed", None),
        ("Cllr Nobody", None),
        ("officers", None),
        ("The Committee", None),
        ("the Chair of Governors", None),
        (None, None),
    ],
)
def test_a_wording_means_the_one_person_it_fits(wording: str | None, meant: str | None) -> None:
    assert who_is(wording, PEOPLE) == meant


def test_two_of_a_name_are_nobody() -> None:
    assert who_is("Cllr Smith", [Person("A Smith"), Person("B Smith")]) is None


def test_a_short_post_is_the_one_named_before_in_the_item() -> None:
    before = "The Head of Libraries, Ms Tranter, introduced the report."
    assert who_is("The Head", [], before) == "Head of Libraries"
    assert who_is("The Head", [], f"{before} The Head of Museums agreed.") is None
