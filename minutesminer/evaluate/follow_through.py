"""How well later items are found for requests, against a story whose annotation says which evidence belongs to which.

A story is an annotated set with `evidence.json`: each request by the quote of its gold record, the later items that
bear on it, and where it is asked again. What the rules would find as requests is left out of the question: the gold
records are linked, so that the score is that of the linking alone.

    python -m minutesminer.evaluate.follow_through corpus/follow_through
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import click
from sqlite_utils import Database

from minutesminer import resources
from minutesminer.evaluate.gold import GoldRecord, RecordClass, load_gold
from minutesminer.evaluate.places import bones_of, locate
from minutesminer.link.asking import item_number
from minutesminer.link.council import Council
from minutesminer.link.evidence import Evidence, find_evidence, read_committees
from minutesminer.link.kindred import load_kindred
from minutesminer.link.later import read_items
from minutesminer.link.likely import load_weights
from minutesminer.link.wanted import Request
from minutesminer.models import Given
from minutesminer.run import run
from minutesminer.store import open_database

FILE = "evidence.json"

_TEXT: dict[RecordClass, str] = {"actions": "task", "follow_ups": "request"}


@dataclass(slots=True)
class Story:
    """The requests of a story, and by their ids the items that bear on each, with what the annotation says of it.

    `says` is `answers`, `reports_progress`, `outstanding`, or `again` for an item in which it is asked again.
    `lost` are entries of the annotation that were not found in what was read.
    """

    requests: list[Request] = field(default_factory=list)
    says: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Linked:
    """How many items were linked, how many of them bear on their request, and of the answers how many were found."""

    linked: int
    right: int
    answers: int
    found: int

    @property
    def precision(self) -> float:
        """Of the items linked, the share that bears on the request."""
        return self.right / self.linked if self.linked else 0.0

    @property
    def recall(self) -> float:
        """Of the items that answer, the share that was linked."""
        return self.found / self.answers if self.answers else 0.0


def score_story(folder: Path) -> tuple[Linked, Story]:
    """Read the documents of a story, link its gold requests to later items, and compare with its annotation."""
    with opened_story(folder) as (story, db):
        found = link_story(story, db)
    return compare(story, found), story


@contextmanager
def opened_story(folder: Path) -> Iterator[tuple[Story, Database]]:
    """A story and a database of its documents, made for as long as it is open."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "story.db"
        gold = load_gold(folder / "gold")
        run([folder / document.document for document in gold], path, Given(council=gold[0].council))
        with open_database(path) as db:
            yield read_story(folder, db), db


def link_story(story: Story, db: Database) -> list[Evidence]:
    """The evidence that is found for a story's requests in a database of its documents."""
    weights = load_weights(resources.folder("patterns"))
    return [one for requests, council in by_council(story, db) for one in find_evidence(requests, council, weights)]


def by_council(story: Story, db: Database) -> Iterator[tuple[list[Request], Council]]:
    """The requests of each council of a story, with the council as linking sees it."""
    kindred = load_kindred(resources.folder("patterns"))
    for id_ in sorted({request.council_id for request in story.requests}):
        council = Council.of(read_items(db, id_), kindred, read_committees(db, id_))
        yield [request for request in story.requests if request.council_id == id_], council


def compare(story: Story, found: Sequence[Evidence]) -> Linked:
    """Count what was linked against the annotation; an item in which the request is made again counts neither way."""
    pairs = {(one.record_id, one.item_id) for one in found if story.says[one.record_id].get(one.item_id, "") != "again"}
    answers = {
        (request, item) for request, items in story.says.items() for item, says in items.items() if says == "answers"
    }
    right = sum(item in story.says[request] for request, item in pairs)
    return Linked(len(pairs), right, len(answers), len(answers & pairs))


def read_story(folder: Path, db: Database) -> Story:
    """The annotation of a story against a database of its documents."""
    annotated = json.loads((folder / FILE).read_text(encoding="utf-8"))
    records = {document.document: document for document in load_gold(folder / "gold")}
    items = _Items(db)
    story = Story()
    for entry in annotated["requests"]:
        class_ = cast(RecordClass, f"{entry['class']}s")
        gold = next(one for one in records[entry["document"]].records[class_] if one.quote == entry["quote"])
        place = items.holding(entry["document"], gold, entry.get("item"))
        if place is None or not place.date:
            story.lost.append(f"{entry['id']}: {entry['document']}")
            continue
        text = gold.slots.get(_TEXT[class_]) or gold.quote
        story.requests.append(
            Request(
                entry["id"],
                str(text),
                place.title,
                place.council_id,
                place.committee_id,
                place.date,
                str(gold.slots.get("recipient") or ""),
                entry.get("who"),
                item_number(place.number),
                gold.sentence,
                _before(place.text, gold),
                class_ == "actions",
            )
        )
        story.says[entry["id"]] = dict(_bearing(entry, items, story))
    return story


def _bearing(entry: dict[str, Any], items: _Items, story: Story) -> Iterator[tuple[str, str]]:
    """The items that bear on a request; where one does so twice, that it answers counts."""
    found: dict[str, str] = {}
    for again in entry.get("asked_again", ()):
        place = items.holding(again["document"], _quoted(again["quote"]), None)
        if place is not None:
            found[place.id] = "again"
    for evidence in entry["evidence"]:
        place = items.named(evidence["document"], evidence["item"], evidence["quote"])
        if place is None:
            story.lost.append(f"{entry['id']}: {evidence['document']}, item {evidence['item']}")
        elif found.get(place.id) != "answers":
            found[place.id] = evidence["says"]
    yield from found.items()


def _before(text: str, gold: GoldRecord) -> str:
    """What stands before a gold record's quote in the text of its item."""
    place = locate(bones_of([text]), [gold])[0]
    return text[: place.start] if place is not None else ""


def _quoted(quote: str) -> GoldRecord:
    return GoldRecord("follow_ups", quote, quote, {})


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    number: str
    title: str
    text: str
    council_id: str
    committee_id: str
    date: str | None


class _Items:
    """The items of a database by the name of their document."""

    def __init__(self, db: Database) -> None:
        self._by_document: dict[str, list[_Item]] = {}
        for source, *values in db.execute(
            """SELECT documents.source, items.id, coalesce(items.number, ''), coalesce(items.title, ''), items.text,
            committees.council_id, committees.id, meetings.date FROM items
            JOIN documents ON documents.id = items.document_id JOIN meetings ON meetings.id = items.meeting_id
            JOIN committees ON committees.id = meetings.committee_id ORDER BY documents.source, items.position"""
        ):
            self._by_document.setdefault(Path(source).name, []).append(_Item(*values))

    def holding(self, document: str, record: GoldRecord, item: str | None) -> _Item | None:
        """The item that holds a gold record's quote; of that number or title, where several do."""
        candidates = self._of(document, item) or self._by_document.get(document, [])
        for among in (candidates, self._by_document.get(document, [])):
            place = locate(bones_of([one.text for one in among]), [record])[0]
            if place is not None:
                return among[place.item]
        return None

    def named(self, document: str, item: str, quote: str) -> _Item | None:
        """The item of a number or title; the one that holds the quote, where several have it or none has."""
        candidates = self._of(document, item)
        return candidates[0] if len(candidates) == 1 else self.holding(document, _quoted(quote), item)

    def _of(self, document: str, item: str | None) -> list[_Item]:
        wanted = _plain(item or "")
        listed = self._by_document.get(document, [])
        return [one for one in listed if wanted and wanted in (_plain(one.number), _plain(one.title))]


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).rstrip(".")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--precision", type=float, default=0.0, help="The least precision; below it the command fails.")
@click.option("--recall", type=float, default=0.0, help="The least recall; below it the command fails.")
def main(folder: Path, precision: float, recall: float) -> None:
    """Score the linking of requests to later items on the story in FOLDER. No text of it is printed."""
    linked, story = score_story(folder)
    click.echo(
        f"{folder.name}: {len(story.requests)} requests; {linked.linked} items linked, {linked.right} of them bear on "
        f"their request (precision {linked.precision:.3f}); {linked.found} of {linked.answers} answers found "
        f"(recall {linked.recall:.3f}); {len(story.lost)} entries not found in the text"
    )
    if linked.precision < precision or linked.recall < recall:
        click.echo(f"below the floor of {precision} and {recall}")
        sys.exit(1)


if __name__ == "__main__":
    main()
