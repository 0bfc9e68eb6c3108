"""Hotels and their rooms, who sleeps where, and the list that a hotel gets."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from madang.core import locales, texts
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics import exports
from madang.logistics.actions import hotels as actions
from madang.logistics.actions import stays as stay_actions
from madang.logistics.forms.stay import HotelForm, HotelRoomForm, RoomsForm, StayForm, night_filters
from madang.logistics.models import Hotel, HotelRoom, Stay
from madang.logistics.queries import needs as needs_queries
from madang.logistics.queries import stays as queries
from madang.logistics.views.pages import find_person, listed, page, seen
from madang.workshops.actions import translations
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


def _back(edition: Edition) -> str:
    return reverse("logistics:rooms", args=[edition.slug])


@require_safe
@common.of_edition()
def rooms(request: Request, edition: Edition) -> HttpResponseBase:
    """Hotels with their rooms and guests, and how many wait for a room."""
    hotels = queries.hotels(edition)
    nights = queries.nights(edition)
    return page(
        request, "rooms", edition,
        hotels=hotels,
        beds=sum(hotel.beds for hotel in hotels),
        guests=sum(hotel.guests for hotel in hotels),
        waiting=len(queries.filtered(nights, {"room": "none"})),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def rooms_suggest(request: Request, edition: Edition) -> HttpResponseBase:
    """Who would get which room, and with a click they do."""
    if request.method == "POST":
        given: list[int] = []
        seen = request.POST.get("seen", "")
        if common.tried(
            request,
            lambda: given.append(
                stay_actions.follow_suggestion(edition, seen=seen, actor=request.who)
            ),
        ):
            said = ngettext(
                "%(number)s person has a room now.", "%(number)s people have a room now.", given[0]
            )
            return common.done(request, said % {"number": locales.number(given[0])}, _back(edition))
    return page(request, "suggestion", edition, suggestion=queries.suggestion(edition))


@require_safe
@common.of_edition()
def stays(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody with their nights, wishes and room."""
    form = night_filters(request.GET, edition)
    form.is_valid()
    found = queries.filtered(queries.nights(edition), form.cleaned_data)
    if tables.wanted(request):
        return listed(request, edition, exports.nights(found), "rooms", title=_("Rooms"))
    return page(request, "stays", edition, form=form, rows=page_of(request, found))


@form_page
@common.of_edition(changes=True)
def stay_edit(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """Nights, wishes and the room of one person: what the suggestion said can be overridden."""
    participation = find_person(edition, participation_id)
    stay = Stay.objects.filter(participation=participation).first()
    form = StayForm(request.POST or None, instance=stay, participation=participation)
    return common.edit(
        request,
        form,
        lambda: stay_actions.save_stay(
            participation,
            form.values(),
            expected_version=seen(form),
            actor=request.who,
        ),
        said=_("The stay is saved."),
        back=reverse("logistics:stays", args=[edition.slug]),
        title=_("The stay of %(name)s") % {"name": participation.person},
        submit=_("Save the stay"),
        edition=edition,
    )


# --- Hotels --------------------------------------------------------------------------------------
def _hotel(edition: Edition, hotel_id: UUID) -> Hotel:
    hotel = common.found(edition.hotels, hotel_id)
    texts.prefetch([hotel])
    return hotel


@form_page
@common.of_edition(changes=True)
def hotel_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = HotelForm(request.POST or None, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.add_hotel(
            edition, form.values() | {"language": edition.language}, actor=request.who
        ),
        said=_("The hotel is added. Now add its rooms."),
        back=_back(edition),
        title=_("Add a hotel"),
        submit=_("Add the hotel"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def hotel_edit(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    hotel = _hotel(edition, hotel_id)
    form = HotelForm(request.POST or None, instance=hotel, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_hotel(
            hotel, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The hotel is saved."),
        back=_back(edition),
        title=_("Edit the hotel"),
        submit=_("Save the hotel"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def hotel_remove(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    hotel = _hotel(edition, hotel_id)
    return common.remove(
        request,
        lambda: actions.remove_hotel(hotel, actor=request.who),
        said=_("The hotel is removed."),
        back=_back(edition),
        title=_("Remove “%(name)s”?") % {"name": hotel.wording("name")},
        submit=_("Remove the hotel"),
        consequences=[
            _("Its rooms are removed with it."),
            _("Those who were to sleep there need another room."),
        ],
    )


@form_page
@common.of_edition(changes=True)
def hotel_texts(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    """Name and address of a hotel in one more language."""
    hotel = _hotel(edition, hotel_id)

    def act(form: TranslationForm) -> None:
        translations.translate(
            hotel,
            form.target,
            form.wordings(),
            "hotel.changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
            scope=edition.pk,
        )

    return translate_page(request, hotel, act, back=_back(edition), edition=edition)


@form_page
@common.of_edition(changes=True)
def hotel_rooms_add(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    hotel = _hotel(edition, hotel_id)
    form = RoomsForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.add_rooms(
            hotel, form.cleaned_data["labels"], form.values(), actor=request.who
        ),
        said=_("The rooms are added."),
        back=_back(edition),
        title=_("Add rooms to %(hotel)s") % {"hotel": hotel.wording("name")},
        submit=_("Add the rooms"),
        edition=edition,
    )


def _room(edition: Edition, room_id: UUID) -> HotelRoom:
    found = HotelRoom.objects.filter(hotel__edition=edition).select_related("hotel")
    return common.found(found, room_id)


@form_page
@common.of_edition(changes=True)
def hotel_room_edit(request: Request, edition: Edition, room_id: UUID) -> HttpResponseBase:
    room = _room(edition, room_id)
    form = HotelRoomForm(request.POST or None, instance=room)
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
def hotel_room_remove(request: Request, edition: Edition, room_id: UUID) -> HttpResponseBase:
    room = _room(edition, room_id)
    return common.remove(
        request,
        lambda: actions.remove_room(room, actor=request.who),
        said=_("The room is removed."),
        back=_back(edition),
        title=_("Remove room %(name)s?") % {"name": room.label},
        submit=_("Remove the room"),
        consequences=[_("Whoever was to sleep there needs another room.")],
    )


# --- The list for a hotel ------------------------------------------------------------------------
def hotel_file(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    """A hotel's rooming list as a file, or with `?list=needs` its numbers of diets and needs."""
    hotel = hotel_shown(edition, hotel_id)
    told = needs_queries.of_hotel(edition, hotel_id)
    if request.GET.get("list") == "needs":
        name, title = "needs", _("Needs: %(hotel)s")
        table = exports.need_counts(needs_queries.counts(told.values()))
    else:
        name, title = "rooming-list", _("Rooming list: %(hotel)s")
        table = exports.rooming_list(hotel, told)
    title %= {"hotel": hotel.hotel.wording("name")}
    return listed(request, edition, table, f"{name}-{hotel.hotel.key[-6:]}", title=title)


def hotel_shown(edition: Edition, hotel_id: UUID) -> queries.HotelShown:
    """A hotel of the edition with its rooms and guests, or a 404."""
    for shown in queries.hotels(edition):
        if shown.hotel.pk == hotel_id:
            return shown
    raise Http404


def hotel_context(edition: Edition, hotel_id: UUID) -> dict[str, Any]:
    """What the page of a hotel shows, to the secretariat and to the host alike."""
    told = needs_queries.of_hotel(edition, hotel_id)
    named = {key: needs_queries.words(each) for key, each in told.items() if each.tells_hotel}
    shown = hotel_shown(edition, hotel_id)
    return {
        "shown": shown,
        "guests": [
            (each.room, stay, named.get(stay.participation_id, ""))
            for each in shown.rooms
            for stay in each.stays
        ],
        "counts": needs_queries.counts(told.values()),
    }


@require_safe
@common.of_edition()
def rooming_list(request: Request, edition: Edition, hotel_id: UUID) -> HttpResponseBase:
    """What a hotel is given: rooms, names and nights, and needs as numbers."""
    if tables.wanted(request):
        return hotel_file(request, edition, hotel_id)
    return page(request, "rooming_list", edition, **hotel_context(edition, hotel_id))
