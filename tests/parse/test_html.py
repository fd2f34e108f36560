"""Web pages: blocks, lists, tables, ModernGov's pages in both skins."""

from __future__ import annotations

import pytest

from minutesminer.models import Attendee, Meeting, Section
from minutesminer.parse import parse
from minutesminer.parse.html import blocks_of, document_of
from minutesminer.parse.page import whole_address

MEETING = """<!DOCTYPE html><html><head>
<title>Agenda for Audit Panel on Tuesday 4 June 2024, 7.15 pm - Westmere Borough Council</title></head>
<body><nav><ul><li>Home</li></ul></nav>
<div id="modgov" class="panel"><div class="panel-heading"><h1>Agenda and minutes</h1></div>
<h2  class="mgSubTitleTxt" ><a href="x">Audit Panel - Tuesday 4 June 2024 7:15 pm</a></h2>
<p><span  class="mgLabel" >Venue: </span>Town Hall <a href="d">View directions</a></p>
<table class="mgItemTable"><tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt"><a name="AI7"></a>12.</p></td>
<td><p class="mgAiTitleTxt"><a href="r.pdf">Risk Register <span class="mgFileSize">PDF 9 KB</span></a></p>
<div class="mgWordPara"><p>To note the
register.</p></div>
<p class="mgSubItemTitleTxt">Additional documents:</p><ul class="mgBulletList"><li>Annex 1 PDF 2 MB</li></ul>
<p class="mgSubItemTitleTxt">Decision:</p><div class="mgWordPara"><p><b>RES</b><b>OLVED</b> that it
be noted.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><p>The Panel noted <span>it</span><span>s</span> risks.</p><p>&nbsp;</p></div>
<table><caption>Recorded Vote</caption><thead><th>Title</th><th>Type</th><th>Result</th></thead>
<tr><td>Register</td><td></td><td><img alt="">Carried</td></tr></table>
<li><a href="v">View Recorded Vote for this item</a></li>
</td></tr></table></div><footer>Westmere Borough Council</footer></body></html>"""


def test_a_meetings_page_gives_its_items_in_sections() -> None:
    document = parse(MEETING.encode(), "page.html")
    body = (
        "To note the register.\nDecision:\nRESOLVED that it be noted.\nMinutes:\n"
        "The Panel noted its risks.\nRecorded Vote\nTitle: Register; Result: Carried"
    )
    assert document.meetings == [Meeting("Westmere Borough Council", "Audit Panel", "2024-06-04", "19:15", "Town Hall")]
    assert [(item.number, item.title, item.text, item.sections) for item in document.items] == [
        (
            "12",
            "Risk Register",
            body,
            [Section("background", 0, 21), Section("decision", 32, 58), Section("minutes", 68, len(body))],
        )
    ]


def test_a_meetings_page_with_an_agenda_only_has_no_minutes() -> None:
    before, _, after = MEETING.partition('<p class="mgSubItemTitleTxt">Decision')
    page = before + after[after.index("</td></tr></table></div><footer>") :]
    document = parse(page.encode(), "page.html")
    assert (document.outcome, document.items, document.meetings[0].committee) == (
        "no_minutes",
        [],
        "Audit Panel",
    )


def test_inline_runs_join_and_only_blocks_break() -> None:
    root = document_of("<div>One<b>two</b>\n three<br>four<p>fi<i>ve</i></p>six</div>")
    assert blocks_of(root) == ["Onetwo three", "four", "five", "six"]


def test_lists_get_their_labels_back() -> None:
    root = document_of(
        '<div><ol start="3"><li>That a</li><li>That b<ul><li>deep</li></ul></li></ol><ol type="a"><li>x</li></ol>'
        "<ol><li>(i) own label</li></ol></div>"
    )
    assert blocks_of(root) == ["3. That a", "4. That b", "• deep", "a. x", "(i) own label"]


def test_tables_read_by_rows() -> None:
    root = document_of(
        "<div><table><tr><td>For</td><td>7</td></tr></table>"
        "<table><tr><th>Name</th><th>Vote</th></tr><tr><td>Lee</td><td>For</td></tr></table></div>"
    )
    assert blocks_of(root) == ["For, 7", "Name: Lee; Vote: For"]


def test_an_items_page_reads_as_its_text_would() -> None:
    page = (
        '<html><body><div id="modgov"><h1>Agenda item</h1><h2 class="mgSubTitleTxt">Void Homes</h2>'
        "<p>Meeting of Housing Panel, Monday 3 June 2024 6.00 pm (Item 5.)</p>"
        '<div class="mgWordPara"><p>To receive a report.</p></div><p class="mgSubItemTitleTxt">Minutes:</p>'
        '<div class="mgWordPara"><p>The Panel noted it.</p></div>'
        "<p>Supporting documents:</p><ul><li>Report PDF 1 MB</li></ul>"
        "</div></body></html>"
    )
    document = parse(page.encode(), "item.html")
    assert [(item.number, item.title, item.text) for item in document.items] == [
        ("5", "Void Homes", "To receive a report.\nMinutes:\nThe Panel noted it.")
    ]
    assert document.meetings == [Meeting(committee="Housing Panel", date="2024-06-03", time="18:00")]


def test_an_attendance_page_lists_people_and_has_no_minutes() -> None:
    page = (
        '<html><body><div id="modgov"><h2 class="mgSubTitleTxt">Monday 8th January, 2018 6.15 pm, Audit Panel</h2>'
        '<table summary="Table of meeting attendance"><tbody>'
        "<tr><td>Councillor Ann Lee</td><td>Chairperson</td><td>Present</td></tr>"
        "<tr><td>Bo Moe</td><td>Officer</td><td>In attendance</td></tr></tbody></table></div></body></html>"
    )
    document = parse(page.encode(), "who.html")
    assert document.outcome == "no_minutes"
    assert document.meetings == [
        Meeting(
            committee="Audit Panel",
            date="2018-01-08",
            time="18:15",
            attendance=[
                Attendee("Ann Lee", "Chairperson", "present"),
                Attendee("Bo Moe", "Officer", "in attendance"),
            ],
        )
    ]


@pytest.mark.parametrize(
    ("target", "page", "address"),
    [
        (
            " documents/s1/A \r\nreport.pdf?T=1 ",
            "https://a.example/x/y.aspx?ID=2",
            "https://a.example/x/documents/s1/A%20report.pdf?T=1",
        ),
        ("/d/a%20b.pdf", "https://a.example/x/y", "https://a.example/d/a%20b.pdf"),
        ("https://b.example/é.pdf", "https://a.example/", "https://b.example/%C3%A9.pdf"),
        ("documents/s1/a b.pdf", None, "documents/s1/a%20b.pdf"),
        ("http://[", "https://a.example/", "http://["),
    ],
)
def test_addresses_of_links_are_whole_and_can_be_fetched(target: str, page: str | None, address: str) -> None:
    assert whole_address(target, page) == address


def test_the_headings_of_any_site_are_titles_of_items() -> None:
    page = (
        "<html><body><main><h1>Roads Panel, 14 May 2024</h1><p>Present: Councillors Lee (Chair) and Moe</p>"
        "<h2>1. Potholes</h2><p>It was reported that 1,204 were mended.</p>"
        "<h2>2. Street lights</h2><p>The Panel noted that 12 lights were out.</p></main></body></html>"
    )
    document = parse(page.encode(), "a.html")
    assert [(item.number, item.title, item.text) for item in document.items] == [
        ("1", "Potholes", "It was reported that 1,204 were mended."),
        ("2", "Street lights", "The Panel noted that 12 lights were out."),
    ]
    assert (document.meetings[0].committee, document.meetings[0].date) == ("Roads Panel", "2024-05-14")
