"""Clean text: what is mended, what is kept, and that cleaning twice changes nothing."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer.text import clean, fold

_PIECES = st.sampled_from(
    [
        "The Panel noted the report on attendance and asked for",
        "a further breakdown by ward.",
        "Sub?Committee",
        "RESOLVED:",
        "(a)",
        "1.",
        "(iv)",
        "·\u00a0\u00a0 ",
        "- ",
        "o ",
        "\uf0b7",
        "•",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u00a0",
        "| cell | other |",
        "|---|---|",
        "-----",
        "&amp;#39;",
        "&amp;amp;nbsp;",
        "R&amp;D",
        "ﬁnance",
        "impact?What",
        "long-",
        "term",
        "95%",
        "18thJune2024",
        "’",
        "\x92",
        "\u200b",
        "\x0c",
        "Minutes:",
    ]
)
_RAW = st.one_of(st.lists(_PIECES, max_size=30).map("".join), st.text(max_size=200))


@given(_RAW)
@settings(max_examples=300, deadline=None)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once


@given(_RAW)
@settings(max_examples=200, deadline=None)
def test_clean_text_has_no_blank_lines_and_single_blanks(raw: str) -> None:
    lines = clean(raw).split("\n")
    assert [line for line in lines if line != fold(line)] == []
    assert clean(raw) == "" or "" not in lines


@given(st.text(alphabet="abcXYZ019 \n\u00a0·•()%£’.,", max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_letter_digit_or_sign_is_lost(raw: str) -> None:
    def counted(text: str) -> Counter[str]:
        return Counter(re.sub(r"[\s·•.]", "", text))

    assert counted(clean(raw)) == counted(raw)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("the Sub?Committee re?visit it", "the Sub-Committee re-visit it"),
        ("VICE?CHAIR", "VICE-CHAIR"),
        ("how many does this impact?What of it?", "how many does this impact?What of it?"),
        ("and for how long?the Chair asked", "and for how long?the Chair asked"),
        ("what is the cost?the Chair asked", "what is the cost?the Chair asked"),
        ("Chair&amp;#39;s R&amp;amp;D&amp;nbsp;budget", "Chair's R&D budget"),
        ("ﬁnal ﬂow oﬀer", "final flow offer"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("the Council\x92s \x93plan\x94 \x96 done", "the Council’s “plan” – done"),
        ("a\u00a0\u00a0 b\t c", "a b c"),
    ],
)
def test_characters_are_mended(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize("glyph", ["·", "-", "–", "Ø", "§", "\uf0b7", "*", "▪", "➢", "o", "•"])
def test_bullets_of_any_glyph_are_one_kind(glyph: str) -> None:
    assert clean(f"{glyph}\u00a0\u00a0  Attendance rose") == "• Attendance rose"


@pytest.mark.parametrize("line", ["-5% on last year", "§47 enquiries", "of the year", "Ørsted spoke"])
def test_a_sign_or_letter_of_the_text_is_no_bullet(line: str) -> None:
    assert clean(line) == line


@pytest.mark.parametrize("label", ["(a)", "1.", "(iv)", "b)", "2.1.", "·", "•"])
def test_a_label_alone_on_its_line_waits_for_its_text(label: str) -> None:
    shown = "•" if label == "·" else label
    assert clean(f"RESOLVED:\n\n{label}\n\nThat the report be noted.") == (
        f"RESOLVED:\n{shown} That the report be noted."
    )


def test_a_paragraph_that_hangs_from_its_number_is_joined_before_a_name_too() -> None:
    raw = (
        "4.1    The Passenger Transport Manager reported that 31 services were supported\n"
        "       by the Council at a cost of £4.6m. A demand-responsive minibus, the\n"
        "       Hopper, had begun to run in the Vale in February.\n\n"
        "4.2    Members asked who rode in it, and whether people came from over the hill.\n"
    )
    assert clean(raw).split("\n") == [
        "4.1 The Passenger Transport Manager reported that 31 services were supported by the Council at a cost of "
        "£4.6m. A demand-responsive minibus, the Hopper, had begun to run in the Vale in February.",
        "4.2 Members asked who rode in it, and whether people came from over the hill.",
    ]


def test_lines_wrapped_inside_paragraphs_are_joined() -> None:
    raw = (
        "The Panel considered a report on the waiting times of adults for an\n"
        "assessment, which had risen since the last meeting in spite of the plan\n"
        "agreed in June.\n"
        "\n"
        "The Director said that the Head of Service had left and that nobody had been\n"
        "Appointed in her place.\n"
    )
    assert clean(raw).split("\n") == [
        "The Panel considered a report on the waiting times of adults for an assessment, which had risen "
        "since the last meeting in spite of the plan agreed in June.",
        "The Director said that the Head of Service had left and that nobody had been Appointed in her place.",
    ]


def test_one_paragraph_a_line_stays_as_it_is() -> None:
    raw = (
        "A large data set had been considered in compiling the report, which the officers introduced at length "
        "before they answered questions from Members of the Panel and of the public\n"
        "The officers highlighted the following areas of the report:\n"
        "· a rise in demand\n"
        "· a fall in cost"
    )
    assert clean(raw).split("\n") == [
        raw.split("\n")[0],
        raw.split("\n")[1],
        "• a rise in demand",
        "• a fall in cost",
    ]


def test_short_lines_are_never_joined() -> None:
    raw = "Present:\nCouncillor Ann Lee\nCouncillor Bo Moe\nMinutes:\nThe Panel met."
    assert clean(raw) == raw


def test_bullets_run_together_on_one_line_are_parted() -> None:
    assert clean("It was noted: · that costs rose; ·\u00a0 that use fell.").split("\n") == [
        "It was noted:",
        "• that costs rose;",
        "• that use fell.",
    ]


def test_a_word_broken_at_its_hyphen_is_joined_without_a_blank() -> None:
    raw = "The service would now concentrate on the needs of those in long-\nterm care and on their families."
    assert clean(raw) == (
        "The service would now concentrate on the needs of those in long-term care and on their families."
    )


def test_residue_of_tables_reads_as_cells() -> None:
    assert clean("| For | Against |\n| --- | --- |\n| 7 | 2 |") == "For Against\n7 2"


def test_folding_makes_one_blank_of_any_white_space() -> None:
    assert fold(" a\u00a0\n\t b ") == "a b"


def test_leaders_are_shortened_so_that_no_text_is_one_endless_word():
    assert clean("Chair " + "." * 50_000 + " Date " + "_" * 40) == "Chair ... Date ___"
    assert clean("He paused... then - at last - left.") == "He paused... then - at last - left."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("held on 18thJune 2024", "held on 18th June 2024"),
        ("the meeting of 2May2023", "the meeting of 2 May 2023"),
        ("On Tuesday18th June2024 the Panel met", "On Tuesday 18th June 2024 the Panel met"),
        ("by the end of June1", "by the end of June1"),
        ("3Marches and 2Mayors", "3Marches and 2Mayors"),
        ("Form June20245 and Monday", "Form June20245 and Monday"),
        ("itemand text run together", "itemand text run together"),
    ],
)
def test_dates_whose_blanks_were_lost_get_them_back(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Sub\x1eCommittee", "Sub-Committee"),
        ("co\x1foperation", "cooperation"),
        ("The Panel noted it. |", "The Panel noted it."),
        ("** Please note this **", "** Please note this **"),
        ("# 5 of them", "5 of them"),
        ("Rated 5** by all", "Rated 5** by all"),
        ("#5 of them", "#5 of them"),
    ],
)
def test_marks_of_word_tables_and_markdown_are_read_as_what_they_stand_for(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_short_lines_of_their_own_are_not_joined_when_their_blank_lines_are_gone() -> None:
    lines = [
        "Minutes of the meeting held on 4 June 2024",
        "Present: Councillor Ada Lee (Chair), Councillor Bo Moe",
        "Contact: Ada Lee, tel 01632 960000, email ada@any.example",
        "The Panel noted that 45 repairs were late.",
    ]
    assert clean("\n\n".join(lines)) == "\n".join(lines)
    assert clean("\n".join(lines)) == "\n".join(lines)


def test_lines_wrapped_at_a_column_are_joined_though_some_go_on_with_a_capital() -> None:
    raw = (
        "The Panel was told by the Assistant Director that the\nCouncil had built forty homes, and that so far the\n"
        "grant from the Mayor for the rest of them had come to the\nCouncil in May. It was noted.\n"
    )
    assert clean(raw) == " ".join(raw.split("\n")).strip()
