"""Actions in the manners of many councils: each passage with everything that must be read from it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly
from spacy.language import Language

from minutesminer import mine

FORMS: list[dict[str, Any]] = srsly.read_yaml(Path(__file__).with_name("action_forms.yaml"))


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_actions_of_a_passage(form: dict[str, Any]) -> None:
    found = mine.mine_text(pipeline(), form["text"]).actions
    assert [[a.quote, a.owner, a.task, a.recipient, a.due, a.strength] for a in found] == form["expected"]
