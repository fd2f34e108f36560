"""What the tests of the Python API share: the packaged minutes, mined once."""

from __future__ import annotations

from pathlib import Path

import pytest

import minutesminer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def corpus_records() -> list[minutesminer.Records]:
    """The records of every packaged document, in the order in which `run` reads them."""
    return [minutesminer.mine(document) for document in minutesminer.read_all(ROOT / "corpus")]
