"""The addresses of the site's own pages, and what of the text of minutes may become a link at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from minutesminer.explore.row_words import web_address
from minutesminer.explore.site import DATABASE
from minutesminer.store.tracker import HAND

PAGES = {"council_id": "council", "committee_id": "committee", "meeting_id": "meeting", "measure_id": "measure"}
"""The page that shows what a column's id is of: `/-/<page>/<id>`."""

_PAGE_OF_TABLE = {"councils": "council", "committees": "committee", "meetings": "meeting", "measures": "measure"}
RECORDS = frozenset({"metrics", "resolutions", "actions", "follow_ups", "outstanding"})
"""The tables whose `id` is a record's, and so are the views over them."""


def page_address(datasette: Any, page: str, id_: str) -> str:
    """The path of the page of one thing: `council`, `committee`, `meeting`, `measure`, `item` or `track`."""
    return str(datasette.urls.path(f"/-/{page}/{quote(id_, safe='')}"))


def item_address(datasette: Any, item_id: str) -> str:
    """The path of the item's page."""
    return page_address(datasette, "item", item_id)


def record_address(datasette: Any, record_id: str) -> str | None:
    """The path of the record's place in its item's text; None for one that was added by hand, or is no record."""
    document, *rest = record_id.split(".", 2)  # <document>.<position>.<class and place>
    if len(rest) < 2:
        return None
    return f"{item_address(datasette, f'{document}.{rest[0]}')}#{quote(record_id)}"


def row_page(datasette: Any, table: str | None, id_: str) -> str | None:
    """The path of the site's own page of the row `id_` of a table or view; None where there is none."""
    name = (table or "").removesuffix("_view")
    if name in _PAGE_OF_TABLE:
        return page_address(datasette, _PAGE_OF_TABLE[name], id_)
    if name == "items":
        return item_address(datasette, id_)
    if name not in RECORDS:
        return None
    return page_address(datasette, "track", id_) if id_.startswith(HAND) else record_address(datasette, id_)


def list_address(datasette: Any, table: str, conditions: Mapping[str, object], format_: str = "") -> str:
    """The path of a table or view where columns have just these values, as a page or as `csv`, `json` or `atom`.

    Arguments that begin with `_` are Datasette's own, and stand as they are.
    """
    arguments = {name if name.startswith("_") else f"{name}__exact": value for name, value in conditions.items()}
    dot = f".{format_}" if format_ else ""
    query = f"?{urlencode(arguments)}" if arguments else ""
    return str(datasette.urls.path(f"/{DATABASE}/{table}{dot}{query}"))


def outside_link(text: str | None) -> Markup | None:
    """A link with the host as its words, where `text` is an address of the web; else None."""
    address = web_address(text)
    if address is None:
        return None
    host = address.split("/")[2]
    return Markup('<a href="{}" rel="noopener noreferrer" title="{}">{}</a>').format(address, address, host)
