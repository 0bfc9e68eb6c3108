"""Addresses without an account: the public page of a call, nominating, endorsing."""

from django.urls import include, path

from madang.nominations.views import public

app_name = "nominating"

urlpatterns = [
    path("workshops/<slug:slug>/call/", public.call, name="call"),
    path("", include("madang.nominations.urls_nominating")),
]
