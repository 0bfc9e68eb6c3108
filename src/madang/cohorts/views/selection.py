"""The selection: scenarios, their rules as live controls, and what each comes to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts import scenarios
from madang.cohorts.actions import scenarios as actions
from madang.cohorts.actions import solving
from madang.cohorts.forms.selection import (
    EstimatesForm,
    NewScenarioForm,
    OneMoreForm,
    PinForm,
    ScenarioForm,
)
from madang.cohorts.models import Scenario
from madang.cohorts.queries import comparing
from madang.cohorts.queries import selection as queries
from madang.cohorts.views.pages import page
from madang.core import limits, texts
from madang.core.requests import Request, form_page, page_of
from madang.nominations.forms.quotas import quota_forms, quota_values
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

MOST_COMPARED = 4


def found(edition: Edition, scenario_id: UUID) -> Scenario:
    scenario = common.found(edition.scenarios.all(), scenario_id)
    scenario.edition = edition
    return scenario


def address(scenario: Scenario) -> str:
    return reverse("cohorts:scenario", args=[scenario.edition.slug, scenario.pk])


@form_page
@common.of_edition()
def selection(request: Request, edition: Edition) -> HttpResponseBase:
    """Every scenario, side by side in a few figures; and a form to begin one."""
    may_change = common.may_change(request, edition)
    form = NewScenarioForm(request.POST or None)
    if request.method == "POST" and may_change and form.is_valid():
        begun: list[Scenario] = []
        if common.performed(
            form,
            lambda: begun.append(
                actions.begin(edition, {"name": form.cleaned_data["name"]}, actor=request.who)
            ),
        ):
            return _solve(request, begun[0])
    return page(
        request, "selection/selection", edition,
        form=form,
        summaries=comparing.summaries(edition),
        candidates=scenarios.eligible(edition.pk).count(),
        decision=edition.decisions.exclude(state="dropped").first(),
    )  # fmt: skip


@form_page
@common.of_edition()
def scenario(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """One scenario: who is in and why, what the rules cost; its form changes and solves it."""
    chosen = found(edition, scenario_id)
    board = queries.board(chosen)
    may_change = common.may_change(request, edition)
    posted = request.POST if request.method == "POST" and may_change else None
    form = ScenarioForm(posted, instance=chosen, currency=board.currency)
    quotas = quota_forms(chosen.quotas.all(), board.attributes, posted)
    if posted is not None and form.is_valid() and quotas.is_valid():
        changed = common.performed(
            form,
            lambda: actions.change(
                chosen,
                form.values(),
                quota_values(quotas),
                expected_version=form.expected_version,
                actor=request.who,
            ),
        )
        if changed:
            return _solve(request, found(edition, scenario_id))
    return _shown(request, edition, board, form=form, quotas=quotas)


def _shown(request: Request, edition: Edition, board: queries.Board, **forms: Any) -> HttpResponse:
    chosen = board.scenario
    outcome = request.GET.get("show", "")
    rows = [row for row in board.rows if not outcome or row.outcome == outcome]
    rows_page = page_of(request, rows)
    one_more = OneMoreForm(board.attributes, request.GET)
    wanted = one_more.wanted()
    more = _one_more(request, board, wanted) if wanted else None
    keys = {row.reason for row in rows_page.object_list}
    spoken = board.spoken_of(keys)
    if more is not None:
        spoken |= {*more.change["enters"], *more.change["leaves"]}
    board.learn_names(sorted(spoken))
    texts.prefetch_referred([row.nomination for row in rows_page.object_list], "country")
    shown = [(row, board.reason(row.reason)) for row in rows_page.object_list]
    return page(
        request, "selection/scenario", edition,
        scenario=chosen, board=board, rows=rows_page, shown=shown, show=outcome,
        relaxations=board.told.relaxations(board.answer.get("relaxations", ())),
        one_more=one_more, more=more, wanted=wanted,
        drawing=getattr(chosen, "drawing", None),
        decision=chosen.decisions.exclude(state="dropped").first(),
        **forms,
    )  # fmt: skip


def _one_more(
    request: Request, board: queries.Board, wanted: dict[str, str]
) -> queries.Cost | None:
    """What one more person with all these attributes would cost."""
    if board.status not in {"optimal", "feasible"} or board.answer.get("objective") is None:
        return None
    try:
        answer = scenarios.best(scenarios.one_more(board.asked, board.selected, wanted))
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        messages.error(request, str(failed))
        return None
    return board.compared(wanted, answer)


def _solve(request: Request, chosen: Scenario) -> HttpResponseRedirect:
    """Have the scenario solved, and go where the answer will be.

    What stands against it is said on the next page; a large one is solved in the background.
    """
    try:
        job = solving.solve_or_start(chosen, actor=request.who)
    except RefusedError as refused:
        messages.error(request, str(refused.why))
    except limits.LimitExceededError as failed:
        messages.error(request, str(failed))
    except limits.ProcessFailedError:
        messages.error(request, _("The method did not come back: try it again."))
    else:
        if job is not None:
            return HttpResponseRedirect(job.get_absolute_url())
    return HttpResponseRedirect(address(chosen))


@require_POST
@common.of_edition(changes=True)
def solve(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """Solve it as it stands: nominations or merit changed since."""
    return _solve(request, found(edition, scenario_id))


@require_POST
@common.of_edition(changes=True)
def move(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    """Try one of the moves that the page weighs, or every relaxation that it names."""
    chosen = found(edition, scenario_id)
    board = queries.board(chosen)
    wanted = board.moves(request.POST.get("move", ""))
    if not board.is_current or not wanted:
        messages.error(request, _("The rules have changed since: look at them again."))
        return HttpResponseRedirect(address(chosen))
    done = all(
        common.tried(request, lambda one=one: actions.move_rule(chosen, one, actor=request.who))
        for one in wanted
    )
    if done:
        return _solve(request, found(edition, scenario_id))
    return HttpResponseRedirect(address(chosen))


@form_page
@common.of_edition(changes=True)
def scenario_copy(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    chosen = found(edition, scenario_id)
    form = NewScenarioForm(
        request.POST or None,
        initial={"name": _("%(name)s, tried otherwise") % {"name": chosen.name}},
    )
    if form.is_valid():
        made: list[Scenario] = []
        if common.performed(
            form,
            lambda: made.append(actions.copy(chosen, form.cleaned_data["name"], actor=request.who)),
        ):
            messages.success(request, _("The scenario is copied."))
            return _solve(request, made[0])
    return common.edit(
        request,
        form,
        lambda: None,
        said="",
        back=address(chosen),
        title=_("Copy the scenario"),
        submit=_("Copy it"),
        edition=edition,
        lead=_("Rules and pins are copied; what you try there leaves this one as it is."),
    )


@form_page
@common.of_edition(changes=True)
def scenario_remove(request: Request, edition: Edition, scenario_id: UUID) -> HttpResponseBase:
    chosen = found(edition, scenario_id)
    return common.remove(
        request,
        lambda: actions.remove(chosen, actor=request.who),
        said=_("The scenario is removed."),
        back=reverse("cohorts:selection", args=[edition.slug]),
        title=_("Remove the scenario “%(name)s”?") % {"name": chosen.name},
        submit=_("Remove the scenario"),
        consequences=[_("Its rules, pins and answer are gone; nominations stay as they are.")],
    )


@form_page
@common.of_edition(changes=True)
def pin(
    request: Request, edition: Edition, scenario_id: UUID, nomination_id: UUID
) -> HttpResponseBase:
    """Decide about one nominee apart from the method, with a reason."""
    chosen = found(edition, scenario_id)
    nominations = scenarios.eligible(edition.pk).select_related("person__subject")
    nomination = common.found(nominations, nomination_id)
    known = chosen.pins.filter(nomination=nomination).select_related("subject").first()
    initial = {"kind": known.kind, "reason": known.reason} if known else {}
    form = PinForm(request.POST or None, initial=initial)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.pin(
            chosen,
            nomination,
            form.cleaned_data["kind"],
            form.cleaned_data["reason"],
            actor=request.who,
        ),
    ):
        messages.success(request, _("The decision is written down."))
        return _solve(request, chosen)
    return page(
        request,
        "selection/pin",
        edition,
        scenario=chosen,
        nomination=nomination,
        form=form,
        known=known,
    )


@require_POST
@common.of_edition(changes=True)
def unpin(
    request: Request, edition: Edition, scenario_id: UUID, nomination_id: UUID
) -> HttpResponseBase:
    """Leave a nominee to the method again."""
    chosen = found(edition, scenario_id)
    pins = chosen.pins.select_related("scenario").filter(nomination=nomination_id)
    known = pins.first()
    if known is not None and common.tried(request, lambda: actions.unpin(known, actor=request.who)):
        return _solve(request, chosen)
    return HttpResponseRedirect(address(chosen))


@form_page
@common.of_edition(changes=True)
def estimates(request: Request, edition: Edition) -> HttpResponseBase:
    """What one person from each country costs to bring."""
    countries = queries.nominating(edition)
    texts.prefetch(countries)
    form = EstimatesForm(countries, queries.estimates(edition), request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.estimate_travel(
            edition,
            form.amounts(),
            currency=form.cleaned_data["currency"],
            actor=request.who,
        ),
        said=_("The estimates are saved. Scenarios with a budget are to be solved again."),
        back=reverse("cohorts:selection", args=[edition.slug]),
        title=_("Estimates of travel"),
        submit=_("Save the estimates"),
        edition=edition,
        lead=_("What it costs to bring one person, ticket and allowance. Empty counts nothing."),
    )


@require_safe
@common.of_edition()
def compare(request: Request, edition: Edition) -> HttpResponseBase:
    """Saved scenarios side by side: figures, composition, and who is in which."""
    keys = request.GET.getlist("scenario")[:MOST_COMPARED]
    summaries = comparing.summaries(edition)
    chosen = [each for each in summaries if str(each.scenario.pk) in keys] or summaries
    return page(
        request, "selection/compare", edition,
        summaries=summaries,
        comparison=comparing.compare(chosen[:MOST_COMPARED]),
        keys=keys,
    )  # fmt: skip
