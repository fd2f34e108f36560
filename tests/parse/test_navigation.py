"""Lines of a page's own furniture, told from sentences of minutes that have the same words. Synthetic lines."""

from __future__ import annotations

import pytest

from minutesminer.parse.sections import is_navigation


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
    ],
)
def test_sentences_of_minutes_with_such_words_stay(line: str) -> None:
    assert not is_navigation(line)
