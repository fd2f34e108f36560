"""W3C Web Annotations: every record as an annotation on the text it was found in.

The model is https://www.w3.org/TR/annotation-model/. The annotated resource is the clean text of an agenda item, named
`urn:minutesminer:item:` and its id; `via` is the web page that it comes from. Positions count Unicode code points of
that text (section 4.2.5 asks for these, not for UTF-16 units); the quote with what stands before and after it finds the
passage on the page too. There is no time of making, so that the same database gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, BinaryIO
from urllib.parse import quote

from minutesminer import models
from minutesminer.explore.row_words import web_address
from minutesminer.export.json_text import json_bytes, write_array
from minutesminer.export.selection import Selection
from minutesminer.version import __version__

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_COLLECTION = "urn:minutesminer:annotations"
_AROUND = 32
"""Characters before and after a quote that are given with it."""

_CLASSES = {
    "metrics": ("metric", models.Metric),
    "resolutions": ("resolution", models.Resolution),
    "actions": ("action", models.Action),
    "follow_ups": ("follow_up", models.FollowUp),
}
_COMMON = {field.name for field in fields(models.Record)}


def write_annotations(selection: Selection, file: BinaryIO) -> dict[str, int]:
    """Write an AnnotationCollection of one page that holds all annotations; returns how many, by class."""
    counts = dict.fromkeys(_CLASSES, 0)
    head = {
        "@context": CONTEXT,
        "id": _COLLECTION,
        "type": "AnnotationCollection",
        "label": "Figures, decisions, actions and requested follow-ups in council minutes",
    }
    page: Json = {"id": f"{_COLLECTION}:page", "type": "AnnotationPage", "partOf": _COLLECTION, "startIndex": 0}
    file.write(json_bytes(head)[:-1] + b',\n"first": ' + json_bytes(page)[:-1] + b', "items": ')
    total = write_array(file, _annotations(selection, counts))
    file.write(b"},\n" + json_bytes({"last": page["id"], "total": total})[1:] + b"\n")
    return counts


def urn(kind: str, id_: str) -> str:
    """The name of something in the database: `urn:minutesminer:item:0836c39a4f33.3`."""
    return f"urn:minutesminer:{kind}:{quote(id_, safe='')}"


def _annotations(selection: Selection, counts: dict[str, int]) -> Iterator[Json]:
    for table, (class_, model) in _CLASSES.items():
        names = [field.name for field in fields(model) if field.name not in _COMMON and field.name != "resolution"]
        shown = ", ".join(f"record.{name}" for name in names)
        query = f"""
SELECT record.id, record.item_id, record.start_char, record.end_char, record.rule, record.review, record.url, {shown}
FROM {table}_view AS record WHERE {selection.chosen_meeting("record.meeting_id")}
ORDER BY record.item_id, record.start_char, record.id"""
        item, text = None, ""
        for id_, item_id, start, end, rule, review, url, *values in selection.rows(query):
            if item_id != item:
                item, text = item_id, _text_of(selection, item_id)
            slots = dict(zip(names, values, strict=True))
            counts[table] += 1
            yield {
                "id": urn(class_, id_),
                "type": "Annotation",
                "motivation": "classifying",
                "generator": _generator(rule),
                "body": list(_bodies(class_, slots, review)),
                "target": _target(item_id, url, text, start, end),
            }


def _text_of(selection: Selection, item_id: str) -> str:
    return str(next(selection.rows("SELECT text FROM items WHERE id = ?", [item_id]))[0])


def _generator(rule: str) -> Json:
    return {"id": urn("rule", rule), "type": "Software", "name": f"minutesminer {__version__}, {rule}"}


def _bodies(class_: str, slots: Json, review: str | None) -> Iterator[Json]:
    yield {"type": "TextualBody", "purpose": "classifying", "value": class_}
    for name, value in slots.items():
        if name == "measure_id" and value is not None:
            yield {"type": "SpecificResource", "purpose": "identifying", "source": urn("measure", value)}
        elif value is not None:
            yield {"type": "TextualBody", "purpose": "tagging", "value": f"{name}={_shortest(value)}"}
    if review is not None:
        yield {"type": "TextualBody", "purpose": "questioning", "value": review}


def _shortest(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _target(item_id: str, url: str | None, text: str, start: int, end: int) -> Json:
    page: Json = {"id": urn("item", item_id), "type": "Text", "format": "text/plain"}
    if web_address(url) is not None:
        page["via"] = url
    quoted = {"type": "TextQuoteSelector", "exact": text[start:end]}
    around = {"prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND]}
    return {
        "type": "SpecificResource",
        "source": page,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            quoted | {name: words for name, words in around.items() if words},
        ],
    }
