"""How likely an item that is no list of requests is to be about a request, by what was measured on annotated stories.

What is looked at is in `SIGNS`; what each is worth stands in `patterns/evidence/item_weights.yaml`, which
`python -m minutesminer.evaluate.link_weights` makes from stories whose annotation says which items are about a request.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minutesminer.errors import RuleError
from minutesminer.link import asking
from minutesminer.link.council import Council
from minutesminer.link.fit import Fit, of_title
from minutesminer.link.wanted import Wanted
from minutesminer.link.words import stems
from minutesminer.yaml_files import read_yaml

FILE = "item_weights.yaml"
SIGNS = (
    "words",
    "weight",
    "around",
    "who",
    "named",
    "same_title",
    "report",
    "opening",
    "one_word",
    "promised",
    "late",
    "elsewhere",
    "another",
)

_EVERY = 10.0  # log odds
_MOST_WORDS = 0.6  # of the score of a place: more tells no more
_MOST_WEIGHT = 12.0  # of the words that are met
_MOST_AROUND = 20.0
_REPLY = 3  # sentences after a place in which somebody may thank for it
_LATE = 4  # meetings after
_OPENING = 2  # sentences


@dataclass(slots=True, frozen=True)
class Weights:
    """What each of `SIGNS` is worth, in log odds, and the log odds where none of them speaks."""

    bias: float
    of: Mapping[str, float]


def load_weights(patterns: Path) -> Weights:
    """Read the weights under `patterns`; to a rule folder without them every item is likely.

    Raises RuleError, naming the file, where they are not those of `SIGNS`.
    """
    path = patterns / "evidence" / FILE
    if not path.exists():
        return Weights(_EVERY, dict.fromkeys(SIGNS, 0.0))
    found = read_yaml(path)
    if not isinstance(found, dict) or set(found) != {"bias", *SIGNS}:
        raise RuleError(
            f"{path}: it must give a number for `bias` and for each of {', '.join(SIGNS)}, and nothing else"
        )
    if not all(isinstance(value, int | float) for value in found.values()):
        raise RuleError(f"{path}: every weight is a number")
    return Weights(float(found["bias"]), {sign: float(found[sign]) for sign in SIGNS})


def likelihood(index: int, wanted: Wanted, council: Council, fit: Fit, weights: Weights) -> float:
    """From 0 to 1, how likely the item `index` of a council is to be about a request that it fits as `fit` says."""
    values = signs(index, wanted, council, fit)
    odds = weights.bias + sum(weights.of[sign] * value for sign, value in values.items())
    return 1.0 / (1.0 + math.exp(-odds))


def signs(index: int, wanted: Wanted, council: Council, fit: Fit) -> dict[str, float]:
    """What speaks for and against an item, each from 0 to 1.

    `words`: the score of its place. `weight`: how much the words that it shares tell. `around`: the words around the
    request that the whole item has. `who`: who asked or promised is named at the place or beside it, as one who thanks
    for the answer is. `named`: its title is of words of the request.
    `same_title`: it has the title of the request's item, where figures are wanted. `report`: a report is wanted, and
    the words are there. `opening`: the place opens the item. `one_word`: no more are shared. `promised`: the request
    is a promise, which is mostly kept outside meetings. `late`: it comes four meetings after or more. `elsewhere`: it
    is another committee's, which was not asked and does not name this one. `another`: how much more the words of
    another request of the same meeting tell there.
    """
    request, item, title = wanted.request, council.items[index], council.title(index)
    here = frozenset(stems(fit.text)).union(title.stems)
    met = sum(wanted.terms[word].weight for word in fit.shared) + sum(wanted.terms[word].kin for word in fit.kin)
    weight = min(met, _MOST_WEIGHT) / _MOST_WEIGHT
    families = title.families | item.families(council.family)
    around = sum(value for word, value in wanted.around.items() if council.family.get(word) in families)
    beside = item.sentences(council.family)[max(0, fit.place.start - 1) : fit.place.stop + _REPLY]
    named, alike = of_title(index, wanted, council)
    other = max((sum(map(council.weight, sibling.words & here)) for sibling in wanted.siblings), default=0.0)
    elsewhere = item.committee_id != request.committee_id
    body = council.body(request.committee_id, item.committee_id) if elsewhere else None
    asked = wanted.is_for(item.committee_id) or (body is not None and body.search(item.text) is not None)
    late = not elsewhere and council.meeting_after(request.committee_id, request.date, item.date) >= _LATE
    values = (
        min(fit.score, _MOST_WORDS) / _MOST_WORDS,
        weight,
        min(around, _MOST_AROUND) / _MOST_AROUND,
        bool(wanted.surname) and any(wanted.surname in each.stems for each in beside),
        named,
        alike * wanted.figures,
        min(met / wanted.whole, 1.0) * asking.wants_report(request.text),
        fit.place.start < _OPENING,
        len(fit.shared) + len(fit.kin) <= 1,
        request.promised,
        late,
        elsewhere and not asked,
        max(0.0, min(other, _MOST_WEIGHT) / _MOST_WEIGHT - weight),
    )
    return {sign: float(value) for sign, value in zip(SIGNS, values, strict=True)}
