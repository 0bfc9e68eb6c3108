"""The secretariat's pages of the countries asked: all of them, one, its link, sending."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports, locales, outbox
from madang.core.models import Job, as_uuid
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.nominations import clocks, deadlines
from madang.nominations.actions import dispatch
from madang.nominations.actions import invitations as actions
from madang.nominations.forms.countries import AddCountriesForm, CountryFilters, InvitationForm
from madang.nominations.models import Call, Correspondence, Invitation
from madang.nominations.queries import calls
from madang.nominations.queries import countries as queries
from madang.nominations.views.call import call_of
from madang.nominations.views.pages import page
from madang.people import access_links
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _back(edition: Edition) -> str:
    return reverse("nominations:countries", args=[edition.slug])


def _back_to(edition: Edition, invitation: Invitation) -> str:
    return reverse("nominations:country", args=[edition.slug, invitation.pk])


# --- All of them ---------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def countries(request: Request, edition: Edition) -> HttpResponseBase:
    """Per country: sent, received, chased, overdue; narrowed by what stands in the address."""
    call = calls.of_edition(edition)
    if call is None:
        return page(request, "countries/list", edition, call=None)
    form = CountryFilters(request.GET)
    form.is_valid()
    everybody = queries.rows(call)
    found = queries.filtered(everybody, form.cleaned_data)
    if tables.wanted(request):
        return tables.respond(
            request, _table(found), f"{edition.slug}-countries",
            title=_("Countries asked"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    numbers = queries.counted(everybody)
    return page(
        request, "countries/list", edition,
        call=call,
        form=form,
        rows=page_of(request, found),
        all=len(everybody),
        numbers=numbers,
        waiting=sum(row.has_sent_nothing for row in everybody),
        is_open=deadlines.closed_because(call, None) is None,
    )  # fmt: skip


def _table(found: Iterable[queries.CountryRow]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for row in found:
            organisation, person = row.invitation.organisation, row.invitation.focal_point
            yield (
                str(row.invitation.country.wording("name")),
                str(organisation.wording("name")) if organisation is not None else "",
                person.name if person is not None else "",
                person.email if person is not None else "",
                str(row.state_label),
                row.sent_at,
                row.chased,
                row.received,
                row.nominations,
                row.deadline,
                row.last_contact,
            )

    return exports.Table(
        columns=(
            exports.Column("country", _("Country")),
            exports.Column("organisation", _("Ministry or agency")),
            exports.Column("focal_point", _("Focal point")),
            exports.Column("email", _("E-mail address")),
            exports.Column("state", _("State")),
            exports.Column("sent", _("Sent")),
            exports.Column("chased", _("Reminders")),
            exports.Column("received", _("Letters received")),
            exports.Column("nominations", _("Nominations")),
            exports.Column("deadline", _("Deadline")),
            exports.Column("last_contact", _("Last contact")),
        ),
        rows=rows(),
    )


@form_page
@common.of_edition(changes=True)
def countries_add(request: Request, edition: Edition) -> HttpResponseBase:
    """Ask many countries at once; names that are not sure are shown first."""
    call = call_of(edition)
    form = AddCountriesForm(request.POST or None)
    if form.is_valid():
        made = actions.add(
            call, form.chosen(), language=form.cleaned_data["language"], actor=request.who
        )
        said = ngettext(
            "%(number)s country is added.", "%(number)s countries are added.", len(made)
        )
        return common.done(request, said % {"number": locales.number(len(made))}, _back(edition))
    return page(request, "countries/add", edition, form=form)


@require_POST
@common.of_edition(changes=True)
def send(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Send the call, or reminders, to the countries ticked, or to all that it is for."""
    call = call_of(edition)
    keys = [key for key in map(as_uuid, request.POST.getlist("invitation")) if key is not None]
    if keys:
        chosen = list(call.invitations.filter(pk__in=keys).values_list("pk", flat=True))
    else:
        chosen = [row.invitation.pk for row in queries.rows(call) if row.is_next_for(kind)]
    outcome: list[Any] = []
    if not common.tried(
        request,
        lambda: outcome.append(
            dispatch.send_many(call, kind, dispatch.whole(chosen), actor=request.who)
        ),
    ):
        return HttpResponseRedirect(_back(edition))
    if isinstance(outcome[0], Job):
        return redirect("core:job", outcome[0].pk)
    return common.done(request, dispatch.told(*outcome[0]), _back(edition))


# --- One -----------------------------------------------------------------------------------------
def _found(call: Call, invitation_id: UUID) -> Invitation:
    things = call.invitations.select_related(
        "country", "organisation", "focal_point__subject", "call__edition__series"
    )
    return common.found(things, invitation_id)


@require_safe
@common.of_edition()
def country(request: Request, edition: Edition, invitation_id: UUID) -> HttpResponseBase:
    """Everything about one country: whom one writes to, its link, what passed."""
    call = call_of(edition)
    one = _found(call, invitation_id)
    [row] = queries.rows(call, [one.pk])
    link = actions.link_of(one)
    may_change = common.may_change(request, edition)
    holds = link is not None and access_links.holds(link)
    return page(
        request, "countries/country", edition,
        call=call,
        row=row,
        invitation=row.invitation,
        elsewhere=clocks.elsewhere([row.invitation.country], row.deadline) if row.deadline else [],
        link=link,
        holds=holds,
        # The address is a secret: only whoever may give it to the country sees it.
        address=access_links.address(link) if link is not None and holds and may_change else "",
        entries=Correspondence.objects.filter(edition=edition, country=one.country)[:20],
        mails=outbox.about(one).select_related("subject")[:10],
        closed=deadlines.closed_because(call, one),
        trail=audit.trail(request.who, thing=one, limit=20) if may_change else [],
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def country_edit(request: Request, edition: Edition, invitation_id: UUID) -> HttpResponseBase:
    """Ministry, focal point, language and deadline of a country."""
    one = _found(call_of(edition), invitation_id)
    form = InvitationForm(request.POST or None, instance=one)

    def act() -> None:
        stored = _found(call_of(edition), invitation_id)
        actions.change(
            stored, form.values(), form.focal_point(),
            expected_version=form.expected_version, actor=request.who,
        )  # fmt: skip

    return common.edit(
        request,
        form,
        act,
        said=_("The country is saved."),
        back=_back_to(edition, one),
        title=one.country.wording("name"),
        submit=_("Save the country"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def country_remove(request: Request, edition: Edition, invitation_id: UUID) -> HttpResponseBase:
    """Ask, then ask the country no more."""
    one = _found(call_of(edition), invitation_id)
    return common.remove(
        request,
        lambda: actions.remove(one, actor=request.who),
        said=_("The country is not asked any more."),
        back=_back(edition),
        stay=_back_to(edition, one),
        title=_("No longer ask %(country)s?") % {"country": one.country.wording("name")},
        submit=_("No longer ask it"),
        consequences=[_("Its link opens nothing any more.")],
    )


@require_POST
@common.of_edition(changes=True)
def country_send(
    request: Request, edition: Edition, invitation_id: UUID, kind: str
) -> HttpResponseBase:
    """Send the call or a reminder to one country."""
    [one] = dispatch.whole([_found(call_of(edition), invitation_id).pk])
    back = _back_to(edition, one)
    if common.tried(request, lambda: dispatch.ACTS[kind](one, actor=request.who)):
        return common.done(request, _("It is sent."), back)
    return HttpResponseRedirect(back)


@require_POST
@common.of_edition(changes=True)
def link_give(request: Request, edition: Edition, invitation_id: UUID) -> HttpResponseBase:
    """Make a link, to be copied into a note verbale; or a new one in the place of the old."""
    one = _found(call_of(edition), invitation_id)
    if common.tried(request, lambda: actions.renew_link(one, actor=request.who)):
        return common.done(request, _("The link is new."), _back_to(edition, one))
    return HttpResponseRedirect(_back_to(edition, one))


@form_page
@common.of_edition(changes=True)
def link_revoke(request: Request, edition: Edition, invitation_id: UUID) -> HttpResponseBase:
    """Ask, then let the link open nothing any more."""
    one = _found(call_of(edition), invitation_id)
    return common.remove(
        request,
        lambda: actions.revoke_link(one, actor=request.who),
        said=_("The link opens nothing any more."),
        back=_back_to(edition, one),
        title=_("Revoke the link of %(country)s?") % {"country": one.country.wording("name")},
        submit=_("Revoke the link"),
        consequences=[
            _("Whoever has it can't enter or see anything by it."),
            _("What was sent through it stays."),
        ],
    )
