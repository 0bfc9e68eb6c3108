"""Buses and tables for those who sit there, and for the hosts who prepare them."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.models import as_uuid
from madang.core.requests import Request
from madang.documents import tables
from madang.logistics import rules
from madang.logistics.models import SeatingPlan
from madang.logistics.place_lists import bus_table, table_list
from madang.logistics.queries import buses, seating
from madang.workshops.models import Session
from madang.workshops.pages import serving
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow


@require_safe
def my_seats(request: Request, slug: str) -> HttpResponseBase:
    """In which bus I go, and at which table I sit."""
    row = public.edition_row(request.who, slug)
    mine = public_people.own_participation(row, request.who)
    if mine is None:
        raise Http404
    seats, places = buses.own(mine), seating.own(mine)
    texts.prefetch([seat.session for seat in seats] + [place.plan.session for place in places])
    context = {
        "edition": public.editions([row.id])[row.id],
        "seats": seats,
        "places": places,
    }
    return serving.serve_fresh(request, row, "logistics/my_seats.html", context)


@require_safe
def host_seats(request: Request, slug: str) -> HttpResponseBase:
    """Who sits in which bus and at which table, by name; one list at a time to take away."""
    row = public.edition_row(request.who, slug)
    if not rules.see_host_lists.can(request.who, row):
        raise Http404
    if tables.wanted(request):
        return _list(request, row)
    with_buses = list(_sessions(row).filter(buses__isnull=False).distinct())
    with_tables = list(_sessions(row).filter(seating_plan__state=SeatingPlan.State.SHOWN))
    context = {
        "edition": public.editions([row.id])[row.id],
        "trips": [(session, _loads(session)) for session in with_buses],
        "dinners": [(session, _laid(session)) for session in with_tables],
    }
    texts.prefetch([*with_buses, *with_tables])
    return serving.serve_fresh(request, row, "logistics/host_seats.html", context)


def _sessions(row: EditionRow):
    found = Session.objects.filter(edition=row.id, state=Session.State.PLANNED)
    return found.select_related("edition", "seating_plan").order_by("starts_at", "id")


def _loads(session: Session) -> list[buses.Load]:
    board = buses.board(session)
    return buses.shown(board.loads, board.gone)


def _laid(session: Session) -> list[seating.Laid]:
    plan = session.seating_plan
    plan.session = session
    return seating.board(plan).laid


def _list(request: Request, row: EditionRow) -> HttpResponseBase:
    """The list that the address names (`?list=`, `?session=`)."""
    sessions = _sessions(row).filter(pk=as_uuid(request.GET.get("session", "")))
    wanted = request.GET.get("list")
    if wanted == "tables":
        sessions = sessions.filter(seating_plan__state=SeatingPlan.State.SHOWN)
    session = sessions.first()
    if session is None or wanted not in {"buses", "tables"}:
        raise Http404
    if wanted == "buses":
        table, title = bus_table(_loads(session), names_only=True), _("Buses")
    else:
        table, title = table_list(_laid(session), names_only=True), _("Tables")
    return tables.respond(
        request, table, f"{row.slug}-{wanted}",
        title=title, subtitle=str(session.wording("title")),
    )  # fmt: skip
