"""Words of minutes that were lost because they look like something else. Synthetic texts in words of our own."""

from __future__ import annotations

import pytest

from minutesminer.parse import parse

HEADER = "Housing Panel\n\nMinutes of the meeting held on 4 June 2024\n\nPresent: Councillor Ada Lee (Chair)\n\n"
LONG = "The Panel was told how repairs had been going in each of the four districts since April. " * 5


def read(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(item.number, item.title, item.text) for item in parse(text.encode(), "minutes.txt").items]


def test_numbers_alone_over_titles_are_those_of_items() -> None:
    text = (
        f"{HEADER}1\n\nApologies\n\nNone were received.\n\n2\n\nRepairs\n\nThe Panel noted that 45 repairs were late.\n"
    )
    assert read(text) == [
        ("1", "Apologies", "None were received."),
        ("2", "Repairs", "The Panel noted that 45 repairs were late."),
    ]


@pytest.mark.parametrize(
    "figures", ["Red\n\n3\n\nAmber\n\n4", "For\n7\nAgainst\n8", "Ayr Road\n11\nElm Road\n12\nOak Road\n13"]
)
def test_figures_alone_that_count_on_by_chance_stay(figures: str) -> None:
    text = f"{HEADER}1. Apologies\n\n{LONG}\n\n2. Repairs\n\nIt noted these.\n\n{figures}\n\nThe report was noted.\n"
    kept = [line for line in figures.split("\n") if line]
    assert read(text)[1] == ("2", "Repairs", "\n".join(["It noted these.", *kept, "The report was noted."]))


def test_page_numbers_far_apart_are_left_out() -> None:
    text = f"{HEADER}1. Apologies\n\n{LONG}\n\n4\n\n2. Repairs\n\n{LONG}\n\n5\n\n{LONG}\n\n6\n"
    assert read(text) == [("1", "Apologies", LONG.strip()), ("2", "Repairs", f"{LONG.strip()}\n{LONG.strip()}")]


def test_numbers_of_paragraphs_alone_on_their_lines_go_before_them() -> None:
    text = "Agenda item\n\nScrutiny update\n\nMinutes:\n\n8.1\n\nThe Chairs gave an update.\n\n8.2\n\nIt was noted.\n"
    assert read(text) == [(None, "Scrutiny update", "Minutes:\n8.1 The Chairs gave an update.\n8.2 It was noted.")]


def test_a_list_of_those_present_at_the_end_hides_no_items() -> None:
    items = "1. Apologies\n\nNone were received.\n\n2. Repairs\n\nThe Panel noted that 45 repairs were late.\n\n"
    text = f"Housing Panel, 4 June 2024\n\n{items}Housing Panel\n\nPresent: Councillor Ada Lee (Chair)\n"
    assert [item[:2] for item in read(text)] == [("1", "Apologies"), ("2", "Repairs")]


def test_what_is_told_before_the_first_heading_is_an_item_without_a_title() -> None:
    tribute = "The Chair paid tribute to the late Councillor Moe and asked officers to send a letter to the family."
    assert read(f"{HEADER}{tribute}\n\n1. Apologies\n\nNone were received.\n\n2. Repairs\n\nIt was noted.\n") == [
        (None, None, tribute),
        ("1", "Apologies", "None were received."),
        ("2", "Repairs", "It was noted."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Councillor Wick joined the meeting at 10.20 am during the second of the items below.",
        "Apologies for absence were received from Councillors Ada Lee, Bo Moe and Cy Dale.",
        "The meeting was webcast live and had to be moved to another room at short notice.",
        "These minutes were published on 12 June and will be put to the next meeting for approval.",
    ],
)
def test_how_a_meeting_was_held_is_no_item(line: str) -> None:
    text = f"{HEADER}{line}\n\n1. Repairs\n\nThe Panel noted the report.\n\n2. Any other business\n\nThere was none.\n"
    assert [item[:2] for item in read(text)] == [("1", "Repairs"), ("2", "Any other business")]


def test_titles_in_small_letters_before_the_first_standing_one_are_headings() -> None:
    told = "It heard that 12 homes were empty.\n\n"
    text = f"{HEADER}Empty homes\n\n{told}Urgent business\n\nThere was none.\n\nNext meeting\n\n5 July was agreed.\n"
    assert [item[1] for item in read(text)] == ["Empty homes", "Urgent business", "Next meeting"]


def test_a_sentence_that_ends_with_a_reference_is_no_heading() -> None:
    told = "It noted that 45 repairs were late, as was said before (Item 1).\n\nVoids were left for later (Item 3).\n\n"
    text = f"{HEADER}1. Apologies\n\nNone were received.\n\n2. Repairs\n\n{told}3. Voids\n\nIt was noted.\n"
    assert [item[:2] for item in read(text)] == [("1", "Apologies"), ("2", "Repairs"), ("3", "Voids")]


def test_another_meeting_named_in_an_items_minutes_stays() -> None:
    named = "• Meeting of the Housing Panel held on 1 March 2024\nMeeting of the Board on 12 May 2024 had been put off."
    page = "Agenda item\n\nMinutes\n\nMeeting of Housing Panel, 4th June, 2024 6.30 p.m. (Item 3.)\n\nMinutes:\n\n"
    assert read(f"{page}These were agreed:\n\n{named}\n") == [
        ("3", "Minutes", f"Minutes:\nThese were agreed:\n{named}")
    ]


def test_notes_in_the_present_tense_are_minutes() -> None:
    told = (
        "JS reports that 45 repairs are late. Panel asks for a breakdown.\n\nAction: JS to circulate it by 12 July.\n\n"
    )
    text = f"{HEADER}1. Welcome\n\nChair welcomes everyone.\n\n2. Repairs\n\n{told}3. Next meeting\n\n5 July 2024\n"
    assert [item[1] for item in read(text)] == ["Welcome", "Repairs", "Next meeting"]


def test_an_agenda_that_recommends_is_none() -> None:
    asked = "That the Panel notes the report and agrees the plan. The Chair welcomes questions sent before the day.\n\n"
    text = f"Housing Panel\n\n4 June 2024\n\n1. Apologies\n\n2. Repairs\n\n{asked}3. Next meeting\n\n5 July 2024\n"
    assert parse(text.encode(), "agenda.txt").outcome == "no_minutes"


LISTED = (
    "Agenda and minutes\n\nHousing Panel - Tuesday, 4th June, 2024 6.30 pm\n\nItems\nNo. Item\n\n1.\n\nApologies\n\n"
    "Minutes:\n\nNone were received.\n\n2.\n\nRepairs PDF 12 KB\n\nMinutes:\n\n"
    "The Panel noted that 45 repairs were late.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        LISTED,
        LISTED.replace("\n", "\r\n"),
        LISTED.replace(" ", "\u00a0"),
        LISTED.replace("\n\n", "\n"),
        LISTED.replace("1.\n\n", "1. ").replace("2.\n\n", "2. ").replace("\n\n", "\n"),
        LISTED.replace("No. Item", "No.\tItem"),
    ],
)
def test_a_copied_listing_is_cut_whatever_its_line_ends_and_gaps_are(text: str) -> None:
    assert read(text) == [
        ("1", "Apologies", "Minutes:\nNone were received."),
        ("2", "Repairs", "Minutes:\nThe Panel noted that 45 repairs were late."),
    ]


def test_a_table_of_items_is_cut_whatever_its_line_ends_are() -> None:
    text = "No. | Item |\n1. | Apologies Minutes: None were received. |\n2. | Repairs Minutes: The Panel noted it. |\n"
    for found in (read(text), read(text.replace("\n", "\r\n")), read(text.replace(" ", "\u00a0"))):
        assert found == [
            ("1", "Apologies", "Minutes:\nNone were received."),
            ("2", "Repairs", "Minutes:\nThe Panel noted it."),
        ]


def test_minutes_behind_a_list_of_files_in_one_line_stay() -> None:
    line = (
        "Budget Additional documents: Appendix A, item 6. PDF 97 KB Minutes: The Panel noted 412 cases. "
        "It asked for more."
    )
    assert read(f"Agenda item {line}\n") == [
        (None, None, "Budget\nMinutes:\nThe Panel noted 412 cases. It asked for more.")
    ]


def test_running_lines_of_pages_that_count_on_are_left_out() -> None:
    text = f"{HEADER}1. Apologies\n\nNone.\n\nHousing Panel, 4 June 2024      Page 1\n\n2. Repairs\n\n"
    assert read(f"{text}It was noted.\n\nHousing Panel, 4 June 2024      Page 2\n") == [
        ("1", "Apologies", "None."),
        ("2", "Repairs", "It was noted."),
    ]


@pytest.mark.parametrize("line", ["The error was on page 3", "Appendix 2, page 1", "See the table on page 7 of 12"])
def test_lines_that_end_with_a_page_once_stay(line: str) -> None:
    assert read(f"{HEADER}1. Apologies\n\nNone.\n\n2. Repairs\n\nIt was noted.\n\n{line}\n")[1][2].endswith(line)


def test_a_numbered_sentence_that_wraps_is_no_heading() -> None:
    told = (
        "4.1 The Transport Manager reported that 31 of the 88 services were paid for by the Council\n"
        "and that it was £4.6m.\n\n"
    )
    text = f"{HEADER}3 APOLOGIES\n\nNone.\n\n4 BUSES\n\n{told}4.2 It was noted.\n\n5 ROADS\n\n5.1 Noted.\n"
    assert [item[:2] for item in read(text)] == [("3", "APOLOGIES"), ("4", "BUSES"), ("5", "ROADS")]


@pytest.mark.parametrize(
    "title", ["Report on progress with what was agreed at the last meeting of the Panel", "The Year Ahead"]
)
def test_titles_that_speak_of_the_past_are_headings(title: str) -> None:
    text = f"{HEADER}1. Apologies\n\nNone.\n\n2. {title}\n\nIt was noted.\n\n3. Any other business\n\nNone.\n"
    assert [item[1] for item in read(text)] == ["Apologies", title, "Any other business"]


def test_headings_in_markdown_are_headings() -> None:
    text = f"{HEADER}## 1. Apologies\n\nNone.\n\n**2. Repairs**\n\nThe Panel was told of **45** late ones.\n"
    assert read(text) == [("1", "Apologies", "None."), ("2", "Repairs", "The Panel was told of 45 late ones.")]


ITEMS = (
    "1. Apologies\n\nNone were received.\n\n2. Repairs\n\n"
    "The Panel noted that 45 repairs were late.\n\n3. Urgent business\n\nNone.\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "Meeting of the Housing Panel held on Tuesday 4 June 2024",
        "MEETING OF THE HOUSING PANEL HELD ON TUESDAY 4 JUNE 2024",
        "Minutes of the meeting of the Housing Panel held on 4 June 2024",
    ],
)
def test_whole_minutes_under_a_line_that_names_the_meeting_are_cut(title: str) -> None:
    document = parse(f"Anytown Council\n\n{title}\n\nPresent: Councillor Ada Lee\n\n{ITEMS}".encode(), "minutes.txt")
    assert [item.title for item in document.items] == ["Apologies", "Repairs", "Urgent business"]
    assert [(meeting.committee, meeting.date) for meeting in document.meetings] in (
        [("Housing Panel", "2024-06-04")],
        [("HOUSING PANEL", "2024-06-04")],
    )


@pytest.mark.parametrize(
    "line", ["Meeting of the Board on 12 May 2024 had been cancelled.", "Meeting: 12/05/2024 - Cabinet"]
)
def test_a_meeting_cited_in_whole_minutes_cuts_and_dates_nothing(line: str) -> None:
    document = parse(
        f"{HEADER}{ITEMS.replace('The Panel', f'{line}{chr(10)}{chr(10)}The Panel')}".encode(), "minutes.txt"
    )
    assert [item.title for item in document.items] == ["Apologies", "Repairs", "Urgent business"]
    assert [meeting.date for meeting in document.meetings] == ["2024-06-04"]
    assert document.items[1].text == f"{line}\nThe Panel noted that 45 repairs were late."


def test_a_numbered_list_of_what_was_said_is_no_list_of_items() -> None:
    listed = (
        "These were raised:\n\n1. Damp was rising in 12 homes\n\n2. Lifts were out of order\n\n"
        "3. Letters were unanswered"
    )
    text = f"{HEADER}1. Apologies\n\nNone.\n\n2. Repairs\n\n{listed}\n\nIt was noted.\n\n3. Voids\n\nIt was noted.\n"
    assert [item[:2] for item in read(text)] == [("1", "Apologies"), ("2", "Repairs"), ("3", "Voids")]


def test_a_column_headed_agenda_item_is_no_page_of_one_item() -> None:
    assert [item[:2] for item in read(f"{HEADER}Agenda item\n\nDiscussion\n\nAction\n\n{ITEMS}")] == [
        ("1", "Apologies"),
        ("2", "Repairs"),
        ("3", "Urgent business"),
    ]


@pytest.mark.parametrize("mark", [":", " -", "."])
def test_agenda_items_by_number_are_headings(mark: str) -> None:
    text = f"{HEADER}Agenda Item 1{mark} Apologies\n\nNone.\n\nAgenda Item 2{mark} Repairs\n\nIt was noted.\n"
    assert read(text) == [("1", "Apologies", "None."), ("2", "Repairs", "It was noted.")]


def test_minutes_without_headings_are_read_without_their_header() -> None:
    told = "Apologies were received from Councillor Dale.\n\nThe Panel noted that 45 repairs were late.\n"
    document = parse(f"{HEADER}{told}".encode(), "minutes.txt")
    assert [(item.title, item.text) for item in document.items] == [(None, told.replace("\n\n", "\n").strip())]
    assert [(person.name, person.status) for person in document.meetings[0].attendance] == [
        ("Ada Lee", "present"),
        ("Dale", "apologies"),
    ]


def test_notes_without_a_list_of_those_present_keep_all_their_lines() -> None:
    text = "Notes of our meeting about homes\n\nRepairs are late: 45\n\nThe Panel asked for a plan.\n"
    assert read(text) == [
        (None, "Notes of our meeting about homes", "Repairs are late: 45\nThe Panel asked for a plan.")
    ]
