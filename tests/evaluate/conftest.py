"""Small annotated documents, built in memory, and records as a rule would give them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from minutesminer.evaluate import GoldDocument, GoldRecord, PredictedDocument
from minutesminer.evaluate.gold import CLASSES, SLOTS
from minutesminer.models import Action, FollowUp, ItemRecords, Metric, Resolution

TYPES: dict[str, Any] = {
    "metrics": Metric,
    "resolutions": Resolution,
    "actions": Action,
    "follow_ups": FollowUp,
}
NEEDED: dict[str, dict[str, Any]] = {
    "metrics": {"kind": "count", "value": 1},
    "resolutions": {"decision": "note"},
    "actions": {},
    "follow_ups": {},
}
STATED: dict[str, dict[str, Any]] = {
    "metrics": {"comparator": "=", "role": "actual"},
    "resolutions": {"outcome": "carried"},
    "actions": {"strength": "undertaken"},
    "follow_ups": {},
}


class Build:
    """Builders of gold and of predictions; every quote is found in its item by plain search."""

    @staticmethod
    def gold(class_: Any, quote: str, sentence: str, optional: bool = False, **slots: Any) -> GoldRecord:
        stated = {slot: None for slot in SLOTS[class_]} | STATED[class_] | NEEDED[class_] | slots
        return GoldRecord(class_, quote, sentence, stated, optional)

    @staticmethod
    def document(*records: GoldRecord, name: str = "minutes.txt") -> GoldDocument:
        by_class = {class_: [record for record in records if record.class_ == class_] for class_ in CLASSES}
        return GoldDocument(name, Path("gold") / name, records=by_class)

    @staticmethod
    def found(class_: str, text: str, quote: str, nth: int = 0, **slots: Any) -> Any:
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        stated = NEEDED[class_] | slots
        return TYPES[class_](
            quote=quote, sentence=text, start_char=start, end_char=start + len(quote), rule="test", **stated
        )

    @staticmethod
    def predicted(text: str, name: str = "minutes.txt", **records: Any) -> PredictedDocument:
        return PredictedDocument(name, [(text, ItemRecords(**records))])


@pytest.fixture
def build() -> type[Build]:
    """The builders of gold and predictions."""
    return Build


@pytest.fixture
def shared() -> Path:
    """The folder of real annotated documents beside the checkout; tests skip where it is not there."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("MINUTESMINER_SHARED", root.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the annotated documents are not at {folder}; set MINUTESMINER_SHARED")
    return folder
