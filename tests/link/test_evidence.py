"""Evidence: which later items may answer a request, and which may not."""

from __future__ import annotations

from typing import Any

import pytest

from minutesminer.link import link
from minutesminer.store.database import open_database

ASK = "The Chair asked for a report on the recruitment of foster carers and their retention."
REQUEST = "a report on the recruitment of foster carers and their retention"
ANSWER = "Welcome.\nThe Panel received the figures for recruitment and retention of foster carers."
OTHER = "The Committee discussed potholes on the ring road and winter gritting."


def evidence(minutes) -> list[tuple[Any, ...]]:
    link(minutes.db)
    query = "select record_id, item_id, score from evidence order by record_id, score desc, item_id"
    return minutes.db.execute(query).fetchall()


@pytest.fixture
def asked(minutes) -> str:
    """A request of January 2024 by the children's committee of council AAA."""
    item = minutes.item("AAA-children", "2024-01-10", "Fostering", ASK)
    return minutes.record("follow_ups", item, ASK, requester="The Chair", request=REQUEST)


def test_a_later_item_of_the_same_committee_that_holds_the_words_is_evidence(minutes, asked) -> None:
    answer = minutes.item("AAA-children", "2024-03-10", "Performance", ANSWER)
    minutes.item("AAA-children", "2024-03-10", "Highways", OTHER)
    assert evidence(minutes) == [(asked, answer, 1.0)]
    reason = minutes.db.execute("select reason from evidence").fetchone()[0]
    assert reason == "the same committee, 60 days later; shares the words recruitment, foster, carers, retention"


def test_an_item_of_another_committee_counts_less(minutes, asked) -> None:
    other = minutes.item("AAA-corporate", "2024-02-10", "Performance", ANSWER)
    assert evidence(minutes) == [(asked, other, 0.7)]


def test_an_item_of_the_same_committee_takes_the_place_of_another_committees(minutes, asked) -> None:
    same = minutes.item("AAA-children", "2024-03-10", "Performance", ANSWER)
    minutes.item("AAA-corporate", "2024-02-10", "Performance", ANSWER)
    assert evidence(minutes) == [(asked, same, 1.0)]


@pytest.mark.parametrize(
    "item",
    [
        {"committee": "AAA-children", "day": "2024-01-10"},
        {"committee": "AAA-children", "day": "2023-12-10"},
        {"committee": "AAA-children", "day": None},
        {"committee": "BBB-children", "day": "2024-03-10"},
        {"committee": "AAA-children", "day": "2024-03-10", "procedural": "declarations"},
        {"committee": "AAA-children", "day": "2024-03-10", "superseded_by": "d0"},
        {"committee": "AAA-children", "day": "2024-03-10", "text": OTHER},
        {"committee": "AAA-children", "day": "2024-03-10", "text": "A report on foster dogs."},
    ],
)
def test_what_is_not_later_not_theirs_or_about_something_else_is_no_evidence(
    minutes, asked, item: dict[str, Any]
) -> None:
    minutes.item(**{"title": "Performance", "text": ANSWER, **item})
    assert evidence(minutes) == []


def test_words_scattered_over_many_sentences_are_no_evidence(minutes, asked) -> None:
    scattered = "Recruitment.\nThe day was wet.\nFoster dogs.\nIt rained.\nCarers met.\nIt snowed.\nRetention tax."
    minutes.item("AAA-children", "2024-03-10", "Any", scattered)
    assert evidence(minutes) == []


def test_the_title_speaks_for_each_block(minutes, asked) -> None:
    text = "The Panel heard that 12 carers had joined."
    answer = minutes.item("AAA-children", "2024-03-10", "Recruitment and retention in fostering", text)
    assert [row[:2] for row in evidence(minutes)] == [(asked, answer)]


def test_words_of_asking_alone_are_no_evidence(minutes) -> None:
    ask = "Members requested an update report on the figures."
    item = minutes.item("AAA-children", "2024-01-10", "Budget", ask)
    minutes.record("follow_ups", item, ask, request="an update report on the figures")
    minutes.item("AAA-children", "2024-03-10", "Update", "An update report with the figures was noted.")
    assert evidence(minutes) == []


def test_actions_have_evidence_too_and_at_most_four_items_each(minutes) -> None:
    ask = "Officers would publish the parking enforcement policy."
    item = minutes.item("AAA-place", "2024-01-10", "Parking", ask)
    action = minutes.record("actions", item, ask, task="publish the parking enforcement policy", strength="undertaken")
    later = [
        minutes.item("AAA-place", f"2024-0{month}-10", "Parking", "The parking enforcement policy was published.")
        for month in (2, 3, 4, 5, 6)
    ]
    assert evidence(minutes) == [(action, answer, 1.0) for answer in later[:4]]


def test_linking_again_gives_the_same_rows(minutes, asked) -> None:
    minutes.item("AAA-children", "2024-02-10", "Performance", ANSWER)
    minutes.item("AAA-children", "2024-03-10", "Performance", ANSWER)
    once = [evidence(minutes), *minutes.db.execute("select * from evidence").fetchall()]
    again = [evidence(minutes), *minutes.db.execute("select * from evidence").fetchall()]
    assert len(once) == 3
    assert once == again


def test_an_empty_database_has_nothing_to_link(tmp_path) -> None:
    with open_database(tmp_path / "empty.db", write=True) as db:
        assert link(db) == {"measures": 0, "evidence": 0, "repeats": 0}


def says(minutes) -> list[tuple[Any, ...]]:
    link(minutes.db)
    return minutes.db.execute("select item_id, says from evidence order by item_id").fetchall()


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Action Tracker", "Recruitment of foster carers: Completed. A paper was sent on 3 March.", "answers"),
        ("Action Tracker", "Recruitment of foster carers – Outstanding. Awaited from the service.", "outstanding"),
        ("Matters arising", "The report on foster carers had been e-mailed to members on 3 March.", "answers"),
        ("Minutes of the previous meeting", "It was still awaited: the paper on recruitment and retention of foster "
         "carers had not been received.", "outstanding"),
        ("Action Tracker", "Recruitment of foster carers: in preparation.", "outstanding"),
        ("Action Tracker", "Recruitment of foster carers. No reply.", "outstanding"),
        ("Work Programme", "Recruitment and retention of foster carers: July.", "programme"),
    ],
)  # fmt: skip
def test_what_later_items_say_of_a_request_is_told_apart(minutes, asked, title, text, expected) -> None:
    item = minutes.item("AAA-children", "2024-03-10", title, text, procedural=None)
    assert says(minutes) == [(item, expected)]


def test_an_entry_of_a_tracker_about_something_else_is_no_evidence(minutes, asked) -> None:
    minutes.item("AAA-children", "2024-03-10", "Action Tracker", "Recruitment of head teachers: Completed.")
    assert evidence(minutes) == []


def test_of_items_that_fit_much_worse_than_the_best_none_is_kept(minutes, asked) -> None:
    best = minutes.item("AAA-children", "2024-03-10", "Fostering", ANSWER)
    minutes.item("AAA-children", "2024-05-10", "Budget", "Recruitment of carers for adults had been slow.")
    assert evidence(minutes) == [(asked, best, 1.0)]


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        ("The number of families in bed and breakfast was 19, of whom three had waited.", True),
        ("The number of families who used the toy library was 19.", False),
    ],
)
def test_what_is_answered_at_one_meeting_after_the_other_has_each_of_them(minutes, second: str, kept: bool) -> None:
    wanted = "the number of families in bed and breakfast for longer than six weeks"
    ask = f"Councillor Low asked for {wanted} to be reported to every meeting."
    request = minutes.record(
        "follow_ups", minutes.item("AAA-place", "2024-01-10", "Homelessness", ask), ask, request=wanted
    )
    full = "The number of families in bed and breakfast was 21, and four had been there for longer than six weeks."
    answers = [minutes.item("AAA-place", "2024-03-10", "Homelessness", full)]
    other = minutes.item("AAA-place", "2024-05-10", "Homelessness", second)
    answers += [other] * kept
    assert [row[:2] for row in evidence(minutes)] == [(request, item) for item in answers]


def test_a_request_is_no_answer_to_another(minutes, asked) -> None:
    again = "The Chair asked once more for a report on the recruitment and retention of foster carers."
    item = minutes.item("AAA-children", "2024-03-10", "Any other business", again)
    minutes.record("follow_ups", item, again, requester="The Chair", request=again)
    assert evidence(minutes) == []


def test_a_request_made_again_that_was_not_mined_is_no_answer(minutes, asked) -> None:
    again = "Cllr Ames said that she had asked more than once for the recruitment and retention of foster carers."
    minutes.item("AAA-children", "2024-03-10", "Any other business", again)
    assert evidence(minutes) == []


ASKED = "Officers undertook to circulate the schedule of penalties."


@pytest.fixture
def promised(minutes) -> str:
    """A promise of January 2024 under minute 7 of the place committee of council AAA."""
    item = minutes.item("AAA-place", "2024-01-10", "Roads", ASKED, number="7.")
    return minutes.record("actions", item, ASKED, task="circulate the schedule of penalties", strength="undertaken")


def reasons(minutes) -> list[tuple[Any, ...]]:
    link(minutes.db)
    query = "select item_id, substr(reason, instr(reason, ';') + 2) from evidence order by item_id"
    return minutes.db.execute(query).fetchall()


def test_an_entry_that_cites_the_minute_answers_in_whatever_words(minutes, promised) -> None:
    entry = "Minute 7: the list of sums withheld had been e-mailed."
    item = minutes.item("AAA-place", "2024-03-10", "Matters arising", entry, number="9")
    assert reasons(minutes) == [(item, "it cites the minute; it refers back")]


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "Minute 6: the list of sums withheld had been e-mailed."},
        {"committee": "AAA-health"},
        {"day": "2024-05-10"},
    ],
)
def test_a_minute_of_another_number_committee_or_meeting_is_another(minutes, promised, entry: dict[str, Any]) -> None:
    minutes.item("AAA-place", "2024-04-10", "Parks", "The parks were open.", number="7")
    text = "Minute 7: the list of sums withheld had been e-mailed."
    minutes.item(
        **{
            "committee": "AAA-place",
            "day": "2024-03-10",
            "title": "Matters arising",
            "text": text,
            "number": "9",
            **entry,
        }
    )
    assert evidence(minutes) == []


def test_of_several_requests_of_a_minute_an_entry_is_of_the_one_whose_words_it_has(minutes) -> None:
    ask = "The Chair asked for the cost of the ferry. Cllr Ames asked for the age of the pier."
    item = minutes.item("AAA-place", "2024-01-10", "Harbour", ask, number="7")
    first, second = ask.split(". ")
    minutes.record("follow_ups", item, f"{first}.", request="the cost of the ferry")
    pier = minutes.record("follow_ups", item, second, request="the age of the pier")
    entry = minutes.item("AAA-place", "2024-03-10", "Action log", "Minute 7: pier. Built in 1884.", number="8")
    assert [row[:2] for row in evidence(minutes)] == [(pier, entry)]


def ask_for(minutes, request: str, committee: str = "AAA-place", **columns: Any) -> str:
    """A request of January 2024."""
    text = f"Cllr Ames asked for {request}."
    item = minutes.item(committee, "2024-01-10", "Questions", text)
    return minutes.record("follow_ups", item, text, request=request, **columns)


def test_kindred_words_answer_and_the_reason_says_so(minutes) -> None:
    ask_for(minutes, "the number of collisions on the Harbour Bridge")
    answer = minutes.item("AAA-place", "2024-03-10", "Safety", "There had been 12 crashes on the Harbour Bridge.")
    assert reasons(minutes) == [(answer, "shares the words harbour, bridge; has words like collisions")]


@pytest.mark.parametrize(("letters", "found"), [("EIA", 1), ("Eia", 0), ("EIB", 0)])
def test_an_abbreviation_stands_for_the_words_it_abbreviates(minutes, letters: str, found: int) -> None:
    ask_for(minutes, "the equality impact assessment")
    minutes.item("AAA-place", "2024-03-10", "Permits", f"The {letters} on permits was published on 3 May.")
    assert len(evidence(minutes)) == found


def test_a_title_that_names_what_is_wanted_is_enough(minutes) -> None:
    asked = ask_for(minutes, "a report on depots")
    minutes.item("AAA-place", "2024-03-10", "Budget", "It was fixed. Tax rose. Rents fell. Depots cost more.")
    answer = minutes.item("AAA-place", "2024-03-10", "Depots", "Three yards could do the work of seven.")
    assert [row[:2] for row in evidence(minutes)] == [(asked, answer)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Drivers of taxis stood there. Noise had risen. Nine machines were seized. The pier was shut.", 1),
        ("Noise had risen. Nine machines were seized. The pier was shut. Drivers of taxis stood there.", 0),
    ],
)
def test_what_is_said_in_passing_is_no_report(minutes, text: str, found: int) -> None:
    ask_for(minutes, "a briefing on licensing taxis and vetting drivers")
    minutes.item("AAA-place", "2024-03-10", "Nuisance", text)
    assert len(evidence(minutes)) == found


def test_a_committee_that_is_asked_to_act_counts_as_the_same(minutes) -> None:
    what = "the Health Scrutiny Committee to examine the supply of speech therapists"
    asked = ask_for(minutes, what, "AAA-children")
    minutes.db.table("committees").insert({"id": "AAA-health", "council_id": "AAA", "name": "Health Committee"})
    text = "The supply of speech therapists was examined."
    answer = minutes.item("AAA-health", "2024-03-10", "Therapy", text)
    assert evidence(minutes) == [(asked, answer, 1.0)]


def test_a_place_that_answers_another_request_much_better_is_not_its_answer(minutes) -> None:
    asked = ask_for(minutes, "the number of empty council flats by estate")
    ask_for(minutes, "the number of empty garages")
    answer = minutes.item("AAA-place", "2024-03-10", "Stock", "Empty council flats by estate: Northgate had nine.")
    assert [row[:2] for row in evidence(minutes)] == [(asked, answer)]


def test_an_entry_that_says_outstanding_speaks_against_what_came_before_it(minutes, asked) -> None:
    before = "Recruitment of carers for adults had been slow, and foster homes were few."
    minutes.item("AAA-children", "2024-03-10", "Budget", before)
    entry = "Recruitment and retention of foster carers: outstanding."
    tracker = minutes.item("AAA-children", "2024-04-10", "Action tracker", entry)
    after = minutes.item("AAA-children", "2024-05-10", "Carers", "Retention of foster carers was at 88%.")
    assert sorted(row[1] for row in evidence(minutes)) == sorted([tracker, after])
