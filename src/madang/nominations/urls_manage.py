"""Addresses below /manage/<edition>/cohort/: the secretariat's pages."""

from django.urls import URLPattern, URLResolver

app_name = "nominations"

urlpatterns: list[URLPattern | URLResolver] = []
