from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from minutesminer import mine
from minutesminer.models import ItemRecords

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    return mine.load()


@pytest.fixture
def nlp() -> Language:
    return _pipeline()


@pytest.fixture
def mined(nlp):
    """Mine one clean text."""

    def run(text: str) -> ItemRecords:
        return mine.mine_text(nlp, text)

    return run
