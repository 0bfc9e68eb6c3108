"""Addresses without an account: the public page of a call, nominating, endorsing."""

from django.urls import include, path

app_name = "nominating"

urlpatterns = [path("", include("madang.nominations.urls_nominating"))]
