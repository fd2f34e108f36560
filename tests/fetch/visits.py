"""Visits to a stand-in, one crawl after the other on days of the test's choice, and what each of them asked for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from stand_in import faults
from stand_in.business import Meeting
from stand_in.faults import Fault
from stand_in.moderngov import ModernGov
from stand_in.server import Site as Answers
from stand_in.server import StandIn
from stand_in.synthetic_councils import TODAY, eastmoor, northfell, northmere

from minutesminer.fetch import client as asking
from minutesminer.fetch import crawl as crawling
from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.archive import open_archive
from minutesminer.fetch.client import Manners
from minutesminer.fetch.crawl import Visited
from minutesminer.fetch.sites import Site
from minutesminer.fetch.visit import Scope

CALENDAR = "/northfell/Meetings/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Date"
SERVICE = "/mgWebService.asmx"


@dataclass
class Council:
    """A council's stand-in, and the archive that its crawls go to."""

    stand_in: StandIn
    site: Site
    folder: Path
    crawls: int = 0
    asked: list[str] = field(default_factory=list)

    def crawl(self, today: str = TODAY, since: str = "2024-01-01", **scope: Any) -> Visited:
        """Crawl the site on a day; `asked` are then the paths that were asked for."""
        self.crawls += 1
        now = datetime.datetime.fromisoformat(f"{today}T12:00:00+00:00") + datetime.timedelta(minutes=self.crawls)
        iso = now.isoformat(timespec="seconds")
        manners = Manners("tests@example.org", delay=0.0, retries=0, allow_hosts=frozenset({self.stand_in.authority}))
        before = len(self.stand_in.log)
        told: dict[str, object] = {"since": since, **scope}
        with (
            patch.object(crawling, "_now", lambda: now),
            patch.object(asking, "_now", lambda: iso),
            open_archive(self.folder, write=True) as archive,
        ):
            gathered = crawling.crawl(archive, [self.site], Scope(since, today, **scope), manners, asked=told)
            crawling.end(archive, gathered)
        self.asked = self.stand_in.paths[before:]
        return gathered.visits[0]

    @property
    def moderngov(self) -> ModernGov:
        """The site, where it is one of ModernGov."""
        if not isinstance(self.stand_in.site, ModernGov):
            raise TypeError("it is no site of ModernGov")
        return self.stand_in.site

    def change(self, number: int, change: Callable[[Meeting], Meeting]) -> None:
        """Change a meeting on the site."""
        self.moderngov.committees = [
            replace(each, meetings=[change(one) if one.id == number else one for one in each.meetings])
            for each in self.moderngov.committees
        ]

    def hold(self, number: int) -> None:
        """Let a meeting take place, and its minutes be published: those of meeting 2011, on its own date."""
        held = next(one for each in self.moderngov.committees for one in each.meetings if one.id == 2011)
        self.change(number, lambda one: replace(held, id=one.id, date=one.date))

    def fail(self, part: str, status: int = 500) -> None:
        """Answer with an error to all whose path holds `part`; `""` mends the site."""
        self.stand_in.faults = [Fault(part, faults.refuse(status))] if part else []


@contextmanager
def council_of(folder: Path, answers: Answers, id: str, name: str, platform: str, path: str) -> Iterator[Council]:
    with StandIn(answers) as stand_in:
        root = stand_in.root + path
        yield Council(stand_in, Site(id, name, platform, root, hosts=OwnHosts.of([root])), folder)


@contextmanager
def at_northmere(folder: Path) -> Iterator[Council]:
    with council_of(folder, northmere(), "NMB", "Northmere Borough Council", "moderngov", "") as council:
        yield council


@contextmanager
def at_northfell(folder: Path) -> Iterator[Council]:
    with council_of(folder, northfell(), "NFL", "Northfell City Council", "cmis", "/northfell") as council:
        yield council


@contextmanager
def at_eastmoor(folder: Path) -> Iterator[Council]:
    with council_of(folder, eastmoor(), "EMR", "Eastmoor District Council", "custom", "/minutes/") as council:
        yield council


@contextmanager
def three(folder: Path) -> Iterator[list[Council]]:
    """Northmere, Northfell and Eastmoor, each with an archive of its own."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(at(folder / name))
            for name, at in (("NMB", at_northmere), ("NFL", at_northfell), ("EMR", at_eastmoor))
        ]


def outcomes(visited: Visited) -> dict[str, str]:
    """What became of each meeting, with the way where it gave minutes; by the site's key, or by date without one."""
    return {
        str(meeting.date) if visited.site.platform == "custom" else meeting.id.partition("-")[2]: (
            f"{meeting.outcome} by {meeting.how}" if meeting.how else str(meeting.outcome)
        )
        for meeting in visited.meetings
    }


def lists(
    since: str = "01/01/2024", until: str = "01/12/2027", committees: Iterable[int] = (201, 202, 190)
) -> list[str]:
    """The paths that are asked for at Northmere to find its meetings."""
    return [
        "/robots.txt",
        f"{SERVICE}/GetCommittees",
        "/mgListCommittees.aspx?bcr=1",
        *(f"{SERVICE}/GetMeetings?lCommitteeId={key}&sFromDate={since}&sToDate={until}" for key in committees),
    ]


def meetings(*numbers: int) -> list[str]:
    """The paths of meetings in Northmere's web service."""
    return [f"{SERVICE}/GetMeeting?lMeetingId={number}" for number in numbers]
