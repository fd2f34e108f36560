"""The stand-in's sites: the parse stage reads them as they were made, and their shapes are those of recorded ones."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote, urljoin

import lxml.etree
import lxml.html
import pytest

from minutesminer.models import Document, Given
from minutesminer.parse import parse

from .asking import Got
from .moderngov import ModernGov
from .recorded import birmingham, fixtures, kingston, manchester
from .server import StandIn
from .synthetic_councils import eastmoor, northfell, northmere


def read(address: str) -> Document:
    got = Got(address)
    assert got.status == 200, address
    return parse(got.body, address, Given(url=address))


def numbers(document: Document) -> list[str | None]:
    return [item.number for item in document.items]


def shapes(markup: bytes) -> set[str]:
    """Names of elements, with each class, of a page; of XML, the names only."""
    if markup.lstrip().startswith(b"<?xml"):
        return {str(element.tag) for element in lxml.etree.fromstring(markup).iter()}
    root = lxml.html.document_fromstring(markup)
    return {
        f"{element.tag}.{name}"
        for element in root.iter(lxml.etree.Element)
        for name in (element.get("class") or "").split()
    }


@pytest.fixture(scope="module")
def council() -> Iterator[StandIn]:
    with StandIn(northmere()) as stand_in:
        yield stand_in


@pytest.fixture
def recorded() -> Iterator[Callable[..., StandIn]]:
    """Starts a stand-in over recorded files; skips where they are absent."""
    folder = fixtures()
    if folder is None:
        pytest.skip("the recorded fixtures are not at hand (set MINUTESMINER_SHARED to their folder)")
    with contextlib.ExitStack() as stack:
        yield lambda make: stack.enter_context(StandIn(make(folder)))


SERVICE = {
    2011: ("ok", ["1", "2", "3", "4", "5", "6"]),
    2012: ("no_minutes", []),
    2013: ("ok", ["21", "22", "23", "24", "26"]),
    2014: ("cancelled", []),
    2015: ("not_published", []),
    2016: ("ok", ["41", "42", "43", "44", "45", "46"]),
    2017: ("not_published", []),
    2021: ("ok", ["1", "2", "3", "4", "5", "6"]),
    2022: ("no_minutes", []),
    2023: ("no_minutes", []),
    2024: ("not_published", []),
    2031: ("ok", ["1", "2", "3", "4", "5"]),
    1901: ("ok", ["1", "2", "3", "4", "5"]),
    1902: ("no_minutes", []),
}
PAGES = {
    2012: ("ok", ["11", "12", "13", "14", "15", "16"]),
    2013: ("ok", ["21", "22", "23", None, "24", "25", "26"]),
    2015: ("no_minutes", []),
    2022: ("no_minutes", []),
    2023: ("ok", ["17", "18", "19", "20", "21", "22"]),
}


def call(stand_in: StandIn, operation: str) -> Got:
    return Got(f"{stand_in.root}/mgWebService.asmx/{operation}")


def test_every_meeting_of_the_service_reads_as_it_was_made(council: StandIn) -> None:
    read_as = {}
    for number in SERVICE:
        document = read(f"{council.root}/mgWebService.asmx/GetMeeting?lMeetingId={number}")
        read_as[number] = (document.outcome, numbers(document))
    assert read_as == SERVICE


def test_meetings_of_the_service_have_their_facts(council: StandIn) -> None:
    document = read(f"{council.root}/mgWebService.asmx/GetMeeting?lMeetingId=2011")
    meeting = document.meetings[0]
    assert (meeting.committee, meeting.date, meeting.time, meeting.status) == (
        "Children's Services Scrutiny Committee",
        "2025-06-17",
        "18:00",
        "confirmed",
    )
    assert [(each.name, each.status) for each in meeting.attendance][2:4] == [
        ("Cora Finch", "present"),
        ("Dev Sandhu", "apologies"),
    ]
    assert "Director of Children's Services to provide a breakdown" in document.items[3].text


def test_every_page_of_a_meeting_reads_as_it_was_made(council: StandIn) -> None:
    read_as = {}
    for number in PAGES:
        document = read(f"{council.root}/ieListDocuments.aspx?CId=201&MId={number}&Ver=4")
        read_as[number] = (document.outcome, numbers(document))
        assert document.meetings[0].council == "Northmere Borough Council"
    assert read_as == PAGES


def test_exempt_text_is_nowhere(council: StandIn) -> None:
    places = ["mgWebService.asmx/GetMeeting?lMeetingId=2013", "ieListDocuments.aspx?MId=2013", "documents/g2013/x?T=1"]
    for place in places:
        document = read(f"{council.root}/{place}")
        assert "contract be awarded" not in "".join(item.text for item in document.items)
    assert Got(f"{council.root}/documents/s4999/Exempt%20Report.pdf").status == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lCommitteeId=201&sFromDate=01/01/2026&sToDate=31/07/2026", ["2013", "2014", "2015"]),
        ("lCommitteeId=201&sFromDate=01%2F09%2F2026&sToDate=01%2F12%2F2026", ["2016"]),
        ("lCommitteeId=203&sFromDate=2027-01-01&sToDate=2027-02-01", ["2031"]),
        ("lCommitteeId=999&sFromDate=01/01/2026&sToDate=31/07/2026", []),
    ],
)
def test_meetings_are_those_between_the_dates_unless_these_are_of_another_form(
    council: StandIn, query: str, found: list[str]
) -> None:
    root = lxml.etree.fromstring(call(council, f"GetMeetings?{query}").body)
    assert [element.text for element in root.iter("meetingid")] == found
    assert root.findtext("meetingscount") == f" {len(found)}"


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("GetDecisions", "GetDecisions Web Service method name is not valid.\r\n"),
        ("GetMeeting?lmeetingid=2011", "Missing parameter: lMeetingId.\r\n"),
        ("GetMeetings?lCommitteeId=201", "Missing parameter: sFromDate.\r\n"),
        ("GetMeeting?lMeetingId=x", "Cannot convert x to System.Int32.\r\nParameter name: type\r\n"),
    ],
)
def test_the_service_refuses_what_it_does_not_know(council: StandIn, operation: str, message: str) -> None:
    got = call(council, operation)
    assert (got.status, got.text) == (500, message)


def links(address: str, selector: str) -> list[str]:
    """The addresses of a page's links as a browser would ask for them."""
    found = lxml.html.document_fromstring(Got(address).body).xpath(f"//a[contains(@{selector})]/@href")
    return [urljoin(address, quote(each, safe="/:?=&%")) for each in found]


def test_pages_lead_from_the_committees_to_the_printed_minutes(council: StandIn) -> None:
    committees = links(f"{council.root}/mgListCommittees.aspx?bcr=1", "href,'mgCommitteeDetails'")
    assert [each.rsplit("=")[-1] for each in committees] == ["201", "202", "203"]
    assert links(committees[1], "href,'ieListMeetings.aspx?CommitteeId'") == [
        f"{council.root}/ieListMeetings.aspx?CommitteeId=202"
    ]
    meetings = links(f"{council.root}/ieListMeetings.aspx?CId=202&Year=0", "class,'mgMeetingTableLnk'")
    assert meetings == [
        f"{council.root}/ieListDocuments.aspx?CId=202&MId={each}&Ver=4" for each in (2024, 2023, 2022, 2021)
    ]
    printed = links(meetings[2], "href,'Printed minutes'")
    name = "Printed%20minutes%20Tuesday%2003-Feb-2026%2010.00%20Health%20%20Care%20Overview%20and%20Scrutiny"
    assert printed == [f"{council.root}/documents/g2022/{name}%20Committee.pdf?T=1"]
    document = read(printed[0])
    assert (document.outcome, numbers(document)) == ("ok", ["9", "10", "11", "12", "13", "14"])
    assert (document.meetings[0].date, document.meetings[0].council) == ("2026-02-03", "Northmere Borough Council")
    assert Got(printed[0].removesuffix("?T=1")).status == 404


def test_lists_of_meetings_say_what_is_there(council: StandIn) -> None:
    address = f"{council.root}/ieListMeetings.aspx?CommitteeId=201"
    rows = lxml.html.document_fromstring(Got(address + "&Year=2026").body).xpath("//li[contains(@class,'mgTable')]")
    assert [row.text_content() for row in rows] == [
        "13 Oct 2026\xa06.00 pm - Agenda, Minutes",
        "14 Jul 2026\xa06.00 pm - Agenda",
        "17 Mar 2026\xa06.00 pm - CANCELLED",
        "20 Jan 2026\xa06.00 pm - Agenda, Minutes",
    ]
    assert "<title>Browse committees - Northmere Borough Council</title>" in Got(council.root + "/ieDocHome.aspx").text


def test_minutes_are_among_the_papers_of_the_next_meeting(council: StandIn) -> None:
    answer = lxml.etree.fromstring(call(council, "GetMeeting?lMeetingId=2016").body)
    title, address = answer.findtext(".//linkeddoc/title"), answer.findtext(".//linkeddoc/url")
    assert title == "Minutes Childrens Services Scrutiny Committee 14 Jul 2026"
    assert address == f"{council.root}/mgConvert2PDF.aspx?ID=902015"
    listed = links(f"{council.root}/ieListDocuments.aspx?MId=2016", "href,'documents/s902015'")
    for each in (address, listed[0]):
        document = read(each)
        assert (document.outcome, document.meetings[0].date, len(document.items)) == ("ok", "2026-07-14", 6)


def test_service_or_pages_may_be_closed_and_the_directory_be_another() -> None:
    with StandIn(northmere("/localgov", service=False, partner="Westmere District Council")) as stand_in:
        got = Got(stand_in.root + "/localgov/mgListCommittees.aspx")
        assert call(stand_in, "GetCommittees").status == 404
        assert Got(stand_in.root + "/localgov/mgWebService.asmx/GetCommittees").status == 404
    assert (got.status, "Northmere Borough Council and Westmere District Council" in got.text) == (200, True)
    with StandIn(northmere(pages=False)) as stand_in:
        statuses = [Got(stand_in.root + path).status for path in ("/ieListMeetings.aspx?CId=201", "/documents/g1/x")]
        assert (statuses, call(stand_in, "GetCommittees").status) == ([403, 403], 200)


def test_a_vendors_skin_names_the_council_at_the_foot_only() -> None:
    with StandIn(replace(northmere(), titled="Modern Council")) as stand_in:
        text = Got(stand_in.root + "/mgListCommittees.aspx").text
    assert "<title>Browse committees - Modern Council</title>" in text
    assert text.count("Northmere Borough Council") == 1
    assert ModernGov("X").names == "X"


def test_cmis_leads_from_its_calendar_to_the_minutes() -> None:
    site = northfell()
    with StandIn(site) as stand_in:
        base = f"{stand_in.root}/northfell/Meetings.aspx"
        assert "dnn$ctr397$MeetingCalendarPublic$" in Got(base).text
        listed = links(f"{base}?ctl=MeetingCalendarListView&mid=397", "href,'ViewMeetingPublic'")
        month = listed[0].split("/ctl/")[0] + "/ctl/MeetingCalendarPublicNoJava/mid/397/Date/2026-10-01/Default.aspx"
        shown = lxml.html.document_fromstring(Got(month).body).xpath("//td[@class='SimpleCalendarDate']/text()")
        meetings = links(month, "href,'ViewMeetingPublic'")
        page_of = read(meetings[0])
        documents = links(meetings[0], "class,'TitleLink'")
        minutes, agenda, previous = (read(each) for each in documents)
        absent = read(stand_in.root + site.address(site.meetings[4]))
        cancelled = read(listed[0])
    assert (len(listed), len(meetings), len(shown), shown[5]) == (1, 3, 31, "Tuesday, 6 October")
    assert (page_of.outcome, page_of.meetings[0].committee) == ("no_minutes", "Children's Scrutiny Panel")
    assert (page_of.meetings[0].date, page_of.meetings[0].venue) == ("2026-10-06", "Committee Rooms 3 & 4")
    assert (minutes.outcome, minutes.meetings[0].date, numbers(minutes)) == ("ok", "2026-10-06", list("123456"))
    assert (agenda.outcome, previous.outcome, previous.meetings[0].date) == ("no_minutes", "ok", "2026-09-08")
    assert (absent.outcome, cancelled.outcome) == ("not_published", "cancelled")


def test_pages_lead_to_minutes_and_to_what_is_none() -> None:
    with StandIn(eastmoor()) as stand_in:
        found = links(f"{stand_in.root}/minutes/", "href,'.'") + links(f"{stand_in.root}/minutes/2025/", "href,'.'")
        own = [each for each in found if each.startswith(stand_in.root)]
        read_as = {each.rsplit("/", 1)[-1]: read(each) for each in own}
        moved = Got(f"{stand_in.root}/minutes")
    # Only its link tells that this one is no minutes.
    assert read_as.pop("Housing%20Strategy.pdf").media_type == "application/pdf"
    assert {name: (document.outcome, len(document.items)) for name, document in read_as.items()} == {
        "panel-2026-09-08.html": ("ok", 5),
        "Panel%20Minutes%209%20June%202026.pdf": ("ok", 5),
        "Panel%20Agenda%208%20Sept%202026.pdf": ("no_minutes", 0),
        "Board_Minutes_02-07-26.pdf": ("ok", 5),
        "panel%20minutes%2011.11.25.pdf": ("ok", 5),
    }
    assert len(found) - len(own) == 2
    assert (moved.status, moved.headers["Location"]) == (301, "/minutes/")


def test_the_service_has_the_elements_of_recorded_answers(recorded: Callable[..., StandIn], council: StandIn) -> None:
    real = recorded(manchester)
    for theirs, ours in [
        ("GetCommittees", "GetCommittees"),
        (
            "GetMeetings?lCommitteeId=144&sFromDate=01/01/2026&sToDate=01/03/2026",
            "GetMeetings?lCommitteeId=201&sFromDate=01/01/2026&sToDate=01/12/2026",
        ),
        ("GetMeeting?lMeetingId=4967", "GetMeeting?lMeetingId=2011"),
    ]:
        assert shapes(call(council, ours).body) == shapes(call(real, theirs).body)
    cancelled = shapes(call(council, "GetMeeting?lMeetingId=2014").body)
    assert shapes(call(real, "GetMeeting?lMeetingId=4966").body) - cancelled == {"photosmallurl", "photobigurl"}


def test_pages_of_meetings_have_no_class_that_recorded_ones_have_not(
    recorded: Callable[..., StandIn], council: StandIn
) -> None:
    real = shapes(Got(recorded(kingston).root + "/ieListDocuments.aspx?CId=711&MId=10221").body)
    ours = shapes(Got(f"{council.root}/ieListDocuments.aspx?MId=2013").body)
    assert ours - real == set()
    wanted = "table.mgItemTable td.mgItemNumberCell p.mgAiTitleTxt p.mgSubItemTitleTxt div.mgWordPara a.mgAiTitleLnk"
    assert set(wanted.split()) - ours == set()


def test_cmis_has_the_classes_of_recorded_pages(recorded: Callable[..., StandIn]) -> None:
    real, host = recorded(birmingham), "birmingham.cmis.uk.com"
    tab, month = "Meetings/tabid/70/ctl", "MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx"
    got = {
        "list": Got(f"{real.root}/birmingham/Meetings.aspx?ctl=MeetingCalendarListView&mid=397"),
        "month": Got(f"{real.root}/birmingham/{tab}/{month}"),
        "meeting": Got(f"{real.root}/birmingham/{tab}/ViewMeetingPublic/mid/397/Meeting/1/Committee/6"),
        "documents": Got(f"{real.root}/birmingham/{tab}/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4"),
    }
    site = northfell()
    with StandIn(site) as ours:
        made = {
            "list": Got(f"{ours.root}/northfell/Meetings.aspx?ctl=MeetingCalendarListView&mid=397"),
            "month": Got(f"{ours.root}/northfell/{tab}/{month}"),
            "meeting": Got(ours.root + site.address(site.meetings[0])),
        }
    footer, classes = {"div.footer"}, {name: shapes(each.body) for name, each in got.items()}
    # The recorded list is `ul.DocumentList` in one trimmed page and `ol.DocumentList` in the other.
    meeting = (classes["meeting"] | classes["documents"]) - {"ul.DocumentList", "ul.CmisDocumentList"}
    assert shapes(made["list"].body) - footer | {"tr.rgAltRow"} == classes["list"]
    assert shapes(made["month"].body) - footer | {"p.Meeting"} == classes["month"]
    assert shapes(made["meeting"].body) - footer == meeting
    assert host not in "".join(each.text for each in got.values())
    assert got["list"].text.count(real.root) == 2


def test_recorded_files_are_replayed_byte_for_byte(recorded: Callable[..., StandIn]) -> None:
    folder = fixtures()
    assert folder is not None
    served = Got(recorded(kingston).root + "/ieListDocuments.aspx?CId=711").body
    assert served == (folder / "kingston/kingston__2026-01-15_neighbourhood_committee.html").read_bytes()
    minutes = read(recorded(kingston).root + "/documents/g10230/Printed%20minutes.pdf?T=1")
    assert (minutes.outcome, minutes.meetings[0].committee) == ("ok", "Corporate Parenting Panel")
