"""Answers of ModernGov's web service: one meeting with its items, cut apart by the council itself.

The element names are those of `GetMeeting`, `GetMeetings`, `GetCommittees` and `GetCouncillorsByWard`, all in
lower case; only `GetMeeting` holds minutes. The texts are HTML that Word exported, put into the XML as text, at
some councils escaped twice; its lines are wrapped in mid-sentence, so that only its elements tell paragraphs apart.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from minutesminer.models import Attendee, Issue, Item, Link, Meeting
from minutesminer.parse.attendance import STATUSES
from minutesminer.parse.facts import CALLED_OFF, find_date, find_time
from minutesminer.parse.html import blocks_of, document_of
from minutesminer.parse.page import whole_address
from minutesminer.parse.parts import Parsed, refused
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import Part, compose, tidy_title, without_tail
from minutesminer.parse.service_xml import (
    child_of,
    children_of,
    name_of,
    plain_text,
    service_tree,
    text_in,
    unescaped,
)
from minutesminer.text import fold

_LISTS = {
    "committees": "a list of committees",
    "getmeetings": "a list of meetings",
    "councillorsbyward": "a list of councillors",
}
_COMMENTS = (("commentlabel1", "commenttext1"), ("commentlabel2", "commenttext2"))
_ACTIONS = re.compile(r"\bactions?\b|gweithred", re.I)
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")
_ROOT = re.compile(r"^(https?://\S+?)/(?:mgWebService\.asmx|mg[A-Z]\w*\.aspx|ie[A-Z]\w*\.aspx|documents/)", re.I)
_MOST_UNESCAPING = 3


def parse_webservice(data: bytes, address: str | None = None) -> Parsed:
    """What an answer of the web service holds; `address` is the request it answers, if known.

    Broken XML, other XML and the service's lists are refused with the outcome that says which.
    """
    try:
        root = service_tree(data)
    except ValueError as error:
        return refused("damaged", f"the XML cannot be read ({error}); fetch or save it again")
    meeting = _meeting_element(root)
    if meeting is None:
        return _no_meeting(root)
    return _parsed(meeting, address)


def _meeting_element(root: Any) -> Any | None:
    """The `meeting` that has agenda items, itself the root or inside a SOAP envelope; None in lists of meetings."""
    elements = [root] if name_of(root) == "meeting" else list(root.iter("{*}meeting"))
    return next((element for element in elements if child_of(element, "agendaitems") is not None), None)


def _no_meeting(root: Any) -> Parsed:
    name = name_of(root)
    if name in _LISTS:
        entries = any(name_of(element) in {"committee", "meeting", "councillor"} for element in root.iter("{*}*"))
        if not entries:
            return refused("empty", "the council's web service answered with an empty list; ask it again later")
        return refused("no_minutes", f"this is {_LISTS[name]}, without minutes; save the answer of GetMeeting instead")
    return refused(
        "unsupported", f"XML that opens with <{name}> is not read; save the meeting's web page or its PDF instead"
    )


def _parsed(element: Any, address: str | None) -> Parsed:
    root = _root(element, address)
    meeting = _meeting(element, root)
    parsed = Parsed(meetings=[meeting], header=root or "")
    hidden: list[str] = []
    for each in children_of(child_of(element, "agendaitems")):
        item = _item(each, meeting.url)
        named = _title(each) or "an item without a title"
        if _is(each, "isrestricted", True) or _is(each, "isdisplayallowed", False):
            hidden.append(named)
        elif item is not None:
            item.position = len(parsed.items)
            parsed.items.append(item)
    if hidden:
        message = f"the council does not publish the text of exempt items: {'; '.join(hidden)}"
        parsed.issues.append(Issue("parse", "exempt_item", message))
    parsed.prose = "\n".join([*(item.text for item in parsed.items), meeting.venue or ""])
    if not any(section.kind != "background" for item in parsed.items for section in item.sections):
        _without_minutes(parsed, meeting, published=_is(element, "minutepublished", True))
    return parsed


def _without_minutes(parsed: Parsed, meeting: Meeting, published: bool) -> None:
    """Says why a meeting has no minutes: called off, not published yet, or published empty."""
    if CALLED_OFF.search(meeting.status or ""):
        parsed.outcome, message = "cancelled", f"the meeting did not take place ({meeting.status})"
    elif not published:
        parsed.outcome = "not_published"
        message = "the minutes of the meeting are not published yet; fetch it again later"
    else:
        parsed.outcome, message = "no_minutes", "the meeting's items hold no minutes; look for its printed minutes"
    parsed.issues = [Issue("parse", parsed.outcome, message)]


def _meeting(element: Any, root: str | None) -> Meeting:
    number = text_in(element, "meetingid")
    places = [text_in(element, "meetingroom"), text_in(element, "meetinglocation")]
    return Meeting(
        committee=_committee(element),
        date=find_date(text_in(element, "meetingdate")),
        time=find_time(text_in(element, "meetingactualstarttime")) or find_time(text_in(element, "meetingtime")),
        venue=", ".join(place for place in places if place) or None,
        status=text_in(element, "meetingstatus").lower() or None,
        url=f"{root}/ieListDocuments.aspx?MId={number}" if root and number else None,
        attendance=list(_attendance(element)),
    )


def _committee(element: Any) -> str | None:
    """The committee most named by the meeting's documents, else by its items; the meeting itself names none."""
    for path in ("{*}linkeddocuments/{*}linkeddoc/{*}committeetitle", "{*}refertocommittee"):
        found = element.iterfind(f"{{*}}agendaitems/{{*}}agendaitem/{path}")
        names = Counter(name for name in map(plain_text, found) if name)
        if names:
            return names.most_common(1)[0][0]
    return None


def _attendance(element: Any) -> Iterator[Attendee]:
    for attendee in children_of(child_of(element, "attendees")):
        name = re.sub(r"^(?:Councillor|Cllr)\s+", "", unescaped(attendee.get("name", "")))
        status = STATUSES.get(attendee.get("attendance", "").strip().lower())
        role = unescaped(attendee.get("roledescription", "")) or unescaped(attendee.get("representing", ""))
        if name and status:
            yield Attendee(name=name, role=role or None, status=status)


def _item(element: Any, meeting_url: str | None) -> Item | None:
    """One agenda item; None for a heading between items (no title, or number 0 and no text of its own)."""
    title = tidy_title(_title(element))
    parts = list(_parts(element))
    told = any(kind != "background" for kind, _, _ in parts)
    if not told and (not title or text_in(element, "agendaitemnumber") == "0"):
        return None
    item = compose(parts)
    number = text_in(element, "fulldisplaynumberformat") or text_in(element, "minutesitemnumber")
    item.number = number.rstrip(".").strip() or None
    item.title = title or None
    item.procedural = procedural_kind(title)
    key = text_in(element, "agendaitemid")
    item.url = f"{meeting_url}#AI{key}" if meeting_url and key else None
    item.links = list(_links(element, meeting_url))
    return item


def _parts(element: Any) -> Iterator[Part]:
    """The item's sections: the agenda's words, the decision, the minutes, and a council's own column of actions."""
    background = _lines(element, "agendatext")
    actions: list[Part] = []
    for label_name, text_name in _COMMENTS:
        label, lines = text_in(element, label_name).rstrip(":"), _lines(element, text_name)
        if lines and _ACTIONS.search(label):
            actions.append(("minutes", f"{label}:", lines))
        elif lines and label:
            background.append(f"{label}: {lines[0]}")
            background += lines[1:]
    if background:
        yield "background", None, background
    decision = _lines(element, "decisionnonemptyhtmlbody")
    if decision:
        yield "decision", "Decision:", decision
    minutes = _lines(element, "minutesnonemptyhtmlbody")
    if minutes:
        yield "minutes", "Minutes:", minutes
    yield from actions


def _links(element: Any, meeting_url: str | None) -> Iterator[Link]:
    for document in children_of(child_of(element, "linkeddocuments")):
        address = text_in(document, "url")
        if address and not _is(document, "isrestricted", True):
            yield Link(title=text_in(document, "title") or address, url=whole_address(address, meeting_url))


def _lines(element: Any, name: str) -> list[str]:
    """The blocks of text of an element that holds escaped HTML, or plain text."""
    child = child_of(element, name)
    markup = (child.text or "") if child is not None else ""
    for _ in range(_MOST_UNESCAPING):
        if _TAG.search(markup) or not _ESCAPED_TAG.search(markup):
            break
        markup = html.unescape(markup)
    if not markup.strip():
        return []
    return without_tail(fold(block) for block in blocks_of(document_of(markup)) if fold(block))


def _title(element: Any) -> str:
    return text_in(element, "agendaitemtitle")


def _is(element: Any, name: str, value: bool) -> bool:
    """Whether the element says so; what it leaves out is said neither way."""
    return text_in(element, name).lower() == str(value).lower()


def _root(element: Any, address: str | None) -> str | None:
    """The address of the council's ModernGov, from the request or from the links in its answer."""
    links = (link.text or "" for link in element.iter("{*}url"))
    for link in (address or "", *links):
        match = _ROOT.match(link.strip())
        if match:
            return match[1]
    return None
