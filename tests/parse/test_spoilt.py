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
