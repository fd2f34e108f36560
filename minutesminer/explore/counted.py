"""Counts of large tables and views, from the tables that the link stage counted them in.

In: what Datasette's table page asks of a table: how many rows there are, or how many of each value of a column (a
facet), where columns equal values. Out: SQL that answers it from `figure_counts`, `committee_counts` and the like, in
milliseconds where going through ten million rows takes a minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows of `table` where columns equal parameters: their number, or that of each value of `column`, most first."""

    table: str
    filters: tuple[tuple[str, str], ...] = ()
    column: str | None = None
    limit: int = 0

    @property
    def columns(self) -> frozenset[str]:
        """All columns that the answer goes by."""
        return frozenset([name for name, _ in self.filters] + ([self.column] if self.column else []))


@dataclass(frozen=True, slots=True)
class _Key:
    """A column by which rows are counted; where it is an id, `tables` (a FROM) have the `value` it stands for.

    `nothing` is the SQL of what the column has where there is no value, if that is not NULL.
    """

    column: str
    tables: str = ""
    id: str = ""
    value: str = ""
    nothing: str = ""


_COUNCILS = {
    "council": _Key("council_id", "councils", "councils.id", "councils.name"),
    "council_id": _Key("council_id"),
}
_COMMITTEES = {
    "committee": _Key("committee_id", "committees", "committees.id", "committees.name"),
    "committee_id": _Key("committee_id"),
}
_COUNCILS_OF_COMMITTEES = {
    "council": _Key(
        "committee_id",
        "committees JOIN councils ON councils.id = committees.council_id",
        "committees.id",
        "councils.name",
    ),
    "council_id": _Key("committee_id", "committees", "committees.id", "committees.council_id"),
}
_YEAR = _Key("year", nothing="0")
_YEAR_OF_DATE = "CAST(substr(date, 1, 4) AS INTEGER)"
_MEASURE = _Key("measure_id", "measures", "measures.id", "measures.label")


@dataclass(frozen=True, slots=True)
class Source:
    """A table that rows are counted in, or that has few of them.

    `columns` are the columns of what is counted, each by its key here; `number` is how many rows one here stands for.
    Of the columns `narrowed_by`, if any, one must have a value: there would be too many rows.
    """

    table: str
    columns: Mapping[str, _Key]
    where: str = "true"
    number: str = "records"
    narrowed_by: frozenset[str] = field(default=frozenset())

    def fits(self, asked: Asked) -> bool:
        """True where all that is asked goes by columns that are here."""
        narrowed = not self.narrowed_by or any(name in self.narrowed_by for name, _ in asked.filters)
        return narrowed and asked.columns <= self.columns.keys()


_ONE_COUNCIL = frozenset({"council", "council_id"})


def _figures(label: str) -> tuple[Source, ...]:
    """Where figures are counted; `label` is what their view calls the label of the measure."""
    said = {name: _Key(name) for name in ("kind", "role")}
    cells = {**said, "year": _YEAR, "theme": _Key("theme", nothing="''")}
    by_committee = {**_COMMITTEES, **_COUNCILS_OF_COMMITTEES}
    measures = {"measure_id": _Key("measure_id"), label: _MEASURE}
    series = {**said, **_COUNCILS, **_COMMITTEES, **measures, "year": _Key("year"), "theme": _Key("theme")}
    return (
        Source("figure_counts", cells, "council_id = ''", "figures"),
        Source("figure_counts", {**cells, **_COUNCILS}, number="figures", narrowed_by=_ONE_COUNCIL),
        Source("committee_counts", {**by_committee, **said}, "class = 'metric' AND year = 0"),
        Source("committee_counts", {**by_committee, "year": _Key("year")}, "class = 'metric' AND year > 0"),
        Source("figure_counts", {**cells, **_COUNCILS}, "council_id <> ''", "figures"),
        Source("series", series, number="1", narrowed_by=_ONE_COUNCIL),
        # These an index of a measure's series has.
        Source(
            "series",
            {**measures, **_COUNCILS, "role": _Key("role"), "year": _Key(_YEAR_OF_DATE)},
            number="1",
            narrowed_by=frozenset(measures),
        ),
    )


def _records(class_: str, quarters: str, kind: str | None) -> tuple[Source, ...]:
    """Where records of another class are counted; `kind` is their column that the counts call `kind`."""
    said = {kind: _Key("kind")} if kind else {}
    cells = {**said, "year": _Key("CAST(nullif(substr(quarter, 1, 4), '') AS INTEGER)")}
    by_committee = {**_COMMITTEES, **_COUNCILS_OF_COMMITTEES}
    of_class = f"class IN ({quarters})"
    return (
        Source("quarter_counts", cells, f"council_id = '' AND {of_class}"),
        Source("quarter_counts", {**cells, **_COUNCILS}, of_class, narrowed_by=_ONE_COUNCIL),
        Source("committee_counts", {**by_committee, **said}, f"class = '{class_}' AND year = 0"),
        Source("committee_counts", {**by_committee, "year": _Key("year")}, f"class = '{class_}' AND year > 0"),
        Source("quarter_counts", {**cells, **_COUNCILS}, f"council_id <> '' AND {of_class}"),
    )


# The raw table has the figures of superseded documents too, which are few.
_ALL_FIGURES = """(
  SELECT kind, role, figures AS records FROM figure_counts WHERE council_id = ''
  UNION ALL
  SELECT metrics.kind, metrics.role, 1 FROM documents JOIN metrics ON metrics.document_id = documents.id
  WHERE documents.superseded_by > ''
)"""

SOURCES: dict[str, tuple[Source, ...]] = {
    "metrics_view": _figures("measure_label"),
    "trends": _figures("measure"),
    "series": _figures("measure"),
    "metrics": (Source(_ALL_FIGURES, {"kind": _Key("kind"), "role": _Key("role")}),),
    "resolutions_view": _records("resolution", "'resolution', 'restated'", "decision"),
    "actions_view": _records("action", "'action'", "strength"),
    "follow_ups_view": _records("follow_up", "'follow_up'", None),
    "meetings_view": (
        Source("meetings", {**_COMMITTEES, **_COUNCILS_OF_COMMITTEES, "year": _Key(_YEAR_OF_DATE)}, number="1"),
    ),
    "missed_targets": (
        Source(
            "against_target",
            {
                **_COUNCILS,
                **_COMMITTEES,
                "year": _Key("year"),
                "theme": _Key("theme"),
                "measure_id": _Key("measure_id"),
                "measure": _MEASURE,
            },
            "missed = 1",
            "1",
        ),
    ),
}
"""Where the rows of a table or view are counted; the first source that fits is taken."""


def counted_sql(asked: Asked) -> str | None:
    """SQL of what is asked, with the same parameters; None where it is not counted anywhere."""
    source = next((source for source in SOURCES.get(asked.table, ()) if source.fits(asked)), None)
    if source is None:
        return None
    where = " AND ".join([source.where, *(_equals(source, name, value) for name, value in asked.filters)])
    number = f"CAST(total({source.number}) AS INTEGER)"
    if asked.column is None:
        return f"SELECT {number} FROM {source.table} WHERE {where}"
    key = source.columns[asked.column]
    value = f"nullif({key.column}, {key.nothing})" if key.nothing else key.column
    if source.narrowed_by and value.isidentifier():
        value = f"+{value}"  # lest SQLite go through all rows by the index of what they are grouped by
    counted = f"SELECT {value} AS value, {number} AS count FROM {source.table} WHERE {where} GROUP BY 1"
    if key.tables:
        counted = (
            f"SELECT {key.value} AS value, sum(counted.count) AS count "
            f"FROM ({counted}) AS counted CROSS JOIN {key.tables} WHERE {key.id} = counted.value GROUP BY 1"
        )
    most = f"ORDER BY count DESC, value LIMIT {asked.limit}"
    return f"SELECT value, count FROM ({counted}) WHERE value IS NOT NULL AND count > 0 {most}"


def figures_sql(asked: Asked) -> str | None:
    """SQL of the ids of the figures that are asked for, from `series`; None where it has not all of the columns."""
    series = next((source for source in SOURCES.get(asked.table, ()) if source.table == "series"), None)
    if series is None or not asked.columns <= series.columns.keys():
        return None
    where = " AND ".join(
        _equals(replace(series, narrowed_by=frozenset()), name, value) for name, value in asked.filters
    )
    return f"SELECT metric_id FROM series WHERE {where or 'true'}"


_KINDS = {"resolutions": "decision", "actions": "strength", "follow_ups": "requester"}


def newest_sql(asked: Asked) -> str | None:
    """SQL of the ids of records that are no figures, from the meetings: newest first are soon found, and one year's.

    It is to be ended by an ORDER BY of `meetings.date`. None for another view, and where other columns have values.
    """
    table = asked.table.removesuffix("_view")
    if table not in _KINDS or not asked.columns <= {"year", _KINDS[table]}:
        return None
    columns = {"year": "CAST(substr(meetings.date, 1, 4) AS INTEGER)", _KINDS[table]: f"+{table}.{_KINDS[table]}"}
    where = "".join(f" AND {columns[name]} = :{parameter}" for name, parameter in asked.filters)
    return (
        f"SELECT {table}.id FROM meetings CROSS JOIN {table} ON {table}.meeting_id = meetings.id "
        f"WHERE {table}.document_id NOT IN (SELECT id FROM documents WHERE superseded_by > ''){where}"
    )


def _equals(source: Source, column: str, parameter: str) -> str:
    key = source.columns[column]
    name = key.column
    if source.narrowed_by and column not in source.narrowed_by and name.isidentifier():
        # SQLite is not to go by an index of this column: there are few rows of those that narrow. A plus takes the
        # affinity of a number away, and parameters are text.
        name = f"CAST({name} AS INTEGER)" if name == "year" else f"+{name}"
    if key.nothing:
        return f"{name} = :{parameter} AND {name} <> {key.nothing}"
    if not key.tables:
        return f"{name} = :{parameter}"
    return f"{name} IN (SELECT {key.id} FROM {key.tables} WHERE {key.value} = :{parameter})"
