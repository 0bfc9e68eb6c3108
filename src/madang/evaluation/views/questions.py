"""The secretariat's pages of a form's questions, and of what people wrote."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core.requests import Request, form_page, page_of
from madang.evaluation.actions import asking, reviewing
from madang.evaluation.forms.desk import CommentForm, QuestionForm
from madang.evaluation.models import Choice, Comment, Question
from madang.evaluation.queries import listed
from madang.evaluation.views.desk import found, page, url_of
from madang.workshops.actions import translations
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


@form_page
@common.of_edition(changes=True)
def question_add(request: Request, edition: Edition, form_id: UUID) -> HttpResponseBase:
    """Ask one more question."""
    one = found(edition, form_id)
    typed = QuestionForm(
        request.POST or None, earlier=asking.earlier(one, None), initial={"language": "en"}
    )
    return common.edit(
        request,
        typed,
        lambda: asking.add(one, typed.values(), typed.cleaned_data["choices"], actor=request.who),
        said=_("The question is added."),
        back=url_of(edition, one),
        title=_("Add a question"),
        submit=_("Add the question"),
        edition=edition,
    )


def _question(edition: Edition, question_id: UUID) -> Question:
    things = Question.objects.filter(form__edition=edition)
    return common.found(things.select_related("form__session", "form__edition"), question_id)


@form_page
@common.of_edition(changes=True)
def question_edit(request: Request, edition: Edition, question_id: UUID) -> HttpResponseBase:
    """Change a question."""
    question = _question(edition, question_id)
    typed = QuestionForm(
        request.POST or None,
        instance=question,
        earlier=asking.earlier(question.form, question),
    )
    return common.edit(
        request,
        typed,
        lambda: asking.change(
            question,
            typed.values(),
            typed.cleaned_data["choices"],
            expected_version=typed.expected_version,
            actor=request.who,
        ),
        said=_("The question is saved."),
        back=url_of(edition, question.form),
        title=_("Edit the question"),
        submit=_("Save the question"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def question_remove(request: Request, edition: Edition, question_id: UUID) -> HttpResponseBase:
    """Ask a question no more."""
    question = _question(edition, question_id)
    return common.remove(
        request,
        lambda: asking.remove(question, actor=request.who),
        said=_("The question is removed."),
        back=url_of(edition, question.form),
        title=_("Remove “%(question)s”?") % {"question": question.wording("text")},
        submit=_("Remove the question"),
    )


@require_POST
@common.of_edition(changes=True)
def question_move(
    request: Request, edition: Edition, question_id: UUID, name: str
) -> HttpResponseBase:
    """Ask a question earlier or later."""
    if name not in {"up", "down"}:
        raise Http404
    question = _question(edition, question_id)
    common.tried(request, lambda: asking.move(question, up=name == "up", actor=request.who))
    return HttpResponseRedirect(url_of(edition, question.form))


@form_page
@common.of_edition(changes=True)
def translation(request: Request, edition: Edition, kind: str, thing_id: UUID) -> HttpResponseBase:
    """The text of a question or of an answer that it offers in one more language."""
    things: dict[str, Any] = {
        "question": Question.objects.filter(form__edition=edition),
        "answer": Choice.objects.filter(question__form__edition=edition),
    }
    if kind not in things:
        raise Http404
    thing = common.found(things[kind], thing_id)
    form_id = thing.form_id if kind == "question" else thing.question.form_id

    def act(form: TranslationForm) -> None:
        translations.translate(
            thing,
            form.target,
            form.wordings(),
            "evaluation_question.changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
            scope=edition.pk,
        )

    back = reverse("evaluation:form", args=[edition.slug, form_id])
    return translate_page(request, thing, act, back=back, edition=edition)


# --- Comments ------------------------------------------------------------------------------------
@require_safe
@common.of_edition(changes=True)
def comments(request: Request, edition: Edition) -> HttpResponseBase:
    """What people wrote: first what nobody has read yet."""
    rows = page_of(request, listed.comments(edition))
    return page(request, "comments", edition, comments=listed.with_texts(rows), rows=rows)


def _comment(edition: Edition, comment_id: UUID) -> Comment:
    things = Comment.objects.filter(form__edition=edition)
    return common.found(things.select_related("form__session", "question"), comment_id)


@form_page
@common.of_edition(changes=True)
def comment_publish(request: Request, edition: Edition, comment_id: UUID) -> HttpResponseBase:
    """Publish what was written, as it is or with something taken out."""
    comment = _comment(edition, comment_id)
    typed = CommentForm(request.POST or None, instance=comment)
    return common.edit(
        request,
        typed,
        lambda: reviewing.publish(
            comment,
            typed.cleaned_data["text"],
            version=typed.expected_version,
            actor=request.who,
        ),
        said=_("The comment is published."),
        back=reverse("evaluation:comments", args=[edition.slug]),
        title=_("Publish a comment"),
        submit=_("Publish the comment"),
        edition=edition,
        lead=comment.question.wording("text"),
    )


@form_page
@common.of_edition(changes=True)
def comment_withhold(request: Request, edition: Edition, comment_id: UUID) -> HttpResponseBase:
    """Withhold what was written."""
    comment = _comment(edition, comment_id)
    return common.remove(
        request,
        lambda: reviewing.withhold(comment, actor=request.who),
        said=_("The comment is withheld."),
        back=reverse("evaluation:comments", args=[edition.slug]),
        title=_("Withhold this comment?"),
        submit=_("Withhold the comment"),
        consequences=(_("Nobody reads it any more: its text is deleted."),),
    )
