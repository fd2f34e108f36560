"""Words that stand on web pages where they are not looked for. Synthetic pages in words of our own."""

from __future__ import annotations

import pytest

from minutesminer.parse import parse

HEADER = (
    "<h1>Housing Panel</h1><p>Minutes of the meeting held on 4 June 2024</p><p>Present: Councillor Ada Lee (Chair)</p>"
)
ITEMS = (
    "<h2>1. Apologies</h2><p>None were received.</p><h2>2. Repairs</h2><p>The Panel noted the report.</p>{}"
    "<h2>3. Voids</h2><p>The Panel heard that 12 homes were empty.</p>"
)
MODERNGOV = (
    "<html><body><div id='modgov'><h1 class='mgSubTitleTxt'>Housing Panel - Tuesday 4 June 2024</h1><table>"
    "<tr><td class='mgItemNumberCell'><p>1.</p></td><td><p class='mgAiTitleTxt'>Repairs</p>"
    "<p class='mgSubItemTitleTxt'>Minutes:</p>{}</td></tr>{}</table></div></body></html>"
)


def items(page: str) -> list[tuple[str | None, str | None, str]]:
    return [(item.number, item.title, item.text) for item in parse(page.encode(), "page.html").items]


def told(markup: str) -> list[str]:
    """The lines that some markup gives under the first line of an item."""
    found = items(f"<html><body>{HEADER}{ITEMS.format(markup)}</body></html>")
    assert [item[:2] for item in found] == [("1", "Apologies"), ("2", "Repairs"), ("3", "Voids")]
    return found[1][2].split("\n")[1:]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            "<table><tr><th>Area</th><th>Visits</th></tr><tr><th colspan=2>North</th></tr>"
            "<tr><td>Abbey</td><td>12</td></tr></table>",
            ["Area, Visits", "North", "Abbey, 12"],
        ),
        (
            "<table><thead><tr><th>Area</th><th>Visits in May</th><th>Target</th></tr></thead>"
            "<tr><td>Abbey</td><td>12</td></tr></table>",
            ["Area, Visits in May, Target", "Abbey, 12"],
        ),
        (
            "<table><tr><th>Area</th><th>Visits</th></tr><tr><td>Abbey</td><td>12</td></tr></table>",
            ["Area: Abbey; Visits: 12"],
        ),
        (
            "<table><p>The Head of Housing said so.</p><tr>As <td>Abbey</td><td>12</td></tr></table>",
            ["The Head of Housing said so.", "As", "Abbey, 12"],
        ),
        ("<table><td>Abbey was noted</td><td>12</td></table>", ["Abbey was noted", "12"]),
        (
            "<table><tr><td>8.1</td><td>The Head of Housing said that 12 were late.</td></tr></table>",
            ["8.1 The Head of Housing said that 12 were late."],
        ),
        ("<table><tr><td>12</td><td>45</td></tr><tr><td>A</td><td>Abbey</td></tr></table>", ["12, 45", "A, Abbey"]),
        ("<ul>In these<li>Abbey</li></ul>", ["In these", "• Abbey"]),
        ("<fieldset><legend>Vote</legend>Seven were for it.</fieldset>", ["Vote", "Seven were for it."]),
        (
            "<p>There were 45<sup>2</sup> visits and 95%<sup>1</sup> on time, on 20m<sup>2</sup>.</p>",
            ["There were 45 visits and 95% on time, on 20m2."],
        ),
        ("<p>On the 4<sup>th</sup> it was noted.</p>", ["On the 4th it was noted."]),
        ("<h3><button type='button'>Questions from Members</button></h3>", ["Questions from Members"]),
        ("<button type='button'>Show all</button>", []),
    ],
)
def test_what_stands_in_odd_places_is_read(markup: str, lines: list[str]) -> None:
    expected = lines if lines[:2] != ["Area, Visits", "North"] else ["Area, Visits", "North", "Area: Abbey; Visits: 12"]
    assert told(markup) == expected


def test_minutes_set_as_they_were_typed_keep_their_lines() -> None:
    text = "Housing Panel\nMinutes of the meeting held on 4 June 2024\n\nPresent: Ada Lee\n\n1. Apologies\n\nNone.\n\n"
    page = f"<html><body><pre>{text}2. Repairs\n\nIt was noted that 45 repairs were late.\n</pre></body></html>"
    assert items(page) == [("1", "Apologies", "None."), ("2", "Repairs", "It was noted that 45 repairs were late.")]


@pytest.mark.parametrize("mark", ["<a id='content'></a>", "<p><span id='main-content'></span></p>"])
def test_a_mark_that_holds_nothing_is_not_the_main_part(mark: str) -> None:
    page = f"<html><body>{mark}<div>{HEADER}{ITEMS.format('')}</div></body></html>"
    assert len(items(page)) == 3


def test_a_page_of_an_article_for_each_item_is_read_whole() -> None:
    parts = [f"<article><h2>{part}</article>" for part in ITEMS.format("").split("<h2>")[1:]]
    assert len(items(f"<html><body>{HEADER}{''.join(parts)}</body></html>")) == 3


def test_an_article_that_holds_the_page_is_its_main_part() -> None:
    page = f"<html><body><p>Pay your council tax.</p><article>{HEADER}{ITEMS.format('')}</article></body></html>"
    assert parse(page.encode(), "page.html").items[-1].text == "The Panel heard that 12 homes were empty."


def test_text_of_a_cell_outside_of_its_blocks_is_read() -> None:
    cell = (
        "The Panel noted the report.<br>It asked for more by <strong>July</strong> 2024.<p>RESOLVED it.</p>So ended it."
    )
    assert items(MODERNGOV.format(cell, "")) == [
        (
            "1",
            "Repairs",
            "Minutes:\nThe Panel noted the report.\nIt asked for more by July 2024.\nRESOLVED it.\nSo ended it.",
        )
    ]


def test_rows_without_a_number_go_on_with_the_item() -> None:
    below = (
        "<tr><td colspan=2>The meeting was adjourned at 8 pm.</td></tr><tr><td></td><td><p>RESOLVED it.</p></td></tr>"
    )
    document = parse(MODERNGOV.format("<p>It was noted.</p>", below).encode(), "page.html")
    [item] = document.items
    assert item.text == "Minutes:\nIt was noted.\nThe meeting was adjourned at 8 pm.\nRESOLVED it."
    assert [(each.kind, item.text[each.start : each.end]) for each in item.sections] == [
        ("minutes", "It was noted.\nThe meeting was adjourned at 8 pm.\nRESOLVED it.")
    ]


def test_a_decision_in_several_blocks_is_read_whole_and_its_facts_are_not() -> None:
    page = (
        "<html><body><div id='modgov'><h2 class='mgSubTitleTxt'>Repairs</h2><div class='mgContent'>"
        "<h3 class='mgSubSubTitleTxt'>Decision:</h3><p>That the plan be agreed.</p>"
        "<div class='mgWordPara'><p>That more be asked.</p></div><div class='mgWordPara'><p>So it was.</p></div>"
        "<p><span class='mgLabel'>Date of decision: </span>04/06/2024</p><p>Not read.</p></div></div></body></html>"
    )
    assert items(page) == [(None, "Repairs", "Decision:\nThat the plan be agreed.\nThat more be asked.\nSo it was.")]


def test_control_characters_outside_of_blocks_are_left_out() -> None:
    assert items(MODERNGOV.format("<p>It was noted.</p>So\x0b it \x01ended.<b>At</b> 9\x02 pm.", "")) == [
        ("1", "Repairs", "Minutes:\nIt was noted.\nSo it ended.At 9 pm.")
    ]
