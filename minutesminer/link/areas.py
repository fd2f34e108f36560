"""Councils joined to the areas that official statistics know them by: `patterns/councils/statistical_areas.csv`."""

from __future__ import annotations

import csv
from functools import lru_cache

from sqlite_utils import Database

from minutesminer.resources import folder

_ENGLAND = {"country_code": "E92000001", "country": "England"}


@lru_cache(maxsize=1)
def _known() -> dict[str, dict[str, str | None]]:
    """Rows of the file by the code of the area. A district, unlike other councils, has no code of the Department's."""
    path = folder("patterns") / "councils" / "statistical_areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["gss_code"]: {**row, "dfe_code": row["dfe_code"] or None} for row in csv.DictReader(file)}


def link_areas(db: Database) -> int:
    """Fill `areas` anew for the councils whose code is known; returns how many. The caller holds the transaction."""
    db.execute("DELETE FROM areas")
    rows = [
        {
            "council_id": council_id,
            "geographic_level": "Local authority" if area["dfe_code"] else "Local authority district",
            **area,
            **_ENGLAND,
        }
        for council_id, code in db.execute("SELECT id, gss_code FROM councils ORDER BY id").fetchall()
        if (area := _known().get(code)) is not None
    ]
    db.table("areas").insert_all(rows)
    return len(rows)
