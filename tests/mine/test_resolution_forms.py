"""Resolutions in the manners of many councils: every passage of `resolution_forms.yaml`, whole lists compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import srsly

from minutesminer import mine
from minutesminer.mine.engine.rules import unmark

if TYPE_CHECKING:
    from spacy.language import Language

FORMS: dict[str, list[str]] = srsly.read_yaml(Path(__file__).with_name("resolution_forms.yaml"))
NOT_STATED: dict[str, Any] = {
    "number": None,
    "mover": None,
    "seconder": None,
    "votes_for": None,
    "votes_against": None,
    "abstentions": None,
    "outcome": "carried",
}


@pytest.mark.parametrize(
    ("construction", "passage"), [(name, passage) for name, passages in FORMS.items() for passage in passages]
)
def test_a_passage_gives_its_resolutions_and_no_others(nlp: Language, construction: str, passage: str) -> None:
    text, marks = unmark(passage)
    expected = [{"quote": mark.quote, **NOT_STATED, **_slots(mark.slots)} for mark in marks]
    records = mine.mine_text(nlp, text).resolutions
    names = ["quote", "decision", *NOT_STATED]
    assert [{name: getattr(record, name) for name in names} for record in records] == expected


def _slots(given: dict[str, Any]) -> dict[str, Any]:
    """The slots of a mark; what reads as a number there is a label where it is the limb's `number`."""
    return {
        name: f"{value:g}" if name == "number" and isinstance(value, float) else value for name, value in given.items()
    }
