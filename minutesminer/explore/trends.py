"""The series of a measure: its figures over councils and years, each with where and when it was said.

`minutesminer trends`, the charts and the Python interface take their points from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from sqlite_utils import Database

from minutesminer.explore.figure_words import figure_words
from minutesminer.fetch.dates import days_meant
from minutesminer.store.queries import council_ids, fold_names

ROLES = ("actual", "target", "benchmark", "previous", "forecast", "change")
"""The roles of figures, the most telling first."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series: the columns of the view `trends`.

    `figure` is the value in words (`53%`, `under 6 weeks`), and `repeats` the figure that said the same before, if any:
    the same value of the same measure, council and period.
    """

    metric_id: str
    measure_id: str | None
    measure: str | None
    council_id: str | None
    council: str | None
    committee_id: str
    committee: str | None
    meeting_id: str
    date: str | None
    kind: str
    role: str
    value: float
    value_max: float | None
    unit: str | None
    comparator: str
    direction: str | None
    period: str | None
    period_start: str | None
    period_end: str | None
    period_label: str | None
    period_type: str | None
    wording: str | None
    sentence: str
    quote: str
    url: str | None
    page: int | None
    item_id: str
    figure: str = ""
    repeats: str | None = None

    @property
    def day(self) -> str | None:
        """The day that the figure stands for (ISO): the end of its period, or else the day of the meeting."""
        return self.period_end or self.date

    @property
    def place(self) -> tuple[int, str]:
        """Its place in the text of its item, by its id: `...m99-102` comes before `...m120-123`."""
        return len(self.metric_id), self.metric_id


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """What a council said last of a measure and a period; `statements` is how many figures say something of it."""

    measure_id: str | None
    measure: str | None
    period_label: str | None
    period_type: str | None
    council_id: str | None
    council: str | None
    value: float
    unit: str | None
    figure: str
    statements: int
    date: str | None
    committee: str | None
    sentence: str
    url: str | None
    page: int | None
    metric_id: str


_STORED = [field.name for field in fields(Point) if field.name not in ("figure", "repeats")]
_VALUE = slice(_STORED.index("value"), _STORED.index("comparator") + 1)
_RANK = {role: rank for rank, role in enumerate(ROLES)}


def trend(
    db: Database,
    measure_id: str | None = None,
    *,
    wordings: Sequence[str] = (),
    councils: str | None = None,
    committee: str | None = None,
    since: str | None = None,
    until: str | None = None,
    roles: Sequence[str] = (),
) -> list[Point]:
    """The figures of a catalogued measure, by council and in order of the days that they stand for.

    With `wordings`, those that minutes word so and that are of no catalogued measure. `councils` is an id, part of a
    name, or several of these with commas between them; `committee` is part of a name. Meetings are neither before
    `since` nor after `until`: a year, a month or a date, as people type them. Raises UsageError for a council that the
    database does not know and for what is no date.
    """
    conditions, values = ["measure_id = ?"], [measure_id or ""]
    if measure_id is None:
        # Through the index on the wording; the view would be gone through from its other end.
        conditions = [
            f"metric_id IN (SELECT id FROM metrics WHERE measure_id IS NULL AND measure IN ({_marks(wordings)}))"
        ]
        values = list(wordings)
    if councils is not None:
        ids = council_ids(db, councils)
        conditions.append(f"council_id IN ({_marks(ids)})")
        values += ids
    if since is not None:
        conditions.append("date >= ?")
        values.append(days_meant(since)[0])
    if until is not None:
        conditions.append("date <= ?")
        values.append(days_meant(until)[1])
    if roles:
        conditions.append(f"role IN ({_marks(roles)})")
        values += roles
    if committee is not None:
        fold_names(db)
        conditions.append("instr(folded(committee), folded(?))")
        values.append(committee)
    rows = db.execute(f"SELECT {', '.join(_STORED)} FROM trends WHERE {' AND '.join(conditions)}", values).fetchall()
    points = [Point(*(*row, figure_words(*row[_VALUE]))) for row in rows]
    return _marked(sorted(points, key=_by_council_in_time))


def by_period(points: Iterable[Point]) -> list[PeriodValue]:
    """What each council said last of each period, by period and council; of the actuals among the points.

    The same as the view `measure_by_period`, of some points.
    """
    stated: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        if point.role == "actual":
            key = (point.measure_id, point.period_label, point.period_type, point.council_id, point.unit)
            stated.setdefault(key, []).append(point)
    rows = []
    for those in stated.values():
        # The latest meeting; of several figures of one, the first told: what follows is mostly of parts.
        last = min(those, key=latest_meeting_first)
        own = {field.name: getattr(last, field.name) for field in fields(PeriodValue) if field.name != "statements"}
        rows.append(PeriodValue(**own, statements=len(those)))
    return sorted(rows, key=lambda row: (*_text(row.period_label, row.period_type, row.council), row.metric_id))


def latest_meeting_first(point: Point) -> tuple[object, ...]:
    """A key by which points of later meetings come first, undated ones last, and those of one as they are told."""
    return (*(-ord(letter) for letter in point.date or ""), 0), point.place


def distinct(points: Iterable[Point]) -> list[Point]:
    """The points without those that say again what another says."""
    return [point for point in points if point.repeats is None]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _marked(points: Sequence[Point]) -> list[Point]:
    """The points, those that say again what another says marked with it.

    `It was 53% last year` says again what was an actual then. Without a period only the same day says the same.
    """
    alike: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        alike.setdefault(_said(point), []).append(point)
    first = {
        point.metric_id: those[0].metric_id
        for those in (sorted(those, key=_first_said) for those in alike.values() if len(those) > 1)
        for point in those[1:]
    }
    return [replace(point, repeats=first[point.metric_id]) if point.metric_id in first else point for point in points]


def _said(point: Point) -> tuple[object, ...]:
    role = "actual" if point.role == "previous" and point.period_end is not None else point.role
    when = (point.period_start, point.period_end) if point.period_end is not None else (point.period, point.date)
    what = point.measure_id or (point.wording or "").casefold()
    return (what, point.council_id, role, point.value, point.value_max, point.unit, point.comparator, when)


def _by_council_in_time(point: Point) -> tuple[object, ...]:
    council, day = point.council, point.day
    return (
        *(council is None, council or "", point.council_id or "", day is None, day or "", point.date or ""),
        *(_RANK[point.role], point.place),
    )


def _first_said(point: Point) -> tuple[object, ...]:
    return (_RANK[point.role], point.date is None, point.date or "", point.place)


def _text(*values: str | None) -> tuple[tuple[bool, str], ...]:
    """A key of texts of which some may be missing; those come last."""
    return tuple((value is None, value or "") for value in values)
