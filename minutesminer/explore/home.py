"""What the home page shows: how much there is, and the newest meetings, without going through all of anything large."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from minutesminer.explore.pages import html, may_read, read
from minutesminer.explore.places import Row, rows_of
from minutesminer.store.overlay import CLOSED

_NEWEST = 8
_MOST = 1000  # what is outstanding is counted so far: each row of that view costs a look at later items


_COUNTS = f"""
select (select count(*) from councils) as councils,
    (select count(*) from committees) as committees,
    (select count(*) from (select 1 from outstanding where status not in {CLOSED} limit {_MOST + 1})) as outstanding,
    exists (select 1 from listed_meetings) as listed,
    exists (select 1 from issues) as issues
"""
_LINKED = """
select total(documents) - total(not_read) as documents, total(figures) as metrics, total(decisions) as resolutions,
    total(actions) as actions, total(follow_ups) as follow_ups
from council_counts having count(*) > 0
"""
# Of a database that no run of this version has linked.
_RECORDS = ("metrics", "resolutions", "actions", "follow_ups")
_NOT_LINKED = f"""
select (select count(*) from documents where outcome = 'ok' and superseded_by is null) as documents,
    {", ".join(f"(select count(*) from {table}_view) as {table}" for table in _RECORDS)}
"""
_MEETINGS = """
select m.id, m.date, k.id as committee_id, k.name as committee, c.id as council_id, c.name as council
from (
  select * from meetings where date <= date('now') and exists (select 1 from items where meeting_id = meetings.id)
  order by date desc, id limit ?
) m join committees k on k.id = m.committee_id left join councils c on c.id = k.council_id
order by m.date desc, m.id
"""
_THEMES = """
select theme, sum(figures) as figures from figure_counts where council_id = '' and theme <> ''
group by theme order by figures desc, theme
"""


@dataclass(slots=True)
class Home:
    """What the template `index.html` shows."""

    counts: Row
    meetings: list[Row]
    themes: list[Row]

    @property
    def outstanding(self) -> str:
        """How much is outstanding, in words."""
        number: int = self.counts["outstanding"]
        return f"more than {_MOST:,}" if number > _MOST else f"{number:,}"


def read_home(connection: sqlite3.Connection) -> Home:
    """The home page's totals, newest meetings, and themes of figures."""
    linked = rows_of(connection, _LINKED) or rows_of(connection, _NOT_LINKED)
    counts = {**rows_of(connection, _COUNTS)[0], **{name: int(number) for name, number in linked[0].items()}}
    return Home(counts, rows_of(connection, _MEETINGS, [_NEWEST]), rows_of(connection, _THEMES))


async def home_page(datasette: Any, request: Any) -> Any:
    """The page `/`, in place of Datasette's, which counts every table first."""
    await may_read(datasette, request)
    return await html(datasette, request, "index.html", {"home": await read(datasette, read_home)})
