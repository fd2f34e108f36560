"""Writes the pages of `docs/` that are printed from the code: `make docs`."""

from __future__ import annotations

import json
from pathlib import Path

from minutesminer.commands.reference import reference
from minutesminer.evaluate.how_good_page import page
from minutesminer.store.schema import data_dictionary

_DOCS = Path(__file__).resolve().parent

(_DOCS / "cli.md").write_text(reference(), encoding="utf-8")
(_DOCS / "database.md").write_text(data_dictionary(), encoding="utf-8")
_SCORES = json.loads((_DOCS / "scores.json").read_text(encoding="utf-8"))
(_DOCS / "how-good.md").write_text(page(_SCORES), encoding="utf-8")
