"""The chart of a series: what is drawn, how it is told apart, and that its bytes are the same every time."""

from __future__ import annotations

import io
import sys
from itertools import count
from xml.etree import ElementTree

import pytest
from PIL import Image

from minutesminer.errors import UsageError
from minutesminer.explore.trend_chart import COLOURS, draw
from minutesminer.explore.trend_scale import commonest_unit, on_scale
from minutesminer.explore.trends import Point

SPACE = "{http://www.w3.org/2000/svg}"
_numbers = count()


def point(value: float, date: str | None = "2023-06-10", **columns: object) -> Point:
    own: dict[str, object] = {
        **{"measure_id": "m", "measure": "M", "council_id": "NOR", "council": "Northmere", "committee_id": "NOR-p"},
        **{"committee": "Panel", "meeting_id": f"NOR-{date}", "date": date, "kind": "percentage", "role": "actual"},
        **{"value": value, "value_max": None, "unit": "%", "comparator": "=", "direction": None, "period": None},
        **{"period_start": None, "period_end": None, "period_label": None, "period_type": None, "wording": None},
        **{
            "sentence": "",
            "quote": "",
            "url": None,
            "page": None,
            "item_id": "d.0",
            "metric_id": f"f{next(_numbers):04}",
        },
    }
    return Point(**{**own, "figure": f"{value:g}%", **columns})  # type: ignore[arg-type]


def texts(svg: bytes) -> list[str]:
    """The words of a picture, in the order in which they are drawn."""
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{SPACE}text")]


def legend(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    (group,) = [element for element in root.iter(f"{SPACE}g") if element.get("id") == "legend_1"]
    return ["".join(element.itertext()) for element in group.iter(f"{SPACE}text")]


ONE = [point(40.0, "2022-06-10"), point(43.0), point(50.0, role="target"), point(44.0, role="benchmark")]
TWO = [*ONE, point(38.0, council_id="SOU", council="Southmere")]


@pytest.mark.parametrize(
    ("points", "kind"),
    [(TWO, "png"), (TWO, "svg"), (ONE[:1], "svg"), ([], "png")],
    ids=["two councils", "the same as SVG", "one point", "none"],
)
def test_the_same_points_give_the_same_bytes(points: list[Point], kind: str) -> None:
    first = draw(points, "Waste", "%", kind)
    assert draw(points, "Waste", "%", kind) == first
    assert first.drawn == len(points)
    if kind == "png":
        picture = Image.open(io.BytesIO(first.content))
        assert (picture.format, picture.size) == ("PNG", (1296, 748))
        assert picture.info.keys() & {"Software", "Creation Time"} == set()


def test_an_svg_tells_what_it_shows_to_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(draw(TWO, "Waste", "%", "svg").content)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "trend-title trend-desc")
    assert [(element.tag.removeprefix(SPACE), element.get("id"), element.text) for element in list(root)[:2]] == [
        ("title", "trend-title", "Waste"),
        (
            "desc",
            "trend-desc",
            "A chart of figures over time. Northmere: 2 actual, 1 target, 1 benchmark; actual 40% (10 June 2022) to "
            "43% (10 June 2023). Southmere: 1 actual; actual 38% (10 June 2023).",
        ),
    ]


def test_councils_and_roles_are_named_in_the_legend_and_one_council_below_the_title() -> None:
    said = [*TWO, point(45.0, role="forecast"), point(41.0, role="previous", period_end="2022-03-31")]
    assert legend(draw(said, "Waste", "%", "svg").content) == [
        *("Northmere", "Southmere", "Target", "Benchmark", "Earlier, as told later", "Forecast")
    ]
    alone = draw(ONE, "Waste", "%", "svg").content
    assert legend(alone) == ["Actual", "Target", "Benchmark"]
    assert "Northmere" in texts(alone)


def test_more_councils_than_colours_are_grey_and_counted() -> None:
    many = [point(float(k), council_id=f"C{k:02}", council=f"Council {k:02}") for k in range(len(COLOURS) + 3)]
    svg = draw(many, "Waste", "%", "svg").content
    assert legend(svg) == [*(f"Council {k:02}" for k in range(len(COLOURS))), "3 other councils"]


def test_what_is_on_another_axis_is_left_out_and_said() -> None:
    said = [
        *ONE,
        point(300.0, kind="count", unit="children"),
        point(3.0, role="change"),
        point(41.0, role="previous"),
        point(42.0, None),
        point(43.0, repeats="f0001"),
    ]
    chart = draw(said, "Waste", "%", "svg")
    assert (chart.drawn, chart.left_out) == (
        4,
        (
            "1 a difference, not a level",
            "1 in another unit (children)",
            "1 of an earlier time that is not told",
            "1 said before of the same council and period",
            "1 without a date",
        ),
    )
    assert [text for text in texts(chart.content) if text.startswith("Not drawn: 1 a difference")] != []


@pytest.mark.parametrize(
    ("unit", "kind", "own", "value"),
    [
        ("week", "timescale", "day", 0.5),
        ("month", "timescale", "year", 42.0),
        ("week", "timescale", "month", None),
        ("days per FTE", "timescale", "day", 3.5),
        ("per 10,000", "rate", "per 10000", 3.5),
        ("per 10,000", "rate", "per 1,000", None),
        ("per 10,000", "count", "children", None),
        ("children", "count", "young people", 3.5),
        ("%", "count", "children", None),
        ("GBP", "money", "GBP", 3.5),
    ],
)
def test_a_figure_stands_on_an_axis_where_its_unit_converts(
    unit: str, kind: str, own: str, value: float | None
) -> None:
    assert on_scale(point(3.5, kind=kind, unit=own), 3.5, unit) == value


def test_without_a_measure_the_axis_is_of_the_unit_that_most_figures_are_in() -> None:
    said = [point(1.0), point(2.0, unit="garages", kind="count"), point(3.0, unit="garages", kind="count")]
    assert (commonest_unit(said), commonest_unit([])) == ("garages", None)
    assert draw(said, "Garages", None, "svg").left_out == ("1 in another unit (%)",)


def test_names_are_text_and_nothing_else() -> None:
    names = ["$x_1$ <script>alert(1)</script> & \x00Sons", "_Underhill", "]]></svg>"]
    said = [point(40.0 + k, council_id=f"C{k}", council=name) for k, name in enumerate(names)]
    svg = draw(said, "<b>“Waste”</b>", "%", "svg").content
    assert legend(svg) == ["$x_1$", "<script>alert(1)</script>", "& Sons", " _Underhill", "]]></svg>"]
    assert texts(svg).count("<b>“Waste”</b>") == 1
    assert {element.tag for element in ElementTree.fromstring(svg).iter()} & {f"{SPACE}script", f"{SPACE}b"} == set()


def test_colours_stand_out_from_white() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    # The contrast that WCAG 2.2 asks of graphics (1.4.11).
    assert [colour for colour in COLOURS if 1.05 / (luminance(colour) + 0.05) < 3] == []


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'minutesminer\[charts\]'"):
        draw(ONE, "Waste", "%", "svg")
