"""Addresses below an edition's public one: one's own journey, and lists for hosts and on duty."""

from django.urls import path

from madang.logistics.views import lists, own

app_name = "travelling"

urlpatterns = [
    path("journey/", own.journey, name="journey"),
    path("journey/stay/", own.my_stay, name="my_stay"),
    path("journey/<slug:direction>/", own.my_leg, name="my_leg"),
    path("my-needs/", own.my_needs, name="my_needs"),
    path("my-emergency-contact/", own.my_contact, name="my_contact"),
    path("lists/", lists.lists, name="lists"),
    path("lists/pick-ups/", lists.host_pickups, name="host_pickups"),
    path("lists/hotels/<uuid:hotel_id>/", lists.host_hotel, name="host_hotel"),
    path("lists/seats/", lists.host_seats, name="host_seats"),
    path("my-seats/", own.my_seats, name="my_seats"),
    path("emergency/", lists.emergency, name="emergency"),
]
