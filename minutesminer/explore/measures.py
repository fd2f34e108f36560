"""What the pages of measures show: the catalogue, one measure council beside council, and its series by council.

However many figures there are, a page takes a bounded number of looks at the indexes of `series`: councils are found by
skipping from one to the next, and of each council's figures the newest are read.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from minutesminer.explore.places import Listed, Row, one_page, rows_of

COUNCILS = 24
"""Councils of one page, compared and drawn."""

NEWEST, NEWEST_OF_ONE = 16, 200
"""The newest figures of each council's series: on a page of several, and where one council is asked for."""

YEARS = 6
"""The newest years of the comparison."""

_CATALOGUE_PAGE = 100
_MANY = 1000

_MEASURE = "select * from measures where id = ?"
# Only so many figures of each measure are counted: enough to tell much from little.
_CATALOGUE = f"""
select p.id, p.label, p.theme, p.unit, p.polarity,
  (select count(*) from (select 1 from series where measure_id = p.id limit {_MANY + 1})) as figures,
  (select max(date) from series where measure_id = p.id) as newest
from measures p
where (:theme = '' or p.theme = :theme)
  and (:words = '' or instr(lower(p.label || ' ; ' || coalesce(p.names, '')), lower(:words)))
  and (:all or exists (select 1 from series where measure_id = p.id))
order by p.theme, p.label, p.id limit :limit offset :offset
"""
_THEMES = "select distinct theme from measures where theme is not null order by theme"
_COUNCILS_OF = """
with recursive found(id) as (
  select min(council_id) from series where measure_id = :measure
  union all
  select (select min(council_id) from series where measure_id = :measure and council_id > found.id)
  from found where found.id is not null
)
select councils.id, councils.name from found join councils on councils.id = found.id
order by councils.name, councils.id limit 1000
"""
_SERIES = """
select * from (
  select s.metric_id, s.date, s.value, s.value_max, s.comparator, s.unit, s.role, s.kind, s.period, s.period_start,
    s.period_end, s.committee_id, s.meeting_id, s.direction, m.sentence, k.name as committee
  from series s join metrics m on m.id = s.metric_id join committees k on k.id = s.committee_id
  where s.measure_id = :measure and s.council_id is :council
  order by s.date desc limit :newest
) order by coalesce(period_end, date), date, metric_id
"""
# Of each council and year the actual that was stated last, each found by one look at the index.
_COMPARED = """
select s.metric_id, s.value, s.value_max, s.comparator, s.unit, s.date, s.period
from series s
where s.measure_id = :measure and s.council_id = :council and s.date >= :first and s.date < :after and s.role = 'actual'
order by s.date desc limit 1
"""
_LATEST = """
select s.metric_id, s.value, s.value_max, s.comparator, s.unit, s.date, s.period from series s
where s.measure_id = :measure and s.council_id = :council and s.role = :role order by s.date desc limit 1
"""
_NEWEST_YEAR = "select substr(max(date), 1, 4) from series where measure_id = ?"


@dataclass(slots=True)
class Compared:
    """One council of the comparison: its latest actual and target, and the actual stated last in each year."""

    council: Row
    latest: Row | None
    target: Row | None
    by_year: list[Row | None]


@dataclass(slots=True)
class Series:
    """The figures of a measure that one council states, oldest first; the council is none where none is known."""

    council: Row | None
    rows: list[Row]


@dataclass(slots=True)
class MeasurePage:
    """What the template `measure.html` shows: `councils` are all that state the measure, `asked` the one asked for."""

    measure: Row
    councils: list[Row]
    years: list[int] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    asked: str = ""
    page: int = 1
    more: bool = False

    @property
    def names(self) -> list[str]:
        """The wordings by which the measure is known, but for its label."""
        all_ = [name.strip() for name in (self.measure["names"] or "").split(";")]
        return [name for name in all_ if name and name.casefold() != self.measure["label"].casefold()]


def read_catalogue(
    connection: sqlite3.Connection, theme: str = "", words: str = "", every: bool = False, page: int = 1
) -> Listed:
    """Measures by theme and label; those that no figure is of only where `every` one is asked for."""
    asked = {"theme": theme, "words": words, "all": every}
    return one_page(connection, _CATALOGUE, asked, page, _CATALOGUE_PAGE)


def read_themes(connection: sqlite3.Connection) -> list[str]:
    """The themes of the catalogue."""
    return [row["theme"] for row in rows_of(connection, _THEMES)]


def read_measure(
    connection: sqlite3.Connection, measure_id: str, council_id: str = "", page: int = 1
) -> MeasurePage | None:
    """The page of a measure, of one council or of as many as a page holds; None where there is no such measure."""
    found = rows_of(connection, _MEASURE, [measure_id])
    if not found:
        return None
    councils = rows_of(connection, _COUNCILS_OF, {"measure": measure_id})
    start = (page - 1) * COUNCILS
    chosen = [row for row in councils if row["id"] == council_id] if council_id else councils[start : start + COUNCILS]
    more = not council_id and len(councils) > start + COUNCILS
    shown = MeasurePage(found[0], councils, asked=council_id, page=page, more=more)
    newest = connection.execute(_NEWEST_YEAR, [measure_id]).fetchone()[0]
    if newest and newest.isdigit():
        shown.years = list(range(int(newest) - YEARS + 1, int(newest) + 1))
    shown.compared = [_compare(connection, measure_id, council, shown.years) for council in chosen]
    while shown.years and not any(row.by_year[0] for row in shown.compared):
        del shown.years[0]
        for row in shown.compared:
            del row.by_year[0]
    most = NEWEST_OF_ONE if council_id else NEWEST
    shown.series = [Series(council, _series(connection, measure_id, council["id"], most)) for council in chosen]
    if not council_id and not more and (without := _series(connection, measure_id, None, most)):
        shown.series.append(Series(None, without))
    return shown


def _compare(connection: sqlite3.Connection, measure_id: str, council: Row, years: list[int]) -> Compared:
    place = {"measure": measure_id, "council": council["id"]}

    def first(sql: str, **values: Any) -> Row | None:
        found = rows_of(connection, sql, {**place, **values})
        return found[0] if found else None

    return Compared(
        council,
        first(_LATEST, role="actual"),
        first(_LATEST, role="target"),
        [first(_COMPARED, first=f"{year:04d}", after=f"{year + 1:04d}") for year in years],
    )


def _series(connection: sqlite3.Connection, measure_id: str, council_id: str | None, most: int) -> list[Row]:
    return rows_of(connection, _SERIES, {"measure": measure_id, "council": council_id, "newest": most})
