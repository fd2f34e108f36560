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


def test_another_committee_of_the_council_counts_a_little_less(minutes, asked) -> None:
    same = minutes.item("AAA-children", "2024-03-10", "Performance", ANSWER)
    other = minutes.item("AAA-corporate", "2024-02-10", "Performance", ANSWER)
    assert evidence(minutes) == [(asked, same, 1.0), (asked, other, 0.9)]


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
    minutes.item("AAA-children", "2024-03-10", "Performance", ANSWER)
    minutes.item("AAA-corporate", "2024-02-10", "Performance", ANSWER)
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


def test_a_request_is_no_answer_to_another(minutes, asked) -> None:
    again = "The Chair asked once more for a report on the recruitment and retention of foster carers."
    item = minutes.item("AAA-children", "2024-03-10", "Any other business", again)
    minutes.record("follow_ups", item, again, requester="The Chair", request=again)
    assert evidence(minutes) == []
