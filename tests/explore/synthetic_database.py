"""A small synthetic database with one of everything the pages show, and hostile text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutesminer.link.counts import link_counts
from minutesminer.link.series import link_series
from minutesminer.link.threads import link_requests
from minutesminer.store.database import open_database

ATTACK = '<script>alert("x")</script>'
TEXT_JANUARY = (
    "The vacancy rate in the service was 14% against a target of 10%.\n"
    "Spending reached £1,250,000 in the year.\n"
    "RESOLVED: that the Director be requested to bring the vacancy figures to the March meeting.\n"
    "The Director undertook to circulate the children’s home report."
)
TEXT_MARCH = "The vacancy rate in the service was 11%.\nThe vacancy figures were presented."
TEXT_HOSTILE = f"The Chair asked for {ATTACK} & more in future."
TEXT_OLD = "The vacancy rate in the service was 99%."

_RATE = {"measure": "vacancy rate in the service", "kind": "percentage", "unit": "%", "measure_id": "vacancy"}

COUNCILS = [
    {"id": "EXA", "name": "Exampleshire", "website": "https://exampleshire.example/"},
    {"id": "OTH", "name": "Otherton", "website": None},
]
COMMITTEES = [
    {"id": "EXA-health", "council_id": "EXA", "name": "Health Scrutiny", "kind": "scrutiny"},
    {"id": "OTH-homes", "council_id": "OTH", "name": "Homes Panel", "kind": "scrutiny"},
]
MEETINGS = [
    {
        "id": "EXA-health-2024-01-15",
        "committee_id": "EXA-health",
        "date": "2024-01-15",
        "url": "https://minutes.example/health/january",
    },
    {"id": "EXA-health-2024-03-18", "committee_id": "EXA-health", "date": "2024-03-18", "url": None},
    {
        "id": "OTH-homes-2024-02-05",
        "committee_id": "OTH-homes",
        "date": "2024-02-05",
        "url": "javascript:alert(1)",
    },
]


def _document(id_: str, council: str | None, outcome: str = "ok", superseded_by: str | None = None) -> dict[str, Any]:
    return {
        "id": id_,
        "source": f"minutes/{id_}.html",
        "media_type": "text/html",
        "size": 1000,
        "council_id": council,
        "outcome": outcome,
        "superseded_by": superseded_by,
    }


def _item(document: str, position: int, meeting: dict[str, Any], title: str, text: str) -> dict[str, Any]:
    return {
        "id": f"{document}.{position}",
        "document_id": document,
        "meeting_id": meeting["id"],
        "position": position,
        "title": title,
        "text": text,
    }


def _record(letter: str, item: dict[str, Any], quote: str, sentence: str, **fields: Any) -> dict[str, Any]:
    start = item["text"].index(sentence) + sentence.index(quote)
    end = start + len(quote)
    return {
        "id": f"{item['id']}.{letter}{start}-{end}",
        "item_id": item["id"],
        "document_id": item["document_id"],
        "meeting_id": item["meeting_id"],
        "quote": quote,
        "sentence": sentence,
        "start_char": start,
        "end_char": end,
        "rule": f"made-up.{letter}",
        **fields,
    }


def _metric(item: dict[str, Any], quote: str, sentence: str, value: float, **fields: Any) -> dict[str, Any]:
    return _record("m", item, quote, sentence, value=value, **{"comparator": "=", "role": "actual", **fields})


def build(path: Path) -> None:
    """Write the database to `path`, through the project's own schema."""
    january, march, hostile, old, other = (
        _item("aaaaaaaaaaaa", 0, MEETINGS[0], "Workforce", TEXT_JANUARY),
        _item("bbbbbbbbbbbb", 0, MEETINGS[1], "Workforce update", TEXT_MARCH),
        _item("cccccccccccc", 0, MEETINGS[2], f"Homes {ATTACK}", TEXT_HOSTILE),
        _item("dddddddddddd", 0, MEETINGS[0], "Workforce (draft)", TEXT_OLD),
        _item("aaaaaaaaaaaa", 1, MEETINGS[0], "Any other business", "There was none."),
    )
    first, spent, resolved, undertook = TEXT_JANUARY.split("\n")
    limb = "the Director be requested to bring the vacancy figures to the March meeting"
    resolution = _record("r", january, limb, resolved, decision="request", outcome="carried")
    asked = _record(
        "f",
        january,
        limb,
        resolved,
        requester="The Committee",
        request="the vacancy figures",
        due="the March meeting",
        due_date="2024-03-18",
        resolution_id=resolution["id"],
    )
    undertaken = _record(
        "a",
        january,
        undertook.rstrip("."),
        undertook,
        owner="The Director",
        task="circulate the children’s home report",
        due="by June",
        due_date="2024-06-30",
        strength="undertaken",
    )
    doubtful = _record(
        "f",
        hostile,
        TEXT_HOSTILE.rstrip("."),
        TEXT_HOSTILE,
        requester="The Chair",
        request=ATTACK,
        due="in future",
        review="no date",
    )
    rows: dict[str, list[dict[str, Any]]] = {
        "councils": COUNCILS,
        "committees": COMMITTEES,
        "meetings": MEETINGS,
        "measures": [
            {"id": "vacancy", "label": "Vacancy rate", "theme": "staff", "unit": "%", "polarity": "lower"},
        ],
        "documents": [
            _document("aaaaaaaaaaaa", "EXA"),
            _document("bbbbbbbbbbbb", "EXA"),
            _document("cccccccccccc", "OTH"),
            _document("dddddddddddd", "EXA", superseded_by="aaaaaaaaaaaa"),
            _document("eeeeeeeeeeee", None, outcome="no_text"),
        ],
        "items": [january, march, hostile, old, other],
        "metrics": [
            _metric(january, "14%", first, 14, **_RATE),
            _metric(january, "10%", first, 10, role="target", **_RATE),
            _metric(january, "£1,250,000", spent, 1250000, kind="money", unit="GBP", measure="spending"),
            _metric(march, "11%", TEXT_MARCH.split("\n")[0], 11, **_RATE),
            _metric(old, "99%", TEXT_OLD, 99, **_RATE),
        ],
        "resolutions": [resolution],
        "actions": [undertaken],
        "follow_ups": [asked, doubtful],
        "evidence": [
            {
                "record_id": asked["id"],
                "item_id": march["id"],
                "score": 0.8,
                "reason": "both say vacancy figures",
                "says": "answers",
            },
        ],
        "threads": [
            {"record_id": record["id"], "first_id": record["id"], "due_date": record.get("due_date")}
            for record in (undertaken, asked, doubtful)
        ],
        "issues": [
            {
                "id": "one",
                "document_id": "eeeeeeeeeeee",
                "source": "minutes/eeeeeeeeeeee.html",
                "stage": "parse",
                "code": "no_text",
                "message": "a scan: there is no text in it",
            }
        ],
    }
    with open_database(path, write=True) as db:
        for table, its_rows in rows.items():
            db.table(table).insert_all(its_rows)
        for table in ("items", "metrics", "resolutions", "actions", "follow_ups"):
            db.table(table).rebuild_fts()
        with db.atomic():
            link_series(db)
            link_counts(db)
            link_requests(db)
