"""Fetching from the command line, for `fetch` and for `run`: options, progress, and what is said at the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer import resources
from minutesminer.commands.options import Date, Function, printable
from minutesminer.commands.progress import Step, steps
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from minutesminer.fetch.archive import Archive
    from minutesminer.fetch.crawl import Gathered, Progress, Visited
    from minutesminer.fetch.site import Site
    from minutesminer.models import ListedMeeting

REFUSED = 5
NOT_HAD = 6
STOPPED = 130

_AS_IT_SHOULD_BE = frozenset({"ok", "not_published", "no_minutes", "empty", "cancelled", "scheduled"})
_REFUSALS = frozenset({"blocked", "disallowed"})
_MOST_SHOWN = 10  # meetings of a council that could not be had
_WORDS = {"ok": "with minutes", "not_published": "not published", "no_minutes": "without minutes in their text"}

_OPTIONS: tuple[Callable[[Function], Function], ...] = (
    click.option("--since", type=Date(), help="Meetings on or after this date.  [default: a year ago]"),
    click.option("--until", type=Date(), help="Meetings on or before this date.  [default: all to come are listed]"),
    click.option(
        "--archive",
        type=click.Path(file_okay=False, path_type=Path),
        default=resources.default_archive,
        show_default="db/archive in a checkout, else archive",
        help="The folder that what is fetched is kept in.",
    ),
    click.option(
        "--contact",
        envvar="MINUTESMINER_CONTACT",
        show_envvar=True,
        help="Where a council can write to you: your mail address, or that of a page.  [required]",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(min=0.0),
        default=1.0,
        show_default=True,
        help="Seconds between two requests to a host, 0.5 at least; robots.txt may ask for more.",
    ),
    click.option(
        "--window",
        type=click.IntRange(0),
        default=90,
        show_default=True,
        help="Days after a meeting in which its minutes are asked for again.",
    ),
    click.option(
        "--sites",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A CSV (id, name, platform, root, quirks) whose rows come before the register's.",
    ),
    click.option(
        "--allow-host",
        "allow_hosts",
        multiple=True,
        metavar="HOST",
        help="A host (name or name:port) that may have a loopback or private address.",
    ),
)


def fetching_options(function: Function) -> Function:
    """The options of fetching, given to the command by the names of `Asked`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked to be fetched, and how."""

    committees: tuple[str, ...]
    every: bool
    since: str | None
    until: str | None
    archive: Path
    contact: str | None
    delay: float
    window: int
    allow_hosts: tuple[str, ...]


def gather(asked: Asked, sites: Sequence[Site], take_in: Callable[[Gathered], Any]) -> Gathered:
    """Fetch what is asked for, say what came of it, and hand it to `take_in`; only then is the crawl over.

    Raises UsageError where nobody is named whom councils can write to, and ArchiveError.
    """
    from minutesminer.fetch.archive import open_archive
    from minutesminer.fetch.client import Manners
    from minutesminer.fetch.crawl import crawl, end
    from minutesminer.fetch.visit import Scope

    contact = (asked.contact or "").strip()
    if not contact or not contact.isprintable() or not contact.isascii():
        raise UsageError(
            "councils must be able to write to whoever asks their sites: give your address with --contact "
            "you@example.org, or set MINUTESMINER_CONTACT once"
        )
    if asked.since and asked.until and asked.until < asked.since:
        raise UsageError(f"--until {asked.until} is before --since {asked.since}")
    today = datetime.date.today().isoformat()
    since = asked.since or Scope("", today).days_ago(365)
    scope = Scope(since, today, asked.until, asked.committees, asked.every, asked.window)
    manners = Manners(contact, delay=asked.delay, allow_hosts=frozenset(asked.allow_hosts))
    told: dict[str, object] = {
        "committees": list(asked.committees),
        "every": asked.every,
        "since": asked.since,
        "until": asked.until,
        "window": asked.window,
    }
    with open_archive(asked.archive, write=True) as archive:
        with steps() as step:
            gathered = crawl(archive, sites, scope, manners, progress=_told(step), asked=told)
        report(gathered, archive)
        if not gathered.stopped:
            take_in(gathered)
        end(archive, gathered)
    return gathered


def exit_code(gathered: Gathered) -> int:
    """What the command ends with: 0 where all was had that is there."""
    if gathered.stopped:
        return STOPPED
    outcomes = {str(visit.outcome) for visit in gathered.visits if visit.outcome != "ok"}
    trouble = outcomes | {
        str(meeting.outcome)
        for visit in gathered.visits
        for meeting in visit.meetings
        if meeting.outcome not in _AS_IT_SHOULD_BE
    }
    if trouble & _REFUSALS:
        return REFUSED
    return NOT_HAD if trouble else 0


def report(gathered: Gathered, archive: Archive) -> None:
    """Say what a crawl gave, council by council."""
    if gathered.crawl.resumed:
        click.echo("Gone on with a crawl that was cut short.")
    for visit in gathered.visits:
        _report_visit(visit)
    if gathered.stopped:
        click.echo("Stopped. What was fetched is kept; the same command goes on where it stopped.")
    click.echo(f"Archive: {archive.folder}")


def _report_visit(visit: Visited) -> None:
    site = visit.site
    click.echo(f"{site.council} ({site.council_id}), {site.platform} at {site.root or site.addresses[0]}")
    if visit.outcome != "ok" or visit.message:
        said = "" if visit.outcome == "ok" else f"{visit.outcome}: "
        click.echo(f"  {said}{printable(visit.message or '')}")
    for committee in visit.committees:
        click.echo(f"  {printable(committee)}")
    if visit.meetings:
        counts = ", ".join(f"{count:,} {_WORDS.get(name, name)}" for name, count in visit.outcomes.items())
        click.echo(f"  {len(visit.meetings):,} meetings listed: {counts}")
        click.echo(f"  {visit.asked:,} asked for now, {visit.fresh:,} with minutes that are new or have changed")
    failed = [meeting for meeting in visit.meetings if meeting.outcome not in _AS_IT_SHOULD_BE]
    for meeting in failed[:_MOST_SHOWN]:
        named = " ".join(part for part in (meeting.date, meeting.committee) if part) or meeting.url or meeting.id
        click.echo(f"    {printable(named)}: {meeting.outcome}: {printable(meeting.message)}")
    if len(failed) > _MOST_SHOWN:
        click.echo(f"    and {len(failed) - _MOST_SHOWN:,} more: minutesminer status lists them")


def _told(step: Step) -> Progress:
    """The progress of a crawl, each of its steps in words."""

    def told(council: str, done: int, total: int, meeting: ListedMeeting | None) -> None:
        what = "meetings listed" if meeting is None else f"{meeting.date} {meeting.committee}: {meeting.outcome}"
        step(council, done, total, what)

    return told
