"""CMIS: a calendar month by month, a page for each meeting, and minutes that are PDFs behind its links.

Nothing but the calendar lists meetings, so that it is walked through all the months wanted. Months long past are
asked for once.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup

from minutesminer.fetch import named
from minutesminer.fetch.platforms.documents import judge_document
from minutesminer.fetch.visit import Listing, Page, Visit
from minutesminer.models import ListedMeeting, Outcome
from minutesminer.parse.cmis import is_minutes, links_of, meeting_of
from minutesminer.parse.committees import nearest
from minutesminer.parse.facts import CALLED_OFF, find_time
from minutesminer.parse.page import page_text, whole_address
from minutesminer.parse.sniff import kind_of
from minutesminer.text import fold

_CALENDARS = ("Meetings.aspx", "MeetingsCalendar.aspx", "CalendarofMeetings.aspx", "Calendar.aspx")
_MODULE = re.compile(r"dnn[$_]ctr(\d+)[$_]MeetingCalendarPublic")
_MEETING = re.compile(r"(?P<base>.*/tabid/\d+)/ctl/ViewMeetingPublic/mid/(?P<mid>\d+)/Meeting/(?P<key>\d+)\b", re.I)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+[A-Z][a-z]+")
_TIME = re.compile(r"^\d{1,2}[:.]\d{2}\s*(?:[ap]m)?\s*[-–]?\s*", re.I)
_AHEAD = 3
"""Months after the present one that are listed."""


def meetings(visit: Visit) -> Listing:
    """The meetings of the committees wanted, by the calendar."""
    base = _calendar(visit)
    if not base.good:
        return Listing(outcome=base.outcome, message=base.told)
    wrong = named.check(visit, base)
    if wrong is not None:
        return Listing(outcome=wrong[0], message=wrong[1])
    way = _way(visit, base)
    if way is None:
        message = f"{base.address} leads to no meeting, so that its calendar cannot be walked; try again next month"
        return Listing(outcome="unrecognised", message=message)
    found: list[ListedMeeting] = []
    failed: list[Page] = []
    for month in _months(visit):
        # What a month listed cannot change once the time in which minutes are awaited is over.
        last = f"{month}-28"
        page = visit.get(
            f"{way}/Date/{month}-01/Default.aspx", "meetings", _judge_month, settled=not visit.scope.is_recent(last)
        )
        if page.good:
            found += _of_month(visit, page, month)
        else:
            failed.append(page)
    wanted = [each for each in found if visit.scope.wants(each.committee or "") and visit.scope.covers(each.date)]
    listing = Listing(wanted, sorted({each.committee for each in wanted if each.committee}))
    if failed:
        listing.outcome = failed[-1].outcome
        listing.message = f"{len(failed)} months of the calendar could not be had: {failed[-1].told}"
    elif not wanted and visit.scope.committees:
        titles = sorted({each.committee for each in found if each.committee})
        near = "; ".join(nearest(visit.scope.committees[0], titles))
        listing.outcome, listing.matched = "empty", False
        listing.message = f"the calendar lists no such committee; nearest are: {near}"
    return listing


def minutes(visit: Visit, meeting: ListedMeeting, later: Sequence[ListedMeeting]) -> None:
    """Ask for the meeting's page and for the minutes that it links to."""
    page = visit.get(meeting.url or "", "page", _judge_meeting)
    visit.asked(meeting, page, "page")
    if not page.good:
        return
    soup = _soup(page.data)
    facts = meeting_of(soup)
    meeting.status = facts.status or meeting.status
    meeting.committee = facts.committee or meeting.committee
    link = next((link for link in links_of(soup, page.address) if is_minutes(link.title)), None)
    if link is not None:
        visit.asked(meeting, visit.get(link.url, "document", judge_document), "printed")
    elif CALLED_OFF.search(meeting.status or ""):
        meeting.outcome, meeting.message, meeting.how = "cancelled", "the meeting did not take place", None
    else:
        meeting.outcome, meeting.how = "not_published", None
        meeting.message = "the page of the meeting lists no minutes; fetch it again later"


def _calendar(visit: Visit) -> Page:
    """The page with the calendar."""
    for name in _CALENDARS:
        page = visit.get(f"{visit.site.root}/{name}", "front", _judge_calendar)
        if page.fetched.outcome != "gone":
            break
    return page


def _way(visit: Visit, base: Page) -> str | None:
    """The address of the calendar's months up to the date, cut from that of a meeting: its numbers are the site's."""
    for page in (base, _list_view(visit, base)):
        if page is None or not page.good:
            continue
        for anchor in _soup(page.data).find_all("a", href=True):
            match = _MEETING.search(whole_address(str(anchor["href"]), page.address))
            if match:
                return f"{match['base']}/ctl/MeetingCalendarPublicNoJava/mid/{match['mid']}"
    return None


def _list_view(visit: Visit, base: Page) -> Page | None:
    module = _MODULE.search(page_text(base.data))
    if module is None:
        return None
    address = f"{base.address.partition('?')[0]}?ctl=MeetingCalendarListView&mid={module[1]}"
    return visit.get(address, "meetings", _judge_page)


def _months(visit: Visit) -> Iterator[str]:
    """The months wanted, as `2026-06`, the latest first."""
    scope = visit.scope
    last = datetime.date.fromisoformat(scope.until or scope.today)
    year, month = last.year, last.month + (0 if scope.until else _AHEAD)
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    while f"{year}-{month:02}" >= scope.since[:7]:
        yield f"{year}-{month:02}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _of_month(visit: Visit, page: Page, month: str) -> Iterator[ListedMeeting]:
    for row in _soup(page.data).select("tr"):
        cell = row.select_one("td.SimpleCalendarDate")
        day = _DAY.search(cell.get_text()) if cell else None
        if day is None:
            continue
        for anchor in row.select("a[href]"):
            address = whole_address(str(anchor["href"]), page.address)
            match = _MEETING.search(address)
            if match is None:
                continue
            said = fold(anchor.get_text())
            name = _TIME.sub("", said)
            off = CALLED_OFF.search(name)
            yield ListedMeeting(
                id=f"{visit.site.council_id}-{match['key']}",
                council_id=visit.site.council_id,
                committee=re.sub(r"\s*[-–(]*\s*\b(?:cancelled|postponed|abandoned)\b\)?", "", name, flags=re.I) or None,
                committee_key=_committee_key(address),
                date=f"{month}-{int(day[1]):02}",
                time=find_time(said),
                status="cancelled" if off else None,
                url=address,
            )


def _committee_key(address: str) -> str | None:
    match = re.search(r"/Committee/(\d+)\b", address, re.I)
    return match[1] if match else None


def _judge_page(data: bytes, address: str) -> tuple[Outcome, str | None]:
    return ("ok", None) if kind_of(data) == "html" else ("unrecognised", "what came is not a web page")


def _judge_calendar(data: bytes, address: str) -> tuple[Outcome, str | None]:
    right = _MODULE.search(page_text(data)) is not None or "ViewMeetingPublic" in page_text(data)
    return ("ok", None) if right else ("unrecognised", "the page holds no calendar of CMIS")


def _judge_month(data: bytes, address: str) -> tuple[Outcome, str | None]:
    right = _soup(data).select_one("td.SimpleCalendarDate") is not None
    return ("ok", None) if right else ("unrecognised", "the page is no month of CMIS's calendar")


def _judge_meeting(data: bytes, address: str) -> tuple[Outcome, str | None]:
    soup = _soup(data)
    right = soup.select_one(".DNNLabel, .CmisDocumentList, .DocumentList") is not None
    return ("ok", None) if right else ("unrecognised", "the page is no meeting of CMIS")


def _soup(data: bytes) -> BeautifulSoup:
    return BeautifulSoup(page_text(data), "lxml")
