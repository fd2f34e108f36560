"""A database that `minutesminer run` made, as data frames."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from minutesminer.api.frames import Library, frame_of
from minutesminer.api.reading import Date
from minutesminer.errors import UsageError
from minutesminer.explore import trends
from minutesminer.explore.measure_choice import choose
from minutesminer.fetch.dates import days_meant
from minutesminer.store import open_database, queries

if TYPE_CHECKING:
    import pandas
    import polars

Values = Mapping[str, object] | Sequence[object]
"""What the marks of a query stand for: `:name` in a mapping, or `?` in a sequence."""


@dataclass(frozen=True, slots=True)
class Database:
    """The database at `path`, to read. It is opened for each question, so that there is nothing to close.

    Columns are named and typed as in `minutesminer.frame`. Raises UsageError where there is no file, and
    NotOurDatabase for one that minutesminer did not make.

    >>> import minutesminer
    >>> database = minutesminer.Database("minutes.db")
    >>> figures = database.frame("metrics_view", council="Harnwick", since="2025-01-01")
    >>> dentist = figures[figures.measure.str.contains("dentist")]
    >>> print(dentist[["date", "value", "unit", "role"]].to_string(index=False))
          date  value unit   role
    2025-11-18   78.0    % actual
    """

    path: Path | str

    def __post_init__(self) -> None:
        with open_database(self.path):
            pass

    @overload
    def frame(
        self,
        name: str = ...,
        *,
        council: str | None = ...,
        committee: str | None = ...,
        since: Date | None = ...,
        until: Date | None = ...,
        library: Literal["pandas"] = ...,
    ) -> pandas.DataFrame: ...
    @overload
    def frame(
        self,
        name: str = ...,
        *,
        council: str | None = ...,
        committee: str | None = ...,
        since: Date | None = ...,
        until: Date | None = ...,
        library: Literal["polars"],
    ) -> polars.DataFrame: ...
    def frame(
        self,
        name: str = "metrics_view",
        *,
        council: str | None = None,
        committee: str | None = None,
        since: Date | None = None,
        until: Date | None = None,
        library: Library = "pandas",
    ) -> pandas.DataFrame | polars.DataFrame:
        """A table or view as a frame: `metrics_view`, `resolutions_view`, `outstanding`, `items` ...

        `council` is an id, several ids with commas between them, or part of a name; `committee` part of a name;
        meetings are neither before `since` nor after `until`, which may be years (`2015`). Raises UsageError for a name
        that there is not, and for a restriction on a table that has no such column: the views have them all.
        """
        first = None if since is None else days_meant(_as_typed(since))[0]
        last = None if until is None else days_meant(_as_typed(until))[1]
        asked = {"council": council, "committee": committee, "since": first, "until": last}
        with open_database(self.path) as db:
            names, rows = queries.rows_of(db, name, **asked)
        return frame_of(names, rows, library)

    @overload
    def trend(
        self,
        words: str,
        *,
        council: str | None = ...,
        committee: str | None = ...,
        since: Date | None = ...,
        until: Date | None = ...,
        roles: Sequence[str] = ...,
        by_period: bool = ...,
        library: Literal["pandas"] = ...,
    ) -> pandas.DataFrame: ...
    @overload
    def trend(
        self,
        words: str,
        *,
        council: str | None = ...,
        committee: str | None = ...,
        since: Date | None = ...,
        until: Date | None = ...,
        roles: Sequence[str] = ...,
        by_period: bool = ...,
        library: Literal["polars"],
    ) -> polars.DataFrame: ...
    def trend(
        self,
        words: str,
        *,
        council: str | None = None,
        committee: str | None = None,
        since: Date | None = None,
        until: Date | None = None,
        roles: Sequence[str] = (),
        by_period: bool = False,
        library: Library = "pandas",
    ) -> pandas.DataFrame | polars.DataFrame:
        """The figures of one measure over councils and years, as `minutesminer trends` lists them.

        `words` are the measure's id, label or another of its names; where no measure has them, figures that minutes
        word so. `council` is as in `frame`, or parts of several names; `since` and `until` may be years (`2015`);
        `roles` are some of `actual`, `target`, `benchmark`, `previous`, `forecast`, `change`. With `by_period`,
        councils stand side by side: what each said last of each period. Raises UsageError where several measures have
        the words, or nothing has.

        >>> import minutesminer
        >>> database = minutesminer.Database("minutes.db")
        >>> series = database.trend("care leavers in EET", council="Harnwick", since="2024", roles=["actual", "target"])
        >>> print(series[["date", "role", "value"]].to_string(index=False))
              date   role  value
        2024-11-12 actual   53.0
        2024-11-12 target   60.0
        2025-11-18 actual   57.0
        2025-11-18 target   60.0
        """
        with open_database(self.path) as db:
            chosen = choose(db, words)
            points = trends.trend(
                db,
                chosen.measure_id,
                wordings=chosen.wordings,
                councils=council,
                committee=committee,
                since=None if since is None else _as_typed(since),
                until=None if until is None else _as_typed(until),
                roles=tuple(roles),
            )
        rows = trends.by_period(points) if by_period else points
        of = trends.PeriodValue if by_period else trends.Point
        names = [one.name for one in fields(of)]
        return frame_of(names, [[getattr(row, name) for name in names] for row in rows], library)

    @overload
    def query(self, sql: str, values: Values = ..., *, library: Literal["pandas"] = ...) -> pandas.DataFrame: ...
    @overload
    def query(self, sql: str, values: Values = ..., *, library: Literal["polars"]) -> polars.DataFrame: ...
    def query(
        self, sql: str, values: Values = (), *, library: Library = "pandas"
    ) -> pandas.DataFrame | polars.DataFrame:
        """What a SELECT of your own gives; `values` fill its `?` or `:name`. The file is opened read-only.

        Raises UsageError for what SQLite does not understand.

        >>> import minutesminer
        >>> database = minutesminer.Database("minutes.db")
        >>> sql = "SELECT date, decision, votes_for FROM resolutions_view WHERE council LIKE ? AND votes_for > ?"
        >>> print(database.query(sql, ["Harnwick%", 5]).to_string(index=False))
              date decision  votes_for
        2023-11-14  request          8
        """
        with open_database(self.path) as db:
            db.execute("PRAGMA query_only = ON")
            try:
                cursor = db.execute(sql, values)
                rows = cursor.fetchall()
            except (sqlite3.Error, sqlite3.Warning) as error:
                if "locked" in str(error):
                    raise
                message = f"the query cannot be run ({error}); docs/database.md lists the tables and columns"
                raise UsageError(message) from error
            names = [column[0] for column in cursor.description or ()]
        return frame_of(names, rows, library)


def _as_typed(date: Date) -> str:
    return date.isoformat()[:10] if isinstance(date, datetime.date) else date
