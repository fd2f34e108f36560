"""How much there is, counted by quarter and by council for the pages that say so."""

from __future__ import annotations

from sqlite_utils import Database

# Grouped by month first: the quarter is worked out once a group, and not for each of ten million figures.
_BY_QUARTER = """
INSERT INTO quarter_counts (council_id, quarter, class, kind, records)
WITH by_month(council_id, month, class, kind, records) AS MATERIALIZED (
  SELECT council_id, substr(date, 1, 7), 'metric', kind, count(*) FROM series GROUP BY 1, 2, 4
  UNION ALL
  SELECT council_id, substr(date, 1, 7), 'target',
    CASE missed WHEN 1 THEN 'missed' WHEN 0 THEN 'met' ELSE 'open' END, count(*)
  FROM against_target GROUP BY 1, 2, 4
  {records}
), by_quarter AS MATERIALIZED (
  SELECT
    council_id,
    coalesce(substr(month, 1, 5) || printf('%02d', (CAST(substr(month, 6, 2) AS INTEGER) - 1) / 3 * 3 + 1) || '-01', '')
      AS quarter,
    class, kind, sum(records) AS records
  FROM by_month GROUP BY 1, 2, 3, 4
)
SELECT '', quarter, class, kind, sum(records) FROM by_quarter GROUP BY quarter, class, kind
UNION ALL
SELECT council_id, quarter, class, kind, records FROM by_quarter WHERE council_id IS NOT NULL"""

_RECORDS = """UNION ALL
  SELECT committees.council_id, substr(meetings.date, 1, 7), '{class_}', {kind}, count(*)
  FROM {table}
  CROSS JOIN documents ON documents.id = {table}.document_id
  CROSS JOIN meetings ON meetings.id = {table}.meeting_id
  CROSS JOIN committees ON committees.id = meetings.committee_id
  WHERE documents.superseded_by IS NULL{also}
  GROUP BY 1, 2, 4"""

# Rows are counted by document from an index alone, and the documents then by council.
_BY_COUNCIL = """
INSERT INTO council_counts (
  council_id, documents, not_read, meetings, items, figures, decisions, actions, follow_ups, first_meeting, last_meeting
)
WITH current AS MATERIALIZED (
  SELECT id, coalesce(council_id, '') AS council_id, outcome FROM documents WHERE superseded_by IS NULL
), met AS MATERIALIZED (
  SELECT DISTINCT current.council_id, items.meeting_id FROM current JOIN items ON items.document_id = current.id
), dated AS MATERIALIZED (
  SELECT met.council_id, count(*) AS meetings, min(meetings.date) AS earliest, max(meetings.date) AS latest
  FROM met JOIN meetings ON meetings.id = met.meeting_id GROUP BY met.council_id
){counted}
SELECT
  current.council_id, count(*), sum(current.outcome <> 'ok'), coalesce(max(dated.meetings), 0),
  {columns},
  max(dated.earliest), max(dated.latest)
FROM current
LEFT JOIN dated ON dated.council_id = current.council_id
{joins}
GROUP BY current.council_id"""

_COUNTED = ("items", "metrics", "resolutions", "actions", "follow_ups")


def link_counts(db: Database) -> None:
    """Fill `quarter_counts` and `council_counts` anew; `series` and `against_target` have their rows by then.

    The caller holds the transaction.
    """
    records = (
        ("resolutions", "resolution", "resolutions.decision", " AND resolutions.restates IS NULL"),
        ("actions", "action", "actions.strength", ""),
        ("follow_ups", "follow_up", "''", ""),
    )
    halves = "\n  ".join(
        _RECORDS.format(table=table, class_=class_, kind=kind, also=also) for table, class_, kind, also in records
    )
    db.execute("DELETE FROM quarter_counts")
    db.execute(_BY_QUARTER.format(records=halves))
    db.execute("DELETE FROM council_counts")
    db.execute(
        _BY_COUNCIL.format(
            counted="".join(
                f", {table}_of AS MATERIALIZED ("
                f"SELECT document_id, count(*) AS counted FROM {table} GROUP BY document_id)"
                for table in _COUNTED
            ),
            columns=", ".join(f"CAST(total({table}_of.counted) AS INTEGER)" for table in _COUNTED),
            joins="\n".join(f"LEFT JOIN {table}_of ON {table}_of.document_id = current.id" for table in _COUNTED),
        )
    )
