"""Figures laid out as series: with place and date beside each, counted, and against the target stated beside them.

Everything is made anew by statements that go through whole tables in their own order, and indexed afterwards: through
an index ten million rows would be fetched one by one.
"""

from __future__ import annotations

from sqlite_utils import Database

from minutesminer.store.filling import made_anew
from minutesminer.store.trend_views import period_sql

_SERIES = """
INSERT INTO series (
  metric_id, measure_id, theme, council_id, committee_id, meeting_id, date, year, kind, role, unit, comparator,
  value, value_max, direction, period, period_start, period_end
)
SELECT
  metrics.id, metrics.measure_id, measures.theme, committees.council_id, committees.id, meetings.id, meetings.date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER), metrics.kind, metrics.role, metrics.unit, metrics.comparator,
  metrics.value, metrics.value_max, metrics.direction, metrics.period, metrics.period_start, metrics.period_end
FROM metrics
CROSS JOIN documents ON documents.id = metrics.document_id
CROSS JOIN meetings ON meetings.id = metrics.meeting_id
CROSS JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN measures ON measures.id = metrics.measure_id
WHERE documents.superseded_by IS NULL
ORDER BY metrics.rowid"""

_COUNTS = """
INSERT INTO figure_counts (council_id, year, kind, theme, role, figures)
WITH counted AS MATERIALIZED (
  SELECT council_id, coalesce(year, 0) AS year, kind, coalesce(theme, '') AS theme, role, count(*) AS figures
  FROM series GROUP BY 1, 2, 3, 4, 5
)
SELECT '', year, kind, theme, role, sum(figures) FROM counted GROUP BY year, kind, theme, role
UNION ALL
SELECT council_id, year, kind, theme, role, figures FROM counted WHERE council_id IS NOT NULL"""

_LABEL, _TYPE = period_sql("series")
# Of several figures of the latest meeting the first told counts, since what follows is mostly of parts: of two ids of
# one item the shorter is the earlier (`...m99-102`, `...m120-123`).
_PERIOD_VALUES = f"""
INSERT INTO period_values (
  metric_id, measure_id, council_id, period_label, period_type, value, unit, date, statements
)
WITH stated AS (
  SELECT metric_id, measure_id, council_id, {_LABEL} AS period_label, {_TYPE} AS period_type, value, unit, date
  FROM series NOT INDEXED WHERE measure_id IS NOT NULL AND role = 'actual'
), ranked AS (
  SELECT
    stated.*,
    row_number() OVER told AS place,
    count(*) OVER (told ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS statements
  FROM stated
  WINDOW told AS (
    PARTITION BY measure_id, period_type, period_label, council_id, unit
    ORDER BY date DESC, length(metric_id), metric_id
  )
)
SELECT metric_id, measure_id, council_id, period_label, period_type, value, unit, date, statements
FROM ranked WHERE place = 1"""

# The target nearest to an actual is one whose wording or catalogued measure is the same, else the one in the same
# sentence where only one of the two says what it measures; a target without a measure of its own serves the actual
# nearest to it. What `over 90%` or a range says of a target is only told where all values that it allows agree.
_AGAINST_TARGET = """
INSERT INTO against_target (
  metric_id, target_id, measure_id, theme, council_id, committee_id, date, year, gap, missed, shortfall
)
WITH pairs AS (
  SELECT
    actual.id AS metric_id, target.id AS target_id, actual.measure_id,
    actual.value AS value, target.value AS target_low, coalesce(target.value_max, target.value) AS target_high,
    CASE WHEN actual.comparator IN ('<', '<=') THEN -9e999 ELSE actual.value END AS low,
    CASE WHEN actual.comparator IN ('>', '>=') THEN 9e999 ELSE coalesce(actual.value_max, actual.value) END AS high,
    actual.comparator = '<' AS below, actual.comparator = '>' AS above,
    coalesce(lower(target.measure) = lower(actual.measure) OR target.measure_id = actual.measure_id, 0)
      AS same_measure,
    abs(target.start_char - actual.start_char) AS distance
  FROM metrics AS target
  CROSS JOIN metrics AS actual ON actual.item_id = target.item_id
  WHERE +target.role = 'target' AND +actual.role = 'actual' AND +actual.kind = target.kind
    AND +actual.unit IS target.unit
    AND (
      lower(target.measure) = lower(actual.measure) OR +target.measure_id = actual.measure_id
      OR (target.sentence = actual.sentence AND (target.measure IS NULL OR actual.measure IS NULL))
    )
    AND (target.period IS actual.period OR target.period IS NULL OR actual.period IS NULL)
), ranked AS (
  SELECT
    pairs.*,
    row_number() OVER (PARTITION BY metric_id ORDER BY same_measure DESC, distance, target_id) AS nearest_target,
    row_number() OVER (PARTITION BY target_id ORDER BY same_measure DESC, distance, metric_id) AS nearest_actual
  FROM pairs
), judged AS (
  SELECT
    ranked.*,
    CASE measures.polarity
      WHEN 'higher' THEN
        CASE WHEN high < target_low OR (below AND high <= target_low) THEN 1 WHEN low >= target_low THEN 0 END
      WHEN 'lower' THEN
        CASE WHEN low > target_high OR (above AND low >= target_high) THEN 1 WHEN high <= target_high THEN 0 END
    END AS missed
  FROM ranked LEFT JOIN measures ON measures.id = ranked.measure_id
  WHERE nearest_target = 1 AND (same_measure OR nearest_actual = 1)
)
SELECT
  judged.metric_id, judged.target_id, series.measure_id, series.theme, series.council_id, series.committee_id,
  series.date, series.year, judged.value - target_low, missed,
  CASE WHEN missed = 1 THEN abs(judged.value - target_low) / max(abs(target_low), 0.000001) END
FROM judged JOIN series ON series.metric_id = judged.metric_id"""


_STATEMENTS = {
    "series": _SERIES,
    "figure_counts": _COUNTS,
    "period_values": _PERIOD_VALUES,
    "against_target": _AGAINST_TARGET,
}


def link_series(db: Database) -> int:
    """Fill `series` and the tables made of it anew from the figures; returns the rows of `series`.

    Figures have their measures by then. The caller holds the transaction.
    """
    for table, statement in _STATEMENTS.items():
        with made_anew(db, table):
            db.execute(statement)
    return int(db.execute("SELECT count(*) FROM series").fetchone()[0])
