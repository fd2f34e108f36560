"""Figures joined to the catalogue of measures by their wording, kind and unit."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz
from sqlite_utils import Database

from minutesminer.link.catalogue import Catalogue, Measure
from minutesminer.link.words import replace_wordings, stems

ENOUGH = 92.0  # of 100: one word of a long name may be misspelt, none may be missing
CLOSE = 0.6  # share of the wording that the name of a `closely` measure must be
# Words that say how a measure is expressed, which its unit says already.
_EXPRESSION = frozenset(
    stems("percentage proportion share number total overall current average mean figure level per cent rate")
)


def match_measure(catalogue: Catalogue, wording: str, kind: str, unit: str | None) -> Measure | None:
    """The measure that a figure's wording names, or None where none fits well enough.

    A measure fits where all words of one of its names stand in the wording, none of its `unless` words does,
    and kind and unit agree. Of several the one with the longest name is taken, then the closest wording.
    """
    words = replace_wordings(stems(wording), catalogue.same)
    said = _joined(words)
    if not said:
        return None
    best: tuple[int, float, str] | None = None
    found: Measure | None = None
    for measure in catalogue.measures:
        if not _units_agree(measure, kind, unit) or _excluded(measure, words):
            continue
        for name in measure.stems:
            wanted = _joined(name)
            if not wanted or fuzz.token_set_ratio(wanted, said) < ENOUGH or not _all_there(wanted, said):
                continue
            if measure.closely and len(wanted.split()) < CLOSE * len(said.split()):
                continue
            rank = (len(wanted.split()), fuzz.token_sort_ratio(wanted, said), measure.id)
            if best is None or rank > best:
                best, found = rank, measure
    return found


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
            }
            for measure in catalogue.measures
        ),
        pk="id",
    )
    wordings = db.execute(
        "select distinct measure, kind, unit from metrics where measure is not null order by 1, 2, 3"
    ).fetchall()
    linked = 0
    for wording, kind, unit in wordings:
        measure = match_measure(catalogue, wording, kind, unit)
        if measure is not None:
            cursor = db.execute(
                "update metrics set measure_id = ? where measure = ? and kind = ? and unit is ?",
                [measure.id, wording, kind, unit],
            )
            linked += cursor.rowcount
    return linked


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
