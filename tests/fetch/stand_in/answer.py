"""What a site answers to one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias

HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """Body, status and headers; `headers` may name any but Content-Type, Content-Length and Connection."""

    body: bytes = b""
    status: int = 200
    media_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)

    def head(self, **more: str) -> bytes:
        """Status line and headers, with the blank line that ends them; of `more`, `_` stands for `-`."""
        reasons = {each.value: each.phrase for each in HTTPStatus}
        headers = {"Content-Type": self.media_type, **self.headers}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        lines = [f"HTTP/1.1 {self.status} {reasons.get(self.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


Site: TypeAlias = Callable[[str, str], "Answer | None"]
"""Answers a path with its query, as sent, on the site at the root `http://authority`; None is not there."""


def text(body: str, status: int = 200) -> Answer:
    return Answer(body.encode(), status, TEXT)


def page(body: str, status: int = 200) -> Answer:
    return Answer(body.encode(), status)


def xml(body: str, status: int = 200) -> Answer:
    return Answer(body.encode(), status, XML)


def pdf(body: bytes) -> Answer:
    return Answer(body, 200, PDF)
