"""`minutesminer trends`: one measure over councils and years, as a table and as a chart."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutesminer.commands.options import Rows, database_option, listing
from minutesminer.commands.output import write_file
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from minutesminer.explore.measure_choice import Chosen
    from minutesminer.explore.trends import Point

_ROW = (
    *("measure_id", "measure", "council_id", "council", "committee_id", "committee", "date", "period_label"),
    *("period_type", "period", "period_start", "period_end", "role", "value", "value_max", "unit", "comparator"),
    *("kind", "direction", "figure", "wording", "quote", "sentence", "url", "page"),
    *("metric_id", "item_id", "meeting_id", "repeats"),
)
_SHOWN = ("figure", "role", "period", "council", "committee", "date", "sentence", "url")
_ROW_BY_PERIOD = (
    *("measure_id", "measure", "period_label", "period_type", "council_id", "council", "value", "unit", "figure"),
    *("statements", "date", "committee", "sentence", "url", "page", "metric_id"),
)
_SHOWN_BY_PERIOD = ("period_label", "council", "figure", "statements", "committee", "date", "sentence", "url")
_ROLES = ("actual", "target", "benchmark", "previous", "forecast", "change")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--council", help="Only these councils: ids or parts of names, with commas between them.")
@click.option("--committee", help="Only committees with this in their name.")
@click.option("--since", metavar="WHEN", help="Only meetings from this year, month or date on.")
@click.option("--until", metavar="WHEN", help="Only meetings up to this year, month or date.")
@click.option("--role", "roles", type=click.Choice(_ROLES), multiple=True, help="Only this role; may be given again.")
@click.option("--by", type=click.Choice(["period"]), help="Councils side by side: what each said last of a period.")
@click.option("--distinct", is_flag=True, help="Leave out what was said before of the same council and period.")
@click.option("--wording", is_flag=True, help="Figures of no catalogued measure that minutes word so.")
@click.option(
    "--chart",
    "charts",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Draw them to FILE.png or FILE.svg as well; may be given again.",
)
@database_option
@listing(
    lambda rows: _ROW_BY_PERIOD if _is_by_period(rows) else _ROW,
    lambda rows: _SHOWN_BY_PERIOD if _is_by_period(rows) else _SHOWN,
)
def trends(
    words: tuple[str, ...],
    council: str | None,
    committee: str | None,
    since: str | None,
    until: str | None,
    roles: tuple[str, ...],
    by: str | None,
    distinct: bool,
    wording: bool,
    charts: tuple[Path, ...],
    db: Path,
) -> Rows:
    """List the figures of the measure that WORDS name, over councils and years.

    WORDS are a measure's label, another of its names, or its id. Where no measure has them, figures that the minutes
    word so are listed. Each row has the value, its role (actual, target, what it was before ...) and period, and the
    sentence that says so. A figure that says again what another says is marked in the column `repeats`.
    """
    from minutesminer.explore import trends as series
    from minutesminer.explore.measure_choice import choose
    from minutesminer.store import open_database

    for chart in charts:
        _check_kind(chart)
    with open_database(db) as database:
        chosen = choose(database, " ".join(words), wording=wording)
        if chosen.measure_id is not None:
            click.echo(f"{chosen.title} ({chosen.measure_id})", err=True)
        elif not wording:
            click.echo(_FALLEN_BACK, err=True)
        points = series.trend(
            database,
            chosen.measure_id,
            wordings=chosen.wordings,
            councils=council,
            committee=committee,
            since=since,
            until=until,
            roles=roles,
        )
    if distinct:
        points = series.distinct(points)
    for chart in charts:
        _draw(points, chosen, chart)
    return [asdict(row) for row in (series.by_period(points) if by else points)]


def _is_by_period(rows: Rows) -> bool:
    return bool(rows) and "statements" in rows[0]


def _draw(points: list[Point], chosen: Chosen, path: Path) -> None:
    from minutesminer.explore.trend_chart import draw

    chart = draw(points, chosen.title, chosen.unit, path.suffix.lower().removeprefix("."))
    write_file(path, chart.content)
    click.echo(f"{chart.drawn} figures drawn in {path}", err=True)
    for said in chart.left_out:
        click.echo(f"  not drawn: {said}", err=True)


def _check_kind(path: Path) -> None:
    if path.suffix.lower() not in (".png", ".svg"):
        raise UsageError(f"a chart is a file whose name ends in .png or .svg, not {path}")


_FALLEN_BACK = "No measure of the catalogue has these words: these are figures that the minutes word so."
