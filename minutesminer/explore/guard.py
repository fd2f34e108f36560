"""What may be written through the site, and the list of what was refused.

The site is read by GET. A few of its pages take forms; a form is passed on only where it comes from a page of this
site, in this machine's own name, and is small. Datasette then checks the form's token (asgi-csrf), and the page
itself who sends it. Every refusal is logged, and noted in the tracker.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import deque
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from minutesminer.errors import MinutesMinerError
from minutesminer.explore.site import DATABASE, Asgi, Receive, Scope, Send, is_own_name
from minutesminer.store.tracker import refuse
from minutesminer.store.tracker_file import tracker_path

REFUSALS = "minutesminer.refusals"
"""The key of a request's scope under which its page lists the reasons of a refusal and the account that was tried."""

_LOG = logging.getLogger("minutesminer.explore")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = re.compile(r"/-/(?:sign-in|sign-out|track/[^/]+)")
_FORM = "application/x-www-form-urlencoded"
_MOST_BYTES = 64 * 1024
_TOKEN = "csrftoken"
_TOKEN_COOKIE = "ds_csrftoken"
# A page elsewhere can have a browser send as many forms as it likes: they are not to fill the disk.
_MOST_NOTED, _WITHIN_SECONDS = 60, 60.0


class Refused(Exception):  # noqa: N818
    """A request that is not passed on: the status of the answer, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def guarded(app: Asgi, datasette: Any) -> Asgi:
    """`app`, passed on to only what reads, and the forms of this site's own pages."""
    noted: deque[float] = deque(maxlen=_MOST_NOTED)

    async def note(path: str, reason: str, name: str | None) -> None:
        _LOG.warning("refused a write to %r: %s (%s)", path, reason, name or "no account")
        now = time.monotonic()
        if DATABASE not in datasette.databases or (len(noted) == _MOST_NOTED and now - noted[0] < _WITHIN_SECONDS):
            return
        noted.append(now)
        try:
            await asyncio.to_thread(refuse, _tracker(datasette), path, reason, name)
        except MinutesMinerError as error:
            _LOG.error("%s", error)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _READING:
            await app(scope, receive, send)
            return
        path = "/" + scope["path"].removeprefix(datasette.setting("base_url")).lstrip("/")
        if scope["method"] != "POST" or _FORMS.fullmatch(path) is None:
            await _say(send, 405, "This page can only be read.\n", [(b"allow", b"GET, HEAD, OPTIONS")])
            return
        reasons: list[tuple[str, str | None]] = []
        status = 0

        async def watched(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            body = await _form(scope, receive)
        except Refused as refused:
            await note(path, refused.reason, None)
            await _say(send, refused.status, f"Refused: {refused.reason}.\n")
            return
        await app({**scope, REFUSALS: reasons}, _again(body, receive), watched)
        if status == 403 and not reasons:
            reasons.append(("the form's token is missing or wrong", None))
        for reason, name in reasons:
            await note(path, reason, name)

    return answer


async def _form(scope: Scope, receive: Receive) -> bytes:
    """The body of a form that a page of this site sent; raises Refused for any other."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host", "")
    if not is_own_name(host):
        raise Refused(403, "this site is written to on this machine only")
    origin = headers.get("origin")
    if origin is not None and (urlsplit(origin).scheme not in ("http", "https") or _netloc(origin) != host.lower()):
        raise Refused(403, "the form comes from another site")
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "the form comes from another site")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise Refused(415, "this is not a form")
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "the form did not arrive whole")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _MOST_BYTES:
            raise Refused(413, "the form is too long")
    try:
        token = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True)).get(_TOKEN, "")
    except ValueError as error:
        raise Refused(400, "the form cannot be read") from error
    # asgi-csrf lets a request without cookies pass, and stumbles over a token that is not ASCII.
    if not token.isascii() or not token or not _has_cookie(headers.get("cookie", "")):
        raise Refused(403, "the form's token is missing or wrong")
    return body


def _netloc(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _has_cookie(header: str) -> bool:
    try:
        return _TOKEN_COOKIE in SimpleCookie(header)
    except CookieError:
        return False


def _again(body: bytes, receive: Receive) -> Receive:
    """A receive that gives `body` first."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Any:
        return messages.pop() if messages else await receive()

    return replay


async def _say(send: Send, status: int, words: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    plain = [(b"content-type", b"text/plain; charset=utf-8"), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": words.encode()})


def _tracker(datasette: Any) -> Path:
    return tracker_path(datasette.get_database(DATABASE).path)
