"""An invented database of many councils over many years, for what cannot be seen of a few minutes: time and memory.

Everything comes from a seed: words by a Zipf-Mandelbrot distribution, half of an item's from its subject, in the
sentences of minutes; requests in the words of their item, and answers to some of them at later meetings.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import NamedTuple

from sqlite_utils import Database

from minutesminer.evaluate.growth import words
from minutesminer.mine.promises.due import due_date
from minutesminer.store.tables import TABLES

COMMITTEES = 20
"""Of each council."""
ITEMS_A_MEETING = 8
PEOPLE_A_MEETING = 8

_WORDS = 20_000
_ZIPF_SHIFT = 30  # the few commonest words of English are function words, which the sentences have already
_SUBJECTS = 600
_WORDS_A_SUBJECT = 40
_SUBJECTS_A_COMMITTEE = 40
_DAYS = 15 * 365
_FIRST_DAY = date(2010, 1, 4)
_AHEAD = 10_000  # words drawn at once

_SENTENCES = (
    "The Committee noted that {} {} had {} the {} {} of the {}.",
    "Members asked about the {} of {} and whether {} {} would be {} by the {} {}.",
    "In response to a question, the Director said that {} {} and {} {} had been {}; {} would follow.",
    "It was reported that {}% of {} {} were {}, against a target of {} for {} {}.",
    "Councillors were concerned at the {} in {}, the {} of {} {} and the cost of {}.",
    "The {} {} was {} with partners, and {} for {} {} remained a priority for the council.",
    "Officers explained how {} {} worked with {} {} to support {} in the {} area.",
    "A Member queried the {} {} figures: {} {} had risen while {} fell.",
    "The report set out {} {}, {} and {} {} across the borough.",
    "RESOLVED that the {} {} be noted, and that {} {} be considered in the {} review.",
)
_ASKS = (
    "The Chair asked for {what}{due}.",
    "Members requested {what}{due}.",
    "It was agreed that officers would provide {what}{due}.",
    "The Director undertook to circulate {what}{due}.",
    "The Panel again asked for {what}, which it had previously requested{due}.",
)
_WANTS = (
    "a report on the {0} of {1}",
    "a breakdown of {0} by {1}",
    "further information on {0} and {1}",
    "the figures for {0}, with {1}",
    "an update on {0} in the {1}",
)
_ANSWERS = (
    "Further to the request at the last meeting, the Committee received the {} report on {}.",
    "The figures for {} and {} had been circulated to Members.",
    "The {} and {} were reported as part of the quarterly update.",
)
_ENTRIES = ("{} {} – outstanding", "{} {} – completed and circulated", "{} {}: in hand")
_WHO = (
    *("the Director", "the Director of {post}", "the Head of {post}", "Officers", "the Chair", "the Committee"),
    *("Councillor {surname}", "the Assistant Director", "the Service Manager", "the Executive Member for {post}"),
)
_DUES = (
    *(None, None, None, None, "the next meeting", "by the next meeting of the Panel", "in six months", "in due course"),
    *("the meeting after next", "at the next Cabinet meeting", "by the end of March", "as soon as possible"),
    *("before the summer recess", "in the autumn", "by 31 December 2016", "the June meeting", "within two weeks"),
    *("at the first meeting of the municipal year", "annually", "next year", "by the end of the financial year"),
    *("the next meeting of the Scrutiny Committee", "quarterly", "later in the year", "ahead of the next meeting"),
)
_BODIES = ("Scrutiny Committee", "Panel", "Board", "Commission", "Committee")
_ROLES = ("Chair", "Vice-Chair", None, None, None, None, "Director of {post}", "Head of {post}")


class Size(NamedTuple):
    """How much is invented: councils, and items and requests of all of them."""

    councils: int
    items: int
    requests: int


@dataclass(slots=True)
class _Language:
    """The words there are, and those of each subject; `rng` is where all chance comes from."""

    rng: random.Random
    words: list[str]
    weights: list[float]
    subjects: list[list[str]]
    drawn: list[str] = field(default_factory=list)

    def draw(self, count: int) -> list[str]:
        """So many words of any subject, common ones more often."""
        if len(self.drawn) < count:
            self.drawn = self.rng.choices(self.words, cum_weights=self.weights, k=_AHEAD)
        taken = self.drawn[-count:]
        del self.drawn[-count:]
        return taken

    def mix(self, subject: Sequence[str], count: int) -> list[str]:
        """So many words, half of them of a subject."""
        mixed = [*self.draw(count - count // 2), *self.rng.choices(subject, k=count // 2)]
        self.rng.shuffle(mixed)
        return mixed


@dataclass(slots=True)
class _Committee:
    """A committee of a council: its people, what it is about, and requests that nobody has answered yet."""

    id: str
    name: str
    people: list[tuple[str, str | None]]
    subjects: list[list[str]]
    waiting: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Asked:
    """A request on its way into the text of its item."""

    what: str
    sentence: str
    due: str | None
    who: str


def invent(db: Database, size: Size, seed: int = 1) -> None:
    """Fill a new database of the store's schema; the same size and seed give the same rows."""
    language = _language(random.Random(seed))
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = -{256 * 1024}")
    for number in range(size.councils):
        with db.atomic():
            _invent_council(
                db,
                language,
                number,
                _share(size.items, size.councils, number),
                _share(size.requests, size.councils, number),
            )


def _share(whole: int, parts: int, number: int) -> int:
    """The size of one of so many parts as equal as can be."""
    return whole * (number + 1) // parts - whole * number // parts


def _language(rng: random.Random) -> _Language:
    endings = ("", "", "s", "ing", "ed", "es")
    known = [word + rng.choice(endings) for word in islice(words(), _WORDS)]
    rng.shuffle(known)
    weights = list(accumulate(1 / (rank + _ZIPF_SHIFT) for rank in range(_WORDS)))
    subjects = [rng.sample(known[100:], _WORDS_A_SUBJECT) for _ in range(_SUBJECTS)]
    return _Language(rng, known, weights, subjects)


def _invent_council(db: Database, language: _Language, number: int, items: int, requests: int) -> None:
    rng = language.rng
    council = f"C{number:03}"
    committees = list(_committees(language, council))
    asking = Counter(rng.choices(range(max(items, 1)), k=requests))
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    rows["councils"].append({"id": council, "name": f"{language.draw(1)[0].title()} Borough Council"})
    rows["committees"] += [{"id": one.id, "council_id": council, "name": one.name} for one in committees]
    meetings = -(-items // ITEMS_A_MEETING)
    for meeting in range(meetings):
        committee = committees[meeting % COMMITTEES]
        held = (_FIRST_DAY + timedelta(days=meeting * _DAYS // meetings)).isoformat()
        document = f"{rng.getrandbits(48):012x}"
        place = {"meeting_id": f"{committee.id}-{held}-{meeting}", "document_id": document}
        rows["meetings"].append({"id": place["meeting_id"], "committee_id": committee.id, "date": held})
        rows["listed_meetings"].append(
            {"id": f"{council}-{meeting}", "council_id": council, "committee": committee.name, "date": held}
        )
        rows["documents"].append(
            {
                "id": document,
                "source": f"{document}.html",
                "media_type": "text/html",
                "size": 1,
                "council_id": council,
                "outcome": "ok",
            }
        )
        rows["attendance"] += [
            {**place, "name": name, "role": role, "status": rng.choice(("present", "present", "apologies"))}
            for name, role in rng.sample(committee.people, PEOPLE_A_MEETING)
        ]
        first = meeting * ITEMS_A_MEETING
        for position in range(min(ITEMS_A_MEETING, items - first)):
            _invent_item(language, committee, held, place, position, asking[first + position], rows)
    for table in ("councils", "committees", "meetings", "documents", "items", "attendance", "listed_meetings"):
        _insert(db, table, rows[table])
    for table in ("actions", "follow_ups"):
        _insert(db, table, rows[table])


def _insert(db: Database, table: str, rows: Sequence[dict[str, object]]) -> None:
    columns = [column for column in TABLES[table].columns if any(column in row for row in rows)]
    if columns:
        db.conn.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            ([row.get(column) for column in columns] for row in rows),
        )


def _committees(language: _Language, council: str) -> Iterator[_Committee]:
    rng = language.rng
    for number in range(COMMITTEES):
        name = "Cabinet" if not number else f"{language.draw(1)[0].title()} {rng.choice(_BODIES)}"
        people = []
        for k in range(12):
            given, surname, post = (word.title() for word in language.draw(3))
            role = _ROLES[k % len(_ROLES)]
            title = "Councillor " if role is None or "hair" in role else ""
            people.append((f"{title}{given} {surname}", role and role.format(post=post)))
        subjects = rng.sample(language.subjects, _SUBJECTS_A_COMMITTEE)
        yield _Committee(f"{council}-{number}-{name.lower().replace(' ', '-')}", name, people, subjects)


def _invent_item(
    language: _Language,
    committee: _Committee,
    held: str,
    place: dict[str, str],
    position: int,
    requests: int,
    rows: dict[str, list[dict[str, object]]],
) -> None:
    """Add one item to the rows of `items`, with so many requests made in it."""
    rng = language.rng
    subject = rng.choice(committee.subjects)
    title, procedural = _title(language, subject, position)
    sentences, used = _sentences(language, subject)
    sentences += _answers(language, committee, tracker="tracker" in title)
    asked = [_ask(language, committee, used) for _ in range(requests)]
    sentences += [one.sentence for one in asked]
    rng.shuffle(sentences)
    text = sentences[0]
    for sentence in sentences[1:]:
        text += ("\n" if rng.random() < 0.4 or sentence[0].islower() else " ") + sentence
    item = f"{place['document_id']}.{position}"
    rows["items"].append(
        {"id": item, **place, "position": position, "title": title, "text": text, "procedural": procedural}
    )
    for number, one in enumerate(asked):
        start = text.index(one.sentence)
        end = start + len(one.sentence)
        record = {
            **place,
            "item_id": item,
            "due": one.due,
            "due_date": due_date(one.due, held),
            "quote": one.sentence,
            "sentence": one.sentence,
            "start_char": start,
            "end_char": end,
            "rule": "invented",
        }
        if number % 2 == len(text) % 2:
            strength = "planned" if rng.random() < 0.2 else "undertaken"
            own = {"id": f"{item}.a{start}-{end}-{number}", "owner": one.who, "task": one.what, "strength": strength}
            rows["actions"].append({**own, **record})
        else:
            own = {"id": f"{item}.f{start}-{end}-{number}", "requester": one.who, "request": one.what}
            rows["follow_ups"].append({**own, **record})


def _title(language: _Language, subject: Sequence[str], position: int) -> tuple[str, str | None]:
    rng = language.rng
    if position == 0 and rng.random() < 0.3:
        return "Minutes of the previous meeting", "previous_minutes"
    if position == 1 and rng.random() < 0.3:
        return rng.choice(("Action tracker", "Matters arising", "Recommendations tracker")), None
    if position == ITEMS_A_MEETING - 1 and rng.random() < 0.4:
        return "Scrutiny work programme", None
    return " ".join(language.mix(subject, rng.randint(3, 8))).capitalize(), None


def _sentences(language: _Language, subject: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sentences of an item of 80 to 200 words, and the words of its own in them."""
    rng = language.rng
    sentences: list[str] = []
    used: list[str] = []
    length = rng.randint(80, 200)
    while length > 0:
        pattern = rng.choice(_SENTENCES)
        mixed = language.mix(subject, pattern.count("{}"))
        sentences.append(pattern.format(*mixed))
        used += mixed
        length -= len(sentences[-1].split())
    return sentences, used


def _ask(language: _Language, committee: _Committee, used: Sequence[str]) -> _Asked:
    rng = language.rng
    wanted = rng.sample(used, min(rng.randint(4, 12), len(used)))
    if committee.waiting and rng.random() < 0.1:
        wanted = rng.choice(committee.waiting)
    half = len(wanted) // 2
    what = rng.choice(_WANTS).format(" ".join(wanted[:half]), " ".join(wanted[half:]))
    due = rng.choice(_DUES)
    if rng.random() < 0.6:
        committee.waiting.append(wanted)
    name, role = rng.choice(committee.people)
    post = (role or "Housing").rsplit(" ", 1)[-1]
    who = rng.choice(_WHO).format(post=post, surname=name.rsplit(" ", 1)[-1])
    return _Asked(what, rng.choice(_ASKS).format(what=what, due=f" {due}" if due else ""), due, who)


def _answers(language: _Language, committee: _Committee, *, tracker: bool) -> list[str]:
    """What is said of requests that wait: an answer now and then, and in a tracker an entry for each of several."""
    rng = language.rng
    if tracker:
        return [_said(rng, rng.choice(_ENTRIES), each[: max(len(each) // 2, 3)]) for each in committee.waiting[-6:]]
    if not committee.waiting or rng.random() < 0.8:
        return []
    wanted = committee.waiting.pop(rng.randrange(len(committee.waiting)))
    return [_said(rng, rng.choice(_ANSWERS), rng.sample(wanted, max(2, round(0.7 * len(wanted)))))]


def _said(rng: random.Random, pattern: str, held: Sequence[str]) -> str:
    cut = rng.randint(1, max(len(held) - 1, 1))
    return pattern.format(" ".join(held[:cut]), " ".join(held[cut:]))
