"""From what people type to what a series is of: one catalogued measure, or the wordings of figures that have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils
from sqlite_utils import Database

from minutesminer.errors import UsageError
from minutesminer.link.words import stems
from minutesminer.store.queries import check_laid_out

_NEAR = 70.0  # of 100: likeness of a label that is suggested
_SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a series is of: a catalogued measure, or the wordings of figures of none, with a title to show."""

    title: str
    measure_id: str | None = None
    unit: str | None = None
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measure:
    id: str
    label: str
    unit: str | None
    names: tuple[str, ...]
    has_figures: bool

    @property
    def known_as(self) -> tuple[str, ...]:
        return (self.id, self.label, *self.names)


def choose(db: Database, words: str, *, wording: bool = False) -> Chosen:
    """The measure that `words` name, by its id, its label or another of its names; else the figures worded so.

    With `wording`, only the latter. Raises UsageError where several measures have the words (the message lists them),
    and where nothing has (it lists the nearest measures).
    """
    _check_figures(db)
    measures = _measures(db)
    found = [] if wording else _named(measures, words) or _meant(measures, words, exactly=True)
    if len(found) > 1:
        raise UsageError(f"several measures have the words {words!r}; name one of them:\n{_listed(db, found)}")
    if found:
        return Chosen(found[0].label, found[0].id, found[0].unit)
    wordings = wordings_with(db, words)
    if wordings:
        return Chosen(f"“{words}”", wordings=tuple(wordings))
    near = _meant(measures, words) or _nearest(measures, words)
    said = f"; the nearest measures are:\n{_listed(db, near)}" if near else ""
    raise UsageError(f"no measure and no wording of a figure has the words {words!r}{said}")


def wordings_with(db: Database, words: str) -> list[str]:
    """How minutes word figures of no catalogued measure: the wordings that have all of some words, in any form."""
    wanted = set(stems(words))
    if not wanted:
        return []
    found = db.execute("SELECT DISTINCT measure FROM metrics WHERE measure IS NOT NULL").fetchall()
    fitting = [wording for (wording,) in found if wanted <= set(stems(wording))]
    unmapped = "SELECT 1 FROM metrics WHERE measure = ? AND measure_id IS NULL LIMIT 1"
    return sorted(wording for wording in fitting if db.execute(unmapped, [wording]).fetchone() is not None)


def _named(measures: Sequence[_Measure], words: str) -> list[_Measure]:
    """The measure known by exactly these words, else those with figures that have them all in one of their names."""
    wanted = stems(words)
    for exact in (
        [measure for measure in measures if words.strip().casefold() == measure.id],
        [measure for measure in measures if any(stems(name) == wanted for name in measure.known_as)],
    ):
        if len(exact) == 1:
            return exact
    if not wanted:
        return []
    return [
        measure
        for measure in measures
        if measure.has_figures and any(set(wanted) <= set(stems(name)) for name in measure.known_as)
    ]


def _meant(measures: Sequence[_Measure], words: str, exactly: bool = False) -> list[_Measure]:
    """The measures with figures that the catalogue takes words to mean: abbreviations, synonyms, any order of words."""
    from minutesminer import resources
    from minutesminer.link.catalogue import load_catalogue
    from minutesminer.link.catalogue_search import EXACT, find_measures

    by_id = {measure.id: measure for measure in measures if measure.has_figures}
    found = find_measures(load_catalogue(resources.folder("patterns")), words, limit=None)
    meant = [by_id[one.measure.id] for one in found if one.measure.id in by_id and (one.score >= EXACT or not exactly)]
    return meant[:_SUGGESTED]


def _nearest(measures: Sequence[_Measure], words: str) -> list[_Measure]:
    labels = {measure.id: measure.label for measure in measures if measure.has_figures}
    found = process.extract(
        words,
        labels,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=_NEAR,
        limit=_SUGGESTED,
    )
    by_id = {measure.id: measure for measure in measures}
    return [by_id[id_] for _, _, id_ in found]


def _listed(db: Database, measures: Iterable[_Measure]) -> str:
    count = "SELECT count(*) FROM series WHERE measure_id = ?"
    counted = sorted((-db.execute(count, [one.id]).fetchone()[0], one.id, one.label) for one in measures)
    return "\n".join(f"  {id_}: {label} ({-less:,} figure{'' if less == -1 else 's'})" for less, id_, label in counted)


def _measures(db: Database) -> list[_Measure]:
    rows = db.execute(
        "SELECT id, label, unit, names, EXISTS (SELECT 1 FROM series WHERE series.measure_id = measures.id) "
        "FROM measures ORDER BY id"
    ).fetchall()
    return [
        _Measure(id_, label, unit, tuple((names or "").split("; ")), bool(any_))
        for id_, label, unit, names, any_ in rows
    ]


def _check_figures(db: Database) -> None:
    """Raise UsageError where there are no figures, or none that are laid out as series yet."""
    check_laid_out(db)
    if db.execute("SELECT 1 FROM series LIMIT 1").fetchone() is None:
        raise UsageError("there are no figures in the database; read minutes with `minutesminer run` first")
