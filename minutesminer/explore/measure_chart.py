"""A measure's figures over time as a small picture: inline SVG without script, actuals, targets and the rest apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from typing import Any

from markupsafe import Markup, escape

from minutesminer.explore.dates import spoken_date
from minutesminer.explore.figure_words import figure_in_words, figure_words
from minutesminer.explore.row_words import iso_day

Figure = Mapping[str, Any]

ROLES = {"actual": "●", "target": "◆", "benchmark": "■", "forecast": "○"}
"""The roles that are drawn, with the sign of each: what is said of an earlier time, or of a change, is no point."""

_COLOURS = {"actual": "#123a5c", "target": "#8a5a00", "benchmark": "#6b2c91", "forecast": "#123a5c"}
_WIDTH, _HEIGHT = 380, 190  # pixels of the picture
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 14, 12, 26
_TICKS = 4
_LARGE = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k"))


@dataclass(frozen=True, slots=True)
class Scale:
    """What all pictures of a page are drawn against: days, and values of one unit between two round ones."""

    unit: str | None
    first: date
    last: date
    low: float
    high: float
    step: float

    def across(self, day: date) -> float:
        """Where a day is, in pixels from the left."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def down(self, value: float) -> float:
        """Where a value is, in pixels from the top."""
        share = (value - self.low) / (self.high - self.low)
        return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)

    @property
    def ticks(self) -> list[float]:
        """The round values at which there are lines."""
        return [self.low + number * self.step for number in range(round((self.high - self.low) / self.step) + 1)]


def day_of(row: Figure) -> date | None:
    """The day that a figure stands for: the last of its period, or that of the meeting."""
    return iso_day(row["period_end"]) or iso_day(row["date"])


def common_scale(series: Iterable[Sequence[Figure]]) -> Scale | None:
    """The scale for the figures of all these series in the unit that most have; None where nothing is to draw."""
    rows = [row for rows in series for row in rows if row["role"] in ROLES and day_of(row) is not None]
    if not rows:
        return None
    units = Counter(row["unit"] for row in rows)
    unit = max(units, key=lambda name: (units[name], name == "%", name or ""))
    drawn = [row for row in rows if row["unit"] == unit]
    days = [day for row in drawn if (day := day_of(row)) is not None]
    values = [value for row in drawn for value in (row["value"], row["value_max"]) if value is not None]
    low, high, step = _round_limits(min(values), max(values))
    return Scale(unit, min(days), max(days), low, high, step)


def _round_limits(low: float, high: float) -> tuple[float, float, float]:
    """Round values around `low` and `high`, and the step between lines: 1, 2 or 5 times a power of ten."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** floor(log10(span / _TICKS))
    step = next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= _TICKS)
    bottom, top = floor(low / step) * step, -floor(-high / step) * step
    return (bottom, top, step) if top > bottom else (bottom, bottom + step, step)


def draw(rows: Sequence[Figure], scale: Scale, name: str, whose: str) -> Markup | None:
    """One series as SVG, or None where none of it can be drawn.

    `name` begins the ids in it, `whose` says of which measure and council it is.
    """
    drawn = [row for row in rows if row["role"] in ROLES and row["unit"] == scale.unit and day_of(row) is not None]
    if not drawn:
        return None
    parts = [*_grid(scale)]
    for role in reversed(ROLES):
        its = [row for row in drawn if row["role"] == role]
        parts += _line(its, scale, role) + [_point(row, scale, role) for row in its]
    label = Markup('role="img" aria-labelledby="{0}-title" aria-describedby="{0}-desc"').format(name)
    words = Markup('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>').format(
        name, whose, describe(drawn)
    )
    frame = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12" fill="#15202b"'
    return Markup(f"<svg {frame} {label}>{words}{''.join(parts)}</svg>")


def describe(drawn: Sequence[Figure]) -> str:
    """What the picture shows, in a sentence or two."""
    told = []
    for role in ROLES:
        its = sorted((row for row in drawn if row["role"] == role), key=lambda row: day_of(row) or date.min)
        if not its:
            continue
        ends = [its[0], its[-1]] if len(its) > 1 else its
        said = " to ".join(
            f"{figure_in_words(row)} ({spoken_date((day_of(row) or date.min).isoformat())})" for row in ends
        )
        told.append(f"{len(its)} {role}{'s' if len(its) > 1 else ''}, {said}")
    return f"{'; '.join(told)}. The table has every figure."


def _grid(scale: Scale) -> list[str]:
    parts = []
    for tick in scale.ticks:
        y = scale.down(tick)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#c5ced6"/>')
        words = escape(_tick_words(tick, scale.unit))
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    same = scale.first == scale.last
    for day, anchor in ((scale.first, "start"), *(() if same else ((scale.last, "end"),))):
        x = scale.across(day)
        month = f"{day:%b} {day.year}"
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 8}" text-anchor="{anchor}">{month}</text>')
    return parts


def _tick_words(value: float, unit: str | None) -> str:
    """A round value in few letters: `£8m`, `250k`, `60%`."""
    size, letter = next((pair for pair in _LARGE if abs(value) >= pair[0]), (1.0, ""))
    size = 1e3 if letter == "k" else size
    return figure_words(value / size, unit=unit if unit in ("%", "GBP") else None) + letter


def _line(rows: Sequence[Figure], scale: Scale, role: str) -> list[str]:
    """The line through the points of a role; a benchmark is no line, for it may be another's each time."""
    if len(rows) < 2 or role not in ("actual", "target"):
        return []
    ordered = sorted(rows, key=lambda row: (day_of(row), row["date"] or ""))
    points = " ".join(f"{_x(row, scale):.1f},{_y(row, scale):.1f}" for row in ordered)
    dashes = ' stroke-dasharray="5 4"' if role == "target" else ""
    return [f'<polyline points="{points}" fill="none" stroke="{_COLOURS[role]}" stroke-width="2"{dashes}/>']


def _point(row: Figure, scale: Scale, role: str) -> str:
    x, y, colour = _x(row, scale), _y(row, scale), _COLOURS[role]
    shown = {
        "actual": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>',
        "target": f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" fill="#fff" stroke="{colour}" stroke-width="2"/>',
        "benchmark": f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>',
        "forecast": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="{colour}" stroke-width="2"/>',
    }[role]
    if row["value_max"] is None:
        return shown
    top = scale.down(row["value_max"])
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{top:.1f}" stroke="{colour}" stroke-width="3"/>{shown}'


def _x(row: Figure, scale: Scale) -> float:
    return scale.across(day_of(row) or scale.first)


def _y(row: Figure, scale: Scale) -> float:
    return scale.down(row["value"])
