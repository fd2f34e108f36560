"""What the heading of a table's column says of the figures under it."""

from __future__ import annotations

from typing import Literal

from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure


def role_of_column(words: Words, figure: Figure, low: int) -> Literal["target", "forecast", "previous", "actual"]:
    """What the heading of a table's column says: `Budget £m: 58.2; Forecast £m: 60.9; Variance £m: +2.7`."""
    start = next((j for j in range(figure.start - 1, low, -1) if words.text[j - 1] == ";"), low)
    head = set(words.lower[start : figure.start])
    row = words.lower[low:start]
    if head & {"budget", "budgeted", "target", "plan", "allocation"}:
        return "target"
    expected = {"forecast", "projected", "projection", "estimate", "estimated"}
    if head & expected or (head & {"variance", "overspend", "underspend", "gap"} and expected & set(row)):
        return "forecast"
    return "previous" if head & {"previous", "prior", "last"} else "actual"
