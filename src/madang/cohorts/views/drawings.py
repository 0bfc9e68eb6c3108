"""The drawing of a lottery: the page in the room, and the page by which anybody checks it."""

from uuid import UUID

from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts.actions import drawings as actions
from madang.cohorts.forms.decisions import DrawForm
from madang.cohorts.models import Drawing, Scenario
from madang.cohorts.views.pages import page
from madang.cohorts.views.selection import found
from madang.core import addresses, texts
from madang.core.requests import Request, form_page
from madang.nominations.models import Nomination
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _drawing(scenario: Scenario) -> Drawing | None:
    return Drawing.objects.filter(scenario=scenario).first()


@form_page
@common.of_edition()
def drawing(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """Freeze, read the fingerprint out, roll the dice, draw: one step after the other."""
    scenario = found(edition, scenario_id)
    if scenario.objective != Scenario.Objective.LOTTERY:
        raise Http404
    drawing = _drawing(scenario)
    may_change = common.may_change(request, edition)
    form = DrawForm(request.POST if request.method == "POST" and may_change else None)
    if (
        drawing is not None
        and form.is_valid()
        and common.performed(
            form,
            lambda: actions.draw(
                drawing,
                form.cleaned_data["seed"],
                witnesses=form.cleaned_data["witnesses"],
                actor=request.who,
            ),
        )
    ):
        return common.done(request, _("The lottery is drawn."), request.path)
    return page(
        request, "selection/drawing", edition,
        scenario=scenario,
        drawing=drawing,
        form=form,
        panels=len((scenario.answer or {}).get("panels") or ()),
        chosen=_chosen(edition, drawing),
        check_address=addresses.of("cohort:drawing", drawing.digest) if drawing else "",
    )  # fmt: skip


def _chosen(edition: Edition, drawing: Drawing | None) -> list[Nomination]:
    """Who was drawn, by number."""
    drawn = actions.result(drawing) if drawing is not None else None
    if drawn is None:
        return []
    nominations = edition.nominations.filter(number__in=[int(each) for each in drawn.members])
    chosen = list(nominations.select_related("person__subject", "country").order_by("number"))
    texts.prefetch_referred(chosen, "country")
    return chosen


@require_POST
@common.of_edition(changes=True)
def freeze(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """Freeze list, rules and panels of a lottery."""
    scenario = found(edition, scenario_id)
    here = request.path.removesuffix("freeze/")
    if common.tried(request, lambda: actions.freeze(scenario, actor=request.who)):
        return common.done(request, _("List and rules are frozen: read the fingerprint out."), here)
    return HttpResponseRedirect(here)


def _public(digest: str) -> Drawing:
    # The same list and rules may have been frozen twice: what was drawn, and last, is shown.
    frozen = Drawing.objects.filter(digest=digest).select_related("scenario__edition")
    found = frozen.order_by(F("drawn_at").desc(nulls_last=True)).first()
    if found is None:
        raise Http404
    return found


@require_safe
def check(request: Request, digest: str) -> HttpResponse:
    """What anybody who was given the fingerprint needs to draw again: no name is in it."""
    drawing = _public(digest)
    edition = drawing.scenario.edition
    texts.prefetch([edition])
    context = {
        "drawing": drawing,
        "edition": edition,
        "drawn": actions.result(drawing),
        "recipe": actions.recipe(),
    }
    return render(request, "cohorts/selection/check.html", context)


@require_safe
def frozen(_request: Request, digest: str) -> HttpResponse:
    """The frozen text, byte for byte: its SHA-256 is the fingerprint."""
    drawing = _public(digest)
    response = HttpResponse(drawing.frozen.encode(), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="frozen.json"'
    return response
