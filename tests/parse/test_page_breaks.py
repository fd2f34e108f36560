"""How the text of recorded minutes reads across each end of a page: recorded documents, read where they lie.

A break is stated as the words before and behind it: a blank where a sentence goes on, a new line where a block starts,
`## ` where an item does. Headings and their `(Item 4)` belong to the item.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutesminer.parse import parse

BREAKS = {
    "kent/kent__cabinet_2025-01-30__Minutes_of_the_meeting_held_on_9th_January_2025.pdf": [
        "in attendance for this item\n1. Mr Shipton introduced the",
        "for the people of Kent.\n3. RESOLVED that Cabinet note",
        "Discussions were ongoing as to how to measure",
        "from Members it was noted:\n• It was noted that risk",
        "consideration as to:\n(a) whether to request",
        "running of the Council.\n• Working in partnership with",
        "April 2027 or April 2028.\n• Members commented that",
        "scheduled for May 2025\n6. Following the debate, the",
    ],
    "kent/kent__full_council_2025-03-13__CPP_Minutes_10.12.24.pdf": [
        "\n## Participation Team Update\n1. Jo Carpenter",
        "questions it was said:\na. A Member questioned",
        "not obtaining legal status in time to transition",
        "enough provisions.\n3. It was a priority",
        "\n## Work programme\nRESOLVED that the work programme was",
    ],
    "kent/kent__full_council_2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf": [
        "approved as a correct record\nRESOLVED that the minutes",
        "Alderman in March 2016.\n6) The Chairman advised",
        "financially sustainable councils. He stressed",
        "and invest in Kent. Mr Brady questioned",
        "down for their service.\n17) The Leader of the",
        "Making Space for Nature.\n25) He said the Council",
        "Mrs Wright\nAgainst (0)\nAbstain (11)",
        "Motion carried.\n5) RESOLVED that the County Council",
        "## Devolution and Local Government Reorganisation Update\n1) Mr Gough",
        "## Joint Health Overview & Scrutiny Committee - Terms of Reference update\n",
        "## Governance & Audit Terms of Reference update\nThis item was taken",
        "changes to the Constitution\n6. Delegate authority",
        "Amendment carried\n6) The Chairman put part 4",
        "relation to s14.60).\n4. Agrees that the Chair",
        "was taken after Item 14.\nMotion for Time Limited",
        "harmful products.\nc) Stronger regulations on vape marketing",
        "\nAnd;\nThis Council agrees to call on the Cabinet Member",
        "Abstain (0)\nSubstantive motion carried.",
    ],
    "openlylocal/test_minutes.pdf": [  # its first two pages are an agenda, its last one is blank
        "\n## AUDITED FINAL ACCOUNTS 2008/09 AND USE OF RESOURCES JUDGEMENT\n",
        "\n## WORK PROGRAMME\nNOTED\n## AUDITED FINAL ACCOUNTS",
        "preparing the Pension Fund Accounts?\nThis was the first time",
        "More detailed reports would follow on risk",
    ],
}
FURNITURE = re.compile(
    r"(?im)^(?:\d{1,4}|page \d+.*|this page is .*|audit committee|24 september 2009|all minutes are draft.*"
    r"|.*www\.merton\.gov\.uk.*|(?:county )?council - \d+.*)$"
)


def read_through(shared: Path, name: str) -> str:
    """The titles and texts of all items, one after the other."""
    path = shared / "fixtures" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand")
    items = parse(path.read_bytes(), path.name).items
    return "\n".join(f"\n## {item.title}\n{item.text}".lstrip("\n") for item in items)


@pytest.mark.parametrize("name", BREAKS)
def test_text_reads_on_over_the_ends_of_pages_in_their_order(shared: Path, name: str) -> None:
    text = f"\n{read_through(shared, name)}"
    unread: list[str] = []
    at = 0
    for words in BREAKS[name]:
        place = text.find(words, at)
        at = max(at, place)
        unread += [words] if place < 0 else []
    assert unread == []


@pytest.mark.parametrize("name", BREAKS)
def test_nothing_of_a_pages_furniture_is_left(shared: Path, name: str) -> None:
    assert FURNITURE.findall(read_through(shared, name)) == []
