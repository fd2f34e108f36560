"""`minutesminer fetch`, `run --council` and `status`, as people type them, against councils on loopback."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutesminer.cli import main

sys.path.insert(0, str(Path(__file__).parent / "fetch"))
from stand_in.faults import Fault, challenge, refuse  # noqa: E402
from stand_in.server import StandIn  # noqa: E402
from stand_in.synthetic_councils import eastmoor, northfell, northmere  # noqa: E402

_CHILDREN = {
    "NMB-2011": "ok",
    "NMB-2012": "ok",
    "NMB-2013": "ok",
    "NMB-2014": "cancelled",
    "NMB-2015": "ok",
    "NMB-2016": "ok",
    "NMB-2017": "scheduled",
    "NMB-1901": "ok",
    "NMB-1902": "ok",
}


@dataclass(slots=True)
class Councils:
    """Three councils on loopback, and how they are asked: `ask` runs a command that fetches from them."""

    northmere: StandIn
    northfell: StandIn
    eastmoor: StandIn
    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "minutes.db"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def ask(self, *words: str, stdin: str | None = None) -> Result:
        table = self.folder / "sites.csv"
        table.write_text(
            "id,name,platform,root,quirks\n"
            f"NMB,Northmere Borough Council,moderngov,{self.northmere.root},\n"
            f"NFL,Northfell City Council,cmis,{self.northfell.root}/northfell,\n"
            f"EMR,Eastmoor District Council,custom,{self.eastmoor.root}/minutes/,\n"
        )
        said = ("--sites", str(table), "--archive", str(self.archive), "--db", str(self.db), "--delay", "0")
        return CliRunner().invoke(main, [*words, *said, "--allow-host", "127.0.0.1"], input=stdin)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@pytest.fixture
def councils(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Councils]:
    monkeypatch.setenv("MINUTESMINER_CONTACT", "tests@example.org")
    monkeypatch.chdir(tmp_path)
    with StandIn(northmere()) as one, StandIn(northfell()) as two, StandIn(eastmoor()) as three:
        yield Councils(one, two, three, tmp_path)


def test_fetching_says_what_it_got_and_stores_it(councils: Councils) -> None:
    done = councils.ask("fetch", "NMB", "--committee", "children", "--since", "2024-01-01")
    assert done.exit_code == 0
    assert "  9 meetings listed: 1 cancelled, 7 with minutes, 1 scheduled\n" in done.stdout
    assert "  7 asked for now, 7 with minutes that are new or have changed\n" in done.stdout
    assert f"Next: minutesminer run {councils.archive} --db {councils.db}\n" in done.stdout
    assert dict(councils.rows("SELECT id, outcome FROM listed_meetings")) == _CHILDREN
    assert councils.rows("SELECT count(*) FROM documents") == [(0,)]
    assert councils.rows("SELECT purpose, outcome, status FROM fetches WHERE address LIKE '%GetCommittees'") == [
        ("committees", "ok", 200)
    ]


def test_fetching_and_reading_in_one_go_gives_records_linked_to_committee_and_date(councils: Councils) -> None:
    done = councils.ask("run", "--council", "NMB", "--committee", "children", "--since", "2024-01-01")
    assert (done.exit_code, "7 ok" in done.stdout) == (0, True)
    read = councils.rows(
        "SELECT listed_meetings.id, meetings.date, documents.outcome FROM listed_meetings "
        "JOIN documents ON documents.id = listed_meetings.document_id JOIN items ON items.document_id = documents.id "
        "JOIN meetings ON meetings.id = items.meeting_id GROUP BY listed_meetings.id ORDER BY meetings.date"
    )
    assert read == [
        ("NMB-1901", "2024-02-06", "ok"),
        ("NMB-1902", "2024-04-16", "ok"),
        ("NMB-2011", "2025-06-17", "ok"),
        ("NMB-2012", "2025-09-16", "ok"),
        ("NMB-2013", "2026-01-20", "ok"),
        ("NMB-2015", "2026-07-14", "ok"),
        ("NMB-2016", "2026-10-13", "ok"),
    ]
    assert councils.rows("SELECT DISTINCT council FROM resolutions_view") == [("Northmere Borough Council",)]
    assert councils.rows("SELECT count(*) FROM documents WHERE fetched_at IS NULL") == [(0,)]


def test_several_councils_are_named_by_their_codes(councils: Councils) -> None:
    done = councils.ask("run", "--council", "NFL,EMR", "--since", "2025-11-01")
    listed = councils.rows("SELECT substr(id, 1, 3), outcome, count(*) FROM listed_meetings GROUP BY 1, 2")
    assert done.exit_code == 0
    assert listed == [("EMR", "ok", 4), ("NFL", "not_published", 1), ("NFL", "ok", 3)]


def test_status_tells_how_complete_the_minutes_are(councils: Councils) -> None:
    councils.ask("run", "--council", "NMB,NFL", "--since", "2025-01-01")
    fields = (
        "council_id",
        "committee",
        "listed",
        "with_minutes",
        "parsed",
        "with_records",
        "not_published",
        "cancelled",
    )
    done = CliRunner().invoke(main, ["status", "--db", str(councils.db), "--json"])
    as_csv = CliRunner().invoke(main, ["status", "--db", str(councils.db), "--committee", "children's s", "--csv"])
    assert [tuple(row[field] for field in fields) for row in json.loads(done.stdout)] == [
        ("northfell-city-council", "Children's Scrutiny Panel", 2, 2, 2, 2, 0, 0),
        ("northfell-city-council", "Health and Wellbeing Scrutiny Panel", 2, 1, 1, 1, 1, 0),
        ("northmere-borough-council", "Children's Services Scrutiny Committee", 6, 5, 5, 5, 0, 1),
        ("northmere-borough-council", "Health & Care Overview and Scrutiny Committee", 4, 3, 3, 3, 1, 0),
    ]
    assert [row["scheduled"] for row in csv.DictReader(io.StringIO(as_csv.stdout))] == ["0", "1"]


def test_a_blocked_site_is_told_in_summary_database_status_and_exit_code(councils: Councils) -> None:
    councils.northmere.faults.append(Fault(r".", challenge()))
    done = councils.ask("run", "--council", "NMB", "--since", "2025-01-01")
    status = CliRunner().invoke(main, ["status", "--db", str(councils.db), "--json"])
    assert done.exit_code == 5
    assert "  blocked: " in done.stdout
    assert councils.rows("SELECT outcome, count(*) FROM fetches WHERE purpose <> 'robots' GROUP BY 1") == [
        ("blocked", 2)
    ]
    assert [(row["listed"], row["failures"]) for row in json.loads(status.stdout)] == [(0, "blocked")]
    assert councils.rows("SELECT stage, code FROM issues") == [("fetch", "blocked")]


def test_a_meeting_that_could_not_be_had_is_a_document_that_says_why_until_it_is(councils: Councils) -> None:
    fault = Fault(r"GetMeeting\?lMeetingId=2016|MId=2016", refuse(404))
    councils.northmere.faults.append(fault)
    words = ("run", "--council", "NMB", "--committee", "children services", "--since", "2026-09-01")
    first = councils.ask(*words)
    query = "SELECT outcome, superseded_by IS NOT NULL FROM documents ORDER BY outcome"
    assert (first.exit_code, councils.rows(query)) == (6, [("gone", 0)])
    kept = "SELECT outcome, document_id IN (SELECT id FROM documents) FROM listed_meetings WHERE id = 'NMB-2016'"
    assert councils.rows(kept) == [("gone", 1)]
    councils.northmere.faults.remove(fault)
    second = councils.ask(*words)
    assert (second.exit_code, councils.rows(query)) == (0, [("gone", 1), ("ok", 0)])


def test_a_list_of_addresses_comes_by_standard_input(councils: Councils) -> None:
    root = councils.eastmoor.root
    lines = (
        f"# what we have\n{root}/minutes/panel-2026-09-08.html\n\n{root}/media/Panel%20Minutes%209%20June%202026.pdf\n"
    )
    done = councils.ask("fetch", "EMR", "--addresses", "-", stdin=lines)
    assert done.exit_code == 0
    assert councils.rows("SELECT outcome, how FROM listed_meetings ORDER BY id") == [("ok", "listed"), ("ok", "listed")]


def test_a_page_of_links_is_followed_to_minutes_and_to_nothing_else(councils: Councils) -> None:
    done = councils.ask("fetch", "EMR", "--page", f"{councils.eastmoor.root}/minutes/", "--since", "2025-01-01")
    assert (done.exit_code, "lead to other hosts: 1" in done.stdout) == (0, True)
    taken = [path for path in councils.eastmoor.paths if path not in ("/robots.txt", "/minutes/", "/minutes/2025/")]
    assert sorted(taken) == [
        "/media/Board_Minutes_02-07-26.pdf",
        "/media/Panel%20Minutes%209%20June%202026.pdf",
        "/minutes/2025/panel%20minutes%2011.11.25.pdf",
        "/minutes/panel-2026-09-08.html",
    ]


def test_committees_are_taken_from_the_headings_of_a_page_of_links(councils: Councils) -> None:
    done = councils.ask("fetch", "EMR", "--committee", "housing", "--since", "2025-01-01")
    assert done.exit_code == 0
    assert councils.rows("SELECT date, url LIKE '%Board_Minutes%' FROM listed_meetings") == [("2026-07-02", 1)]


def test_a_committee_that_is_not_there_names_those_that_are_nearest(councils: Councils) -> None:
    done = councils.ask("fetch", "NMB", "--committee", "chidren")
    assert done.exit_code == 6
    assert "no committee called 'chidren'; nearest are: Children's Services Scrutiny Committee; " in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fetch", "atlantis"), "there is no council 'atlantis'"),
        (("fetch", "NMB", "--since", "2026-05-01", "--until", "2026-04-01"), "is before --since"),
        (("fetch", "NMB", "NFL", "--root", "https://x.example"), "name one council with --root"),
        (("run", "--since", "2026-01-01"), "go with --council and without files"),
        (("fetch", "NMB", "--contact", " "), "councils must be able to write to whoever asks"),
    ],
)
def test_what_cannot_be_fetched_so_is_bad_usage(councils: Councils, words: tuple[str, ...], said: str) -> None:
    done = councils.ask(*words)
    assert (done.exit_code, said in done.stderr) == (2, True)
    assert councils.northmere.paths == []


def test_nobody_is_asked_without_an_address_to_write_to(councils: Councils, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINUTESMINER_CONTACT")
    done = councils.ask("fetch", "NMB")
    assert (done.exit_code, councils.northmere.paths) == (2, [])
    assert "give your address with --contact you@example.org" in done.stderr


def test_an_archive_is_checked_byte_for_byte(councils: Councils) -> None:
    councils.ask("fetch", "NMB", "--committee", "planning", "--since", "2026-01-01")
    sound = CliRunner().invoke(main, ["verify", "--archive", str(councils.archive)])
    spoilt = next(path for path in councils.archive.glob("blobs/*/*") if b"<getmeetings>" in path.read_bytes())
    spoilt.write_bytes(spoilt.read_bytes().replace(b"2026", b"2025"))
    wrong = CliRunner().invoke(main, ["verify", "--archive", str(councils.archive)])
    assert (sound.exit_code, sound.stdout.endswith(": sound\n")) == (0, True)
    assert wrong.exit_code == 1
    assert "GetMeetings?lCommitteeId=203" in wrong.stdout
    assert "its bytes have changed since it was fetched; fetch it again" in wrong.stdout


def test_an_archive_is_read_without_the_network(councils: Councils) -> None:
    councils.ask("run", "--council", "NMB", "--since", "2025-01-01")
    asked = len(councils.northmere.paths)
    other = councils.folder / "other.db"
    done = CliRunner().invoke(main, ["run", str(councils.archive), "--db", str(other)])
    figures = "SELECT id, value, role, quote FROM metrics ORDER BY id"
    first = councils.rows(figures)
    connection = sqlite3.connect(other)
    again = connection.execute(figures).fetchall()
    connection.close()
    assert (done.exit_code, len(first) > 40, again == first) == (0, True, True)
    assert len(councils.northmere.paths) == asked


def test_stopping_while_minutes_are_read_says_how_to_go_on(councils: Councils, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("run", "--council", "NMB", "--committee", "planning", "--since", "2026-01-01")
    with monkeypatch.context() as patched:
        patched.setattr("minutesminer.run.store.save", _interrupted)
        stopped = councils.ask(*words)
    asked = len(councils.northmere.paths)
    done = councils.ask(*words)
    assert (stopped.exit_code, "the same command reads the rest" in stopped.stderr) == (130, True)
    assert (done.exit_code, "Gone on with a crawl that was cut short." in done.stdout) == (0, True)
    assert len(councils.northmere.paths) == asked


def _interrupted(*arguments: object) -> None:
    raise KeyboardInterrupt
