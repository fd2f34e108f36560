"""A synthetic database of what two councils' committees have outstanding, with hostile text.

Children’s Scrutiny met three times and has one of everything: overdue (asked twice), open, answered at its last
meeting and answered before. Two other committees have one open request each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutesminer.store.database import open_database

SCRIPT = "a note on <script>alert(1)</script> & more"
FORMULA = '=HYPERLINK("http://evil.example/","x")'
PAGE = "https://minutes.example/children/june?a=1&b=2"
NOTE_ANSWER = (
    "The report on school attendance was received.\nThe clerk thanked everybody. Attendance had risen in schools."
)

COUNCILS = [{"id": "EXA", "name": "Exampleshire"}, {"id": "OTH", "name": "Otherton, City of"}]
COMMITTEES = [
    {"id": "EXA-children", "council_id": "EXA", "name": "Children’s Scrutiny"},
    {"id": "EXA-health", "council_id": "EXA", "name": "Health Panel"},
    {"id": "OTH-homes", "council_id": "OTH", "name": "Homes Panel"},
]
_MEETINGS = {
    "june": ("EXA-children", "2024-06-13", PAGE),
    "september": ("EXA-children", "2024-09-26", "javascript:alert(1)"),
    "january": ("EXA-children", "2025-01-23", None),
    "health": ("EXA-health", "2024-11-05", "http://minutes.example/health"),
    "homes": ("OTH-homes", "2024-12-03", None),
}
_TITLES = {
    "june": "Workforce",
    "september": "Budget",
    "january": "School attendance",
    "health": "@Dentists",
    "homes": "Repairs",
}

OVERDUE, LATER_AGAIN = "june.0.a1-2", "september.0.a1-2"
FORMULA_ASKED, SCRIPT_ASKED = "june.0.f3-4", "september.0.f3-4"
ANSWERED, EARLIER = "june.0.f5-6", "june.0.f7-8"
HEALTH, HOMES = "health.0.f1-2", "homes.0.f1-2"


def _record(id_: str, **fields: Any) -> dict[str, Any]:
    document, position, _ = id_.split(".")
    return {
        "id": id_,
        "item_id": f"{document}.{position}",
        "document_id": document,
        "meeting_id": f"m-{document}",
        "quote": fields["sentence"],
        "start_char": 0,
        "end_char": 1,
        "rule": "made-up",
        **fields,
    }


_ACTIONS = [
    _record(
        id_,
        owner="the Director",
        task="provide the turnover figures",
        due="by the end of July",
        due_date="2024-07-31",
        strength="undertaken",
        sentence="The Director undertook to provide the turnover figures by the end of July.",
    )
    for id_ in (OVERDUE, LATER_AGAIN)
]
_FOLLOW_UPS = [
    _record(FORMULA_ASKED, requester="+1 Reed", request=FORMULA, sentence="-2+3 was asked for."),
    _record(
        SCRIPT_ASKED,
        requester="Councillor Reed",
        request=SCRIPT,
        due="to the first meeting of 2099",
        due_date=None,
        sentence=f"Councillor Reed asked for {SCRIPT} to come to the first meeting of 2099.",
    ),
    _record(
        ANSWERED, requester="The Chair", request="a report on school attendance", sentence="A report was asked for."
    ),
    _record(EARLIER, requester=None, request="the budget", sentence="The budget was asked for."),
    _record(
        HEALTH, requester="The Panel", request="a list of dentists", sentence="The Panel asked for a list of dentists."
    ),
    _record(
        HOMES, requester="The Panel", request="a list of repairs", sentence="The Panel asked for a list of repairs."
    ),
]
_THREADS = {
    OVERDUE: (OVERDUE, "2024-07-31", "wording", "Ruth Calloway, Director of Children’s Services"),
    LATER_AGAIN: (OVERDUE, "2024-07-31", "wording", "Ruth Calloway, Director of Children’s Services"),
    SCRIPT_ASKED: (SCRIPT_ASKED, "2099-01-14", "named_meeting", "Reed"),
    **{id_: (id_, None, None, None) for id_ in (FORMULA_ASKED, ANSWERED, EARLIER, HEALTH, HOMES)},
}


def build(path: Path) -> None:
    """Write the database to `path`, through the project's own schema."""
    meetings = [
        {"id": f"m-{name}", "committee_id": committee, "date": day, "url": url}
        for name, (committee, day, url) in _MEETINGS.items()
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "councils": COUNCILS,
        "committees": COMMITTEES,
        "meetings": meetings,
        "documents": [
            {"id": name, "source": name, "media_type": "text/html", "size": 1, "outcome": "ok"} for name in _MEETINGS
        ],
        "items": [
            {
                "id": f"{name}.0",
                "document_id": name,
                "meeting_id": f"m-{name}",
                "position": 0,
                "title": title,
                "text": NOTE_ANSWER if name == "january" else "There was a budget.",
            }
            for name, title in _TITLES.items()
        ],
        "actions": _ACTIONS,
        "follow_ups": _FOLLOW_UPS,
        "threads": [
            {"record_id": id_, "first_id": first, "due_date": due, "due_source": source, "who_is": who}
            for id_, (first, due, source, who) in _THREADS.items()
        ],
        "evidence": [
            {
                "record_id": ANSWERED,
                "item_id": "january.0",
                "score": 0.9,
                "says": "answers",
                "reason": "shares <b>school</b>",
            },
            {
                "record_id": EARLIER,
                "item_id": "september.0",
                "score": 0.5,
                "says": "answers",
                "reason": "shares budget",
            },
        ],
        "calendar": [
            {"committee_key": committee, "date": day, "council_id": committee[:3], "committee": "as listed"}
            for committee, day in [*((c, d) for c, d, _ in _MEETINGS.values()), ("EXA-children", "2099-01-14")]
        ],
    }
    with open_database(path, write=True) as db:
        for table, its_rows in rows.items():
            db.table(table).insert_all(its_rows)
