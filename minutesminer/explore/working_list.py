"""The working list: what is outstanding, as officers have it, narrowed down by what they ask for."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any

from minutesminer.store.overlay import CLOSED
from minutesminer.store.queries import STATES
from minutesminer.store.tracker import HAND

PAGE = 50
"""Rows of one page."""

_CONDITIONS = {
    "council": "council = :council",
    "committee": "committee = :committee",
    "owner": "instr(lower(who), lower(:owner))",
}
_TEXTS = (
    "coalesce(what, '') || ' ' || coalesce(sentence, '') || ' ' || coalesce(note, '') || ' ' || coalesce(title, '')"
)
# What is late stands first, then what will be; what may be answered wants reading, not doing.
_ORDER = """ORDER BY CASE status WHEN 'overdue' THEN 0 WHEN 'due' THEN 1 WHEN 'open' THEN 2 ELSE 3 END,
due_date IS NULL, due_date, date IS NULL, date, id"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed down to; empty text narrows nothing. `state` may be `all`, too."""

    council: str = ""
    committee: str = ""
    state: str = ""
    owner: str = ""
    words: str = ""

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(slots=True)
class WorkingList:
    """One page of the list: its rows, how many there are on all pages, and what can be asked for."""

    rows: list[dict[str, Any]]
    total: int
    page: int
    councils: list[str] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def read_list(connection: sqlite3.Connection, asked: Asked, page: int = 1) -> WorkingList:
    """One page of what is outstanding, those that are late first; done and dropped ones only where asked for."""
    conditions = [condition for name, condition in _CONDITIONS.items() if getattr(asked, name)]
    values = {name: getattr(asked, name) for name in _CONDITIONS}
    if asked.state in STATES:
        conditions.append("status = :state")
        values["state"] = asked.state
    elif asked.state != "all":
        conditions.append(f"status NOT IN {CLOSED}")
    for number, word in enumerate(asked.words.split()[:20]):
        conditions.append(f"instr(lower({_TEXTS}), lower(:word{number}))")
        values[f"word{number}"] = word
    where = " AND ".join(conditions) or "1"
    select = f"SELECT *, count(*) OVER () AS total FROM outstanding WHERE {where} {_ORDER} LIMIT {PAGE} OFFSET "
    rows = _rows(connection, f"{select}{(page - 1) * PAGE}", values)
    if not rows and page > 1:
        page = 1
        rows = _rows(connection, f"{select}0", values)
    total = rows[0]["total"] if rows else 0
    councils, committees = _choices(connection, asked)
    return WorkingList(rows, total, page, councils, committees)


def _choices(connection: sqlite3.Connection, asked: Asked) -> tuple[list[str], list[str]]:
    """The councils and committees there are, those of records added by hand among them."""
    places = connection.execute(
        "SELECT councils.name, committees.name FROM committees LEFT JOIN councils ON councils.id = council_id "
        f"UNION SELECT council, committee FROM outstanding WHERE id GLOB '{HAND}*'"
    ).fetchall()
    of_council = {committee for council, committee in places if asked.council in ("", council)}
    return sorted({council for council, _ in places if council}), sorted(filter(None, of_council))


def _rows(connection: sqlite3.Connection, sql: str, values: dict[str, str]) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
