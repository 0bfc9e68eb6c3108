"""Parts about what came of the week: evaluation, learning, action plans, certificates.

What may be told of anybody's answers and tests is decided where they are kept; here it is said.
Speakers are evaluated for themselves: what is about one of them stands in no report.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.certificates import queries as certificates
from madang.core import locales
from madang.core.charts import Chart, Series
from madang.evaluation import queries as evaluation_queries
from madang.evaluation.models import Form
from madang.evaluation.queries.telling import FormResult, QuestionResult
from madang.followup.queries import plans
from madang.learning import queries as learning_queries
from madang.learning.queries import LearnedPart
from madang.reports import blocks
from madang.reports.blocks import Block
from madang.reports.figures import FLOOR
from madang.workshops.models import Edition


def evaluation(edition: Edition) -> list[Block]:
    """The end evaluation question by question; of the days and sessions, how many answered."""
    found: list[Block] = []
    others = []
    for result in evaluation_queries.results(edition):
        if not result.people:
            continue
        if result.form.kind == Form.Kind.END:
            found += _end(result)
        else:
            others.append((result.title, result.answered))
    if others:
        found.append(blocks.table(_("Days and sessions"), (_("Form"), _("Answers")), others))
    return found


def _end(result: FormResult) -> Iterable[Block]:
    yield blocks.sentence(result.answered)
    for question in result.questions:
        if question.item.speaker is None:
            yield from _question(question)


def _question(question: QuestionResult) -> Iterable[Block]:
    if question.chart is not None:
        yield blocks.chart(question.chart)
        if question.comparison is not None:
            yield blocks.sentence(question.comparison.sentence)
    if question.comments:
        yield blocks.subheading(str(question.text))
        yield blocks.listing(question.comments)


def learning(edition: Edition) -> list[Block]:
    """What those learned who took both tests, over all, by module and by competency."""
    learned = learning_queries.learned(edition)
    if learned is None:
        return []
    said = ngettext(
        "%(number)s person took the test before and the test after.",
        "%(number)s people took the test before and the test after.",
        learned.n,
    ) % {"number": locales.number(learned.n)}
    found = [blocks.sentence(said)]
    modules = [part for part in learned.modules if part.cell.pre is not None]
    if modules:
        found.append(blocks.chart(_before_and_after(modules, learned.overall)))
    rows = [_row(part) for part in learned.parts if part.gain is not None]
    if rows:
        headings = (_("Part"), _("People"), _("Gain"), _("Interval of 95%"))
        found.append(blocks.table(_("Gain"), headings, rows, numeric=(1, 2, 3)))
    return found


def _before_and_after(modules: list[LearnedPart], overall: LearnedPart) -> Chart:
    said = _("What was not known before and was known after: %(share)s.") % {
        "share": locales.percent(overall.gain or 0)
    }
    return Chart(
        "bars",
        _("Right answers before and after"),
        said,
        tuple(str(part.label) for part in modules),
        (
            Series(_("before the week"), tuple(_percent(part.cell.pre) for part in modules)),
            Series(_("after the week"), tuple(_percent(part.cell.post) for part in modules)),
        ),
        unit="%",
        heading=_("Module"),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _row(part: LearnedPart) -> tuple[str, str, str, str]:
    low_and_high = part.interval
    interval = (
        f"{locales.number(low_and_high[0], 2)} – {locales.number(low_and_high[1], 2)}"
        if low_and_high is not None
        else ""
    )
    gain = locales.number(part.gain or 0, 2)
    return str(part.label), locales.number(part.n), gain, interval


def action_plans(edition: Edition) -> list[Block]:
    """How many went home with a plan; of fewer than five nothing is said."""
    numbers = plans.numbers(edition)
    if numbers.handed_in < FLOOR:
        return []
    rows = [
        (_("Action plans handed in"), locales.number(numbers.handed_in)),
        (_("Actions in them"), locales.number(numbers.actions)),
    ]
    return [blocks.facts(rows)]


def certificates_issued(edition: Edition) -> list[Block]:
    """How many certificates were issued and hold."""
    numbers = certificates.numbers(edition)
    if not numbers.attended and not numbers.completed:
        return []
    rows = [
        (_("Certificates of attendance"), locales.number(numbers.attended)),
        (_("Certificates of completion"), locales.number(numbers.completed)),
    ]
    return [blocks.facts(rows)]
