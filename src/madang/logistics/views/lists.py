"""Lists for others: what a host needs to meet and house people, and the officer on duty to help.

They stand below an edition's public address, so that a browser keeps them for a moment without a
connection, until somebody else signs in there.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit, clock
from madang.core.policies import Rule
from madang.core.requests import Request
from madang.documents import tables
from madang.logistics import exports, rules
from madang.logistics.models import Leg
from madang.logistics.queries import needs as needs_queries
from madang.logistics.queries import pickups as pickup_queries
from madang.logistics.queries import stays as stay_queries
from madang.logistics.views import pickups, rooms
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow

View = Callable[..., HttpResponseBase]


def _for(rule: Rule[Edition]) -> Callable[[View], View]:
    """Give a view the edition and its row, for those whom a rule on editions lets in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Request, slug: str, **arguments: UUID) -> HttpResponseBase:
            row = public.edition_row(request.who, slug)
            editions = Edition.objects.select_related("series")
            edition = rule.get_or_404(request.who, editions, pk=row.id)
            with timezone.override(edition.zone):
                return view(request, edition, row, **arguments)

        return wrapped

    return decorate


@require_safe
@_for(rules.see_host_lists)
def lists(request: Request, edition: Edition, row: EditionRow) -> HttpResponseBase:
    """The lists that there are for the host, each with how many people are on it."""
    directions = [
        (label, value, len(pickup_queries.legs(edition, value)))
        for value, label in Leg.Direction.choices
    ]
    context = {
        "edition": edition,
        "directions": directions,
        "hotels": stay_queries.hotels(edition),
        "counts": needs_queries.counts(needs_queries.of_edition(edition)),
    }
    return serving.serve_fresh(request, row, "logistics/lists.html", context)


@require_safe
@_for(rules.see_host_lists)
def host_pickups(request: Request, edition: Edition, row: EditionRow) -> HttpResponseBase:
    """Who is met: names, flights and vehicles."""
    if tables.wanted(request):
        return pickups.listed(request, edition)
    context = {"edition": edition, **pickups.shown(request, edition)}
    return serving.serve_fresh(request, row, "logistics/host_pickups.html", context)


@require_safe
@_for(rules.see_host_lists)
def host_hotel(
    request: Request, edition: Edition, row: EditionRow, hotel_id: UUID
) -> HttpResponseBase:
    """A hotel's rooms with names and nights, and needs as numbers."""
    if tables.wanted(request):
        return rooms.hotel_file(request, edition, hotel_id)
    context = {"edition": edition, **rooms.hotel_context(edition, hotel_id)}
    return serving.serve_fresh(request, row, "logistics/host_hotel.html", context)


@require_safe
@_for(rules.see_emergency)
def emergency(request: Request, edition: Edition, row: EditionRow) -> HttpResponseBase:
    """Everybody with whom to call for them: to print, to take away, and without a connection."""
    found = needs_queries.emergencies(edition)
    if request.GET.get("format") == "pdf":
        audit.record(request.who, "emergency_list.taken", edition, scope=edition.pk)
        content = tables.pdf(
            exports.emergencies(found),
            _("Emergency contacts"),
            str(edition.wording("title")),
            get_language() or settings.LANGUAGE_CODE,
        )
        return tables.download(content, f"{edition.slug}-emergency-{clock.now():%Y-%m-%d}.pdf")
    context = {
        "edition": edition,
        "rows": found,
        "silent": sum(each.contact is None for each in found),
    }
    return serving.serve_fresh(request, row, "logistics/emergency.html", context)
