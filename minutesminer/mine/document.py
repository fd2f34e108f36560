"""Items through the pipeline: what is known of the meeting goes in, records come out.

Memory stays bounded however many words a run meets. spaCy keeps every distinct word for good, so a pipeline of these
components alone gets a new vocabulary once it holds `KEPT_STRINGS`, which is more than minutes commonly use.
(spaCy's memory zones leave some 20 bytes a distinct word behind: the marks of what its hash tables held.) A pipeline
with other components, which may hold on to its vocabulary, is its owner's to bound: `with nlp.memory_zone():` around
`mine_document` is safe, as records are plain values.
"""

from __future__ import annotations

import gc

from spacy.language import Language
from spacy.vocab import create_vocab

from minutesminer.mine import COMPONENTS
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.tokenizer import make_tokenizer
from minutesminer.models import Document, ItemRecords, Meeting, Section

KEPT_STRINGS = 50_000
"""Strings (words, their shapes and affixes) that a pipeline remembers from one text to the next."""


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
    forget_words(nlp)
    return read_one(nlp, text, sections, meeting).records


def read_one(nlp: Language, text: str, sections: list[Section], meeting: Meeting | None) -> Reading:
    """All that the components know of one text: its words and matches with the records."""
    doc = nlp.make_doc(text)
    doc.user_data["sections"] = sections
    doc.user_data["meeting"] = meeting
    for _, component in nlp.pipeline:
        doc = component(doc)
    reading: Reading = doc.user_data["minutesminer"]
    return reading


def forget_words(nlp: Language) -> None:
    """Give a pipeline that holds `KEPT_STRINGS` a new vocabulary, and give back the memory of the old one.

    Pipelines with other components, and those in a memory zone of the caller, are left alone.
    """
    full = len(nlp.vocab.strings) >= KEPT_STRINGS
    if full and tuple(nlp.pipe_names) == COMPONENTS and not nlp.vocab.in_memory_zone:
        nlp.vocab = create_vocab(nlp.lang, nlp.Defaults)
        nlp.tokenizer = make_tokenizer(nlp)
        gc.collect()  # a vocabulary refers to itself: left alone, several would pile up
