"""Fetching: councils in, their minutes in the archive out. Councils are visited side by side, each site slowly.

What is asked for: the lists, always; a meeting's minutes, until they were had, and again while they may still change.
What was had is never given up for a later failure.
"""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from minutesminer.errors import Stopped
from minutesminer.fetch.archive import Archive, Crawl, SiteVisited
from minutesminer.fetch.client import Client, Manners
from minutesminer.fetch.platforms import platform_of
from minutesminer.fetch.site import Site
from minutesminer.fetch.visit import Listing, Scope, Visit
from minutesminer.models import ListedMeeting, Outcome
from minutesminer.parse.facts import CALLED_OFF

SIDE_BY_SIDE = 32
"""Councils visited at the same time, at most."""

_RESUMED_HOURS = 24  # as long as robots.txt may be relied upon: RFC 9309, section 2.4
_SETTLED = frozenset({"not_published", "no_minutes", "empty", "gone", "cancelled", "unsupported"})
_LATER = 3  # meetings of a committee among whose papers the minutes of one before them are looked for
_POLL = 0.2  # seconds between two looks whether the user stops

Progress = Callable[[str, int, int, ListedMeeting | None], None]
"""Called with a council's code, the meetings done and listed, and the meeting just done (None for the list itself)."""


@dataclass(slots=True)
class Visited:
    """What a visit to one council gave. `meetings` are those wanted; `asked` how many of them were asked for.

    `fresh` is how many gave minutes that were not had before, or have changed.
    """

    site: Site
    outcome: Outcome = "ok"
    message: str | None = None
    committees: list[str] = field(default_factory=list)
    meetings: list[ListedMeeting] = field(default_factory=list)
    asked: int = 0
    fresh: int = 0

    @property
    def outcomes(self) -> dict[str, int]:
        """Meetings by outcome."""
        return dict(sorted(Counter(str(meeting.outcome) for meeting in self.meetings).items()))


@dataclass(slots=True)
class Gathered:
    """What a crawl gave, by council in the order asked for; `stopped` where the user stopped it."""

    crawl: Crawl
    visits: list[Visited] = field(default_factory=list)
    stopped: bool = False


def crawl(
    archive: Archive,
    sites: Sequence[Site],
    scope: Scope,
    manners: Manners,
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    asked: dict[str, object] | None = None,
) -> Gathered:
    """Visit sites and archive what is wanted of them.

    A crawl of the same sites that was cut short during the last day is gone on with; `asked` is what tells crawls
    apart besides the sites, as the user put it. The crawl is ended by `end`, once its result is safe. With `stop` set,
    every visit ends with the request under way. Raises ArchiveError for trouble with the archive; of a site's, each
    has its outcome.
    """
    stop = stop or threading.Event()
    now = _now()
    told = {"sites": [[site.council_id, site.platform, site.root, *site.addresses] for site in sites], **(asked or {})}
    begun = archive.begin(told, now.isoformat(timespec="seconds"), _hours_before(now, _RESUMED_HOURS))
    scope = replace(scope, today=begun.started[:10])
    gathered = Gathered(begun)
    with Client(manners, stop) as client, ThreadPoolExecutor(max_workers=min(len(sites), SIDE_BY_SIDE) or 1) as pool:
        visits = [Visit(site, scope, client, archive, begun) for site in sites]
        running = [pool.submit(_visited, visit, progress) for visit in visits]
        try:
            _await(running, stop)
        except BaseException:
            stop.set()
            raise
    for each in running:
        try:
            gathered.visits.append(each.result())
        except Stopped:
            gathered.stopped = True
    return gathered


def end(archive: Archive, gathered: Gathered) -> None:
    """Note that what a crawl gave was taken in, so that the next of the same kind asks anew."""
    if not gathered.stopped:
        archive.finish(gathered.crawl, _now().isoformat(timespec="seconds"))


def _await(running: Sequence[Future[Visited]], stop: threading.Event) -> None:
    """Wait until all visits have ended. Ctrl-C ends them with the request under way, and is no error."""
    waiting = set(running)
    while waiting:
        try:
            _, waiting = wait(waiting, timeout=_POLL)
            if any(each.done() and each.exception() and not isinstance(each.exception(), Stopped) for each in running):
                stop.set()  # trouble with the archive is everybody's
        except KeyboardInterrupt:
            stop.set()


def _visited(visit: Visit, progress: Progress | None) -> Visited:
    platform = platform_of(visit.site.platform)
    listing = platform.meetings(visit)
    known = {meeting.id: meeting for meeting in visit.archive.meetings(visit.site.council_id)}
    visited = Visited(visit.site, listing.outcome, listing.message, listing.committees)
    visited.meetings = [_entered(meeting, known.get(meeting.id), visit.scope) for meeting in _once(listing)]
    following = [_entered(meeting, known.get(meeting.id), visit.scope) for meeting in listing.following]
    visit.archive.save_site(_row_of(visit, listing))
    visit.archive.save_meetings(visited.meetings)
    total = len(visited.meetings)
    if progress is not None:
        progress(visit.site.council_id, 0, total, None)
    # The latest first: what a later meeting lists may hold the minutes of an earlier one.
    order = sorted(
        range(total), key=lambda at: (visited.meetings[at].date or "", visited.meetings[at].id), reverse=True
    )
    for done, at in enumerate(order, start=1):
        meeting = visited.meetings[at]
        if _is_due(meeting, visit):
            asked = replace(meeting)
            platform.minutes(visit, asked, _later(meeting, [*visited.meetings, *following]))
            meeting = visited.meetings[at] = _kept(meeting, asked)
            visit.archive.save_meetings([meeting])
            visited.asked += 1
            visited.fresh += asked.outcome == "ok" and not _is_unchanged(visit, asked)
        if progress is not None:
            progress(visit.site.council_id, done, total, meeting)
    return visited


def _once(listing: Listing) -> list[ListedMeeting]:
    """The meetings listed, each once: a joint one is in several lists."""
    found: dict[str, ListedMeeting] = {}
    for meeting in listing.meetings:
        found.setdefault(meeting.id, meeting)
    return list(found.values())


def _entered(listed: ListedMeeting, known: ListedMeeting | None, scope: Scope) -> ListedMeeting:
    """A meeting as listed now, with what is known of its minutes."""
    meeting = listed
    if known is not None:
        meeting = replace(
            known,
            committee=known.committee or listed.committee,
            date=listed.date or known.date,
            time=listed.time or known.time,
            status=listed.status or known.status,
            url=listed.url or known.url,
        )
    if meeting.outcome == "ok":
        return meeting
    if CALLED_OFF.search(listed.status or ""):
        meeting.outcome, meeting.message = "cancelled", f"the meeting did not take place ({listed.status})"
    elif listed.date is not None and listed.date > scope.today:
        meeting.outcome, meeting.message = "scheduled", None
    elif meeting.outcome == "scheduled" or (meeting.outcome == "cancelled" and meeting.asked_at is None):
        meeting.outcome, meeting.message = None, None  # its day has come, or it is no longer called off
    return meeting


def _is_due(meeting: ListedMeeting, visit: Visit) -> bool:
    """Whether a meeting's minutes are to be asked for: they were not had, or may have changed since."""
    scope, outcome = visit.scope, meeting.outcome
    if outcome == "scheduled" or (outcome == "cancelled" and meeting.asked_at is None):
        return False
    if outcome is None or meeting.asked_at is None:
        return True
    if outcome == "ok" and not visit.archive.holds(meeting.sha256):
        return True
    asked_long_ago = meeting.asked_at[:10] < scope.days_ago(scope.window)
    if meeting.date is None:
        return asked_long_ago or outcome not in {"ok", *_SETTLED}
    if scope.is_recent(meeting.date):
        return True
    return outcome != "ok" and (outcome not in _SETTLED or asked_long_ago)


def _later(meeting: ListedMeeting, listed: Sequence[ListedMeeting]) -> list[ListedMeeting]:
    """The next meetings that the committee held after one, the nearest first."""
    held = (
        each
        for each in listed
        if each.committee == meeting.committee
        and meeting.date is not None
        and (each.date or "") > meeting.date
        and each.outcome not in ("cancelled", "scheduled")
    )
    return sorted(held, key=lambda each: (each.date or "", each.id))[:_LATER]


def _kept(before: ListedMeeting, now: ListedMeeting) -> ListedMeeting:
    """What is kept of a meeting that was asked for again: minutes once had are not given up for a failure."""
    if before.outcome == "ok" and now.outcome != "ok":
        said = f"asked again at {now.asked_at}: {now.message or now.outcome}; the minutes had before are kept"
        return replace(before, message=said)
    return now


def _is_unchanged(visit: Visit, meeting: ListedMeeting) -> bool:
    last = visit.archive.known(visit.crawl, meeting.address or "")
    return last is not None and last.outcome == "unchanged"


def _row_of(visit: Visit, listing: Listing) -> SiteVisited:
    site = visit.site
    # That the user called a committee by a wrong name is no trouble of the site.
    outcome: Outcome = listing.outcome if listing.matched else "ok"
    root = site.root or site.addresses[0]
    message = listing.message if listing.matched else None
    return SiteVisited(site.council_id, site.council, site.platform, root, outcome, message, visit.crawl.started)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def _hours_before(now: datetime.datetime, hours: int) -> str:
    return (now - datetime.timedelta(hours=hours)).isoformat(timespec="seconds")
