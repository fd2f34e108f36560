"""Later items that may answer an action or a follow-up, with a score and the reason in words.

A request is compared with every block of the later items of the same council. The score is the share of
the request's words that the block (or its item's title) holds, rarer words weighing more, a little less in
another committee. It is a hint for a person, never a verdict.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlite_utils import Database

from minutesminer.link.words import stems, words_by_stem

ENOUGH = 0.5  # share of the request's weight
FEWEST = 2  # distinct words shared, whatever their weight
KEPT = 3  # items for a record
OTHER_COMMITTEE = 0.85

# Words of asking and reporting: they are in every request and every answer.
_ASKING = frozenset(
    stems(
        """action actions add added agenda agree agreed ask asked attend breakdown bring brought chair
        circulate circulated come committee confirm consider council councillor councillors date
        detail detailed details director feedback figure figures forward future give given head
        include included information issue issues item look lead meeting meetings member members
        minute minutes next note noted officer officers panel paper present presented programme
        provide provided question receive received regard regarding relation report reported
        reports request requested response return scrutiny send sent service share shared sub
        submit submitted summary supply take update updated updates undertake undertook work
        write written year years month months week weeks day days quarter number first second
        third one two three four five six seven eight nine ten"""
    )
)


@dataclass(slots=True, frozen=True)
class Request:
    """What was asked for or promised: `words` are the stems to look for, each with its word."""

    id: str
    words: dict[str, str]
    council_id: str
    committee_id: str
    date: str


@dataclass(slots=True)
class LaterItem:
    """An item that could answer: the stems of its title and of each of its blocks."""

    id: str
    council_id: str
    committee_id: str
    date: str
    title: frozenset[str]
    blocks: list[frozenset[str]] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Evidence:
    """One row of `evidence`: the better the fit, the nearer `score` is to 1."""

    record_id: str
    item_id: str
    score: float
    reason: str


def link_evidence(db: Database) -> int:
    """Fill the table `evidence` anew; returns its number of rows."""
    items = _items(db)
    by_council: dict[str, list[LaterItem]] = defaultdict(list)
    for item in items:
        by_council[item.council_id].append(item)
    requests: dict[str, list[Request]] = defaultdict(list)
    for request in _requests(db):
        requests[request.council_id].append(request)
    found: list[Evidence] = []
    for council_id, asked in sorted(requests.items()):
        found += find_evidence(asked, by_council[council_id])
    rows = [(one.record_id, one.item_id, one.score, one.reason) for one in found]
    db.execute("delete from evidence")
    db.conn.executemany("insert into evidence (record_id, item_id, score, reason) values (?, ?, ?, ?)", rows)
    return len(rows)


def find_evidence(requests: Sequence[Request], items: Sequence[LaterItem]) -> list[Evidence]:
    """Evidence for requests of one council among its items, in the requests' order, the best first."""
    weights = _weights(items)
    where: dict[str, set[int]] = defaultdict(set)
    for index, item in enumerate(items):
        for word in item.title.union(*item.blocks):
            where[word].add(index)
    result = []
    for request in requests:
        words = [word for word in request.words if word not in _ASKING]
        whole = sum(weights.get(word, weights[""]) for word in words)
        # Only items that hold enough of the words at all are looked at block by block.
        hits = Counter(index for word in words for index in where.get(word, ()))
        candidates = []
        for index in sorted(index for index, count in hits.items() if count >= FEWEST):
            item = items[index]
            if item.date > request.date:
                share, shared = _best_block(item, words, weights, whole)
                score = round(share * (1.0 if item.committee_id == request.committee_id else OTHER_COMMITTEE), 3)
                if score >= ENOUGH and len(shared) >= FEWEST:
                    reason = _reason(request, item, shared)
                    candidates.append(Evidence(request.id, item.id, score, reason))
        candidates.sort(key=lambda one: (-one.score, one.item_id))
        result += candidates[:KEPT]
    return result


def _best_block(
    item: LaterItem, words: Sequence[str], weights: dict[str, float], whole: float
) -> tuple[float, list[str]]:
    """The largest share of the words' weight that the title with one block holds, and the words shared."""
    best: tuple[float, list[str]] = (0.0, [])
    for block in [*item.blocks, frozenset[str]()]:
        shared = [word for word in words if word in block or word in item.title]
        share = sum(weights.get(word, weights[""]) for word in shared) / whole if whole else 0.0
        if share > best[0]:
            best = (share, shared)
    return best


def _weights(items: Iterable[LaterItem]) -> dict[str, float]:
    """Inverse document frequency over items, smoothed; the weight of an unseen word stands under ''."""
    seen: Counter[str] = Counter()
    number = 0
    for item in items:
        number += 1
        seen.update(item.title.union(*item.blocks))
    weights = {word: 1.0 + math.log((1 + number) / (1 + count)) for word, count in seen.items()}
    weights[""] = 1.0 + math.log(1 + number)
    return weights


def _reason(request: Request, item: LaterItem, shared: Sequence[str]) -> str:
    days = (date.fromisoformat(item.date) - date.fromisoformat(request.date)).days
    words = ", ".join(request.words[stem] for stem in shared)
    same = "the same committee" if item.committee_id == request.committee_id else "another committee"
    return f"{same}, {days} days later; shares the words {words}"


def _items(db: Database) -> list[LaterItem]:
    rows = db.execute(
        """select items.id, items.title, items.text, meetings.date, committees.id, committees.council_id
        from items join meetings on meetings.id = items.meeting_id
        join committees on committees.id = meetings.committee_id
        join documents on documents.id = items.document_id
        where meetings.date is not null and committees.council_id is not null
        and documents.superseded_by is null and items.procedural is null
        order by items.id"""
    )
    return [
        LaterItem(id_, council_id, committee_id, day, frozenset(stems(title or "")), _blocks(text))
        for id_, title, text, day, committee_id, council_id in rows
    ]


def _blocks(text: str) -> list[frozenset[str]]:
    return [frozenset(stems(block)) for block in text.split("\n")]


def _requests(db: Database) -> list[Request]:
    halves = []
    for table, words in (("actions", "task"), ("follow_ups", "request")):
        halves.append(
            f"""select {table}.id, coalesce({table}.{words}, {table}.quote), committees.council_id,
            committees.id, meetings.date
            from {table} join meetings on meetings.id = {table}.meeting_id
            join committees on committees.id = meetings.committee_id
            join documents on documents.id = {table}.document_id
            where meetings.date is not null and committees.council_id is not null
            and documents.superseded_by is null"""
        )
    rows = db.execute(" union all ".join(halves) + " order by 1")
    return [
        Request(id_, words_by_stem(text), council_id, committee_id, day)
        for id_, text, council_id, committee_id, day in rows
    ]
