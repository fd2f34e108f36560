"""What a person types, and the catalogued measures that it may mean: `care leavers EET`, `ctax collection`, `TP01`."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from minutesminer.errors import UsageError
from minutesminer.link.catalogue import Catalogue, Measure

EXACT = 100.0
"""The score of a measure whose id, public identifier, label or name, read as the wordings of figures are, was typed."""

_COVERED = 0.75  # share of the score for having what was typed; the rest is for having little else
_NEAR = 55.0  # of 100: the least that is listed
_SPELT_ALIKE = 75.0  # likeness of a label, where no word is shared
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A measure that typed words may mean. `score` is 0 to 100; 100 is its id, its label or one of its names."""

    measure: Measure
    score: float


def find_measures(catalogue: Catalogue, words: str, limit: int | None = _LISTED) -> list[Found]:
    """The measures that typed words may mean, best first; at most `limit`.

    A measure is found by its id, its public identifier, its label and its names, in any order and with abbreviations
    and synonyms; the words may be part of a name. Where none shares a word, labels that are spelt alike are found.
    """
    typed = words.strip().casefold()
    said = frozenset(catalogue.read(words))
    found = [
        Found(measure, score) for measure in catalogue.measures if (score := _score(catalogue, measure, typed, said))
    ]
    if not found:
        alike = ((measure, fuzz.token_set_ratio(typed, measure.label.casefold())) for measure in catalogue.measures)
        found = [Found(measure, _NEAR) for measure, score in alike if score >= _SPELT_ALIKE]
    found.sort(key=lambda one: (-one.score, len(one.measure.label), one.measure.id))
    return found[:limit]


def the_measure(catalogue: Catalogue, words: str) -> Measure:
    """The one measure that typed words mean.

    Raises UsageError, listing the measures that come near, where they may mean several or none.
    """
    found = find_measures(catalogue, words)
    if not found:
        raise UsageError(f"no measure is called {words!r}; `minutesminer measures list` has them all")
    exact = [one for one in found if one.score >= EXACT]
    if len(exact) == 1:
        return exact[0].measure
    listed = "\n".join(f"  {one.measure.id}: {one.measure.label}" for one in (exact or found))
    if not exact and len(found) == 1 and found[0].score > _NEAR:
        return found[0].measure
    raise UsageError(f"{words!r} may mean several measures; name one of them by its id:\n{listed}")


def _score(catalogue: Catalogue, measure: Measure, typed: str, said: frozenset[str]) -> float:
    if typed in (measure.id, (measure.identifier or "").casefold(), measure.label.casefold()):
        return EXACT
    best = 0.0
    for known in (*(frozenset(words) for words in measure.words), frozenset(catalogue.read(measure.label))):
        common = len(said & known)
        if not common:
            continue
        if said == known:
            return EXACT
        covered, alike = common / len(said), 2 * common / (len(said) + len(known))
        best = max(best, 99.0 * (_COVERED * covered + (1 - _COVERED) * alike))
    return best
