"""Gold files: the hand-made annotation a mining run is measured against.

The format, the closed lists and the meaning of every key are those of the annotation guideline.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from minutesminer.errors import MinutesMinerError

RecordClass = Literal["metrics", "resolutions", "actions", "follow_ups"]
CLASSES: tuple[RecordClass, ...] = get_args(RecordClass)

KINDS = ("percentage", "count", "money", "timescale", "rate", "score")
ROLES = ("actual", "target", "benchmark", "previous", "forecast", "change")
DECISIONS = (
    "note", "agree", "approve", "recommend", "request", "refer", "amend", "endorse",
    "appoint", "establish", "defer", "reject", "exclude", "other",
)  # fmt: skip

# Slots of each class, in the order they are reported.
SLOTS: dict[RecordClass, tuple[str, ...]] = {
    "metrics": (
        "kind", "value", "value_max", "unit", "comparator", "base", "measure", "role", "direction", "period",
    ),
    "resolutions": (
        "number", "decision", "restates", "mover", "seconder",
        "votes_for", "votes_against", "abstentions", "outcome",
    ),
    "actions": ("owner", "task", "recipient", "due", "strength"),
    "follow_ups": ("requester", "request", "due", "destination"),
}  # fmt: skip

_CLOSED: dict[str, tuple[str | None, ...]] = {
    "kind": KINDS,
    "comparator": ("=", "<", "<=", ">", ">=", "~"),
    "role": ROLES,
    "direction": ("up", "down", None),
    "decision": DECISIONS,
    "outcome": ("carried", "lost"),
    "strength": ("undertaken", "planned"),
}
# What a gold file that leaves a closed slot out, or gives null, is taken to say.
_DEFAULTS: dict[str, str] = {
    "comparator": "=",
    "role": "actual",
    "outcome": "carried",
    "strength": "undertaken",
}
_NUMBERS = {"value", "value_max", "base", "votes_for", "votes_against", "abstentions"}
_DOCUMENT_KEYS = {"document", "council", "committee", "date", "items", *CLASSES}
_ITEM_KEYS = {"number", "title"}


class GoldError(MinutesMinerError):
    """A gold file breaks the format of the annotation guideline; the message names file and record."""


@dataclass(slots=True)
class GoldRecord:
    """One annotated record. `slots` holds every slot of its class, None where nothing is stated."""

    class_: RecordClass
    quote: str
    sentence: str
    slots: dict[str, Any]
    optional: bool = False


@dataclass(slots=True)
class GoldDocument:
    """One annotated document. `document` is the annotated file's base name, `path` the gold file.

    `left_out` are the classes that nobody annotated in it (null in the file): nothing found of them counts.
    """

    document: str
    path: Path
    council: str | None = None
    committee: str | None = None
    date: str | None = None
    items: list[tuple[str | None, str | None]] = field(default_factory=list)
    records: dict[RecordClass, list[GoldRecord]] = field(default_factory=dict)
    left_out: frozenset[RecordClass] = frozenset()


def load_gold(path: Path | str) -> list[GoldDocument]:
    """Read one gold file, or every `*.json` under a folder, sorted by path.

    In a folder that holds other JSON too, only files in a folder called `gold` count, where there is one.
    Raises GoldError for what the guideline does not allow, and for two files about one document.
    """
    path = Path(path)
    files = _gold_files(path)
    if not files:
        raise GoldError(f"{path}: no gold file here; give a gold .json file or a folder of them")
    documents = [_read(file) for file in files]
    seen: dict[str, Path] = {}
    for document in documents:
        if document.document in seen:
            other = seen[document.document]
            raise GoldError(f"{document.path}: {document.document!r} is annotated in {other} already")
        seen[document.document] = document.path
    return documents


def _gold_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(file for file in path.rglob("*.json") if file.name != "floors.json")
    in_gold = [file for file in files if file.parent.name.startswith("gold")]
    return in_gold or files


def _read(path: Path) -> GoldDocument:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("document"), str):
        raise GoldError(f"{path}: a gold file is an object with the key 'document'")
    _refuse_unknown(path, "the document", data, _DOCUMENT_KEYS)
    items = data.get("items") or []
    for item in items:
        _refuse_unknown(path, "an item", item, _ITEM_KEYS)
    return GoldDocument(
        document=data["document"],
        path=path,
        council=data.get("council"),
        committee=data.get("committee"),
        date=data.get("date"),
        items=[(item.get("number"), item.get("title")) for item in items],
        records={
            class_: [gold_record(path, f"{class_}[{i}]", class_, raw) for i, raw in enumerate(data.get(class_) or [])]
            for class_ in CLASSES
        },
        left_out=frozenset(class_ for class_ in CLASSES if class_ in data and data[class_] is None),
    )


def gold_record(path: Path, where: str, class_: RecordClass, raw: Any) -> GoldRecord:
    """One annotated record from its JSON object; GoldError names the file at `path` and the place `where`."""
    _refuse_unknown(path, where, raw, {"quote", "sentence", "optional", *SLOTS[class_]})
    for key in ("quote", "sentence"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise GoldError(f"{path}: {where}: {key!r} must be text of the document")
    optional = raw.get("optional", False)
    if not isinstance(optional, bool):
        raise GoldError(f"{path}: {where}: 'optional' must be true or false")
    slots = {slot: _slot(path, where, slot, raw.get(slot)) for slot in SLOTS[class_]}
    # The guideline makes planned actions optional whatever the file says of them.
    planned = class_ == "actions" and slots["strength"] == "planned"
    return GoldRecord(class_, raw["quote"], raw["sentence"], slots, optional or planned)


def _slot(path: Path, where: str, slot: str, value: Any) -> Any:
    if value is None:
        value = _DEFAULTS.get(slot)
    if slot in _CLOSED and value not in _CLOSED[slot]:
        allowed = ", ".join(str(word) for word in _CLOSED[slot])
        raise GoldError(f"{path}: {where}: {slot} is {value!r}; it can be {allowed}")
    if slot in _NUMBERS:
        _check_number(path, where, slot, value)
    elif value is not None and not isinstance(value, str):
        raise GoldError(f"{path}: {where}: {slot} is {value!r}; it must be text or null")
    return value


def _check_number(path: Path, where: str, slot: str, value: Any) -> None:
    if value is None and slot != "value":
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise GoldError(f"{path}: {where}: {slot} is {value!r}; it must be a number")


def _refuse_unknown(path: Path, where: str, raw: Any, allowed: Iterable[str]) -> None:
    if not isinstance(raw, dict):
        raise GoldError(f"{path}: {where} must be an object")
    unknown = sorted(set(raw) - set(allowed))
    if unknown:
        known = ", ".join(sorted(allowed))
        raise GoldError(f"{path}: {where}: unknown key {unknown[0]!r}; allowed are {known}")
