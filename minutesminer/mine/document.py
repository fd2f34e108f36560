"""Items through the pipeline: what is known of the meeting goes in, records come out.

A pipeline of these components alone gets a tokenizer with a vocabulary of its own, which knows nothing of a word but
its text: spaCy's twenty attributes of each new word (shape, `like_url` ...) take longer than all splitting, and mining
reads none of them. Memory stays bounded however many words a run meets. spaCy keeps every distinct word for good, so
that vocabulary is made anew once it holds `KEPT_STRINGS`, which is more than minutes commonly use. (spaCy's memory
zones leave some 20 bytes a distinct word behind: the marks of what its hash tables held.) A pipeline with other
components, which may need the attributes and hold on to its vocabulary, is its owner's to bound: `with
nlp.memory_zone():` around `mine_document` is safe, as records are plain values.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from minutesminer.mine.component_names import COMPONENTS
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.tokenizer import tokenizer_over
from minutesminer.mine.sentences import SentenceSplitter
from minutesminer.models import Document, ItemRecords, Meeting, Section

Pipeline = Sequence[tuple[str, Callable[[Doc], Doc]]]

KEPT_STRINGS = 50_000
"""Distinct words that a pipeline remembers from one text to the next."""


def mine_items(nlp: Language, document: Document) -> list[ItemRecords]:
    """The records of every item, parallel to `document.items`."""
    records: list[ItemRecords] = []
    for item in document.items:
        meeting = document.meetings[item.meeting] if item.meeting < len(document.meetings) else None
        records.append(mine_one(nlp, item.text, item.sections, meeting))
    return records


def mine_one(nlp: Language, text: str, sections: list[Section], meeting: Meeting | None) -> ItemRecords:
    """The records of one clean text; `sections` tell its agenda words, decision and minutes apart."""
    if not text.strip():
        return ItemRecords()
    return read_one(nlp, text, sections, meeting).records


def read_one(nlp: Language, text: str, sections: list[Section], meeting: Meeting | None) -> Reading:
    """All that the components know of one text: its words and matches with the records."""
    pipeline = nlp.pipeline  # spaCy makes a new list of it each time
    doc = _doc(nlp, pipeline, text)
    doc.user_data["sections"] = sections
    doc.user_data["meeting"] = meeting
    for _, component in pipeline:
        doc = component(doc)
    reading: Reading = doc.user_data["minutesminer"]
    return reading


def doc_of(nlp: Language, text: str) -> Doc:
    """The words of a text as a Doc, which no component has seen yet."""
    return _doc(nlp, nlp.pipeline, text)


def _doc(nlp: Language, pipeline: Pipeline, text: str) -> Doc:
    doc = _tokenizer(nlp, pipeline)(text)
    doc.user_data["text"] = text
    return doc


def _tokenizer(nlp: Language, pipeline: Pipeline) -> Tokenizer:
    """The tokenizer for a text of mining: one of its own where no other component can see the words.

    One that holds `KEPT_STRINGS` is replaced, and the memory of the old one given back.
    """
    first = pipeline[0][1] if pipeline else None
    if not isinstance(first, SentenceSplitter) or tuple(name for name, _ in pipeline) != COMPONENTS:
        return nlp.tokenizer
    if first.tokenizer is None:
        first.tokenizer = tokenizer_over(Vocab())
    elif len(first.tokenizer.vocab.strings) >= KEPT_STRINGS:
        first.tokenizer = tokenizer_over(Vocab())
        gc.collect()  # a vocabulary refers to itself: left alone, several would pile up
    return first.tokenizer
