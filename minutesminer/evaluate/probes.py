"""Probes: deliberately loose patterns that hit nearly everything a record could stand in.

A probe is an entry of a YAML file under `patterns/probes/`: `id`, the `class` of record it looks for, `regex` (searched
in the item's text, `^` and `$` at its lines), `why`, `examples` and `reach`, which says what a record of the class has
to touch for the hit to be covered: the `words` hit, their `sentence`, or their `block` (the line and the one after it).

In a positive example square brackets hold all that the probe must hit; a negative one must not be hit at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from minutesminer.errors import RuleError
from minutesminer.evaluate.gold import RecordClass
from minutesminer.yaml_files import read_yaml

Reach = Literal["words", "sentence", "block"]

_CLASSES: dict[str, RecordClass] = {
    "metric": "metrics",
    "resolution": "resolutions",
    "action": "actions",
    "follow_up": "follow_ups",
}
_KEYS = {"id", "class", "reach", "regex", "why", "examples"}
_MARK = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Probe:
    """One loose pattern. `class_` is the table of the records it looks for."""

    id: str
    class_: RecordClass
    reach: Reach
    regex: re.Pattern[str]
    why: str
    path: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]

    def hits(self, text: str) -> list[tuple[int, int]]:
        """Half-open ranges of what the probe hits, without the blanks and marks around it."""
        return [_bare(text, *match.span()) for match in self.regex.finditer(text)]


def load_probes(patterns: Path) -> list[Probe]:
    """All probes under `patterns/probes/`, in the order of files and entries; a folder without any gives none.

    Raises RuleError, naming file and probe, for unknown or missing keys, an id given twice, a class or a reach that
    there is not, and a regular expression that cannot be read.
    """
    probes: dict[str, Probe] = {}
    for path in sorted((patterns / "probes").glob("*.yaml")):
        where = f"probes/{path.name}"
        for entry in read_yaml(path, where) or []:
            probe = _probe(entry, where)
            if probe.id in probes:
                raise RuleError(f"{where}: the id {probe.id!r} is also in {probes[probe.id].path}; ids are unique")
            probes[probe.id] = probe
    return list(probes.values())


def check_probes(probes: list[Probe]) -> list[str]:
    """What is wrong with the probes on their own examples, as sentences; an empty list where nothing is."""
    wrong = []
    for probe in probes:
        for example in probe.positive:
            text, wanted = _unmark(example)
            found = [text[start:end] for start, end in probe.hits(text)]
            if found != wanted:
                wrong.append(f"{probe.path}: {probe.id}: hits {found} and not {wanted} in {text!r}")
        for example in probe.negative:
            found = [example[start:end] for start, end in probe.hits(example)]
            if found:
                wrong.append(f"{probe.path}: {probe.id}: must not hit, but hits {found} in {example!r}")
    return wrong


def _probe(entry: Any, where: str) -> Probe:
    name = entry.get("id", "without id") if isinstance(entry, dict) else "not a mapping"
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise RuleError(f"{where}: probe {name!r} needs the keys {', '.join(sorted(_KEYS))}, and no others")
    if entry["class"] not in _CLASSES or entry["reach"] not in get_args(Reach):
        allowed = f"{', '.join(_CLASSES)} and {', '.join(get_args(Reach))}"
        raise RuleError(f"{where}: probe {name!r} has a class or a reach that there is not; allowed are {allowed}")
    examples = entry["examples"]
    if not isinstance(examples, dict) or set(examples) != {"positive", "negative"} or not all(examples.values()):
        raise RuleError(f"{where}: probe {name!r} needs examples, both positive and negative")
    try:
        regex = re.compile(entry["regex"], re.MULTILINE)
    except re.error as error:
        raise RuleError(f"{where}: probe {name!r} has a regex that cannot be read: {error}") from error
    return Probe(
        entry["id"],
        _CLASSES[entry["class"]],
        entry["reach"],
        regex,
        entry["why"],
        where,
        tuple(examples["positive"]),
        tuple(examples["negative"]),
    )


def _unmark(example: str) -> tuple[str, list[str]]:
    return _MARK.sub(r"\1", example), _MARK.findall(example)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks and bullets at its edges: `^\\W*` takes in the line's bullet."""
    while start < end and text[start] in " \t\r\n•-–*":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
