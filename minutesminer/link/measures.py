"""Figures joined to the catalogue of measures by their wording, kind and unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from minutesminer.link.catalogue import Catalogue, Measure
from minutesminer.link.matching import match_clause, match_wording
from minutesminer.models import Metric

_COMPARED = {"target", "benchmark", "previous", "change"}


def match_measure(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> Measure | None:
    """The measure that a figure's wording names, or None where none fits well enough."""
    match = match_wording(catalogue, wording, kind, unit)
    return match.measure if match is not None else None


def measure_of(catalogue: Catalogue, figure: Metric) -> Measure | None:
    """The measure of a figure: the one its own wording names, else the one that the clause around it does."""
    match = match_wording(catalogue, figure.measure or "", figure.kind, figure.unit) or match_clause(
        catalogue, _clause(figure.sentence, figure.quote, figure.role), figure.kind, figure.unit, figure.measure
    )
    return match.measure if match is not None else None


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
    by_wording: dict[tuple[str | None, str, str | None], Measure | None] = {}
    before: tuple[str | None, ...] | None = None
    last: Measure | None = None
    rows = db.execute(
        "select id, item_id, measure, kind, unit, role, quote, sentence from metrics order by item_id, start_char, id"
    )
    for id_, item, wording, kind, unit, role, quote, sentence in rows:
        key = (wording, kind, unit)
        if key not in by_wording:
            by_wording[key] = match_measure(catalogue, wording or "", kind, unit)
        measure = by_wording[key]
        if measure is None:
            match = match_clause(catalogue, _clause(sentence, quote, role), kind, unit, wording)
            measure = match.measure if match is not None else None
        if measure is None and _goes_on(role, before, (item, *key)):
            measure = last
        before, last = (item, *key), measure
        if measure is not None:
            linked.append((measure.id, id_))
    db.conn.executemany("update metrics set measure_id = ? where id = ?", linked)
    return len(linked)


def _clause(sentence: str, quote: str, role: str) -> str:
    """The part of a sentence between semicolons that holds the quote.

    A target or a comparison belongs to what was said before it: `53% of care leavers were in training; the
    target was 60%`. For these it is the whole sentence.
    """
    if role in _COMPARED:
        return sentence
    return next((part for part in sentence.split(";") if quote in part), sentence)
