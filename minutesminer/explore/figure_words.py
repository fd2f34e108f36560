"""Figures as people write them: `53%`, `£1,250`, `under 6 weeks`, `40 to 45 days`."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

_COMPARED = {"<": "under ", "<=": "at most ", ">": "over ", ">=": "at least ", "~": "about "}
_TIMES = {"second", "minute", "hour", "day", "week", "month", "year"}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def figure_words(value: float, value_max: float | None = None, unit: str | None = None, comparator: str = "=") -> str:
    """A figure with its unit and comparator; `value_max` is the upper end of a range."""
    words = _number(value, unit)
    if value_max is not None:
        words += f" to {_number(value_max, unit)}"
    return _COMPARED.get(comparator, "") + words + unit_after(unit, value if value_max is None else value_max)


def figure_in_words(row: Mapping[str, Any] | Row) -> str:
    """The figure of a row of `metrics` or `series`."""
    return figure_words(row["value"], row["value_max"], row["unit"], row["comparator"])


def number(value: float) -> str:
    """A number without its unit: `1,250,000`, `95.5`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def unit_after(unit: str | None, number: float) -> str:
    """The unit as it follows a number: `%`, ` weeks`, or nothing for a currency, whose sign goes before."""
    if unit is None or unit in _SIGNS:
        return ""
    if unit == "%":
        return unit
    return f" {unit}s" if unit in _TIMES and number != 1 else f" {unit}"


def _number(value: float, unit: str | None) -> str:
    sign = _SIGNS.get(unit or "", "")
    minus, size = ("-" if value < 0 else ""), abs(value)
    if size == int(size):
        return f"{minus}{sign}{size:,.0f}"
    digits = f"{size:,.2f}" if sign else f"{size:,.4f}".rstrip("0").rstrip(".")
    return f"{minus}{sign}{digits}"
