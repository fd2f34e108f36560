"""Does memory grow with the words met? A stream of invented words, none of which comes twice, is mined in one process.

Real minutes bring new names for ever, so that a run over years of them must not keep every word it has seen.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from itertools import count, islice, product
from typing import NamedTuple

import minutesminer.mine as mine

MOST_MEGABYTES = 300.0
"""Resident memory that mining may take at most, spaCy and the rules included."""
MOST_GROWTH = 32.0
"""Megabytes that may come on top after the first fifth: what the allocator scatters, not what words take."""

_WORDS_A_LINE = 10
_SYLLABLES = [consonant + vowel for consonant, vowel in product("bcdfghjklmnprstvwz", "aeiou")]


class Growth(NamedTuple):
    """Peak resident megabytes after the first fifth of `words` distinct words, and after all of them."""

    words: int
    first: float
    last: float

    @property
    def bounded(self) -> bool:
        """Whether memory stayed within both limits."""
        return self.last <= MOST_MEGABYTES and self.last - self.first <= MOST_GROWTH


def words() -> Iterator[str]:
    """Invented lower-case words of four syllables and more, all different, the same ones every time."""
    for number in count(len(_SYLLABLES) ** 3):
        syllables = []
        while number:
            number, last = divmod(number, len(_SYLLABLES))
            syllables.append(_SYLLABLES[last])
        yield "".join(syllables)


def texts(documents: int, words_each: int) -> Iterator[str]:
    """Texts shaped like minutes, of `words_each` words that no other text of the stream holds."""
    stream = words()
    for _ in range(documents):
        yield "\n".join(_line(list(islice(stream, _WORDS_A_LINE))) for _ in range(words_each // _WORDS_A_LINE))


def grow(documents: int = 2000, words_each: int = 500) -> Growth:
    """Mine a stream of `documents` texts and see what memory it took."""
    nlp = mine.load()
    first = 0.0
    for done, text in enumerate(texts(documents, words_each), start=1):
        mine.mine_text(nlp, text)
        if done == max(documents // 5, 1):
            first = resident()
    return Growth(documents * words_each, first, resident())


def resident() -> float:
    """The most memory this process has held so far, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform == "linux" else 1024**2)


def _line(new: list[str]) -> str:
    a, b, c, d, e, f, g, h, i, j = new
    return (
        f"The {a} {b} of {c} in {d} rose to 41% against a target of 45%; {e} and {f} fell. "
        f"Councillor {g.title()} asked for a report on {h}, and the {i.title()} would {j} it."
    )
