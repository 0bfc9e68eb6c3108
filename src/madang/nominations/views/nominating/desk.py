"""A country's own list: what it has sent, until when, and in which order it prefers them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import texts
from madang.core.policies import Everywhere
from madang.core.requests import Request, form_page, require_sign_in
from madang.nominations import completeness, rules
from madang.nominations.actions import nominating as actions
from madang.nominations.eligibility import in_order_of_preference
from madang.nominations.models import Call, Nomination
from madang.nominations.queries.nominations import whole
from madang.nominations.views.nominating.places import Place, closed, of_country
from madang.people.models import Country
from madang.people.views.codes import code_page


@require_safe
@of_country
def desk(request: Request, place: Place) -> HttpResponseBase:  # noqa: ARG001
    """The country's nominations: by number and state, after a code with their names."""
    rows = sorted(whole(place.delegation.nominations), key=in_order_of_preference)
    for row in rows:
        row.waits = row.state == Nomination.State.DRAFT and completeness.waits_for_endorsement(row)
        row.lacks = row.state == Nomination.State.DRAFT and completeness.missing_values(row)
        row.is_named = place.admits(row)
        row.url = place.url("nomination", row.pk)
    call = place.delegation.call
    return place.page(
        "desk",
        rows=rows,
        add_url=place.url("form_add"),
        order_url=place.url("order"),
        code_url="" if place.is_admitted else place.url("code"),
        room_left=place.delegation.room_left,
        eligibility=call.wording("eligibility"),
        may_order=place.is_admitted and len(_in_running(rows)) > 1,
        is_open=place.delegation.closed_because is None,
    )


@form_page
@of_country
def code(request: Request, place: Place) -> HttpResponseBase:
    """Ask for the code that goes to the address of this link."""
    if place.link is None:
        raise Http404
    return code_page(
        request,
        place.link,
        after=place.url("desk"),
        template="nominations/nominating/code.html",
        edition=place.delegation.edition,
        delegation=place.delegation,
        desk_url=place.url("desk"),
    )


@require_POST
@of_country
def order(request: Request, place: Place) -> HttpResponseBase:
    """Take the order of preference: the numbers that were written beside the nominations."""
    if not place.is_admitted:
        return place.ask_code()
    if place.delegation.closed_because is not None:
        return closed(place)
    rows = _in_running(list(place.delegation.nominations))
    written: list[tuple[int, int, UUID]] = []
    for row in rows:
        typed = request.POST.get(f"place-{row.pk}", "").strip()
        if typed.isdecimal() and len(typed) < 5:
            written.append((int(typed), row.number, row.pk))
    actions.prefer(place.delegation, [key for _place, _number, key in sorted(written)])
    place.note_use()
    messages.success(request, _("Your order of preference is saved."))
    return HttpResponseRedirect(place.url("desk"))


def _in_running(rows: list[Nomination]) -> list[Nomination]:
    return [row for row in rows if row.state != Nomination.State.WITHDRAWN]


@require_safe
def own(request: Request) -> HttpResponseBase:
    """For which calls somebody with an account nominates, and where they are nominated."""
    require_sign_in(request.who)
    scopes = request.who.scopes("focal_point")
    # A focal point speaks for certain countries; nobody does for all of them.
    keys = () if isinstance(scopes, Everywhere) else scopes
    countries = list(Country.objects.filter(pk__in=keys))
    calls = list(
        rules.see_call.visible(request.who, Call.objects.select_related("edition"))
        .exclude(state=Call.State.DRAFT)
        .order_by("-edition__starts_on")
    )
    mine = Nomination.objects.filter(person=request.who.person_id).select_related(
        "edition", "country"
    )
    mine = list(mine)
    if not countries and not mine:
        raise Http404
    texts.prefetch([*(call.edition for call in calls), *(row.edition for row in mine)])
    texts.prefetch([*countries, *(row.country for row in mine)])
    response = render(
        request,
        "nominations/nominating/own.html",
        {"countries": countries, "calls": calls if countries else [], "mine": mine},
    )
    response["Cache-Control"] = "private, no-store"
    return response
