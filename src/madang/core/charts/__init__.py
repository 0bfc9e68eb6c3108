"""Charts as SVG, made on the server: for pages (`svg`), for paper and download (`drawing`).

A chart says in a sentence what is to be seen (`summary`) and has a table of its figures; on a page
`{% chart chart %}` shows the three together. Nobody needs the colours: series have patterns and
dashes, marks their values. Numbers are in the digits of the language that is active when a chart
is drawn, and in a language that is written from right to left the bars grow to the left.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import locales
from madang.core.charts.layout import WIDTH, laid_out
from madang.core.charts.paint import CLASSES, PRINTED
from madang.core.charts.svg import written
from madang.core.exports import Column, Table, Value

Kind = Literal["bars", "columns", "lines", "shares"]

SERIES = 6


@dataclass(frozen=True)
class Series:
    """Values of one thing, one for each category; None where there is none."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """What is to be drawn.

    `kind`: "bars" lie and have room for long names; "columns" and "lines" are for what has an
    order, such as days and steps of a scale; "shares" are parts of each category's sum. `unit` is
    written after each value; "%" stands for values from 0 to 100. `heading` says what the
    categories are, for the table. At most six series. Raises ValueError where a series has not one
    value for each category.
    """

    kind: Kind
    title: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""
    heading: str = ""

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("A series needs one value, or None, for each category.")
        if len(self.series) > SERIES:
            raise ValueError(f"A chart of more than {SERIES} series can't be read.")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; the summary still says something."""
        return not any(value is not None for each in self.series for value in each.values)

    def svg(self, identifier: str = "") -> str:
        """The drawing for a page: classes of `charts.css`, and neither style nor script.

        `identifier` has to be its own where the same chart stands twice on a page.
        """
        return written(self, laid_out(self), CLASSES, identifier or self.fingerprint)

    def drawing(self) -> bytes:
        """The drawing as a file of its own, in the colours of print."""
        return written(self, laid_out(self), PRINTED, self.fingerprint).encode()

    def for_typesetting(self) -> dict[str, object]:
        """Plain data for `chart` of `documents/chart.typ`, which writes the texts itself.

        Typst loses the letters of Khmer or Bengali where they stand in an SVG, and refuses them
        in an accessible PDF.
        """
        layout = laid_out(self)
        bare = replace(layout, labels=[])
        return {
            "title": self.title,
            "summary": self.summary,
            "note": self.note,
            "svg": "" if self.is_empty else written(self, bare, PRINTED, self.fingerprint),
            "width": WIDTH,
            "height": layout.height,
            "labels": [asdict(label) for label in layout.labels],
        }

    @property
    def fingerprint(self) -> str:
        """What tells this chart from another, in this language: for identifiers."""
        shown = repr((self, get_language()))
        return "c" + hashlib.blake2s(shown.encode(), digest_size=5).hexdigest()

    def table(self) -> Table:
        """The figures: a row for each category, a column for each series."""
        columns = [Column("category", self.heading or _("Category"))]
        columns += [
            Column(f"series_{place}", each.label or self.title)
            for place, each in enumerate(self.series, start=1)
        ]
        return Table(columns, self._rows())

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for place, category in enumerate(self.categories):
            yield category, *(each.values[place] for each in self.series)

    def in_words(self, value: float | None) -> str:
        """A value as it stands beside its mark: “3.4”, “45%”, “12 min”; "–" where there is none."""
        if value is None:
            return "–"
        if self.unit == "%":
            return locales.percent(value / 100)
        rounded = round(value, 2)
        number = locales.number(int(rounded) if rounded == int(rounded) else rounded)
        return f"{number}\N{NO-BREAK SPACE}{self.unit}" if self.unit else number

    def rows_in_words(self) -> list[tuple[str, list[str]]]:
        """The same for people: each category with its values in words."""
        return [
            (category, [self.in_words(each.values[place]) for each in self.series])
            for place, category in enumerate(self.categories)
        ]


__all__ = ("Chart", "Kind", "Series")
