"""A layout as the markup of an SVG: no style, no script, no address but of its own patterns."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.translation import get_language

from madang.core import languages
from madang.core.charts.layout import DOT, WIDTH, Label, Layout, Line
from madang.core.charts.paint import Paint
from madang.core.charts.plotting import Mark
from madang.core.xml_text import writable

if TYPE_CHECKING:
    from madang.core.charts import Chart

# What is cut out of a bar of the second series and those after it, in a square of eight units.
_CUTS = ("", "M-1 9L9-1M-1 1L1-1M7 9L9 7", "M4 2V6M2 4H6", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8")
_DASHES = ("", "8 3", "2 3", "10 3 2 3", "5 5", "1 4")
_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


def written(chart: "Chart", layout: Layout, paint: Paint, identifier: str) -> str:
    """The SVG element. Its name and description, for whoever hears it, are title and summary."""
    title, summary = escape(writable(chart.title)), escape(writable(chart.summary))
    opening = (
        f'<svg {paint.root} viewBox="0 0 {WIDTH} {_n(max(layout.height, 1))}" direction="ltr"'
        f' role="img" aria-labelledby="{identifier}-t {identifier}-d">'
        f'<title id="{identifier}-t">{title}</title><desc id="{identifier}-d">{summary}</desc>'
    )
    parts = [
        opening,
        _patterns(layout, paint, identifier),
        _rules(layout, paint),
        *_bars(layout.bars, paint, identifier),
        *(_line(line, paint) for line in layout.lines),
        *_dots(layout.dots, paint),
        *_labels([label for label in layout.labels if not label.is_figure], paint.name),
        *_labels([label for label in layout.labels if label.is_figure], paint.figure),
        "</svg>",
    ]
    return "".join(parts)


def _patterns(layout: Layout, paint: Paint, identifier: str) -> str:
    needed = sorted({mark.series for mark in layout.bars} - {0})
    patterns = "".join(
        f'<pattern id="{identifier}-{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path {paint.fills[place]} d="M0 0H8V8H0z"/><path {paint.cut} d="{_CUTS[place]}"/>'
        "</pattern>"
        for place in needed
    )
    return f"<defs>{patterns}</defs>" if patterns else ""


def _rules(layout: Layout, paint: Paint) -> str:
    return "".join(
        f'<path {paint.base if rule.is_base else paint.rule} d="M{_n(rule.x)} {_n(rule.y)}'
        f'H{_n(rule.end)}"/>'
        for rule in layout.rules
    )


def _bars(bars: Iterable[Mark], paint: Paint, identifier: str) -> Iterable[str]:
    for series, marks in _by_series(bars):
        fill = f'fill="url(#{identifier}-{series})"' if series else paint.fills[0]
        path = "".join(
            f"M{_n(mark.x)} {_n(mark.y)}h{_n(mark.width)}v{_n(mark.height)}h{_n(-mark.width)}z"
            for mark in marks
        )
        yield f'<path {fill} d="{path}"/>'


def _dots(dots: Iterable[Mark], paint: Paint) -> Iterable[str]:
    for series, marks in _by_series(dots):
        circle = f"a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0"
        path = "".join(f"M{_n(mark.x - DOT)} {_n(mark.y)}{circle}" for mark in marks)
        yield f'<path {paint.fills[series]} d="{path}"/>'


def _line(line: Line, paint: Paint) -> str:
    dashes = f' stroke-dasharray="{_DASHES[line.series]}"' if line.series else ""
    path = "L".join(f"{_n(x)} {_n(y)}" for x, y in line.points)
    return f'<path {paint.strokes[line.series]}{dashes} d="M{path}"/>'


def _labels(labels: list[Label], attributes: str) -> Iterable[str]:
    for anchor in ("start", "middle", "end"):
        texts = "".join(
            f'<text x="{_n(label.x)}" y="{_n(label.y)}">{_text(label.text)}</text>'
            for label in labels
            if label.anchor == anchor
        )
        if texts:
            yield f'<g {attributes} text-anchor="{anchor}">{texts}</g>'


def _text(text: str) -> str:
    """A text whose own direction is the language's; where it stands is told from left to right."""
    shown = escape(writable(text))
    is_mirrored = languages.direction(get_language() or "en") == "rtl"
    return f"{_RIGHT_TO_LEFT}{shown}{_END}" if is_mirrored else shown


def _by_series(marks: Iterable[Mark]) -> Iterable[tuple[int, Iterable[Mark]]]:
    ordered = sorted(marks, key=lambda mark: (mark.series, mark.category))
    return groupby(ordered, key=lambda mark: mark.series)


def _n(value: float) -> str:
    """A number in as few signs as matter."""
    return f"{value:.1f}".removesuffix(".0")
