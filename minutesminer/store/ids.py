"""Ids of rows: text, readable, and the same for the same input on any machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_SLUG_LENGTH = 80


def slug(name: str) -> str:
    """`Children’s Services & Schools` as `childrens-services-and-schools`: at most 80 characters.

    Names that differ in case, accents, apostrophes, hyphens or `&` have the same slug. A name
    without a letter or digit gives an empty string.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
    words = re.findall(r"\w+", plain.replace("_", " "))
    whole = "-".join(words)
    if len(whole) <= _SLUG_LENGTH:
        return whole
    return whole[:_SLUG_LENGTH].rpartition("-")[0] or whole[:_SLUG_LENGTH]


def record_ids(item_id: str, letter: str, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Ids of one item's records of one class, parallel to `spans` of (start, end, kind).

    `<item>.<letter><start>-<end>`; records that share a span get their kind behind it, and a
    number where that is shared as well.
    """
    sharing = Counter((start, end) for start, end, _ in spans)
    seen: Counter[str] = Counter()
    ids = []
    for start, end, kind in spans:
        name = f"{item_id}.{letter}{start}-{end}"
        if sharing[start, end] > 1:
            name += f"-{slug(kind)}"
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def issue_id(owner: str, stage: str, code: str, message: str) -> str:
    """Id of an issue of `owner` (a document's id, or the name of a source)."""
    digest = hashlib.sha256("\0".join((owner, stage, code, message)).encode("utf-8", "replace")).hexdigest()
    return f"{stage}-{code}-{digest[:12]}"
