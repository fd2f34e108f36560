"""What a host's robots.txt asks of us (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from minutesminer.fetch.answers import Answer
from minutesminer.models import Fetched, Outcome

AGENT = "minutesminer"
"""The name under which robots.txt may speak to us."""

ROBOTS_BYTES = 512_000
"""Bytes of robots.txt that are read; RFC 9309, section 2.5, asks for 500 kibibytes at least."""

_LONGEST_DELAY = 60.0  # seconds: a longer one is taken for a mistake


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host; without `rules`, all is allowed, unless `failure` says that they could not be had."""

    rules: Protego | None = None
    failure: tuple[Outcome, str] | None = None

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for; 0 where it asks for none."""
        if self.rules is None:
            return 0.0
        asked = float(self.rules.crawl_delay(AGENT) or 0.0)
        rate = self.rules.request_rate(AGENT)
        if rate is not None and rate.requests:
            asked = max(asked, rate.seconds / rate.requests)
        return min(asked, _LONGEST_DELAY)

    def refusal(self, address: str) -> Answer | None:
        """Why an address may not be asked for; None where it may."""
        if self.failure is not None:
            return Answer(*self.failure)
        if self.rules is not None and not self.rules.can_fetch(address, AGENT):
            return Answer("disallowed", "the site's robots.txt asks programs to stay away; save its pages by hand")
        return None


def robots_of(fetched: Fetched, data: bytes | None) -> Robots:
    """The rules that the request for robots.txt gave.

    As RFC 9309, section 2.3.1, asks: a host that has none (4xx, or a redirect to nowhere) may be asked anything, and
    one that fails to answer must not be asked at all.
    """
    if fetched.outcome in ("ok", "unchanged") and data is not None:
        if len(data) >= ROBOTS_BYTES:
            data = data[: data.rfind(b"\n") + 1]  # the line that was cut may forbid more than the whole one
        return Robots(Protego.parse(data.decode("utf-8-sig", "replace")))
    failed: Outcome | None = None
    if fetched.outcome in ("timeout", "unreachable", "server_error", "failed"):
        failed = fetched.outcome
    elif fetched.status == 429:
        failed = "blocked"
    elif fetched.outcome == "off_site" and fetched.status is None:
        failed = "off_site"  # a private address
    if failed is None:
        return Robots()
    return Robots(failure=(failed, f"robots.txt could not be read, so that nothing else was asked: {fetched.message}"))
