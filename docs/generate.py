"""Writes the pages of `docs/` that are printed from the code: `make docs`."""

from __future__ import annotations

from pathlib import Path

from minutesminer.commands.reference import reference
from minutesminer.store.schema import data_dictionary

_DOCS = Path(__file__).resolve().parent

(_DOCS / "cli.md").write_text(reference(), encoding="utf-8")
(_DOCS / "database.md").write_text(data_dictionary(), encoding="utf-8")
