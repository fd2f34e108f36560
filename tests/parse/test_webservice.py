"""Answers of ModernGov's web service. `recorded` ones are read where they lie; the others are synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.models import Attendee, Issue, Link, Section
from minutesminer.parse import parse

SYNTHETIC = """<?xml version="1.0" encoding="utf-8"?>
<meeting>
  <meetingid>77</meetingid><meetingdate>05/09/2023</meetingdate><meetingstatus>{status}</meetingstatus>
  <meetingtime>6.30 pm</meetingtime><meetinglocation>Town Hall</meetinglocation><meetingroom>Room 2</meetingroom>
  <minutepublished>{published}</minutepublished>
  <agendaitems>{items}</agendaitems>
  <attendees>
    <attendee name="Councillor Ada Marl" roledescription="Chair" attendance="Present"></attendee>
    <attendee name="Jo O&amp;#39;Dell" roledescription="Officer" attendance="In attendance"></attendee>
    <attendee name="Councillor Bo Wick" roledescription="Committee Member" attendance="Apologies"></attendee>
  </attendees>
</meeting>
"""
ITEM = """<agendaitem>
  <agendaitemid>{id}</agendaitemid><agendaitemtitle>{title}</agendaitemtitle><agendatext>{agenda}</agendatext>
  <agendaitemnumber>{id}</agendaitemnumber><fulldisplaynumberformat>{id}.</fulldisplaynumberformat>
  <commentlabel2>Actions</commentlabel2><commenttext2>{actions}</commenttext2>
  <minutesnonemptyhtmlbody>{minutes}</minutesnonemptyhtmlbody>
  <decisionnonemptyhtmlbody>{decision}</decisionnonemptyhtmlbody>
  <isrestricted>{restricted}</isrestricted><meetingdate>01/01/2001</meetingdate>
  <linkeddocuments><linkeddoc><title>Report</title><url>https://democracy.worn.example/documents/s1/R.pdf</url>
  <committeetitle>Homes Scrutiny Panel</committeetitle></linkeddoc></linkeddocuments>
</agendaitem>"""


def answer(*items: dict[str, str], status: str = "Confirmed", published: str = "True") -> bytes:
    blank = dict.fromkeys(("id", "title", "agenda", "actions", "minutes", "decision"), "") | {"restricted": "False"}
    filled = "".join(ITEM.format(**(blank | item)) for item in items)
    return SYNTHETIC.format(items=filled, status=status, published=published).encode()


def test_a_meeting_is_read_with_its_items_and_those_who_were_there() -> None:
    wrapped = (
        "&lt;p class=MsoNormal&gt;The Panel heard that 12 homes\nwere empty.&lt;/p&gt;&lt;p&gt;&amp;nbsp;&lt;/p&gt;"
    )
    document = parse(
        answer(
            {
                "id": "4",
                "title": "Chair&amp;#39;s report",
                "agenda": "&lt;p&gt;To consider the report.&lt;/p&gt;",
                "minutes": wrapped,
                "decision": "&lt;p&gt;That the report be noted.&lt;/p&gt;",
                "actions": "The Director to circulate the list",
            }
        ),
        "GetMeeting.xml",
    )
    assert document.outcome == "ok"
    meeting = document.meetings[0]
    assert (meeting.committee, meeting.date, meeting.time, meeting.venue, meeting.status, meeting.url) == (
        "Homes Scrutiny Panel",
        "2023-09-05",
        "18:30",
        "Room 2, Town Hall",
        "confirmed",
        "https://democracy.worn.example/ieListDocuments.aspx?MId=77",
    )
    assert meeting.attendance == [
        Attendee("Ada Marl", "Chair", "present"),
        Attendee("Jo O'Dell", "Officer", "in attendance"),
        Attendee("Bo Wick", "Committee Member", "apologies"),
    ]
    (item,) = document.items
    assert (item.number, item.title, item.url) == ("4", "Chair's report", f"{meeting.url}#AI4")
    assert item.text.split("\n") == [
        "To consider the report.",
        "Decision:",
        "That the report be noted.",
        "Minutes:",
        "The Panel heard that 12 homes were empty.",
        "Actions:",
        "The Director to circulate the list",
    ]
    assert [(part.kind, item.text[part.start : part.end].split("\n")[0]) for part in item.sections] == [
        ("background", "To consider the report."),
        ("decision", "That the report be noted."),
        ("minutes", "The Panel heard that 12 homes were empty."),
        ("minutes", "The Director to circulate the list"),
    ]
    assert item.links == [Link("Report", "https://democracy.worn.example/documents/s1/R.pdf")]


def test_html_that_is_escaped_twice_is_read() -> None:
    body = "&amp;lt;p&amp;gt;Noted &amp;amp; agreed.&amp;lt;/p&amp;gt;"
    document = parse(answer({"id": "1", "title": "Homes", "minutes": body}), "a.xml")
    assert document.items[0].text == "Minutes:\nNoted & agreed."
    assert document.items[0].sections == [Section("minutes", 9, 24)]


def test_an_exempt_item_is_left_out_and_told_and_a_heading_is_no_item() -> None:
    document = parse(
        answer(
            {"id": "0", "title": "PART A"},
            {"id": "5", "title": "Land sale", "minutes": "Agreed.", "restricted": "True"},
            {"id": "6", "title": "Close", "minutes": "The meeting ended."},
        ),
        "a.xml",
    )
    assert [item.title for item in document.items] == ["Close"]
    assert document.issues == [
        Issue("parse", "exempt_item", "a.xml: the council does not publish the text of exempt items: Land sale")
    ]


@pytest.mark.parametrize(
    ("status", "published", "outcome"),
    [
        ("Cancelled", "False", "cancelled"),
        ("Postponed", "True", "cancelled"),
        ("Confirmed", "False", "not_published"),
        ("Confirmed", "True", "no_minutes"),
    ],
)
def test_a_meeting_without_minutes_says_why(status: str, published: str, outcome: str) -> None:
    document = parse(
        answer({"id": "1", "title": "Homes", "agenda": "To note."}, status=status, published=published), "a.xml"
    )
    assert (document.outcome, [issue.code for issue in document.issues]) == (outcome, [outcome])


def test_a_meeting_inside_a_soap_envelope_is_found() -> None:
    body = answer({"id": "1", "title": "Homes", "minutes": "Noted."}).decode().split("?>", 1)[1]
    soap = (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<GetMeetingResponse xmlns="http://moderngov.co.uk/namespaces">{body}</GetMeetingResponse></s:Body></s:Envelope>'
    )
    assert [item.title for item in parse(soap.encode(), "a.xml").items] == ["Homes"]


def test_entities_of_the_document_s_own_are_not_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE meeting [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<meeting><meetingdate>&b;</meetingdate><agendaitems/></meeting>"
    )
    document = parse(bomb, "a.xml")
    assert (document.outcome, document.meetings[0].date) == ("not_published", None)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("lgsf/modgov_meeting_no_minutes.xml", "cancelled"),
        ("lgsf/modgov_committees.xml", "no_minutes"),
        ("lgsf/modgov_meetings.xml", "no_minutes"),
        ("councillordata/denbighshire.gov.uk.CouncillorsByWard.xml", "no_minutes"),
        ("councillordata/leeds.gov.uk.CouncillorsByWard.xml", "no_minutes"),
        ("councillordata/online.eastherts.gov.uk.CouncillorsByWard.xml", "empty"),
    ],
)
def test_recorded_answers_without_minutes_have_their_outcome(shared: Path, name: str, outcome: str) -> None:
    assert parse((shared / "fixtures" / name).read_bytes(), name).outcome == outcome


def test_the_recorded_meeting_is_read(shared: Path) -> None:
    document = parse((shared / "fixtures/lgsf/modgov_meeting_with_minutes.xml").read_bytes(), "a.xml")
    meeting = document.meetings[0]
    assert (meeting.council, meeting.committee, meeting.date, meeting.time) == (
        "Manchester",
        "Audit Committee",
        "2026-02-10",
        "10:00",
    )
    assert meeting.attendance == [Attendee("Basil Curley", "Committee Member", "expected")]
    assert [(item.number, item.title, item.procedural, len(item.links)) for item in document.items] == [
        ("1", "Minutes", "previous_minutes", 1),
        ("9", "Work Programme", None, 1),
    ]
    assert document.items[1].text.endswith(
        "a report of the Governance and Scrutiny Support Unit which set out its future Work Programme for the "
        "remainder of 2025/26 municipal year."
    )
