"""Solving a scenario at once, or in the background where it would keep somebody waiting."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.cohorts import scenarios
from madang.cohorts.actions.scenarios import solve
from madang.cohorts.models import Scenario
from madang.core import jobs, limits
from madang.core.jobs import JobError, Outcome, Progress
from madang.core.models import Job
from madang.core.policies import Who
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account

JOB = "cohorts.solve"
# With so many nominees the answer and the reasons for each are there within a few seconds.
AT_ONCE = 200


def solve_or_start(scenario: Scenario, *, actor: Who) -> Job | None:
    """Solve a small scenario now; let the worker solve a large one, and answer with its job.

    Raises as `solve` does.
    """
    if scenarios.eligible(scenario.edition_id).count() <= AT_ONCE:
        solve(scenario, actor=actor)
        return None
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Scenario “%(name)s”") % {"name": scenario.name},
        arguments={"scenario": str(scenario.pk), "officer": str(actor.audit_id)},
    )


def run(progress: Progress, *, scenario: str, officer: str) -> Outcome:
    """In the worker."""
    chosen = Scenario.objects.select_related("edition").get(pk=UUID(scenario))
    progress.report(0, 1, _("Looking for the best cohort, and why for each nominee."))
    try:
        solve(chosen, actor=Account.objects.get(pk=UUID(officer)))
    except RefusedError as refused:
        raise JobError(str(refused.why)) from refused
    except limits.LimitExceededError as failed:
        raise JobError(str(failed)) from failed
    url = reverse("cohorts:scenario", args=[chosen.edition.slug, chosen.pk])
    return Outcome(_("The scenario is solved."), url, chosen.name)
