"""Items through the pipeline: what is known of the meeting goes in, records come out."""

from __future__ import annotations

from spacy.language import Language

from minutesminer.mine.engine.ruleset import Reading
from minutesminer.models import Document, ItemRecords, Meeting, Section


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
    doc = nlp.make_doc(text)
    doc.user_data["sections"] = sections
    doc.user_data["meeting"] = meeting
    for _, component in nlp.pipeline:
        doc = component(doc)
    reading: Reading = doc.user_data["minutesminer"]
    return reading.records
