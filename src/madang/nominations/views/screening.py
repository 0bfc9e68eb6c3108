"""Screening: the rubric, who scores, scoring itself, and what comes of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import limits, locales, texts
from madang.core.requests import Request, form_page, page_of
from madang.nominations import rules
from madang.nominations.actions import screening as actions
from madang.nominations.forms.screening import (
    AskForm,
    CriterionForm,
    ScoreForm,
    ThirdOpinionForm,
)
from madang.nominations.models import Call, Criterion, Screening
from madang.nominations.queries import calls, nominations
from madang.nominations.queries import screening as queries
from madang.nominations.views.call import call_of
from madang.nominations.views.pages import page
from madang.people.holders import holders, sorted_by_name
from madang.people.models import Account
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

# K. Krippendorff, Content Analysis, 2004, page 241.
RELIABLE, TENTATIVE = 0.8, 0.667

_NOT_WORKED_OUT = gettext_lazy("It could not be worked out in time: try it again.")


def _officers(edition: Edition) -> list[Account]:
    return sorted_by_name(holders("secretariat", edition.pk))


def _criteria(call: Call) -> list[Criterion]:
    found = list(call.criteria.all())
    texts.prefetch(found)
    return found


def _back(edition: Edition) -> str:
    return reverse("nominations:screening", args=[edition.slug])


@require_safe
@common.of_edition()
def screening(request: Request, edition: Edition) -> HttpResponseBase:
    """Where the screening stands: rubric, officers, nominations and their merit."""
    call = calls.of_edition(edition)
    if call is None:
        return page(request, "screening/none", edition)
    rows = queries.rows(edition, request.who)
    far_apart = [row for row in rows if row.is_far_apart]
    shown = far_apart if request.GET.get("show") == "far-apart" else rows
    return page(
        request, "screening/screening", edition,
        call=call,
        criteria=_criteria(call),
        progress=queries.progress(edition),
        number=len(rows),
        far_apart=far_apart,
        far=queries.FAR_APART,
        rows=page_of(request, shown),
        outstanding=queries.outstanding(edition, request.who).first(),
        scored=sum(row.scored for row in rows),
        with_merit=sum(row.merit is not None for row in rows),
        show=request.GET.get("show", ""),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def criterion_add(request: Request, edition: Edition) -> HttpResponseBase:
    call = call_of(edition)
    form = CriterionForm(request.POST or None, initial={"language": edition.language})
    return common.edit(
        request,
        form,
        lambda: actions.add_criterion(call, form.values(), actor=request.who),
        said=_("The criterion is added."),
        back=_back(edition),
        title=_("Add a criterion"),
        submit=_("Add the criterion"),
        edition=edition,
        lead=_("The rubric is what officers score nominations by."),
    )


@form_page
@common.of_edition(changes=True)
def criterion_edit(request: Request, edition: Edition, criterion_id: UUID) -> HttpResponseBase:
    criterion = common.found(call_of(edition).criteria, criterion_id)
    form = CriterionForm(request.POST or None, instance=criterion)
    return common.edit(
        request,
        form,
        lambda: actions.change_criterion(
            criterion, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The criterion is saved."),
        back=_back(edition),
        title=_("Edit the criterion"),
        submit=_("Save the criterion"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def criterion_remove(request: Request, edition: Edition, criterion_id: UUID) -> HttpResponseBase:
    criterion = common.found(call_of(edition).criteria, criterion_id)
    return common.remove(
        request,
        lambda: actions.remove_criterion(criterion, actor=request.who),
        said=_("The criterion is removed."),
        back=_back(edition),
        title=_("Remove “%(name)s”?") % {"name": criterion.wording("name")},
        submit=_("Remove the criterion"),
    )


@form_page
@common.of_edition(changes=True)
def screening_ask(request: Request, edition: Edition) -> HttpResponseBase:
    """Share the nominations out among the officers who score."""
    call = call_of(edition)
    form = AskForm(_officers(edition), request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.ask(
            call, form.chosen, opinions=form.cleaned_data["opinions"], actor=request.who
        ),
        said=_("The nominations are shared out."),
        back=_back(edition),
        title=_("Share out the nominations"),
        submit=_("Share them out"),
        edition=edition,
        lead=_("Those who score already go on; the rest is shared out evenly."),
    )


@form_page
@common.of_edition(changes=True)
def third_opinion(request: Request, edition: Edition) -> HttpResponseBase:
    """Ask one more officer about the nominations on which others are far apart."""
    call = call_of(edition)
    far_apart = [row.nomination for row in queries.rows(edition, request.who) if row.is_far_apart]
    form = ThirdOpinionForm(_officers(edition), request.POST or None)
    lead = ngettext(
        "Two officers are more than %(far)s points apart on %(number)s nomination.",
        "Two officers are more than %(far)s points apart on %(number)s nominations.",
        len(far_apart),
    ) % {"far": locales.number(queries.FAR_APART), "number": locales.number(len(far_apart))}
    return common.edit(
        request,
        form,
        lambda: actions.ask_third_opinion(far_apart, form.chosen, call=call, actor=request.who),
        said=_("The third opinion is asked for."),
        back=_back(edition),
        title=_("Ask for a third opinion"),
        submit=_("Ask for it"),
        edition=edition,
        lead=lead,
    )


@require_safe
@common.of_edition(changes=True)
def my_screening(request: Request, edition: Edition) -> HttpResponseBase:
    """What this officer was asked to score."""
    return page(
        request, "screening/mine", edition,
        screenings=page_of(request, queries.of_officer(edition, request.who)),
        outstanding=queries.outstanding(edition, request.who).first(),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def score(request: Request, edition: Edition, screening_id: UUID) -> HttpResponseBase:
    """Read one nomination and score it; the next one follows."""
    screening = _own(request, edition, screening_id)
    call = call_of(edition)
    form = ScoreForm(screening, _criteria(call), request.POST or None)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.score(screening, form.values(), comment=form.comment, actor=request.who),
    ):
        following = queries.outstanding(edition, request.who).first()
        if following is None:
            said = _("Your scores are saved. Nothing more waits for you.")
            return common.done(
                request, said, reverse("nominations:my_screening", args=[edition.slug])
            )
        url = reverse("nominations:score", args=[edition.slug, following.pk])
        return common.done(request, _("Your scores are saved. Here is the next one."), url)
    nomination = screening.nomination
    return page(
        request, "screening/score", edition,
        screening=screening, nomination=nomination, form=form,
        answers=nominations.answers_in_words(nomination),
        outstanding=queries.outstanding(edition, request.who).count(),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def recuse(request: Request, edition: Edition, screening_id: UUID) -> HttpResponseBase:
    """Stand back from a nomination."""
    screening = _own(request, edition, screening_id)
    return common.remove(
        request,
        lambda: actions.recuse(screening, actor=request.who),
        said=_("You stand back from it: somebody else will be asked."),
        back=reverse("nominations:my_screening", args=[edition.slug]),
        title=_("Stand back from %(name)s?") % {"name": screening.nomination},
        submit=_("Stand back"),
        consequences=[_("Scores that you gave it are removed.")],
    )


@require_POST
@common.of_edition(changes=True)
def compute_merit(request: Request, edition: Edition) -> HttpResponseBase:
    """Make merit of the scores that were given so far."""
    try:
        number = actions.compute_merit(call_of(edition), actor=request.who)
    except (limits.LimitExceededError, limits.ProcessFailedError):
        messages.error(request, _NOT_WORKED_OUT)
        return HttpResponseRedirect(_back(edition))
    said = ngettext(
        "%(number)s nomination has a merit from its scores now.",
        "%(number)s nominations have a merit from their scores now.",
        number,
    )
    return common.done(request, said % {"number": locales.number(number)}, _back(edition))


@require_safe
@common.of_edition()
def scores(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """What the officers gave one nomination; not for whoever has still to score it."""
    nominations = edition.nominations.select_related("person__subject", "country")
    nomination = common.found(nominations, nomination_id)
    hidden = not queries.may_see_scores(nomination, request.who)
    return page(
        request, "screening/scores", edition,
        nomination=nomination, is_hidden=hidden,
        screenings=[] if hidden else queries.of_nomination(nomination),
        merit=None if hidden else getattr(nomination, "merit", None),
    )  # fmt: skip


@require_safe
@common.of_edition()
def agreement(request: Request, edition: Edition) -> HttpResponseBase:
    """How far the officers agree, by the usual statistics."""
    agreed = None
    try:
        agreed = queries.agreed(edition)
    except (limits.LimitExceededError, limits.ProcessFailedError):
        messages.error(request, _NOT_WORKED_OUT)
    return page(
        request, "screening/agreement", edition,
        agreed=agreed,
        single=agreed.icc["2,1"] if agreed else None,
        mean=agreed.icc["2,k"] if agreed else None,
        verdict=_verdict(agreed.krippendorff_alpha if agreed else None),
    )  # fmt: skip


def _verdict(alpha: float | None) -> str:
    """What Krippendorff's thresholds say of an alpha."""
    if alpha is None:
        return _("It can't be worked out from these scores.")
    if alpha >= RELIABLE:
        return _("The scores can be relied on.")
    if alpha >= TENTATIVE:
        return _("Good for tentative conclusions: look at those that are far apart.")
    return _("The officers do not mean the same: talk about the rubric before you rely on it.")


def _own(request: Request, edition: Edition, screening_id: UUID) -> Screening:
    screenings = Screening.objects.filter(nomination__edition=edition).select_related(
        "nomination__person__subject", "nomination__country", "nomination__edition", "subject"
    )
    return rules.score.get_or_404(request.who, screenings, pk=screening_id)
