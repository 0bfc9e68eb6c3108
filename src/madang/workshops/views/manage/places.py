"""Places, rooms and travel times of an edition."""

from uuid import UUID

from django.db.models import Count, Prefetch
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.workshops.actions import places as actions
from madang.workshops.forms.places import RoomForm, SiteForm, TravelForm
from madang.workshops.models import Edition, Room, Site, SiteTravel
from madang.workshops.views.manage import common


def _sites(edition: Edition) -> list[Site]:
    """Places with their rooms, all their names read, by name."""
    rooms = Room.objects.annotate(session_count=Count("sessions")).order_by("order", "name", "id")
    sites = list(edition.sites.prefetch_related(Prefetch("rooms", rooms)))
    texts.prefetch(sites)
    texts.prefetch([room for site in sites for room in site.rooms.all()])
    return sites


@require_safe
@common.of_edition()
def places(request: Request, edition: Edition) -> HttpResponseBase:
    """Places with their rooms, and how long the ways between them are."""
    sites = _sites(edition)
    by_id = {site.pk: site for site in sites}
    ways = [
        (by_id[travel.first_id], by_id[travel.second_id], travel.minutes)
        for travel in SiteTravel.objects.filter(first__edition=edition)
    ]
    return common.page(request, "places", edition, sites=sites, ways=ways)


def _back(edition: Edition) -> str:
    return reverse("manage:places", args=[edition.slug])


@form_page
@common.of_edition(changes=True)
def site_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = SiteForm(request.POST or None, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.add_site(
            edition, form.values() | {"language": edition.language}, actor=request.who
        ),
        said=_("The place is added. Now add its rooms."),
        back=_back(edition),
        title=_("Add a place"),
        submit=_("Add the place"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def site_edit(request: Request, edition: Edition, site_id: UUID) -> HttpResponseBase:
    site = common.found(edition.sites, site_id)
    form = SiteForm(request.POST or None, instance=site, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_site(
            site, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The place is saved."),
        back=_back(edition),
        title=_("Edit the place"),
        submit=_("Save the place"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def site_remove(request: Request, edition: Edition, site_id: UUID) -> HttpResponseBase:
    site: Site = common.found(edition.sites, site_id)
    return common.remove(
        request,
        lambda: actions.remove_site(site, actor=request.who),
        said=_("The place is removed."),
        back=_back(edition),
        title=_("Remove “%(name)s”?") % {"name": site.wording("name")},
        submit=_("Remove the place"),
        consequences=[
            _("Its rooms are removed with it."),
            _("Sessions that were there stay, without a room."),
        ],
    )


@form_page
@common.of_edition(changes=True)
def room_add(request: Request, edition: Edition, site_id: UUID) -> HttpResponseBase:
    site = common.found(edition.sites, site_id)
    form = RoomForm(request.POST or None, site=site)
    return common.edit(
        request,
        form,
        lambda: actions.add_room(
            site, form.values() | {"language": edition.language}, actor=request.who
        ),
        said=_("The room is added."),
        back=_back(edition),
        title=_("Add a room to %(place)s") % {"place": site.wording("name")},
        submit=_("Add the room"),
        edition=edition,
    )


def _room(edition: Edition, room_id: UUID) -> Room:
    rooms = Room.objects.filter(site__edition=edition).select_related("site")
    return common.found(rooms, room_id)


@form_page
@common.of_edition(changes=True)
def room_edit(request: Request, edition: Edition, room_id: UUID) -> HttpResponseBase:
    room = _room(edition, room_id)
    form = RoomForm(request.POST or None, instance=room, site=room.site)
    return common.edit(
        request,
        form,
        lambda: actions.change_room(
            room, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The room is saved."),
        back=_back(edition),
        title=_("Edit the room"),
        submit=_("Save the room"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def room_remove(request: Request, edition: Edition, room_id: UUID) -> HttpResponseBase:
    room = _room(edition, room_id)
    return common.remove(
        request,
        lambda: actions.remove_room(room, actor=request.who),
        said=_("The room is removed."),
        back=_back(edition),
        title=_("Remove “%(name)s”?") % {"name": room.wording("name")},
        submit=_("Remove the room"),
        consequences=[_("Sessions that were there stay, without a room.")],
    )


@form_page
@common.of_edition(changes=True)
def travel(request: Request, edition: Edition) -> HttpResponseBase:
    """How long the way between every two places is, all on one page."""
    sites = _sites(edition)
    if len(sites) < 2:
        return HttpResponseRedirect(_back(edition))
    form = TravelForm(request.POST or None, sites=sites)
    return common.edit(
        request,
        form,
        lambda: actions.set_travel_times(edition, form.minutes(), actor=request.who),
        said=_("The travel times are saved."),
        back=_back(edition),
        title=_("Travel times"),
        submit=_("Save the travel times"),
        edition=edition,
        lead=_("From door to door, the wait for a bus included; the same in both directions."),
    )
