"""Lines of a page's own furniture, told from sentences of minutes that have the same words. Synthetic lines."""

from __future__ import annotations

import pytest

from minutesminer.parse.navigation import is_navigation, without_navigation
from minutesminer.parse.sections import without_tail


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content",
        "We use essential cookies to make our website work.",
        "Cookies on this site",
        "This website uses cookies to give the best experience in your browser.",
        "Accept all cookies Reject all Manage preferences",
        "Accept all Reject all Settings",
        "Cookie settings",
        "You can change your cookie preferences at any time.",
        "Share this page",
        "Share this item on Facebook, Twitter and LinkedIn",
        "Home > Your council > Meetings > Agenda and minutes",
        "Printed minutes 13th-Mar-2025 10.00 Housing Panel PDF 111 KB",
        "Agenda frontsheet PDF 188 KB",
        "View the recorded vote for this item",
        "This page was last updated on 3 March 2025.",
        "© 2024 Fellmere Borough Council, all rights reserved",
        "Was this page useful?",
    ],
)
def test_notices_and_buttons_of_a_page_are_left_out(line: str) -> None:
    assert is_navigation(line)


@pytest.mark.parametrize(
    "line",
    [
        "She requested a briefing note on waiting lists for allotments, site by site.",
        "The Site Manager said that a website was essential.",
        "Members were asked to accept the offer for the depot site and reject the other.",
        "It was essential that the preferences of tenants were known.",
        "Residents found the settings of the new website hard to follow.",
        "The Panel heard that the site would accept commercial waste.",
        "A Member asked why the council's website set cookies that were not essential.",
        "Members were told that the cookie banner on our website had been replaced.",
        "Share of households in fuel poverty: 14%",
        "• Share what was learned with schools",
        "Share learning with schools by June.",
        "Share the figures by ward.",
        "Printed minutes would no longer be posted to members.",
        "The agenda reports pack had come late.",
        "Agenda reports pack would be published a day earlier.",
        "PM10 > 40 on 3 days, PM2.5 > 20 on 5 days",
        "Waits > 18 weeks, > 26 weeks and > 52 weeks by speciality",
        "Return to top of the agenda was agreed.",
        "Skip to content Agenda item The Panel noted the report.",
        "Copyright law limited what could be shown.",
    ],
)
def test_sentences_of_minutes_with_such_words_stay(line: str) -> None:
    assert not is_navigation(line)


def test_an_entry_of_one_word_stays_in_a_list_that_the_minutes_open() -> None:
    lines = ["The channels used were:", "• Facebook", "• Radio", "• LinkedIn", "It was noted.", "• Facebook"]
    assert list(without_navigation(lines)) == lines[:-1]


def test_links_to_share_a_page_are_left_out_below_their_heading() -> None:
    assert list(without_navigation(["Noted.", "Share this page:", "• Facebook", "• Twitter", "Menu"])) == ["Noted."]


@pytest.mark.parametrize(
    "lines",
    [
        ["Members asked for the following additional documents: the risk register and the contract.", "• The map"],
        ["It was agreed to publish supporting documents: first the plan.", "Report on roads"],
        ["Supporting documents: the Panel had received none of them in time.", "Report on roads"],
    ],
)
def test_a_sentence_that_speaks_of_documents_hides_nothing(lines: list[str]) -> None:
    assert [line.removeprefix("Supporting documents: ") for line in lines] == without_tail(lines)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["Noted.", "Supporting documents:", "• Report on roads, item 4. PDF 57 KB", "• Appendix A"], ["Noted."]),
        (["Noted. Supporting documents: Report on roads, item 4. PDF 57 KB"], ["Noted."]),
        (["Roads Additional documents: Minutes: The Panel noted it."], ["Roads", "Minutes: The Panel noted it."]),
    ],
)
def test_files_listed_under_an_item_are_left_out(lines: list[str], kept: list[str]) -> None:
    assert without_tail(lines) == kept


@pytest.mark.parametrize("label", ["Supporting documents:", "Additional documents:"])
def test_minutes_that_go_on_under_a_list_of_files_stay(label: str) -> None:
    told = ["The Director undertook to send the figures to Members by July.", "RESOLVED that the report be noted."]
    assert without_tail(["Noted.", label, "• Report on roads, item 4. PDF 57 KB", *told]) == ["Noted.", *told]
