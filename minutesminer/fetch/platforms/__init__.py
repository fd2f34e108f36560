"""What is particular to the sites of one platform: a module each, found by the platform's name.

A module has two functions: `meetings(visit)` gives what the site lists of the meetings wanted, and
`minutes(visit, meeting, later)` asks for the minutes of one and enters what came of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, cast

from minutesminer.errors import UsageError
from minutesminer.fetch.visit import Listing, Visit
from minutesminer.models import ListedMeeting


class Platform(Protocol):
    """The functions of a platform's module."""

    def meetings(self, visit: Visit) -> Listing:
        """The meetings wanted that the site lists, or why it lists none."""

    def minutes(self, visit: Visit, meeting: ListedMeeting, later: Sequence[ListedMeeting]) -> None:
        """Ask for the minutes of a meeting that was held, and enter in `meeting` what came of it.

        `later` are the next meetings that the same committee held, the nearest first. Those that are wanted too were
        asked for before.
        """


def platform_of(name: str) -> Platform:
    """The module of a platform. Raises UsageError for a name that is none, with those that are."""
    if name in _modules() and _is_platform(name):
        return cast(Platform, importlib.import_module(f"{__name__}.{name}"))
    known = ", ".join(platform_names())
    raise UsageError(f"{name!r} is not a platform that is read; known are {known}")


def platform_names() -> list[str]:
    """The platforms that are read: the modules here that have both functions."""
    return [name for name in _modules() if _is_platform(name)]


def _modules() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__)]


def _is_platform(name: str) -> bool:
    module = importlib.import_module(f"{__name__}.{name}")
    return hasattr(module, "meetings") and hasattr(module, "minutes")
