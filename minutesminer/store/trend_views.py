"""The views over series: figures as points of them, councils side by side by period, and targets missed."""

from __future__ import annotations

from minutesminer.store.described import View
from minutesminer.store.place_sql import PAGE_WORDS, URL_WORDS, page_sql, url_sql
from minutesminer.store.trend_tables import TREND_TABLES

_PAGE = page_sql("metrics")
_PLACE = {
    "council": "Name of the council.",
    "committee": "Name of the committee.",
    "item_id": "The agenda item.",
    "url": URL_WORDS,
    "page": PAGE_WORDS,
}
PERIOD_COLUMNS = {
    "period_label": "The period in a form that compares: `2023-24`, `2023-24 Q1`, `2024`, `2024-05`.",
    "period_type": "What that is: `financial_year`, `academic_year`, `calendar_year`, `quarter` (of the financial "
    "year) or `month`; else `period_year`, the calendar year in which the period ends, or `meeting_year`, that of "
    "the meeting, where no period is told.",
}


def period_sql(table: str) -> tuple[str, str]:
    """The SQL of a figure's comparable period and of its type, from the period's days and the meeting's date."""
    start, end = f"{table}.period_start", f"{table}.period_end"
    year = f"CAST(substr({start}, 1, 4) AS INTEGER)"
    month = f"CAST(substr({start}, 6, 2) AS INTEGER)"
    whole_year = f"{end} = date({start}, '+1 year', '-1 day')"
    whole_quarter = f"{end} = date({start}, '+3 months', '-1 day')"
    whole_month = f"{end} = date({start}, '+1 month', '-1 day')"
    kind = f"""CASE
    WHEN {end} IS NULL OR {start} IS NULL THEN CASE WHEN {table}.date IS NOT NULL THEN 'meeting_year' END
    WHEN substr({start}, 6) = '04-01' AND {whole_year} THEN 'financial_year'
    WHEN substr({start}, 6) = '01-01' AND {whole_year} THEN 'calendar_year'
    WHEN substr({start}, 6) = '09-01' AND {whole_year} THEN 'academic_year'
    WHEN substr({start}, 6) IN ('01-01', '04-01', '07-01', '10-01') AND {whole_quarter} THEN 'quarter'
    WHEN substr({start}, 9) = '01' AND {whole_month} THEN 'month'
    ELSE 'period_year'
  END"""
    two_years = "{first} || '-' || printf('%02d', ({first} + 1) % 100)"
    financial_year = two_years.format(first=f"({year} - ({month} < 4))")
    label = f"""CASE {kind}
    WHEN 'financial_year' THEN {two_years.format(first=year)}
    WHEN 'academic_year' THEN {two_years.format(first=year)}
    WHEN 'quarter' THEN {financial_year} || ' Q' || (({month} + 8) % 12 / 3 + 1)
    WHEN 'month' THEN substr({start}, 1, 7)
    WHEN 'meeting_year' THEN substr({table}.date, 1, 4)
    ELSE substr({end}, 1, 4)
  END"""
    return label, kind


def _trends() -> View:
    label, kind = period_sql("series")
    own = {name: column.description for name, column in TREND_TABLES["series"].columns.items()}
    sql = f"""
SELECT
  series.metric_id, series.measure_id, measures.label AS measure, series.theme, series.council_id,
  councils.name AS council, series.committee_id, committees.name AS committee, series.meeting_id, series.date,
  series.year, series.kind, series.role, series.unit, series.comparator, series.value, series.value_max,
  series.direction, series.period, series.period_start, series.period_end,
  {label} AS period_label,
  {kind} AS period_type,
  metrics.measure AS wording, metrics.sentence, metrics.quote, metrics.item_id,
  {url_sql(_PAGE)} AS url,
  {_PAGE} AS page
FROM series
JOIN metrics ON metrics.id = series.metric_id
JOIN items ON items.id = metrics.item_id
JOIN meetings ON meetings.id = series.meeting_id
JOIN committees ON committees.id = series.committee_id
LEFT JOIN councils ON councils.id = series.council_id
LEFT JOIN measures ON measures.id = series.measure_id"""
    return View(
        "Figures as points of series, with measure, council, committee, sentence and place beside each.",
        sql.strip(),
        {
            **own,
            **_PLACE,
            **PERIOD_COLUMNS,
            "measure": "Label of the catalogued measure.",
            "wording": "What the figure measures, as the minutes word it.",
            "sentence": "The sentence around the figure.",
            "quote": "The words that carry the figure.",
        },
    )


def _measure_by_period() -> View:
    sql = """
SELECT
  period_values.measure_id, measures.label AS measure, measures.theme, period_values.council_id,
  councils.name AS council, period_values.period_label, period_values.period_type, period_values.value,
  period_values.unit, period_values.statements, period_values.date, period_values.metric_id
FROM period_values
JOIN measures ON measures.id = period_values.measure_id
LEFT JOIN councils ON councils.id = period_values.council_id"""
    return View(
        "Councils side by side: the actual of each measure by council and period, as it was stated last.",
        sql.strip(),
        {
            **PERIOD_COLUMNS,
            "measure_id": "The catalogued measure.",
            "measure": "Its label.",
            "theme": "Its theme.",
            "council_id": "Id of the council.",
            "council": _PLACE["council"],
            "value": "The number; for a range its lower end.",
            "unit": "Its unit.",
            "statements": "How many figures of the measure the council states for the period.",
            "date": "Date of the meeting that stated it last (ISO).",
            "metric_id": "The figure.",
        },
    )


def _missed_targets() -> View:
    sql = f"""
SELECT
  against_target.measure_id, measures.label AS measure, against_target.theme, against_target.council_id,
  councils.name AS council, against_target.committee_id, committees.name AS committee, against_target.date,
  against_target.year, metrics.value AS actual, targets.value AS target, against_target.gap, metrics.unit,
  against_target.shortfall, measures.polarity AS better, coalesce(metrics.period, targets.period) AS period,
  metrics.sentence, against_target.metric_id, against_target.target_id, metrics.item_id,
  {url_sql(_PAGE)} AS url,
  {_PAGE} AS page
FROM against_target
JOIN metrics ON metrics.id = against_target.metric_id
JOIN metrics AS targets ON targets.id = against_target.target_id
JOIN measures ON measures.id = against_target.measure_id
JOIN items ON items.id = metrics.item_id
JOIN meetings ON meetings.id = metrics.meeting_id
JOIN committees ON committees.id = against_target.committee_id
LEFT JOIN councils ON councils.id = against_target.council_id
WHERE against_target.missed = 1"""
    return View(
        "Actual figures on the wrong side of the target stated beside them, going by what is better for the measure.",
        sql.strip(),
        {
            **_PLACE,
            "measure_id": "The catalogued measure.",
            "measure": "Its label.",
            "theme": "Its theme.",
            "council_id": "Id of the council.",
            "committee_id": "Id of the committee.",
            "date": "Date of the meeting (ISO).",
            "year": "Calendar year of the meeting.",
            "actual": "The actual figure; of a range its lower end.",
            "target": "The target.",
            "gap": "Actual less target, in the unit shown.",
            "unit": "Unit of both.",
            "shortfall": "By what share of the target it was missed (0.1 is a tenth).",
            "better": "`higher` or `lower`, whichever is better.",
            "period": "The period, as worded.",
            "sentence": "The sentence around the actual figure.",
            "metric_id": "The actual figure.",
            "target_id": "The target, as a row of `metrics`.",
        },
    )


TREND_VIEWS: dict[str, View] = {
    "trends": _trends(),
    "measure_by_period": _measure_by_period(),
    "missed_targets": _missed_targets(),
}
