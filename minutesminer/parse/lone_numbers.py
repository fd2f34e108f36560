"""Numbers alone on their lines: of pages, which are left out, and of items, which go before their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutesminer.parse.items import is_title
from minutesminer.parse.procedural import procedural_kind
from minutesminer.text import ends_sentence, fold

_NUMBER_ALONE = re.compile(r"\s*\d{1,3}\s*$")
_RUNNING = re.compile(r"(?P<before>.{0,120}?)\W{0,4}\bpage\s+(?P<page>\d{1,3})(?:\s+of\s+\d{1,3})?", re.I)
_PARAGRAPH_ALONE = re.compile(r"\s*(?P<item>\d{1,3})\.(?P<count>\d{1,3})\s*$")
_LEAST_PAGE = 300  # characters between two page numbers; figures of a table and of a vote stand closer
_LEAST_LAST_PAGE = 60
_SHORTEST_SPLIT = 45  # characters of the line above a number that splits a sentence: a label is shorter


def with_numbers_placed(raw: str) -> str:
    """Text taken from print without its page numbers, and with the numbers of its items before their titles.

    Numbers of pages or items are at least two, alone on their lines, and each is the next one.
    """
    lines = _with_paragraphs_numbered(_without_running_lines(raw.split("\n")))
    at_numbers = [at for at, line in enumerate(lines) if _NUMBER_ALONE.match(line)]
    numbers = [int(lines[at]) for at in at_numbers]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return "\n".join(lines)
    titles = [next((at for at in range(number + 1, len(lines)) if lines[at].strip()), None) for number in at_numbers]
    if _head_items([fold(lines[at]) if at is not None else "" for at in titles]):
        for number, title in zip(at_numbers, titles, strict=True):
            if title is not None:
                lines[title], lines[number] = f"{lines[number].strip()}. {lines[title].strip()}", ""
        return "\n".join(lines)
    if not _part_pages(lines, at_numbers):
        return "\n".join(lines)
    left_out = set(at_numbers)
    return "\n".join(line for at, line in enumerate(lines) if at not in left_out)


def _without_running_lines(lines: list[str]) -> list[str]:
    """The lines without those of pages that say the same and count on: `Roads Panel, 4 June 2024   Page 2 of 7`."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        if match := _RUNNING.fullmatch(line.strip()):
            found.setdefault(fold(match["before"]).casefold(), []).append((at, int(match["page"])))
    left_out: set[int] = set()
    for places in found.values():
        pages = [page for _, page in places]
        if len(pages) > 1 and pages == list(range(pages[0], pages[0] + len(pages))):
            left_out.update(at for at, _ in places)
    return [line for at, line in enumerate(lines) if at not in left_out] if left_out else lines


def _with_paragraphs_numbered(lines: list[str]) -> list[str]:
    """The lines with numbers of paragraphs (`8.1`, `8.2`), alone on their lines, put before what they number."""
    found = [(at, match) for at, line in enumerate(lines) if (match := _PARAGRAPH_ALONE.match(line))]
    counts = [int(match["count"]) for _, match in found]
    if len({match["item"] for _, match in found}) != 1 or counts != list(range(1, len(counts) + 1)) or len(counts) < 2:
        return lines
    for at, match in found:
        after = next((below for below in range(at + 1, len(lines)) if lines[below].strip()), None)
        if after is not None:
            lines[after], lines[at] = f"{match[0].strip()} {lines[after].strip()}", ""
    return lines


def _head_items(titles: Sequence[str]) -> bool:
    """Whether what follows each number is an item's title: no two alike, as running headers are, one known."""
    return (
        len({title.casefold() for title in titles}) == len(titles)
        and all(is_title(title) or procedural_kind(title) for title in titles)
        and any(procedural_kind(title) for title in titles)
    )


def _part_pages(lines: Sequence[str], at_numbers: Sequence[int]) -> bool:
    """Whether numbers stand as far apart as those of pages do, or one splits a sentence. The last page may be short."""
    starts = [-1, *at_numbers[:-1]]
    sizes = [len("\n".join(lines[start + 1 : end])) for start, end in zip(starts, at_numbers, strict=True)]
    first, *between, last = sizes
    apart = min(between, default=_LEAST_PAGE) >= _LEAST_PAGE <= max(first, last) and last >= _LEAST_LAST_PAGE
    return apart or any(_splits(lines, at) for at in at_numbers)


def _splits(lines: Sequence[str], at: int) -> bool:
    """Whether a sentence goes on from the line above a number to the one below."""
    before = next((line for line in reversed(lines[:at]) if line.strip()), "").strip()
    after = next((line for line in lines[at + 1 :] if line.strip()), "").strip()
    return len(before) >= _SHORTEST_SPLIT and not ends_sentence(before) and after[:1].islower()
