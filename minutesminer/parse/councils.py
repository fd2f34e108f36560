"""The register of UK councils, and recognising which council a document belongs to.

The register is `patterns/councils/councils.csv`; its sources are named beside it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from minutesminer.resources import folder

_WORD = re.compile(r"[A-Za-z][A-Za-z'\-]*|&|,")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z'\-]*")
_LONGEST_NAME = 100  # characters
_LOOK_BACK = 40  # characters, of which two words are needed
_DOMAIN = re.compile(
    # A label has at most 63 characters; without the bounds a long run of letters takes hours.
    r"(?<![a-z0-9-])([a-z0-9-]{1,63})"
    r"\.(?:gov\.uk|gov\.wales|llyw\.cymru|moderngov\.co\.uk|cmis\.uk\.com|public-i\.tv)\b",
    re.I,
)
_TITLES = {
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "cllr",
    "councillor",
    "lord",
    "lady",
    "alderman",
    "rev",
}
_PARTNERS = {"partnership with", "visit to", "learning from", "examples from", "compared with", "as well as"}
_COMPANY = {"with", "like", "than", "neighbouring", "alongside", "including", "adjoining"}
_OFFICE = re.compile(
    r"\b(?:council|county|city|district|borough|metropolitan|unitary|london|royal|authority|corporation|of|the)\b"
)
_SMALL = {"of", "and", "the", "upon", "with", "on", "in", "&", ",", "ar"}
# A council named in full says more than a bare place name, of which one mention is never enough; `Harrow's` says
# more than `Harrow`, which may be no more than where something is.
_STRONG, _OWNING, _WEAK = 3, 2, 1
_ENOUGH, _LEAD = 3, 1.5


@dataclass(frozen=True, slots=True)
class CouncilEntry:
    """One row of the register: `name` in full, `common_name` as people say it.

    `root` is the address of the folder with the pages of the meetings' site, `quirks` what is odd about it, and
    `last_worked` the month (`2026-08`) in which it was last known to answer; each may be empty.
    """

    id: str
    name: str
    common_name: str
    gss_code: str
    nation: str
    type: str
    platform: str
    website: str
    root: str
    quirks: tuple[str, ...]
    last_worked: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Word sequences by their first word: (words, entry, whether the name is said in full)."""

    by_word: dict[str, list[tuple[tuple[str, ...], CouncilEntry, bool]]]
    by_domain: dict[str, CouncilEntry]
    exact: dict[str, CouncilEntry]


@lru_cache(maxsize=1)
def register() -> tuple[CouncilEntry, ...]:
    """All councils of the register, in the order of their ids."""
    path = folder("patterns") / "councils" / "councils.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            CouncilEntry(
                id=row["id"],
                name=row["name"],
                common_name=row["common_name"],
                gss_code=row["gss_code"],
                nation=row["nation"],
                type=row["type"],
                platform=row["platform"],
                website=row["website"],
                root=row["root"],
                quirks=_parts(row["quirks"]),
                last_worked=row["last_worked"],
                aliases=_parts(row["aliases"]),
            )
            for row in csv.DictReader(file)
        )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def by_id(code: str) -> CouncilEntry | None:
    """The council of that three-letter code."""
    return next((entry for entry in register() if entry.id == code), None)


def by_name(name: str) -> CouncilEntry | None:
    """The council of that name: as registered, by an alias or abbreviation, or spelt nearly so."""
    key = _key(name)
    if not key:
        return None
    exact = _index().exact
    if key in exact:
        return exact[key]
    # Only what tells councils apart is compared: nearly alike names (North and South Tyneside) score under 92.
    own = _OFFICE.sub(" ", key).strip()
    best = process.extractOne(own, _own_names(), scorer=fuzz.ratio, score_cutoff=92)
    return exact[best[2]] if best and own else None


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """What tells the councils apart of each name in the register."""
    return {name: _OFFICE.sub(" ", name).strip() for name in _index().exact}


def find(text: str, header: str = "") -> CouncilEntry | None:
    """The council that a document belongs to, or None where the text leaves it open.

    A council named in full in the header (`KENT COUNTY COUNCIL`) decides; several there mean a joint
    committee, which belongs to none. Else the council most mentioned in `text` with a clear lead.
    """
    in_header = list(_mentions(header))
    named = {entry.id: entry for entry, weight, _ in in_header if weight == _STRONG}
    if len(named) == 1:
        return next(iter(named.values()))
    if len(named) > 1:
        return None
    weights: dict[str, int] = defaultdict(int)
    entries: dict[str, CouncilEntry] = {}
    for entry, weight, partner in chain(in_header, _mentions(text)):
        entries[entry.id] = entry
        if not partner:
            weights[entry.id] += weight
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    return entries[ranked[0][0]]


def named_in_full(text: str) -> dict[str, str]:
    """The councils that a text names in full or by the domain of their site: names by id, in the text's order."""
    return {entry.id: entry.name for entry, weight, _ in _mentions(text) if weight == _STRONG}


def register_has(code: str) -> bool:
    """Whether the register has a council of that three-letter code."""
    return any(entry.id == code for entry in register())


def _mentions(text: str) -> Iterator[tuple[CouncilEntry, int, bool]]:
    """Each mention of a council: (council, how much it says, whether as a partner or comparison)."""
    index = _index()
    for match in _DOMAIN.finditer(text):
        entry = index.by_domain.get(match[1].lower())
        if entry:
            yield entry, _STRONG, False
    text = text.replace("’", "'")
    done = 0
    for match in _CAPITAL.finditer(text):
        # Most capitals begin no council's name: the words about one are looked at only where it may.
        if match.start() < done or _bare(match[0]) not in index.by_word:
            continue
        words = _WORD.findall(text, match.start(), match.start() + _LONGEST_NAME)
        found = _longest(index, words)
        if found is None:
            continue
        length, entry, strong = found
        before = [_bare(word) for word in _WORD.findall(text, max(0, match.start() - _LOOK_BACK), match.start())]
        partner = bool(before) and (before[-1] in _COMPANY or " ".join(before[-2:]) in _PARTNERS)
        if strong or not before or before[-1] not in _TITLES:
            owning = words[length - 1].lower().endswith(("'s", "s'"))
            yield entry, _STRONG if strong else _OWNING if owning else _WEAK, partner
        done = match.start() + sum(map(len, words[:length]))


def _longest(index: _Index, words: list[str]) -> tuple[int, CouncilEntry, bool] | None:
    """The longest name of a council that some words open with: its number of words, the council, whether in full."""
    lowered = [_bare(word) for word in words]
    best: tuple[int, CouncilEntry, bool] | None = None
    for name, entry, strong in index.by_word.get(lowered[0], ()):
        size = len(name)
        longer = (best is None or size > best[0]) and tuple(lowered[:size]) == name
        if longer and all(word[0].isupper() or word in _SMALL for word in words[:size]):
            best = size, entry, strong
    return best


def _bare(word: str) -> str:
    lowered = word.lower()
    return lowered[:-2] if lowered.endswith("'s") else lowered.rstrip("'")


def _key(name: str) -> str:
    return " ".join(_bare(word) for word in _WORD.findall(name.replace("’", "'").replace("-", " "))).removeprefix(
        "the "
    )


@lru_cache(maxsize=1)
def _index() -> _Index:
    by_word: dict[str, list[tuple[tuple[str, ...], CouncilEntry, bool]]] = defaultdict(list)
    exact: dict[str, CouncilEntry] = {}
    shared: set[str] = set()
    for entry in register():
        for name, strong in _names(entry):
            key = _key(name)
            if key in exact and exact[key].id != entry.id:
                shared.add(key)
            exact.setdefault(key, entry)
            words = tuple(_bare(word) for word in _WORD.findall(name.replace("’", "'")))
            by_word[words[0]].append((words, entry, strong))
    for key in shared:
        del exact[key]
        first = key.split(" ")[0]
        by_word[first] = [known for known in by_word[first] if " ".join(known[0]) != key]
    return _Index(dict(by_word), _domains(), exact)


def _names(entry: CouncilEntry) -> Iterator[tuple[str, bool]]:
    """Every way of naming a council: (name, whether it says in full that a council is meant)."""
    short = {entry.common_name, *entry.aliases}
    yield entry.name, True
    for name in sorted(short):
        full = "Council" in name or "Borough of" in name or "Corporation" in name
        yield name, full
        if full:
            continue
        suffixes = ["Council", "Borough Council", "City Council", "District Council", "County Council"]
        wanted = [suffix for suffix in suffixes if suffix == "Council" or suffix in entry.name]
        yield from ((f"{name} {suffix}", True) for suffix in wanted)
        if entry.type == "London borough":
            yield from ((f"{lead} {name}", True) for lead in ("LB", "London Borough of", "RB", "Royal Borough of"))
    yield from ((initials, True) for initials in _initials(entry))


def _initials(entry: CouncilEntry) -> Iterable[str]:
    """`LBTH` for Tower Hamlets, `KCC` for Kent: London boroughs and counties only."""
    if entry.type == "London borough":
        letters = "".join(word[0] for word in entry.name.split() if word[0].isupper())
        return [letters] if len(letters) > 3 or letters.startswith("RB") else []
    if entry.type == "county" and entry.name.endswith("County Council"):
        letters = "".join(word[0] for word in entry.name.split() if word[0].isupper())
        return [letters]
    return []


def _domains() -> dict[str, CouncilEntry]:
    """Councils by the label of their domain: `kingston` of `moderngov.kingston.gov.uk`."""
    found: dict[str, CouncilEntry] = {}
    several: set[str] = set()
    for entry in register():
        host = urlsplit(entry.website).hostname or ""
        match = _DOMAIN.search(host)
        if match is None:
            continue
        label = match[1].lower()
        if label in found:
            several.add(label)
        found[label] = entry
    return {label: entry for label, entry in found.items() if label not in several}
