"""The words of a text as parallel lists, which the matching and all slots are read from.

spaCy's tokens are read once, as arrays; the tokens of one number (`one hundred and twenty`) become one word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from spacy.attrs import LENGTH, ORTH, SPACY
from spacy.tokens import Doc

from minutesminer.mine.engine import numbers
from minutesminer.mine.engine.matching import NEWLINE, PatternSet

_CACHE_LIMIT = 50_000


@dataclass(slots=True)
class Words:
    """Words of one text. `start`/`end` are half-open character ranges, `token` the index of the first
    spaCy token (with one more entry, the number of tokens), `values` the numbers by word index,
    `sentences` half-open word ranges in order, none of which crosses a line break.
    """

    doc: Doc
    body: str
    text: list[str]
    lower: list[str]
    bits: list[int]
    start: list[int]
    end: list[int]
    token: list[int]
    values: dict[int, float] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> str:
        """The text of words `start` to `end`, as it stands."""
        return self.body[self.start[start] : self.end[end - 1]] if end > start else ""


class WordReader:
    """Turns a Doc into Words, remembering what it learnt of each distinct word (up to a limit)."""

    def __init__(self, patterns: PatternSet) -> None:
        self.patterns = patterns
        self._number = patterns.flag("number")
        self._digits = patterns.flag("digits")
        self._known: dict[int, tuple[str, str, int]] = {}

    def read(self, doc: Doc) -> Words:
        """The words of `doc`, without sentences."""
        array = doc.to_array([ORTH, LENGTH, SPACY])
        lengths = array[:, 1].astype(np.int64)
        ends = np.cumsum(lengths + array[:, 2].astype(np.int64))
        starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1])) if len(ends) else ends
        known, strings = self._known, doc.vocab.strings
        orths = array[:, 0].tolist()
        if len(known) > _CACHE_LIMIT:
            known.clear()
        for orth in set(orths).difference(known):
            text = strings[orth]
            known[orth] = (text, text.lower(), self.patterns.bits(text))
        entries = [known[orth] for orth in orths]
        start = starts.tolist()
        words = Words(
            doc=doc,
            body=doc.text,
            text=[entry[0] for entry in entries],
            lower=[entry[1] for entry in entries],
            bits=[entry[2] for entry in entries],
            start=start,
            end=(starts + lengths).tolist(),
            token=list(range(len(start) + 1)),
        )
        self._merge_numbers(words)
        return words

    def _merge_numbers(self, words: Words) -> None:
        number, lower = self._number, words.lower
        at = [k for k, bits in enumerate(words.bits) if bits & number]
        groups: list[tuple[int, int]] = []
        done = 0
        for k in at:
            if k < done:
                continue
            length = numbers.phrase_length(lower, k)
            done = k + length
            if length > 1:
                groups.append((k, done))
        for start, end in reversed(groups):
            last = words.end[end - 1]
            text = words.body[words.start[start] : last]
            bits = words.bits[start]
            value = numbers.phrase_value(lower[start:end])
            if value is None:
                continue
            words.text[start:end] = [text]
            lower[start:end] = [text.lower()]
            words.bits[start:end] = [bits]
            del words.start[start + 1 : end]
            words.end[start:end] = [last]
            del words.token[start + 1 : end]
            words.values[start] = value
        shift: dict[int, float] = {}
        removed = 0
        order = iter(sorted(groups))
        group = next(order, None)
        # Positions of merged numbers were taken before the merge: each earlier group shortens what follows.
        while group is not None:
            start, end = group
            if start in words.values:
                shift[start - removed] = words.values[start]
                removed += end - start - 1
            group = next(order, None)
        words.values = shift
        for k, bits in enumerate(words.bits):
            if bits & number and k not in words.values:
                text = lower[k]
                value = numbers.digits_value(text)
                if value is None:
                    value = numbers.word_value(text)
                if value is not None:
                    words.values[k] = value


__all__ = ["NEWLINE", "WordReader", "Words"]
