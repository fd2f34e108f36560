"""A small synthetic database of series: two councils, one measure said several ways, and figures of no measure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutesminer.link import link
from minutesminer.store import open_database

MEASURES = """
- {id: recycling-rate, label: Household waste recycled, unit: '%', polarity: higher,
   names: [recycling rate, waste recycled at home]}
- {id: recycling-centres, label: Recycling centres open, unit: centres, polarity: null, names: [recycling centres open]}
- {id: repair-time, label: Time to repair, unit: week, polarity: lower, names: [time to repair a home]}
"""
_LAST = {"period": "2022/23", "period_start": "2022-04-01", "period_end": "2023-03-31"}
_THIS = {"period": "2023/24", "period_start": "2023-04-01", "period_end": "2024-03-31"}
_RATE = {"kind": "percentage", "unit": "%", "measure": "recycling rate"}

# Committee, day of the meeting, what is said, and the figures in it: quote, value and columns.
_SAID: list[tuple[str, str | None, str, list[tuple[str, float, dict[str, Any]]]]] = [
    (
        "NOR-scrutiny",
        "2023-06-10",
        "The recycling rate was 40% in 2022/23, against a target of 50%.",
        [("40%", 40, {**_RATE, **_LAST}), ("50%", 50, {**_RATE, **_LAST, "role": "target"})],
    ),
    (
        "NOR-scrutiny",
        "2024-06-10",
        "The recycling rate was 43% in 2023/24; it had been 40% in 2022/23.",
        [("43%", 43, {**_RATE, **_THIS}), ("40%", 40, {**_RATE, **_LAST, "role": "previous"})],
    ),
    ("NOR-panel", "2024-07-01", "Recycling stood at 43% in 2023/24.", [("43%", 43, {**_RATE, **_THIS})]),
    (
        "SOU-panel",
        "2023-05-02",
        "The recycling rate of 38% in 2022/23 compared with 44% nationally.",
        [("38%", 38, {**_RATE, **_LAST}), ("44%", 44, {**_RATE, **_LAST, "role": "benchmark"})],
    ),
    ("SOU-panel", "2024-09-03", "The recycling rate is 39%.", [("39%", 39, _RATE)]),
    (
        "SOU-panel",
        "2024-10-08",
        "There were 12 vacant garages; 9% of garages stood vacant.",
        [
            ("12", 12, {"kind": "count", "unit": "garages", "measure": "vacant garages"}),
            ("9%", 9, {"kind": "percentage", "unit": "%", "measure": "garages that stood vacant"}),
        ],
    ),
    (
        "SOU-panel",
        None,
        "The 3 recycling centres open are busy.",
        [("3", 3, {"kind": "count", "unit": "centres", "measure": "recycling centres open"})],
    ),
]
_NAMES = {
    "NOR": "Northmere Borough Council",
    "SOU": "Southmere, County of",
    "NOR-scrutiny": "Scrutiny Committee",
    "NOR-panel": "Environment Panel",
    "SOU-panel": "Waste Panel",
}


def patterns(folder: Path) -> Path:
    """A folder of rules with these measures and nothing else."""
    (folder / "measures").mkdir()
    (folder / "measures" / "environment.yaml").write_text(MEASURES, encoding="utf-8")
    return folder


def build(path: Path, rules: Path) -> None:
    """Write the database and link it. The figures of the n-th meeting have ids `d<n>.0.m<start>-<end>`."""
    with open_database(path, write=True) as db:
        for number, (committee, day, text, figures) in enumerate(_SAID):
            council, document, meeting = committee.split("-")[0], f"d{number}", f"{committee}-{day}"
            own = {"document_id": document, "meeting_id": meeting}
            rows: dict[str, list[dict[str, Any]]] = {
                "councils": [{"id": council, "name": _NAMES[council]}],
                "committees": [{"id": committee, "council_id": council, "name": _NAMES[committee]}],
                "meetings": [
                    {"id": meeting, "committee_id": committee, "date": day, "url": f"https://{meeting}.example"}
                ],
                "documents": [
                    {
                        "id": document,
                        "source": f"{document}.txt",
                        "media_type": "text/plain",
                        "size": 1,
                        "outcome": "ok",
                    }
                ],
                "items": [{"id": f"{document}.0", **own, "position": 0, "title": "Waste", "text": text}],
                "metrics": [_figure(own, text, *figure) for figure in figures],
            }
            for table, those in rows.items():
                db.table(table).insert_all(those, ignore=True)
        link(db, rules)


def _figure(own: dict[str, Any], text: str, quote: str, value: float, columns: dict[str, Any]) -> dict[str, Any]:
    start = text.index(quote)
    end = start + len(quote)
    item = f"{own['document_id']}.0"
    place = {"id": f"{item}.m{start}-{end}", "item_id": item, "start_char": start, "end_char": end}
    said = {"quote": quote, "sentence": text, "rule": "synthetic"}
    return {**own, **place, **said, "value": float(value), "comparator": "=", "role": "actual", **columns}
