"""Which measure a wording names: all words of one of its names are there, and little else that tells anything.

A score of 0 to 100 says how much of wording and name is the same: twice the words that both have, set against these and
the words that only one has. Words that say little weigh less; a word that makes it a figure about something else
(`not`, `cost of`, `boys`) rules out a name that does not have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from minutesminer.link.catalogue import Catalogue, Measure, Name
from minutesminer.link.measure_text import LIMIT, ON_TIME, YEAR_GROUP, measure_stems

ENOUGH = 72.0
"""The score from which a wording is of a measure: a name of three words may stand among two more."""
CLOSELY = 85.0
"""The score for measures to be matched closely, whose names are short and often about a part only."""

SPECIFIC = 3  # words that a name must have to be looked for in a whole clause
_LIGHT = 0.35  # weight of a word that says little
_NUMBER = 0.6  # of a number that only one of wording and name has
_PHRASE = 1.2  # of a phrase of two words that is read as one
_LONG_PHRASE = 1.4
_APART = 3  # words of a clause that may stand between two of a name
_BESIDE = 2  # words before and after a name in a clause that may not narrow it

# Units that only figures of the same unit have; other counts are of things, which are worded in many ways.
_PHYSICAL = frozenset(
    "tonnes tonne kg kwh mwh miles mile kilometres kilometre km hours points points litres acres hectares".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """A measure that a wording names. `score` is 0 to 100, `length` the words of the name that was found."""

    measure: Measure
    score: float
    length: int


def match_wording(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> Match | None:
    """The measure that a figure's wording names best, with its score; None where none reaches its threshold."""
    words = catalogue.read(wording)
    said = frozenset(words)
    best: Match | None = None
    for name in _standing_in(catalogue, wording, words, kind, unit):
        measure = name.measure
        if _excluded(measure, words):
            continue
        score = _score(catalogue, name, said)
        if score < (CLOSELY if measure.closely else ENOUGH):
            continue
        if best is None or (score, name.length, measure.id) > (best.score, best.length, best.measure.id):
            best = Match(measure, score, name.length)
    return best


def match_clause(
    catalogue: Catalogue, clause: str, kind: str, unit: str | None, wording: str | None = None
) -> Match | None:
    """The measure that the clause around a figure names, where the figure's own wording names none.

    A clause says more than the figure, so only names of three words and more count whose words stand close together, or
    of which the figure's own wording has a part, and only where all that fit are one measure's. Measures to be matched
    closely are left out, and so are all where the figure's own wording says something else (`cases in the North`).
    """
    ignored = catalogue.words.light - {ON_TIME}
    own = {word for word in catalogue.read(wording or "") if word not in ignored and not word[0].isdigit()}
    if not own <= catalogue.known:
        return None
    words = catalogue.read(clause)
    found: Match | None = None
    for name in _standing_in(catalogue, clause, words, kind, unit):
        measure = name.measure
        beside = _beside(catalogue, measure)
        if measure.closely or _excluded(measure, words) or not own <= name.words | beside | {ON_TIME}:
            continue
        if not _begun(name, own) and not _together(catalogue, name, words, beside):
            continue
        if found is not None and found.measure is not measure:
            return None
        if found is None or name.length > found.length:
            found = Match(measure, ENOUGH, name.length)
    return found if found is not None and found.length >= SPECIFIC else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure that shares words with a wording, with the score of its best name and why it is not its measure.

    `why_not` is None for the one that the wording is joined to.
    """

    measure: Measure
    score: float
    why_not: str | None


def candidates(catalogue: Catalogue, wording: str, kind: str | None = None, unit: str | None = None) -> list[Candidate]:
    """The measures that share words with a wording, the nearest first, those of its kind before others."""
    words = catalogue.read(wording)
    said = frozenset(words)
    joined = match_wording(catalogue, wording, kind, unit) if kind is not None else None
    best: dict[str, Candidate] = {}
    for name in (name for names in catalogue.by_word.values() for name in names):
        measure = name.measure
        if said.isdisjoint(name.words):
            continue
        if joined is not None and measure is joined.measure:
            best[measure.id] = Candidate(measure, joined.score, None)
            continue
        score = _likeness(catalogue, name, said)
        if measure.id not in best or score > best[measure.id].score:
            best[measure.id] = Candidate(measure, score, _why_not(catalogue, name, words, kind, unit, joined))
    other_kind = {id_: kind not in {None, *one.measure.kinds} for id_, one in best.items()}
    return sorted(
        best.values(), key=lambda one: (one.why_not is not None, other_kind[one.measure.id], -one.score, one.measure.id)
    )


def _why_not(
    catalogue: Catalogue, name: Name, words: Sequence[str], kind: str | None, unit: str | None, joined: Match | None
) -> str:
    missing = [word for word in sorted(name.required) if word not in words]
    narrowing = _narrowing(catalogue, name, frozenset(words))
    if missing:
        return f"the wording lacks {_told(catalogue, missing, name.text)}"
    if kind is not None and not units_agree(catalogue, name, kind, unit, words):
        return f"kind or unit differ: the measure is in {name.measure.unit}"
    if _excluded(name.measure, words):
        return "the wording has words that make it another measure"
    if narrowing:
        return f"the wording is about something else: {_told(catalogue, narrowing)}"
    if joined is not None:
        return "another measure fits better"
    return "the wording has too much beside the name" if kind is not None else "it may be, where kind and unit agree"


def _told(catalogue: Catalogue, words: Iterable[str], text: str = "") -> str:
    """Words as people write them: those of a phrase as its group is called, others as they stand in `text`."""
    written = {part: word for word in text.split() for part in measure_stems(word)}
    return ", ".join(f"`{catalogue.words.firsts.get(word) or written.get(word, word)}`" for word in words)


def units_agree(catalogue: Catalogue, name: Name, kind: str, unit: str | None, said: Iterable[str] = ()) -> bool:
    """Whether a figure of this kind and unit can be one of the name's measure; `said` are the stems of its wording."""
    measure = name.measure
    if kind not in measure.kinds:
        return False
    if unit is None or kind in ("timescale", "percentage", "money", "score"):
        # `2 weeks` of a measure kept in days is still that measure; a reader converts.
        return True
    if kind == "rate":
        if measure.unit.startswith("per "):
            return unit.replace(" ", "") in {measure.unit.replace(" ", ""), "rate"}
        return True
    if (unit.lower() in _PHYSICAL) != (measure.unit.lower() in _PHYSICAL):
        return False
    # What is counted is what the measure counts, stands in its name or in the wording, or says little (`cases`). People
    # of one kind are counted for another where the measure counts people (`pupils` for `children`).
    counts, beside = frozenset(catalogue.read(measure.unit)), _beside(catalogue, measure)
    told = name.words.union(said, counts)
    if " per " not in measure.unit:
        told |= catalogue.words.optional
        if not counts.isdisjoint(beside | catalogue.words.optional):
            told |= beside
    return told.issuperset(catalogue.read(unit))


def _standing_in(catalogue: Catalogue, text: str, words: Sequence[str], kind: str, unit: str | None) -> Iterator[Name]:
    """Names that stand in a text of these words, with kind and unit agreeing."""
    said = frozenset(words)
    # A noun that is part of a phrase that was read as one word: `exclusions` of `fixed term exclusions`.
    stems = frozenset(measure_stems(text)) - said if kind == "count" else said
    for word in said:
        for name in catalogue.by_word.get(word, ()):
            if name.required <= said and units_agree(catalogue, name, kind, unit, stems):
                yield name


def _score(catalogue: Catalogue, name: Name, said: frozenset[str]) -> float:
    return 0.0 if _narrowing(catalogue, name, said) else _likeness(catalogue, name, said)


def _narrowing(catalogue: Catalogue, name: Name, said: frozenset[str]) -> list[str]:
    """The words said beside a name that make it a figure about something else, another time limit among them."""
    rest = said - name.words - _beside(catalogue, name.measure)
    limits = [word for word in rest if word.startswith(LIMIT)] if any(w.startswith(LIMIT) for w in name.words) else []
    return sorted([*(word for word in rest if _narrows(catalogue, word)), *limits])


def _likeness(catalogue: Catalogue, name: Name, said: frozenset[str]) -> float:
    measure = name.measure
    per = catalogue.read(measure.unit) if " per " in measure.unit else ()
    light = catalogue.words.light.union(_beside(catalogue, measure), per)
    common = 2.0 * _weights(catalogue.words.light, name.words & said, number=1.0)
    return 100.0 * common / (common + _weights(light, name.words ^ said, number=_NUMBER))


def _beside(catalogue: Catalogue, measure: Measure) -> frozenset[str]:
    return catalogue.words.beside.get(measure.theme, frozenset())


def _narrows(catalogue: Catalogue, word: str) -> bool:
    return word in catalogue.words.narrowing or word.startswith(YEAR_GROUP)


def _weights(light: Set[str], words: Iterable[str], number: float) -> float:
    return sum(_weight(light, word, number) for word in words)


def _weight(light: Set[str], word: str, number: float) -> float:
    if word.startswith(LIMIT):
        return 0.0
    if word in light:
        return _LIGHT
    if word[0].isdigit():
        return number
    parts = word.count("_")
    return 1.0 if not parts else _PHRASE if parts == 1 else _LONG_PHRASE


def _begun(name: Name, own: Set[str]) -> bool:
    """Whether a figure's own wording has part of a name, so that the clause need only say what it is part of.

    That something was done in time is told of the figure itself: `58% of new plans were issued within 20 weeks`.
    """
    return not own.isdisjoint(name.required) and (ON_TIME not in name.required or ON_TIME in own)


def _together(catalogue: Catalogue, name: Name, words: Sequence[str], beside: Set[str]) -> bool:
    """Whether the words of a name stand close together, with nothing beside them that narrows them."""
    places = [place for place, word in enumerate(words) if word in name.words]
    if any(later - earlier > _APART + 1 for earlier, later in pairwise(places)):
        return False
    around = words[max(0, places[0] - _BESIDE) : places[-1] + 1 + _BESIDE]
    return not any(_narrows(catalogue, word) for word in around if word not in name.words and word not in beside)


def _excluded(measure: Measure, words: Sequence[str]) -> bool:
    return any(
        tuple(words[start : start + len(run)]) == run
        for run in measure.unless
        for start in range(len(words) - len(run) + 1)
    )
