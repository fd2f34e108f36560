"""Rows of tables whose first cell numbers the second: `8.1 | The Head of Housing said ...`."""

from __future__ import annotations

import re

_LABEL = re.compile(r"\(?(?:\d{1,4}(?:[./]\d{1,3})*|[A-Za-z]|[ivx]{1,4})[.)]{0,2}$")
_SHORTEST = 30  # characters of a sentence that a cell beside it numbers


def is_label(text: str) -> bool:
    """Whether a cell holds the number or letter of what stands beside it, and nothing else."""
    return _LABEL.match(text) is not None


def labelled(texts: list[str]) -> list[str]:
    """The texts of a row's filled cells; a number or letter beside a sentence goes before it."""
    numbered = len(texts) > 1 and is_label(texts[0]) and len(texts[1]) >= _SHORTEST
    if numbered and (len(texts) == 2 or not texts[0][-1].isalnum()):
        return [" ".join(texts[:2]), *texts[2:]]
    return texts
