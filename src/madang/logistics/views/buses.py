"""Buses of the sessions that people drive to, and who sits in which."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.logistics.actions import buses as actions
from madang.logistics.forms.places import BusChoiceForm, BusForm
from madang.logistics.models import Bus, BusSeat
from madang.logistics.place_lists import bus_table
from madang.logistics.queries import buses as queries
from madang.logistics.queries import coming
from madang.logistics.views.pages import find_person, find_session, listed, page
from madang.workshops.models import Edition, Session
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def buses(request: Request, edition: Edition) -> HttpResponseBase:
    """Sessions to which buses go, and those to which some may."""
    return page(
        request, "place_sessions", edition, **sessions_context(edition, "buses"),
        title=_("Buses"), url_name="logistics:bus_board",
    )  # fmt: skip


def sessions_context(edition: Edition, counted: str) -> dict[str, list[Session]]:
    """Sessions that are likely to have buses or tables, and the others."""
    found = coming.sessions(edition, counted)
    return {
        "likely": [session for session in found if coming.is_likely(session)],
        "others": [session for session in found if not coming.is_likely(session)],
    }


def _back(edition: Edition, session: Session) -> str:
    return reverse("logistics:bus_board", args=[edition.slug, session.pk])


@require_safe
@common.of_edition()
def bus_board(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """The buses of one session with the people in them, and who still has no seat."""
    session = find_session(edition, session_id)
    board = queries.board(session)
    if tables.wanted(request):
        table = bus_table(queries.shown(board.loads, board.gone))
        return listed(request, edition, table, "buses", title=_("Buses"), of=session)
    return page(request, "buses", edition, session=session, board=board)


@require_safe
@common.of_edition()
def bus_list(request: Request, edition: Edition, bus_id: UUID) -> HttpResponseBase:
    """The list of one bus, for whoever counts heads at its door, in the format asked for."""
    bus = _bus(edition, bus_id)
    board = queries.board(bus.session)
    loads = [load for load in queries.shown(board.loads, board.gone) if load.bus.pk == bus.pk]
    return listed(
        request, edition, bus_table(loads), f"bus-{bus.pk}", title=bus.name, of=bus.session
    )


@form_page
@common.of_edition(changes=True)
def bus_add(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    session = find_session(edition, session_id)
    form = BusForm(request.POST or None, session=session)
    return common.edit(
        request,
        form,
        lambda: actions.add_bus(session, form.values(), actor=request.who),
        said=_("The bus is added."),
        back=_back(edition, session),
        title=_("Add a bus to “%(session)s”") % {"session": session.wording("title")},
        submit=_("Add the bus"),
        edition=edition,
    )


def _bus(edition: Edition, bus_id: UUID) -> Bus:
    found = common.found(
        Bus.objects.filter(session__edition=edition).select_related("session"), bus_id
    )
    found.session.edition = edition
    return found


@form_page
@common.of_edition(changes=True)
def bus_edit(request: Request, edition: Edition, bus_id: UUID) -> HttpResponseBase:
    bus = _bus(edition, bus_id)
    form = BusForm(request.POST or None, instance=bus, session=bus.session)
    return common.edit(
        request,
        form,
        lambda: actions.change_bus(
            bus, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The bus is saved."),
        back=_back(edition, bus.session),
        title=_("Edit the bus"),
        submit=_("Save the bus"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def bus_remove(request: Request, edition: Edition, bus_id: UUID) -> HttpResponseBase:
    bus = _bus(edition, bus_id)
    return common.remove(
        request,
        lambda: actions.remove_bus(bus, actor=request.who),
        said=_("The bus is removed."),
        back=_back(edition, bus.session),
        title=_("Remove “%(name)s”?") % {"name": bus.name},
        submit=_("Remove the bus"),
        consequences=[
            _("Those who sat in it have no seat then."),
            _("This can't be undone."),
        ],
    )


# --- Seats ---------------------------------------------------------------------------------------
@require_POST
@common.of_edition(changes=True)
def fill(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Give a seat to everybody who has none."""
    session = find_session(edition, session_id)
    number = actions.fill(session, actor=request.who)
    said = ngettext("%(number)s person has a seat now.", "%(number)s people have a seat now.",
                    number) % {"number": locales.number(number)}  # fmt: skip
    return common.done(request, said, _back(edition, session))


@require_POST
@common.of_edition(changes=True)
def release(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Free the seats of those who do not come any more."""
    session = find_session(edition, session_id)
    actions.release_gone(session, actor=request.who)
    return common.done(request, _("Their seats are free again."), _back(edition, session))


@form_page
@common.of_edition(changes=True)
def empty(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    session = find_session(edition, session_id)
    return common.remove(
        request,
        lambda: actions.empty(session, actor=request.who),
        said=_("The buses are empty."),
        back=_back(edition, session),
        title=_("Take everybody out of the buses?"),
        submit=_("Empty the buses"),
        consequences=[_("This can't be undone; you can fill them again.")],
    )


@form_page
@common.of_edition(changes=True)
def bus_seat(
    request: Request, edition: Edition, session_id: UUID, participation_id: UUID
) -> HttpResponseBase:
    """In which bus one person sits."""
    session = find_session(edition, session_id)
    participation = find_person(edition, participation_id)
    stored = BusSeat.objects.filter(session=session, participation=participation).first()
    form = BusChoiceForm(
        request.POST or None, session=session, initial={"bus": stored.bus_id if stored else None}
    )
    return common.edit(
        request,
        form,
        lambda: actions.move(session, participation, form.cleaned_data["bus"], actor=request.who),
        said=_("It is saved."),
        back=_back(edition, session),
        title=_("The bus of %(name)s") % {"name": participation.person},
        submit=_("Save"),
        edition=edition,
    )
