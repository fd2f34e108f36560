"""What minutes tell before their first heading, besides who was there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutesminer.parse.attendance import attendance_label
from minutesminer.parse.items import is_title
from minutesminer.parse.navigation import tells
from minutesminer.parse.parts import Block

_LEAST_WORDS = 8
# Of how the meeting was held, who came and who left: facts of the meeting, and no business of it.
_OF_THE_MEETING = re.compile(
    r"\b(?:present|attend\w*|apolog\w+|absen(?:t|ce)|substitut\w+|in the chair|took the chair|presid(?:ed|ing)"
    r"|joined|left the|arrived|withdrew|quor\w+|webcast|live ?stream\w*|broadcast|filmed|recording|commenced"
    r"|meeting (?:opened|started|began|closed|ended)|held|convened|published"
    r"|(?:this|the) (?:note|record|document|page))\b",
    re.I,
)


def opening(preamble: Sequence[Block]) -> list[Block]:
    """The blocks from the first that tells of the meeting's business, with its title if one stands over it."""
    labelled = [at for at, block in enumerate(preamble) if attendance_label(block.text)]
    after = labelled[-1] + 1 if labelled else 0
    first = next((at for at in range(after, len(preamble)) if _is_business(preamble[at].text)), None)
    if first is None:
        return []
    titled = first > after and is_title(preamble[first - 1].text) and preamble[first - 1].bold
    return list(preamble[first - titled :])


def _is_business(text: str) -> bool:
    whole = text[-1] in ".;:”" and len(text.split()) >= _LEAST_WORDS
    return whole and tells(text) and not _OF_THE_MEETING.search(text)
