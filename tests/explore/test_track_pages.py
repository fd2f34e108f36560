"""The officers' pages: the working list, one record, one added by hand."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import synthetic_database
from bs4 import BeautifulSoup
from datasette.app import Datasette
from synthetic_database import ATTACK
from visitor import Visitor, close

from minutesminer import resources
from minutesminer.errors import TrackerError
from minutesminer.explore import datasette_app, working_list
from minutesminer.explore.accounts import accounts_path, add_account
from minutesminer.store import open_database
from minutesminer.store.reconcile import reconcile
from minutesminer.store.tracker import Change, Record, add, find_record, save

NAME, PASSWORD = "Ann Lee", "correct horse battery"
ACTION, ASKED = "aaaaaaaaaaaa.0.a198-260", "aaaaaaaaaaaa.0.f121-196"
DOUBTFUL = "cccccccccccc.0.f0-64"
PAGE = f"/-/track/{ACTION}"
TASK, REQUEST = "circulate the children’s home report", "the vacancy figures"
PAGES = ["/-/outstanding", PAGE, f"/-/track/{DOUBTFUL}", "/-/track/add", "/-/sign-in", "/-/sign-out"]


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    synthetic_database.build(path)
    return path


@pytest.fixture
def visitor(minutes: Path) -> Iterator[Visitor]:
    site = datasette_app(minutes)
    yield Visitor(site)
    close(site)


@pytest.fixture
def officer(visitor: Visitor, minutes: Path) -> Visitor:
    """A visitor who has signed in."""
    add_account(accounts_path(minutes), NAME, PASSWORD)
    visitor.sign_in(NAME, PASSWORD)
    return visitor


def listed(visitor: Visitor, query: str = "") -> list[str]:
    return [heading.get_text() for heading in visitor.page(f"/-/outstanding{query}").select("ol.work h2")]


def say(minutes: Path, record_id: str, **said: Any) -> None:
    with open_database(minutes) as db:
        record = find_record(db.conn, record_id)
    assert record is not None
    save(minutes.with_name("tracker.db"), record, Change(**said), "ann")


def test_the_working_list_has_what_is_late_first(visitor: Visitor) -> None:
    page = visitor.page("/-/outstanding")
    rows = [
        (row.h2.get_text(), row.select_one(".state").get_text(), row.select_one(".where").get_text())
        for row in page.select("ol.work > li")
    ]
    assert rows == [
        (TASK, "overdue", "Exampleshire, Health Scrutiny, 15 January 2024"),
        (ATTACK, "open", "Otherton, Homes Panel, 5 February 2024"),
        (REQUEST, "answered?", "Exampleshire, Health Scrutiny, 15 January 2024 · a later item may answer it"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?council=Otherton", [ATTACK]),
        ("?committee=Health+Scrutiny", [TASK, REQUEST]),
        ("?state=overdue", [TASK]),
        ("?state=due", []),
        ("?state=done", []),
        ("?state=all", [TASK, ATTACK, REQUEST]),
        ("?owner=director", [TASK]),
        ("?words=figures+MARCH", [REQUEST]),
        ("?words=children%E2%80%99s", [TASK]),
        ("?words=%25", []),
        ("?words=%27%3B+drop+table+items%3B+--", []),
        ("?owner=nobody&committee=Health+Scrutiny", []),
        ("?page=99", [TASK, ATTACK, REQUEST]),
        ("?page=x&state=nonsense", [TASK, ATTACK, REQUEST]),
    ],
)
def test_the_working_list_is_narrowed_down(visitor: Visitor, query: str, found: list[str]) -> None:
    assert listed(visitor, query) == found


def test_the_working_list_has_pages(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working_list, "PAGE", 2)
    first, second = visitor.page("/-/outstanding?state=all"), visitor.page("/-/outstanding?state=all&page=2")
    turns = [[(a["rel"], a["href"]) for a in page.select(".turn a")] for page in (first, second)]
    assert turns == [
        [(["next"], "/-/outstanding?state=all&page=2")],
        [(["prev"], "/-/outstanding?state=all&page=1")],
    ]
    assert listed(visitor, "?state=all&page=2") == [REQUEST]


def test_done_ones_leave_every_list_and_dropped_ones_too(visitor: Visitor, minutes: Path) -> None:
    say(minutes, ACTION, status="done", note="sent")
    say(minutes, ASKED, status="dropped")
    queries = ["outstanding_list", "outstanding_by_committee", "follow_ups_due"]
    counts = [len(visitor.get(f"/minutes/{query}.json?_shape=array").json()) for query in queries]
    home = visitor.page("/").select_one('a[href="/minutes/outstanding_list"]').parent.get_text()
    done = visitor.get("/minutes/outstanding_list.json?_shape=array&status=done").json()
    assert (listed(visitor), listed(visitor, "?state=done"), listed(visitor, "?state=dropped")) == (
        *([ATTACK], [TASK], [REQUEST]),
    )
    assert (counts, home) == ([1, 1, 1], "What is outstanding, oldest first (1)")
    assert [(row["record_id"], row["note"]) for row in done] == [(ACTION, "sent")]


def test_a_record_that_an_officer_dated_is_among_those_due(visitor: Visitor, minutes: Path) -> None:
    add(
        minutes.with_name("tracker.db"),
        Record("", "action", committee="P", what="go"),
        Change(due_date="2024-02-01"),
        "a",
    )
    rows = visitor.get("/minutes/follow_ups_due.json?_shape=array").json()
    assert [row["record_id"] for row in rows] == ["hand-1", ASKED, ACTION, DOUBTFUL]


def test_the_page_of_a_record_shows_its_sentence_evidence_and_place(visitor: Visitor) -> None:
    page = visitor.page(f"/-/track/{ASKED}")
    facts = {line.dt.get_text(): line.dd.get_text() for line in page.select("dl.facts div")}
    links = [a["href"] for a in page.select("blockquote a, dl.facts a")]
    assert (page.h1.get_text(), page.select_one(".lead").get_text()) == (
        REQUEST,
        "Follow-up asked for: Exampleshire, Health Scrutiny, 15 January 2024, Workforce.",
    )
    assert facts == {
        "State": "answered?",
        "Due": "18 March 2024 (“the March meeting”)",
        "Asked by": "The Committee",
        "Later item": (
            "Workforce update (2024-03-18), score 0.80: both say vacancy figures. It may answer this; read it."
        ),
    }
    assert page.select_one("blockquote p").get_text() == synthetic_database.TEXT_JANUARY.split("\n")[2]
    assert links == ["/-/item/bbbbbbbbbbbb.0", f"/-/item/aaaaaaaaaaaa.0#{ASKED}"]


def test_what_an_officer_says_is_shown_with_its_history(officer: Visitor) -> None:
    officer.post(PAGE, note="Asked <again>.", due="1 March 2027", owner="A. Reed")
    officer.post(PAGE, due="none", owner="None", verdict="right")
    page = officer.page(PAGE)
    history = [" ".join(entry.get_text().split()).partition(f"{NAME}: ")[2] for entry in page.select("ul.history li")]
    facts = {line.dt.get_text(): line.dd.get_text() for line in page.select("dl.facts div")}
    assert history == [
        "marked right. no due date. nobody sees to it.",
        "due 1 March 2027. A. Reed sees to it. Asked <again>.",
    ]
    assert (facts["State"], facts["Due"], facts["Note"]) == ("open", "no date (“by June”)", "Asked <again>.")


def test_saving_tells_what_it_did(officer: Visitor) -> None:
    told = []
    for fields in ({"status": "done"}, {"status": "done"}):
        officer.post(PAGE, **fields)
        told += [message.get_text() for message in officer.page(PAGE).select(".message-info")]
        officer.cookies.pop("ds_messages", None)
    assert told == ["Saved.", "Nothing changed: all of this was said before."]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "nothing is said"),
        ({"status": "finished"}, "'finished' is no status"),
        ({"due": "soon"}, "'soon' is not a date"),
        ({"verdict": "maybe"}, "it can be marked wrong or right"),
        ({"note": "x" * 5001}, "a note has at most 5000 characters"),
    ],
)
def test_what_cannot_be_meant_is_told_above_what_was_typed(officer: Visitor, fields: dict[str, str], told: str) -> None:
    answer = officer.post(PAGE, **fields)
    page = BeautifulSoup(answer.text, "lxml")
    alert = page.select_one('[role="alert"]').get_text()
    assert (answer.status_code, alert.startswith("Nothing was saved: "), told in alert) == (400, True, True)
    assert page.select_one("#due")["value"] == fields.get("due", "")


def test_a_full_disk_is_told_above_what_was_typed(officer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise TrackerError("tracker.db could not be written (full)")

    monkeypatch.setattr("minutesminer.explore.track_pages.save", full)
    answer = officer.post(PAGE, note="a long answer")
    assert (answer.status_code, "a long answer</textarea>" in answer.text) == (507, True)


def test_a_record_marked_wrong_leaves_the_lists_and_keeps_its_page(officer: Visitor) -> None:
    officer.post(PAGE, verdict="wrong", note="It was only discussed.")
    page = officer.page(PAGE)
    assert (listed(officer), listed(officer, "?state=all")) == ([ATTACK, REQUEST], [ATTACK, REQUEST])
    assert [warning.get_text() for warning in page.select(".message-warning")] == [
        "Marked wrong: it is left out of the lists."
    ]


def test_one_is_added_by_hand_with_the_ids_of_the_database(officer: Visitor, minutes: Path) -> None:
    answer = officer.post(
        "/-/track/add",
        **{"class": "follow_up", "what": "bring it back", "council": "exampleshire", "committee": "health scrutiny"},
        date="15 January 2024",
        due="1/2/2024",
        owner="",
        note="",
    )
    with closing(sqlite3.connect(minutes.with_name("tracker.db"))) as connection:
        rows = connection.execute(
            "SELECT record_id, class, council_id, committee_id, date, due_date, what, status FROM entries"
        ).fetchall()
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/track/hand-1")
    assert rows == [("hand-1", "follow_up", "EXA", "EXA-health", "2024-01-15", "2024-02-01", "bring it back", "open")]
    cells = officer.page("/minutes/outstanding?id=hand-1").select("td.col-id")
    assert [str(cell.a) for cell in cells] == ['<a href="/-/track/hand-1">track it</a>']


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("what", "say what is to be done"),
        ("committee", "say the committee"),
        ("date", "say the date of the meeting"),
    ],
)
def test_adding_says_what_is_missing(officer: Visitor, left_out: str, told: str) -> None:
    typed = {"what": "bring it back", "committee": "Health", "date": "15/1/2024", left_out: " "}
    page = BeautifulSoup(officer.post("/-/track/add", **typed).text, "lxml")
    assert page.select_one('[role="alert"]').get_text() == f"Nothing was saved: {told}."
    assert page.select_one("#owner")["value"] == ""


def test_an_address_from_before_the_minutes_changed_leads_to_the_record(visitor: Visitor, minutes: Path) -> None:
    say(minutes, ACTION, note="sent")
    with closing(sqlite3.connect(minutes)) as connection, connection:
        connection.execute("UPDATE actions SET id = 'aaaaaaaaaaaa.0.a198-261' WHERE id = ?", [ACTION])
        connection.execute("DELETE FROM follow_ups WHERE id = ?", [ASKED])
    reconcile(minutes)
    answer = visitor.get(PAGE)
    history = visitor.page("/-/track/aaaaaaaaaaaa.0.a198-261").select("ul.history li")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/track/aaaaaaaaaaaa.0.a198-261")
    assert [f"carried over from {ACTION}" in entry.get_text() for entry in history] == [True, False]


def test_a_record_that_is_gone_keeps_its_page_and_takes_words(officer: Visitor, minutes: Path) -> None:
    say(minutes, ASKED, note="sent")
    with closing(sqlite3.connect(minutes)) as connection, connection:
        connection.execute("DELETE FROM follow_ups WHERE id = ?", [ASKED])
    path = f"/-/track/{ASKED}"
    officer.post(path, status="done")
    page = officer.page(path)
    assert [warning.get_text()[:49] for warning in page.select(".message-warning")] == [
        "The minutes that were read last have no such reco"
    ]
    assert (page.h1.get_text(), page.select_one("dl.facts .state").get_text()) == (REQUEST, "done")


@pytest.mark.parametrize("path", ["/-/track/none", "/-/track/hand-7", "/-/track/%3Cscript%3Ealert(1)%3Cbr%3E"])
def test_a_record_that_nobody_knows_is_not_found(officer: Visitor, path: str) -> None:
    answers = [officer.get(path), officer.post(path, status="done")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "<script>alert" not in answers[0].text


def test_cells_and_items_lead_to_the_record(visitor: Visitor) -> None:
    cells = [
        visitor.page(f"/minutes/outstanding?id={ACTION}").select_one("td.col-id"),
        visitor.page("/minutes/outstanding_list?council=otherton").select_one("td.col-record_id"),
        visitor.page("/minutes/figures_against_target").select_one("td.col-record_id"),
    ]
    assert [[a["href"] for a in cell.select("a")] for cell in cells] == [
        [f"/-/item/aaaaaaaaaaaa.0#{ACTION}", PAGE],
        [f"/-/item/cccccccccccc.0#{DOUBTFUL}", f"/-/track/{DOUBTFUL}"],
        ["/-/item/aaaaaaaaaaaa.0#aaaaaaaaaaaa.0.m36-39"],
    ]


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_box_has_a_label_and_every_form_a_token(visitor: Visitor, minutes: Path, signed_in: bool) -> None:
    if signed_in:
        add_account(accounts_path(minutes), NAME, PASSWORD)
        visitor.sign_in(NAME, PASSWORD)
    unlabelled, forms = [], {}
    for path in PAGES:
        page = visitor.page(path)
        labels = {label.get("for") for label in page.select("label")}
        boxes = page.select("input:not([type=submit]):not([type=hidden]), textarea, select")
        unlabelled += [(path, box) for box in boxes if box.get("id") not in labels and box.find_parent("label") is None]
        posting = page.select('form[method="post"]')
        forms[path] = (len(posting), len(page.select('form[method="post"] input[name="csrftoken"]')))
    own = (1, 1) if signed_in else (0, 0)
    assert unlabelled == []
    assert forms == {**dict.fromkeys(PAGES, own), "/-/outstanding": (0, 0), "/-/sign-in": own}


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_no_script_of_anybody_else_and_are_not_kept(officer: Visitor, path: str) -> None:
    answer = officer.get(path)
    page = BeautifulSoup(answer.text, "lxml")
    assert [(script.get("src"), script.get_text()) for script in page.select("script")] == [("/static/minutes.js", "")]
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("private, no-store", "same-origin")
    assert (ATTACK in answer.text, answer.headers["content-security-policy"][:19]) == (False, "default-src 'self';")


def test_what_officers_type_is_text_and_never_more(officer: Visitor) -> None:
    officer.post(PAGE, note=ATTACK, owner=ATTACK)
    pages = [PAGE, "/-/outstanding", "/minutes/outstanding_list", "/minutes/outstanding"]
    texts = [officer.get(path).text for path in pages]
    shown = [BeautifulSoup(text, "lxml").select_one("main").get_text().count(ATTACK) >= 2 for text in texts]
    assert ([ATTACK in text for text in texts], shown) == ([False] * 4, [True] * 4)


def test_without_a_database_the_pages_say_how_to_make_one(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    shutil.copytree(resources.folder("db"), folder, ignore=shutil.ignore_patterns("*.db*", "*.accounts*", "archive"))
    visitor = Visitor(Datasette(config_dir=folder))
    statuses = {path: visitor.get(path).status_code for path in PAGES}
    assert statuses == {**dict.fromkeys(PAGES, 200), PAGE: 404, f"/-/track/{DOUBTFUL}": 404}
    assert "Make one with <code>minutesminer run</code>" in visitor.get("/-/outstanding").text


def test_datasette_over_the_folder_opens_neither_accounts_nor_the_list_of_refusals(
    minutes: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "db"
    shutil.copytree(resources.folder("db"), folder, ignore=shutil.ignore_patterns("*.db*", "*.accounts*", "archive"))
    shutil.copy(minutes, folder / "minutes.db")
    add_account(accounts_path(folder / "minutes.db"), NAME, PASSWORD)
    say(folder / "minutes.db", ACTION, status="done")
    site = Datasette(config_dir=folder)
    visitor = Visitor(site)
    closed = ["/tracker", "/tracker/refusals", "/tracker.json?sql=select+1", "/officers", "/officers.accounts"]
    statuses = [visitor.get(path).status_code for path in closed]
    refused = visitor.get("/minutes.json?sql=select+*+from+tracker.refusals").status_code
    visitor.sign_in(NAME, PASSWORD)
    written = visitor.post(PAGE, note="sent").status_code
    rows = visitor.get("/minutes/outstanding_list.json?_shape=array&status=done").json()
    names = sorted(name for name in site.databases if not name.startswith("_"))
    close(site)
    assert (statuses, refused, names) == ([403, 403, 403, 404, 404], 400, ["minutes", "tracker"])
    assert (written, [row["note"] for row in rows]) == (302, ["sent"])


def test_a_folder_that_cannot_be_written_is_still_read(minutes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TrackerError("tracker.db cannot be opened for writing")

    monkeypatch.setattr("minutesminer.explore.plugin.open_tracker", refuse)
    site = datasette_app(minutes)
    status = asyncio.run(site.client.get("/-/outstanding")).status_code
    close(site)
    assert (status, minutes.with_name("tracker.db").exists()) == (200, False)


def test_a_tracker_that_is_none_is_told_before_the_site_starts(minutes: Path) -> None:
    minutes.with_name("tracker.db").write_text("Notes of ours\n" * 40)
    with pytest.raises(TrackerError, match=r"tracker\.db"):
        datasette_app(minutes)
