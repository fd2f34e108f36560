"""Questions the command line asks of the database."""

from __future__ import annotations

from sqlite_utils import Database

STATES = ("open", "overdue", "answered?")
"""The values of `status` in the view `outstanding`."""

_SHOWN = (
    "id, class, council, committee, date, who, what, due, due_date, age_days, status, evidence, sentence, "
    "url, item_id, document_id, meeting_id"
)

_SAYS = {
    "metrics": ("metric", "quote || coalesce(' ' || measure, '') || ' (' || role || ')'"),
    "resolutions": ("resolution", "decision || ': ' || quote"),
    "actions": ("action", "coalesce(owner, '?') || ': ' || coalesce(task, quote)"),
    "follow_ups": ("follow_up", "coalesce(requester, '?') || ': ' || coalesce(request, quote)"),
}
_TO_REVIEW = "\nUNION ALL\n".join(
    f"SELECT '{class_}' AS class, id, council, committee, date, review AS reason, {says} AS says, sentence, rule, url, "
    f"item_id, document_id, council_id, start_char FROM {table}_view WHERE review IS NOT NULL"
    for table, (class_, says) in _SAYS.items()
)
_COUNCIL = "(council_id = :council COLLATE NOCASE OR instr(lower(council), lower(:council)))"
_COMMITTEE = "instr(lower(committee), lower(:committee))"


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
        "council": _COUNCIL,
        "committee": _COMMITTEE,
        "class": "class = :class",
        "state": "status = :state",
        "since": "date >= :since",
    }
    asked = {"council": council, "committee": committee, "class": class_, "state": state, "since": since}
    values = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(conditions[name] for name in values) or "1"
    return list(db.query(f"SELECT {_SHOWN} FROM outstanding WHERE {where} ORDER BY date IS NULL, date, id", values))


def to_review(
    db: Database,
    *,
    class_: str | None = None,
    council: str | None = None,
    committee: str | None = None,
    reason: str | None = None,
) -> list[dict[str, object]]:
    """Records that a person should look at, newest first, those of superseded documents left out.

    `class_` is `metric`, `resolution`, `action` or `follow_up`, `council` an id or part of a name, `committee` and
    `reason` parts. `says` is what the record says in short: figure, decision, owner or requester.
    """
    conditions = {
        "class": "class = :class",
        "council": _COUNCIL,
        "committee": _COMMITTEE,
        "reason": "instr(lower(reason), lower(:reason))",
    }
    asked = {"class": class_, "council": council, "committee": committee, "reason": reason}
    values = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(conditions[name] for name in values) or "1"
    return list(
        db.query(
            "SELECT class, id, council, committee, date, reason, says, sentence, rule, url, item_id, document_id "
            f"FROM ({_TO_REVIEW}) WHERE {where} ORDER BY date IS NULL, date DESC, item_id, start_char, id",
            values,
        )
    )


def status(db: Database, *, council: str | None = None, committee: str | None = None) -> list[dict[str, object]]:
    """How complete the fetched minutes are, by council and committee; `council` and `committee` as in `outstanding`."""
    values = {name: value for name, value in (("council", council), ("committee", committee)) if value is not None}
    where = " AND ".join({"council": _COUNCIL, "committee": _COMMITTEE}[name] for name in values) or "1"
    return list(
        db.query(f"SELECT * FROM completeness WHERE {where} ORDER BY council, committee IS NULL, committee", values)
    )


def count_to_review(db: Database) -> int:
    """How many records `to_review` lists, all of them asked for."""
    return int(db.execute(f"SELECT count(*) FROM ({_TO_REVIEW})").fetchone()[0])


def last_run_was_cut_short(db: Database) -> bool:
    """True where the last run has not ended, so that the search indexes may not fit the tables."""
    last = db.execute("SELECT finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return last is not None and last[0] is None
