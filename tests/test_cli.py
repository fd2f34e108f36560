"""The command line: light to start, friendly when it fails, and described as it is."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import minutesminer.explore
from minutesminer import resources
from minutesminer.cli import _COMMANDS, main
from minutesminer.commands.reference import reference
from minutesminer.evaluate import load_gold, predictions_from_db, score
from minutesminer.evaluate.gate import corpus_sha256, pin_floors
from minutesminer.store import database, open_database, rebuild, save

HEAVY = {"spacy", "bs4", "lxml", "pdfplumber", "pypdfium2", "sqlite_utils", "rich", "datasette", "rapidfuzz"}

MINUTES = """Minutes:
Attendance rose to 95% in Quarter 2.
The Director undertook to provide a breakdown of the figures to the Panel.
RESOLVED: That the report be noted.
"""


def call(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one good and one empty file in `minutes/`."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "minutes"
    made.mkdir()
    (made / "a.txt").write_text(MINUTES, encoding="utf-8")
    return made


@pytest.fixture
def db(tmp_path: Path, document, records, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    with open_database("m.db", write=True) as made:
        save(made, document(), records(), "rules")
        rebuild(made)
    return "m.db"


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["run", "--help"], ["serve", "--help"], ["verify", "--help"]]
)
def test_help_imports_nothing_heavy(words):
    code = (
        "import sys; from minutesminer.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as done: assert done.code == 0\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(HEAVY & set(done.stdout.splitlines()[-1].split())) == []


@pytest.mark.parametrize("words", [["outstanding"], ["trends", "attendance"], ["measures", "list"], ["search", "it"]])
def test_listings_import_neither_spacy_nor_pandas(db, words):
    code = (
        "import sys; from minutesminer.cli import main\n"
        f"try: main({[*words, '--db', str(db), '--json']!r})\n"
        "except SystemExit: pass\n"
        "print(' '.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "import pandas; pandas.DataFrame"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "sqlite_utils" in done.stderr.split()
    assert {"spacy", "pandas"} & set(done.stderr.split()) == set()


def test_every_command_has_its_line_and_its_help():
    with click.Context(main) as context:
        commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert list(commands) == list(_COMMANDS)
    assert [name for name, command in commands.items() if command is None or not command.help] == []
    assert [name for name in commands if name not in call("--help").output] == []


def test_reference_is_current():
    page = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == reference()


def test_reference_names_every_option():
    text = reference()
    with click.Context(main) as context:
        options = [
            option
            for name in main.list_commands(context)
            for parameter in main.get_command(context, name).params
            for option in parameter.opts
            if option.startswith("--")
        ]
    assert [option for option in options if option not in text] == []


def test_run_reports_what_it_found_and_the_next_line_works(folder):
    done = call("run", "minutes", "--db", "my minutes.db", "--council", "Northmere", "--date", "14/1/2020")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].startswith("1 file looked at in ")
    following = next(line for line in done.stdout.splitlines() if line.startswith("  or: "))
    words = shlex.split(following.removeprefix("  or: minutesminer "))
    assert words == ["outstanding", "--db", "my minutes.db"]
    listed = call(*words, "--json")
    assert (listed.exit_code, [row["date"] for row in json.loads(listed.stdout)]) == (0, ["2020-01-14"])


def test_folder_without_a_file_to_read_is_told_and_the_rest_goes_on(folder):
    Path("bare").mkdir()
    some = call("run", "bare", "minutes", "--db", "m.db")
    none = call("run", "bare", "--db", "m.db")
    assert (some.exit_code, none.exit_code) == (4, 3)
    said = "  no_files: the folder bare holds no file to read; name one with text, HTML or PDF files\n"
    assert (said in some.stdout, said in none.stdout) == (True, True)


def test_exit_codes_tell_unread_files_apart(folder):
    (folder / "b.txt").write_bytes(b"")
    some = call("run", "minutes", "--db", "m.db")
    none = call("run", "minutes/b.txt", "--db", "m.db")
    assert (some.exit_code, none.exit_code) == (4, 3)
    assert "empty: minutes/b.txt" in some.stdout
    assert "Next:" not in none.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "nowhere"], "there is no file or folder nowhere"),
        (["run", "--date", "31/02/2020"], "is not a date"),
        (["run", "--patterns", "nowhere"], "nowhere"),
        (["outstanding", "--db", "none.db"], "minutesminer run --db none.db"),
        (["outstanding", "--since", "soon"], "is not a date"),
        (["outstanding", "--json", "--csv"], "exclude each other"),
        (["search", "--db", "none.db", "word"], "minutesminer run --db none.db"),
        (["search", "--db", "m.db", "''"], "no word"),
        (["search"], "Missing argument"),
        (["verify", "--db", "none.db"], "minutesminer run --db none.db"),
        (["serve", "--db", "none.db"], "there is no database none.db"),
        (["explain", " "], "no text"),
        (["explain", "--html", "--json", "x"], "exclude each other"),
        (["evaluate", "nowhere"], "nowhere"),
        (["nonsense"], "No such command"),
    ],
)
def test_bad_usage_is_told_in_a_line_and_ends_with_2(db, words, said):
    done = call(*words)
    assert (done.exit_code, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert not Path("none.db").exists()


@pytest.mark.parametrize("command", [["run", "minutes"], ["outstanding"], ["search", "word"], ["verify"]])
def test_file_that_is_not_our_database_is_left_alone(folder, command):
    Path("notes.txt").write_text("notes\n")
    done = call(*command, "--db", "notes.txt")
    assert (done.exit_code, "not a SQLite database" in done.stderr) == (1, True)
    assert Path("notes.txt").read_text() == "notes\n"


def test_empty_file_is_no_database_to_verify(folder):
    Path("m.db").touch()
    done = call("verify", "--db", "m.db")
    assert (done.exit_code, "there is no database m.db" in done.stderr) == (2, True)
    assert Path("m.db").read_bytes() == b""


def test_locked_database_is_told(db, folder, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        done = call("run", "minutes", "--db", db)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (done.exit_code, "m.db is in use by another program" in done.stderr) == (1, True)


def test_outstanding_as_json_csv_and_table(db):
    as_json = json.loads(call("outstanding", "--db", db, "--json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(call("outstanding", "--db", db, "--csv").stdout)))
    assert [row["id"] for row in as_json] == ["aaaaaaaaaaaa.1.a37-102", "aaaaaaaaaaaa.1.f104-147"]
    assert as_csv == [{name: "" if value is None else str(value) for name, value in row.items()} for row in as_json]
    table = call("outstanding", "--db", db).stdout
    assert [word for word in ("The Director", "overdue", "in six months", "2020-01-14") if word not in table] == []


def test_listing_without_rows_still_has_its_headings(db):
    done = call("outstanding", "--db", db, "--council", "nobody", "--csv")
    assert done.stdout.startswith("id,class,council,committee,date,who,what,")
    assert call("outstanding", "--db", db, "--council", "nobody", "--json").stdout == "[]\n"


def test_text_of_documents_steers_neither_terminal_nor_markup(db):
    with open_database(db, write=True) as opened, opened.atomic():
        opened.execute("UPDATE items SET title = ?", ["[red]Title[/red] \x1b[31m"])
    table = call("search", "undertook", "--db", db).stdout
    assert ("[red]" in table.replace("\n", ""), "\x1b" in table) == (True, False)


def test_search(db):
    rows = json.loads(call("search", "cafe's", "figures", "--db", db, "--json").stdout)
    assert [row["class"] for row in rows] == ["action", "item"]
    only = json.loads(call("search", "figures", "--class", "item", "--db", db, "--json").stdout)
    assert [row["id"] for row in only] == ["aaaaaaaaaaaa.1"]


def test_verify_counts_and_fails_where_something_is_wrong(db):
    sound = call("verify", "--db", db)
    assert (sound.exit_code, "1 quotes of metrics at their offsets: sound" in sound.stdout) == (0, True)
    with open_database(db, write=True) as opened, opened.atomic():
        opened.execute("UPDATE metrics SET start_char = 0, end_char = 3")
    wrong = call("verify", "--db", db)
    assert (wrong.exit_code, "1 quotes of metrics at their offsets: 1 WRONG" in wrong.stdout) == (1, True)


def test_councils_are_filtered_by_words():
    rows = json.loads(call("councils", "london", "islington", "--json").stdout)
    assert [(row["id"], row["gss_code"]) for row in rows] == [("ISL", "E09000019")]


def test_serve_hands_over_what_was_asked(db, monkeypatch):
    asked = []

    def serve(db, port, open_browser, ready):
        asked.append((db, port, open_browser))
        ready("http://127.0.0.1:8123/")

    monkeypatch.setattr(minutesminer.explore, "serve", serve)
    done = call("serve", "--db", db, "--port", "8123", "--no-open")
    assert (done.exit_code, asked) == (0, [(Path("m.db"), 8123, False)])
    assert done.stderr == "Serving m.db at http://127.0.0.1:8123/ (Ctrl+C ends it)\n"


def test_explain_shows_records_with_their_rules():
    done = call("explain", "-", "--json", stdin=MINUTES)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    quotes = [
        found["text"][record["start_char"] : record["end_char"]] == record["quote"]
        for class_ in ("metrics", "resolutions", "actions", "follow_ups")
        for record in found[class_]
    ]
    assert quotes
    assert all(quotes)
    assert [(metric["value"], metric["quote"]) for metric in found["metrics"]] == [(95.0, "95%")]
    assert "95%" in call("explain", MINUTES).stdout
    assert call("explain", "--html", MINUTES).stdout.startswith("<!DOCTYPE html>")


def test_rules_are_listed():
    rows = json.loads(call("rules", "list", "--json").stdout)
    assert {row["class"] for row in rows} >= {"metric", "resolution", "action", "follow_up"}
    assert [row["id"] for row in rows if not (row["why"] and row["positive"] and row["negative"])] == []


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    """A folder of rules of one's own: the packaged words, and one rule."""
    made = tmp_path / "patterns"
    shutil.copytree(resources.folder("patterns"), made)
    for rules in made.glob("*/*.yaml"):
        if rules.parent.name in ("metrics", "resolutions", "actions", "follow_ups", "qualifiers", "sections"):
            rules.unlink()
    return made


RULE = """
- id: section.heading
  class: section
  kind: heading
  pattern: [{LOWER: minutes}, {LOWER: ":"}]
  why: Minutes begin under this heading.
  examples:
    positive: ["[%s]{} They met."]
    negative: ["%s"]
"""


@pytest.mark.parametrize(
    ("quote", "negative", "wrong"),
    [
        ("Minutes:", "Minutes were taken.", []),
        ("Minutes", "Minutes were taken.", ["does not give"]),
        ("Minutes:", "Minutes: none.", ["must not match"]),
        ("Meeting:", "Minutes: none.", ["does not give", "must not match"]),
    ],
)
def test_rules_are_tested_on_their_own_examples(patterns, quote, negative, wrong):
    (patterns / "sections" / "one.yaml").write_text(RULE % (quote, negative), encoding="utf-8")
    done = call("rules", "test", "--patterns", str(patterns))
    told = [words for words in ("does not give", "must not match") if words in done.stdout]
    assert (done.exit_code, told) == (1 if wrong else 0, wrong), done.output
    assert f"1 rules, 2 examples, {len(wrong)} wrong" in done.stdout


def test_broken_rule_is_told_by_name(patterns):
    (patterns / "sections" / "one.yaml").write_text("- id: section.heading\n", encoding="utf-8")
    for words in (["rules", "test"], ["rules", "list"], ["run"], ["explain", "x"]):
        done = call(*words, "--patterns", str(patterns))
        assert (done.exit_code, "'section.heading'" in done.stderr) == (1, True), done.output


def test_demonstration_minutes_give_rows_of_every_class(folder):
    done = call("run", "--db", "demo.db")
    assert done.exit_code == 0, done.output
    with open_database("demo.db") as opened:
        empty = [name for name in ("metrics", "resolutions", "actions", "follow_ups") if not opened.table(name).count]
    assert empty == []
    assert call("verify", "--db", "demo.db").exit_code == 0
    corpus = resources.folder("corpus")
    floors = ["--db", "demo.db", "--floors", "floors.json"]
    unpinned = call("evaluate", str(corpus), *floors)
    assert (unpinned.exit_code, "no floors are pinned" in unpinned.stderr) == (1, True)
    scores = score(load_gold(corpus), predictions_from_db("demo.db"))
    pin_floors(Path("floors.json"), "corpus", scores, corpus_sha256([corpus, corpus]))
    assert call("evaluate", str(corpus), *floors).exit_code == 0
    scored = call("evaluate", str(resources.folder("corpus")), "--db", "demo.db", "--json")
    assert (scored.exit_code, sorted(json.loads(scored.stdout)["classes"])) == (
        0,
        ["actions", "follow_ups", "metrics", "resolutions"],
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_standard_output_is_told():
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "minutesminer", "councils", "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "Error: the disk that is written to is full; free some room and try again\n",
    )
