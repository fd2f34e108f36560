"""A stage of the pipeline whose module can be called, as `minutesminer.mine` is.

What answers the call stands above the stages and takes them: it is entered here, by the name of the stage, so that no
stage takes what is above it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

ANSWERS: dict[str, Callable[..., Any]] = {}
"""What answers the call of each stage that can be called."""


class CallableStage(ModuleType):
    """A module that can be called (https://docs.python.org/3/reference/datamodel.html, on `__class__` of a module)."""

    def __call__(self, *given: Any, **said: Any) -> Any:
        """What `ANSWERS` has for this stage."""
        return ANSWERS[self.__name__](*given, **said)
