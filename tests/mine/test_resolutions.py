"""Resolutions by construction: what introduces them, how their limbs run, who moved them, and what is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
import srsly
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from minutesminer.mine.decisions.labels import Sequence, inline_labels, label_at
from minutesminer.mine.decisions.resolutions import Resolutions, make_resolutions
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.tokenizer import make_tokenizer
from minutesminer.mine.sentences import SentenceSplitter, make_sentences
from minutesminer.models import Meeting, Resolution, Section
from minutesminer.resources import folder

Short = tuple[str | None, str, str]
Mine = Callable[..., list[Resolution]]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return make_tokenizer(spacy.blank("en"))


@pytest.fixture(scope="module")
def mine(tokenizer: Tokenizer) -> Mine:
    """The records of a text, by the sentences and resolutions components alone."""
    steps = [make_sentences(None, "sentences"), make_resolutions(None, "resolutions")]

    def run(text: str, sections: list[Section] | None = None, meeting: Meeting | None = None) -> list[Resolution]:
        return _run(tokenizer, steps, text, sections, meeting)[0]

    return run


def _run(
    tokenizer: Tokenizer,
    steps: list[Callable[[Doc], Doc]],
    text: str,
    sections: list[Section] | None = None,
    meeting: Meeting | None = None,
) -> tuple[list[Resolution], dict[str, Any]]:
    doc = tokenizer(text)
    doc.user_data["sections"] = sections or []
    doc.user_data["meeting"] = meeting
    for step in steps:
        doc = step(doc)
    reading = doc.user_data["minutesminer"]
    return reading.records.resolutions, reading.notes


def short(records: list[Resolution]) -> list[Short]:
    """Number, decision and quote of each record."""
    return [(record.number, record.decision, record.quote) for record in records]


REPORT_NOTED: list[Short] = [(None, "note", "the report be noted")]


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED: That the report be noted.",
        "RESOLVED – that the report be noted.",
        "RESOLVED; that the report be noted.",
        "RESOLVED : That the report be noted",
        "RESOLVED:That the report be noted.",
        "Resolved:-That the report be noted.",
        "Resolved: - That the report be noted.",
        "RESOLVED that the report be noted.",
        "RESOLVED THAT the report be noted;",
        "UNANIMOUSLY RESOLVED THAT the report be noted.",
        "RESOLVED unanimously that the report be noted.",
        "RESOLVED (unanimously): That the report be noted.",
        "RESOLVED\nThat the report be noted.",
        "R E S O L V E D – That the report be noted.",
        "4.2 It was RESOLVED that the report be noted.",
        "It was moved, seconded and\nRESOLVED\nThat the report be noted.",
        "AGREED: That the report be noted.",
        "Agreed – that the report be noted.",
        "It was resolved that the report be noted.",
        "After some debate, it was agreed that the report be noted.",
    ],
)
def test_an_introducing_word_and_its_punctuation_are_left_out_of_the_quote(mine: Mine, text: str) -> None:
    assert short(mine(text)) == REPORT_NOTED


def test_each_limb_is_a_record_with_its_own_label(mine: Mine) -> None:
    text = (
        "RESOLVED – That:\n(i) the report be noted;\n(ii) officers be requested to report back in six months; and\n"
        "(iii) Councillor Ash be appointed to the Panel.\nReasons for decision\n(a) To keep members informed."
    )
    assert short(mine(text)) == [
        ("i", "note", "the report be noted"),
        ("ii", "request", "officers be requested to report back in six months"),
        ("iii", "appoint", "Councillor Ash be appointed to the Panel"),
    ]


def test_limbs_inside_one_line_come_apart(mine: Mine) -> None:
    text = "Resolved: That (1) the report be received; and (2) the scheme described in section 9(a) be deferred."
    assert short(mine(text)) == [
        ("1", "note", "the report be received"),
        ("2", "defer", "the scheme described in section 9(a) be deferred"),
    ]


def test_a_first_limb_beside_the_keyword_goes_on_below(mine: Mine) -> None:
    text = "RESOLVED: (A) That the Panel notes the plan.\n(B) That the Panel recommends that fees be frozen."
    assert short(mine(text)) == [
        ("A", "note", "the Panel notes the plan"),
        ("B", "recommend", "the Panel recommends that fees be frozen"),
    ]


def test_verb_first_limbs_hang_on_a_stem_that_is_no_record(mine: Mine) -> None:
    text = (
        "7. RESOLVED that the Committee:\n1. Note the plan\n2. Refer it to Cabinet; and\n3. Agree the next steps.\n"
        "8. The Chair thanked officers."
    )
    assert short(mine(text)) == [
        ("1", "note", "Note the plan"),
        ("2", "refer", "Refer it to Cabinet"),
        ("3", "agree", "Agree the next steps"),
    ]


def test_a_stem_with_a_verb_lends_it_to_limbs_without_one(mine: Mine) -> None:
    text = "RESOLVED: To recommend to Cabinet that\n(1) the strategy be adopted; and\n(2) £50,000 be set aside."
    assert short(mine(text)) == [
        ("1", "recommend", "the strategy be adopted"),
        ("2", "recommend", "£50,000 be set aside"),
    ]


def test_a_line_on_the_vote_does_not_end_a_block(mine: Mine) -> None:
    text = (
        "RESOLVED that:\n1. the grant be approved; and\nVoting: unanimous\n2. the bid be rejected.\nVoting: unanimous"
    )
    assert short(mine(text)) == [("1", "approve", "the grant be approved"), ("2", "reject", "the bid be rejected")]


def test_narrative_behind_a_complete_limb_is_left_out(mine: Mine) -> None:
    text = "Agreed that numbers should be shown in future reports. The Director spoke about training.\nMembers left."
    assert short(mine(text)) == [(None, "agree", "numbers should be shown in future reports")]


def test_limbs_whose_heading_is_lost_are_found_and_marked_for_review(mine: Mine) -> None:
    records = mine("The Director presented it.\n(a) That the plan be noted; and\n(b) That the item be deferred.")
    assert short(records) == [("a", "note", "the plan be noted"), ("b", "defer", "the item be deferred")]
    assert [record.review for record in records] == ["the heading over this limb is lost"] * 2


def test_names_under_a_whole_clause_belong_to_it(mine: Mine) -> None:
    text = "RESOLVED: That the following be appointed:\nCouncillor Ash\nCouncillor Elm"
    assert short(mine(text)) == [(None, "appoint", "the following be appointed:\nCouncillor Ash\nCouncillor Elm")]


def test_welsh_minutes_resolve_too(mine: Mine) -> None:
    text = "PENDERFYNWYD:-\n(1) Bod yr adroddiad yn cael ei nodi.\n(2) Cymeradwyo'r cynllun."
    assert short(mine(text)) == [
        ("1", "note", "yr adroddiad yn cael ei nodi"),
        ("2", "approve", "Cymeradwyo'r cynllun"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sub-Committee noted the performance report.", ("note", "The Sub-Committee noted the performance report")),
        ("The Committee notes the report.", ("note", "The Committee notes the report")),
        ("The Panel received the report and noted its contents.",
         ("note", "The Panel received the report and noted its contents")),
        ("Members endorsed the draft strategy.", ("endorse", "Members endorsed the draft strategy")),
        ("Members agreed to hold an extra meeting.", ("agree", "hold an extra meeting")),
        ("The Panel agreed to set up a working group.", ("establish", "set up a working group")),
        ("The Panel recommended to Cabinet that fees be cut.", ("recommend", "fees be cut")),
        ("The Board voted 4 to 3 to refuse the bid.", ("reject", "refuse the bid")),
        ("The report was otherwise noted.", ("note", "The report was otherwise noted")),
        ("Report noted.", ("note", "Report noted")),
        ("NOTED", ("note", "NOTED")),
        ("Updates were deferred to the next meeting.", ("defer", "Updates were deferred to the next meeting")),
        ("The minutes of the meeting held on 3 May were approved as a correct record.",
         ("approve", "The minutes of the meeting held on 3 May were approved as a correct record")),
        ("Councillor Pike was elected Chair for 2024.", ("appoint", "Councillor Pike was elected Chair for 2024")),
    ],
)  # fmt: skip
def test_decisions_in_running_text(mine: Mine, text: str, expected: tuple[str, str]) -> None:
    assert short(mine(text)) == [(None, *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "The Committee noted that the report had been delayed.",
        "It was noted that the budget was overspent.",
        "Members agreed that the trend was worrying.",
        "It was agreed that the position was difficult.",
        "The Director agreed to circulate the figures.",
        "At the previous meeting it was agreed that a note be sent.",
        "A Member said that it was agreed that data should be shared.",
        "The Cabinet had resolved to close the library.",
        "The strategy was approved by Cabinet in July.",
        "The Committee is asked to note the report.",
        "The Cabinet is RECOMMENDED to approve the plan.",
        "Recommendations:\n1. That the plan be noted.\nThe Director spoke.\nMembers asked questions.\nShe answered.\n"
        "The Chair summed up.",
        "Members raised these points:\n• That buses were late\n• That fares had risen",
        "Resolved complaints fell to 12.",
        "The following points were noted:\n• costs had risen",
        "The Committee:\n• noted that crime had risen\n• asked whether this was seasonal",
        "Dr Lane, who was appointed Chair of the Trust in 2019, gave a talk.",
        "Ten jobs were lost and a survey was carried out.",
        "Council’s text read “RESOLVED – That the levy be raised”.",
    ],
)
def test_what_looks_like_a_resolution_and_is_none(mine: Mine, text: str) -> None:
    assert short(mine(text)) == []


def test_the_agenda_part_is_never_mined(mine: Mine) -> None:
    text = "RESOLVED – That the press and public be excluded.\nMinutes:\nThere were no exempt items."
    assert mine(text, [Section("background", 0, 49), Section("minutes", 59, len(text))]) == []


def test_recommendations_that_close_an_item_are_resolutions(mine: Mine) -> None:
    text = (
        "The Panel discussed parking.\nRecommendations:\n1. Cabinet should review charges.\n2. Signs should be clearer."
    )
    assert short(mine(text)) == [
        ("1", "recommend", "Cabinet should review charges"),
        ("2", "recommend", "Signs should be clearer"),
    ]


def test_another_body_does_not_decide_here(mine: Mine) -> None:
    scrutiny = Meeting(committee="Housing Scrutiny Committee")
    assert short(mine("Cabinet agreed to raise the rent.", meeting=scrutiny)) == []
    assert short(mine("Cabinet agreed to raise the rent.", meeting=Meeting(committee="Cabinet"))) == [
        (None, "agree", "raise the rent")
    ]


def tally(record: Resolution) -> tuple[object, ...]:
    """Mover, seconder, votes for and against, abstentions, outcome."""
    return (
        record.mover, record.seconder, record.votes_for, record.votes_against, record.abstentions, record.outcome
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moved by Councillor A. Green and seconded by Councillor Brown RESOLVED that the plan be noted.",
         ("Councillor A. Green", "Councillor Brown", None, None, None)),
        ("Proposed: Cllr Lee\nSeconded: Cllr Ray\nRESOLVED: That the plan be noted.",
         ("Cllr Lee", "Cllr Ray", None, None, None)),
        ("RESOLVED that the plan be noted. (Moved by Cllr Ash, seconded by Cllr Elm.)",
         ("Cllr Ash", "Cllr Elm", None, None, None)),
        ("RESOLVED (on a motion from Cllr Lee, seconded by Cllr Ray) to note the plan.",
         ("Cllr Lee", "Cllr Ray", None, None, None)),
        ("Mr Love proposed, and Mr Oakford, Deputy Leader, seconded the motion.\nFor (38)\nMr Baker\nAgainst (5)\n"
         "Mr Hood\nAbstain (4)\nMs Hawkins\nMotion carried.\nRESOLVED that the plan be noted.",
         ("Mr Love", "Mr Oakford", 38, 5, 4)),
        ("RESOLVED that the plan be noted.\nFor: 26 / Against: 12 / Abstention: 1", (None, None, 26, 12, 1)),
        ("The motion was carried by 22 votes to one, with two abstentions. RESOLVED that the plan be noted.",
         (None, None, 22, 1, 2)),
        ("There were 588 children, 58 for every ward against 70 in May. RESOLVED that the plan be noted.",
         (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_movers_seconders_and_votes(mine: Mine, text: str, expected: tuple[object, ...]) -> None:
    assert [tally(record) for record in mine(text)] == [(*expected, "carried")]


def test_a_lost_amendment_keeps_its_text_votes_and_movers(mine: Mine) -> None:
    text = (
        "Councillor Dale proposed an amendment that the limit be raised, this was seconded by Councillor Fox, put"
        " to the vote and lost (3 for, 6 against, 1 abstention).\nRESOLVED that the policy be adopted."
    )
    records = mine(text)
    assert short(records) == [(None, "amend", "the limit be raised"), (None, "approve", "the policy be adopted")]
    assert [tally(record) for record in records] == [
        ("Councillor Dale", "Councillor Fox", 3, 6, 1, "lost"),
        (None, None, None, None, None, "carried"),
    ]


def test_the_second_printing_restates_the_decision(mine: Mine) -> None:
    first = "RESOLVED that:\n1. the report on buses be noted;\n2. the fares review be deferred."
    text = f"Decision:\n{first}\nMinutes:\nIt was {first}"
    start = text.index("\nMinutes:")
    records = mine(text, [Section("decision", 10, start), Section("minutes", start + 10, len(text))])
    assert [(record.number, record.restates) for record in records] == [
        ("1", None),
        ("2", None),
        ("1", "1"),
        ("2", "2"),
    ]


def test_an_agreement_that_the_block_repeats_restates_its_limb(mine: Mine) -> None:
    text = (
        "It was agreed that the indicators be amended.\n"
        "RESOLVED:\n(1) That it be noted;\n(2) That the indicators be amended."
    )
    assert [(record.quote, record.restates) for record in mine(text)] == [
        ("the indicators be amended", "2"),
        ("it be noted", None),
        ("the indicators be amended", None),
    ]


def test_notes_for_later_components_give_the_ranges_of_limbs_and_motions(tokenizer: Tokenizer) -> None:
    steps = [make_sentences(None, "sentences"), make_resolutions(None, "resolutions")]
    text = "Mr Ash moved that the fee be cut. The motion was lost.\nRESOLVED that the report be noted."
    _, notes = _run(tokenizer, steps, text)
    assert [(text[start:end], index) for start, end, index in notes["limbs"]] == [
        ("the fee be cut", 0),
        ("the report be noted", 1),
    ]
    assert [text[start:end].strip(" .") for start, end in notes["motions"]] == ["the fee be cut"]


def test_a_removed_rule_takes_exactly_its_own_records_with_it(tokenizer: Tokenizer, tmp_path: Path) -> None:
    text = (
        "It was agreed that the plan be amended.\nThe Committee noted the report.\n"
        "The minutes were approved as a correct record.\n"
        "RESOLVED:\n(1) That the budget be approved;\n(2) That the report be noted."
    )
    whole = RuleSet(folder("patterns"))
    before = _run(tokenizer, [SentenceSplitter(whole), Resolutions(whole)], text)[0]
    assert len({record.rule for record in before}) == 4
    for rule in sorted({record.rule for record in before}):
        fewer = RuleSet(_without(rule, tmp_path / rule))
        after = _run(tokenizer, [SentenceSplitter(fewer), Resolutions(fewer)], text)[0]
        kept = [(r.rule, r.quote) for r in before if r.rule != rule]
        assert [(r.rule, r.quote) for r in after] == kept


def _without(rule: str, target: Path) -> Path:
    """A copy of the packaged lexicons and resolution rules that lacks one rule."""
    shutil.copytree(folder("patterns"), target)
    for path in (target / "resolutions").glob("*.yaml"):
        entries = [entry for entry in srsly.read_yaml(path) if entry["id"] != rule]
        srsly.write_yaml(path, entries)
    return target


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(1) That", (4, "1", False)),
        ("• b.) That", (6, "b", True)),
        ("25.6 RESOLVED", (5, "25.6", False)),
        ("iv. That", (4, "iv", False)),
        ("A report was received", (0, None, False)),
        ("2024 was a good year", (0, None, False)),
    ],
)
def test_labels_are_told_from_text(line: str, expected: tuple[int, str | None, bool]) -> None:
    assert label_at(line, 0, len(line)) == expected


def test_a_nested_list_runs_on_and_comes_back() -> None:
    sequence = Sequence()
    labels = ["1", "2", "a", "b", "i", "ii", "c", "3", "7"]
    assert [sequence.take(label) for label in labels] == [0, 0, 1, 1, 2, 2, 1, 0, None]


def test_references_are_no_inline_labels() -> None:
    text = "that section 9(a) and the plan in (b) above be noted"
    assert inline_labels(text, 0, len(text)) == []
