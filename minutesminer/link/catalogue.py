"""The catalogue of measures: the YAML files under `patterns/measures/`, read and checked.

A file is a theme (its name) and a list of entries: `id`, `label`, `unit`, `polarity` (`higher` or `lower` is
better, or null), `names` (wordings), `unless` (words that make it another measure), `closely` (true where
a wording with much more in it is about a part only: `overspend on placements`), and `identifier`, the public name of
the indicator, with `identifier_source`, the address of the page that gives it. `same_words.yaml` holds wordings that
say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import srsly

from minutesminer.errors import RuleError
from minutesminer.link.words import replace_wordings, stems

SAME_WORDS = "same_words.yaml"
_REQUIRED = {"id", "label", "unit", "polarity", "names"}
_KEYS = {*_REQUIRED, "unless", "closely", "identifier", "identifier_source"}
_DURATIONS = {"second", "minute", "hour", "day", "week", "month", "year"}

SameWords = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One catalogued measure. `names` are as written, `stems` and `unless` are stems.

    `kinds` are the kinds of figure that the measure can have. `identifier` is what the publisher of the indicator calls
    it, and `identifier_source` the address of a page that says so.
    """

    id: str
    label: str
    theme: str
    unit: str
    polarity: str | None
    kinds: frozenset[str]
    names: tuple[str, ...]
    stems: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    closely: bool = False
    identifier: str | None = None
    identifier_source: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All measures in the order of their ids, and the wordings that say the same."""

    measures: tuple[Measure, ...]
    same: SameWords


def load_catalogue(patterns: Path) -> Catalogue:
    """Read the catalogue under `patterns`; a rule folder without measures gives an empty one.

    Raises RuleError, naming file and entry, for unknown or missing keys, a wrong polarity, names that are
    not text and an id given twice.
    """
    folder = patterns / "measures"
    same = _same_words(folder / SAME_WORDS)
    measures: dict[str, Measure] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == SAME_WORDS:
            continue
        for entry in _entries(path):
            measure = _measure(path, entry, same)
            if measure.id in measures:
                raise RuleError(f"{path}: measure {measure.id!r} is given twice; give each id once")
            measures[measure.id] = measure
    return Catalogue(tuple(measures[id_] for id_ in sorted(measures)), same)


def kinds_of(unit: str) -> frozenset[str]:
    """The kinds of figure that a measure in `unit` can have."""
    if unit == "%":
        return frozenset({"percentage"})
    if unit == "GBP":
        return frozenset({"money"})
    if unit in _DURATIONS:
        return frozenset({"timescale"})
    if unit == "points":
        return frozenset({"score", "count"})
    if unit.startswith("per "):
        return frozenset({"rate"})
    if " per " in unit:
        # `9.75 days per FTE` is a rate, `9.75 days` of the same measure a timescale or a count.
        return frozenset({"rate", "timescale" if unit.split()[0].rstrip("s") in _DURATIONS else "count"})
    return frozenset({"count"})


def _entries(path: Path) -> list[Any]:
    entries = srsly.read_yaml(path) or []
    if not isinstance(entries, list):
        raise RuleError(f"{path}: a file of measures is a list of entries")
    return entries


def _measure(path: Path, entry: Any, same: SameWords) -> Measure:
    if not isinstance(entry, dict):
        raise RuleError(f"{path}: every measure is a mapping with the keys {', '.join(sorted(_KEYS))}")
    name = entry.get("id", "without id")
    unknown, missing = set(entry) - _KEYS, _REQUIRED - set(entry)
    if unknown or missing:
        wrong = f"unknown key {min(unknown)!r}" if unknown else f"key {min(missing)!r} is missing"
        raise RuleError(f"{path}: measure {name!r}: {wrong}; keys are {', '.join(sorted(_KEYS))}")
    if entry["polarity"] not in ("higher", "lower", None):
        raise RuleError(f"{path}: measure {name!r}: polarity is higher, lower or null")
    if bool(entry.get("identifier")) != bool(entry.get("identifier_source")):
        raise RuleError(f"{path}: measure {name!r}: an identifier and its identifier_source go together")
    for wording in [*entry["names"], *entry.get("unless", [])]:
        if not isinstance(wording, str):
            raise RuleError(f"{path}: measure {name!r}: names and unless are lists of text; quote what is not")
        if not stems(wording):
            raise RuleError(f"{path}: measure {name!r}: {wording!r} has no word that tells anything")
    return Measure(
        id=entry["id"],
        label=entry["label"],
        theme=path.stem,
        unit=entry["unit"],
        polarity=entry["polarity"],
        kinds=kinds_of(entry["unit"]),
        names=tuple(entry["names"]),
        stems=tuple(tuple(replace_wordings(stems(wording), same)) for wording in entry["names"]),
        unless=tuple(tuple(stems(word)) for word in entry.get("unless", [])),
        closely=bool(entry.get("closely", False)),
        identifier=entry.get("identifier"),
        identifier_source=entry.get("identifier_source"),
    )


def _same_words(path: Path) -> SameWords:
    if not path.is_file():
        return {}
    groups: dict[str, list[str]] = srsly.read_yaml(path) or {}
    return {tuple(stems(wording)): tuple(stems(first)) for first, wordings in groups.items() for wording in wordings}
