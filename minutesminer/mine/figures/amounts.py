"""Sums, durations and rates: from the words of a figure to its value and unit."""

from __future__ import annotations

from collections.abc import Sequence

from minutesminer.mine.engine import numbers
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

UNITS = {
    unit: name
    for name, units in {
        "second": "second seconds sec secs secondly", "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs hourly", "day": "day days daily",
        "week": "week weeks wk wks weekly fortnight fortnights",
        "month": "month months mth mths monthly", "year": "year years yr yrs yearly",
    }.items()
    for unit in units.split()
}  # fmt: skip
_COLUMNS = {**numbers.MAGNITUDES, "000": 1_000, "000s": 1_000}
_PARTS = {("hour", "minute"): 60, ("minute", "second"): 60, ("year", "month"): 12}


def read_money(words: Words, figure: Figure, values: Sequence[int]) -> None:
    """Set value, and value_max of a range, in pounds; a dash before the sum is left out of the figure."""
    start = figure.start
    minus = words.lower[start] in {"-", "–", "−"}
    if minus:
        apart = words.start[start + 1] > words.end[start]
        glued = start > 0 and words.start[start] == words.end[start - 1]
        figure.start += apart or glued  # a dash before the sum, not its sign
        minus = not (apart or glued)
    first, last = values[0], values[-1]
    tail = numbers.MAGNITUDES.get(words.lower[last + 1], 1.0) if last + 1 < figure.end else 1.0
    if words.lower[figure.end - 1] == "pence":
        tail = 0.01
    if last != first:
        tail_word = words.lower[last].split()[-1]  # `3 million` is one number
        if tail_word in numbers.MAGNITUDES and words.values[first] < numbers.MAGNITUDES[tail_word]:
            words.values[first] *= numbers.MAGNITUDES[tail_word]
            figure.value = words.values[first]
    # In `£5-6m` the first number borrows the scale of the last.
    head = numbers.MAGNITUDES.get(words.lower[first + 1], tail) if first + 1 < figure.end else tail
    if last != first and words.text[first][-1:].isdigit():  # and in `£30-40k`
        head *= numbers.MAGNITUDES.get(words.lower[last][-1:], 1.0)
    figure.value = round(words.values[first] * head, 6) * (-1 if minus else 1)
    if last != first:
        figure.value_max = round(words.values[last] * tail, 6)


def read_column(words: Words, figure: Figure, number: int) -> None:
    """Set value and words of a figure in a table's column, whose heading `Budget £m:` gives the unit."""
    minus = words.lower[number - 1] in {"-", "–", "−"}
    scale = _COLUMNS.get(words.lower[figure.start + 1], 1.0) if figure.kind == "money" else 1.0
    figure.number, figure.value = number, round(words.values[number] * scale, 6) * (-1 if minus else 1)
    figure.start = number - (minus or words.lower[number - 1] == "+")
    figure.end = figure.after = number + 1


def read_duration(words: Words, figure: Figure, values: Sequence[int], shape: str) -> None:
    """Set value and unit (`second` to `year`) of a duration; two units give one value in the larger."""
    units = [UNITS[words.lower[k]] for k in range(figure.start, figure.end) if words.lower[k] in UNITS]
    figure.unit = units[0] if units else None
    if shape == "range":
        figure.value_max = words.values[values[-1]]
        figure.unit = units[-1] if units else None
    elif shape == "parts" and len(values) > 1:
        figure.value += words.values[values[-1]] / _PARTS.get((units[0], units[-1]), 1)
    elif "half" in words.lower[figure.start : figure.end]:
        figure.value += 0.5
    if any(words.lower[k].startswith("fortnight") for k in range(figure.start, figure.end)):
        figure.value *= 2
    behind = words.lower[figure.end : figure.end + 2]
    if behind[-1:] == ["time"] and behind[0] in {"'", "’", "'s", "’s"}:
        figure.after = figure.end + 2  # `in 12 weeks' time`
    elif behind[:1] == ["time"] and figure.start and words.lower[figure.start - 1] == "in":
        figure.after = figure.end + 1


def read_rate(words: Words, figure: Figure) -> None:
    """Set the unit of a rate (`per 10,000`, `days per FTE`) and the noun between its two numbers."""
    span = range(figure.start, figure.end)
    markers = {"per"} if "per" in words.lower[figure.start : figure.end] else {"in", "for"}
    marker = next((k for k in span if words.lower[k] in markers), figure.end)  # none in `9.4 days/FTE`
    figure.unit = (
        words.slice(figure.number + 1, figure.end)
        if figure.rule.endswith("per_thing")
        else "per " + words.text[figure.end - 1]
    )
    figure.noun = (figure.number + 1, marker) if figure.number + 1 < marker < figure.end else None
