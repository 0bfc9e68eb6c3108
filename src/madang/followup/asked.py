"""What the follow-up asks of one person: to make a plan, and later to say what became of it."""

from collections.abc import Iterator

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.followup.models import ActionPlan, FollowUp, Progress, Round
from madang.workshops.asked import Asked
from madang.workshops.models import Participation

# In words that fit what was asked: rounds come after six and after twelve months.
_LABELS = {
    6: lambda: _("Six months later: how did it go?"),
    12: lambda: _("Twelve months later: how did it go?"),
}


def source(participation: Participation) -> Iterator[Asked]:
    """The plan from the day on which it is asked for, and each round that was opened.

    Two queries, one where no plan is asked for yet.
    """
    here = Participation.Kind.PARTICIPANT, Participation.State.EXPECTED
    if (participation.kind, participation.state) != here:
        return
    plans = ActionPlan.objects.filter(participation=participation)
    follow_up = (
        FollowUp.objects.filter(edition=participation.edition_id)
        .annotate(plan_state=Subquery(plans.values("state")[:1]))
        .first()
    )
    if follow_up is None or not follow_up.was_opened:
        return
    slug = participation.edition.slug
    handed_in = follow_up.plan_state == ActionPlan.State.HANDED_IN
    if follow_up.is_open or follow_up.plan_state:
        yield Asked(
            _("Make your action plan"),
            reverse("own_followup:plan", args=[slug]),
            _("handed in") if handed_in else _("two to five things that you will do at home"),
            None if handed_in else follow_up.closes_at,
            handed_in,
        )
    if not handed_in:
        return
    asked = Progress.objects.filter(plan__participation=participation).exclude(
        round__state=Round.State.PLANNED
    )
    for progress in asked.select_related("round"):
        asking = progress.round
        label = _LABELS.get(asking.months, _LABELS[6])
        is_done = progress.state == Progress.State.ANSWERED or asking.state == Round.State.CLOSED
        yield Asked(
            label(),
            reverse("own_followup:follow_up", args=[slug]),
            _("a few minutes, action by action"),
            None,
            is_done,
        )
