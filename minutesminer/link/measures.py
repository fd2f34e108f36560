"""Figures joined to the catalogue of measures by their wording, kind and unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlite_utils import Database

from minutesminer.link.catalogue import Catalogue, Measure
from minutesminer.link.words import replace_wordings, stems
from minutesminer.models import Metric

ENOUGH = 92.0  # of 100: one word of a long name may be misspelt, none may be missing
SPECIFIC = 3  # words that a name must have to be looked for in a whole clause
CLOSE = 0.6  # share of the wording that the name of a `closely` measure must be
_COMPARED = {"target", "benchmark", "previous", "change"}
# Words that say how a measure is expressed, which its unit says already.
_EXPRESSION = frozenset(
    stems("percentage proportion share number total overall current average mean figure level per cent rate")
)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A measure whose name, of `length` words, stands in a wording; `likeness` is 0 to 100."""

    measure: Measure
    length: int
    likeness: float


def match_measure(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> Measure | None:
    """The measure that a figure's wording names, or None where none fits well enough.

    A measure fits where all words of one of its names stand in the wording, none of its `unless` words does,
    and kind and unit agree. Of several the one with the longest name is taken, then the closest wording.
    """
    fitting = _fitting(catalogue, wording, kind, unit)
    return max(fitting, key=lambda fit: (fit.length, fit.likeness, fit.measure.id)).measure if fitting else None


def match_clause(catalogue: Catalogue, clause: str, kind: str, unit: str | None) -> Measure | None:
    """The measure that the clause around a figure names, where the figure's own wording names none.

    A clause says more than the figure, so only names of three words and more count, and only where all
    that fit are one measure's. Measures to be matched `closely` are left out.
    """
    fitting = _fitting(catalogue, clause, kind, unit)
    measures = {fit.measure.id: fit.measure for fit in fitting if not fit.measure.closely}
    long = any(fit.length >= SPECIFIC for fit in fitting)
    return next(iter(measures.values())) if long and len(measures) == 1 else None


def measure_of(catalogue: Catalogue, figure: Metric) -> Measure | None:
    """The measure of a figure: the one its own wording names, else the one that the clause around it does."""
    named = match_measure(catalogue, figure.measure or "", figure.kind, figure.unit)
    return named or match_clause(
        catalogue, _clause(figure.sentence, figure.quote, figure.role), figure.kind, figure.unit
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
        measure = by_wording[key] or match_clause(catalogue, _clause(sentence, quote, role), kind, unit)
        if measure is None and _goes_on(role, before, (item, *key)):
            measure = last
        before, last = (item, *key), measure
        if measure is not None:
            linked.append((measure.id, id_))
    db.conn.executemany("update metrics set measure_id = ? where id = ?", linked)
    return len(linked)


def _fitting(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> list[_Fit]:
    words = replace_wordings(stems(wording), catalogue.same)
    said = _joined(words)
    fitting = []
    for measure in catalogue.measures:
        if not said or not _units_agree(measure, kind, unit) or _excluded(measure, words):
            continue
        for name in measure.stems:
            wanted = _joined(name)
            length = len(wanted.split())
            if not wanted or fuzz.token_set_ratio(wanted, said) < ENOUGH or not _all_there(wanted, said):
                continue
            if not measure.closely or length >= CLOSE * len(said.split()):
                fitting.append(_Fit(measure, length, fuzz.token_sort_ratio(wanted, said)))
    return fitting


def _clause(sentence: str, quote: str, role: str) -> str:
    """The part of a sentence between semicolons that holds the quote.

    A target or a comparison belongs to what was said before it: `53% of care leavers were in training; the
    target was 60%`. For these it is the whole sentence.
    """
    if role in _COMPARED:
        return sentence
    return next((part for part in sentence.split(";") if quote in part), sentence)


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word not in _EXPRESSION)


def _all_there(wanted: str, said: str) -> bool:
    """Each word of the name has its like in the wording: a set ratio alone forgives a short missing word."""
    others = said.split()
    return all(any(fuzz.ratio(word, other) >= 86 for other in others) for word in wanted.split())


def _excluded(measure: Measure, words: list[str]) -> bool:
    return any(
        words[start : start + len(run)] == list(run)
        for run in measure.unless
        for start in range(len(words) - len(run) + 1)
    )


def _units_agree(measure: Measure, kind: str, unit: str | None) -> bool:
    if kind not in measure.kinds:
        return False
    if kind == "timescale" and unit is not None:
        # `2 weeks` of a measure kept in days is still that measure; a reader converts.
        return True
    if kind == "rate" and unit is not None and measure.unit.startswith("per "):
        return unit.replace(" ", "") in {measure.unit.replace(" ", ""), "rate"}
    return True
