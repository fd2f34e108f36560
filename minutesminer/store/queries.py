"""Questions the command line asks of the database."""

from __future__ import annotations

from sqlite_utils import Database

STATES = ("open", "overdue", "answered?")
"""The values of `status` in the view `outstanding`."""

_SHOWN = (
    "id, class, council, committee, date, who, what, due, due_date, age_days, status, evidence, sentence, "
    "url, item_id, document_id, meeting_id"
)


def outstanding(
    db: Database,
    *,
    council: str | None = None,
    committee: str | None = None,
    class_: str | None = None,
    state: str | None = None,
    since: str | None = None,
) -> list[dict[str, object]]:
    """Actions undertaken and follow-ups requested, oldest first, undated ones last.

    `council` is an id or part of a name, `committee` part of a name, `class_` is `action` or
    `follow_up`, `state` one of `STATES`, and `since` an ISO date that meetings must not be before.
    """
    conditions = {
        "council": "(council_id = :council COLLATE NOCASE OR instr(lower(council), lower(:council)))",
        "committee": "instr(lower(committee), lower(:committee))",
        "class": "class = :class",
        "state": "status = :state",
        "since": "date >= :since",
    }
    asked = {"council": council, "committee": committee, "class": class_, "state": state, "since": since}
    values = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(conditions[name] for name in values) or "1"
    return list(db.query(f"SELECT {_SHOWN} FROM outstanding WHERE {where} ORDER BY date IS NULL, date, id", values))


def last_run_was_cut_short(db: Database) -> bool:
    """True where the last run has not ended, so that the search indexes may not fit the tables."""
    last = db.execute("SELECT finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return last is not None and last[0] is None
