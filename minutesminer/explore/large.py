"""Datasette over a large database: what its table pages ask is answered from counts and series.

Datasette asks a table page's rows, their number, and the number of each value of a faceted column, each by a query over
the table or view. Over ten million figures those would take minutes. Such a query is recognised here by its words
(Datasette 0.65, `datasette/views/table.py` and `facets.py`) and answered by another that gives the same; any other
count or facet has little time, without which the page says that it was not counted. Small databases are left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from datasette.database import Database, QueryInterrupted

from minutesminer.explore.counted import Asked, counted_sql, figures_sql, newest_sql

LARGE = 20_000
"""Figures from which on a database is large: below, to count them all takes no time to speak of."""
HUGE = 1_000_000
"""Figures from which on they could not be counted in time: the counts of the run before are better than none."""

_MOST_MS = 100  # for what is not counted
_MOST_MS_OUTSTANDING = 400  # for each count of a view that is worked out anew
_FEW = 20_000  # rows that are sorted rather than looked for among the newest
_MANY = 50_000  # rows that could not be counted in that time
_WHERE = r"(?P<where>where .+?)?"
_TABLE = r"\[?(?P<table>\w+)\]?"
_EQUALS = re.compile(r'"(?P<column>\w+)" = :(?P<parameter>p\d+)')
_COUNT = re.compile(rf"select count\(\*\) from {_TABLE} ?{_WHERE}")
_FACET = re.compile(
    rf"select \[?(?P<column>\w+)\]? as value, count\(\*\) as count from \( select .+? from {_TABLE} ?{_WHERE} ?\) "
    r"where \[?(?P=column)\]? is not null group by \[?(?P=column)\]? order by count desc, value limit (?P<limit>\d+)"
)
_ROWS = re.compile(
    rf"(?P<select>select (?:\[?\w+\]?, )*\[?\w+\]? from {_TABLE}) {_WHERE} ?"
    r"order by \[?date\]?(?P<direction> desc)? (?P<limit>limit \d+(?: offset \d+)?)"
)
# Where figures are shown, and the column there that is the key of `series`.
_FIGURES = {"metrics_view": "id", "trends": "metric_id", "series": "metric_id"}
_SEARCH_INDEX = re.compile(r"_fts(?:_\w+)?$")  # what search indexes are kept in
_BY_MEASURE = frozenset({"measure_id", "measure", "measure_label", "theme"})
_STATE = """
SELECT EXISTS (SELECT 1 FROM figure_counts) AND coalesce((SELECT max(rowid) FROM metrics), 0) >= iif(
  coalesce((SELECT finished IS NOT NULL FROM runs ORDER BY id DESC LIMIT 1), true), :large, :huge)
"""


class CountedDatabase(Database):  # type: ignore[misc]
    """A database of minutes whose tables, where they are large, are counted from what the link stage counted.

    While a run has not ended, only those of a huge one are: the counts are of the run before.
    """

    async def execute(self, sql: str, params: Any = None, *args: Any, **options: Any) -> Any:
        """As Datasette's, which gives its results."""
        plain = " ".join(sql.split())
        # A reader's own query, whose rows are truncated, may take its time.
        asked = None if options.get("truncate") else _read_asked(plain)
        rows = None if asked else _ROWS.fullmatch(plain)
        if (asked is None and rows is None) or not await self._is_large():
            return await super().execute(sql, params, *args, **options)
        if rows is not None:
            return await super().execute(await self._rows_sql(rows, params) or sql, params, *args, **options)
        counted = counted_sql(asked) if asked else None
        if asked and counted is None:
            inside = _SEARCH_INDEX.search(asked.table) is not None
            if inside or (await self._number(replace(asked, column=None), params) or 0) > _MANY:
                raise QueryInterrupted(TimeoutError("there are too many rows"), sql, params)
            most = _MOST_MS_OUTSTANDING if asked.table == "outstanding" else _MOST_MS
            limit = min(most, options.pop("custom_time_limit", None) or most)
            return await super().execute(sql, params, *args, custom_time_limit=limit, **options)
        return await super().execute(counted, params, *args, **options)

    async def _is_large(self) -> bool:
        return bool((await super().execute(_STATE, {"large": LARGE, "huge": HUGE})).single_value())

    async def _number(self, asked: Asked, params: Any) -> int | None:
        """How many rows there are, where that is counted anywhere."""
        counted = counted_sql(asked)
        return int((await super().execute(counted, params)).single_value()) if counted else None

    async def _rows_sql(self, match: re.Match[str], params: Any) -> str | None:
        """SQL of a page of records, newest or oldest first, where the view by itself would go through too many."""
        filters = _read_filters(match["where"])
        if filters is None:
            return None
        asked = Asked(match["table"], filters)
        figures, others = figures_sql(asked), newest_sql(asked)
        if figures is None and others is None:
            return None
        number = await self._number(asked, params) if filters else None
        if number == 0:
            return f"{match['select']} WHERE false"
        few = number is not None and number <= _FEW
        descending = match["direction"] or ""
        if figures and (few or asked.columns & _BY_MEASURE):
            table, key, column, found, date = "series", "metric_id", _FIGURES[asked.table], figures, "date"
        elif others and (not few or "year" in asked.columns):
            table = asked.table.removesuffix("_view")
            key, column, found, date = "id", "id", others, "meetings.date"
        else:
            return None
        # Rows of one day have an order too, or else a row could be on two pages.
        return (
            f"{match['select']} WHERE {column} IN "
            f"({found} ORDER BY {date}{descending}, {table}.rowid{descending} {match['limit']}) "
            f"ORDER BY +date{descending}, (SELECT rowid FROM {table} WHERE {table}.{key} = {column}){descending}"
        )


def _read_filters(where: str | None) -> tuple[tuple[str, str], ...] | None:
    """The columns that are to equal parameters, and these; None where the rows are restricted otherwise."""
    if not where:
        return ()
    found = [_EQUALS.fullmatch(part.strip()) for part in where.removeprefix("where ").split(" and ")]
    equal = tuple((match["column"], match["parameter"]) for match in found if match)
    return equal if len(equal) == len(found) else None


def _read_asked(plain: str) -> Asked | None:
    """What a count or a facet asks of a table; rows that are restricted otherwise go by a column without a name."""
    match = _COUNT.fullmatch(plain) or _FACET.fullmatch(plain)
    if match is None:
        return None
    groups = match.groupdict()
    filters = _read_filters(match["where"])
    column, limit = groups.get("column"), int(groups.get("limit") or 0)
    return Asked(match["table"], (("", ""),) if filters is None else filters, column, limit)
