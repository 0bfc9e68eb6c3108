"""Lists for others: what a host needs to receive people, and the officer on duty to help them.

They stand below an edition's public address, so that a browser keeps them for a moment without a
connection, until somebody else signs in there.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit, texts
from madang.core.models import as_uuid
from madang.core.policies import Rule
from madang.core.requests import Request
from madang.documents import tables
from madang.logistics import exports, rules
from madang.logistics.models import Leg, SeatingPlan
from madang.logistics.place_lists import bus_table, table_list
from madang.logistics.queries import buses as bus_queries
from madang.logistics.queries import needs as needs_queries
from madang.logistics.queries import pickups as pickup_queries
from madang.logistics.queries import seating as seating_queries
from madang.logistics.queries import stays as stay_queries
from madang.logistics.queries.buses import Load
from madang.logistics.queries.seating import Laid
from madang.logistics.views import pickups, rooms
from madang.logistics.views.pages import listed
from madang.workshops.models import Edition, Session
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
        return pickups.direction_file(request, edition)
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
@_for(rules.see_host_lists)
def host_seats(request: Request, edition: Edition, row: EditionRow) -> HttpResponseBase:
    """Who sits in which bus and at which table, by name; one list at a time to take away."""
    if tables.wanted(request):
        return _seats_file(request, edition)
    with_buses = list(_sessions(edition).filter(buses__isnull=False).distinct())
    with_tables = list(_with_tables(edition))
    texts.prefetch([*with_buses, *with_tables])
    context = {
        "edition": edition,
        "trips": [(session, _loads(session)) for session in with_buses],
        "dinners": [(session, _laid(session)) for session in with_tables],
    }
    return serving.serve_fresh(request, row, "logistics/host_seats.html", context)


def _sessions(edition: Edition) -> QuerySet[Session]:
    found = edition.sessions.filter(state=Session.State.PLANNED)
    return found.select_related("edition", "seating_plan").order_by("starts_at", "id")


def _with_tables(edition: Edition) -> QuerySet[Session]:
    """Sessions whose tables are shown."""
    return _sessions(edition).filter(seating_plan__state=SeatingPlan.State.SHOWN)


def _loads(session: Session) -> list[Load]:
    board = bus_queries.board(session)
    return bus_queries.shown(board.loads, board.gone)


def _laid(session: Session) -> list[Laid]:
    plan = session.seating_plan
    plan.session = session
    return seating_queries.board(plan).laid


def _seats_file(request: Request, edition: Edition) -> HttpResponseBase:
    """The list that the address names (`?list=`, `?session=`)."""
    name = request.GET.get("list")
    if name not in {"buses", "tables"}:
        raise Http404
    sessions = _sessions(edition) if name == "buses" else _with_tables(edition)
    session = sessions.filter(pk=as_uuid(request.GET.get("session", ""))).first()
    if session is None:
        raise Http404
    if name == "buses":
        table, title = bus_table(_loads(session), names_only=True), _("Buses")
    else:
        table, title = table_list(_laid(session), names_only=True), _("Tables")
    return listed(request, edition, table, name, title=title, of=session)


@require_safe
@_for(rules.see_emergency)
def emergency(request: Request, edition: Edition, row: EditionRow) -> HttpResponseBase:
    """Everybody with whom to call for them: to print, to take away, and without a connection."""
    found = needs_queries.emergencies(edition)
    if tables.wanted(request) == "pdf":
        audit.record(request.who, "emergency_list.taken", edition, scope=edition.pk)
        table = exports.emergencies(found)
        return listed(request, edition, table, "emergency", title=_("Emergency contacts"))
    context = {
        "edition": edition,
        "rows": found,
        "silent": sum(each.contact is None for each in found),
    }
    return serving.serve_fresh(request, row, "logistics/emergency.html", context)
