"""minutesminer: council scrutiny minutes in, a linked SQLite database out.

The stages, in the order the data takes them, are the sub-packages `fetch`, `parse`, `mine`,
`store`, `link` and `explore`; `evaluate` measures the result against hand-made annotation.

In Python, `read` gives the document that a file holds, `mine` the records of a document or a text, `frame` makes
data frames of them, and `Database` reads a database that `minutesminer run` made:

>>> import minutesminer
>>> [figure.value for figure in minutesminer.mine("Attendance rose to 95% against a target of 97%.").metrics]
[95.0, 97.0]

Importing the package loads none of the libraries; what is asked for first does.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from minutesminer.callable_stage import ANSWERS
from minutesminer.version import __version__

if TYPE_CHECKING:
    from minutesminer.api import Database, Records, frame, mine, read, read_all
    from minutesminer.errors import MinutesMinerError
    from minutesminer.models import Action, Document, FollowUp, Item, ItemRecords, Metric, Resolution

__all__ = [
    "Action",
    "Database",
    "Document",
    "FollowUp",
    "Item",
    "ItemRecords",
    "Metric",
    "MinutesMinerError",
    "Records",
    "Resolution",
    "__version__",
    "frame",
    "mine",
    "read",
    "read_all",
]

_HOMES = {
    **dict.fromkeys(("Database", "Records", "frame", "read", "read_all"), "minutesminer.api"),
    **dict.fromkeys(
        ("Action", "Document", "FollowUp", "Item", "ItemRecords", "Metric", "Resolution"), "minutesminer.models"
    ),
    "MinutesMinerError": "minutesminer.errors",
}
"""The module that each public name is taken from when it is first asked for."""


def _mine(*given: Any, **said: Any) -> Records:
    """The records of a document or a text: see `minutesminer.api.mine`."""
    from minutesminer.api import mine

    return mine(*given, **said)


ANSWERS["minutesminer.mine"] = _mine


def __getattr__(name: str) -> object:
    if name == "mine":  # the stage, which can be called: see its module
        return importlib.import_module("minutesminer.mine")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
