"""`minutesminer track` and `minutesminer officers`, as people type them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutesminer.cli import main
from minutesminer.evaluate import load_gold
from minutesminer.models import Document, ItemRecords
from minutesminer.store import open_database, save

ACTION, FOLLOW_UP = "aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"


def call(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def build(document: Callable[..., Document], records: Callable[..., list[ItemRecords]]) -> None:
    with open_database("m.db", write=True) as made:
        save(made, document(), records(), "rules")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "login")


@pytest.fixture
def db(document: Callable[..., Document], records: Callable[..., list[ItemRecords]]) -> str:
    build(document, records)
    return "m.db"


def listed(db: str, *words: str) -> list[tuple[object, ...]]:
    rows = json.loads(call("outstanding", "--db", db, "--json", *words).stdout)
    return [(row["id"], row["status"], row["who"], row["due_date"], row["note"], row["tracked_by"]) for row in rows]


def test_what_changed_is_said_and_listed(db: str) -> None:
    done = call(
        *("track", ACTION, "--status", "open", "--note", "Asked again", "--due", "1/2/2020", "--owner", "A. Reed"),
        *("--who", "Ann", "--db", db),
    )
    assert (done.exit_code, done.stdout) == (
        0,
        f"{ACTION}: status open, due 2020-02-01, owner A. Reed, note “Asked again” (entry 1)\n"
        "  provide the café’s figures\n",
    )
    assert listed(db)[0] == (ACTION, "overdue", "A. Reed", "2020-02-01", "Asked again", "Ann")


def test_the_login_name_speaks_unless_another_is_given(db: str) -> None:
    call("track", ACTION, "--status", "done", "--db", db)
    call("track", ACTION, "--note", "sent", "--who", "Ann", "--db", db)
    rows = json.loads(call("track", "--history", ACTION, "--db", db, "--json").stdout)
    assert [(row["who"], row["kind"], row["status"], row["note"]) for row in rows] == [
        ("login", "status", "done", None),
        ("Ann", "note", None, "sent"),
    ]


def test_done_and_dropped_are_listed_where_they_are_asked_for(db: str) -> None:
    call("track", ACTION, "--status", "done", "--db", db)
    call("track", FOLLOW_UP, "--status", "dropped", "--db", db)
    ids = {words: [row[0] for row in listed(db, *words)] for words in ((), ("--all",), ("--state", "done"))}
    assert ids == {(): [], ("--all",): [ACTION, FOLLOW_UP], ("--state", "done"): [ACTION]}


def test_a_date_and_an_owner_are_taken_away_by_none(db: str) -> None:
    done = call("track", FOLLOW_UP, "--due", "none", "--owner", "None", "--note", "", "--db", db)
    again = call("track", FOLLOW_UP, "--due", "NONE", "--db", db)
    assert done.stdout.splitlines()[0] == f"{FOLLOW_UP}: no due date, no owner, no note (entry 1)"
    assert again.stdout == f"{FOLLOW_UP}: nothing changed; all of this was said before\n"
    assert listed(db)[1] == (FOLLOW_UP, "open", None, None, None, "login")


def test_one_that_was_not_found_is_added(db: str) -> None:
    done = call(
        *("track", "--add", "--council", "northmere", "--committee", "schools panel", "--date", "14 January 2020"),
        *("--what", "bring the plan back", "--due", "2020-03-01", "--class", "follow_up", "--db", db),
    )
    elsewhere = call(
        *("track", "--add", "--council", "Elsewhere", "--committee", "Homes", "--date", "14/1/2020"),
        *("--what", "write", "--db", db),
    )
    rows = json.loads(call("track", "--list", "--db", db, "--json").stdout)
    assert (done.stdout, elsewhere.stdout) == (
        "hand-1: added for Children’s Services & Schools Panel, Northmere Borough Council, 2020-01-14\n",
        "hand-2: added for Homes, Elsewhere, 2020-01-14\n",
    )
    places = [(row["class"], row["council_id"], row["council"], row["committee_id"], row["due_date"]) for row in rows]
    assert places == [
        (
            *("follow_up", "northmere-borough-council", "Northmere Borough Council"),
            *("northmere-borough-council-childrens-services-and-schools-panel", "2020-03-01"),
        ),
        ("action", None, "Elsewhere", None, None),
    ]
    assert call("track", "hand-2", "--status", "done", "--db", db).exit_code == 0
    assert [row[:2] for row in listed(db, "--all")][2:] == [("hand-1", "overdue"), ("hand-2", "done")]


def test_everything_that_was_said_is_listed_as_csv(db: str) -> None:
    before = call("track", "--list", "--db", db, "--json").stdout
    call("track", ACTION, "--note", "one,\ntwo", "--db", db)
    rows = list(csv.DictReader(io.StringIO(call("track", "--list", "--db", db, "--csv").stdout)))
    assert (before, [(row["record_id"], row["note"]) for row in rows]) == ("[]\n", [(ACTION, "one,\ntwo")])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["track", "nope", "--status", "done"], "there is no action or follow-up 'nope' in m.db"),
        (["track", "aaaaaaaaaaaa.1.m19-22", "--status", "done"], "there is no action or follow-up"),
        (["track", ACTION], "nothing is said"),
        (["track"], "Missing argument 'ID'"),
        (["track", ACTION, "--status", "finished"], "Invalid value for '--status'"),
        (["track", ACTION, "--due", "soon"], "'soon' is not a date"),
        (["track", ACTION, "--what", "x"], "--what says nothing here"),
        (["track", "--list", "--note", "x"], "--note says nothing here"),
        (["track", "--add", "--list"], "exclude each other"),
        (["track", "--add", ACTION], "no ID goes with --add"),
        (["track", "--add", "--what", "x", "--committee", "y", "--date", "1/2/2020"], "--add needs --council"),
        (["track", ACTION, "--note", "x" * 5001], "a note has at most 5000 characters"),
        (["track", ACTION, "--status", "done", "--db", "none.db"], "there is no database none.db"),
        (["officers", "remove", "Ann"], "there is no officer Ann"),
    ],
)
def test_bad_usage_is_told_and_says_nothing_of_a_record(db: str, words: list[str], says: str) -> None:
    done = call(*words, *([] if "--db" in words else ["--db", db]))
    assert (done.exit_code, says in done.stderr, Path("tracker.db").exists()) == (2, True, False), done.stderr


def test_a_tracker_that_is_none_is_told(db: str) -> None:
    Path("tracker.db").write_text("Notes of ours\n" * 40)
    outcomes = [call(*words, "--db", db) for words in (["track", ACTION, "--note", "x"], ["outstanding"])]
    assert [(done.exit_code, "tracker.db" in done.stderr) for done in outcomes] == [(1, True), (1, True)]


def test_minutes_made_anew_carry_on_and_tell_what_has_no_place(
    db: str, document: Callable[..., Document], records: Callable[..., list[ItemRecords]]
) -> None:
    call("track", ACTION, "--status", "done", "--note", "sent", "--db", db)
    call("track", FOLLOW_UP, "--note", "in July", "--db", db)
    Path(db).unlink()
    text = (
        document()
        .items[1]
        .text.replace("Attendance rose", "Attendance at school rose")
        .replace("The Chair asked for an update in six months", "Members thanked the Chair")
    )
    mined = records(text.replace("Members thanked the Chair", "The Chair asked for an update in six months"))
    mined[1].follow_ups = []
    with open_database(db, write=True) as made:
        save(made, document("bbbbbbbbbbbb", text=text), mined, "rules")
    done = call("track", "--orphans", "--db", db, "--json")
    new = f"bbbbbbbbbbbb.1.a{37 + len(' at school')}-{102 + len(' at school')}"
    assert done.stderr == f"carried over: {ACTION} is {new} now (likeness 1.00)\n"
    assert [(row["record_id"], row["note"]) for row in json.loads(done.stdout)] == [(FOLLOW_UP, "in July")]
    assert listed(db, "--all") == [(new, "done", "The Director", None, "sent", "login")]


def test_corrections_become_gold_that_evaluate_reads(db: str) -> None:
    call("track", ACTION, "--wrong", "--note", "only discussed", "--db", db)
    call("track", FOLLOW_UP, "--right", "--db", db)
    for what in ("the report be noted", "words of no minutes"):
        call(
            *("track", "--add", "--council", "Northmere", "--committee", "Panel", "--date", "14/1/2020"),
            *("--what", what, "--db", db),
        )
    done = call("track", "--export-gold", "gold", "--db", db)
    (gold,) = load_gold(Path("gold"))
    counted = {
        class_: [(record.quote, record.sentence, record.optional) for record in found]
        for class_, found in gold.records.items()
    }
    sentence = "RESOLVED: That the report be noted."
    assert (done.exit_code, gold.document, gold.council, gold.date) == (
        *(0, "panel.txt", "Northmere Borough Council", "2020-01-14"),
    )
    assert counted == {
        "metrics": [("95%", "Attendance rose to 95% in Quarter 2.", True)],
        "resolutions": [("the report be noted", sentence, True)],
        "actions": [("the report be noted", sentence, False)],
        "follow_ups": [
            (
                "The Chair asked for an update in six months",
                "The Chair asked for an update in six months.",
                False,
            )
        ],
    }
    with Path("gold/corrections.csv").open(encoding="utf-8", newline="") as file:
        corrections = [
            (row["document"], row["record_id"], row["correction"], row["note"]) for row in csv.DictReader(file)
        ]
    assert corrections == [
        ("panel.txt", ACTION, "left out", "only discussed"),
        ("panel.txt", FOLLOW_UP, "confirmed", ""),
        ("panel.txt", "hand-1", "added", ""),
        ("", "hand-2", "added, in words that no document of the meeting has", ""),
    ]
    assert done.stderr.startswith("left out: hand-2 ")
    scores = json.loads(call("evaluate", "gold", "--db", db, "--json").stdout)["classes"]
    assert {name: (scores[name]["recall"], scores[name]["precision"]) for name in ("actions", "follow_ups")} == {
        "actions": (0.0, 0.0),
        "follow_ups": (1.0, 1.0),
    }


def test_without_a_word_there_is_no_gold(db: str) -> None:
    done = call("track", "--export-gold", "gold", "--db", db)
    assert (done.exit_code, "nobody has said anything yet" in done.stderr, Path("gold").exists()) == (2, True, False)


def test_officers_are_added_listed_and_removed(db: str) -> None:
    added = [
        call("officers", "add", "Ann Lee", "--password-stdin", "--db", db, stdin="correct horse battery\n"),
        call("officers", "add", "Bob", "--db", db, stdin="another horse battery\nanother horse battery\n"),
    ]
    listed_before = json.loads(call("officers", "list", "--db", db, "--json").stdout)
    removed = call("officers", "remove", "ann lee", "--db", db)
    listed_after = json.loads(call("officers", "list", "--db", db, "--json").stdout)
    assert [done.exit_code for done in (*added, removed)] == [0, 0, 0]
    assert (listed_before, listed_after) == ([{"name": "Ann Lee"}, {"name": "Bob"}], [{"name": "Bob"}])
    assert [word for done in added for word in ("correct horse", "another horse") if word in done.output] == []


def test_passwords_that_differ_or_are_weak_make_no_account(db: str) -> None:
    different = call("officers", "add", "Bob", "--db", db, stdin="another horse battery\nanother horse\n")
    weak = call("officers", "add", "Bob", "--password-stdin", "--db", db, stdin="secret\n")
    assert (different.exit_code, weak.exit_code, "at least 12 characters" in weak.stderr) == (1, 2, True)
    assert Path("officers.accounts").exists() is False


def test_accounts_are_never_in_the_tracker(db: str) -> None:
    call("officers", "add", "Ann Lee", "--password-stdin", "--db", db, stdin="correct horse battery\n")
    call("track", ACTION, "--status", "done", "--who", "Ann Lee", "--db", db)
    with closing(sqlite3.connect("tracker.db")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert (tables, b"argon2" in Path("tracker.db").read_bytes()) == (["entries", "refusals"], False)
