"""The records of a document, and data frames of records in pandas or polars, with the columns of the database.

Dates are dates, numbers are numbers that may be missing, and all else is text: `DATES` and the dictionary of the
database say which column is what, and of a column that neither knows its values do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, overload

from minutesminer.errors import UsageError
from minutesminer.link.catalogue import Measure
from minutesminer.models import Action, Document, FollowUp, Item, ItemRecords, Metric, Record, Resolution
from minutesminer.store.place_sql import at_page
from minutesminer.store.places import Place, places_of
from minutesminer.store.rows import RecordRows, add_records
from minutesminer.store.tables import RECORD_TABLES, TABLES
from minutesminer.store.views import VIEWS

if TYPE_CHECKING:
    import pandas
    import polars

Library = Literal["pandas", "polars"]
Row = dict[str, Any]

DATES = frozenset({"date", "due_date", "period_start", "period_end", "first_date", "last_date", "last_asked"})
"""The columns that hold a day (ISO)."""

_CLASSES: dict[type[Record], str] = {
    Metric: "metrics",
    Resolution: "resolutions",
    Action: "actions",
    FollowUp: "follow_ups",
}
_HELD_BY: dict[str, set[type]] = {"INTEGER": {int}, "REAL": {int, float}}
_KINDS: dict[str, str] = {
    **{name: column.type for table in TABLES.values() for name, column in table.columns.items()},
    "year": "INTEGER",
}


@dataclass(frozen=True, slots=True, repr=False)
class Records(Sequence[Record]):
    """All that was mined of one document: a sequence of its records, in the order of the text.

    `found` has the records of each item, parallel to `document.items`, and `measures` the catalogued measures that
    its figures are of, by their ids.
    """

    document: Document
    found: list[ItemRecords]
    measures: dict[str, Measure] = field(default_factory=dict)

    @property
    def metrics(self) -> list[Metric]:
        """The figures."""
        return [record for records in self.found for record in records.metrics]

    @property
    def resolutions(self) -> list[Resolution]:
        """The decisions, limb by limb."""
        return [record for records in self.found for record in records.resolutions]

    @property
    def actions(self) -> list[Action]:
        """What somebody will do."""
        return [record for records in self.found for record in records.actions]

    @property
    def follow_ups(self) -> list[FollowUp]:
        """What is asked to come back."""
        return [record for records in self.found for record in records.follow_ups]

    def by_item(self) -> list[tuple[Item, ItemRecords]]:
        """Each agenda item with its records, into whose `text` their offsets point."""
        return list(zip(self.document.items, self.found, strict=True))

    def to_pandas(self, table: str = "metrics") -> pandas.DataFrame:
        """The records of a class (`metrics`, `resolutions`, `actions`, `follow_ups`) as in `minutesminer.frame`."""
        return frame(self, table, library="pandas")

    def to_polars(self, table: str = "metrics") -> polars.DataFrame:
        """The same for polars."""
        return frame(self, table, library="polars")

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        return list(self)[index]

    def __iter__(self) -> Iterator[Record]:
        for records in self.found:
            of_item = chain(records.metrics, records.resolutions, records.actions, records.follow_ups)
            yield from sorted(of_item, key=lambda record: (record.start_char, record.end_char))

    def __len__(self) -> int:
        return len(self.metrics) + len(self.resolutions) + len(self.actions) + len(self.follow_ups)

    def __repr__(self) -> str:
        return (
            f"<Records of {self.document.source}: {len(self.metrics)} metrics, {len(self.resolutions)} resolutions, "
            f"{len(self.actions)} actions, {len(self.follow_ups)} follow-ups>"
        )


@overload
def frame(
    records: Records | Iterable[Records] | Iterable[Record], table: str = ..., *, library: Literal["pandas"] = ...
) -> pandas.DataFrame: ...
@overload
def frame(
    records: Records | Iterable[Records] | Iterable[Record], table: str = ..., *, library: Literal["polars"]
) -> polars.DataFrame: ...
@overload
def frame(
    records: Records | Iterable[Records] | Iterable[Record], table: str = ..., *, library: Library
) -> pandas.DataFrame | polars.DataFrame: ...
def frame(
    records: Records | Iterable[Records] | Iterable[Record], table: str = "metrics", *, library: Library = "pandas"
) -> pandas.DataFrame | polars.DataFrame:
    """A data frame of the records of one class: `metrics`, `resolutions`, `actions` or `follow_ups`.

    Of what `mine` gave, for one document or many, the columns are those of the database's view of that class
    (`metrics_view` ...), council, committee and date among them, and the ids are those that `minutesminer run` gives.
    Of a plain list of records of one class, they are the record's own. Columns with dates (`date`, `due_date`,
    `period_start` ...) hold dates, and numbers may be missing. Raises UsageError for a table that there is not,
    for records of several classes, and where the library is not installed: both come with
    `pip install 'minutesminer[frames]'`.

    >>> import minutesminer
    >>> mined = [minutesminer.mine(document) for document in minutesminer.read_all("corpus/children")]
    >>> figures = minutesminer.frame(mined)
    >>> dentist = figures[figures.measure.str.contains("dentist") & (figures.unit == "%")]
    >>> print(dentist[["date", "value", "role"]].to_string(index=False))
          date  value     role
    2023-11-14   71.0   actual
    2024-11-12   66.0   actual
    2024-11-12   71.0 previous
    2025-11-18   78.0   actual
    """
    if table not in RECORD_TABLES:
        raise UsageError(f"there are no records {table!r}; the classes are {', '.join(RECORD_TABLES)}")
    if isinstance(records, Records):
        return frame_of(*_with_places([records], table), library)
    listed = list(records)
    several = [one for one in listed if isinstance(one, Records)]
    single = [one for one in listed if isinstance(one, Record)]
    if several and not single or not listed:
        return frame_of(*_with_places(several, table), library)
    classes = {type(one) for one in single}
    if several or len(classes) > 1:
        raise UsageError("a frame has records of one class; take records.metrics, records.actions ... one at a time")
    names = [one.name for one in dataclasses.fields(single[0])]
    return frame_of(names, [tuple(getattr(one, name) for name in names) for one in single], library)


def frame_of(names: Sequence[str], rows: Sequence[Sequence[Any]], library: str) -> pandas.DataFrame | polars.DataFrame:
    """A frame of rows, whose columns are called `names` and are of the types that these have in the database."""
    columns = [[row[at] for row in rows] for at in range(len(names))]
    kinds = [_kind(name, values) for name, values in zip(names, columns, strict=True)]
    if library == "pandas":
        return _pandas_frame(names, columns, kinds)
    if library == "polars":
        return _polars_frame(names, columns, kinds)
    raise UsageError(f"there is no library {library!r} of frames; say pandas or polars")


def _with_places(mined: Sequence[Records], table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows, as the view of the table has them."""
    names = [*TABLES[table].columns, *VIEWS[f"{table}_view"].columns]
    rows: list[tuple[Any, ...]] = []
    for records in mined:
        document = records.document
        places = places_of(document, lambda council_id: ())
        for item, found in records.by_item():
            place = places[item.meeting]
            keys: Row = {
                "item_id": f"{document.id}.{item.position}",
                "document_id": document.id,
                "meeting_id": place.meeting["id"],
            }
            made = RecordRows()
            add_records(made, item, found, keys)
            beside = _beside(place, item.title)
            for row in made.rows[table]:
                printed = _printed(document, item, place, row)
                whole = {**row, **beside, **printed, **_measure_of(records, row)}
                rows.append(tuple(whole[name] for name in names))
    return names, rows


def _printed(document: Document, item: Item, place: Place, row: Row) -> Row:
    """The page of the record of a row, and the address of what it was read from."""
    page = item.page_at(row["start_char"])
    address: Any = item.url if item.url is not None else place.meeting["url"]
    return {"page": page, "url": at_page(address, page, document.media_type, document.source)}


def _beside(place: Place, title: str | None) -> Row:
    """The columns that a view has beside the record's own: council, committee, date and item."""
    date = place.meeting["date"]
    return {
        "council": place.council["name"] if place.council is not None else None,
        "committee": place.committee["name"],
        "date": date,
        "year": int(str(date)[:4]) if date is not None else None,
        "title": title,
        "council_id": place.council["id"] if place.council is not None else None,
        "committee_id": place.committee["id"],
    }


def _measure_of(records: Records, row: Row) -> Row:
    """What the catalogue says of a figure's measure."""
    measure = records.measures.get(row.get("measure_id") or "")
    return {"measure_label": measure.label if measure else None, "theme": measure.theme if measure else None}


def _kind(name: str, values: Sequence[Any]) -> str:
    """`DATE`, `INTEGER`, `REAL` or `TEXT`: what a column holds."""
    if name in DATES:
        return "DATE"
    types = {type(value) for value in values if value is not None}
    known = _KINDS.get(name, "TEXT")
    if known != "TEXT" and types <= _HELD_BY[known]:
        return known
    return next((kind for kind, held in _HELD_BY.items() if types and types <= held), "TEXT")


def _pandas_frame(names: Sequence[str], columns: list[list[Any]], kinds: list[str]) -> pandas.DataFrame:
    try:
        import numpy as np
        import pandas as pd
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    made: dict[str, Any] = {}
    for name, values, kind in zip(names, columns, kinds, strict=True):
        if kind == "DATE":
            made[name] = np.array(values, dtype="datetime64[s]")
        elif kind == "TEXT":
            # The strings of pyarrow, which "string" means where that is installed, give masks that no others mix with.
            texts = [None if value is None else str(value) for value in values]
            made[name] = pd.array(texts, dtype="string[python]")
        else:
            made[name] = pd.array(values, dtype="Int64" if kind == "INTEGER" else "float64")
    return pd.DataFrame(made, columns=list(names))


def _polars_frame(names: Sequence[str], columns: list[list[Any]], kinds: list[str]) -> polars.DataFrame:
    try:
        import polars as pl
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    types = {"DATE": pl.String, "TEXT": pl.String, "INTEGER": pl.Int64, "REAL": pl.Float64}
    made = [
        pl.Series(
            name,
            values if kind != "TEXT" else [None if value is None else str(value) for value in values],
            dtype=types[kind],
            strict=False,
        )
        for name, values, kind in zip(names, columns, kinds, strict=True)
    ]
    days = [name for name, kind in zip(names, kinds, strict=True) if kind == "DATE"]
    return pl.DataFrame(made).with_columns(pl.col(days).str.to_date("%Y-%m-%d")) if days else pl.DataFrame(made)


def _not_installed(error: ModuleNotFoundError) -> UsageError:
    return UsageError(f"{error.name} is not installed; run pip install 'minutesminer[frames]'")
