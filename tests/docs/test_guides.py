"""The guides: every command on them does what they say, on the packaged minutes and beside published ones."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from guide_steps import ROOT, Step, is_printed, reading, steps_of

from minutesminer.cli import main

GUIDES = ("researchers", "officers", "journalists", "developers", "adding", "exports")
Made = Callable[[Path], str]


@pytest.fixture
def of_the_corpus(corpus_run: tuple[Path, str]) -> Made:
    """What `minutesminer run --db minutes.db` makes: the database of the packaged minutes."""
    database, printed = corpus_run

    def made(path: Path) -> str:
        shutil.copy(database, path)
        return printed.replace(str(database), path.name)

    return made


@pytest.fixture(scope="session")
def both_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the packaged minutes and of the recorded example documents, where these are at hand."""
    shared = Path(os.environ.get("MINUTESMINER_SHARED", ROOT.parent / "shared"))
    if not (shared / "seeds").is_dir():
        pytest.skip("the recorded documents are not at hand (set MINUTESMINER_SHARED to their folder)")
    path = tmp_path_factory.mktemp("both") / "minutes.db"
    words = ["run", str(ROOT / "corpus"), str(shared / "seeds"), "--db", str(path), "--workers", "0"]
    assert CliRunner().invoke(main, words).exit_code == 0
    return path


@pytest.fixture
def with_the_examples(both_database: Path) -> Made:
    """The same with the recorded example documents."""

    def made(path: Path) -> str:
        shutil.copy(both_database, path)
        return ""

    return made


def follow(guide: str, folder: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Step, str]]:
    """Each step of a guide with what it printed."""
    page = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
    monkeypatch.chdir(folder)
    with reading(folder, page, made) as reader:
        return [(step, reader.follow(step)) for step in steps_of(page)]


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_prints_what_it_says(
    guide: str, tmp_path: Path, of_the_corpus: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = follow(guide, tmp_path, of_the_corpus, monkeypatch)
    other = {
        f"line {step.line}: {step.text.strip()}": printed
        for step, printed in done
        if step.prints is not None and not is_printed(step.prints, printed)
    }
    assert other == {}
    assert sum(step.prints is not None for step, _ in done) >= 3


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_holds_with_published_minutes_in_the_database(
    guide: str, tmp_path: Path, with_the_examples: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = follow(guide, tmp_path, with_the_examples, monkeypatch)
    other = {
        f"line {step.line}: {step.text.strip()}": printed
        for step, printed in done
        if step.prints is not None and printed and not is_printed(step.prints, printed)
    }
    assert other == {}


def test_what_a_page_states_is_compared_with_what_is_printed() -> None:
    run = "```sh\none\n# a remark\ntwo \\\n  more\n```\n\n```text\nyes ... no\n```\n"
    page = run + "<!-- not run: asks -->\n```sh\nthree\n```\n"
    assert steps_of(page) == [Step("sh", "one", 2), Step("sh", "two    more", 2, "yes ... no\n")]
    assert is_printed("yes ... no\n", "yes,  it is\nno\n")
    assert is_printed("head\n...\n", "head\nrow\n")
    assert not is_printed("yes ... no", "no")
    assert not is_printed("yes", "yes and no")


def test_every_page_of_the_docs_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    led_to = set(re.findall(r"\]\(([\w-]+\.md)", index))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"} - led_to == set()
