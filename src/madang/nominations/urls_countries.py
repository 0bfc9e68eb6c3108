"""Addresses of the secretariat's pages of the countries asked."""

from django.urls import path

from madang.nominations.views import countries as views

_ONE = "<uuid:invitation_id>/"

urlpatterns = [
    path("", views.countries, name="countries"),
    path("add/", views.countries_add, name="countries_add"),
    path("send/", views.send, {"kind": "call"}, name="countries_send"),
    path("remind/", views.send, {"kind": "reminder"}, name="countries_remind"),
    path(_ONE, views.country, name="country"),
    path(f"{_ONE}edit/", views.country_edit, name="country_edit"),
    path(f"{_ONE}remove/", views.country_remove, name="country_remove"),
    path(f"{_ONE}send/", views.country_send, {"kind": "call"}, name="country_send"),
    path(f"{_ONE}remind/", views.country_send, {"kind": "reminder"}, name="country_remind"),
    path(f"{_ONE}link/", views.link_give, name="country_link"),
    path(f"{_ONE}link/revoke/", views.link_revoke, name="country_link_revoke"),
]
