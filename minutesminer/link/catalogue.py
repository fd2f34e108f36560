"""The catalogue of measures: the YAML files under `patterns/measures/`, read and checked.

A file is a theme (its name) and a list of entries: `id`, `label`, `unit`, `polarity` (`higher` or `lower` is
better, or null), `names` (wordings), `unless` (words that make it another measure), `closely` (true where
a wording with much more in it is about a part only: `overspend on placements`), and `identifier`, the public name of
the indicator, with `identifier_source`, the address of the page that gives it. `words.yaml` says how words are compared
(`measure_words`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from minutesminer.errors import RuleError
from minutesminer.link.measure_text import LIMIT, ON_TIME, measure_stems
from minutesminer.link.measure_words import WORDS_FILE, MeasureWords, load_words, reader
from minutesminer.yaml_files import parse_yaml

_REQUIRED = {"id", "label", "unit", "polarity", "names"}
_KEYS = {*_REQUIRED, "unless", "closely", "identifier", "identifier_source"}
_DURATIONS = {"second", "minute", "hour", "day", "week", "month", "year"}

Read = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One catalogued measure. `names` are as written; `words` and `unless` are made comparable.

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
    words: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    closely: bool = False
    identifier: str | None = None
    identifier_source: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a measure: its comparable words, those that a wording must have, and its length as written."""

    measure: Measure
    text: str
    words: frozenset[str]
    required: frozenset[str]
    length: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All measures in the order of their ids, and what finds them.

    `read` makes a text comparable with the names, `known` are all words that names may have or have beside them, and
    `by_word` has each name under the rarest of those it must have.
    """

    measures: tuple[Measure, ...]
    words: MeasureWords
    read: Read
    known: frozenset[str]
    by_word: Mapping[str, Sequence[Name]]

    def __len__(self) -> int:
        return len(self.measures)


def load_catalogue(patterns: Path) -> Catalogue:
    """Read the catalogue under `patterns`; a rule folder without measures gives an empty one.

    The same files are read once only. Raises RuleError, naming file and entry, for unknown or missing keys, a wrong
    polarity, names that are not text or tell nothing, and an id given twice.
    """
    paths = sorted((patterns / "measures").glob("*.yaml"))
    return _catalogue(tuple((path, path.read_text(encoding="utf-8")) for path in paths))


@lru_cache(maxsize=4)
def _catalogue(files: tuple[tuple[Path, str], ...]) -> Catalogue:
    words = load_words(*next((file for file in files if file[0].name == WORDS_FILE), (Path(WORDS_FILE), "")))
    entries = [
        (path, _checked(path, entry))
        for path, text in files
        if path.name != WORDS_FILE
        for entry in _entries(path, text)
    ]
    read = reader(words, {part for _, entry in entries for name in entry["names"] for part in measure_stems(name)})
    tells_little = words.light | {ON_TIME}
    measures: dict[str, Measure] = {}
    for path, entry in entries:
        measure = _measure(path, entry, read, tells_little)
        if measure.id in measures:
            raise RuleError(f"{path}: measure {measure.id!r} is given twice; give each id once")
        measures[measure.id] = measure
    return catalogue_of([measures[id_] for id_ in sorted(measures)], words, read)


def catalogue_of(measures: Iterable[Measure], words: MeasureWords, read: Read) -> Catalogue:
    """A catalogue of these measures, with the names under their rarest words."""
    kept = tuple(measures)
    names = [
        Name(measure, name, frozenset(told), _required(words, told), len(measure_stems(name)))
        for measure in kept
        for name, told in zip(measure.names, measure.words, strict=True)
    ]
    uses = Counter(word for name in names for word in name.required)
    by_word: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_word[min(name.required, key=lambda word: (uses[word], word))].append(name)
    known = frozenset().union(*(name.words for name in names), *words.beside.values())
    return Catalogue(kept, words, read, known, dict(by_word))


def _required(words: MeasureWords, told: Sequence[str]) -> frozenset[str]:
    """The words of a name that a wording must have; all, where it has none but optional ones."""
    required = frozenset(word for word in told if word not in words.optional and not word.startswith(LIMIT))
    return required or frozenset(told)


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


def _entries(path: Path, text: str) -> list[Any]:
    entries = parse_yaml(text, str(path)) or []
    if not isinstance(entries, list):
        raise RuleError(f"{path}: a file of measures is a list of entries")
    return entries


def _checked(path: Path, entry: Any) -> dict[str, Any]:
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
    return entry


def _measure(path: Path, entry: dict[str, Any], read: Read, tells_little: frozenset[str]) -> Measure:
    names, unless = tuple(entry["names"]), tuple(entry.get("unless", []))
    words = {wording: read(wording) for wording in (*names, *unless)}
    for wording, told in words.items():
        if not told or (wording in names and tells_little.issuperset(told)):
            raise RuleError(f"{path}: measure {entry['id']!r}: {wording!r} has no word that tells anything")
    return Measure(
        id=entry["id"],
        label=entry["label"],
        theme=path.stem,
        unit=entry["unit"],
        polarity=entry["polarity"],
        kinds=kinds_of(entry["unit"]),
        names=names,
        words=tuple(words[name] for name in names),
        unless=tuple(words[word] for word in unless),
        closely=bool(entry.get("closely", False)),
        identifier=entry.get("identifier"),
        identifier_source=entry.get("identifier_source"),
    )
