"""Rules are data: loading, checking and trying out the YAML files under `patterns/`.

A file holds a list of entries. Keys of an entry:

- `id`: unique, `class.name` by custom (`metrics.percentage.sign`);
- `class`: what a match is for: `metric`, `resolution`, `action`, `follow_up` yield records,
  `exclusion`, `qualifier` and `section` guide them;
- `kind`: the kind within the class (`percentage`, `role`, `block_heading` ...), known to the component;
- `pattern`: spaCy Matcher tokens, or a list of such patterns. Keys of a token: `LOWER`, `NORM`, `TEXT`, `SHAPE`
  (a string, or `{IN: [...]}`, `{NOT_IN: [...]}`, `{REGEX: "..."}`), `FLAG` and `NOT_FLAG` (names of lexicons), `OP`;
- `set`: slot values that a match gives;
- `why`: one sentence;
- `examples`: `positive` (marked text) and `negative` (plain text), at least one of each.

Marked text is `rose to [95%]{value=95 role=actual}`: the bracketed words are the quote that the rule must
give, the braces the slots it must fill. A value with blanks stands in double quotes; `null` is None.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutesminer.errors import RuleError
from minutesminer.yaml_files import read_yaml

RECORD_CLASSES = ("metric", "resolution", "action", "follow_up")
CLASSES = (*RECORD_CLASSES, "exclusion", "qualifier", "section")
FOLDERS = ("metrics", "resolutions", "actions", "follow_ups", "qualifiers", "sections")
_KEYS = {"id", "class", "kind", "pattern", "set", "why", "examples"}
_REQUIRED = _KEYS - {"set"}
_TOKEN_KEYS = {"LOWER", "NORM", "TEXT", "SHAPE", "FLAG", "NOT_FLAG", "OP"}
_MARK = re.compile(r"\[(?P<quote>[^\[\]]*)\]\{(?P<slots>[^{}]*)\}")
_SLOT = re.compile(r'(\w+)=("[^"]*"|\S+)')

TokenSpec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span of an example: its half-open range in the unmarked text and the slots expected."""

    start: int
    end: int
    quote: str
    slots: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a pattern file. `patterns` are alternatives, each a tuple of token specifications."""

    id: str
    class_: str
    kind: str
    patterns: tuple[tuple[TokenSpec, ...], ...]
    why: str
    path: str
    set: dict[str, Any] = field(default_factory=dict)
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


def load_rules(patterns: Path) -> list[Rule]:
    """All rules under `patterns`, in the order of the files' names and of the entries in them.

    Raises RuleError, naming file and entry, for unknown or missing keys, a duplicate id, a positive
    example without marks, or a rule without a positive and a negative example.
    """
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for name in FOLDERS:
        for path in sorted((patterns / name).glob("*.yaml")):
            where = f"{name}/{path.name}"
            entries = read_yaml(path, where) or []
            if not isinstance(entries, list):
                raise RuleError(f"{where}: a rule file holds a list of entries")
            for entry in entries:
                rule = _rule(entry, where)
                if rule.id in seen:
                    raise RuleError(f"{where}: the id {rule.id!r} is also in {seen[rule.id]}; ids are unique")
                seen[rule.id] = where
                rules.append(rule)
    return rules


def _rule(entry: Any, where: str) -> Rule:
    name = entry.get("id", "without id") if isinstance(entry, dict) else "not a mapping"
    if not isinstance(entry, dict) or "id" not in entry:
        raise RuleError(f"{where}: an entry is {name}; every rule is a mapping with an id")
    unknown, missing = set(entry) - _KEYS, _REQUIRED - set(entry)
    if unknown or missing:
        raise RuleError(f"{where}: rule {name!r} has unknown keys {sorted(unknown)} and lacks {sorted(missing)}")
    if entry["class"] not in CLASSES:
        raise RuleError(f"{where}: rule {name!r} has class {entry['class']!r}; allowed are {', '.join(CLASSES)}")
    pattern = entry["pattern"]
    if not isinstance(pattern, list) or not pattern:
        raise RuleError(f"{where}: rule {name!r} needs a pattern, a list of tokens or of lists of tokens")
    alternatives = pattern if isinstance(pattern[0], list) else [pattern]
    for token in (token for alternative in alternatives for token in alternative):
        if not isinstance(token, dict) or set(token) - _TOKEN_KEYS:
            raise RuleError(f"{where}: rule {name!r} has the token {token!r}; allowed keys are {sorted(_TOKEN_KEYS)}")
    examples = entry["examples"]
    if not isinstance(examples, dict) or set(examples) != {"positive", "negative"} or not all(examples.values()):
        raise RuleError(f"{where}: rule {name!r} needs examples, both positive and negative")
    for example in examples["positive"]:
        if not unmark(example)[1]:
            raise RuleError(f"{where}: rule {name!r} has a positive example without marks: {example!r}")
    return Rule(
        id=entry["id"],
        class_=entry["class"],
        kind=entry["kind"],
        patterns=tuple(tuple(alternative) for alternative in alternatives),
        why=entry["why"],
        path=where,
        set=entry.get("set") or {},
        positive=tuple(examples["positive"]),
        negative=tuple(examples["negative"]),
    )


def unmark(example: str) -> tuple[str, list[Mark]]:
    """Marked text to (plain text, marks): `to [9%]{value=9}` is `to 9%` with one mark at 3 to 5."""
    plain: list[str] = []
    marks: list[Mark] = []
    at, length = 0, 0
    for match in _MARK.finditer(example):
        plain.append(example[at : match.start()])
        length += match.start() - at
        quote = match["quote"]
        slots = {key: _value(value) for key, value in _SLOT.findall(match["slots"])}
        marks.append(Mark(length, length + len(quote), quote, slots))
        plain.append(quote)
        length += len(quote)
        at = match.end()
    plain.append(example[at:])
    return "".join(plain), marks


def _value(text: str) -> Any:
    if text.startswith('"'):
        return text[1:-1]
    if text == "null":
        return None
    try:
        return float(text)
    except ValueError:
        return text


def rules_sha256(patterns: Path) -> str:
    """The sha256 of all YAML and CSV files under `patterns`, by relative name and content."""
    digest = hashlib.sha256()
    for path in sorted(p for p in patterns.rglob("*") if p.suffix in {".yaml", ".csv"}):
        digest.update(path.relative_to(patterns).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
