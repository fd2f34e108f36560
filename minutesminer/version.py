"""The version: said here alone, below all that states it."""

from __future__ import annotations

__version__ = "0.1.0"
