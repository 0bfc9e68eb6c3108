"""The secretariat's pages of forms: making them, their times and questions, their results."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import exports, locales
from madang.core.requests import Request, form_page
from madang.evaluation import exports as tables
from madang.evaluation import questions as asked
from madang.evaluation.actions import asking, making, opening
from madang.evaluation.forms.answers import AnswersForm
from madang.evaluation.forms.desk import CountsForm, TimesForm
from madang.evaluation.models import Form
from madang.evaluation.queries import listed, telling
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition; it stays in no cache."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"evaluation/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def found(edition: Edition, form_id: UUID) -> Form:
    """A form of the edition, or a 404."""
    forms = Form.objects.filter(edition=edition).select_related("session", "edition")
    return common.found(forms, form_id)


def url_of(edition: Edition, form: Form) -> str:
    return reverse("evaluation:form", args=[edition.slug, form.pk])


# --- All forms -----------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def forms(request: Request, edition: Edition) -> HttpResponseBase:
    """All forms, and how they differ from the published programme."""
    return page(request, "forms", edition, **listed.forms(edition))


@require_POST
@common.of_edition(changes=True)
def make(request: Request, edition: Edition) -> HttpResponseBase:
    """Bring the forms in line with the published programme."""
    changed = making.make(edition, actor=request.who)
    said = ngettext(
        "%(number)s form was made or changed.", "%(number)s forms were made or changed.", changed
    )
    said %= {"number": locales.number(changed)}
    return common.done(request, said, reverse("evaluation:forms", args=[edition.slug]))


@require_safe
@common.of_edition()
def all_results(request: Request, edition: Edition) -> HttpResponseBase:
    """What may be told of all closed forms, also as a table to take away."""
    told = telling.results(edition)
    if exports.wanted(request):
        return exports.respond(request, tables.table(told), f"{edition.slug}-evaluation")
    return page(request, "results", edition, results=told)


# --- One form ------------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def form(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """A form: its questions, times and state; once it is closed, what may be told of it."""
    one = found(edition, form_id)
    told = None
    if one.state == Form.State.CLOSED:
        told = telling.of_forms(edition, telling.closed(edition).filter(pk=one.pk))[0]
    return page(
        request, "form", edition,
        form=one, result=told, questions=listed.questions(one), steps=listed.steps(one),
    )  # fmt: skip


@require_safe
@common.of_edition()
def preview(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """The form as it looks to whoever answers it."""
    one = found(edition, form_id)
    return page(request, "preview", edition, evaluation=one, form=AnswersForm(asked.items(one)))


@form_page
@common.of_edition(changes=True)
def times(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """From when until when it is open."""
    one = found(edition, form_id)
    typed = TimesForm(request.POST or None, instance=one)
    return common.edit(
        request,
        typed,
        lambda: opening.set_times(
            one,
            typed.cleaned_data["opens_at"],
            typed.cleaned_data["closes_at"],
            version=typed.expected_version,
            actor=request.who,
        ),
        said=_("The times are saved."),
        back=url_of(edition, one),
        title=_("When it is open"),
        submit=_("Save the times"),
        edition=edition,
        lead=one.title,
    )


@form_page
@common.of_edition(changes=True)
def state(request: Request, edition: Edition, form_id: UUID, name: str) -> HttpResponseBase:
    """Open a form, or close it, which is asked about before."""
    one = found(edition, form_id)
    back = url_of(edition, one)
    if name == "open" and request.method == "POST":
        if common.tried(request, lambda: opening.open_form(one, actor=request.who)):
            return common.done(request, _("The form is open."), back)
        return HttpResponseRedirect(back)
    if name != "close":
        raise Http404
    return common.remove(
        request,
        lambda: opening.close_form(one, actor=request.who),
        said=_("The form is closed and counted."),
        back=back,
        title=_("Close “%(title)s” and count?") % {"title": one.title},
        submit=_("Close and count"),
        consequences=(
            _("Nobody can answer any more, and it can't be opened again."),
            _("What may be told is counted; single answers are destroyed for ever."),
        ),
    )


@require_POST
@common.of_edition(changes=True)
def spread(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """Let the other forms of its kind ask the same."""
    one = found(edition, form_id)
    number = asking.spread(one, actor=request.who)
    said = ngettext(
        "%(number)s other form asks the same now.",
        "%(number)s other forms ask the same now.",
        number,
    )
    return common.done(request, said % {"number": locales.number(number)}, url_of(edition, one))


@form_page
@common.of_edition(changes=True)
def counts(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """Enter what was counted elsewhere, such as on paper."""
    one = found(edition, form_id)
    typed = CountsForm(asked.items(one), request.POST or None)

    def act() -> None:
        opening.enter_counts(one, typed.cleaned_data["people"], typed.counts(), actor=request.who)

    if typed.is_valid() and common.performed(typed, act):
        return common.done(request, _("The numbers are entered."), url_of(edition, one))
    return page(request, "counts", edition, evaluation=one, form=typed)
