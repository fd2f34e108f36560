"""Later items that may answer an action or a follow-up, with a score and the reason in words.

A request is compared with the sentences of the later items of its council, two at a time, and with their titles. The
score is the share of the request's words that they hold, rarer words weighing more, and those that stand together in
the request weighing more where they stand together here; a request of few words of its own lends some of the title of
the item it was made in. Matters arising and trackers of actions are about earlier requests by what they are, so that an
entry which names no more than a part of one counts there. Of a request's items, those are kept that fit about as well
as the best. It is a hint for a person, never a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from sqlite_utils import Database

from minutesminer.link import asking
from minutesminer.link.asking import Kind
from minutesminer.link.later import Council, LaterItem, Sentence, read_items
from minutesminer.link.words import stems, words_by_stem

ENOUGH = 0.3  # of a score of about 1
ENOUGH_IN_A_LIST = 0.65
"""Of an entry among others in a list of actions, which is about some request whatever words it has."""
LEAST_WEIGHT = 1.5  # of the words shared
AS_GOOD = 0.8  # of the best score, for another item of the same request
KEPT = 4  # items for a record

_TOGETHER = 0.35  # of the score is for words that stand together
_NEAR = 5  # words between two that stand together, at most
_IN_TITLE = 0.9  # a word in the title counts so much of one in the sentences
_WINDOW = 2  # sentences; of what is about requests each by itself
_OF_ITS_OWN = 7.0  # weight of a request's words below which its item's title lends some
_LENT = 0.5  # of their weight, at most
_OTHER_COMMITTEE = 0.9
_REFERS_BACK = 0.12
_ABOUT_REQUESTS = 0.1  # for matters arising and trackers
_SAYS_OF_IT = 0.05
_PROGRAMME = 0.25  # taken off: a work programme says what will be done
_OF_REQUESTS = ("tracker", "matters")  # items that are about earlier requests by what they are
_ENTRY = 0.9  # for an entry among them whose whole name the request holds
_NAME_SHARE = 0.6  # of an entry's name that the request must hold
_NAME_WEIGHT = 3.0
_ADDED_AT_MOST = _REFERS_BACK + _ABOUT_REQUESTS + _SAYS_OF_IT
_ALL_AT_ONCE = 1.3  # words that stand together count in full before all are there
_LEAST_SHARE = (ENOUGH - _REFERS_BACK) / (1 - _TOGETHER + _TOGETHER * _ALL_AT_ONCE)
"""Of a request's words, without which no item is enough that is not about requests."""
_NONE: frozenset[str] = frozenset()
_SLACK = 1e-9  # by which sums of the same weights may differ in another order

Says = Literal["answers", "outstanding", "programme"]


@dataclass(slots=True, frozen=True)
class Request:
    """What was asked for or promised, and where: `title` is that of the item it was made in. `date` is ISO."""

    id: str
    text: str
    title: str
    council_id: str
    committee_id: str
    date: str


@dataclass(slots=True, frozen=True)
class Evidence:
    """One row of `evidence`: the better the fit, the higher the `score`; `says` whether it seems to answer."""

    record_id: str
    item_id: str
    score: float
    says: Says
    reason: str


@dataclass(slots=True, frozen=True)
class _Wanted:
    """What a request wants: the weight of each word and of all, the words that are neighbours in it."""

    request: Request
    weights: dict[str, float]
    words: frozenset[str]
    whole: float
    pairs: Sequence[tuple[str, str]]


@dataclass(slots=True, frozen=True)
class _Fit:
    """How well a place fits a request: its score, the words shared, and its text."""

    score: float
    shared: tuple[str, ...]
    text: str


def link_evidence(db: Database, council_id: str, requests: Sequence[Request]) -> list[Evidence]:
    """Enter the evidence for the requests of one council in the table `evidence`; returns it."""
    found = find_evidence(requests, read_items(db, council_id))
    rows = [(one.record_id, one.item_id, min(one.score, 1.0), one.says, one.reason) for one in found]
    db.conn.executemany("insert into evidence (record_id, item_id, score, says, reason) values (?, ?, ?, ?, ?)", rows)
    return found


def read_requests(db: Database, council_id: str) -> list[Request]:
    """The actions and follow-ups of a council's dated meetings, superseded documents left out."""
    # The plus keeps SQLite from going through the documents of all councils by the index on `superseded_by`.
    halves = [
        f"""select {table}.id, coalesce({table}.{words}, {table}.quote), coalesce(items.title, ''),
        committees.council_id, committees.id, meetings.date
        from {table} join items on items.id = {table}.item_id
        join meetings on meetings.id = {table}.meeting_id
        join committees on committees.id = meetings.committee_id
        join documents on documents.id = {table}.document_id
        where committees.council_id = :council and meetings.date is not null and +documents.superseded_by is null"""
        for table, words in (("actions", "task"), ("follow_ups", "request"))
    ]
    return [Request(*row) for row in db.execute(" union all ".join(halves) + " order by 1", {"council": council_id})]


def find_evidence(requests: Sequence[Request], items: Sequence[LaterItem]) -> list[Evidence]:
    """Evidence for requests of one council among its items, in the requests' order, the best first."""
    council = Council.of(items)
    return [one for request in requests for one in _of_request(request, council)]


def _of_request(request: Request, council: Council) -> list[Evidence]:
    wanted = _wanted(request, council)
    if not wanted.whole:
        return []
    found: list[tuple[LaterItem, _Fit]] = []
    best = 0.0
    for item, held in _promising(wanted, council):
        enough = ENOUGH_IN_A_LIST if item.kind == "tracker" else max(ENOUGH, AS_GOOD * best)
        fit = _best(item, wanted, enough) if _may_do(item, wanted, held, enough) else None
        if fit is not None and fit.score >= enough and sum(wanted.weights[word] for word in fit.shared) >= LEAST_WEIGHT:
            found.append((item, fit))
            best = max(best, fit.score)
    found.sort(key=lambda pair: (-pair[1].score, pair[0].id))
    kept = [(item, fit) for item, fit in found if fit.score >= AS_GOOD * best or item.kind == "tracker"]
    return [
        Evidence(request.id, item.id, round(fit.score, 3), _says(item, fit), _reason(request, item, fit))
        for item, fit in kept[:KEPT]
    ]


def _wanted(request: Request, council: Council) -> _Wanted:
    weights = _weights(request, council)
    pairs = [pair for pair in pairwise(stem for stem in stems(request.text) if stem in weights) if pair[0] != pair[1]]
    return _Wanted(request, weights, frozenset(weights), sum(weights.values()), pairs)


def _promising(wanted: _Wanted, council: Council) -> list[tuple[LaterItem, float]]:
    """The later items that hold enough of a request to be looked at, with what that weighs, the most first.

    The better the first ones fit, the fewer of the others need be looked at.
    """
    least = max(LEAST_WEIGHT, (ENOUGH - _ADDED_AT_MOST) * wanted.whole)
    of_others = max(least, _LEAST_SHARE * wanted.whole - _SLACK)
    items = council.items
    promising = [
        (items[index], held)
        for index, held in council.sharing(wanted.weights, wanted.request.date).items()
        if held >= of_others or (held >= least and items[index].kind in _OF_REQUESTS)
    ]
    promising.sort(key=lambda pair: -pair[1])
    return promising


def _may_do(item: LaterItem, wanted: _Wanted, held: float, enough: float) -> bool:
    """Whether an item that holds so much of a request may fit well enough, going by the most that its places can."""
    elsewhere = item.committee_id != wanted.request.committee_id
    share, entry = held / wanted.whole + _SLACK, _ENTRY if held >= _NAME_WEIGHT - _SLACK else 0.0
    if _score(item.kind, share, 1.0, entry, True, True, elsewhere) < enough:
        return False
    return _score(item.kind, share, 1.0, entry, True, item.refers_back, elsewhere) >= enough


def _weights(request: Request, council: Council) -> dict[str, float]:
    """What each word of a request weighs; one with little of its own borrows from the title of its item."""
    weights = {word: council.weight(word) for word in asking.wanted(request.text)}
    lent = {word: council.weight(word) for word in asking.wanted(request.title) if word not in weights}
    missing = _OF_ITS_OWN - sum(weights.values())
    if missing > 0 and lent:
        share = min(_LENT, missing / sum(lent.values()))
        weights |= {word: weight * share for word, weight in lent.items()}
    return weights


def _best(item: LaterItem, wanted: _Wanted, enough: float) -> _Fit | None:
    """The place in an item that fits best; None where none has any of the words, or none can be good enough."""
    weights, sentences, back = wanted.weights, item.sentences, item.refers_back
    size = 1 if item.kind in _OF_REQUESTS else _WINDOW
    elsewhere = item.committee_id != wanted.request.committee_id
    title = wanted.words.intersection(item.title_stems)
    in_title = [word for word in weights if word in title]
    together = _together(wanted.pairs, item.title_stems, title)
    by_sentence = [_NONE if one.asks else wanted.words.intersection(one.stems) for one in sentences]
    best: _Fit | None = None
    for start in range(max(1, len(sentences))):
        held = _NONE.union(*by_sentence[start : start + size])
        if not held and not title:
            continue
        here = [word for word in weights if word in held]
        above = [word for word in in_title if word not in held]
        own = sum(map(weights.__getitem__, here))
        share = (own + _IN_TITLE * sum(map(weights.__getitem__, above))) / wanted.whole
        entry = _ENTRY if own >= _NAME_WEIGHT - _SLACK else 0.0
        most = _score(item.kind, share, 1.0, entry, True, back, elsewhere)
        if most < enough or (best is not None and most <= best.score):
            continue
        window = _window(sentences[start : start + size])
        text = " ".join(one.text for one in window)
        near = max(together, _together(wanted.pairs, _stems(window), held)) if wanted.pairs else 1.0
        name, says = window[0].entry if size == 1 and window else ((), False)
        refers = back and asking.REFERS_BACK.search(text) is not None
        score = _score(item.kind, share, near, _as_entry(name, weights), says, refers, elsewhere)
        if best is None or score > best.score:
            best = _Fit(score, (*here, *above), text)
    return best


def _window(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences that are compared as one, without those that ask, which answer nothing."""
    return [sentence for sentence in sentences if not sentence.asks]


def _stems(window: Sequence[Sentence]) -> list[str]:
    return [stem for sentence in window for stem in sentence.stems]


def _score(kind: Kind, share: float, near: float, entry: float, says: bool, back: bool, elsewhere: bool) -> float:
    """The score of a place; more of any of these makes it no less, `elsewhere` apart."""
    score = share * (1 - _TOGETHER) + _TOGETHER * near * min(1.0, share * _ALL_AT_ONCE)
    if kind in _OF_REQUESTS:
        score = max(score, entry) + _ABOUT_REQUESTS + _SAYS_OF_IT * says
    if back:
        score += _REFERS_BACK
    if kind == "programme":
        score -= _PROGRAMME
    return score * _OTHER_COMMITTEE if elsewhere else score


def _together(pairs: Sequence[tuple[str, str]], words: Sequence[str], held: Set[str]) -> float:
    """The share of a request's neighbours that are near each other among `words`, of which `held` are its own."""
    both = [pair for pair in pairs if pair[0] in held and pair[1] in held]
    if not both:
        return 0.0
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        if word in held:
            places[word].append(place)
    near = sum(
        any(abs(one - other) <= _NEAR for one in places[left] for other in places[right]) for left, right in both
    )
    return near / len(pairs)


def _as_entry(name: Sequence[str], weights: dict[str, float]) -> float:
    """How well an entry of a tracker of that name names the request, where it names no more than a part of it."""
    held = [word for word in name if word in weights]
    if not name or sum(weights[word] for word in dict.fromkeys(held)) < _NAME_WEIGHT:
        return 0.0
    share = len(held) / len(name)
    return _ENTRY * share if share >= _NAME_SHARE else 0.0


def _says(item: LaterItem, fit: _Fit) -> Says:
    if item.kind == "programme":
        return "programme"
    return "outstanding" if asking.says_not_done(fit.text) else "answers"


def _reason(request: Request, item: LaterItem, fit: _Fit) -> str:
    days = (date.fromisoformat(item.date) - date.fromisoformat(request.date)).days
    named = words_by_stem(f"{request.text} {request.title}")
    words = ", ".join(named[stem] for stem in fit.shared)
    where = "the same committee" if item.committee_id == request.committee_id else "another committee"
    kinds = {
        "tracker": ", in a list of actions",
        "matters": ", under matters arising",
        "programme": ", in a work programme",
    }
    back = "; it refers back" if asking.REFERS_BACK.search(fit.text) else ""
    return f"{where}, {days} days later{kinds.get(item.kind, '')}; shares the words {words}{back}"
