"""Asking a stand-in for something without the project's own client, which is what it is there to test."""

from __future__ import annotations

import contextlib
import http.client
from urllib.parse import urlsplit


class Got:
    """A whole answer, read by the standard library's client, which follows nothing and unpacks nothing."""

    def __init__(self, address: str, timeout: float = 5.0) -> None:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=timeout)
        with contextlib.closing(connection):
            connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
            response = connection.getresponse()
            with response:
                self.status, self.headers, self.body = response.status, response.headers, response.read()
        self.text = self.body.decode("utf-8", "replace")
