"""What somebody is recorded as going to do, and what only sounds like it."""

from __future__ import annotations

from functools import lru_cache

import pytest
from spacy.language import Language

from minutesminer import mine
from minutesminer.mine.document import mine_one
from minutesminer.models import Meeting, Section

Slots = tuple[str, str | None, str | None, str | None, str | None, str]


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


def actions(text: str) -> list[Slots]:
    """(quote, owner, task, recipient, due, strength) of every action; the offsets are checked by the way."""
    found = mine.mine_text(pipeline(), text).actions
    assert [text[a.start_char : a.end_char] for a in found] == [a.quote for a in found]
    return [(a.quote, a.owner, a.task, a.recipient, a.due, a.strength) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Director undertook to provide a more detailed breakdown of the figures to the Sub-Committee.",
            ("The Director", "provide a more detailed breakdown of the figures", "the Sub-Committee", None),
        ),
        (
            "The Assistant Director (Housing) would circulate details of the plan to all Members outside the meeting.",
            (
                "The Assistant Director (Housing)",
                "circulate details of the plan",
                "all Members",
                "outside the meeting",
            ),
        ),
        (
            "the Head of Waste, Ms J. Khan, undertook to send Members a list of the sites by the end of March.",
            ("the Head of Waste, Ms J. Khan", "send a list of the sites", "Members", "by the end of March"),
        ),
        (
            "The Cabinet Member for Housing committed to bringing the item back to the Committee in six months’ time.",
            ("The Cabinet Member for Housing", "bringing the item back", "the Committee", "in six months’ time"),
        ),
        ("The officer would get a response to Members.", ("The officer", "get a response", "Members", None)),
        (
            "The Panel agreed to write to the Secretary of State about funding.",
            ("The Panel", "write about funding", "the Secretary of State", None),
        ),
        (
            "Officers took an action to review the signage.",
            ("Officers", "review the signage", None, None),
        ),
        (
            "officers would, subject to the decision of Cabinet, create a programme of work.",
            ("officers", "create a programme of work", None, None),
        ),
        (
            "A written response would be sent to Councillor Lee.",
            (None, "A written response be sent", "Councillor Lee", None),
        ),
        (
            "The data will be circulated by the clerk after the meeting.",
            ("the clerk", "The data be circulated", None, "after the meeting"),
        ),
        (
            "The quarter 2 report would include GCSE results for 2015/16.",
            (None, "include GCSE results for 2015/16", None, "quarter 2 report"),
        ),
        (
            "The Committee would receive a further report in June.",
            (None, "receive a further report", "The Committee", "in June"),
        ),
    ],
)
def test_promises_stand_whole_with_their_slots(text: str, expected: tuple[str | None, ...]) -> None:
    assert actions(text) == [(text.rstrip("."), *expected, "undertaken")]


@pytest.mark.parametrize(
    ("text", "quote", "owner"),
    [
        (
            "The Chair shared that she would send a message to group leaders.",
            "she would send a message to group leaders",
            "The Chair",
        ),
        (
            "Councillor Hill asked for a list, to which the Economic Manager responded that he would circulate one.",
            "he would circulate one",
            "the Economic Manager",
        ),
        (
            "Ms Fennimore apologised and said that she would e-mail it to the Panel.",
            "she would e-mail it to the Panel",
            "Ms Fennimore",
        ),
        (
            "Ms Patel noted this and would respond to Councillor Ali directly.",
            "would respond to Councillor Ali directly",
            "Ms Patel",
        ),
        (
            "As funding was late, the Trust noted the delay and would report back to the Panel.",
            "would report back to the Panel",
            "the Trust",
        ),
        (
            "Members heard from the Head of Legal, who agreed to circulate the advice.",
            "agreed to circulate the advice",
            "the Head of Legal",
        ),
    ],
)
def test_the_owner_of_a_shared_subject_or_a_pronoun(text: str, quote: str, owner: str) -> None:
    assert [(a[0], a[1]) for a in actions(text)] == [(quote, owner)]


def test_a_pronoun_means_the_person_of_the_sentence_before() -> None:
    text = "Leemya McKeown introduced the framework. She undertook to report on it to the panel."
    assert [(a[1], a[2], a[3]) for a in actions(text)] == [("Leemya McKeown", "report on it", "the panel")]


def test_a_pronoun_that_means_nobody_known_is_for_review() -> None:
    found = mine.mine_text(pipeline(), "He would circulate the figures.").actions
    assert [(a.owner, a.review) for a in found] == [("He", "whom the pronoun means is not clear")]


@pytest.mark.parametrize(
    ("text", "owner", "task", "due"),
    [
        (
            "Officers would be working to increase this figure further.",
            "Officers",
            "working to increase this figure further",
            None,
        ),
        (
            "The council would also be speaking with a specialist organisation.",
            "The council",
            "speaking with a specialist organisation",
            None,
        ),
        ("There would be further monitoring of the process.", None, "further monitoring of the process", None),
        (
            "The current plan is to have 4 carers in place by the end of the financial year.",
            None,
            "have 4 carers in place",
            "by the end of the financial year",
        ),
        ("Work was underway to implement pathway plans.", None, "implement pathway plans", None),
        (
            "The service is planning to launch a new website in the spring.",
            "The service",
            "launch a new website",
            "in the spring",
        ),
        ("The Council would continue to lobby Government.", "The Council", "continue to lobby Government", None),
    ],
)
def test_plans_are_planned(text: str, owner: str | None, task: str, due: str | None) -> None:
    assert [(a[1], a[2], a[4], a[5]) for a in actions(text)] == [(owner, task, due, "planned")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Action: Head of Housing to circulate the voids data to all Members by 31 March 2024.",
            [("Head of Housing", "circulate the voids data", "all Members", "by 31 March 2024")],
        ),
        (
            "The figures should be broken down by school.\nACTION: Councillor Ahmed",
            [("Councillor Ahmed", "The figures should be broken down by school", None, None)],
        ),
        (
            "• The annual report would be shared with schools (Action: Jane Smith)",
            [("Jane Smith", "The annual report be shared", "schools", None)],
        ),
        (
            "Action – the breakdown to be sent with the papers for the next meeting.",
            [(None, "the breakdown to be sent with the papers", None, "for the next meeting")],
        ),
        ("ACTION: Circulate the slides (Clerk)", [("Clerk", "Circulate the slides", None, None)]),
        (
            "ACTIONS:\n• Officers to provide a breakdown\n• Chair to write to NHS England by Friday",
            [("Officers", "provide a breakdown", None, None), ("Chair", "write", "NHS England", "by Friday")],
        ),
        ("JB to send link to members", [("JB", "send link", "members", None)]),
        (
            "Breakdown by ward to be circulated to Members",
            [(None, "Breakdown by ward to be circulated", "Members", None)],
        ),
    ],
)
def test_labels_and_notes(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [a[1:5] for a in actions(text)] == expected


def test_the_quote_of_a_label_on_the_next_line_runs_from_the_task_through_the_label() -> None:
    text = "Noted.\nThe figures should be broken down by school.\nACTION: Councillor Ahmed"
    assert [a[0] for a in actions(text)] == ["The figures should be broken down by school.\nACTION: Councillor Ahmed"]


@pytest.mark.parametrize(
    "text",
    [
        "A Member asked whether the Council would be consulting residents.",
        "Members asked how the service would ensure that this was done.",
        "Would officers circulate the data?",
        "It would be helpful to have the data.",
        "The Committee would have liked to see more detail in the report.",
        "The Director would like to thank staff.",
        "The Council would need to find savings of £5m.",
        "Residents would be affected by the closure and would need to find other places.",
        "The new contract would provide better value for residents.",
        "This would ensure that children were seen promptly.",
        "It was noted that performance would improve in the next quarter.",
        "If approved, the Council would submit a bid to the Government.",
        "He hoped that officers would provide more information next time.",
        "The team would normally contact the family within 24 hours.",
        "In such cases officers would contact the landlord.",
        "The Chair advised that the item would be taken first.",
        "She said that she would be happy to answer any questions.",
        "Each week the Cabinet Member will review the number of children missing. They will also focus on quality.",
        "Young people would be provided with a laptop.",
        "Officers had agreed to circulate the list.",
        "As requested at the last meeting, officers had circulated the list.",
        "Matters arising\nAction: Officers to circulate the list. Completed.",
        "The Committee agreed to note the report.",
        "Parents would be asked to provide evidence of income.",
        "The Government committed to building more homes.",
        "Steps taken by the Council to provide more homes",
        "The Plan would include measures to reduce congestion.",
    ],
)
def test_what_is_no_action(text: str) -> None:
    assert actions(text) == []


def test_nothing_is_mined_from_the_agenda_and_dates_come_from_the_meeting() -> None:
    agenda = "Officers would provide an update to Members in March."
    text = f"{agenda}\n{agenda}"
    meeting = Meeting(committee="Housing Panel", date="2024-01-16")
    found = mine_one(pipeline(), text, [Section("background", 0, len(agenda) + 1)], meeting).actions
    assert [(a.start_char, a.due, a.due_date) for a in found] == [(len(agenda) + 1, "in March", "2024-03-31")]


def test_the_fields_of_a_printed_action_give_its_owner_and_its_date() -> None:
    text = "Action: Share the rota with the Board\nOwner: Lena Hart\nDeadline: 3 June"
    found = mine_one(pipeline(), text, [], Meeting(date="2024-05-14")).actions
    assert [(a.quote, a.owner, a.task, a.recipient, a.due, a.due_date) for a in found] == [
        (text, "Lena Hart", "Share the rota", "the Board", "3 June", "2024-06-03")
    ]


def test_a_row_whose_status_tells_what_became_of_it_is_no_new_action() -> None:
    header = "Action | Lead | By when | Status"
    rows = "Share the rota | LH | 3 June | Done on 1 June\nBook the hall | KT | July | Open"
    assert actions(f"{header}\n{rows}") == [
        ("Book the hall | KT | July", "KT", "Book the hall", None, "July", "undertaken")
    ]


def test_an_offer_with_could_and_a_remark_without_a_speaker_are_for_review() -> None:
    text = "The Director could let Members have the survey.\nWould look into the matter."
    found = mine.mine_text(pipeline(), text).actions
    assert [(a.quote, a.owner, a.review) for a in found] == [
        ("The Director could let Members have the survey", "The Director", "offered with could"),
        ("Would look into the matter", None, "nobody is named"),
    ]
