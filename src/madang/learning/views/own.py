"""Taking a test: on a phone, question by question or all at once, on one device or several."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales
from madang.core.requests import Request, form_page
from madang.learning import answering, rules
from madang.learning.actions import sitting as actions
from madang.learning.models import Exam, Sheet, Sitting
from madang.learning.queries import own as queries
from madang.workshops.models import Participation
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common


def _own(request: Request, slug: str, kind: str) -> tuple[EditionRow, Participation, Exam]:
    """The edition, one's own part in it, and a test that is published; or a 404."""
    row = public.edition_row(request.who, slug)
    mine = Participation.objects.filter(edition=row.id).select_related("edition", "person__subject")
    participation = rules.take.get_or_404(request.who, mine)
    exam = queries.exam_of(participation, kind)
    if exam is None:
        raise Http404
    return row, participation, exam


def _page(
    request: Request, row: EditionRow, name: str, exam: Exam, **context: Any
) -> HttpResponseBase:
    context |= {
        "edition": public.editions([row.id])[row.id],
        "exam": exam,
        "label": exam.get_kind_display(),
    }
    response = serving.serve_fresh(request, row, f"learning/{name}.html", context)
    # Nor does a device keep it for reading without a connection.
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def test(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """What a test is for, that nobody has to take it, and how far one is – or one's result."""
    row, participation, exam = _own(request, slug, kind)
    sitting = queries.sitting_of(exam, participation)
    result = queries.result(exam, participation)
    answered = number = 0
    if exam.is_open and sitting is not None and sitting.state == Sitting.State.OPEN:
        sheet = queries.sheet_of(exam, participation)
        asked = queries.questions(sheet) if sheet else []
        number, answered = len(asked), sum(bool(question.given) for _item, question in asked)
    return _page(
        request, row, "test", exam,
        sitting=sitting, result=result, number=number, answered=answered,
    )  # fmt: skip


@require_POST
def begin(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """Begin, or go on."""
    row, participation, exam = _own(request, slug, kind)
    if not common.tried(request, lambda: actions.begin(exam, participation)):
        return HttpResponseRedirect(_address("test", row, exam))
    return HttpResponseRedirect(_address("question", row, exam, 1))


@require_POST
def decline(request: Request, slug: str, kind: str) -> HttpResponseBase:
    row, participation, exam = _own(request, slug, kind)
    back = _address("test", row, exam)
    if common.tried(request, lambda: actions.decline(exam, participation)):
        return common.done(request, _("That is fine. Nobody asks why."), back)
    return HttpResponseRedirect(back)


@form_page
def question(request: Request, slug: str, kind: str, number: int) -> HttpResponseBase:
    """One question; sending it keeps the answer and goes on."""
    row, participation, exam = _own(request, slug, kind)
    sheet = _sheet(exam, participation)
    if sheet is None:
        return HttpResponseRedirect(_address("test", row, exam))
    asked = queries.questions(sheet)
    if not 1 <= number <= len(asked):
        raise Http404
    item, shown = asked[number - 1]
    wrong = ""
    if request.method == "POST":
        try:
            given = answering.read(shown.content, shown.name, request.POST)
        except answering.WrongAnswerError as error:
            wrong = str(error)
        else:
            if not common.tried(request, lambda: actions.answer(sheet, {item.pk: given})):
                return HttpResponseRedirect(_address("test", row, exam))
            return HttpResponseRedirect(_after(row, exam, number, len(asked), request.POST))
    return _page(
        request, row, "question", exam,
        question=shown, number=number, total=len(asked), wrong=wrong,
        answered=sum(bool(each.given) for _item, each in asked),
    )  # fmt: skip


@form_page
def questions(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """All questions on one page; sending it keeps all answers."""
    row, participation, exam = _own(request, slug, kind)
    sheet = _sheet(exam, participation)
    if sheet is None:
        return HttpResponseRedirect(_address("test", row, exam))
    asked = queries.questions(sheet)
    wrong: dict[int, str] = {}
    if request.method == "POST":
        given = {}
        for item, shown in asked:
            try:
                given[item.pk] = answering.read(shown.content, shown.name, request.POST)
            except answering.WrongAnswerError as error:
                wrong[shown.number] = str(error)
        if not common.tried(request, lambda: actions.answer(sheet, given)):
            return HttpResponseRedirect(_address("test", row, exam))
        if not wrong:
            return HttpResponseRedirect(_address("hand_in", row, exam))
        asked = queries.questions(sheet)
        messages.error(request, _("What is right is saved; look at the questions marked below."))
    return _page(
        request, row, "questions", exam,
        questions=[(shown, wrong.get(shown.number, "")) for _item, shown in asked],
    )  # fmt: skip


@form_page
def hand_in(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """What is still open, and handing in."""
    row, participation, exam = _own(request, slug, kind)
    sheet = _sheet(exam, participation)
    back = _address("test", row, exam)
    if sheet is None:
        return HttpResponseRedirect(back)
    if request.method == "POST":
        if common.tried(request, lambda: actions.hand_in(exam, participation)):
            said = _("Thank you. Your result is here, for you alone, once the test is over.")
            return common.done(request, said, back)
        return HttpResponseRedirect(back)
    asked = queries.questions(sheet)
    open_ones = [shown.number for _item, shown in asked if not shown.given]
    return _page(
        request, row, "hand_in", exam,
        open_ones=[(number, locales.number(number)) for number in open_ones],
        total=len(asked),
    )  # fmt: skip


def _sheet(exam: Exam, participation: Participation) -> Sheet | None:
    """One's sheet while it can be written on."""
    sheet = queries.sheet_of(exam, participation)
    return sheet if sheet is not None and exam.is_open and not sheet.is_handed_in else None


def _after(row: EditionRow, exam: Exam, number: int, total: int, sent: Any) -> str:
    """Where one goes on from a question: back, to the overview, or to the next one."""
    if "back" in sent and number > 1:
        return _address("question", row, exam, number - 1)
    if "later" in sent:
        return _address("test", row, exam)
    if number < total:
        return _address("question", row, exam, number + 1)
    return _address("hand_in", row, exam)


def _address(name: str, row: EditionRow, exam: Exam, *rest: int) -> str:
    return reverse(f"own_learning:{name}", args=[row.slug, exam.kind, *rest])
