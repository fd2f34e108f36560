"""`minutesminer outstanding`: the filters, and the files that officers take away."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, timezone
from pathlib import Path

import openpyxl
import outstanding_database as story
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from minutesminer.cli import main
from minutesminer.explore.due_calendar import due_calendar
from minutesminer.explore.due_sheet import count_by_quarter, due_sheet
from minutesminer.store import open_database, queries

EVERYTHING = [
    *(story.OVERDUE, story.FORMULA_ASKED, story.ANSWERED, story.EARLIER, story.SCRIPT_ASKED),
    *(story.HEALTH, story.HOMES),
]
TODAY = datetime.now(timezone.utc).date()


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    story.build(Path("m.db"))
    return "m.db"


def ids(*words: str) -> list[str]:
    done = call("outstanding", "--db", "m.db", "--json", *words)
    assert done.exit_code == 0, done.output
    return [row["id"] for row in json.loads(done.stdout)]


def rows(**asked: object) -> list[dict[str, object]]:
    with open_database("m.db") as opened:
        return queries.outstanding(opened, **asked)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], EVERYTHING),
        (["--council", "exa"], EVERYTHING[:6]),
        (["--council", "shire"], EVERYTHING[:6]),
        (["--council", "EXA, oth"], EVERYTHING),
        (["--council", "oth,"], None),
        (["--council", "Otherton, City"], EVERYTHING[6:]),
        (["--council", "nobody"], []),
        (["--committee", "children's"], EVERYTHING[:5]),
        (["--committee", "CHILDREN’S SCRUTINY"], EVERYTHING[:5]),
        (["--class", "action"], [story.OVERDUE]),
        (["--state", "overdue"], [story.OVERDUE]),
        (["--state", "overdue", "--state", "answered?"], [story.OVERDUE, story.ANSWERED, story.EARLIER]),
        (["--state", "done"], []),
        (["--owner", "calloway"], [story.OVERDUE]),
        (["--owner", "THE DIRECTOR"], [story.OVERDUE]),
        (["--owner", "reed"], [story.FORMULA_ASKED, story.SCRIPT_ASKED]),
        (["--words", "figures JULY"], [story.OVERDUE]),
        (["--words", "list dentists"], [story.HEALTH]),
        (["--words", "dentists repairs"], []),
        (["--words", "workforce budget"], [story.EARLIER]),
        (["--since", "26/9/2024"], EVERYTHING[4:]),
        (["--until", "2024-09-26"], EVERYTHING[:5]),
        (["--since", "2024-07-01", "--until", "1 December 2024"], [story.SCRIPT_ASKED, story.HEALTH]),
        (["--due-before", "2024-07-31"], []),
        (["--due-before", "2024-08-01"], [story.OVERDUE]),
        (["--due-before", "2099-12-31"], [story.OVERDUE, story.SCRIPT_ASKED]),
    ],
)
def test_filters(db: str, words: list[str], expected: list[str] | None) -> None:
    if expected is None:
        done = call("outstanding", "--db", db, *words)
        assert (done.exit_code, done.stderr) == (
            2,
            "Error: there is no council '' in the database; the ids in it are EXA, OTH\n",
        )
    else:
        assert ids(*words) == expected


def test_done_and_dropped_ones_are_listed_when_asked_for(db: str) -> None:
    assert call("track", story.OVERDUE, "--status", "done", "--who", "Ann", "--db", db).exit_code == 0
    assert call("track", story.HEALTH, "--status", "dropped", "--who", "Ann", "--db", db).exit_code == 0
    without = [id_ for id_ in EVERYTHING if id_ not in (story.OVERDUE, story.HEALTH)]
    assert (ids(), ids("--all")) == (without, EVERYTHING)
    assert ids("--state", "dropped", "--state", "done") == [story.OVERDUE, story.HEALTH]


def test_json_has_what_is_known_of_a_row(db: str) -> None:
    (row,) = json.loads(call("outstanding", "--db", db, "--json", "--state", "overdue").stdout)
    assert row == {
        "id": story.OVERDUE,
        "class": "action",
        "council": "Exampleshire",
        "committee": "Children’s Scrutiny",
        "date": "2024-06-13",
        "who": "the Director",
        "what": "provide the turnover figures",
        "due": "by the end of July",
        "due_date": "2024-07-31",
        "age_days": (TODAY - date(2024, 6, 13)).days,
        "status": "overdue",
        "evidence": None,
        "sentence": "The Director undertook to provide the turnover figures by the end of July.",
        "url": story.PAGE,
        "page": None,
        "item_id": "june.0",
        "document_id": "june",
        "meeting_id": "m-june",
        "note": None,
        "tracked_by": None,
        "tracked_at": None,
        "who_is": "Ruth Calloway, Director of Children’s Services",
        "due_source": "wording",
        "meetings_passed": 2,
        "times_asked": 2,
        "last_asked": "2024-09-26",
        "title": "Workforce",
        "council_id": "EXA",
        "committee_id": "EXA-children",
        "evidence_item_id": None,
        "evidence_reason": None,
    }


def test_due_dates_become_all_day_events(db: str) -> None:
    done = call("outstanding", "--db", db, "--ics", "due.ics")
    assert (done.exit_code, done.stderr) == (0, "2 due dates (5 of the 7 rows have none) in due.ics\n")
    content = Path("due.ics").read_bytes()
    calendar = Calendar.from_ical(content)
    names = ("uid", "dtstart", "dtend", "summary", "url")
    events = [tuple(event.decoded(name, None) for name in names) for event in calendar.walk("VEVENT")]
    assert events == [
        (
            "june.0.a1-2@minutesminer",
            date(2024, 7, 31),
            date(2024, 8, 1),
            "Due: provide the turnover figures (Ruth Calloway, Director of Children’s Services)",
            story.PAGE,
        ),
        (
            "september.0.f3-4@minutesminer",
            date(2099, 1, 14),
            date(2099, 1, 15),
            f"Due: {story.SCRIPT} (Councillor Reed)",
            None,
        ),
    ]
    first = calendar.walk("VEVENT")[0]
    assert first["description"].splitlines() == [
        "The Director undertook to provide the turnover figures by the end of July.",
        "Promised: Ruth Calloway, Director of Children’s Services, Children’s Scrutiny, Exampleshire, 13 June 2024",
        "Due, as worded: by the end of July",
        "State: overdue",
        f"Minutes: {story.PAGE}",
        "Reference: june.0.a1-2",
    ]
    assert first["categories"].cats == ["Children’s Scrutiny", "Promised", "overdue"]
    assert (str(calendar["version"]), [len(event.errors) for event in calendar.walk()]) == ("2.0", [0, 0, 0])
    lines = content.split(b"\r\n")
    assert (lines[-1], [line for line in lines if len(line) > 75 or b"\n" in line]) == (b"", [])


def test_the_same_rows_give_the_same_calendar(db: str) -> None:
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    assert due_calendar(rows(), made) == due_calendar(rows(), made)


def test_a_calendar_holds_no_control_characters_and_keeps_lines(db: str) -> None:
    (row,) = rows(state="overdue")
    hostile = {**row, "who": None, "who_is": None, "what": "a\x00b\x1b[31m;c,\\n\r\nEND:VEVENT", "url": "https://a b/"}
    content, said = due_calendar([hostile], datetime(2026, 1, 2, tzinfo=timezone.utc))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (said, str(event["summary"])) == ("1 due date", "Due: a b [31m;c,\\n END:VEVENT")
    assert ("url" in event, b"\x00" in content, b"\x1b" in content) == (False, False, False)


def test_a_list_without_due_dates_makes_no_calendar(db: str) -> None:
    done = call("outstanding", "--db", db, "--committee", "health", "--ics", "due.ics")
    assert (done.exit_code, "nothing in this list has a due date" in done.stderr) == (2, True)
    assert not Path("due.ics").exists()


def sheets(content: bytes) -> dict[str, openpyxl.worksheet.worksheet.Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {name: book[name] for name in book.sheetnames}


def test_rows_become_a_spreadsheet(db: str) -> None:
    assert call("track", story.OVERDUE, "--note", "@chase\nagain", "--who", "Ann", "--db", db).exit_code == 0
    done = call("outstanding", "--db", db, "--committee", "children's", "--xlsx", "due.xlsx")
    assert (done.exit_code, done.stderr) == (0, "5 rows in due.xlsx\n")
    sheet = sheets(Path("due.xlsx").read_bytes())["Outstanding"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[:3] == [
        [
            *("Reference", "Council", "Committee", "Meeting", "Item", "Kind", "What", "Of or by whom", "Due"),
            *("Due, as worded", "Age in days", "Meetings passed", "Times asked", "State", "Update"),
            *("May be answered by", "Sentence in the minutes", "Link", "Page"),
        ],
        [
            *(story.OVERDUE, "Exampleshire", "Children’s Scrutiny", datetime(2024, 6, 13), "Workforce", "Promised"),
            *("provide the turnover figures", "Ruth Calloway, Director of Children’s Services"),
            *(datetime(2024, 7, 31), "by the end of July", (TODAY - date(2024, 6, 13)).days, 2, 2, "overdue"),
            *("@chase\nagain", None),
            *("The Director undertook to provide the turnover figures by the end of July.", story.PAGE, None),
        ],
        [
            *(story.FORMULA_ASKED, "Exampleshire", "Children’s Scrutiny", datetime(2024, 6, 13), "Workforce"),
            *("Asked for", story.FORMULA, "+1 Reed", None, None, (TODAY - date(2024, 6, 13)).days, 2, 1, "open"),
            *(None, None, "-2+3 was asked for.", story.PAGE, None),
        ],
    ]
    assert [row[0] for row in values] == ["Reference", *EVERYTHING[:5]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B2", "A1:S6", "$1:$1")
    assert [sheet["D2"].number_format, sheet["I2"].number_format] == ["dd/mm/yyyy", "dd/mm/yyyy"]


def test_no_text_of_a_spreadsheet_is_a_formula_and_only_web_addresses_are_links(db: str) -> None:
    hostile = {
        **rows(state="overdue")[0],
        "status": "=1+1",
        "title": "#N/A",
        "due": "\t=1",
        "sentence": "a\x0bb",
        "note": "x" * 40_000,
    }
    sheet = sheets(due_sheet([*rows(), hostile])[0])["Outstanding"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d", "n"}
    quoted = [cell.value for cell in cells if cell.quotePrefix]
    assert quoted == [story.FORMULA, "+1 Reed", "-2+3 was asked for.", "@Dentists", "=1", "=1+1"]
    assert (sheet["E9"].value, sheet["J9"].value, sheet["Q9"].value, len(sheet["O9"].value)) == (
        "#N/A",
        "=1",
        "a b",
        32_767,
    )
    links = {cell.coordinate: cell.hyperlink.target for cell in cells if cell.hyperlink is not None}
    health = "http://minutes.example/health"
    assert links == {**{f"R{row}": story.PAGE for row in (2, 3, 4, 5, 9)}, "R7": health}
    assert sheet["R6"].value == "javascript:alert(1)"


def test_the_second_sheet_counts_by_state_and_quarter(db: str) -> None:
    sheet = sheets(due_sheet(rows())[0])["Counts"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Quarter of the meeting", "open", "due", "overdue", "answered?", "done", "dropped", "all"],
        ["2024/25 Q1 (May–Jul 2024)", 1, 0, 1, 2, 0, 0, 4],
        ["2024/25 Q2 (Aug–Oct 2024)", 1, 0, 0, 0, 0, 0, 1],
        ["2024/25 Q3 (Nov–Jan 2025)", 2, 0, 0, 0, 0, 0, 2],
        ["all", 4, 0, 1, 2, 0, 0, 7],
    ]
    assert count_by_quarter([{"date": None, "status": "open"}])[1:] == [
        ["date not known", 1, 0, 0, 0, 0, 0, 1],
        ["all", 1, 0, 0, 0, 0, 0, 1],
    ]


def test_a_list_without_rows_is_a_sheet_with_headings(db: str) -> None:
    done = call("outstanding", "--db", db, "--council", "nobody", "--xlsx", "due.xlsx")
    made = sheets(Path("due.xlsx").read_bytes())
    sizes = {name: sheet.max_row for name, sheet in made.items()}
    assert (done.exit_code, done.stderr, sizes) == (0, "0 rows in due.xlsx\n", {"Outstanding": 1, "Counts": 2})


@pytest.mark.parametrize("kind", ["ics", "xlsx"])
def test_a_dash_is_standard_output(db: str, kind: str) -> None:
    done = call("outstanding", "--db", db, f"--{kind}", "-")
    assert (done.exit_code, done.stdout_bytes[:4], Path("-").exists()) == (
        0,
        {"ics": b"BEGI", "xlsx": b"PK\x03\x04"}[kind],
        False,
    )


@pytest.mark.parametrize("kinds", [("--ics", "--xlsx"), ("--csv", "--ics"), ("--json", "--xlsx")])
def test_one_kind_of_output_at_a_time(db: str, kinds: tuple[str, str]) -> None:
    words = [word for kind in kinds for word in ([kind] if kind in ("--csv", "--json") else [kind, "file"])]
    done = call("outstanding", "--db", db, *words)
    assert (done.exit_code, "--json, --csv, --ics and --xlsx exclude each other" in done.stderr) == (2, True)


def test_a_missing_library_is_told_with_its_extra(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {}
    for kind, library in (("ics", "icalendar"), ("xlsx", "openpyxl")):
        monkeypatch.setitem(sys.modules, library, None)
        done = call("outstanding", "--db", db, f"--{kind}", "file")
        said[kind] = (done.exit_code, done.stderr)
    assert said == {
        "ics": (
            2,
            "Error: calendars need icalendar, which is not installed: pip install 'minutesminer[office]'\n",
        ),
        "xlsx": (
            2,
            "Error: spreadsheets need openpyxl, which is not installed: pip install 'minutesminer[office]'\n",
        ),
    }


def test_a_path_that_cannot_be_written_is_told_and_nothing_is_left(db: str) -> None:
    before = sorted(path.name for path in Path().iterdir())
    done = call("outstanding", "--db", db, "--xlsx", "nowhere/due.xlsx")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: nowhere/due.xlsx cannot be written (No such file or directory); name another file\n",
    )
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_file_is_replaced_whole_and_stays_as_private_as_it_was(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kept.ics").write_bytes(b"before")
    Path("kept.ics").chmod(0o600)
    Path("link.ics").symlink_to("kept.ics")
    with monkeypatch.context() as full:
        full.setattr("os.fsync", _full)
        done = call("outstanding", "--db", db, "--ics", "link.ics")
    assert (done.exit_code, "No space left" in done.stderr, Path("kept.ics").read_bytes()) == (2, True, b"before")
    assert call("outstanding", "--db", db, "--ics", "link.ics").exit_code == 0
    assert (Path("link.ics").is_symlink(), Path("kept.ics").stat().st_mode & 0o777) == (True, 0o600)
    assert Path("kept.ics").read_bytes()[:15] == b"BEGIN:VCALENDAR"
    assert sorted(path.name for path in Path().iterdir()) == ["kept.ics", "link.ics", "m.db"]


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")
