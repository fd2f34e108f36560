"""The tokenizer of minutes English: spaCy's, with splits for the glued shapes that minutes hold.

`15%gap`, `14 -17`, `£7.142million`, `250k`, `14.2%(2017`, `£90/week`, `children- 77%`, `here.How`, `RESOLVED:That` and
`45-days` come apart; `in-house`, `Sub-Committee`, `2015/16`, `17/12/2018`, `under-5` and `18th` stay whole.
There are no special cases: one in a text keeps spaCy 3.8 from using its cache for the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

_UNITS = (
    "k|m|mn|bn|tn|million|billion|thousand|hundred|days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|secs?"
    "|kg|km|pp|per|children|people|families"
)
_PREFIXES = re.compile(r"""^(?:[£$€(\[{"“”‘'’•*+~<>=#…/]|-(?=[\d£a-zA-Z])|[–—−])""")
_SUFFIXES = re.compile(r"""(?:[)\]}"“”‘,;:!?%…*/]|(?<![A-Za-z]\.[A-Za-z])\.|['’]s|['’]S|['’]ll|['’](?!s)|-|[–—−])$""")
_CLITICS = ("'s", "’s", "'S", "’S", "'ll", "’ll")  # the suffixes that end in a letter
_INFIXES = re.compile(
    rf"""[%£€]|[–—−…]|(?<=\d)-(?=[\d£a-zA-Z])|(?<=\d)[(\[]|(?<=[A-Za-z\d)])[)\]]?:-?(?=[A-Z])|\)(?=[A-Za-z£])
    |(?<=[A-Za-z]),(?=[A-Za-z\d])|(?<=[a-z)”])[.?!;](?=[“(]?[A-Z][a-z])|(?<=[a-z]);(?=[a-z])
    |(?<=[a-z%])[(](?=\d)|(?<=\d)(?=(?:{_UNITS})\b)|(?<=[a-z])-(?=£)|(?<=\d),(?=[a-zA-Z])
    |(?<=\d)m(?=(?:over|under|in|of|for|to|and|on|from|short|sav|defic|budg|fund|gap|per|was|is|at|grant)[a-z]*\b)
    |(?<=\d)(?!st|nd|rd|th)(?=[a-z]{{3,}})|(?<=\d)/(?=[a-z]{{3,}})""",
    re.VERBOSE,
)


def make_tokenizer(nlp: Language) -> Tokenizer:
    """spaCy's tokenizer over this module's splits, with the pipeline's vocabulary."""
    return tokenizer_over(nlp.vocab)


def tokenizer_over(vocab: Vocab) -> Tokenizer:
    """The same with any vocabulary."""
    return Tokenizer(
        vocab,
        rules={},
        prefix_search=_PREFIXES.search,
        suffix_search=_Suffixes(_SUFFIXES).search,
        infix_finditer=_Infixes(_INFIXES).finditer,
    )


class _Plain:
    """A regular expression of the tokenizer that is not run on plain words, which it cannot match.

    `pattern` is what spaCy writes when a pipeline is saved.
    """

    def __init__(self, regex: re.Pattern[str]) -> None:
        self.pattern = regex.pattern
        self._regex = regex


class _Suffixes(_Plain):
    def search(self, text: str) -> re.Match[str] | None:
        """The suffix of a piece of text: a mark at its end, or `'s`, `'S` and `'ll`."""
        plain = text[-1:].isalnum() and not text.endswith(_CLITICS)
        return None if plain else self._regex.search(text)


class _Infixes(_Plain):
    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Where a piece of text comes apart, which it does at digits and marks alone."""
        return () if text.isalpha() else self._regex.finditer(text)
