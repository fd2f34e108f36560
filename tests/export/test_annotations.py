"""Web Annotations: valid to the W3C's own definitions, at their places in the text, harmless. Synthetic minutes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hostile_minutes as minutes
import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT4

from minutesminer.export.annotations import CONTEXT, urn, write_annotations
from minutesminer.export.selection import select
from minutesminer.store import open_database
from minutesminer.store.tables import RECORD_TABLES

_DEFINITIONS = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "standards" / "web_annotation").glob("*.json"))
]
_REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["id"], DRAFT4.create_resource(schema)) for schema in _DEFINITIONS
)


def _all_of(*references: str) -> dict[str, Any]:
    names = [reference.partition("#") for reference in references]
    return {"allOf": [{"$ref": f"{file}.json#/definitions/{name}"} for file, _, name in names]}


def _one_or_many(reference: str) -> dict[str, Any]:
    one = _all_of(reference)
    return {"oneOf": [one, {"type": "array", "items": one}]}


# What annotationMusts.test, collectionMusts.test and pageMusts.test ask for, of the properties that are written here.
_ANNOTATION = {
    **_all_of(
        "id#idValueFound",
        "annotations#annotationTypeValueFound",
        "annotations#motivationRecognizedIfPresent",
        "annotations#bodyValueValidIfPresent",
        "otherProperties#generatorValidIfPresent",
    ),
    "required": ["target"],
    "properties": {
        "target": _one_or_many("bodyTarget#targetResourcesFound"),
        "body": _one_or_many("bodyTarget#bodyResourcesFound"),
        "generator": _all_of("otherProperties#agentTypeDefinition", "otherProperties#agentNameDefinition"),
    },
    "not": {"required": ["body", "bodyValue"]},
}
_BODY = _all_of("otherProperties#purposeRecognizedIfPresent")
_TARGET = {
    **_all_of("specificResource#sourceDetected", "specificResource#selectorDefined"),
    "required": ["selector"],
    "properties": {"source": _all_of("bodyTarget#externalWebResourceDetected", "otherProperties#viaValidIfPresent")},
}
_COLLECTION = {
    **_all_of(
        "id#idValueFound",
        "collections#annotationCollectionTypeValueFound",
        "collections#labelDefinition",
        "collections#totalDefinition",
        "collections#firstRequiredIfTotalMoreThanZero",
        "collections#lastValidIfPresent",
    ),
    "required": ["@context"],
    "properties": {"@context": {"$ref": "annotations.json#/definitions/contextValueFound"}},
}
_PAGE = _all_of(
    "id#idValueFound",
    "collections#annotationPageTypeValueFound",
    "collections#itemsFound",
    "collections#startIndexDefinition",
    "collections#partOfValidIfPresent",
)
_FORMATS = jsonschema.FormatChecker(())


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    """An absolute address without blanks: what the definitions ask of every id."""
    return not isinstance(value, str) or (bool(urlsplit(value).scheme) and not any(c.isspace() for c in value))


def _errors(schema: dict[str, Any], value: object) -> list[str]:
    validator = jsonschema.Draft4Validator(schema, registry=_REGISTRY, format_checker=_FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def _all_errors(collection: dict[str, Any], every: int = 1) -> list[str]:
    """What is wrong with the collection, its page and every so many of the annotations on it."""
    found = [*_errors(_COLLECTION, collection), *_errors(_PAGE, collection["first"])]
    for annotation in collection["first"]["items"][::every]:
        found += _errors(_ANNOTATION, annotation)
        found += _errors(_TARGET, annotation["target"])
        found += [error for body in annotation["body"] for error in _errors(_BODY, body)]
    return found


@pytest.fixture(scope="module")
def raw(hostile: Path) -> bytes:
    """The file as it is written for the hostile minutes."""
    out = io.BytesIO()
    with open_database(hostile) as db:
        write_annotations(select(db), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def collection(raw: bytes) -> Any:
    return json.loads(raw)


def test_definitions_find_what_is_wrong():
    sound = {
        "id": "urn:x:1",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [{"value": "a"}],
        "target": {"source": "urn:x:2", "selector": {"type": "TextQuoteSelector", "exact": "a"}},
    }
    assert _errors(_ANNOTATION, sound) == []
    wrong = [
        {**sound, "id": "no address"},
        {**sound, "type": "Note"},
        {**sound, "motivation": "shouting"},
        {**sound, "body": [{"value": 1}]},
        {**sound, "target": {"source": 3}},
        {**sound, "bodyValue": "a"},
        {key: value for key, value in sound.items() if key != "target"},
    ]
    assert [bool(_errors(_ANNOTATION, one)) for one in wrong] == [True] * 7
    assert _errors(_TARGET, {"source": {"id": "urn:x:2"}, "selector": [{"type": "TextPositionSelector", "start": -1}]})
    assert _errors(_PAGE, {"id": "urn:x:3", "type": "AnnotationPage", "items": [{"type": "Note"}]})
    assert _errors(_COLLECTION, {"@context": CONTEXT, "id": "urn:x:4", "type": "AnnotationCollection", "total": 1})


def test_hostile_minutes_are_valid(collection):
    assert _all_errors(collection) == []
    assert (collection["total"], len(collection["first"]["items"])) == (17, 17)
    assert len({annotation["id"] for annotation in collection["first"]["items"]}) == 17


def test_packaged_minutes_are_valid_and_at_their_places(export, corpus):
    collection = json.loads(export("annotations", "--out", "-", db=corpus).stdout)
    assert _all_errors(collection, every=20) == []
    with open_database(corpus) as db:
        texts = dict(db.execute("SELECT id, text FROM items").fetchall())
        counts = [db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in RECORD_TABLES]
    assert collection["total"] == sum(counts) > 400
    assert _misplaced(collection, texts) == []


def _misplaced(collection: dict[str, Any], texts: dict[str, str]) -> list[str]:
    """Annotations whose position or quote selector does not lead to the same passage of the item's text."""
    wrong = []
    for annotation in collection["first"]["items"]:
        target = annotation["target"]
        text = texts[target["source"]["id"].removeprefix(urn("item", ""))]
        position, quoted = target["selector"]
        by_position = text[position["start"] : position["end"]]
        around = quoted.get("prefix", "") + quoted["exact"] + quoted.get("suffix", "")
        found = text.find(around)
        by_quote = found + len(quoted.get("prefix", ""))
        if by_position != quoted["exact"] or found < 0 or text[by_quote:].find(quoted["exact"]) != 0:
            wrong.append(annotation["id"])
    return wrong


def test_positions_count_code_points(collection):
    texts = {row["id"]: row["text"] for row in minutes.ITEMS.values()}
    texts["panel.0"] = minutes.ITEMS["panel"]["text"].translate(dict.fromkeys((0, 7, 27, 0x85), "\ufffd"))
    assert _misplaced(collection, texts) == []
    (first,) = [one for one in collection["first"]["items"] if one["id"] == urn("metric", minutes.METRICS[0]["id"])]
    assert first["target"] == {
        "type": "SpecificResource",
        "source": {"id": "urn:minutesminer:item:june.0", "type": "Text", "format": "text/plain", "via": minutes.PAGE},
        "selector": [
            {"type": "TextPositionSelector", "start": 17, "end": 22},
            {
                "type": "TextQuoteSelector",
                "exact": "94.2%",
                "prefix": "😀 Attendance was ",
                "suffix": " in 2022/23; it had been 93.1%.\n",
            },
        ],
    }


def test_the_record_is_in_the_bodies(collection):
    slots = ("kind=percentage", "value=-3.5", "unit=%", "comparator==", "measure==the change", "role=change")
    bodies = {one["id"]: one["body"] for one in collection["first"]["items"]}
    assert bodies[urn("metric", minutes.METRICS[2]["id"])] == [
        {"type": "TextualBody", "purpose": "classifying", "value": "metric"},
        *({"type": "TextualBody", "purpose": "tagging", "value": value} for value in slots),
        {"type": "SpecificResource", "purpose": "identifying", "source": "urn:minutesminer:measure:attendance"},
    ]
    assert [body["value"] for body in bodies[urn("resolution", minutes.RESOLUTIONS[0]["id"])]] == [
        *("resolution", "decision=note", "number=1", "mover=Councillor A. Reed", "seconder=Councillor =B Holt"),
        *("votes_for=7", "votes_against=2", "abstentions=1", "outcome=carried"),
    ]


def test_nothing_in_the_file_does_anything(raw, collection):
    assert b"<" not in raw
    assert raw.decode("utf-8").replace("\n", "").replace("\ufffd", "").isprintable()
    via = {one["target"]["source"].get("via") for one in collection["first"]["items"]}
    assert via == {None, minutes.PAGE}


def test_a_part_without_records_is_an_empty_collection(export, hostile):
    collection = json.loads(
        export("annotations", "--since", "2023-07-01", "--until", "2023-07-31", "--out", "-").stdout
    )
    assert (collection["total"], _all_errors(collection)) == (2, [])
    with open_database(hostile) as db:
        selection = select(db, council="ISL")
        db.execute("DELETE FROM chosen_meetings")
        out = io.BytesIO()
        write_annotations(selection, out)
    empty = json.loads(out.getvalue())
    assert (empty["total"], empty["first"]["items"], _all_errors(empty)) == (0, [], [])
