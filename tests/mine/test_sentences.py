from __future__ import annotations

import pytest

from minutesminer.mine.engine.ruleset import rule_set


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("Cllr. Smith and Mr. A. Brown spoke. Ms Lee left.", ["Cllr. Smith and Mr. A. Brown spoke.", "Ms Lee left."]),
        ("1. That it be noted.\n2. That it end.", ["1. That it be noted.", "2. That it end."]),
        ("It was 9.5% in all.", ["It was 9.5% in all."]),
        ("How many? Six.", ["How many?", "Six."]),
        ("needs to be on here.How many children?", ["needs to be on here.", "How many children?"]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("a heading\n• a bullet without a stop\n• another", ["a heading", "• a bullet without a stop", "• another"]),
    ],
)
def test_sentences(nlp, text, expected):
    words = rule_set().words(nlp.make_doc(text))
    assert [words.slice(start, end) for start, end in words.sentences] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15%gap", ["15", "%", "gap"]),
        ("14 -17", ["14", "-", "17"]),
        ("£7.142million", ["£", "7.142million"]),
        ("250k", ["250k"]),
        ("14.2%(2017", ["14.2", "%", "(", "2017"]),
        ("children- 77%", ["children", "-", "77", "%"]),
        ("£3m-£4m", ["£", "3", "m", "-", "£", "4", "m"]),
        ("RESOLVED:That", ["RESOLVED", ":", "That"]),
        ("45-days", ["45", "-", "days"]),
        (
            "in-house Sub-Committee 2015/16 17/12/2018 under-5 18th",
            ["in-house", "Sub-Committee", "2015/16", "17/12/2018", "under-5", "18th"],
        ),
        ("24good or £1.9moverspend", ["24", "good", "or", "£", "1.9", "m", "overspend"]),
    ],
)
def test_glued_words_come_apart_and_whole_ones_stay(nlp, text, expected):
    assert rule_set().words(nlp.make_doc(text)).text == expected
