"""What stands where on a chart: bars, lines, names, values and the key of its series.

Units are those of the drawing, `WIDTH` across; texts are cut to the room there is by an estimate of
their width, since only the reader's own fonts would tell it: the table beside has them whole.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from django.utils.translation import get_language

from madang.core import languages, locales
from madang.core.charts import plotting
from madang.core.charts.plotting import Mark

if TYPE_CHECKING:
    from madang.core.charts import Chart

WIDTH = 480
SIZE = 14
ROW = 19
DOT = 4

Anchor = Literal["start", "middle", "end"]

_SWATCH = 14
_GAP = 6
_PLOT = 190
_SLOT_FEW = 6
_VALUES = 12
_MIRRORED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


@dataclass(frozen=True)
class Label:
    """A text, its baseline at `y`: a name, or (`is_figure`) a value or a step of the scale."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    is_figure: bool = False


@dataclass(frozen=True)
class Rule:
    """A line across, from `x` to `end`; the scale starts at the one that is a base."""

    x: float
    y: float
    end: float
    is_base: bool


@dataclass(frozen=True)
class Line:
    """A line of a series through points that follow each other without a gap."""

    series: int
    points: tuple[tuple[float, float], ...]


@dataclass
class Layout:
    """Everything that is drawn, on `WIDTH` times `height` units; swatches are bars of the key."""

    height: float = 0
    bars: list[Mark] = field(default_factory=list)
    dots: list[Mark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def mirrored(self) -> "Layout":
        """The same for a language that is written from right to left."""
        return Layout(
            self.height,
            [replace(it, x=WIDTH - it.x - it.width) for it in self.bars],
            [replace(it, x=WIDTH - it.x) for it in self.dots],
            [replace(it, points=tuple((WIDTH - x, y) for x, y in it.points)) for it in self.lines],
            [replace(it, x=WIDTH - it.end, end=WIDTH - it.x) for it in self.rules],
            [replace(it, x=WIDTH - it.x, anchor=_MIRRORED[it.anchor]) for it in self.labels],
        )


def laid_out(chart: "Chart") -> Layout:
    """The layout of a chart in the language that is active."""
    layout = Layout()
    if not chart.is_empty:
        if len(chart.series) > 1:
            _key(layout, chart)
        _FORMS[chart.kind](layout, chart)
    is_mirrored = languages.direction(get_language() or "en") == "rtl"
    return layout.mirrored() if is_mirrored else layout


def estimated(text: str) -> float:
    """About how wide a text is: rather too wide than too narrow."""
    return sum(_advance(char) for char in text) * SIZE


def fitting(text: str, room: float) -> str:
    """The text, cut where it is too long for `room` units."""
    text = " ".join(text.split())
    if estimated(text) <= room:
        return text
    kept, used = "", estimated("…")
    for char in text:
        used += _advance(char) * SIZE
        if used > room:
            break
        kept += char
    return f"{kept.rstrip()}…"


def _advance(char: str) -> float:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1
    return 0.64 if char.isupper() else 0.52


def _key(layout: Layout, chart: "Chart") -> None:
    """The series with their patterns, above; as many in a row as have room."""
    x, y = 0.0, 0.0
    for place, series in enumerate(chart.series):
        text = fitting(series.label, WIDTH - _SWATCH - _GAP)
        width = _SWATCH + _GAP + estimated(text)
        if x and x + width > WIDTH:
            x, y = 0.0, y + ROW
        layout.bars.append(Mark(place, -1, x, y + 2, _SWATCH, _SWATCH))
        layout.labels.append(Label(x + _SWATCH + _GAP, y + SIZE, text))
        x += width + 3 * _GAP
    layout.height = y + ROW + 2 * _GAP


def _bars(layout: Layout, chart: "Chart") -> None:
    """Names above their bars; beside them where one bar each has many categories."""
    values = [series.values for series in chart.series]
    count, each = len(chart.categories), len(chart.series)
    words = [[chart.in_words(value) for value in series] for series in values]
    room = max(estimated(word) for series in words for word in series) + 2 * _GAP
    is_beside = each == 1 and count > _SLOT_FEW
    longest = max(estimated(name) for name in chart.categories)
    names = min(longest + 2 * _GAP, WIDTH * 0.5) if is_beside else 0
    height = count * (ROW + 5 if is_beside else (each + 1) * ROW + 6)
    width = WIDTH - names - room
    plot = plotting.lying(values, width, height, room_for_names=not is_beside)
    top, pitch = layout.height, height * 0.96 / count
    for place, name in enumerate(chart.categories):
        start = top + height * 0.02 + place * pitch
        y = start + pitch / 2 + 5 if is_beside else start + SIZE
        layout.labels.append(Label(0, y, fitting(name, (names or WIDTH) - _GAP)))
    for mark in plot.marks:
        bar = replace(mark, x=mark.x + names, y=mark.y + top)
        layout.bars.append(bar)
        end, middle = bar.x + bar.width + _GAP, bar.y + bar.height / 2 + 5
        layout.labels.append(Label(end, middle, words[mark.series][mark.category], is_figure=True))
    layout.height = top + height


def _shares(layout: Layout, chart: "Chart") -> None:
    """One bar for each category, its parts together as long as the drawing is wide."""
    sums = [
        sum(series.values[place] or 0 for series in chart.series)
        for place in range(len(chart.categories))
    ]
    parts = [
        [
            100 * (value or 0) / total if total else None
            for value, total in zip(series.values, sums, strict=True)
        ]
        for series in chart.series
    ]
    pitch = 3 * ROW + _GAP
    plot = plotting.lying(parts, WIDTH, pitch * len(chart.categories), stacked=True)
    top = layout.height
    for place, name in enumerate(chart.categories):
        layout.labels.append(Label(0, top + place * pitch + SIZE, fitting(name, WIDTH)))
    for mark in plot.marks:
        start = top + mark.category * pitch + ROW
        if not mark.width:
            continue
        layout.bars.append(replace(mark, y=start, height=ROW))
        text = locales.percent((parts[mark.series][mark.category] or 0) / 100)
        if estimated(text) <= mark.width:
            middle = mark.x + mark.width / 2
            layout.labels.append(Label(middle, start + 2 * ROW - 4, text, "middle", is_figure=True))
    layout.height = top + pitch * len(chart.categories) - _GAP


def _columns(layout: Layout, chart: "Chart") -> None:
    marks = _upright(layout, chart, plotting.standing)
    layout.bars += marks
    for mark in marks:
        text = chart.in_words(chart.series[mark.series].values[mark.category])
        if len(marks) <= _VALUES and estimated(text) <= mark.width + _GAP:
            middle = mark.x + mark.width / 2
            layout.labels.append(Label(middle, mark.y - 5, text, "middle", is_figure=True))


def _lines(layout: Layout, chart: "Chart") -> None:
    marks = _upright(layout, chart, plotting.joined)
    layout.dots += marks
    ordered = sorted(marks, key=lambda mark: (mark.series, mark.category))
    for series, points in groupby(ordered, key=lambda mark: mark.series):
        for run in _runs(list(points)):
            layout.lines.append(Line(series, tuple((mark.x, mark.y) for mark in run)))


def _runs(marks: list[Mark]) -> list[list[Mark]]:
    """Points whose categories follow each other, in pieces of two and more."""
    runs = [[marks[0]]]
    for before, mark in pairwise(marks):
        if mark.category == before.category + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [run for run in runs if len(run) > 1]


def _upright(
    layout: Layout,
    chart: "Chart",
    plotted: Callable[[Sequence[plotting.Values], float, float], plotting.Plot],
) -> list[Mark]:
    """Scale and names below of a chart that stands; the marks are for its kind to draw."""
    values = [series.values for series in chart.series]
    steps = [chart.in_words(step) for step in plotting.steps(values)]
    left = max(estimated(step) for step in steps) + 2 * _GAP
    top = layout.height + ROW
    width = WIDTH - left
    plot = plotted(values, width, _PLOT)
    for guide in plot.guides:
        y = top + guide.y
        layout.rules.append(Rule(left, y, WIDTH, is_base=guide.value == 0))
        step = chart.in_words(guide.value)
        layout.labels.append(Label(left - _GAP, y + 5, step, "end", is_figure=True))
    _names_below(layout, chart, left, top + _PLOT + SIZE)
    layout.height = top + _PLOT + ROW + 2
    return [replace(it, x=it.x + left, y=it.y + top) for it in plot.marks]


def _names_below(layout: Layout, chart: "Chart", left: float, y: float) -> None:
    """The categories' names; every second, third … where they are many."""
    count = len(chart.categories)
    pitch = (WIDTH - left) * 0.96 / count
    longest = min(max(estimated(name) for name in chart.categories), 3 * SIZE)
    every = max(1, round(longest / pitch + 0.49))
    for place in range(0, count, every):
        x = left + plotting.middle(place, count, WIDTH - left)
        name = fitting(chart.categories[place], pitch * every - 3)
        layout.labels.append(Label(x, y, name, "middle"))


_FORMS: dict[str, Callable[[Layout, "Chart"], None]] = {
    "bars": _bars,
    "shares": _shares,
    "columns": _columns,
    "lines": _lines,
}
