"""Actions that are given to somebody: `was tasked with drafting`, `an action was agreed for the Clerk to find out`,
and what was asked for, `which the Head of Housing agreed to provide`.
"""

from __future__ import annotations

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, clause_end, strip_right
from minutesminer.mine.promises.due import due_within
from minutesminer.mine.promises.promise import Promise
from minutesminer.mine.promises.recipients import committee_like, recipient_of
from minutesminer.mine.promises.subjects import Subject, kind_of, subject_of

_LEADING = frozenset({"for", "on", "to", "with", "upon"})
_CONSENTING = frozenset({"note", "approve", "endorse", "adopt"})
_GENERAL = frozenset("provide supply obtain confirm clarify".split())  # promised where it was asked for
_ASKED = frozenset("asked requested sought queried asks requests".split())
_PERSONS = frozenset({"person", "pronoun", "body"})


def assigned_promise(
    words: Words, lexis: Lexis, match: Match, sentence: tuple[int, int], dues: list[Match]
) -> Promise | None:
    """The promise of an `assigned` match, its subject being whom the action is given to; None where that is nobody."""
    start, stop = sentence
    lower = words.lower
    verb = match.end - 1
    if lower[match.start] in {"was", "were", "is", "are"}:
        subject = subject_of(words, lexis, match.start, start)
        if "charged" in lower[match.start : verb] and subject.kind != "person":
            return None  # `He was charged with causing damage`
    else:
        lead = next((k for k in range(match.start + 1, verb - 1) if lower[k] in _LEADING), None)
        if lead is None:
            subject = Subject(verb, verb, "none")
        else:
            subject = Subject(lead + 1, verb - 1, kind_of(words, lexis, lead + 1, verb - 1))
    nobody = subject.kind == "none" and lower[match.start] == "action"
    if subject.kind not in _PERSONS and not nobody:
        return None
    end = clause_end(words, lexis, verb, stop)
    due = due_within(words, dues, verb + 1, end)
    recipient = recipient_of(words, lexis, verb, end, due)
    return Promise(words, match, match.start, subject, verb, start, stop, end, due, recipient)


def which_promise(
    words: Words, lexis: Lexis, match: Match, sentence: tuple[int, int], dues: list[Match]
) -> Promise | None:
    """The promise of a `which` match after a comma; None where its subject is no agent or only consents."""
    start, stop = sentence
    lower, at = words.lower, match.start
    if at - 1 <= start or lower[at - 1] != ",":
        return None
    verb = match.end - 1
    promising = next(
        k
        for k in range(at + 1, verb)
        if words.bits[k] & (lexis.speech | lexis.verb_past | lexis.auxiliary) or k == verb - 1
    )
    subject = Subject(at + 1, promising, kind_of(words, lexis, at + 1, promising))
    deciding = subject.kind == "body" and committee_like(words, lexis, promising - 1, promising)
    if subject.kind not in _PERSONS or lower[verb] in _CONSENTING or deciding:
        return None
    if lower[verb] in _GENERAL and (subject.kind == "body" or not _ASKED & set(lower[start:at])):
        return None  # `the grants, which the Council would provide`
    end = clause_end(words, lexis, verb, stop)
    due = due_within(words, dues, verb + 1, end)
    recipient = recipient_of(words, lexis, verb, end, due)
    return Promise(words, match, at, subject, verb, start, stop, end, due, recipient)


def antecedent(words: Words, lexis: Lexis, which: int, start: int) -> str | None:
    """What `which` stands for: `a list of sites` in `Members asked for a list of sites, which ...`."""
    lower, bits = words.lower, words.bits
    end = strip_right(words, start, which)
    for k in range(end - 1, start - 1, -1):
        if bits[k] & lexis.auxiliary:  # `A list of sites was requested, which`
            return words.slice(start, k) if k > start else None
        asked = bits[k] & (lexis.speech | lexis.verb_past)
        if asked and k == end - 1:
            continue
        if asked:
            first = k + 1 + (lower[k + 1 : k + 2] in (["for"], ["to"], ["about"]))
            return words.slice(first, end) if first < end else None
    return None
