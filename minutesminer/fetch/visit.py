"""One visit to one council's site: what is wanted of it, and how its pages are asked for and kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from minutesminer.fetch.addresses import OwnHosts
from minutesminer.fetch.archive import Archive, Crawl
from minutesminer.fetch.client import Client
from minutesminer.fetch.site import Site
from minutesminer.models import Fetched, How, ListedMeeting, Outcome, Purpose
from minutesminer.parse.committees import committee_kind, means

GOOD = ("ok", "unchanged")
REFUSALS = ("blocked", "disallowed", "off_site")
REFUSED_OFTEN = 3
"""Refusals one after the other, after which a way of asking is not tried again during the visit."""

_FOLLOWING = 200  # days after the last one wanted, within which the next meetings of most committees are held

Judge = Callable[[bytes, str], tuple[Outcome, str | None]]
"""Looks at the bytes of an answer and the address they came from: the outcome, and what to say of it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is wanted of a site. Dates are ISO.

    `committees` are words, each lot of which means committees (`parse.committees.means`); without any, the scrutiny
    committees are meant, or with `every`, all. Meetings from `since` to `until` (or to come) count. `window` is how
    many days after a meeting its answer is asked for again.
    """

    since: str
    today: str
    until: str | None = None
    committees: tuple[str, ...] = ()
    every: bool = False
    window: int = 90

    def wants(self, committee: str) -> bool:
        """Whether a committee is meant."""
        if self.committees:
            return any(means(words, committee) for words in self.committees)
        return self.every or committee_kind(committee) == "scrutiny"

    def covers(self, date: str | None) -> bool:
        """Whether a date is in the time that is wanted; one that is not known may be."""
        return date is None or (self.since <= date and (self.until is None or date <= self.until))

    @property
    def last_looked_at(self) -> str | None:
        """The last day whose meetings are listed; None for all to come.

        It is later than `until`: the papers of the next meetings may hold the minutes of the last one wanted.
        """
        if self.until is None or self.until >= self.today:
            return self.until
        until = datetime.date.fromisoformat(self.until) + datetime.timedelta(days=_FOLLOWING)
        return min(until.isoformat(), self.today)

    def follows(self, date: str | None) -> bool:
        """Whether a meeting of that date was held soon after the time that is wanted."""
        return date is not None and self.until is not None and self.until < date <= (self.last_looked_at or "")

    def is_recent(self, date: str | None) -> bool:
        """Whether what a site says of a meeting of that date may still change."""
        return date is None or date >= self.days_ago(self.window)

    def days_ago(self, days: int) -> str:
        """The day so many days before today."""
        return (datetime.date.fromisoformat(self.today) - datetime.timedelta(days=days)).isoformat()


@dataclass(slots=True)
class Listing:
    """What a site lists: the meetings wanted, or why there are none.

    `following` are meetings held soon after the time that is wanted: of them, only papers are looked at.
    `matched` is False where that is because no committee is called as the user called it.
    """

    meetings: list[ListedMeeting] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    outcome: Outcome = "ok"
    message: str | None = None
    matched: bool = True
    following: list[ListedMeeting] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """An answer: the request's row, and the bytes."""

    fetched: Fetched
    data: bytes

    @property
    def good(self) -> bool:
        """Whether the answer is what was asked for."""
        return self.fetched.outcome in GOOD

    @property
    def outcome(self) -> Outcome:
        """What the answer is; bytes that were had before are `ok`."""
        return "ok" if self.fetched.outcome == "unchanged" else self.fetched.outcome

    @property
    def told(self) -> str:
        """The address and what came of it, in words."""
        return f"{self.fetched.address}: {self.fetched.message or self.outcome}"

    @property
    def address(self) -> str:
        """The address that the bytes came from."""
        return self.fetched.final_address or self.fetched.address


@dataclass(slots=True)
class Visit:
    """A visit. `site` changes where the site turns out to be at another root than was thought."""

    site: Site
    scope: Scope
    client: Client
    archive: Archive
    crawl: Crawl
    refusals: dict[Purpose, int] = field(default_factory=dict)

    def get(self, address: str, purpose: Purpose, judge: Judge | None = None, *, settled: bool = False) -> Page:
        """Ask for an address and keep the answer.

        `judge` says what a page that came whole is. What is `settled` cannot change any more: it is not asked for
        again once it was had. Where the site refused this purpose time after time, it is not asked at all.
        """
        if settled:
            had = self.archive.last(address, *GOOD)
            if had is not None and had.sha256 is not None:
                return Page(had, self.archive.read(had.sha256))
        if self.is_closed(purpose):
            return Page(_unasked(address, purpose), b"")

        def judged(fetched: Fetched, data: bytes) -> None:
            if judge is not None:
                fetched.outcome, fetched.message = judge(data, fetched.final_address or address)

        notes = _Notes(self.archive, self.crawl, self.site.council_id)
        fetched, data = self.client.get(address, self.site.hosts, notes, purpose, slow=self.site.slow, judged=judged)
        refused = fetched.outcome in REFUSALS
        self.refusals[purpose] = self.refusals.get(purpose, 0) + 1 if refused else 0
        return Page(fetched, data or b"")

    def is_closed(self, purpose: Purpose) -> bool:
        """Whether the site has refused a purpose so often that it is not asked for it again."""
        return self.refusals.get(purpose, 0) >= REFUSED_OFTEN

    def move(self, root: str) -> None:
        """Note that the site's pages are below another address than was thought."""
        root = root.rstrip("/")
        if root != self.site.root:
            hosts = OwnHosts.of((*self.site.hosts.addresses, root))
            self.site = replace(self.site, root=root, hosts=hosts)

    def asked(self, meeting: ListedMeeting, page: Page, how: How | None = None) -> None:
        """Enter what an answer says of a meeting: minutes, where it is a good one and `how` says the way."""
        fetched = page.fetched
        meeting.outcome = page.outcome
        meeting.message = None if page.good else fetched.message
        meeting.address, meeting.sha256 = fetched.address, fetched.sha256
        meeting.asked_at = fetched.fetched_at
        meeting.how = how if page.good else None


@dataclass(slots=True)
class _Notes:
    """The journal of a visit's requests: the archive's manifest."""

    archive: Archive
    crawl: Crawl
    council_id: str

    def known(self, address: str) -> tuple[Fetched, bytes | None] | None:
        fetched = self.archive.known(self.crawl, address)
        if fetched is None:
            return None
        try:
            return fetched, None if fetched.sha256 is None else self.archive.read(fetched.sha256)
        except OSError:
            return None  # lost or spoilt on the disk: asked for again

    def keep(self, fetched: Fetched, data: bytes | None) -> None:
        fetched.council_id = None if fetched.purpose == "robots" else self.council_id
        self.archive.keep(self.crawl, fetched, data)


def _unasked(address: str, purpose: Purpose) -> Fetched:
    message = f"not asked: the site refused {REFUSED_OFTEN} requests of this kind one after the other"
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    return Fetched(address=address, purpose=purpose, outcome="blocked", fetched_at=now, message=message)
