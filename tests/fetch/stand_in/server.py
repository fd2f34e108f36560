"""A web server on loopback that answers for a council's site, and remembers who asked for what and when."""

from __future__ import annotations

import contextlib
import ipaddress
import math
import re
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from .answer import Answer, Site, text
from .faults import Fault, Wire

__all__ = ["Answer", "Asked", "Site", "StandIn"]

_LONGEST_SILENCE = 30.0  # seconds: after it a connection that was forgotten is closed


@dataclass(slots=True, eq=False)
class Asked:
    """One request: its path with the query as sent, its headers by their names in small letters.

    `started` and `ended` are seconds of `time.monotonic()`; `ended` is infinite while it is being answered.
    """

    path: str
    started: float
    ended: float
    headers: Mapping[str, str]
    method: str = "GET"


class StandIn:
    """A site on loopback, while the `with` block lasts.

    `robots` answers `/robots.txt` (None: it is not there). `faults` are tried in order before the site is asked.
    `slow` is seconds that each answer of the site takes. With `tls`, `root` begins with `https:`. An exception of
    the site itself is raised when the block ends.
    """

    def __init__(
        self,
        site: Site,
        robots: str | bytes | Answer | None = None,
        faults: Iterable[Fault] = (),
        *,
        slow: float = 0.0,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not a loopback address; the stand-in binds to no other")
        self.site = site
        self.robots = robots
        self.faults = list(faults)
        self.slow = slow
        self.log: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._errors: list[Exception] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(self, host, port, tls)
        bound = self._server.server_address[1]
        self.authority = f"[{host}]:{bound}" if ":" in host else f"{host}:{bound}"
        self.scheme = "https" if tls else "http"
        self.root = f"{self.scheme}://{self.authority}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="stand-in")

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        with self._lock:
            return [asked.path for asked in self.log]

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        if self._errors and error is None:
            raise self._errors[0]

    def begin(self, path: str, headers: Mapping[str, str], method: str) -> Asked:
        asked = Asked(path, time.monotonic(), math.inf, headers, method)
        with self._lock:
            self.log.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        return asked

    def end(self, asked: Asked) -> None:
        """Notes that a request is answered; a second time it does nothing."""
        with self._lock:
            if asked.ended == math.inf:
                asked.ended = time.monotonic()
                self._at_once -= 1

    def fault_of(self, path: str) -> Fault | None:
        """The first fault of the path that is not used up; one use is taken from it."""
        with self._lock:
            for fault in self.faults:
                if (fault.times is None or fault.used < fault.times) and re.search(fault.pattern, path):
                    fault.used += 1
                    return fault
        return None

    def answer(self, path: str, root: str) -> Answer:
        """What the site says, after the time it takes. Its exceptions become a 500 and are kept."""
        self._closing.wait(self.slow)
        try:
            found = self._robots() if path.split("?")[0] == "/robots.txt" else self.site(path, root)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is raised when the server closes
            self._errors.append(error)
            return text("The stand-in failed.", 500)
        return found or text("Not found.", 404)

    def wire(self, asked: Asked, connection: socket.socket, root: str) -> Wire:
        return Wire(
            path=asked.path,
            root=root,
            connection=connection,
            closing=self._closing,
            over=lambda: self.end(asked),
            usual=lambda: self.answer(asked.path, root),
        )

    def _robots(self) -> Answer | None:
        if isinstance(self.robots, str):
            return text(self.robots)
        if isinstance(self.robots, bytes):
            return Answer(self.robots, 200, "text/plain")
        return self.robots


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _LONGEST_SILENCE
    disable_nagle_algorithm = True  # the last byte of an answer is sent apart

    def setup(self) -> None:
        super().setup()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()

    def do_GET(self) -> None:
        stand_in = self.server.stand_in
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = stand_in.begin(self.path, headers, self.command)
        root = f"{stand_in.scheme}://{headers.get('host', stand_in.authority)}"
        wire = stand_in.wire(asked, self.connection, root)
        try:
            fault = stand_in.fault_of(self.path)
            answer = fault.act(wire) if fault else wire.usual()
            if answer is None:
                self.close_connection = True
            else:
                self._send(wire, answer)
        finally:
            wire.over()

    do_HEAD = do_GET

    def _send(self, wire: Wire, answer: Answer) -> None:
        more = {"Connection": "close"} if self.close_connection else {}
        body = b"" if self.command == "HEAD" or answer.status == 304 else answer.body
        wire.send_last(answer.head(Content_Length=str(len(answer.body)), **more) + body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the log is a list."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True  # so that no thread outlives the test
    request_queue_size = 128

    def __init__(self, stand_in: StandIn, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        self.stand_in = stand_in
        self._tls = tls
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # The class above asks the resolver for the host's name here, which may leave the machine.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls:  # the handshake is made in the connection's own thread
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._guard:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends every connection, also those that a client keeps open or does not read from."""
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: clients that leave, and handshakes they refuse, are part of the tests."""
