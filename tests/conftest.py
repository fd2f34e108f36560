"""Invented documents and records for the tests of the store and the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minutesminer.models import (
    Action,
    Attendee,
    Document,
    FollowUp,
    Item,
    ItemRecords,
    Meeting,
    Metric,
    Resolution,
)

_LOOPBACK_ONLY = str(Path(__file__).parent / "loopback_only")
sys.path.insert(0, _LOOPBACK_ONLY)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_LOOPBACK_ONLY, os.environ.get("PYTHONPATH"))))
# Python may have imported another of that name when it started.
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402

TEXT = (
    "Attendance rose to 95% in Quarter 2.\n"
    "The Director undertook to provide the café’s figures to the Panel.\n"
    "The Chair asked for an update in six months.\n"
    "RESOLVED: That the report be noted."
)


def _span(text: str, quote: str) -> dict[str, object]:
    start = text.index(quote)
    sentence = next(line for line in text.split("\n") if quote in line)
    return {"quote": quote, "sentence": sentence, "start_char": start, "end_char": start + len(quote)}


def make_records(text: str = TEXT) -> ItemRecords:
    """One record of each class, found in `text`."""
    return ItemRecords(
        metrics=[
            Metric(
                **_span(text, "95%"),
                rule="metrics.percentage",
                kind="percentage",
                value=95,
                unit="%",
                measure="Attendance",
                direction="up",
                period="Quarter 2",
            )
        ],
        resolutions=[Resolution(**_span(text, "the report be noted"), rule="resolutions.block", decision="note")],
        actions=[
            Action(
                **_span(text, "The Director undertook to provide the café’s figures to the Panel"),
                rule="actions.undertook",
                owner="The Director",
                task="provide the café’s figures",
                recipient="the Panel",
            )
        ],
        follow_ups=[
            FollowUp(
                **_span(text, "The Chair asked for an update in six months"),
                rule="follow_ups.asked_for",
                requester="The Chair",
                request="an update",
                due="in six months",
                due_date="2020-07-14",
                resolution=0,
            )
        ],
    )


def make_document(
    id: str = "aaaaaaaaaaaa",
    source: str = "minutes/panel.txt",
    *,
    text: str = TEXT,
    council: str | None = "Northmere Borough Council",
    committee: str | None = "Children’s Services & Schools Panel",
    date: str | None = "2020-01-14",
    **meeting: object,
) -> Document:
    """A document of one meeting and two items, the second of which holds `text`."""
    return Document(
        id=id,
        source=source,
        media_type="text/plain",
        size=len(text.encode()),
        meetings=[
            Meeting(
                council=council,
                committee=committee,
                date=date,
                attendance=[
                    Attendee("Councillor A. Reed", "Chair"),
                    Attendee("Councillor B. Holt", None, "apologies"),
                ],
                **meeting,
            )
        ],
        items=[
            Item(0, "There were none.", "1", "Apologies", procedural="apologies"),
            Item(1, text, "2", "Performance report", "https://democracy.northmere.example/item/2"),
        ],
    )


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """No test reaches another machine, and none that tries to may keep it to itself."""
    before = len(sitecustomize.REFUSED)
    yield
    assert sitecustomize.REFUSED[before:] == []


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read in the test's own process: starting workers takes a second, and they have tests of their own."""
    monkeypatch.setenv("MINUTESMINER_WORKERS", "0")


@pytest.fixture
def document() -> Callable[..., Document]:
    return make_document


@pytest.fixture
def records() -> Callable[..., list[ItemRecords]]:
    """Records parallel to the items of a document made here."""

    def of(text: str = TEXT) -> list[ItemRecords]:
        return [ItemRecords(), make_records(text)]

    return of


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database of the packaged minutes, made once for all tests that read it, and what `minutesminer run` printed."""
    from click.testing import CliRunner

    from minutesminer.cli import main

    path = tmp_path_factory.mktemp("corpus") / "minutes.db"
    corpus = Path(__file__).parents[1] / "corpus"
    done = CliRunner().invoke(main, ["run", str(corpus), "--db", str(path), "--workers", "0"])
    assert done.exit_code == 0, done.output
    return path, done.stdout


@pytest.fixture(scope="session")
def corpus_database(corpus_run: tuple[Path, str]) -> Path:
    """The database of the packaged minutes, to be read only."""
    return corpus_run[0]
