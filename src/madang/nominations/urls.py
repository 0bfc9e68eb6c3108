"""Addresses without an account: the public page of a call, nominating, endorsing."""

from django.urls import URLPattern, URLResolver

app_name = "nominating"

urlpatterns: list[URLPattern | URLResolver] = []
