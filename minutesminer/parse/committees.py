"""What kind of body a committee is, and which committees somebody means by a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

# Word that tells the kind of a committee, tried in this order: `Audit and Scrutiny` is scrutiny.
_KINDS = (
    ("scrutiny", r"scrutin|overview|select committee|policy development"),
    ("executive", r"cabinet|executive|leader"),
    ("audit", r"audit|governance|standards"),
    ("regulatory", r"planning|licensing|regulat|development (?:control|management)"),
    (
        "council",
        r"^(?:the )?(?:(?:full|annual|extraordinary|county|city|borough|district) )?council(?: meeting)?$",
    ),
)


def committee_kind(committee: str) -> str:
    """`scrutiny`, `executive`, `council`, `audit`, `regulatory` or `other`, by the committee's name."""
    lowered = committee.lower()
    return next((kind for kind, words in _KINDS if re.search(words, lowered)), "other")


def means(wanted: str, committee: str) -> bool:
    """Whether the words `wanted` mean a committee: each begins a word of its name (`child` of `Children’s`)."""
    named = _words(committee)
    return all(any(word.startswith(each) for word in named) for each in _words(wanted))


def nearest(wanted: str, committees: Sequence[str], limit: int = 5) -> list[str]:
    """The names most like what was wanted, the nearest first."""
    found = process.extract(wanted, committees, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit)
    return [name for name, _, _ in found]


def _words(name: str) -> list[str]:
    plain = re.sub(r"['’‘]", "", name.casefold()).replace("&", " and ")
    return re.findall(r"\w+", plain)
