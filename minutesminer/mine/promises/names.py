"""Names without a lexicon of names: first names, initials, lists of them, and bodies called by name."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis
from minutesminer.mine.promises.subjects import kind_of

# Endings of nouns that open notes (`Progress to ...`, `Training to ...`) and hardly end a first name.
_NO_NAME = (
    "ss",
    "tion",
    "ing",
    "ment",
    "ity",
    "ance",
    "ence",
    "ers",
    "care",
    "work",
    "ship",
    "ery",
    "ure",
    "ies",
    "ions",
)
_NO_NAMES = frozenset(
    "access services schools works notes points members officers others plans costs needs options details this "
    "next draft final budget council report response update policy time data health adults families dates "
    "figures".split()
)
_JOINTS = frozenset({",", "and", "&", "/", "with", "plus"})
_LONGEST_INITIALS = 4


def first_name(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether the range is one capitalised word that names no body, document or group."""
    if end - start != 1 or not words.bits[start] & lexis.capital or not words.text[start][1:].islower():
        return False
    if words.bits[start] & (lexis.document | lexis.third | lexis.body | lexis.own | lexis.pronoun | lexis.asking):
        return False
    if words.bits[start] & (lexis.task | lexis.preposition | lexis.article | lexis.recipient):
        return False
    return words.lower[start] not in _NO_NAMES and not words.lower[start].endswith(_NO_NAME)


def initials(text: str) -> bool:
    """Whether a word is somebody's initials: `JM`, `LH/TM`, `R.B.`."""
    parts = [part for part in text.replace(".", "").replace("&", "/").split("/") if part]
    return bool(parts) and all(
        part.isupper() and part.isalpha() and 2 <= len(part) <= _LONGEST_INITIALS for part in parts
    )


def owner_named(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether the range names who does something: a post, a body, a name, initials, or several of them."""
    begin = start
    parts = 0
    for k in range(start, end + 1):
        if k < end and words.lower[k] not in _JOINTS:
            continue
        if k < end and words.lower[k] in {"and", "&"} and _one(words, lexis, begin, end):
            return True  # `Director of Children and Families`
        if k > begin:
            if not _one(words, lexis, begin, k):
                return False
            parts += 1
        begin = k + 1
    return parts > 0


def _one(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    if end <= start:
        return False
    if end - start == 1 and initials(words.text[start]):
        return True
    if first_name(words, lexis, start, end) or words.lower[start:end] in (["all"], ["everyone"]):
        return True
    if any(words.bits[k] & (lexis.auxiliary | lexis.verb_past) for k in range(start, end)):
        return False
    if words.lower[start] in DETERMINERS and end - start == 1:
        return False
    return kind_of(words, lexis, start, end) in {"person", "body"}
