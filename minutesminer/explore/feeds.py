"""Any list of the site as an Atom feed: an entry a row (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287).

datasette-atom makes feeds of queries that are written for it, with columns called `atom_id`, `atom_updated` and
`atom_title`; here every table, view and query is a feed as it stands, so that what a row is called is found out from
the columns that it has.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from datasette import Response

from minutesminer.explore.addresses import PAGES, RECORDS, item_address, page_address, row_page
from minutesminer.explore.dates import spoken_date
from minutesminer.explore.figure_words import figure_words
from minutesminer.explore.row_words import iso_day, printable, web_address
from minutesminer.explore.site import DATABASE, Asgi, Receive, Scope, Send

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
MOST = 200
"""Entries of one feed: programs that follow feeds look at the first ones, often."""

_ATOM = "http://www.w3.org/2005/Atom"
# A name that no one can register, with a year, as RFC 4151 has it: the ids are the same on every machine.
_AUTHORITY = "tag:minutesminer.invalid,2025:"
_UNCOUNTED = "_nofacet=1&_nocount=1"
_LAST_RUN = "select max(coalesce(finished, started)) from runs where id = (select max(id) from runs)"
_NEVER = "1970-01-01T00:00:00Z"
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)")
_IDS = ("record_id", "metric_id", "id", "item_id", "meeting_id", "document_id")
_DATES = ("date", "tracked_at", "fetched_at", "started", "last_meeting", "newest")
_TITLES = ("what", "says", "task", "request", "measure", "label", "quote", "title", "name", "snippet", "message")
_TEXTS = ("sentence", "snippet", "quote", "text", "message", "description")
_PLACES = ("council", "committee")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as a feed has it: `updated` is a moment of RFC 3339, `via` the council's own page."""

    id: str
    title: str
    updated: str
    text: str
    link: str
    via: str | None = None


def without_counting(app: Asgi) -> Asgi:
    """`app`, asked for feeds without the counts of rows and facets that only a page shows."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith(".atom"):
            query = b"&".join(filter(None, [scope["query_string"], _UNCOUNTED.encode()]))
            scope = {**scope, "query_string": query}
        await app(scope, receive, send)

    return answer


async def render_atom(
    datasette: Any,
    request: Any,
    columns: list[str],
    rows: list[Any],
    database: str,
    table: str | None,
    query_name: str | None,
    data: dict[str, Any],
) -> Any:
    """The rows of a page as a feed: what Datasette calls for addresses that end in `.atom`."""
    query = request.query_string.removesuffix(_UNCOUNTED).rstrip("&")
    asked = f"?{query}" if query else ""
    here = datasette.absolute_url(request, request.path.removesuffix(".atom") + asked)
    undated = await _last_run(datasette, database)
    entries = _distinct(
        _entry(datasette, request, table, {name: row[name] for name in columns}, here, undated) for row in rows[:MOST]
    )
    path = request.path.removesuffix(".atom").removeprefix(datasette.setting("base_url").rstrip("/"))
    about = await _title(datasette, request, database, table, query_name)
    narrowed = (data.get("human_description_en") or "").partition("sorted by")[0]
    feed = atom(
        entries,
        id_=_AUTHORITY + quote(path.lstrip("/") + asked),
        title=f"{about} {narrowed}".strip(),
        here=datasette.absolute_url(request, request.path + asked),
        page=here,
        undated=undated,
    )
    return Response(feed, content_type=MEDIA_TYPE)


def atom(entries: Iterable[Entry], *, id_: str, title: str, here: str, page: str, undated: str) -> bytes:
    """The feed of `entries`; `here` is its own address, `page` that of the page it is made of.

    `undated` is the moment of a feed without entries.
    """
    entries = list(entries)
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _add(root, "id", id_)
    _add(root, "title", title)
    _add(root, "updated", max((entry.updated for entry in entries), default=undated))
    _add(ElementTree.SubElement(root, "author"), "name", "minutesminer")
    _add(root, "generator", "minutesminer")
    _add(root, "link", None, rel="self", type="application/atom+xml", href=here)
    _add(root, "link", None, rel="alternate", type="text/html", href=page)
    for entry in entries:
        element = ElementTree.SubElement(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.updated)
        _add(element, "link", None, rel="alternate", type="text/html", href=entry.link)
        if entry.via is not None:
            _add(element, "link", None, rel="via", href=entry.via)
        _add(element, "content", entry.text, type="text")
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ElementTree.Element, name: str, text: str | None, **attributes: str) -> None:
    given = {key: printable(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, given)
    element.text = None if text is None else printable(text)


def _entry(datasette: Any, request: Any, table: str | None, row: Mapping[str, Any], page: str, undated: str) -> Entry:
    """A row as an entry: its columns go by their names; where none is known, all cells stand in the text."""
    labels = {name: _label(value) for name, value in row.items()}
    values = {name: _plain(value) for name, value in row.items()}
    id_ = next(((name, str(values[name])) for name in _IDS if values.get(name)), None)
    address = (id_ and _address(datasette, table, *id_)) or _place(datasette, values)
    content = json.dumps(values, ensure_ascii=False, sort_keys=True, default=repr)
    name = f"{_kind(table, id_[0])}/{id_[1]}" if id_ else f"row/{_digest(content)}"
    return Entry(
        _AUTHORITY + quote(name),
        _headline(labels, values),
        next((moment for name in _DATES if (moment := _moment(values.get(name)))), undated),
        _text(labels),
        datasette.absolute_url(request, address) if address else page,
        web_address(_string(values.get("url"))) or web_address(_string(values.get("website"))),
    )


def _distinct(entries: Iterable[Entry]) -> Iterable[Entry]:
    """The entries with different ids: one whose id was there before has what it says in its id, and how often."""
    seen: Counter[str] = Counter()
    for entry in entries:
        id_ = entry.id
        if seen[id_]:
            id_ = f"{id_}/{_digest(entry.title + entry.text)}"
            seen[id_] += 1
            id_ = id_ if seen[id_] == 1 else f"{id_}/{seen[id_]}"
        seen[entry.id] += 1
        yield replace(entry, id=id_)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _kind(table: str | None, column: str) -> str:
    """What the id in a column is of: a record has the same id in the feed of every table, view and query."""
    if column == "id":
        name = (table or "outstanding").removesuffix("_view")
        return "record" if name in RECORDS else name.removesuffix("s")
    return "record" if column in ("record_id", "metric_id") else column.removesuffix("_id")


def _address(datasette: Any, table: str | None, column: str, id_: str) -> str | None:
    if column == "id":
        return row_page(datasette, table, id_)
    if column == "item_id":
        return item_address(datasette, id_)
    return page_address(datasette, PAGES[column], id_) if column in PAGES else row_page(datasette, "outstanding", id_)


def _place(datasette: Any, values: Mapping[str, Any]) -> str | None:
    """The page of the item, or else of the meeting, committee, council or measure that a row tells of."""
    if values.get("item_id"):
        return item_address(datasette, str(values["item_id"]))
    columns = ("meeting_id", "committee_id", "council_id", "measure_id")
    return next((page_address(datasette, PAGES[name], str(values[name])) for name in columns if values.get(name)), None)


def _headline(labels: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """What the row is about, its figure where it has one, and whose it is."""
    about = next((labels[name] for name in _TITLES if labels.get(name)), "")
    value, unit = values.get("value"), _string(values.get("unit"))
    if isinstance(value, float):
        about = figure_words(value, unit=unit) + (f": {about}" if about else "")
    if not about and labels.get("date"):
        about = str(spoken_date(labels["date"]))
    if not about:
        about = "; ".join(text for text in labels.values() if text) or "Row"
    about = " ".join(about.replace("⟦", "").replace("⟧", "").split())
    about = about if len(about) <= _LONGEST_TITLE else f"{about[:_LONGEST_TITLE].rstrip()} …"
    place = ", ".join(labels[name] for name in _PLACES if labels.get(name))
    return f"{about} ({place})" if place else about


def _text(labels: Mapping[str, str]) -> str:
    said = next((labels[name] for name in _TEXTS if labels.get(name)), None)
    if said is not None:
        page = f" (page {labels['page']})" if labels.get("page") else ""
        return said.replace("⟦", "").replace("⟧", "") + page
    return "\n".join(f"{name.replace('_', ' ')}: {text}" for name, text in labels.items() if text)


def _moment(value: Any) -> str | None:
    """A date, or a moment, as RFC 3339 has it; None for anything else."""
    text = _string(value) or ""
    found = _MOMENT.fullmatch(text)
    if found:
        return f"{found[1]}{found[2].replace('+00:00', 'Z')}"
    return f"{text}T00:00:00Z" if len(text) == 10 and iso_day(text) else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _plain(value: Any) -> Any:
    """A cell without the label that Datasette may have given it."""
    return value["value"] if isinstance(value, Mapping) else value


def _label(value: Any) -> str:
    value = value["label"] if isinstance(value, Mapping) else value
    if value is None or isinstance(value, bytes):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


async def _last_run(datasette: Any, database: str) -> str:
    """When the database was last written, for what has no date of its own."""
    if database != DATABASE:
        return _NEVER
    found = (await datasette.get_database(database).execute(_LAST_RUN)).first()
    return (found and _moment(found[0])) or _NEVER


async def _title(datasette: Any, request: Any, database: str, table: str | None, query: str | None) -> str:
    if query is not None:
        known = await datasette.get_canned_query(database, query, request.actor)
        return str((known or {}).get("title") or query)
    if table is not None:
        return str(datasette.table_metadata(database, table).get("title") or table)
    return "SQL of one's own"
