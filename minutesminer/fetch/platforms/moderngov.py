"""ModernGov: its web service first, its pages second, printed minutes third, minutes of a later meeting's papers last.

The web service gives a meeting with its minutes already cut by agenda item, and is often open where the pages are
blocked, and at some councils the other way round. Which way an answer came is kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from minutesminer.fetch import named
from minutesminer.fetch.answers import leads_to_https
from minutesminer.fetch.platforms import moderngov_pages as pages
from minutesminer.fetch.platforms import moderngov_service as service
from minutesminer.fetch.platforms.documents import LaterLink, attached_minutes, judge_document, later_links
from minutesminer.fetch.visit import Judge, Listing, Page, Visit
from minutesminer.models import Item, ListedMeeting, Purpose
from minutesminer.parse.committees import means, nearest

_AHEAD = 365
"""Days ahead of today whose meetings are listed: committees publish their calendar for a municipal year."""


_MOST_LISTS = 100
"""Pages of one committee's meetings that are asked for, at most."""
_WITH_ITEMS = frozenset({"ok", "unchanged", "not_published", "no_minutes"})


def meetings(visit: Visit) -> Listing:
    """The meetings of the committees wanted."""
    refused: list[Page] = []
    front: Page | None = None
    committees, by_service = _committees_by_service(visit, refused), True
    if not committees:
        by_service = False
        front = _front(visit)
        committees = pages.committees(front.data) if front.good else []
        if not front.good:
            refused.append(front)
    wrong = named.check(visit, front or _front(visit))
    if wrong is not None:
        return Listing(outcome=wrong[0], message=wrong[1])
    if not committees:
        return _nothing(refused)
    titles = [title for _, title in committees]
    wanted = [(key, title) for key, title in committees if visit.scope.wants(title) and not _partners(visit, title)]
    if not wanted:
        return _no_committee(visit, titles)
    listing = Listing(committees=[title for _, title in wanted])
    lost: list[str] = []
    for key, title in wanted:
        failed: list[Page] = []
        found = list(_meetings_of(visit, key, title, by_service, failed))
        listing.meetings += [meeting for meeting in found if visit.scope.covers(meeting.date)]
        listing.following += [meeting for meeting in found if visit.scope.follows(meeting.date)]
        if failed:
            lost.append(f"{title} ({failed[-1].told})")
            listing.outcome = failed[-1].outcome
    if lost:
        listing.message = f"not all meetings could be listed of {'; '.join(lost)}"
    return listing


def minutes(visit: Visit, meeting: ListedMeeting, later: Sequence[ListedMeeting]) -> None:
    """Ask for a meeting's minutes, way after way, until one has them."""
    gone_on = True
    if not visit.is_closed("meeting"):
        answer = visit.get(_service_address(visit, meeting), "meeting", service.judge_meeting)
        visit.asked(meeting, answer, "service")
        # That nothing is published, or that there was no meeting, is an answer; that no text is in it, none.
        gone_on = meeting.outcome not in ("ok", "cancelled", "not_published")
    if gone_on and meeting.url:
        page = visit.get(meeting.url, "page", pages.judge_meeting)
        printed = pages.printed_minutes(page.data, page.address) if page.data else None
        if page.fetched.outcome != "gone" or meeting.outcome is None:
            visit.asked(meeting, page, "page")
        if printed is not None and (not page.good or pages.is_cut(page.data, page.address)):
            document = visit.get(printed.url, "document", judge_document)
            if document.good or not page.good:
                visit.asked(meeting, document, "printed")
    if meeting.outcome in ("not_published", "no_minutes", "empty"):
        link = attached_minutes(meeting, _links_of(visit, later))
        if link is not None:
            document = visit.get(link.url, "document", judge_document)
            if document.good:
                visit.asked(meeting, document, "attached")


def _committees_by_service(visit: Visit, refused: list[Page]) -> list[tuple[str, str]]:
    """Keys and titles as the web service lists them; none where it does not answer, which `refused` then tells."""
    for _ in range(2):
        operation = "/mgWebService.asmx/GetCommittees"
        page = visit.get(visit.site.root + operation, "committees", service.judge_committees)
        if page.good:
            if page.address.endswith(operation):
                visit.move(page.address.removesuffix(operation))
            return service.committees(page.data)
        if visit.site.root.startswith("http:") and leads_to_https(page.data):
            visit.move(f"https:{visit.site.root.removeprefix('http:')}")
            continue
        break
    refused.append(page)
    return []


def _front(visit: Visit) -> Page:
    """The list of committees, which names the council in its title and around it."""
    page = visit.get(f"{visit.site.root}/mgListCommittees.aspx?bcr=1", "front", pages.judge_committees)
    cut = page.address.find("/mgListCommittees.aspx")
    if page.good and cut > 0:
        visit.move(page.address[:cut])
    return page


def _meetings_of(visit: Visit, key: str, title: str, by_service: bool, refused: list[Page]) -> Iterator[ListedMeeting]:
    """A committee's meetings; by its page where the service does not list them."""
    scope, root = visit.scope, visit.site.root
    found: list[service.Row] | None = None
    if by_service:
        until = scope.last_looked_at or scope.days_ago(-_AHEAD)
        address = (
            f"{root}/mgWebService.asmx/GetMeetings?lCommitteeId={key}"
            f"&sFromDate={service.day_first(scope.since)}&sToDate={service.day_first(until)}"
        )
        page = visit.get(address, "meetings", service.judge_meetings)
        found = service.meetings(page.data) if page.good else None
    for row in found if found is not None else _meetings_on_pages(visit, key, refused):
        yield ListedMeeting(
            id=f"{visit.site.council_id}-{row.key}",
            council_id=visit.site.council_id,
            committee=title,
            committee_key=key,
            date=row.date,
            time=row.time,
            status=row.status,
            url=f"{root}/ieListDocuments.aspx?CId={key}&MId={row.key}&Ver=4",
        )


def _meetings_on_pages(visit: Visit, key: str, refused: list[Page]) -> list[service.Row]:
    """A committee's meetings by its pages: the first has all of them, or the latest fifteen or so and leads on."""
    found: dict[str, service.Row] = {}
    coming = [(f"{visit.site.root}/ieListMeetings.aspx?CId={key}&Year=0", "")]
    seen: set[str] = set()
    while coming and len(seen) < _MOST_LISTS:
        address, way = coming.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page = visit.get(address, "meetings", pages.judge_meetings)
        if not page.good:
            refused.append(page)
            continue
        rows = pages.meetings(page.data)
        dates = sorted(row.date for row in rows if row.date)
        new = [row for row in rows if row.key not in found]
        found.update({row.key: row for row in new})
        near = pages.neighbours(page.data, page.address)
        if new and "earlier" in near and way != "later" and dates[0] >= visit.scope.since:
            coming.append((near["earlier"], "earlier"))
        if (
            new
            and "later" in near
            and way != "earlier"
            and dates[-1] <= (visit.scope.last_looked_at or visit.scope.today)
        ):
            coming.append((near["later"], "later"))
    return list(found.values())


def _service_address(visit: Visit, meeting: ListedMeeting) -> str:
    return f"{visit.site.root}/mgWebService.asmx/GetMeeting?lMeetingId={meeting.id.partition('-')[2]}"


def _links_of(visit: Visit, meetings: Sequence[ListedMeeting]) -> list[LaterLink]:
    """The documents that meetings list, by the web service or by their pages.

    Those of meetings wanted are archived as far as they could be had; what follows them is asked for here.
    """
    found: list[LaterLink] = []
    for place, meeting in enumerate(meetings):
        ways: tuple[tuple[Purpose, str, Judge, Callable[[bytes, str], list[Item]]], ...] = (
            ("meeting", _service_address(visit, meeting), service.judge_meeting, service.items),
            ("page", meeting.url or "", pages.judge_meeting, pages.items),
        )
        for purpose, address, judge, items_of in ways:
            had = visit.archive.last(address)
            if had is None and address and visit.scope.follows(meeting.date):
                had = visit.get(address, purpose, judge).fetched
            if had is not None and had.sha256 is not None and had.outcome in _WITH_ITEMS:
                items = items_of(visit.archive.read(had.sha256), had.final_address or address)
                found += later_links(items, nearest=place == 0)
                break
    return found


def _partners(visit: Visit, title: str) -> bool:
    """Whether a committee of a shared site is another council's: it names that one, and not this."""
    if not visit.site.partners:
        return False
    from minutesminer.fetch.sites import council_of

    ours = any(means(name, title) for name in visit.site.names)
    others = (council_of(code) for code in visit.site.partners)
    return not ours and any(means(other.common_name, title) for other in others)


def _nothing(refused: list[Page]) -> Listing:
    """The listing of a site that gave none: what the last of its answers was, and what all of them were."""
    last = next((page for page in reversed(refused) if page.outcome != "gone"), refused[-1])
    alike = len({page.fetched.message for page in refused}) == 1
    told = [page.told for page in refused]
    return Listing(outcome=last.outcome, message=told[0] if alike else "; ".join(told))


def _no_committee(visit: Visit, titles: list[str]) -> Listing:
    if not visit.scope.committees:
        message = "the site lists no scrutiny committee; name one with --committee"
    else:
        words = " or ".join(map(repr, visit.scope.committees))
        near = "; ".join(nearest(visit.scope.committees[0], titles))
        message = f"the site lists no committee called {words}; nearest are: {near}"
    return Listing(outcome="empty", message=message, matched=False)
