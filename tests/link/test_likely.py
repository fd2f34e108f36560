"""What speaks for an item that is no list of requests, and what it is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.evaluate.link_weights import Pair, fit_weights
from minutesminer.link import link
from minutesminer.link.council import Council
from minutesminer.link.fit import best_fit
from minutesminer.link.kindred import Kindred
from minutesminer.link.later import LaterItem
from minutesminer.link.likely import FILE, SIGNS, load_weights, signs
from minutesminer.link.wanted import Request, wanted_of


def write(folder: Path, text: str) -> Path:
    (folder / "evidence").mkdir()
    (folder / "evidence" / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_packaged_weights_are_those_of_the_signs() -> None:
    weights = load_weights(resources.folder("patterns"))
    assert set(weights.of) == set(SIGNS)
    assert weights.bias < 0 < weights.of["words"]


def test_to_a_folder_without_weights_every_item_is_likely(tmp_path) -> None:
    assert load_weights(tmp_path).bias > 0


@pytest.mark.parametrize("text", ["bias: 1\n", "- 1\n", "".join(f"{sign}: much\n" for sign in ("bias", *SIGNS))])
def test_weights_of_other_signs_are_refused_by_name(tmp_path, text: str) -> None:
    with pytest.raises(RuleError, match=FILE):
        load_weights(write(tmp_path, text))


def test_weights_follow_what_is_annotated() -> None:
    tells = tuple(float(sign == "named") for sign in SIGNS)
    misleads = tuple(float(sign == "another") for sign in SIGNS)
    pairs = [Pair("a", tells, True)] * 20 + [Pair("a", misleads, False)] * 20
    bias, *weights = fit_weights(pairs)
    assert weights[SIGNS.index("named")] > 1 > 0 > weights[SIGNS.index("another")]
    assert abs(bias) < 1


@pytest.mark.parametrize(("task", "found"), [("a report on the ferry", 1), ("send Members the age of the ferry", 0)])
def test_a_single_word_late_in_a_text_answers_no_promise(minutes, task: str, found: int) -> None:
    ask = f"It was agreed: {task}."
    item = minutes.item("AAA-place", "2024-01-10", "Harbour", ask)
    table = "follow_ups" if found else "actions"
    column = {"request": task} if found else {"task": task, "strength": "undertaken"}
    minutes.record(table, item, ask, **column)
    answers = "The Ferry" if found else "Budget"
    minutes.item("AAA-place", "2024-03-10", answers, "Rates rose. Rents fell. Grants went. The ferry made a loss.")
    link(minutes.db)
    assert minutes.db.execute("select count(*) from evidence").fetchone()[0] == found


@pytest.mark.parametrize(("who", "elsewhere"), [("the Health and Wellbeing Board", 0.0), ("Cabinet", 1.0)])
def test_an_item_of_another_committee_may_say_anywhere_who_asked(who: str, elsewhere: float) -> None:
    text = f"Most foster children were in good health. Rates rose. Rents fell. It had been asked for by {who}."
    item = LaterItem("i", "AAA-parenting", "2024-06-10", "item", "Assessments", text)
    names = {"AAA-health": "Health and Wellbeing Board", "AAA-parenting": "Corporate Parenting Panel"}
    council = Council.of([item], Kindred({}), names)
    request = Request("r", "a report on the health of foster children", "Health", "AAA", "AAA-health", "2024-01-10")
    wanted = wanted_of(request, council)
    fit = best_fit(0, wanted, council, wanted.whole, 0.0)
    assert fit is not None
    assert signs(0, wanted, council, fit)["elsewhere"] == elsewhere


@pytest.mark.parametrize(
    ("reply", "who"),
    [
        ("Councillor Low was obliged to him for saving her the trouble.", 1.0),
        ("The Chair was obliged to him for saving her the trouble.", 0.0),
        ("Rates rose. Rents fell. Grants went. Councillor Low left the meeting.", 0.0),
    ],
)
def test_who_asked_is_named_beside_the_answer(reply: str, who: float) -> None:
    text = f"Seven charges were to rise by more than a tenth. The garage list was short. {reply}"
    item = LaterItem("i", "AAA-place", "2024-06-10", "item", "Fees", text)
    council = Council.of([item], Kindred({}), {})
    request = Request(
        "r", "a list of charges that were to rise", "Budget", "AAA", "AAA-place", "2024-01-10", who="Councillor Low"
    )
    wanted = wanted_of(request, council)
    fit = best_fit(0, wanted, council, wanted.whole, 0.0)
    assert fit is not None
    assert signs(0, wanted, council, fit)["who"] == who
