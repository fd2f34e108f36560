"""Who was away, who stood in and who took the chair, as the sentences of the standing items tell it.

`Apologies were received from Councillor Lee, for whom Councillor Moe substituted.` `Councillor Fox sent apologies.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutesminer.models import Attendee, Item, Meeting
from minutesminer.parse.attendance import SENTENCE_END, attendance_label, merged, people_in
from minutesminer.text import BULLET

_TITLE = r"(?:Councillor|Cllr\.?|Alderman|Mrs?\.?|Ms\.?|Miss|Dr\.?|Sir|Dame|Lord|Lady|Canon|Provost|Bailie)"
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*)"
_PERSON = rf"(?:{_TITLE}\s+)*{_WORD}(?:\s+{_WORD}){{0,3}}"
_TITLED = rf"{_TITLE}\s+{_WORD}(?:\s+{_WORD}){{0,3}}"

_APOLOGIES = re.compile(
    rf"\bapolog(?:y|ies)\b(?! for late).{{0,60}}?\b(?:from|on behalf of|by)\b:?\s*(?P<names>.+?){SENTENCE_END}", re.I
)
_SENT = re.compile(
    rf"(?P<names>{_PERSON}(?:(?:,\s+|,?\s+and\s+){_PERSON})*)\s+(?:had\s+)?(?:sent|gave|given|submitted|tendered)\s+"
    r"(?:his |her |their )?apologies"
)
_FOR = rf"(?:\s+(?:for|in place of)\s+(?P<absent>{_PERSON}))?"
_SUBSTITUTED = re.compile(
    rf"(?P<name>{_PERSON})\s+(?:(?:attended|was present|was attending|acted|was)\s+(?:as\s+(?:a |the )?substitute"
    rf"|substituting)|substituted|deputised){_FOR}"
)
_FOR_WHOM = re.compile(rf"(?P<absent>{_PERSON})(?:\s\([^)]*\))?,?\s+for whom\s+(?P<name>{_PERSON})\s+substituted")
_WAS_SUBSTITUTED = re.compile(rf"(?P<absent>{_PERSON})\s+\(?(?:who )?(?:was )?substituted by\s+(?P<name>{_PERSON})")
_SUBSTITUTING = re.compile(rf"(?P<absent>{_PERSON})\s+\((?P<name>{_PERSON})\s+(?:substituting|as substitute)\)")
_NAMED_FOR = re.compile(rf"(?P<name>{_TITLED})\s+for\s+(?P<absent>{_TITLED})")
_TOOK = re.compile(
    rf"(?P<name>{_PERSON})(?:,\s[^,.]{{3,40}},)?\s+(?:took|assumed|occupied|was in)\s+(?i:the chair)\b"
    rf"(?:[^.]{{0,40}}?\bin the absence of\s+(?P<absent>{_TITLED}))?"
)
_ONLY_NAMES = re.compile(rf"(?:Councillors?|Cllrs?\.?|Aldermen|{_TITLE})\s+[A-Z]")
_VERB = re.compile(r"\b(?:was|were|had|has|is|are|sent|gave|declared|arrived|left|that|for|will|took|substituted)\b")
_STOOD_IN = re.compile(r",?\s+for whom\b.*?\bsubstituted\b|\s+\([^)]*\bsubstitut\w+[^)]*\)")
_KINDS = frozenset({"apologies", "substitutes", "membership", "chair"})
_LONGEST = 2000  # characters: a longer line is a report, and no list of people
_NOBODY = re.compile(r"(?:the (?:public|members)|all|any|members?|none|no\b)", re.I)


def add_told(meetings: Sequence[Meeting], items: Sequence[Item]) -> None:
    """Add to each meeting's attendance the people that its items on apologies, substitutes and the chair tell of.

    Who is known already with that status is not added again, and gets the role that was missing.
    """
    for item in items:
        if item.procedural in _KINDS:
            meeting = meetings[item.meeting]
            meeting.attendance = merged([*meeting.attendance, *_new(meeting, people_told(_minutes_of(item), item))])


def people_told(lines: Sequence[str], item: Item | None = None) -> list[Attendee]:
    """The people that lines of an item tell of: apologies, substitutes, and who took the chair."""
    found: list[Attendee] = []
    for line in lines:
        if len(line) > _LONGEST:
            continue
        bare = line.removeprefix(BULLET)
        found.extend(_substitutes(bare))
        found.extend(_in_the_chair(bare))
        if item is not None and item.procedural == "chair":
            continue
        found.extend(_apologies(bare, listed=item is not None and item.procedural == "apologies"))
    return merged(found)


def _minutes_of(item: Item) -> list[str]:
    """The lines of the item's minutes and decision; what the agenda asks for has not happened."""
    if not item.sections:
        return item.text.split("\n")
    parts = (item.text[part.start : part.end] for part in item.sections if part.kind != "background")
    return [line for part in parts for line in part.split("\n")]


def _new(meeting: Meeting, told: Sequence[Attendee]) -> Iterator[Attendee]:
    """Those told of, without the substitutes and chairs that the list of those present has under their whole names."""
    for person in told:
        surname = person.name.split()[-1].casefold()
        same = [other for other in meeting.attendance if other.name.split(",")[0].split()[-1].casefold() == surname]
        listed = [other for other in same if other.status == person.status]
        if person.status == "absent" and any(other.status == "apologies" for other in same):
            continue
        if len(listed) == 1 and person.status == "present":
            yield Attendee(listed[0].name, person.role, person.status)
        elif not listed or any(other.name == person.name for other in listed):
            yield person


def _apologies(line: str, listed: bool) -> Iterator[Attendee]:
    received = _APOLOGIES.search(line)
    names = received["names"] if received else None
    sent = _SENT.search(line)
    label = attendance_label(line)
    if names is None and sent:
        names = sent["names"]
    elif names is None and label and label[0] == "apologies":
        names = label[1]
    elif names is None and listed and _ONLY_NAMES.match(line) and not _VERB.search(line):
        names = line
    if names and not _NOBODY.match(names):
        yield from people_in(_STOOD_IN.sub("", names), "apologies")


def _substitutes(line: str) -> Iterator[Attendee]:
    for pattern in (_SUBSTITUTED, _FOR_WHOM, _WAS_SUBSTITUTED, _SUBSTITUTING, _NAMED_FOR):
        for match in pattern.finditer(line):
            for person in people_in(match["name"], "substitute"):
                absent = match["absent"]
                yield Attendee(person.name, f"substitute for {absent}" if absent else None, "substitute")


def _in_the_chair(line: str) -> Iterator[Attendee]:
    for match in _TOOK.finditer(line):
        for person in people_in(match["name"], "present"):
            yield Attendee(person.name, "Chair", "present")
        if match["absent"]:
            yield from people_in(match["absent"], "absent")
