"""Promises and requests in wordings nobody foresaw: each passage with everything that must be read from it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly
from spacy.language import Language

from minutesminer import mine

FORMS: list[dict[str, Any]] = srsly.read_yaml(Path(__file__).with_name("blind_forms.yaml"))


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_promises_and_requests_of_a_passage(form: dict[str, Any]) -> None:
    found = mine.mine_text(pipeline(), form["text"])
    assert [[a.quote, a.owner, a.task] for a in found.actions] == form["actions"]
    assert [[f.quote, f.requester] for f in found.follow_ups] == form["follow_ups"]
