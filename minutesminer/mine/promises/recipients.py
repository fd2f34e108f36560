"""For or to whom something is done, and what is left of a clause when that and the due wording are taken out."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, phrase_end

_TELLING = frozenset(
    "inform notify update brief remind provide send supply email e-mail give ask tell show offer hand furnish alert "
    "invite contact advise keep let promised offered".split()
)
_PLURAL_HEADS = frozenset(
    "members councillors officers residents colleagues schools tenants governors staff all partners".split()
)
_NO_PERSON = frozenset(
    "fwp website portal programme list agenda plan register report strategy workplan scorecard".split()
)
_ASKING = frozenset("ask invite remind request".split())
_PERSONS = frozenset("her him them me us".split())
_AFTER_PERSON = frozenset(
    ", . ; ) know have see directly in by at on after following outside within as with and separately".split()
)
_NOT_GIVEN = frozenset(
    "visit visits tour access changes change amendments approach contribution relation regard due "
    "prior addition support improvements solution solutions related relating relates visitors trip according subject "
    "next up applied commitment barriers impact referral referrals refer".split()
)  # `a visit to the hub` names no recipient
_HEADED = frozenset(
    "members member representatives secretary clerk chair leader head director manager".split()
)  # `the secretary of each parish`
_INFINITIVES = frozenset(
    "thank express congratulate see determine understand allow enable address explain seek set say establish".split()
)  # `write to thank the volunteers`
_GROUPED = frozenset("members member representatives".split())  # `members of the working group`
_NO_NOUN = frozenset("to and or about also then later again know see have".split())
_TOLD_WHOM = frozenset("let keep contact speak talk meet brief inform notify update remind advise".split())
_WRITING = frozenset(
    "write tell ask invite".split()
)  # as a second verb: `look into it and write to Members`  # `let Members have it` is no sense without them
_TELLING_OF = frozenset("inform notify remind advise".split())  # `inform residents of the changes`
_NO_PLACE = frozenset("form same first event light hope way next new".split())  # `in the first instance`
_SPECIFYING = DETERMINERS | {"both", "several", "many", "other"}
_SPEAKING = frozenset("write speak talk respond reply apologise appeal complain".split())
_SENT = frozenset("report email e-mail send refer".split())  # of these only what follows at once
_CLOSE = 3  # words between such a verb and its `to`
_GIVEN_THINGS = frozenset("copies details it both direct personally more figures information".split())
_NOT_HEADS = frozenset(
    "along together alongside today tomorrow afterwards once when if where shortly again back direct before after "
    "within via this that these "
    "those what how who which whether last each every up out on so such all any some more most other".split()
)
_GIVING = frozenset("provide supply furnish present".split())


def recipient_of(
    words: Words, lexis: Lexis, start: int, end: int, taken: tuple[int, int] | None
) -> tuple[int, int, int] | None:
    """(start of its preposition, start, end) of the recipient in words `start` to `end`; `taken` is the due wording.

    `start` is the task's verb. Told persons stand right after it (`inform Members`), others after `to`,
    `with` (of what is shared) and `for`.
    """
    lower = words.lower
    if start >= len(lower):
        return None
    if (
        lower[start] == "meet"
        and lower[start + 1 : start + 2] in (["him"], ["her"], ["them"])
        and start + 1 < end
        and (lower[start + 2 : start + 3] != ["and"])
    ):
        return start + 1, start + 1, start + 2
    if lower[start] == "get" and start + 2 < end:  # `get Members an answer`
        given = phrase_end(words, lexis, start + 1, end)
        if start + 1 < given < end and lower[given] in DETERMINERS and committee_like(words, lexis, start + 1, given):
            return start + 1, start + 1, given
    of_things = lower[start : start + 2] == ["update", "them"]
    if lower[start] in _TELLING and start + 1 < end and lower[start + 1] != "to" and not of_things:
        stop = _named(words, lexis, start + 1, _before(taken, start + 1, end))
        if stop is not None and lower[start] in _ASKING and lower[stop : stop + 1] in (["to"], ["for"]):
            return None
        if stop is not None and not _overlaps(start + 1, stop, taken):
            return start + 1, start + 1, stop
    for k in range(start + (lower[start] != "with"), end - 1):
        word = lower[k]
        if word in _TELLING and lower[k - 1] == "and":
            stop = _named(words, lexis, k + 1, _before(taken, k + 1, end))
            if stop is not None and not _overlaps(k + 1, stop, taken):
                return k + 1, k + 1, stop
        shared = word == "with" and (
            lower[start] in {"share", "sharing", "shared"}
            or "shared" in lower[start:k]
            or lower[k - 1] in {"be", "touch"}
        )
        sought = word == "for" and k + 1 < end
        if word != "to" and not shared and not sought:
            continue
        if word == "to" and (lower[k - 1] in _NOT_GIVEN or lower[k + 1] in _INFINITIVES):
            continue
        stop = _named(words, lexis, k + 1, _before(taken, k + 1, end))
        if (
            stop is None
            and word == "to"
            and k <= start + (_CLOSE if lower[start] in _SPEAKING else lower[start] in _SENT)
        ):
            stop = _spoken_to(words, lexis, k + 1, _before(taken, k + 1, end))
        if stop is None or _overlaps(k + 1, stop, taken):
            continue
        if sought and not (_committee_like(words, lexis, stop - 1) or words.bits[k + 1] & lexis.title):
            continue
        return k, k + 1, stop
    return None


def _spoken_to(words: Words, lexis: Lexis, start: int, end: int) -> int | None:
    """The end of any noun phrase with a determiner: to whom somebody writes or speaks (`the bus operator`)."""
    if start >= end or words.lower[start] not in DETERMINERS:
        return None
    stop = start + 1
    while stop < end and _nounlike(words, lexis, stop) and words.lower[stop] not in _NO_PLACE | {"meeting"}:
        stop += 1
    return stop if stop > start + 1 and words.lower[stop - 1] not in _NO_PERSON | _NO_PLACE else None


def _compounded(words: Words, lexis: Lexis, at: int) -> bool:
    """Whether the word goes on with the noun before it, and is no adverb or time."""
    word = words.lower[at]
    loose = _AFTER_PERSON | _NO_PLACE | _NOT_HEADS
    return words.text[at].islower() and _nounlike(words, lexis, at) and word not in loose


def _before(taken: tuple[int, int] | None, start: int, end: int) -> int:
    """`end`, or where the due wording begins, if that comes first after `start`."""
    return taken[0] if taken is not None and start < taken[0] < end else end


def committee_like(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether a phrase names the committee, its chair or members."""
    return any(_committee_like(words, lexis, k) for k in range(start, end))


def _committee_like(words: Words, lexis: Lexis, at: int) -> bool:
    return bool(words.bits[at] & (lexis.body | lexis.member | lexis.chair | lexis.title))


def _named(words: Words, lexis: Lexis, start: int, end: int) -> int | None:
    """The end of the phrase that begins at `start` and names who is given or told something, else None."""
    stop = _parties(words, lexis, start, end) or _name(words, lexis, start, end)
    if stop is None or (words.lower[start - 1] in _TELLING_OF and words.lower[stop : stop + 1] == ["of"]):
        return stop
    return _with_complement(words, lexis, start, stop, end)


def _parties(words: Words, lexis: Lexis, start: int, end: int) -> int | None:
    """The end of a phrase whose head is a lower-case noun for persons: `the chief executives`, `local residents`."""
    lower, bits = words.lower, words.bits
    first = start
    while first < end and (lower[first] in DETERMINERS or bits[first] & lexis.number):
        first += 1
    for k in range(first, min(end, first + 4)):
        if bits[k] & lexis.recipient and words.text[k].islower():
            while k + 1 < end and bits[k + 1] & lexis.recipient:
                k += 1
            compound = k == start and k + 1 < end and _nounlike(words, lexis, k + 1)
            return None if compound and not bits[k + 1] & lexis.capital else k + 1
        if not lower[k].replace("-", "").isalpha() or bits[k] & (lexis.preposition | lexis.asking | lexis.task):
            return None
    return None


def _with_complement(words: Words, lexis: Lexis, start: int, stop: int, end: int) -> int:
    """`stop` moved right over `and businesses`, `of all multi-academy trusts` and `at the school`."""
    lower, bits = words.lower, words.bits
    if not bits[stop - 1] & lexis.recipient and (lower[stop - 1] not in _HEADED or lower[stop : stop + 1] != ["of"]):
        return stop
    while stop + 1 < end:
        if lower[stop] == "and" and bits[stop + 1] & lexis.recipient:
            stop += 2
            continue
        joint = stop
        if lower[joint].endswith("ed") and lower[joint + 1] in {"by", "in", "with"}:
            joint += 1  # `residents affected by the works`
        placed = lower[joint] == "in" and lower[joint + 1] in DETERMINERS and lower[joint + 2] not in _NO_PLACE
        if lower[joint] not in {"of", "at"} and joint == stop and not placed:
            break
        k = joint + 1
        while k < end and (lower[k] in _SPECIFYING or _nounlike(words, lexis, k)):
            k += 1
        if lower[stop - 1] in _GROUPED:
            k = max(k, phrase_end(words, lexis, joint + 1, end))
        if k == joint + 1 or lower[k - 1] in _SPECIFYING:
            break
        stop = k
    return stop


def _nounlike(words: Words, lexis: Lexis, at: int) -> bool:
    word, bit = words.lower[at], words.bits[at]
    if bit & lexis.capital or bit & lexis.number or word == "’s":
        return True
    barred = lexis.preposition | lexis.asking | lexis.auxiliary | lexis.article | lexis.speech
    formed = word.endswith(("ing", "ly", "ed"))
    return word.replace("-", "").isalpha() and not bit & barred and word not in _NO_NOUN and not formed


def _name(words: Words, lexis: Lexis, start: int, end: int) -> int | None:
    if words.lower[start] in DETERMINERS and words.lower[start + 2 : start + 3] in (["’s"], ["’"]) and start + 3 < end:
        stop = phrase_end(words, lexis, start + 3, end)  # `the county’s Police and Crime Commissioner`
        governed = words.bits[start + 3] & lexis.recipient
        return stop if stop > start + 3 else start + 4 if governed else None
    stop = phrase_end(words, lexis, start, end)
    if stop == start and words.lower[start] in _PLURAL_HEADS | {"all"}:
        stop = start + (2 if words.lower[start] == "all" and words.lower[start + 1 : start + 2] else 1)
        if words.lower[stop - 1] not in _PLURAL_HEADS:
            return None
    if words.lower[start] in _PERSONS and (
        start + 1 == end or words.lower[start + 1] in _AFTER_PERSON | DETERMINERS | _GIVEN_THINGS
    ):
        return start + 1
    if stop == start or (words.bits[start] & lexis.task and not words.bits[start] & lexis.capital):
        return None
    if words.lower[stop - 1 : stop] == [words.text[stop - 1]] and stop < end and _compounded(words, lexis, stop):
        stop += 1  # `the hospital chaplain`
    if any(word in _NO_PERSON for word in words.lower[start : stop + 1]):
        return None
    first = words.lower[start]
    capital = words.bits[start] & lexis.capital
    if capital or words.bits[start] & lexis.article or first in _PLURAL_HEADS:
        return stop
    return stop if stop - start > 1 and words.lower[stop - 1] in _PLURAL_HEADS else None


def recipient_cut(words: Words, task: int, verb: int, recipient: tuple[int, int, int]) -> tuple[int, int]:
    """What of a task goes out with its recipient: `to Members`, or of `provide Members with a list` also `with`.

    `task` is the bit of the verbs that can be tasks, `verb` the first verb of this one.
    """
    stop = recipient[2]
    if words.lower[recipient[0]] == "with" and words.lower[recipient[0] - 1] in {"be", "touch"}:
        return recipient[0], recipient[0]
    if words.lower[verb] == "get" and words.lower[verb + 1] in {"them", "it", "this", "these"}:
        return recipient[0], recipient[0]
    joined = [
        words.lower[k + 1]
        for k in range(verb + 1, recipient[0])
        if words.lower[k] == "and" and words.bits[k + 1] & task
    ]
    if joined and joined[-1] in _TOLD_WHOM | _WRITING:
        return recipient[0], recipient[0]  # `find out and write to Members`: the second verb keeps whom it tells
    if words.lower[verb] in _GIVING and recipient[0] == verb + 1 and words.lower[stop : stop + 1] == ["with"]:
        stop += 1
    if words.lower[verb] in _TOLD_WHOM:
        return recipient[0], recipient[0]
    return recipient[0], stop


def _overlaps(start: int, end: int, taken: tuple[int, int] | None) -> bool:
    return taken is not None and start < taken[1] and taken[0] < end


def without(words: Words, start: int, end: int, cuts: list[tuple[int, int]]) -> str:
    """The text of words `start` to `end` without the word ranges `cuts`, its blanks and stops put right."""
    pieces: list[str] = []
    at = start
    for cut in sorted(cuts):
        if cut[0] < at or cut[1] > end:
            continue
        pieces.append(words.slice(at, cut[0]))
        at = cut[1]
    pieces.append(words.slice(at, end))
    text = " ".join(" ".join(piece.split()) for piece in pieces if piece.strip())
    for mark in (",", ".", ";"):
        text = text.replace(f" {mark}", mark)
    return text.replace(",,", ",").strip(" ,;:.-–")
