"""The register of councils, and which council a text belongs to."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from minutesminer.parse import councils


def common_name(text: str, header: str = "") -> str | None:
    found = councils.find(text, header)
    return found.common_name if found else None


def test_every_row_of_the_register_is_whole_and_its_codes_are_its_own() -> None:
    rows = councils.register()
    assert [row.id for row in rows if not re.fullmatch(r"[A-Z]{3}", row.id)] == []
    assert [row.id for row in rows if not re.fullmatch(r"[ENSW]\d{8}", row.gss_code)] == []
    assert [key for key, count in Counter(row.id for row in rows).items() if count > 1] == []
    assert [key for key, count in Counter(row.gss_code for row in rows).items() if count > 1] == []
    assert Counter(row.nation for row in rows) == {
        "England": 317,
        "Scotland": 32,
        "Wales": 22,
        "Northern Ireland": 11,
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("London Borough of Islington", "ISL"),
        ("islington", "ISL"),
        ("LBTH", "TWH"),
        ("Kent County Council", "KEN"),
        ("Bath & North East Somerset", "BAS"),
        ("Kingston-upon-Thames", "KTT"),
        ("Tower Hamlet Council", "TWH"),
        ("North Tyneside", "NTY"),
    ],
)
def test_a_council_is_known_by_name_alias_and_near_spelling(name: str, code: str) -> None:
    entry = councils.by_name(name)
    assert entry is not None
    assert entry.id == code


@pytest.mark.parametrize("name", ["", "Westmere Borough Council", "Council", "Kingston", "Yarmsworth Borough Council"])
def test_a_name_of_no_council_is_none(name: str) -> None:
    assert councils.by_name(name) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harrow’s schools did well. A Member asked about Harrow. Harrow compared well.", "Harrow"),
        ("Havering’s time fell in Havering, and Havering worked in partnership with LB Hackney.", "Havering"),
        ("The report rated LBTH services as inadequate.", "Tower Hamlets"),
        ("the Southwark judgement of 2009; Islington leavers; Islington’s programme", "Islington"),
        ("Councillor Harrow and Mr Kent thanked Mrs Lincoln.", None),
        ("The borough still had a high number of children in care.", None),
        ("A visit to Merton was planned.", None),
        ("For Cumbria and Lancashire that meant three a day. County Hall, Lancashire.", None),
        ("There had been meetings with East Devon District Council on the scheme.", None),
        ("see democracy.merton.gov.uk", "Merton"),
    ],
)
def test_the_council_of_prose_is_the_one_with_a_clear_lead(text: str, name: str | None) -> None:
    assert common_name(text) == name


def test_a_council_named_in_full_in_the_header_decides() -> None:
    assert common_name("Medway Medway Medway", "KENT COUNTY COUNCIL\nCABINET") == "Kent"


def test_a_joint_committee_belongs_to_no_council() -> None:
    assert common_name("", "Kent County Council and Medway Council Joint Committee") is None
