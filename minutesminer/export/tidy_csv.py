"""Tidy CSV: a file for each table, described by a Frictionless data package.

The descriptor follows version 2 of the Data Package standard (https://datapackage.org/standard/data-package/,
https://datapackage.org/standard/table-schema/).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from minutesminer.csv_cells import csv_cells, csv_writer
from minutesminer.explore.row_words import web_address
from minutesminer.export.selection import Selection
from minutesminer.export.tables import ExportTable, Field, export_tables
from minutesminer.version import __version__

DESCRIPTOR = "datapackage.json"
TERMS = "TERMS.md"

_PROFILE = "https://datapackage.org/profiles/2.0"
_REGISTER = "https://github.com/mysociety/uk_local_authority_names_and_codes"
_DESCRIPTION = (
    "Figures, decisions, actions and requested follow-ups found by a program in published minutes of UK councils, each "
    "with the sentence that says so. Text that a spreadsheet would take for a formula stands behind an apostrophe, "
    "which is not part of it; control characters are replaced by U+FFFD. start_char and end_char count Unicode code "
    "points in the text of the item, without that apostrophe."
)
_TERMS = """\
# Data from council minutes

Made by minutesminer {version} from published minutes. `datapackage.json` describes every table and column
(Frictionless Data Package, https://datapackage.org); the program's own guide tells what was found how.

- The words of the minutes are the councils': each council's own terms hold for quoting and publishing them. Many
  councils publish under the Open Government Licence, but not all do.
- Codes and names of councils in `councils.csv` come from mySociety's register of UK local authorities, CC BY 4.0.
- Minutes name people. Think before you publish a copy of them.
- A program read these figures out of sentences, and some are wrong; `review` says where it was unsure.

In text, an apostrophe before `=`, `+`, `-` or `@` keeps spreadsheets from taking the text for a formula. It is not part
of the text. Characters that no file should hold are replaced by U+FFFD.
"""


def write_csv(selection: Selection, folder: Path) -> dict[str, int]:
    """Write the tables of a selection to a folder that is there: `NAME.csv` each, the descriptor and the terms.

    Returns the number of rows by table. The same database and selection give the same bytes.
    """
    tables = export_tables()
    counts = {table.name: _write_table(table, selection, folder) for table in tables}
    descriptor = json.dumps(describe(tables, selection), ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(descriptor + "\n", encoding="utf-8", newline="")
    (folder / TERMS).write_text(_TERMS.format(version=__version__), encoding="utf-8", newline="")
    return counts


def _write_table(table: ExportTable, selection: Selection, folder: Path) -> int:
    rows = 0
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file, [field.name for field in table.fields])
        for row in table.rows(selection):
            writer.writerow(csv_cells(row))
            rows += 1
    return rows


def describe(tables: tuple[ExportTable, ...], selection: Selection) -> dict[str, Any]:
    """The descriptor of a data package with these tables."""
    package: dict[str, Any] = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": "council-minutes",
        "title": "What council minutes say",
        "description": _DESCRIPTION,
        "version": __version__,
    }
    finished = selection.db.execute("SELECT max(finished) FROM runs").fetchone()[0]
    if finished is not None:
        package["created"] = finished
    package["licenses"] = [{"path": TERMS, "title": "Each council's own terms; the register of councils is CC BY 4.0"}]
    package["sources"] = _sources(selection)
    package["resources"] = [_resource(table) for table in tables]
    return package


def _sources(selection: Selection) -> list[dict[str, str]]:
    query = "SELECT name, website FROM councils WHERE id IN (SELECT id FROM chosen_councils) ORDER BY name, id"
    found = [
        {"title": f"Minutes of {name}"} | ({"path": address} if (address := web_address(website)) is not None else {})
        for name, website in selection.rows(query)
    ]
    return [*found, {"title": "mySociety, UK local authorities", "path": _REGISTER}]


def _resource(table: ExportTable) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [
        {"fields": [field.name], "reference": {"resource": field.refers_to[0], "fields": [field.refers_to[1]]}}
        for field in table.fields
        if field.refers_to is not None
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.values is not None:
        constraints["enum"] = list(field.values)
    unit = f" In {field.unit}." if field.unit else ""
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "description": field.description.replace("`", "") + unit,
    }
    return described | ({"constraints": constraints} if constraints else {})
