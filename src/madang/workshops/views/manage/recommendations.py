"""What an edition recommends, and how it answers what the one before recommended."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales, texts
from madang.core.requests import Request, form_page
from madang.workshops.actions import recommendations as actions
from madang.workshops.forms.recommendations import AnswerForm, RecommendationForm
from madang.workshops.models import Edition
from madang.workshops.queries import overview
from madang.workshops.queries import recommendations as queries
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def recommendations(request: Request, edition: Edition) -> HttpResponseBase:
    """Answers to the edition before, and what this one recommends."""
    previous = overview.previous(edition)
    return common.page(
        request, "recommendations", edition,
        answers=queries.answers(edition),
        recommendations=queries.of_edition(edition),
        previous=previous,
        not_carried_over=queries.not_carried_over(edition, previous),
    )  # fmt: skip


def _back(edition: Edition) -> str:
    return reverse("manage:recommendations", args=[edition.slug])


@form_page
@common.of_edition(changes=True)
def recommendation_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = RecommendationForm(request.POST or None, initial={"language": edition.language})
    return common.edit(
        request,
        form,
        lambda: actions.add_recommendation(edition, form.values(), actor=request.who),
        said=_("The recommendation is added."),
        back=_back(edition),
        title=_("Add a recommendation"),
        submit=_("Add the recommendation"),
        edition=edition,
        lead=_("What this edition's participants recommend for the next one."),
    )


@form_page
@common.of_edition(changes=True)
def recommendation_edit(
    request: Request, edition: Edition, recommendation_id: UUID
) -> HttpResponseBase:
    recommendation = common.found(edition.recommendations, recommendation_id)
    form = RecommendationForm(request.POST or None, instance=recommendation)
    return common.edit(
        request,
        form,
        lambda: actions.change_recommendation(
            recommendation,
            form.values(),
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The recommendation is saved."),
        back=_back(edition),
        title=_("Edit the recommendation"),
        submit=_("Save the recommendation"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def recommendation_remove(
    request: Request, edition: Edition, recommendation_id: UUID
) -> HttpResponseBase:
    recommendation = common.found(edition.recommendations, recommendation_id)
    count = recommendation.answers.count()
    consequences = []
    if count:
        said = ngettext(
            "The answer of a later edition is removed with it.",
            "%(number)s answers of later editions are removed with it.",
            count,
        )
        consequences.append(said % {"number": locales.number(count)})
    return common.remove(
        request,
        lambda: actions.remove_recommendation(recommendation, actor=request.who),
        said=_("The recommendation is removed."),
        back=_back(edition),
        title=_("Remove recommendation %(number)s?")
        % {"number": locales.number(recommendation.number)},
        submit=_("Remove the recommendation"),
        consequences=consequences,
    )


@require_POST
@common.of_edition(changes=True)
def carry_over(request: Request, edition: Edition) -> HttpResponseBase:
    """Take up what the edition before recommended."""
    previous = overview.previous(edition)
    if previous is None:
        raise Http404
    count = actions.carry_over(edition, previous, actor=request.who)
    said = ngettext(
        "One recommendation is taken up, to be answered.",
        "%(number)s recommendations are taken up, to be answered.",
        count,
    )
    return common.done(request, said % {"number": locales.number(count)}, _back(edition))


@form_page
@common.of_edition(changes=True)
def answer_edit(request: Request, edition: Edition, answer_id: UUID) -> HttpResponseBase:
    """Answer one recommendation: in words, by sessions, and with a decision."""
    answers = edition.recommendation_answers.select_related("recommendation")
    answer = common.found(answers, answer_id)
    texts.prefetch([answer.recommendation])
    form = AnswerForm(request.POST or None, instance=answer, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.answer_recommendation(
            answer,
            text=form.cleaned_data["text"],
            sessions=form.cleaned_data["sessions"],
            decision=form.cleaned_data["decision"],
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The answer is saved."),
        back=_back(edition),
        title=_("Answer recommendation %(number)s")
        % {"number": locales.number(answer.recommendation.number)},
        submit=_("Save the answer"),
        edition=edition,
        lead=answer.recommendation.wording("text"),
    )
