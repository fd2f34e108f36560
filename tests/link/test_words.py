"""Words made comparable."""

from __future__ import annotations

import pytest

from minutesminer.link.words import stem, stems


@pytest.mark.parametrize(
    "forms",
    [
        ("bed", "beds"),
        ("fee", "fees"),
        ("tip", "tips", "tipping", "tipped"),
        ("recycle", "recycled", "recycling"),
        ("inspect", "inspected", "inspections"),
        ("child", "children"),
        ("authority", "authorities"),
        ("consultant", "consultants", "consultancy"),
    ],
)
def test_forms_of_a_word_are_alike(forms: tuple[str, ...]) -> None:
    assert len(set(map(stem, forms))) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("attendance", "attended"),
        ("consultant", "consultation"),
        ("department", "departed"),
        ("employers", "employment"),
        ("officers", "offices"),
        ("providers", "provided"),
        ("refuse", "refused"),
        ("settings", "sets"),
    ],
)
def test_words_of_other_meanings_are_told_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)


def test_function_words_are_left_out_and_hyphens_of_prefixes_joined() -> None:
    assert stems("The re-housed and their beds") == [stem("rehoused"), "bed"]
