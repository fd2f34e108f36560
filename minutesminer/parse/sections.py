"""An item's text and its sections, from lines that may carry labels such as `Minutes:`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutesminer.models import Item, Section, SectionKind
from minutesminer.parse.navigation import is_navigation, tells, without_navigation
from minutesminer.parse.procedural import procedural_kind
from minutesminer.text import BULLET, clean, clean_blocks

Part = tuple[SectionKind | None, str | None, list[str]]
"""A part of an item: its kind (None where nothing tells parts apart), its label line, and its lines."""

LOST_LABEL = "\ue000"
"""A line that stands where `Minutes:` was lost, between reading a text and cutting it; it is in no item's text."""

_KINDS: dict[str, SectionKind] = {"minutes": "minutes", "cofnodion": "minutes", "cofnod": "minutes"}
_LABEL = re.compile(r"(Minutes|MINUTES|Decisions?|DECISIONS?|Cofnod(?:ion)?|Penderfyniad(?:au)?)\s*:\s*(.*)$", re.S)
_INSIDE = re.compile(
    r"(?<=[\w.?!)”’\"])(?<!\bfor)(?<!\bof)(?<!\bthe)(?<!\bFOR)\s+(Minutes|Decision|Cofnod(?:ion)?|Penderfyniad):\s*(?=[A-Z“‘(•]|$)"
)
_LABELS = ("Minutes:", "Decision:", "Cofnod", "Penderfyniad:")
# Inside a line the label has its capital: `asked for these additional documents: the register` is no label.
_TAIL = re.compile(
    r"(?i:^\W*(?:(?:supporting|additional|accompanying) documents?|dogfennau (?:ychwanegol|ategol|cefnogol))\s*:)"
    r"|(?:(?<=\s)|^)(?:(?:Supporting|Additional|Accompanying|SUPPORTING|ADDITIONAL) [Dd](?:ocuments?|OCUMENTS)"
    r"|Dogfennau (?:ychwanegol|ategol|cefnogol))\s*:"
)
_FACT = re.compile(  # what a decision's page says of it, under labels
    r"(?:decision (?:maker|status|type)|is (?:it a |this a )?key decision|(?:is )?subject to call[- ]?in"
    r"|publication date|date of decision|decided at meeting|effective from)\s*\??\s*:.{0,120}",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|had|received|considered|noted|agreed|advised|asked|reported|explained|queried"
    r"|resolved)\b",
    re.I,
)
_NARRATIVE = re.compile(
    r"(?:\S+ ){5,}.*[.;:](?: and| or)?$|(?:\(?\w{1,4}[).] +)?(?:that|bod) \S"
    r"|(?:it was )?(?:resolved|agreed|noted|penderfynwyd)\b",
    re.I,
)
_FULL_TEXT_LINK = re.compile(r"\s*view the full (?:minutes|decision|agenda) text for item\s+[\w.()/]+", re.I)
FILE_SIZE = re.compile(
    r"\s*(?:pdf e?icon\s*)?\b(?:PDF|DOCX?|XLSX?|PPTX?|RTF|ODT|ZIP)\s+\d[\d.,]*\s*[KMG]B\b"
    r"|\s*[(\[]\s*(?:PDF|DOCX?|XLSX?|Word|Excel)\b[^()\[\]]{0,12}?\d[\d.,]*\s*[KMG]B\s*[)\]]",
    re.I,
)


def item_from_text(text: str) -> Item:
    """One item of text as someone typed or pasted it; its sections are found by its label lines."""
    return build_item(clean(text).split("\n"))


def section_label(line: str) -> tuple[SectionKind, str] | None:
    """The section that a line opens and the rest of the line, or None: `Minutes: The Panel ...`."""
    if line == LOST_LABEL:
        return "minutes", ""
    match = _LABEL.match(line.removeprefix(BULLET))
    if match is None:
        return None
    return _KINDS.get(match[1].lower(), "decision"), match[2]


def without_tail(lines: Iterable[str]) -> list[str]:
    """The lines without the page's own furniture and the files listed under `Supporting documents:`.

    Under `Additional documents:` the minutes may follow without their label, which copying lost; so may they go on
    under any such list.
    """
    kept: list[str] = []
    listed = amid = False
    for line in (part for each in without_navigation(lines) for part in _at_labels(each)):
        listed = listed and section_label(line) is None and not _told(line, amid)
        if listed:
            continue
        tail = _TAIL.search(line)
        before = line[: tail.start()].rstrip() if tail else line
        before = _FULL_TEXT_LINK.sub("", before).rstrip()
        if before.strip("• ") and not (before != line and is_navigation(before)) and not _FACT.fullmatch(before):
            kept.append(before)
        rest = line[tail.end() :].strip() if tail is not None else ""
        if section_label(rest) is not None or _told(rest, False):  # `Additional documents: Minutes: The Panel ...`
            kept.append(rest)
        elif tail is not None:
            listed, amid = True, not re.search("supporting|accompanying", tail[0], re.I)
    return kept


def _told(line: str, amid: bool) -> bool:
    """True for a line of narrative or decision, and not the name of a file; `amid` the item, any sentence is one."""
    if _NARRATIVE.match(line) is None or FILE_SIZE.search(line):
        return False
    return amid or tells(line)


def tidy_title(title: str) -> str:
    """A title without file sizes, a closing colon or stop, and `(Agenda item 4)`."""
    bare = FILE_SIZE.sub("", title)
    bare = re.sub(r"\s*\((?:Agenda )?item\s+[\w.]+\)\s*$", "", bare, flags=re.I)
    return bare.strip().rstrip(":").rstrip()


def build_item(lines: Iterable[str], number: str | None = None, title: str | None = None, meeting: int = 0) -> Item:
    """An item of the lines of its text (title line left out), its sections told apart by labels."""
    parts = _split(without_tail(lines))
    item = compose(parts)
    item.number, item.title, item.meeting = number, title, meeting
    item.procedural = procedural_kind(title)
    return item


def compose(parts: Iterable[Part]) -> Item:
    """An item of parts (kind, label line, lines). Kind None, for the only part, leaves no sections."""
    text = ""
    sections: list[Section] = []
    for kind, label, lines in parts:
        body = clean_blocks(lines)
        if label:
            text = f"{text}\n{label}" if text else label
        if not body:
            continue
        text = f"{text}\n{body}" if text else body
        if kind is not None:
            sections.append(Section(kind, len(text) - len(body), len(text)))
    return Item(position=0, text=text, sections=sections)


def _split(lines: list[str]) -> list[Part]:
    lines = [part for line in lines for part in _at_labels(line)]
    parts: list[Part] = [(None, None, [])]
    for line in lines:
        found = section_label(line)
        if found is None:
            parts[-1][2].append(line)
            continue
        kind, rest = found
        if line == LOST_LABEL:
            parts.append((kind, None, []))
            continue
        label = line.removeprefix(BULLET)[: len(line.removeprefix(BULLET)) - len(rest)].rstrip()
        parts.append((kind, label, [rest] if rest else []))
    if len(parts) == 1:
        return parts
    before = parts[0][2]
    # A `Decision:` under a discussion closes it; before `Minutes:` stands only the agenda's own text.
    told = any(kind == "minutes" for kind, _, _ in parts[1:]) or len(_PAST.findall(" ".join(before))) < 3
    parts[0] = ("background" if told else "minutes", None, before)
    return parts if before else parts[1:]


def _at_labels(line: str) -> list[str]:
    """The line cut before each label inside it, as where the rows of a table were copied into lines."""
    if not any(label in line for label in _LABELS):
        return [line.strip()]
    cuts = [0, *(inside.start() for inside in _INSIDE.finditer(line)), len(line)]
    return [line[start:end].strip() for start, end in zip(cuts, cuts[1:], strict=False)]
