"""Families of words: those that speak of one matter, and those of one root."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.link.kindred import Kindred, load_kindred
from minutesminer.link.words import stem


@pytest.fixture(scope="module")
def packaged() -> Kindred:
    return load_kindred(resources.folder("patterns"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("collisions", "crash"),
        ("crashes", "accident"),
        ("vaccination", "vaccines"),
        ("assessment", "assessed"),
        ("survival", "survived"),
        ("inspector", "inspections"),
    ],
)
def test_kindred_words_are_of_one_family(packaged: Kindred, one: str, other: str) -> None:
    assert packaged.family(stem(one)) == packaged.family(stem(other))


@pytest.mark.parametrize(("one", "other"), [("community", "communication"), ("nation", "native"), ("road", "bus")])
def test_other_words_are_not(packaged: Kindred, one: str, other: str) -> None:
    assert packaged.family(stem(one)) != packaged.family(stem(other))


def test_a_rule_folder_without_them_has_roots_alone(tmp_path: Path) -> None:
    alone = load_kindred(tmp_path)
    assert (alone.family("crash"), alone.family("assessment")) == ("crash", "assess")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("- [road, street]", "it holds groups"),
        ("streets:\n  - road", "it holds groups"),
        ("streets:\n  - [road, High Street]", "it holds groups"),
        ("streets:\n  - [road, 66]", "it holds groups"),
        ("streets:\n  - [road, street]\n  - [lane, streets]", "'streets' stands with 'road' too"),
    ],
)
def test_what_breaks_the_rules_is_refused_with_the_file(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "evidence").mkdir()
    path = tmp_path / "evidence" / "kindred_words.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(RuleError, match=message) as caught:
        load_kindred(tmp_path)
    assert str(path) in str(caught.value)
