"""The rules of one folder, compiled, and the reading of a text that all components share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from minutesminer import resources
from minutesminer.mine.engine.lexicon import load_lexicons
from minutesminer.mine.engine.matching import Match, PatternSet
from minutesminer.mine.engine.rules import Rule, load_rules, rules_sha256
from minutesminer.mine.engine.splitting import split_sentences
from minutesminer.mine.engine.words import WordReader, Words
from minutesminer.models import ItemRecords, Section

_KEY = "minutesminer"


class Reading:
    """What the components know of one text: its words, the pattern matches by kind, the records so far.

    `matches[(class, kind)]` has the matches in the order of their starts; `sections` are character ranges.
    """

    __slots__ = ("matches", "notes", "records", "sections", "words")

    def __init__(self, words: Words, matches: dict[tuple[str, str], list[Match]], sections: list[Section]) -> None:
        self.words = words
        self.matches = matches
        self.sections = sections
        self.records = ItemRecords()
        self.notes: dict[str, Any] = {}  # what one component leaves for a later one

    def of(self, class_: str, kind: str) -> list[Match]:
        """The matches of rules of this class and kind."""
        return self.matches.get((class_, kind), [])

    def of_kinds(self, class_: str, kinds: Iterable[str]) -> list[Match]:
        """The matches of rules of this class and these kinds, kind by kind."""
        matches = self.matches
        return [match for kind in kinds for match in matches.get((class_, kind), ())]

    def of_class(self, class_: str) -> list[Match]:
        """The matches of all rules of this class, in the order of their starts."""
        found = [m for (c, _), group in self.matches.items() if c == class_ for m in group]
        found.sort(key=lambda m: (m.start, -m.end))
        return found


class RuleSet:
    """Lexicons and rules of a folder, ready to read texts with."""

    def __init__(self, patterns: Path) -> None:
        self.path = patterns
        self.sha256 = rules_sha256(patterns)
        self.lexicons = load_lexicons(patterns)
        self.rules: list[Rule] = load_rules(patterns)
        self.patterns = PatternSet(self.rules, self.lexicons)
        self._flags = {name: self.patterns.flag(name) for name in self.lexicons}
        self.reader = WordReader(self.patterns)

    def flag(self, name: str) -> int:
        """The bit of a lexicon, for slot code; 0 where the folder has no such lexicon."""
        return self._flags.get(name, 0)

    def words(self, doc: Doc) -> Words:
        """The words of a doc with their sentences."""
        return self.reading(doc).words

    def reading(self, doc: Doc) -> Reading:
        """The reading of `doc`, made at the first call. `doc.user_data` may hold its `sections` and its `text`."""
        found = doc.user_data.get(_KEY)
        if isinstance(found, Reading):
            return found
        words = self.reader.read(doc, doc.user_data.get("text"))
        words.sentences = split_sentences(words)
        matches: dict[tuple[str, str], list[Match]] = {}
        for match in self.patterns.find(words.kinds):
            matches.setdefault((match.rule.class_, match.rule.kind), []).append(match)
        reading = Reading(words, matches, doc.user_data.get("sections", []))
        doc.user_data[_KEY] = reading
        return reading


_KEPT: dict[str, RuleSet] = {}
_MOST_KEPT = 4


def rule_set(patterns: str | Path | None = None) -> RuleSet:
    """The compiled rules of `patterns` (default: the packaged folder), made once a process."""
    folder = str(patterns if patterns is not None else resources.folder("patterns"))
    if folder not in _KEPT:
        made = RuleSet(Path(folder))
        while len(_KEPT) >= _MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[folder] = made
    return _KEPT[folder]


def forget_rule_sets() -> None:
    """Let the next `rule_set` read the files again, with nothing known of any word."""
    _KEPT.clear()


def forget_changed(patterns: Path) -> str:
    """Let the next `rule_set` of a folder read it again where a file of it has changed; the sha256 of its files now."""
    sha256 = rules_sha256(patterns)
    kept = _KEPT.get(str(patterns))
    if kept is not None and kept.sha256 != sha256:
        del _KEPT[str(patterns)]
    return sha256
