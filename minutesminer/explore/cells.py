"""Cells of Datasette's tables: ids as links to the site's own pages, addresses as links, numbers as people write them.

Text from minutes is escaped; nothing of it but an address of the web becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from minutesminer.explore.addresses import (
    PAGES,
    RECORDS,
    item_address,
    outside_link,
    page_address,
    record_address,
    row_page,
)
from minutesminer.explore.dates import spoken_quarter
from minutesminer.explore.figure_words import number
from minutesminer.store.tracker import HAND

_ITEM_WORDS = {"item_id": "read the item", "evidence_item_id": "read the later item"}
_NUMBERS = frozenset({"value", "value_max", "base", "actual", "target", "gap", "score"})
_RECORDS = frozenset({"record_id", "metric_id", "target_id"})
_TRACKED = re.compile(rf"{HAND}\d+|[^.]+\.\d+\.[af]\d.*")
# Names beside which a row has the id of what they name.
_NAMES = {"council": "council_id", "committee": "committee_id", "measure": "measure_id", "measure_label": "measure_id"}


def cell(datasette: Any, row: Any, value: Any, column: str, table: str | None) -> Markup | str | None:
    """What a cell shows; None leaves it to Datasette, which escapes it. `row` is None where the cell stands alone."""
    if value is None:
        return None
    label = value["label"] if isinstance(value, Mapping) else value
    plain = value["value"] if isinstance(value, Mapping) else value
    if column in _ITEM_WORDS:
        # A query has no label for it, as a table has by its foreign key.
        words = str(label) if table and label != plain else _ITEM_WORDS[column]
        return _link(item_address(datasette, str(plain)), words)
    if column in _RECORDS:
        return _record_links(datasette, str(plain))
    if column == "id" and table is not None:
        return _of_row(datasette, table, str(plain))
    if column in PAGES:
        return _link(page_address(datasette, PAGES[column], str(plain)), str(label))
    if column in _NAMES and (id_ := _beside(row, _NAMES[column])) is not None:
        return _link(page_address(datasette, PAGES[_NAMES[column]], id_), str(plain))
    if isinstance(plain, str) and plain.lower().startswith(("http://", "https://")):
        return outside_link(plain) or Markup.escape(plain)
    if column == "quarter":
        quarter = spoken_quarter(str(plain))
        return None if quarter is None else Markup.escape(quarter)
    if column == "snippet":
        return _highlighted(str(plain))
    if column in _NUMBERS and isinstance(plain, (int, float)):
        return number(plain)
    return None


def _beside(row: Any, column: str) -> str | None:
    """The value of another column of the row, where it has that column."""
    if row is None:
        return None
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    value = value["value"] if isinstance(value, Mapping) else value
    return None if value is None else str(value)


def _of_row(datasette: Any, table: str, id_: str) -> Markup | None:
    if table.removesuffix("_view") in RECORDS:
        return _record_links(datasette, id_)
    address = row_page(datasette, table, id_)
    return None if address is None else _link(address, id_)


def _record_links(datasette: Any, record_id: str) -> Markup | None:
    """To the record's place in the text, and of an action or follow-up to what became of it."""
    links = []
    if not record_id.startswith(HAND):
        address = record_address(datasette, record_id)
        if address is None:
            return None
        links.append(_link(address, "read it in place"))
    if _TRACKED.fullmatch(record_id):
        links.append(_link(page_address(datasette, "track", record_id), "track it"))
    return Markup(" · ").join(links)


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _highlighted(snippet: str) -> Markup:
    """`snippet` escaped, with what stands between the search's own brackets in bold."""
    return Markup(str(Markup.escape(snippet)).replace("⟦", "<b>").replace("⟧", "</b>"))
