"""Figures as data files of the Department for Education's Explore Education Statistics, each with its metadata file.

The standard is https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html. Kinds of year
may not stand in one file, so that there is a file for each. `measure` is a filter, grouped by `theme`; every unit is an
indicator of its own, `z` (not applicable) where a measure is in another one. The view `ees_view` says which figures are
exact enough; of a council that states a measure for a period more than once, the last meeting's word is taken, and none
where that meeting states several values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutesminer.csv_cells import csv_cells, csv_writer
from minutesminer.export.selection import Row, Selection
from minutesminer.store.queries import check_laid_out

NOT_APPLICABLE = "z"
"""The symbol for an observation that cannot be: section "Data symbols" of the standard."""

META_FIELDS = (
    *("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint"),
    "filter_grouping_column",
)

_QUARTERS = tuple(f"Financial year Q{number}" for number in (1, 2, 3, 4))
_HALVES = ("Part 1 (April to September)", "Part 2 (October to March)")
_MONTHS = tuple("January February March April May June July August September October November December".split())
_REPORTING = "figures_reporting_years"
# By the name of the file: the identifiers of time that may stand together in it.
_FILES = {
    "figures_financial_years": ("Financial year",),
    "figures_academic_years": ("Academic year",),
    "figures_calendar_years": ("Calendar year",),
    _REPORTING: ("Reporting year",),
    "figures_financial_quarters": _QUARTERS,
    "figures_financial_halves": _HALVES,
    "figures_months": _MONTHS,
}
_WHEN = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
)
_WHERE = {
    "Local authority": ("old_la_code", "new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"),
}
_FILTERS = ("theme", "measure")
_BASIS = "year_basis"
_HINTS = {"measure": ("Measure", "Filter by what is measured"), _BASIS: ("Basis of the year", "Filter by its source")}


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A column of values: its label, and its unit as the standard writes it (empty is a number)."""

    name: str
    label: str
    unit: str = ""


_NUMBER = _Indicator("figure_count", "Number")
_OTHER = _Indicator("figure_other", "In the unit of the measure")
# By kind and unit of a figure; by kind alone where the unit is the noun counted, or what the measure's label says.
_INDICATORS: Mapping[tuple[str, str | None], _Indicator] = {
    ("percentage", "%"): _Indicator("figure_percent", "Percentage", "%"),
    ("money", "GBP"): _Indicator("figure_pounds", "Amount of money", "£"),
    **{
        ("timescale", unit): _Indicator(f"figure_{unit}s", f"Time in {unit}s")
        for unit in ("second", "minute", "hour", "day", "week", "month", "year")
    },
    ("count", None): _NUMBER,
    ("rate", None): _Indicator("figure_rate", "Rate"),
    ("score", None): _Indicator("figure_score", "Score"),
    ("", None): _OTHER,
}


def write_ees(selection: Selection, folder: Path) -> dict[str, int]:
    """Write a data file and a metadata file for each kind of year to a folder that is there.

    Returns the number of rows by file, and how many figures were left out, by reason. Without any row there is a file
    of reporting years that has none. Raises UsageError where the figures are not laid out as series yet.
    """
    check_laid_out(selection.db)
    left_out = _left_out(selection)
    left_out["left out: several values for one period"] = _choose(selection)
    files = [found for name, identifiers in _FILES.items() if (found := _contents(selection, name, identifiers)).rows]
    for found in files or [_contents(selection, _REPORTING, _FILES[_REPORTING])]:
        places = _write_data(selection, folder / f"{found.name}.csv", found)
        _write_meta(folder / f"{found.name}.meta.csv", found, places)
    counts = {found.name: found.rows for found in files} or {_REPORTING: 0}
    return counts | {reason: number for reason, number in left_out.items() if number}


def _left_out(selection: Selection) -> dict[str, int]:
    """Actual figures of catalogued measures that the view leaves out, by the first reason that holds."""
    reasons = {
        "left out: council without an English area": "areas.council_id IS NULL",
        "left out: no exact number": "series.comparator <> '=' OR series.value_max IS NOT NULL",
        "left out: no year, half, quarter, month or day": "ees_view.metric_id IS NULL",
    }
    cases = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition in reasons.items())
    query = f"""
SELECT CASE {cases} END AS reason, count(*) FROM series
LEFT JOIN areas ON areas.council_id = series.council_id
LEFT JOIN ees_view ON ees_view.metric_id = series.metric_id
WHERE series.role = 'actual' AND series.measure_id IS NOT NULL AND {selection.chosen_meeting("series.meeting_id")}
GROUP BY reason"""
    found = {reason: number for reason, number in selection.rows(query)}
    return {reason: found.get(reason, 0) for reason in reasons}


def _choose(selection: Selection) -> int:
    """Fill the temporary table `ees_rows` with one figure a council, measure and period; returns how many have several.

    What tells rows apart is what the standard takes for the same observation: time, area and filters.
    """
    key = "council_id, measure, theme, time_identifier, time_period, coalesce(year_basis, '')"
    selection.db.execute("DROP TABLE IF EXISTS temp.ees_rows")
    selection.db.execute(
        f"""CREATE TEMP TABLE ees_rows AS
WITH ranked AS (
  SELECT ees_view.*, rank() OVER (PARTITION BY {key} ORDER BY date IS NULL, date DESC) AS age
  FROM ees_view WHERE {selection.chosen_meeting("meeting_id")}
)
SELECT *, count(DISTINCT value || ' ' || kind || ' ' || coalesce(unit, '')) AS said
FROM ranked WHERE age = 1 GROUP BY {key}"""
    )
    several = int(selection.db.execute("SELECT count(*) FROM ees_rows WHERE said > 1").fetchone()[0])
    selection.db.execute("DELETE FROM ees_rows WHERE said > 1")
    return several


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file will hold: its rows, the columns before the values, which of them are filters, and its indicators."""

    name: str
    rows: int
    where: str
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    indicators: tuple[_Indicator, ...]


def _contents(selection: Selection, name: str, identifiers: Sequence[str]) -> _Contents:
    """A filter with a single level is none to the standard, and a column that would be empty is left out."""
    where = f"time_identifier IN ({', '.join(map(repr, identifiers))})"
    filters = (*_FILTERS, _BASIS) if name == _REPORTING else _FILTERS
    counted = ", ".join(f"count(DISTINCT {column})" for column in filters)
    rows, *levels = next(selection.rows(f"SELECT count(*), {counted} FROM ees_rows WHERE {where}"))
    areas = {row[0] for row in selection.rows(f"SELECT DISTINCT geographic_level FROM ees_rows WHERE {where}")}
    units = set(selection.rows(f"SELECT DISTINCT kind, unit FROM ees_rows WHERE {where}"))
    present = {_indicator(kind, unit).name for kind, unit in units}
    levels_of = dict(zip(filters, levels, strict=True))
    area_columns = [columns for level, columns in _WHERE.items() if level in (areas or {"Local authority"})]
    return _Contents(
        name,
        rows,
        where,
        (*_WHEN, *(column for columns in area_columns for column in columns), *filters),
        tuple(column for column in filters if levels_of[column] > 1),
        tuple(one for one in _INDICATORS.values() if one.name in present) or (_NUMBER,),
    )


def _indicator(kind: str, unit: str | None) -> _Indicator:
    return _INDICATORS.get((kind, unit)) or _INDICATORS.get((kind, None)) or _OTHER


def _write_data(selection: Selection, path: Path, found: _Contents) -> dict[str, int]:
    """Write the rows; returns how many decimal places the values of each indicator have, at most two."""
    places = {indicator.name: 0 for indicator in found.indicators}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file, [*found.columns, *places])
        for values, kind, unit, value in _rows(selection, found):
            mine = _indicator(kind, unit).name
            places[mine] = max(places[mine], _places(value))
            figures = [_plain(value) if one.name == mine else NOT_APPLICABLE for one in found.indicators]
            writer.writerow(csv_cells([*values, *figures]))
    return places


def _rows(selection: Selection, found: _Contents) -> Iterator[tuple[Row, str, str | None, float]]:
    names = ", ".join(f"trim({name})" if name in _FILTERS else name for name in found.columns)
    query = f"""SELECT {names}, kind, unit, value FROM ees_rows WHERE {found.where}
ORDER BY time_period DESC, time_identifier, region_name, coalesce(la_name, lad_name), theme, measure, year_basis"""
    for *values, kind, unit, value in selection.rows(query):
        yield tuple(values), kind, unit, value


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _places(value: float) -> int:
    return next((places for places in (0, 1) if round(value, places) == value), 2)


def _write_meta(path: Path, found: _Contents, places: dict[str, int]) -> None:
    """Describe the filters that have several levels and the indicators, as section "EES metadata" asks."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file, META_FIELDS)
        for name in found.filters:
            if name in _HINTS:
                label, hint = _HINTS[name]
                group = "theme" if name == "measure" and "theme" in found.filters else None
                writer.writerow(csv_cells([name, "Filter", label, None, None, None, hint, group]))
        for one in found.indicators:
            writer.writerow(
                csv_cells([one.name, "Indicator", one.label, None, one.unit or None, places[one.name], None, None])
            )
