"""Addresses of what programs read: calendars, feeds, data, the printed booklet."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
