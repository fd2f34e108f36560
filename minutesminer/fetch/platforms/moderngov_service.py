"""The answers of ModernGov's web service that list things; those of one meeting are read by `parse.webservice`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minutesminer.models import Item, Outcome
from minutesminer.parse.facts import find_date, find_time
from minutesminer.parse.service_xml import child_of, children_of, name_of, service_tree, text_in
from minutesminer.parse.sniff import kind_of
from minutesminer.parse.webservice import parse_webservice


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting as it is listed: the site's key, ISO date, HH:MM, and status in small letters."""

    key: str
    date: str | None
    time: str | None
    status: str | None


def day_first(date: str) -> str:
    """An ISO date as the service takes it: it passes over one in ISO form, and answers with everything."""
    year, month, day = date.split("-")
    return f"{day}/{month}/{year}"


def judge_committees(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """What the answer to GetCommittees is."""
    return _judged(data, "committees")


def judge_meetings(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """What the answer to GetMeetings is; a committee without meetings is an answer."""
    return _judged(data, "getmeetings", may_be_empty=True)


def judge_meeting(data: bytes, address: str) -> tuple[Outcome, str | None]:
    """What the answer to GetMeeting is: whether it holds minutes, and if not, why."""
    wrong = _not_xml(data)
    if wrong is not None:
        return wrong
    parsed = parse_webservice(data, address)
    message = parsed.issues[0].message if parsed.issues and parsed.outcome != "ok" else None
    return ("unrecognised" if parsed.outcome in ("unsupported", "damaged") else parsed.outcome), message


def committees(data: bytes) -> list[tuple[str, str]]:
    """Keys and titles of the committees of GetCommittees, without those that the council took away."""
    return [
        (text_in(each, "committeeid"), text_in(each, "committeetitle"))
        for each in _named(data, "committee")
        if text_in(each, "committeeid").isdigit() and text_in(each, "committeedeleted").lower() != "true"
    ]


def meetings(data: bytes) -> list[Row]:
    """The meetings of GetMeetings."""
    return [
        Row(
            key=text_in(each, "meetingid"),
            date=find_date(text_in(each, "meetingdate")),
            time=find_time(text_in(each, "meetingtime")),
            status=text_in(each, "meetingstatus").lower() or None,
        )
        for each in _named(data, "meeting")
        if text_in(each, "meetingid").isdigit()
    ]


def items(data: bytes, address: str) -> list[Item]:
    """The agenda items of an answer to GetMeeting, whether or not it holds minutes."""
    return parse_webservice(data, address).items


def _judged(data: bytes, wanted: str, *, may_be_empty: bool = False) -> tuple[Outcome, str | None]:
    wrong = _not_xml(data)
    if wrong is not None:
        return wrong
    root = service_tree(data)
    if name_of(root) != wanted:
        return "unrecognised", f"the web service answered with <{name_of(root)}>, not with <{wanted}>"
    if not may_be_empty and next(children_of(root), None) is None:
        return "empty", "the web service answered with an empty list; try again later"
    return "ok", None


def _not_xml(data: bytes) -> tuple[Outcome, str] | None:
    """What an answer is that is no XML."""
    if kind_of(data) != "xml":
        return "unrecognised", "a web page came instead of the web service's XML"
    try:
        service_tree(data)
    except ValueError as error:
        return "unrecognised", f"the web service's XML cannot be read ({error})"
    return None


def _named(data: bytes, name: str) -> list[Any]:
    """The elements of a name at their own place in the answer, wherever the list of them is."""
    return [each for each in service_tree(data).iter(f"{{*}}{name}") if child_of(each, f"{name}id") is not None]
