"""Later items that may answer an action or a follow-up, with a score and the reason in words.

Each request is compared with the later items of its council that share enough of its words, or cite its minute
(`link.fit` says how). Of a request's items, those are kept that fit about as well as the best. It is a hint for a
person, never a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database

from minutesminer.link import asking
from minutesminer.link.council import Council
from minutesminer.link.fit import ENOUGH, FEWER, LEAST_SHARE, LEAST_WEIGHT, Fit, best_fit
from minutesminer.link.kindred import Kindred
from minutesminer.link.later import OF_REQUESTS, LaterItem, read_items
from minutesminer.link.likely import Weights, likelihood
from minutesminer.link.wanted import Request, Wanted, all_wanted
from minutesminer.link.words import words_by_stem

AS_GOOD = 0.86  # of the best score, for another item of the same request
LIKELY = 0.3  # of the likelihood of an item that is no list of requests
VERY_LIKELY = 0.75  # of it; so likely an item of so good a score stays beside better ones: some answers come again
GOOD = 0.55
ENOUGH_IN_A_LIST = 0.5
"""Of an entry among others in a list of actions, which is about some request whatever words it has."""
SURE = 0.7  # of an entry that speaks against other items
OWN = 0.75  # of the score of another request there, for a place that is not its answer alone
KEPT = 4  # items for a record
_BEFORE = 500  # characters before a request that are looked at for what it is about

_SLACK = 1e-9

Says = Literal["answers", "outstanding", "programme"]


@dataclass(slots=True, frozen=True)
class Evidence:
    """One row of `evidence`: the better the fit, the higher the `score`; `says` whether it seems to answer."""

    record_id: str
    item_id: str
    score: float
    says: Says
    reason: str


def link_evidence(
    db: Database, council_id: str, requests: Sequence[Request], kindred: Kindred, weights: Weights
) -> list[Evidence]:
    """Enter the evidence for the requests of one council in the table `evidence`; returns it."""
    found = find_evidence(
        requests, Council.of(read_items(db, council_id), kindred, read_committees(db, council_id)), weights
    )
    rows = [(one.record_id, one.item_id, min(one.score, 1.0), one.says, one.reason) for one in found]
    db.conn.executemany("insert into evidence (record_id, item_id, score, says, reason) values (?, ?, ?, ?, ?)", rows)
    return found


def read_requests(db: Database, council_id: str, who: Mapping[str, str | None]) -> list[Request]:
    """The actions and follow-ups of a council's dated meetings, superseded documents left out.

    `who` is the person that each record's owner or requester is, by its id.
    """
    # The plus keeps SQLite from going through the documents of all councils by the index on `superseded_by`.
    halves = [
        f"""select {table}.id, coalesce({table}.{words}, {table}.quote), coalesce(items.title, ''),
        {table}.sentence, committees.council_id, committees.id, meetings.date, {recipient}, {table}.{by}, items.number,
        substr(items.text, max({table}.start_char - {_BEFORE}, 0) + 1, min({table}.start_char, {_BEFORE})),
        {int(table == "actions")}
        from {table} join items on items.id = {table}.item_id
        join meetings on meetings.id = {table}.meeting_id
        join committees on committees.id = meetings.committee_id
        join documents on documents.id = {table}.document_id
        where committees.council_id = :council and meetings.date is not null and +documents.superseded_by is null"""
        for table, words, recipient, by in (
            ("actions", "task", "coalesce(recipient, '')", "owner"),
            ("follow_ups", "request", "''", "requester"),
        )
    ]
    return [
        Request(
            id_,
            text,
            title,
            council,
            committee,
            day,
            recipient,
            who.get(id_) or by,
            asking.item_number(number),
            said,
            before,
            bool(promised),
        )
        for id_, text, title, said, council, committee, day, recipient, by, number, before, promised in db.execute(
            " union all ".join(halves) + " order by 1", {"council": council_id}
        ).fetchall()
    ]


def read_committees(db: Database, council_id: str) -> dict[str, str]:
    """The names of a council's committees by their ids."""
    rows = db.execute("select id, coalesce(name, '') from committees where council_id = ?", [council_id])
    return dict(rows.fetchall())


def find_evidence(requests: Sequence[Request], council: Council, weights: Weights) -> list[Evidence]:
    """Evidence for requests of one council among its items, in the requests' order, the best first."""
    fitting = {
        wanted.request.id: _fitting(wanted, council, weights) if wanted.whole else []
        for wanted in all_wanted(requests, council)
    }
    taken: dict[str, list[Fit]] = defaultdict(list)
    for links in fitting.values():
        for link in links:
            taken[link.item.id].append(link.fit)
    found: list[Evidence] = []
    for request in requests:
        kept = _kept([link for link in fitting[request.id] if _is_its_own(link, taken)])
        found += [
            Evidence(request.id, link.item.id, round(link.fit.score, 3), _says(link), _reason(request, link))
            for link in kept
        ]
        found += _pointed_at(request, kept, council)
    return found


@dataclass(slots=True, frozen=True)
class _Link:
    """A later item and its place that fits a request; a `sure` one stays beside items that fit better."""

    item: LaterItem
    fit: Fit
    sure: bool = False


def _fitting(wanted: Wanted, council: Council, weights: Weights) -> list[_Link]:
    """The later items that fit a request well enough by themselves; of those much worse than the best not all.

    An item that is no list of requests must be likely as well.
    """
    found: list[_Link] = []
    best = 0.0
    for index, held in _promising(wanted, council):
        item = council.items[index]
        if item.kind in OF_REQUESTS:
            fit = best_fit(index, wanted, council, held, ENOUGH)
            if fit is not None and (fit.cites or item.kind != "tracker" or fit.score >= ENOUGH_IN_A_LIST):
                found.append(_Link(item, fit))
            continue
        fit = best_fit(index, wanted, council, held, max(ENOUGH, min(OWN * AS_GOOD * best, GOOD)))
        likely = likelihood(index, wanted, council, fit, weights) if fit is not None else 0.0
        if fit is not None and likely >= LIKELY:
            theirs = item.kind == "item" and wanted.is_for(item.committee_id)
            found.append(_Link(item, fit, sure=theirs and likely >= VERY_LIKELY and fit.score >= GOOD))
            best = max(best, fit.score)
    return found


def _is_its_own(link: _Link, taken: Mapping[str, Sequence[Fit]]) -> bool:
    """Whether a place answers this request rather than another one, which it fits much better."""
    here = link.fit.place
    return all(
        link.fit.score >= OWN * other.score
        for other in taken[link.item.id]
        if other.place.start < here.stop and here.start < other.place.stop
    )


def _kept(found: Sequence[_Link]) -> list[_Link]:
    """Of the items that fit a request, those that do so about as well as the best, or are sure."""
    best = max((link.fit.score for link in found if link.item.kind not in OF_REQUESTS), default=0.0)
    kept = [link for link in found if link.item.kind in OF_REQUESTS or link.fit.score >= _bar(link, found, best)]
    return sorted(kept, key=lambda link: (-link.fit.score, link.item.id))[:KEPT]


def _pointed_at(request: Request, kept: Sequence[_Link], council: Council) -> Iterator[Evidence]:
    """The items of the same agenda to which entries of lists point, where they are not among those kept."""
    known = {link.item.id for link in kept}
    for link in kept:
        entry = link.item
        number = asking.item_of_this_agenda(link.fit.says) if entry.kind in OF_REQUESTS else None
        index = council.item_numbered(entry.committee_id, number, entry.date) if number else None
        if index is None or council.items[index].id in known:
            continue
        item = council.items[index]
        known.add(item.id)
        reason = f"{_after(request, item)}; the list of actions at that meeting points to it"
        yield Evidence(request.id, item.id, round(link.fit.score, 3), "answers", reason)


def _bar(link: _Link, found: Sequence[_Link], best: float) -> float:
    """The score that an item needs beside the others that were found, of which `best` is that of no list.

    An entry of a list that is surely about the request speaks against others where it says that it was done, and
    against those before where it says that it was not.
    """
    told = (
        other.fit.score
        for other in found
        if other.item.kind in OF_REQUESTS
        and (other.fit.score >= SURE or other.fit.cites)
        and (_says(other) == "answers" or other.item.date >= link.item.date)
    )
    return AS_GOOD * max([0.0 if link.sure else best, *told])


def _promising(wanted: Wanted, council: Council) -> list[tuple[int, float]]:
    """The numbers of the later items that hold enough of a request to be looked at, or cite its minute.

    With each is what its words weigh, the most first: the better the first ones fit, the fewer of the others need be
    looked at.
    """
    sharing = council.sharing(wanted.terms, wanted.request.date)
    for index, runs in wanted.abbreviations.items():
        sharing[index] = sharing.get(index, 0.0) + sum(
            wanted.terms[word].weight for word in {word for run in runs.values() for word in run}
        )
    least = max(FEWER * LEAST_WEIGHT, LEAST_SHARE * wanted.whole) - _SLACK
    promising = {index: held for index, held in sharing.items() if held >= least}
    for index in wanted.citing:
        promising.setdefault(index, sharing.get(index, 0.0))
    return sorted(promising.items(), key=lambda pair: (-pair[1], pair[0]))


def _says(link: _Link) -> Says:
    if link.item.kind == "programme":
        return "programme"
    not_done = asking.says_not_done(link.fit.says, of_list=link.item.kind in OF_REQUESTS)
    return "outstanding" if not_done else "answers"


def _reason(request: Request, link: _Link) -> str:
    item, fit = link.item, link.fit
    named = words_by_stem(f"{request.text} {request.recipient} {request.title}")
    kinds = {
        "tracker": ", in a list of actions",
        "matters": ", under matters arising",
        "programme": ", in a work programme",
    }
    said = []
    if fit.shared:
        said.append(f"shares the words {', '.join(named[word] for word in fit.shared)}")
    if fit.kin:
        said.append(f"has words like {', '.join(named[word] for word in fit.kin)}")
    said += [words for reason, words in _IN_WORDS if reason in fit.reasons]
    return f"{_after(request, item)}{kinds.get(item.kind, '')}; {'; '.join(said)}"


def _after(request: Request, item: LaterItem) -> str:
    """Whose a later item is, and how long after the request: `the same committee, 60 days later`."""
    days = (date.fromisoformat(item.date) - date.fromisoformat(request.date)).days
    where = "the same committee" if item.committee_id == request.committee_id else "another committee"
    return f"{where}, {days} days later"


_IN_WORDS = (
    ("cites", "it cites the minute"),
    ("dated", "it cites the meeting"),
    ("back", "it refers back"),
    ("body", "it names the committee that asked"),
    ("who", "it names who asked or promised"),
)
