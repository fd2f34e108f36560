"""The tokenizer of minutes English: spaCy's, with splits for the glued shapes that minutes hold.

`15%gap`, `14 -17`, `£7.142million`, `250k`, `14.2%(2017`, `children- 77%`, `here.How`, `RESOLVED:That` and
`45-days` come apart; `in-house`, `Sub-Committee`, `2015/16`, `17/12/2018`, `under-5` and `18th` stay whole.
There are no special cases: one in a text keeps spaCy 3.8 from using its cache for the rest of it.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokenizer import Tokenizer

_UNITS = (
    "k|m|mn|bn|tn|million|billion|thousand|hundred|days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|secs?"
    "|kg|km|pp|per|children|people|families"
)
_PREFIXES = re.compile(r"""^(?:[£$€(\[{"“”‘'’•*+~<>=#…/]|-(?=[\d£a-zA-Z])|[–—−])""")
_SUFFIXES = re.compile(r"""(?:[)\]}"“”‘,;:!?%…*/]|(?<![A-Za-z]\.[A-Za-z])\.|['’]s|['’]S|['’]ll|['’](?!s)|-|[–—−])$""")
_INFIXES = re.compile(
    rf"""[%£€]|[–—−…]|(?<=\d)-(?=[\d£a-zA-Z])|(?<=\d)[(\[]|(?<=[A-Za-z\d)])[)\]]?:-?(?=[A-Z])|\)(?=[A-Za-z£])
    |(?<=[A-Za-z]),(?=[A-Za-z\d])|(?<=[a-z)”])[.?!;](?=[“(]?[A-Z][a-z])|(?<=[a-z]);(?=[a-z])
    |(?<=[a-z%])[(](?=\d)|(?<=\d)(?=(?:{_UNITS})\b)|(?<=[a-z])-(?=£)|(?<=\d),(?=[a-zA-Z])
    |(?<=\d)m(?=(?:over|under|in|of|for|to|and|on|from|short|sav|defic|budg|fund|gap|per|was|is|at|grant)[a-z]*\b)
    |(?<=\d)(?!st|nd|rd|th)(?=[a-z]{{3,}})""",
    re.VERBOSE,
)


def make_tokenizer(nlp: Language) -> Tokenizer:
    """spaCy's tokenizer over this module's splits."""
    return Tokenizer(
        nlp.vocab,
        rules={},
        prefix_search=_PREFIXES.search,
        suffix_search=_SUFFIXES.search,
        infix_finditer=_INFIXES.finditer,
    )
