"""Requests that are made again: in other words of the same meeting, or at a later one because nothing came.

Two are the same where they ask for the same thing: the words of what is wanted agree, rarer ones weighing more. What
was answered in between is a new request.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from minutesminer.link.asking import wanted
from minutesminer.link.evidence import Evidence
from minutesminer.link.wanted import Request

ALIKE = 0.6
"""Cosine of the weighted words of two requests of different meetings that are the same."""
ALIKE_THERE = 0.55
"""Of two of the same meeting."""
ALIKE_AGAIN = 0.4
"""Where the later one says that it was asked before."""

_AGAIN = re.compile(
    r"\b(?:again|repeated|reiterated|once more|still (?:waiting|awaiting|not)|(?:second|third|fourth) time"
    r"|chas(?:ed|ing)|previously (?:asked|requested)|(?:asked|requested) (?:at|in) (?:the )?(?:last|previous))\b",
    re.I,
)
_WORDS = 2  # that two requests share, at least, where both have so many
_FEW = 50  # requests: among fewer, that most have a word may be chance
_COMMON = 0.5  # share of a council's requests: a word that more of them have tells nothing


def first_askings(
    requests: Sequence[Request],
    evidence: Iterable[Evidence],
    dates: Mapping[str, str],
    sentences: Mapping[str, str],
) -> dict[str, str]:
    """The first request that each of one council's repeats, by their ids; its own id for one that repeats none.

    `dates` are the ISO days of the items of `evidence`; `sentences` are those around the requests, by their ids.
    """
    ordered = sorted(requests, key=lambda request: (request.date, request.id))
    vectors = _vectors(ordered)
    answered: dict[str, list[str]] = defaultdict(list)
    for one in evidence:
        if one.says == "answers":
            answered[one.record_id].append(dates[one.item_id])
    heads: dict[str, str] = {}
    holding: dict[str, list[int]] = defaultdict(list)
    for index, request in enumerate(ordered):
        vector = vectors[index]
        shared: Counter[int] = Counter()
        common: Counter[int] = Counter()
        for word, weight in vector.items():
            for other in holding[word]:
                shared[other] += weight * vectors[other][word]  # type: ignore[assignment]
                common[other] += 1
        again = _AGAIN.search(sentences.get(request.id, "")) is not None
        joined = [
            (score, -other)
            for other, score in shared.items()
            if score >= _least(ordered[other], request, again)
            and common[other] >= min(_WORDS, max(len(vector), len(vectors[other])))
            and not _answered_between(ordered[other], request, answered)
        ]
        best = max(joined, default=None)
        heads[request.id] = request.id if best is None else heads[ordered[-best[1]].id]
        for word in vector:
            holding[word].append(index)
    return heads


def _answered_between(earlier: Request, later: Request, answered: Mapping[str, Sequence[str]]) -> bool:
    return earlier.date < later.date and any(day < later.date for day in answered.get(earlier.id, ()))


def _least(earlier: Request, later: Request, again: bool) -> float:
    if earlier.date == later.date and earlier.committee_id == later.committee_id:
        return ALIKE_THERE
    return ALIKE_AGAIN if again else ALIKE


def _vectors(requests: Sequence[Request]) -> list[dict[str, float]]:
    """The weighted words of each request, of length 1."""
    words = [wanted(request.text) for request in requests]
    seen = Counter(word for each in words for word in each)
    number = max(len(requests), _FEW)
    most = _COMMON * number
    vectors = []
    for each in words:
        weights = {word: math.log((number + 1) / (seen[word] + 0.5)) for word in each if seen[word] <= most}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        vectors.append({word: weight / length for word, weight in weights.items()} if length else {})
    return vectors
