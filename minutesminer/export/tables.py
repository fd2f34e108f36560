"""The tables that are exported as CSV and Parquet: which columns, of what type, how they refer to each other.

Everything that the dictionary of the database says of a column is taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_type_hints

from minutesminer import models
from minutesminer.explore.row_words import iso_day, web_address
from minutesminer.export.selection import Row, Selection
from minutesminer.store.schema import metadata_columns, metadata_tables, metadata_units
from minutesminer.store.tables import TABLES
from minutesminer.store.trend_views import PERIOD_COLUMNS, period_sql

FieldType = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `values` are all it may hold, `refers_to` is a table and its column, `unit` that of its numbers."""

    name: str
    type: FieldType
    description: str
    required: bool = False
    values: tuple[str, ...] | None = None
    refers_to: tuple[str, str] | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table as it is exported. `sql` makes its query for a selection; `key` are the columns of its primary key."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    sql: Callable[[Selection], str]

    def rows(self, selection: Selection) -> Iterator[Row]:
        """The rows in the order of their key: what is no ISO date, and no address of the web, is None there."""
        checks = [(place, _CHECKS[field.name]) for place, field in enumerate(self.fields) if field.name in _CHECKS]
        if not checks:
            yield from selection.rows(self.sql(selection))
            return
        for row in selection.rows(self.sql(selection)):
            values = list(row)
            for place, check in checks:
                values[place] = check(values[place])
            yield tuple(values)


# Rows that follow each other share meeting and item, so that most days and addresses were looked at before.
@lru_cache(maxsize=4096)
def _day(value: str | None) -> str | None:
    return value if iso_day(value) is not None else None


@lru_cache(maxsize=4096)
def _address(value: str | None) -> str | None:
    return web_address(value)


def _source(value: str | None) -> str | None:
    """An address of the web, or else the name of the file without the folders of whoever read it."""
    return web_address(value) or (value or "").replace("\\", "/").rpartition("/")[2] or value


_DATES = ("date", "due_date", "last_asked", "period_start", "period_end")
_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DATES, _day),
    **dict.fromkeys(("url", "website"), _address),
    "source": _source,
}
_VIEW_TYPES: Mapping[str, FieldType] = {name: "integer" for name in ("year", "page", "times_asked")}


def _literals(class_: type, field: str) -> tuple[str, ...]:
    """The values that a field of the models may have."""
    hint = get_type_hints(class_)[field]
    return tuple(value for part in (hint, *get_args(hint)) for value in get_args(part) if isinstance(value, str))


_VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("councils", "nation"): ("England", "Northern Ireland", "Scotland", "Wales"),
    ("committees", "kind"): ("scrutiny", "executive", "council", "audit", "regulatory", "other"),
    ("documents", "outcome"): get_args(models.Outcome),
    ("attendance", "status"): _literals(models.Attendee, "status"),
    ("measures", "polarity"): ("higher", "lower"),
    **{("metrics", name): _literals(models.Metric, name) for name in ("kind", "comparator", "role", "direction")},
    ("resolutions", "outcome"): _literals(models.Resolution, "outcome"),
    ("actions", "strength"): _literals(models.Action, "strength"),
    ("evidence", "says"): ("answers", "outstanding", "programme"),
    ("outstanding", "class"): ("action", "follow_up"),
    ("outstanding", "status"): ("open", "answered?"),
    ("outstanding", "due_source"): ("wording", "next_meeting", "named_meeting", "month_meeting"),
}
_REFERENCES = {
    "council_id": ("councils", "id"),
    "committee_id": ("committees", "id"),
    "meeting_id": ("meetings", "id"),
    "document_id": ("documents", "id"),
    "item_id": ("items", "id"),
    "measure_id": ("measures", "id"),
    "resolution_id": ("resolutions", "id"),
    "evidence_item_id": ("items", "id"),
}
# Text that is there in every row is not always text with letters in it, and an empty cell is a missing value.
_NEVER_BLANK = ("quote", "sentence", "rule")


def _field(table: str, name: str, description: str) -> Field:
    column = TABLES[table].columns.get(name) if table in TABLES else None
    types: dict[str, FieldType] = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
    type_ = types[column.type] if column is not None else _VIEW_TYPES.get(name, "string")
    values, refers_to = _VALUES.get((table, name)), _REFERENCES.get(name)
    is_key = table in TABLES and name in TABLES[table].key
    telling = is_key or type_ != "string" or values is not None or refers_to is not None or name in _NEVER_BLANK
    return Field(
        name,
        "date" if name in _DATES else type_,
        description,
        required=column is not None and column.required and telling,
        values=values,
        refers_to=refers_to,
        unit=metadata_units().get(table, {}).get(name),
    )


def _table(name: str, meeting: str | None = None, *, without: tuple[str, ...] = ()) -> ExportTable:
    """A table as it stands: the rows chosen for it, or those whose `meeting` (in SQL) is chosen."""
    columns = [column for column in TABLES[name].columns if column not in without]
    shown = ", ".join(f"{name}.{column}" for column in columns)
    key = TABLES[name].key
    order = ", ".join(f"{name}.{column}" for column in key)

    def sql(selection: Selection) -> str:
        if meeting is None:
            return f"SELECT {shown} FROM {name} WHERE id IN (SELECT id FROM chosen_{name}) ORDER BY {order}"
        current = f"JOIN documents ON documents.id = {name}.document_id AND documents.superseded_by IS NULL"
        return f"SELECT {shown} FROM {name} {current} WHERE {selection.chosen_meeting(meeting)} ORDER BY {order}"

    described = metadata_columns()[name]
    fields = tuple(_field(name, column, described[column]) for column in columns)
    return ExportTable(name, metadata_tables()[name], fields, key, sql)


def _records(name: str, also: Mapping[str, tuple[str, str]] | None = None) -> ExportTable:
    """The records of a class, with council, committee and date beside each.

    `also` are columns of their own, `{name: (SQL, description)}`, over the view as `record`.
    """
    view = f"{name}_view"
    described = metadata_columns()[view]
    also = also or {}
    shown = ", ".join(
        [*(f"record.{column}" for column in described), *(f"{sql} AS {column}" for column, (sql, _) in also.items())]
    )

    def query(selection: Selection) -> str:
        where = selection.chosen_meeting("record.meeting_id")
        return f"SELECT {shown} FROM {view} AS record WHERE {where} ORDER BY record.id"

    fields = [_field(name, column, text) for column, text in described.items()]
    fields += [_field(name, column, text) for column, (_, text) in also.items()]
    return ExportTable(name, metadata_tables()[view], tuple(fields), ("id",), query)


def _metrics() -> ExportTable:
    label, kind = period_sql("record")
    also = {
        "period_label": (label, PERIOD_COLUMNS["period_label"]),
        "period_type": (kind, PERIOD_COLUMNS["period_type"]),
    }
    return _records("metrics", also)


def _evidence() -> ExportTable:
    table = _table("evidence")
    shown = ", ".join(f"evidence.{field.name}" for field in table.fields)

    def sql(selection: Selection) -> str:
        return f"""SELECT {shown} FROM evidence
JOIN items ON items.id = evidence.item_id
JOIN documents ON documents.id = items.document_id AND documents.superseded_by IS NULL
LEFT JOIN actions ON actions.id = evidence.record_id
LEFT JOIN follow_ups ON follow_ups.id = evidence.record_id
JOIN documents AS asking ON asking.id = coalesce(actions.document_id, follow_ups.document_id)
  AND asking.superseded_by IS NULL
WHERE {selection.chosen_meeting("items.meeting_id")}
  AND {selection.chosen_meeting("coalesce(actions.meeting_id, follow_ups.meeting_id)")}
ORDER BY evidence.record_id, evidence.item_id"""

    return ExportTable(table.name, table.description, table.fields, table.key, sql)


# What depends on the day of reading is left out, so that a file stays true: ages, and whether a date has passed. So is
# what officers type, which is theirs to publish.
_PASSING = ("age_days", "meetings_passed", "note", "tracked_by", "tracked_at")


def _outstanding() -> ExportTable:
    columns = metadata_columns()["outstanding"]
    described = {"id": columns["id"], **{name: text for name, text in columns.items() if name not in _PASSING}}
    described["status"] = (
        "`answered?` where an item later than the last asking may answer it, else `open`; compare `due_date` with the "
        "day you read it on to see what is overdue."
    )
    described["evidence_item_id"] += " Empty where it is outside of what was exported."
    own = {
        "status": "CASE WHEN record.evidence_item_id IS NULL THEN 'open' ELSE 'answered?' END",
    }

    def sql(selection: Selection) -> str:
        inside = selection.chosen_meeting("(SELECT meeting_id FROM items WHERE items.id = record.evidence_item_id)")
        mine = {**own, "evidence_item_id": f"CASE WHEN {inside} THEN record.evidence_item_id END"}
        shown = ", ".join(mine.get(column, f"record.{column}") for column in described)
        where = selection.chosen_meeting("record.meeting_id")
        return f"SELECT {shown} FROM main.outstanding AS record WHERE {where} ORDER BY record.id"

    fields = tuple(_field("outstanding", column, text) for column, text in described.items())
    return ExportTable("outstanding", metadata_tables()["outstanding"], fields, ("id",), sql)


def export_tables() -> tuple[ExportTable, ...]:
    """The tables in an order in which each refers to itself and to those before it only."""
    return (
        _table("councils"),
        _table("committees"),
        _table("meetings"),
        _table("documents", without=("superseded_by",)),
        _table("items", "items.meeting_id"),
        _table("links", "(SELECT meeting_id FROM items WHERE items.id = links.item_id)"),
        _table("attendance", "attendance.meeting_id"),
        _table("measures"),
        _metrics(),
        _records("resolutions"),
        _records("actions"),
        _records("follow_ups"),
        _evidence(),
        _outstanding(),
    )
