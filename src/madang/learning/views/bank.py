"""The secretariat's pages of the item bank."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import exports
from madang.core.requests import Request, form_page, page_of
from madang.learning import answering, sheets
from madang.learning.actions import bank as actions
from madang.learning.actions import importing
from madang.learning.content import KINDS
from madang.learning.forms.bank import (
    BankFilters,
    CompetencyForm,
    ItemForm,
    SheetForm,
    TranslationForm,
)
from madang.learning.models import Item
from madang.learning.queries import bank as queries
from madang.learning.views.exams import moves_of, page
from madang.workshops.forms import fields
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

REJECTED = "learning_rejected"


def _back(edition: Edition) -> str:
    return reverse("learning:bank", args=[edition.slug])


def _of_item(edition: Edition, item: Item) -> str:
    return reverse("learning:item", args=[edition.slug, item.pk])


@require_safe
@common.of_edition()
def bank(request: Request, edition: Edition) -> HttpResponseBase:
    """The questions of the series, narrowed by what stands in the address."""
    form = BankFilters(request.GET, edition=edition)
    form.is_valid()
    found = queries.filtered(queries.items(edition), form.cleaned_data)
    if exports.wanted(request):
        return exports.respond(
            request, sheets.table(queries.named(list(found))), f"{edition.slug}-questions"
        )
    rows = page_of(request, found)
    queries.named(rows.object_list)
    return page(
        request, "bank", edition,
        form=form,
        rows=rows,
        kinds=list(KINDS.items()),
        competencies=queries.competencies(edition),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def item_add(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404
    form = ItemForm(
        request.POST or None, edition=edition, kind=kind, initial={"language": edition.language}
    )
    return common.edit(
        request,
        form,
        lambda: actions.add_item(edition, form.values(), form.content, actor=request.who),
        said=_("The question is added."),
        back=_back(edition),
        title=_("Add a question: %(kind)s") % {"kind": KINDS[kind]},
        submit=_("Add the question"),
        edition=edition,
    )


@require_safe
@common.of_edition()
def item(request: Request, edition: Edition, item_id: UUID) -> HttpResponseBase:
    """A question: as it is asked, its versions, and how it went wherever it was asked."""
    found = common.found(queries.items(edition), item_id)
    queries.named([found])
    content = found.newest.content
    others = [code for code, _name in fields.language_choices() if code != content.language]
    return page(
        request, "item", edition,
        item=found,
        content=content,
        right=answering.right_answer(content),
        kind=KINDS[content.kind],
        versions=queries.versions(found),
        uses=queries.uses(found),
        moves=moves_of(found),
        languages=[(code, fields.language_name(code), code in content.text) for code in others],
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def item_edit(request: Request, edition: Edition, item_id: UUID) -> HttpResponseBase:
    found = common.found(queries.items(edition), item_id)
    kind = found.newest.content.kind
    form = ItemForm(request.POST or None, instance=found, edition=edition, kind=kind)
    return common.edit(
        request,
        form,
        lambda: actions.change_item(
            edition,
            found,
            form.values(),
            form.content,
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The question is saved."),
        back=_of_item(edition, found),
        title=_("Edit the question"),
        submit=_("Save the question"),
        edition=edition,
        lead=_("Other words make a new version. Tests that ask an earlier one go on asking that."),
    )


@form_page
@common.of_edition(changes=True)
def item_language(request: Request, edition: Edition, item_id: UUID, code: str) -> HttpResponseBase:
    """The words of a question in one more language."""
    found = common.found(queries.items(edition), item_id)
    source = found.newest.content
    if code not in fields.CONTENT_LANGUAGES or code == source.language:
        raise Http404
    form = TranslationForm(request.POST or None, item=found, code=code)
    return common.edit(
        request,
        form,
        lambda: actions.change_item(
            edition,
            found,
            {},
            form.content,
            expected_version=form.cleaned_data["version"],
            actor=request.who,
        ),
        said=_("The words are saved."),
        back=_of_item(edition, found),
        title=_("The question in another language: %(language)s")
        % {"language": fields.language_name(code)},
        submit=_("Save the words"),
        edition=edition,
        lead=source.wording(source.language),
    )


@form_page
@common.of_edition(changes=True)
def item_state(request: Request, edition: Edition, item_id: UUID, name: str) -> HttpResponseBase:
    """Ask, then retire a question or offer it again."""
    found = common.found(queries.items(edition), item_id)
    if name not in {"retire", "offer"}:
        raise Http404
    retires = name == "retire"
    return common.remove(
        request,
        lambda: getattr(found, name)(actor=request.who, scope=edition.pk),
        said=_("The question is retired.") if retires else _("The question is offered again."),
        back=_of_item(edition, found),
        title=_("Retire the question?") if retires else _("Offer the question again?"),
        submit=_("Retire the question") if retires else _("Offer it again"),
        consequences=[
            _("New tests don't offer it. Tests that ask it go on asking it.")
            if retires
            else _("New tests can ask it.")
        ],
    )


@form_page
@common.of_edition(changes=True)
def bring(request: Request, edition: Edition) -> HttpResponseBase:
    """Take in a sheet of questions; what can't be taken is given back, with why."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            taken = importing.take(edition, form.cleaned_data["upload"].read(), actor=request.who)
        except importing.UnreadableSheetError as unreadable:
            form.add_error("upload", str(unreadable))
        else:
            request.session[REJECTED] = [list(row) for row in taken.rejected]
            return page(request, "brought", edition, taken=taken)
    return page(request, "bring", edition, form=form, columns=sheets.REQUIRED)


@require_safe
@common.of_edition(changes=True)
def rejected(request: Request, edition: Edition) -> HttpResponseBase:
    """The rows of the last sheet that could not be taken, as a file to mend and bring again."""
    rows = request.session.get(REJECTED)
    if not rows:
        return HttpResponseRedirect(_back(edition))
    return exports.respond(
        request, sheets.rejected_table(rows), f"{edition.slug}-questions-rejected"
    )


@form_page
@common.of_edition(changes=True)
def competency_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = CompetencyForm(request.POST or None, initial={"language": edition.language})
    return common.edit(
        request,
        form,
        lambda: actions.add_competency(edition, form.values(), actor=request.who),
        said=_("The competency is added."),
        back=_back(edition),
        title=_("Add a competency"),
        submit=_("Add the competency"),
        edition=edition,
        lead=_("What somebody can do who has learned it, such as: write a vision statement."),
    )


@form_page
@common.of_edition(changes=True)
def competency_edit(request: Request, edition: Edition, competency_id: UUID) -> HttpResponseBase:
    found = common.found(edition.series.competencies, competency_id)
    form = CompetencyForm(request.POST or None, instance=found)
    return common.edit(
        request,
        form,
        lambda: actions.change_competency(
            edition,
            found,
            form.values(),
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The competency is saved."),
        back=_back(edition),
        title=_("Edit the competency"),
        submit=_("Save the competency"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def competency_remove(request: Request, edition: Edition, competency_id: UUID) -> HttpResponseBase:
    found = common.found(edition.series.competencies, competency_id)
    return common.remove(
        request,
        lambda: actions.remove_competency(edition, found, actor=request.who),
        said=_("The competency is removed."),
        back=_back(edition),
        title=_("Remove this competency?"),
        submit=_("Remove the competency"),
        consequences=[found.wording("name")],
    )
