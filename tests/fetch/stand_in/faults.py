"""Ways in which a site goes wrong: what it says instead of its answer, or does to the connection.

`Fault(r"/GetMeeting\\?", act=drop())` is always in force; with `times=2`, the site has recovered at the third request.
"""

from __future__ import annotations

import re
import select
import socket
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from itertools import count
from typing import TypeAlias

from .answer import XML, Answer, page

_TICK = 0.05  # seconds between looks at whether the server closes


@dataclass(slots=True)
class Wire:
    """A request's connection: what a fault acts upon.

    `usual()` is the site's own answer; `over()` notes that the request is dealt with.
    """

    path: str
    root: str
    connection: socket.socket
    closing: threading.Event
    over: Callable[[], None]
    usual: Callable[[], Answer]

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def send_last(self, data: bytes) -> None:
        """Sends all; the request counts as over before a client can know that, so that two never seem at once."""
        self.connection.sendall(data[:-1])
        self.over()
        self.connection.sendall(data[-1:])

    def wait(self, seconds: float | None = None) -> bool:
        """Waits; True when the time has passed, False when the client left or the server closes before."""
        end = None if seconds is None else time.monotonic() + seconds
        while not self.closing.is_set():
            left = _TICK if end is None else min(_TICK, end - time.monotonic())
            if left <= 0:
                return True
            if select.select([self.connection], [], [], left)[0]:
                return False  # nothing more is sent by a client that waits: it hung up
        return False


Act: TypeAlias = Callable[[Wire], "Answer | None"]
"""Returns what to answer, or None when it has dealt with the connection, which is then closed."""


@dataclass(slots=True)
class Fault:
    """What is done with requests whose path has `pattern` in it: the first `times` of them, or all."""

    pattern: str
    act: Act
    times: int | None = None
    used: int = field(default=0, init=False)


def drop() -> Act:
    """Closes before any byte."""
    return lambda wire: None


def cut_body() -> Act:
    """Half of the site's body, under the length of the whole."""

    def act(wire: Wire) -> None:
        answer = wire.usual()
        wire.send(answer.head(Content_Length=str(len(answer.body))) + answer.body[: len(answer.body) // 2])

    return act


def cut_chunked() -> Act:
    """Half of the site's body in chunks, without the chunk that ends them."""

    def act(wire: Wire) -> None:
        answer = wire.usual()
        half = answer.body[: len(answer.body) // 2]
        wire.send(answer.head(Transfer_Encoding="chunked") + b"%x\r\n%b\r\n" % (len(half), half))

    return act


def cut_unsized() -> Act:
    """Half of the site's body without a length: only what it says shows that it is cut."""

    def act(wire: Wire) -> None:
        answer = wire.usual()
        wire.send(answer.head(Connection="close") + answer.body[: len(answer.body) // 2])

    return act


def stall(seconds: float | None = None) -> Act:
    """Silence before the headers; after `seconds`, if given, the site's answer."""
    return lambda wire: wire.usual() if wire.wait(seconds) else None


def stall_in_body(seconds: float | None = None) -> Act:
    """Silence in the middle of the body; after `seconds`, if given, the rest."""

    def act(wire: Wire) -> None:
        answer = wire.usual()
        half = len(answer.body) // 2
        wire.send(answer.head(Content_Length=str(len(answer.body)), Connection="close") + answer.body[:half])
        if wire.wait(seconds):
            wire.send_last(answer.body[half:])

    return act


def drip_headers(every: float = 0.02) -> Act:
    """A header that grows by a byte at a time and never ends."""

    def act(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while wire.wait(every):
            wire.send(b"a")

    return act


def drip_body(every: float = 0.02) -> Act:
    """A body without a length that comes a byte at a time and never ends."""

    def act(wire: Wire) -> None:
        wire.send(Answer().head(Connection="close"))
        while wire.wait(every):
            wire.send(b"a")

    return act


def endless_body(media_type: str = "text/html; charset=utf-8", start: bytes = b"<!DOCTYPE html>\n<html><body>") -> Act:
    """A body without a length that comes as fast as it is read and never ends; `video/mp4` is one of its kinds."""

    def act(wire: Wire) -> None:
        wire.send(Answer(media_type=media_type).head(Connection="close") + start)
        while not wire.closing.is_set():
            wire.send(b"<p>All of it again.</p>\n" * 2000)

    return act


def huge_headers(number: int = 300, size: int = 4000) -> Act:
    """More headers, and longer ones, than a client should take."""

    def act(wire: Wire) -> None:
        headers = {f"X_Padding_{each}": "a" * size for each in range(number)}
        wire.send_last(Answer(b"", headers={}).head(Content_Length="0", **headers))

    return act


def garbage() -> Act:
    """Bytes that are no HTTP."""
    return lambda wire: wire.send_last(bytes(range(128, 256)) * 4 + b"\r\n\r\n")


def refuse(status: int, retry_after: int | str | None = None, body: bytes = b"") -> Act:
    """An error of the given status; `retry_after` is seconds or a date as `http_date` makes it."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return lambda wire: Answer(body or f"Error {status}".encode(), status, headers=headers)


def http_date(seconds: float) -> str:
    """The date and time so many seconds from now, as headers have it."""
    return formatdate(time.time() + seconds, usegmt=True)


def redirect(to: str, status: int = 302) -> Act:
    """Sends on to `to`, in which `{root}` stands for the site's root."""
    return lambda wire: Answer(b"", status, headers={"Location": to.replace("{root}", wire.root)})


def redirect_loop(status: int = 302) -> Act:
    """Sends every request back to its own address."""
    return lambda wire: Answer(b"", status, headers={"Location": wire.path})


def redirect_for_ever(status: int = 302) -> Act:
    """Sends on to ever new addresses, all of which begin with the path that was asked for."""
    numbers = count(1)

    def act(wire: Wire) -> Answer:
        bare = re.sub(r"[?&]again=\d+$", "", wire.path)
        mark = "&" if "?" in bare else "?"
        return Answer(b"", status, headers={"Location": f"{bare}{mark}again={next(numbers)}"})

    return act


def challenge() -> Act:
    """Cloudflare's page for those it takes for machines."""
    return lambda wire: challenge_answer()


def challenge_answer() -> Answer:
    body = (
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>'
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
        '<meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper" role="main">'
        '<noscript><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></noscript></div>'
        "<script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed'};}());</script></body></html>"
    )
    headers = {"Server": "cloudflare", "cf-mitigated": "challenge", "CF-RAY": "8c0ffee000000000-LHR"}
    return Answer(body.encode(), 403, "text/html; charset=UTF-8", headers)


def challenge_with_200() -> Act:
    """Incapsula's stub of 212 bytes, which says that all is well."""
    head = '<html>\r\n<head>\r\n<META NAME="robots" CONTENT="noindex,nofollow">\r\n<script src="/_Incapsula_Resource?'
    foot = '">\r\n</script>\r\n<body>\r\n</body></html>\r\n'
    body = head + "SWJIYLWA=".ljust(212 - len(head) - len(foot), "0") + foot
    return lambda wire: Answer(body.encode(), 200, "text/html", {"X-Iinfo": "0-0-0", "X-CDN": "Imperva"})


def sharepoint_error() -> Act:
    """SharePoint's error page with status 200, whatever was asked for."""
    body = (
        '\r\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"\r\n'
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n<html xmlns:o="urn:schemas-microsoft-com:office:'
        'office" lang="en-us" dir="ltr">\r\n<head><meta name="GENERATOR" content="Microsoft SharePoint" />'
        '<meta name="ROBOTS" content="NOHTMLINDEX" /><title>\r\n\t\r\n\tError\r\n\r\n</title>\r\n</head>\r\n'
        '<body onload="javascript:void(0);"><form name="aspnetForm" method="post" action="_layouts/error.aspx">'
        '<div id="s4-simple-error-content"><h1>Error</h1><p>An unexpected error has occurred.</p></div></form>'
        "</body>\r\n</html>"
    )
    return lambda wire: page(body)


def script_redirect() -> Act:
    """A page that only a browser follows, from http to https."""
    body = (
        '<!-- beginning of HttpRedirect.htm file -->\r\n<script type="text/javascript">\r\n'
        "function redirectToHttps()\r\n{\r\nvar httpURL = window.location.hostname + window.location.pathname;\r\n"
        'var httpsURL = "https://" + httpURL ;\r\nwindow.location = httpsURL ;\r\n}\r\nredirectToHttps();\r\n'
        "</script>\r\n<!-- end of HttpRedirect.htm file -->"
    )
    return lambda wire: Answer(body.encode(), 200, "text/html")


def empty() -> Act:
    """Nothing, with status 200."""
    return lambda wire: Answer(b"", 200)


def gzip_bomb(megabytes: int = 64) -> Act:
    """A body of so many megabytes of noughts, a thousandth of that on the wire."""
    return lambda wire: Answer(_gzipped_noughts(megabytes), headers={"Content-Encoding": "gzip"})


def wrong_charset(kind: str = "html") -> Act:
    """A page (or `xml`: an answer) in Windows-1252 that calls itself UTF-8 in its header and in its text."""
    words = "The Committee noted a saving of £2.4m and the Director’s “thanks”."
    if kind == "xml":
        body = f'<?xml version="1.0" encoding="utf-8"?>\n<committees><committee>{words}</committee></committees>'
        return lambda wire: Answer(body.encode("cp1252"), 200, XML)
    body = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>{words}</p></body></html>'
    return lambda wire: Answer(body.encode("cp1252"))


@lru_cache(maxsize=4)
def _gzipped_noughts(megabytes: int) -> bytes:
    # One member: readers of gzip stop after the first.
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    noughts = bytes(1 << 20)
    return b"".join(packer.compress(noughts) for _ in range(megabytes)) + packer.flush()
