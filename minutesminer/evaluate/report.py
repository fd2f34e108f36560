"""Scores and differences as plain text with aligned columns, and as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from minutesminer.evaluate.gold import CLASSES, GoldRecord
from minutesminer.evaluate.scores import Difference, Scores, Tally
from minutesminer.models import Metric, Record, Resolution

_HEAD = ("", "P", "R", "F1", "found", "missed", "spurious")


def as_text(scores: Scores, slots: bool = False, documents: bool = False) -> str:
    """The scores as lines: by class, by kind of metric, and by document and slot where asked for."""
    lines = ["By class", *_table({class_: scores.classes[class_] for class_ in CLASSES})]
    if scores.kinds:
        lines += ["", "Metrics by kind", *_table(scores.kinds)]
    if documents:
        for class_ in CLASSES:
            rows = {name: tallies[class_] for name, tallies in scores.documents.items()}
            lines += ["", f"By document: {class_}", *_table(rows)]
    if slots:
        for name, values in scores.slots.items():
            lines += ["", f"Slots of matched {name}"]
            lines += [f"  {slot:<14} {value:.3f}" for slot, value in values.items()]
    if scores.absent:
        lines += ["", "Annotated documents that were not read:", *(f"  {name}" for name in scores.absent)]
    located = [entry for entry in scores.unlocated if entry[0] not in scores.absent]
    if located:
        lines += ["", "Gold quotes that the text does not hold:"]
        lines += [f"  {document}: {class_}: {quote}" for document, class_, quote in located]
    return "\n".join(lines) + "\n"


def as_json(scores: Scores) -> dict[str, Any]:
    """The scores as an object of plain values."""
    return {
        "classes": {name: _tally(tally) for name, tally in scores.classes.items()},
        "kinds": {name: _tally(tally) for name, tally in scores.kinds.items()},
        "slots": {
            class_: {slot: round(value, 4) for slot, value in slots.items()} for class_, slots in scores.slots.items()
        },
        "documents": {
            name: {class_: _tally(tally) for class_, tally in tallies.items()}
            for name, tallies in scores.documents.items()
        },
        "unlocated": [list(entry) for entry in scores.unlocated],
        "absent": list(scores.absent),
    }


def groups_as_text(heading: str, rows: Sequence[tuple[str, Mapping[str, Tally]]]) -> str:
    """F1 of each class, a line a group, with the number of annotated records beside it."""
    width = max([len(name) for name, _ in rows], default=0)
    lines = [heading, " " * (width + 2) + "".join(f"{class_:>18}" for class_ in CLASSES)]
    for name, tallies in rows:
        cells = [tallies.get(class_, Tally()) for class_ in CLASSES]
        shown = (f"{_figure(tally.f1)} of {tally.found + tally.missed:>4}" for tally in cells)
        lines.append("  " + name.ljust(width) + "".join(f"{cell:>18}" for cell in shown))
    return "\n".join(lines) + "\n"


def groups_as_json(groups: Mapping[str, Mapping[str, Tally]]) -> dict[str, Any]:
    """The tallies of groups by class, as plain values."""
    return {name: {class_: _tally(tally) for class_, tally in tallies.items()} for name, tallies in groups.items()}


def differences_as_text(found: Sequence[Difference], classes: Sequence[str] = CLASSES, slots: bool = False) -> str:
    """What was missed (`-`), what is spurious (`+`), with `slots` what is wrong (`~`), and the sentences."""
    lines: list[str] = []
    for difference in found:
        if difference.class_ not in classes:
            continue
        heading = f"{difference.document}: {difference.class_}"
        lines.append(heading)
        for record in difference.missing:
            lines += [f"  - {record.quote}  {_gold_label(record)}", f"      {record.sentence}"]
        for spurious in difference.spurious:
            lines += [
                f"  + {spurious.quote}  {_found_label(spurious)}  by {spurious.rule}",
                f"      {spurious.sentence}",
            ]
        if slots:
            for error in difference.slot_errors:
                lines += [
                    f"  ~ {error.slot} {error.agreement:.2f}  gold {error.gold!r}  found {error.found!r}",
                    f"      {error.record.quote} | {error.record.sentence}",
                ]
        if lines[-1] is heading:
            lines.pop()  # only slots differ, and they were not asked for
    return "\n".join(lines) + "\n" if lines else ""


def differences_as_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences as plain values."""
    return [dataclasses.asdict(difference) for difference in found]


def _table(rows: dict[str, Tally]) -> list[str]:
    cells = [_HEAD] + [
        (
            name,
            *(_figure(value) for value in (tally.precision, tally.recall, tally.f1)),
            str(tally.found),
            str(tally.missed),
            str(tally.spurious),
        )
        for name, tally in rows.items()
    ]
    width = max(len(row[0]) for row in cells)
    return ["  " + row[0].ljust(width) + "".join(cell.rjust(10) for cell in row[1:]) for row in cells]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _tally(tally: Tally) -> dict[str, Any]:
    shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    rounded = {name: None if share is None else round(share, 4) for name, share in shares.items()}
    return {**rounded, **dataclasses.asdict(tally)}


def _gold_label(record: GoldRecord) -> str:
    shown = {"metrics": ("kind", "value", "role"), "resolutions": ("decision", "number")}
    keys = shown.get(record.class_, ())
    return "[" + " ".join(str(record.slots[key]) for key in keys) + "]" if keys else ""


def _found_label(record: Record) -> str:
    if isinstance(record, Metric):
        return f"[{record.kind} {record.value:g} {record.role}]"
    if isinstance(record, Resolution):
        return f"[{record.decision} {record.number}]"
    return ""
