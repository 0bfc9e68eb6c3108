"""The request: what is asked of delegations, with templates, and when it is opened."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, locales, texts
from madang.core.requests import Request, form_page
from madang.papers import delegations
from madang.papers.actions import asking as actions
from madang.papers.forms.request import KindForm, RequestForm, TemplateForm
from madang.papers.models import PaperKind, PaperRequest, Template
from madang.papers.views.pages import page
from madang.workshops.actions import translations
from madang.workshops.forms.fields import language_name
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


def _back(edition: Edition) -> str:
    return reverse("papers:request", args=[edition.slug])


def _of(edition: Edition) -> PaperRequest:
    """The edition's request, or a 404."""
    found = PaperRequest.objects.filter(edition=edition).select_related("edition").first()
    if found is None:
        raise Http404
    return found


def _kind(edition: Edition, kind_id: UUID) -> PaperKind:
    kinds = PaperKind.objects.filter(request__edition=edition).select_related("request__edition")
    return common.found(kinds, kind_id)


@require_safe
@common.of_edition()
def request_page(request: Request, edition: Edition) -> HttpResponseBase:
    """What is asked for, until when, and of how many."""
    found = PaperRequest.objects.filter(edition=edition).select_related("edition").first()
    if found is None:
        return page(request, "request", edition, asked=None)
    kinds = list(found.kinds.prefetch_related("templates__file"))
    texts.prefetch(kinds)
    return page(
        request, "request", edition,
        asked=found,
        kinds=[_shown(kind) for kind in kinds],
        delegations=len(delegations.of(edition)),
        refusal=found.open.refusal() if found.state != PaperRequest.State.OPEN else None,
        trail=audit.trail(request.who, thing=found, limit=10),
    )  # fmt: skip


def _shown(kind: PaperKind) -> dict[str, Any]:
    return {
        "kind": kind,
        "languages": locales.listed(map(language_name, kind.languages)),
        "templates": [(each, language_name(each.language)) for each in kind.templates.all()],
    }


@require_POST
@common.of_edition(changes=True)
def begin(request: Request, edition: Edition) -> HttpResponseBase:
    actions.begin(edition, actor=request.who)
    return HttpResponseRedirect(_back(edition))


@form_page
@common.of_edition(changes=True)
def request_edit(request: Request, edition: Edition) -> HttpResponseBase:
    """Deadline and reminders."""
    found = _of(edition)
    form = RequestForm(request.POST or None, instance=found)
    return common.edit(
        request,
        form,
        lambda: actions.change(
            found, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The request is saved."),
        back=_back(edition),
        title=_("Deadline and reminders"),
        submit=_("Save the deadline"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def request_open(request: Request, edition: Edition) -> HttpResponseBase:
    """Ask every delegation."""
    found, number = _of(edition), [0]

    def act() -> None:
        number[0] = actions.open_request(found, actor=request.who)

    if not common.tried(request, act):
        return HttpResponseRedirect(_back(edition))
    said = ngettext(
        "%(number)s delegation is asked.", "%(number)s delegations are asked.", number[0]
    )
    return common.done(
        request,
        said % {"number": locales.number(number[0])},
        reverse("papers:board", args=[edition.slug]),
    )


@require_POST
@common.of_edition(changes=True)
def request_close(request: Request, edition: Edition) -> HttpResponseBase:
    """Take nothing more from delegations; the secretariat still can."""
    found = _of(edition)
    if common.tried(request, lambda: actions.close_request(found, actor=request.who)):
        return common.done(request, _("The request is closed."), _back(edition))
    return HttpResponseRedirect(_back(edition))


# --- Kinds ---------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def kind_add(request: Request, edition: Edition) -> HttpResponseBase:
    found = _of(edition)
    form = KindForm(request.POST or None, initial={"language": edition.language, "order": 9})
    return common.edit(
        request,
        form,
        lambda: actions.add_kind(found, form.values(), actor=request.who),
        said=_("It is asked for."),
        back=_back(edition),
        title=_("Ask for one more thing"),
        submit=_("Ask for it"),
        edition=edition,
        lead=(
            _("The request is open: every delegation is asked for it at once.")
            if found.state == PaperRequest.State.OPEN
            else ""
        ),
    )


@form_page
@common.of_edition(changes=True)
def kind_edit(request: Request, edition: Edition, kind_id: UUID) -> HttpResponseBase:
    kind = _kind(edition, kind_id)
    form = KindForm(request.POST or None, instance=kind)
    return common.edit(
        request,
        form,
        lambda: actions.change_kind(
            kind, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("It is saved."),
        back=_back(edition),
        title=kind.wording("title"),
        submit=_("Save it"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def kind_texts(request: Request, edition: Edition, kind_id: UUID) -> HttpResponseBase:
    """Name and guidance in one more language."""
    kind = _kind(edition, kind_id)

    def act(form: TranslationForm) -> None:
        translations.translate(
            kind,
            form.target,
            form.wordings(),
            "paper_kind.changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
            scope=edition.pk,
        )

    return translate_page(request, kind, act, back=_back(edition), edition=edition)


@form_page
@common.of_edition(changes=True)
def kind_remove(request: Request, edition: Edition, kind_id: UUID) -> HttpResponseBase:
    kind = _kind(edition, kind_id)
    return common.remove(
        request,
        lambda: actions.remove_kind(kind, actor=request.who),
        said=_("It is asked for no more."),
        back=_back(edition),
        title=_("Ask for “%(title)s” no more?") % {"title": kind.wording("title")},
        submit=_("Ask for it no more"),
        consequences=[_("Its guidance and templates go."), _("Nobody owes it any more.")],
    )


@form_page
@common.of_edition(changes=True)
def template_put(request: Request, edition: Edition, kind_id: UUID) -> HttpResponseBase:
    """Upload the file to start from, in one language."""
    kind = _kind(edition, kind_id)
    form = TemplateForm(
        request.POST or None, request.FILES or None, initial={"language": edition.language}
    )
    return common.edit(
        request,
        form,
        lambda: actions.put_template(
            kind,
            form.cleaned_data["language"],
            form.cleaned_data["upload"],
            actor=request.who,
        ),
        said=_("The template is there."),
        back=_back(edition),
        title=_("Template of “%(title)s”") % {"title": kind.wording("title")},
        submit=_("Upload the template"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def template_remove(request: Request, edition: Edition, template_id: UUID) -> HttpResponseBase:
    templates = Template.objects.filter(kind__request__edition=edition)
    template = common.found(templates.select_related("kind", "file"), template_id)
    return common.remove(
        request,
        lambda: actions.remove_template(template, actor=request.who),
        said=_("The template is removed."),
        back=_back(edition),
        title=_("Remove the template of “%(title)s” in %(language)s?")
        % {"title": template.kind.wording("title"), "language": language_name(template.language)},
        submit=_("Remove the template"),
        consequences=[_("Delegations that downloaded it keep their copy.")],
    )
