"""The page of a whole meeting as flat text: its table of items as copying or a text extractor leaves it.

Under the heading `No. Item` stand the items. Either the table's rules are left (`| Title PDF 80 KB Minutes: ... |`),
and an item is what stands between two of them, title and text in one line; or only the blank lines are left, more of
them between items than within. The label `Minutes:` is often lost, and then a wide gap stands where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minutesminer.models import Item
from minutesminer.parse.facts import header_facts
from minutesminer.parse.items import is_title
from minutesminer.parse.navigation import without_navigation
from minutesminer.parse.parts import Parsed
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import (
    FILE_SIZE,
    Part,
    build_item,
    compose,
    section_label,
    tidy_title,
    without_tail,
)
from minutesminer.text import clean, ends_sentence, fold, join, starts_block

_HEADING = re.compile(
    r"^[|\s]*(?:(?:Items?|Eitemau)\s*\n\s*)?[| \t]*(?:(?:Expected timing|Time|Note)[| \t]+)?"
    r"(?:No\.?[ \t]*\|?[ \t]*Item|Rhif\.?[ \t]*\|?[ \t]*eitem)[| \t]*$",
    re.I | re.M,
)
_RULE = re.compile(r"^[|\s:-]*$")
_LABELS = r"(?:Decisions?|Minutes|Cofnodion|Penderfyniad(?:au)?)"
_DOCUMENTS = r"(?:(?:Additional|Supporting|Accompanying) documents?|Dogfennau (?:ychwanegol|ategol|cefnogol)):"
# An item without minutes whose row ends in its empty list of files, and the next one, whose own rule was lost.
_NEXT_ITEM = re.compile(rf"(?<=Additional documents:)[ \t]*\n(?=([^\n|]{{3,150}}?)[ \t]{_LABELS}:\s)")
_INLINE = re.compile(rf"[ \t]+(?=(?:{_DOCUMENTS}|{_LABELS}:)(?:\s|$))")
_FIRST_LABEL = re.compile(rf"(?:^|\s)(?:{_DOCUMENTS}|{_LABELS}:)")
_FILE = re.compile(r",\s*item\s+\w+|\(\d[\d.]*\s*[KMG]B\)", re.I)
_NUMBERED_CELL = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?[a-z]?)\.?\s*\|\s*", re.I)
_ROW_END = re.compile(r"^[^|\n]{10,}\|[ \t]*$", re.M)
_LABEL_INSIDE = re.compile(rf"\S[ \t]{_LABELS}:\s")
_LEAST_RULED = 2
_LEAST_LABELLED = 3
_ROW_START = re.compile(r"\s*\|\s*[A-Z]{0,4}\d{1,4}[a-z]?\.?\s*\|\s*\w")
_NUMBER_ALONE = re.compile(r"((?:[A-Z]{1,5}[./ -]?)?\d{1,4}(?:[./]\d{1,4})?[a-z]?)\.?$")
_NUMBERED_TITLE = re.compile(r"(\d{1,3}[a-z]?\.)\s+([A-Z“‘'].*)$")
_CAPITALS = re.compile(r"(?:[A-Z0-9][A-Z0-9’'&,()/:.–-]*\s+)*[A-Z][A-Z0-9’'&,()/:.–-]+(?=\s+[A-Z]?[a-z]|\s*$)")
_OPENING = re.compile(
    r"(?<!\bto)(?<!\bon)(?<!\bof)(?<!\bthe)\s(?=(?:T[Oo]\s+(?i:receive|consider|note|approve|agree|confirm|review|scrutinise|sign|elect|appoint|report|discuss"
    r"|provide|identify|disclose|announce|invite|hear|deal|enable|respond|determine|declare|adopt)"
    r"|In\s+accordance\s+with|Reports?\s+(?:of|by|from)|Members\s+(?:of\s+the\s+(?i:committee|panel|board|council)\s+)?(?:are|will|should|may|must)"
    r"|(?:The|This|A)\s+(?i:committee|panel|board|report|chair\w*|cabinet|item|sub-committee|attached)"
    r"|If\s+any\s+[Mm]ember|Please|Any\s+[Mm]ember|For\s+the)\b)",
)
_AGENDA_WORDS = re.compile(
    r"(?:to\s+(?:receive|consider|note|approve|agree|confirm|review|scrutinise|sign|elect|appoint)\b|reports?\s+(?:of|by|from)\b"
    r"|members\s+(?:are|will)\b)",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|had|(?<!\bbe )(?:received|considered)|noted|agreed|advised|(?<!\bis )(?<!\bare )asked|reported"
    r"|resolved|approved)\b",
    re.I,
)
_MARK_AT_END = re.compile(
    r"(?:(?:^|\s)([·•])|(?:^|(?<=[.;:,])\s|\s(?=\())(\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\)?))[ \t]*\n", re.I
)
_OPENS = re.compile(r"That\s|RECOMMENDED|Recommended|RESOLVED|Resolved|AGREED|NOTED|Moved|Proposed|Seconded")
_LONGEST_TITLE = 200
_LONGEST_STANDING = 120
_WRAPPED = 45  # characters: a line with fewer was not broken for want of room
_MOST_LEFT_OUT = 3  # numbers from one item to the next
_LOST_LABEL = 3  # blank lines where a label was lost
_BETWEEN_ITEMS = 2  # blank lines, at least


@dataclass(slots=True)
class _Line:
    """A line that is not blank, and how many blank ones stand above it."""

    text: str
    gap: int


@dataclass(slots=True)
class _Row:
    """An item as it stands in the listing: its number, its title, the lines under it."""

    number: str | None
    title: str | None
    lines: list[_Line] = field(default_factory=list)


def is_listing(raw: str) -> bool:
    """Whether a text holds the table of items of a meeting's page, under its heading or known by its rules."""
    return _HEADING.search(raw) is not None or _is_headless(raw)


def _is_headless(raw: str) -> bool:
    """Whether rows of a table whose heading is lost are left: lines that end with a rule, and labels in lines."""
    ruled = len(_ROW_END.findall(raw)) if "|" in raw else 0
    return ruled >= _LEAST_RULED and len(_LABEL_INSIDE.findall(raw)) >= _LEAST_LABELLED


def parse_listing(raw: str) -> Parsed:
    """The meeting and items of a text for which `is_listing` holds; no items where it shows none."""
    heading = _HEADING.search(raw)
    if heading is None and not _is_headless(raw):
        return Parsed()
    start, end = heading.span() if heading else (0, 0)
    above = [line for line in without_navigation(clean(raw[:start]).split("\n")) if line]
    body = raw[end:]
    rows = list(_ruled(body)) if sum(line.count("|") > 0 for line in body.split("\n")) > 1 else list(_spaced(body))
    items = [_item(row) for row in rows]
    told = any(section.kind != "background" for item in items for section in item.sections)
    for item in items:
        if told and not item.sections and item.text and not _PAST.search(item.text):
            item.sections = compose([("background", None, item.text.split("\n"))]).sections
    for position, item in enumerate(items):
        item.position = position
    return Parsed(meetings=[header_facts(above)], items=items, header="\n".join(above))


def listing_as_one(raw: str) -> Parsed:
    """The meeting of a text for which `is_listing` holds, and as one item all that stands under its heading."""
    heading = _HEADING.search(raw)
    if heading is None:
        return Parsed()
    above = [line for line in without_navigation(clean(raw[: heading.start()]).split("\n")) if line]
    item = build_item(clean(raw[heading.end() :]).split("\n"))
    return Parsed(meetings=[header_facts(above)], items=[item] if item.text else [], header="\n".join(above))


def _ruled(body: str) -> Iterator[_Row]:
    """The rows of a table whose rules are left. A row without any mark of an item goes on with the one before."""
    row: _Row | None = None
    for chunk in (part for whole in _chunks(body) for part in _at_next_items(whole)):
        number = _NUMBERED_CELL.match(chunk)
        text = _INLINE.sub("\n", chunk[number.end() :] if number else chunk)
        head = text[: _LONGEST_TITLE + 50]
        first = head.strip().split("\n")[0]
        goes_on = not number and (_OPENS.match(first) or (ends_sentence(first) and _PAST.search(first)))
        marked = (
            number or _FIRST_LABEL.search(text) or FILE_SIZE.search(head) or procedural_kind(first[:_LONGEST_STANDING])
        )
        if row is not None and (goes_on or not marked):
            row.lines += _lines(f"\n{_unwrapped(text)}")
            continue
        if row is not None:
            yield row
        title, rest = _title_and_rest(text)
        row = _Row(number[1] if number else None, title, list(_lines(_unwrapped(rest))))
    if row is not None:
        yield row


def _at_next_items(chunk: str) -> Iterator[str]:
    start = 0
    for found in _NEXT_ITEM.finditer(chunk):
        if not _FILE.search(found[1]) and not FILE_SIZE.search(found[1]) and is_title(found[1]):
            yield chunk[start : found.start()]
            start = found.end()
    yield chunk[start:]


def _chunks(body: str) -> Iterator[str]:
    """The text between the rules: a line of nothing but rules ends a row, and so does a rule at a line's end."""
    chunk: list[str] = []
    for line in body.split("\n"):
        if _ROW_START.match(line) and any(part.strip() for part in chunk):  # behind text that stands between the rules
            yield "\n".join(chunk).strip()
            chunk = []
        if not _RULE.match(line) or not line.strip():
            chunk.append(line.strip().removeprefix("|").rstrip("|").strip() if "|" in line else line)
        if "|" in line and line.rstrip().endswith("|") and any(part.strip() for part in chunk):
            yield "\n".join(chunk).strip()
            chunk = []
    if any(part.strip() for part in chunk):
        yield "\n".join(chunk).strip()


def _unwrapped(text: str) -> str:
    """The text of a cell with lines that Word broke joined, and bullets and labels with what follows them."""
    lines: list[str] = []
    for line in _MARK_AT_END.sub(lambda found: f"\n{found[1] or found[2]} ", text).split("\n"):
        before = lines[-1] if lines else ""
        open_end = bool(before.strip()) and not ends_sentence(before.rstrip())
        goes_on = line[:1].islower() or line[:1] == "(" or len(before) >= _WRAPPED
        if open_end and line.strip() and goes_on and not (starts_block(line) or _OPENS.match(line)):
            lines[-1] = join(before.rstrip(), line)
        else:
            lines.append(line)
    return "\n".join(lines)


def _title_and_rest(text: str) -> tuple[str | None, str]:
    """The title at the head of a row, however it is told from what follows, and the rest."""
    label = _FIRST_LABEL.search(text)
    head = text[: label.start()] if label else text
    size = FILE_SIZE.search(head)
    if size and size.start() <= _LONGEST_TITLE:
        return _title(head[: size.start()]), text[size.end() :]
    capitals = _CAPITALS.match(head)
    if capitals and sum(map(str.isalpha, capitals[0])) > 3 and _is_whole(capitals[0], head[capitals.end() :]):
        return _title(capitals[0]), text[capitals.end() :]
    opening = _OPENING.search(head)
    if opening and 2 < opening.start() <= _LONGEST_TITLE:
        return _title(head[: opening.start()]), text[opening.end() :]
    if 0 < len(head.strip()) <= _LONGEST_TITLE:
        return _title(head), text[len(head) :]
    first, _, rest = text.partition("\n")
    return (_title(first), rest) if 0 < len(first) <= _LONGEST_TITLE and is_title(fold(first)) else (None, text)


def _is_whole(title: str, after: str) -> bool:
    """Whether capitals are a whole title, and not initials that open one: `SEND Improvement Plan`."""
    return (
        " " in title.strip() or not after.strip() or procedural_kind(title) is not None or bool(_OPENING.match(after))
    )


def _title(text: str) -> str | None:
    return tidy_title(fold(text)) or None


def _spaced(body: str) -> Iterator[_Row]:
    """The items of a listing of which only the blank lines are left."""
    lines = [part for line in _lines(_INLINE.sub("\n", body)) for part in _number_apart(line)]
    starts = _numbered(lines) or [(at, at, None) for at in range(len(lines)) if _heads(lines, at)]
    if starts and any(section_label(line.text) or _PAST.search(line.text) for line in lines[: starts[0][0]]):
        return  # its first items are not told apart by their gaps
    ends = [at for at, _, _ in starts[1:]] + [len(lines)]
    for (_, title, number), end in zip(starts, ends[: len(starts)], strict=True):
        yield _Row(number, _title(FILE_SIZE.sub("", lines[title].text)), lines[title + 1 : end])


def _number_apart(line: _Line) -> Iterator[_Line]:
    """A line `4. Title` after a gap as two, like those of pages on which the number has a cell of its own."""
    numbered = _NUMBERED_TITLE.match(line.text) if line.gap else None
    bare = FILE_SIZE.sub("", numbered[2]).strip() if numbered else ""
    if numbered and (procedural_kind(bare) or is_title(bare)) and not bare.endswith(":"):
        yield _Line(numbered[1], line.gap)
        yield _Line(numbered[2], 0)
    else:
        yield line


def _numbered(lines: Sequence[_Line]) -> list[tuple[int, int, str | None]]:
    """(line of the number, line of the title, number) of items whose numbers stand alone and count on."""
    found: list[tuple[int, int, str | None]] = []
    last = ""
    for at, line in enumerate(lines[:-1]):
        number = _NUMBER_ALONE.match(line.text)
        if number is None or len(lines[at + 1].text) > _LONGEST_TITLE + 50:
            continue
        if not found or _counts_on(last, number[1]):
            last = number[1]
            found.append((at, at + 1, last))
    return found if len(found) > 1 else []


def _counts_on(before: str, after: str) -> bool:
    """Whether one number follows another: `4`, `5`; `3`, `3a`; `OSC.191`, `OSC.192`; `25/32`, `25/33`."""
    one, two = re.findall(r"\d+|[A-Za-z]+", before), re.findall(r"\d+|[A-Za-z]+", after)
    if len(two) == len(one) + 1 and two[:-1] == one:
        return two[-1] in {"a", "A", "1"}
    if len(one) == len(two) + 1 and not one[-1].isdigit():
        one = one[:-1]
    changed = [(first, second) for first, second in zip(one, two, strict=False) if first != second]
    if len(one) != len(two) or len(changed) != 1:
        return False
    first, second = changed[0]
    if first.isdigit() and second.isdigit():
        return 0 < int(second) - int(first) <= _MOST_LEFT_OUT
    return len(first) == len(second) == 1 and ord(second) - ord(first) == 1


def _heads(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line is an item's title: by the size of its report, as a standing item, or by the label under it."""
    text = lines[at].text
    bare = FILE_SIZE.sub("", text).strip()
    standing = procedural_kind(bare) is not None and not _PAST.search(bare)
    if len(bare) > _LONGEST_TITLE or section_label(text) or bare.endswith(":") or not (standing or is_title(bare)):
        return False
    if at and lines[at].gap < _BETWEEN_ITEMS and not re.match(rf"{_DOCUMENTS}|{_LABELS}:", lines[at - 1].text):
        return False
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    sized = FILE_SIZE.search(text) is not None and not _FILE.search(text)
    labelled = re.match(rf"(?:{_DOCUMENTS}|{_LABELS}:)", after) is not None
    return sized or labelled or (standing and len(bare) <= _LONGEST_STANDING)


def _told(lines: Sequence[_Line], at: int) -> bool:
    """Whether lines from one on tell of the meeting: by a word of the past, or as a decision."""
    proposed = re.match(r"recommend", lines[at - 1].text, re.I)
    return _PAST.search(" ".join(line.text for line in lines[at:])) is not None or (
        lines[at].text.startswith("That ") and proposed is None
    )


def _lines(text: str) -> Iterator[_Line]:
    gap = 0
    for raw in text.split("\n"):
        line = fold(raw)
        if line:
            yield _Line(line, gap)
            gap = 0
        else:
            gap += 1


def _item(row: _Row) -> Item:
    """The item of a row; without labels, what stands above the widest gap or reads as an agenda is the agenda's."""
    text = clean("\n".join("\n" * min(line.gap, 1) + line.text for line in row.lines))
    item = build_item(text.split("\n"), row.number, row.title)
    if item.sections or not row.lines:
        return item
    gaps = [at for at, line in enumerate(row.lines) if at and line.gap >= _LOST_LABEL]
    lost = next((at for at in gaps if _PAST.search(row.lines[at].text)), gaps[0] if gaps else None)
    if lost is None and len(row.lines) > 1 and _AGENDA_WORDS.match(row.lines[0].text):
        lost = 1
    if lost is None or _PAST.search(" ".join(line.text for line in row.lines[:lost])):
        return item
    if item.procedural == "exclusion" or not _told(row.lines, lost):
        return item
    parts: list[Part] = []
    for kind, lines in (("background", row.lines[:lost]), ("minutes", row.lines[lost:])):
        cleaned = clean("\n".join("\n" * min(line.gap, 1) + line.text for line in lines)).split("\n")
        parts.append((kind, None, without_tail(cleaned)))  # type: ignore[arg-type]
    told = compose(parts)
    item.text, item.sections = told.text, told.sections
    return item
