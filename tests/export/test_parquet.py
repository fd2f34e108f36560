"""Parquet files read back whole by pyarrow, pandas and polars. Synthetic minutes."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import hostile_minutes as minutes
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

from minutesminer.errors import UsageError
from minutesminer.export import parquet
from minutesminer.export.selection import select
from minutesminer.export.tables import export_tables
from minutesminer.store import open_database


@pytest.fixture
def folder(everything, tmp_path) -> Path:
    parquet.write_parquet(everything, tmp_path)
    return tmp_path


def _typed(value, type_):
    return date.fromisoformat(value) if type_ == "date" and value is not None else value


def test_every_table_comes_back_whole(everything, folder):
    for table in export_tables():
        names = [field.name for field in table.fields]
        stored = [
            {field.name: _typed(row[place], field.type) for place, field in enumerate(table.fields)}
            for row in table.rows(everything)
        ]
        path = folder / f"{table.name}.parquet"
        assert pyarrow.parquet.read_table(path).to_pylist() == stored
        assert polars.read_parquet(path).to_dicts() == stored
        frame = pandas.read_parquet(path, dtype_backend="pyarrow")
        assert list(frame.columns) == names
        assert [
            {name: None if pandas.isna(value) else value for name, value in row.items()}
            for row in frame.to_dict("records")
        ] == stored


def test_columns_have_their_types_and_descriptions(folder):
    schema = pyarrow.parquet.read_schema(folder / "metrics.parquet")
    types = {field.name: field.type for field in schema}
    few = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    assert [types[name] for name in ("id", "value", "date", "year", "kind", "role", "comparator", "start_char")] == [
        *(pyarrow.string(), pyarrow.float64(), pyarrow.date32(), pyarrow.int64(), few, few, few, pyarrow.int64()),
    ]
    assert schema.field("role").metadata == {
        b"description": b"actual, target, benchmark, previous, forecast or change."
    }
    assert schema.field("start_char").metadata[b"unit"] == b"characters"
    assert (schema.field("id").nullable, schema.field("measure").nullable) == (False, True)
    assert schema.metadata[b"primary_key"] == b"id"
    for table in export_tables():
        described = pyarrow.parquet.read_schema(folder / f"{table.name}.parquet")
        assert [field.name for field in described if not (field.metadata or {}).get(b"description")] == []


def test_text_is_text_and_addresses_are_of_the_web(folder):
    follow_ups = pyarrow.parquet.read_table(folder / "follow_ups.parquet").to_pylist()
    assert [row["request"] for row in follow_ups] == [minutes.FORMULA, minutes.SCRIPT]
    meetings = {row["id"]: row for row in pyarrow.parquet.read_table(folder / "meetings.parquet").to_pylist()}
    assert [row["url"] for row in meetings.values() if row["url"]] == ["https://democracy.example/june"]
    assert meetings["ADU-joint-2024-02-01"]["venue"] == minutes.MENDED


def test_rows_are_written_in_groups(hostile, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_ROWS_PER_GROUP", 5)
    with open_database(hostile) as db:
        counts = parquet.write_parquet(select(db), tmp_path)
    file = pyarrow.parquet.ParquetFile(tmp_path / "metrics.parquet")
    groups = [file.metadata.row_group(place).num_rows for place in range(file.num_row_groups)]
    assert (counts["metrics"], groups) == (12, [5, 5, 2])
    roles = [row["role"] for row in minutes.METRICS[:-1]]
    assert sorted(file.read(["role"]).column("role").to_pylist()) == sorted(roles)


def test_a_table_without_rows_is_a_file_with_its_columns(export, tmp_path):
    done = export("parquet", "--committee", "joint", "--out", tmp_path / "out")
    assert done.exit_code == 0
    empty = pyarrow.parquet.read_table(tmp_path / "out" / "follow_ups.parquet")
    assert (empty.num_rows, "request" in empty.column_names) == (0, True)


def test_a_missing_extra_is_told(everything, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"pip install 'minutesminer\[parquet\]'"):
        parquet.write_parquet(everything, tmp_path)
