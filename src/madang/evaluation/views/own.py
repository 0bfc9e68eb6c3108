"""What those who take part see: the forms to answer, and what was said of one's own session."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from madang.core.requests import Request
from madang.evaluation import box, questions, rules
from madang.evaluation.actions import opening
from madang.evaluation.forms.answers import AnswersForm
from madang.evaluation.models import Form, Speaker
from madang.evaluation.queries import answering, telling
from madang.people.actions.refusal import RefusedError
from madang.people.visitors import VISITOR
from madang.workshops.models import Participation
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow


def _mine(request: Request, row: EditionRow) -> Participation:
    participations = Participation.objects.filter(edition=row.id)
    found = participations.select_related("edition", "person__subject")
    return rules.answer.get_or_404(request.who, found)


def _form(row: EditionRow, form_id: UUID) -> Form:
    forms = Form.objects.filter(edition=row.id, is_counted=False)
    found = forms.exclude(state=Form.State.PREPARED).select_related("session", "edition")
    form = found.filter(pk=form_id).first()
    if form is None:
        raise Http404
    return form


@require_safe
def mine(request: Request, slug: str) -> HttpResponseBase:
    """The forms that can be answered now."""
    row = public.edition_row(request.who, slug)
    context = {
        "edition": public.editions([row.id])[row.id],
        "forms": answering.mine(_mine(request, row)),
    }
    return serving.serve_fresh(request, row, "evaluation/mine.html", context)


@require_safe
def answer(request: Request, slug: str, form_id: UUID) -> HttpResponseBase:
    """A form to answer, with the reader's one-time token in it."""
    row = public.edition_row(request.who, slug)
    participation = _mine(request, row)
    form = _form(row, form_id)
    if not answering.entitled(form).filter(pk=participation.pk).exists():
        raise Http404
    is_open = answering.open_forms(row.id).filter(pk=form.pk).exists()
    is_done = form.state == Form.State.OPEN and answering.has_handed_in(form, participation)
    context: dict[str, Any] = {"evaluation": form, "is_open": is_open, "is_done": is_done}
    if is_open and not is_done:
        context["token"] = box.token(form, participation.pk)
        context["form"] = AnswersForm(questions.items(form))
    return _page(request, row, context)


@require_POST
def hand_in(request: Request, slug: str, form_id: UUID) -> HttpResponseBase:
    """Take answers for a one-time token. Who is signed in is neither asked nor needed."""
    row = public.edition_row(VISITOR, slug)
    evaluation = _form(row, form_id)
    token = request.POST.get("token", "")
    form = AnswersForm(questions.items(evaluation), request.POST)
    context = {"evaluation": evaluation, "is_open": True, "token": token, "form": form}
    if not form.is_valid():
        return _page(request, row, context)
    try:
        opening.hand_in(evaluation, token, form.answers())
    except (RefusedError, opening.HandedInError) as refused:
        response = _page(request, row, {**context, "refused": str(refused)})
        response.status_code = 409
        return response
    return HttpResponseRedirect(reverse("own_evaluation:thanks", args=[slug, form_id]))


@require_safe
def thanks(request: Request, slug: str, form_id: UUID) -> HttpResponseBase:
    """Says that it was handed in, to whoever comes here: it asks nobody's name."""
    row = public.edition_row(request.who, slug)
    context = {
        "edition": public.editions([row.id])[row.id],
        "evaluation": _form(row, form_id),
    }
    return serving.serve_fresh(request, row, "evaluation/thanks.html", context)


@require_safe
def own_results(request: Request, slug: str, form_id: UUID) -> HttpResponseBase:
    """What may be told of a session, for somebody with a part in it."""
    row = public.edition_row(request.who, slug)
    speakers = Speaker.objects.filter(form=form_id, form__edition=row.id)
    speaker = rules.see_own_results.get_or_404(
        request.who, speakers.select_related("form__edition")
    )
    edition = public.editions([row.id])[row.id]
    forms = telling.closed(edition).filter(pk=form_id)
    found = telling.of_forms(edition, forms, only=speaker.participation_id)
    context = {"edition": edition, "result": found[0]}
    return serving.serve_fresh(request, row, "evaluation/own_results.html", context)


def _page(request: Request, row: EditionRow, context: dict[str, Any]) -> Any:
    edition = public.editions([row.id])[row.id]
    return serving.serve_fresh(
        request, row, "evaluation/answer.html", {"edition": edition, **context}
    )
