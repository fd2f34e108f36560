"""The pages of a synthetic ModernGov site, in the shape of recorded ones: their classes, blanks and entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .business import Committee, Item, Meeting, clock, long_day, short_day
from .word import numeric, word_html

if TYPE_CHECKING:
    from .moderngov import ModernGov

_SIZE = '<span  class="mgFileSize" ><img height="12" src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" />'
_NAVIGATION = (
    '<div class="menu"><ul class="menu-list">\n'
    '<li><a href="mgCalendarMonthView.aspx?GL=1&amp;bcr=1" title="Link to calendar of meetings">Calendar</a></li>\n'
    '<li><a class="is-active" href="mgListCommittees.aspx?bcr=1" title="Link to committee structure">Committees</a>'
    '</li>\n<li><a href="ieListMeetings.aspx?CId=686&info=1&MD=Constitution" title="Link to constitution">'
    'Constitution</a></li>\n<li><a href="ieDocHome.aspx?bcr=1" title="Link to committee meetings">Meetings</a></li>'
    "</ul></div>"
)


def answer(site: ModernGov, place: str, query: Mapping[str, str]) -> str | None:
    """The page at `place` (its name counts in any letters), or None where there is none."""
    name = place.lower()
    lower = {key.lower(): value for key, value in query.items()}
    if name in ("mglistcommittees.aspx", "iedochome.aspx", ""):
        return _committees(site)
    if name == "mgcommitteedetails.aspx":
        committee = site.committee(lower.get("id", ""))
        return _committee(site, committee) if committee else None
    if name == "ielistmeetings.aspx":
        committee = site.committee(lower.get("cid") or lower.get("committeeid", ""))
        return _meetings(site, committee, lower.get("year")) if committee else None
    found = site.meeting(lower.get("mid") or lower.get("meetingid") or lower.get("id", ""))
    if name == "ielistdocuments.aspx" and found:
        return _meeting(site, *found)
    if name == "mgmeetingattendance.aspx" and found:
        return _attendance(site, *found)
    return None


def _whole(site: ModernGov, title: str, heading: str, body: str, more: str = "") -> str:
    return (
        '<!DOCTYPE html>\r\n\r\n\r\n\r\n<html lang="en">\r\n\t<head>\r\n\t\t<meta charset="utf-8">\r\n'
        f'\t\t<meta name="DC.title"  content="{numeric(title)}"/>\r\n{more}'
        f"\t\t<title>{numeric(title)} - {numeric(site.titled or site.names)}</title>\r\n\t</head>\r\n"
        '\t<body class="has-background-light">\r\n\t\t<header id="page-header">\r\n\t\t\t<div>\r\n'
        f'\t\t\t\t<img src="SiteSpecific/res/img/Logo.png" alt="{numeric(site.titled or site.names)}" />\r\n'
        f'\t\t\t</div>\r\n\t\t</header>\r\n{_NAVIGATION}\r\n\t\t<div role="main">\r\n'
        '\t\t\t<nav aria-label="Breadcrumb" class="breadcrumb"><ul><li><a href="/">Home</a></li>'
        '<li><a  href="mgListCommittees.aspx?bcr=1" >Committees</a></li></ul></nav>\r\n'
        f'\t\t\t<div id="modgov"><div class="mgHeader"><h1  class="mgMainTitleTxt" >{heading}</h1></div>\r\n{body}'
        '<div class="mgHelpLine" >\t\r\n</div>\t\r\n</div>\r\n<div class="mgFooter" >\t\t\r\n\r\n\t<p>&nbsp;</p>\r\n'
        "</div>\r\n</div>\r\n\t\t</div>\r\n"
        '\t\t<footer id="page-footer" class="footer">\r\n\t\t<div class="has-text-centered">\r\n'
        f"\t\t\t<small>&copy; 2024 {numeric(site.names)}. All Rights Reserved.</small>\r\n"
        "\t\t</div>\r\n\t\t</footer>\r\n\t</body>\r\n</html>"
    )


def _linked(text: str) -> str:
    """The `title` of a link, its blanks as numeric entities."""
    return numeric(text).replace(" ", "&#32;").replace(":", "&#58;")


def _committees(site: ModernGov) -> str:
    lines = ['<div class="mgLinks" >\r\n\r\n</div>\r\n<div class="mgContent" >\r\n']
    shown = [each for each in site.committees if not each.expired and not each.deleted]
    for category in dict.fromkeys(each.category for each in shown):
        lines.append(f'<h2 class="mgSectionTitle">{numeric(category)}</h2>\r\n\t\t\t\t\t\t')
        lines.append('\r\n<ul  class="mgBulletList" >\r\n')
        for each in (each for each in shown if each.category == category):
            lines.append(
                f'\t\t\t\t\t\t<li><a  href="mgCommitteeDetails.aspx?ID={each.id}"  '
                f'title="{_linked("Link to details for " + each.title)}" >{numeric(each.title)}</a></li>'
            )
        lines.append("\r\n</ul>")
    return _whole(site, "Browse committees", "Browse committees", "\r\n".join(lines))


def _committee(site: ModernGov, committee: Committee) -> str:
    body = (
        f'\t\t\t<div class="mgSubTitle" >\t\r\n\t    <h2 class="mgSubTitleTxt">{numeric(committee.title)}</h2>\r\n'
        '        </div>\r\n\t<div class="mgLinks" >\r\n\r\n<ul  class="mgActionList" >\r\n'
        f'\t\t\t<li><a  href="ieListMeetings.aspx?CommitteeId={committee.id}"  '
        f'title="{_linked("Link to meetings for " + committee.title)}">'
        "Browse meetings and agendas for this committee</a></li>\t\t\t\t\r\n</ul>\r\n</div>\r\n"
        '<div class="mgContent" >\r\n<h2 class="mgSectionTitle">Purpose of committee</h2>\r\n'
        f'\t\t<div class="mgWordPara">{word_html([f"The {committee.title} meets in public."])}</div>\r\n'
    )
    return _whole(site, f"Committee details - {committee.title}", "Committee details", body)


def _meetings(site: ModernGov, committee: Committee, year: str | None) -> str:
    """The meetings of all years (0), of one, or, where none is given, the last ten."""
    meetings = sorted(committee.meetings, key=lambda each: each.date, reverse=True)
    if year and year != "0":
        meetings = [each for each in meetings if each.date.startswith(year)]
    elif not year:
        meetings = meetings[:10]
    rows = "".join(_listed(committee, each, number) for number, each in enumerate(meetings))
    body = (
        f'\t\t\t<div class="mgSubTitle" >\t\r\n\t    <h2 class="mgSubTitleTxt">{numeric(committee.title)}</h2>\r\n'
        f"        </div>\r\n<p>This page lists the meetings for {numeric(committee.title)}.</p>\r\n"
        '<div class="mgLinks" >\r\n<ul  class="mgActionList" >\r\n'
        f'\t\t<li><a  href="mgCommitteeDetails.aspx?ID={committee.id}"   '
        f'title="{_linked("Link to more information about " + committee.title)}">More information</a></li>\r\n</ul>\r\n'
        '</div>\r\n<div class="mgContent" >\r\n<div class="mgList" >\r\n\t<div  class="mgTableBorder" >\r\n'
        '\t\t<div  class="mgTableTitleTxt" >\r\n           Meetings\r\n\t\t</div> \t\r\n'
        f'<ul  class="mgNonBulletTableList"  >{rows}</ul>\r\n\t</div>\r\n</div>\t\r\n'
    )
    return _whole(site, f"Browse meetings - {committee.title}", "Browse meetings", body)


def _listed(committee: Committee, meeting: Meeting, number: int) -> str:
    if meeting.status == "Cancelled":
        told = " - CANCELLED"
    elif meeting.published:
        told = " - Agenda" + (", Minutes" if meeting.minuted else "")
    else:
        told = ""
    day = short_day(meeting.date)
    row = "Odd" if number % 2 else "Even"
    title = _linked(f"Link to meeting details for {committee.title} meeting of {day}")
    return (
        f'<li  class="mgTable{row}Row" ><a  class="mgMeetingTableLnk"    '
        f'href="ieListDocuments.aspx?CId={committee.id}&amp;MId={meeting.id}&amp;Ver=4"  title="{title}">'
        f"{day}&nbsp;{numeric(clock(meeting.time))}</a>{told}</li>"
    )


def _meeting(site: ModernGov, committee: Committee, meeting: Meeting) -> str:
    shown = meeting.published and meeting.status != "Cancelled"
    when = f"{long_day(meeting.date)} {clock(meeting.time)}"
    kind = "Agenda and minutes" if meeting.minuted else "Agenda"
    note = "This meeting has been cancelled" if meeting.status == "Cancelled" else ""
    rows = "".join(
        _row(site, committee, meeting, item, position) for position, item in enumerate(meeting.items if shown else [])
    )
    body = (
        '\t\t\t<div class="mgSubTitle" >\t\r\n\t\t\t\t<h2 class="mgSubTitleTxt"><a  '
        f'href="mgCommitteeDetails.aspx?ID={committee.id}"  title="{_linked("Link to " + committee.title)}">'
        f"{numeric(committee.title)} - {when}</a></h2>\r\n\t\t\t\t</div>\r\n"
        f'\t<div class="mgLinks" >\r\n\r\n\n<ul  class="mgActionList" >\n\r\n{_packs(committee, meeting, shown)}\n'
        '</ul>\n</div>\r\n<div class="mgContent" >\r\n'
        f'\t\t\t\t\t\t<p><span  class="mgLabel" >Venue: </span>{numeric(meeting.location)}</p>\r\n'
        + (f"\t\t<p><strong>{note}</strong></p>\r\n" if note else "")
        + '\t\t<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">\r\n'
        '\t\t<caption  class="mgSectionTitle" >Items</caption>\r\n\r\n     <tr>\r\n\r\n'
        '            <th class="mgHide" abbr="No" scope="col">No.</th>\r\n'
        f'            <th class="mgHide" abbr="Item" scope="col">Item</th>\r\n    </tr>\r\n{rows}\r\n\t</table>\r\n'
    )
    dates = f'<meta name="DC.date" scheme="W3CDTF"  content="{meeting.date}"/>\r\n'
    title = f"Agenda for {committee.title} on {long_day(meeting.date)}, {clock(meeting.time)}"
    return _whole(site, title, kind, body, dates)


def _packs(committee: Committee, meeting: Meeting, shown: bool) -> str:
    """The links to the documents of the whole meeting, with blanks in their addresses as they come."""
    day = f"{meeting.day:%A %d-%b-%Y} {meeting.time.replace(':', '.')}"
    name = "".join(letter for letter in committee.title if letter.isalnum() or letter in " -")
    lines = [
        f'\t\t<li><a  href="mgMeetingAttendance.aspx?ID={meeting.id}"  '
        f'title="{_linked("Link to attendance details for the meeting of " + committee.title)}">'
        "Attendance details</a></li>\r\n"
    ]
    if shown:
        lines.append(_pack(f"documents/g{meeting.id}/Agenda frontsheet {day} {name}.pdf?T=0", "Agenda frontsheet"))
    if meeting.minuted:
        lines.append(_pack(f"documents/g{meeting.id}/Printed minutes {day} {name}.pdf?T=1", "Printed minutes"))
    return "".join(lines)


def _pack(address: str, title: str) -> str:
    return (
        f'\t\t\t<li><a  href="{address}"   title="{_linked(f"Link to {title.lower()} pdf file")}">{title}\r\n'
        f"{_SIZE} PDF 111 KB</span> </a>  \r\n\t\t\t\t</li>\r\n"
    )


def _row(site: ModernGov, committee: Committee, meeting: Meeting, item: Item, position: int) -> str:
    anchor = f'<a name="AI{meeting.id * 100 + position}" aria-disabled="true"></a>'
    number = f"{item.number}." if item.number else ""
    told = meeting.how in ("service", "page_only") and not item.restricted
    return (
        '\r\n\t\t<tr>\r\n\r\n\t\t\t<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" >'
        f"{anchor}{number}</p></td>\r\n\t\t\t\t\r\n\t\t<td >\t\t\t\r\n\r\n"
        + "".join(_cell(site, committee, meeting, item, told))
        + "\t\t\t\t\t\r\n        </td>\r\n\t\t</tr>\r\n\t\t"
    )


def _cell(site: ModernGov, committee: Committee, meeting: Meeting, item: Item, told: bool) -> Iterator[str]:
    papers = [] if item.restricted else site.papers(committee, meeting, item)
    title = numeric(item.title)
    if papers:
        title = (
            f'<a  class="mgAiTitleLnk"   href="{papers[0][1]}"    \r\n\t\t\t\t\ttitle="'
            f'{_linked(f"Link to document {chr(39)}{item.title}{chr(39)} pdf file")}">{title} {_SIZE} PDF 99 KB'
            "</span> </a>"
        )
    yield f'\t\t\t\t\t<p  class="mgAiTitleTxt" >{title}</p>\r\n'
    if item.background:
        yield f'<div class="mgWordPara">{word_html(item.background)}</div> \r\n'
    if papers[1:]:
        yield '<p class="mgSubItemTitleTxt">Additional documents:</p>\r\n\r\n<ul  class="mgBulletList" >\r\n'
        for name, address in papers[1:]:
            yield (
                f'\t\t\t\t\t\t    <li>\r\n\t\t\t\t\t\t    <a  href="{address}"   title="Link to document">'
                f'{numeric(name)} <span  class="mgHide" >, item {item.number}.</span>\r\n'
                f"\t\t\t\t\t\t    {_SIZE} PDF 601 KB</span> </a>  </li>\r\n"
            )
        yield "\r\n</ul>\r\n"
    for label, paragraphs in (("Decision:", item.decision), ("Minutes:", item.minutes)):
        if told and paragraphs:
            yield f'<p class="mgSubItemTitleTxt">{label}</p>\r\n'
            yield f'<div class="mgWordPara">{word_html(paragraphs)}</div> \r\n'


def _attendance(site: ModernGov, committee: Committee, meeting: Meeting) -> str:
    when = f"{long_day(meeting.date)} {clock(meeting.time)}"
    rows = "".join(
        f'<tr><td><a href="mgUserInfo.aspx?UID={number}">{numeric(each.name)}</a></td>'
        f"<td>{numeric(each.role)}</td><td>{numeric(each.attendance)}</td></tr>\r\n"
        for number, each in enumerate(meeting.attendees, start=1)
    )
    body = (
        f'<div class="mgSubTitle" >\t\r\n\t    <h2 class="mgSubTitleTxt">{when}, {numeric(committee.title)}</h2>\r\n'
        '</div>\r\n<div class="mgContent" >\r\n<table class="mgStatsTable" summary="Table of meeting attendance">\r\n'
        f"<thead><tr><th>Attendee</th><th>Role</th><th>Attendance</th></tr></thead>\r\n<tbody>{rows}</tbody></table>\r\n"
    )
    return _whole(site, f"Meeting attendance - {committee.title}", "Meeting attendance", body)
