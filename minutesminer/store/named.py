"""Councils and committees of the database by what people call them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A council and a committee: ids where the database knows them, else the words as given."""

    council_id: str | None
    council: str | None
    committee_id: str | None
    committee: str | None


def find_named(minutes: sqlite3.Connection, council: str | None, committee: str | None) -> Named:
    """The council and the committee that are meant by an id, a name, or words of which only one name has all.

    The committee is looked for in that council; where no council is given, or known, a committee that alone fits
    gives its council too. What the database does not know stays as it is given.
    """
    council, committee = (" ".join(text.split()) or None if text else None for text in (council, committee))
    councils: list[tuple[str, str]] = minutes.execute("SELECT id, name FROM councils ORDER BY id").fetchall()
    found = _meant(council, councils)
    committees = minutes.execute(
        "SELECT committees.id, committees.name, council_id, councils.name FROM committees "
        "LEFT JOIN councils ON councils.id = council_id WHERE committees.name IS NOT NULL "
        "AND (? IS NULL OR council_id = ?) ORDER BY committees.id",
        [found and found[0]] * 2,
    ).fetchall()
    known = None
    if council is None or found is not None:
        known = _meant(committee, [(row[0], row[1]) for row in committees])
    if known is not None and found is None:
        found = next((row[2], row[3]) for row in committees if row[0] == known[0])
    return Named(*(found or (None, council)), *(known or (None, committee)))


def _meant(words: str | None, names: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The one of (id, name) that `words` mean: by its id, its whole name, or as the only one with all the words."""
    if words is None:
        return None
    typed = words.casefold()
    for whole in ([row for row in names if row[0].casefold() == typed], [r for r in names if r[1].casefold() == typed]):
        if len(whole) == 1:
            return whole[0][0], whole[0][1]
    parts = [row for row in names if all(word in row[1].casefold() for word in typed.split())]
    return (parts[0][0], parts[0][1]) if len(parts) == 1 else None
