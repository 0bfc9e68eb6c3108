"""The newsroom's desk: writing a release, having it approved, publishing it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import approvals, audit, texts
from madang.core.policies import Rule
from madang.core.requests import Request, form_page, page_of
from madang.newsroom import actions, queries, rules, wording
from madang.newsroom.forms import AttachmentForm, PutUpForm, ReleaseForm
from madang.newsroom.models import Release
from madang.workshops.actions import translations
from madang.workshops.forms.fields import language_choices, language_name
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.views.manage import common


@require_safe
def index(request: Request) -> HttpResponse:
    """Every release that one looks after, with its state."""
    if not request.who.scopes("secretariat", "director"):
        raise Http404
    rows = page_of(request, queries.overseen(request.who))
    texts.prefetch(rows.object_list)
    may_write = bool(request.who.scopes("secretariat"))
    return render(request, "newsroom/manage/index.html", {"rows": rows, "may_write": may_write})


@require_safe
def release(request: Request, release_id: UUID) -> HttpResponse:
    """One release: its text, its languages, its attachments, its approvals and the next step."""
    found = _found(request, release_id, rules.oversee)
    directors = queries.sorted_directors(found, besides=request.who)
    context = {
        "release": found,
        "may_write": rules.write.can(request.who, found),
        "is_corrected": wording.differs_from_published(found),
        "languages": _languages(found),
        "attachments": list(queries.files_of(found)),
        "latest": approvals.latest(found),
        "publish_refusal": found.publish.refusal(),
        "approval_refusal": wording.approval_refusal(found),
        "attach_form": AttachmentForm(),
        "put_up_form": PutUpForm(directors=directors) if directors else None,
        "history": audit.trail(request.who, thing=found),
    }
    return render(request, "newsroom/manage/release.html", context)


@dataclass(frozen=True)
class Language:
    """A language that a release can be given in. Those of the interface are offered first."""

    code: str
    name: str
    is_given: bool
    is_first: bool


def _languages(found: Release) -> list[Language]:
    given = found.translations_of("title")
    return [
        Language(code, name, bool(given.get(code)), code in dict(settings.LANGUAGES))
        for code, name in language_choices()
        if code != found.language
    ]


def _found(request: Request, release_id: UUID, rule: Rule[Release]) -> Release:
    return rule.get_or_404(request.who, Release.objects.select_related("published"), pk=release_id)


def _address(found: Release) -> str:
    return reverse("newsroom_manage:release", args=[found.id])


@form_page
def add(request: Request) -> HttpResponse:
    """Write a new release."""
    if not request.who.scopes("secretariat"):
        raise Http404
    form = ReleaseForm(request.POST or None, who=request.who)
    made: list[Release] = []
    if form.is_valid() and common.performed(
        form, lambda: made.append(actions.add(form.values(), actor=request.who))
    ):
        return common.done(request, _("The draft is saved."), _address(made[0]))
    return _form(request, form, _("Write a release"), reverse("newsroom_manage:index"))


@form_page
def edit(request: Request, release_id: UUID) -> HttpResponse:
    """Change a draft, or prepare a correction."""
    found = _found(request, release_id, rules.write)
    form = ReleaseForm(request.POST or None, instance=found, who=request.who)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.change(
            found, form.values(), expected_version=form.expected_version, actor=request.who
        ),
    ):
        return common.done(request, _("Saved."), _address(found))
    return _form(request, form, _("Edit the release"), _address(found))


@form_page
def translate(request: Request, release_id: UUID, language: str) -> HttpResponse:
    """The release in one more language."""
    found = _found(request, release_id, rules.write)
    if language == found.language or language not in dict(language_choices()):
        raise Http404
    form = TranslationForm(request.POST or None, thing=found, target=language)
    if form.is_valid() and common.performed(
        form,
        lambda: translations.translate(
            found,
            language,
            form.wordings(),
            "release.changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
        ),
    ):
        return common.done(request, _("Saved."), _address(found))
    context = {
        "form": form,
        "release": found,
        "source": language_name(found.language),
        "target": language_name(language),
        "cancel": _address(found),
    }
    return render(request, "newsroom/manage/translation.html", context)


def _form(request: Request, form: Form, title: str, cancel: str, submit: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "cancel": cancel, "submit": submit or _("Save")}
    return render(request, "newsroom/manage/form.html", context)


@require_POST
def attach(request: Request, release_id: UUID) -> HttpResponse:
    """Attach a file."""
    found = _found(request, release_id, rules.write)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid() and common.performed(
        form, lambda: actions.attach(found, form.cleaned_data["upload"], actor=request.who)
    ):
        return common.done(request, _("The file is attached."), _address(found))
    return _form(request, form, _("Attach a file"), _address(found), _("Attach"))


@form_page
def detach(request: Request, release_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Ask, then take a file away."""
    found = _found(request, release_id, rules.write)
    stored = common.found(queries.files_of(found), file_id)
    return common.remove(
        request,
        lambda: actions.detach(found, stored, actor=request.who),
        said=_("The file is gone."),
        back=_address(found),
        title=_("Remove “%(name)s”?") % {"name": stored.name},
        submit=_("Remove it"),
        consequences=[_("If the public reads it, it is gone for them at once.")],
    )


@require_POST
def put_up(request: Request, release_id: UUID) -> HttpResponse:
    """Hand it to a director."""
    found = _found(request, release_id, rules.write)
    directors = queries.sorted_directors(found, besides=request.who)
    form = PutUpForm(request.POST, directors=directors)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.put_up(found, director=form.cleaned_data["director"], actor=request.who),
    ):
        return common.done(request, _("The director has it now."), _address(found))
    title = _("Have it approved")
    return _form(request, form, title, _address(found), title)


@require_POST
def publish(request: Request, release_id: UUID) -> HttpResponse:
    """Let the public read what was approved."""
    found = _found(request, release_id, rules.write)
    if common.tried(request, lambda: actions.publish(found, actor=request.who)):
        return common.done(request, _("It is published."), _address(found))
    return HttpResponseRedirect(_address(found))


@form_page
def withdraw(request: Request, release_id: UUID) -> HttpResponseBase:
    """Ask, then let nobody read it any more."""
    found = _found(request, release_id, rules.write)
    return common.remove(
        request,
        lambda: actions.withdraw(found, actor=request.who),
        said=_("It is withdrawn."),
        back=_address(found),
        title=_("Withdraw “%(title)s”?") % {"title": found.wording("title")},
        submit=_("Withdraw it"),
        consequences=[_("Its page is gone for everybody; who has a copy keeps it.")],
    )
