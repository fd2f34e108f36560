"""Popolo JSON: valid to the schemas of the standard, nobody identified, nothing that does something. Synthetic."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import hostile_minutes as minutes
import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT3

from minutesminer.export.popolo import ocd_id, start_of, write_popolo
from minutesminer.export.selection import select
from minutesminer.store import open_database

_SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "standards" / "popolo").glob("*.json"))
}
_REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["id"].rstrip("#"), DRAFT3.create_resource(schema)) for schema in _SCHEMAS.values()
)
_CLASSES = {"organizations": "organization", "events": "event", "motions": "motion", "vote_events": "vote_event"}
_OCD = re.compile(r"ocd-(organization|event|vote)/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\Z")


def _errors(document: dict[str, list[dict[str, Any]]]) -> list[str]:
    found = []
    for name, class_ in _CLASSES.items():
        validator = jsonschema.Draft3Validator(_SCHEMAS[class_], registry=_REGISTRY)
        found += [
            f"{name} {error.json_path}: {error.message}"
            for one in document[name]
            for error in validator.iter_errors(one)
        ]
    return found


def _unknown(document: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Properties that neither the schema knows nor a plus marks."""
    return {
        f"{class_}.{key}"
        for name, class_ in _CLASSES.items()
        for one in document[name]
        for key in one
        if key not in _SCHEMAS[class_]["properties"] and not key.startswith("+")
    }


@pytest.fixture(scope="module")
def raw(hostile: Path) -> bytes:
    """The file as it is written for the hostile minutes."""
    out = io.BytesIO()
    with open_database(hostile) as db:
        write_popolo(select(db), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def document(raw: bytes) -> Any:
    return json.loads(raw)


def test_schemas_find_what_is_wrong():
    wrong = {
        "organizations": [{"links": [{"note": "no url"}], "parent_id": 3}],
        "events": [{"start_date": "15 June", "attendees": [{"name": 1}]}],
        "motions": [{"creator": {"name": []}}],
        "vote_events": [{"counts": [{"option": "yes", "value": "7"}]}],
    }
    assert len(_errors(wrong)) == 6


def test_hostile_minutes_are_valid(document):
    assert list(document) == list(_CLASSES)
    assert {name: len(objects) for name, objects in document.items()} == {
        "organizations": 8,
        "events": 6,
        "motions": 2,
        "vote_events": 1,
    }
    assert (_errors(document), _unknown(document)) == ([], set())


def test_packaged_minutes_are_valid(export, corpus):
    done = export("popolo", "--out", "-", db=corpus)
    document = json.loads(done.stdout)
    assert (done.exit_code, _errors(document), _unknown(document)) == (0, [], set())
    assert len(document["events"]) == 7
    assert len(document["motions"]) > 40
    assert {one["result"] for one in document["motions"]} <= {"pass", "fail"}


def test_references_lead_to_objects_and_ids_are_unique(document):
    organizations = {one["id"] for one in document["organizations"]}
    events = {one["id"] for one in document["events"]}
    motions = {one["id"] for one in document["motions"]}
    votes = {one["id"] for one in document["vote_events"]}
    assert [len(ids) for ids in (organizations, events, motions, votes)] == [8, 6, 2, 1]
    assert {one["parent_id"] for one in document["organizations"] if "parent_id" in one} <= organizations
    everything = [*document["events"], *document["motions"], *document["vote_events"]]
    assert {one["organization_id"] for one in everything} <= organizations
    assert {one["legislative_session_id"] for one in everything if "legislative_session_id" in one} <= events
    assert {one["motion_id"] for one in document["vote_events"]} <= motions
    assert [id_ for id_ in (*organizations, *events, *votes) if not _OCD.match(id_)] == []


def test_a_part_refers_to_nothing_outside_of_itself(export):
    document = json.loads(export("popolo", "--committee", "children", "--since", "2023-06-01", "--out", "-").stdout)
    assert [one["name"] for one in document["organizations"]] == [
        "London Borough of Islington",
        "Children’s Services Scrutiny",
    ]
    assert len(document["events"]) == 2
    assert {one["organization_id"] for one in document["events"]} == {document["organizations"][1]["id"]}


def test_a_meeting_tells_when_and_where_and_who_attended(document):
    (june,) = [one for one in document["events"] if one.get("location") == "Room 1"]
    assert june == {
        "id": ocd_id("event", "ISL-children-2023-06-15"),
        "name": "Children’s Services Scrutiny",
        "classification": "meeting",
        "organization_id": ocd_id("organization", "committee:ISL-children"),
        "start_date": "2023-06-15T18:30:00Z",
        "location": "Room 1",
        "identifiers": [{"scheme": "minutesminer", "identifier": "ISL-children-2023-06-15"}],
        "attendees": [
            {"name": "Councillor A. Reed", "+role": "Chair", "+status": "present"},
            {"name": "Councillor =B Holt", "+role": minutes.SCRIPT, "+status": "present"},
            {"name": "Ms D. Officer", "+role": "Director of Children’s Services", "+status": "in attendance"},
        ],
        "sources": [{"url": "https://democracy.example/june", "note": "Page of the meeting"}],
    }
    assert [one.get("status") for one in document["events"]].count("cancelled") == 1


def test_a_decision_is_a_motion_and_its_counted_votes_an_event(document):
    noted, closed = sorted(document["motions"], key=lambda one: one["text"])[::-1]
    assert (noted["text"], noted["classification"], noted["result"]) == ("the school be closed", "agree", "fail")
    assert closed == {
        "id": minutes.RESOLUTIONS[0]["id"],
        "organization_id": ocd_id("organization", "committee:ISL-children"),
        "legislative_session_id": ocd_id("event", "ISL-children-2023-06-15"),
        "creator": {"name": "Councillor A. Reed"},
        "text": "the report be noted",
        "classification": "note",
        "date": "2023-06-15",
        "result": "pass",
        "sources": [{"url": minutes.PAGE, "note": minutes.SCRIPT}],
        "+seconder": {"name": "Councillor =B Holt"},
        "+number": "1",
        "+sentence": "RESOLVED by 7 votes to 2 with 1 abstention: that the report be noted.",
    }
    (vote,) = document["vote_events"]
    assert (vote["motion_id"], vote["result"], vote["counts"]) == (
        closed["id"],
        "pass",
        [{"option": "yes", "value": 7}, {"option": "no", "value": 2}, {"option": "abstain", "value": 1}],
    )


def test_nothing_in_the_file_does_anything(raw, document):
    assert b"<" not in raw
    assert raw.decode("utf-8").replace("\n", "").replace("\ufffd", "").isprintable()
    links = re.findall(r'"url": "(.*?)"', raw.decode("utf-8"))
    assert [link for link in links if not link.startswith("https://")] == []
    assert {one["name"] for one in document["organizations"] if "name" in one} >= {minutes.FORMULA, "@Health"}
    assert "Councillor C. Gone" not in raw.decode("utf-8")


@pytest.mark.parametrize(
    ("day", "time", "start"),
    [
        ("2023-03-25", "19:30", "2023-03-25T19:30:00Z"),
        ("2023-03-26", "19:30", "2023-03-26T18:30:00Z"),
        ("2023-10-28", "00:15", "2023-10-27T23:15:00Z"),
        ("2023-10-29", "10:00", "2023-10-29T10:00:00Z"),
        ("2024-10-27", "10:00", "2024-10-27T10:00:00Z"),
        ("2023-06-15", None, "2023-06-15"),
        ("2023-06-15", "half past", "2023-06-15"),
        ("soon", "10:00", None),
        (None, "10:00", None),
    ],
)
def test_the_time_of_the_clock_becomes_utc(day, time, start):
    assert start_of(day, time) == start


def test_the_same_id_gives_the_same_open_civic_data_id_everywhere():
    assert ocd_id("event", "ISL-children-2023-06-15") == "ocd-event/dea59670-1404-5a2f-8530-710c5f9d3920"


def test_a_file_that_is_there_is_replaced_whole(export, tmp_path):
    file = tmp_path / "popolo.json"
    file.write_text("before", encoding="utf-8")
    refused = export("popolo", "--council", "nobody", "--out", file)
    assert (refused.exit_code, file.read_text(encoding="utf-8")) == (2, "before")
    assert export("popolo", "--out", file).exit_code == 0
    assert list(json.loads(file.read_text(encoding="utf-8"))) == list(_CLASSES)
    assert [path.name for path in tmp_path.iterdir()] == ["popolo.json"]
