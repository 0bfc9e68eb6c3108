"""The secretariat's pages of tests: planning them, choosing what they ask, publishing."""

from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from madang.core import transitions
from madang.core.requests import Request, form_page
from madang.learning.actions import assembling, freezing
from madang.learning.forms.exams import ExamForm, ItemsForm
from madang.learning.models import Exam, Item
from madang.learning.queries import bank, exams
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

SAID = {
    "publish": gettext_lazy("The test is published."),
    "take_back": gettext_lazy("The test is taken back."),
    "freeze": gettext_lazy("The results are frozen."),
}


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponseBase:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    return render(request, f"learning/manage/{name}.html", context)


def moves_of(thing: Exam | Item) -> list[tuple[str, str]]:
    """The changes of state that are possible now: names and labels."""
    return [(move.name, str(move.label)) for move in transitions.available(thing)]


@require_safe
@common.of_edition()
def tests(request: Request, edition: Edition) -> HttpResponseBase:
    """The tests before and after the week."""
    return page(request, "tests", edition, planned=exams.planned(edition))


@require_safe
@common.of_edition()
def test(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """One test: when it is taken, what it asks, and what can be done with it."""
    exam = _of_kind(edition, kind)
    items = exams.items(exam) if exam else []
    other = Exam.objects.filter(edition=edition).exclude(kind=kind).first()
    return page(
        request, "test", edition,
        kind=kind,
        label=Exam.Kind(kind).label,
        exam=exam,
        items=items,
        other=other,
        moves=moves_of(exam) if exam else [],
        unfit=exam.unfit() if exam and exam.state == Exam.State.DRAFT else None,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def plan(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    exam = _of_kind(edition, kind)
    form = ExamForm(request.POST or None, instance=exam)
    seen = "version" in form.fields
    return common.edit(
        request,
        form,
        lambda: assembling.plan(
            edition,
            kind,
            form.values(),
            expected_version=form.expected_version if seen else None,
            actor=request.who,
        ),
        said=_("The test is planned."),
        back=_back(edition, kind),
        title=Exam.Kind(kind).label,
        submit=_("Save the test"),
        edition=edition,
        lead=_("In the time of the place. Nobody has to take it."),
    )


@form_page
@common.of_edition(changes=True)
def choose(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Which questions of the bank a test asks."""
    exam = _planned(edition, kind)
    chosen = dict(exam.items.values_list("version_asked__item", "form"))
    offered = bank.named(list(bank.items(edition).filter(state=Item.State.OFFERED)))
    form = ItemsForm(request.POST if request.method == "POST" else None, items=offered,
                     chosen=chosen)  # fmt: skip
    if form.is_valid() and common.performed(
        form, lambda: assembling.choose_items(exam, form.forms(), actor=request.who)
    ):
        return common.done(request, _("The questions are chosen."), _back(edition, kind))
    return page(request, "choose", edition, form=form, kind=kind, label=Exam.Kind(kind).label)


@require_POST
@common.of_edition(changes=True)
def same(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Ask what the other test asks."""
    exam = _planned(edition, kind)
    other = Exam.objects.filter(edition=edition).exclude(kind=kind).first()
    if other is None:
        raise Http404
    back = _back(edition, kind)
    if common.tried(request, lambda: assembling.take_same_items(exam, other, actor=request.who)):
        return common.done(request, _("It asks the same questions."), back)
    return HttpResponseRedirect(back)


@form_page
@common.of_edition(changes=True)
def state(request: Request, edition: Edition, kind: str, name: str) -> HttpResponseBase:
    """Ask, then publish a test, take it back, or freeze its results."""
    exam = _planned(edition, kind)
    if name not in SAID:
        raise Http404
    act = (
        (lambda: freezing.freeze(exam, actor=request.who))
        if name == "freeze"
        else (lambda: getattr(exam, name)(actor=request.who))
    )
    titles = {
        "publish": _("Publish the test?"),
        "take_back": _("Take the test back?"),
        "freeze": _("Freeze the results?"),
    }
    consequences = {
        "publish": [
            _("Participants find it in their list once it begins. Nobody has to take it."),
            _("What it asks can't be changed any more once somebody has begun."),
        ],
        "take_back": [_("It is a draft again, and nobody finds it.")],
        "freeze": [_("They are worked out once, of groups of more than four people.")],
    }
    return common.remove(
        request,
        act,
        said=str(SAID[name]),
        back=_back(edition, kind),
        title=titles[name],
        submit=str(getattr(exam, name).label),
        consequences=consequences[name],
    )


def _of_kind(edition: Edition, kind: str) -> Exam | None:
    if kind not in Exam.Kind:
        raise Http404
    return Exam.objects.filter(edition=edition, kind=kind).first()


def _planned(edition: Edition, kind: str) -> Exam:
    exam = _of_kind(edition, kind)
    if exam is None:
        raise Http404
    return exam


def _back(edition: Edition, kind: str) -> str:
    return reverse("learning:test", args=[edition.slug, kind])
