"""A database that `minutesminer run` made, as data frames."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from minutesminer.api.frames import Library, frame_of
from minutesminer.api.reading import Date, iso_day
from minutesminer.errors import UsageError
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
        meetings are neither before `since` nor after `until`. Raises UsageError for a name that there is not, and for
        a restriction on a table that has no such column: the views have them all.
        """
        asked = {"council": council, "committee": committee, "since": iso_day(since), "until": iso_day(until)}
        with open_database(self.path) as db:
            names, rows = queries.rows_of(db, name, **asked)
        return frame_of(names, rows, library)

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
