"""What the site's own pages have in common: who may read, reading the minutes, and answering with a template."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from datasette import Response
from datasette.utils import sqlite_timelimit

from minutesminer.explore.addresses import item_address, list_address, outside_link, page_address, record_address
from minutesminer.explore.dates import spoken_date
from minutesminer.explore.figure_words import figure_in_words
from minutesminer.explore.row_words import web_address
from minutesminer.explore.site import DATABASE

_Found = TypeVar("_Found")
_LAST_PAGE = 10_000


async def may_read(datasette: Any, request: Any) -> None:
    """Raise Datasette's Forbidden where who asks may not read the minutes."""
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])


async def read(datasette: Any, ask: Callable[[sqlite3.Connection], _Found]) -> _Found | None:
    """What `ask` reads from the minutes, within Datasette's time limit; None where there is no database yet."""
    if DATABASE not in datasette.databases:
        return None
    limit = datasette.setting("sql_time_limit_ms")

    def within_time(connection: sqlite3.Connection) -> _Found:
        with sqlite_timelimit(connection, limit):
            return ask(connection)

    found: _Found = await datasette.get_database(DATABASE).execute_fn(within_time)
    return found


def page_number(request: Any) -> int:
    """The number of the page of a list that is asked for, 1 for anything that is none."""
    asked = request.args.get("page") or ""
    return min(int(asked), _LAST_PAGE) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 1


async def html(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Any:
    """A page of the site from its template, which is given what says dates, figures and addresses."""

    def other_page(number: int) -> str:
        """The address of another page of the list that is shown."""
        given = [(name, request.args[name]) for name in request.args if name != "page"]
        return f"{datasette.urls.path(request.path)}?{urlencode([*given, ('page', number)])}"

    shared = {
        "spoken_date": spoken_date,
        "figure": figure_in_words,
        "outside_link": outside_link,
        "web_address": web_address,
        "address_of": lambda page, id_: page_address(datasette, page, id_),
        "item_address": lambda item_id: item_address(datasette, item_id),
        "place_of": lambda record_id: record_address(datasette, record_id),
        "listed": lambda table, format_="", **conditions: list_address(datasette, table, conditions, format_),
        "other_page": other_page,
    }
    content = await datasette.render_template(template, {**shared, **context}, request=request)
    return Response.html(content, status=status)


async def not_found(datasette: Any, request: Any, words: str) -> Any:
    """A page that says that there is no such thing.

    Not by raising NotFound, after which Datasette would try another spelling of the address.
    """
    error = {"title": "Not found", "status": 404, "error": words}
    content = await datasette.render_template("error.html", error, request=request)
    return Response.html(content, status=404)
