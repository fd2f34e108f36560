"""What the committee, its chair or a member asks to have come back, and what is only asked."""

from __future__ import annotations

from functools import lru_cache

import pytest
from spacy.language import Language

from minutesminer import mine
from minutesminer.mine.document import mine_one
from minutesminer.models import Attendee, Meeting

Slots = tuple[str, str | None, str | None, str | None, str | None]


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


def follow_ups(text: str) -> list[Slots]:
    """(quote, requester, request, due, destination) of every follow-up; the offsets are checked by the way."""
    found = mine.mine_text(pipeline(), text).follow_ups
    assert [text[f.start_char : f.end_char] for f in found] == [f.quote for f in found]
    return [(f.quote, f.requester, f.request, f.due, f.destination) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Chair requested that performance of the YOT be added to the Scrutiny Watch list.",
            ("The Chair", "performance of the YOT be added", None, "the Scrutiny Watch list"),
        ),
        (
            "The Chair asked for the data to be broken down by ward in future reports.",
            ("The Chair", "the data to be broken down by ward", None, "future reports"),
        ),
        (
            "The Committee asked officers to circulate the list of schools within the next fortnight.",
            ("The Committee", "officers to circulate the list of schools", "within the next fortnight", None),
        ),
        (
            "Councillor Patel requested an update on recruitment at the next meeting.",
            ("Councillor Patel", "an update on recruitment", "at the next meeting", None),
        ),
        (
            "the committee were interested in getting a report back, at their March meeting, about this work.",
            ("the committee", "a report back, about this work", "at their March meeting", None),
        ),
        (
            "The Panel wished to receive a further update in six months.",
            ("The Panel", "a further update", "in six months", None),
        ),
        (
            "Members would like to see more information in future reports.",
            ("Members", "more information", None, "future reports"),
        ),
        (
            "A Member commented that it would be helpful if future reports included trends.",
            ("A Member", "included trends", None, "future reports"),
        ),
        (
            "It was requested that a further report be brought to the March meeting.",
            ("The Committee", "a further report be brought", "to the March meeting", None),
        ),
        (
            "Officers were asked to report back to the Committee on the costs.",
            ("The Committee", "Officers to report back on the costs", None, "the Committee"),
        ),
        (
            "Further information requested on waiting times",
            ("The Committee", "Further information on waiting times", None, None),
        ),
        ("The Panel agreed to receive an update in six months.", ("The Panel", "an update", "in six months", None)),
        (
            "Members stressed that data on outcomes must be included in the annual report.",
            ("Members", "data on outcomes must be included", None, "the annual report"),
        ),
        (
            "Agreed that figures for those not in employment, education and training should be referred to in reports.",
            (
                "The Committee",
                "figures for those not in employment, education and training should be referred to",
                None,
                "reports",
            ),
        ),
        (
            "The Committee tasked officers with producing an action plan.",
            ("The Committee", "officers with producing an action plan", None, None),
        ),
    ],
)
def test_requests_stand_whole_with_their_slots(text: str, expected: tuple[str | None, ...]) -> None:
    assert follow_ups(text) == [(text.rstrip("."), *expected)]


def test_limbs_of_a_decision_are_asked_by_the_body_the_text_names() -> None:
    text = (
        "The Panel discussed the report.\nRESOLVED that:\n(a) the report be noted;\n"
        "(b) officers be requested to provide an update on the pilot to the December meeting; and\n"
        "(c) the item be added to the Panel’s work programme."
    )
    assert follow_ups(text) == [
        (
            "officers be requested to provide an update on the pilot to the December meeting",
            "The Panel",
            "officers to provide an update on the pilot",
            "to the December meeting",
            None,
        ),
        (
            "the item be added to the Panel’s work programme",
            "The Panel",
            "the item be added",
            None,
            "the Panel’s work programme",
        ),
    ]


def test_a_request_in_a_limb_knows_its_resolution() -> None:
    text = "RESOLVED –\n1. That the report be noted.\n2. That a further report be presented to the Panel in 12 months."
    records = mine.mine_text(pipeline(), text)
    assert [(f.quote, f.resolution) for f in records.follow_ups] == [
        ("a further report be presented to the Panel in 12 months", 1)
    ]


def test_two_requests_of_one_sentence_share_their_requester() -> None:
    text = "The Vice-Chair requested more detail about the impact, and asked that this be included in the assessment."
    assert [(f[0], f[1]) for f in follow_ups(text)] == [
        ("The Vice-Chair requested more detail about the impact", "The Vice-Chair"),
        ("asked that this be included in the assessment", "The Vice-Chair"),
    ]


def test_a_pronoun_means_the_member_of_the_sentence_before() -> None:
    text = "Councillor Laverick noticed that bus travel was missing. She asked that a written answer be given."
    assert [f[1] for f in follow_ups(text)] == ["Councillor Laverick"]


@pytest.mark.parametrize(
    "text",
    [
        "Members queried the £0.815m overspend.",
        "Councillor Hunt asked officers how the figures compared with other authorities.",
        "The Panel had requested that the figures be shown.",
        "As requested at the last meeting, officers had circulated the list.",
        "The petition requested that the Council introduce a 20mph limit.",
        "Residents requested a new crossing.",
        "Officers asked the Committee to note the report.",
        "The Cabinet was asked to approve the budget.",
        "Members were asked to note the contents of the report.",
        "The information requested was circulated after the meeting.",
        "Councillor Fox asked for the reasons behind the overspend. The Head of Finance explained them.",
        "Councillor Hunt asked the officers for an update on the playground. Mr Best advised that work had begun.",
        "The Chair asked that thanks be conveyed to the team.",
        "The Chair asked Mr Lowe to introduce the report.",
        "The Chair asked that mobile phones be switched off.",
        "The Chair invited questions from Members.",
        "Councillor Long requested that his dissent be recorded.",
        "That the report be noted.",
        "That the annual report be presented to Council.",
        "That authority be delegated to the Director to finalise the report.",
        "A Member suggested that the road was too narrow.",
        "Residents would like to see more buses.",
        "Could the figures be provided by ward?",
        "The Chief Finance Officer requested that Members approve the virement.",
        "Ofsted recommended that the Council review its procedures.",
        "Officers suggested that the Committee might wish to receive an annual report.",
        "Members felt that more needed to be done to support carers.",
    ],
)
def test_what_is_no_follow_up(text: str) -> None:
    assert follow_ups(text) == []


def test_those_who_attend_as_officers_do_not_ask() -> None:
    meeting = Meeting(attendance=[Attendee("Sarah Hammond", "Corporate Director", "in attendance")])
    text = "Sarah Hammond requested a copy of the plan."
    assert mine_one(pipeline(), text, [], meeting).follow_ups == []
