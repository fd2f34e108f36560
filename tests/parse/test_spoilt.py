"""Spoilt files end all the same."""

from __future__ import annotations

import pytest

import minutesminer.parse
from minutesminer.models import Attendee
from minutesminer.parse import parse
from minutesminer.parse.attendance import people_in


def test_a_semicolon_inside_brackets_parts_no_list() -> None:
    assert people_in("Ada Lee (Chair; from 6 pm)", "present") == [Attendee("Ada Lee", "Chair; from 6 pm", "present")]


def test_a_file_nested_too_deep_is_damaged_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr(minutesminer.parse, "_read", too_deep)
    document = parse(b"<html><body><p>noted", "deep.html")
    assert (document.outcome, document.issues[0].message) == (
        "damaged",
        "deep.html: its parts are nested too deep to be read; save it again, or give its text",
    )


@pytest.mark.parametrize("control", ["\x08", "\x1f", "\ufffe"])
def test_control_characters_in_loose_words_of_a_cell_are_left_out(control: str) -> None:
    page = (
        '<html><body><div id="modgov"><table class="mgItemTable"><tr><td class="mgItemNumberCell"><p>1.</p></td><td>'
        '<p class="mgAiTitleTxt">Homes</p><p class="mgSubItemTitleTxt">Minutes:</p>'
        f"The Panel noted{control} that <b>12</b> homes{control} were empty.</td></tr></table></div></body></html>"
    )
    (item,) = parse(page.encode(), "spoilt.html").items
    assert item.text.replace("\n", " ").endswith("that 12 homes were empty.")
