"""The spaCy factories of the components, under the names of the entry points.

spaCy imports this module when a pipeline asks for one of the names, and `minutesminer.mine.load` imports it
where the package runs from a checkout without entry points. `patterns` is another rule folder than the
packaged one. The components' own modules load when a pipeline is made.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from minutesminer.models import ItemRecords

Component = Callable[[Doc], Doc]


def minutes_sentences(nlp: Language, name: str, patterns: str | None = None) -> Component:
    """The sentence and list splitter of minutes."""
    from minutesminer.mine.sentences import make_sentences

    return make_sentences(nlp, name, patterns)


def minutes_metrics(nlp: Language, name: str, patterns: str | None = None) -> Component:
    """The finder of figures, with their slots."""
    from minutesminer.mine.figures.metrics import make_metrics

    return make_metrics(nlp, name, patterns)


def minutes_resolutions(nlp: Language, name: str, patterns: str | None = None) -> Component:
    """The finder of decisions."""
    from minutesminer.mine.decisions.resolutions import make_resolutions

    return make_resolutions(nlp, name, patterns)


def minutes_actions(nlp: Language, name: str, patterns: str | None = None) -> Component:
    """The finder of undertaken and planned actions."""
    from minutesminer.mine.promises.actions import make_actions

    return make_actions(nlp, name, patterns)


def minutes_follow_ups(nlp: Language, name: str, patterns: str | None = None) -> Component:
    """The finder of what is asked to come back."""
    from minutesminer.mine.promises.follow_ups import make_follow_ups

    return make_follow_ups(nlp, name, patterns)


# After the definitions: spaCy looks the entry point up while it registers the function.
for _factory in (
    minutes_sentences,
    minutes_metrics,
    minutes_resolutions,
    minutes_actions,
    minutes_follow_ups,
):
    Language.factory(_factory.__name__, default_config={"patterns": None}, func=_factory)


def _minutes(doc: Doc) -> ItemRecords:
    reading = doc.user_data.get("minutesminer")
    return reading.records if reading is not None else ItemRecords()


# `doc._.minutes`: the records the components have found so far.
Doc.set_extension("minutes", getter=_minutes, force=True)
