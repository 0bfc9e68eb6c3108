"""Addresses of offers and seats."""

from django.urls import include, path

from madang.cohorts.views import offers

_offer = [
    path("", offers.offer, name="offer"),
    path("send/", offers.send_one, name="offer_send"),
    path("on-paper/", offers.send_on_paper, name="offer_on_paper"),
    path("accept/", offers.accept, name="offer_accept"),
    path("decline/", offers.decline, name="offer_decline"),
    path("withdraw/", offers.withdraw, name="offer_withdraw"),
    path("extend/", offers.extend, name="offer_extend"),
    path("release/", offers.release, name="seat_release"),
    path("substitute/", offers.substitute, name="seat_substitute"),
]
urlpatterns = [
    path("", offers.offers, name="offers"),
    path("terms/", offers.terms, name="offer_terms"),
    path("prepare/", offers.prepare, name="offers_prepare"),
    path("send/", offers.send, name="offers_send"),
    path("seats/", offers.gaps, name="gaps"),
    path("<uuid:offer_id>/", include(_offer)),
]
