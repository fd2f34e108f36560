"""Clean text: what is stored and mined.

`clean` turns raw text, however it was copied or extracted, into one block (paragraph, bullet, limb or
heading) a line. The oddities it mends are those met in published minutes: no-break spaces as padding,
`Sub?Committee`, bullets of many glyphs, labels alone on their line, lines broken at a column.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from minutesminer.pipe_rows import name_columns

LABEL = (
    r"(?:\((?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})\)|(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]"
    r"|[ivx]{1,5})[.)]\)?)"
)
BULLET = "• "

_LABEL_LINE = re.compile(r"[A-Z][^.;:]{0,40}:$")
_STARTS_BLOCK = re.compile(
    rf"(?:• |\((?:Agenda )?Item |{LABEL}\s|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}\s+[A-Z]"
    r"|\d{1,4}\s+[A-Z]{3}[A-Z’'&,()/: -]{3,}$)"
)
_LABEL_ALONE = re.compile(rf"{LABEL}$")
_GLYPHS = "·•▪▫■□●○◦‣⁃∙►▶➢➤❖✓✔➔\uf000-\uf0ff"
_BULLET_START = re.compile(rf"(?:[{_GLYPHS}]\s*|[oØ§*\-–—](?:\s+|$))+")
_BULLETS_INSIDE = "·•\uf0b7\uf0a7"
_BULLET_INSIDE = re.compile(f"(?<=\\S)[ \u00a0]+[{_BULLETS_INSIDE}][ \u00a0]+(?=\\S)")
_RULE = re.compile(r"[-_=*~.·•–—+#\s]{3,}$")
_LEADERS = re.compile(r"([.\-_=*~·…–—])\1{5,}")  # dotted leaders and signature lines, shortened to three
_LONG_LEADERS = tuple(6 * leader for leader in ".-_=*~·…–—")
_MARKDOWN = re.compile(r"^#{1,6}\s+(?=\S)|\*\*(?=\S)(.+?)(?<=\S)\*\*")  # headings and bold print of pages saved as such
_TABLE_RULE = re.compile(r"[\s|:\-]*\|[\s|:\-]*$")
# What heads the columns of a table of actions, whose cells must be told apart.
_ACTION_CELLS = frozenset({"action", "actions", "action(s)", "task", "action required", "agreed action"})
_OWNER_CELLS = frozenset(
    {"owner", "who", "lead", "officer", "responsible", "by whom", "responsible officer", "lead officer", "action by",
     "owner(s)", "assigned to", "due", "deadline", "by when", "due date", "timescale", "target date"}
)  # fmt: skip
_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LOST_HYPHEN = re.compile(  # words that end questions (`how long?the`, `going on?what`) are left alone
    r"\b(sub|vice|co|non|pre|post|multi|re|inter|anti|semi|ex)\?(?=[a-z])"
    r"|\b(Sub|Vice|Co|Non|Pre|Post|Multi|Re|Inter|Anti|Semi|Ex|Mid|Cross)\?(?=[A-Za-z])"
    r"|\b(sub|vice)\?(?=(?:Committee|Group|Chair|President|Convener))"
    r"|\b(SUB|VICE|CO|NON|PRE|POST|MULTI|RE|INTER|EX)\?(?=[A-Z])"
)
_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_GLUED = re.compile(r"\d(?:(?<=[a-z].)|(?:st|nd|rd|th)?[ADFJMNOS])")  # what both of the next hold: most texts do not
_GLUED_DAY = re.compile(rf"(\d(?:st|nd|rd|th)?)(?=(?:{'|'.join(_MONTHS)})(?![a-z]))")  # `18thJune`
# `Tuesday18th`, `June2024` (`June1` has the mark of a footnote). Digits stand first, so that only they are looked at.
_GLUED_FIGURE = re.compile(
    rf"\d(?:{'|'.join(f'(?<={name}.)' for name in _WEEKDAYS)})"
    rf"|[12](?:{'|'.join(f'(?<={name}.)' for name in _MONTHS)})[09]\d\d(?!\d)"
)
# C1 control characters are what is left of Windows' quotes and dashes in text decoded as Latin-1.
_CHARACTERS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_CHARACTERS |= {code: "" for code in [*range(0x00, 0x09), *range(0x0E, 0x1E), 0x1F, 0x7F, 0xAD, 0xFEFF, 0xFFFC]}
_CHARACTERS |= {code: "" for code in [*range(0x200B, 0x2010), 0x2060, 0x2061, 0x2062, 0x2063]}
_CHARACTERS |= {code: "\n" for code in [0x0B, 0x0C, 0x0D, 0x2028, 0x2029]}
_CHARACTERS |= {0x1E: "-", 0x2010: "-", 0x2011: "-", 0xFFFE: "-", 0x09: " ", 0xA0: " "}
_CHARACTERS |= {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_ENDS = ".!?:;…"
_QUOTES = "\"'”’)]"
_SHORTEST_WRAPPED = 45  # columns: shorter lines are names, headings or list entries, not wrapped prose
_LEAST_OPEN = 3  # lines with an open end in a group that no blank lines part
_SMALL_SHARE = 3  # one in so many of them goes on with a small letter
_NEVER_LAST = frozenset("Councillor Councillors Cllr Cllrs Mr Mrs Ms Miss Dr the a an of and by with".split())
_WIDEST_WRAPPED = 130  # columns: a text with longer lines is not wrapped at a column


def fold(text: str) -> str:
    """`text` with every run of white space (no-break spaces too) as one blank, and none at its ends."""
    return " ".join(text.split())


def starts_block(line: str) -> bool:
    """True when a clean line starts a block of its own by its bullet, list label or `(Item 4)`."""
    return _STARTS_BLOCK.match(line) is not None


def clean(raw: str) -> str:
    """The clean text of `raw`: one block a line, no blank lines, single blanks.

    Bullets of any glyph become `• `; a bullet or label alone on its line is joined with what follows;
    lines wrapped at a column are joined. Curly quotes and dashes are kept. `clean(clean(x)) == clean(x)`.
    """
    return _settled(raw, wrapped=True)


def clean_blocks(blocks: Iterable[str]) -> str:
    """The clean text of blocks that are known not to be wrapped at a column, as those of web pages."""
    return _settled("\n".join(blocks), wrapped=False)


def ends_sentence(line: str) -> bool:
    """True when the line ends with a stop, a colon or a semicolon, or with a dash that opens a list."""
    bare = line.rstrip(_QUOTES)
    return bool(bare) and (bare[-1] in _ENDS or bare[-1] in "–—" or bare.endswith(" -"))


def join(before: str, after: str) -> str:
    """Two halves of a broken line as one, without a blank where the break fell in a hyphenated word."""
    if len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[:1].isalpha():
        return before + after
    return f"{before} {after}"


def _settled(raw: str, *, wrapped: bool) -> str:
    text = _once(raw, wrapped)
    if text == raw:
        return text
    while (again := _once(text, wrapped)) != text:  # a pass that changes anything joins lines or decodes entities
        text = again
    return text


def _once(raw: str, wrapped: bool) -> str:
    # Most texts have no need of most of these, and to look for one character costs a tenth of a pattern.
    text = raw.replace("\r\n", "\n")
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    text = text.translate(_CHARACTERS)
    if "?" in text:
        text = _LOST_HYPHEN.sub(lambda match: f"{match[0][:-1]}-", text)
    if _GLUED.search(text):
        text = _GLUED_FIGURE.sub(r" \g<0>", _GLUED_DAY.sub(r"\1 ", text))
    if any(bullet in text for bullet in _BULLETS_INSIDE):
        text = _BULLET_INSIDE.sub("\n• ", text)
    groups = list(_groups(name_columns(text)))
    column = max((len(line) for group, _ in groups for line in group), default=0)
    separated = len(groups) > 1
    lines: list[str] = []
    for group, ends in groups:
        width = _wrap_width(group, separated, column) if wrapped else None
        for position, line in enumerate(group):
            if isinstance(line, _Row) or (lines and isinstance(lines[-1], _Row)):
                lines.append(line)
            elif lines and _belongs_to(lines[-1]):
                lines[-1] = _with_label(lines, line)
            elif lines and (
                _goes_on(lines[-1], line)
                or (position > 0 and _wrapped(group[position - 1], line, width, ends[position - 1]))
            ):
                lines[-1] = join(lines[-1], line)
            else:
                lines.append(line)
    return "\n".join(line for line in lines if line not in ("•", ""))


def _decoded(match: re.Match[str]) -> str:
    entity, before = match[0], ""
    while entity != before:
        entity, before = html.unescape(entity), entity
    return entity


def _groups(text: str) -> Iterator[tuple[list[str], list[int]]]:
    """The tidied lines of each run of lines between blank ones, and the column at which each ends on the page."""
    group: list[tuple[str, str]] = []
    cells = 0  # of the table of actions in which the line stands, else none
    for raw in text.split("\n"):
        row = _row(raw, cells) if "|" in raw else None
        if row is not None:
            cells = row.count(" | ") + 1
        elif not _TABLE_RULE.match(raw):
            cells = 0
        line = _tidy(raw) if row is None else row
        if line is None:
            continue
        if line:
            group.append((line, raw))
        elif group:
            yield [line for line, _ in group], _ends(group)
            group = []
    if group:
        yield [line for line, _ in group], _ends(group)


def _ends(group: list[tuple[str, str]]) -> list[int]:
    """Where lines end on the page: of a paragraph that hangs from its number, blanks before and in them count too."""
    indents = {len(raw) - len(raw.lstrip()) for _, raw in group[1:]}
    hangs = len(indents) == 1 and indents != {0}
    return [len(raw.rstrip()) if hangs else len(line) for line, raw in group]


class _Row(str):
    """A row of a table of actions, whose cells stay apart and which is joined with no other line."""

    __slots__ = ()


def _row(raw: str, cells: int) -> _Row | None:
    """The line as a row of a table of actions of so many `cells`, or as its header where there is none yet."""
    parts = [fold(part) for part in raw.strip().removeprefix("|").removesuffix("|").split("|")]
    if cells:
        return _Row(" | ".join(parts)) if len(parts) == cells and parts[0].strip("-: ") else None
    names = {part.lower() for part in parts}
    return _Row(" | ".join(parts)) if names & _ACTION_CELLS and names & _OWNER_CELLS else None


def _tidy(raw: str) -> str | None:
    """One line with its blanks folded and its bullet normalised; None for a ruled line."""
    if "**" in raw or raw.startswith("#"):
        raw = _MARKDOWN.sub(lambda found: found[1] or "", raw)
    line = fold(_LEADERS.sub(r"\1\1\1", raw) if any(leader in raw for leader in _LONG_LEADERS) else raw)
    if not line:
        return line
    if "|" in line and (_TABLE_RULE.match(line) or line.count("|") > 1):
        line = fold(line.replace("|", " "))
        if not line.strip("-: "):
            return None
    if line[-1:] == "|" or line[:1] == "|":  # a cell's rule
        line = line.strip("| ")
    if len(line) > 2 and _RULE.match(line):
        return None
    bullet = _BULLET_START.match(line)
    if bullet is None:
        return line
    rest = line[bullet.end() :].strip()
    return BULLET + rest if rest else "•"


def _belongs_to(line: str) -> bool:
    """True for a bullet or a list label that stands alone and waits for its text."""
    return (
        line == "•" or _LABEL_ALONE.match(line) is not None or _LABEL_ALONE.match(line.removeprefix(BULLET)) is not None
    )


def _with_label(lines: list[str], line: str) -> str:
    waiting = lines[-1]
    if waiting == "•":
        return line if line.startswith("•") else BULLET + line
    if line.startswith("•") or _LABEL_ALONE.match(line):
        lines.append(line)
        return line
    return f"{waiting} {line}"


def _goes_on(before: str, line: str) -> bool:
    """True when a sentence plainly goes on: an open end of some length, then a small letter."""
    return (
        len(before) >= _SHORTEST_WRAPPED and line[0].islower() and not ends_sentence(before) and not starts_block(line)
    )


def _wrap_width(group: list[str], separated: bool, column: int) -> int | None:
    """The column at which the group's lines are wrapped, or None where they are not.

    `column` is the longest line of the whole text: it is the width where the whole text is wrapped. A
    group inside a text that is not wrapped must show by three lines that it is.
    """
    if len(group) < 2:
        return None
    width = column if column <= _WIDEST_WRAPPED else max(len(line) for line in group)
    if not _SHORTEST_WRAPPED <= width <= _WIDEST_WRAPPED:
        return None
    full = [at for at, line in enumerate(group[:-1]) if len(line) >= 0.7 * width]
    open_ended = [at for at in full if not ends_sentence(group[at])]
    if 2 * len(open_ended) < len(full) or not open_ended:
        return None
    if separated and column <= _WIDEST_WRAPPED:
        return width
    # Lines of their own, as names and titles are, open with capitals; of wrapped ones many go on in small letters.
    small = sum(group[at + 1][0].islower() for at in open_ended)
    return width if len(open_ended) >= _LEAST_OPEN and _SMALL_SHARE * small >= len(open_ended) else None


def _wrapped(before: str, line: str, width: int | None, end: int) -> bool:
    """True when `before`, which ends at `end`, was broken at the column: the first word of `line` had no room there."""
    if width is None or len(before) < _SHORTEST_WRAPPED or starts_block(line) or _LABEL_LINE.match(line):
        return False
    if before.rsplit(" ", 1)[-1] in _NEVER_LAST:
        return True
    return end + 1 + len(line.split(" ", 1)[0]) > width
