"""Frequent wordings of figures that are of no catalogued measure: what the catalogue might have next."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlite_utils import Database

from minutesminer.link.catalogue import Catalogue
from minutesminer.link.matching import Candidate, candidates
from minutesminer.store.queries import check_laid_out

_UNMAPPED = """
SELECT metrics.measure, metrics.kind, metrics.unit, series.council_id, count(*), min(metrics.id)
FROM series JOIN metrics ON metrics.id = series.metric_id
WHERE series.measure_id IS NULL AND metrics.measure IS NOT NULL
GROUP BY metrics.measure, metrics.kind, metrics.unit, series.council_id
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Wordings of the same telling words, kind and unit: figures, councils, an example and the nearest measure."""

    wording: str
    kind: str
    unit: str | None
    figures: int
    councils: int
    sentence: str
    metric_id: str
    nearest: Candidate | None


@dataclass(slots=True)
class _Group:
    figures: int = 0
    councils: set[str | None] = field(default_factory=set)
    wordings: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)


def suggest(db: Database, catalogue: Catalogue, least: int, limit: int) -> list[Suggestion]:
    """The wordings of at least `least` figures without a measure, the most frequent first; at most `limit`.

    Wordings are taken together where they have the same telling words (`catalogue.read`), kind and unit; those with
    no word that tells anything are left out. Only documents in force count. Raises
    UsageError where the figures are not laid out as series yet.
    """
    check_laid_out(db)
    groups: dict[tuple[frozenset[str], str, str | None], _Group] = defaultdict(_Group)
    for wording, kind, unit, council_id, figures, metric_id in db.execute(_UNMAPPED):
        words = frozenset(catalogue.read(wording))
        if words <= catalogue.words.light:
            continue
        group = groups[words, kind, unit]
        group.figures += figures
        group.councils.add(council_id)
        group.wordings[wording] += figures
        group.first.setdefault(wording, metric_id)
    frequent = [(key, group) for key, group in groups.items() if group.figures >= least]
    frequent.sort(key=lambda one: (-one[1].figures, -len(one[1].councils), min(one[1].wordings)))
    return [_suggestion(db, catalogue, kind, unit, group) for (_, kind, unit), group in frequent[: max(limit, 0)]]


def _suggestion(db: Database, catalogue: Catalogue, kind: str, unit: str | None, group: _Group) -> Suggestion:
    wording = min(group.wordings, key=lambda one: (-group.wordings[one], one))
    metric_id = group.first[wording]
    (sentence,) = db.execute("SELECT sentence FROM metrics WHERE id = ?", [metric_id]).fetchone()
    near = candidates(catalogue, wording, kind, unit)
    return Suggestion(
        wording, kind, unit, group.figures, len(group.councils), sentence, metric_id, near[0] if near else None
    )
