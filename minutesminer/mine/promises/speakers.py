"""Whom a pronoun means: who spoke last, in the clause, in the sentence or in the sentences before it."""

from __future__ import annotations

from bisect import bisect_right

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, after_label, phrase_end
from minutesminer.mine.promises.subjects import Subject, kind_of, subject_of

_ASKED_WHOM = frozenset("asked requested invited urged pressed thanked".split())


def speaker_before(words: Words, lexis: Lexis, at: int, start: int) -> str | None:
    """Whom a pronoun at `at` means: the subject of the clause around it or of an earlier sentence.

    Looks back over three sentences; None where none of them begins with a person or a body. `She` is a person.
    """
    one = at < len(words) and words.lower[at] in {"he", "she"}
    found = _speaker_in(words, lexis, start, at) or named_subject(words, lexis, start, at, one)
    if found is not None:
        return found
    k = bisect_right(words.sentences, (at, len(words) + 1)) - 1
    for j in range(k - 1, max(k - 4, -1), -1):
        begin, end = words.sentences[j]
        found = named_subject(words, lexis, after_label(words, begin, end), end, one)
        if found is not None:
            return found
    return None


def _speaker_in(words: Words, lexis: Lexis, start: int, end: int) -> str | None:
    """The subject of the last verb of speech among words `start` to `end`."""
    bits = words.bits
    for k in range(end - 1, start, -1):
        if words.lower[k] in _ASKED_WHOM:
            stop = phrase_end(words, lexis, k + 1, end)
            if stop > k + 1 and kind_of(words, lexis, k + 1, stop) == "person":
                return words.slice(k + 1, stop)  # `The Chair asked the Director to reply, and she`
        if bits[k] & lexis.speech and not bits[k - 1] & (lexis.article | lexis.preposition):
            subject = subject_of(words, lexis, k, start, 1)
            if subject.kind in {"person", "body"} and subject.end > subject.start:
                return words.slice(subject.start, subject.end)
    return None


def named_subject(words: Words, lexis: Lexis, start: int, end: int, one: bool = False) -> str | None:
    """The subject of the first verb among words `start` to `end`, where it is a person or a body; `one`: a person."""
    bits = words.bits
    start += start + 1 < end and bool(bits[start] & lexis.asking)  # `Where Mr Fox could not answer`
    stop = phrase_end(words, lexis, start, end)
    if stop > start and kind_of(words, lexis, start, stop) == "person":
        return words.slice(start, stop)
    for k in range(start + 1, end):
        if bits[k] & lexis.speech or (bits[k] & (lexis.verb_past | lexis.auxiliary)):
            subject = subject_of(words, lexis, k, start, 1)
            if subject.kind == "person" or (subject.kind == "body" and not one):
                return words.slice(subject.start, subject.end)
            if subject.kind == "pronoun":
                return None
    return None


def speaker_of_wish(words: Words, lexis: Lexis, match: Match, start: int) -> Subject:
    """Who says that something would be helpful: the subject of the verb of speech before it."""
    lower, bits = words.lower, words.bits
    k = match.start - 1
    if lower[match.start] == "find":  # `Members would find it useful to have a glossary`
        k -= bits[k] & lexis.adverb > 0 and k > start
        return subject_of(words, lexis, k, start) if lower[k] == "would" else Subject(k, k, "third")
    while k > start and lower[k] in {"that", ",", "it"}:
        k -= 1
    if k > start and bits[k] & lexis.speech:
        return subject_of(words, lexis, k, start)
    return Subject(match.start, match.start, "none")
