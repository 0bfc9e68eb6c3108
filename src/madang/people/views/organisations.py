"""The organiser's list of organisations."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit, exports, texts
from madang.core.locales import listed, number
from madang.core.models import StaleRecordError
from madang.core.requests import Request, form_page, page_of
from madang.people import organisations, rules
from madang.people.actions.organisations import (
    add_organisation,
    change_organisation,
    count_references,
    merge_organisations,
)
from madang.people.actions.refusal import RefusedError
from madang.people.forms.organisations import MergeForm, OrganisationFilter, OrganisationForm
from madang.people.forms.refusals import show_refusal
from madang.people.models import Organisation

T = TypeVar("T")


@require_safe
def organisation_list(request: Request) -> HttpResponseBase:
    """Organisations, found by any word of their names."""
    _require_editor(request)
    form = OrganisationFilter(request.GET)
    form.is_valid()
    found = _filtered(form).select_related("country", "parent")
    if exports.wanted(request):
        return exports.respond(request, _table(found), "organisations")
    page = page_of(request, found)
    rows = list(page.object_list)
    texts.prefetch(rows)
    texts.prefetch_referred(rows, "country")
    page.object_list = rows
    return render(request, "people/organisations.html", {"form": form, "rows": page})


@form_page
def organisation_add(request: Request) -> HttpResponse:
    """A new organisation."""
    _require_editor(request)
    form = OrganisationForm(request.POST or None, instance=Organisation())
    if request.method == "POST" and form.is_valid():
        saved = _save(
            form,
            lambda: add_organisation(actor=request.who, names=form.names(), **form.values()),
        )
        if saved is not None:
            messages.success(request, _("%(name)s is added.") % {"name": saved})
            return redirect("people_manage:organisation", saved.pk)
    return render(request, "people/organisation_add.html", {"form": form})


@form_page
def organisation_detail(request: Request, organisation_id: UUID) -> HttpResponse:
    """One organisation; the address of a merged one leads to the one that remains."""
    organisation = _organisation(request, organisation_id)
    if organisation.merged_into_id is not None:
        return redirect("people_manage:organisation", organisation.merged_into_id)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        changed = _save(
            form,
            lambda: change_organisation(
                organisation,
                actor=request.who,
                names=form.names(),
                expected_version=form.expected_version,
                **form.values(),
            ),
        )
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing was different."))
            return redirect("people_manage:organisation", organisation.pk)
    stored = _organisation(request, organisation_id)
    context = {
        "organisation": stored,
        "form": form,
        "duplicates": stored.duplicates.all(),
        "history": audit.trail(request.who, thing=stored, limit=10),
    }
    return render(request, "people/organisation.html", context)


@require_safe
def organisation_merge(request: Request, organisation_id: UUID) -> HttpResponse:
    """Choose the one into which a duplicate is merged, among similar ones or those sought."""
    duplicate = _unmerged(request, organisation_id)
    sought = request.GET.get("q", "").strip()
    if sought:
        others = organisations.current().exclude(pk=duplicate.pk)
        offered = list(organisations.search(sought, others)[: organisations.MOST_SIMILAR])
    else:
        offered = organisations.similar(duplicate)
    form = MergeForm(offered, request.GET if "into" in request.GET else None)
    if form.is_bound and form.is_valid():
        remaining = form.cleaned_data["into"]
        return redirect("people_manage:organisation_merge_confirm", duplicate.pk, remaining.pk)
    return render(
        request,
        "people/organisation_merge.html",
        {"organisation": duplicate, "form": form, "offered": offered, "sought": sought},
    )


@form_page
def organisation_merge_confirm(
    request: Request, organisation_id: UUID, remaining_id: UUID
) -> HttpResponse:
    """Say what a merge moves, and do it."""
    duplicate = _unmerged(request, organisation_id)
    remaining = _unmerged(request, remaining_id)
    here = reverse("people_manage:organisation_merge", args=[duplicate.pk])
    if request.method == "POST":
        try:
            moved = merge_organisations(duplicate, remaining, actor=request.who)
        except RefusedError as refused:
            messages.error(request, str(refused.why))
            return redirect(here)
        text = {"name": remaining, "count": number(moved)}
        messages.success(request, _("Merged into %(name)s; links moved: %(count)s.") % text)
        return redirect("people_manage:organisation", remaining.pk)
    names = {"duplicate": duplicate, "remaining": remaining}
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Merge %(duplicate)s into %(remaining)s?") % names,
            "message": _("“%(remaining)s” remains, with what stands on its page now.") % names,
            "consequences": _consequences(duplicate, remaining),
            "submit": _("Merge them"),
            "cancel_url": here,
        },
    )


def _consequences(duplicate: Organisation, remaining: Organisation) -> list[str]:
    counts = count_references(duplicate)
    moved = [f"{kind} ({number(count)})" for kind, count in sorted(counts.items())]
    links = _("To “%(name)s” move: %(what)s.") % {"name": remaining, "what": listed(moved)}
    return [
        links if moved else _("Nothing points at the duplicate, so nothing moves."),
        _("The duplicate is no longer offered; its address leads to the one that remains."),
        _("A merge can’t be undone."),
    ]


def _save(form: OrganisationForm, action: Callable[[], T]) -> T | None:
    """What the action returns; None where it refused and the form says why."""
    try:
        return action()
    except RefusedError as refused:
        show_refusal(form, refused)
    except StaleRecordError:
        form.show_conflict()
    return None


def _require_editor(request: Request) -> None:
    if not rules.edit_organisations.can(request.who, Organisation()):
        raise Http404


def _organisation(request: Request, organisation_id: UUID) -> Organisation:
    return rules.edit_organisations.get_or_404(
        request.who, Organisation.objects.select_related("country"), pk=organisation_id
    )


def _unmerged(request: Request, organisation_id: UUID) -> Organisation:
    return rules.edit_organisations.get_or_404(
        request.who, organisations.current(), pk=organisation_id
    )


def _filtered(form: OrganisationFilter) -> QuerySet[Organisation]:
    wanted = form.cleaned_data
    found = organisations.current()
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("country") == "none":
        found = found.filter(country__isnull=True)
    elif wanted.get("country"):
        found = found.filter(country_id=wanted["country"])
    if wanted.get("active"):
        found = found.filter(is_active=wanted["active"] == "yes")
    return organisations.search(wanted.get("q", ""), found)


def _table(found: QuerySet[Organisation]) -> exports.Table:
    return exports.Table(
        columns=(
            exports.Column("name", _("Name")),
            exports.Column("acronym", _("Acronym")),
            exports.Column("kind", _("Kind")),
            exports.Column("country", _("Country")),
            exports.Column("parent", _("Part of")),
            exports.Column("website", _("Website")),
            exports.Column("is_active", _("Active")),
        ),
        rows=(
            (
                row.name,
                row.acronym,
                row.get_kind_display(),
                row.country.name if row.country else None,
                row.parent.name if row.parent else None,
                row.website,
                row.is_active,
            )
            for row in found.iterator(chunk_size=500)
        ),
    )
