"""The wording of requests and of what answers them."""

from __future__ import annotations

import pytest

from minutesminer.link import asking


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Minute 27 – exit interviews. Not yet due.", ["27"]),
        ("Further to Minute No. 4 and minute 12(b), officers replied.", ["4", "12"]),
        ("MINUTE 9: DONE", ["9"]),
        ("Minute Ref: 31 and Min. Reference 2024/44 were closed.", ["31", "44"]),
        ("Minute OSC/17 – grass cutting; Minute 12/23 – trees; minute 6.3", ["17", "12", "6"]),
        ("The minutes 2023 to 2025 were in the archive.", []),
        ("The chair spoke for some minutes about 30 schools.", []),
        ("Ten per cent; the administration met 4 people.", []),
    ],
)
def test_minutes_that_a_text_cites(text: str, numbers: list[str]) -> None:
    assert asking.minutes_cited(text) == numbers


@pytest.mark.parametrize(
    ("who", "surname"),
    [
        ("Ruth Calloway, Director of Children’s Services", "calloway"),
        ("Councillor Marion Tesk (Chairman)", "tesk"),
        ("Cllr O’Neill", "o'neill"),
        ("Mrs F Okafor", "okafor"),
        ("The Director of Place", ""),
        ("Members", ""),
        ("She", ""),
        (None, ""),
    ],
)
def test_the_surname_of_somebody(who: str | None, surname: str) -> None:
    assert asking.surname(who) == surname


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("7.", "7"),
        ("27/24", "27"),
        ("2024/27", "27"),
        ("2024/25-31", "31"),
        ("HSC 31", "31"),
        ("2.", "2"),
        ("a)", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_number_of_an_item_as_it_is_cited(number: str | None, plain: str) -> None:
    assert asking.item_number(number) == plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how many cameras were out of order", True),
        ("the waiting list be broken down by age", True),
        ("a report on depots", False),
    ],
)
def test_whether_figures_are_wanted(text: str, wanted: bool) -> None:
    assert asking.wants_figures(text) is wanted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("as asked by the Health and Wellbeing Overview Board", True),
        ("passed on by the Wellbeing Panel", True),
        ("asked by the Housing Committee", False),
        ("The health of children was poor.", False),
    ],
)
def test_a_committee_is_known_by_part_of_its_name(text: str, named: bool) -> None:
    body = asking.names_of_body("Health and Wellbeing Overview Board", "Housing Committee")
    assert body is not None
    assert (body.search(text) is not None) is named


def test_a_committee_without_a_word_of_its_own_is_not_known() -> None:
    assert asking.names_of_body("Overview and Scrutiny Committee", "") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Action Tracker", "tracker"),
        ("Tracking Decisions", "tracker"),
        ("Forward Work Programme and Action Tracking", "tracker"),
        ("Resolutions of the Overview and Scrutiny Committee", "tracker"),
        ("Monitoring of Scrutiny Recommendations", "tracker"),
        ("Progress report on previous actions", "tracker"),
        ("Responses to Members’ queries", "tracker"),
        ("Rolling Action Log", "tracker"),
        ("Items outstanding", "tracker"),
        ("Recommendations from previous meetings", "tracker"),
        ("Minutes and Matters Arising", "matters"),
        ("Business arising from the minutes", "matters"),
        ("Work Programme 2024/25", "programme"),
        ("Monitoring of Planning Decisions", "item"),
        ("Freedom of Information Requests: Annual Report", "item"),
        ("Responses to questions from the public", "item"),
        ("Climate Action Plan", "item"),
        ("Review of Home Care", "item"),
        ("Risk Register", "item"),
        ("Housing Repairs: Progress and Next Steps", "item"),
    ],
)
def test_what_an_item_is_for_requests(title: str, kind: str) -> None:
    assert asking.kind_of_item(title, None) == kind


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("06/06/24 Planning enforcement Report on old cases", ["2024-06-06"]),
        ("6 June 2024 – grass cutting: done", ["2024-06-06"]),
        ("6th June – grass cutting: done", ["2024-06-06"]),
        ("12 December – salt bins: ordered", ["2023-12-12"]),
        ("The list that was asked for at the meeting on Thursday 6 June 2024 had been sent.", ["2024-06-06"]),
        ("The figures for gullies by ward had been sent to all Members on 6 June 2024.", []),
        ("Refuse rounds: dates sent to every Member of the Committee, 5 December", []),
        ("31/02/24 Planning", []),
        ("24/7 cover", []),
    ],
)
def test_the_meetings_that_an_entry_of_a_list_cites(line: str, days: list[str]) -> None:
    assert asking.meetings_cited(line, "2024-09-10") == days


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        ("Planning enforcement: on this agenda (item 6)", "6"),
        ("The findings were on the agenda as item 5.", "5"),
        ("See the report on home care at item 12 of this agenda", "12"),
        ("Home care (see agenda item 7)", "7"),
        ("Late visits: see item 9", "9"),
        ("On this agenda", None),
        ("It was to be an item on the agenda in June.", None),
        ("Considered by the Panel on 24 September (item 6)", None),
    ],
)
def test_the_item_of_its_own_agenda_to_which_an_entry_points(entry: str, number: str | None) -> None:
    assert asking.item_of_this_agenda(entry) == number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a report on depots", True),
        ("the outcome of the review be brought back", True),
        ("how many cameras were out of order", False),
    ],
)
def test_whether_a_report_is_wanted(text: str, wanted: bool) -> None:
    assert asking.wants_report(text) is wanted
