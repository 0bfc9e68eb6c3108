"""Kirkpatrick's four levels of an edition: reaction, learning, behaviour, results."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.core.charts import Chart, Series
from madang.core.policies import Who
from madang.evaluation import queries as evaluation
from madang.evaluation.models import Form
from madang.evaluation.queries.telling import FormResult, QuestionResult
from madang.followup import behaviour
from madang.followup.behaviour import Behaviour
from madang.followup.models import Progress, Report, Round
from madang.followup.queries import plans, results
from madang.followup.queries.plans import Numbers
from madang.followup.queries.results import ShownResult
from madang.learning.queries import Learned, learned
from madang.workshops.models import Edition
from madang.workshops.queries import overview

# So many questions of the end evaluation stand on the page; all stand where results are.
SHOWN = 3


@dataclass(frozen=True)
class Told:
    """What may be told of one round of the follow-up."""

    round: Round
    behaviour: Behaviour

    @property
    def label(self) -> str:
        months = self.round.months
        return ngettext("after %(months)s month", "after %(months)s months", months) % {
            "months": locales.number(months)
        }


@dataclass(frozen=True)
class Levels:
    """The four levels; `before` are the same numbers of the edition before, where it has any."""

    reaction: list[QuestionResult]
    reaction_people: str
    learned: Learned | None
    learning_chart: Chart | None
    plans: Numbers
    rounds: list[Told]
    behaviour_chart: Chart | None
    results: list[ShownResult]
    before: "Before | None"


@dataclass(frozen=True)
class Before:
    """The edition before: what was learned there, and what was done of its plans."""

    edition: Edition
    learned: Learned | None
    rounds: list[Told]


def levels(edition: Edition, who: Who) -> Levels:
    """Everything on the page of the four levels (a fixed number of queries)."""
    end = _end_form(edition)
    what_was_learned = learned(edition)
    rounds = behaviours(edition)
    earlier = overview.previous(edition)
    return Levels(
        reaction=_headline(end),
        reaction_people=end.answered if end is not None else "",
        learned=what_was_learned,
        learning_chart=_learning_chart(what_was_learned),
        plans=plans.numbers(edition),
        rounds=rounds,
        behaviour_chart=_behaviour_chart(rounds),
        results=results.published(edition.pk, who),
        before=Before(earlier, learned(earlier), behaviours(earlier)) if earlier else None,
    )


def behaviours(edition: Edition) -> list[Told]:
    """What may be told of each round that was opened (two queries)."""
    opened = edition.follow_up_rounds.exclude(state=Round.State.PLANNED).order_by("months")
    answers: dict[UUID, dict[UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        Report.objects.filter(
            progress__round__edition=edition, progress__state=Progress.State.ANSWERED
        )
        .order_by("progress__answered_at", "progress_id")
        .values_list("progress__round_id", "progress_id", "status")
    )
    for round_id, progress_id, status in rows:
        answers[round_id][progress_id].append(status)
    return [Told(it, behaviour.told(list(answers[it.pk].values()))) for it in opened]


def _end_form(edition: Edition) -> FormResult | None:
    ends = [it for it in evaluation.results(edition) if it.form.kind == Form.Kind.END]
    return ends[-1] if ends else None


def _headline(end: FormResult | None) -> list[QuestionResult]:
    """The first questions of the end evaluation that can be drawn."""
    if end is None:
        return []
    return [it for it in end.questions if it.chart is not None and it.told.mean is not None][:SHOWN]


def _learning_chart(found: Learned | None) -> Chart | None:
    if found is None:
        return None
    parts = [it for it in (found.overall, *found.modules) if it.cell.pre is not None]
    if not parts:
        return None
    return Chart(
        "bars",
        title=_("Right answers before and after"),
        summary=_("Of %(number)s people who took both tests.")
        % {"number": locales.number(found.n)},
        categories=tuple(str(it.label) for it in parts),
        series=(
            Series(_("before"), tuple(_percent(it.cell.pre) for it in parts)),
            Series(_("after"), tuple(_percent(it.cell.post) for it in parts)),
        ),
        unit="%",
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _behaviour_chart(rounds: list[Told]) -> Chart | None:
    shown = [it for it in rounds if it.behaviour.done is not None]
    if not shown:
        return None
    last = shown[-1]
    return Chart(
        "columns",
        title=_("Share of actions that are done"),
        summary=_("%(share)s of the actions are done %(when)s.")
        % {"share": locales.percent(last.behaviour.done_part or 0), "when": last.label},
        categories=tuple(it.label for it in shown),
        series=(
            Series(
                _("done"),
                tuple(None if it.behaviour.done is None else float(it.behaviour.done)
                      for it in shown),
            ),
        ),
        unit="%",
        note=_("Of those who answered, as they say it themselves."),
    )  # fmt: skip
