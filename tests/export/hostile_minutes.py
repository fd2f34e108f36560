"""A synthetic database of minutes with one of everything that exports tell of, much of it hostile.

Islington and Adur are real councils with codes of the Office for National Statistics, what their committees say here is
invented; Northmere does not exist, and one meeting's council is not known.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutesminer.link.areas import link_areas
from minutesminer.link.series import link_series
from minutesminer.store.database import open_database

SCRIPT = "<script>alert(1)</script> & </td>"
FORMULA = '=HYPERLINK("http://evil.example/";"x")'
SQL = "'; DROP TABLE metrics; --"
CONTROLS = "bell\x07 escape\x1b[31m next\x85 nothing\0."
JAVASCRIPT = "javascript:alert(document.cookie)"
BROKEN = b"lone surrogate \xed\xa0\x80 and half a character \xc3"
"""What no Python string can put into a database, but other programs can: text that is not UTF-8."""
MENDED = "lone surrogate \ufffd\ufffd\ufffd and half a character \ufffd"

TEXT = (
    "😀 Attendance was 94.2% in 2022/23; it had been 93.1%.\n"
    "-3.5% was the change. Fewer than 5 schools closed.\n"
    f"{FORMULA} was asked for by +1 Reed; the Chair asked for {SCRIPT}\n"
    f"The Director undertook to provide {SQL}\n"
    "RESOLVED by 7 votes to 2 with 1 abstention: that the report be noted.\n"
    "The motion that the school be closed was LOST."
)
LATER = "The report on attendance was received. Attendance had been 94.4% in 2022/23, revised."
PAGE = "https://democracy.example/item?a=1&b=2"

COUNCILS = [
    {
        "id": "ISL",
        "name": "London Borough of Islington",
        "gss_code": "E09000019",
        "nation": "England",
        "website": "https://democracy.islington.gov.uk",
    },
    {"id": "ADU", "name": "Adur District Council", "gss_code": "E07000223", "nation": "England", "website": None},
    {"id": "northmere", "name": f"Northmere {SCRIPT}", "website": JAVASCRIPT},
]
COMMITTEES = [
    {"id": "ISL-children", "council_id": "ISL", "name": "Children’s Services Scrutiny", "kind": "scrutiny"},
    {"id": "ISL-health", "council_id": "ISL", "name": "@Health", "kind": "scrutiny"},
    {"id": "ADU-joint", "council_id": "ADU", "name": "Joint Overview", "kind": "scrutiny"},
    {"id": "northmere-panel", "council_id": "northmere", "name": FORMULA, "kind": "other"},
    {"id": "unknown-unknown", "council_id": None, "name": None, "kind": None},
]
_MEETINGS = {
    "june": ("ISL-children", "2023-06-15", "https://democracy.example/june"),
    "november": ("ISL-children", "2023-11-09", JAVASCRIPT),
    "health": ("ISL-health", "2023-07-04", None),
    "adur": ("ADU-joint", "2024-02-01", None),
    "panel": ("northmere-panel", "2023-09-05", "data:text/html,<script>alert(1)</script>"),
    "undated": ("unknown-unknown", None, None),
    "draft": ("ISL-children", "2023-01-10", None),
}
_SOURCES = {"june": "https://democracy.example/june", "adur": "C:\\private\\adur.html"}


def _meeting(name: str) -> dict[str, Any]:
    committee, day, url = _MEETINGS[name]
    return {
        "id": f"{committee}-{day or 'undated'}",
        "committee_id": committee,
        "date": day,
        "time": "19:30" if name == "june" else None,
        "venue": "Room 1" if name == "june" else SCRIPT if name == "panel" else None,
        "status": "Cancelled" if name == "health" else None,
        "url": url,
    }


def _item(name: str, position: int, title: str | None, text: str, url: str | None = None) -> dict[str, Any]:
    return {
        "id": f"{name}.{position}",
        "document_id": name,
        "meeting_id": _meeting(name)["id"],
        "position": position,
        "number": str(position + 1),
        "title": title,
        "url": url,
        "text": text,
    }


ITEMS = {
    "june": _item("june", 0, SCRIPT, TEXT, PAGE),
    "none": _item("june", 1, "Nothing", ""),
    "november": _item("november", 0, "Attendance", LATER, JAVASCRIPT),
    "health": _item("health", 0, "@Dentists", "There were 412 children on the list, 40 dentists and a budget."),
    "adur": _item("adur", 0, "Homes", "In 2023, 61 households were in bed and breakfast; they stayed 6 weeks."),
    "panel": _item("panel", 0, CONTROLS, f"Attendance was 90% in 2022/23. {CONTROLS} 5,000 homes."),
    "undated": _item("undated", 0, None, "Attendance was 91%."),
    "draft": _item("draft", 0, "Draft", "Attendance was 99%."),
}


def _record(letter: str, item: str, quote: str, **fields: Any) -> dict[str, Any]:
    row = ITEMS[item]
    start = row["text"].index(quote)
    end = start + len(quote)
    return {
        "id": f"{row['id']}.{letter}{start}-{end}",
        "item_id": row["id"],
        "document_id": row["document_id"],
        "meeting_id": row["meeting_id"],
        "quote": quote,
        "sentence": next(line for line in row["text"].split("\n") if quote in line),
        "start_char": start,
        "end_char": end,
        "rule": "made-up",
        **fields,
    }


YEAR = "2022-04-01 to 2023-03-31"
_CALENDAR = "2023-01-01 to 2023-12-31"
_DAY = "2023-07-01 to 2023-07-01"
_COUNT = {"kind": "count", "measure_id": "caseload"}
_STAYS = {"kind": "count", "unit": "households", "measure_id": "b-and-b"}


def _metric(item: str, quote: str, value: float, days: str = "", **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"kind": "percentage", "unit": "%", "comparator": "=", "role": "actual"}
    start, _, end = days.partition(" to ")
    given |= {"measure_id": "attendance", "period_start": start or None, "period_end": end or None}
    return _record("m", item, quote, value=value, **{**given, **fields})


METRICS = [
    _metric("june", "94.2%", 94.2, YEAR, period="2022/23", measure="Attendance"),
    _metric("june", "93.1%", 93.1, role="previous"),
    _metric("june", "-3.5%", -3.5, role="change", measure="=the change"),
    _metric("june", "Fewer than 5 schools", 5, comparator="<", kind="count", unit="schools", measure_id=None),
    _metric("november", "94.4%", 94.4, YEAR, period="2022/23"),
    _metric("health", "412 children", 412, _DAY, unit="children", **_COUNT),
    _metric("health", "40 dentists", 40, unit="dentists", **_COUNT),
    _metric("adur", "61 households", 61, _CALENDAR, **_STAYS),
    _metric("adur", "6 weeks", 6, _CALENDAR, kind="timescale", unit="week", measure_id="stay"),
    _metric("panel", "90%", 90, YEAR),
    _metric("panel", "5,000 homes", 5000, value_max=6000, **_STAYS),
    _metric("undated", "91%", 91),
    _metric("draft", "99%", 99),
]
RESOLUTIONS = [
    _record(
        "r",
        "june",
        "the report be noted",
        decision="note",
        number="1",
        mover="Councillor A. Reed",
        seconder="Councillor =B Holt",
        votes_for=7,
        votes_against=2,
        abstentions=1,
        outcome="carried",
    ),
    _record("r", "june", "the school be closed", decision="agree", outcome="lost"),
]
ACTIONS = [
    _record(
        "a",
        "june",
        f"The Director undertook to provide {SQL}",
        owner="The Director",
        task=SQL,
        due_date="not a day",
        strength="undertaken",
        resolution_id=RESOLUTIONS[0]["id"],
    )
]
FOLLOW_UPS = [
    _record("f", "june", f"{FORMULA} was asked for", requester="+1 Reed", request=FORMULA, due_date="2023-11-09"),
    _record("f", "june", f"the Chair asked for {SCRIPT}", requester="the Chair", request=SCRIPT),
]
EVIDENCE = [
    {"record_id": FOLLOW_UPS[0]["id"], "item_id": "november.0", "score": 0.9, "says": "answers", "reason": SCRIPT},
]
ATTENDANCE = [
    {"name": "Councillor A. Reed", "role": "Chair", "status": "present"},
    {"name": "Councillor =B Holt", "role": SCRIPT, "status": "present"},
    {"name": "Councillor C. Gone", "role": None, "status": "apologies"},
    {"name": "Ms D. Officer", "role": "Director of Children’s Services", "status": "in attendance"},
]
MEASURES = [
    {"id": "attendance", "label": "School attendance", "theme": "schools", "unit": "%", "polarity": "higher"},
    {"id": "b-and-b", "label": "In bed and breakfast", "theme": "housing", "unit": "households", "polarity": "lower"},
    {"id": "caseload", "label": "=Children on the list", "theme": "health", "unit": "children", "polarity": None},
    {"id": "stay", "label": "Time in bed and breakfast", "theme": "housing", "unit": "week", "polarity": "lower"},
]


def _documents() -> list[dict[str, Any]]:
    read = [
        {
            "id": name,
            "source": _SOURCES.get(name, f"{name}.html"),
            "media_type": "text/html",
            "size": 1000,
            "council_id": next(row["council_id"] for row in COMMITTEES if row["id"] == committee),
            "outcome": "ok",
            "superseded_by": None,
        }
        for name, (committee, _, _) in _MEETINGS.items()
    ]
    read[-1]["superseded_by"] = "june"
    unread = {"id": "scan", "source": "scan.pdf", "media_type": "application/pdf", "size": 1, "outcome": "no_text"}
    return [*read, unread]


def build(path: Path) -> None:
    """Write the database to `path`, through the project's own schema."""
    rows: dict[str, list[dict[str, Any]]] = {
        "councils": COUNCILS,
        "committees": COMMITTEES,
        "meetings": [_meeting(name) for name in _MEETINGS],
        "measures": MEASURES,
        "documents": sorted(_documents(), key=lambda row: row["id"] != "june"),
        "items": list(ITEMS.values()),
        "links": [
            {"id": "june.0.l0", "item_id": "june.0", "document_id": "june", "title": FORMULA, "url": JAVASCRIPT},
            {"id": "june.0.l1", "item_id": "june.0", "document_id": "june", "title": "", "url": PAGE},
        ],
        "attendance": [{**row, "meeting_id": _meeting("june")["id"], "document_id": "june"} for row in ATTENDANCE],
        "metrics": METRICS,
        "resolutions": RESOLUTIONS,
        "actions": ACTIONS,
        "follow_ups": FOLLOW_UPS,
        "evidence": EVIDENCE,
        "threads": [{"record_id": row["id"], "first_id": row["id"]} for row in (*ACTIONS, *FOLLOW_UPS)],
        "runs": [
            {
                "id": "run-00001",
                "started": "2024-03-01T09:00:00+00:00",
                "finished": "2024-03-01T09:00:05+00:00",
                "version": "9.9.9",
                "patterns_sha256": "0" * 64,
                "spacy_version": "3.8",
            }
        ],
    }
    with open_database(path, write=True) as db:
        for table, its_rows in rows.items():
            db.table(table).insert_all(its_rows)
        db.execute("UPDATE meetings SET venue = CAST(? AS TEXT) WHERE id = ?", [BROKEN, _meeting("adur")["id"]])
        db.execute("UPDATE measures SET label = label || ? WHERE id = 'stay'", [CONTROLS])
        link_areas(db)
        link_series(db)
        db.conn.commit()
