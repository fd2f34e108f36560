"""CMIS pages: facts by the words of their labels, and where the minutes are."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from minutesminer.models import Link, Meeting
from minutesminer.parse import parse
from minutesminer.parse.cmis import is_minutes, links_of, meeting_of

SYNTHETIC = """<div class="DNNModuleContent ModCMISMeetingsC"><h1>Meeting Details</h1>
<div class="holder"><div class="DNNLabel A"><label><span>Committee:</span></label></div>
 <div class="Value Committee">Roads Panel</div></div>
<div class="holder"><div class="DNNLabel B"><label>Date/Time:</label></div>
 <div class="Value">3 Aug 2021 - 10:00</div></div>
<div class="holder"><div class="DNNLabel Venue"><label>Status:</label></div><div class="Value Venue">{status}</div>
 <div class="holder"><div class="DNNLabel Venue"><label>Venue:</label></div>
 <div class="Value Venue">Hall</div></div></div>
<ul><li class="DocumentListItem"><a class="TitleLink" href="/w/Document.ashx?a=1">{title}</a></li></ul></div>"""


def page(title: str, status: str = "Scheduled") -> str:
    return f"<html><body>{SYNTHETIC.format(title=title, status=status)}</body></html>"


def test_facts_are_known_by_their_labels() -> None:
    assert meeting_of(BeautifulSoup(page("Minutes"), "lxml")) == Meeting(
        committee="Roads Panel", date="2021-08-03", time="10:00", venue="Hall", status="scheduled"
    )


def test_links_get_their_whole_address() -> None:
    content = BeautifulSoup(page("Final Minutes"), "lxml")
    assert links_of(content, "https://worn.cmis.example/w/Meetings.aspx") == [
        Link("Final Minutes", "https://worn.cmis.example/w/Document.ashx?a=1")
    ]
    assert links_of(content) == [Link("Final Minutes", "/w/Document.ashx?a=1")]


@pytest.mark.parametrize(
    ("title", "minutes"),
    [
        ("Minutes", True),
        ("Final Planning Minutes 16042026", True),
        ("Minutes of the previous meeting", False),
        ("Minutes of the meeting held on 3 May", False),
        ("Agenda and reports", False),
    ],
)
def test_the_meeting_s_own_minutes_are_told_from_the_last_ones(title: str, minutes: bool) -> None:
    assert is_minutes(title) is minutes


@pytest.mark.parametrize(
    ("title", "status", "outcome", "said"),
    [
        ("Draft Minutes", "Held", "no_minutes", "Draft Minutes (/w/Document.ashx?a=1)"),
        ("Agenda", "Scheduled", "not_published", "lists no minutes"),
        ("Agenda", "Cancelled", "cancelled", "did not take place"),
    ],
)
def test_a_page_says_where_the_minutes_are_or_why_there_are_none(
    title: str, status: str, outcome: str, said: str
) -> None:
    document = parse(page(title, status).encode(), "page.html")
    assert document.outcome == outcome
    assert said in document.issues[0].message


@pytest.mark.parametrize(
    ("name", "outcome", "committee"),
    [
        ("cmis_meeting_summary.html", "not_published", "Licensing Sub-Committee A"),
        ("cmis_detail_with_minutes.html", "no_minutes", None),
        ("cmis_detail_no_minutes.html", "no_minutes", None),
        ("cmis_listview.html", "no_minutes", None),
        ("cmis_calendar_month.html", "no_minutes", None),
    ],
)
def test_recorded_pages_have_their_outcome(shared: Path, name: str, outcome: str, committee: str | None) -> None:
    document = parse((shared / "fixtures/lgsf" / name).read_bytes(), name)
    assert (document.outcome, document.meetings[0].committee, document.items) == (outcome, committee, [])
