"""What a committee takes to its meeting: what is outstanding, what was answered, and how much of each.

In: an open database. Out: one `CommitteeReport` for each committee that is meant; `report_page` makes HTML of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from minutesminer.errors import UsageError
from minutesminer.explore.answer import Answer, read_answer
from minutesminer.explore.report_chart import Bar, count_bars
from minutesminer.explore.row_words import iso_day, person
from minutesminer.store import queries
from minutesminer.store.outstanding import DUE_SOON

_NEAREST = 5
_LIKE = 40  # of 100: names less alike than that are no help
_RANK = {"overdue": 0, "due": 1, "open": 2}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A committee by its name and its council's; the ids are those of the minutes' database, where it knows them."""

    council_id: str | None
    council: str | None
    committee_id: str | None
    committee: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """When a committee met, as ISO dates: the meetings whose minutes were read, and those before and after today."""

    read: tuple[str, ...] = ()
    last: str | None = None
    following: str | None = None

    @property
    def last_is_read(self) -> bool:
        """False where there was a later meeting than the last one whose minutes were read."""
        return self.last is None or self.last in self.read


@dataclass(frozen=True, slots=True)
class Group:
    """What one person or post, or nobody named, asked for or promised, the overdue first."""

    who: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class CommitteeReport:
    """What is said of one committee. Rows are those of the view `outstanding`; `since` is an ISO date."""

    place: Place
    made: date
    meetings: Meetings
    since: str | None
    groups: list[Group] = field(default_factory=list)
    answered: list[Answer] = field(default_factory=list)
    earlier: list[Answer] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    @property
    def outstanding(self) -> list[Row]:
        """The rows of all groups."""
        return [row for group in self.groups for row in group.rows]

    @property
    def states(self) -> dict[str, int]:
        """How many of those are overdue, due and open."""
        return {state: sum(row["status"] == state for row in self.outstanding) for state in _RANK}

    @property
    def average_age(self) -> int | None:
        """The average age in days of what is outstanding, as far as dates are known."""
        ages = [row["age_days"] for row in self.outstanding if row["age_days"] is not None]
        return round(sum(ages) / len(ages)) if ages else None

    @property
    def oldest(self) -> str | None:
        """The date on which the oldest of them was first asked for."""
        return min((row["date"] for row in self.outstanding if row["date"]), default=None)

    @property
    def due_soon_days(self) -> int:
        """Days before its date from which a matter is `due`."""
        return DUE_SOON


def committee_reports(
    db: Database, committee: str, council: str | None, since: str | None, today: date
) -> list[CommitteeReport]:
    """A report on each committee with `committee` in its name, in the order of councils and names.

    `council` is an id or part of a name. `since` is the ISO date from which answers are told; None is the last meeting
    of the committee before `today`. Raises UsageError where no committee is meant, with the names that are nearest.
    """
    places = _places(db, committee, council)
    rows: dict[Place, list[Row]] = {place: [] for place in places}
    by_key = {_key(place.committee_id, place.council, place.committee): place for place in places}
    for row in queries.outstanding(db, council=council, committee=committee, closed=True):
        key = _key(row["committee_id"], row["council"], row["committee"])  # type: ignore[arg-type]
        if key not in by_key:  # added by hand, for a committee of which no minutes were read
            place = Place(row["council_id"], row["council"], row["committee_id"], str(row["committee"]))  # type: ignore[arg-type]
            by_key[key] = place
            rows[place] = []
        rows[by_key[key]].append(row)
    if not rows:
        raise UsageError(_not_found(db, committee, council))
    ordered = sorted(rows, key=lambda place: (place.council or "", place.committee, place.committee_id or ""))
    return [_report(db, place, rows[place], since, today) for place in ordered]


def _key(committee_id: str | None, council: str | None, committee: str | None) -> tuple[str | None, ...]:
    return (committee_id,) if committee_id else (council, committee)


def _places(db: Database, committee: str | None, council: str | None) -> list[Place]:
    return [Place(*row) for row in queries.committees(db, council=council, committee=committee)]


def _not_found(db: Database, committee: str, council: str | None) -> str:
    there = [place.committee for place in _places(db, None, council)]
    if not there:
        if council is not None:
            names = queries.council_names(db)
            near = _nearest(council, names) or "none"
            return f"there is no council {council!r} in the database; the nearest are: {near}"
        return "the database holds no minutes of a committee; read some with `minutesminer run` first"
    return f"there is no committee with {committee!r} in its name; the nearest are: {_nearest(committee, there)}"


def _nearest(typed: str, names: Sequence[str]) -> str:
    distinct = sorted(set(names))
    found = process.extract(
        typed, distinct, scorer=fuzz.WRatio, processor=str.casefold, limit=_NEAREST, score_cutoff=_LIKE
    )
    return "; ".join([name for name, *_ in found] or distinct[:_NEAREST])


def _report(db: Database, place: Place, rows: list[Row], since: str | None, today: date) -> CommitteeReport:
    meetings = _meetings(db, place.committee_id, today.isoformat())
    since = since or meetings.last
    answers = [read_answer(db, row) for row in rows if row["status"] in ("answered?", "done")]
    late: list[Answer] = []
    before: list[Answer] = []
    for answer in answers:
        (late if since is not None and (answer.date or "") >= since else before).append(answer)
    return CommitteeReport(
        place,
        today,
        meetings,
        since,
        _groups([row for row in rows if row["status"] in _RANK]),
        sorted(late, key=lambda answer: (answer.confirmed, answer.date or "", answer.row["id"]), reverse=True),
        [answer for answer in before if not answer.confirmed],
        [row for row in rows if row["status"] == "dropped" and (row["tracked_at"] or "") >= (since or "")],
        count_bars(rows),
    )


def _meetings(db: Database, committee_id: str | None, today: str) -> Meetings:
    read = db.execute(
        "SELECT DISTINCT meetings.date FROM meetings JOIN items ON items.meeting_id = meetings.id "
        "WHERE committee_id = ? AND date IS NOT NULL ORDER BY date",
        [committee_id],
    )
    last, following = db.execute(
        "SELECT max(CASE WHEN date < :today THEN date END), min(CASE WHEN date >= :today THEN date END) "
        "FROM calendar WHERE committee_key = :committee",
        {"today": today, "committee": committee_id},
    ).fetchone()
    return Meetings(tuple(row[0] for row in read), last, following)


def _groups(rows: list[Row]) -> list[Group]:
    named: dict[str, Group] = {}
    for row in sorted(rows, key=_urgency):
        who = person(row)
        named.setdefault(who.casefold(), Group(who, [])).rows.append(row)
    return list(named.values())  # in the order of the most urgent of each


def _urgency(row: Row) -> tuple[Any, ...]:
    due = iso_day(row["due_date"]) or date.max
    return (_RANK[row["status"]], due, row["date"] or "9999", row["id"])
