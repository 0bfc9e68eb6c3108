"""What somebody who takes part sees and tells of their own journey, nights, needs and seats."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.logistics import rules
from madang.logistics.actions import needs as needs_actions
from madang.logistics.actions import stays as stay_actions
from madang.logistics.actions import travel as travel_actions
from madang.logistics.forms.needs import ContactForm, NeedsForm
from madang.logistics.forms.stay import WishForm
from madang.logistics.forms.travel import LegForm
from madang.logistics.models import EmergencyContact, Leg, Needs, Stay
from madang.logistics.queries import buses, seating
from madang.logistics.queries import needs as needs_queries
from madang.logistics.queries import travellers as queries
from madang.logistics.views.pages import seen
from madang.workshops.models import Participation
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common


def _own(request: Request, slug: str) -> tuple[EditionRow, Participation]:
    """The edition of the address and one's own part in it, or a 404."""
    row = public.edition_row(request.who, slug)
    mine = Participation.objects.filter(edition=row.id).select_related("edition", "person__subject")
    return row, rules.own_journey.get_or_404(request.who, mine)


@require_safe
def journey(request: Request, slug: str) -> HttpResponseBase:
    """What now: visa and ticket, how I come, who meets me, where I sleep, what I told."""
    row, mine = _own(request, slug)
    found = queries.journey(mine)
    room = found.stay.room if found.stay else None
    if room is not None:
        texts.prefetch([room.hotel])
    needs = Needs.objects.filter(participation=mine).first()
    context = {
        "edition": public.editions([row.id])[row.id],
        "journey": found,
        "room": room,
        "needs": needs_queries.words(needs) if needs else "",
        "has_told_needs": needs is not None,
        "contact": EmergencyContact.objects.filter(participation=mine).first(),
    }
    return serving.serve_fresh(request, row, "logistics/journey.html", context)


@form_page
def my_leg(request: Request, slug: str, direction: str) -> HttpResponseBase:
    row, mine = _own(request, slug)
    if direction not in Leg.Direction:
        raise Http404
    leg = Leg.objects.filter(participation=mine, direction=direction).first()
    arrives = direction == Leg.Direction.ARRIVAL
    with timezone.override(row.zone):
        form = LegForm(request.POST or None, instance=leg)
        return _tell(
            request,
            row,
            form,
            lambda: travel_actions.save_leg(
                mine, direction, form.values(), expected_version=seen(form), actor=request.who
            ),
            title=_("How I arrive") if arrives else _("How I leave"),
            submit=_("Save my journey"),
            said=_("Your journey is saved."),
        )


@form_page
def my_stay(request: Request, slug: str) -> HttpResponseBase:
    row, mine = _own(request, slug)
    stay = Stay.objects.filter(participation=mine).first()
    form = WishForm(request.POST or None, instance=stay, participation=mine)
    return _tell(
        request,
        row,
        form,
        lambda: stay_actions.save_stay(
            mine, form.values(), expected_version=seen(form), actor=request.who
        ),
        title=_("My room"),
        submit=_("Save my wishes"),
        said=_("Your wishes are saved. The secretariat gives out the rooms."),
    )


@form_page
def my_needs(request: Request, slug: str) -> HttpResponseBase:
    row, mine = _own(request, slug)
    stored = Needs.objects.filter(participation=mine).first()
    form = NeedsForm(request.POST or None, instance=stored)
    return _tell(
        request,
        row,
        form,
        lambda: needs_actions.save_needs(
            mine, form.values(), expected_version=seen(form), actor=request.who
        ),
        title=_("What I eat and need"),
        submit=_("Save what I need"),
        said=_("What you need is saved."),
        kept=True,
    )


@form_page
def my_contact(request: Request, slug: str) -> HttpResponseBase:
    row, mine = _own(request, slug)
    stored = EmergencyContact.objects.filter(participation=mine).first()
    form = ContactForm(request.POST or None, instance=stored)
    return _tell(
        request,
        row,
        form,
        lambda: needs_actions.save_contact(
            mine, form.values(), expected_version=seen(form), actor=request.who
        ),
        title=_("Whom to call for me"),
        submit=_("Save the contact"),
        said=_("Your emergency contact is saved."),
        kept=True,
    )


@require_safe
def my_seats(request: Request, slug: str) -> HttpResponseBase:
    """In which bus I go, and at which table I sit."""
    row, mine = _own(request, slug)
    seats, places = buses.own(mine), seating.own(mine)
    texts.prefetch([seat.session for seat in seats] + [place.plan.session for place in places])
    context = {
        "edition": public.editions([row.id])[row.id],
        "seats": seats,
        "places": places,
    }
    return serving.serve_fresh(request, row, "logistics/my_seats.html", context)


def _tell(
    request: Request,
    row: EditionRow,
    form: forms.BaseForm,
    act: Callable[[], Any],
    *,
    title: str,
    submit: str,
    said: str,
    kept: bool = False,
) -> HttpResponseBase:
    """A page that is one form of one's own; `kept` tells that what it asks is encrypted."""
    back = reverse("travelling:journey", args=[row.slug])
    if form.is_valid() and common.performed(form, act):
        return common.done(request, said, back)
    context = {
        "edition": public.editions([row.id])[row.id],
        "form": form, "title": title, "submit": submit, "cancel": back, "kept": kept,
    }  # fmt: skip
    response = serving.serve_fresh(request, row, "logistics/tell.html", context)
    if kept:
        # Nor does a device keep it for reading without a connection.
        response["Cache-Control"] = "private, no-store"
    return response
