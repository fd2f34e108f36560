"""Questions the command line asks of the database."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from minutesminer.errors import UsageError
from minutesminer.store.overlay import CLOSED, attach_tracker

STATES = ("open", "due", "overdue", "answered?", *CLOSED)
"""The values of `status` in the view `outstanding`."""

_SHOWN = (
    "id, class, council, committee, date, who, what, due, due_date, age_days, status, evidence, sentence, "
    "url, page, item_id, document_id, meeting_id, note, tracked_by, tracked_at, "
    "who_is, due_source, meetings_passed, times_asked, last_asked, title, council_id, committee_id, "
    "evidence_item_id, evidence_reason"
)

_SAYS = {
    "metrics": ("metric", "quote || coalesce(' ' || measure, '') || ' (' || role || ')'"),
    "resolutions": ("resolution", "decision || ': ' || quote"),
    "actions": ("action", "coalesce(owner, '?') || ': ' || coalesce(task, quote)"),
    "follow_ups": ("follow_up", "coalesce(requester, '?') || ': ' || coalesce(request, quote)"),
}
_TO_REVIEW = "\nUNION ALL\n".join(
    f"SELECT '{class_}' AS class, id, council, committee, date, review AS reason, {says} AS says, sentence, rule, url, "
    f"page, item_id, document_id, council_id, start_char FROM {table}_view WHERE review IS NOT NULL"
    for table, (class_, says) in _SAYS.items()
)
_COUNCIL = "(council_id = :council COLLATE NOCASE OR instr(folded(council), folded(:council)))"
_COMMITTEE = "instr(folded(committee), folded(:committee))"
_LISTED = "instr(',' || replace(lower(:council), ' ', '') || ',', ',' || lower(council_id) || ',')"
_OUTSTANDING = {
    "council": f"({_COUNCIL} OR {_LISTED})",
    "committee": _COMMITTEE,
    "class": "class = :class",
    "owner": "(instr(folded(who), folded(:owner)) OR instr(folded(who_is), folded(:owner)))",
    "since": "date >= :since",
    "until": "date <= :until",
    "due_before": "due_date < :due_before",
}
_WORDS = "instr(folded(coalesce(what, '') || ' ' || coalesce(sentence, '') || ' ' || coalesce(title, '')), folded({}))"


def _folded(text: str | None) -> str | None:
    """Text in which capitals and curly apostrophes, which people leave out when they type a name, do not count."""
    return None if text is None else text.casefold().replace("’", "'")


def fold_names(db: Database) -> None:
    """Give the connection the function `folded`."""
    db.conn.create_function("folded", 1, _folded, deterministic=True)


def outstanding(
    db: Database,
    *,
    council: str | None = None,
    committee: str | None = None,
    class_: str | None = None,
    state: str | Collection[str] | None = None,
    owner: str | None = None,
    words: str | None = None,
    since: str | None = None,
    until: str | None = None,
    due_before: str | None = None,
    closed: bool = False,
) -> list[dict[str, object]]:
    """Actions undertaken and follow-ups requested, oldest first, undated ones last, as officers have them.

    `council` is an id, several ids with commas between them, or part of a name; `committee` part of a name; `class_`
    `action` or `follow_up`; `state` one or several of `STATES`; `owner` part of `who` or `who_is`. All of `words` are
    in task or request, sentence or title. Meetings are neither before `since` nor after `until`, and due dates before
    `due_before` (ISO dates). Those that are done or dropped are left out unless `closed` is given, or `state` asks for
    them. Raises UsageError for a list of ids with one that the database does not know.
    """
    attach_tracker(db.conn)
    fold_names(db)
    _check_ids(db, council)
    asked = {"council": council, "committee": committee, "class": class_, "owner": owner}
    asked |= {"since": since, "until": until, "due_before": due_before}
    values = {name: value for name, value in asked.items() if value is not None}
    conditions = [_OUTSTANDING[name] for name in values]
    for number, word in enumerate((words or "").split()):
        values[f"word{number}"] = word
        conditions.append(_WORDS.format(f":word{number}"))
    states = {f"state{n}": name for n, name in enumerate([state] if isinstance(state, str) else state or ())}
    if states:
        conditions.append(f"status IN ({', '.join(f':{name}' for name in states)})")
    elif not closed:
        conditions.append(f"status NOT IN {CLOSED}")
    where = " AND ".join(conditions) or "1"
    return list(
        db.query(
            f"SELECT {_SHOWN} FROM outstanding WHERE {where} ORDER BY date IS NULL, date, id", {**values, **states}
        )
    )


def _check_ids(db: Database, council: str | None) -> None:
    """Raise UsageError where `council` lists ids of which the database does not know one."""
    if council is None or "," not in council:
        return
    names = {row[0].casefold(): row for row in db.execute("SELECT id, name FROM councils ORDER BY id")}
    unknown = [part.strip() for part in council.split(",") if part.strip().casefold() not in names]
    named = any((_folded(council) or "") in (_folded(name) or "") for _, name in names.values())  # `Bristol, City of`
    if unknown and not named:
        known = ", ".join(id_ for id_, _ in names.values()) or "none"
        raise UsageError(f"there is no council {unknown[0]!r} in the database; the ids in it are {known}")


def committees(db: Database, *, council: str | None = None, committee: str | None = None) -> list[tuple[str, ...]]:
    """Council's id and name, committee's id and name, of the committees that have one; filters as in `outstanding`."""
    fold_names(db)
    _check_ids(db, council)
    values = {name: value for name, value in (("council", council), ("committee", committee)) if value is not None}
    where = " AND ".join(_OUTSTANDING[name] for name in values) or "1"
    return list(
        db.execute(
            f"""SELECT * FROM (
              SELECT councils.id AS council_id, councils.name AS council,
                committees.id AS committee_id, committees.name AS committee
              FROM committees LEFT JOIN councils ON councils.id = committees.council_id
            ) WHERE committee IS NOT NULL AND {where} ORDER BY council, committee, committee_id""",
            values,
        )
    )


def rows_of(
    db: Database,
    name: str,
    *,
    council: str | None = None,
    committee: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and rows of a table or view, as officers have them; restrictions as in `outstanding`.

    Raises UsageError for a name that there is not, and for a restriction by a column that it has not.
    """
    attach_tracker(db.conn)
    fold_names(db)
    _check_ids(db, council)
    known = {*db.table_names(), *db.view_names()}
    if name not in known:
        raise UsageError(f"there is no table or view {name!r} in the database; docs/database.md lists them")
    asked = {"council": council, "committee": committee, "since": since, "until": until}
    values = {name: value for name, value in asked.items() if value is not None}
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
    needed = {"council": {"council", "council_id"}, "committee": {"committee"}, "since": {"date"}, "until": {"date"}}
    lacking = [key for key in values if not needed[key] <= set(columns)]
    if lacking:
        raise UsageError(f"{name} cannot be restricted by {lacking[0]}; take a view, such as metrics_view")
    where = " AND ".join(_OUTSTANDING[key] for key in values) or "1"
    return columns, db.execute(f'SELECT * FROM "{name}" WHERE {where}', values).fetchall()


def committee_ids(db: Database, *, council: str | None = None, committee: str | None = None) -> list[str]:
    """Ids of the committees that fit, those without a name too; filters as in `outstanding`."""
    fold_names(db)
    _check_ids(db, council)
    values = {name: value for name, value in (("council", council), ("committee", committee)) if value is not None}
    where = " AND ".join(_OUTSTANDING[name] for name in values) or "1"
    return [
        row[0]
        for row in db.execute(
            f"""SELECT id FROM (
              SELECT committees.id, councils.id AS council_id, councils.name AS council, committees.name AS committee
              FROM committees LEFT JOIN councils ON councils.id = committees.council_id
            ) WHERE {where} ORDER BY id""",
            values,
        )
    ]


def council_ids(db: Database, council: str) -> list[str]:
    """The ids of the councils meant by an id, part of a name, or several of these with commas between them.

    Raises UsageError where none is named, and for the first of which the database knows none.
    """
    if not council.replace(",", " ").strip():
        raise UsageError("no council is named; give its id or part of its name")
    fold_names(db)
    found = _council_ids(db, council)
    if found:
        return found
    for part in filter(None, (part.strip() for part in council.split(","))):
        ids = _council_ids(db, part)
        if not ids:
            known = ", ".join(row[0] for row in db.execute("SELECT id FROM councils ORDER BY id LIMIT 40")) or "none"
            raise UsageError(f"there is no council {part!r} in the database; ids in it are {known}")
        found += [id_ for id_ in ids if id_ not in found]
    return found


def _council_ids(db: Database, words: str) -> list[str]:
    """The council that has `words` as its id, else those that have them in their name."""
    rows = db.execute(
        "SELECT id, id = :words COLLATE NOCASE AS named FROM councils "
        "WHERE named OR (:words <> '' AND instr(folded(name), folded(:words))) ORDER BY id",
        {"words": words.strip()},
    ).fetchall()
    return [id_ for id_, named in rows if named] or [id_ for id_, _ in rows]


def is_laid_out(db: Database) -> bool:
    """Whether the figures, if there are any, are laid out as series: those of an older minutesminer are not yet."""
    query = "SELECT EXISTS (SELECT 1 FROM series) OR NOT EXISTS (SELECT 1 FROM metrics)"
    return bool(db.execute(query).fetchone()[0])


def check_laid_out(db: Database) -> None:
    """Raise UsageError where there are figures that are not laid out as series yet."""
    if not is_laid_out(db):
        raise UsageError("the figures are not laid out as series yet; run `minutesminer run` on the same minutes again")


def council_names(db: Database) -> list[str]:
    """The names of the councils that the documents belong to."""
    return [row[0] for row in db.execute("SELECT name FROM councils ORDER BY name")]


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
    fold_names(db)
    values = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(conditions[name] for name in values) or "1"
    return list(
        db.query(
            "SELECT class, id, council, committee, date, reason, says, sentence, rule, url, page, item_id, document_id "
            f"FROM ({_TO_REVIEW}) WHERE {where} ORDER BY date IS NULL, date DESC, item_id, start_char, id",
            values,
        )
    )


def status(db: Database, *, council: str | None = None, committee: str | None = None) -> list[dict[str, object]]:
    """How complete the fetched minutes are, by council and committee; `council` and `committee` as in `outstanding`."""
    fold_names(db)
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
