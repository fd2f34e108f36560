"""An archive as a source of minutes: what was fetched is read as files are, and what was not is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from minutesminer.fetch.archive import SiteVisited, open_archive, read_blob
from minutesminer.fetch.containers import Source
from minutesminer.models import Fetched, Given, Issue, ListedMeeting

_HAS_TEXT = frozenset({"ok", "not_published", "no_minutes", "cancelled"})
"""Outcomes of a meeting whose answer is parsed: the others gave no page of a meeting at all."""


@dataclass(slots=True)
class FromArchive:
    """What an archive knows: the last visit to each site, its meetings, and the last request to each address.

    `names` are those of the councils, by their codes.
    """

    folder: str
    sites: list[SiteVisited] = field(default_factory=list)
    meetings: list[ListedMeeting] = field(default_factory=list)
    requests: list[Fetched] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def from_archive(folder: Path | str, councils: Collection[str] | None = None) -> FromArchive:
    """What an archive knows; of the sites, those of `councils` (codes), or all. Raises ArchiveError for no archive."""
    with open_archive(folder) as archive:
        visited = archive.sites()
        sites = [site for site in visited if councils is None or site.council_id in councils]
        names = {site.council_id: site.council for site in visited}
        return FromArchive(str(folder), sites, archive.meetings(), archive.latest(), names)


def sources_of(known: FromArchive, wanted: Collection[str] | None = None) -> list[Source]:
    """The answers in an archive that say most of each meeting, by council, committee and date.

    `wanted` are the ids of the meetings to take, all where it is None. A meeting whose minutes could not be had is
    a source with the reason and without bytes. What several meetings share is taken once.
    """
    requests = {request.address: request for request in known.requests}
    sources = []
    taken: set[str] = set()
    for meeting in known.meetings:
        if meeting.address is None or meeting.outcome is None or (wanted is not None and meeting.id not in wanted):
            continue
        key = meeting.sha256 or meeting.address
        if key in taken:
            continue
        taken.add(key)
        request = requests.get(meeting.address)
        final = request.final_address if request is not None and request.final_address else meeting.address
        given = Given(known.names.get(meeting.council_id), meeting.committee, meeting.date, final)
        source = Source(meeting.address, given, fetched_at=meeting.asked_at, listed=True)
        if meeting.outcome in _HAS_TEXT and meeting.sha256 is not None:
            source.opened = partial(read_blob, known.folder, meeting.sha256)
        else:
            message = f"{meeting.address}: {meeting.message or meeting.outcome}"
            source.outcome, source.issue = meeting.outcome, Issue("fetch", meeting.outcome, message)
        sources.append(source)
    return sources
