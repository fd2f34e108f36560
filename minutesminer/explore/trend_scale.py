"""Which figures stand on one axis: those in the unit of the measure, and those that convert to it exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from minutesminer.explore.trends import Point
from minutesminer.link.catalogue import kinds_of

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "year": 12}


def on_scale(point: Point, value: float, unit: str) -> float | None:
    """A value of a figure on an axis of `unit`; None where its own unit is of another kind.

    Nouns of counts are not compared: `53 children` and `53 young people` of one measure count the same.
    """
    if point.unit == unit:
        return value
    if point.kind not in kinds_of(unit):
        return None
    if point.kind == "count":
        return value
    for sizes in (_SECONDS, _MONTHS):
        if point.unit in sizes and unit in sizes:
            return value * sizes[point.unit] / sizes[unit]
    if point.kind == "timescale":
        # `9.75 days` of a measure in `days per FTE`
        return (
            value if point.unit is not None and unit.startswith((f"{point.unit} per ", f"{point.unit}s per ")) else None
        )
    if point.kind == "rate":
        return value if point.unit in (None, "rate") or _plain(point.unit) == _plain(unit) else None
    return None


def commonest_unit(points: Iterable[Point]) -> str | None:
    """The unit that most of the figures are in: the axis of figures that no measure gives one."""
    counts = Counter(point.unit for point in points if point.unit is not None)
    return min(counts, key=lambda unit: (-counts[unit], unit)) if counts else None


def _plain(unit: str | None) -> str:
    return (unit or "").replace(" ", "").replace(",", "")
