"""Parquet: the tables of the CSV export with proper types, each column described in the metadata of its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutesminer.errors import UsageError
from minutesminer.export.selection import Row, Selection
from minutesminer.export.tables import ExportTable, Field, export_tables
from minutesminer.version import __version__

if TYPE_CHECKING:
    import pyarrow

_MADE_BY = f"minutesminer {__version__}"
_ROWS_PER_GROUP = 20_000
"""Rows that are held in memory at a time, of items with their text some 50 MB."""


def write_parquet(selection: Selection, folder: Path) -> dict[str, int]:
    """Write the tables of a selection to a folder that is there, `NAME.parquet` each.

    Dates are days without a time, columns of few values are dictionary-encoded, text is as in the database but for
    characters that no file should hold. Returns the number of rows by table. Raises UsageError where the `parquet`
    extra is missing.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed: pip install 'minutesminer[parquet]'"
        ) from error
    return {table.name: _write_table(table, selection, folder) for table in export_tables()}


def _write_table(table: ExportTable, selection: Selection, folder: Path) -> int:
    import pyarrow
    import pyarrow.parquet

    schema = _schema(table)
    rows = 0
    with pyarrow.parquet.ParquetWriter(folder / f"{table.name}.parquet", schema) as writer:
        for group in _groups(table.rows(selection)):
            columns: Sequence[Sequence[Any]] = list(zip(*group, strict=True))
            arrays = [_array(values, schema.field(place)) for place, values in enumerate(columns)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            rows += len(group)
    return rows


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while group := list(islice(iterator, _ROWS_PER_GROUP)):
        yield group


def _schema(table: ExportTable) -> pyarrow.Schema:
    import pyarrow

    about = {"description": table.description, "primary_key": ", ".join(table.key), "made_by": _MADE_BY}
    return pyarrow.schema([_field(field) for field in table.fields], metadata=about)


def _field(field: Field) -> pyarrow.Field:
    import pyarrow

    types: Mapping[str, Callable[[], pyarrow.DataType]] = {
        "string": pyarrow.string,
        "integer": pyarrow.int64,
        "number": pyarrow.float64,
        "date": pyarrow.date32,
    }
    few = field.values is not None
    about = {"description": field.description.replace("`", "")} | ({"unit": field.unit} if field.unit else {})
    return pyarrow.field(
        field.name,
        pyarrow.dictionary(pyarrow.int32(), pyarrow.string()) if few else types[field.type](),
        nullable=not field.required,
        metadata=about,
    )


def _array(values: Sequence[Any], field: pyarrow.Field) -> pyarrow.Array:
    import pyarrow

    if pyarrow.types.is_date(field.type):
        values = [None if value is None else date.fromisoformat(value) for value in values]
    return pyarrow.array(values, type=field.type)
