"""Dashboards: the rows of each chart, read for the page that draws it.

Dashboards, their filters and Vega are datasette-dashboards' (`plugins` in `db/metadata.yml`). The templates here are
our own: every chart stands in the page as a table too, for those who do not see it, and its rows are in the page, so
that nothing is asked for by script and no word of the minutes becomes markup.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import sqlite3

from minutesminer.explore.site import DATABASE

TEMPLATES = frozenset({"dashboard_view.html", "dashboard_chart.html"})
"""The templates that show charts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a chart, each in the order of `columns`; `error` says in words why there are none to have."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    truncated: bool = False
    error: str | None = None

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as Vega takes them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def chart_reader(datasette: Any, request: Any) -> Callable[[dict[str, Any]], Awaitable[Answer]]:
    """What a template calls with a chart, whose filters are the arguments of the request."""
    parameters = {name: request.args[name] for name in request.args}

    async def read(chart: dict[str, Any]) -> Answer:
        query = chart.get("query")
        if query is None:
            return Answer()
        try:
            found = await datasette.get_database(chart["db"]).execute(query, parameters, truncate=True)
        except QueryInterrupted:
            return Answer(error="The rows took too long to count. Narrow the dashboard down, and try again.")
        except sqlite3.DatabaseError as error:
            return Answer(error=f"The query cannot be answered by this database: {error}.")
        return Answer(list(found.columns), [list(row) for row in found.rows], found.truncated)

    return read


async def is_counted(datasette: Any) -> bool:
    """False for a database that holds documents of which nothing was counted yet: one of an earlier version."""
    query = "SELECT EXISTS (SELECT 1 FROM council_counts) OR NOT EXISTS (SELECT 1 FROM documents)"
    try:
        return bool((await datasette.get_database(DATABASE).execute(query)).single_value())
    except (KeyError, sqlite3.DatabaseError):
        return False
