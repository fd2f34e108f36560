"""What a figure measures, read from invented sentences of every construction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import srsly

FORMS: list[dict[str, Any]] = [
    form
    for name in ("measure_forms.yaml", "elided_forms.yaml", "phrase_forms.yaml")
    for form in srsly.read_yaml(Path(__file__).with_name(name))
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_every_figure_of_a_sentence_says_what_it_measures(mined, form: dict[str, Any]) -> None:
    found = mined(form["text"]).metrics
    assert [[metric.quote, metric.measure] for metric in found] == form["measures"]


def test_a_figure_without_any_label_is_to_be_looked_at(mined) -> None:
    found = mined("It stood at 64%.").metrics
    assert [(metric.measure, metric.review) for metric in found] == [(None, "what the figure measures was not found")]


def test_a_measure_is_not_taken_from_far_above(mined) -> None:
    text = "Absence was 6%. The Chair thanked officers. The item was long. Members left. It was then 14%."
    assert [metric.measure for metric in mined(text).metrics] == ["Absence", None]


def test_a_heading_stands_in_where_no_sentence_names_the_indicator(mined) -> None:
    assert [metric.measure for metric in mined("Bus punctuality\nIt stood at 81%.").metrics] == ["Bus punctuality"]


def test_a_clause_of_what_was_said_is_no_subject(mined) -> None:
    text = "The Fire Officer said checks on hydrants had risen to 94%."
    assert [metric.measure for metric in mined(text).metrics] == ["checks on hydrants"]
