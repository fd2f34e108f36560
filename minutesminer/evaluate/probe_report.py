"""The result of probing as text, as rows and as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

from minutesminer.evaluate.probe import Counts, Hit, Probing

FIELDS = ("class", "probe", "words", "sentence", "council", "committee", "date", "document", "item_id", "missed")
"""The columns of a row of an uncovered hit; `missed` is empty where there is no gold."""

_HEAD = ("", "hits", "covered", "explained", "uncovered", "alarm")


def as_text(probing: Probing, show: bool = False) -> str:
    """Counts by class and by probe; with `show` the uncovered hits with committee, date and sentence."""
    calibrated = probing.unfound is not None
    lines = ["By class", *_table(probing.classes, calibrated), "", "By probe", *_table(probing.probes, calibrated)]
    if probing.unfound is not None:
        lines += ["", "Annotated records that were not found, and how many of them stand at a hit of each kind"]
        lines.append("  " + " " * 12 + "".join(head.rjust(11) for head in ("not found", "uncovered", "explained")))
        for class_, one in probing.unfound.items():
            cells = (one.every, one.uncovered, one.explained)
            lines.append("  " + class_.ljust(12) + "".join(str(cell).rjust(11) for cell in cells))
    if show:
        lines += _shown(probing)
    return "\n".join(lines) + "\n"


def as_json(probing: Probing) -> dict[str, Any]:
    """Counts by class and by probe, and the uncovered hits, as plain values."""
    told: dict[str, Any] = {
        "classes": {name: _counts(counts) for name, counts in probing.classes.items()},
        "probes": {name: _counts(counts) for name, counts in probing.probes.items()},
    }
    if probing.unfound is not None:
        told["unfound"] = {class_: dataclasses.asdict(one) for class_, one in probing.unfound.items()}
    return {**told, "uncovered": rows(probing)}


def rows(probing: Probing) -> list[dict[str, Any]]:
    """The uncovered hits, one row each, with the columns `FIELDS`."""
    return [
        {
            "class": hit.class_,
            "probe": " ".join(hit.probes),
            "words": hit.words,
            "sentence": hit.sentence,
            "council": hit.item.council,
            "committee": hit.item.committee,
            "date": hit.item.date,
            "document": hit.item.document,
            "item_id": hit.item.item_id,
            "missed": hit.missed,
        }
        for hit in probing.hits
        if hit.state == "uncovered"
    ]


def _shown(probing: Probing) -> list[str]:
    lines = []
    for class_ in probing.classes:
        bare = [hit for hit in probing.hits if hit.class_ == class_ and hit.state == "uncovered"]
        lines += ["", f"Uncovered: {class_}"]
        for hit in bare:
            lines += [f"  {hit.words}  {_place(hit)}", f"      {hit.sentence}"]
    return lines


def _place(hit: Hit) -> str:
    where = ", ".join(part for part in (hit.item.committee, hit.item.date) if part)
    return f"({where or hit.item.document or 'place not stated'})"


def _table(counted: dict[str, Counts], calibrated: bool) -> list[str]:
    cells = [(*_HEAD, *(("missed", "share") if calibrated else ()))]
    for name, counts in counted.items():
        numbers = (counts.hits, counts.covered, counts.explained, counts.uncovered)
        row = (name, *map(str, numbers), _share(counts.alarm))
        real = counts.missed / counts.uncovered if counts.uncovered else None
        cells.append((*row, *((str(counts.missed), _share(real)) if calibrated else ())))
    width = max(len(row[0]) for row in cells)
    return ["  " + row[0].ljust(width) + "".join(cell.rjust(11) for cell in row[1:]) for row in cells]


def _counts(counts: Counts) -> dict[str, Any]:
    alarm = None if counts.alarm is None else round(counts.alarm, 4)
    return {
        "hits": counts.hits,
        "covered": counts.covered,
        "explained": counts.explained,
        "uncovered": counts.uncovered,
        "missed": counts.missed,
        "alarm": alarm,
    }


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
