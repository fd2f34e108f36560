"""Signing in and out, and who may write: an officer with an account, or whoever started Datasette with `--root`."""

from __future__ import annotations

import asyncio
import hmac
import logging
import threading
import time
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette import Response
from datasette.utils import baseconv
from itsdangerous import BadSignature

from minutesminer.errors import UsageError
from minutesminer.explore.accounts import Account, accounts_path, check_password, read_accounts
from minutesminer.explore.guard import REFUSALS
from minutesminer.explore.site import DATABASE

SECONDS = 8 * 60 * 60
"""How long a session lasts."""

COOKIE = "ds_actor"  # Datasette's own, signed with its secret
PRIVATE = {"cache-control": "private, no-store"}

_LOG = logging.getLogger("minutesminer.explore")
_FREE_FAILURES = 5
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 900.0
_FORGOTTEN_AFTER = 3600.0
_MOST_NAMES = 1000
# Each check of a password takes 64 MB.
_CHECKS_AT_ONCE = threading.Semaphore(2)


@dataclass(slots=True)
class Attempts:
    """Failures to sign in, by name: after five, each makes the next wait longer, from 30 seconds to 15 minutes."""

    failures: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, name: str) -> int:
        """Seconds that `name` has to wait, 0 for none; where none, an attempt is counted until `succeeded`."""
        now = time.monotonic()
        count, last = self.failures.pop(name, (0, now))
        if now - last > _FORGOTTEN_AFTER:
            count = 0
        spent = count - _FREE_FAILURES
        ready = last + min(_FIRST_WAIT * 2 ** min(spent, 10), _LONGEST_WAIT) if spent >= 0 else now
        if ready > now:
            self.failures[name] = (count, last)
            return ceil(ready - now)
        while len(self.failures) >= _MOST_NAMES:
            del self.failures[next(iter(self.failures))]
        self.failures[name] = (count + 1, now)
        return 0

    def succeeded(self, name: str) -> None:
        """Forget the failures of `name`."""
        self.failures.pop(name, None)


_ATTEMPTS: WeakKeyDictionary[Any, Attempts] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: `name` where they may write, else `reason` says why not."""

    name: str | None
    reason: str = ""


def visitor(datasette: Any, request: Any) -> Visitor:
    """Who sends a request. An account that was removed has no sessions."""
    actor = request.actor or {}
    if actor.get("id") == "root":
        return Visitor("root")
    if actor:
        account = _account(datasette, str(actor.get("id")))
        if account is not None and hmac.compare_digest(account.key, str(actor.get("key"))):
            return Visitor(account.name)
        return Visitor(None, "there is no such account any more")
    return Visitor(None, _why_nobody(datasette, request.cookies.get(COOKIE)))


def refused(request: Any, reason: str, name: str | None = None) -> None:
    """Have the guard note that the page refuses this request."""
    request.scope.get(REFUSALS, []).append((reason, name))


def session(datasette: Any, name: str, key: str) -> str:
    """The value of the cookie of a session that begins now."""
    expires = baseconv.base62.encode(int(time.time()) + SECONDS)
    return str(datasette.sign({"a": {"id": name, "key": key}, "e": expires}, "actor"))


def place_to_go(asked: str) -> str:
    """The page to show after signing in: one of this site, whatever is asked for."""
    # What browsers make of `//`, of a backslash and of a line end is another site's address.
    own = asked.startswith("/") and not asked.startswith("//") and asked.isprintable() and "\\" not in asked
    return asked if own else "/-/outstanding"


async def sign_in_page(datasette: Any, request: Any) -> Any:
    """The page `/-/sign-in`."""
    if request.method != "POST" or DATABASE not in datasette.databases:
        return await _form(datasette, request, request.args.get("next") or "", "", None, 200)
    posted = await request.post_vars()
    name, to = " ".join(posted.get("name", "").split())[:80], posted.get("next", "")
    attempts = _ATTEMPTS.setdefault(datasette, Attempts())
    wait = attempts.wait(name.casefold())
    known = _account(datasette, name)
    if wait:
        refused(request, "too many attempts to sign in", known.name if known else None)
        told = f"There were too many attempts with this name. Try again in {wait} seconds."
        return await _form(datasette, request, to, name, told, 429)
    try:
        account = await asyncio.to_thread(_checked, _path(datasette), name, posted.get("password", ""))
    except UsageError as error:
        # Not to be raised further: Datasette prints an exception with every variable, and a password is among them.
        _LOG.error("%s", error)
        return await _form(datasette, request, to, name, "The accounts cannot be read.", 503)
    if account is None:
        refused(request, "wrong name or password", known.name if known else None)
        return await _form(datasette, request, to, name, "The name or the password is wrong.", 403)
    attempts.succeeded(name.casefold())
    response = Response.redirect(datasette.urls.path(place_to_go(to)))
    value = session(datasette, account.name, account.key)
    response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="lax")
    return response


async def sign_out_page(datasette: Any, request: Any) -> Any:
    """The page `/-/sign-out`: asks, and ends the session."""
    if request.method != "POST":
        context = {"visitor": visitor(datasette, request)}
        html = await datasette.render_template("sign_out.html", context, request=request)
        return Response.html(html, headers=PRIVATE)
    response = Response.redirect(datasette.urls.path("/-/outstanding"))
    response.set_cookie(COOKIE, "", max_age=0, expires=0, httponly=True, samesite="lax")
    return response


async def _form(datasette: Any, request: Any, to: str, name: str, error: str | None, status: int) -> Any:
    context = {"next": to, "name": name, "error": error, "any_account": bool(_accounts(datasette))}
    html = await datasette.render_template("sign_in.html", context, request=request)
    return Response.html(html, status=status, headers=PRIVATE)


def _checked(path: Path, name: str, password: str) -> Account | None:
    with _CHECKS_AT_ONCE:
        return check_password(path, name, password)


def _path(datasette: Any) -> Path:
    return accounts_path(datasette.get_database(DATABASE).path)


def _accounts(datasette: Any) -> dict[str, Account]:
    """The accounts; none where their file cannot be read, which is logged."""
    if DATABASE not in datasette.databases:
        return {}
    try:
        return read_accounts(_path(datasette))
    except UsageError as error:
        _LOG.error("%s", error)
        return {}


def _account(datasette: Any, name: str) -> Account | None:
    return _accounts(datasette).get(" ".join(name.split()).casefold())


def _why_nobody(datasette: Any, cookie: str | None) -> str:
    if cookie is None:
        return "nobody is signed in"
    try:
        datasette.unsign(cookie, "actor")
    except BadSignature:
        return "the session is forged, or of a site that was started anew since"
    return "the session has ended"
