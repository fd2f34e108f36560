"""The words of what a figure measures, made comparable with the names of the catalogue.

A wording (`FOI requests answered within 20 working days in Q3`) becomes the words that tell which measure it is
(`freedom_information`, `ontim`): periods are left out, all ways of saying that something was done on time are one word,
endings are cut, abbreviations and synonyms are read as one, and words that only say how a figure is expressed are left
out. The lists of words are `patterns/measures/words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from minutesminer.errors import RuleError
from minutesminer.link.measure_text import ON_TIME, measure_stems, plain_stem
from minutesminer.link.words import FUNCTION_WORDS
from minutesminer.yaml_files import parse_yaml

WORDS_FILE = "words.yaml"


_LISTS = ("neutral", "light", "optional", "narrowing")
_SPELT_ALIKE = 86.0  # of 100: one wrong letter in a word of seven
_SPELT_LONG = 5  # letters from which a word that nobody knows may be a known one misspelt
_WORDS_KEPT = 1 << 16  # minutes go on bringing new words and wordings
_TEXTS_KEPT = 1 << 13

_WHOSE = re.compile(r"\b([^\W\d_]+)(?:['’]s|s['’])(?!\w)")
# What is done within a time limit is told by what it is done to: `complaints answered, closed, dealt with on time`.
_DONE = frozenset(
    map(
        plain_stem,
        "answered responded replied completed closed dealt resolved decided determined processed issued finalised held"
        " carried undertaken made conducted concluded handled actioned acknowledged started begun met achieved finished"
        " done seen produced given attended delivered met".split(),
    )
)


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The lists of words, as stems. `same` has the word that a run of stems is read as, `firsts` how it is written."""

    same: Mapping[tuple[str, ...], str]
    firsts: Mapping[str, str]
    neutral: frozenset[str]
    light: frozenset[str]
    optional: frozenset[str]
    narrowing: frozenset[str]
    beside: Mapping[str, frozenset[str]]


def load_words(path: Path, text: str) -> MeasureWords:
    """Read the lists of words of the catalogue from the `text` of their file.

    Raises RuleError, naming the file at `path`, for another key and for a wording that stands in two groups.
    """
    content: Any = parse_yaml(text, str(path)) or {}
    if not isinstance(content, dict):
        raise RuleError(f"{path}: the words are a mapping with the keys same, beside, {', '.join(_LISTS)}")
    unknown = set(content) - {"same", "beside", *_LISTS}
    if unknown:
        raise RuleError(f"{path}: unknown key {min(unknown)!r}; keys are same, beside, {', '.join(_LISTS)}")
    groups: dict[str, list[str]] = content.get("same") or {}
    same: dict[tuple[str, ...], str] = {}
    firsts = {"_".join(measure_stems(first)): first for first in groups} | {ON_TIME: "on time"}
    for first, others in groups.items():
        token = "_".join(measure_stems(first))
        for wording in [first, *others]:
            run = tuple(measure_stems(wording))
            if same.setdefault(run, token) != token:
                raise RuleError(f"{path}: {wording!r} is said to be the same as two different wordings")
    # A phrase is looked for after its single words were replaced, so its own words are.
    same = {tuple(same.get((part,), part) for part in run) if len(run) > 1 else run: to for run, to in same.items()}
    beside = {theme: _listed(listed, same) for theme, listed in (content.get("beside") or {}).items()}
    of_themes = frozenset(word for listed in beside.values() for word in listed)
    lists = {name: _listed(content.get(name) or "", same) for name in _LISTS}
    lists["narrowing"] |= of_themes - lists["light"]
    return MeasureWords(same, firsts, **lists, beside=beside)


def _listed(listed: str, same: Mapping[tuple[str, ...], str]) -> frozenset[str]:
    """The words of a list, and its phrases (`town_centre`), as they are read."""
    runs = [tuple(measure_stems(word.replace("_", " "))) for word in listed.split()]
    return frozenset(word for run in runs for word in ([same[run]] if run in same else run))


def reader(words: MeasureWords, vocabulary: Iterable[str] = ()) -> Callable[[str], tuple[str, ...]]:
    """A function that makes a text comparable: its telling words in order, function words and neutral ones left out.

    Words that are in none of the lists nor in the `vocabulary` (stems), but spelt almost like one of them, are read as
    that. What was read is remembered, within bounds.
    """
    longest = max((len(run) for run in words.same), default=1)
    known = {part for run in words.same for part in run}.union(
        *(getattr(words, name) for name in _LISTS), vocabulary, _DONE, FUNCTION_WORDS
    )
    candidates = sorted(word for word in known if len(word) >= _SPELT_LONG - 1 and word.isalpha())

    @lru_cache(maxsize=_WORDS_KEPT)
    def single(word: str) -> str:
        if word.endswith("s") and (word[:-1],) in words.same:
            word = word[:-1]  # an abbreviation in the plural: `FOIs`
        elif word not in known and len(word) >= _SPELT_LONG and word.isalpha():
            alike = process.extractOne(word, candidates, scorer=fuzz.ratio, score_cutoff=_SPELT_ALIKE)
            word = alike[0] if alike is not None else word
        return words.same.get((word,), word)

    def phrases(found: list[str]) -> list[str]:
        result: list[str] = []
        start = 0
        while start < len(found):
            for length in range(min(longest, len(found) - start), 1, -1):
                token = words.same.get(tuple(found[start : start + length]))
                if token is not None:
                    result.append(token)
                    start += length
                    break
            else:
                result.append(found[start])
                start += 1
        return result

    def unless_known(whose: re.Match[str]) -> str:
        return whose[0] if plain_stem(whose[1].lower()) in known else " "

    @lru_cache(maxsize=_TEXTS_KEPT)
    def read(text: str) -> tuple[str, ...]:
        told = _WHOSE.sub(unless_known, text)  # `Harrow's schools` are its schools
        found = phrases([single(word) for word in measure_stems(told)])
        on_time = ON_TIME in found
        return tuple(
            word
            for word in dict.fromkeys(found)
            if word not in words.neutral and word not in FUNCTION_WORDS and not (on_time and word in _DONE)
        )

    return read
