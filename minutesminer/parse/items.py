"""Finding the agenda items of flat text by the headings of their house style.

A document keeps one style: `(Item 4)` under a heading, numbered headings, headings in capitals, or the
titles of standing items alone on a line. Numbered paragraphs that start again under each item are not
headings; what tells them apart is that headings count on through the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutesminer.parse.attendance import attendance_label
from minutesminer.parse.navigation import tells
from minutesminer.parse.parts import Block
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import section_label, tidy_title

_REFERENCE = re.compile(r"\((?:Agenda )?Item (?P<item>[\w.]+)\)\.?$", re.I)
_NUMBERED = re.compile(
    r"(?:(?:(?:agenda )?item|minute)\s+)?(?P<number>[A-Z]{0,4}\d{1,4}(?:[./]\d{1,4}){0,2}[a-z]?)(?:[.:)]"
    r"|\s+[-–])?\s+(?P<title>\S.*)$",
    re.I,
)
_BARE = re.compile(r"(?P<number>\d{1,3})\s+(?P<title>[A-Z].*)$")
_RUN_IN = re.compile(
    r"(?P<number>\d{1,4})\.?\s+(?P<own>\(\d{1,3}\)\s+)?(?P<title>[A-Z][^a-z–]{4,180}?)\s+[–-]\s+(?=[“‘(]?[A-Z])"
)
_SUBJECT = re.compile(r"(?:The|An?|Members?|Councillors?|Cllrs?|It|In|At|Mrs?|Ms|Dr|There|This|Following)\b")
_LEAST_TOLD = 9  # words of a line that opens a sentence
_CLAUSE = re.compile(
    r"(?:that|to (?:note|agree|approve|receive|consider|recommend|endorse)|resolved|agreed|noted"
    r"|recommended|the (?:chair|committee|panel|board|meeting)\b"
    r"|mr|mrs|ms|cllr|councillor|(?:notes|agrees|approves|delegates|adopts|comments|debates?|note|agree"
    r"|approve|delegate|adopt|comment)\b)",
    re.I,
)
_NOT_A_TITLE = re.compile(
    r"(?:resolved|agreed|noted|recommended|recommendations?|decisions?|minutes|actions?|present"
    r"|in attendance|also present|apologies|attendance"
    r"|(?:un)?restricted items|part (?:1|2|i|ii|a|b|one|two)|open to the public|public|agenda|chair"
    r"|chairman|motion carried|carried|lost|and|for|against|abstain"
    r"|draft|unconfirmed|confidential|exempt)\b[\s:.\-–]*(?:unanimously)?",
    re.I,
)
_OPENS_LIST = re.compile(r":-$|\b(?:was|were)\b.*:$|\b(?:resolved|agreed|noted|decided|recommended)\b[^.]*[:–-]$", re.I)
_OPERATIVE = re.compile(r"(?:resolved|agreed|noted|recommended)\b", re.I)
_MOST_BETWEEN = 3  # numbers that may be missing between two headings: items moved or left out
_MOST_OPEN = 0.8  # of numbered titles, that stand over sentences
_LONGEST_HEADING = 120  # characters of a numbered title without any other sign
_LOOK_BACK = 60  # headings looked at before each one; a longer look changes nothing


@dataclass(slots=True)
class Found:
    """One item found: the number and title of its heading, the heading's own blocks, those of its text."""

    number: str | None
    title: str | None
    blocks: list[Block] = field(default_factory=list)
    heading: list[Block] = field(default_factory=list)


def find_items(blocks: Sequence[Block]) -> tuple[list[Block], list[Found]]:
    """The blocks before the first heading, and the items; no items where no headings are found."""
    blocks = _with_run_in_titles(blocks)
    for style in (_by_reference, _by_marker, _by_number, _by_capitals, _by_standing_titles):
        headings = style(blocks)
        if headings:
            return _cut(blocks, headings)
    return list(blocks), []


def _with_run_in_titles(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, titles in capitals apart from the text that follows a dash: `220 REQUESTS – There were`."""
    found = [_RUN_IN.match(block.text) for block in blocks]
    numbers = [int(match["number"]) for match in found if match]
    if len(numbers) < 2 or any(after <= before for before, after in pairwise(numbers)):
        return blocks
    apart: list[Block] = []
    for block, match in zip(blocks, found, strict=True):
        if match is None:
            apart.append(block)
        else:
            own = f" {match['own'].strip()}" if match["own"] else ""  # the panel's own number beside the council's
            title = f"{match['number']} {match['title']}{own}"
            apart += [replace(block, text=title), replace(block, text=block.text[match.end() :])]
    return apart


def is_title(text: str) -> bool:
    """True for a line that can be a title: short, opening with a capital, no full stop at its end."""
    bare = text.strip()
    if not 3 <= len(bare) <= 220 or bare[-1] in ".;," or bare.endswith(" and") or _OPENS_LIST.search(bare):
        return False
    if re.fullmatch(r"(?:\w+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Za-z]+,?\s+\d{4}|\d[\d/. -]*", bare):
        return False  # a date is no title
    return (bare[0].isupper() or bare[0].isdigit() or bare[0] in "“‘'\"£") and _NOT_A_TITLE.fullmatch(bare) is None


@dataclass(slots=True)
class _Heading:
    """Where a heading's blocks start and end (the item's text starts at `end`)."""

    start: int
    end: int
    number: str | None
    title: str


def _cut(blocks: Sequence[Block], headings: list[_Heading]) -> tuple[list[Block], list[Found]]:
    found = []
    for position, heading in enumerate(headings):
        until = headings[position + 1].start if position + 1 < len(headings) else len(blocks)
        title, own = tidy_title(heading.title) or None, list(blocks[heading.start : heading.end])
        found.append(Found(heading.number, title, list(blocks[heading.end : until]), own))
    return list(blocks[: headings[0].start]), found


def _by_reference(blocks: Sequence[Block]) -> list[_Heading]:
    """Headings with `(Item 4)` at their end or alone under them."""
    headings: list[_Heading] = []
    for at, block in enumerate(blocks):
        reference = _REFERENCE.search(block.text)
        if reference is None or len(block.text) > 300 or _is_sentence(block):
            continue
        title, start = block.text[: reference.start()].strip(), at
        if not title and at:
            start = at - 1
            title = blocks[start].text
            if not is_title(title):
                continue
        if title and not title.startswith("•") and not section_label(title):
            number, bare = _number_of(title, reference["item"])
            headings.append(_Heading(start, at + 1, number, bare))
    if len(headings) < 2:
        return []
    return _with_unreferenced(blocks, headings)


def _is_sentence(block: Block) -> bool:
    """True for a sentence that ends with a reference: `This was taken with the budget report (Item 4).`"""
    return tells(block.text) and not (block.bold or _NUMBERED.match(block.text) or block.text.isupper())


def _with_unreferenced(blocks: Sequence[Block], headings: list[_Heading]) -> list[_Heading]:
    """Adds numbered headings in capitals that lack the reference which the others have (`1 DECLARATIONS`)."""
    known = {at for heading in headings for at in range(heading.start, heading.end)}
    numbers = {heading.number for heading in headings}
    for at, block in enumerate(blocks):
        match = _NUMBERED.match(block.text) or _BARE.match(block.text)
        if at in known or match is None or match["number"] in numbers or not match["number"].isdigit():
            continue
        titled = is_title(match["title"]) or _standing(match["title"])
        if titled and (match["title"].isupper() or block.bold):
            headings.append(_Heading(at, at + 1, match["number"], match["title"]))
    return sorted(headings, key=lambda heading: heading.start)


def _by_marker(blocks: Sequence[Block]) -> list[_Heading]:
    """Numbered titles followed by `Minutes:` or `Decision:` labels, as copied from a meeting's page."""
    labels = [at for at, block in enumerate(blocks) if section_label(block.text)]
    if len(labels) < 2:
        return []
    candidates = [heading for heading in _numbered(blocks) if not _CLAUSE.match(heading.title)]
    chain = _longest_chain(candidates, [_likeness(blocks[heading.start]) for heading in candidates])
    if len(chain) < 2:
        return []
    followed = sum(
        1
        for heading, after in zip(chain, [*chain[1:], None], strict=True)
        if any(heading.end <= label < (after.start if after else len(blocks)) for label in labels)
    )
    return chain if 2 * followed >= len(chain) else []


def _by_number(blocks: Sequence[Block]) -> list[_Heading]:
    candidates = [heading for heading in _numbered(blocks) if not _CLAUSE.match(heading.title)]
    weights = [_likeness(blocks[heading.start]) for heading in candidates]
    chain = _longest_chain(candidates, weights)
    strong = [
        heading for heading in chain if _weight(blocks[heading.start]) > 1 or procedural_kind(tidy_title(heading.title))
    ]
    enough = 3 * len(strong) >= len(chain) or (bool(strong) and _each_opens_prose(blocks, chain))
    return chain if len(chain) > 1 and enough else []


def _each_opens_prose(blocks: Sequence[Block], chain: list[_Heading]) -> bool:
    """True where nearly every numbered title stands over sentences, as the lines of a list do not."""
    starts = {heading.start for heading in chain}
    over = [
        heading
        for heading in chain
        if heading.end < len(blocks)
        and heading.end not in starts
        and len(blocks[heading.start].text) <= _LONGEST_HEADING
        and blocks[heading.end].text[-1] in ".:;"
        and (blocks[heading.end].text[0].isupper() or blocks[heading.end].text[0].isdigit())
    ]
    return len(over) >= _MOST_OPEN * len(chain)


def _by_capitals(blocks: Sequence[Block]) -> list[_Heading]:
    headings = []
    for at, block in enumerate(blocks):
        if not _capitals(block.text):
            continue
        # `APOLOGIES` over a list of names belongs to the attendance, over a sentence it is an item.
        told = at + 1 < len(blocks) and blocks[at + 1].text.endswith(".")
        if told or not attendance_label(block.text):
            headings.append(_Heading(at, at + 1, None, block.text))
    return _after_preamble(blocks, headings)


def _by_standing_titles(blocks: Sequence[Block]) -> list[_Heading]:
    """Titles in small letters, where at least two standing items stand alone on their lines."""
    present = next((at for at, block in enumerate(blocks) if _lists_present(block.text)), -1)
    standing = [at for at, block in enumerate(blocks) if is_title(block.text) and procedural_kind(block.text)]
    standing = [at for at in standing if at > present]  # above them, `Minutes of the meeting ...` is the whole's title
    if len(standing) < 2:
        return []
    bold = all(blocks[at].bold for at in standing)
    headings = []
    for at, block in enumerate(blocks):
        first = present + 1 if present >= 0 else standing[0]
        if at < first or not is_title(block.text) or block.text.startswith("•") or section_label(block.text):
            continue
        if (block.bold if bold else True) and (at in standing or _opens_prose(blocks, at)):
            headings.append(_Heading(at, at + 1, None, block.text))
    return headings


def _lists_present(text: str) -> bool:
    label = attendance_label(text)
    return label is not None and label[0] == "present"


def _opens_prose(blocks: Sequence[Block], at: int) -> bool:
    """True for a line between full sentences, longer than a name and not a list entry's."""
    before = blocks[at - 1].text if at else "."
    after = blocks[at + 1].text if at + 1 < len(blocks) else ""
    return (
        (before[-1] in '.!?”"' or attendance_label(before) is not None)
        and len(after) > len(blocks[at].text)
        and after[-1] in ".:;"
        and not blocks[at].text.endswith("?")
    )


def _after_preamble(blocks: Sequence[Block], headings: list[_Heading]) -> list[_Heading]:
    """Leaves out the document's own title lines: capitals above the attendance or above the first prose."""
    labelled = [at for at, block in enumerate(blocks) if attendance_label(block.text)]
    first_prose = next((at for at, block in enumerate(blocks) if len(block.text) > 120 or block.text.endswith(".")), 0)
    if labelled:
        first = labelled[0]
    else:
        first = next((heading.start for heading in headings if heading.start >= first_prose - 1), 0) - 1
        standing = next((heading.start for heading in headings if procedural_kind(heading.title)), None)
        first = min(first, standing - 1) if standing is not None else first
    kept = [heading for heading in headings if heading.start > first]
    return kept if len(kept) > 1 or any(procedural_kind(heading.title) for heading in kept) else []


def _numbered(blocks: Sequence[Block]) -> list[_Heading]:
    headings = []
    for at, block in enumerate(blocks):
        match = _NUMBERED.match(block.text)
        if (
            match
            and (is_title(match["title"]) or _standing(match["title"]))
            and not _opens_sentence(block, match["title"])
        ):
            headings.append(_Heading(at, at + 1, match["number"], match["title"]))
    return headings


def _opens_sentence(block: Block, title: str) -> bool:
    """True for the first line of a numbered paragraph: `4.1 The Manager reported that 31 of the services were`."""
    told = _SUBJECT.match(title) is not None and tells(title) and len(title.split()) >= _LEAST_TOLD
    return told and not (block.bold or title.isupper())


def _weight(block: Block) -> int:
    """How much a numbered line looks like a heading: bold and capitals weigh most."""
    match = _NUMBERED.match(block.text)
    title = match["title"] if match else block.text
    return 1 + 3 * block.bold + 2 * title.isupper() + 2 * (procedural_kind(tidy_title(title)) is not None)


def _likeness(block: Block) -> int:
    """A heading's weight, and of two that look alike more for the one that tells of nothing."""
    return 2 * _weight(block) + (not tells(block.text))


def _longest_chain(headings: list[_Heading], weights: list[int]) -> list[_Heading]:
    """The heaviest run of headings whose numbers count on."""
    keys = [_key(heading.number or "") for heading in headings]
    best: list[int] = []
    before: list[int | None] = []
    for at, key in enumerate(keys):
        top, link = 0, None
        for earlier in range(max(0, at - _LOOK_BACK), at):
            if best[earlier] >= top and _counts_on(keys[earlier], key):
                top, link = best[earlier], earlier
        best.append(top + weights[at])
        before.append(link)
    if not best:
        return []
    at_: int | None = max(range(len(best)), key=best.__getitem__)
    chain = []
    while at_ is not None:
        chain.append(headings[at_])
        at_ = before[at_]
    return chain[::-1]


def _key(number: str) -> tuple[str, tuple[int, ...], str]:
    """The parts of a number: letters, digits, the letter after them; `39/20` counts by its first part."""
    match = re.fullmatch(r"([A-Za-z]*)([\d./]+)([a-z]?)", number)
    if match is None:
        return number, (), ""
    if "/" in match[2]:
        head, _, tail = match[2].partition("/")
        return f"{match[1]}/{tail}", tuple(int(part) for part in head.split(".") if part), match[3]
    return match[1], tuple(int(part) for part in match[2].split(".") if part), match[3]


def _counts_on(before: tuple[str, tuple[int, ...], str], after: tuple[str, tuple[int, ...], str]) -> bool:
    if before[0] != after[0] or not before[1] or not after[1]:
        return False
    if before[1] == after[1]:
        return before[2] < after[2]
    if after[1][: len(before[1])] == before[1]:
        return after[1][len(before[1])] <= 1 + _MOST_BETWEEN
    shared = min(len(before[1]), len(after[1]))
    for position in range(shared):
        step = after[1][position] - before[1][position]
        if step:
            return 0 < step <= 1 + _MOST_BETWEEN
    return False


def _standing(text: str) -> bool:
    """True for one word that names a standing item but may also be a label: `Minutes`, `Apologies`."""
    return text.strip().isalpha() and procedural_kind(text) is not None


def _capitals(text: str) -> bool:
    if not text.isupper() or sum(char.isalpha() for char in text) < 4 or len(text) > 160:
        return False
    return _standing(text) or (is_title(text) and not _OPERATIVE.match(text))


def _number_of(title: str, reference: str) -> tuple[str | None, str]:
    match = _NUMBERED.match(title)
    if match and (match["title"][0].isupper() or match["title"][0] in "“‘'\"£"):
        return match["number"], match["title"]
    return reference, title
