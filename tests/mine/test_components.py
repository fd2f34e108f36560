"""The components are ordinary spaCy factories, of use in anybody's pipeline."""

from __future__ import annotations

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer import mine
from minutesminer.parse import item_from_text

PIECES = st.sampled_from(
    (
        "RESOLVED That the report be noted . ; : , ( ) £ 3 m % 95 from to by of two one • - – \n (1) a) per cent "
        "weeks requested would provide by next meeting Action: The Director Members For 12 Against target national "
        "2016/17 Q2"
    ).split(" ")
)


def test_the_components_stand_in_an_ordinary_pipeline():
    assert mine.load().pipe_names == list(mine.COMPONENTS)
    nlp = spacy.blank("en")
    nlp.add_pipe("minutes_metrics")
    doc = nlp("Attendance was 95%.")
    assert [(m.quote, m.value) for m in doc._.minutes.metrics] == [("95%", 95)]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=60).map(" ".join))
def test_every_quote_stands_at_its_offsets_whatever_the_text(text):
    clean = item_from_text(text).text
    records = mine.mine_text(_NLP, clean)
    found = [*records.metrics, *records.resolutions, *records.actions, *records.follow_ups]
    assert [clean[r.start_char : r.end_char] for r in found] == [r.quote for r in found]
    assert all(r.quote.strip() == r.quote and r.quote for r in found)


_NLP = mine.load()
