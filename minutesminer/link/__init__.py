"""The link stage: figures to measures and into series; requests to later items, to each other, to people, to days."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from minutesminer import resources
from minutesminer.link.areas import link_areas
from minutesminer.link.calendar import read_calendar, save_calendar
from minutesminer.link.catalogue import load_catalogue
from minutesminer.link.counts import link_counts
from minutesminer.link.evidence import link_evidence, read_requests
from minutesminer.link.kindred import load_kindred
from minutesminer.link.likely import load_weights
from minutesminer.link.measures import link_measures
from minutesminer.link.series import link_series
from minutesminer.link.threads import link_requests, link_threads, people_meant, read_worded

__all__ = ["link"]


def link(db: Database, patterns: Path | None = None) -> dict[str, int]:
    """Link everything in an open database anew, in one transaction; the same rows give the same links.

    Returns how many figures have a measure (`measures`), how many rows of evidence there are (`evidence`), and how
    many requests repeat another (`repeats`). Councils are linked one after the other, so that memory is bounded by
    the largest. Raises RuleError where the measures or the kindred words under `patterns` break their rules.
    """
    folder = patterns if patterns is not None else resources.folder("patterns")
    catalogue, kindred, weights = load_catalogue(folder), load_kindred(folder), load_weights(folder)
    with db.atomic():
        counts = {"measures": link_measures(db, catalogue), "evidence": 0, "repeats": 0}
        link_areas(db)
        link_series(db)
        link_counts(db)
        db.execute("DELETE FROM evidence")
        db.execute("DELETE FROM threads")
        calendar = read_calendar(db)
        save_calendar(db, calendar)
        for (council_id,) in db.execute("SELECT id FROM councils ORDER BY id").fetchall():
            worded = read_worded(db, council_id)
            if not worded:
                continue
            who = people_meant(db, council_id, worded)
            requests = read_requests(db, council_id, who)
            evidence = link_evidence(db, council_id, requests, kindred, weights)
            counts["evidence"] += len(evidence)
            counts["repeats"] += link_threads(db, council_id, requests, evidence, calendar, worded, who)
        link_requests(db)
        return counts
