"""Who is meant by the wording of an owner or a requester: a person, a post, or both, where the documents allow it.

`The Director` is the post named so in the attendance of the meeting, or the one of the kind named before in the item;
`Cllr Smith` is the member of that surname, and `the Chair` who took it. The wording is kept beside what is found, and
where two answers fit, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_TITLE = (
    r"(?:Councillor|Cllr\.?|Alderman|Mrs?\.?|Ms\.?|Miss|Mx\.?|Dr\.?|Prof(?:essor)?\.?|Sir|Dame|Lord|Lady|Baroness|Canon"
    r"|Rev(?:erend)?\.?)"
)
_TITLES = re.compile(rf"^(?:{_TITLE}\s+)+", re.I)
_PERSON = re.compile(rf"^(?:{_TITLE}\s+)+(?P<name>[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){{0,3}})$")
_NAME = re.compile(r"^(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z]\.?)*(?:\s+[A-Z][\w’'-]+){1,2})$")
_CHAIR = re.compile(r"^(?:the\s+)?(?P<vice>(?:vice|deputy)[ -]+)?chair(?:man|woman|person)?$", re.I)
_CHAIR_ROLE = re.compile(r"^(?:in the )?(?P<vice>(?:vice|deputy)[ -]+)?chair(?:man|woman|person)?\b(?! of)", re.I)
_POST = re.compile(
    r"\b(?:director|head|manager|lead|officer|chief executive|executive member|cabinet member|portfolio holder"
    r"|commander|superintendent|inspector|commissioner|solicitor|treasurer|leader|mayor|accountant|co-?ordinator"
    r"|adviser|advisor|principal|nurse|consultant|clerk|surveyor|engineer|planner|analyst)\b",
    re.I,
)
_MANY = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?:officers|members|councillors|committee|panel|board|commission|forum|group|service|services"
    r"|department|team|council|trust|authority|cabinet|executive|sub-committee|partners|directors|managers)$",
    re.I,
)
_NAMED_POST = (
    r"(?P<post>(?:(?:Interim|Acting|Assistant|Deputy|Strategic|Corporate|Executive|Service|Group|Associate)\s+)*{word}"
    r"\s+(?:of|for|\(|-|–)\s*[A-Z][\w’'&-]*(?:\s+(?:and|of|for|the|to|in|&|[A-Z][\w’'&-]*))*\)?)"
)
_ALIKE = 90  # of 100, for two wordings of a post
_RANK = re.compile(r"\b(?:assistant|deputy|interim|acting|corporate|strategic|executive|service)\b ?", re.I)
_NO_SERVICE = re.compile(r"\bof (?:the )?(?:services?|department)$", re.I)  # and not whose it is
_KNOWN = 1 << 14  # names and posts: those of the largest council
_WORDS_OF_SHORT = 2  # `Director`, `Assistant Director`: a longer name of a post says more than how it begins


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in an attendance: name and role as printed, whether present, and whether in another meeting."""

    name: str
    role: str | None = None
    there: bool = True
    elsewhere: bool = False


def who_is(wording: str | None, people: Sequence[Person], before: str = "") -> str | None:
    """The person and post meant by `wording`: `Jane Doe, Director of Housing`; None where it is many, or not clear.

    `people` are those of the meeting, and after them those of other meetings of the council; `before` is the item's
    text up to the record.
    """
    if not wording:
        return None
    said = re.sub(r"\s+", " ", wording.replace("’", "'")).strip(" .,")
    if _MANY.match(said):
        return None
    chair = _CHAIR.match(said)
    if chair:
        return _in_the_chair(people, vice=bool(chair["vice"]))
    name, _, post = said.partition(",")
    person = _PERSON.match(name) or (_NAME.match(name) if not _POST.search(name) else None)
    if person:
        return _named(person["name"], people, post.strip())
    return _of_post(re.sub(r"^(?:the|our|its|their)\s+", "", said, flags=re.I), people, before)


def _in_the_chair(people: Iterable[Person], *, vice: bool) -> str | None:
    found = [
        person
        for person in people
        if not person.elsewhere
        and person.there
        and (match := _CHAIR_ROLE.match(person.role or ""))
        and bool(match["vice"]) == vice
    ]
    names = {person.name for person in found}
    return _shown(found[0]) if len(names) == 1 else None


def _named(name: str, people: Sequence[Person], post: str) -> str | None:
    """The one person of that name: those of the meeting first."""
    for elsewhere in (False, True):
        found = {
            _bare(person.name): person
            for person in reversed(people)
            if person.elsewhere is elsewhere and _same_name(name, person.name)
        }
        if len(found) == 1:
            return _shown(next(iter(found.values())))
        if found:
            return None
    return f"{name}, {post}" if post else None


def _of_post(post: str, people: Sequence[Person], before: str) -> str | None:
    if not _POST.search(post):
        return None
    for elsewhere in (False, True):
        holders = [
            person
            for person in people
            if person.elsewhere is elsewhere and person.there and person.role and _same_post(post, person.role)
        ]
        if len({_bare(person.name) for person in holders}) == 1:
            return _shown(holders[0])
        if holders:
            break
    mentioned = {match["post"].rstrip(" ,") for match in re.finditer(_NAMED_POST.format(word=re.escape(post)), before)}
    if len({each.casefold() for each in mentioned}) == 1:
        whole = mentioned.pop()
        if whole.casefold() != post.casefold():
            return _of_post(whole, people, "")
    # A whole post says who is meant, whoever holds it.
    whole = " " in _RANK.sub("", post) and _NO_SERVICE.search(post) is None
    return post[:1].upper() + post[1:] if whole else None


def _same_post(post: str, role: str) -> bool:
    """Whether a post is that of a role: the same words, or the short name of it that begins it."""
    one, other = _plain(post), _plain(role)
    if one == other or fuzz.token_sort_ratio(one, other, score_cutoff=_ALIKE) >= _ALIKE:
        return True
    return other.startswith(f"{one} ") and len(one.split()) <= _WORDS_OF_SHORT


def _same_name(said: str, printed: str) -> bool:
    """Whether a name as said may be a printed one: the same surname, and first names or initials that do not differ."""
    ours, theirs = _bare(said).split(), _bare(printed).split(",")[0].split()
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    return all(
        one[0] == other[0] if min(len(one.rstrip(".")), len(other.rstrip("."))) == 1 else one == other
        for one, other in ((ours[0], theirs[0]),)
        if len(ours) > 1 and len(theirs) > 1
    )


@lru_cache(maxsize=_KNOWN)
def _bare(name: str) -> str:
    return _TITLES.sub("", name).replace("’", "'").casefold().strip()


@lru_cache(maxsize=_KNOWN)
def _plain(post: str) -> str:
    words = re.sub(r"[^\w\s]", " ", post.casefold().replace("’", "").replace("'", "").replace("&", " and "))
    return " ".join(word for word in words.split() if word not in ("the", "of", "for", "and"))


def _shown(person: Person) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name
