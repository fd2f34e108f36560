"""A synthetic CMIS site: its calendar, the pages of its meetings, and the documents behind them.

Minutes are PDFs only. The list of meetings is of one month; any other is reached by the calendar's own address, in
which days have no year. Document addresses tell nothing: their query is opaque.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit

from .answer import Answer, page, pdf
from .business import Attendee, Item, Meeting, short_day
from .printed import agenda_pdf, minutes_pdf

_MONTHLY = re.compile(
    r"/Meetings/tabid/(\d+)/ctl/MeetingCalendarPublicNoJava/mid/(\d+)/Date/(\d{4})-(\d\d)-\d\d/", re.I
)
_MEETING = re.compile(r"/Meetings/tabid/(\d+)/ctl/ViewMeetingPublic/mid/(\d+)/Meeting/(\d+)/", re.I)


@dataclass(frozen=True, slots=True)
class CmisMeeting:
    id: int
    committee: str
    committee_id: int
    date: str
    time: str = "10:00"
    status: str = "Scheduled"
    minutes: bool = True
    venue: str = "Committee Rooms 3 & 4"
    items: Sequence[Item] = ()
    attendees: Sequence[Attendee] = ()

    def printed(self) -> Meeting:
        return Meeting(self.id, self.date, self.time, items=self.items, attendees=self.attendees, location=self.venue)


@dataclass
class Cmis:
    """The site of a council under `path`; its list of meetings shows the month of `today`."""

    name: str = "Northfell City Council"
    path: str = "/northfell"
    module: int = 397
    tab: int = 70
    meetings: Sequence[CmisMeeting] = field(default_factory=list)
    today: str = "2026-12-01"

    def __call__(self, path: str, root: str) -> Answer | None:
        parts = urlsplit(path)
        if not parts.path.lower().startswith(f"{self.path}/".lower()):
            return None
        place = parts.path[len(self.path) :]
        here = root + self.path
        if place.lower() == "/document.ashx":
            return self._document(parts.query)
        if place.lower() == "/meetings.aspx":
            return page(self._list(here) if "meetingcalendarlistview" in parts.query.lower() else self._base())
        month, meeting = _MONTHLY.match(place), _MEETING.match(place)
        if month and month.group(1, 2) == (str(self.tab), str(self.module)):
            return page(self._month(here, int(month[3]), int(month[4])))
        if meeting and meeting.group(1, 2) == (str(self.tab), str(self.module)):
            found = next((each for each in self.meetings if str(each.id) == meeting[3]), None)
            return page(self._meeting(here, found)) if found else None
        return None

    def address(self, meeting: CmisMeeting) -> str:
        """The address of a meeting's page, from the root of the site."""
        return (
            f"{self.path}/Meetings/tabid/{self.tab}/ctl/ViewMeetingPublic/mid/{self.module}/Meeting/{meeting.id}"
            f"/Committee/{meeting.committee_id}/SelectedTab/Documents/Default.aspx"
        )

    def documents(self, meeting: CmisMeeting) -> list[tuple[str, str]]:
        """Title and address of each document of a meeting, from the root of the site."""
        if meeting.status == "Cancelled":
            return []
        titles = ["Agenda Contents", "Minutes of the previous meeting"]
        if meeting.minutes:
            titles.insert(0, f"Final {meeting.committee} Minutes {''.join(reversed(meeting.date.split('-')))}")
        return [(title, f"{self.path}/Document.ashx?{_opaque(meeting, title)}") for title in titles]

    def _document(self, query: str) -> Answer | None:
        for meeting in self.meetings:
            for title, address in self.documents(meeting):
                if address.endswith(f"?{query}"):
                    return self._printed(meeting, title)
        return None

    def _printed(self, meeting: CmisMeeting, title: str) -> Answer:
        if title == "Agenda Contents":
            return pdf(agenda_pdf(self.name, meeting.committee, meeting.printed()))
        printed = meeting.printed()
        if "previous" in title:
            printed = replace(printed, date=(printed.day - datetime.timedelta(weeks=4)).isoformat())
        return pdf(minutes_pdf(self.name, meeting.committee, printed))

    def _whole(self, title: str, body: str) -> str:
        return (
            '<!DOCTYPE html>\r\n<html xml:lang="en-GB" lang="en-GB" xmlns="http://www.w3.org/1999/xhtml">\r\n'
            f'<head id="Head"><title>\r\n\t{escape(self.name)} &gt; {title}\r\n</title></head>\r\n<body id="Body">\r\n'
            f'<div id="dnn_ContentPane">\r\n{body}\r\n</div>\r\n'
            f'<div id="dnn_footer" class="footer">Copyright 2026 by {escape(self.name)}</div>\r\n</body>\r\n</html>\r\n'
        )

    def _base(self) -> str:
        named = f"dnn_ctr{self.module}_MeetingCalendarPublic"
        inputs = "".join(
            f'        <input type="submit" name="{named.replace("_", "$")}$btnButton{button}" value="{value}" '
            f'id="{named}_btnButton{button}" />\r\n'
            for button, value in (("ListView", "Meeting List View"), ("MeetingsRSS", "Meetings RSS"))
        )
        return self._whole(
            "Meetings",
            f'<div id="{named}_pnlViewActions">\r\n    <div class="UserEditActions">\r\n{inputs}    </div>\r\n</div>',
        )

    def _list(self, here: str) -> str:
        shown = [each for each in self._sorted() if each.date.startswith(self.today[:7])]
        named = f"dnn_ctr{self.module}_MeetingCalendarPublicList_grdRadMeeting_ctl00"
        rows = "".join(self._listed(each, number, named, here) for number, each in enumerate(shown))
        return self._whole(
            "Meetings",
            '<div class="CMIS_ModuleWrapper CM_ModuleWrapper MeetingCalendarListView">\r\n    <table '
            f'id="{named}" style="width:100%;table-layout:auto;empty-cells:show;">\r\n        <colgroup>\r\n'
            "            <col />\r\n            <col />\r\n        </colgroup>\r\n        <thead>\r\n"
            "            <tr>\r\n"
            '                <th scope="col" class="DateColumn rgHeader">Date/Start Time</th>'
            '<th scope="col" class="rgHeader">Venue</th>\r\n            </tr>\r\n        </thead>\r\n'
            f"        <tbody>\r\n{rows}        </tbody>\r\n    </table>\r\n</div>",
        )

    def _listed(self, meeting: CmisMeeting, number: int, named: str, here: str) -> str:
        when = f"{short_day(meeting.date)} {meeting.time}"
        committee = escape(meeting.committee)
        return (
            f'            <tr class="{"rgAltRow" if number % 2 else "rgRow"}" id="{named}__{number}">\r\n'
            f'                <td class="DateColumn">\r\n                    <a id="{named}_ctl{4 + 2 * number:02}'
            f'_lnkMeeting" title="Click to view: {committee} - {when} : {meeting.time}" '
            f'href="{self._linked(meeting, here)}">{when} - {committee}</a>\r\n'
            f"                </td><td>{escape(meeting.venue)}</td>\r\n            </tr>\r\n"
        )

    def _month(self, here: str, year: int, month: int) -> str:
        named = f"dnn_ctr{self.module}_MeetingCalendarPublicPrinter_grdRadMeeting_ctl00"
        rows = []
        for day in range(1, calendar.monthrange(year, month)[1] + 1):
            date = datetime.date(year, month, day)
            of_day = [each for each in self._sorted() if each.date == date.isoformat()]
            links = "".join(
                f'    <p class="Meeting">\r\n      <a href="{self._linked(each, here)}">{each.time} '
                f"{escape(each.committee)}</a>\r\n    </p>\r\n"
                for each in of_day
            )
            row = "rgAltRow" if day % 2 == 0 else "rgRow"
            cell = f"<td>\r\n{links}  </td>" if links else "<td></td>"
            rows.append(
                f'<tr class="{row}" id="{named}__{day - 1}">\r\n  <td class="SimpleCalendarDate">'
                f"{date:%A}, {day} {date:%B}</td>\r\n  {cell}\r\n</tr>\r\n"
            )
        return self._whole(
            "Meetings",
            '<div class="DNNModuleContent ModCMISMeetingsC">\r\n<table class="rgMasterTable" '
            f'id="{named}">\r\n{"".join(rows)}</table>\r\n</div>',
        )

    def _meeting(self, here: str, meeting: CmisMeeting) -> str:
        when = f"{short_day(meeting.date)} - {meeting.time}"
        documents = "".join(self._documents(meeting))
        venue = f"{here}/Meetings/tabid/{self.tab}/ctl/MeetingVenueDetails/mid/{self.module}/VenueID/13/Default.aspx"
        return self._whole(
            "Meetings",
            '<div class="DNNModuleContent ModCMISMeetingsC">\r\n  <h1>Meeting Details</h1>\r\n'
            + _holder("Committee", "Committee:", escape(meeting.committee))
            + _holder("DateTime", "Date/Time:", when)
            + _holder(
                "Venue",  # the class of both: only the label tells status from venue
                "Status:",
                meeting.status,
                _holder("Venue", "Venue:", f'\r\n<a href="{venue}">{escape(meeting.venue)}</a>\r\n'),
            )
            + f'    <div id="dnn_ctr{self.module}_ViewMeetingPublic_cmisPdfDocuments_pnlDocuments" '
            f'class="CmisDocumentList">\r\n        <ol class="DocumentList">\r\n{documents}        </ol>\r\n'
            "    </div>\r\n</div>",
        )

    def _documents(self, meeting: CmisMeeting) -> Iterator[str]:
        named = f"dnn_ctr{self.module}_ViewMeetingPublic_cmisPdfDocuments_rptDocuments_linkTitle"
        for number, (title, address) in enumerate(self.documents(meeting)):
            yield (
                '            <li class="DocumentListItem">\r\n                <img class="FileTypeImage" '
                f'src="{self.path}/images/FileManager/Icons/pdf.gif" alt="pdf" />\r\n                <a '
                f'id="{named}_{number}" title="Click to view \'{escape(title)}\'" class="TitleLink" '
                f'href="{escape(address)}" target="_blank">{escape(title)}</a>\r\n'
                '                <span class="FileSize">(156Kb)</span>\r\n            </li>\r\n'
            )

    def _linked(self, meeting: CmisMeeting, here: str) -> str:
        """The whole address of a meeting's page, as CMIS writes it into its lists."""
        return here.removesuffix(self.path) + self.address(meeting)

    def _sorted(self) -> list[CmisMeeting]:
        return sorted(self.meetings, key=lambda each: (each.date, each.time))


def _holder(name: str, label: str, value: str, inner: str = "") -> str:
    return (
        f'  <div class="holder">\r\n    <div class="DNNLabel {name}Label"><div class="dnnLabel"><label>'
        f'<span>{label}</span></label></div></div>\r\n    <div class="Value {name}">{value}</div>\r\n'
        f"{inner}  </div>\r\n"
    )


def _opaque(meeting: CmisMeeting, title: str) -> str:
    digest = sha256(f"{meeting.id} {title}".encode()).hexdigest()
    return f"czJKcaeAi5tUFL1DTL2UE4sO{digest[:24]}%3d%3d&rUzwRPf%2bZ3zd4E7Ikn8Lyw%3d%3d=pwRE6AGJFLDNlh225F5QMaQ"
