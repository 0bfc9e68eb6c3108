"""Addresses below /manage/<edition>/cohort/: the secretariat's pages."""

from django.urls import URLPattern, URLResolver

app_name = "cohorts"

urlpatterns: list[URLPattern | URLResolver] = []
