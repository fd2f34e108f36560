"""The link stage: joins figures to catalogued measures, and requests to later items that may answer them."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from minutesminer import resources
from minutesminer.link.catalogue import load_catalogue
from minutesminer.link.evidence import link_evidence
from minutesminer.link.measures import link_measures

__all__ = ["link"]


def link(db: Database, patterns: Path | None = None) -> dict[str, int]:
    """Link everything in an open database anew, in one transaction; the same rows give the same links.

    Returns how many figures have a measure (`measures`) and how many rows of evidence there are (`evidence`).
    Raises RuleError where the catalogue of measures under `patterns` breaks its rules.
    """
    catalogue = load_catalogue(patterns if patterns is not None else resources.folder("patterns"))
    with db.atomic():
        return {"measures": link_measures(db, catalogue), "evidence": link_evidence(db)}
