"""Follow-ups in the manners of many councils and by their grammar: each passage with all that must be read from it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly
from spacy.language import Language

from minutesminer import mine

FORMS: list[dict[str, Any]] = [
    form
    for name in ("follow_up_forms.yaml", "follow_up_wordings.yaml")
    for form in srsly.read_yaml(Path(__file__).with_name(name))
]


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_follow_ups_of_a_passage(form: dict[str, Any]) -> None:
    found = mine.mine_text(pipeline(), form["text"]).follow_ups
    assert [[f.quote, f.requester, f.request, f.due, f.destination] for f in found] == form["expected"]
