"""The run from files to rows: one bad file never stops the others, nothing read is ever lost."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import minutesminer.run as run_module
from minutesminer import fetch, mine, workers
from minutesminer.errors import DatabaseBusy, NotOurDatabase, UsageError
from minutesminer.models import Document, Given, ItemRecords, Metric
from minutesminer.run import run
from minutesminer.store import database, open_database, queries
from minutesminer.store.verify import verify

MINUTES = """Agenda item
Performance report
Meeting of Children's Panel, Tuesday, 14th January, 2020 6.30 p.m. (Item 4.)
Minutes:
Attendance rose to {share}% in Quarter 2 and the Panel welcomed the figures that it had been given.
The Chair thanked officers for the report.
"""


def _percentages(text: str) -> list[Metric]:
    return [
        Metric(
            quote=match[0],
            sentence=match[0],
            start_char=match.start(),
            end_char=match.end(),
            rule="stand_in",
            kind="percentage",
            value=float(match[0][:-1]),
            unit="%",
        )
        for match in re.finditer(r"\d+%", text)
    ]


def _mine(nlp: object, document: Document) -> list[ItemRecords]:
    if any("BREAK" in item.text for item in document.items):
        raise KeyError("break")
    if any("MISFIT" in item.text for item in document.items):
        misfit = Metric(
            quote="M",
            sentence="M",
            start_char=0,
            end_char=1,
            rule="stand_in",
            kind="count",
            value=1,
            unit=["x"],
        )
        text = document.items[0].text
        misfit.quote = text[0]
        return [ItemRecords(metrics=[misfit]), *(ItemRecords() for _ in document.items[1:])]
    return [ItemRecords(metrics=_percentages(item.text)) for item in document.items]


@pytest.fixture(autouse=True)
def stand_in_mining(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mining that knows percentages only: these tests are about what is round it."""
    monkeypatch.setattr(mine, "load", lambda patterns: None)
    monkeypatch.setattr(mine, "mine_document", _mine)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with `minutes/` of two files in it."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "minutes"
    made.mkdir()
    (made / "a.txt").write_text(MINUTES.format(share=91), encoding="utf-8")
    (made / "b.txt").write_text(MINUTES.format(share=92), encoding="utf-8")
    return made


def tables(path: str) -> list[str]:
    """Every statement that would make the database again, but for the runs."""
    connection = sqlite3.connect(path)
    try:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "runs"')]
    finally:
        connection.close()


def values(path: str = "m.db") -> list[tuple[str, float]]:
    query = "SELECT source, value FROM metrics_view JOIN documents ON documents.id = document_id ORDER BY source, value"
    with open_database(path) as db:
        return [(row["source"], row["value"]) for row in db.query(query)]


def test_files_in_rows_out(folder):
    seen = []
    summary = run(["minutes"], "m.db", Given(council="Northmere"), progress=lambda *step: seen.append(step))
    assert (summary.files, summary.read, summary.outcomes) == (2, 2, {"ok": 2})
    assert summary.counts == {"items": 2, "metrics": 2, "resolutions": 0, "actions": 0, "follow_ups": 0}
    assert (summary.not_read, summary.issues) == ([], [])
    assert seen == [(1, 2, "minutes/a.txt"), (2, 2, "minutes/b.txt")]
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]
    with open_database("m.db", write=True) as db:
        (stored,) = db["runs"].rows
        assert [check.name for check in verify(db) if check.wrong] == []
    assert (stored["id"], stored["files"], stored["documents"], stored["not_read"], stored["metrics"]) == (
        "run-00001",
        2,
        2,
        0,
        2,
    )
    assert stored["finished"] >= stored["started"]


def test_second_run_changes_nothing_but_the_runs(folder):
    run(["minutes"], "m.db", Given(council="Northmere"))
    before = tables("m.db")
    run(["minutes"], "m.db", Given(council="Northmere"))
    assert tables("m.db") == before
    run(["minutes"], "other.db", Given(council="Northmere"))
    assert tables("other.db") == before
    with open_database("m.db") as db:
        assert [row["id"] for row in db["runs"].rows] == ["run-00001", "run-00002"]


def test_changed_file_replaces_what_was_read_from_it(folder):
    run(["minutes"], "m.db")
    (folder / "a.txt").write_text(MINUTES.format(share=99), encoding="utf-8")
    run(["minutes"], "m.db")
    assert values() == [("minutes/a.txt", 99.0), ("minutes/b.txt", 92.0)]


BAD = {
    "empty": b"",
    "unsupported": b"PK\x03\x04" + b"\x00" * 60,
    "damaged": b"%PDF-1.7\nthis is cut off",
    "no_minutes": b"<html><body><h1>Welcome</h1><p>Pay your council tax here.</p></body></html>",
}


@pytest.mark.parametrize("outcome", list(BAD))
def test_file_that_cannot_be_read_is_told_and_the_others_go_on(folder, outcome):
    (folder / "aa.bin").write_bytes(BAD[outcome])
    summary = run(["minutes"], "m.db")
    assert summary.outcomes == dict(sorted({"ok": 2, outcome: 1}.items()))
    assert [(file.source, file.outcome) for file in summary.not_read] == [("minutes/aa.bin", outcome)]
    assert "aa.bin" in summary.not_read[0].message
    with open_database("m.db") as db:
        stored = [(row["source"], row["outcome"]) for row in db.query("SELECT * FROM documents ORDER BY source")]
        issues = [row["source"] for row in db["issues"].rows]
    assert stored == [("minutes/a.txt", "ok"), ("minutes/aa.bin", outcome), ("minutes/b.txt", "ok")]
    assert issues == ["minutes/aa.bin"]


@pytest.mark.parametrize("outcome", list(BAD))
def test_file_that_can_no_longer_be_read_keeps_its_rows(folder, outcome):
    run(["minutes"], "m.db")
    (folder / "a.txt").write_bytes(BAD[outcome])
    summary = run(["minutes"], "m.db")
    assert [file.outcome for file in summary.not_read] == [outcome]
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]


@pytest.mark.parametrize(("word", "stage"), [("BREAK", "mine"), ("MISFIT", "store")])
def test_failure_of_the_program_on_one_file_is_an_issue(folder, word, stage):
    (folder / "aa.txt").write_text(MINUTES.format(share=50) + f"{word} it.\n", encoding="utf-8")
    summary = run(["minutes"], "m.db")
    assert [(file.source, file.outcome) for file in summary.not_read] == [("minutes/aa.txt", "failed")]
    with open_database("m.db") as db:
        assert [(row["source"], row["stage"], row["code"]) for row in db["issues"].rows] == [
            ("minutes/aa.txt", stage, "internal")
        ]
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]


def test_failure_of_the_program_on_a_stored_file_keeps_its_rows(folder, monkeypatch):
    run(["minutes"], "m.db")

    def fail(*_: object) -> Document:
        raise RecursionError("too deep")

    monkeypatch.setattr(workers, "parse", fail)
    summary = run(["minutes"], "m.db")
    assert summary.outcomes == {"failed": 2}
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]


def test_file_that_the_manifest_spoils_is_not_read(folder):
    (folder / "manifest.csv").write_text("file,council,date\na.txt,Northmere,31/02/2020\nlost.txt,Northmere,\n")
    summary = run(["minutes"], "m.db")
    assert [(file.source, file.outcome) for file in summary.not_read] == [("minutes/a.txt", "bad_manifest")]
    assert summary.issues == ["minutes/manifest.csv, line 3: there is no file 'lost.txt'; correct its name"]
    assert values() == [("minutes/b.txt", 92.0)]
    (folder / "manifest.csv").write_text("file,council,date\na.txt,Northmere,28/02/2020\n")
    assert run(["minutes"], "m.db").not_read == []
    with open_database("m.db") as db:
        assert list(db["issues"].rows) == []


def test_folder_without_a_file_is_an_issue_until_it_has_one(folder):
    Path("bare").mkdir()
    assert run(["bare", "minutes"], "m.db").outcomes == {"no_files": 1, "ok": 2}
    with open_database("m.db") as db:
        assert [(row["source"], row["code"]) for row in db["issues"].rows] == [("bare", "no_files")]
    (Path("bare") / "c.txt").write_text(MINUTES.format(share=93), encoding="utf-8")
    assert run(["bare"], "m.db").outcomes == {"ok": 1}
    with open_database("m.db") as db:
        assert list(db["issues"].rows) == []


def test_standard_input(folder):
    run(["-"], "m.db", stdin=io.BytesIO(MINUTES.format(share=75).encode()))
    assert values() == [("-", 75.0)]


def test_file_that_the_system_refuses_is_told(folder, monkeypatch):
    def refuse(source: object, stdin: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(run_module.fetch, "read", refuse)
    summary = run(["minutes/a.txt"], "m.db")
    assert summary.outcomes == {"unreadable": 1}
    with open_database("m.db") as db:
        assert [(row["source"], row["document_id"], row["code"]) for row in db["issues"].rows] == [
            ("minutes/a.txt", None, "unreadable")
        ]


def test_run_that_is_cut_short_keeps_whole_documents_and_the_next_mends_the_rest(folder, monkeypatch):
    def interrupt(done: int, total: int, source: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(["minutes"], "m.db", progress=interrupt)
    assert values() == [("minutes/a.txt", 91.0)]
    with open_database("m.db", write=True) as db:
        assert queries.last_run_was_cut_short(db)
        assert "search index of items" in [check.name for check in verify(db) if check.wrong]
    run(["minutes"], "m.db")
    with open_database("m.db", write=True) as db:
        assert [check.name for check in verify(db) if check.wrong] == []
        assert [row["finished"] is None for row in db["runs"].rows] == [True, False]


def test_foreign_file_and_lock_are_refused_before_anything_is_done(folder, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    Path("notes.txt").write_text("notes\n")
    with pytest.raises(NotOurDatabase):
        run(["minutes"], "notes.txt")
    assert Path("notes.txt").read_text() == "notes\n"
    run(["minutes/a.txt"], "m.db")
    other = sqlite3.connect("m.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(DatabaseBusy):
            run(["minutes"], "m.db")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert values() == [("minutes/a.txt", 91.0)]


def test_wrong_path_is_refused_before_a_database_is_made(folder):
    with pytest.raises(UsageError, match="nowhere"):
        run(["minutes", "nowhere"], "m.db")
    assert not Path("m.db").exists()


def test_reader_and_run_do_not_hinder_each_other(folder):
    run(["minutes/a.txt"], "m.db")
    with open_database("m.db") as reader:
        rows = reader.execute("SELECT id FROM items")
        assert rows.fetchone() is not None
        with open_database("m.db") as other:
            other.execute("SELECT count(*) FROM items").fetchone()
            run(["minutes"], "m.db", progress=lambda *_: list(other["items"].rows))
        rows.close()
    run(["minutes"], "m.db")
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]
    assert sorted(file.name for file in folder.parent.iterdir()) == ["m.db", "minutes"]


def test_killed_run_leaves_a_database_that_opens(folder):
    code = (
        "import os; import minutesminer.run as r\n"
        "from minutesminer.models import ItemRecords\n"
        "r.mine.load, r.mine.mine_document = id, lambda n, d: [ItemRecords() for _ in d.items]\n"
        "r.run(['minutes'], 'm.db', progress=lambda done, *_: os._exit(9) if done == 2 else None)"
    )
    package = Path(run_module.__file__).parents[1]
    killed = subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": str(package)})
    assert killed.returncode == 9
    with open_database("m.db") as db:
        assert [row["source"] for row in db["documents"].rows] == ["minutes/a.txt", "minutes/b.txt"]
    run(["minutes"], "m.db")
    assert values() == [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)]
    assert sorted(file.name for file in folder.parent.iterdir()) == ["m.db", "minutes"]


def test_removing_a_rule_removes_exactly_its_rows(folder, monkeypatch):
    """The stand-in's rules are files: `91.yaml` finds 91%."""
    rules = Path("rules")
    rules.mkdir()
    for name in ("91", "92", "measures/none"):
        (rules / name).parent.mkdir(exist_ok=True)
        (rules / f"{name}.yaml").write_text("[]\n")

    def mine_by_files(nlp: set[str], document: Document) -> list[ItemRecords]:
        found = [_percentages(item.text) for item in document.items]
        return [ItemRecords(metrics=[m for m in metrics if m.quote[:-1] in nlp]) for metrics in found]

    def load(patterns: Path) -> set[str]:
        return {path.stem for path in Path(patterns).glob("*.yaml")}

    monkeypatch.setattr(mine, "load", load)
    monkeypatch.setattr(mine, "mine_document", mine_by_files)
    run(["minutes"], "m.db", patterns=rules)
    with open_database("m.db") as db:
        before = {name: list(db[name].rows) for name in ("items", "metrics", "meetings", "attendance")}
        old_rules = {row["rules_sha256"] for row in db["documents"].rows}
    (rules / "92.yaml").unlink()
    run(["minutes"], "m.db", patterns=rules)
    with open_database("m.db") as db:
        after = {name: list(db[name].rows) for name in before}
        new_rules = {row["rules_sha256"] for row in db["documents"].rows}
    assert after == {**before, "metrics": [row for row in before["metrics"] if row["value"] == 91.0]}
    assert (len(before["metrics"]), len(old_rules), len(new_rules), old_rules & new_rules) == (2, 1, 1, set())


def test_copies_of_a_file_are_stored_once_and_told(folder):
    (folder / "c.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "d.txt").write_bytes(b"")
    (folder / "e.txt").write_bytes(b"")
    summary = run(["minutes"], "m.db")
    assert summary.outcomes == {"empty": 2, "ok": 3}
    assert (summary.counts["metrics"], values()) == (2, [("minutes/a.txt", 91.0), ("minutes/b.txt", 92.0)])
    assert summary.issues == ["minutes/c.txt is the same, byte for byte, as minutes/a.txt; leave one of them out"]
    assert [file.source for file in summary.not_read] == ["minutes/d.txt", "minutes/e.txt"]
    before = tables("m.db")
    run(["minutes"], "m.db")
    assert tables("m.db") == before
    (folder / "a.txt").write_text(MINUTES.format(share=70), encoding="utf-8")
    run(["minutes"], "m.db")
    assert values() == [("minutes/a.txt", 70.0), ("minutes/b.txt", 92.0), ("minutes/c.txt", 91.0)]


def test_what_was_found_before_is_run_as_its_paths_are(folder):
    (folder / "one.txt").write_text(MINUTES.format(share=95), encoding="utf-8")
    by_path = run([folder], "paths.db")
    found = run(fetch.find([folder]), "found.db")
    assert (found.outcomes, found.counts) == (by_path.outcomes, by_path.counts)
    assert values("found.db") == values("paths.db") != []
