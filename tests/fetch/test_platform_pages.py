"""What the pages and answers of each platform are taken for, and which of their links are minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.fetch.platforms import moderngov_pages as pages
from minutesminer.fetch.platforms import moderngov_service as service
from minutesminer.fetch.platforms.documents import LaterLink, attached_minutes, is_minutes, judge_document
from minutesminer.fetch.platforms.moderngov_service import Row
from minutesminer.models import Link, ListedMeeting
from minutesminer.parse.parts import Parsed
from minutesminer.parse.web import parse_html

_LISTED = b"""<html><body><div id="modgov"><ul class="mgNonBulletTableList">
<li class="mgTableEvenRow" ><a  class="mgMeetingTableLnk"   href="ieListDocuments.aspx?CId=7&amp;MId=12&amp;Ver=4"
>15 Jun 2026&nbsp;7&#58;30 pm</a> - Agenda</li><li><a class="mgMeetingTableLnk"
href="ielistdocuments.aspx?MeetingId=11&amp;CId=7">Monday, 8th January, 2018 6.15 pm</a> - CANCELLED</li>
<li><a class="mgMeetingTableLnk" href="ieListDocuments.aspx?CId=7&amp;MId=12&amp;Ver=4">15 Jun 2026</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=7">More information about the Panel of 3 May 2020</a></li></ul>
<a class="mgTableNextLnk" href="ieListMeetings.aspx?Act=earlier&amp;CId=7&amp;D=201801081815&amp;MD=x">Earlier</a>
<a class="mgTableNextLnk" href="ieListMeetings.aspx?Act=later&amp;CId=7&amp;D=202606151930&amp;MD=x">Later</a>
</div></body></html>"""


def test_a_list_of_meetings_gives_each_once_with_date_time_and_whether_it_was_called_off() -> None:
    assert pages.meetings(_LISTED) == [
        Row("12", "2026-06-15", "19:30", None),
        Row("11", "2018-01-08", "18:15", "cancelled"),
    ]


def test_a_list_of_meetings_leads_to_earlier_and_later_ones() -> None:
    assert pages.neighbours(_LISTED, "https://x.gov.uk/mg/ieListMeetings.aspx?CId=7&Year=0") == {
        "earlier": "https://x.gov.uk/mg/ieListMeetings.aspx?Act=earlier&CId=7&D=201801081815&MD=x",
        "later": "https://x.gov.uk/mg/ieListMeetings.aspx?Act=later&CId=7&D=202606151930&MD=x",
    }


def test_a_list_of_committees_passes_over_what_only_says_more_of_one() -> None:
    page = b"""<html><body><div id="modgov"><a href="mgCommitteeDetails.aspx?ID=7">Children&rsquo;s  Panel</a>
    <a href="ieListMeetings.aspx?XX=1&amp;CommitteeId=9">Health Board</a>
    <a href="mgCommitteeDetails.aspx?ID=7">Again</a><a href="mgUserInfo.aspx?UID=3">Cllr X</a>
    <a href="mgCommitteeDetails.aspx?ID=8">More information about the Board</a>
    </div></body></html>"""
    assert pages.committees(page) == [("7", "Children’s Panel"), ("9", "Health Board")]


def test_printed_minutes_are_found_with_blanks_and_broken_lines_in_their_address() -> None:
    page = b"""<html><body><div id="modgov"><a href="documents/g12/Agenda frontsheet.pdf?T=0">Agenda frontsheet</a>
    <a href="documents/g12/Printed minutes 15-Jun-2026\r\n 19.30 Panel.pdf?T=1" title="Link&#32;to&#32;printed">Printed
    draft minutes PDF 80 KB</a></div></body></html>"""
    found = pages.printed_minutes(page, "https://x.gov.uk/mg/ieListDocuments.aspx?CId=7&MId=12")
    assert found is not None
    assert found.url == "https://x.gov.uk/mg/documents/g12/Printed%20minutes%2015-Jun-2026%2019.30%20Panel.pdf?T=1"


def test_deleted_committees_are_passed_over_and_ended_ones_are_not() -> None:
    data = b"""<?xml version="1.0" encoding="utf-8"?><committees><committeescount> 3</committeescount>
    <committee><committeeid>1</committeeid><committeetitle>Chair&amp;#39;s Panel</committeetitle>
    <committeedeleted>False</committeedeleted><committeeexpired>True</committeeexpired></committee>
    <committee><committeeid>2</committeeid><committeetitle>Gone</committeetitle>
    <committeedeleted>True</committeedeleted>
    </committee></committees>"""
    assert service.committees(data) == [("1", "Chair's Panel")]


def test_dates_are_asked_for_day_first() -> None:
    assert service.day_first("2016-04-01") == "01/04/2016"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"<html><body>Sorry</body></html>", "unrecognised"),
        (b"<?xml version='1.0'?><meeting><agendaitems>", "unrecognised"),
        (b"<?xml version='1.0'?><getmeetings><meetingscount> 0</meetingscount></getmeetings>", "ok"),
        (b"<?xml version='1.0'?><committees><committee/></committees>", "unrecognised"),
    ],
)
def test_only_a_list_of_meetings_is_one(data: bytes, outcome: str) -> None:
    assert service.judge_meetings(data, "https://x.gov.uk")[0] == outcome


@pytest.mark.parametrize(
    ("title", "minutes"),
    [
        ("Minutes Panel 14 Jul 2026", True),
        ("6 - CHAIR APPROVED  Minutes Audit Committee 25 Nov 2025", True),
        ("Draft minutes", True),
        ("Cofnodion 3 Mai 2024", True),
        ("Minutes appendix A", False),
        ("Agenda and minutes", False),
        ("Action log from the minutes", False),
        ("Work programme", False),
    ],
)
def test_a_document_is_minutes_by_what_it_is_called(title: str, minutes: bool) -> None:
    assert is_minutes(title) is minutes


def _later(title: str, *, approves: bool = True, nearest: bool = True) -> LaterLink:
    return LaterLink(Link(title, f"https://x.gov.uk/{title}"), approves, nearest)


@pytest.mark.parametrize(
    ("links", "taken"),
    [
        ([_later("Minutes of 14/07/2026")], "Minutes of 14/07/2026"),
        ([_later("Draft Minutes, 14 July 2026", approves=False, nearest=False)], "Draft Minutes, 14 July 2026"),
        ([_later("Draft minutes"), _later("Minutes 14 July 2026", nearest=False)], "Minutes 14 July 2026"),
        ([_later("Draft minutes")], "Draft minutes"),
        ([_later("Draft minutes", nearest=False)], None),
        ([_later("Draft minutes", approves=False)], None),
        ([_later("Minutes 3 March 2026")], None),
        ([_later("Report of 14 July 2026")], None),
    ],
)
def test_minutes_attached_to_a_later_meeting_are_those_of_the_date_or_of_the_last(
    links: list[LaterLink], taken: str | None
) -> None:
    found = attached_minutes(ListedMeeting(id="X-1", council_id="X", date="2026-07-14"), links)
    assert (found.title if found else None) == taken


@pytest.mark.parametrize(
    ("data", "address", "outcome"),
    [
        (b"%PDF-1.4 ... startxref 9 %%EOF", "https://x.gov.uk/a.pdf", "ok"),
        (b"%PDF-1.4 ... cut", "https://x.gov.uk/a.pdf", "damaged"),
        (b"<html><body>Log in</body></html>", "https://x.gov.uk/a.pdf", "unrecognised"),
        (b"<html><body>Minutes</body></html>", "https://x.gov.uk/minutes", "ok"),
        (b"\x89PNG\r\n...", "https://x.gov.uk/a", "unsupported"),
    ],
)
def test_what_comes_for_a_document_is_judged_by_its_bytes(data: bytes, address: str, outcome: str) -> None:
    assert judge_document(data, address)[0] == outcome


def test_a_page_that_is_judged_and_then_looked_into_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def parse(text: str, address: str) -> Parsed:
        read.append(address)
        return parse_html(text, address)

    monkeypatch.setattr(pages, "parse_html", parse)
    minutes = Path(__file__).parents[1] / "parse" / "golden" / "synthetic_ieListDocuments.html"
    data, address = minutes.read_bytes(), "https://once.example/ieListDocuments.aspx"
    assert pages.judge_meeting(data, address) == ("ok", None)
    assert (pages.is_cut(data, address), len(pages.items(data, address)) > 1) == (True, True)
    assert read == [address]
