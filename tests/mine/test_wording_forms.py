"""Requests and promises in many wordings: each passage with all that must be read from it, slots and all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly
from spacy.language import Language

from minutesminer import mine

FORMS: list[dict[str, Any]] = srsly.read_yaml(Path(__file__).with_name("wording_forms.yaml"))


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return mine.load()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_wordings_of_requests_and_promises(form: dict[str, Any]) -> None:
    found = mine.mine_text(pipeline(), form["text"])
    assert [[a.quote, a.owner, a.task] for a in found.actions] == form["actions"]
    asked = [[f.quote, f.requester, f.request, f.due, f.destination] for f in found.follow_ups]
    assert asked == form["follow_ups"]
