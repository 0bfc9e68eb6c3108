"""The newsroom's desk: writing a release, having it approved, publishing it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madang.core import approvals, files, texts
from madang.core.policies import Rule
from madang.core.requests import Request, page_of
from madang.newsroom import actions, queries, rules
from madang.newsroom.forms import AttachmentForm, PutUpForm, ReleaseForm
from madang.newsroom.models import Release
from madang.workshops.actions import translations
from madang.workshops.forms.fields import language_choices
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.views.manage import common

GET_AND_POST = ("GET", "HEAD", "POST")


@require_safe
def index(request: Request) -> HttpResponse:
    """Every release that one looks after, with its state."""
    if not request.who.scopes("secretariat", "director"):
        raise Http404
    rows = page_of(request, queries.overseen(request.who).order_by("-created_at", "-id"))
    texts.prefetch(rows.object_list)
    may_write = bool(request.who.scopes("secretariat"))
    return render(request, "newsroom/manage/index.html", {"rows": rows, "may_write": may_write})


@require_safe
def release(request: Request, release_id: UUID) -> HttpResponse:
    """One release: its text, its languages, its attachments, its approvals and the next step."""
    found = _found(request, release_id, rules.oversee)
    texts.prefetch([found])
    context = {
        "release": found,
        "may_write": rules.write.can(request.who, found),
        "languages": [
            (
                code,
                get_language_info(code)["name_local"],
                bool(found.translations_of("title").get(code)),
            )
            for code, _name in language_choices()
            if code != found.language
        ],
        "attachments": list(files.of(found)),
        "approvals": list(approvals.of(found)),
        "latest": approvals.latest(found),
        "publish_refusal": found.publish.refusal(),
        "attach_form": AttachmentForm(),
        "put_up_form": PutUpForm(directors=queries.directors_of(found.edition_id)),
    }
    return render(request, "newsroom/manage/release.html", context)


def _languages(found: Release) -> list[tuple[str, str, bool]]:
    """The other languages: code, name, and whether the release is given in it."""
    given = found.translations_of("title")
    return [
        (code, get_language_info(code)["name_local"], bool(given.get(code)))
        for code, _name in language_choices()
        if code != found.language
    ]


def _found(request: Request, release_id: UUID, rule: Rule[Release]) -> Release:
    releases = Release.objects.select_related("edition", "published")
    return rule.get_or_404(request.who, releases, pk=release_id)


def _address(found: Release) -> str:
    return reverse("newsroom_manage:release", args=[found.id])


@require_http_methods(GET_AND_POST)
def add(request: Request) -> HttpResponse:
    if not request.who.scopes("secretariat"):
        raise Http404
    form = ReleaseForm(request.POST or None, who=request.who)
    if form.is_valid():
        made = actions.add(form.values(), actor=request.user)
        return common.done(request, _("The draft is saved."), _address(made))
    return _form(request, form, _("Write a release"), reverse("newsroom_manage:index"))


@require_http_methods(GET_AND_POST)
def edit(request: Request, release_id: UUID) -> HttpResponse:
    found = _found(request, release_id, rules.write)
    form = ReleaseForm(request.POST or None, instance=found, who=request.who)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.change(
            found, form.values(), expected_version=form.expected_version, actor=request.user
        ),
    ):
        return common.done(request, _("Saved."), _address(found))
    return _form(request, form, _("Edit the release"), _address(found))


@require_http_methods(GET_AND_POST)
def translate(request: Request, release_id: UUID, language: str) -> HttpResponse:
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
            actor=request.user,
        ),
    ):
        return common.done(request, _("Saved."), _address(found))
    name = get_language_info(language)["name_translated"]
    title = _("The release in %(language)s") % {"language": name}
    return _form(request, form, title, _address(found))


def _form(request: Request, form: object, title: str, cancel: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": cancel}
    return render(request, "newsroom/manage/form.html", context)


@require_POST
def attach(request: Request, release_id: UUID) -> HttpResponse:
    found = _found(request, release_id, rules.write)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid() and common.performed(
        form, lambda: actions.attach(found, form.cleaned_data["upload"], actor=request.user)
    ):
        return common.done(request, _("The file is attached."), _address(found))
    return _form(request, form, _("Attach a file"), _address(found))


@require_http_methods(GET_AND_POST)
def detach(request: Request, release_id: UUID, file_id: UUID) -> HttpResponseBase:
    found = _found(request, release_id, rules.write)
    stored = files.of(found).filter(pk=file_id).first()
    if stored is None:
        raise Http404
    return common.remove(
        request,
        lambda: files.remove(stored, actor=request.user),
        said=_("The file is gone."),
        back=_address(found),
        title=_("Remove “%(name)s”?") % {"name": stored.name},
        submit=_("Remove it"),
    )


@require_POST
def put_up(request: Request, release_id: UUID) -> HttpResponse:
    found = _found(request, release_id, rules.write)
    form = PutUpForm(request.POST, directors=queries.directors_of(found.edition_id))
    if form.is_valid() and common.performed(
        form,
        lambda: actions.put_up(found, director=form.cleaned_data["director"], actor=request.user),
    ):
        return common.done(request, _("The director has it now."), _address(found))
    return _form(request, form, _("Have it approved"), _address(found))


@require_POST
def publish(request: Request, release_id: UUID) -> HttpResponse:
    found = _found(request, release_id, rules.write)
    if common.tried(request, lambda: actions.publish(found, actor=request.user)):
        return common.done(request, _("It is published."), _address(found))
    return HttpResponseRedirect(_address(found))


@require_http_methods(GET_AND_POST)
def withdraw(request: Request, release_id: UUID) -> HttpResponseBase:
    found = _found(request, release_id, rules.write)
    return common.remove(
        request,
        lambda: actions.withdraw(found, actor=request.user),
        said=_("It is withdrawn."),
        back=_address(found),
        title=_("Withdraw “%(title)s”?") % {"title": found.wording("title")},
        submit=_("Withdraw it"),
        consequences=[_("Its page is gone for everybody; who has a copy keeps it.")],
    )
