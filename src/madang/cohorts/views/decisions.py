"""The decision on a cohort: proposed, looked at, dropped; its minutes."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.cohorts import documents, reasons
from madang.cohorts.actions import decisions as actions
from madang.cohorts.forms.decisions import ProposeForm
from madang.cohorts.models import Decision, Scenario
from madang.cohorts.queries import decisions as queries
from madang.cohorts.views.pages import other_directors, page
from madang.core import approvals
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _found(edition: Edition, decision_id: UUID) -> Decision:
    decision = common.found(edition.decisions.select_related("scenario"), decision_id)
    decision.edition = edition
    return decision


@form_page
@common.of_edition(changes=True)
def propose(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """Freeze a scenario's cohort and hand it to a director."""
    scenario: Scenario = common.found(edition.scenarios.all(), scenario_id)
    form = ProposeForm(other_directors(request, edition), request.POST or None)
    made: list[Decision] = []
    if form.is_valid() and common.performed(
        form,
        lambda: made.append(
            actions.propose(
                scenario,
                remarks=form.cleaned_data["remarks"],
                director=form.chosen,
                actor=request.who,
            )
        ),
    ):
        url = reverse("cohorts:decision", args=[edition.slug, made[0].pk])
        return common.done(request, _("The cohort is proposed: the director has it now."), url)
    return common.edit(
        request,
        form,
        lambda: None,
        said="",
        back=reverse("cohorts:scenario", args=[edition.slug, scenario.pk]),
        title=_("Propose this cohort"),
        submit=_("Propose it"),
        edition=edition,
        lead=_("The list is frozen with its reasons. In force it is once the director approves."),
    )


@require_safe
@common.of_edition()
def decision(request: Request, edition: Edition, decision_id: UUID) -> HttpResponseBase:
    """One decision: who is in and who is not, where its approval stands, what comes next."""
    found = _found(edition, decision_id)
    minutes = queries.minutes(found)
    return page(
        request, "decision/decision", edition,
        decision=found,
        minutes=minutes,
        approval=approvals.latest(found),
        not_chosen=page_of(
            request,
            [(verdict, reasons.REASONS.get(verdict.reason, "")) for verdict in minutes.not_chosen],
        ),
        offers=found.offers.count(),
    )  # fmt: skip


@require_safe
@common.of_edition()
def decision_minutes(request: Request, edition: Edition, decision_id: UUID) -> HttpResponseBase:
    """The minutes as a PDF."""
    found = _found(edition, decision_id)
    pdf = documents.minutes(queries.minutes(found), approvals.approved(found), who=request.who)
    return tables.download(pdf, f"{edition.slug}-minutes-{found.number}.pdf")


@form_page
@common.of_edition(changes=True)
def decision_drop(request: Request, edition: Edition, decision_id: UUID) -> HttpResponseBase:
    """Give a decision up before offers went out."""
    found = _found(edition, decision_id)
    back = reverse("cohorts:decision", args=[edition.slug, found.pk])
    if request.method == "POST":
        if common.tried(request, lambda: actions.drop(found, actor=request.who)):
            url = reverse("cohorts:selection", args=[edition.slug])
            return common.done(request, _("The decision is dropped."), url)
        return HttpResponseRedirect(back)
    return common.confirm(
        request,
        title=_("Drop decision %(number)s?") % {"number": found.number},
        submit=_("Drop the decision"),
        back=back,
        consequences=[
            _("Offers that were prepared and not sent go with it."),
            _("It stays in the history; another cohort can then be proposed."),
        ],
    )
