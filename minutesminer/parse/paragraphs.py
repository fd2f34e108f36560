"""Printed lines put together to blocks: paragraphs, headings, bullets.

Notes for a newcomer. A line ends a block when the next line stands further below than lines of one paragraph do, when
the next line's first word would still have fitted on it, or when a label or bullet follows; over a page's end only the
words can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from minutesminer.parse.furniture import Line
from minutesminer.parse.parts import Block, Leaf
from minutesminer.text import clean, ends_sentence, join, starts_block

_LOOSE = 1.3  # lines further apart than this many usual line pitches belong to different blocks
_LARGE = 1.12  # times the height of most lines: larger print is a heading's
_MOST_LARGE = 4  # lines: more of them are a passage set in another size
_APART = 0.5  # times the place of the right margin: lines that start further apart are of different blocks
_ROOM = 30.0  # points
_LABEL = re.compile(r"(?:[A-Z]{3,}(?: [A-Z]+){0,3}|Present|Apologies|In attendance|Also present)\s*:")
_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        "sub co non pre post multi re inter anti semi self ex cross mid vice well long short follow "
        "on by in over under",
    )
)


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """The lines put together to blocks, hyphens at line ends resolved. Large print counts as bold."""
    lines = _weighed(lines)
    hyphened = any(line.text[-1] == "-" or "\u00ad" in line.text for line in lines)
    words = _words(lines) if hyphened else frozenset()
    pitch = _usual_pitch(lines)
    margins = _margins(lines)
    block: list[Line] = []
    for at, line in enumerate(lines):
        if block and not _same_block(lines[at - 1], line, pitch, margins[at - 1]):
            yield from _with_asides(block, words)
            block = []
        block.append(line)
    if block:
        yield from _with_asides(block, words)


def _weighed(lines: Sequence[Line]) -> list[Line]:
    """The lines with those bold that headings in large print take up: few together, larger than most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.top - line.bottom, 1)] += len(line.text)
    least = _LARGE * sizes.most_common(1)[0][0] if sizes else 0.0
    weighed = list(lines)
    for large, run in groupby(range(len(lines)), key=lambda at: 0 < least <= lines[at].top - lines[at].bottom):
        found = list(run)
        if large and len(found) <= _MOST_LARGE:
            for at in found:
                weighed[at] = replace(lines[at], bold=True)
    return weighed


def _words(lines: Sequence[Line]) -> frozenset[str]:
    """All words of the document, in small letters: how it writes a word elsewhere tells what a hyphen is for."""
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(line.text for line in lines).lower()))


def _with_asides(lines: list[Line], words: frozenset[str]) -> Iterator[Block]:
    """The block of some lines, and under it what the column of actions says beside them."""
    yield _joined(lines, words)
    yield from (Block(f"Action: {line.aside}", page=line.page) for line in lines if line.aside)


def _joined(lines: Sequence[Line], words: frozenset[str]) -> Block:
    text = ""
    for line in lines:
        if text and text[-1] == "-" and text[-2:-1].isalpha() and line.text[:1].islower():
            text = _unhyphened(f"{text[:-1]}\u00ad-{line.text}", words)
        else:
            text = join(text, line.text) if text else line.text
    text = clean(_unhyphened(text, words)).replace("\n", " ")
    leaves = _leaves(lines) if lines[0].page != lines[-1].page else ()
    return Block(text, all(line.bold for line in lines), lines[0].page, leaves)


def _leaves(lines: Sequence[Line]) -> list[Leaf]:
    """The words of each page that lines stand on, as clean text."""
    by_page = groupby(lines, key=lambda line: line.page)
    return [(page, clean(" ".join(line.text for line in found)).replace("\n", " ")) for page, found in by_page]


def _unhyphened(text: str, words: frozenset[str]) -> str:
    """Text whose hyphens at line ends are kept in `sub-categories` and dropped in `organ-isation`."""
    if "\u00ad" not in text:
        return text

    def resolved(match: re.Match[str]) -> str:
        before, after = match[1], match[2]
        whole = (before + after).lower()
        if f"{before}-{after}".lower() in words or before.lower() in _PREFIXES:
            return f"{before}-{after}"
        return before + after if whole in words else f"{before}-{after}"

    return re.sub("([A-Za-z]+)\u00ad-([A-Za-z]+)", resolved, text).replace("\u00ad-", "-")


def _same_block(before: Line, line: Line, pitch: float, margin: float) -> bool:
    """True when `line` goes on with the block of `before`."""
    if before.row or line.row:
        return False
    if starts_block(line.text) and not _hangs(before, line):
        return False
    if _LABEL.match(line.text) or (before.text.isupper() and not line.text.split(" ", 1)[0].isupper()):
        return False
    open_end = not ends_sentence(before.text) and not ends_sentence(before.text.rstrip("."))
    small = line.text[0].islower()
    if before.page != line.page or line.top > before.top:  # another page or column: the words must tell
        if before.bold != line.bold:
            return False
        return open_end and (small or not _short(before, line, margin))
    if before.bold != line.bold and not (open_end and small):
        return False
    if before.right and abs(before.left - line.left) > _APART * margin and not _about_one_axis(before, line):
        return False  # `Motion carried.` at the right, and what follows it
    if before.height and pitch and before.bottom - line.bottom > _LOOSE * pitch:
        return open_end and small and before.bottom - line.bottom < 2 * pitch and not before.bold
    if not before.right:  # the page gave no places
        return open_end and (small or len(before.text) > 60)
    return not _short(before, line, margin) or (open_end and (small or _centred(before, line, margin)))


def _hangs(before: Line, line: Line) -> bool:
    """True for a label's look-alike inside a paragraph: `... as set out in appendix` / `1. above`."""
    return (
        abs(before.left - line.left) < 2
        and not starts_block(before.text)
        and not ends_sentence(before.text)
        and not before.bold
    )


def _short(before: Line, line: Line, margin: float) -> bool:
    """True when the first word of `line` would still have fitted on `before`.

    Names that must stay together are carried over whole, so an open end gets some room more.
    """
    room = 0.0 if ends_sentence(before.text) else _ROOM
    width = (line.right - line.left) / max(len(line.text), 1)
    return before.right + width * (line.opening + 1) + room < margin


def _centred(before: Line, line: Line, margin: float) -> bool:
    """True for two lines of one centred paragraph: about one axis, the first long and in small letters."""
    return (
        _about_one_axis(before, line)
        and abs(before.left - line.left) > 4
        and before.right - before.left > 0.6 * margin
        and not before.text.isupper()
    )


def _about_one_axis(before: Line, line: Line) -> bool:
    return abs(before.left + before.right - line.left - line.right) < 8


def _usual_pitch(lines: Sequence[Line]) -> float:
    """How far apart the lines of one paragraph stand: a low step, as the gaps between paragraphs are steps too."""
    least = 0.8 * median([line.top - line.bottom for line in lines if not line.row] or [0.0])
    pairs = zip(lines, lines[1:], strict=False)
    steps = sorted(
        before.bottom - line.bottom
        for before, line in pairs
        if before.page == line.page and before.bottom - line.bottom > least and not (before.row or line.row)
    )
    return steps[len(steps) // 5] if steps else 0.0


def _margins(lines: Sequence[Line]) -> list[float]:
    """For each line the right margin of its column: how far the lines going down the page with it reach."""
    margins: list[float] = []
    run: list[Line] = []
    for line in lines:
        if run and (run[-1].page != line.page or line.top > run[-1].top + 2):
            margins.extend([_reach(run)] * len(run))
            run = []
        run.append(line)
    if run:
        margins.extend([_reach(run)] * len(run))
    return margins


def _reach(run: Sequence[Line]) -> float:
    """How far to the right the lines reach, tables left aside: they often stand out over the text."""
    return max((line.right for line in run if not line.row), default=0.0)
