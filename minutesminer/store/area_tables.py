"""The areas of councils as official statistics name them, and figures in the columns of the Department for Education.

The view `ees_view` follows the open data standards of Explore Education Statistics
(https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html): which years there are
(section "List of allowable time values") and how an area is told (section "Allowable geographic levels").
"""

from __future__ import annotations

from minutesminer.store.described import Table, View, refers, text

AREA_TABLES: dict[str, Table] = {
    "areas": Table(
        "The areas of English councils as official statistics name them; councils of other nations are not in them.",
        {
            "council_id": refers("councils.id", "The council.", cascade=True, index=False),
            "geographic_level": text("`Local authority`, or `Local authority district` below a county.", required=True),
            "gss_code": text("Code of the Office for National Statistics.", required=True),
            "name": text("Name of the area.", required=True),
            "dfe_code": text("The Department for Education's own three digits (`206`); a district has none."),
            "region_code": text("Code of the region.", required=True),
            "region": text("Name of the region.", required=True),
            "country_code": text("Code of the country.", required=True),
            "country": text("Name of the country.", required=True),
        },
        key=("council_id",),
    ),
}

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_NAME = "CASE {month} " + " ".join(f"WHEN {k} THEN '{name}'" for k, name in enumerate(_MONTHS, 1)) + " END"

_START, _END = "series.period_start", "series.period_end"
_YEAR = f"CAST(substr({_START}, 1, 4) AS INTEGER)"
_MONTH = f"CAST(substr({_START}, 6, 2) AS INTEGER)"


def _lasts(span: str) -> str:
    return f"{_END} = date({_START}, '+{span}', '-1 day')"


# A figure without a period is reported in the year of its meeting. One whose period is worded but cannot be dated, or
# is no year, half, quarter, month or day, has no place in the standard.
_IDENTIFIER = f"""CASE
    WHEN {_START} IS NULL OR {_END} IS NULL THEN CASE WHEN series.period IS NULL THEN 'Reporting year' END
    WHEN {_START} = {_END} THEN 'Reporting year'
    WHEN substr({_START}, 6) = '04-01' AND {_lasts("1 year")} THEN 'Financial year'
    WHEN substr({_START}, 6) = '09-01' AND {_lasts("1 year")} THEN 'Academic year'
    WHEN substr({_START}, 6) = '01-01' AND {_lasts("1 year")} THEN 'Calendar year'
    WHEN substr({_START}, 6) = '04-01' AND {_lasts("6 months")} THEN 'Part 1 (April to September)'
    WHEN substr({_START}, 6) = '10-01' AND {_lasts("6 months")} THEN 'Part 2 (October to March)'
    WHEN substr({_START}, 6) IN ('01-01', '04-01', '07-01', '10-01') AND {_lasts("3 months")}
      THEN 'Financial year Q' || (({_MONTH} + 8) % 12 / 3 + 1)
    WHEN substr({_START}, 9) = '01' AND {_lasts("1 month")} THEN {_MONTH_NAME.format(month=_MONTH)}
  END"""
_FIRST_YEAR = f"({_YEAR} - ({_MONTH} < 4))"
_TIME = f"""CASE
    WHEN {_START} IS NULL THEN series.year
    WHEN {_START} = {_END} OR {_lasts("1 month")} OR (substr({_START}, 6) = '01-01' AND {_lasts("1 year")}) THEN {_YEAR}
    ELSE {_FIRST_YEAR} * 100 + ({_FIRST_YEAR} + 1) % 100
  END"""

AREA_VIEWS: dict[str, View] = {
    "ees_view": View(
        "Actual figures of catalogued measures in the column standard of the Department for Education's Explore "
        "Education Statistics: where council, period and value are exact enough for it.",
        f"""
SELECT
  {_TIME} AS time_period,
  {_IDENTIFIER} AS time_identifier,
  areas.geographic_level,
  areas.country_code, areas.country AS country_name,
  areas.region_code, areas.region AS region_name,
  areas.dfe_code AS old_la_code,
  iif(areas.dfe_code IS NULL, NULL, areas.gss_code) AS new_la_code,
  iif(areas.dfe_code IS NULL, NULL, areas.name) AS la_name,
  iif(areas.dfe_code IS NULL, areas.gss_code, NULL) AS lad_code,
  iif(areas.dfe_code IS NULL, areas.name, NULL) AS lad_name,
  series.theme, measures.label AS measure,
  CASE WHEN {_START} IS NULL THEN 'Year of the meeting' WHEN {_START} = {_END} THEN 'Day stated' END AS year_basis,
  series.kind, series.unit, series.value,
  series.measure_id, series.council_id, series.meeting_id, series.date, series.metric_id
FROM series
JOIN areas ON areas.council_id = series.council_id
JOIN measures ON measures.id = series.measure_id
WHERE series.role = 'actual' AND series.comparator = '=' AND series.value_max IS NULL
  AND {_IDENTIFIER} IS NOT NULL AND {_TIME} IS NOT NULL""".strip(),
        {
            "time_period": "The year: four digits, or six for one that runs over two (`202324`).",
            "time_identifier": "What year or part of one that is: `Financial year`, `Academic year`, `Calendar year`, "
            "`Financial year Q1` ..., `Part 1 (April to September)`, `Part 2 (October to March)`, a month's name, or "
            "`Reporting year`, which is that of the day stated, or of the meeting where no period is told.",
            "geographic_level": "`Local authority` or `Local authority district`.",
            "country_code": "Code of the country.",
            "country_name": "Name of the country.",
            "region_code": "Code of the region.",
            "region_name": "Name of the region.",
            "old_la_code": "The Department for Education's three digits of a local authority.",
            "new_la_code": "Code of a local authority.",
            "la_name": "Name of a local authority.",
            "lad_code": "Code of a district below a county.",
            "lad_name": "Name of a district below a county.",
            "theme": "Theme of the measure.",
            "measure": "Label of the measure.",
            "year_basis": "How the year of a `Reporting year` is known: `Day stated` or `Year of the meeting`.",
            "kind": "Kind of figure.",
            "unit": "Unit of the value.",
            "value": "The number.",
            "measure_id": "The catalogued measure.",
            "council_id": "The council.",
            "meeting_id": "The meeting.",
            "date": "Date of the meeting (ISO).",
            "metric_id": "The figure.",
        },
    ),
}
