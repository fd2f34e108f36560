"""How much was asked for in each quarter of the municipal year, and what became of it: counts, and bars of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from minutesminer.explore.quarters import Quarter, quarter_of, quarters_between
from minutesminer.explore.row_words import iso_day

QUARTERS = 8
"""How many quarters stand for themselves; what is older is counted together."""

_FILLS = {"outstanding": "#1f3a4d", "answered": "#b9c6d0", "dropped": "#ffffff"}
_WIDTH, _LINE, _BAR, _LABEL, _COUNT = 280, 30, 18, 88, 28  # pixels of the picture
_NARROWEST = 16  # pixels: a number in a narrower part would not fit


@dataclass(frozen=True, slots=True)
class Bar:
    """What was asked for in one quarter: how much of it was answered (or seems so), dropped, or is outstanding."""

    name: str
    months: str
    answered: int = 0
    dropped: int = 0
    outstanding: int = 0

    @property
    def asked(self) -> int:
        """All that was asked for."""
        return self.answered + self.dropped + self.outstanding


def count_bars(rows: Sequence[Mapping[str, Any]]) -> list[Bar]:
    """A bar for each quarter from the first meeting of `rows` to the last; older ones, and undated rows, together."""
    by_quarter: dict[Quarter | None, list[str]] = defaultdict(list)
    for row in rows:
        day = iso_day(row["date"])
        by_quarter[quarter_of(day) if day is not None else None].append(row["status"])
    dated = [quarter for quarter in by_quarter if quarter is not None]
    shown = quarters_between(min(dated), max(dated))[-QUARTERS:] if dated else []
    bars = [_bar(str(quarter), quarter.months, by_quarter[quarter]) for quarter in shown]
    older = [state for quarter in dated if quarter < shown[0] for state in by_quarter[quarter]]
    if older:
        bars.insert(0, _bar("Earlier", "", older))
    return [*bars, _bar("Undated", "", by_quarter[None])] if by_quarter[None] else bars


def _bar(name: str, months: str, states: Sequence[str]) -> Bar:
    answered = sum(state in ("answered?", "done") for state in states)
    dropped = sum(state == "dropped" for state in states)
    return Bar(name, months, answered, dropped, len(states) - answered - dropped)


def draw_bars(bars: Sequence[Bar], name: str) -> str:
    """The bars as inline SVG, the longest as wide as there is room; `name` begins the ids in it."""
    longest = max((bar.asked for bar in bars), default=0) or 1
    room = _WIDTH - _LABEL - _COUNT
    parts = []
    for number, bar in enumerate(bars):
        top = number * _LINE + 6
        middle = top + _BAR / 2 + 4
        parts.append(f'<text x="0" y="{middle:g}" font-weight="bold">{escape(bar.name)}</text>')
        left = float(_LABEL)
        for kind, fill in _FILLS.items():
            count = getattr(bar, kind)
            width = room * count / longest
            if not count:
                continue
            parts.append(
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{fill}" stroke="#1f3a4d"/>'
            )
            if width >= _NARROWEST:
                ink = "#ffffff" if kind == "outstanding" else "#10191f"
                centre = left + width / 2
                parts.append(f'<text x="{centre:.1f}" y="{middle:g}" text-anchor="middle" fill="{ink}">{count}</text>')
            left += width
        parts.append(f'<text x="{left + 6:.1f}" y="{middle:g}">{bar.asked}</text>')
    height = len(bars) * _LINE
    label = f'role="img" aria-labelledby="{escape(name)}-chart"'
    words = "Asked for by quarter, and what became of it; the table has the numbers"
    title = f'<title id="{escape(name)}-chart">{words}</title>'
    return f'<svg viewBox="0 0 {_WIDTH} {height}" {label} font-size="13">{title}{"".join(parts)}</svg>'
