"""The pages of councils, committees and meetings: `/-/councils` and `/-/<council, committee or meeting>/<id>`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from minutesminer.explore.addresses import list_address
from minutesminer.explore.pages import html, may_read, not_found, page_number, read
from minutesminer.explore.places import (
    RECENT,
    SHOWN,
    read_committee,
    read_council,
    read_councils,
    read_homeless,
    read_meeting,
)


async def councils_page(datasette: Any, request: Any) -> Any:
    """All councils by name, or those with words in their names, and committees whose council is not known."""
    await may_read(datasette, request)
    name, page = (request.args.get("name") or "").strip(), page_number(request)
    councils = await read(datasette, lambda connection: read_councils(connection, name, page))
    homeless = None if name or page > 1 else await read(datasette, read_homeless)
    context = {"councils": councils, "homeless": homeless, "name": name}
    return await html(datasette, request, "councils.html", context)


async def council_page(datasette: Any, request: Any) -> Any:
    """One council: committees, meetings by year, its latest figures, what is outstanding, coverage."""
    await may_read(datasette, request)
    id_, number = unquote(request.url_vars["id"]), page_number(request)
    page = await read(datasette, lambda connection: read_council(connection, id_, number))
    if page is None:
        return await not_found(datasette, request, f"There is no council {id_}.")
    feeds = [
        _feed(datasette, f"Meetings of {page.council['name']}", "meetings_view", council_id=id_, _sort_desc="date"),
        _feed(datasette, f"Outstanding for {page.council['name']}", "outstanding", council_id=id_, _sort_desc="date"),
        _feed(datasette, f"Decisions of {page.council['name']}", "resolutions_view", council_id=id_, _sort_desc="date"),
    ]
    context = {"page": page, "council": page.council, "feeds": feeds, "shown": SHOWN}
    return await html(datasette, request, "council.html", context)


async def committee_page(datasette: Any, request: Any) -> Any:
    """One committee: meetings, who came, decisions, what is outstanding, its latest figures."""
    await may_read(datasette, request)
    id_, number = unquote(request.url_vars["id"]), page_number(request)
    page = await read(datasette, lambda connection: read_committee(connection, id_, number))
    if page is None:
        return await not_found(datasette, request, f"There is no committee {id_}.")
    name = page.committee["name"] or "this committee"
    feeds = [
        _feed(datasette, f"Meetings of {name}", "meetings_view", committee_id=id_, _sort_desc="date"),
        _feed(datasette, f"Outstanding for {name}", "outstanding", committee_id=id_, _sort_desc="date"),
        _feed(datasette, f"Decisions of {name}", "resolutions_view", committee_id=id_, _sort_desc="date"),
    ]
    context = {"page": page, "committee": page.committee, "feeds": feeds, "shown": SHOWN, "recent": RECENT}
    return await html(datasette, request, "committee.html", context)


async def meeting_page(datasette: Any, request: Any) -> Any:
    """One meeting: its items in order with counts of records, who was there, its documents."""
    await may_read(datasette, request)
    id_, number = unquote(request.url_vars["id"]), page_number(request)
    page = await read(datasette, lambda connection: read_meeting(connection, id_, number))
    if page is None:
        return await not_found(datasette, request, f"There is no meeting {id_}.")
    feeds = [_feed(datasette, "Decisions of this meeting", "resolutions_view", meeting_id=id_)]
    return await html(datasette, request, "meeting.html", {"page": page, "meeting": page.meeting, "feeds": feeds})


def _feed(datasette: Any, title: str, table: str, **conditions: object) -> dict[str, str]:
    return {"title": title, "address": list_address(datasette, table, conditions, "atom")}
