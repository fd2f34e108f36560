"""The numbers of the dashboards' charts, counted in Python from the records themselves."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FIGURES = """select council, v.date, v.kind, v.role, p.theme, p.label, a.missed, a.target_id from metrics_view v
    left join measures p on p.id = v.measure_id left join against_target a on a.metric_id = v.id"""
OUTSTANDING = (
    "select council, date, committee, age_days, status from outstanding where status not in ('done', 'dropped')"
)
DECISIONS = "select council, date, decision from resolutions_view where restates is null"
DOCUMENTS = "select c.name, null, d.outcome from documents d join councils c on c.id = d.council_id"
_STATES = {1: "missed", 0: "met", None: "open"}
CLASSES = {"figures": "metrics", "decisions": "resolutions", "actions": "actions", "follow-ups": "follow_ups"}
AGES = {91: "under 3 months", 182: "3 to 6 months", 364: "6 to 12 months", 729: "1 to 2 years", 1094: "2 to 3 years"}


def _quarter(date: str) -> str:
    return f"{date[:5]}{(int(date[5:7]) - 1) // 3 * 3 + 1:02}-01"


def _most(counts: Counter[Any], size: int) -> list[Any]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:size]


def _flat(counts: Counter[Any]) -> list[tuple[Any, ...]]:
    return sorted(((*(key if isinstance(key, tuple) else (key,)), count) for key, count in counts.items()), key=str)


def count_by_hand(database: Path, keep: Callable[[str, str], bool] = lambda council, date: True) -> dict[str, Any]:
    """What each chart should show of the records that `keep` keeps, given their council and date, counted here."""
    connection = sqlite3.connect(database)

    def rows(query: str) -> list[tuple[Any, ...]]:
        return [row for row in connection.execute(query).fetchall() if keep(row[0], row[1])]

    try:
        figures, outstanding, decisions, documents = map(rows, (FIGURES, OUTSTANDING, DECISIONS, DOCUMENTS))
        records = {
            name: rows(f"select council, date, meeting_id, item_id from {table}_view")
            for name, table in CLASSES.items()
        }
    finally:
        connection.close()
    judged = [(label, "missed" if missed else "met") for *_, label, missed, _ in figures if missed is not None]
    missers = _most(Counter(label for label, target in judged if target == "missed"), 15)
    verbs = _most(Counter(verb for _, _, verb in decisions), 5)
    years = Counter(int(date[:4]) for _, date, _ in decisions)
    asks = Counter(int(date[:4]) for _, date, verb in decisions if verb in ("request", "recommend", "refer"))
    committees = [(f"{committee} ({council})", status) for council, _, committee, _, status in outstanding]
    most_waiting = _most(Counter(committee for committee, _ in committees), 15)
    councils = _most(Counter(council for council, *_ in outstanding), 15)
    first = _most(Counter(council for council, *_ in documents), 20)

    def shown(council: str) -> str:
        return council if council in first else "all others"

    return {
        "figures-by-quarter": {
            "by-quarter": _flat(Counter((_quarter(date), kind) for _, date, kind, *_ in figures)),
            "by-theme": _flat(Counter((theme, kind) for _, _, kind, _, theme, *_ in figures if theme)),
            "by-role": _flat(Counter(role for _, _, _, role, *_ in figures)),
        },
        "missed-targets": {
            "by-quarter": _flat(
                Counter((_quarter(row[1]), _STATES[row[-2]]) for row in figures if row[-1] is not None)
            ),
            "by-measure": _flat(Counter(pair for pair in judged if pair[0] in missers)),
        },
        "outstanding-by-age": {
            "by-age": _flat(Counter((_band(age), status) for *_, age, status in outstanding)),
            "by-committee": _flat(Counter(pair for pair in committees if pair[0] in most_waiting)),
            "by-council": _flat(Counter((c, status) for c, *_, status in outstanding if c in councils)),
        },
        "decisions-by-verb": {
            "by-quarter": _flat(
                Counter((_quarter(date), verb if verb in verbs else "all others") for _, date, verb in decisions)
            ),
            "by-verb": _flat(Counter(verb for _, _, verb in decisions)),
            "asking": sorted((year, round(100 * asks[year] / count, 1), count) for year, count in years.items()),
        },
        "coverage-by-council": {
            "documents": _flat(
                Counter((shown(c), "read" if outcome == "ok" else "not read") for c, _, outcome in documents)
            ),
            "meetings": _kinds_of(records, shown),
            "records": _flat(Counter((shown(row[0]), name) for name, its in records.items() for row in its)),
            "span": _spans(row for its in records.values() for row in its if row[0] in first),
        },
    }


def _band(age: int) -> str:
    return next((name for most, name in AGES.items() if age <= most), "over 3 years")


def _kinds_of(records: dict[str, list[tuple[Any, ...]]], shown: Callable[[str], str]) -> list[tuple[Any, ...]]:
    meetings = {(shown(council), meeting) for its in records.values() for council, _, meeting, _ in its}
    items = {(shown(council), item) for its in records.values() for council, _, _, item in its}
    of_items = Counter(council for council, _ in items)
    return sorted((name, count, of_items[name]) for name, count in Counter(name for name, _ in meetings).items())


def _spans(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    days: dict[str, dict[str, str]] = {}
    for council, date, meeting, _ in rows:
        days.setdefault(council, {})[meeting] = date
    return sorted(((name, min(its.values()), max(its.values()), len(its)) for name, its in days.items()), key=str)
