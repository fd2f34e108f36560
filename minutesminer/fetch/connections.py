"""Connections that keep to the rules: public hosts only, the system's certificates, and an end to all waiting.

The addresses of a host are looked up once, judged, and connected to: a name that first leads to a public address and
then to a private one has no second chance. The limit on the whole of a request also ends one whose bytes drip in
one by one, be it in the body or in the headers.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
import truststore

from minutesminer.fetch.addresses import allows, is_public

_SLICE = 0.5  # seconds: how long a wait goes on after the user has asked to stop


class NotPublic(httpcore.ConnectError):
    """The host's address is loopback or private, and the user did not allow it."""


class Deadline(threading.local):
    """When the request of this thread must be over, on the clock of `time.monotonic`; `stop` ends all waiting."""

    at: float = float("inf")

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop

    def within(self, timeout: float | None, error: type[Exception]) -> float | None:
        """What is left of `timeout` seconds. Raises `error` where nothing is."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise error("the time for the whole request is over")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = time.monotonic() + (self._deadline.within(timeout, httpcore.ReadTimeout) or float("inf"))
        while True:
            if self._deadline.stop.is_set():
                raise httpcore.ReadError("stopped")
            try:
                return self._stream.read(max_bytes, min(_SLICE, max(until - time.monotonic(), 0.001)))
            except httpcore.ReadTimeout:
                if time.monotonic() >= until:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.within(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to public addresses, and to the hosts that the user allowed."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self._looked_up(host, port):
            left = self._deadline.within(timeout, httpcore.ConnectTimeout)
            try:
                made = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(made, self._deadline)
        raise failed or httpcore.ConnectError(f"there is no host {host}")

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The addresses of a host, each once, in the system's order. Raises NotPublic if one of them is private."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
                raise httpcore.ConnectError(f"the host {host} cannot be looked up: {error}") from error
            raise httpcore.ConnectError(f"there is no host {host} ({error})") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not allows(self._allowed, host, port) and not all(map(is_public, addresses)):
            raise NotPublic(f"the host {host} has a private address")
        return addresses

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise NotPublic("a socket file is no site")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def transport(allowed: frozenset[str], deadline: Deadline) -> httpx.HTTPTransport:
    """A transport for `httpx.Client` whose connections keep to the rules above."""
    verified = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made = httpx.HTTPTransport(verify=verified, trust_env=False)
    made._pool.close()
    # httpx has no way of its own to say how connections are opened; its pool is httpcore's, which has.
    made._pool = httpcore.ConnectionPool(
        ssl_context=verified,
        max_connections=None,
        max_keepalive_connections=20,
        keepalive_expiry=15.0,
        network_backend=_Backend(allowed, deadline),
    )
    return made
