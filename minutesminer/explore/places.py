"""What the pages of a council, a committee and a meeting show, read from the database.

Every question here is bounded: by the page of a list, by the meetings of one committee, or by an index and a limit.
Nothing goes through all figures, however many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minutesminer.store.overlay import CLOSED
from minutesminer.store.tables import RECORD_TABLES

Row = dict[str, Any]

PAGE = 50
"""Rows of one page of a list."""

SHOWN = 10
"""Rows of what a page only begins to list."""

RECENT = 12
"""The newest meetings over which attendance is counted."""

_COUNCIL = "select id, name, gss_code, nation, type, website from councils where id = ?"
_COMMITTEE = """
select k.id, k.name, k.kind, k.council_id, c.name as council
from committees k left join councils c on c.id = k.council_id where k.id = ?
"""
_MEETING = """
select m.id, m.date, m.time, m.venue, m.status, m.url, m.committee_id, k.name as committee, k.council_id,
    c.name as council
from meetings m join committees k on k.id = m.committee_id left join councils c on c.id = k.council_id
where m.id = ?
"""
_COUNCILS = """
select c.id, c.name, c.nation, c.type,
    (select count(*) from committees k where k.council_id = c.id) as committees,
    (select count(*) from committees k join meetings m on m.committee_id = k.id where k.council_id = c.id) as meetings,
    (select max(m.date) from committees k join meetings m on m.committee_id = k.id where k.council_id = c.id) as newest,
    (select sum(figures) from figure_counts f where f.council_id = c.id) as figures
from councils c
where instr(lower(c.name), lower(:name))
order by c.name limit :limit offset :offset
"""
_COMMITTEES = """
select k.id, k.name, k.kind,
    (select count(*) from meetings m where m.committee_id = k.id) as meetings,
    (select max(m.date) from meetings m where m.committee_id = k.id) as newest
from committees k where k.council_id is :council
order by k.name is null, k.name, k.id limit :limit offset :offset
"""
_YEARS = """
select substr(m.date, 1, 4) as year, count(*) as meetings, count(distinct m.committee_id) as committees
from committees k join meetings m on m.committee_id = k.id
where k.council_id = ? and m.date is not null
group by 1 order by 1 desc
"""
# One look at an index for each measure of the catalogue, however many figures there are.
_LATEST = """
select p.id, p.label, p.theme, s.value, s.value_max, s.comparator, s.unit, s.date, s.period, s.metric_id
from measures p join series s on s.metric_id = (
  select metric_id from series
  where measure_id = p.id and council_id = :council and role = 'actual'
  order by date desc limit 1
)
order by p.theme, p.label
"""
_COUNTS_BY_KIND = """
select kind, sum(figures) as figures from figure_counts where council_id = ? group by kind order by figures desc, kind
"""
_COVERAGE = """
select outcome, count(*) as documents from documents
where council_id = ? and superseded_by is null group by outcome order by outcome = 'ok' desc, documents desc
"""
_LISTED = """
select committee, sum(outcome is not 'scheduled') as listed, sum(outcome = 'ok') as with_minutes,
    sum(outcome in ('not_published', 'no_minutes', 'empty')) as not_published,
    sum(outcome = 'cancelled') as cancelled, sum(outcome = 'scheduled') as scheduled
from listed_meetings where council_id = ? group by committee order by committee is null, committee limit 50
"""
_CURRENT = "join documents d on d.id = r.document_id and +d.superseded_by is null"
_RECORDS_OF_MEETING = ",\n    ".join(
    f"(select count(*) from {table} r {_CURRENT} where r.meeting_id = m.id) as {table}"
    for table in ("items", *RECORD_TABLES)
)
_MEETINGS = f"""
select m.id, m.date, m.time, m.status, m.url,
    {_RECORDS_OF_MEETING}
from meetings m where m.committee_id = :committee
order by m.date is null, m.date desc, m.id limit :limit offset :offset
"""
_ATTENDANCE = f"""
select a.name, group_concat(distinct a.role) as roles,
    sum(a.status = 'present') as present, sum(a.status = 'apologies') as apologies, sum(a.status = 'absent') as absent,
    sum(a.status not in ('present', 'apologies', 'absent')) as otherwise
from (select id from meetings where committee_id = ? and date is not null order by date desc limit {RECENT}) m
join attendance a on a.meeting_id = m.id
group by a.name order by present desc, apologies desc, a.name limit 60
"""
_DECISIONS = f"""
select r.id, r.decision, r.number, r.quote, r.outcome, m.date
from meetings m join resolutions r on r.meeting_id = m.id {_CURRENT}
where m.committee_id = ? and r.restates is null
order by m.date desc, r.item_id, r.start_char limit {SHOWN}
"""
_VERBS = f"""
select r.decision, count(*) as decisions
from meetings m join resolutions r on r.meeting_id = m.id {_CURRENT}
where m.committee_id = ? and r.restates is null
group by r.decision order by decisions desc, r.decision
"""
_FIGURES = f"""
select s.metric_id as id, s.date, s.value, s.value_max, s.comparator, s.unit, s.role, s.measure_id, r.quote, r.measure,
    p.label
from series s join metrics r on r.id = s.metric_id left join measures p on p.id = s.measure_id
where s.committee_id = ? order by s.date desc, s.metric_id limit {SHOWN}
"""
_OUTSTANDING = """
select id, class, what, sentence, quote, who, due, due_date, status, date, committee, council, item_id
from outstanding where {} = ? and status not in {} order by
  case status when 'overdue' then 0 when 'due' then 1 when 'open' then 2 else 3 end, due_date is null, due_date,
  date, id
"""
_ITEMS = """
select i.id, i.number, i.title, i.url, i.procedural, i.document_id,
    (select count(*) from metrics r where r.item_id = i.id) as metrics,
    (select count(*) from resolutions r where r.item_id = i.id) as resolutions,
    (select count(*) from actions r where r.item_id = i.id) as actions,
    (select count(*) from follow_ups r where r.item_id = i.id) as follow_ups
from items i join documents d on d.id = i.document_id and +d.superseded_by is null
where i.meeting_id = :meeting
order by i.document_id, i.position limit :limit offset :offset
"""
_PRESENT = "select name, role, status from attendance where meeting_id = ? order by rowid limit 300"
_DOCUMENTS = """
select d.id, d.source, d.media_type, d.superseded_by
from (select distinct document_id from items where meeting_id = ?) used
cross join documents d on d.id = used.document_id
order by d.superseded_by is not null, d.source limit 50
"""
_LINKS = """
select l.title, l.url, i.id as item_id, i.title as item
from items i join documents d on d.id = i.document_id and +d.superseded_by is null join links l on l.item_id = i.id
where i.meeting_id = ? order by i.position, l.id limit 200
"""
_BESIDE = """
select id, date from meetings where committee_id = :committee and date {} :date order by date {} limit 1
"""


@dataclass(slots=True)
class Listed:
    """One page of a list; `more` is true where another comes after it."""

    rows: list[Row]
    page: int = 1
    more: bool = False


@dataclass(slots=True)
class CouncilPage:
    """What the template `council.html` shows; `outstanding` holds a row more than are shown, where there are more."""

    council: Row
    committees: Listed
    years: list[Row]
    latest: list[Row]
    kinds: list[Row]
    documents: list[Row]
    listed: list[Row]
    outstanding: list[Row] = field(default_factory=list)

    @property
    def figures(self) -> int:
        """How many figures there are of the council."""
        return sum(row["figures"] for row in self.kinds)


@dataclass(slots=True)
class CommitteePage:
    """What the template `committee.html` shows."""

    committee: Row
    meetings: Listed
    attendance: list[Row]
    decisions: list[Row]
    verbs: list[Row]
    figures: list[Row]
    outstanding: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class MeetingPage:
    """What the template `meeting.html` shows; `before` and `after` are the committee's meetings on either side."""

    meeting: Row
    items: Listed
    attendance: dict[str, list[Row]]
    documents: list[Row]
    links: list[Row]
    before: Row | None
    after: Row | None


def rows_of(connection: sqlite3.Connection, sql: str, values: Sequence[Any] | Row = ()) -> list[Row]:
    """The rows of a query as dictionaries."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one_page(connection: sqlite3.Connection, sql: str, values: Row, page: int, size: int = PAGE) -> Listed:
    """The page `page`, from 1, of a query with `:limit` and `:offset`."""
    rows = rows_of(connection, sql, {**values, "limit": size + 1, "offset": (page - 1) * size})
    return Listed(rows[:size], page, len(rows) > size)


def read_councils(connection: sqlite3.Connection, name: str = "", page: int = 1) -> Listed:
    """Councils whose name has `name` in it, by name."""
    return one_page(connection, _COUNCILS, {"name": name}, page)


def read_homeless(connection: sqlite3.Connection) -> Listed:
    """Committees whose council is not known."""
    return one_page(connection, _COMMITTEES, {"council": None}, 1)


def read_council(connection: sqlite3.Connection, council_id: str, page: int = 1) -> CouncilPage | None:
    """The page of a council, with a page of its committees; None where there is no such council."""
    found = rows_of(connection, _COUNCIL, [council_id])
    if not found:
        return None
    return CouncilPage(
        found[0],
        one_page(connection, _COMMITTEES, {"council": council_id}, page),
        rows_of(connection, _YEARS, [council_id]),
        rows_of(connection, _LATEST, {"council": council_id}),
        rows_of(connection, _COUNTS_BY_KIND, [council_id]),
        rows_of(connection, _COVERAGE, [council_id]),
        rows_of(connection, _LISTED, [council_id]),
        read_outstanding(connection, "council_id", council_id),
    )


def read_committee(connection: sqlite3.Connection, committee_id: str, page: int = 1) -> CommitteePage | None:
    """The page of a committee, with a page of its meetings; None where there is no such committee."""
    found = rows_of(connection, _COMMITTEE, [committee_id])
    if not found:
        return None
    return CommitteePage(
        found[0],
        one_page(connection, _MEETINGS, {"committee": committee_id}, page, 25),
        rows_of(connection, _ATTENDANCE, [committee_id]),
        rows_of(connection, _DECISIONS, [committee_id]),
        rows_of(connection, _VERBS, [committee_id]),
        rows_of(connection, _FIGURES, [committee_id]),
        read_outstanding(connection, "committee_id", committee_id),
    )


def read_meeting(connection: sqlite3.Connection, meeting_id: str, page: int = 1) -> MeetingPage | None:
    """The page of a meeting, with a page of its agenda items; None where there is no such meeting."""
    found = rows_of(connection, _MEETING, [meeting_id])
    if not found:
        return None
    attendance: dict[str, list[Row]] = {}
    for person in rows_of(connection, _PRESENT, [meeting_id]):
        attendance.setdefault(person["status"], []).append(person)
    place = {"committee": found[0]["committee_id"], "date": found[0]["date"]}
    before = rows_of(connection, _BESIDE.format("<", "desc"), place)
    after = rows_of(connection, _BESIDE.format(">", "asc"), place)
    return MeetingPage(
        found[0],
        one_page(connection, _ITEMS, {"meeting": meeting_id}, page, 100),
        attendance,
        rows_of(connection, _DOCUMENTS, [meeting_id]),
        rows_of(connection, _LINKS, [meeting_id]),
        before[0] if before else None,
        after[0] if after else None,
    )


def read_outstanding(connection: sqlite3.Connection, column: str, id_: str) -> list[Row]:
    """What is outstanding of a council or committee, what is late first: as many as are shown, and one."""
    return rows_of(connection, f"{_OUTSTANDING.format(column, CLOSED)} limit {SHOWN + 1}", [id_])
