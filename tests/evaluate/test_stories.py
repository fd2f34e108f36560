"""How well later items are found for requests, on the packaged story and on those kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.evaluate.follow_through import score_story

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("folder", "precision", "recall"),
    [
        ("corpus/follow_through", 0.91, 0.86),
        ("tests/held_out/c", 0.87, 0.75),
        ("tests/held_out/d", 0.92, 0.80),
        ("tests/held_out/e", 0.95, 0.67),
        ("tests/held_out/f", 0.84, 0.68),
        ("tests/held_out/g", 0.90, 0.82),
        ("tests/held_out/h", 0.87, 0.83),
        ("tests/held_out/i", 0.86, 0.66),
        ("tests/held_out/j", 0.94, 0.64),
        ("tests/held_out/k", 0.81, 0.69),
    ],
)
def test_the_linking_of_a_story_is_as_good_as_it_was(folder: str, precision: float, recall: float) -> None:
    linked, story = score_story(ROOT / folder)
    assert story.lost == []
    assert (linked.precision >= precision, linked.recall >= recall) == (True, True)
