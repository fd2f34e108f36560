"""Reading from Python: files, folders and bytes become the documents that `run` stores."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest

import minutesminer
from minutesminer.errors import ReadWarning, UsageError

CORPUS = Path(__file__).parents[2] / "corpus"
MINUTES = "1. Voids\n\nThe Director reported that re-let times had risen to 31 days.\n\nRESOLVED: That this be noted.\n"


def test_a_file_its_bytes_and_what_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(MINUTES, encoding="utf-8")
    said = {"council": "Northmere Borough Council", "committee": "Housing Panel", "url": "https://northmere.example/1"}
    document = minutesminer.read(path, date="14th January 2025", **said)
    meeting = document.meetings[0]
    assert (document.source, document.outcome) == (str(path), "ok")
    assert (meeting.council, meeting.committee) == ("Northmere Borough Council", "Housing Panel")
    assert (meeting.date, meeting.url) == ("2025-01-14", "https://northmere.example/1")
    given = minutesminer.read(MINUTES.encode(), date=datetime.date(2025, 1, 14), **said)
    assert (given.id, given.meetings, given.items) == (document.id, document.meetings, document.items)


def test_what_a_manifest_says_comes_before_what_the_caller_says(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "file,committee,date\nminutes.txt,Housing Panel,14/1/2025\n", encoding="utf-8"
    )
    document = minutesminer.read(tmp_path / "minutes.txt", committee="Another Panel", council="Northmere")
    assert [(m.council, m.committee, m.date) for m in document.meetings] == [
        ("Northmere", "Housing Panel", "2025-01-14")
    ]


def test_a_file_without_minutes_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    document = minutesminer.read(tmp_path / "empty.txt")
    assert (document.outcome, [issue.code for issue in document.issues]) == ("empty", ["empty"])
    with pytest.raises(UsageError, match=r"no minutes to mine \(empty\): .*the file holds nothing"):
        minutesminer.mine(document)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lost.txt", "there is no file or folder"),
        ("", "read them with minutesminer.read_all"),
        ("two.zip", "read them with minutesminer.read_all"),
    ],
)
def test_what_is_not_one_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", MINUTES)
    with pytest.raises(UsageError, match=said):
        minutesminer.read(tmp_path / name)


def test_a_date_that_is_none_and_standard_input_are_refused() -> None:
    with pytest.raises(UsageError, match="'soon' is not a date"):
        minutesminer.read(MINUTES.encode(), date="soon")
    with pytest.raises(UsageError, match="standard input"):
        minutesminer.read("-")


def test_folders_and_zip_files_give_their_documents_in_order_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(MINUTES, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inside.txt", MINUTES.replace("31", "32"))
    documents = list(minutesminer.read_all(tmp_path, committee="Housing Panel"))
    assert [Path(document.source).name for document in documents] == ["inside.txt", "b.txt"]
    assert {document.meetings[0].committee for document in documents} == {"Housing Panel"}


def test_what_cannot_be_read_in_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file\nlost.txt\n", encoding="utf-8")
    with pytest.warns(ReadWarning, match="there is no file 'lost.txt'"):
        documents = list(minutesminer.read_all(tmp_path))
    assert [document.outcome for document in documents] == ["ok"]


def test_a_damaged_member_of_a_zip_file_takes_no_other_with_it(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.txt", MINUTES)
        archive.writestr("b.txt", MINUTES.replace("31", "32"))
    whole = kept.getvalue()
    (tmp_path / "two.zip").write_bytes(whole.replace(b"31 days", b"99 days"))
    documents = list(minutesminer.read_all(tmp_path / "two.zip"))
    assert [(document.outcome, [issue.code for issue in document.issues]) for document in documents] == [
        ("failed", ["unreadable"]),
        ("ok", []),
    ]


def test_paths_without_a_file_to_read_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no file to read"):
        minutesminer.read_all(tmp_path)
    with pytest.raises(UsageError, match="no file is named"):
        minutesminer.read_all()
