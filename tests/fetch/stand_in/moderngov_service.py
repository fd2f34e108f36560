"""The answers of a synthetic ModernGov web service, in the shape of recorded ones.

Counts have a blank before them, what is empty holds a line break, titles are escaped twice, and the texts are the
HTML of Word, escaped once. Parameters count in their exact letters; a date that is not `dd/mm/yyyy` is ignored
without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from .business import Attendee, Committee, Item, Meeting, clock, slashed
from .word import numeric, word_html

if TYPE_CHECKING:
    from .moderngov import ModernGov

_PARAMETERS = {
    "GetCommittees": [],
    "GetMeetings": ["lCommitteeId", "sFromDate", "sToDate"],
    "GetMeeting": ["lMeetingId"],
}


class NotAnswered(Exception):
    """A request that the service refuses with status 500; its message is the body."""


def answer(site: ModernGov, operation: str, query: Mapping[str, str], root: str) -> str:
    """The XML that answers an operation; `root` is the whole address of the site's directory."""
    if operation not in _PARAMETERS:
        raise NotAnswered(f"{operation or 'Request'} Web Service method name is not valid.")
    for name in _PARAMETERS[operation]:
        if name not in query:
            raise NotAnswered(f"Missing parameter: {name}.")
        if name.startswith("l") and not re.fullmatch(r"-?\d+", query[name]):
            raise NotAnswered(f"Cannot convert {query[name]} to System.Int32.\r\nParameter name: type")
    if operation == "GetCommittees":
        lines = _committees(site)
    elif operation == "GetMeetings":
        lines = _meetings(site, query)
    else:
        lines = _meeting(site, query["lMeetingId"], root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(lines) + "\n"


def _committees(site: ModernGov) -> Iterator[str]:
    yield "<committees>"
    yield _element(1, "committeescount", f" {len(site.committees)}")
    for each in site.committees:
        yield "  <committee>"
        yield _element(2, "committeeid", each.id)
        yield _title(2, "committeetitle", each.title)
        yield _element(2, "committeedeleted", each.deleted)
        yield _element(2, "committeeexpired", each.expired)
        yield _title(2, "committeecategory", each.category)
        yield "  </committee>"
    yield "</committees>"


def _meetings(site: ModernGov, query: Mapping[str, str]) -> Iterator[str]:
    committee = site.committee(query["lCommitteeId"])
    meetings = [each for each in (committee.meetings if committee else []) if _within(each, query)]
    yield "<getmeetings>"
    yield _element(1, "meetingscount", f" {len(meetings)}")
    yield _element(1, "committeescount", f" {int(bool(meetings))}")
    if committee and meetings:
        yield "  <committee>"
        yield _element(2, "committeeid", committee.id)
        yield _title(2, "committeetitle", committee.title)
        yield _element(2, "committeemeetingcount", f" {len(meetings)}")
        yield "    <committeemeetings>"
        for each in meetings:
            yield "      <meeting>"
            yield _element(4, "meetingid", each.id)
            yield _element(4, "meetingdate", slashed(each.date))
            yield _element(4, "meetingstatus", each.status)
            yield _element(4, "meetingtime", clock(each.time))
            yield _element(4, "iswebcast", False)
            yield "      </meeting>"
        yield "    </committeemeetings>"
        yield "  </committee>"
    yield "</getmeetings>"


def _within(meeting: Meeting, query: Mapping[str, str]) -> bool:
    """Whether the meeting is between the dates asked for; a date of another form is as good as none."""
    start, end = _iso(query["sFromDate"]), _iso(query["sToDate"])
    if start is None or end is None:
        return True
    return start <= meeting.date <= end


def _iso(typed: str) -> str | None:
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", typed)
    return f"{match[3]}-{match[2]}-{match[1]}" if match else None


def _meeting(site: ModernGov, number: str, root: str) -> Iterator[str]:
    found = site.meeting(number)
    yield "<meeting>"
    if found:
        committee, meeting = found
        held = meeting.status != "Cancelled"
        shown = meeting.published and held
        yield from _facts(meeting, shown)
        yield "  <agendaitems>"
        for position, item in enumerate(meeting.items if shown else []):
            yield from _item(site, committee, meeting, item, position, root)
        yield "  </agendaitems>"
        yield "  <attendees>"
        for number_of, attendee in enumerate(meeting.attendees, start=1):
            yield from _attendee(attendee, number_of, root)
        yield "  </attendees>"
    yield "</meeting>"


def _facts(meeting: Meeting, shown: bool) -> Iterator[str]:
    yield _element(1, "meetingid", meeting.id)
    yield _element(1, "meetingdate", slashed(meeting.date))
    yield _element(1, "meetingstatus", meeting.status)
    yield _element(1, "isdisplayallowed", True)
    yield _element(1, "meetingtime", clock(meeting.time))
    yield _element(1, "meetingactualstarttime", "")
    yield _element(1, "meetingplannedfinishtime", "")
    yield _element(1, "meetingactualfinishtime", "")
    yield _title(1, "meetinglocation", meeting.location)
    yield _element(1, "iswebcast", False)
    yield _element(1, "agendaid", meeting.id)
    yield _element(1, "agendapublished", shown)
    yield _element(1, "decisionpublished", False)
    yield _element(1, "minutepublished", meeting.minuted)
    yield _element(1, "meetingroom", "")


def _item(
    site: ModernGov, committee: Committee, meeting: Meeting, item: Item, position: int, root: str
) -> Iterator[str]:
    told = meeting.how == "service" and not item.restricted
    number = item.number or "0"
    yield "    <agendaitem>"
    yield _element(3, "agendaitemid", meeting.id * 100 + position)
    yield _title(3, "agendaitemtitle", item.title)
    yield _body("agendatext", item.background)
    yield _element(3, "actualmeetingdate", slashed(meeting.date))
    yield _element(3, "agendaitemnumber", position + 1 if item.number else "0")
    yield _element(3, "agendaitemsubnumber", "")
    yield _element(3, "fulldisplaynumberformat", f"{item.number}." if item.number else "")
    yield _element(3, "authorusername", "")
    yield _element(3, "commentlabel1", "Presented By")
    yield _element(3, "commenttext1", "")
    yield _element(3, "commentlabel2", "Actions")
    yield _title(3, "commenttext2", item.actions_comment if told else "")
    yield _body("minutesnonemptyhtmlbody", item.minutes if told else ())
    if item.decision and told:
        yield _body("decisionnonemptyhtmlbody", item.decision)
    yield _element(3, "declarationcount", "0")
    yield _element(3, "iscallin", False)
    yield _element(3, "iscomment", False)
    yield _element(3, "isdecision", bool(item.decision))
    yield _element(3, "isdecisionpublished", bool(item.decision) and meeting.minuted)
    yield _element(3, "isminutepublished", meeting.minuted)
    yield _element(3, "ispubliccanspeak", False)
    yield _element(3, "isrestricted", item.restricted)
    yield _element(3, "isdisplayallowed", True)
    yield _element(3, "meetingdate", slashed(meeting.date))
    yield _element(3, "meetingtime", clock(meeting.time))
    yield _element(3, "minutesitemnumber", number)
    yield _element(3, "minutesitemsubnumber", "")
    yield _element(3, "preferreddate", slashed(meeting.date))
    yield _title(3, "refertocommittee", committee.title)
    yield "      <linkeddocuments>"
    for order, (title, address) in enumerate(site.papers(committee, meeting, item), start=1):
        yield from _document(committee, meeting, item, order, title, address, root)
    yield "      </linkeddocuments>"
    yield "    </agendaitem>"


def _document(
    committee: Committee, meeting: Meeting, item: Item, order: int, title: str, address: str, root: str
) -> Iterator[str]:
    attached = re.match(r"documents/s(\d+)/", address)
    number = attached[1] if attached else str(meeting.id * 10 + order)
    whole = f"{root}/mgConvert2PDF.aspx?ID={number}" if attached else address
    yield "        <linkeddoc>"
    yield _element(5, "attachmentid", number)
    yield _title(5, "title", title)
    yield _element(5, "isurl", attached is None)
    yield _element(5, "url", escape("" if item.restricted else whole))
    yield _element(5, "isrestricted", item.restricted)
    yield _element(5, "restrictionsRef", "3" if item.restricted else "")
    yield _element(5, "itemnum", order)
    yield _element(5, "publicationdate", slashed(meeting.date))
    yield _element(5, "meetingdate", slashed(meeting.date))
    yield _element(5, "decisiondate", slashed(meeting.date))
    yield _title(5, "committeetitle", committee.title)
    yield _element(5, "isdecisionattachment", False)
    yield _title(5, "ownertitle", item.title)
    yield "        </linkeddoc>"


def _attendee(each: Attendee, number: int, root: str) -> Iterator[str]:
    names = {"name": each.name, "roledescription": each.role, "attendance": each.attendance}
    names |= {"politicalparty": each.party, "ward": each.ward}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in names.items())
    yield f'    <attendee membertype="U" memberid="{number}"{attributes}>'
    yield _element(3, "url", f"{root}/mgUserInfo.aspx?UID={number}")
    yield "    </attendee>"


def _element(depth: int, name: str, value: object) -> str:
    """An element; what is empty holds a line break."""
    indent = "  " * depth
    return f"{indent}<{name}>{value}</{name}>" if value != "" else f"{indent}<{name}>\n{indent}</{name}>"


def _title(depth: int, name: str, value: str) -> str:
    """An element of plain text, which the service escapes as HTML and then as XML."""
    return _element(depth, name, escape(numeric(value), quote=False))


def _body(name: str, paragraphs: Sequence[str]) -> str:
    """An element that holds a text as escaped HTML."""
    markup = word_html(paragraphs) if paragraphs else ""
    return _element(3, name, escape(markup, quote=False))
