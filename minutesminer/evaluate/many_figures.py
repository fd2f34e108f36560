"""An invented database of many figures, for the speed of series and of the website over all councils and many years.

Councils and committees are invented; the measures are those of the catalogue, and how frequent each is follows a
Zipf-Mandelbrot distribution. Everything comes from a seed. Text is kept short, for the sake of the disk: an item is
its figures' sentences, a meeting has three items, a document is a meeting.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, product
from typing import NamedTuple

from sqlite_utils import Database

from minutesminer import resources
from minutesminer.link.catalogue import Measure, load_catalogue
from minutesminer.link.counts import link_counts
from minutesminer.link.measures import link_measures
from minutesminer.link.series import link_series
from minutesminer.link.threads import link_requests
from minutesminer.store.filling import indexes_built_after
from minutesminer.store.search import rebuild

MEETINGS_A_YEAR = 4
"""Of each committee."""
ITEMS_A_MEETING = 3

_LAST_YEAR = 2025
_KINDS_OF_COUNCIL = ("Borough Council", "County Council", "District Council", "City Council")
_COMMITTEES = (
    "Children’s Services|Adult Social Care|Health and Wellbeing|Housing|Environment|Community Safety|Resources|"
    "Economy and Skills|Planning|Education|Transport|Culture|Corporate Performance|Budget|Climate|Licensing|"
    "Regeneration|Public Protection|Customer Services|Partnerships"
).split("|")
_UNMAPPED = 0.4  # share of figures of no catalogued measure
_ZIPF_SHIFT = 5  # of nearly five hundred measures the commonest has one figure in forty
_SAME_AGAIN = 0.4  # share of figures that go with the one before: its target, what it was before ...
_GOING_WITH = ("target",) * 4 + ("previous",) * 4 + ("benchmark",) * 2 + ("forecast", "change")
_SENTENCES = {
    "actual": ("{what} stood at {figure}{period}.", "Members heard that {what} was {figure}{period}."),
    "target": (
        "The target for {what} was {figure}{period}.",
        "This was against a target of {figure} for {what}{period}.",
    ),
    "previous": ("It had been {figure} for {what}{period}.", "A year before, {what} had been {figure}{period}."),
    "benchmark": ("The average of statistical neighbours for {what} was {figure}{period}.",),
    "forecast": ("Officers expected {what} to reach {figure}{period}.",),
    "change": ("This was a change of {figure} in {what}{period}.",),
}
_THINGS = "applications visits referrals staff residents households schools pupils repairs calls grants events".split()
_OF_THINGS = "received completed supported inspected assessed surveyed visited planned approved refused".split()
_DECISIONS = ("note", "agree", "recommend", "request", "endorse", "approve")
_PLACES = [
    a + b
    for a, b in product(
        "ald bram cor dun elm fen gren hazel ing kel lang mar nor".split(),
        ("ford", "ham", "ley", "mere", "ton", "wick"),
    )
]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a database is: `committees` are of each council, meetings go back `years`; records of all councils.

    `requests` are actions and follow-ups, half of each.
    """

    figures: int = 10_000_000
    councils: int = 390
    committees: int = 20
    years: int = 20
    resolutions: int = 200_000
    requests: int = 20_000


class _Subject(NamedTuple):
    """What a figure is about: a catalogued measure, or none; `form` makes its words (`87.5%`) of its value."""

    measure_id: str | None
    what: str
    kind: str
    unit: str | None
    form: str
    middle: float


def invent(db: Database, size: Size, seed: int = 1) -> None:
    """Fill an empty, open database: the same size and seed give the same rows. Its series are linked, its text indexed.

    What takes the time of linking a real database, finding each figure's measure, is known here and left out.
    """
    rng = random.Random(seed)
    catalogue = load_catalogue(resources.folder("patterns"))
    subjects = _Subjects.of(rng, catalogue.measures)
    db.execute("PRAGMA synchronous = OFF")  # a database that can be made again
    with db.atomic():
        link_measures(db, catalogue)
        with indexes_built_after(db, *_COLUMNS):
            for number in range(size.councils):
                _invent_council(db, rng, subjects, size, number)
        link_series(db)
        link_counts(db)
        link_requests(db)
    rebuild(db)


@dataclass(frozen=True, slots=True)
class _Subjects:
    """What figures can be about, and the sums of how frequent each is."""

    all: Sequence[_Subject]
    weights: Sequence[float]

    @classmethod
    def of(cls, rng: random.Random, measures: Sequence[Measure]) -> _Subjects:
        mapped = [_of_measure(rng, measure) for measure in rng.sample(measures, len(measures))]
        others = [_of_nothing(rng, f"{thing} {done}") for thing, done in product(_THINGS, _OF_THINGS)]
        shares = [*_shares(len(mapped), 1 - _UNMAPPED), *_shares(len(others), _UNMAPPED)]
        return cls([*mapped, *others], list(accumulate(shares)))


def _shares(number: int, whole: float) -> list[float]:
    weights = [1 / (rank + _ZIPF_SHIFT) for rank in range(number)]
    return [whole * weight / sum(weights) for weight in weights]


def _of_measure(rng: random.Random, measure: Measure) -> _Subject:
    what = measure.names[0]
    unit = measure.unit
    if unit == "%":
        return _Subject(measure.id, what, "percentage", unit, "{:g}%", rng.uniform(20, 90))
    if unit == "GBP":
        return _Subject(measure.id, what, "money", unit, "£{:,.0f}", rng.uniform(1e4, 5e6))
    kind = "rate" if "rate" in measure.kinds else min(measure.kinds)
    return _Subject(measure.id, what, kind, unit, "{:g} " + unit, rng.uniform(5, 500))


def _of_nothing(rng: random.Random, what: str) -> _Subject:
    kind, unit, form = rng.choice(
        (("count", what.split()[0], "{:,.0f}"), ("percentage", "%", "{:g}%"), ("money", "GBP", "£{:,.0f}"))
    )
    return _Subject(None, what, kind, unit, form, rng.uniform(20, 90))


_COLUMNS = {
    "councils": "id, name, nation, type",
    "committees": "id, council_id, name, kind",
    "meetings": "id, committee_id, date, url",
    "documents": "id, source, media_type, size, council_id, outcome",
    "items": "id, document_id, meeting_id, position, number, title, text",
    "metrics": "id, item_id, document_id, meeting_id, kind, value, unit, comparator, measure, role, period, "
    "period_start, period_end, measure_id, quote, sentence, start_char, end_char, rule",
    "resolutions": "id, item_id, document_id, meeting_id, decision, outcome, quote, sentence, start_char, end_char, "
    "rule",
    "actions": "id, item_id, document_id, meeting_id, owner, task, due, strength, quote, sentence, start_char, "
    "end_char, rule",
    "follow_ups": "id, item_id, document_id, meeting_id, requester, request, due, quote, sentence, start_char, "
    "end_char, rule",
    "threads": "record_id, first_id",
    "calendar": "committee_key, date, council_id, committee",
}
_Rows = dict[str, list[tuple[object, ...]]]


def _invent_council(db: Database, rng: random.Random, subjects: _Subjects, size: Size, number: int) -> None:
    code = "".join(chr(65 + digit) for digit in (number // 676, number // 26 % 26, number % 26))
    name = f"{_PLACES[number % len(_PLACES)].title()} {_KINDS_OF_COUNCIL[number // len(_PLACES) % 4]}"
    rows: _Rows = {table: [] for table in _COLUMNS}
    rows["councils"].append((code, f"{name} {code}", "England", "district"))
    meetings = size.committees * size.years * MEETINGS_A_YEAR
    figures, resolutions, requests = (
        _share(whole, size.councils, number) for whole in (size.figures, size.resolutions, size.requests)
    )
    level = [subject.middle * rng.uniform(0.7, 1.1) for subject in subjects.all]
    for committee in range(size.committees):
        place = f"{code}-{committee:02}"
        title = f"{_COMMITTEES[committee % len(_COMMITTEES)]} Scrutiny Committee"
        rows["committees"].append((place, code, title, "scrutiny"))
        first = committee * size.years * MEETINGS_A_YEAR
        for k, held in enumerate(_meetings(size.years, committee)):
            counts = [_share(whole, meetings, first + k) for whole in (figures, resolutions, requests)]
            document = f"{rng.getrandbits(48):012x}"
            meeting = f"{place}-{held}"
            rows["meetings"].append((meeting, place, held.isoformat(), f"https://{code.lower()}.example/{document}"))
            rows["documents"].append((document, f"{document}.html", "text/html", 1, code, "ok"))
            rows["calendar"].append((place, held.isoformat(), code, title))
            _invent_meeting(rng, subjects, level, held, (document, meeting), counts, rows)
    for table, columns in _COLUMNS.items():
        marks = ", ".join("?" * len(columns.split(", ")))
        db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows[table])


def _share(whole: int, parts: int, number: int) -> int:
    """The size of one of so many parts as equal as can be."""
    return whole * (number + 1) // parts - whole * number // parts


def _meetings(years: int, committee: int) -> Iterator[date]:
    for year in range(_LAST_YEAR - years + 1, _LAST_YEAR + 1):
        for quarter in range(MEETINGS_A_YEAR):
            yield date(year, 1 + 12 // MEETINGS_A_YEAR * quarter, 1) + timedelta(days=5 + 2 * committee)


def _invent_meeting(
    rng: random.Random,
    subjects: _Subjects,
    level: Sequence[float],
    held: date,
    place: tuple[str, str],
    counts: Sequence[int],
    rows: _Rows,
) -> None:
    """Add a meeting's items with so many figures, resolutions and requests of them."""
    figures, resolutions, requests = counts
    for position in range(ITEMS_A_MEETING):
        item = f"{place[0]}.{position}"
        keys = (item, *place)
        text = ""
        said: _Subject | None = None
        for _ in range(_share(figures, ITEMS_A_MEETING, position)):
            said, text = _add_figure(rng, subjects, level, held, keys, said, text, rows["metrics"])
        for _ in range(_share(resolutions, ITEMS_A_MEETING, position)):
            quote = "the report be noted"
            text, span = _say(text, f"RESOLVED: That {quote}.", quote)
            decision = rng.choice(_DECISIONS)
            rows["resolutions"].append((f"{item}.r{span[2]}-{span[3]}", *keys, decision, "carried", *span, "invented"))
        for _ in range(_share(requests, ITEMS_A_MEETING, position)):
            text = _add_request(rng, keys, text, rows)
        title = f"Performance report {position + 1}" if said is None else said.what.capitalize()
        rows["items"].append((item, *place, position, str(position + 1), title, text))


def _add_figure(
    rng: random.Random,
    subjects: _Subjects,
    level: Sequence[float],
    held: date,
    keys: tuple[str, ...],
    before: _Subject | None,
    text: str,
    metrics: list[tuple[object, ...]],
) -> tuple[_Subject, str]:
    if before is not None and rng.random() < _SAME_AGAIN:
        subject, role = before, rng.choice(_GOING_WITH)
        middle = subject.middle
    else:
        number = rng.choices(range(len(subjects.all)), cum_weights=subjects.weights)[0]
        subject, role = subjects.all[number], "actual"
        middle = level[number] * (1 + (held.year - 2015) / 200)
    value = round(middle * rng.uniform(0.95, 1.05), 1)
    figure = subject.form.format(value)
    period, start, end = _period(rng, held)
    sentence = rng.choice(_SENTENCES[role]).format(
        what=subject.what, figure=figure, period=f" in {period}" if period else ""
    )
    text, span = _say(text, sentence[0].upper() + sentence[1:], figure)
    metrics.append(
        (f"{keys[0]}.m{span[2]}-{span[3]}", *keys, subject.kind, value, subject.unit, "=", subject.what, role)
        + (period, start, end, subject.measure_id, *span, f"invented.{role}")
    )
    return subject, text


def _add_request(rng: random.Random, keys: tuple[str, ...], text: str, rows: _Rows) -> str:
    what = f"a report on {rng.choice(_THINGS)} {rng.choice(_OF_THINGS)}"
    if rng.random() < 0.5:
        text, span = _say(text, f"The Director undertook to provide {what}.", what)
        id_ = f"{keys[0]}.a{span[2]}-{span[3]}"
        rows["actions"].append((id_, *keys, "The Director", what, None, "undertaken", *span, "invented"))
    else:
        text, span = _say(text, f"The Chair asked for {what}.", what)
        id_ = f"{keys[0]}.f{span[2]}-{span[3]}"
        rows["follow_ups"].append((id_, *keys, "The Chair", what, None, *span, "invented"))
    rows["threads"].append((id_, id_))
    return text


def _say(text: str, sentence: str, quote: str) -> tuple[str, tuple[str, str, int, int]]:
    """The text with a sentence more, and quote, sentence and place of the quote."""
    start = len(text) + bool(text) + sentence.index(quote)
    return f"{text} {sentence}" if text else sentence, (quote, sentence, start, start + len(quote))


def _period(rng: random.Random, held: date) -> tuple[str | None, str | None, str | None]:
    """Nothing for half of the figures; for others the financial year before a meeting, or the quarter before it."""
    chance = rng.random()
    if chance < 0.5:
        return None, None, None
    year = held.year - (held.month < 4) - 1
    if chance < 0.75:
        return f"{year}/{(year + 1) % 100:02}", f"{year}-04-01", f"{year + 1}-03-31"
    quarter = (held.year * 12 + held.month - 1) // 3 - 1
    start = date(quarter // 4, quarter % 4 * 3 + 1, 1)
    end = date((quarter + 1) // 4, (quarter + 1) % 4 * 3 + 1, 1) - timedelta(days=1)
    return f"Quarter {(quarter - 1) % 4 + 1}", start.isoformat(), end.isoformat()
