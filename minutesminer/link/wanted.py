"""What a request wants: its words and how much each tells, and what else a later item may know it by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutesminer.link import asking
from minutesminer.link.council import Council, Term
from minutesminer.link.words import sentences, stem, stems

_OF_ITS_OWN = 4.0  # weight of a request's words below which its item's title lends some
_LENT = 0.5  # of their weight, at most
_OF_RECIPIENT = 0.7  # of their weight, for the words of whom it was promised to
_TITLE = 120  # characters of a title: what is longer is text
_BEFORE = 2  # sentences before a request that may say what it is about


@dataclass(slots=True, frozen=True)
class Request:
    """What was asked for or promised, and where: `title` and `number` are those of the item it was made in.

    `date` is ISO. `recipient` is whom it was promised to, `who` the person who asked or promised, where known,
    `sentence` the words of the minutes around it, `before` those that stand before these in its item;
    `promised` tells an action from a follow-up.
    """

    id: str
    text: str
    title: str
    council_id: str
    committee_id: str
    date: str
    recipient: str = ""
    who: str | None = None
    number: str = ""
    sentence: str = ""
    before: str = ""
    promised: bool = False


@dataclass(slots=True, frozen=True)
class Sibling:
    """Another request of the same meeting: the number of its item, its words and those around them."""

    number: str
    words: frozenset[str]
    around: frozenset[str]


@dataclass(slots=True, frozen=True)
class Wanted:
    """What a request wants, among the items of its council.

    `terms` are its words in order, some lent by the title of its item, and `whole` what they weigh; `words` the same,
    `own` those of the request itself; `by_family` has them by family, `pairs` those that are neighbours in it.
    `title` are the words of its item's title, with their weight, and `around` those that only its sentence and the ones
    before it have. `siblings` are the other requests of the same meeting. The rest are items by their numbers: `citing`
    its minute or its meeting, holding the surname of `who`, and holding `abbreviations` of runs of its words; and
    committees: those `addressed` by it.
    """

    request: Request
    terms: Mapping[str, Term]
    whole: float
    words: frozenset[str]
    own: frozenset[str]
    own_families: frozenset[str]
    by_family: Mapping[str, Sequence[str]]
    pairs: Sequence[tuple[str, str]]
    title: Mapping[str, float]
    around: Mapping[str, float]
    siblings: Sequence[Sibling]
    figures: bool
    surname: str
    naming: frozenset[int]
    citing: frozenset[int]
    abbreviations: Mapping[int, Mapping[str, Sequence[str]]]
    addressed: frozenset[str]

    def is_for(self, committee_id: str) -> bool:
        """Whether a committee is the one that asked or one that was asked."""
        return committee_id == self.request.committee_id or committee_id in self.addressed


def all_wanted(requests: Sequence[Request], council: Council) -> Iterator[Wanted]:
    """What each of the requests of one council wants, in their order, told apart from others of its meeting."""
    made: dict[tuple[str, str], list[tuple[Request, Sibling]]] = defaultdict(list)
    for request in requests:
        made[request.committee_id, request.date].append((request, _sibling(request)))
    for request in requests:
        beside = made[request.committee_id, request.date]
        yield wanted_of(request, council, [sibling for other, sibling in beside if other is not request])


def _sibling(request: Request) -> Sibling:
    words = frozenset(asking.wanted(request.text))
    return Sibling(
        request.number, words, frozenset(asking.wanted(f"{request.title[:_TITLE]} {_around(request)}")) - words
    )


def _around(request: Request) -> str:
    """The sentence of a request and the two before it."""
    return " ".join([*sentences(request.before)[-_BEFORE:], request.sentence])


def wanted_of(request: Request, council: Council, siblings: Sequence[Sibling] = ()) -> Wanted:
    """What a request wants, of a council whose items say how rare its words are."""
    weights = {word: council.weight(word) for word in asking.wanted(council.without_bodies(request.text))}
    for word in asking.wanted(council.without_bodies(request.recipient)):
        weights.setdefault(word, _OF_RECIPIENT * council.weight(word))
    own = frozenset(weights)
    title = {word: council.weight(word) for word in asking.wanted(request.title[:_TITLE]) if not word.isdigit()}
    weights |= _lent(weights, title)
    terms = {word: council.term(word, weight) for word, weight in weights.items()}
    by_family: dict[str, list[str]] = defaultdict(list)
    for word, term in terms.items():
        by_family[term.family].append(word)
    surname = stem(asking.surname(request.who))
    return Wanted(
        request,
        terms,
        sum(weights.values()),
        frozenset(terms),
        own,
        frozenset(terms[word].family for word in own),
        by_family,
        [pair for pair in pairwise(each for each in stems(request.text) if each in weights) if pair[0] != pair[1]],
        title,
        {
            word: council.weight(word)
            for word in asking.wanted(_around(request))
            if word not in own and word not in title
        },
        siblings,
        asking.wants_figures(request.text),
        surname,
        frozenset(council.holding(surname, request.date)) if surname else frozenset(),
        council.citing_minute(request.committee_id, request.number, request.date)
        | council.citing_meeting(request.committee_id, request.date),
        _abbreviations(request, frozenset(terms), council),
        council.addressed(f"{request.text} {request.recipient} {request.sentence}"),
    )


def _lent(own: Mapping[str, float], title: Mapping[str, float]) -> dict[str, float]:
    """What words of its item's title weigh in a request that has little of its own."""
    lent = {word: weight for word, weight in title.items() if word not in own}
    missing = _OF_ITS_OWN - sum(own.values())
    if missing <= 0 or not lent:
        return {}
    share = min(_LENT, missing / sum(lent.values()))
    return {word: weight * share for word, weight in lent.items()}


def _abbreviations(request: Request, words: frozenset[str], council: Council) -> dict[int, dict[str, list[str]]]:
    """The items that may abbreviate words of a request by their initials, with the initials and those words."""
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for letters, run in asking.initials(request.text).items():
        held = [word for word in run if word in words]
        if held:
            for index in council.holding(letters, request.date):
                found[index][letters] = held
    return found
