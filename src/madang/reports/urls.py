"""Addresses below an edition's public one."""

from django.urls import URLPattern

app_name = "own_reports"

urlpatterns: list[URLPattern] = []
