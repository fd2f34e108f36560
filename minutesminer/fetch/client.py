"""Asking sites politely: one request at a time to a host, slowly, where robots.txt allows it, under our own name.

Everything that can happen to a request is an outcome of it, and nothing is raised but `Stopped`.
"""

from __future__ import annotations

import datetime
import email.utils
import random
import re
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Protocol
from urllib.parse import urljoin

import httpx

from minutesminer.errors import Stopped
from minutesminer.fetch import answers
from minutesminer.fetch.addresses import OwnHosts, allows, authority_of
from minutesminer.fetch.answers import Answer
from minutesminer.fetch.connections import Deadline, NotPublic, transport
from minutesminer.fetch.robots import ROBOTS_BYTES, Robots, robots_of
from minutesminer.models import Fetched, Purpose
from minutesminer.version import __version__

MOST_HOPS = 5
"""Redirects that are followed from one address."""

_ERROR_BYTES = 1_000_000  # of an answer that is an error; more of it tells nothing
_PIECE = 65536
_LEADS = "minutesminer.leads"
_MOST_SAID = 200  # characters of what a site or a library says that go into a message
_SHORTEST_DELAY = 0.5  # seconds; only hosts that the user allowed by name may be asked faster


@dataclass(frozen=True, slots=True)
class Manners:
    """How sites are asked. Times in seconds, sizes in bytes.

    `contact` is where a council can write to. `delay` lies between two requests to a host; a failed request is tried
    again `retries` times (one that timed out, once), after `backoff`, doubled each time, or what the site asks for up
    to `longest_wait`. `allow_hosts` are hosts (`name` or `name:port`) that may have private addresses.
    """

    contact: str
    delay: float = 1.0
    retries: int = 3
    backoff: float = 2.0
    longest_wait: float = 120.0
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    total_seconds: float = 240.0
    most_bytes: int = 50_000_000
    allow_hosts: frozenset[str] = frozenset()

    @property
    def user_agent(self) -> str:
        """The name under which sites are asked."""
        return f"minutesminer/{__version__} (reads published council minutes; contact: {self.contact})"


class Journal(Protocol):
    """Where requests are noted."""

    def known(self, address: str) -> tuple[Fetched, bytes | None] | None:
        """What this crawl got at an address before it was cut short."""

    def keep(self, fetched: Fetched, data: bytes | None) -> None:
        """Note a request and keep its bytes."""


@dataclass(slots=True)
class _Host:
    """One host: `lock` is held while it is asked, and nobody asks it before `next`, on the clock of time.monotonic.

    Until `rest` it is left alone, since it asked for more time than a crawl can wait.
    `robots` are its rules, by the address of the robots.txt: http and https, and every port, have their own.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0
    rest: float = 0.0
    robots: dict[str, Robots] = field(default_factory=dict)


class Client:
    """Asks sites; used as a context manager. Its methods may be called from several threads."""

    def __init__(self, manners: Manners, stop: threading.Event | None = None) -> None:
        self.manners = manners
        self.stop = stop or threading.Event()
        self._deadline = Deadline(self.stop)
        self._hosts: dict[str, _Host] = {}
        self._addresses: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._http = httpx.Client(
            transport=transport(manners.allow_hosts, self._deadline),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # none is kept, so that none is told to others
            event_hooks={"response": [_hold_back]},
            headers={
                "User-Agent": manners.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml,application/pdf;q=0.9,*/*;q=0.5",
                "Accept-Language": "en-GB,en;q=0.9",
                "Accept-Encoding": "gzip, deflate",
                **({"From": manners.contact} if "@" in manners.contact else {}),
            },
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exception: object) -> None:
        self._http.close()

    def get(
        self,
        address: str,
        hosts: OwnHosts,
        journal: Journal,
        purpose: Purpose,
        *,
        slow: float = 1.0,
        judged: Callable[[Fetched, bytes], None] | None = None,
    ) -> tuple[Fetched, bytes | None]:
        """Ask for an address on the `hosts`, following redirects among them; the request noted, and its bytes.

        `judged` looks at an answer that is a page and may change its outcome. A site known to be slow is waited for
        `slow` times as long. Raises Stopped where the user stops.
        """
        with self._guard:
            lock = self._addresses.setdefault(address, threading.Lock())
        with lock:  # the councils of a shared site want the same pages
            known = journal.known(address)
            if known is not None:
                return known
            fetched = Fetched(address=address, purpose=purpose, outcome="failed", fetched_at=_now())
            answer = self._followed(fetched, hosts, journal, slow)
            if self.stop.is_set():
                raise Stopped("stopped during a request")  # what came of it may be the stopping's doing
            _note(fetched, answer)
            if answer.outcome == "ok" and answer.data is not None and judged is not None:
                judged(fetched, answer.data)
            journal.keep(fetched, answer.data)
        return fetched, answer.data

    def _followed(self, fetched: Fetched, hosts: OwnHosts, journal: Journal, slow: float) -> Answer:
        """The answer at the end of the redirects."""
        address, seen = fetched.address, set[str]()
        while True:
            if not hosts.holds(address):
                return Answer("off_site", f"{_led(seen)}{address} is not on a host of the council; it was not asked")
            if address in seen or len(seen) > MOST_HOPS:
                return Answer("off_site", f"the site leads from address to address ({address}) and never ends")
            seen.add(address)
            host = self._host(address)
            with host.lock:
                robots = self._robots(host, address, hosts, journal, slow)
                refused = robots.refusal(address)
                if refused is not None:
                    return refused
                fetched.final_address = address
                answer = self._tried(host, address, robots.delay, fetched, slow)
            if answer.redirect is None:
                return answer
            address = _onward(address, answer.redirect)

    def _robots(self, host: _Host, address: str, hosts: OwnHosts, journal: Journal, slow: float) -> Robots:
        """The host's robots.txt, which is asked for first. The host's lock is held."""
        where = urljoin(address, "/robots.txt")
        if where not in host.robots:
            known = journal.known(where)
            if known is None:
                fetched = Fetched(address=where, purpose="robots", outcome="failed", fetched_at=_now())
                answer = self._robots_answer(host, where, hosts, fetched, slow)
                if self.stop.is_set():
                    raise Stopped("stopped during a request")
                _note(fetched, answer)
                journal.keep(fetched, answer.data)
                known = fetched, answer.data
            host.robots[where] = robots_of(*known)
        return host.robots[where]

    def _robots_answer(self, host: _Host, where: str, hosts: OwnHosts, fetched: Fetched, slow: float) -> Answer:
        address = where
        for _ in range(MOST_HOPS + 1):
            fetched.final_address = address
            answer = self._tried(host, address, 0.0, fetched, slow, cut=ROBOTS_BYTES)
            if answer.redirect is None:
                return answer
            address = _onward(address, answer.redirect)
            # Another host is not asked while this one is held: http to https of the same is what is met.
            if not hosts.holds(address) or self._host(address) is not host:
                return Answer("off_site", f"robots.txt is said to be at {address}, which is another host", status=302)
        return Answer("off_site", "robots.txt leads from address to address", status=302)

    def _tried(
        self, host: _Host, address: str, delay: float, fetched: Fetched, slow: float, cut: int | None = None
    ) -> Answer:
        """Ask an address until it answers or the tries are used up. The host's lock is held."""
        if time.monotonic() < host.rest:
            return Answer("blocked", "not asked: the site asked to be left alone for a while; try again later")
        between = max(self._delay(address), delay)
        waited = self.manners.backoff
        for attempt in range(self.manners.retries + 1):
            self._sleep(host.next - time.monotonic())
            fetched.attempts += 1
            try:
                answer = self._once(address, slow, cut)
            finally:
                host.next = time.monotonic() + between
            last = self.manners.retries if answer.outcome != "timeout" else min(1, self.manners.retries)
            if not answer.retry or attempt >= last:
                return answer
            if answer.wait is not None and answer.wait > self.manners.longest_wait:
                host.rest = time.monotonic() + answer.wait
                answer.message = f"{answer.message} (it asks to wait {answer.wait:.0f} s)"
                return answer
            self._sleep(max(waited * random.uniform(1.0, 1.25), answer.wait or 0.0))
            waited *= 2
        return answer

    def _once(self, address: str, slow: float, cut: int | None) -> Answer:
        manners = self.manners
        self._deadline.at = time.monotonic() + manners.total_seconds * slow
        timeout = httpx.Timeout(
            manners.read_seconds * slow, connect=manners.connect_seconds * slow, pool=manners.total_seconds
        )
        try:
            with self._http.stream("GET", address, timeout=timeout) as response:
                return self._read(response, cut)
        except httpx.TimeoutException:
            return Answer("timeout", f"no whole answer within {self._waited(slow)}; try again later", retry=True)
        except httpx.DecodingError as error:
            return Answer("unreachable", f"what was sent cannot be unpacked ({error})", retry=True)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, ValueError) as error:
            return Answer("unrecognised", f"this is no address that can be asked ({error})")
        except httpx.TransportError as error:
            return _failed(error)

    def _read(self, response: httpx.Response, cut: int | None) -> Answer:
        """The answer, its body read piece by piece up to the limit."""
        said = {**response.headers, **response.extensions[_LEADS]}
        headers = {name: said[name] for name in answers.HEADERS if name in said}
        found = answers.judge(response.status_code, headers, b"-")
        taken = found.outcome == "ok" and found.redirect is None
        if taken and cut is None and not answers.readable(found.media_type):
            message = f"it is of the type {found.media_type}, which holds no minutes; it was not taken"
            return Answer("unrecognised", message, found.status, found.media_type, headers)
        packed = headers.get("content-encoding", "")
        if not answers.unpacks(packed):
            message = f"it is packed in a way that was not asked for ({packed[:_MOST_SAID]}); it was not taken"
            unread = answers.judge(response.status_code, headers, b"")
            return Answer("unrecognised", message, found.status, found.media_type, headers) if taken else unread
        page = 200 <= response.status_code < 300
        most = cut or (self.manners.most_bytes if page else _ERROR_BYTES)
        body = bytearray()
        for piece in response.iter_bytes(_PIECE):
            body += piece
            if self.stop.is_set():
                raise Stopped("stopped while an answer came in")
            if len(body) > most:
                if cut is None and page:
                    message = f"it is larger than {most:,} bytes; it was not taken"
                    return Answer("too_large", message, found.status, found.media_type, headers)
                del body[most:]
                break
            if time.monotonic() > self._deadline.at:
                raise httpx.ReadTimeout("the time for the whole request is over")
        answer = answers.judge(response.status_code, headers, bytes(body))
        answer.wait = _seconds(headers.get("retry-after"))
        sized = "content-length" in response.headers or "transfer-encoding" in response.headers
        if taken and answer.outcome == "ok" and not sized and answers.is_cut(bytes(body), answer.media_type):
            answer.outcome, answer.retry = "damaged", True
            answer.message = "the page came without its end; it is asked for again the next time"
        return answer

    def _host(self, address: str) -> _Host:
        """The host of an address; its http and its https are one machine."""
        host, _, port = (authority_of(address) or "").rpartition(":")
        with self._guard:
            return self._hosts.setdefault(host if port in ("80", "443") else f"{host}:{port}", _Host())

    def _delay(self, address: str) -> float:
        host, _, port = (authority_of(address) or "").rpartition(":")
        allowed = allows(self.manners.allow_hosts, host.strip("[]"), int(port))
        return self.manners.delay if allowed else max(self.manners.delay, _SHORTEST_DELAY)

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(max(seconds, 0.0)):
            raise Stopped("stopped between two requests")

    def _waited(self, slow: float) -> str:
        return f"{min(self.manners.read_seconds, self.manners.total_seconds) * slow:g} s"


def _note(fetched: Fetched, answer: Answer) -> None:
    fetched.outcome, fetched.message = answer.outcome, answer.message
    fetched.status, fetched.media_type, fetched.headers = answer.status, answer.media_type, answer.headers


def _failed(error: httpx.TransportError) -> Answer:
    """The answer that a broken connection is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NotPublic):
            return Answer("off_site", f"{cause}, and is not asked; --allow-host lets it be")
        if isinstance(cause, ssl.SSLCertVerificationError):
            message = f"the site's certificate cannot be verified ({cause.verify_message}); save its pages by hand"
            return Answer("unreachable", message)
        cause = cause.__cause__ or cause.__context__
    text = str(error)[:_MOST_SAID] or type(error).__name__
    if isinstance(error, httpx.ConnectError) and text.startswith("there is no host"):
        return Answer("unreachable", f"{text}; look up where the council's site is now, and name it with --root")
    if isinstance(error, httpx.ConnectError):
        return Answer("unreachable", f"no connection to the site ({text}); try again later", retry=True)
    return Answer("unreachable", f"the connection broke ({text}); try again later", retry=True)


def _seconds(said: str | None) -> float | None:
    """What `Retry-After` asks to wait: seconds, or a date (RFC 9110, section 10.2.3)."""
    if said is None:
        return None
    if re.fullmatch(r"\s*[0-9]+\s*", said):
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.timezone.utc)
    return max(0.0, (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds())


def _hold_back(response: httpx.Response) -> None:
    """Keep from httpx where a response leads: it would read that at once, and raise for what is no address."""
    leads = response.headers.pop("location", None)
    response.extensions[_LEADS] = {} if leads is None else {"location": leads}


def _onward(address: str, said: str) -> str:
    """Where a `Location` leads from an address; what is no address is given as it is said."""
    try:
        return urljoin(address, said.strip()).partition("#")[0]
    except ValueError:
        return said


def _led(seen: set[str]) -> str:
    return "the site leads elsewhere: " if seen else ""


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
