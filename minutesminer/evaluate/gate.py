"""The quality gate: scores on an annotated corpus against recorded floors.

A floors file holds, for each corpus by name, the list of all pins ever made, oldest first. A pin records the
corpus (sha256 over its files' names and bytes), the scores that were reached, and why. The last pin holds.
Pins are sealed in a chain, so that an edited or removed one is noticed; a pin that lowers a floor on
the same corpus needs a reason.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.scores import Scores

FLOORS_FILE = "floors.json"


class FloorsError(MinutesMinerError):
    """A floors file cannot be read, or a pin would break its rules; the message says what to do."""


@dataclass(slots=True, frozen=True)
class Pin:
    """One entry of the history. `floors` maps names like `metrics.f1` to shares cut to three digits."""

    date: str
    sha256: str
    floors: dict[str, float]
    reason: str
    seal: str


def corpus_sha256(folders: Sequence[Path]) -> str:
    """Digest of the names (relative to their folder) and bytes of all files, but hidden ones and floors."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            relative = path.relative_to(folder)
            hidden = any(part.startswith((".", "__")) for part in relative.parts)
            if hidden or not path.is_file() or path.name == FLOORS_FILE:
                continue
            name, content = relative.as_posix().encode(), path.read_bytes()
            # Lengths keep two files from running together into the bytes of one.
            digest.update(b"%d:%s%d:" % (len(name), name, len(content)))
            digest.update(content)
    return digest.hexdigest()


def floors_of(scores: Scores) -> dict[str, float]:
    """The shares a pin records: precision, recall and F1 by class, F1 by kind, agreement by slot."""
    floors: dict[str, float | None] = {}
    for class_, tally in scores.classes.items():
        floors[f"{class_}.precision"] = tally.precision
        floors[f"{class_}.recall"] = tally.recall
        floors[f"{class_}.f1"] = tally.f1
    for kind, tally in scores.kinds.items():
        floors[f"kind.{kind}.f1"] = tally.f1
    for class_, slots in scores.slots.items():
        for slot, value in slots.items():
            floors[f"slot.{class_}.{slot}"] = value
    return {name: _cut(share) for name, share in floors.items() if share is not None}


def check(scores: Scores, history: Sequence[Pin], sha256: str) -> list[str]:
    """Why the scores do not pass, as sentences; an empty list where they do."""
    if not history:
        return ["no floors are pinned for this corpus; pin them with --pin"]
    failures = check_history(history)
    if history[-1].sha256 != sha256:
        failures.append("the corpus or its gold changed since its floors were pinned; pin again with --pin")
        return failures
    reached = floors_of(scores)
    for name, floor in history[-1].floors.items():
        got = reached.get(name)
        if got is None:
            failures.append(f"{name}: nothing to score any more; the floor is {floor:.3f}")
        elif got < floor:
            failures.append(f"{name}: {got:.3f} is below the floor {floor:.3f}")
    return failures


def check_history(history: Sequence[Pin]) -> list[str]:
    """Why the pins cannot be trusted: a broken seal, or a floor lowered without a reason."""
    failures = []
    for index, pin in enumerate(history):
        before = history[index - 1] if index else None
        if pin.seal != _seal(before, pin.date, pin.sha256, pin.floors, pin.reason):
            failures.append(f"pin {index + 1} of {pin.date} was edited by hand; restore it and use --pin")
        if before is not None and before.sha256 == pin.sha256 and not pin.reason.strip():
            lowered = _lowered(before.floors, pin.floors)
            if lowered:
                failures.append(f"pin {index + 1} of {pin.date} lowers {', '.join(lowered)} without a reason")
    return failures


def load_floors(path: Path) -> dict[str, list[Pin]]:
    """The pins of each corpus by its name; no file is no pins.

    Raises FloorsError where the file is not a floors file.
    """
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: [Pin(**pin) for pin in pins] for name, pins in data.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise FloorsError(f"{path}: not a floors file ({error}); restore it from the repository") from error


def pin_floors(path: Path, name: str, scores: Scores, sha256: str, reason: str = "", today: date | None = None) -> Pin:
    """Add the present scores as the floors of corpus `name` and write the file; returns the new pin.

    Raises FloorsError where that lowers a floor on the same corpus and no reason is given, or where the
    history itself does not hold. Nothing is written then.
    """
    pins = load_floors(path)
    history = pins.setdefault(name, [])
    broken = check_history(history)
    if broken:
        raise FloorsError(f"{path}: {'; '.join(broken)}")
    floors = floors_of(scores)
    before = history[-1] if history else None
    if before is not None and before.sha256 == sha256 and not reason.strip():
        lowered = _lowered(before.floors, floors)
        if lowered:
            raise FloorsError(f"{path}: this would lower {', '.join(lowered)}; say why with --reason")
    day = (today or date.today()).isoformat()
    pin = Pin(day, sha256, floors, reason, _seal(before, day, sha256, floors, reason))
    history.append(pin)
    content = {key: [asdict(entry) for entry in entries] for key, entries in sorted(pins.items())}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return pin


def _cut(share: float) -> float:
    """Three digits, cut and not rounded: a floor must not stand above the score that it records."""
    return math.floor(share * 1000 + 1e-6) / 1000


def _lowered(before: dict[str, float], after: dict[str, float]) -> list[str]:
    return [name for name, floor in before.items() if after.get(name, 0.0) < floor]


def _seal(before: Pin | None, day: str, sha256: str, floors: dict[str, float], reason: str) -> str:
    content = [before.seal if before else "", day, sha256, sorted(floors.items()), reason]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
