"""One agenda item with every record marked in its text.

In: the database's read connection and an item id. Out: the item's own facts and its text cut into
segments, each of which knows the records that cover it. Escaping is the template's: it prints text
and nothing here makes HTML.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter
from typing import Any
from urllib.parse import unquote

from datasette.utils import tilde_encode

from minutesminer.explore.figure_words import figure_in_words, number
from minutesminer.explore.pages import html, may_read, not_found, read
from minutesminer.explore.site import DATABASE
from minutesminer.store.place_sql import at_page

_ITEM = """
select i.id, i.number, i.title, i.text, i.position, i.document_id, i.meeting_id, coalesce(i.url, m.url) as url, i.page,
    c.id as council_id, c.name as council, k.id as committee_id, k.name as committee, m.date,
    d.source, d.media_type, d.superseded_by
from items i
join documents d on d.id = i.document_id
left join meetings m on m.id = i.meeting_id
left join committees k on k.id = m.committee_id
left join councils c on c.id = coalesce(k.council_id, d.council_id)
where i.id = ?
"""
_NEIGHBOUR = "select id from items where document_id = ? and position {} ? order by position {} limit 1"

_RECORDS = "select * from {} where item_id = ?"
_PAGES = "select page, start_char from item_pages where item_id = ? order by start_char"
CLASS_NAMES = {"metrics": "figure", "resolutions": "decision", "actions": "action", "follow_ups": "follow-up"}


@dataclass(slots=True, frozen=True)
class Mark:
    """One record of the item: `start` and `end` are half-open offsets into the item's text.

    `number` is its place among the item's records, from 1, in the order of the text; `page` is that of the printed
    document on which it begins.
    """

    id: str
    table: str
    start: int
    end: int
    says: str
    rule: str
    review: str | None
    measure_id: str | None = None
    number: int = 0
    page: int | None = None

    @property
    def class_name(self) -> str:
        """What the page calls a record of this table."""
        return CLASS_NAMES[self.table]

    @property
    def hint(self) -> str:
        """The words shown while the pointer rests on the mark."""
        return f"{self.class_name}: {self.says} (rule {self.rule})"


@dataclass(slots=True, frozen=True)
class Segment:
    """A run of text that the same records cover; `begins` are the ids of those that start with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[str, ...] = ()

    @property
    def css_classes(self) -> str:
        """The tables of the covering records, for the style sheet."""
        return " ".join(sorted({mark.table for mark in self.marks}))

    @property
    def hint(self) -> str:
        """Every covering record's hint, one a line."""
        return "\n".join(mark.hint for mark in self.marks)

    @property
    def leads_to(self) -> Mark | None:
        """The shortest of the records that start with it, to which it is a link; None where it only goes on."""
        return min((mark for mark in self.marks if mark.id in self.begins), key=lambda mark: mark.end, default=None)


@dataclass(slots=True)
class ItemPage:
    """What the template `item.html` shows. `facts` are the columns of the item's row and its meeting."""

    facts: dict[str, str | int | None]
    segments: list[Segment]
    marks: list[Mark] = field(default_factory=list)
    previous_id: str | None = None
    next_id: str | None = None

    def address(self, page: int | None) -> str | None:
        """The address of what the item was read from, at a page where it is a PDF."""
        facts = self.facts
        address = facts["url"] or facts["source"]
        return at_page(str(address), page, str(facts["media_type"]), str(facts["source"]))


def _metric_says(row: sqlite3.Row) -> str:
    base = "" if row["base"] is None else f" of {number(row['base'])}"
    measure = f", {row['measure']}" if row["measure"] else ""
    return f"{row['role']} {row['kind']}: {figure_in_words(row)}{base}{measure}"


def _resolution_says(row: sqlite3.Row) -> str:
    limb = f" (limb {row['number']})" if row["number"] else ""
    again = f", says {row['restates']} again" if row["restates"] else ""
    return f"{row['decision']}{limb}{again}{', lost' if row['outcome'] == 'lost' else ''}"


def _action_says(row: sqlite3.Row) -> str:
    task = f" to {row['task']}" if row["task"] else ""
    return f"{row['strength']}: {row['owner'] or 'nobody named'}{task}{_due(row)}"


def _follow_up_says(row: sqlite3.Row) -> str:
    request = f" for {row['request']}" if row["request"] else ""
    return f"{row['requester'] or 'nobody named'} asks{request}{_due(row)}"


def _due(row: sqlite3.Row) -> str:
    when = row["due"] or row["due_date"]
    return f", due {when}" if when else ""


# What a record says in a few words, by table.
_SAYS: dict[str, Callable[[sqlite3.Row], str]] = {
    "metrics": _metric_says,
    "resolutions": _resolution_says,
    "actions": _action_says,
    "follow_ups": _follow_up_says,
}


def cut(text: str, marks: list[Mark]) -> list[Segment]:
    """Cut `text` wherever a mark starts or ends. The segments' texts joined are `text` again.

    Marks may overlap or lie within each other. A mark that does not fit the text is left out.
    """
    fitting = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text)} | {mark.start for mark in fitting} | {mark.end for mark in fitting})
    starting: dict[int, list[tuple[int, Mark]]] = defaultdict(list)
    for place, mark in enumerate(fitting):
        starting[mark.start].append((place, mark))
    segments = []
    covering: list[tuple[int, Mark]] = []  # each with its place among the marks, whose order is kept
    for start, end in pairwise(edges):
        going_on = [(place, mark) for place, mark in covering if mark.end > start]
        covering = sorted([*going_on, *starting[start]], key=itemgetter(0))
        begins = tuple(mark.id for _, mark in starting[start])
        segments.append(Segment(text[start:end], tuple(mark for _, mark in covering), begins))
    return segments


def read_item(connection: sqlite3.Connection, item_id: str) -> ItemPage | None:
    """The page of the item `item_id`, or None where there is no such item."""
    found = connection.execute(_ITEM, [item_id]).fetchone()
    if found is None:
        return None
    facts = dict(found)
    pages = connection.execute(_PAGES, [item_id]).fetchall()
    marks = [
        Mark(
            *(row["id"], table, row["start_char"], row["end_char"], says(row), row["rule"], row["review"]),
            measure_id=row["measure_id"] if table == "metrics" else None,
            page=next((page for page, start in reversed(pages) if start <= row["start_char"]), None),
        )
        for table, says in _SAYS.items()
        for row in connection.execute(_RECORDS.format(table), [item_id])
    ]
    marks.sort(key=lambda mark: (mark.start, -mark.end, mark.id))
    marks = [replace(mark, number=number_) for number_, mark in enumerate(marks, start=1)]
    place = [facts["document_id"], facts["position"]]
    before = connection.execute(_NEIGHBOUR.format("<", "desc"), place).fetchone()
    after = connection.execute(_NEIGHBOUR.format(">", "asc"), place).fetchone()
    return ItemPage(facts, cut(facts["text"], marks), marks, before and before["id"], after and after["id"])


async def item_page(datasette: Any, request: Any) -> Any:
    """The page `/-/item/<id>`."""
    await may_read(datasette, request)
    item_id = unquote(request.url_vars["id"])
    page = await read(datasette, lambda connection: read_item(connection, item_id))
    if page is None:
        return await not_found(datasette, request, f"There is no agenda item {item_id}.")
    context = {
        "page": page,
        "item": page.facts,
        "row_address": lambda mark: datasette.urls.row(DATABASE, mark.table, tilde_encode(mark.id)),
    }
    return await html(datasette, request, "item.html", context)
