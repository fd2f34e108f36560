"""Mining from Python gives what `run` stores and what `explain` shows."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

import minutesminer
from minutesminer import resources
from minutesminer.cli import main
from minutesminer.errors import UsageError
from minutesminer.store.tables import RECORD_TABLES, TABLES

SENTENCE = "Recycling rose to 47.9% in 2023/24 against a target of 50%."
PARAGRAPHS = (
    "The Director reported that 53% of care leavers were in education, employment or training.\n\n"
    "Members asked for a report in March.\n\nRESOLVED: That the report be noted."
)


def explained(text: str) -> dict[str, object]:
    done = CliRunner().invoke(main, ["explain", "-", "--json"], input=text)
    assert done.exit_code == 0, done.output
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        PARAGRAPHS,
        (Path(__file__).parents[2] / "corpus/children/osterby_front_door_q3_2023-24.txt").read_text("utf-8"),
    ],
    ids=["sentence", "paragraphs", "document"],
)
def test_a_text_gives_what_explain_shows(text: str) -> None:
    records = minutesminer.mine(text)
    [(item, found)] = records.by_item()
    assert {"text": item.text, **dataclasses.asdict(found)} == explained(text)
    assert len(records) > 0
    assert [item.text[record.start_char : record.end_char] for record in records] == [r.quote for r in records]


def test_documents_give_what_run_stores(corpus_records: list[minutesminer.Records], corpus_database: Path) -> None:
    connection = sqlite3.connect(corpus_database)
    for table in RECORD_TABLES:
        names = [
            name for name in TABLES[table].columns if name not in {"id", "document_id", "meeting_id", "resolution_id"}
        ]
        query = f"SELECT {', '.join(names)} FROM {table}"
        stored = list(connection.execute(query))
        mined = [
            (f"{records.document.id}.{item.position}", *(getattr(record, name) for name in names[1:]))
            for records in corpus_records
            for item, found in records.by_item()
            for record in getattr(found, table)
        ]
        assert names[0] == "item_id"
        assert sorted(map(repr, mined)) == sorted(map(repr, stored)), table
    connection.close()


def test_records_come_in_the_order_of_the_text_and_by_class() -> None:
    records = minutesminer.mine(PARAGRAPHS)
    assert [type(record).__name__ for record in records] == ["Metric", "FollowUp", "Resolution"]
    assert [figure.measure_id for figure in records.metrics] == ["care-leavers-eet"]
    assert [asked.request for asked in records.follow_ups] == ["a report"]
    assert [decision.decision for decision in records.resolutions] == ["note"]
    assert (records.actions, records[0], records[1:]) == ([], records.metrics[0], list(records)[1:])
    assert repr(records) == "<Records of -: 1 metrics, 1 resolutions, 0 actions, 1 follow-ups>"


def test_a_text_may_be_empty_and_know_its_meeting() -> None:
    assert list(minutesminer.mine("")) == []
    asked = minutesminer.mine("The Chair asked for an update in six months.", date="14/1/2025", council="Islington")
    assert [(one.due_date, asked.document.meetings[0].council) for one in asked.follow_ups] == [
        ("2025-07-14", "Islington")
    ]


def test_what_is_no_text_and_no_document_is_refused() -> None:
    with pytest.raises(UsageError, match="a text or a document .* not PosixPath"):
        minutesminer.mine(Path("minutes.txt"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="give council, committee, date and url to read"):
        minutesminer.mine(minutesminer.read(b"1. Voids\n\nRe-let took 31 days."), date="2025-01-14")
    with pytest.raises(UsageError, match="more than one item's"):
        minutesminer.mine("word " * 200_001)


def test_threads_get_the_same_records(corpus_records: list[minutesminer.Records]) -> None:
    again = corpus_records[:4] * 2
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(minutesminer.mine, [records.document for records in again]))
    assert [records.found for records in found] == [records.found for records in again]


def test_a_folder_of_rules_of_ones_own_is_used_as_it_is_now(tmp_path: Path) -> None:
    rules = tmp_path / "metrics"
    rules.mkdir()
    (rules / "none.yaml").write_text("[]\n", encoding="utf-8")
    assert list(minutesminer.mine("It rose to 95%.", patterns=tmp_path)) == []
    shutil.copytree(resources.folder("patterns"), tmp_path, dirs_exist_ok=True)
    assert [figure.value for figure in minutesminer.mine("It rose to 95%.", patterns=tmp_path).metrics] == [95.0]
