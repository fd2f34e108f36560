"""The notebook runs from its first cell to its last, offline, and answers what it asks."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

PATH = Path(__file__).parents[2] / "docs" / "cross_council.ipynb"


def test_the_notebook_runs_and_answers_its_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_DATA_DIR",
        "MPLCONFIGDIR",
        "TMPDIR",
    ):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(PATH, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    made = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    printed = {
        name: "".join(one.get("text", "") or one.data["text/plain"] for one in outputs)
        for name, outputs in made.items()
    }
    assert re.fullmatch(r"25 documents, \d{3} figures\n", printed["database"])
    assert "initial-health-assessments" in printed["measures"]
    assert {"Harnwick County Council", "Marrowby Metropolitan Borough Council"} <= set(
        line.split(":")[0].split(", ")[1] for line in printed["sentences"].splitlines() if not line.startswith(" ")
    )
    assert [sorted(one.data) for one in made["chart"]] == [["image/png", "text/plain"]]
    assert "Harnwick" in printed["reports"]
    assert "answered" in printed["shares"]


def test_the_notebook_is_kept_without_what_it_prints_and_names_no_folder_of_one_machine() -> None:
    notebook = nbformat.read(PATH, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert [cell.id for cell in notebook.cells if "/tmp" in cell.source or "/home" in cell.source] == []
