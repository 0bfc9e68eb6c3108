"""Addresses below an edition of /manage/: travel and stay, money and protocol."""

from django.urls import include, path

from madang.logistics.views import arrivals, needs, pickups, rooms, travel

app_name = "logistics"

_travel = [
    path("", travel.travel, name="travel"),
    path("open/", travel.travel_open, name="travel_open"),
    path("<uuid:participation_id>/", travel.traveller, name="traveller"),
    path("<uuid:participation_id>/open/<slug:kind>/", travel.errand_open, name="errand_open"),
    path("<uuid:participation_id>/legs/<slug:direction>/", travel.leg_edit, name="leg_edit"),
    path("legs/<uuid:leg_id>/remove/", travel.leg_remove, name="leg_remove"),
    path("errands/<uuid:errand_id>/", travel.errand_edit, name="errand_edit"),
    path("errands/<uuid:errand_id>/<slug:name>/", travel.errand_state, name="errand_state"),
]
_pickups = [
    path("", pickups.pickups, name="pickups"),
    path("add/", pickups.pickup_add, name="pickup_add"),
    path("<uuid:pickup_id>/edit/", pickups.pickup_edit, name="pickup_edit"),
    path("<uuid:pickup_id>/remove/", pickups.pickup_remove, name="pickup_remove"),
    path("<uuid:pickup_id>/fill/", pickups.pickup_fill, name="pickup_fill"),
    path("people/<uuid:leg_id>/", pickups.pickup_put, name="pickup_put"),
]
_rooms = [
    path("", rooms.rooms, name="rooms"),
    path("suggest/", rooms.rooms_suggest, name="rooms_suggest"),
    path("people/", rooms.stays, name="stays"),
    path("people/<uuid:participation_id>/", rooms.stay_edit, name="stay_edit"),
    path("hotels/add/", rooms.hotel_add, name="hotel_add"),
    path("hotels/<uuid:hotel_id>/", rooms.rooming_list, name="rooming_list"),
    path("hotels/<uuid:hotel_id>/edit/", rooms.hotel_edit, name="hotel_edit"),
    path("hotels/<uuid:hotel_id>/remove/", rooms.hotel_remove, name="hotel_remove"),
    path("hotels/<uuid:hotel_id>/texts/", rooms.hotel_texts, name="hotel_texts"),
    path("hotels/<uuid:hotel_id>/rooms/", rooms.hotel_rooms_add, name="hotel_rooms_add"),
    path("rooms/<uuid:room_id>/edit/", rooms.hotel_room_edit, name="hotel_room_edit"),
    path("rooms/<uuid:room_id>/remove/", rooms.hotel_room_remove, name="hotel_room_remove"),
]
_arrivals = [
    path("", arrivals.arrivals, name="arrivals"),
    path("missing/", arrivals.arrivals_missing, name="arrivals_missing"),
    path("<uuid:stay_id>/<slug:name>/", arrivals.arrival_mark, name="arrival_mark"),
]
_needs = [
    path("", needs.needs, name="needs"),
    path("<uuid:participation_id>/", needs.needs_edit, name="needs_edit"),
    path("<uuid:participation_id>/contact/", needs.contact_edit, name="contact_edit"),
]
urlpatterns = [
    path("travel/", include(_travel)),
    path("pick-ups/", include(_pickups)),
    path("rooms/", include(_rooms)),
    path("arrivals/", include(_arrivals)),
    path("needs/", include(_needs)),
    path("", include("madang.logistics.urls_hospitality")),
]
