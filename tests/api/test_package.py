"""The package as it is imported: light, with all its names, and with examples that are true."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import minutesminer

ROOT = Path(__file__).parents[2]
MODULES = ("minutesminer", "minutesminer.api.reading", "minutesminer.api.records", "minutesminer.api.frames",
           "minutesminer.api.database")  # fmt: skip


def test_importing_the_package_loads_none_of_its_libraries() -> None:
    program = "import sys; old = set(sys.modules); import minutesminer; print(*sorted(set(sys.modules) - old))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert {"minutesminer"} <= loaded
    assert loaded & {"spacy", "pandas", "polars", "numpy", "sqlite_utils", "lxml", "bs4", "httpx", "click"} == set()


def test_every_public_name_is_there_and_documented() -> None:
    undocumented = [
        name for name in minutesminer.__all__ if name != "__version__" and not getattr(minutesminer, name).__doc__
    ]
    assert undocumented == []
    assert set(minutesminer.__all__) <= set(dir(minutesminer))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        minutesminer.nothing  # noqa: B018


def test_mine_is_the_function_and_the_stage_whichever_was_imported_first() -> None:
    stage = importlib.import_module("minutesminer.mine")
    assert minutesminer.mine is stage
    assert stage.load().pipe_names == list(stage.COMPONENTS)
    assert [figure.value for figure in stage("It rose to 95%.").metrics] == [95.0]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(
    name: str, corpus_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "minutes.db").symlink_to(corpus_database)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (outcome.failed, outcome.attempted > 0) == (0, True)
