"""The chart of a series: a line for each council, with targets, benchmarks and expectations drawn apart.

The same points give the same bytes. Colours are told apart by colour-blind readers and stand out from white by three to
one at least; each council has a marker of its own besides.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from minutesminer.errors import UsageError
from minutesminer.explore.dates import spoken_date
from minutesminer.explore.figure_words import unit_after
from minutesminer.explore.trend_scale import commonest_unit, on_scale
from minutesminer.explore.trends import Point, latest_meeting_first

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072b2", "#d55e00", "#117733", "#aa4499", "#000000", "#8c6d00", "#882255", "#3e8e9e")
"""Of the councils, those with most figures first; the others are drawn in grey."""

_MARKERS = "os^Dv" + "PX*"
_GREY, _PALE = "#555555", "#b0b0b0"
_HALF_A_YEAR = 183  # days
_FIRST_DAY = date(1970, 1, 1)
_DOTS = 144  # a PNG's dots per inch
_ROLE_NAMES = {
    "actual": "Actual",
    "target": "Target",
    "benchmark": "Benchmark",
    "previous": "Earlier, as told later",
    "forecast": "Forecast",
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SETTINGS: Any = {
    "text.parse_math": False,  # a dollar in a name is a dollar
    "text.usetex": False,
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica"],  # the first comes with matplotlib
    "font.size": 10,
    "svg.fonttype": "none",  # words stay words, for searching and for screen readers
    "svg.hashsalt": "minutesminer",
    "axes.unicode_minus": True,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a file's bytes, how many figures are in it, and what was left out, in words."""

    content: bytes
    drawn: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One figure to draw, on the axis's scale; `high` is the upper end of a range."""

    point: Point
    day: date
    value: float
    high: float | None

    @property
    def x(self) -> float:
        """Its place in time: days since the first of 1970, as matplotlib counts them."""
        return float((self.day - _FIRST_DAY).days)


def draw(points: Sequence[Point], title: str, unit: str | None, kind: str) -> Chart:
    """Draw points as `png` or `svg`, on an axis of `unit`; where that is None, of the unit that most of them are in.

    Figures that repeat another, differences, figures in units that do not convert and those that cannot be put in time
    are left out, and the chart says so. Raises UsageError where matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "charts are drawn by matplotlib; install it with `pip install 'minutesminer[charts]'`"
        ) from error
    unit = unit or commonest_unit(points)
    marks, left_out = _marks(points, unit)
    with rc_context(_SETTINGS):
        figure = Figure(figsize=(9, 5.2), dpi=_DOTS, layout="constrained")
        _fill(figure, marks, _plain(title), unit)
        figure.supxlabel(_source(marks, left_out), x=0.012, ha="left", fontsize=8, color=_GREY)
        file = io.BytesIO()
        nothing = {"Software": None} if kind == "png" else {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(file, format=kind, metadata=nothing)
    content = file.getvalue() if kind == "png" else _told(file.getvalue(), _plain(title), _description(marks))
    return Chart(content, len(marks), tuple(left_out))


def _marks(points: Sequence[Point], unit: str | None) -> tuple[list[_Mark], list[str]]:
    marks: list[_Mark] = []
    reasons: Counter[str] = Counter()
    for point in points:
        day = _day(point)
        value = point.value if unit is None else on_scale(point, point.value, unit)
        if point.repeats is not None:
            reasons["said before of the same council and period"] += 1
        elif point.role not in _ROLE_NAMES:
            reasons["a difference, not a level"] += 1
        elif value is None:
            reasons[f"in another unit ({point.unit or point.kind})"] += 1
        elif point.role == "previous" and point.period_end is None:
            reasons["of an earlier time that is not told"] += 1
        elif day is None:
            reasons["without a date"] += 1
        else:
            high = point.value_max
            marks.append(_Mark(point, day, value, on_scale(point, high, unit) if high is not None and unit else high))
    return marks, [f"{count:,} {reason}" for reason, count in sorted(reasons.items())]


def _day(point: Point) -> date | None:
    try:
        return date.fromisoformat(point.day or "")
    except ValueError:
        return None


def _fill(figure: Figure, marks: Sequence[_Mark], title: str, unit: str | None) -> None:
    figure.suptitle(textwrap.fill(title, 76), x=0.012, ha="left", fontsize=13, fontweight="bold")
    axes = figure.subplots()
    by_council: dict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        by_council[mark.point.council_id or ""].append(mark)
    most_first = sorted(by_council, key=lambda id_: (-_actuals(by_council[id_]), -len(by_council[id_]), id_))
    shown, others = most_first[: len(COLOURS)], most_first[len(COLOURS) :]
    for id_ in others:
        _line(axes, _latest(mark for mark in by_council[id_] if mark.point.role == "actual"), _PALE, zorder=1)
    for number, id_ in enumerate(shown):
        _council(axes, by_council[id_], COLOURS[number], _MARKERS[number])
    _scales(axes, marks, unit)
    if marks:
        names = [_name(by_council[id_]) for id_ in shown]
        _legend(axes, names, len(others), [role for role in _ROLE_NAMES if any(m.point.role == role for m in marks)])
        if len(most_first) == 1:
            axes.set_title(textwrap.fill(names[0], 90), loc="left", fontsize=10, color=_GREY)
    else:
        axes.text(0.5, 0.5, "No figures to draw", transform=axes.transAxes, ha="center", va="center", color=_GREY)


def _actuals(marks: Iterable[_Mark]) -> int:
    return sum(mark.point.role == "actual" for mark in marks)


def _council(axes: Axes, marks: Sequence[_Mark], colour: str, marker: str) -> None:
    by_role: dict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        by_role[mark.point.role].append(mark)
    for role, those in sorted(by_role.items()):
        style = _style(role, colour, marker)
        if role in ("actual", "target"):
            line = {name: value for name, value in style.items() if not name.startswith("marker")}
            _line(axes, _latest(those), **line)
        dots = {**style, "linestyle": "none"}
        axes.plot([mark.x for mark in those], [mark.value for mark in those], **dots, zorder=3)
        for mark in those:
            if mark.high is not None:
                axes.plot([mark.x] * 2, [mark.value, mark.high], color=colour, linewidth=1, zorder=2)


def _style(role: str, colour: str, marker: str) -> dict[str, Any]:
    hollow = {"markerfacecolor": "white", "markeredgecolor": colour, "color": colour, "markeredgewidth": 1.4}
    styles: dict[str, dict[str, Any]] = {
        "actual": {"color": colour, "marker": marker, "markersize": 5.5, "linewidth": 1.8, "linestyle": "-"},
        "target": {
            **{"color": colour, "marker": "_", "markersize": 13, "markeredgewidth": 2.2},
            **{"linewidth": 1.2, "linestyle": (0, (5, 3)), "drawstyle": "steps-post"},
        },
        "benchmark": {"color": colour, "marker": "x", "markersize": 7, "markeredgewidth": 1.8, "linestyle": "none"},
        "previous": {**hollow, "marker": "o", "markersize": 6.5, "linestyle": "none"},
        "forecast": {**hollow, "marker": "D", "markersize": 6.5, "linestyle": "none"},
    }
    return styles[role]


def _latest(marks: Iterable[_Mark]) -> list[_Mark]:
    """In time, one for each day, so that a line goes through no two figures of a day: what the latest meeting says,
    and of several figures of that the first; what follows is mostly of parts.
    """
    by_day: dict[date, _Mark] = {}
    for mark in sorted(marks, key=lambda mark: latest_meeting_first(mark.point)):
        by_day.setdefault(mark.day, mark)
    return [by_day[day] for day in sorted(by_day)]


def _line(axes: Axes, marks: Sequence[_Mark], color: str, zorder: int = 2, **style: Any) -> None:
    style = {"linewidth": 1.0, **style}
    axes.plot([mark.x for mark in marks], [mark.value for mark in marks], color=color, zorder=zorder, **style)


def _scales(axes: Axes, marks: Sequence[_Mark], unit: str | None) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e4e4e4", linewidth=0.8)
    axes.set_axisbelow(True)
    if not marks:
        axes.set_axis_off()
        return
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    places = [mark.x for mark in marks]
    if min(places) == max(places):
        axes.set_xlim(places[0] - _HALF_A_YEAR, places[0] + _HALF_A_YEAR)
    axes.margins(x=0.04, y=0.12)
    low, high = axes.get_ylim()
    values = [value for mark in marks for value in (mark.value, mark.high) if value is not None]
    if min(values) >= 0:
        low = max(low, 0.0)
    if unit == "%" and max(values) <= 100:
        high = min(high, 102.0)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7))
    sign = "£" if unit == "GBP" else ""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, sign, unit)))
    if unit and unit not in ("%", "GBP"):
        axes.set_ylabel(_plain(unit_after(unit, 2)))


def _tick(value: float, sign: str, unit: str | None) -> str:
    minus, size = ("−" if value < 0 else ""), abs(value)
    for above, letters in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if sign and size >= above:
            return f"{minus}{sign}{size / above:g}{letters}"
    return f"{minus}{sign}{float(f'{size:.6g}'):,.10g}" + ("%" if unit == "%" else "")


def _legend(axes: Axes, names: Sequence[str], others: int, roles: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    handles: list[Line2D] = []
    labels: list[str] = []
    several = len(names) > 1
    for number, name in enumerate(names if several else ()):
        handles.append(Line2D([], [], **_style("actual", COLOURS[number], _MARKERS[number])))
        labels.append(textwrap.fill(name, 26))
    if others:
        handles.append(Line2D([], [], color=_PALE))
        labels.append(f"{others} other council{'' if others == 1 else 's'}")
    for role in roles:
        if not several or role != "actual":
            colour = _GREY if several else COLOURS[0]
            handles.append(Line2D([], [], **_style(role, colour, _MARKERS[0])))
            labels.append(_ROLE_NAMES[role])
    axes.legend(
        handles, labels, loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=9, handlelength=3
    )


def _name(marks: Sequence[_Mark]) -> str:
    """The name of their council; one that begins with an underscore would be no name to a legend."""
    name = _plain(marks[0].point.council or "Council not known")
    return f" {name}" if name.startswith("_") else name


def _source(marks: Sequence[_Mark], left_out: Sequence[str]) -> str:
    said = "Source: minutes of council committees, read by minutesminer."
    if marks:
        meetings = len({mark.point.meeting_id for mark in marks})
        figures = f"{len(marks):,} figure{'' if len(marks) == 1 else 's'}"
        said = (
            f"Source: {figures} from {meetings:,} meeting{'' if meetings == 1 else 's'}, as the committees’ minutes "
            "give them; read by minutesminer."
        )
    if left_out:
        said += "\n" + textwrap.fill(f"Not drawn: {'; '.join(map(_plain, left_out))}.", 130)
    return said


def _description(marks: Sequence[_Mark]) -> str:
    """What the chart shows, in words: each council's actual figures, the first and the last."""
    if not marks:
        return "A chart without figures."
    parts = ["A chart of figures over time."]
    by_council: dict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        by_council[_name([mark])].append(mark)
    for name, those in sorted(by_council.items()):
        line = _latest(mark for mark in those if mark.point.role == "actual")
        roles = Counter(mark.point.role for mark in those)
        counted = ", ".join(f"{roles[role]} {role}" for role in _ROLE_NAMES if roles[role])
        ends = " to ".join(f"{mark.point.figure} ({_spoken(mark)})" for mark in (line[:1] + line[1:][-1:]))
        parts.append(f"{name}: {counted}{f'; actual {ends}' if ends else ''}.")
    return " ".join(parts)


def _spoken(mark: _Mark) -> str:
    return spoken_date(mark.day.isoformat()) or ""


def _told(svg: bytes, title: str, description: str) -> bytes:
    """An SVG with its title and description for who cannot see it."""
    start = svg.index(b"<svg")
    end = svg.index(b">", start)
    words = f'<title id="trend-title">{escape(title)}</title><desc id="trend-desc">{escape(_plain(description))}</desc>'
    start_tag = svg[start:end] + b' role="img" aria-labelledby="trend-title trend-desc">'
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + start_tag + words.encode() + svg[end + 1 :]


def _plain(text: str) -> str:
    """Text in one line, without characters that no picture may hold."""
    return " ".join(_CONTROLS.sub(" ", text).split())
