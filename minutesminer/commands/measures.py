"""`minutesminer measures`: the catalogue of measures, looked at, tried on a wording, and where it might grow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer import resources
from minutesminer.commands.options import Rows, database_option, listing, patterns_option
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from minutesminer.link.catalogue import Catalogue, Measure

_FIELDS = (
    *("id", "label", "theme", "unit", "polarity", "names", "identifier", "identifier_source"),
    *("figures", "councils", "first_date", "last_date"),
)
_LISTED = ("id", "label", "theme", "unit", "polarity", "identifier", "figures", "councils")
_SUGGESTED = (
    *("wording", "kind", "unit", "figures", "councils", "nearest", "score", "why_not", "sentence", "metric_id"),
)
_EXPLAINED = ("id", "label", "unit", "score", "outcome", "words")
_KINDS = ("percentage", "count", "money", "timescale", "rate", "score")
_HELD = """
SELECT measure_id, count(*), count(DISTINCT council_id), min(date), max(date)
FROM series WHERE measure_id IS NOT NULL GROUP BY measure_id
"""


@click.group()
def measures() -> None:
    """List the measures that figures are joined to, or see which one a wording is joined to, and why."""


@measures.command("list")
@click.argument("words", nargs=-1)
@click.option("--theme", help="Only measures of this theme.")
@patterns_option
@database_option
@listing(_FIELDS, _LISTED)
def list_measures(words: tuple[str, ...], theme: str | None, patterns: Path | None, db: Path) -> Rows:
    """List the measures of the catalogue, or those that WORDS may mean, the nearest first.

    Where there is a database, each has the number of its figures, of the councils that gave them, and the dates of the
    first and the last. `polarity` says whether higher or lower is better.
    """
    from minutesminer.link.catalogue_search import find_measures

    catalogue = _catalogue(patterns)
    listed: list[Measure] = list(catalogue.measures)
    if words:
        listed = [found.measure for found in find_measures(catalogue, " ".join(words), limit=None)]
    themes = sorted({measure.theme for measure in catalogue.measures})
    if theme is not None and theme not in themes:
        raise UsageError(f"no theme is called {theme!r}; themes are {', '.join(themes)}")
    return _rows([measure for measure in listed if theme in (None, measure.theme)], db)


@measures.command("show")
@click.argument("words", nargs=-1, required=True)
@patterns_option
@database_option
@listing(_FIELDS, _FIELDS)
def show_measure(words: tuple[str, ...], patterns: Path | None, db: Path) -> Rows:
    """Show all that is known of the one measure that WORDS mean: its id, public identifier, label or names."""
    from minutesminer.link.catalogue_search import the_measure

    return _rows([the_measure(_catalogue(patterns), " ".join(words))], db)


@measures.command("explain")
@click.argument("wording", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(_KINDS), help="Kind of the figure.")
@click.option("--unit", help="Unit of the figure, as in the database (%, GBP, day, children ...).")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="At most this many.")
@patterns_option
@listing(_EXPLAINED, _EXPLAINED)
def explain_measure(
    wording: tuple[str, ...], kind: str | None, unit: str | None, limit: int, patterns: Path | None
) -> Rows:
    """Tell which measure a figure of this WORDING is joined to, with the score, and why the next ones are not it.

    `words` is what the wording is read as: synonyms as one word, without what says nothing of the measure.
    """
    from minutesminer.link.matching import candidates
    from minutesminer.link.measure_text import LIMIT

    catalogue, text = _catalogue(patterns), " ".join(wording)
    read = "; ".join(catalogue.words.firsts.get(word, word.removeprefix(LIMIT)) for word in catalogue.read(text))
    return [
        {
            "id": one.measure.id,
            "label": one.measure.label,
            "unit": one.measure.unit,
            "score": round(one.score, 1),
            "outcome": one.why_not or "joined",
            "words": read,
        }
        for one in candidates(catalogue, text, kind, unit)[:limit]
    ]


@measures.command("suggest")
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help="Only from this many figures.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most this many.")
@patterns_option
@database_option
@listing(_SUGGESTED, _SUGGESTED[:-1])
def suggest_measures(least: int, limit: int, patterns: Path | None, db: Path) -> Rows:
    """List frequent wordings of figures without a measure, with an example and the measure that comes nearest.

    Wordings with the same telling words, kind and unit stand together. A new measure, or another name of one, is
    an entry of a file under patterns/measures/.
    """
    from minutesminer.link.suggestions import suggest
    from minutesminer.store import open_database

    with open_database(db) as database:
        suggestions = suggest(database, _catalogue(patterns), least, limit)
    return [
        {
            **{name: getattr(one, name) for name in ("wording", "kind", "unit", "figures", "councils")},
            "nearest": one.nearest.measure.id if one.nearest is not None else None,
            "score": round(one.nearest.score, 1) if one.nearest is not None else None,
            "why_not": one.nearest.why_not if one.nearest is not None else None,
            "sentence": one.sentence,
            "metric_id": one.metric_id,
        }
        for one in suggestions
    ]


def _catalogue(patterns: Path | None) -> Catalogue:
    from minutesminer.link.catalogue import load_catalogue

    return load_catalogue(patterns or resources.folder("patterns"))


def _rows(listed: list[Measure], db: Path) -> Rows:
    held = _held(db)
    rows: list[dict[str, Any]] = []
    for measure in listed:
        figures = held.get(measure.id, (0, 0, None, None)) if held is not None else (None,) * 4
        rows.append(
            {
                **{name: getattr(measure, name) for name in ("id", "label", "theme", "unit", "polarity")},
                "names": "; ".join(measure.names),
                "identifier": measure.identifier,
                "identifier_source": measure.identifier_source,
                **dict(zip(("figures", "councils", "first_date", "last_date"), figures, strict=True)),
            }
        )
    return rows


def _held(db: Path) -> dict[str, tuple[Any, ...]] | None:
    """Figures, councils, first and last date of each measure; None without a database whose figures are laid out."""
    from minutesminer.store import open_database
    from minutesminer.store.queries import is_laid_out

    if not db.exists():
        return None
    with open_database(db) as database:
        if not is_laid_out(database):
            return None
        return {id_: tuple(rest) for id_, *rest in database.execute(_HELD)}
