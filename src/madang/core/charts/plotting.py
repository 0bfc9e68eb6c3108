"""Where the marks of a chart stand: asked of pygal, which knows scales and steps.

Pygal's own file carries a style element, a script and an inline style that no option takes away,
and it writes from left to right only. So what it draws is read as geometry – the places of bars,
points and guides – and the markup is ours (`charts.svg`). Categories go in as numbers: no text of
anybody passes through it.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

_NAMESPACE = "{http://www.w3.org/2000/svg}"

# What pygal leaves free at each edge of a plot.
_EDGE = 0.02
# Computing with fractions makes three tenths a little more than they are.
_ALMOST = 1e-9

Values = Sequence[float | None]


@dataclass(frozen=True)
class Mark:
    """A bar, or a point (without extent), of the value at `category` of `series`."""

    series: int
    category: int
    x: float
    y: float
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class Guide:
    """A line at a round value of the scale, `y` units from the top."""

    value: float
    y: float


@dataclass(frozen=True)
class Plot:
    """Marks and guides in a box whose origin is top left."""

    marks: tuple[Mark, ...]
    guides: tuple[Guide, ...] = ()


def lying(
    series: Sequence[Values],
    width: float,
    height: float,
    *,
    room_for_names: bool = False,
    stacked: bool = False,
) -> Plot:
    """Bars that lie, first category on top; the longest is as long as `width`.

    Those of one category stand below each other, with `room_for_names` under an empty place of a
    bar's height; `stacked`, they follow one after the other.
    """
    form = "HorizontalStackedBar" if stacked else "HorizontalBar"
    chart = _chart(form, width, height)
    count = len(series[0])
    # Pygal starts at the bottom.
    chart.x_labels = [str(place) for place in reversed(range(count))]
    if room_for_names:
        chart.add("", [None] * count)
    for values in series:
        chart.add("", list(reversed(values)))
    marks = _filling(_bars(_tree(chart)), width)
    if room_for_names:
        marks = [replace(mark, series=mark.series - 1) for mark in marks]
    return Plot(tuple(marks))


def standing(series: Sequence[Values], width: float, height: float) -> Plot:
    """Columns, those of one category beside each other."""
    chart = _chart("Bar", width, height)
    chart.x_labels = [str(place) for place in range(len(series[0]))]
    for values in series:
        chart.add("", list(values))
    chart.y_labels = steps(series)
    root = _tree(chart)
    return Plot(tuple(_wide(_bars(root), root, width)), tuple(_guides(root)))


def joined(series: Sequence[Values], width: float, height: float) -> Plot:
    """Points of lines; the scale starts at nought."""
    count = len(series[0])
    chart = _chart("Line", width, height)
    chart.x_labels = [str(place) for place in range(len(series[0]))]
    for values in series:
        chart.add("", list(values))
    chart.y_labels = steps(series)
    root = _tree(chart)
    marks = [
        Mark(number, _category(point), middle(_category(point), count, width), _number(dot, "cy"))
        for number, group in _series(root)
        for point in _each(group, "g", "dots")
        for dot in _each(point, "circle")
    ]
    return Plot(tuple(marks), tuple(_guides(root)))


def middle(category: int, count: int, width: float) -> float:
    """Where the middle of a category's place is, of `count` beside each other."""
    return width * (_EDGE + (1 - 2 * _EDGE) * (category + 0.5) / count)


def steps(series: Sequence[Values]) -> list[float]:
    """Round values from nought, or below, to above the largest: at most six."""
    values = [value for each in series for value in each if value is not None]
    low, high = min(0, *values, 0), max(0, *values, 0)
    span = (high - low) or 1
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(size * power for size in (1, 2, 5, 10) if span / (size * power) <= 4 + _ALMOST)
    first, last = math.floor(low / step + _ALMOST), math.ceil(high / step - _ALMOST)
    return [round(place * step, 10) for place in range(first, max(last, first + 1) + 1)]


def _chart(form: str, width: float, height: float) -> Any:
    options = {
        "width": width, "height": height, "margin": 0, "css": [], "js": [],
        "show_legend": False, "show_x_labels": False, "value_formatter": repr,
        "include_x_axis": True, "allow_interruptions": True, "pretty_print": False,
    }  # fmt: skip
    return getattr(_library(), form)(**options)


@cache
def _library() -> Any:
    """Pygal, read when the first chart is drawn: it takes a fifth of a second."""
    import pygal

    # Its way to find maps is one that Python has given up and warns of; we need no maps.
    fixer = pygal.PluginImportFixer
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, fixer)]
    return pygal


def _tree(chart: Any) -> ET.Element:
    # Made by pygal from numbers alone, so nothing in it could expand.
    return ET.fromstring(chart.render())  # noqa: S314


def _bars(root: ET.Element) -> list[Mark]:
    return [
        Mark(
            number, _category(bar),
            *(_number(rect, name) for name in ("x", "y", "width", "height")),
        )
        for number, group in _series(root)
        for bar in _each(group, "g", "bar")
        for rect in _each(bar, "rect")
    ]  # fmt: skip


def _series(root: ET.Element) -> list[tuple[int, ET.Element]]:
    found = []
    for group in root.iter(f"{_NAMESPACE}g"):
        names = group.get("class", "").split()
        if "series" in names:
            number = next(name for name in names if name.startswith("serie-"))
            found.append((int(number.removeprefix("serie-")), group))
    return found


def _guides(root: ET.Element) -> list[Guide]:
    found = []
    for axis in _each(root, "g", "axis"):
        if "y" not in axis.get("class", "").split():
            continue
        for guide in _each(axis, "g", "guides"):
            path, title = guide.find(f"{_NAMESPACE}path"), guide.find(f"{_NAMESPACE}title")
            if path is not None and title is not None and title.text:
                _x, y = path.get("d", "").removeprefix("M").split()[:2]
                found.append(Guide(float(title.text), float(y)))
    return found


def _each(root: ET.Element, element: str, name: str = "") -> list[ET.Element]:
    return [
        it
        for it in root.iter(f"{_NAMESPACE}{element}")
        if not name or name in it.get("class", "").split()
    ]


def _category(mark: ET.Element) -> int:
    label = next(it for it in _each(mark, "desc", "x_label"))
    return int(label.text or "0")


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _wide(marks: list[Mark], root: ET.Element, width: float) -> list[Mark]:
    """The marks as if the labels that pygal writes beside the scale took no room."""
    plot = next(it for it in _each(root, "g", "plot"))
    factor = width / _number(_each(plot, "rect", "background")[0], "width")
    return [replace(it, x=it.x * factor, width=it.width * factor) for it in marks]


def _filling(marks: list[Mark], width: float) -> list[Mark]:
    """The marks stretched from the first unit to the last."""
    first = min((mark.x for mark in marks), default=0.0)
    extent = max((mark.x + mark.width for mark in marks), default=0.0) - first
    factor = width / extent if extent else 1.0
    return [replace(it, x=(it.x - first) * factor, width=it.width * factor) for it in marks]
