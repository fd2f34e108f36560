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

_PLACED = """
  FROM {table}
  CROSS JOIN meetings ON meetings.id = {table}.meeting_id
  CROSS JOIN committees ON committees.id = meetings.committee_id
  WHERE {table}.document_id NOT IN (SELECT id FROM documents WHERE superseded_by > '')"""
_MONTHS = f"""UNION ALL
  SELECT committees.council_id, substr(meetings.date, 1, 7), {{class_}}, {{kind}}, count(*){_PLACED}
  GROUP BY 1, 2, 3, 4"""

_BY_COMMITTEE = """
INSERT INTO committee_counts (committee_id, class, year, kind, role, records)
SELECT committee_id, 'metric', 0, kind, role, count(*) FROM series GROUP BY committee_id, kind, role
UNION ALL
SELECT committee_id, 'metric', year, '', '', count(*) FROM series WHERE year IS NOT NULL GROUP BY committee_id, year
{records}"""
_COMMITTEES = f"""UNION ALL
SELECT committees.id, {{class_}}, 0, {{kind}}, '', count(*){_PLACED}
GROUP BY 1, 4
UNION ALL
SELECT committees.id, {{class_}}, CAST(substr(meetings.date, 1, 4) AS INTEGER), '', '', count(*){_PLACED}
  AND meetings.date IS NOT NULL
GROUP BY 1, 3"""

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


# Of each table of records but figures: the SQL of its class in counts by quarter, of its class and of its kind.
_CLASSES = {
    "resolutions": ("iif(restates IS NULL, 'resolution', 'restated')", "'resolution'", "resolutions.decision"),
    "actions": ("'action'", "'action'", "actions.strength"),
    "follow_ups": ("'follow_up'", "'follow_up'", "''"),
}


def link_counts(db: Database) -> None:
    """Fill `quarter_counts`, `committee_counts` and `council_counts` anew, from what there is and from `series`.

    The caller holds the transaction.
    """
    months, committees = (
        "\n".join(
            template.format(table=table, class_=classes[place], kind=classes[2]) for table, classes in _CLASSES.items()
        )
        for place, template in enumerate((_MONTHS, _COMMITTEES))
    )
    for table in ("quarter_counts", "committee_counts", "council_counts"):
        db.execute(f"DELETE FROM {table}")
    db.execute(_BY_QUARTER.format(records=months))
    db.execute(_BY_COMMITTEE.format(records=committees))
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
