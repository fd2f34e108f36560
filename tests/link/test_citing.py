"""Entries of lists of actions that cite a meeting or a minute, and what they point to."""

from __future__ import annotations

from typing import Any

import pytest

from minutesminer.link import link

ASKED = "Ms Tarn offered to obtain the results and pass them on."
BEFORE = "The traders had made a survey of their own. "


@pytest.fixture
def promised(minutes) -> str:
    """A promise of 3 October 2024 about the market hall, which says little of itself."""
    item = minutes.item("AAA-place", "2024-10-03", "Market Hall", BEFORE + ASKED, number="6")
    return minutes.record("actions", item, ASKED, task="obtain the results and pass them on", strength="undertaken")


def reasons(minutes) -> list[tuple[Any, ...]]:
    link(minutes.db)
    query = (
        "select record_id, item_id, substr(reason, instr(reason, ';') + 2) from evidence order by record_id, item_id"
    )
    return minutes.db.execute(query).fetchall()


def tracker(minutes, *lines: str, **columns: Any) -> str:
    text = "\n".join(["Meeting Subject Action Update Status", *lines])
    return minutes.item(
        **{"committee": "AAA-place", "day": "2024-11-21", "title": "Action Tracker", "text": text} | columns
    )


def test_an_entry_that_cites_the_meeting_and_its_subject_answers_in_whatever_words(minutes, promised) -> None:
    item = tracker(
        minutes,
        "06/06/24 Brickworks Fence repaired Closed",
        "03/10/24 Market Hall Traders’ own survey Sent on to Members Closed",
    )
    assert reasons(minutes) == [(promised, item, "it cites the meeting")]


@pytest.mark.parametrize(
    "line",
    [
        "03/10/24 Air quality Sensor sent away Open",
        "06/06/24 Market Hall Traders’ own survey Sent on to Members Closed",
        "Market Hall Opening hours posted on 3 October Closed",
    ],
)
def test_an_entry_of_another_subject_or_meeting_does_not(minutes, promised, line: str) -> None:
    tracker(minutes, line)
    assert reasons(minutes) == []


def test_of_the_requests_of_a_meeting_an_entry_is_of_the_one_whose_words_it_has(minutes, promised) -> None:
    ask = "Councillor Low asked for the revised business case."
    item = minutes.item("AAA-place", "2024-10-03", "Market Hall: Money", ask, number="7")
    other = minutes.record("follow_ups", item, ask, request="the revised business case")
    entry = tracker(minutes, "03/10/24 Market Hall Revised business case Cost consultant at work Open")
    assert [row[:2] for row in reasons(minutes)] == [(other, entry)]


def test_the_sentences_of_an_entry_are_read_together(minutes) -> None:
    ask = "Members asked for the waiting list for overnight breaks by age."
    item = minutes.item("AAA-place", "2024-10-03", "Short Breaks", ask)
    asked = minutes.record("follow_ups", item, ask, request="the waiting list for overnight breaks by age")
    entry = tracker(minutes, "Overnight breaks. Of the 29 waiting, four were under eight years of age.")
    assert [row[:2] for row in reasons(minutes)] == [(asked, entry)]


@pytest.mark.parametrize(
    "lines", [("13, Speech therapy, Open.", "22, Roads, Sums withheld: sent in May."), ("Minute 22: sent",)]
)
def test_an_entry_opens_by_the_number_of_a_minute(minutes, lines: tuple[str, ...]) -> None:
    ask = "Officers undertook to circulate the schedule of penalties."
    item = minutes.item("AAA-place", "2024-10-03", "Roads", ask, number="22")
    asked = minutes.record("actions", item, ask, task="circulate the schedule of penalties", strength="undertaken")
    entry = tracker(minutes, *lines)
    assert [row[:2] for row in reasons(minutes)] == [(asked, entry)]
    assert "it cites the minute" in reasons(minutes)[0][2]


def test_an_item_to_which_an_entry_points_is_evidence(minutes) -> None:
    ask = "Members asked for a report on old enforcement cases."
    item = minutes.item("AAA-place", "2024-10-03", "Planning Enforcement", ask, number="5")
    asked = minutes.record("follow_ups", item, ask, request="a report on old enforcement cases")
    answer = minutes.item("AAA-place", "2024-11-21", "Caseload", "119 had been open for a year.", number="6")
    minutes.item("AAA-place", "2024-11-21", "Staffing", "Two posts were vacant.", number="7")
    entry = tracker(minutes, "03/10/24 Planning enforcement Report on old cases On this agenda (item 6) Closed")
    found = reasons(minutes)
    assert sorted(row[:2] for row in found) == sorted([(asked, entry), (asked, answer)])
    assert "the list of actions at that meeting points to it" in [row[2] for row in found if row[1] == answer][0]


PAY = "She undertook to send the Panel a note of what had been assumed about pay."


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Minutes of the Last Meeting", "Item 4 – Members had received the paper on the pay award.", 1),
        ("Matters Arising", "(i) Agenda item 4: the pay paper was sent round on 9 October.", 1),
        ("Matters Arising", "Item 5 – Members had received the paper on the pay award.", 0),
        ("Action List", "Minute Subject Officer Position\n4 Pay assumptions RS Complete\n6 Parking ME Open", 1),
        ("Action List", "Min. No. Action\n4/24 Pay assumptions: complete", 1),
        ("Action List", "Minute Subject Officer Position\n5 Pay assumptions RS Complete\n6 Parking ME Open", 0),
        ("Action List", "4 Pay assumptions RS Complete", 0),
    ],
)
def test_an_entry_may_cite_a_minute_by_its_number_at_the_opening(minutes, title: str, text: str, found: int) -> None:
    item = minutes.item("AAA-finance", "2024-09-24", "Budget Monitoring", PAY, number="4")
    minutes.record(
        "actions", item, PAY, task="send the Panel a note of what had been assumed about pay", strength="undertaken"
    )
    minutes.item("AAA-finance", "2025-01-28", title, text, number="3")
    assert sum("it cites the minute" in row[2] for row in reasons(minutes)) == found
