"""Word lists and word shapes under `patterns/lexicons/`: the custom flags of the rule patterns.

A lexicon entry has a name and either `words` (compared in lower case) or `regex` (searched in the
token's text; anchor it) or both, and `includes` (names of other lists whose words it takes in).
A pattern uses it as `{FLAG: name}` or `{NOT_FLAG: [name, ...]}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutesminer.errors import RuleError
from minutesminer.yaml_files import read_yaml

_KEYS = {"why", "words", "regex", "includes"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One named flag: a token has it when its lower-case text is in `words` or `regex` matches its text."""

    name: str
    words: frozenset[str]
    regex: re.Pattern[str] | None

    def holds(self, text: str) -> bool:
        """Whether a token with this text has the flag."""
        return text.lower() in self.words or (self.regex is not None and self.regex.search(text) is not None)


def load_lexicons(patterns: Path) -> dict[str, Lexicon]:
    """All lexicons under `patterns/lexicons/`, by name.

    Raises RuleError for unknown keys, a name used twice, an empty entry or an unknown `includes`.
    """
    raw: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path in sorted((patterns / "lexicons").glob("*.yaml")):
        for name, entry in (read_yaml(path) or {}).items():
            if name in raw:
                raise RuleError(
                    f"{path.name}: the lexicon {name!r} is also in {raw[name][0].name}; give one another name"
                )
            unknown = set(entry) - _KEYS
            if unknown:
                raise RuleError(
                    f"{path.name}: lexicon {name!r} has unknown keys {sorted(unknown)}; allowed are {sorted(_KEYS)}"
                )
            raw[name] = (path, entry)
    return {name: _build(name, raw) for name in raw}


def _build(name: str, raw: dict[str, tuple[Path, dict[str, Any]]]) -> Lexicon:
    path, entry = raw[name]
    words = _words(name, raw, ())
    regex = entry.get("regex")
    if not words and regex is None:
        raise RuleError(f"{path.name}: lexicon {name!r} is empty; give it words or a regex")
    return Lexicon(name, words, re.compile(regex) if regex is not None else None)


def _words(name: str, raw: dict[str, tuple[Path, dict[str, Any]]], above: tuple[str, ...]) -> frozenset[str]:
    path, entry = raw[name]
    words = {str(word).lower() for word in entry.get("words") or []}
    for other in entry.get("includes") or []:
        if other not in raw or other in above:
            raise RuleError(
                f"{path.name}: lexicon {name!r} includes {other!r}, which is not there or includes it in turn"
            )
        words |= _words(other, raw, (*above, name))
    return frozenset(words)
