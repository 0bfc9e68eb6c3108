"""The secretariat's pages: when people are asked, in numbers how it stands, and results."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import clock, exports, locales
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.followup import exports as followup_exports
from madang.followup.actions import asking
from madang.followup.actions import results as actions
from madang.followup.forms.results import FollowUpForm, ResultForm
from madang.followup.models import FollowUp, Result
from madang.followup.queries import plans, results
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: object) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"followup/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _back(edition: Edition) -> str:
    return reverse("followup:follow_up", args=[edition.slug])


@require_safe
@common.of_edition()
def follow_up(request: Request, edition: Edition) -> HttpResponseBase:
    """When people are asked, and in numbers how many plans and answers there are."""
    if exports.wanted(request):
        table = followup_exports.results(results.of_edition(edition.pk, request.who))
        return tables.respond(
            request, table, f"{edition.slug}-results", title=_("Results"),
            subtitle=str(edition.wording("title")),
        )  # fmt: skip
    return page(
        request,
        "follow_up",
        edition,
        follow_up=FollowUp.objects.filter(edition=edition).first(),
        numbers=plans.numbers(edition),
        rounds=plans.rounds(edition),
        results=results.of_edition(edition.pk, request.who),
    )


@form_page
@common.of_edition(changes=True)
def settings(request: Request, edition: Edition) -> HttpResponseBase:
    """The window of plans, the days on which people are asked, and the hint."""
    stored = FollowUp.objects.filter(edition=edition).first()
    initial = asking.usual(edition) | {"language": edition.language}
    form = FollowUpForm(
        request.POST or None,
        instance=stored,
        initial=None if stored else initial,
        rounds=list(edition.follow_up_rounds.all()),
    )

    def act() -> None:
        if stored is None:
            asking.begin(edition, form.values(), actor=request.who)
        else:
            asking.change(
                stored,
                form.values(),
                form.days(),
                expected_version=form.expected_version,
                actor=request.who,
            )

    return common.edit(
        request, form, act, said=_("When people are asked is saved."), back=_back(edition),
        title=_("When people are asked"), submit=_("Save it"), edition=edition,
        lead=_("On the last day each participant makes a plan; after six and twelve months they "
               "are asked what became of it."),
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def ask(request: Request, edition: Edition, months: int) -> HttpResponseBase:
    """Ask at once those of a round whose day has come and who were not asked yet."""
    if not edition.follow_up_rounds.filter(months=months).exists():
        raise Http404
    asked = asking.ask_due()
    said = _("%(number)s people are asked.") % {"number": locales.number(asked)}
    return common.done(request, said, _back(edition))


@form_page
@common.of_edition(changes=True)
def result_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = ResultForm(
        request.POST or None,
        edition=edition,
        who=request.who,
        initial={"language": edition.language, "happened_on": clock.today(edition.zone)},
    )
    return common.edit(
        request, form,
        lambda: actions.tell(edition, form.values(), form.references(), actor=request.who),
        said=_("The result is written down. It is published once you have looked at it."),
        back=_back(edition), title=_("Write a result down"), submit=_("Write it down"),
        edition=edition,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def result_edit(request: Request, edition: Edition, result_id: UUID) -> HttpResponseBase:
    result = common.found(edition.results, result_id)
    form = ResultForm(request.POST or None, instance=result, edition=edition, who=request.who)
    return common.edit(
        request, form,
        lambda: actions.change(
            result, form.values(), form.references(),
            expected_version=form.expected_version, actor=request.who,
        ),
        said=_("The result is saved."), back=_back(edition), title=_("Review the result"),
        submit=_("Save the result"), edition=edition,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def result_remove(request: Request, edition: Edition, result_id: UUID) -> HttpResponseBase:
    result = common.found(edition.results, result_id)
    return common.remove(
        request,
        lambda: actions.remove(result, actor=request.who),
        said=_("The result is removed."),
        back=_back(edition),
        title=_("Remove this result?"),
        submit=_("Remove the result"),
        consequences=[str(result.wording("title"))],
    )


@require_POST
@common.of_edition(changes=True)
def result_publish(request: Request, edition: Edition, result_id: UUID) -> HttpResponseBase:
    result = common.found(edition.results, result_id)
    if common.tried(request, lambda: actions.publish(result, actor=request.who)):
        return common.done(request, _("The result is published."), _back(edition))
    return HttpResponseRedirect(_back(edition))


@require_POST
@common.of_edition(changes=True)
def result_decline(request: Request, edition: Edition, result_id: UUID) -> HttpResponseBase:
    result: Result = common.found(edition.results, result_id)
    if common.tried(request, lambda: actions.decline(result, actor=request.who)):
        return common.done(request, _("The result is not shown."), _back(edition))
    return HttpResponseRedirect(_back(edition))
