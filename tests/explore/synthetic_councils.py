"""A synthetic database of more councils than a chart has room for, some with hostile names, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutesminer.link.counts import link_counts
from minutesminer.link.series import link_series
from minutesminer.link.threads import link_requests
from minutesminer.store.database import open_database

HOSTILE = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script>',
    "javascript:alert(3)",
    "'; drop table metrics; --",
)
COUNCILS = [*HOSTILE, *(f"Council {number:02}" for number in range(22))]
"""Names; the first council has the most meetings, the last has one."""
_KINDS = [("percentage", "%"), ("count", None), ("money", "GBP")]
_VERBS = ["note", "request", "agree", "approve", "recommend", "refer", "endorse"]
_THEMES = ["children", "<b>place</b>", None]
_BLANK = {"quote": "x", "sentence": "x", "start_char": 0, "end_char": 1, "rule": "made-up"}


def build(path: Path) -> None:
    """Write the database to `path`: a meeting a quarter for each council, the first of them with eight."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    rows["measures"] = [
        {"id": f"m{number}", "label": f"Measure {number} {theme}", "theme": theme, "unit": "%", "polarity": "higher"}
        for number, theme in enumerate(_THEMES)
    ]
    for number, name in enumerate(COUNCILS):
        council = f"c{number:02}"
        rows["councils"].append({"id": council, "name": name})
        rows["committees"].append({"id": f"{council}-k", "council_id": council, "name": f"Panel {number} <i>x</i>"})
        for meeting in range(max(1, 8 - number)):
            _add_meeting(rows, council, number + meeting, f"{2022 + meeting // 4}-{meeting % 4 * 3 + 2:02}-11")
    with open_database(path, write=True) as db:
        for table, its_rows in rows.items():
            db.table(table).insert_all(its_rows)
        with db.atomic():
            link_series(db)
            link_counts(db)
            link_requests(db)


_TABLES = (
    "councils committees meetings documents items measures metrics resolutions actions follow_ups threads evidence"
).split()


def _add_meeting(rows: dict[str, list[dict[str, Any]]], council: str, turn: int, date: str) -> None:
    meeting, document = f"{council}-k-{date}", f"{council}{date.replace('-', '')}"
    at = {"item_id": f"{document}.0", "document_id": document, "meeting_id": meeting, **_BLANK}
    rows["meetings"].append({"id": meeting, "committee_id": f"{council}-k", "date": date})
    rows["documents"] += [
        {
            "id": document,
            "source": document,
            "media_type": "text/plain",
            "size": 1,
            "council_id": council,
            "outcome": "ok",
        },
        {
            "id": f"{document}x",
            "source": "y",
            "media_type": "text/plain",
            "size": 1,
            "council_id": council,
            "outcome": "no_text",
        },
    ][: 1 + turn % 2]
    rows["items"].append(
        {"id": at["item_id"], "document_id": document, "meeting_id": meeting, "position": 0, "title": "t", "text": "x"}
    )
    for place in range(3 + turn % 3):
        kind, unit = _KINDS[(turn + place) % 3]
        measure = f"m{(turn + place) % 3}"
        said = {**at, "comparator": "=", "kind": kind, "unit": unit, "measure": measure, "measure_id": measure}
        for role, value in (("actual", 50 + (turn * 7 + place) % 40), ("target", 70))[: 1 + (turn + place) % 2]:
            rows["metrics"].append(
                {**said, "id": f"{document}.0.m{place}-{role}", "role": role, "value": value, "start_char": place}
            )
    for place in range(1 + turn % 3):
        decision = _VERBS[(turn + place * 2) % len(_VERBS)]
        again = {"restates": f"{document}.0.r0-1"} if place == 2 else {}
        limb = {**at, "id": f"{document}.0.r{place}-1", "decision": decision, "outcome": "carried", **again}
        rows["resolutions"].append(limb)
    action = {"owner": HOSTILE[0], "task": "x", "strength": ("undertaken", "planned")[turn % 2], "due_date": None}
    rows["actions"].append({**at, "id": f"{document}.0.a0-1", **action})
    asked = {"requester": "x", "request": HOSTILE[0], "due_date": "2023-01-01" if turn % 2 else None}
    rows["follow_ups"].append({**at, "id": f"{document}.0.f0-1", **asked})
