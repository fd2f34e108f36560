"""The pages of a printed document, told of the items that were found in it.

Blocks know the pages they were printed on. An item's text is made of its blocks: mostly one after the other, so that
they need only be counted off. Where some were cleaned further, cut or left out, letters and digits still stand in their
order, and a page begins in the text where the letters of its first words do.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.models import Item, PageStart
from minutesminer.parse.parts import Block, Leaf

_SURE = 12  # letters: fewer may stand anywhere, and are looked for at their place only
_HEAD = 24  # letters at the start of a part, by which it is found where its end was cut or changed


def on_pages(item: Item, blocks: Sequence[Block], heading: Sequence[Block] = ()) -> Item:
    """The item, which is made of these blocks and headed by those, with its pages where the blocks know theirs."""
    leaves = _leaves(blocks)
    opening = next(iter(_leaves(heading) or leaves), None)
    item.page = opening[0] + 1 if opening else None
    item.pages = page_starts(item.text, leaves)
    return item


def page_starts(text: str, leaves: Sequence[Leaf]) -> list[PageStart]:
    """Where in a text each page begins that its parts, in their order, were printed on.

    The first begins at 0. A page of which nothing is left in the text is passed over.
    """
    if not text or not leaves:
        return []
    if len({page for page, _ in leaves}) == 1:
        return [PageStart(leaves[0][0] + 1, 0)]
    return _counted_off(text, leaves) or _by_letters(text, leaves)


def _counted_off(text: str, leaves: Sequence[Leaf]) -> list[PageStart]:
    """Where the pages begin in a text that is its parts, with a blank or a new line between them; else nothing."""
    starts: list[PageStart] = []
    at = 0
    for page, words in leaves:
        if at and text[at : at + 1] in (" ", "\n"):
            at += 1
        if not text.startswith(words, at):
            return []
        if not starts or starts[-1].page != page + 1:
            starts.append(PageStart(page + 1, at))
        at += len(words)
    return starts if at == len(text) else []


def _by_letters(text: str, leaves: Sequence[Leaf]) -> list[PageStart]:
    places = [at for at, char in enumerate(text) if char.isalnum()]
    letters = "".join(text[at] for at in places)
    starts: list[PageStart] = []
    reached = 0
    for page, words in leaves:
        part = "".join(filter(str.isalnum, words))
        found = _find(letters, part, reached)
        if found is None:
            continue
        at, reached = found
        if not starts or starts[-1].page != page + 1:
            starts.append(PageStart(page + 1, _opening(text, places, at) if starts else 0))
    return starts or [PageStart(leaves[0][0] + 1, 0)]


def _leaves(blocks: Sequence[Block]) -> list[Leaf]:
    leaves: list[Leaf] = []
    for block in blocks:
        if block.leaves:
            leaves.extend(block.leaves)
        elif block.page is not None:
            leaves.append((block.page, block.text))
    return leaves


def _find(letters: str, part: str, reached: int) -> tuple[int, int] | None:
    """Where a part stands among the letters from `reached` on, and how far it goes; None where it was left out."""
    for wanted in (part, part[:_HEAD]):
        if wanted and letters.startswith(wanted, reached):
            return reached, reached + len(wanted)
        at = letters.find(wanted, reached) if len(wanted) >= _SURE else -1
        if at >= 0:
            return at, at + len(wanted)
    return None


def _opening(text: str, places: Sequence[int], at: int) -> int:
    """Where the block, or else the word, begins whose first letter is number `at` of a text's letters."""
    letter, after = places[at], places[at - 1] + 1 if at else 0
    between = text[after:letter]
    lines = between.rpartition("\n")
    if lines[1]:
        return letter - len(lines[2])
    blanks = [place for place, char in enumerate(between) if char.isspace()]
    return after + blanks[-1] + 1 if blanks else letter
