"""Figures by construction: each invented sentence with all the figures that must be read from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import srsly

from minutesminer.models import Metric

FORMS: list[dict[str, Any]] = srsly.read_yaml(Path(__file__).with_name("figure_forms.yaml"))
SENTENCES = [
    pytest.param(sentence["text"], sentence["gives"], id=f"{form['construction']}: {sentence['text'][:50]}")
    for form in FORMS
    for sentence in form["sentences"]
]


def written(metric: Metric) -> str:
    """A metric in the notation of the file."""
    upper = "" if metric.value_max is None else f"..{metric.value_max:.10g}"
    slots = [
        metric.kind,
        f"{metric.value:.10g}{upper}",
        None if metric.base is None else f"of {metric.base:.10g}",
        metric.unit and f"[{metric.unit}]",
        None if metric.comparator == "=" else metric.comparator,
        None if metric.role == "actual" else metric.role,
        metric.direction,
        metric.period and f"({metric.period})",
    ]
    return f"{metric.quote} => " + " ".join(slot for slot in slots if slot)


@pytest.mark.parametrize(("text", "gives"), SENTENCES)
def test_figures_of_a_sentence(mined, text: str, gives: list[str]) -> None:
    assert [written(metric) for metric in mined(text).metrics] == gives


def test_the_list_is_long_enough_to_tell() -> None:
    assert len(SENTENCES) >= 250
    assert sum(not param.values[1] for param in SENTENCES) >= 50
