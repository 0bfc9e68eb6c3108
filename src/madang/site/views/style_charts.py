"""Charts of the style page: every kind, and what tries each of them most; figures are made up."""

from django.utils.translation import gettext as _

from madang.core import locales
from madang.core.charts import Chart, Series
from madang.site.views.style_samples import Sample

_STEPS = 5


def charts(sample: Sample) -> list[Chart]:
    """One of each kind in the words of `sample`; then many categories, one value, none."""
    modules = tuple(str(module) for module in sample.modules)
    summary = _("What is to be seen, in a sentence that stands without the drawing.")
    steps = tuple(locales.digits(str(step)) for step in range(1, _STEPS + 1))
    return [
        Chart("bars", sample.title, summary, modules, _before_and_after(), unit="%"),
        _answers(summary, modules[:2]),
        Chart("columns", _("Marks"), summary, steps, (Series("", (0, 1, 6, 14, 11)),)),
        Chart("lines", _("Attendance"), summary, steps, _attendance()),
        _countries(sample, summary),
        Chart("bars", _("One value"), summary, modules[:1], (Series("", (3.4,)),)),
        Chart("columns", _("No value yet"), _("Nobody has answered yet."), (), ()),
    ]


def _before_and_after() -> tuple[Series, Series]:
    return Series(_("Before"), (48, 55, 41, 62)), Series(_("After"), (71, 78, None, 80))


def _answers(summary: str, categories: tuple[str, ...]) -> Chart:
    series = (
        Series(_("agree"), (17, 9)),
        Series(_("neither"), (8, 12)),
        Series(_("disagree"), (5, 9)),
        Series(_("no answer"), (1, 0)),
    )
    note = _("Answers of fewer than five people are not shown.")
    return Chart("shares", _("Answers"), summary, categories, series, note=note)


def _attendance() -> tuple[Series, Series]:
    return (
        Series(_("Morning"), (37, 37, None, 36, 35)),
        Series(_("Evening"), (33, 30, 28, 34, 21)),
    )


def _countries(sample: Sample, summary: str) -> Chart:
    names = tuple(
        f"{country} {locales.digits(str(place))}"
        for place in range(1, 8)
        for _name, country, _sector in sample.people
    )
    values = tuple(float(value) for value in range(len(names)))
    return Chart("bars", _("Countries"), summary, names, (Series("", values),))
