"""Every canned query: its whole rows, and what its parameters do."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from synthetic_database import ATTACK, TEXT_JANUARY

from minutesminer.explore import datasette_app
from minutesminer.link.series import link_series
from minutesminer.store.database import open_database

FIRST, SPENT, RESOLVED, UNDERTOOK = TEXT_JANUARY.split("\n")
LIMB = "the Director be requested to bring the vacancy figures to the March meeting"
ELEVEN = "The vacancy rate in the service was 11%."
HOSTILE = f"The Chair asked for {ATTACK} & more in future."
PAGE = "https://minutes.example/health/january"
JANUARY = {"council": "Exampleshire", "committee": "Health Scrutiny", "date": "2024-01-15", "url": PAGE, "page": None}
MARCH = {"council": "Exampleshire", "committee": "Health Scrutiny", "date": "2024-03-18", "url": None, "page": None}
FEBRUARY = {
    "council": "Otherton",
    "committee": "Homes Panel",
    "date": "2024-02-05",
    "url": "javascript:alert(1)",
    "page": None,
}
ACTION_ID, FIGURE_ID = "aaaaaaaaaaaa.0.a198-260", "aaaaaaaaaaaa.0.m36-39"
TARGET_ID = "aaaaaaaaaaaa.0.m60-63"
ASKED_ID, DOUBTFUL_ID, LIMB_ID = "aaaaaaaaaaaa.0.f121-196", "cccccccccccc.0.f0-64", "aaaaaaaaaaaa.0.r121-196"
RATE = "vacancy rate in the service"


def age(iso: str) -> int:
    """Days from `iso` to today, as SQLite counts them (UTC)."""
    return (datetime.now(timezone.utc).date() - date.fromisoformat(iso)).days


UNDERTAKEN = {
    "class": "action",
    "status": "overdue",
    "due": "by June",
    "due_date": "2024-06-30",
    "who": "The Director",
    "what": "circulate the children’s home report",
    "sentence": UNDERTOOK,
    "record_id": ACTION_ID,
    **JANUARY,
}
ASKED = {
    "class": "follow_up",
    "status": "answered?",
    "due": "the March meeting",
    "due_date": "2024-03-18",
    "who": "The Committee",
    "what": "the vacancy figures",
    "sentence": RESOLVED,
    "record_id": ASKED_ID,
    **JANUARY,
}
DOUBTFUL = {
    "class": "follow_up",
    "status": "open",
    "due": "in future",
    "due_date": None,
    "who": "The Chair",
    "what": ATTACK,
    "sentence": HOSTILE,
    "record_id": DOUBTFUL_ID,
    **FEBRUARY,
}
NO_EVIDENCE = {"evidence": None, "evidence_item_id": None, "note": None}
EVIDENCE = {
    "evidence": "Workforce update (2024-03-18), score 0.80",
    "evidence_item_id": "bbbbbbbbbbbb.0",
    "note": None,
}
TARGET_PAIR = {
    "measure": RATE,
    "actual": 14.0,
    "target": 10.0,
    "gap": 4.0,
    "unit": "%",
    "sentence": FIRST,
    "record_id": FIGURE_ID,
    **JANUARY,
}


def over_time(value: float, role: str, place: dict[str, Any], sentence: str, record_id: str) -> dict[str, Any]:
    return {
        "period": None,
        "value": value,
        "unit": "%",
        "role": role,
        "comparator": "=",
        "measure": RATE,
        "sentence": sentence,
        "record_id": record_id,
        **place,
    }


def found_item(title: str, snippet: str, item_id: str, records: int, place: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "snippet": snippet, "item_id": item_id, "records": records, **place}


def found_record(class_: str, record_id: str, says: str, sentence: str, place: dict[str, Any]) -> dict[str, Any]:
    return {"class": class_, "record_id": record_id, "says": says, "sentence": sentence, **place}


OTHERTON_COVERAGE = {
    "council": "Otherton",
    "documents": 1,
    "not_read": 0,
    "meetings": 1,
    "items": 1,
    "figures": 0,
    "decisions": 0,
    "actions": 0,
    "follow_ups": 1,
    "first_meeting": "2024-02-05",
    "last_meeting": "2024-02-05",
}

# The rows of each query without parameters: what a reader sees who just clicks.
EXPECTED: dict[str, list[dict[str, Any]]] = {
    "outstanding_by_committee": [
        {
            "council": "Exampleshire",
            "committee": "Health Scrutiny",
            "outstanding": 2,
            "overdue": 1,
            "perhaps_answered": 1,
            "oldest_in_days": age("2024-01-15"),
            "oldest_meeting": "2024-01-15",
            "oldest_sentence": UNDERTOOK,
            "record_id": ACTION_ID,
        },
        {
            "council": "Otherton",
            "committee": "Homes Panel",
            "outstanding": 1,
            "overdue": 0,
            "perhaps_answered": 0,
            "oldest_in_days": age("2024-02-05"),
            "oldest_meeting": "2024-02-05",
            "oldest_sentence": HOSTILE,
            "record_id": DOUBTFUL_ID,
        },
    ],
    "outstanding_list": [
        {**UNDERTAKEN, **NO_EVIDENCE, "age_days": age("2024-01-15")},
        {**ASKED, **EVIDENCE, "age_days": age("2024-01-15")},
        {**DOUBTFUL, **NO_EVIDENCE, "age_days": age("2024-02-05")},
    ],
    "follow_ups_due": [ASKED, UNDERTAKEN, DOUBTFUL],
    "figures_against_target": [{**TARGET_PAIR, "period": None}],
    "targets_missed_by_most": [{**TARGET_PAIR, "better": "lower"}],
    "largest_figures": [
        {
            "value": 1250000.0,
            "unit": "GBP",
            "measure": "spending",
            "role": "actual",
            "sentence": SPENT,
            "record_id": "aaaaaaaaaaaa.0.m82-92",
            **JANUARY,
        }
    ],
    "measure_over_time": [
        over_time(14.0, "actual", JANUARY, FIRST, FIGURE_ID),
        over_time(10.0, "target", JANUARY, FIRST, "aaaaaaaaaaaa.0.m60-63"),
        over_time(11.0, "actual", MARCH, ELEVEN, "bbbbbbbbbbbb.0.m36-39"),
    ],
    "decisions_asking": [
        {
            "decision": "request",
            "number": None,
            "decided": LIMB,
            "sentence": RESOLVED,
            "record_id": LIMB_ID,
            **JANUARY,
        }
    ],
    "full_text_search": [
        found_item("Workforce update", f"{ELEVEN}\nThe vacancy figures were presented.", "bbbbbbbbbbbb.0", 1, MARCH),
        found_item(f"Homes {ATTACK}", HOSTILE, "cccccccccccc.0", 1, FEBRUARY),
        found_item("Workforce", TEXT_JANUARY[:200], "aaaaaaaaaaaa.0", 6, JANUARY),
        found_item("Any other business", "There was none.", "aaaaaaaaaaaa.1", 0, JANUARY),
    ],
    "search_records": [
        found_record("metric", "bbbbbbbbbbbb.0.m36-39", f"{RATE} 11%", ELEVEN, MARCH),
        found_record("follow_up", DOUBTFUL_ID, ATTACK, HOSTILE, FEBRUARY),
        found_record("action", ACTION_ID, "The Director to circulate the children’s home report", UNDERTOOK, JANUARY),
        found_record("follow_up", ASKED_ID, "the vacancy figures", RESOLVED, JANUARY),
        found_record("metric", FIGURE_ID, f"{RATE} 14%", FIRST, JANUARY),
        found_record("metric", "aaaaaaaaaaaa.0.m60-63", f"{RATE} 10%", FIRST, JANUARY),
        found_record("metric", "aaaaaaaaaaaa.0.m82-92", "spending £1,250,000", SPENT, JANUARY),
        found_record("resolution", LIMB_ID, "request", RESOLVED, JANUARY),
    ],
    "coverage": [
        {
            "council": "Exampleshire",
            "documents": 2,
            "not_read": 0,
            "meetings": 2,
            "items": 3,
            "figures": 4,
            "decisions": 1,
            "actions": 1,
            "follow_ups": 1,
            "first_meeting": "2024-01-15",
            "last_meeting": "2024-03-18",
        },
        OTHERTON_COVERAGE,
        {
            **OTHERTON_COVERAGE,
            "council": "(not known)",
            "not_read": 1,
            "meetings": 0,
            "items": 0,
            "follow_ups": 0,
            "first_meeting": None,
            "last_meeting": None,
        },
    ],
    "to_review": [
        {
            "class": "follow_up",
            "review": "no date",
            "quote": HOSTILE.rstrip("."),
            "sentence": HOSTILE,
            "record_id": DOUBTFUL_ID,
            "rule": "made-up.f",
            **FEBRUARY,
        }
    ],
    "unread_documents": [
        {
            "stage": "parse",
            "code": "no_text",
            "message": "a scan: there is no text in it",
            "outcome": "no_text",
            "source": "minutes/eeeeeeeeeeee.html",
            "document_id": "eeeeeeeeeeee",
        }
    ],
}


def rows(get: Any, query: str, **parameters: str) -> list[dict[str, Any]]:
    response = get(f"/minutes/{query}.json?{urlencode({'_shape': 'array', **parameters})}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()
    return found


def test_each_query_of_the_configuration_is_tested_here(site: Any) -> None:
    assert sorted(site.metadata("queries", database="minutes")) == sorted(EXPECTED)


@pytest.mark.parametrize("query", EXPECTED)
def test_query_without_parameters_gives_all_its_rows(get: Any, query: str) -> None:
    assert rows(get, query) == EXPECTED[query]


@pytest.mark.parametrize("query", EXPECTED)
def test_query_page_shows_title_description_labels_and_a_row_for_each_row(get: Any, site: Any, query: str) -> None:
    about = site.metadata("queries", database="minutes")[query]
    page = BeautifulSoup(get(f"/minutes/{query}").text, "lxml")
    boxes = [(tag["for"], tag.get_text()) for tag in page.select("form.sql label")]
    shown = (page.h1.get_text(), page.select_one(".lead").get_text(), boxes, len(page.select("tbody tr")))
    labels = [(f"qp{n}", about["labels"][name]) for n, name in enumerate(about.get("params", []), start=1)]
    assert shown == (about["title"], about["description"], labels, len(EXPECTED[query]))


@pytest.mark.parametrize(
    ("query", "parameters", "record_ids"),
    [
        ("outstanding_list", {"council": "otherton"}, [DOUBTFUL_ID]),
        ("outstanding_list", {"committee": "health"}, [ACTION_ID, ASKED_ID]),
        ("outstanding_list", {"status": "overdue"}, [ACTION_ID]),
        ("outstanding_by_committee", {"council": "example"}, [ACTION_ID]),
        ("follow_ups_due", {"due_by": "2024-03-31"}, [ASKED_ID]),
        ("follow_ups_due", {"committee": "homes"}, [DOUBTFUL_ID]),
        ("figures_against_target", {"measure": "vacancy", "council": "example"}, [FIGURE_ID]),
        ("figures_against_target", {"measure": "waiting"}, []),
        ("targets_missed_by_most", {"council": "otherton"}, []),
        ("largest_figures", {"kind": "percentage"}, [FIGURE_ID, "bbbbbbbbbbbb.0.m36-39", TARGET_ID]),
        ("measure_over_time", {"measure": "SPENDING"}, ["aaaaaaaaaaaa.0.m82-92"]),
        ("measure_over_time", {"council": "otherton"}, []),
        ("decisions_asking", {"committee": "homes"}, []),
        ("search_records", {"words": "vacancy figures"}, [ASKED_ID, LIMB_ID]),
        ("search_records", {"words": "vacancy", "class": "resolution"}, [LIMB_ID]),
        ("search_records", {"words": "children’s home"}, [ACTION_ID]),
    ],
)
def test_parameters_restrict_the_rows(get: Any, query: str, parameters: dict[str, str], record_ids: list[str]) -> None:
    assert [row["record_id"] for row in rows(get, query, **parameters)] == record_ids


@pytest.mark.parametrize(
    ("words", "item_ids"),
    [
        ("vacancies", ["bbbbbbbbbbbb.0", "aaaaaaaaaaaa.0"]),
        ('"figures were presented"', ["bbbbbbbbbbbb.0"]),
        ('"figures presented"', []),
        ("99%", []),  # only a superseded document says so
        # What would be an error in the syntax of full-text search is just words here.
        ('figures"', ["bbbbbbbbbbbb.0", "aaaaaaaaaaaa.0"]),
        ("AND OR NOT (", []),
        ("children's - *", ["aaaaaaaaaaaa.0"]),  # the text has a curly apostrophe
        ("***", []),
        ("'; drop table items; --", []),
    ],
)
def test_search_finds_items_by_their_words_whatever_is_typed(get: Any, words: str, item_ids: list[str]) -> None:
    assert [row["item_id"] for row in rows(get, "full_text_search", words=words)] == item_ids


def test_search_marks_the_words_found(get: Any) -> None:
    page = BeautifulSoup(get("/minutes/full_text_search?words=asked").text, "lxml")
    assert [str(cell) for cell in page.select("td.col-snippet")] == [
        '<td class="col-snippet" data-label="snippet" role="cell">The Chair <b>asked</b> for '
        '&lt;script&gt;alert("x")&lt;/script&gt; &amp; more in future.</td>'
    ]


_COPIED = "item_id, document_id, meeting_id, kind, comparator, unit, measure, quote, rule"
_INSERT = f"insert into metrics ({_COPIED}, id, role, sentence, value, start_char, end_char) "


@pytest.mark.parametrize(
    ("change", "pairs"),
    [
        # A second target for the same measure, further from the actual figure in the text.
        (
            f"{_INSERT}select {_COPIED}, "
            "item_id || '.m150-153', role, sentence, 3, 150, 153 from metrics where role = 'target'",
            [(14.0, 10.0)],
        ),
        ("update metrics set measure = 'vacancies', measure_id = null where role = 'target'", []),
        ("update metrics set measure = 'vacancies' where role = 'target'", [(14.0, 10.0)]),
        ("update metrics set measure = null, measure_id = null where role = 'target'", [(14.0, 10.0)]),
        ("update metrics set measure = null, measure_id = null, sentence = '…' where role = 'target'", []),
        # Two actual figures in a sentence whose target names no measure: the nearer one has the target.
        (
            f"{_INSERT}select {_COPIED}, "
            "item_id || '.m58-59', 'actual', sentence, 13, 58, 59 from metrics where role = 'target'; "
            "update metrics set measure = null, measure_id = null where role = 'target'",
            [(13.0, 10.0)],
        ),
        ("update metrics set unit = 'day' where role = 'target'", []),
        ("update metrics set period = 'Quarter ' || value where measure_id = 'vacancy'", []),
    ],
)
def test_a_figure_has_its_own_target_beside_it(
    database: Path, tmp_path: Path, change: str, pairs: list[tuple[float, float]]
) -> None:
    changed = tmp_path / "changed.db"
    shutil.copy(database, changed)
    with closing(sqlite3.connect(changed)) as connection:
        connection.executescript(change)
    with open_database(changed, write=True) as db, db.atomic():
        link_series(db)
    site = datasette_app(changed)
    response = asyncio.run(site.client.get("/minutes/figures_against_target.json?_shape=array"))
    for served in site.databases.values():
        served.close()
    assert [(row["actual"], row["target"]) for row in response.json()] == pairs
