"""What a person should look at: the reasons a record can carry, and the listing of such records."""

from __future__ import annotations

import ast
import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutesminer import mine, resources
from minutesminer.cli import main
from minutesminer.evaluate.gold import CLASSES
from minutesminer.mine.engine.rules import load_rules, unmark
from minutesminer.mine.review import HEADING_LOST, MEASURE_NOT_FOUND, NOBODY_NAMED, REASONS
from minutesminer.models import ItemRecords
from minutesminer.store import open_database, save

MINE = Path(__file__).resolve().parents[1] / "minutesminer" / "mine"


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def db(tmp_path: Path, document, records) -> str:
    """A meeting of January 2020 with a doubtful figure and a doubtful limb, a later one, and a superseded document."""
    doubtful, later = records(), records()
    doubtful[1].metrics[0].review = MEASURE_NOT_FOUND
    doubtful[1].metrics[0].measure = None
    doubtful[1].resolutions[0].review = HEADING_LOST
    later[1].actions[0].review = NOBODY_NAMED
    later[1].actions[0].owner = None
    path = tmp_path / "m.db"
    with open_database(path, write=True) as made:
        save(made, document("c" * 12, "b.txt"), doubtful, "rules")
        save(made, document("a" * 12, "a.txt"), doubtful, "rules")
        save(made, document("b" * 12, "b.txt", committee="Audit Panel", date="2020-03-10"), later, "rules")
    return str(path)


def listed(db: str, *options: str) -> list[tuple[str, str, str]]:
    rows = json.loads(call("review", "--db", db, "--json", *options).stdout)
    return [(row["class"], row["reason"], row["says"]) for row in rows]


FIGURE = ("metric", MEASURE_NOT_FOUND, "95% (actual)")
LIMB = ("resolution", HEADING_LOST, "note: the report be noted")
PROMISE = ("action", NOBODY_NAMED, "?: provide the café’s figures")


def test_doubtful_records_are_listed_newest_first_without_superseded_documents(db: str) -> None:
    assert listed(db) == [PROMISE, FIGURE, LIMB]


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (["--class", "metric"], [FIGURE]),
        (["--class", "follow_up"], []),
        (["--committee", "audit"], [PROMISE]),
        (["--council", "northmere"], [PROMISE, FIGURE, LIMB]),
        (["--council", "southmere"], []),
        (["--reason", "Heading"], [LIMB]),
        (["--class", "resolution", "--reason", "nobody"], []),
    ],
)
def test_the_listing_is_narrowed(db: str, options: list[str], rows: list[tuple[str, str, str]]) -> None:
    assert listed(db, *options) == rows


def test_a_row_says_where_the_record_stands(db: str) -> None:
    (row,) = csv.DictReader(io.StringIO(call("review", "--db", db, "--class", "action", "--csv").stdout))
    assert row == {
        "class": "action",
        "id": f"{'b' * 12}.1.a37-102",
        "council": "Northmere Borough Council",
        "committee": "Audit Panel",
        "date": "2020-03-10",
        "reason": NOBODY_NAMED,
        "says": "?: provide the café’s figures",
        "sentence": "The Director undertook to provide the café’s figures to the Panel.",
        "rule": "actions.undertook",
        "url": "https://democracy.northmere.example/item/2",
        "page": "",
        "item_id": f"{'b' * 12}.1",
        "document_id": "b" * 12,
    }


def test_below_the_table_stands_how_many_there_are_for_each_reason(db: str) -> None:
    said = call("review", "--db", db).stderr.splitlines()
    assert said == [
        "3 rows",
        *(f"      1 {reason}. {REASONS[reason]}" for reason in (NOBODY_NAMED, MEASURE_NOT_FOUND, HEADING_LOST)),
    ]


def test_run_says_how_many_rows_want_a_look(db: str, tmp_path: Path) -> None:
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("Minutes:\nAttendance rose to 95%.\n", encoding="utf-8")
    assert f"3 rows want a look: minutesminer review --db {db}" in call("run", str(minutes), "--db", db).stdout
    sound = str(tmp_path / "sound.db")
    assert "a look" not in call("run", str(minutes), "--db", sound).stdout


def test_every_reason_is_explained_in_a_sentence() -> None:
    assert [reason for reason, why in REASONS.items() if not why.endswith(".") or len(why) < 30] == []
    assert len(set(REASONS)) == len(REASONS)


def test_no_reason_is_worded_outside_the_list_of_reasons() -> None:
    worded = [
        f"{path.name}:{part.lineno}"
        for path in sorted(MINE.rglob("*.py"))
        if path.name != "review.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for part in (ast.walk(node.value) if isinstance(node, ast.keyword) and node.arg == "review" else [node])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        if part is not node or part.value in REASONS
    ]
    assert worded == []


def test_the_rules_give_no_reason_that_is_not_in_the_list() -> None:
    nlp = mine.load()
    texts = [unmark(text)[0] for rule in load_rules(resources.folder("patterns")) for text in rule.positive]
    found = [mine.mine_text(nlp, text) for text in texts]
    assert {reason for records in found for reason in _reasons(records)} - set(REASONS) == set()


def _reasons(records: ItemRecords) -> set[str]:
    return {record.review for class_ in CLASSES for record in getattr(records, class_) if record.review is not None}


def test_every_reason_is_told_in_the_guide() -> None:
    guide = (Path(__file__).resolve().parents[1] / "docs" / "checking.md").read_text(encoding="utf-8")
    assert [reason for reason, why in REASONS.items() if f"| {reason} | {why} |\n" not in guide] == []
