"""The database with hostile minutes, and the command over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile_minutes
import pytest
from click.testing import CliRunner

from minutesminer import resources
from minutesminer.cli import main
from minutesminer.export.selection import Selection, select
from minutesminer.store import open_database


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database with hostile minutes."""
    path = tmp_path_factory.mktemp("export") / "hostile.db"
    hostile_minutes.build(path)
    return path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of half of the packaged minutes."""
    path = tmp_path_factory.mktemp("export") / "corpus.db"
    half = resources.folder("corpus") / "children"
    done = CliRunner(env={"MINUTESMINER_WORKERS": "0"}).invoke(main, ["run", str(half), "--db", str(path)])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def everything(hostile: Path) -> Iterator[Selection]:
    """All of the hostile minutes."""
    with open_database(hostile) as db:
        yield select(db)


@pytest.fixture
def export(hostile: Path) -> Callable[..., Any]:
    """Run `minutesminer export` over the hostile minutes, with these words."""

    def run(*words: object, db: Path = hostile) -> Any:
        return CliRunner().invoke(main, ["export", *map(str, words), "--db", str(db)])

    return run
