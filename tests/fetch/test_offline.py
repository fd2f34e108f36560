"""Archives read without the network: the same rows each time, what failed told, and how complete it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from kept import database_state
from lives import three_councils
from test_archive import files_of
from visits import Council, at_eastmoor, at_northfell, at_northmere, outcomes, three

from minutesminer.cli import main
from minutesminer.fetch import find
from minutesminer.run import run

COUNTS = "committee, listed, with_minutes, parsed, with_records, not_published, cancelled, failed, scheduled"


def dump(path: Path) -> list[str]:
    """A whole database as SQL, without the rows of its runs."""
    with closing(sqlite3.connect(path)) as db:
        return [line for line in db.iterdump() if not line.startswith('INSERT INTO "runs"')]


def rows_of(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The archives of three councils, whose sites are closed."""
    with three(tmp_path_factory.mktemp("archives")) as councils:
        for council in councils:
            council.crawl()
    return [council.folder for council in councils]


def test_an_archive_gives_the_rows_that_fetching_gave(tmp_path: Path) -> None:
    with three_councils(tmp_path) as world:
        arguments = [
            *("run", "--council", "NMB,NFL,EMR", "--sites", str(tmp_path / "sites.csv"), "--allow-host", "127.0.0.1"),
            *("--since", "2024-01-01", "--delay", "0", "--contact", "tests@example.org"),
            *("--archive", str(tmp_path / "archive"), "--db", str(tmp_path / "online.db"), "--workers", "0"),
        ]
        result = CliRunner().invoke(main, arguments)
        asked = sum(len(stand_in.log) for stand_in in world.stand_ins)
    assert (result.exit_code, asked > 0) == (0, True), result.output
    run([tmp_path / "archive"], tmp_path / "offline.db")
    assert dump(tmp_path / "offline.db") == dump(tmp_path / "online.db")


def test_reading_archives_again_changes_nothing(archives: list[Path], tmp_path: Path) -> None:
    before = [files_of(folder) for folder in archives]
    first = run(archives, tmp_path / "minutes.db")
    once = dump(tmp_path / "minutes.db")
    second = run(archives, tmp_path / "minutes.db")
    assert dump(tmp_path / "minutes.db") == once
    assert (first.outcomes, first.not_read) == ({"not_published": 2, "ok": 17}, [])
    assert (second.outcomes, second.counts) == (first.outcomes, first.counts)
    assert [files_of(folder) for folder in archives] == before


def test_archives_given_one_after_the_other_give_the_rows_of_both(archives: list[Path], tmp_path: Path) -> None:
    run(archives[:2], tmp_path / "together.db")
    for folder in archives[:2]:
        run([folder], tmp_path / "apart.db")
    assert database_state(tmp_path / "apart.db") == database_state(tmp_path / "together.db")
    assert rows_of(tmp_path / "apart.db", "SELECT council_id, count(*) FROM listed_meetings GROUP BY council_id") == [
        ("northfell-city-council", 4),
        ("northmere-borough-council", 13),
    ]


@pytest.fixture
def read_only(archives: list[Path]) -> Iterator[Path]:
    """An archive that nobody may write to (but root, who is not held to that)."""
    folder = archives[0]
    below = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in below}
    for path in below:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path, mode in modes.items():
        path.chmod(mode)


def test_a_read_only_archive_is_read(read_only: Path, tmp_path: Path) -> None:
    before = files_of(read_only)
    summary = run([read_only], tmp_path / "minutes.db")
    assert (summary.outcomes, files_of(read_only)) == ({"not_published": 1, "ok": 10}, before)


def test_an_archive_in_a_folder_of_files_is_passed_over_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    with at_eastmoor(folder / "2026" / "archive") as council:
        council.crawl()
    (folder / "panel.txt").write_text("MINUTES of the Panel")
    found = find([folder])
    inner = os.path.join(folder, "2026", "archive")
    assert [source.path for source in found.sources] == [str(folder / "panel.txt")]
    assert {name: [(issue.code, issue.message) for issue in issues] for name, issues in found.folders.items()} == {
        str(folder): [("archive", f"{inner} holds fetched pages and was passed over; name it by itself")]
    }
    assert found.fetched == []


def test_completeness_counts_by_committee(archives: list[Path], tmp_path: Path) -> None:
    run(archives, tmp_path / "minutes.db")
    query = f"SELECT council, {COUNTS}, first_date, last_date, failures FROM completeness ORDER BY 1, 2"
    children, health = "Children's Services Scrutiny Committee", "Health & Care Overview and Scrutiny Committee"
    assert rows_of(tmp_path / "minutes.db", query) == [
        ("Eastmoor District Council", None, 4, 4, 4, 4, 0, 0, 0, 0, "2025-11-11", "2026-09-08", None),
        *(
            ("Northfell City Council", *row, None)
            for row in (
                ("Children's Scrutiny Panel", 2, 2, 2, 2, 0, 0, 0, 0, "2026-10-06", "2026-11-17"),
                ("Health and Wellbeing Scrutiny Panel", 2, 1, 1, 1, 1, 0, 0, 0, "2026-10-22", "2026-11-26"),
            )
        ),
        *(
            ("Northmere Borough Council", *row, None)
            for row in (
                ("Children and Young People Scrutiny Panel", 2, 2, 2, 2, 0, 0, 0, 0, "2024-02-06", "2024-04-16"),
                (children, 6, 5, 5, 5, 0, 1, 0, 1, "2025-06-17", "2026-10-13"),
                (health, 4, 3, 3, 3, 1, 0, 0, 0, "2025-11-04", "2026-11-10"),
            )
        ),
    ]


@pytest.mark.parametrize(("status", "outcome"), [(403, "blocked"), (500, "server_error")])
@pytest.mark.parametrize(
    ("at", "part", "date", "how", "counts"),
    [
        (at_northfell, "Meeting/15004/", "2026-11-17", "printed", ("Children's Scrutiny Panel", 2, 1, 1, 1)),
        (at_eastmoor, "Board_Minutes", "2026-07-02", "listed", (None, 4, 3, 3, 3)),
    ],
)
def test_a_failure_is_a_document_until_the_minutes_are_had(
    at: Callable[[Path], AbstractContextManager[Council]],
    part: str,
    date: str,
    how: str,
    counts: tuple[str | None, int, int, int, int],
    status: int,
    outcome: str,
    tmp_path: Path,
) -> None:
    db = tmp_path / "minutes.db"
    of_meeting = f"SELECT document_id, outcome, how FROM listed_meetings WHERE date = '{date}'"
    with at(tmp_path / "archive") as council:
        council.fail(part, status)
        council.crawl()
        failed = run([council.folder], db)
        ((first, *told),) = rows_of(db, of_meeting)
        issues = rows_of(db, f"SELECT stage, code, source FROM issues WHERE document_id = '{first}'")
        incomplete = rows_of(db, f"SELECT {COUNTS}, failures FROM completeness WHERE failed")
        council.fail("")
        council.crawl()
        run([council.folder], db)
        ((second, *then),) = rows_of(db, of_meeting)
    assert (told, then) == ([outcome, None], ["ok", how])
    assert [(each.outcome, each.source) for each in failed.not_read] == [(outcome, issues[0][2])]
    assert [(stage, code, part in source) for stage, code, source in issues] == [("fetch", outcome, True)]
    assert incomplete == [(*counts, 0, 0, 1, 0, f"1 {outcome}")]
    assert rows_of(db, "SELECT id, outcome, superseded_by FROM documents WHERE superseded_by IS NOT NULL") == [
        (first, outcome, second)
    ]
    assert rows_of(db, f"SELECT outcome, superseded_by FROM documents WHERE id = '{second}'") == [("ok", None)]
    assert rows_of(db, "SELECT count(*) FROM completeness WHERE failed OR failures IS NOT NULL") == [(0,)]


def test_minutes_found_at_another_address_take_the_place_of_those_before(tmp_path: Path) -> None:
    db = tmp_path / "minutes.db"
    records = "SELECT count(*), count(DISTINCT document_id) FROM metrics_view WHERE date = '2025-09-16'"
    with at_northmere(tmp_path / "archive") as council:
        council.crawl(window=500)
        run([council.folder], db)
        (before,) = rows_of(db, records)
        council.change(2012, lambda one: replace(one, how="service"))
        visit = council.crawl(window=500)
        run([council.folder], db)
        once = dump(db)
        run([council.folder], db)
    assert outcomes(visit)["2012"] == "ok by service"
    assert (before[0] > 0, rows_of(db, records)) == (True, [before])
    assert dump(db) == once
    query = "SELECT old.source LIKE '%ieListDocuments%', new.source LIKE '%mgWebService%' FROM documents AS old "
    assert rows_of(db, f"{query} JOIN documents AS new ON new.id = old.superseded_by") == [(1, 1)]
