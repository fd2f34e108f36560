"""Places that cite the minute of a request, or the meeting at which it was made, and whether they are about it.

A minute, and still more a meeting, has several requests: a place is about the one whose words, and the words around
it, tell the most there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from minutesminer.link.council import Council
from minutesminer.link.later import Sentence
from minutesminer.link.wanted import Wanted

CITES = 0.2  # for a place that cites it; as much off for an entry that cites another
ON_SUBJECT = 0.1  # and for having the words of its item's title besides

_AROUND = 0.5  # of their weight, for words around a request that tell it from others of its meeting
_SUBJECT = 0.34  # of their weight, for words that make an entry of a meeting one on a request's subject
_SLACK = 1e-9


def cites(sentence: Sentence, wanted: Wanted) -> bool:
    """Whether a sentence cites the minute of a request, or its meeting."""
    return wanted.request.number in sentence.minutes or wanted.request.date in sentence.days


def worth(wanted: Wanted, window: Sequence[Sentence]) -> tuple[str, float]:
    """Which of the two a place cites, `cites` the minute or `dated` by the meeting, and what that is worth."""
    here = _stems(window)
    shares = (_held(words, here) / (sum(words.values()) or 1.0) for words in (wanted.title, wanted.around))
    by_minute = any(wanted.request.number in each.minutes for each in window)
    return "cites" if by_minute else "dated", CITES + ON_SUBJECT * max(shares)


def is_its_own(
    wanted: Wanted, council: Council, window: Sequence[Sentence], title: Sequence[str], met: Set[str]
) -> bool:
    """Whether a place that cites a minute or a meeting is about this request rather than about another of these.

    `title` are the stems of its item's title, `met` the words of the request that it has, by kindred ones too.
    """
    here = _stems(window).union(title)
    of_meeting = any(wanted.request.date in each.days for each in window)
    if of_meeting and not _on_its_subject(wanted, council, here, met):
        return False
    siblings = [other for other in wanted.siblings if of_meeting or other.number == wanted.request.number]
    if not siblings:
        return True

    def told(words: Set[str], around: Set[str]) -> float:
        return sum(map(council.weight, words & here)) + _AROUND * sum(map(council.weight, around & here))

    by_kin = sum(map(council.weight, met & wanted.own - here))
    mine = by_kin + told(wanted.own, wanted.title.keys() | wanted.around.keys())
    return mine > 0 and all(mine >= told(other.words, other.around) - _SLACK for other in siblings)


def _on_its_subject(wanted: Wanted, council: Council, here: Set[str], met: Set[str]) -> bool:
    """Whether a place has a good part of the words of a request or of its item's title."""
    title = _held(wanted.title, here)
    own = sum(map(council.weight, met & wanted.own))
    whole = sum(map(council.weight, wanted.own))
    return title >= _SUBJECT * sum(wanted.title.values()) > 0 or own >= _SUBJECT * whole > 0


def _held(words: Mapping[str, float], here: Set[str]) -> float:
    """What those of some weighed words that a place has weigh together."""
    return sum(weight for word, weight in words.items() if word in here)


def _stems(window: Sequence[Sentence]) -> frozenset[str]:
    return frozenset(word for each in window for word in each.stems)
