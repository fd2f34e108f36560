"""The data package of CSV files: valid to the standard's own validator, whole, and harmless. Synthetic minutes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import frictionless
import hostile_minutes as minutes
import pytest

from minutesminer.commands.output import STDOUT, whole_file
from minutesminer.errors import UsageError
from minutesminer.export.cells import plain_cell
from minutesminer.export.selection import select
from minutesminer.export.tables import export_tables
from minutesminer.export.tidy_csv import describe
from minutesminer.store import open_database
from minutesminer.store.schema import metadata_columns

TABLES = (
    *("councils", "committees", "meetings", "documents", "items", "links", "attendance", "measures"),
    *("metrics", "resolutions", "actions", "follow_ups", "evidence", "outstanding"),
)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _errors(folder: Path) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, hostile: Path) -> Path:
    """The data package of the hostile minutes."""
    from click.testing import CliRunner

    from minutesminer.cli import main

    path = tmp_path_factory.mktemp("package") / "csv"
    done = CliRunner().invoke(main, ["export", "csv", "--db", str(hostile), "--out", str(path)])
    assert done.exit_code == 0, done.output
    return path


def test_package_of_hostile_minutes_is_valid_with_its_foreign_keys(folder):
    assert _errors(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["TERMS.md", "datapackage.json", *(f"{name}.csv" for name in TABLES)]
    )


def test_package_of_the_packaged_minutes_is_valid(export, corpus, tmp_path):
    done = export("csv", "--out", tmp_path / "csv", db=corpus)
    assert (done.exit_code, _errors(tmp_path / "csv")) == (0, [])
    assert len(_rows(tmp_path / "csv", "metrics")) > 300


@pytest.mark.parametrize(
    ("words", "meetings", "evidence", "answered"),
    [
        (["--council", "ISL"], ["ISL-children-2023-06-15", "ISL-children-2023-11-09", "ISL-health-2023-07-04"], 1, 1),
        (["--council", "adu, isl", "--until", "30/6/2023"], ["ISL-children-2023-06-15"], 0, 0),
        (["--committee", "health"], ["ISL-health-2023-07-04"], 0, 0),
        (["--since", "2024-01-01"], ["ADU-joint-2024-02-01"], 0, 0),
        (["--since", "2023-11", "--until", "November 2023"], ["ISL-children-2023-11-09"], 0, 0),
    ],
)
def test_a_part_refers_to_nothing_outside_of_itself(export, tmp_path, words, meetings, evidence, answered):
    done = export("csv", *words, "--out", tmp_path / "csv")
    assert (done.exit_code, _errors(tmp_path / "csv")) == (0, [])
    assert [row["id"] for row in _rows(tmp_path / "csv", "meetings")] == meetings
    assert len(_rows(tmp_path / "csv", "evidence")) == evidence
    assert len([row for row in _rows(tmp_path / "csv", "outstanding") if row["evidence_item_id"]]) == answered


def test_a_broken_foreign_key_would_be_found(export, tmp_path):
    export("csv", "--out", tmp_path / "csv")
    (tmp_path / "csv" / "measures.csv").write_text("id,label,theme,unit,polarity\n", encoding="utf-8")
    assert any("ForeignKey" in error or "foreign key" in error.lower() for error in _errors(tmp_path / "csv"))


def test_only_documents_in_force_are_told_of(folder):
    assert "draft" not in {row["id"] for row in _rows(folder, "documents")}
    assert "99%" not in {row["quote"] for row in _rows(folder, "metrics")}
    assert "ISL-children-2023-01-10" not in {row["id"] for row in _rows(folder, "meetings")}
    assert "scan" in {row["id"] for row in _rows(folder, "documents")}


def test_no_cell_is_a_formula_or_an_address_that_does_something(folder):
    schema = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in schema["resources"]:
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for row in _rows(folder, resource["name"]):
            for name, cell in row.items():
                assert types[name] != "string" or len(cell) < 2 or cell.lstrip()[:1] not in tuple("=+-@"), (name, cell)
                assert name not in ("url", "website") or cell == "" or cell.startswith("https://")
    raw = b"".join(path.read_bytes() for path in sorted(folder.glob("*.csv")))
    assert raw.decode("utf-8").translate({10: None}).replace("\ufffd", "").isprintable()


def test_values_are_those_of_the_database_behind_the_apostrophe(folder):
    by_id = {row["id"]: row for row in _rows(folder, "metrics")}
    assert [
        (by_id[row["id"]]["value"], by_id[row["id"]]["comparator"], by_id[row["id"]]["quote"])
        for row in minutes.METRICS[:4]
    ] == [("94.2", "=", "94.2%"), ("93.1", "=", "93.1%"), ("-3.5", "=", "'-3.5%"), ("5.0", "<", "Fewer than 5 schools")]
    (asked,) = [row for row in _rows(folder, "follow_ups") if row["requester"] == "'+1 Reed"]
    assert (asked["request"], plain_cell(asked["request"])) == ("'" + minutes.FORMULA, minutes.FORMULA)
    (action,) = _rows(folder, "actions")
    assert (action["task"], action["due_date"]) == (minutes.SQL, "")
    (venue,) = [row["venue"] for row in _rows(folder, "meetings") if row["id"] == "ADU-joint-2024-02-01"]
    assert venue == minutes.MENDED
    (item,) = [row for row in _rows(folder, "items") if row["id"] == "panel.0"]
    assert item["title"] == "bell\ufffd escape\ufffd[31m next\ufffd nothing\ufffd."


def test_quotes_are_at_their_places_in_the_text(folder):
    texts = {row["id"]: plain_cell(row["text"]) for row in _rows(folder, "items")}
    found = [
        (row["id"], texts[row["item_id"]][int(row["start_char"]) : int(row["end_char"])], plain_cell(row["quote"]))
        for name in ("metrics", "resolutions", "actions", "follow_ups")
        for row in _rows(folder, name)
    ]
    assert len(found) == 17
    assert [(id_, at) for id_, at, _ in found] == [(id_, quote) for id_, _, quote in found]


def test_sources_tell_of_files_without_the_folders_of_whoever_read_them(folder):
    assert {row["id"]: row["source"] for row in _rows(folder, "documents")}["adur"] == "adur.html"
    assert {row["id"]: row["source"] for row in _rows(folder, "documents")}["june"] == "https://democracy.example/june"


def test_what_is_outstanding_does_not_depend_on_the_day(folder):
    rows = _rows(folder, "outstanding")
    assert {row["status"] for row in rows} == {"open", "answered?"}
    assert "age_days" not in rows[0]


def test_the_same_database_gives_the_same_bytes(export, folder, tmp_path):
    export("csv", "--out", tmp_path / "again")
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_every_column_is_described_in_the_words_of_the_dictionary(everything):
    described = {
        resource["name"]: {field["name"]: field["description"] for field in resource["schema"]["fields"]}
        for resource in describe(export_tables(), everything)["resources"]
    }
    assert tuple(described) == TABLES
    assert all(text for fields in described.values() for text in fields.values())
    assert described["committees"] == {
        name: text.replace("`", "") for name, text in metadata_columns()["committees"].items()
    }


def test_values_that_the_schema_lists_are_all_that_the_program_writes(corpus):
    with open_database(corpus) as db:
        selection = select(db)
        for table in export_tables():
            for place, field in enumerate(table.fields):
                if field.values is not None:
                    found = {row[place] for row in table.rows(selection)} - {None}
                    assert found <= set(field.values), (table.name, field.name)


def test_a_folder_that_holds_something_is_left_alone(export, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    refused = export("csv", "--out", tmp_path)
    assert (refused.exit_code, "is not empty" in refused.output) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    forced = export("csv", "--out", tmp_path, "--force")
    assert (forced.exit_code, (tmp_path / "notes.txt").read_text(encoding="utf-8")) == (0, "mine")
    assert _errors(tmp_path) == []


def test_files_go_to_a_folder_that_is_a_disk_of_its_own(export, tmp_path, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    replace = Path.replace

    def on_one_disk(self: Path, target: Path) -> Path:
        assert disk in self.parents, "a file cannot be renamed to another disk"
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", on_one_disk)
    done = export("csv", "--out", disk)
    assert (done.exit_code, _errors(disk)) == (0, [])
    assert [path.name for path in disk.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_another_program_fills_meanwhile_is_left_alone(export, tmp_path, monkeypatch):
    def fills(*_: object) -> dict[str, object]:
        (tmp_path / "csv").mkdir()
        (tmp_path / "csv" / "notes.txt").write_text("theirs", encoding="utf-8")
        return {}

    monkeypatch.setattr("minutesminer.export.tidy_csv.describe", fills)
    done = export("csv", "--out", tmp_path / "csv")
    assert (done.exit_code, "csv cannot be written" in done.output) == (2, True)
    assert [path.name for path in tmp_path.rglob("*")] == ["csv", "notes.txt"]


def test_a_closed_standard_output_is_told(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(UsageError, match="standard output is closed"), whole_file(STDOUT):
        pass


def test_a_failure_leaves_nothing(export, tmp_path, monkeypatch):
    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("minutesminer.export.tidy_csv.describe", fail)
    done = export("csv", "--out", tmp_path / "csv")
    assert (done.exit_code, "No space left on device" in done.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["csv", "--out", "-"], "csv is a folder of files"),
        (["csv", "--out", "taken"], "taken is a file"),
        (["csv", "--out", "no/such/folder"], "cannot be written"),
        (["json"], "'json' is not one of"),
        (["csv", "--since", "soon"], "date"),
    ],
)
def test_bad_usage_is_told(export, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    done = export(*words)
    assert (done.exit_code, said in done.output) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_meetings_that_there_are_not_are_told(export, tmp_path):
    done = export("csv", "--council", "nobody", "--out", tmp_path / "csv")
    assert (done.exit_code, "no meeting fits" in done.output) == (2, True)
    assert list(tmp_path.iterdir()) == []
