"""Mining remembers a bounded number of words, whatever it reads, and gives the same records all the same."""

from __future__ import annotations

import gc
from itertools import islice

import pytest

from minutesminer import mine
from minutesminer.evaluate.growth import Growth, texts, words
from minutesminer.mine import document
from minutesminer.mine.engine import words as words_module
from minutesminer.mine.engine.ruleset import rule_set

DOCUMENTS, WORDS_EACH = 30, 200


def test_every_word_of_the_stream_is_new() -> None:
    assert len(set(islice(words(), 20_000))) == 20_000


def test_a_stream_of_new_words_leaves_a_bounded_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "KEPT_STRINGS", 3_000)
    monkeypatch.setattr(words_module, "_CACHE_LIMIT", 1_000)
    nlp, known = mine.load(), rule_set().reader._known
    held = []
    for text in texts(DOCUMENTS, WORDS_EACH):
        mine.mine_text(nlp, text)
        vocab = document.doc_of(nlp, "").vocab
        held.append((len(vocab.strings), len(known)))
    most_strings, most_words = 3_000 + 2 * WORDS_EACH, 1_000 + 2 * WORDS_EACH
    assert [pair for pair in held[1:] if pair[0] > most_strings or pair[1] > most_words] == []
    assert held[-1][0] < DOCUMENTS * WORDS_EACH


def test_forgetting_words_changes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = list(texts(6, WORDS_EACH))
    nlp = mine.load()
    remembered = [mine.mine_text(nlp, text) for text in stream]
    monkeypatch.setattr(document, "KEPT_STRINGS", 0)
    assert [mine.mine_text(nlp, text) for text in stream] == remembered
    assert [len(records.metrics) for records in remembered] == [40] * 6


def test_what_was_made_for_a_text_goes_with_it() -> None:
    """Nothing refers to itself in a circle: such things wait for the garbage collector, which stops all work."""
    text = "The Panel noted that it rose to 95%.\nRESOLVED: That\n1. the report be noted; and\n2. it return."
    nlp = mine.load()
    mine.mine_text(nlp, text)
    gc.collect()
    gc.disable()
    try:
        records = mine.mine_text(nlp, text)
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert [len(records.metrics), len(records.resolutions)] == [1, 2]


def test_records_outlive_a_memory_zone_of_the_caller() -> None:
    text = next(texts(1, WORDS_EACH))
    nlp = mine.load()
    with nlp.memory_zone():
        records = mine.mine_text(nlp, text)
    held = len(nlp.vocab.strings)
    assert records == mine.mine_text(mine.load(), text)
    assert held < 2 * WORDS_EACH + 2_000


def test_a_pipeline_with_other_components_keeps_its_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "KEPT_STRINGS", 0)
    nlp = mine.load()
    nlp.add_pipe("sentencizer", first=True)
    vocab = nlp.vocab
    mine.mine_text(nlp, "Attendance rose to 95%.")
    assert nlp.vocab is vocab


@pytest.mark.parametrize(
    ("first", "last", "bounded"), [(150.0, 160.0, True), (150.0, 190.0, False), (290.0, 301.0, False)]
)
def test_growth_is_judged_by_its_end_and_by_its_rise(first: float, last: float, bounded: bool) -> None:
    assert Growth(1_000_000, first, last).bounded == bounded
