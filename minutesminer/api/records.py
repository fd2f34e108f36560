"""Mining a document or a text into records: what `minutesminer run` stores and `minutesminer explain` shows."""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from minutesminer import resources
from minutesminer.api.frames import Records
from minutesminer.api.reading import Date, given_of
from minutesminer.errors import UsageError
from minutesminer.link.catalogue import Catalogue, Measure, load_catalogue
from minutesminer.link.measures import measures_of
from minutesminer.mine import load, mine_document
from minutesminer.mine.engine.ruleset import forget_changed
from minutesminer.models import Document, Meeting
from minutesminer.parse import LONGEST_ITEM, item_from_text

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Records", "mine"]

_ONE_AT_A_TIME = threading.Lock()
"""A pipeline and its rules remember words, so that threads take turns."""


def mine(
    source: Document | str,
    *,
    council: str | None = None,
    committee: str | None = None,
    date: Date | None = None,
    url: str | None = None,
    patterns: Path | str | None = None,
) -> Records:
    """The records of a document that `read` gave, or of a text: figures, resolutions, actions and follow-ups.

    A text (a sentence, some paragraphs) is taken as one agenda item, as `minutesminer explain` takes it; whole
    minutes are cut into items by `read`, which takes bytes too. `date` and the other names say where a text comes
    from, so that `by the end of June` has a date. Figures have the `measure_id` of the catalogue where their wording
    names one. `patterns` is another folder of rules than the packaged one; what is changed in it counts from the next
    call on.

    The first call loads the rules, which takes a second; memory does not grow with the calls, and threads take turns.
    To read a great many files on all processors, into a database, use `minutesminer.run.run`.
    Raises UsageError for a document without minutes (its `outcome` is not `ok`), RuleError for broken rules.

    >>> import minutesminer
    >>> records = minutesminer.mine(
    ...     "Attendance fell to 91.5% in Quarter 2. Cllr Reed asked for a report by the end of June.", date="14/1/2025"
    ... )
    >>> records
    <Records of -: 1 metrics, 0 resolutions, 0 actions, 1 follow-ups>
    >>> figure = records.metrics[0]
    >>> figure.value, figure.unit, figure.measure, figure.direction, figure.period
    (91.5, '%', 'Attendance', 'down', 'Quarter 2')
    >>> [(asked.requester, asked.request, asked.due_date) for asked in records.follow_ups]
    [('Cllr Reed', 'a report', '2025-06-30')]
    """
    if isinstance(source, Document):
        if (council, committee, date, url) != (None, None, None, None):
            raise UsageError("a document says where it comes from; give council, committee, date and url to read")
        document = source
    elif isinstance(source, str):
        document = _document_of(source, council, committee, date, url)
    else:
        raise UsageError(f"give mine a text or a document that read gave, and not {type(source).__name__}")
    if document.outcome != "ok":
        told = document.issues[0].message if document.issues else document.source
        raise UsageError(f"there are no minutes to mine ({document.outcome}): {told}")
    with _ONE_AT_A_TIME:
        nlp, catalogue = _packaged() if patterns is None else _of_ones_own(Path(patterns).resolve())
        found = mine_document(nlp, document)
    measures: dict[str, Measure] = {}
    for records in found:
        for figure, measure in zip(records.metrics, measures_of(catalogue, records.metrics), strict=True):
            if measure is not None:
                figure.measure_id = measure.id
                measures[measure.id] = measure
    return Records(document, found, measures)


def _document_of(text: str, council: str | None, committee: str | None, date: Date | None, url: str | None) -> Document:
    if len(text) > LONGEST_ITEM:
        raise UsageError(f"a text of {len(text):,} characters is more than one item's; read it: mine(read(bytes))")
    given = given_of(council, committee, date, url)
    data = text.encode("utf-8", "replace")
    meeting = Meeting(given.council, given.committee, given.date, url=given.url)
    item = item_from_text(text)
    item.url = given.url
    id_ = hashlib.sha256(data).hexdigest()[:12]
    return Document(id_, "-", "text/plain", len(data), meetings=[meeting], items=[item])


@lru_cache(maxsize=1)
def _packaged() -> tuple[Language, Catalogue]:
    return load(), load_catalogue(resources.folder("patterns"))


def _of_ones_own(folder: Path) -> tuple[Language, Catalogue]:
    return _as_it_is(folder, forget_changed(folder))


@lru_cache(maxsize=1)
def _as_it_is(folder: Path, sha256: str) -> tuple[Language, Catalogue]:
    return load(folder), load_catalogue(folder)
