"""What the follow-up knows of somebody beside their encrypted words, and what goes with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from madang.core import files
from madang.followup.actions import asking, releases
from madang.followup.models import ActionPlan, Progress, Release, Report, Result
from madang.people import access_links
from madang.people.models import Person


def plans(person: Person) -> Iterable[Mapping[str, Any]]:
    """Plans, answers and releases, for a copy of one's own data."""
    mine = ActionPlan.objects.filter(participation__person=person)
    for plan in mine.select_related("participation__edition"):
        yield {
            _("edition"): str(plan.participation.edition),
            _("state"): plan.get_state_display(),
            _("handed in"): plan.handed_in_at,
        }
        for progress in plan.progress.select_related("round"):
            yield {
                _("months after the edition"): progress.round.months,
                _("state"): progress.get_state_display(),
                _("answered"): progress.answered_at,
            }
        for release in plan.releases.select_related("supervisor__subject"):
            yield {
                _("supervisor"): str(release.supervisor or ""),
                _("state"): release.get_state_display(),
                _("you agreed"): release.consented_at,
                _("seen"): release.get_verdict_display(),
            }


def forget(person: Person) -> None:
    """Remove the plans of somebody who is erased with all that hangs on them.

    Their supervisors' links open nothing any more, and a supervisor who is erased is named
    nowhere. Results stay: they were told for everybody, and no longer say who told them.
    """
    mine = Q(plan__participation__person=person)
    for release in Release.objects.filter(mine | Q(supervisor=person)):
        _end(release)
    for progress in Progress.objects.filter(mine):
        access_links.of(progress, asking.PURPOSE).delete()
    for report in Report.objects.filter(progress__plan__participation__person=person):
        for file in files.of(report):
            files.remove(file, actor=None)
    ActionPlan.objects.filter(participation__person=person).delete()
    Release.objects.filter(supervisor=person).update(supervisor=None)
    Result.objects.filter(told_by__person=person).update(told_by=None)


def _end(release: Release) -> None:
    if release.state != Release.State.WITHDRAWN:
        releases.withdraw(release, actor=None)
