"""When each committee of a council met or is to meet, from the meetings read and those the sites list.

A committee that only a site lists has a key of the same making as the ids of `committees`, so that
`the next Cabinet meeting` can be found though no minutes of Cabinet were read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from minutesminer.parse.facts import CALLED_OFF, match_committee
from minutesminer.store.ids import slug

_DATED = "date glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_COUNCIL = re.compile(
    r"(?:(?:full|county|city|borough|district|town|metropolitan|annual|the|meeting of) )*council(?: meeting)?"
)
_CABINET = re.compile(r"(?:the )?(?:cabinet|executive|executive (?:board|cabinet|committee))(?: meeting)?")
_ARTICLES = frozenset("a an and for in of on s the to with meeting".split())


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee by its id (or the key that its id would be), its council and its name, and when it meets.

    `dates` are ISO days, each once, in order.
    """

    key: str
    council_id: str | None
    name: str
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Committees by key, and the keys of each council's committees in the order of their names."""

    committees: Mapping[str, Committee]
    by_council: Mapping[str, tuple[str, ...]]

    def dates(self, key: str | None) -> tuple[str, ...]:
        """The days of a committee's meetings; none of a committee that is not known."""
        known = self.committees.get(key) if key is not None else None
        return known.dates if known is not None else ()

    def next_meeting(self, key: str | None, after: str, count: int = 1) -> str | None:
        """The day of the first meeting after the day `after`; the second and so on by `count`."""
        dates = self.dates(key)
        place = bisect_right(dates, after) + count - 1
        return dates[place] if place < len(dates) else None

    def meeting_in_month(self, key: str | None, month: str, after: str) -> str | None:
        """The day of the first meeting in `month` (`2024-03`) that is after the day `after`."""
        found = self.next_meeting(key, max(after, f"{month}-00"))
        return found if found is not None and found.startswith(month) else None

    def meetings_between(self, key: str | None, after: str, until: str) -> int:
        """How many meetings are after the day `after` and not after the day `until`."""
        dates = self.dates(key)
        return max(bisect_right(dates, until) - bisect_right(dates, after), 0)

    def find_committee(self, council_id: str | None, words: str) -> str | None:
        """The key of the one committee of a council that `words` mean; None where none or several may be meant.

        `full Council` is the council itself, `Cabinet` and `Executive` the body that decides for it; else the
        name as it is, however punctuated, or the one name that holds all the words.
        """
        keys = self.by_council.get(council_id, ()) if council_id is not None else ()
        names = {self.committees[key].name: key for key in reversed(keys)}
        wanted = " ".join(words.lower().replace("’", "'").split())
        for kind in (_COUNCIL, _CABINET):
            if kind.fullmatch(wanted):
                alike = [name for name in names if kind.fullmatch(_plain(name))]
                best = min(alike, key=lambda name: (name.lower() != wanted, len(name), name), default=None)
                return names[best] if best is not None else None
        matched = match_committee(words, sorted(names))
        if matched in names:
            return names[matched]
        asked = name_words(wanted)
        holding = [name for name in names if asked and asked <= name_words(name.lower())]
        return names[holding[0]] if len(holding) == 1 else None


def read_calendar(db: Database) -> Calendar:
    """The calendar of a database of the store's schema; what was called off or cancelled is left out."""
    known: dict[str, tuple[str | None, str]] = {
        key: (council_id, name or "")
        for key, council_id, name in db.execute("select id, council_id, name from committees order by id")
    }
    days: dict[str, set[str]] = defaultdict(set)
    for key, day, status in db.execute(f"select committee_id, date, status from meetings where {_DATED}"):
        if not CALLED_OFF.search(status or ""):
            days[key].add(day)
    rows = db.execute(
        f"""select distinct council_id, committee, date, coalesce(status, '') from listed_meetings
        where {_DATED} and committee is not null and coalesce(outcome, '') <> 'cancelled'
        order by council_id, committee, date"""
    )
    listed = [(council_id, name, day) for council_id, name, day, status in rows if not CALLED_OFF.search(status)]
    keys = _keys_of_listed([(council_id, name) for council_id, name, _ in listed], known)
    for council_id, name, day in listed:
        days[keys[council_id, name]].add(day)
    for place, key in keys.items():
        known.setdefault(key, place)
    return build_calendar(
        Committee(key, council_id, name, tuple(days.get(key, ()))) for key, (council_id, name) in known.items()
    )


def build_calendar(committees: Iterable[Committee]) -> Calendar:
    """A calendar of `committees`; their dates need neither be in order nor told once."""
    by_key: dict[str, Committee] = {}
    by_council: dict[str, list[str]] = defaultdict(list)
    for one in sorted(committees, key=lambda each: (each.name, each.key)):
        by_key[one.key] = Committee(one.key, one.council_id, one.name, tuple(sorted(set(one.dates))))
        if one.council_id is not None and one.name:
            by_council[one.council_id].append(one.key)
    return Calendar(by_key, {council: tuple(keys) for council, keys in by_council.items()})


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z]+", name.lower()))


def name_words(name: str) -> frozenset[str]:
    """The words of a name in small letters that tell it from another, without `s` of a genitive or plural."""
    joined = re.sub(r"\bsub[\s-]*committee", "subcommittee", name.replace("’", "'").replace("'", ""))
    return frozenset(word.removesuffix("s") for word in re.findall(r"\w+", joined) if word not in _ARTICLES)


def _keys_of_listed(
    places: Iterable[tuple[str, str]], known: Mapping[str, tuple[str | None, str]]
) -> dict[tuple[str, str], str]:
    """The keys of committees by council and name as listed, each that of a known one of that name if there is one."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for key, (council_id, name) in known.items():
        if council_id is not None and name:
            names[council_id].setdefault(name, key)
    keys: dict[tuple[str, str], str] = {}
    for council_id, name in places:
        if (council_id, name) not in keys:
            own = names[council_id]
            key = own.get(match_committee(name, list(own))) or f"{council_id}-{slug(name) or 'unknown'}"
            keys[council_id, name] = own[name] = key
    return keys


def save_calendar(db: Database, calendar: Calendar) -> None:
    """Fill the table `calendar` anew."""
    db.execute("delete from calendar")
    db.conn.executemany(
        "insert into calendar (committee_key, date, council_id, committee) values (?, ?, ?, ?)",
        (
            (committee.key, day, committee.council_id, committee.name)
            for committee in calendar.committees.values()
            for day in committee.dates
        ),
    )
