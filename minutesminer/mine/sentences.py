"""Component `minutes_sentences`: prepares a text for all other components."""

from __future__ import annotations

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from minutesminer.mine.engine.ruleset import RuleSet, rule_set


class SentenceSplitter:
    """Component `minutes_sentences`: reads the words, splits the sentences, finds all pattern matches once.

    `tokenizer` is for texts that no other pipeline's component will see (see `document`).
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.tokenizer: Tokenizer | None = None

    def __call__(self, doc: Doc) -> Doc:
        words = self.rules.words(doc)
        starts = np.full(len(doc), -1, dtype="int64").astype("uint64")
        for start, end in words.sentences:
            if end > start and words.token[start] < len(doc):
                starts[words.token[start]] = 1
        if len(doc):
            starts[0] = 1
            doc.from_array([SENT_START], starts.reshape(-1, 1))
        return doc


def make_sentences(nlp: Language, name: str, patterns: str | None = None) -> SentenceSplitter:
    """Factory `minutes_sentences`. `patterns` is another rule folder than the packaged one."""
    return SentenceSplitter(rule_set(patterns))
