"""Addresses of those who are offered a seat, and where letters are verified."""

from django.urls import URLPattern, URLResolver

app_name = "cohort"

urlpatterns: list[URLPattern | URLResolver] = []
