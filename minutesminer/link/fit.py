"""How well a later item fits a request: the place in it that fits best, with a score and what speaks for it.

The score is the share of the request's words that stand in two neighbouring sentences of the item or in its title,
rarer words weighing more and kindred ones less; words that are neighbours in the request weigh more where they are near
each other here. To that is added what else speaks for the item: that it cites the minute or refers back, that it names
who asked or promised, that its title is about the same, that it has figures where figures were asked for, and that it
comes at one of the next meetings. The numbers were set on three stories, each left out in turn
(`python -m minutesminer.evaluate.follow_through`), with the items that answer taken away as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from minutesminer.link import asking, citing
from minutesminer.link.council import Council, Term
from minutesminer.link.later import OF_REQUESTS, LaterItem, Sentence
from minutesminer.link.wanted import Wanted

ENOUGH = 0.35  # of a score of about 1
LEAST_SHARE = 0.1  # of the request's words
LEAST_WEIGHT = 3.0  # of the words shared
FEWER = 0.5  # of that, where nearly all are there or the title names what is wanted

_MOST = 0.75  # of the words: nearly all
_NAMED = 0.6  # of a title's words: it names what is wanted
_TOGETHER = 0.3  # of the score is for words that stand together
_NEAR = 5  # words between two that stand together, at most
_ALL_AT_ONCE = 1.3  # words that stand together count in full before all are there
_WINDOW = 2  # sentences
_ENTRY_SENTENCES = 6  # of an entry of a list, at most

_OTHER_COMMITTEE = 0.7  # unless it is asked to, or speaks of the other's asking
_REFERS_BACK = 0.1
_IN_A_LIST = 0.03
_SAYS_OF_IT = 0.06
_PROGRAMME = 0.25  # taken off: a work programme says what will be done
_OPENING = 2  # sentences of an item
_IN_PASSING = 0.15  # taken off for what stands neither there nor in the title, where no figures were asked for
_ENTRY = 0.9  # for an entry of a list whose whole name the request holds
_NAME_SHARE = 0.6  # of an entry's name that the request must hold
_NAME_WEIGHT = 3.0

# What speaks for an item that shares words already: in full from so large a share of them.
_SOME_SHARE = 0.3
_NAMES_BODY = 0.05  # the committee that asked, in another's item
_NAMES_ASKER = 0.45  # the same, in an item of the committee that it asked to act
_FIGURES = 0.1
_NAMES_WHO = 0.1
_TITLE_NAMED = 0.1  # where its whole title is of words of the request
_TITLE_ALIKE = 0.06  # where it has the title of the request's item
_NEXT_MEETING = 0.1  # half of it at the one after, and so on

_NONE: frozenset[str] = frozenset()
_SLACK = 1e-9  # by which sums of the same weights may differ in another order


@dataclass(slots=True, frozen=True)
class Fit:
    """How well a place fits a request: its score, the words of the request met there, its text, what speaks for it.

    `kin` are those met by another word of their family. `says` is the text that tells whether it was done, `place` the
    numbers of the item's sentences that hold these words.
    """

    score: float
    shared: tuple[str, ...]
    kin: tuple[str, ...]
    text: str
    says: str
    place: range
    reasons: tuple[str, ...]

    @property
    def cites(self) -> bool:
        """Whether the place cites the minute of the request, or its meeting."""
        return "cites" in self.reasons or "dated" in self.reasons


@dataclass(slots=True, frozen=True)
class _Item:
    """What of an item is the same for all its places.

    `title` are the stems of its title, `exact` and `kin` the words of the request in it, `near` how many of these stand
    together there, and `named` the share of the title that they are. `plain` and `soft` are added to the score, `soft`
    where words are shared. `body` finds the committee that asked, in an item of another; that adds `naming`.
    """

    item: LaterItem
    title: Sequence[str]
    exact: frozenset[str]
    kin: frozenset[str]
    near: float
    named: float
    plain: float
    soft: float
    far: bool
    body: re.Pattern[str] | None
    naming: float
    names_who: bool
    cites: bool
    abbreviations: Mapping[str, Sequence[str]]


def best_fit(index: int, wanted: Wanted, council: Council, held: float, enough: float) -> Fit | None:
    """The place of an item that fits best; None where none is enough, as `held`, what its words weigh, may tell."""
    item, request = council.items[index], wanted.request
    share = min(held / wanted.whole + _SLACK, 1.0)
    elsewhere = item.committee_id != request.committee_id
    far = not wanted.is_for(item.committee_id)
    body = elsewhere and council.may_name(request.committee_id, index)
    naming = _NAMES_BODY if far else _NAMES_ASKER
    of_requests = item.kind in OF_REQUESTS
    entry = _ENTRY if of_requests and held >= _NAME_WEIGHT - _SLACK else 0.0
    plain = _IN_A_LIST if of_requests else -_PROGRAMME if item.kind == "programme" else 0.0
    cites = index in wanted.citing
    names_who = index in wanted.naming
    soft = 0.0
    if not elsewhere:
        soft = _NEXT_MEETING / council.meeting_after(request.committee_id, request.date, item.date)
    most = plain + _SAYS_OF_IT * of_requests + (citing.CITES + citing.ON_SUBJECT) * cites
    hoped = _FIGURES * wanted.figures + _NAMES_WHO * names_who + naming * body
    title = soft + _TITLE_NAMED + _TITLE_ALIKE
    if _score(share, 1.0, entry, most + _REFERS_BACK, title + hoped, far and not body) < enough:
        return None
    most += _REFERS_BACK * item.refers_back
    named, alike = of_title(index, wanted, council)
    soft += _TITLE_NAMED * named + _TITLE_ALIKE * alike
    if _score(share, 1.0, entry, most, soft + hoped, far and not body) < enough:
        return None
    pattern = council.body(request.committee_id, item.committee_id) if body else None
    exact, kin = _in_title(index, wanted, council)
    near = _together(wanted.pairs, council.title(index).stems, exact) if len(exact) > 1 else 0.0
    letters = wanted.abbreviations.get(index, {})
    one = _Item(
        item=item,
        title=council.title(index).stems,
        exact=exact,
        kin=kin,
        near=near,
        named=named,
        plain=plain,
        soft=soft,
        far=far,
        body=pattern,
        naming=naming,
        names_who=names_who,
        cites=cites,
        abbreviations=letters,
    )
    return _best_place(one, wanted, council, enough)


def of_title(index: int, wanted: Wanted, council: Council) -> tuple[float, float]:
    """The share of an item's title that is of a request's words, and how like the title of the request's item it is."""
    title = council.title(index)
    if not title.whole:
        return 0.0, 0.0
    named = alike = 0.0
    for word, weight in title.telling.items():
        if council.family[word] in wanted.own_families:
            named += weight
        if word in wanted.title:
            alike += weight
    return named / title.whole, 2 * alike / (title.whole + sum(wanted.title.values()))


def _in_title(index: int, wanted: Wanted, council: Council) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a request that an item's title has, and those of which it has another of the family."""
    title = council.title(index)
    exact = wanted.words.intersection(title.stems)
    met = title.families.intersection(wanted.by_family)
    return exact, frozenset(word for family in met for word in wanted.by_family[family]) - exact


def _best_place(one: _Item, wanted: Wanted, council: Council, enough: float) -> Fit | None:
    item, terms, families = one.item, wanted.terms, wanted.by_family
    sentences = item.sentences(council.family)
    of_requests = item.kind in OF_REQUESTS
    kin_by = [_NONE if each.asks else each.families.intersection(families) for each in sentences]
    exact_by = [
        wanted.words.intersection(each.stems) if met else _NONE for each, met in zip(sentences, kin_by, strict=True)
    ]
    best: Fit | None = None
    for start, stop in _places(sentences, of_requests):
        met = _NONE.union(*kin_by[start:stop])
        window = [each for each in sentences[start:stop] if not each.asks]
        cited = one.cites and any(citing.cites(each, wanted) for each in window)
        if not (met or one.exact or one.kin or cited or one.abbreviations):
            continue
        held = _NONE.union(*exact_by[start:stop])
        exact = one.exact | held
        if one.abbreviations:
            exact |= _spelt(one, window)
        kin = one.kin.union(*(families[family] for family in met)) - exact
        weight = _weight(terms, exact, kin)
        share = weight / wanted.whole
        least = LEAST_WEIGHT * FEWER if share >= _MOST or one.named >= _NAMED else LEAST_WEIGHT
        if one.naming == _NAMES_ASKER and _names_body(one, window):
            least = LEAST_WEIGHT * FEWER
        if not cited and (share < LEAST_SHARE or weight < least):
            continue
        reasons, plain, soft = _speaking(one, wanted, council, window, cited, exact | kin)
        if start >= _OPENING and item.kind == "item" and not (wanted.figures or one.exact or one.kin or reasons):
            plain -= _IN_PASSING
        entry = 0.0
        if of_requests and window:
            name, says = window[0].entry
            entry = _as_entry(name, terms)
            plain += _SAYS_OF_IT * says
        far = one.far and "body" not in reasons
        needed = enough if best is None else best.score + _SLACK
        if _score(share, 1.0, entry, plain, soft, far) < needed:
            continue
        near = max(one.near, _together(wanted.pairs, _stems(window), held)) if wanted.pairs else 1.0
        score = _score(share, near, entry, plain, soft, far)
        if score >= needed:
            best = Fit(
                score,
                tuple(word for word in terms if word in exact),
                tuple(word for word in terms if word in kin),
                " ".join(each.text for each in window),
                _rest(sentences, start) if of_requests else " ".join(each.text for each in window),
                _holding(kin_by, start, stop),
                reasons,
            )
    return best


def _places(sentences: Sequence[Sentence], of_requests: bool) -> Iterator[tuple[int, int]]:
    """The places of an item that are looked at: neighbouring sentences; of a list of requests each entry.

    An entry is a line, or the part of it that cites one minute; of a long one each sentence is a place by itself.
    """
    if not of_requests:
        yield from ((start, start + _WINDOW) for start in range(max(1, len(sentences))))
        return
    start = 0
    while start < max(1, len(sentences)):
        stop = start + 1
        while stop < len(sentences) and _one_entry(sentences[start], sentences[stop]):
            stop += 1
        if stop - start > _ENTRY_SENTENCES:
            stop = start + 1
        yield start, stop
        start = stop


def _one_entry(first: Sentence, other: Sentence) -> bool:
    return first.line == other.line and first.minutes == other.minutes and first.days == other.days


def _holding(met: Sequence[Set[str]], start: int, stop: int) -> range:
    """The sentences from the first to the last of a place that hold words of the request; all, where none does."""
    holding = [number for number in range(start, min(stop, len(met))) if met[number]]
    return range(holding[0], holding[-1] + 1) if holding else range(start, stop)


def _spelt(one: _Item, window: Sequence[Sentence]) -> frozenset[str]:
    """The words of a request that an item's title or a place abbreviates."""
    text = " ".join([one.item.title, *(each.text for each in window)])
    return frozenset(
        word
        for letters, words in one.abbreviations.items()
        if asking.holds_abbreviation(text, letters)
        for word in words
    )


def _speaking(
    one: _Item, wanted: Wanted, council: Council, window: Sequence[Sentence], cited: bool, met: Set[str]
) -> tuple[tuple[str, ...], float, float]:
    """What else speaks for a place, and what it adds: whatever words it shares, and where it shares some."""
    reasons: list[str] = []
    plain, soft = one.plain, one.soft
    if one.item.refers_back and asking.REFERS_BACK.search(" ".join(each.text for each in window)):
        reasons.append("back")
        plain += _REFERS_BACK
    if cited and citing.is_its_own(wanted, council, window, one.title, met):
        reason, worth = citing.worth(wanted, window)
        reasons.append(reason)
        plain += worth
    elif (
        not cited and one.item.kind in OF_REQUESTS and not one.far and any(each.minutes or each.days for each in window)
    ):
        plain -= citing.CITES
    if _names_body(one, window):
        reasons.append("body")
        soft += one.naming
    if wanted.figures and any(each.figures for each in window):
        soft += _FIGURES
    if one.names_who and any(wanted.surname in each.stems for each in window):
        reasons.append("who")
        soft += _NAMES_WHO
    return tuple(reasons), plain, soft


def _names_body(one: _Item, window: Sequence[Sentence]) -> bool:
    """Whether a place, or the title, of another committee's item names the committee that asked."""
    return one.body is not None and bool(one.body.search(" ".join([one.item.title, *(each.text for each in window)])))


def _weight(terms: Mapping[str, Term], exact: Set[str], kin: Set[str]) -> float:
    """What words of a request weigh, some of them met by others of their family."""
    return sum(terms[word].weight for word in exact) + sum(terms[word].kin for word in kin)


def _stems(window: Sequence[Sentence]) -> list[str]:
    return [word for each in window for word in each.stems]


def _rest(sentences: Sequence[Sentence], start: int) -> str:
    """An entry from a sentence on: to the end of its line, or to where another minute is cited."""
    if start >= len(sentences):
        return ""
    first = sentences[start]
    rest = [first.text]
    for each in sentences[start + 1 :]:
        if each.line != first.line or each.minutes != first.minutes:
            break
        rest.append(each.text)
    return " ".join(rest)


def _score(share: float, near: float, entry: float, plain: float, soft: float, far: bool) -> float:
    """The score of a place; more of any of these makes it no less, `far` apart."""
    score = max(share * (1 - _TOGETHER) + _TOGETHER * near * min(1.0, share * _ALL_AT_ONCE), entry) + plain
    return (score * _OTHER_COMMITTEE if far else score) + soft * min(1.0, share / _SOME_SHARE)


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


def _as_entry(name: Sequence[str], terms: Mapping[str, Term]) -> float:
    """How well an entry of a tracker of that name names the request, where it names no more than a part of it."""
    held = [word for word in name if word in terms]
    if not name or sum(terms[word].weight for word in dict.fromkeys(held)) < _NAME_WEIGHT:
        return 0.0
    share = len(held) / len(name)
    return _ENTRY * share if share >= _NAME_SHARE else 0.0
