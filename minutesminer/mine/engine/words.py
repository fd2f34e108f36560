"""The words of a text as parallel lists, which the matching and all slots are read from.

spaCy's tokens are read once, as arrays; the tokens of one number (`one hundred and twenty`) become one word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from spacy.attrs import LENGTH, ORTH, SPACY
from spacy.tokens import Doc

from minutesminer.mine.engine import numbers
from minutesminer.mine.engine.matching import PatternSet

_CACHE_LIMIT = 50_000


@dataclass(slots=True)
class Words:
    """Words of one text. `start`/`end` are half-open character ranges, `token` the index of the first
    spaCy token (with one more entry, the number of tokens), `bits` and `kinds` what the rules know of each word
    (see `PatternSet`), `values` the numbers by word index,
    `sentences` half-open word ranges in order, none of which crosses a line break.
    """

    body: str
    start: list[int]
    end: list[int]
    token: list[int]
    text: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
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
        self._number_kinds: set[int] = set()
        self._known: dict[int, tuple[str, str, int, int]] = {}
        self._values: dict[str, float | None] = {}  # of the words of one-word numbers

    def read(self, doc: Doc, body: str | None = None) -> Words:
        """The words of `doc`, without sentences. `body` is its text, where it need not be put together again."""
        array = doc.to_array([ORTH, LENGTH, SPACY])
        lengths = array[:, 1].astype(np.int64)
        ends = np.cumsum(lengths + array[:, 2].astype(np.int64))
        starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1])) if len(ends) else ends
        known, strings = self._known, doc.vocab.strings
        orths = array[:, 0].tolist()
        if len(known) > _CACHE_LIMIT:
            known.clear()
            self._values.clear()
        for orth in set(orths).difference(known):
            text = strings[orth]
            bits = self.patterns.bits(text)
            kind = self.patterns.kind(bits)
            known[orth] = (text, text.lower(), self.patterns.bits_of(kind), kind)
            if bits & self._number:
                self._number_kinds.add(kind)
        words = Words(
            body=doc.text if body is None else body,
            start=starts.tolist(),
            end=(starts + lengths).tolist(),
            token=list(range(len(orths) + 1)),
        )
        for orth in orths:
            text, lower, bits, kind = known[orth]
            words.text.append(text)
            words.lower.append(lower)
            words.bits.append(bits)
            words.kinds.append(kind)
        self._merge_numbers(words)
        return words

    def _merge_numbers(self, words: Words) -> None:
        lower, number_kinds = words.lower, self._number_kinds
        groups: list[tuple[int, int, float]] = []
        done = 0
        for k in [k for k, kind in enumerate(words.kinds) if kind in number_kinds]:
            if k < done:
                continue
            length = numbers.phrase_length(lower, k)
            done = k + length
            value = self._value(lower[k]) if length == 1 else numbers.phrase_value(lower[k:done])
            if value is not None:
                groups.append((k, done, value))
        removed = 0
        for start, end, value in groups:
            # Places were counted before the merge: each earlier number has shortened what follows it.
            start, end = start - removed, end - removed
            words.values[start] = value
            if end - start > 1:
                self._merge(words, start, end)
                removed += end - start - 1

    def _value(self, word: str) -> float | None:
        """The value of a number of one word, worked out once."""
        if word not in self._values:
            self._values[word] = numbers.phrase_value([word])
        return self._values[word]

    def _merge(self, words: Words, start: int, end: int) -> None:
        """Make one word of the words `start` to `end`."""
        last = words.end[end - 1]
        text = words.body[words.start[start] : last]
        words.text[start:end] = [text]
        words.lower[start:end] = [text.lower()]
        words.end[start:end] = [last]
        del words.bits[start + 1 : end]
        del words.kinds[start + 1 : end]
        del words.start[start + 1 : end]
        del words.token[start + 1 : end]
