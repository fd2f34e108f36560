"""The Datasette hooks of the site: descriptions, links in cells, its own pages, and what is forbidden.

`db/plugins/` holds the file by which Datasette finds these functions, whether it is started by
`minutesminer serve` or as `datasette db/`. Hook names and arguments are Datasette's:
https://docs.datasette.io/en/stable/plugin_hooks.html
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from functools import cache, partial
from typing import Any, TypeVar

from datasette import hookimpl
from markupsafe import Markup

from minutesminer.errors import MinutesMinerError
from minutesminer.explore import dashboards
from minutesminer.explore.cells import cell
from minutesminer.explore.feeds import render_atom, without_counting
from minutesminer.explore.guard import guarded
from minutesminer.explore.guides import guides_page
from minutesminer.explore.harmless_csv import harmless_csv
from minutesminer.explore.home import home_page
from minutesminer.explore.item_page import item_page
from minutesminer.explore.large import CountedDatabase
from minutesminer.explore.measure_pages import measure_page, measures_page
from minutesminer.explore.place_pages import committee_page, council_page, councils_page, meeting_page
from minutesminer.explore.sign_in import sign_in_page, sign_out_page
from minutesminer.explore.site import DATABASE, Asgi, Receive, Scope, Send
from minutesminer.explore.track_pages import add_page, outstanding_page, record_page
from minutesminer.explore.went_wrong import no_page, went_wrong
from minutesminer.store import schema
from minutesminer.store.overlay import attach_tracker
from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

_Function = TypeVar("_Function", bound=Callable[..., Any])
_hook: Callable[[_Function], _Function] = hookimpl

# The pages need nothing from anywhere else, and text from minutes is never code: the browser is told so.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# Vega draws with styles of its own.
_DASHBOARD_POLICY = {**_POLICY, "style-src": "'self' 'unsafe-inline'"}
_HEADERS = [
    # Without an address at all, a browser would not say of its forms that they come from here.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
]

_LOG = logging.getLogger("minutesminer.explore")


@_hook
def get_metadata(key: str | None) -> dict[str, Any]:
    """Descriptions of tables and columns, from the dictionary that makes the schema."""
    if key == "plugins":  # which other plugins ask for at every cell
        return {}
    # Copies, because Datasette merges metadata.yml into what it is given.
    tables = {name: {**about, "columns": dict(about["columns"])} for name, about in _descriptions().items()}
    return {"databases": {DATABASE: {"tables": tables}}}


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
    """Have the minutes counted quickly where they are many; make the tracker where there is none yet.

    Connections that are open would not see a tracker that is made later.
    """
    if DATABASE not in datasette.databases:
        return
    minutes = datasette.get_database(DATABASE)
    if not isinstance(minutes, CountedDatabase):
        datasette.remove_database(DATABASE)
        counted = CountedDatabase(datasette, path=minutes.path, is_mutable=minutes.is_mutable)
        datasette.add_database(counted, name=DATABASE)
    path = tracker_path(minutes.path)
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
    """Links from records to the place in the text, web addresses as links, numbers in figures."""
    return cell(datasette, row, value, column, table) if database == DATABASE else None


@_hook
def register_output_renderer(datasette: Any) -> dict[str, Any]:
    """Every list as an Atom feed."""
    return {"extension": "atom", "render": render_atom}


@_hook
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """The site's own pages, and those that officers work with."""
    return [
        (r"^/$", home_page),
        (r"^/-/councils$", councils_page),
        (r"^/-/council/(?P<id>[^/]+)$", council_page),
        (r"^/-/committee/(?P<id>[^/]+)$", committee_page),
        (r"^/-/meeting/(?P<id>[^/]+)$", meeting_page),
        (r"^/-/measures$", measures_page),
        (r"^/-/measure/(?P<id>[^/]+)$", measure_page),
        (r"^/-/item/(?P<id>[^/]+)$", item_page),
        (r"^/-/guides(?:/(?P<name>[^/]+))?$", guides_page),
        (r"^/-/outstanding$", outstanding_page),
        (r"^/-/track/add$", add_page),
        (r"^/-/track/(?P<record_id>[^/]+)$", record_page),
        (r"^/-/sign-in$", sign_in_page),
        (r"^/-/sign-out$", sign_out_page),
        (r"^/-/(?:patterns|messages|allow-debug)$", no_page),
    ]


@_hook
def extra_template_vars(template: str, datasette: Any, request: Any) -> dict[str, Any]:
    """What dashboards read their charts with."""
    if template in dashboards.TEMPLATES:
        return {
            "read_chart": dashboards.chart_reader(datasette, request),
            "is_counted": partial(dashboards.is_counted, datasette),
            "chart_cell": lambda value, column: cell(datasette, None, value, column, None),
        }
    return {}


@hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Iterator[None]:
    """The site's own answer, in place of Datasette's."""
    outcome: Any = yield
    outcome.force_result([lambda: went_wrong(datasette, request, exception)])


@_hook
def asgi_wrapper(datasette: Any) -> Callable[[Asgi], Asgi]:
    """Let through what reads and the forms of this site, and send the content security policy with every page."""
    dashboards_path = str(datasette.urls.path("/-/dashboards"))

    def wrapped(app: Asgi) -> Asgi:
        return _under_policy(guarded(harmless_csv(without_counting(app)), datasette), dashboards_path)

    return wrapped


def _under_policy(app: Asgi, dashboards_path: str) -> Asgi:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        policy = _DASHBOARD_POLICY if scope.get("path", "").startswith(dashboards_path) else _POLICY
        said = "; ".join(f"{name} {value}" for name, value in policy.items()).encode()

        async def send_with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", []), (b"content-security-policy", said), *_HEADERS]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, send_with_policy)

    return answer
