"""Mining: a Document in, its records out, by a blank spaCy pipeline and the rules under `patterns/`.

The package has this stage and a function for everybody's use under one name: the module can be called, and
`minutesminer.mine(text)` is `minutesminer.api.mine(text)`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from minutesminer.callable_stage import CallableStage
from minutesminer.mine.component_names import COMPONENTS
from minutesminer.models import Document, ItemRecords

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["COMPONENTS", "load", "mine_document", "mine_text"]


def load(patterns: Path | str | None = None) -> Language:
    """The mining pipeline: `spacy.blank("en")` with the minutes tokenizer and the registered components.

    `patterns` is another rule folder than the packaged one. Raises RuleError where its rules are broken.
    """
    import spacy

    import minutesminer.mine.components  # noqa: F401  (registers the factories)
    from minutesminer.mine.engine.ruleset import rule_set
    from minutesminer.mine.engine.tokenizer import make_tokenizer

    folder = None if patterns is None else str(Path(patterns).resolve())
    rule_set(folder)
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"patterns": folder})
    return nlp


def mine_document(nlp: Language, document: Document) -> list[ItemRecords]:
    """The records of every item of `document`, parallel to `document.items`. Pure: nothing is read or written."""
    from minutesminer.mine.document import mine_items

    return mine_items(nlp, document)


def mine_text(nlp: Language, text: str) -> ItemRecords:
    """The records of one clean text, taken as minutes throughout."""
    from minutesminer.mine.document import mine_one

    return mine_one(nlp, text, [], None)


sys.modules[__name__].__class__ = CallableStage
