"""Crawls of stand-ins, and single requests to them: what came of each, and how long it took."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from stand_in.server import StandIn
from stand_in.synthetic_councils import TODAY

from minutesminer.fetch import crawl as stage
from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.archive import open_archive, read_blob
from minutesminer.fetch.client import Client, Manners
from minutesminer.fetch.crawl import Gathered
from minutesminer.fetch.sites import Site
from minutesminer.fetch.visit import Scope
from minutesminer.models import Fetched, Purpose

CONTACT = "tests@example.org"
_NOON = datetime.datetime.fromisoformat(f"{TODAY}T12:00:00+00:00")
_PATHS = {"moderngov": "", "cmis": "/northfell", "custom": "/minutes/"}


@dataclass(slots=True)
class Crawled:
    """What a crawl gave. `requests` are the last to each address; `seconds` is what it took."""

    folder: Path
    gathered: Gathered
    seconds: float
    requests: Mapping[str, Fetched] = field(default_factory=dict)

    @property
    def sites(self) -> list[str]:
        """The outcomes of the visits."""
        return [str(visit.outcome) for visit in self.gathered.visits]

    @property
    def meetings(self) -> dict[str, str]:
        """What became of each meeting, with the way where it gave minutes, by the site's key; of pages, by date."""
        return {
            str(meeting.date) if visit.site.platform == "custom" else meeting.id.partition("-")[2]: (
                f"{meeting.outcome} by {meeting.how}" if meeting.how else str(meeting.outcome)
            )
            for visit in self.gathered.visits
            for meeting in visit.meetings
        }

    def request(self, part: str) -> Fetched:
        """The one request whose address holds `part`."""
        (found,) = (fetched for address, fetched in self.requests.items() if part in address)
        return found

    def told(self, part: str) -> tuple[str, int | None, int]:
        """Outcome, status and number of tries of that request."""
        fetched = self.request(part)
        return str(fetched.outcome), fetched.status, fetched.attempts

    def bytes_of(self, part: str) -> bytes:
        """What is kept of that request."""
        return read_blob(self.folder, self.request(part).sha256 or "")


@dataclass(slots=True)
class Notes:
    """A journal in memory."""

    kept: dict[str, Fetched] = field(default_factory=dict)

    def known(self, address: str) -> tuple[Fetched, bytes | None] | None:
        return None

    def keep(self, fetched: Fetched, data: bytes | None) -> None:
        self.kept[fetched.address] = fetched


def site_at(
    stand_in: StandIn, platform: str = "moderngov", id: str = "NMR", council: str = "Northmere", **more: Any
) -> Site:
    """The site of a stand-in, known by its own address only."""
    root = stand_in.root + more.pop("path", _PATHS[platform])
    return Site(id, council, platform, root, hosts=OwnHosts.of((root,)), **more)


def patient(*stand_ins: StandIn, **more: Any) -> Manners:
    """Manners without delay, which wait long for an answer and shortly between two tries."""
    allowed = frozenset(stand_in.authority for stand_in in stand_ins)
    usual: dict[str, Any] = {"delay": 0.0, "backoff": 0.005, "allow_hosts": allowed}
    return Manners(CONTACT, **(usual | more))


def hasty(*stand_ins: StandIn, **more: Any) -> Manners:
    """Manners that wait less than half a second for the next byte, and half a second for the whole."""
    return patient(*stand_ins, **({"read_seconds": 0.4, "connect_seconds": 0.5, "total_seconds": 0.5} | more))


def crawled(
    folder: Path,
    sites: Site | Sequence[Site],
    manners: Manners,
    *,
    since: str = "2024-01-01",
    committees: tuple[str, ...] = (),
    stop: threading.Event | None = None,
) -> Crawled:
    """Crawl sites into the archive in a folder, on the day of the stand-ins' councils."""
    scope = Scope(since=since, today=TODAY, committees=committees, every=not committees)
    with patch.object(stage, "_now", lambda: _NOON), open_archive(folder, write=True) as archive:
        began = time.monotonic()
        gathered = stage.crawl(archive, [sites] if isinstance(sites, Site) else sites, scope, manners, stop=stop)
        took = time.monotonic() - began
        stage.end(archive, gathered)
        requests = {fetched.address: fetched for fetched in archive.latest()}
    return Crawled(folder, gathered, took, requests)


def asked(
    address: str,
    manners: Manners,
    *,
    known: Sequence[str] = (),
    purpose: Purpose = "page",
    notes: Notes | None = None,
    stop: threading.Event | None = None,
) -> tuple[Fetched, bytes | None]:
    """Ask for one address, on its own host or those of the addresses `known`."""
    with Client(manners, stop) as client:
        return client.get(address, OwnHosts.of((address, *known)), notes or Notes(), purpose)
