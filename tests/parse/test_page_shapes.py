"""Shapes of councils' pages met in the wild, in words of our own: nothing is lost, moved or left in by mistake."""

from __future__ import annotations

import pytest

from minutesminer.models import Document
from minutesminer.parse import parse
from minutesminer.parse.sections import tidy_title


def read(text: str) -> Document:
    return parse(text.encode(), "page.txt")


def items(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(item.number, item.title, item.text) for item in read(text).items]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, item.text[part.start : part.end]) for item in read(text).items for part in item.sections]


LISTED = "No. | Item |\n{}Date of next meeting Minutes: It was noted. |\n"


@pytest.mark.parametrize(
    ("row", "title", "text"),
    [
        (
            "Written questions from members of the public To receive questions under Rule 10. Minutes: None. |\n",
            "Written questions from members of the public",
            "To receive questions under Rule 10.\nMinutes:\nNone.",
        ),
        (
            "Responses of the Cabinet to Reports of the Panel To consider responses. Minutes: It was noted. |\n",
            "Responses of the Cabinet to Reports of the Panel",
            "To consider responses.\nMinutes:\nIt was noted.",
        ),
        (
            "Budget outlook Members of the Panel are asked to note it. Minutes: It was noted. |\n",
            "Budget outlook",
            "Members of the Panel are asked to note it.\nMinutes:\nIt was noted.",
        ),
    ],
)
def test_a_title_in_a_table_ends_where_the_agendas_words_begin(row: str, title: str, text: str) -> None:
    assert items(LISTED.format(row))[0] == (None, title, text)


def test_an_item_under_an_empty_list_of_files_is_the_next_one() -> None:
    rows = "Work plan PDF 11 KB To approve it. Additional documents:\nTalk with the Leader Minutes: He was thanked. |\n"
    assert items(LISTED.format(rows))[:2] == [
        (None, "Work plan", "To approve it."),
        (None, "Talk with the Leader", "Minutes:\nHe was thanked."),
    ]


def test_a_file_listed_before_the_minutes_is_no_item() -> None:
    rows = (
        "Work plan PDF 11 KB To approve it. Additional documents:\n"
        "Appendix A, item 4 PDF 9 KB Minutes: It was noted. |\n"
    )
    assert [item[1] for item in items(LISTED.format(rows))] == ["Work plan", "Date of next meeting"]


def test_what_the_agenda_asks_of_members_is_no_minute() -> None:
    above = (
        "Panel - 4 June 2024\n\nNo. Item\n\n\nMinutes PDF 1 KB\n\nTo approve them.\n\n\n\n\nThey were approved.\n\n\n"
    )
    text = f"{above}Overview PDF 3 KB\n\nThe Panel is asked to agree it.\n\n\n\n\nThe Panel considered the report.\n"
    assert kinds(text)[2:] == [
        ("background", "The Panel is asked to agree it."),
        ("minutes", "The Panel considered the report."),
    ]


def test_a_page_in_welsh_is_cut_and_its_furniture_left_out() -> None:
    text = (
        "Rhaglen a chofnodion\n\nEitemau\nRhif eitem\n\n1.\n\nYmddiheuriadau\n\nDogfennau ychwanegol:\n\n"
        "Cofnodion:\n\nDim.\n\n"
        "2.\n\nCofnodion pdf eicon PDF 281 KB\n\nDogfennau ychwanegol:\n\nCofnodion:\n\nCadarnhawyd y cofnodion.\n"
    )
    assert items(text) == [
        ("1", "Ymddiheuriadau", "Cofnodion:\nDim."),
        ("2", "Cofnodion", "Cofnodion:\nCadarnhawyd y cofnodion."),
    ]


WELSH = (
    "CYNGOR SIR LLAN\n\nCofnodion y cyfarfod a gynhaliwyd ar 20 Medi, 2005\n\nYN BRESENNOL:\n\n"
    "Y Cynghorydd J. Rees\n\nWRTH LAW:\n\nPennaeth Tai\n\n"
)


def test_minutes_in_welsh_are_told_by_their_verbs() -> None:
    told = "DATGANIADAU\n\nGwnaeth y Cynghorydd Rees ddatganiad.\n\nCOFNODION\n\nCadarnhawyd cofnodion y cyfarfod.\n"
    assert [item[1] for item in items(WELSH + told)] == ["DATGANIADAU", "COFNODION"]


def test_an_agenda_in_welsh_holds_no_minutes() -> None:
    asked = (
        "DATGANIADAU\n\nDerbyn unrhyw ddatganiad.\n\nCOFNODION\n\n"
        "Cadarnhau cofnodion y cyfarfod a gynhaliwyd ar 1 Mai.\n"
    )
    assert read(WELSH + asked).outcome == "no_minutes"


def test_limbs_under_a_list_of_files_are_all_kept() -> None:
    head = (
        "Issue - meetings\nBudget\nMeeting: 27/02/2019 - Cabinet (Item 6)\n6 Budget PDF 116 KB\nAdditional documents:\n"
    )
    files = "- Appendix 1, item 6 PDF 2 MB\n- Webcast for the budget of this year\n"
    limbs = (
        "1. To note the summary status as set out; and\n2. To note the measures set out below.\nThe Mayor was thanked."
    )
    assert items(f"{head}{files}{limbs}\n") == [("6", "Budget", limbs)]


def test_a_title_that_an_issues_page_repeats_is_no_text() -> None:
    text = (
        "Issue - meetings\n\nBudget report - Q2\n\nMeeting: 09/11/2021 - Panel (Item 40)\n\n"
        "Budget report - Q2\n\nMinutes:\n\nNoted.\n"
    )
    assert items(text) == [("40", "Budget report - Q2", "Minutes:\nNoted.")]


def test_what_a_decisions_page_says_of_it_is_no_text_of_it() -> None:
    above = (
        "Decision details\n\nRoads\n\nDecision Maker: Roads Panel\n\nDecision status: Approved\n\n"
        "Is Key decision?: No\n\n"
    )
    text = (
        f"{above}Decisions:\n\nThat the plan be agreed.\n\nDate of decision: 21/09/2018\n\n"
        f"Decided at meeting: 21/09/2018 - Roads Panel\n"
    )
    document = read(text)
    assert [(item.title, item.text) for item in document.items] == [("Roads", "Decisions:\nThat the plan be agreed.")]
    assert [(meeting.committee, meeting.date) for meeting in document.meetings] == [("Roads Panel", "2018-09-21")]


@pytest.mark.parametrize("heading", ["Issue - decisions", "Issue - decisions\n\nIssue - decisions"])
def test_a_page_of_an_issues_decisions_is_named_by_the_issue(heading: str) -> None:
    text = f"{heading}\n\nQuarter 1 report\n\n19/09/2012 - Money report\n\n(a) That Members note the report.\n"
    assert [item.title for item in read(text).items] == ["Quarter 1 report"]


def test_the_lost_label_stands_before_the_first_that_somebody_did() -> None:
    told = "The Coordinator submitted a report on the work programme.\n\n\nMembers noted it.\n"
    text = f"Agenda item\n\nWork programme\n\nTo consider a report by the Coordinator.\n\n\n\n{told}"
    assert kinds(text) == [
        ("background", "To consider a report by the Coordinator."),
        ("minutes", "The Coordinator submitted a report on the work programme.\nMembers noted it."),
    ]


@pytest.mark.parametrize(("line", "title"), [("Scrutiny Letters.", "Scrutiny Letters"), ("Minutes", "Minutes")])
def test_titles_of_items_pages_may_have_a_stop_or_look_like_a_label(line: str, title: str) -> None:
    text = f"Agenda item\n\n{line}\n\nMinutes:\n\nThe Chair reported the letters.\n"
    assert items(text) == [(None, title, "Minutes:\nThe Chair reported the letters.")]


def test_a_sentence_at_the_top_of_an_items_page_is_no_title() -> None:
    assert items("Agenda item\n\nIt was noted.\n\nMinutes:\n\nThe Chair reported it.\n")[0][1] is None


@pytest.mark.parametrize("line", ["(10.30-11.30)", "(09.15)", "Audio recording – 1 minute 46 seconds", "</AI1>"])
def test_marks_of_time_beside_items_are_left_out(line: str) -> None:
    text = f"Agenda item\n\nBudget\n\nMinutes:\n\nThe Panel noted it.\n\n{line}\n"
    assert items(text) == [(None, "Budget", "Minutes:\nThe Panel noted it.")]


@pytest.mark.parametrize("line", ["The audio recording was 2 minutes late.", "(10.30-11.30 was too early.)"])
def test_sentences_about_times_stay(line: str) -> None:
    text = f"Agenda item\n\nBudget\n\nMinutes:\n\nThe Panel noted it.\n\n{line}\n"
    assert items(text) == [(None, "Budget", f"Minutes:\nThe Panel noted it.\n{line}")]


def test_another_meeting_that_the_minutes_speak_of_dates_nothing() -> None:
    text = (
        "8 Money report PDF 2 MB\nCouncillor Marl introduced the report and thanked the officers for it.\n"
        "2. That the plan (as endorsed by the Roads Panel held 3 March 2022) be supported by the Cabinet.\n"
        "That the Roads Panel:\n3. Raises with the Leader any issues with it.\n"
    )
    assert [(meeting.committee, meeting.date) for meeting in read(text).meetings] == [(None, None)]


@pytest.mark.parametrize(
    ("title", "tidy"),
    [
        ("Budget report pdf icon PDF 57 KB", "Budget report"),
        ("Budget report DOCX 33 KB", "Budget report"),
        ("Budget report (PDF, 120KB)", "Budget report"),
        ("Cofnodion pdf eicon PDF 281 KB", "Cofnodion"),
        ("Broadband at 100 MB", "Broadband at 100 MB"),
        ("Report on PDF forms (2024)", "Report on PDF forms (2024)"),
    ],
)
def test_sizes_of_files_are_no_part_of_titles(title: str, tidy: str) -> None:
    assert tidy_title(title) == tidy


AGENDA = "Agenda\n\nRoads Panel - Wednesday, 8th September, 2021 10.00 am\n\nItems\nNo. Item\n\n"


def test_an_agenda_with_wide_gaps_holds_no_minutes() -> None:
    items = (
        "1.\n\nAppeals\n\nTo consider any appeals (in which case the public will be excluded).\n\n \n\n"
        "(Notice must be received in writing 24 hours before the meeting.)\n\n2.\n\n"
        "Exclusion of the press and public\n\n"
        "To consider whether to pass this:\n\n \n\nRESOLVED – That the public be excluded, as if they were present.\n\n"
        "3.\n\nMINUTES\n\nRecommended –\n\n \n\nThat the minutes of the last meeting be signed as a correct record.\n"
    )
    assert read(AGENDA + items).outcome == "no_minutes"


def test_a_decision_under_the_agendas_words_is_minutes() -> None:
    rows = (
        "1.\n\nApologies\n\nThere were none.\n\n2.\n\nMINUTES\n\nTo sign the minutes.\n\n \n\n"
        "That the minutes be signed.\n"
    )
    assert kinds(AGENDA + rows)[-2:] == [
        ("background", "To sign the minutes."),
        ("minutes", "That the minutes be signed."),
    ]


def test_an_agenda_that_says_what_members_may_do_holds_no_minutes() -> None:
    items = (
        "1 Welcome\n\nThe Chair to welcome all, and to announce what to do in a fire.\n\n2 Substitutes\n\n"
        "Members may send one; this must be recorded.\n\n3 Urgent items\n\n"
        "To announce any that the Chair has agreed to.\n"
    )
    assert read(f"Roads Panel\n27 Jan 2015 - 18:00\n\nAgenda\n\n{items}").outcome == "no_minutes"


def test_a_listing_without_rows_keeps_what_stands_above_it_out() -> None:
    above = (
        "Roads Panel - Tuesday 21 November 2006 7.30 pm\n\nVenue: Room 1\n\n"
        "Contact: Ada Lee Tel: 020 1\n\nNo. Item\n\n\n"
    )
    body = "The Panel considered the terms of reference.\n\n\nIt was agreed that they be approved.\n"
    assert items(above + body) == [(None, None, body.replace("\n\n\n", "\n").strip())]


def test_titles_in_capitals_that_run_into_their_text_are_headings() -> None:
    text = (
        "Roads Panel – 21 March 2011\n\nPRESENT: Councillor Lee in the chair.\n\n"
        "219 DECLARATIONS OF INTEREST – There were none.\n\nNo whip was declared.\n\n"
        "220 (29) POTHOLES – The Head of Roads said that 45 were open.\n\nResolved – That it be noted.\n"
    )
    assert items(text) == [
        ("219", "DECLARATIONS OF INTEREST", "There were none.\nNo whip was declared."),
        ("220", "POTHOLES (29)", "The Head of Roads said that 45 were open.\nResolved – That it be noted."),
    ]


def test_capitals_with_a_dash_in_running_text_are_no_headings() -> None:
    told = "2019 NHS FIGURES – They were old.\n\n12 GP SURGERIES – These were full.\n\n"
    text = f"Health Panel\n\n4 June 2024\n\nPRESENT: Councillor Lee\n\n1. Apologies\n\nNone.\n\n2. Visits\n\n{told}"
    assert [item[:2] for item in items(text)] == [("1", "Apologies"), ("2", "Visits")]


def test_a_page_under_meeting_documents_is_not_named_so() -> None:
    head = "Meeting documents\n\nABC Roads Panel\nWednesday, 6th May, 2020 9.30 am\n\n"
    text = (
        f"{head}  • Meeting of Roads Panel, Wednesday 6th May 2020 9.30 am (Item 6.)\n\nPotholes\n\n"
        f"The Panel noted them.\n"
    )
    assert items(text) == [("6", "Potholes", "The Panel noted them.")]


def test_a_rule_at_the_end_of_a_line_is_left_out() -> None:
    assert (
        items("Agenda item\n\nPotholes\n\nMinutes:\n\nThe Panel noted them. |\n")[0][2]
        == "Minutes:\nThe Panel noted them."
    )


@pytest.mark.parametrize(
    ("told", "committee"),
    [
        ("The Committee noted the Council’s Committee Procedure Rules.", None),
        ("The Committee confirmed the Minutes of the Meeting of the Roads Committee.", "Roads Committee"),
    ],
)
def test_the_committee_is_told_by_its_name_alone(told: str, committee: str | None) -> None:
    assert [meeting.committee for meeting in read(f"Potholes\n\nMinutes:\n\n{told}\n").meetings] == [committee]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("To receive an update from the Scrutiny Manager, and to discuss these for the programme:", None),
        (
            "Children’s Social Care Front Door and Placements - Quarter 3 of the Year 2023/24:",
            "Children’s Social Care Front",
        ),
    ],
)
def test_an_agendas_line_that_opens_a_list_is_no_title(line: str, title: str | None) -> None:
    named = items(f"Agenda item\n\n{line}\n\n· Ours\n\nMinutes:\n\nThe Panel noted it.\n")[0][1]
    assert (named and named[: len(title or "")]) == title


def test_a_numbered_row_behind_text_between_the_rules_is_an_item() -> None:
    text = (
        "| No. | Item |\n| --- | --- |\n| 8. | Minutes PDF 96 KB They were agreed. |\n| 9. | Crime PDF 4 KB |\n\n"
        "The Chief Superintendent said that robbery was down by 9 per cent.\n\n| 10. | Exclusion of the public |\n\n"
        "RECOMMENDED – That the press and public be excluded, should Members discuss Appendix 3.\n\n"
        "They did not.\n\nSupporting documents:\n\n• Report, item 9. PDF 57 KB\n"
    )
    excluded = "RECOMMENDED – That the press and public be excluded, should Members discuss Appendix 3.\nThey did not."
    assert items(text) == [
        ("8", "Minutes", "They were agreed."),
        ("9", "Crime", "The Chief Superintendent said that robbery was down by 9 per cent."),
        ("10", "Exclusion of the public", excluded),
    ]


def test_rows_whose_heading_is_lost_are_items() -> None:
    rows = (
        "Apologies To note them. Minutes: None were received. |\nUrgent business Minutes: There was none. |\n"
        "Potholes To consider the report. Additional documents: Minutes: The Panel noted that 45 were open. |\n"
    )
    assert items(rows) == [
        (None, "Apologies", "To note them.\nMinutes:\nNone were received."),
        (None, "Urgent business", "Minutes:\nThere was none."),
        (None, "Potholes", "To consider the report.\nMinutes:\nThe Panel noted that 45 were open."),
    ]


def test_a_table_in_minutes_is_no_table_of_items() -> None:
    table = "| Area | Minutes: late |\n| --- | --- |\n| North | 12 |\n| South | 9 |\n"
    text = f"Agenda item\n\nBuses\n\nMinutes:\n\nThe Panel noted the table.\n\n{table}"
    assert items(text)[0][:2] == (None, "Buses")


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("ILACS Improvement Plan To consider the plan. Minutes: Noted. |\n", "ILACS Improvement Plan"),
        ("MINUTES To sign them. Minutes: Noted. |\n", "MINUTES"),
        ("POTHOLES To consider them. Minutes: Noted. |\n", "POTHOLES"),
        ("BUDGET MONITORING Report of the Treasurer. Minutes: Noted. |\n", "BUDGET MONITORING"),
        ("Interests To provide an opportunity to declare any. Minutes: None. |\n", "Interests"),
        ("Open Session In accordance with the rules, time is allowed. Minutes: None. |\n", "Open Session"),
    ],
)
def test_initials_open_a_title_and_capitals_may_be_all_of_it(row: str, title: str) -> None:
    assert items(LISTED.format(row))[0][1] == title
