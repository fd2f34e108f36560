"""The report: what it says by hand count, and that nothing in it can do harm or asks for anything."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, datetime, timezone
from pathlib import Path

import outstanding_database as story
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner, Result

from minutesminer.cli import main
from minutesminer.explore.answer import nearest_sentence
from minutesminer.explore.quarters import Quarter, quarter_of, quarters_between
from minutesminer.explore.report import committee_reports
from minutesminer.explore.report_chart import Bar, count_bars, draw_bars
from minutesminer.explore.report_print import BROWSERS
from minutesminer.store import open_database

TODAY = datetime.now(timezone.utc).date()
JUNE, SEPTEMBER = (TODAY - date(2024, 6, 13)).days, (TODAY - date(2024, 9, 26)).days


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    story.build(Path("m.db"))
    return "m.db"


def page(*words: str) -> BeautifulSoup:
    done = call("report", "--db", "m.db", *words)
    assert done.exit_code == 0, done.output
    return BeautifulSoup(done.stdout_bytes, "lxml", from_encoding="utf-8")


def said(element: Tag) -> str:
    """The words of an element as they are read, cells and paragraphs apart."""
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def texts(tree: Tag, selector: str) -> list[str]:
    return [said(element) for element in tree.select(selector)]


def cells(tree: Tag, table: str) -> list[list[str]]:
    return [[said(cell) for cell in row.select("th, td")] for row in tree.select(f"{table} tr")]


def test_it_says_who_and_when_and_how_much_in_short(db: str) -> None:
    tree = page("--committee", "children's")
    assert texts(tree, "h1, h2") == [
        "Outstanding: Children’s Scrutiny",
        "Outstanding",
        "Answered since the last meeting",
        "Answered earlier? To be confirmed",
        "By quarter of the municipal year",
    ]
    assert texts(tree, "p.council") == ["Exampleshire"]
    assert texts(tree, ".summary p") == [
        "3 matters are outstanding: 1 overdue, 0 due within 14 days, 2 with a later date or none.",
        f"On average they are {round((2 * JUNE + SEPTEMBER) / 3)} days old; the oldest is of 13 June 2024 .",
        "1 matter was answered, or seems to have been, at the last meeting, 23 January 2025 , or later.",
        "1 other seems to have been answered before that, which nobody has confirmed.",
    ]
    facts = f"As of {spoken(TODAY)} . From the minutes of 3 meetings, 13 June 2024 to 23 January 2025 ."
    assert texts(tree, "p.facts") == [f"{facts} Next meeting: 14 January 2099 ."]


def spoken(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def test_what_is_outstanding_stands_under_who_asked_or_promised_the_overdue_first(db: str) -> None:
    section = page("--committee", "children's").select_one("#committee-1-outstanding").parent
    rows = cells(section, "table")
    assert rows == [
        ["What", "When", "Due", "Age", "State"],
        ["Ruth Calloway, Director of Children’s Services"],
        [
            "Provide the turnover figures “The Director undertook to provide the turnover figures by the end of July.” "
            "Workforce. Minutes of 13 June 2024 Ref. june.0.a1-2",
            "Promised 13 June 2024 2 times , last on 26 September 2024",
            "31 July 2024 “by the end of July”",
            f"{JUNE} days 2 meetings",
            "overdue",
        ],
        ["Councillor Reed"],
        [
            f"A{story.SCRIPT[1:]} “Councillor Reed asked for {story.SCRIPT} to come to the first meeting of 2099.” "
            "Budget. Ref. september.0.f3-4",
            "Asked for 26 September 2024",
            "14 January 2099 “to the first meeting of 2099”",
            f"{SEPTEMBER} days 1 meeting",
            "open",
        ],
        ["+1 Reed"],
        [
            f"{story.FORMULA} “-2+3 was asked for.” Workforce. Minutes of 13 June 2024 Ref. june.0.f3-4",
            "Asked for 13 June 2024",
            "no date",
            f"{JUNE} days 2 meetings",
            "open",
        ],
    ]


def test_answers_come_with_the_reason_and_the_nearest_sentence(db: str) -> None:
    tree = page("--committee", "children's")
    answered = tree.select_one("#committee-1-answered").parent
    assert cells(answered, "tbody") == [
        [
            "A report on school attendance “A report was asked for.” Workforce. Minutes of 13 June 2024 "
            "Ref. june.0.f5-6 Asked for by the Chair, 13 June 2024",
            "answered? 23 January 2025 School attendance “The report on school attendance was received.” "
            "Why it may fit: shares <b>school</b>.",
        ]
    ]
    earlier = tree.select_one("#committee-1-earlier").parent
    assert cells(earlier, "tbody") == [["The budget Asked for", "13 June 2024", "Budget, 26 September 2024"]]


def test_since_moves_what_counts_as_answered_since(db: str) -> None:
    late, early = (
        page("--committee", "children", "--since", "24/1/2025"),
        page("--committee", "children", "--since", "2024-09-26"),
    )
    assert texts(late, ".summary p")[2:] == [
        "Nothing is known to have been answered since 24 January 2025 .",
        "2 others seem to have been answered before that, which nobody has confirmed.",
    ]
    assert texts(early, ".summary p")[2:] == [
        "2 matters were answered, or seem to have been, since 26 September 2024 ."
    ]
    assert texts(early, "h2")[1] == "Answered since 26 September 2024"


def test_what_officers_said_is_in_the_report(db: str) -> None:
    for words in (
        (story.OVERDUE, "--status", "done", "--note", "sent <i>today</i>"),
        (story.FORMULA_ASKED, "--status", "dropped"),
        (story.SCRIPT_ASKED, "--due", "2024-10-01", "--owner", "Ann Lee"),
    ):
        assert call("track", *words, "--who", "Ann", "--db", db).exit_code == 0
    tree = page("--committee", "children's")
    assert texts(tree, ".summary p")[0] == (
        "1 matter is outstanding: 1 overdue, 0 due within 14 days, 0 with a later date or none."
    )
    assert texts(tree, "th.group") == ["Ann Lee"]
    assert texts(tree, "h2") == [
        "Outstanding",
        "Answered since the last meeting",
        "Dropped since then",
        "Answered earlier? To be confirmed",
        "By quarter of the municipal year",
    ]
    assert texts(tree, "section:nth-of-type(2) td .state") == ["done", "answered?"]
    assert texts(tree, ".note") == [f"Update: sent <i>today</i> (Ann, {spoken(TODAY)} )"]
    assert cells(tree, ".figures table") == [
        ["Quarter", "Asked", "Answered", "Dropped", "Outstanding"],
        ["2024/25 Q1 May–Jul 2024", "4", "3", "1", "0"],
        ["2024/25 Q2 Aug–Oct 2024", "1", "0", "0", "1"],
    ]


def test_several_committees_have_a_page_each_and_links_to_them(db: str) -> None:
    tree = page("--committee", "panel")
    assert texts(tree, "article h1") == ["Outstanding: Health Panel", "Outstanding: Homes Panel"]
    assert [(link.get("href"), said(link)) for link in tree.select("nav a")] == [
        ("#committee-1", "Health Panel, Exampleshire"),
        ("#committee-2", "Homes Panel, Otherton, City of"),
    ]
    ids = [element.get("id") for element in tree.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    assert texts(page("--committee", "panel", "--council", "oth"), "h1") == ["Outstanding: Homes Panel"]


def test_a_committee_whose_last_minutes_are_not_read_says_so(db: str) -> None:
    with open_database(db, write=True) as opened, opened.atomic():
        opened.table("calendar").insert({"committee_key": "EXA-health", "date": "2025-02-04", "committee": "Health"})
    assert texts(page("--committee", "health"), ".facts strong") == [
        "The minutes of the last meeting, 4 February 2025 , have not been read."
    ]


def test_a_committee_with_nothing_outstanding_says_so(db: str) -> None:
    assert call("track", story.HOMES, "--wrong", "--who", "Ann", "--db", db).exit_code == 0
    tree = page("--committee", "homes")
    assert (texts(tree, ".summary p")[0], texts(tree, "table")) == ("Nothing is outstanding.", [])


def test_what_was_added_by_hand_for_a_committee_without_minutes_has_a_page(db: str) -> None:
    words = ("--council", "EXA", "--committee", "Roads Board", "--date", "2025-03-01", "--what", "mend the road")
    assert call("track", "--add", *words, "--who", "Ann", "--db", db).exit_code == 0
    assert texts(page("--committee", "roads"), "h1, .what") == ["Outstanding: Roads Board", "Mend the road"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--committee", "helth panel"],
            "there is no committee with 'helth panel' in its name; the nearest are: Health Panel; Homes Panel",
        ),
        (
            ["--committee", "panel", "--council", "Exampelshire"],
            "there is no council 'Exampelshire' in the database; the nearest are: Exampleshire",
        ),
        (
            ["--committee", "panel", "--out", "r.doc"],
            "r.doc is neither FILE.html nor FILE.pdf; a report is one of these",
        ),
        (
            ["--committee", "panel", "--out", "nowhere/r.html"],
            "nowhere/r.html cannot be written (No such file or directory); name another file",
        ),
    ],
)
def test_bad_usage_is_told(db: str, words: list[str], told: str) -> None:
    done = call("report", "--db", db, *words)
    assert (done.exit_code, done.stderr) == (2, f"Error: {told}\n")


def test_the_page_runs_nothing_and_asks_nobody(db: str) -> None:
    tree = page("--committee", "")
    assert [element.name for element in tree.select("script, iframe, object, embed, link, img, base, form")] == []
    loads = [(e.name, name) for e in tree.find_all() for name in e.attrs if name == "src" or name.startswith("on")]
    style = tree.select("style")[0].string
    assert (loads, re.findall(r"url\(|@import|https?:", style)) == ([], [])
    links = {link.get("href") for link in tree.select("a")}
    assert links == {story.PAGE, "http://minutes.example/health", "#committee-1", "#committee-2", "#committee-3"}
    policy = tree.select("meta[http-equiv]")[0].get("content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_the_page_can_be_read_by_a_screen_reader(db: str) -> None:
    tree = page("--committee", "children's")
    assert (tree.html["lang"], len(tree.select("main")), len(tree.select("body > footer"))) == ("en-GB", 1, 1)
    assert {th.get("scope") for th in tree.select("th")} == {"col", "rowgroup", "row"}
    assert [table for table in tree.select("table") if not table.select("caption")] == []
    named = [e.get("aria-labelledby") for e in tree.select("[aria-labelledby]")]
    assert [name for name in named if tree.find(id=name) is None] == []
    levels = [int(heading.name[1]) for heading in tree.select("h1, h2, h3, h4")]
    assert levels == [1, 2, 2, 2, 2]


def test_quarters_are_those_of_the_municipal_year() -> None:
    days = [date(2024, 5, 1), date(2024, 4, 30), date(2024, 12, 31), date(2025, 1, 1), date(2024, 10, 31)]
    assert [str(quarter_of(day)) for day in days] == [
        *("2024/25 Q1", "2023/24 Q4", "2024/25 Q3", "2024/25 Q3", "2024/25 Q2"),
    ]
    spelled = [f"{quarter} {quarter.months}" for quarter in quarters_between(Quarter(1999, 3), Quarter(2000, 1))]
    assert spelled == ["1999/00 Q3 Nov–Jan 2000", "1999/00 Q4 Feb–Apr 2000", "2000/01 Q1 May–Jul 2000"]


def test_old_quarters_are_counted_together_and_empty_ones_are_shown() -> None:
    rows = [
        {"date": "2020-06-01", "status": "open"},
        {"date": "2022-06-01", "status": "done"},
        {"date": "2024-02-01", "status": "dropped"},
        {"date": None, "status": "answered?"},
    ]
    bars = count_bars(rows)
    assert bars[:2] == [Bar("Earlier", "", outstanding=1), Bar("2022/23 Q1", "May–Jul 2022", answered=1)]
    assert bars[-2:] == [Bar("2023/24 Q4", "Feb–Apr 2024", dropped=1), Bar("Undated", "", answered=1)]
    assert (len(bars), [bar.asked for bar in bars[2:8]], count_bars([])) == (10, [0] * 6, [])


def test_bars_are_as_long_as_their_numbers_say() -> None:
    tree = BeautifulSoup(draw_bars([Bar("<a>", "", 1, 1, 2), Bar("b", "", answered=2)], 'x"y'), "lxml").svg
    assert [(rect.get("fill"), rect.get("width")) for rect in tree.select("rect")] == [
        *(("#1f3a4d", "82.0"), ("#b9c6d0", "41.0"), ("#ffffff", "41.0"), ("#b9c6d0", "82.0")),
    ]
    assert [text.string for text in tree.select("text")] == ["<a>", "2", "1", "1", "4", "b", "2", "2"]
    assert tree.get("aria-labelledby") == 'x"y-chart'


@pytest.mark.parametrize(
    ("text", "shared", "expected"),
    [
        ("They met. The vacancy rate of nurses fell.\nThe rate was read.", "", "The vacancy rate of nurses fell."),
        ("The nurses’ rate was read. The vacancy fell.", "vacancy", "The vacancy fell."),
        ("The rate was read.", "", None),
        ("", "", None),
    ],
)
def test_the_nearest_sentence_has_two_words_or_more(text: str, shared: str, expected: str | None) -> None:
    assert nearest_sentence(text, "the nurses' vacancy rate", shared) == expected


def test_reports_come_in_the_order_of_councils_and_names(db: str) -> None:
    with open_database(db) as opened:
        reports = committee_reports(opened, "", None, None, TODAY)
    assert [(one.place.committee, len(one.outstanding), one.since) for one in reports] == [
        ("Children’s Scrutiny", 3, "2025-01-23"),
        ("Health Panel", 1, "2024-11-05"),
        ("Homes Panel", 1, "2024-12-03"),
    ]


@pytest.fixture
def browser() -> None:
    if not any(map(shutil.which, BROWSERS)):
        message = f"there is no browser here (looked for {', '.join(BROWSERS)})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def test_a_pdf_is_printed_on_a4_a_page_for_each_committee(db: str, browser: None) -> None:
    done = call("report", "--db", db, "--committee", "panel", "--out", "r.pdf")
    assert (done.exit_code, done.stderr.splitlines()) == (
        0,
        ["Health Panel: 1 outstanding, 0 overdue", "Homes Panel: 1 outstanding, 0 overdue", "Written: r.pdf"],
    )
    with pypdfium2.PdfDocument("r.pdf") as pdf:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
        sizes = [tuple(round(points / 72 * 25.4) for points in pdf[number].get_size()) for number in range(len(pdf))]
    titles = [[line for line in text.splitlines() if line.startswith("Outstanding: ")] for text in pages]
    assert titles == [["Outstanding: Health Panel"], ["Outstanding: Homes Panel"]]
    assert sizes == [(210, 297)] * 2
    assert ["a list of dentists" in text.lower() for text in pages] == [True, False]
    assert [re.findall(r"Page \d of \d", text) for text in pages] == [["Page 1 of 2"], ["Page 2 of 2"]]
    assert sorted(path.name for path in Path().iterdir()) == ["m.db", "r.pdf"]


def test_without_a_browser_a_pdf_is_refused_and_html_is_not(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = call("report", "--db", db, "--committee", "panel", "--out", "r.pdf")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: a PDF needs Chromium or Chrome, and none is on PATH; install one, or write --out report.html and print "
        "it from any browser\n",
    )
    assert call("report", "--db", db, "--committee", "panel", "--out", "r.html").exit_code == 0


@pytest.mark.parametrize(
    ("script", "told"), [("echo no display >&2; exit 3", "no display"), ("exit 0", "it ended with 0")]
)
def test_a_browser_that_fails_is_told(db: str, monkeypatch: pytest.MonkeyPatch, script: str, told: str) -> None:
    Path("bin").mkdir()
    Path("bin/chromium").write_text(f"#!/bin/sh\n{script}\n")
    Path("bin/chromium").chmod(0o755)
    monkeypatch.setenv("PATH", str(Path("bin").resolve()))
    done = call("report", "--db", db, "--committee", "panel", "--out", "r.pdf")
    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: {Path('bin/chromium').resolve()} could not print the report ({told}); write --out report.html and "
        "print it from any browser\n",
    )
    assert sorted(path.name for path in Path().iterdir()) == ["bin", "m.db"]
