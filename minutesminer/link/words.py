"""Words made comparable: lower case, joined hyphens, word endings cut."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

SENTENCE = re.compile(r"(?<=[.;!?:])\s+(?=[A-Z“\"‘(•])|\n")
"""What lies between two sentences."""
_PREFIX = re.compile(r"\b(re|co|non|un|pre|anti|multi)-(?=[a-z])")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_STEMMER = Stemmer.Stemmer("english")
IRREGULAR = {"children": "child", "people": "person", "persons": "person", "men": "man", "women": "woman"}
"""Plurals that no ending tells, with their singulars."""
# Words that the stemmer takes for forms of others of another meaning (`officer`, `office`), with their plurals.
_APART = """
    apartment attendance authority consultant customer department electric employer important offender
    officer provider refuse setting
"""
_WHOLE = {form: word for word in _APART.split() for form in (word, f"{word}s")}
_WHOLE |= {"authorities": "authority", "consultancy": "consultant", **IRREGULAR}

# Words that tell nothing of what a sentence is about.
_FUNCTION_WORDS = """
    a an the and or but nor so of in on at by for from with within into to over under about as than per
    via is are was were be been being am has have had having do does did will would shall should can
    could may might must it its they them their this that these those there here who which whom whose
    what when where how why he she his her we our you your i all any each every both some such also only
    still just then now if whether no more most less least very too up down out off back again further
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

_KNOWN = 1 << 16  # words whose stems are kept; minutes go on bringing new names and numbers


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [part for part in SENTENCE.split(text) if part.strip()]


@lru_cache(maxsize=_KNOWN)
def stem(word: str) -> str:
    """A lower-case word without its ending: `recycled` is like `recycling`, `bed` like `beds`, `tips` like `tipping`.

    By the Snowball stemmer for English (Porter2, snowballstem.org).
    """
    return _WHOLE.get(word) or _STEMMER.stemWord(word)


def stems(text: str) -> list[str]:
    """The stems of a text's words and numbers, in order, function words left out."""
    return list(map(stem, _words(text)))


def distinct_words(text: str) -> set[str]:
    """The words and numbers of a text in small letters, function words left out."""
    return set(_WORD.findall(_lowered(text))) - FUNCTION_WORDS


def words_by_stem(text: str) -> dict[str, str]:
    """The stems of a text in order, each with the first word that has it."""
    words: dict[str, str] = {}
    for word in _words(text):
        words.setdefault(stem(word), word)
    return words


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(_lowered(text)) if word not in FUNCTION_WORDS]


def _lowered(text: str) -> str:
    lowered = text.lower().replace("’", "'").replace("'s", "").replace("e-mail", "email")
    return _PREFIX.sub(r"\1", lowered) if "-" in lowered else lowered
