"""Words that speak of the same matter: of one line of `patterns/evidence/`, or with one root (`assess`, `assessor`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from minutesminer.errors import RuleError
from minutesminer.link.words import stem
from minutesminer.yaml_files import read_yaml

FILE = "kindred_words.yaml"

_ENDINGS = (
    *("isation", "ization", "ation", "ition", "ment", "ance", "ence", "ness", "ion", "ity"),
    *("ist", "ive", "ary", "ant", "al", "er", "or", "ly", "at"),
)
_LEAST = 5  # letters of a root
_KNOWN = 1 << 16


@dataclass(slots=True, frozen=True)
class Kindred:
    """The families of words, by stem. A family is named by its first word with `=` before it, or by a root."""

    families: Mapping[str, str]

    def family(self, stem_: str) -> str:
        """The family of a stem; of most, no other word belongs to it."""
        own = self.families.get(stem_)
        if own is None:
            root = _root(stem_)
            own = self.families.get(root, root)
        return own


def load_kindred(patterns: Path) -> Kindred:
    """Read the families under `patterns`; a rule folder without them gives those of roots alone.

    Raises RuleError, naming the file, for what is no mapping of lists of words, and for a word that stands in two.
    """
    path = patterns / "evidence" / FILE
    if not path.exists():
        return Kindred({})
    groups = read_yaml(path)
    lists = [words for group in groups.values() for words in group] if isinstance(groups, dict) else None
    if lists is None or not all(isinstance(words, list) and all(map(_is_word, words)) for words in lists):
        raise RuleError(f"{path}: it holds groups, each a list of lists of single words in small letters")
    families: dict[str, str] = {}
    for words in lists:
        for word in words:
            name = f"={words[0]}"
            if families.setdefault(stem(word), name) != name:
                raise RuleError(f"{path}: {word!r} stands with {families[stem(word)][1:]!r} too; leave it in one line")
    return Kindred(families)


def _is_word(word: object) -> bool:
    return isinstance(word, str) and word.isalnum() and word.islower()


@lru_cache(maxsize=_KNOWN)
def _root(stem_: str) -> str:
    """A stem without an ending that makes another part of speech of it."""
    if stem_.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if stem_.endswith(ending) and len(stem_) - len(ending) >= _LEAST:
                return stem_[: -len(ending)]
    return stem_
