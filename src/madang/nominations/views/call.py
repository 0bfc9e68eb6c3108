"""The secretariat's pages of the call: its rules, quotas and questions, and how the form looks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import transitions
from madang.core.requests import Request, form_page
from madang.nominations import clocks
from madang.nominations.actions import asking
from madang.nominations.actions import calls as actions
from madang.nominations.attributes import attributes
from madang.nominations.forms.call import CallForm, QuestionForm, TakeOverForm
from madang.nominations.forms.nomination import NominationForm
from madang.nominations.forms.quotas import quota_forms, quota_values
from madang.nominations.models import Answer, Call, Choice, Question
from madang.nominations.queries import calls as queries
from madang.nominations.views.pages import page
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import translations
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


def call_of(edition: Edition) -> Call:
    """The call of an edition, or a 404."""
    call = queries.of_edition(edition)
    if call is None:
        raise Http404
    return call


def _back(edition: Edition) -> str:
    return reverse("nominations:call", args=[edition.slug])


# --- The call as a whole -------------------------------------------------------------------------
@require_safe
@common.of_edition()
def call(request: Request, edition: Edition) -> HttpResponseBase:
    """What is offered, to whom, until when; quotas, questions, and what can be done now."""
    found = queries.of_edition(edition)
    if found is None:
        return page(request, "call/none", edition)
    countries = list(queries.asked_countries(found))
    counted = attributes(found, countries)
    return page(
        request, "call/call", edition,
        call=found,
        elsewhere=clocks.elsewhere(countries, found.deadline) if found.deadline else [],
        quotas=queries.quotas_in_words(found, counted),
        questions=queries.questions(found),
        criteria=found.criteria.count(),
        countries=len(countries),
        steps=_steps(found),
    )  # fmt: skip


def _steps(call: Call) -> list[dict[str, Any]]:
    """What the call can become now, and why not; as words, for a template would call it."""
    return [
        {
            "name": declared.name,
            "label": declared.label,
            "refusal": getattr(call, declared.name).refusal(),
        }
        for declared in transitions.declared(Call)
        if call.state in declared.sources
    ]


@require_POST
@common.of_edition(changes=True)
def call_begin(request: Request, edition: Edition) -> HttpResponseBase:
    """Begin the call of an edition."""
    actions.begin(edition, actor=request.who)
    return HttpResponseRedirect(reverse("nominations:call_edit", args=[edition.slug]))


@form_page
@common.of_edition(changes=True)
def call_edit(request: Request, edition: Edition) -> HttpResponseBase:
    """What the call says and asks for."""
    found = call_of(edition)
    form = CallForm(request.POST or None, instance=found, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change(
            found, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The call is saved."),
        back=_back(edition),
        title=_("What the call says"),
        submit=_("Save the call"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def call_state(request: Request, edition: Edition, name: str) -> HttpResponseBase:
    """Open or close the call."""
    if name not in {declared.name for declared in transitions.declared(Call)}:
        raise Http404
    found = call_of(edition)
    if common.tried(request, lambda: actions.move(found, name, actor=request.who)):
        said = _("The call is now: %(state)s.") % {"state": found.get_state_display()}
        return common.done(request, said, _back(edition))
    return HttpResponseRedirect(_back(edition))


@form_page
@common.of_edition(changes=True)
def take_over(request: Request, edition: Edition) -> HttpResponseBase:
    """Take questions, quotas and rubric from an earlier edition."""
    found = call_of(edition)
    form = TakeOverForm(queries.earlier(found, request.who), request.POST or None)

    def act() -> None:
        actions.take_over(found, form.chosen, form.cleaned_data["parts"], actor=request.who)

    return common.edit(
        request,
        form,
        act,
        said=_("They are taken over: look through them."),
        back=_back(edition),
        title=_("Take over from an earlier edition"),
        submit=_("Take them over"),
        edition=edition,
    )


# --- Quotas --------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def quotas(request: Request, edition: Edition) -> HttpResponseBase:
    """How many seats at least and at most go to whom."""
    found = call_of(edition)
    rows = quota_forms(
        found.quotas.all(),
        attributes(found, queries.asked_countries(found)),
        request.POST or None,
    )
    refused = ""
    if request.method == "POST" and rows.is_valid():
        try:
            actions.set_quotas(found, quota_values(rows), actor=request.who)
        except RefusedError as error:
            refused = str(error.why)
        else:
            back = "nominations:quotas" if "more" in request.POST else "nominations:call"
            url = reverse(back, args=[edition.slug])
            return common.done(request, _("The quotas are saved."), url)
    return page(request, "call/quotas", edition, call=found, quotas=rows, refused=refused)


# --- Questions -----------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def question_add(request: Request, edition: Edition) -> HttpResponseBase:
    """Ask one more question."""
    found = call_of(edition)
    form = QuestionForm(
        request.POST or None,
        earlier=asking.earlier(found, None),
        initial={"language": found.language},
    )
    return common.edit(
        request,
        form,
        lambda: asking.add(found, form.values(), form.cleaned_data["choices"], actor=request.who),
        said=_("The question is added."),
        back=_back(edition),
        title=_("Add a question"),
        submit=_("Add the question"),
        edition=edition,
        lead=_("Name, position, organisation, sector, sex and experience are asked by every call."),
    )


@form_page
@common.of_edition(changes=True)
def question_edit(request: Request, edition: Edition, question_id: UUID) -> HttpResponseBase:
    """Change a question."""
    question = _question(edition, question_id)
    form = QuestionForm(
        request.POST or None,
        instance=question,
        earlier=asking.earlier(question.call, question),
    )
    return common.edit(
        request,
        form,
        lambda: asking.change(
            question,
            form.values(),
            form.cleaned_data["choices"],
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The question is saved."),
        back=_back(edition),
        title=_("Edit the question"),
        submit=_("Save the question"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def question_remove(request: Request, edition: Edition, question_id: UUID) -> HttpResponseBase:
    """Ask, then ask the question no more."""
    question = _question(edition, question_id)
    given = Answer.objects.filter(question=question).count()
    consequences = [_("It is not asked any more.")]
    if given:
        consequences.append(_("The answers that were given to it are deleted."))
    return common.remove(
        request,
        lambda: asking.remove(question, actor=request.who),
        said=_("The question is removed."),
        back=_back(edition),
        title=_("Remove the question “%(question)s”?") % {"question": question.wording("text")},
        submit=_("Remove the question"),
        consequences=consequences,
    )


@require_POST
@common.of_edition(changes=True)
def question_move(
    request: Request, edition: Edition, question_id: UUID, way: str
) -> HttpResponseBase:
    """Ask a question one place earlier or later."""
    question = _question(edition, question_id)
    common.tried(request, lambda: asking.move(question, up=way == "up", actor=request.who))
    return HttpResponseRedirect(f"{_back(edition)}#questions")


def _question(edition: Edition, question_id: UUID) -> Question:
    call = call_of(edition)
    question = common.found(call.questions.prefetch_related("choices"), question_id)
    question.call = call
    return question


@require_safe
@common.of_edition()
def preview(request: Request, edition: Edition) -> HttpResponseBase:
    """The form of a nomination as focal points get it; nothing can be sent from here."""
    found = call_of(edition)
    return page(request, "call/preview", edition, call=found, form=NominationForm(call=found))


# --- Languages -----------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def translation(request: Request, edition: Edition, kind: str, thing_id: UUID) -> HttpResponseBase:
    """The texts of the call, of a question or of an answer in one more language."""
    found = call_of(edition)
    things: dict[str, tuple[Any, str]] = {
        "call": (Call.objects.filter(pk=found.pk), "call.changed"),
        "question": (found.questions.all(), "question.changed"),
        "answer": (Choice.objects.filter(question__call=found), "question.changed"),
    }
    if kind not in things:
        raise Http404
    described, verb = things[kind]
    thing = common.found(described, thing_id)

    def act(form: TranslationForm) -> None:
        translations.translate(
            thing,
            form.target,
            form.wordings(),
            verb,
            expected=form.cleaned_data["expected"],
            actor=request.who,
            scope=edition.pk,
            shown_in=edition,
        )

    return translate_page(request, thing, act, back=_back(edition), edition=edition)
