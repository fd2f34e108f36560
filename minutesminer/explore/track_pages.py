"""The pages that officers work with: the working list, one record, and adding one by hand."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from datasette import Response

from minutesminer.errors import MinutesMinerError, TrackerError, UsageError
from minutesminer.explore.dates import spoken_date, spoken_time
from minutesminer.explore.record_page import RecordPage, read_record
from minutesminer.explore.row_words import web_address
from minutesminer.explore.sign_in import PRIVATE, Visitor, refused, visitor
from minutesminer.explore.site import DATABASE
from minutesminer.explore.working_list import Asked, read_list
from minutesminer.fetch.dates import iso_date
from minutesminer.store.named import Named, find_named
from minutesminer.store.queries import STATES
from minutesminer.store.tracker import MOST_CHARACTERS, Change, Record, add, save
from minutesminer.store.tracker_file import tracker_path
from minutesminer.store.tracker_tables import CLASSES, STATUSES

_NONE = "none"  # what takes a date or an owner away


def track_address(datasette: Any, record_id: str) -> str:
    """The path of a record's page."""
    return str(datasette.urls.path(f"/-/track/{quote(record_id, safe='')}"))


async def outstanding_page(datasette: Any, request: Any) -> Any:
    """The working list `/-/outstanding`."""
    await _may_read(datasette, request)
    asked = Asked(**{name: (request.args.get(name) or "").strip() for name in Asked.__slots__})
    number = request.args.get("page") or ""
    listed = None
    if DATABASE in datasette.databases:
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
        listed = await _minutes(datasette, lambda connection: read_list(connection, asked, page))

    def page_address(page: int) -> str:
        return str(datasette.urls.path(f"/-/outstanding?{urlencode({**asked.given, 'page': page})}"))

    context = {"listed": listed, "asked": asked, "states": [*STATES, "all"], "page_address": page_address}
    return await _html(datasette, request, "outstanding.html", context)


async def record_page(datasette: Any, request: Any) -> Any:
    """The page of one record, `/-/track/<id>`: reads by GET, takes what an officer says by POST."""
    await _may_read(datasette, request)
    record_id = unquote(request.url_vars["record_id"])
    page = None
    if DATABASE in datasette.databases:
        page = await _minutes(datasette, lambda connection: read_record(connection, _tracker(datasette), record_id))
    if page is None:
        error = {"title": "Not found", "status": 404, "error": f"There is no action or follow-up {record_id}."}
        return Response.html(await datasette.render_template("error.html", error, request=request), status=404)
    if request.method == "POST":
        return await _save(datasette, request, page)
    if page.now != record_id:
        return Response.redirect(track_address(datasette, page.now))
    return await _record_html(datasette, request, page)


async def add_page(datasette: Any, request: Any) -> Any:
    """The page `/-/track/add`: an action or follow-up that was not found in the minutes."""
    await _may_read(datasette, request)
    if request.method != "POST":
        return await _add_html(datasette, request)
    who, posted = visitor(datasette, request), await request.post_vars()
    if who.name is None:
        refused(request, who.reason)
        return await _add_html(datasette, request, posted, _not_signed_in(who), 403)
    try:
        if DATABASE not in datasette.databases:
            raise UsageError("there is no database here yet")
        for field, words in (("committee", "the committee"), ("date", "the date of the meeting"), ("what", "what")):
            if not posted.get(field, "").strip():
                raise UsageError(f"say {words} is to be done" if field == "what" else f"say {words}")
        date = iso_date(posted["date"])
        named: Named = await _minutes(
            datasette, lambda connection: find_named(connection, posted.get("council"), posted["committee"])
        )
        record = Record(
            "",
            posted.get("class", CLASSES[0]),
            council_id=named.council_id,
            council=named.council,
            committee_id=named.committee_id,
            committee=named.committee,
            date=date,
            what=posted["what"],
        )
        record_id = await asyncio.to_thread(add, _tracker(datasette), record, _said(posted), who.name)
    except MinutesMinerError as error:
        return await _add_html(datasette, request, posted, _sentence(str(error)), _status_of(error))
    datasette.add_message(request, "Added.")
    return Response.redirect(track_address(datasette, record_id))


async def _save(datasette: Any, request: Any, page: RecordPage) -> Any:
    who, posted = visitor(datasette, request), await request.post_vars()
    if who.name is None:
        refused(request, who.reason)
        # What was typed is still in the boxes.
        return await _record_html(datasette, request, page, posted, _not_signed_in(who), 403)
    try:
        number = await asyncio.to_thread(save, _tracker(datasette), page.record, _said(posted), who.name)
    except MinutesMinerError as error:
        return await _record_html(datasette, request, page, posted, _sentence(str(error)), _status_of(error))
    datasette.add_message(request, "Saved." if number is not None else "Nothing changed: all of this was said before.")
    return Response.redirect(track_address(datasette, page.now))


def _said(posted: dict[str, str]) -> Change:
    """What a form says; a box left empty says nothing, and `none` takes a date or an owner away."""
    given = {name: posted.get(name, "").strip() for name in ("status", "note", "due", "owner", "verdict")}
    due, owner, verdict = given["due"], given["owner"], given["verdict"]
    if verdict not in ("", "wrong", "right"):
        raise UsageError("it can be marked wrong or right")
    return Change(
        given["status"] or None,
        given["note"] or None,
        None if not due else "" if due.lower() == _NONE else iso_date(due),
        None if not owner else "" if owner.lower() == _NONE else owner,
        verdict or None,  # type: ignore[arg-type]
    )


def _not_signed_in(who: Visitor) -> str:
    return f"Nothing was saved: {who.reason}. Sign in in another window, then press the button here again."


def _status_of(error: MinutesMinerError) -> int:
    return 400 if isinstance(error, UsageError) else 507 if isinstance(error, TrackerError) else 503


def _sentence(words: str) -> str:
    return f"Nothing was saved: {words}."


async def _record_html(
    datasette: Any,
    request: Any,
    page: RecordPage,
    typed: dict[str, str] | None = None,
    error: str | None = None,
    status: int = 200,
) -> Any:
    context = {
        "page": page,
        "record": page.record,
        "facts": page.facts,
        "typed": typed or {},
        "error": error,
        "address": track_address(datasette, page.now),
    }
    return await _html(datasette, request, "track.html", context, status)


async def _add_html(
    datasette: Any, request: Any, typed: dict[str, str] | None = None, error: str | None = None, status: int = 200
) -> Any:
    committees: list[tuple[str, str]] = []
    if DATABASE in datasette.databases:
        committees = await _minutes(datasette, _committees)
    context = {
        "typed": typed or {name: request.args.get(name) or "" for name in ("council", "committee")},
        "error": error,
        "councils": sorted({council for council, _ in committees if council}),
        "committees": sorted({committee for _, committee in committees if committee}),
    }
    return await _html(datasette, request, "track_add.html", context, status)


def _committees(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return [
        (council, committee)
        for council, committee in connection.execute(
            "SELECT councils.name, committees.name FROM committees LEFT JOIN councils ON councils.id = council_id"
        )
    ]


async def _html(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Any:
    shared = {
        "visitor": visitor(datasette, request),
        "statuses": STATUSES,
        "most_characters": MOST_CHARACTERS,
        "spoken_date": spoken_date,
        "spoken_time": spoken_time,
        "web_address": web_address,
        "track_address": lambda record_id: track_address(datasette, record_id),
        "item_address": lambda item_id: datasette.urls.path(f"/-/item/{quote(item_id, safe='')}"),
        "here": request.path + (f"?{request.query_string}" if request.query_string else ""),
    }
    html = await datasette.render_template(template, {**shared, **context}, request=request)
    return Response.html(html, status=status, headers=dict(PRIVATE))


async def _may_read(datasette: Any, request: Any) -> None:
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])


async def _minutes(datasette: Any, read: Any) -> Any:
    return await datasette.get_database(DATABASE).execute_fn(read)


def _tracker(datasette: Any) -> Path:
    return tracker_path(datasette.get_database(DATABASE).path)
