"""Passport data, for the few who make letters to embassies. Every look leaves a trace."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.cohorts import rules
from madang.cohorts.actions import passports as actions
from madang.cohorts.forms.passports import PassportFilters, PassportForm
from madang.cohorts.queries import passports as queries
from madang.cohorts.views.letters import page
from madang.core import clock
from madang.core.requests import Request, form_page, page_of
from madang.people.models import Person
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _require_allowed(request: Request, edition: Edition) -> None:
    if not rules.handle_passports.can(request.who, edition):
        raise Http404


def _person(edition: Edition, person_id: UUID) -> Person:
    people = Person.objects.filter(pk=person_id, erased_at=None)
    person: Person | None = people.first()
    if person is None or not (queries.may_need(edition, person) or actions.of(person) is not None):
        raise Http404
    return person


@require_safe
@common.of_edition(changes=True)
def passports(request: Request, edition: Edition) -> HttpResponseBase:
    """Whose passport data are here: nothing of what is in them."""
    _require_allowed(request, edition)
    form = PassportFilters(request.GET)
    form.is_valid()
    everybody = queries.holders(edition, {})
    given = sum(one.delete_on is not None for one in everybody)
    wanted = queries.holders(edition, form.cleaned_data) if form.cleaned_data.get("given") else None
    return page(
        request, "passports", edition,
        form=form, rows=page_of(request, everybody if wanted is None else wanted),
        given=given, lacking=len(everybody) - given, delete_on=actions.deleted_on(edition),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def passport(request: Request, edition: Edition, person_id: UUID) -> HttpResponseBase:
    """The passport data of one person, shown and changed by whoever handles them."""
    _require_allowed(request, edition)
    person = _person(edition, person_id)
    known = actions.look(person, edition, actor=request.who)
    until = actions.deleted_on(edition)
    is_over = until <= clock.today(edition.zone)
    if known is None and is_over and request.method == "POST":
        raise Http404
    form = PassportForm(request.POST or None, instance=known)
    back = reverse("cohorts:passports", args=[edition.slug])

    def act() -> None:
        actions.save(
            person,
            edition,
            form.cleaned_data,
            expected_version=form.expected_version if known is not None else None,
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The passport data are saved."), back)
    response = page(
        request, "passport", edition,
        form=form, person=person, known=known, cancel=back, is_over=is_over,
        delete_on=max(until, known.delete_on) if known is not None else until,
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


@form_page
@common.of_edition(changes=True)
def passport_remove(request: Request, edition: Edition, person_id: UUID) -> HttpResponseBase:
    """Remove passport data before their day."""
    _require_allowed(request, edition)
    person = _person(edition, person_id)
    known = actions.of(person)
    if known is None:
        raise Http404
    return common.remove(
        request,
        lambda: actions.remove(known, actor=request.who),
        said=_("The passport data are removed."),
        back=reverse("cohorts:passports", args=[edition.slug]),
        title=_("Remove the passport data of %(name)s?") % {"name": person},
        submit=_("Remove them"),
        consequences=[
            _("Letters to embassies in which they stand are deleted, too."),
            _("Nobody can bring them back, not even from a backup."),
        ],
    )
