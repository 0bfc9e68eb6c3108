"""Pages without an account: a nominee answers an offer; a focal point sees to lost seats."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.cohorts import reasons
from madang.cohorts.actions import offers as actions
from madang.cohorts.actions import seats as seat_actions
from madang.cohorts.forms.offers import AnswerForm, NomineeForm
from madang.cohorts.models import Offer
from madang.cohorts.queries import decisions as queries
from madang.cohorts.queries import seats
from madang.core import clock, texts
from madang.core.requests import Request, form_page
from madang.nominations.models import Invitation
from madang.nominations.views.nominating.places import gone
from madang.people import access_links
from madang.people.models import AccessLink
from madang.people.views.codes import code_page
from madang.workshops.views.manage import common

View = Callable[..., HttpResponseBase]


def _of_offer(view: View) -> View:
    """Give a view the offer of its link, with the time zone of the workshop active."""

    @wraps(view)
    def wrapped(request: Request, token: str) -> HttpResponseBase:
        try:
            link, offer = access_links.find("offer", token, actions.whole(Offer.objects.all()))
        except Http404:
            return gone(request)
        texts.prefetch([offer.edition])
        with timezone.override(offer.edition.zone):
            return view(request, token, link, offer)

    return wrapped


def _of_country(view: View) -> View:
    """Give a view the invitation of its link to the seats of a country."""

    @wraps(view)
    def wrapped(request: Request, token: str, **arguments: Any) -> HttpResponseBase:
        invitations = Invitation.objects.select_related("call__edition", "country")
        try:
            link, invitation = access_links.find("seats", token, invitations)
        except Http404:
            return gone(request)
        texts.prefetch([invitation.call.edition])
        texts.prefetch([invitation.country])
        with timezone.override(invitation.call.edition.zone):
            return view(request, token, link, invitation, **arguments)

    return wrapped


# --- The nominee --------------------------------------------------------------------------------
@form_page
@_of_offer
def offer(request: Request, token: str, link: AccessLink, offer: Offer) -> HttpResponseBase:
    """Take the first answer to an offer. Changing it later asks for a code. GET does nothing."""
    is_open = offer.state == Offer.State.SENT
    may_change = not is_open and access_links.is_admitted(request, link)
    form = AnswerForm(request.POST or None)
    # Neither yes nor no is no answer.
    answers = request.POST.get("answer") in {"yes", "no"}
    if answers and (is_open or may_change) and form.is_valid():
        if common.performed(form, lambda: _answer(request, link, offer, form)):
            return common.done(request, _("Thank you: your answer is kept."), request.path)
        offer.refresh_from_db()
    return _private(
        request, "offer",
        offer=offer, edition=offer.edition, form=form,
        is_open=is_open, may_change=may_change,
        is_late=is_open and offer.answer_by <= clock.now(),
        code_url=reverse("cohort:offer_code", args=[token]),
    )  # fmt: skip


def _answer(request: Request, link: AccessLink, offer: Offer, form: AnswerForm) -> None:
    if request.POST.get("answer") == "yes":
        actions.accept(offer, actor=link)
    else:
        actions.decline(offer, remark=form.cleaned_data["remark"], actor=link)
    access_links.note_use(link)


@form_page
@_of_offer
def offer_code(request: Request, token: str, link: AccessLink, offer: Offer) -> HttpResponseBase:
    """Ask for the code with which an answer can be changed."""
    return code_page(request, link, after=reverse("cohort:offer", args=[token]), offer=offer)


# --- The focal point ----------------------------------------------------------------------------
@form_page
@_of_country
def seats_code(
    request: Request, token: str, link: AccessLink, invitation: Invitation
) -> HttpResponseBase:
    """Ask for the code with which the names of a country's nominees are shown."""
    return code_page(
        request, link, after=reverse("cohort:seats", args=[token]), invitation=invitation
    )


def _admitted(view: View) -> View:
    @wraps(view)
    def wrapped(
        request: Request, token: str, link: AccessLink, invitation: Invitation, **arguments: Any
    ) -> HttpResponseBase:
        if not access_links.is_admitted(request, link):
            return HttpResponseRedirect(reverse("cohort:seats_code", args=[token]))
        return view(request, token, link, invitation, **arguments)

    return wrapped


@form_page
@_of_country
@_admitted
def country_seats(
    request: Request, token: str, _link: AccessLink, invitation: Invitation
) -> HttpResponseBase:
    """The seats of one country: who holds them, and which are lost."""
    edition = invitation.call.edition
    offers = actions.whole(
        edition.offers.filter(nomination__country=invitation.country).exclude(
            state=Offer.State.PREPARED
        )
    )
    lost = set(seats.lost(edition).values_list("pk", flat=True))
    return _private(
        request, "seats",
        invitation=invitation, edition=edition, token=token,
        offers=[(each, each.pk in lost and each.released_at is None) for each in offers],
        until=actions.terms(edition).substitution_until,
        others=[
            (verdict.nomination, reasons.REASONS.get(verdict.reason, ""))
            for verdict in queries.verdicts_of(edition, invitation.country)
        ],
    )  # fmt: skip


def _seat(invitation: Invitation, offer_id: UUID) -> Offer:
    """A lost seat of the country, or a 404."""
    lost = seats.lost(invitation.call.edition).filter(
        nomination__country=invitation.country, released_at=None
    )
    return common.found(actions.whole(lost), offer_id)


@form_page
@_of_country
@_admitted
def seat_substitute(
    request: Request, token: str, link: AccessLink, invitation: Invitation, offer_id: UUID
) -> HttpResponseBase:
    """Name somebody else of the country for a lost seat."""
    found = _seat(invitation, offer_id)
    edition = invitation.call.edition
    others = seats.instead(found)
    form = NomineeForm(others, request.POST or None)
    here = reverse("cohort:seats", args=[token])

    def act() -> None:
        nomination = others.get(pk=form.cleaned_data["nomination"])
        seat_actions.substitute(found, nomination, actor=link)
        access_links.note_use(link)

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The seat is offered to whom you named."), here)
    return _private(
        request, "substitute",
        invitation=invitation, edition=edition, offer=found, form=form, cancel=here,
        others=len(others),
    )  # fmt: skip


@form_page
@_of_country
@_admitted
def seat_release(
    request: Request, token: str, link: AccessLink, invitation: Invitation, offer_id: UUID
) -> HttpResponseBase:
    """Release a lost seat, so that it can go to another country."""
    found = _seat(invitation, offer_id)
    return common.remove(
        request,
        lambda: seat_actions.release(found, actor=link),
        said=_("Thank you: the seat is released."),
        back=reverse("cohort:seats", args=[token]),
        title=_("Release this seat?"),
        submit=_("Release the seat"),
        consequences=[
            _("It goes to another country."),
            _("You can no longer name somebody else for it."),
        ],
    )


def _private(request: Request, name: str, **context: Any) -> HttpResponse:
    response = render(request, f"cohorts/answering/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
