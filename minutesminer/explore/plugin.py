"""The Datasette hooks of the site: descriptions, links in cells, the item page, and what is forbidden.

`db/plugins/` holds the file by which Datasette finds these functions, whether it is started by
`minutesminer serve` or as `datasette db/`. Hook names and arguments are Datasette's:
https://docs.datasette.io/en/stable/plugin_hooks.html
"""

from __future__ import annotations

import logging
import re
import sqlite3
from base64 import b64encode
from collections.abc import Awaitable, Callable
from copy import deepcopy
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlsplit

from datasette import Response, hookimpl
from datasette.utils import tilde_encode
from markupsafe import Markup

from minutesminer.errors import MinutesMinerError
from minutesminer.explore import dashboards
from minutesminer.explore.dates import spoken_date, spoken_quarter
from minutesminer.explore.guard import guarded
from minutesminer.explore.item_page import number, read_item
from minutesminer.explore.sign_in import sign_in_page, sign_out_page
from minutesminer.explore.site import DATABASE, Asgi, Receive, Scope, Send
from minutesminer.explore.track_pages import add_page, outstanding_page, record_page, track_address
from minutesminer.store import schema
from minutesminer.store.overlay import CLOSED, attach_tracker
from minutesminer.store.tracker import HAND
from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

_Function = TypeVar("_Function", bound=Callable[..., Any])
_hook: Callable[[_Function], _Function] = hookimpl

_RECORD_VIEWS = frozenset({"metrics_view", "resolutions_view", "actions_view", "follow_ups_view", "outstanding"})
_NUMBERS = frozenset({"value", "value_max", "base", "actual", "target", "gap", "score"})
# The one script that stands in a page of Datasette's (table.html); the policy names it by its hash.
_INLINE_SCRIPT = b"DATASETTE_ALLOW_FACET = true;"
_INLINE_HASH = b64encode(sha256(_INLINE_SCRIPT).digest()).decode()
# The pages need nothing from anywhere else, and text from minutes is never code: the browser is told so.
_POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' 'sha256-{_INLINE_HASH}'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = [
    (b"content-security-policy", "; ".join(f"{name} {value}" for name, value in _POLICY.items()).encode()),
    # Without an address at all, a browser would not say of its forms that they come from here.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
]

_COUNTS = f"""
select (select count(*) from councils) as councils,
    (select count(*) from committees) as committees,
    (select count(*) from documents where outcome = 'ok' and superseded_by is null) as documents,
    (select count(*) from metrics_view) as metrics,
    (select count(*) from resolutions_view) as resolutions,
    (select count(*) from actions_view) as actions,
    (select count(*) from follow_ups_view) as follow_ups,
    (select count(*) from outstanding where status not in {CLOSED}) as outstanding,
    (select count(*) from listed_meetings) as listed,
    (select max(date) from meetings) as newest
"""
_LOG = logging.getLogger("minutesminer.explore")
_TRACKED = re.compile(rf"{HAND}\d+|[^.]+\.\d+\.[af]\d.*")


@_hook
def get_metadata() -> dict[str, Any]:
    """Descriptions of tables and columns, from the dictionary that makes the schema."""
    # A copy, because Datasette merges metadata.yml into what it is given.
    return {"databases": {DATABASE: {"tables": deepcopy(_descriptions())}}}


@cache
def _descriptions() -> dict[str, dict[str, Any]]:
    units = schema.metadata_units()
    described = schema.metadata_tables()
    tables: dict[str, dict[str, Any]] = {}
    for table, columns in schema.metadata_columns().items():
        own_units = units.get(table.removesuffix("_view"), {})
        said = {
            column: f"{words} In {own_units[column]}." if column in own_units else words
            for column, words in columns.items()
        }
        tables[table] = {"description": described[table], "columns": said}
    return tables


@_hook
def startup(datasette: Any) -> None:
    """Make the tracker where there is none yet: connections that are open would not see one that is made later."""
    if DATABASE not in datasette.databases:
        return
    path = tracker_path(datasette.get_database(DATABASE).path)
    if not exists(path):
        try:
            with open_tracker(path, write=True):
                pass
        except MinutesMinerError as error:
            _LOG.warning("nothing can be written through this site: %s", error)


@_hook
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Show what officers said, and forbid writing on every connection to the minutes, even to code that asks for it."""
    if database == DATABASE:
        attach_tracker(conn)
    if database in (DATABASE, "tracker"):
        conn.execute("pragma query_only = 1")


@_hook
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | str | None:
    """Links from records to the place in the text, web addresses as links, numbers in figures.

    None leaves the cell to Datasette, which escapes it. Nothing but http and https becomes a link.
    """
    if database != DATABASE or value is None:
        return None
    label = value["label"] if isinstance(value, dict) else value
    plain = value["value"] if isinstance(value, dict) else value
    if column == "item_id":
        # A query has no label for it, as a table has by its foreign key.
        return _link(datasette, str(plain), None, str(label) if table else "read the item")
    if column == "evidence_item_id":
        return _link(datasette, str(plain), None, "read the later item")
    if column == "record_id" or (column == "id" and table in _RECORD_VIEWS):
        return _record_links(datasette, str(plain))
    if column in ("url", "website"):
        return _outside_link(str(plain))
    if column == "quarter":
        quarter = spoken_quarter(str(plain))
        return None if quarter is None else Markup.escape(quarter)
    if column == "snippet":
        return _highlighted(str(plain))
    if column in _NUMBERS and isinstance(plain, (int, float)):
        return number(plain)
    return None


def _record_links(datasette: Any, record_id: str) -> Markup | None:
    """To the record's place in the text, and of an action or follow-up to what became of it."""
    links = []
    if not record_id.startswith(HAND):
        document, position, *place = record_id.split(".", 2)  # <document>.<position>.<class and place>
        if not place:
            return None
        links.append(_link(datasette, f"{document}.{position}", record_id, "read it in place"))
    if _TRACKED.fullmatch(record_id):
        links.append(Markup('<a href="{}">track it</a>').format(track_address(datasette, record_id)))
    return Markup(" · ").join(links)


def _link(datasette: Any, item_id: str, record_id: str | None, words: str) -> Markup:
    address = item_address(datasette, item_id) + (f"#{quote(record_id)}" if record_id else "")
    return Markup('<a href="{}">{}</a>').format(address, words)


def item_address(datasette: Any, item_id: str) -> str:
    """The path of the item's page."""
    return str(datasette.urls.path(f"/-/item/{quote(item_id, safe='')}"))


def _outside_link(address: str) -> Markup | None:
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[" and the like: shown as text
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in address):
        return None
    link = Markup('<a href="{}" rel="noopener noreferrer" title="{}">{}</a>')
    return link.format(address, address, parts.netloc)


def _highlighted(snippet: str) -> Markup:
    """`snippet` escaped, with what stands between the search's own brackets in bold."""
    return Markup(str(Markup.escape(snippet)).replace("⟦", "<b>").replace("⟧", "</b>"))


@_hook
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """The page of one agenda item, and those that officers work with."""
    return [
        (r"^/-/item/(?P<item_id>[^/]+)$", _item_page),
        (r"^/-/outstanding$", outstanding_page),
        (r"^/-/track/add$", add_page),
        (r"^/-/track/(?P<record_id>[^/]+)$", record_page),
        (r"^/-/sign-in$", sign_in_page),
        (r"^/-/sign-out$", sign_out_page),
    ]


async def _item_page(datasette: Any, request: Any) -> Any:
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    item_id = unquote(request.url_vars["item_id"])
    page = None
    if DATABASE in datasette.databases:
        database = datasette.get_database(DATABASE)
        page = await database.execute_fn(lambda connection: read_item(connection, item_id))
    if page is None:
        # Not by raising NotFound: Datasette prints a traceback of every exception to the terminal.
        error = {"title": "Not found", "status": 404, "error": f"There is no agenda item {item_id}."}
        content = await datasette.render_template("error.html", error, request=request)
        return Response.html(content, status=404)
    context = {
        "page": page,
        "item": page.facts,
        "date": spoken_date(page.facts["date"]),
        "address": _outside_link(str(page.facts["url"] or page.facts["source"])),
        "item_address": lambda item: item_address(datasette, item),
        "track_address": lambda record_id: track_address(datasette, record_id),
        "row_address": lambda mark: datasette.urls.row(DATABASE, mark.table, tilde_encode(mark.id)),
    }
    return Response.html(await datasette.render_template("item.html", context, request=request))


@_hook
def extra_template_vars(
    template: str, datasette: Any, request: Any
) -> dict[str, Any] | Callable[[], Awaitable[dict[str, Any]]] | None:
    """`counts` for the home page: what the database holds, or None where there is none yet; readers of charts."""
    if template in dashboards.TEMPLATES:
        return {
            "read_chart": dashboards.chart_reader(datasette, request),
            "chart_cell": lambda value, column: render_cell(None, value, column, None, DATABASE, datasette),
        }
    if template != "index.html":
        return None

    async def counted() -> dict[str, Any]:
        if DATABASE not in datasette.databases:
            return {"counts": None}
        counts = dict((await datasette.get_database(DATABASE).execute(_COUNTS)).first())
        return {"counts": counts, "newest": spoken_date(counts["newest"])}

    return counted


@_hook
def asgi_wrapper(datasette: Any) -> Callable[[Asgi], Asgi]:
    """Let through what reads and the forms of this site, and send the content security policy with every page."""
    return lambda app: _under_policy(guarded(app, datasette))


def _under_policy(app: Asgi) -> Asgi:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
            await send(message)

        await app(scope, receive, send_with_policy)

    return answer
