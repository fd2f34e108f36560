"""Annotated files parsed and mined in memory, for scoring without a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from minutesminer.evaluate.gold import GoldDocument
from minutesminer.evaluate.predictions import PredictedDocument, predictions_from_mining


def mine_files(gold: Sequence[GoldDocument], files: Path, patterns: Path | None = None) -> list[PredictedDocument]:
    """Parse and mine the annotated files found anywhere under `files`, in the gold's order.

    Files that are not there are left out; scoring then reports their documents as absent.
    """
    import minutesminer.mine as mine
    from minutesminer.parse import parse

    nlp = mine.load(patterns) if patterns is not None else mine.load()
    by_name = {path.name: path for path in sorted(files.rglob("*")) if path.is_file()}
    result = []
    for document in gold:
        path = by_name.get(document.document)
        if path is not None:
            parsed = parse(path.read_bytes(), str(path))
            result.append(predictions_from_mining(parsed, mine.mine_document(nlp, parsed)))
    return result
