"""How the dictionary of the database describes a table, a view and a column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SqlType = Literal["TEXT", "INTEGER", "REAL"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `references` is `table.column`; `cascade` deletes the row with what it refers to.

    The index of a `rare` column is over the rows that have it.
    """

    type: SqlType
    description: str
    references: str | None = None
    cascade: bool = False
    required: bool = False
    index: bool = False
    rare: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` is its primary key, `full_text` the columns its search index covers.

    `indexes` are those over several columns (`-value`: highest first); that over one column is said by the column.
    """

    description: str
    columns: dict[str, Column]
    key: tuple[str, ...] = ("id",)
    full_text: tuple[str, ...] = field(default=())
    indexes: tuple[tuple[str, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class View:
    """One view: what it shows, its query, and the descriptions of columns that no table has."""

    description: str
    sql: str
    columns: dict[str, str]


def text(description: str, *, required: bool = False, index: bool = False) -> Column:
    """A column of text."""
    return Column("TEXT", description, required=required, index=index)


def number(description: str, *, required: bool = False, unit: str | None = None) -> Column:
    """A column of whole numbers."""
    return Column("INTEGER", description, required=required, unit=unit)


def refers(to: str, description: str, *, required: bool = True, cascade: bool = False, index: bool = True) -> Column:
    """A column that refers to another, `table.column`; without `index` where another index begins with it."""
    return Column("TEXT", description, references=to, required=required, cascade=cascade, index=index)
