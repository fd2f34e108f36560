"""Several things asked for in one breath: `asked that A be supplied, and that B be shown, and asked for C`.

Each of them is a request of its own. Here the first is cut off where the next begins, and the clauses that have
no verb of asking of their own are found.
"""

from __future__ import annotations

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.asked_in_decisions import Span
from minutesminer.mine.promises.clauses import Lexis, clause_end, strip_right

_ASKED_AGAIN = frozenset("asked requested suggested asks requests requesting asking sought".split())
_OPENS = frozenset("that for if a an to further more additional".split())
_QUESTIONS = frozenset("how what whether why when where who which if about".split())
_SAID = frozenset("thanked commented questioned queried enquired".split())
_JOINTS = frozenset({",", ";", "and", "also", "or", "further", "finally", "then"})
_TOLD = frozenset("was were had is are has would will".split())
_LONGEST = 60  # words of one clause


def own_end(words: Words, request: int, end: int) -> int:
    """Where the request that begins at `request` ends before the next thing asked for, at most `end`."""
    lower = words.lower
    verbal = False
    for k in range(request + 2, end - 2):
        joined = lower[k - 1] in {",", "and"} or (lower[k - 1] == "also" and lower[k - 2] in {",", "and"})
        again = joined and (lower[k] in _SAID or lower[k] in _ASKED_AGAIN and lower[k + 1] in _OPENS | _QUESTIONS)
        if again or (verbal and joined and _asked_that(words, request, k, end)):
            return _without_joint(words, request, k)
        verbal = verbal or lower[k] in {"be", "to"} or words.text[k].islower()
    return end


def further_request(words: Words, lexis: Lexis, span: Span, stop: int) -> Span | None:
    """The next that-clause after `span`: `and that a map be provided`; None where the sentence goes on otherwise."""
    _, request, end, requester, review = span
    lower = words.lower
    k = end
    while k < stop and lower[k] in _JOINTS:
        k += 1
    if k == end or not _asked_that(words, request, k, stop):
        return None
    last = own_end(words, k + 1, clause_end(words, lexis, k + 1, stop))
    return (k, k + 1, last, requester, review) if last > k + 3 else None


def _asked_that(words: Words, request: int, at: int, end: int) -> bool:
    """Whether `that` at `at` opens a further clause of what is asked, not of what is told: no `was`, no `had`."""
    lower = words.lower
    if at + 3 >= end or lower[at] != "that" or lower[request - 1] != "that":
        return False
    for k in range(at + 1, min(end, at + _LONGEST)):
        if lower[k] in _TOLD:
            return False
        if lower[k] in {"be", "not", "should", "could", "which", "who", ";"} or (
            words.text[k].islower() and lower[k] in {"come", "attend", "include", "provide", "report", "go", "give"}
        ):
            return True
    return False


def _without_joint(words: Words, start: int, at: int) -> int:
    while at > start + 1 and words.lower[at - 1] in _JOINTS:
        at -= 1
    return strip_right(words, start, at)
