"""Figures as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from minutesminer.explore.figure_words import figure_words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((53.0, None, "%"), "53%"),
        ((53.25, None, "%", "<"), "under 53.25%"),
        ((1250000.0, None, "GBP"), "£1,250,000"),
        ((12.5, None, "GBP", "~"), "about £12.50"),
        ((-3.0, None, "GBP"), "-£3"),
        ((1.0, None, "week"), "1 week"),
        ((40.0, 45.0, "day", ">="), "at least 40 to 45 days"),
        ((62.5, None, "per 10,000"), "62.5 per 10,000"),
        ((300.0, None, "children"), "300 children"),
        ((1234.0,), "1,234"),
    ],
)
def test_a_figure_is_written_with_its_unit(figure: tuple[Any, ...], words: str) -> None:
    assert figure_words(*figure) == words
