"""The schema, built from the dictionary: tables, views, search indexes, descriptions, data dictionary."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database
from sqlite_utils.db import DescIndex, ForeignKey

from minutesminer.store.described import Table, View
from minutesminer.store.outstanding import requests_sql
from minutesminer.store.request_table import REQUEST_COLUMNS
from minutesminer.store.tables import TABLES
from minutesminer.store.tracker_tables import TRACKER_TABLES, TRACKER_VIEWS
from minutesminer.store.trend_views import TREND_VIEWS
from minutesminer.store.views import VIEWS

APPLICATION_ID = 0x6D696E75
"""Bytes 68 to 71 of our database files: `minu`."""

SEARCH_TABLES = tuple(name for name, table in TABLES.items() if table.full_text)
"""The tables with a full-text index, called `<table>_fts`."""

_PYTHON_TYPES: dict[str, type] = {"TEXT": str, "INTEGER": int, "REAL": float}
_TOKENIZER = "porter unicode61 remove_diacritics 2"


def metadata_columns() -> dict[str, dict[str, str]]:
    """Descriptions of the columns of every table and view, `{table or view: {column: description}}`."""
    described = {
        name: {column: spec.description for column, spec in table.columns.items()} for name, table in TABLES.items()
    }
    return {**described, **{name: _view_columns(name) for name in VIEWS}}


def _view_columns(name: str) -> dict[str, str]:
    base = TABLES.get(name.removesuffix("_view"))
    own = {} if base is None else {column: spec.description for column, spec in base.columns.items()}
    return {**own, **VIEWS[name].columns}


def metadata_tables() -> dict[str, str]:
    """Descriptions of every table and view, `{name: description}`."""
    tables = {name: table.description for name, table in TABLES.items()}
    return {**tables, **{name: view.description for name, view in VIEWS.items()}}


def metadata_units() -> dict[str, dict[str, str]]:
    """Units of the columns that have one, `{table: {column: unit}}`."""
    units = {
        name: {column: spec.unit for column, spec in table.columns.items() if spec.unit is not None}
        for name, table in TABLES.items()
    }
    return {name: columns for name, columns in units.items() if columns}


def migrate(db: Database) -> None:
    """Bring an open database to the present version, each step in a transaction of its own."""
    while _take_a_step(db):
        pass


def _take_a_step(db: Database) -> bool:
    """Take the next step, if one is left; says whether there are more."""
    # Locked before the version is read: another program may be taking the same step, and is waited for.
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version < len(MIGRATIONS):
            MIGRATIONS[version](db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version + 1}")
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
    return version + 1 < len(MIGRATIONS)


def _first_version(db: Database) -> None:
    _create_missing(db)


def _with_fetching(db: Database) -> None:
    """What fetching stores came with the second version; a database made since has it from the start."""
    _create_missing(db)


def _with_tracking(db: Database) -> None:
    """Requests are followed up: `evidence` says what it says, and `outstanding` has what threads and tracker tell."""
    db.execute("DROP TABLE evidence")  # the next run links anew
    _create_views_anew(db)


def _with_series(db: Database) -> None:
    """Figures are laid out as series; the next run fills the tables."""
    _create_missing(db)


def _with_identifiers(db: Database) -> None:
    """Measures say their other names and their public identifier; a database made since has the columns."""
    present = {column.name for column in db.table("measures").columns}
    for column in ("names", "identifier", "identifier_source"):
        if column not in present:
            db.execute(f"ALTER TABLE measures ADD COLUMN {column} TEXT")


def _with_counts(db: Database) -> None:
    """Figures against targets have their measure, and there are counts by quarter and council; a run fills them."""
    db.execute("DROP TABLE against_target")
    _create_missing(db)


def _with_period_values(db: Database) -> None:
    """What councils say of a period is kept, and what was against its target says where; the next run fills both."""
    for name in TREND_VIEWS:
        db.execute(f"DROP VIEW IF EXISTS {name}")
    db.execute("DROP TABLE IF EXISTS against_target")
    _create_missing(db)


def _with_places(db: Database) -> None:
    """Figures have label and theme of their measure beside them, meetings and attendance council and committee."""
    _create_views_anew(db)


def _with_requests(db: Database) -> None:
    """What is outstanding is laid out in a table; records are counted by committee, which the next run does."""
    _create_views_anew(db)
    db.execute("DROP INDEX IF EXISTS idx_meetings_date")  # one that begins with the date takes its place
    for name, table in TABLES.items():
        _create_indexes(db, name, table)
    _lay_requests_out(db)


def _with_pages(db: Database) -> None:
    """Items of printed documents know their pages, and records show them; what is read from now on has them."""
    db.execute("DROP TABLE requests")
    _create_views_anew(db)
    _lay_requests_out(db)


def _lay_requests_out(db: Database) -> None:
    # A step before that which brought the pages asks for them too.
    if "page" not in {column.name for column in db.table("items").columns}:
        db.execute("ALTER TABLE items ADD COLUMN page INTEGER")
    db.execute(f"INSERT INTO requests ({', '.join(REQUEST_COLUMNS)}) {requests_sql(linked=True)} ORDER BY answered.id")


def _create_views_anew(db: Database) -> None:
    for name in db.view_names():
        if name in VIEWS:
            db.execute(f"DROP VIEW {name}")
    _create_missing(db)


def _with_areas(db: Database) -> None:
    """Councils have the areas of official statistics; the next run fills the table."""
    _create_missing(db)


def _create_missing(db: Database) -> None:
    tables, views = set(db.table_names()), set(db.view_names())
    for name, table in TABLES.items():
        if name not in tables:
            _create_table(db, name, table)
    for name, view in VIEWS.items():
        if name not in views:
            db.create_view(name, view.sql)


def _create_table(db: Database, name: str, table: Table) -> None:
    foreign_keys = []
    for column, spec in table.columns.items():
        if spec.references is not None:
            other_table, _, other_column = spec.references.partition(".")
            action = "CASCADE" if spec.cascade else "NO ACTION"
            foreign_keys.append(ForeignKey(name, column, other_table, other_column, on_delete=action))
    db.create_table(
        name,
        {column: _PYTHON_TYPES[spec.type] for column, spec in table.columns.items()},
        pk=table.key if len(table.key) > 1 else table.key[0],
        foreign_keys=foreign_keys,
        not_null=[column for column, spec in table.columns.items() if spec.required],
        strict=True,
    )
    _create_indexes(db, name, table)
    if table.full_text:
        db.table(name).enable_fts(table.full_text, tokenize=_TOKENIZER)


def _create_indexes(db: Database, name: str, table: Table) -> None:
    """Create those indexes of a table that are missing."""
    for column, spec in table.columns.items():
        if spec.rare:
            db.execute(
                f"CREATE INDEX IF NOT EXISTS idx_{name}_{column} ON {name} ({column}) WHERE {column} IS NOT NULL"
            )
        elif spec.index and column != table.key[0]:
            db.table(name).create_index([column], if_not_exists=True)
    for columns in table.indexes:
        falling = [DescIndex(column[1:]) if column.startswith("-") else column for column in columns]
        db.table(name).create_index(falling, if_not_exists=True)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    _first_version,
    _with_fetching,
    _with_tracking,
    _with_series,
    _with_identifiers,
    _with_counts,
    _with_period_values,
    _with_places,
    _with_areas,
    _with_requests,
    _with_pages,
)
"""Steps from one version of the schema to the next; `PRAGMA user_version` counts those taken."""


def data_dictionary() -> str:
    """The data dictionary in Markdown, as kept in `docs/database.md`."""
    parts = [
        "# The database",
        "",
        "Printed from `minutesminer/store/tables.py` by `minutesminer.store.schema.data_dictionary`;",
        "a test checks that this page is current. All ids are text and the same on every machine; dates are",
        "ISO text; the tables are STRICT and their foreign keys real. For every record,",
        "`items.text[start_char:end_char] == quote`.",
        "",
    ]
    parts += ["## Tables", "", *_tables(TABLES)]
    parts += ["## Views", "", "Views leave out superseded documents.", "", *_views(VIEWS)]
    parts += ["## What officers type", ""]
    parts += ["A second file in the same folder, `tracker.db`, which no run changes. Where it is there, the view"]
    parts += ["`outstanding` of a listing or page says what officers said.", ""]
    parts += [*_tables(TRACKER_TABLES), *_views(TRACKER_VIEWS)]
    return "\n".join(parts)


def _tables(tables: dict[str, Table]) -> list[str]:
    parts = []
    for name, table in tables.items():
        parts += [f"### `{name}`", "", table.description, ""]
        parts += ["| column | type | refers to | meaning |", "| --- | --- | --- | --- |"]
        for column, spec in table.columns.items():
            marks = spec.type + (", key" if column in table.key else "") + ("" if spec.required else ", may be empty")
            unit = f" In {spec.unit}." if spec.unit else ""
            parts.append(f"| `{column}` | {marks} | {spec.references or ''} | {spec.description}{unit} |")
        parts.append("")
        if table.full_text:
            searched = " and ".join(f"`{column}`" for column in table.full_text)
            parts += [f"Full-text search: `{name}_fts` over {searched}, superseded documents left out.", ""]
    return parts


def _views(views: dict[str, View]) -> list[str]:
    parts = []
    for name, view in views.items():
        base = name.removesuffix("_view")
        parts += [f"### `{name}`", "", view.description, ""]
        if base != name:
            parts += [f"All columns of `{base}`, and:", ""]
        parts += ["| column | meaning |", "| --- | --- |"]
        parts += [f"| `{column}` | {description} |" for column, description in view.columns.items()]
        parts.append("")
    return parts
