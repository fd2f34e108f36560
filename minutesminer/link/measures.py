"""Figures joined to the catalogue of measures by their wording, kind and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sqlite_utils import Database

from minutesminer.link.catalogue import Catalogue, Measure
from minutesminer.link.matching import match_clause, match_wording
from minutesminer.models import Metric

_COMPARED = {"target", "benchmark", "previous", "change"}
_WORDINGS_KEPT = 1 << 15  # minutes go on bringing new wordings
# The price of one: `£640 a day`, `£52 each`. Pay and charges are told by the week, month and year.
_EACH = re.compile(
    r"\s*(?:each\b|(?:an?|per|every)\s+(?:hour|day|night|shift|visit|place|child|pupil|person|head|tonne|household)\b)"
)


def match_measure(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> Measure | None:
    """The measure that a figure's wording names, or None where none fits well enough."""
    match = match_wording(catalogue, wording, kind, unit)
    return match.measure if match is not None else None


def measure_of(catalogue: Catalogue, figure: Metric) -> Measure | None:
    """The measure of a figure: the one its own wording names, else the one that the clause around it does."""
    if _is_of_one(figure.kind, figure.sentence, figure.quote):
        return None
    return match_measure(catalogue, figure.measure or "", figure.kind, figure.unit) or _of_clause(
        catalogue, figure.measure, figure.kind, figure.unit, _clause(figure.sentence, figure.quote, figure.role)
    )


def measures_of(catalogue: Catalogue, figures: Sequence[Metric]) -> list[Measure | None]:
    """The measures of an item's figures, in the order of the text.

    A target or comparison that says nothing of its own (`The target was 95%.`) is of the measure of the figure
    before it, whose wording and kind it has.
    """
    found: list[Measure | None] = []
    for k, figure in enumerate(figures):
        measure = measure_of(catalogue, figure)
        if measure is None and k and _goes_on(figure.role, _key(figures[k - 1]), _key(figure)):
            measure = found[-1]
        found.append(measure)
    return found


def _key(figure: Metric) -> tuple[str | None, str, str | None]:
    return figure.measure, figure.kind, figure.unit


def _goes_on(role: str, before: tuple[str | None, ...] | None, own: tuple[str | None, ...]) -> bool:
    """Whether a figure of this role is told of the same as the one before, going by wording, kind and unit."""
    return role in _COMPARED and before == own


def link_measures(db: Database, catalogue: Catalogue) -> int:
    """Fill `measures` and `metrics.measure_id` anew; returns how many figures are linked."""
    db.execute("update metrics set measure_id = null where measure_id is not null")
    ids = [measure.id for measure in catalogue.measures]
    marks = ", ".join("?" * len(ids)) or "''"
    db.execute(f"delete from measures where id not in ({marks})", ids)
    db.table("measures").upsert_all(
        (
            {
                "id": measure.id,
                "label": measure.label,
                "theme": measure.theme,
                "unit": measure.unit,
                "polarity": measure.polarity,
                "names": "; ".join(measure.names),
                "identifier": measure.identifier,
                "identifier_source": measure.identifier_source,
            }
            for measure in catalogue.measures
        ),
        pk="id",
    )
    linked = []
    named = lru_cache(maxsize=_WORDINGS_KEPT)(lambda *key: match_measure(catalogue, *key))
    before: tuple[str | None, ...] | None = None
    last: Measure | None = None
    rows = db.execute(
        "select id, item_id, measure, kind, unit, role, quote, sentence from metrics order by item_id, start_char, id"
    )
    for id_, item, wording, kind, unit, role, quote, sentence in rows:
        key = (wording, kind, unit)
        measure: Measure | None = None
        if not _is_of_one(kind, sentence, quote):
            measure = named(wording or "", kind, unit) or _of_clause(
                catalogue, wording, kind, unit, _clause(sentence, quote, role)
            )
        if measure is None and _goes_on(role, before, (item, *key)):
            measure = last
        before, last = (item, *key), measure
        if measure is not None:
            linked.append((measure.id, id_))
    db.conn.executemany("update metrics set measure_id = ? where id = ?", linked)
    return len(linked)


def _of_clause(catalogue: Catalogue, wording: str | None, kind: str, unit: str | None, clause: str) -> Measure | None:
    match = match_clause(catalogue, clause, kind, unit, wording)
    return match.measure if match is not None else None


def _is_of_one(kind: str, sentence: str, quote: str) -> bool:
    """Whether an amount of money is what one costs: no measure of the catalogue is."""
    _, _, after = sentence.partition(quote)
    return kind == "money" and _EACH.match(after) is not None


def _clause(sentence: str, quote: str, role: str) -> str:
    """The part of a sentence between semicolons that holds the quote.

    A target or a comparison belongs to what was said before it: `53% of care leavers were in training; the
    target was 60%`. For these it is the whole sentence.
    """
    if role in _COMPARED:
        return sentence
    return next((part for part in sentence.split(";") if quote in part), sentence)
