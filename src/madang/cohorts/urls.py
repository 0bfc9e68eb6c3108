"""Addresses of those who are offered a seat, and what those who come see of their own."""

from django.urls import path

from madang.cohorts.views import answering, drawings, own

app_name = "cohort"

urlpatterns = [
    path("workshops/<slug:slug>/letters/", own.letters, name="my_letters"),
    path("workshops/<slug:slug>/passport/", own.passport, name="my_passport"),
    path("workshops/<slug:slug>/passport/remove/", own.passport_remove, name="my_passport_remove"),
    path("drawings/<str:digest>/", drawings.check, name="drawing"),
    path("drawings/<str:digest>/frozen.json", drawings.frozen, name="drawing_frozen"),
    path("offers/<str:token>/", answering.offer, name="offer"),
    path("offers/<str:token>/code/", answering.offer_code, name="offer_code"),
    path("seats/<str:token>/", answering.country_seats, name="seats"),
    path("seats/<str:token>/code/", answering.seats_code, name="seats_code"),
    path(
        "seats/<str:token>/<uuid:offer_id>/substitute/",
        answering.seat_substitute,
        name="seat_substitute",
    ),
    path("seats/<str:token>/<uuid:offer_id>/release/", answering.seat_release, name="seat_release"),
]
