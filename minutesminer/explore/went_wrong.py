"""What the site answers when something went wrong: a page in words, or JSON where JSON was asked for.

Datasette's own answer prints every exception with all variables to the terminal, passwords among them; a page that is
not there, or a query with a mistake, is nothing to print at all.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from datasette import Response
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from minutesminer.explore.pages import not_found

_LOG = logging.getLogger("minutesminer.explore")
_SLOW = "The query took too long and was stopped. Narrow it down: one council, one committee, one year."
_NO_PAGE = "There is no such page here."
_OURS = "Something went wrong in the program itself. The terminal in which it was started says what."


async def went_wrong(datasette: Any, request: Any, exception: Exception) -> Any:
    """The answer to a request that ended in an exception."""
    status, title, words = _told(exception)
    if status == 500:
        _LOG.error("no answer to %s", request.path, exc_info=exception)
    facts = {"ok": False, "error": words, "status": status, "title": title}
    if request.path.partition("?")[0].endswith(".json"):
        return Response.json(facts, status=status)
    return Response.html(await datasette.render_template("error.html", facts, request=request), status=status)


def _told(exception: Exception) -> tuple[int, str | None, str]:
    """Status, title and words for an exception."""
    if isinstance(exception, Base400):
        words = str(exception.args[0]) if exception.args else ""
        if exception.status == 404 and words in ("", "404"):
            words = _NO_PAGE
        return exception.status, None, words
    if isinstance(exception, DatasetteError):
        # The one message of Datasette that is HTML is that of a query which took too long.
        return exception.status, exception.title, _SLOW if exception.message_is_html else str(exception.message)
    if isinstance(exception, sqlite3.OperationalError) and "interrupted" in str(exception):
        return 503, "That took too long", _SLOW
    return 500, None, _OURS


async def no_page(datasette: Any, request: Any) -> Any:
    """In place of Datasette's pages for those who develop it: there is none here."""
    return await not_found(datasette, request, _NO_PAGE)
